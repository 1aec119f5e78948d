//! Which part of a packed workbook holds which sheet.

use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::super::guard::{self, Archive};
use super::xml;
use crate::error::Result;

/// The part of each sheet of a workbook, by the sheet's name.
///
/// # Errors
/// [`crate::error::BadFile`] when the parts that say so are damaged or too large.
pub(crate) fn of_sheets(archive: &mut Archive<'_>) -> Result<FxHashMap<String, String>> {
    let Some(book) = find(archive, "workbook.xml") else { return Ok(FxHashMap::default()) };
    let folder = book.rfind('/').map_or("", |at| &book[..=at]).to_owned();
    let relations = find(archive, "workbook.xml.rels");
    let targets = match relations {
        Some(part) => targets(&guard::unfold(archive, &part)?),
        None => FxHashMap::default(),
    };
    let book = guard::unfold(archive, &book)?;
    let mut sheets = FxHashMap::default();
    let mut reader = xml::reader(&book);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "sheet" => {
                let target = relation_id(&tag).and_then(|id| targets.get(&id).cloned());
                if let (Some(name), Some(target)) = (xml::attribute(&tag, "name"), target) {
                    let path = resolve(&folder, &target);
                    let part = find_exact(archive, &path).unwrap_or(path);
                    sheets.insert(name, part);
                }
            }
            Ok(Event::Eof) | Err(_) => return Ok(sheets),
            Ok(_) => {}
        }
    }
}

fn relation_id(tag: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|found| found.key.local_name().as_ref() == "id" && found.key.prefix().is_some())
        .map(|found| found.value.to_string())
}

fn targets(relations: &[u8]) -> FxHashMap<String, String> {
    let mut targets = FxHashMap::default();
    let mut reader = xml::reader(relations);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "Relationship" => {
                if let (Some(id), Some(target)) = (xml::attribute(&tag, "Id"), xml::attribute(&tag, "Target"))
                {
                    targets.insert(id, target);
                }
            }
            Ok(Event::Eof) | Err(_) => return targets,
            Ok(_) => {}
        }
    }
}

fn resolve(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{}", target.trim_start_matches("./")),
    }
}

/// A part by the end of its name, whatever its case and slashes.
pub(crate) fn find(archive: &Archive<'_>, ending: &str) -> Option<String> {
    names(archive).find(|name| {
        let plain = name.replace('\\', "/").to_lowercase();
        plain == ending || plain.ends_with(&format!("/{ending}"))
    })
}

fn find_exact(archive: &Archive<'_>, path: &str) -> Option<String> {
    names(archive).find(|name| name.replace('\\', "/").eq_ignore_ascii_case(path))
}

/// The names of all parts that can be read.
pub(crate) fn names<'a>(archive: &'a Archive<'_>) -> impl Iterator<Item = String> + 'a {
    (0..archive.len())
        .filter_map(|index| archive.name_for_index(index).and_then(std::result::Result::ok))
        .map(std::borrow::Cow::into_owned)
}
