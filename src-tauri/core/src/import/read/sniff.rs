//! What kind of file some bytes are, whatever the extension says.

use super::super::guard;
use super::super::sheet::Format;
use super::compound::Compound;
use super::text;
use crate::error::{BadFile, Result};

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Beginnings of files that are certainly no table.
const FOREIGN: &[&[u8]] = &[
    b"%PDF",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"BM",
    b"Rar!",
    b"7z\xBC\xAF",
    b"\x1F\x8B",
    b"MZ",
    b"SQLite format 3",
    b"PK\x05\x06",
];

/// The kind of file.
///
/// # Errors
/// [`BadFile`] when it is none that can be read.
pub(super) fn kind(bytes: &[u8], _name: &str) -> Result<Format> {
    if bytes.starts_with(ZIP) {
        return packed(bytes);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    if FOREIGN.iter().any(|start| bytes.starts_with(start)) {
        return Err(BadFile::UnknownFormat.into());
    }
    let (start, _) = text::decode(&bytes[..bytes.len().min(4096)])?;
    let start = start.trim_start();
    if start.starts_with("{\\rtf") || start.starts_with("MIME-Version:") {
        return Err(BadFile::SaveAsNew.into());
    }
    Ok(markup(start).unwrap_or(Format::Csv))
}

/// An older office file, or the locked wrapping of a newer one.
fn compound(bytes: &[u8]) -> Result<Format> {
    let container = Compound::open(bytes)?;
    if container.has("EncryptionInfo") || container.has("EncryptedPackage") {
        return Err(BadFile::Encrypted.into());
    }
    if container.has("Workbook") || container.has("Book") {
        return Ok(Format::Xls);
    }
    Err(BadFile::SaveAsNew.into())
}

fn markup(start: &str) -> Option<Format> {
    if !start.starts_with('<') {
        return None;
    }
    let lower = start.to_ascii_lowercase();
    if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") && !lower.contains("<html") {
        return Some(Format::Xml2003);
    }
    ["<html", "<table", "<!doctype html", "<head", "<body", "<meta", "<style", "<tr"]
        .iter()
        .any(|tag| lower.contains(tag))
        .then_some(Format::Html)
}

fn packed(bytes: &[u8]) -> Result<Format> {
    let mut archive = guard::open_archive(bytes)?;
    let names: Vec<String> = (0..archive.len())
        .filter_map(|index| {
            archive.name_for_index(index).and_then(std::result::Result::ok).map(|n| n.to_lowercase())
        })
        .map(|name| name.replace('\\', "/"))
        .collect();
    let has = |part: &str| names.iter().any(|name| name == part);
    if has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if has("content.xml") {
        let kind = guard::unfold(&mut archive, "mimetype").unwrap_or_default();
        let is_sheet = kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet");
        return if is_sheet { Ok(Format::Ods) } else { Err(BadFile::SaveAsNew.into()) };
    }
    if names.iter().any(|name| name.ends_with("workbook.xml") || name.starts_with("xl/")) {
        return Ok(Format::Xlsx);
    }
    Err(BadFile::UnknownFormat.into())
}
