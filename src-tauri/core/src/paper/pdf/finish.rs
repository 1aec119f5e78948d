//! The parts of a PDF that printpdf does not write: version, language, properties, bookmarks, page
//! labels, identity.
//!
//! Pages themselves are written in `write`.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use sha2::{Digest, Sha256};

use super::super::document::Document;
use super::super::layout::Pages;
use super::write::tidy;
use crate::error::{Error, Result};

/// Sets version, language, properties, bookmarks and identity, and compresses.
pub(super) fn finish(file: &mut lopdf::Document, parts: &[(&Document, Pages)]) -> Result<()> {
    let Some((document, _)) = parts.first() else { return Ok(()) };
    file.version = "1.7".into();
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    let outlines = outlines(file, &entries(parts), &pages);
    let info = file.add_object(properties(document, parts.len()));
    file.trailer.set("Info", info);
    let catalog = file.catalog_mut().map_err(|error| Error::Bug(format!("pdf: {error}")))?;
    catalog.set("Lang", Object::string_literal(document.language.as_str()));
    catalog.set("PageLabels", page_labels(parts));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    if let Some(outlines) = outlines {
        catalog.set("Outlines", Object::Reference(outlines));
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    file.prune_objects();
    file.compress();
    file.trailer.set("ID", identity(file));
    Ok(())
}

/// Numbers of the pages as the papers print them: every document begins again at 1.
fn page_labels(parts: &[(&Document, Pages)]) -> Dictionary {
    let mut numbers = Vec::new();
    let mut start = 0_i64;
    for (_, laid) in parts {
        let decimal = dictionary([("S", Object::Name(b"D".to_vec()))]);
        numbers.extend([Object::Integer(start), Object::Dictionary(decimal)]);
        start += laid.pages.len() as i64;
    }
    dictionary([("Nums", Object::Array(numbers))])
}

/// A heading of the whole file.
struct Bookmark<'p> {
    level: u8,
    text: &'p str,
    /// Page in the whole file, counted from 0.
    page: usize,
    /// From the lower edge of the page.
    height: f32,
}

/// The headings of all documents; where there are several, each document is one above its headings.
fn entries<'p>(parts: &'p [(&Document, Pages)]) -> Vec<Bookmark<'p>> {
    let mut made = Vec::new();
    let mut before = 0;
    for (document, laid) in parts {
        let has_title = laid.outline.first().is_some_and(|entry| entry.level == 0);
        if parts.len() > 1 && !has_title {
            let height = laid.pages.first().map_or(0.0, |page| page.height);
            made.push(Bookmark { level: 0, text: &document.title, page: before, height });
        }
        for entry in &laid.outline {
            let height = laid.pages.get(entry.page).map_or(0.0, |page| page.height - entry.y);
            made.push(Bookmark { level: entry.level, text: &entry.text, page: before + entry.page, height });
        }
        before += laid.pages.len();
    }
    made
}

fn properties(document: &Document, count: usize) -> Dictionary {
    let title = match count {
        1 => document.title.clone(),
        _ => format!("{}等{count}份", document.title),
    };
    let mut info = dictionary([
        ("Title", words(&title)),
        ("Author", words(&document.author)),
        ("Creator", words("居务台")),
        ("Producer", words("居务台")),
    ]);
    if let Some(moment) = document.created_at {
        let offset = moment.format("%:z").to_string().replace(':', "'");
        let stamp = format!("D:{}{offset}'", moment.format("%Y%m%d%H%M%S"));
        info.set("CreationDate", Object::string_literal(stamp.as_str()));
        info.set("ModDate", Object::string_literal(stamp.as_str()));
    }
    info
}

/// Bookmarks for the headings, in reading order; sub-headings stand under the title.
fn outlines(file: &mut lopdf::Document, entries: &[Bookmark<'_>], pages: &[ObjectId]) -> Option<ObjectId> {
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
    let parents = parents(entries);
    let children = |of: Option<usize>| -> Vec<usize> {
        (0..entries.len()).filter(|index| parents[*index] == of).collect()
    };
    for (index, entry) in entries.iter().enumerate() {
        let siblings = children(parents[index]);
        let place = siblings.iter().position(|sibling| *sibling == index)?;
        let target = vec![
            Object::Reference(*pages.get(entry.page)?),
            Object::Name(b"XYZ".to_vec()),
            Object::Null,
            Object::Real(tidy(entry.height)),
            Object::Null,
        ];
        let mut item = dictionary([
            ("Title", words(entry.text)),
            ("Parent", Object::Reference(parents[index].map_or(root, |parent| ids[parent]))),
            ("Dest", Object::Array(target)),
        ]);
        if let Some(before) = place.checked_sub(1) {
            item.set("Prev", ids[siblings[before]]);
        }
        if let Some(after) = siblings.get(place + 1) {
            item.set("Next", ids[*after]);
        }
        family(&mut item, &children(Some(index)), &ids);
        file.set_object(ids[index], item);
    }
    let mut list = dictionary([("Type", Object::Name(b"Outlines".to_vec()))]);
    family(&mut list, &children(None), &ids);
    file.set_object(root, list);
    (!entries.is_empty()).then_some(root)
}

/// The nearest heading before each one that is of a higher rank.
fn parents(entries: &[Bookmark<'_>]) -> Vec<Option<usize>> {
    let rank = |index: usize| entries[index].level;
    (0..entries.len()).map(|index| (0..index).rev().find(|before| rank(*before) < rank(index))).collect()
}

fn family(of: &mut Dictionary, children: &[usize], ids: &[ObjectId]) {
    if let (Some(first), Some(last)) = (children.first(), children.last()) {
        of.set("First", ids[*first]);
        of.set("Last", ids[*last]);
        of.set("Count", children.len() as i64);
    }
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    Dictionary::from_iter(entries)
}

/// A text of any script as PDF wants it.
fn words(text: &str) -> Object {
    Object::String(utf16(text), StringFormat::Hexadecimal)
}

pub(super) fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// An identity that depends on the content only.
fn identity(file: &lopdf::Document) -> Object {
    let mut digest = Sha256::new();
    let mut streams = BTreeMap::new();
    for (id, object) in &file.objects {
        match object {
            Object::Stream(stream) => streams.insert(*id, stream.content.as_slice()),
            _ => None,
        };
    }
    for content in streams.into_values() {
        digest.update(content);
    }
    let id = Object::String(digest.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    Object::Array(vec![id.clone(), id])
}
