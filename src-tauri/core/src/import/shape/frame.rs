//! A sheet as the recognition looks at it: its live columns, and each row's words across them.

use super::super::sheet::{Cell, Sheet};
use super::words;

/// A gap of this many columns sets stray cells apart from the table.
const STRAY_GAP: u32 = 20;
/// How many cells may be stray.
const STRAY_CELLS: usize = 3;

/// The sheet and the columns that belong to its table.
pub(super) struct Frame<'a> {
    pub(super) sheet: &'a Sheet,
    /// Used columns, ascending, without far strays.
    pub(super) columns: Vec<u32>,
    pub(super) vocabulary: &'a dyn Fn(&str) -> bool,
    /// Stretches of rows that merged areas touch, ascending and apart.
    merged_rows: Vec<(u32, u32)>,
}

/// One text of a row with the stretch of columns it covers.
pub(super) struct Word<'a> {
    pub(super) column: u32,
    /// How many live columns it covers.
    pub(super) width: usize,
    pub(super) cell: Cell<'a>,
    /// Whether the text was set in a row above and reaches down here.
    pub(super) is_from_above: bool,
}

impl Word<'_> {
    pub(super) fn tidied(&self) -> String {
        words::tidy(&self.cell.shown())
    }
}

impl<'a> Frame<'a> {
    pub(super) fn new(sheet: &'a Sheet, vocabulary: &'a dyn Fn(&str) -> bool) -> Self {
        Self { sheet, columns: live_columns(sheet), vocabulary, merged_rows: merged_rows(sheet) }
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// Whether the dictionary knows a heading.
    pub(super) fn knows(&self, tidied: &str) -> bool {
        (self.vocabulary)(tidied)
    }

    /// The texts of a row with what they cover, merged areas resolved.
    pub(super) fn words(&self, row: u32) -> Vec<Word<'a>> {
        if !self.is_merged(row) {
            return self.plain_words(row);
        }
        let mut words: Vec<Word<'a>> = Vec::new();
        let mut last_anchor = None;
        for &column in &self.columns {
            let area = self.sheet.merge_at(row, column);
            let anchor = area.map_or((row, column), |area| (area.row, area.column));
            if area.is_some() && last_anchor == Some(anchor) {
                if let Some(word) = words.last_mut() {
                    word.width += 1;
                }
                continue;
            }
            let cell = self.sheet.cell(anchor.0, anchor.1);
            if cell.is_empty() {
                last_anchor = None;
                continue;
            }
            last_anchor = Some(anchor);
            words.push(Word { column, width: 1, cell, is_from_above: anchor.0 < row });
        }
        words
    }

    fn is_merged(&self, row: u32) -> bool {
        let after = self.merged_rows.partition_point(|(first, _)| *first <= row);
        after > 0 && self.merged_rows[after - 1].1 >= row
    }

    /// The texts of a row that no merged area touches: nearly all rows of a long list.
    fn plain_words(&self, row: u32) -> Vec<Word<'a>> {
        let last = self.columns.last().copied().unwrap_or(0);
        let cells = self.sheet.row(row).take_while(|(column, _)| *column <= last);
        cells
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| Word { column, width: 1, cell, is_from_above: false })
            .collect()
    }

    /// Share of the live columns that the texts of a row cover.
    #[expect(clippy::cast_precision_loss, reason = "a sheet has few columns")]
    pub(super) fn coverage(&self, words: &[Word<'_>]) -> f64 {
        let covered: usize = words.iter().map(|word| word.width).sum();
        covered as f64 / self.width().max(1) as f64
    }

    /// Whether a row is one text across the width, or one text alone in a wide table.
    pub(super) fn is_single(&self, words: &[Word<'_>]) -> bool {
        words.len() == 1 && self.width() > 1
    }
}

/// Columns with a value, without a few stray cells far to the right.
fn live_columns(sheet: &Sheet) -> Vec<u32> {
    let mut counts = vec![0usize; sheet.width() as usize];
    for &row in sheet.used_rows() {
        for (column, _) in sheet.row(row) {
            counts[column as usize] += 1;
        }
    }
    let mut columns: Vec<u32> =
        counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(column, _)| column as u32).collect();
    let gap = columns.windows(2).position(|pair| pair[1] - pair[0] > STRAY_GAP);
    if let Some(at) = gap {
        let stray: usize = columns[at + 1..].iter().map(|&column| counts[column as usize]).sum();
        if stray <= STRAY_CELLS && at + 1 >= 2 {
            columns.truncate(at + 1);
        }
    }
    columns
}

fn merged_rows(sheet: &Sheet) -> Vec<(u32, u32)> {
    // Merged areas come in the order of their first rows.
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for area in sheet.merges() {
        match stretches.last_mut() {
            Some((_, last)) if area.row <= last.saturating_add(1) => *last = area.last_row().max(*last),
            _ => stretches.push((area.row, area.last_row())),
        }
    }
    stretches
}
