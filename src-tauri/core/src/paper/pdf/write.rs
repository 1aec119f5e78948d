//! Translating pages into printpdf's operators, and the parts of the file it does not write.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use printpdf::{
    Color, DictItem, FontId, Greyscale, Line, LineCapStyle, LinePoint, Mm, Op, PaintMode, ParsedFont,
    PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem, TextMatrix,
};
use sha2::{Digest, Sha256};

use super::super::document::Document;
use super::super::font::Face;
use super::super::layout::{Entry, Item, Page, Pages};
use super::subset;
use crate::error::{Error, Result};

/// The file of a laid-out document.
pub(super) fn bytes(document: &Document, laid: &Pages) -> Result<Vec<u8>> {
    let mut pdf = PdfDocument::new(&document.title);
    for (face, font) in subset::fonts(laid)? {
        add_font(&mut pdf, face, font);
    }
    pdf.pages = laid.pages.iter().map(page).collect();
    let options =
        PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    finish(&mut file, document, laid)?;
    let mut bytes = Vec::new();
    file.save_to(&mut bytes)?;
    Ok(bytes)
}

fn add_font(pdf: &mut PdfDocument, face: Face, font: ParsedFont) {
    pdf.resources.fonts.map.insert(FontId(resource(face)), PdfFont::new(font));
}

fn resource(face: Face) -> String {
    format!("F{}", face as u8)
}

fn page(page: &Page) -> PdfPage {
    let mut drawing = Drawing { ops: Vec::new(), height: page.height, weight: 0.0, font: None, spacing: 0.0 };
    drawing.fills(page);
    drawing.rules(page);
    drawing.texts(page);
    let side = |points: f32| Mm::from(Pt(points));
    PdfPage::new(side(page.width), side(page.height), drawing.ops)
}

/// Operators of a page, with the state that need not be said twice.
struct Drawing {
    ops: Vec<Op>,
    height: f32,
    weight: f32,
    font: Option<(Face, f32)>,
    spacing: f32,
}

impl Drawing {
    fn fills(&mut self, page: &Page) {
        for item in &page.items {
            if let Item::Fill { at, size, grey } = item {
                self.ops.push(Op::SetFillColor { col: shade(1.0 - grey) });
                let rectangle = Rect {
                    x: Pt(tidy(at.0)),
                    y: Pt(tidy(self.height - at.1 - size.1)),
                    width: Pt(tidy(size.0)),
                    height: Pt(tidy(size.1)),
                    mode: Some(PaintMode::Fill),
                    winding_order: None,
                };
                self.ops.push(Op::DrawRectangle { rectangle });
            }
        }
        self.ops.push(Op::SetFillColor { col: shade(0.0) });
    }

    fn rules(&mut self, page: &Page) {
        self.ops.push(Op::SetOutlineColor { col: shade(0.0) });
        self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare });
        for item in &page.items {
            if let Item::Rule { from, to, weight } = item {
                if *weight != self.weight {
                    self.weight = *weight;
                    self.ops.push(Op::SetOutlineThickness { pt: Pt(tidy(*weight)) });
                }
                let points = vec![self.point(*from), self.point(*to)];
                self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
        }
    }

    fn texts(&mut self, page: &Page) {
        self.ops.push(Op::StartTextSection);
        for item in &page.items {
            if let Item::Text { face, size, x, y, spacing, text, .. } = item {
                self.set_font(*face, *size);
                if *spacing != self.spacing {
                    self.spacing = *spacing;
                    self.ops.push(Op::SetCharacterSpacing { multiplier: *spacing });
                }
                let matrix = TextMatrix::Translate(Pt(tidy(*x)), Pt(tidy(self.height - y)));
                self.ops.push(Op::SetTextMatrix { matrix });
                let show = Op::ShowText { items: vec![TextItem::Text(text.clone())] };
                if *spacing > size / 2.0 {
                    self.said(text, show);
                } else {
                    self.ops.push(show);
                }
            }
        }
        self.ops.push(Op::EndTextSection);
    }

    /// Keeps a spread text one word for whoever searches or copies it.
    fn said(&mut self, text: &str, show: Op) {
        let actual = DictItem::String { data: utf16(text), literal: false };
        let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".into(), actual)]) };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties });
        self.ops.push(show);
        self.ops.push(Op::EndMarkedContent);
    }

    fn set_font(&mut self, face: Face, size: f32) {
        if self.font != Some((face, size)) {
            self.font = Some((face, size));
            let font = PdfFontHandle::External(FontId(resource(face)));
            self.ops.push(Op::SetFont { font, size: Pt(size) });
        }
    }

    fn point(&self, at: (f32, f32)) -> LinePoint {
        LinePoint { p: Point { x: Pt(tidy(at.0)), y: Pt(tidy(self.height - at.1)) }, bezier: false }
    }
}

fn shade(percent: f32) -> Color {
    Color::Greyscale(Greyscale { percent, icc_profile: None })
}

/// A hundredth of a point is finer than any printer.
fn tidy(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

/// Sets version, language, properties, bookmarks and identity, and compresses.
fn finish(file: &mut lopdf::Document, document: &Document, laid: &Pages) -> Result<()> {
    file.version = "1.7".into();
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    let outlines = outlines(file, &laid.outline, laid, &pages);
    let info = file.add_object(properties(document));
    file.trailer.set("Info", info);
    let catalog = file.catalog_mut().map_err(|error| Error::Bug(format!("pdf: {error}")))?;
    catalog.set("Lang", Object::string_literal(document.language.as_str()));
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

fn properties(document: &Document) -> Dictionary {
    let mut info = dictionary([
        ("Title", words(&document.title)),
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
fn outlines(
    file: &mut lopdf::Document,
    entries: &[Entry],
    laid: &Pages,
    pages: &[ObjectId],
) -> Option<ObjectId> {
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
    let parents = parents(entries);
    let children = |of: Option<usize>| -> Vec<usize> {
        (0..entries.len()).filter(|index| parents[*index] == of).collect()
    };
    for (index, entry) in entries.iter().enumerate() {
        let siblings = children(parents[index]);
        let place = siblings.iter().position(|sibling| *sibling == index)?;
        let height = laid.pages.get(entry.page)?.height;
        let target = vec![
            Object::Reference(*pages.get(entry.page)?),
            Object::Name(b"XYZ".to_vec()),
            Object::Null,
            Object::Real(tidy(height - entry.y)),
            Object::Null,
        ];
        let mut item = dictionary([
            ("Title", words(&entry.text)),
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
fn parents(entries: &[Entry]) -> Vec<Option<usize>> {
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

fn utf16(text: &str) -> Vec<u8> {
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
