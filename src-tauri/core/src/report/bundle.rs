//! Several reports as one PDF, each with its own page numbers, for printing with one button.
//!
//! The pages are those of the single reports, byte for byte; only the tree above them, the
//! bookmarks and the properties are new.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, StringFormat};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// A finished report in a bundle.
pub(super) struct Part {
    /// Title of its bookmark.
    pub title: String,
    /// Its PDF.
    pub bytes: Vec<u8>,
}

/// What a part became: its first page counted from 1, and its pages.
pub(super) type Span = (usize, usize);

/// Puts parts behind one another.
pub(super) fn join(title: &str, author: &str, parts: &[Part]) -> Result<(Vec<u8>, Vec<Span>)> {
    let mut joined = Pdf::with_version("1.7");
    let root = joined.new_object_id();
    let outlines = joined.new_object_id();
    let bookmarks: Vec<ObjectId> = parts.iter().map(|_| joined.new_object_id()).collect();
    let mut spans = Vec::with_capacity(parts.len());
    let mut trees = Vec::with_capacity(parts.len());
    let mut labels = Vec::with_capacity(parts.len() * 2);
    let mut pages = 0;
    for (index, part) in parts.iter().enumerate() {
        let taken = take(&mut joined, part, root, bookmarks[index])?;
        let mut bookmark = taken.bookmark;
        bookmark.set("Title", words(&part.title));
        bookmark.set("Parent", outlines);
        bookmark.set("Dest", vec![Object::Reference(taken.first), Object::Name(b"Fit".to_vec())]);
        if let Some(before) = index.checked_sub(1) {
            bookmark.set("Prev", bookmarks[before]);
        }
        if let Some(after) = bookmarks.get(index + 1) {
            bookmark.set("Next", *after);
        }
        joined.set_object(bookmarks[index], bookmark);
        labels.push(Object::Integer(pages as i64));
        labels.push(Object::Dictionary(dictionary([
            ("S", Object::Name(b"D".to_vec())),
            ("St", Object::Integer(1)),
        ])));
        spans.push((pages + 1, taken.pages));
        trees.push(Object::Reference(taken.tree));
        pages += taken.pages;
    }
    let mut tree = dictionary([("Type", Object::Name(b"Pages".to_vec()))]);
    tree.set("Kids", trees);
    tree.set("Count", pages as i64);
    joined.set_object(root, tree);
    let mut list = dictionary([("Type", Object::Name(b"Outlines".to_vec()))]);
    list.set("Count", bookmarks.len() as i64);
    list.set("First", bookmarks.first().copied().unwrap_or(root));
    list.set("Last", bookmarks.last().copied().unwrap_or(root));
    joined.set_object(outlines, list);
    finish(&mut joined, (root, outlines), (title, author), labels);
    let mut bytes = Vec::new();
    joined.save_to(&mut bytes)?;
    Ok((bytes, spans))
}

/// A part whose objects stand in the joined file now.
struct Taken {
    tree: ObjectId,
    first: ObjectId,
    pages: usize,
    /// The bookmark of the part, with those of the part below it.
    bookmark: Dictionary,
}

/// Moves the objects of a part over, hanging its pages and bookmarks where they belong.
fn take(joined: &mut Pdf, part: &Part, root: ObjectId, bookmark: ObjectId) -> Result<Taken> {
    let mut own = Pdf::load_mem(&part.bytes).map_err(broken)?;
    own.renumber_objects_with(joined.max_id + 1);
    joined.max_id = own.max_id;
    let pages = own.get_pages();
    let first = pages.values().next().copied().ok_or_else(|| Error::Bug("bundle: no page".into()))?;
    let catalog = own.catalog().map_err(broken)?;
    let tree = catalog.get(b"Pages").and_then(Object::as_reference).map_err(broken)?;
    let list = catalog.get(b"Outlines").and_then(Object::as_reference).ok();
    let mut above = Dictionary::new();
    if let Some(list) = list.and_then(|list| own.get_dictionary(list).ok().cloned()) {
        for key in ["First", "Last", "Count"] {
            if let Ok(value) = list.get(key.as_bytes()) {
                above.set(key, value.clone());
            }
        }
        hang_below(&mut own, &list, bookmark);
    }
    own.get_object_mut(tree).and_then(Object::as_dict_mut).map_err(broken)?.set("Parent", root);
    let catalog = own.trailer.get(b"Root").and_then(Object::as_reference).map_err(broken)?;
    let outlines = list;
    own.objects.retain(|id, _| *id != catalog && Some(*id) != outlines);
    joined.objects.append(&mut own.objects);
    Ok(Taken { tree, first, pages: pages.len(), bookmark: above })
}

/// Gives the bookmarks of a list a new parent.
fn hang_below(own: &mut Pdf, list: &Dictionary, parent: ObjectId) {
    let mut next = list.get(b"First").and_then(Object::as_reference).ok();
    while let Some(item) = next {
        let Ok(item) = own.get_object_mut(item).and_then(Object::as_dict_mut) else { return };
        item.set("Parent", parent);
        next = item.get(b"Next").and_then(Object::as_reference).ok();
    }
}

/// Catalog, properties and identity.
fn finish(joined: &mut Pdf, (root, outlines): (ObjectId, ObjectId), said: (&str, &str), labels: Vec<Object>) {
    let mut catalog = dictionary([
        ("Type", Object::Name(b"Catalog".to_vec())),
        ("PageMode", Object::Name(b"UseOutlines".to_vec())),
        ("Lang", Object::string_literal("zh-CN")),
    ]);
    catalog.set("Pages", root);
    catalog.set("Outlines", outlines);
    catalog.set("PageLabels", dictionary([("Nums", Object::Array(labels))]));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    let catalog = joined.add_object(catalog);
    let info = joined.add_object(dictionary([
        ("Title", words(said.0)),
        ("Author", words(said.1)),
        ("Creator", words("居务台")),
        ("Producer", words("居务台")),
    ]));
    joined.trailer.set("Root", catalog);
    joined.trailer.set("Info", info);
    joined.prune_objects();
    let mut digest = Sha256::new();
    for object in joined.objects.values() {
        if let Object::Stream(stream) = object {
            digest.update(&stream.content);
        }
    }
    let id = Object::String(digest.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    joined.trailer.set("ID", Object::Array(vec![id.clone(), id]));
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    Dictionary::from_iter(entries)
}

/// A text of any script as PDF wants it.
fn words(text: &str) -> Object {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn broken(error: lopdf::Error) -> Error {
    Error::Bug(format!("bundle: {error}"))
}
