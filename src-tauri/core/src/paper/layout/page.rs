//! Finished pages: what is drawn where, in points, measured from the upper left corner.
//!
//! The last pure form of a paper; writers only translate it.

use super::super::document::Warning;
use super::super::font::Face;
use super::line::TextLine;
use super::style;

/// A laid-out paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pages {
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// Headings and where they stand.
    pub outline: Vec<Entry>,
    /// What the reader should know before printing.
    pub warnings: Vec<Warning>,
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

impl Page {
    /// Draws a line of text whose em box starts at (`x`, `top`).
    pub(super) fn line(&mut self, line: &TextLine, size: f32, x: f32, top: f32, spacing: f32) {
        let spacing = spacing + line.spacing;
        let mut before = 0;
        for piece in &line.pieces {
            let count = piece.text.chars().count();
            self.items.push(Item::Text {
                face: piece.face,
                size,
                x: x + piece.x + spacing * before as f32,
                y: top + size * (style::ASCENT - piece.face.lift()),
                width: piece.width + spacing * count.saturating_sub(1) as f32,
                spacing,
                text: piece.text.clone(),
            });
            before += count;
        }
    }
}
