//! Translating pages into printpdf's operators, and the parts of the file it does not write.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use printpdf::{
    Actions, BorderArray, Color, ColorArray, DictItem, FontId, Greyscale, Line, LineCapStyle,
    LineDashPattern, LinePoint, LinkAnnotation, Mm, Op, PaintMode, ParsedFont, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix,
    WindingOrder,
};
use sha2::{Digest, Sha256};

use super::super::document::Document;
use super::super::font::Face;
use super::super::layout::{Entry, Ink, Item, Page, Pages};
use super::subset;
use crate::error::{Error, Result};

/// The file of a laid-out document.
pub(super) fn bytes(document: &Document, laid: &Pages) -> Result<Vec<u8>> {
    let mut pdf = PdfDocument::new(&document.title);
    for (face, font) in subset::fonts(laid)? {
        add_font(&mut pdf, face, font);
    }
    pdf.pages = laid.pages.iter().map(|one| page(one, &laid.targets)).collect();
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

fn page(page: &Page, targets: &[String]) -> PdfPage {
    let mut drawing = Drawing::new(page.height);
    drawing.turned(page, true);
    drawing.shapes(page);
    drawing.texts(page);
    drawing.turned(page, false);
    drawing.links(page, targets);
    let side = |points: f32| Mm::from(Pt(points));
    PdfPage::new(side(page.width), side(page.height), drawing.ops)
}

/// Operators of a page, with the state that need not be said twice.
struct Drawing {
    ops: Vec<Op>,
    height: f32,
    weight: f32,
    ground: Option<Ink>,
    pen: Option<Ink>,
    dash: f32,
    font: Option<(Face, f32)>,
    spacing: f32,
    condensed: f32,
}

impl Drawing {
    const fn new(height: f32) -> Self {
        Self {
            ops: Vec::new(),
            height,
            weight: -1.0,
            ground: None,
            pen: None,
            dash: 0.0,
            font: None,
            spacing: 0.0,
            condensed: 1.0,
        }
    }

    /// Everything but text and links, in the order of the page.
    fn shapes(&mut self, page: &Page) {
        self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare });
        for item in &page.items {
            match item {
                Item::Fill { at, size, grey } => self.fill(*at, *size, *grey),
                Item::Rule { from, to, weight } => {
                    self.pen(*weight, Ink::Grey(1.0), 0.0);
                    self.stroke(*from, *to);
                }
                Item::Stroke { from, to, weight, grey, dash } => {
                    self.pen(*weight, Ink::Grey(*grey), *dash);
                    self.stroke(*from, *to);
                }
                Item::Shape { points, fill, line, dash } => self.shape(points, *fill, *line, *dash),
                Item::Text { .. } | Item::Turned { .. } | Item::Link { .. } => {}
            }
        }
        self.ground(Ink::Grey(1.0));
    }

    fn fill(&mut self, at: (f32, f32), size: (f32, f32), grey: f32) {
        self.ground(Ink::Grey(grey));
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

    fn stroke(&mut self, from: (f32, f32), to: (f32, f32)) {
        let points = vec![self.point(from, false), self.point(to, false)];
        self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
    }

    fn shape(
        &mut self,
        points: &[((f32, f32), bool)],
        fill: Option<Ink>,
        line: Option<(f32, Ink)>,
        dash: f32,
    ) {
        if let Some(ink) = fill {
            self.ground(ink);
        }
        if let Some((weight, ink)) = line {
            self.pen(weight, ink, dash);
        }
        let mode = match (fill, line) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => PaintMode::Stroke,
            (None, None) => return,
        };
        let points = points.iter().map(|(point, bend)| self.point(*point, *bend)).collect();
        let rings = vec![PolygonRing { points }];
        let polygon = Polygon { rings, mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn ground(&mut self, ink: Ink) {
        if self.ground != Some(ink) {
            self.ground = Some(ink);
            self.ops.push(Op::SetFillColor { col: colour(ink) });
        }
    }

    fn pen(&mut self, weight: f32, ink: Ink, dash: f32) {
        if self.pen != Some(ink) {
            self.pen = Some(ink);
            self.ops.push(Op::SetOutlineColor { col: colour(ink) });
        }
        if weight != self.weight {
            self.weight = weight;
            self.ops.push(Op::SetOutlineThickness { pt: Pt(tidy(weight)) });
        }
        if dash != self.dash {
            self.dash = dash;
            let lengths = if dash > 0.0 { vec![tidy(dash); 2] } else { Vec::new() };
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &lengths) });
            let cap = if dash > 0.0 { LineCapStyle::Butt } else { LineCapStyle::ProjectingSquare };
            self.ops.push(Op::SetLineCapStyle { cap });
        }
    }

    /// Text in other directions and colours, behind everything or before it.
    fn turned(&mut self, page: &Page, is_behind: bool) {
        let is_due = |item: &&Item| matches!(item, Item::Turned { behind, .. } if *behind == is_behind);
        if !page.items.iter().any(|item| is_due(&item)) {
            return;
        }
        self.ops.push(Op::StartTextSection);
        for item in page.items.iter().filter(is_due) {
            if let Item::Turned { face, size, at, angle, condensed, ink, text, .. } = item {
                self.ground(*ink);
                self.set_font(*face, *size);
                self.set_spacing(0.0, 1.0);
                let (sin, cos) = angle.to_radians().sin_cos();
                let (x, y) = (tidy(at.0), tidy(self.height - at.1));
                let matrix = [cos * condensed, -sin * condensed, sin, cos, x, y];
                self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) });
                self.ops.push(Op::ShowText { items: vec![TextItem::Text(text.clone())] });
            }
        }
        self.ops.push(Op::EndTextSection);
    }

    fn links(&mut self, page: &Page, targets: &[String]) {
        for item in &page.items {
            let Item::Link { at, size, target } = item else { continue };
            let Some(address) = targets.get(*target) else { continue };
            let rect = Rect {
                x: Pt(tidy(at.0)),
                y: Pt(tidy(self.height - at.1 - size.1)),
                width: Pt(tidy(size.0)),
                height: Pt(tidy(size.1)),
                mode: None,
                winding_order: None,
            };
            let border = Some(BorderArray::Solid([0.0, 0.0, 0.0]));
            let (actions, color) = (Actions::uri(address.clone()), Some(ColorArray::Transparent));
            let link = LinkAnnotation::new(rect, actions, border, color, None);
            self.ops.push(Op::LinkAnnotation { link });
        }
    }

    fn texts(&mut self, page: &Page) {
        self.ops.push(Op::StartTextSection);
        for item in &page.items {
            if let Item::Text { face, size, x, y, spacing, condensed, text, .. } = item {
                self.set_font(*face, *size);
                self.set_spacing(*spacing, *condensed);
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

    /// Spacing counts before condensing, so that both together give the width laid out.
    fn set_spacing(&mut self, spacing: f32, condensed: f32) {
        if condensed != self.condensed {
            self.condensed = condensed;
            self.ops.push(Op::SetHorizontalScaling { percent: tidy(condensed * 100.0) });
        }
        if spacing != self.spacing {
            self.spacing = spacing;
            self.ops.push(Op::SetCharacterSpacing { multiplier: spacing / condensed });
        }
    }

    fn point(&self, at: (f32, f32), bezier: bool) -> LinePoint {
        LinePoint { p: Point { x: Pt(tidy(at.0)), y: Pt(tidy(self.height - at.1)) }, bezier }
    }
}

fn colour(ink: Ink) -> Color {
    match ink {
        Ink::Grey(grey) => Color::Greyscale(Greyscale { percent: 1.0 - grey, icc_profile: None }),
        // #d0121b at 82 % on white paper.
        Ink::Seal => Color::Rgb(Rgb { r: 0.849, g: 0.238, b: 0.267, icc_profile: None }),
    }
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
