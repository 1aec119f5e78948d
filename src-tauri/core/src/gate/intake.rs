//! What is read before judging: the text of a pasted notice or of a dropped file, its title, and the
//! fields that the table in it asks for.

use std::io::{Cursor, Read as _};
use std::path::Path;

use quick_xml::events::Event;

use crate::error::{BadFile, Error, Refusal, Result};
use crate::import::guard;
use crate::import::map::Confidence;
use crate::import::recognise::{self, Correction};
use crate::import::sheet::Sheet;
use crate::office::Office;
use crate::progress::Progress;
use crate::value::text::{clean, squeeze};

/// Bytes of a document's text at most.
const PART: u64 = 20 << 20;
/// Characters of a title at most.
const TITLE: usize = 40;
/// Rows of a sheet that are read as text; a roster behind them says nothing more.
const ROWS: usize = 60;

/// What came in, as text.
#[derive(Debug, Clone, Default)]
pub(super) struct Intake {
    /// The text.
    pub(super) text: String,
    /// File name without folder; empty for what was pasted.
    pub(super) file: String,
    /// Fields the table in it asks for, by id.
    pub(super) asks: Vec<String>,
}

/// Reads what was pasted or dropped.
///
/// # Errors
/// [`Refusal::EmptyNotice`], or the file cannot be read.
pub(super) fn read(
    office: &mut Office,
    text: Option<&str>,
    path: Option<&str>,
    progress: &Progress,
) -> Result<Intake> {
    let mut intake = match path {
        Some(path) => file(office, Path::new(path), progress)?,
        None => Intake::default(),
    };
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        intake.text = if intake.text.is_empty() { text.to_owned() } else { format!("{text}\n{}", intake.text) };
    }
    if squeeze(&intake.text).is_empty() {
        return Err(Refusal::EmptyNotice.into());
    }
    Ok(intake)
}

fn file(office: &mut Office, path: &Path, progress: &Progress) -> Result<Intake> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    if matches!(ending.as_str(), "txt" | "md" | "text") {
        return Ok(Intake { text: decoded(&bytes(path)?), file: name, asks: Vec::new() });
    }
    let prose = if ending == "docx" { Some(document(&bytes(path)?)?) } else { None };
    let opened = match (office.open_file(path, progress), &prose) {
        (Ok(opened), _) => opened,
        // A document without a table is prose all the same.
        (Err(Error::BadFile(BadFile::UnknownFormat)), Some(prose)) => {
            return Ok(Intake { text: prose.clone(), file: name, asks: Vec::new() });
        }
        (Err(error), _) => return Err(error),
    };
    let mut intake = Intake { text: prose.unwrap_or_default(), file: name, asks: Vec::new() };
    let is_prose = !intake.text.is_empty();
    for sheet in opened.workbook.sheets.iter().filter(|sheet| !sheet.hidden && !sheet.is_empty()) {
        if !is_prose {
            intake.text.push_str(&as_text(sheet));
        }
        for field in asked(office, sheet)? {
            if !intake.asks.contains(&field) {
                intake.asks.push(field);
            }
        }
    }
    Ok(intake)
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => BadFile::Gone.into(),
        kind => Error::File(std::io::Error::from(kind)),
    })?;
    guard::check_file(&bytes)?;
    Ok(bytes)
}

/// A text file in UTF-8, with or without mark, or in the national encoding.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if bytes.starts_with(b"\xFF\xFE") => encoding_rs::UTF_16LE.decode(bytes).0.into_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}

/// The paragraphs of a word-processor document, its tables included.
fn document(bytes: &[u8]) -> Result<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::BadFile(BadFile::Damaged))?;
    let part = archive.by_name("word/document.xml").map_err(|_| Error::BadFile(BadFile::Damaged))?;
    let mut xml = Vec::new();
    part.take(PART).read_to_end(&mut xml).map_err(|_| Error::BadFile(BadFile::Damaged))?;
    let mut reader = quick_xml::Reader::from_reader(xml.as_slice());
    let (mut text, mut is_text, mut hidden) = (String::new(), false, 0u32);
    loop {
        match reader.read_event().map_err(|_| Error::BadFile(BadFile::Damaged))? {
            Event::Eof => return Ok(text),
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => is_text = true,
                "del" | "Fallback" => hidden += 1,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => is_text = false,
                "del" | "Fallback" => hidden = hidden.saturating_sub(1),
                "p" if !text.ends_with('\n') => text.push('\n'),
                _ => {}
            },
            Event::Text(part) if is_text && hidden == 0 => text.push_str(&part),
            _ => {}
        }
    }
}

/// The upper rows of a sheet as lines of text.
fn as_text(sheet: &Sheet) -> String {
    let mut text = String::new();
    for line in &sheet.lines_above {
        text.push_str(line);
        text.push('\n');
    }
    for row in sheet.used_rows().iter().take(ROWS) {
        let cells: Vec<String> =
            sheet.row(*row).map(|(_, cell)| clean(&cell.shown())).filter(|cell| !cell.is_empty()).collect();
        text.push_str(&cells.join("，"));
        text.push('\n');
    }
    text
}

/// The fields the columns of a sheet ask for, those that are surely or probably known.
fn asked(office: &Office, sheet: &Sheet) -> Result<Vec<String>> {
    let seen = recognise::recognise(office, sheet, &Correction::default(), None)?;
    let known = seen.columns.into_iter().filter(|column| column.confidence != Confidence::Ask);
    Ok(known.filter_map(|column| column.field).collect())
}

/// The title of a notice: its heading, else its first words.
pub(super) fn title(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(clean).filter(|line| !line.is_empty()).collect();
    let heading = lines.iter().take(4).find(|line| super::judge::is_title(line) && line.contains("关于"));
    let first = lines.first().map(String::as_str).unwrap_or_default();
    let line = heading.map_or(first, String::as_str);
    let line = line.split(['。', '！', '；', '\n']).next().unwrap_or_default();
    let line = after_greeting(line);
    let mut title: String = line.chars().take(TITLE).collect();
    if line.chars().count() > TITLE {
        title.push('…');
    }
    title
}

/// The words after 各位书记好： and the like.
fn after_greeting(line: &str) -> &str {
    let greetings = ["各位", "大家", "各居", "各社区", "各村", "@所有人", "【", "书记", "主任", "您好", "你好"];
    let is_greeting = |head: &str| head.chars().count() < 16 && greetings.iter().any(|word| head.contains(word));
    match line.find(['：', ':', '，', ',', '】']) {
        Some(at) if is_greeting(&line[..at]) => {
            let rest = &line[at..];
            let mark = rest.chars().next().map_or(0, char::len_utf8);
            let rest = rest[mark..].trim();
            if rest.is_empty() { line } else { rest }
        }
        _ => line,
    }
}
