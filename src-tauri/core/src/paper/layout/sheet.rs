//! The sheet: its size, and the part of it that text may fill.
//!
//! Does not know what is printed, only how much the foot and the footer keep free.

use super::super::document::{Block, Document, FootPages, Paper, SignPlace};
use super::style;

/// The sheet and its type area, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
    /// Width of the sheet.
    pub width: f32,
    /// Height of the sheet.
    pub height: f32,
    /// Whether the sheet lies.
    pub landscape: bool,
    /// Left edge of the text.
    pub left: f32,
    /// Right edge of the text.
    pub right: f32,
    /// Upper edge of the text.
    pub top: f32,
    /// Lower edge of the text.
    pub bottom: f32,
    /// Upper edge of the foot on every page.
    pub foot_top: f32,
    /// Upper edge of the em box of the footer.
    pub footer_top: f32,
}

impl Sheet {
    /// The sheet of the document, upright or lying.
    pub fn new(document: &Document, landscape: bool) -> Self {
        let (short, long) = match document.page.paper {
            Paper::A4 => (210.0 * style::MM, 297.0 * style::MM),
            Paper::A3 => (297.0 * style::MM, 420.0 * style::MM),
        };
        let (width, height) = if landscape { (long, short) } else { (short, long) };
        let margins = document.page.margins.unwrap_or(style::margins(landscape));
        let edge = height - margins.bottom * style::MM;
        let (footer_top, below) = if document.footer.is_empty() {
            (edge, edge)
        } else {
            (edge - style::FOOTER_SIZE, edge - style::FOOTER_SIZE - style::FOOT_GAP)
        };
        let kept =
            if document.foot.pages == FootPages::Every { foot_height(&document.foot.blocks) } else { 0.0 };
        let foot_top = below - kept;
        Self {
            width,
            height,
            landscape,
            left: margins.left * style::MM,
            right: width - margins.right * style::MM,
            top: margins.top * style::MM,
            bottom: if kept > 0.0 { foot_top - style::TEXT_GAP } else { below },
            foot_top,
            footer_top,
        }
    }

    /// Width for text.
    pub fn room(&self) -> f32 {
        self.right - self.left
    }
}

/// Height of the lines of a foot.
pub(super) fn foot_height(blocks: &[Block]) -> f32 {
    blocks.iter().map(foot_line_height).sum()
}

/// Height of one line of a foot; a line to write on needs room for the hand.
pub(super) fn foot_line_height(block: &Block) -> f32 {
    let writes = |place: &SignPlace| place.writing > 0.0;
    match block {
        Block::Signature(places) if places.iter().any(writes) => style::LINE_SIZE + 0.6 * style::MM,
        Block::Spacer(height) => height * style::MM,
        _ => style::LINE_SIZE,
    }
}
