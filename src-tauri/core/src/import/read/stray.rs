//! Lone cells in the last corner of an older workbook: taken out of the file before it is laid out.
//!
//! The cell reader of that format makes room for everything between the first and the last cell, so
//! one cell in the last row and column would cost half a gigabyte. A few cells far beside a table
//! are nothing of it; their records are renamed in a copy of the file so that no reader sees them.

use super::compound::{Compound, word};
use super::xls::Records;

/// A gap of this many rows or columns sets cells apart from the table.
const ROW_GAP: u16 = 1_000;
const COLUMN_GAP: u16 = 20;
/// How many cells may be stray.
const STRAY_CELLS: usize = 3;
/// A kind of record that no reader knows.
pub(super) const UNKNOWN: [u8; 2] = 0x0FFF_u16.to_le_bytes();

/// A record with a cell: where it stands in the stream, its row and its last column.
struct Found {
    at: usize,
    row: u16,
    column: u16,
    is_formula: bool,
    /// Where the text stands that a formula came to.
    text: Option<usize>,
}

/// Where the records of stray cells begin in a stream, and of the size declared with them; the sheet
/// begins at `start`.
pub(super) fn find(stream: &[u8], start: usize) -> Vec<usize> {
    let mut cells = Vec::new();
    let mut strays = Vec::new();
    let (mut at, mut depth) = (start, 0u32);
    for (kind, body) in Records(stream.get(start..).unwrap_or_default()) {
        match kind {
            0x0809 | 0x0409 | 0x0209 | 0x0009 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            _ if depth > 1 => {}
            0x0200 => strays.push(at),
            // The text that a formula came to stands in a record of its own (0x0207), behind it.
            0x0207 => {
                if let Some(formula) = cells.last_mut().filter(|cell: &&mut Found| cell.is_formula) {
                    formula.text = Some(at);
                }
            }
            0x0006 | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00BD => {
                let last = if kind == 0x00BD { body.len().saturating_sub(2) } else { 2 };
                if let (Ok(row), Ok(column)) = (word(body, 0), word(body, last)) {
                    cells.push(Found { at, row, column, is_formula: kind == 0x0006, text: None });
                }
            }
            _ => {}
        }
        at += 4 + body.len();
    }
    let rows = edge(cells.iter().map(|cell| cell.row), ROW_GAP);
    let columns = edge(cells.iter().map(|cell| cell.column), COLUMN_GAP);
    let is_stray = |cell: &&Found| {
        rows.is_some_and(|edge| cell.row > edge) || columns.is_some_and(|edge| cell.column > edge)
    };
    strays.extend(cells.iter().filter(is_stray).flat_map(|cell| [Some(cell.at), cell.text]).flatten());
    strays
}

/// The last place before a gap behind which only a few cells stand.
fn edge(places: impl Iterator<Item = u16>, gap: u16) -> Option<u16> {
    let mut places: Vec<u16> = places.collect();
    places.sort_unstable();
    let from = places.len().saturating_sub(STRAY_CELLS).max(1);
    (from..places.len()).find(|&at| places[at] - places[at - 1] > gap).map(|at| places[at - 1])
}

/// A copy of the file in which the records at those places of a stream have another name.
pub(super) fn without(
    bytes: &[u8],
    container: &Compound<'_>,
    stream: &str,
    records: &[usize],
) -> Option<Vec<u8>> {
    let mut copy = bytes.to_vec();
    for &record in records {
        for (offset, byte) in UNKNOWN.iter().enumerate() {
            *copy.get_mut(container.position(stream, record + offset)?)? = *byte;
        }
    }
    Some(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_cells_behind_a_wide_gap_are_stray() {
        assert_eq!(edge([0, 1, 2, 40, 65_535].into_iter(), ROW_GAP), Some(40));
        assert_eq!(edge([0, 5, 255].into_iter(), COLUMN_GAP), Some(5));
        // A second table far below is no stray, and neither is a lone cell that begins a table.
        assert_eq!(edge([0, 1, 5_000, 5_001, 5_002, 5_003].into_iter(), ROW_GAP), None);
        assert_eq!(edge([0, 900].into_iter(), ROW_GAP), None);
        assert_eq!(edge([7].into_iter(), ROW_GAP), None);
        assert_eq!(edge(std::iter::empty(), ROW_GAP), None);
    }
}
