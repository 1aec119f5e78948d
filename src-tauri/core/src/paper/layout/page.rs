//! Finished pages: what is drawn where, in points, measured from the upper left corner.
//!
//! The last pure form of a paper; writers only translate it.

use super::super::document::{Picture, Warning};
use super::super::font::Face;
use super::line::TextLine;

/// Part of the em above the base line.
pub(super) const ASCENT: f32 = 0.88;

/// A laid-out paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pages {
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// Headings and where they stand.
    pub outline: Vec<Entry>,
    /// What the reader should know before printing.
    pub warnings: Vec<Warning>,
    /// Addresses of links, by their number counted from 0.
    pub targets: Vec<String>,
    /// Pictures, by their number counted from 0.
    pub pictures: Vec<Picture>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Width of the sheet.
    pub width: f32,
    /// Height of the sheet.
    pub height: f32,
    /// What is drawn.
    pub items: Vec<Item>,
    /// Table rows on it, heads and sums left out.
    pub rows: usize,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Text on a base line.
    Text {
        /// The face.
        face: Face,
        /// Size.
        size: f32,
        /// Left end.
        x: f32,
        /// Base line.
        y: f32,
        /// Width of the text with the spacing inside it.
        width: f32,
        /// Added after every character.
        spacing: f32,
        /// Share of its width to which the glyphs are condensed.
        condensed: f32,
        /// The characters.
        text: String,
    },
    /// A character or a text in any direction and colour.
    Turned {
        /// The face.
        face: Face,
        /// Size.
        size: f32,
        /// Left end of the base line.
        at: (f32, f32),
        /// Direction of the base line, clockwise in degrees.
        angle: f32,
        /// Share of its width to which the glyphs are condensed.
        condensed: f32,
        /// Its colour.
        ink: Ink,
        /// Whether it stands behind everything else.
        behind: bool,
        /// The characters.
        text: String,
    },
    /// A straight line.
    Rule {
        /// From.
        from: (f32, f32),
        /// To.
        to: (f32, f32),
        /// Thickness.
        weight: f32,
    },
    /// A straight line, grey or dashed.
    Stroke {
        /// From.
        from: (f32, f32),
        /// To.
        to: (f32, f32),
        /// Thickness.
        weight: f32,
        /// 0 white, 1 black.
        grey: f32,
        /// Length of dashes and of the gaps between them; 0 draws it whole.
        dash: f32,
    },
    /// A closed shape: corners, or curves of which two control points follow each corner.
    Shape {
        /// The points; `true` is a control point of a curve.
        points: Vec<((f32, f32), bool)>,
        /// Colour inside; `None` leaves it empty.
        fill: Option<Ink>,
        /// Thickness and colour of the outline.
        line: Option<(f32, Ink)>,
        /// Length of dashes of the outline; 0 draws it whole.
        dash: f32,
    },
    /// A picture.
    Picture {
        /// Its number, counted from 0.
        number: usize,
        /// Upper left corner.
        at: (f32, f32),
        /// Width and height on the page.
        size: (f32, f32),
        /// Quarter turns, clockwise.
        turns: u8,
    },
    /// A place that opens an address when clicked.
    Link {
        /// Upper left corner.
        at: (f32, f32),
        /// Width and height.
        size: (f32, f32),
        /// Number of the address, counted from 0.
        target: usize,
    },
    /// A filled box.
    Fill {
        /// Upper left corner.
        at: (f32, f32),
        /// Width and height.
        size: (f32, f32),
        /// 0 white, 1 black.
        grey: f32,
    },
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ink {
    /// 0 white, 1 black.
    Grey(f32),
    /// The red of seals.
    Seal,
}

/// A heading in the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Level of the heading.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Page, counted from 0.
    pub page: usize,
    /// Upper edge of the heading.
    pub y: f32,
}

impl Pages {
    /// The same pages, everything so many times larger.
    pub(super) fn enlarged(mut self, factor: f32) -> Self {
        for page in &mut self.pages {
            (page.width, page.height) = (page.width * factor, page.height * factor);
            page.items.iter_mut().for_each(|item| item.enlarge(factor));
        }
        self.outline.iter_mut().for_each(|entry| entry.y *= factor);
        self
    }
}

impl Page {
    /// Draws a line of text whose em box starts at (`x`, `top`).
    pub(super) fn line(&mut self, line: &TextLine, size: f32, x: f32, top: f32, spacing: f32) {
        let spacing = spacing + line.spacing;
        let squeeze = line.condensed;
        let mut before = 0;
        for piece in &line.pieces {
            let count = piece.text.chars().count();
            let left = x + piece.x * squeeze + spacing * before as f32;
            let gap = piece.spacing * squeeze + spacing;
            let width =
                (piece.width - piece.spacing * count as f32) * squeeze + gap * count.saturating_sub(1) as f32;
            let base = top + size * ASCENT - piece.size * piece.face.lift();
            self.items.push(Item::Text {
                face: piece.face,
                size: piece.size,
                x: left,
                y: base,
                width,
                spacing: gap,
                condensed: squeeze,
                text: piece.text.clone(),
            });
            if let Some(target) = usize::from(piece.link).checked_sub(1) {
                let at = (left, base - piece.size * ASCENT);
                self.items.push(Item::Link { at, size: (width, piece.size), target });
            }
            before += count;
        }
    }

    /// Draws a line of text in another colour, before everything else.
    pub(super) fn tinted(&mut self, line: &TextLine, size: f32, (x, top): (f32, f32), ink: Ink) {
        for piece in &line.pieces {
            let at = (x + piece.x * line.condensed, top + size * ASCENT - piece.size * piece.face.lift());
            let (face, text, condensed) = (piece.face, piece.text.clone(), line.condensed);
            let size = piece.size;
            self.items.push(Item::Turned { face, size, at, angle: 0.0, condensed, ink, behind: false, text });
        }
    }

    /// Draws a black line.
    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32), weight: f32) {
        self.items.push(Item::Rule { from, to, weight });
    }

    /// Draws the outline of a box.
    pub(super) fn outline(&mut self, at: (f32, f32), size: (f32, f32), weight: f32) {
        let (left, top) = at;
        let (right, bottom) = (left + size.0, top + size.1);
        self.rule((left, top), (right, top), weight);
        self.rule((left, bottom), (right, bottom), weight);
        self.rule((left, top), (left, bottom), weight);
        self.rule((right, top), (right, bottom), weight);
    }

    /// Draws what was set elsewhere, moved there.
    pub(super) fn place(&mut self, items: &[Item], (dx, dy): (f32, f32)) {
        self.items.extend(items.iter().map(|item| item.moved(dx, dy)));
    }
}

impl Item {
    /// The same thing somewhere else.
    fn moved(&self, dx: f32, dy: f32) -> Self {
        let by = |point: (f32, f32)| (point.0 + dx, point.1 + dy);
        let mut moved = self.clone();
        match &mut moved {
            Self::Text { x, y, .. } => (*x, *y) = (*x + dx, *y + dy),
            Self::Rule { from, to, .. } | Self::Stroke { from, to, .. } => {
                (*from, *to) = (by(*from), by(*to));
            }
            Self::Fill { at, .. }
            | Self::Turned { at, .. }
            | Self::Link { at, .. }
            | Self::Picture { at, .. } => *at = by(*at),
            Self::Shape { points, .. } => points.iter_mut().for_each(|(point, _)| *point = by(*point)),
        }
        moved
    }

    fn enlarge(&mut self, factor: f32) {
        let scale = |point: &mut (f32, f32)| *point = (point.0 * factor, point.1 * factor);
        match self {
            Self::Text { size, x, y, width, spacing, .. } => {
                for measure in [size, x, y, width, spacing] {
                    *measure *= factor;
                }
            }
            Self::Turned { size, at, .. } => {
                *size *= factor;
                scale(at);
            }
            Self::Rule { from, to, weight } => {
                *weight *= factor;
                scale(from);
                scale(to);
            }
            Self::Stroke { from, to, weight, dash, .. } => {
                (*weight, *dash) = (*weight * factor, *dash * factor);
                scale(from);
                scale(to);
            }
            Self::Shape { points, line, dash, .. } => {
                *dash *= factor;
                points.iter_mut().for_each(|(point, _)| scale(point));
                if let Some((weight, _)) = line {
                    *weight *= factor;
                }
            }
            Self::Link { at, size, .. } | Self::Fill { at, size, .. } | Self::Picture { at, size, .. } => {
                scale(at);
                scale(size);
            }
        }
    }
}
