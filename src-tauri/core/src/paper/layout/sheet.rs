//! The sheet: its size, and the part of it that text may fill.
//!
//! Does not know what is printed, only how much the foot and the footer keep free.

use super::super::document::{Block, Document, FootPages, Paper, SignPlace};
use super::super::style::{MM, Style};

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

/// Between the foot and the footer.
const FOOT_GAP: f32 = 5.6 * MM;
/// Between the text and what stands below it.
pub(super) const TEXT_GAP: f32 = 2.4 * MM;
/// Lines to write on.
pub(super) const WRITING: f32 = 0.18 * MM;

impl Sheet {
    /// The sheet of the document, upright or lying.
    pub fn new(document: &Document, style: &Style, paper: Paper, landscape: bool) -> Self {
        let (short, long) = match paper {
            Paper::A4 => (210.0 * MM, 297.0 * MM),
            Paper::A5 => (148.0 * MM, 210.0 * MM),
            Paper::A3 => (297.0 * MM, 420.0 * MM),
        };
        let (width, height) = if landscape { (long, short) } else { (short, long) };
        let margins = document.page.margins.unwrap_or(style.margins(landscape));
        let edge = height - margins.bottom * MM;
        let size = style.footer.size;
        let (footer_top, below) = match style.footer.drop {
            _ if document.footer.is_empty() => (edge, edge),
            Some(drop) => (edge + drop * MM, edge),
            None => (edge - size, edge - size - FOOT_GAP),
        };
        let is_kept = document.foot.pages == FootPages::Every;
        let kept = if is_kept { foot_height(&document.foot.blocks, style) } else { 0.0 };
        let foot_top = below - kept;
        Self {
            width,
            height,
            landscape,
            left: margins.left * MM,
            right: width - margins.right * MM,
            top: margins.top * MM,
            bottom: if kept > 0.0 { foot_top - TEXT_GAP } else { below },
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
pub(super) fn foot_height(blocks: &[Block], style: &Style) -> f32 {
    blocks.iter().map(|block| foot_line_height(block, style)).sum()
}

/// Height of one line of a foot; a line to write on needs room for the hand.
pub(super) fn foot_line_height(block: &Block, style: &Style) -> f32 {
    let writes = |place: &SignPlace| place.writing > 0.0;
    match block {
        Block::Signature(places) if places.iter().any(writes) => style.line.size + 0.6 * MM,
        Block::Spacer(height) => height * MM,
        _ => style.line.size,
    }
}
