//! Translating pages into printpdf's operators.
//!
//! What printpdf does not write is added in `finish`.

use std::collections::BTreeMap;

use printpdf::{
    Actions, BorderArray, Color, ColorArray, CurTransMat, DictItem, FontId, Greyscale, Line, LineCapStyle,
    LineDashPattern, LinePoint, LinkAnnotation, Mm, Op, PaintMode, ParsedFont, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix,
    WindingOrder, XObjectId, XObjectTransform,
};

use super::super::document::{Document, Warning};
use super::super::font::Face;
use super::super::layout::{Ink, Item, Page, Pages};
use super::finish::{finish, utf16};
use super::{picture, subset};
use crate::error::{Error, Result};

/// The file of laid-out documents, one after the other, and what only its making showed.
pub(super) fn bytes(parts: &[(&Document, Pages)]) -> Result<(Vec<u8>, Vec<Warning>)> {
    let Some((first, _)) = parts.first() else { return Err(Error::Bug("pdf: no document".into())) };
    let mut warnings = Vec::new();
    let mut pdf = PdfDocument::new(&first.title);
    for (face, font) in subset::fonts(parts.iter().map(|(_, laid)| laid))? {
        add_font(&mut pdf, face, font);
    }
    for (index, (_, laid)) in parts.iter().enumerate() {
        for (number, picture) in laid.pictures.iter().enumerate() {
            let (made, is_sound) = picture::object(picture)?;
            if !is_sound {
                warnings.push(Warning {
                    kind: "bad_picture",
                    text: "图片打不开".into(),
                    place: format!("第 {} 张图片", number + 1),
                });
            }
            pdf.resources.xobjects.map.insert(picture_id(index, number), made);
        }
        pdf.pages.extend(laid.pages.iter().map(|one| page(one, laid, index)));
    }
    let options =
        PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    finish(&mut file, parts)?;
    let mut bytes = Vec::new();
    file.save_to(&mut bytes)?;
    Ok((bytes, warnings))
}

fn picture_id(part: usize, number: usize) -> XObjectId {
    XObjectId(format!("P{part}x{number}"))
}

fn add_font(pdf: &mut PdfDocument, face: Face, font: ParsedFont) {
    pdf.resources.fonts.map.insert(FontId(resource(face)), PdfFont::new(font));
}

fn resource(face: Face) -> String {
    format!("F{}", face as u8)
}

fn page(page: &Page, laid: &Pages, part: usize) -> PdfPage {
    let mut drawing = Drawing::new(page.height);
    drawing.turned(page, true);
    drawing.pictures(page, part);
    drawing.shapes(page);
    drawing.texts(page);
    drawing.turned(page, false);
    drawing.links(page, &laid.targets);
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
                Item::Text { .. } | Item::Turned { .. } | Item::Link { .. } | Item::Picture { .. } => {}
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

    fn pictures(&mut self, page: &Page, part: usize) {
        for item in &page.items {
            let Item::Picture { number, at, size, turns } = item else { continue };
            let (left, low) = (tidy(at.0), tidy(self.height - at.1 - size.1));
            let (wide, high) = (tidy(size.0), tidy(size.1));
            // The unit square, turned clockwise, over the place of the picture.
            let matrix = match turns % 4 {
                0 => [wide, 0.0, 0.0, high, left, low],
                1 => [0.0, -high, wide, 0.0, left, low + high],
                2 => [-wide, 0.0, 0.0, -high, left + wide, low + high],
                _ => [0.0, high, -wide, 0.0, left + wide, low],
            };
            let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
            self.ops.push(Op::SaveGraphicsState);
            self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
            self.ops.push(Op::UseXobject { id: picture_id(part, *number), transform });
            self.ops.push(Op::RestoreGraphicsState);
        }
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
pub(super) fn tidy(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
