//! The look of the house: sizes, distances and weights of lines.
//!
//! Measures come from the model pages; nothing here depends on what a paper says.

use super::super::document::{Margins, Typeface};

/// Points in a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;
/// Face of table heads.
pub(super) const HEAD_FACE: Typeface = Typeface::Hei;
/// Sizes tried for tables, largest first; nothing smaller is ever printed.
pub(super) const TABLE_SIZES: [f32; 4] = [10.5, 10.0, 9.5, 9.0];
/// Outer edge of a table and the line under its head.
pub(super) const FRAME: f32 = 0.35 * MM;
/// Size of the line at the bottom edge.
pub(super) const FOOTER_SIZE: f32 = 9.0;
/// Size of lines such as unit, period and date.
pub(super) const LINE_SIZE: f32 = 10.5;
/// Between the foot and the footer.
pub(super) const FOOT_GAP: f32 = 5.6 * MM;
/// Between the text and what stands below it.
pub(super) const TEXT_GAP: f32 = 2.4 * MM;
/// Lines to write on.
pub(super) const WRITING: f32 = 0.18 * MM;
/// From line to line inside a cell, as a multiple of the size.
pub(super) const CELL_LEADING: f32 = 1.17;
/// Part of the em above the base line.
pub(super) const ASCENT: f32 = 0.88;

/// Face of a cell.
pub(super) const fn body_face(bold: bool) -> Typeface {
    if bold { Typeface::Hei } else { Typeface::Song }
}

/// Empty space at the left and right of a cell.
pub(super) fn pad_x(size: f32) -> f32 {
    (0.6 + (size - 9.0).max(0.0) * 0.3) * MM
}

/// Empty space above and below the text of a cell.
pub(super) const fn pad_y(size: f32) -> f32 {
    size * 0.24
}

/// Least height of a row.
pub(super) fn row_height(size: f32) -> f32 {
    4.8 * MM * size / 9.0
}

/// Least height of a row of the head; one alone stands a little higher.
pub(super) fn head_height(size: f32, rows: usize) -> f32 {
    if rows == 1 { 8.0 * MM * size / 10.5 } else { 6.2 * MM * size / 9.0 }
}

/// Thickness of the lines inside a table.
pub(super) fn grid(size: f32) -> f32 {
    if size < 10.0 { 0.15 * MM } else { 0.18 * MM }
}

/// Margins of a lying or upright sheet.
pub(super) const fn margins(landscape: bool) -> Margins {
    if landscape {
        Margins { top: 13.0, right: 12.0, bottom: 8.6, left: 20.0 }
    } else {
        Margins { top: 18.0, right: 15.0, bottom: 12.0, left: 22.0 }
    }
}

/// Face and size of a heading.
pub(super) const fn heading(level: u8) -> (Typeface, f32) {
    match level {
        0 => (Typeface::Title, 18.0),
        1 => (Typeface::Hei, 14.0),
        2 => (Typeface::Kai, 12.0),
        _ => (Typeface::Hei, 10.5),
    }
}
