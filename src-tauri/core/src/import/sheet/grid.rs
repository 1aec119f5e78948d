//! The packed cells of one sheet, and the index of its merged areas.
//!
//! Rows and columns are sparse: a row knows where its cells begin, a cell knows its column.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime};
use rustc_hash::FxHashMap;

use super::tail::{HEAD_ROWS, Tail};
use super::{Cell, Sheet};
use crate::error::{BadFile, Result};
use crate::import::guard::Limits;

/// A merged area, 0-based, by its anchor and its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Merge {
    /// First row.
    pub row: u32,
    /// First column.
    pub column: u32,
    /// How many rows.
    pub rows: u32,
    /// How many columns.
    pub columns: u32,
}

impl Merge {
    /// Whether the area covers a position.
    #[must_use]
    pub const fn covers(&self, row: u32, column: u32) -> bool {
        row >= self.row
            && row - self.row < self.rows
            && column >= self.column
            && column - self.column < self.columns
    }

    /// Last row.
    #[must_use]
    pub const fn last_row(&self) -> u32 {
        self.row.saturating_add(self.rows).saturating_sub(1)
    }

    /// Last column.
    #[must_use]
    pub const fn last_column(&self) -> u32 {
        self.column.saturating_add(self.columns).saturating_sub(1)
    }
}

const TEXT: u8 = 1;
const NUMBER: u8 = 2;
const DATE: u8 = 3;
const BOOLEAN: u8 = 4;
const ERROR: u8 = 5;
/// Bits of a packed text that hold its length; the rest is where it begins.
const LENGTH_BITS: u32 = 20;
/// Laid-out rows without values that are remembered.
const BLANK_ROWS: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<u32>,
    starts: Vec<usize>,
    columns: Vec<u16>,
    kinds: Vec<u8>,
    values: Vec<u64>,
    texts: String,
    width: u32,
    merges: Vec<Merge>,
    /// Rows that were laid out (borders, colours) without any value.
    blank_rows: Vec<u32>,
    /// Merged areas by column, in the order of their first row.
    merged: FxHashMap<u32, Vec<u32>>,
    /// First and last of the rows that were too many to be kept, and how many of them had values.
    gap: Option<(u32, u32)>,
    unkept: usize,
}

impl Grid {
    pub(super) fn used_rows(&self) -> &[u32] {
        &self.rows
    }

    pub(super) const fn width(&self) -> u32 {
        self.width
    }

    pub(super) const fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(super) const fn gap(&self) -> Option<(u32, u32)> {
        self.gap
    }

    pub(super) const fn unkept(&self) -> usize {
        self.unkept
    }

    pub(super) fn merges(&self) -> &[Merge] {
        &self.merges
    }

    pub(super) fn blank_rows(&self) -> &[u32] {
        &self.blank_rows
    }

    /// Where the cells of a row are; rows and columns mostly follow one another without a gap, so
    /// the place that this suggests is tried before searching.
    fn span(&self, row: u32) -> std::ops::Range<usize> {
        let first = self.rows.first().copied().unwrap_or(0);
        let guess = row.wrapping_sub(first) as usize;
        let at = match self.rows.get(guess) {
            Some(&found) if found == row => guess,
            _ => match self.rows.binary_search(&row) {
                Ok(at) => at,
                Err(_) => return 0..0,
            },
        };
        let start = self.starts[at];
        start..self.starts.get(at + 1).copied().unwrap_or(self.kinds.len())
    }

    pub(super) fn cell(&self, row: u32, column: u32) -> Cell<'_> {
        let span = self.span(row);
        let Ok(column) = u16::try_from(column) else { return Cell::Empty };
        let columns = &self.columns[span.clone()];
        let guess = usize::from(column.wrapping_sub(columns.first().copied().unwrap_or(0)));
        if columns.get(guess) == Some(&column) {
            return self.unpack(span.start + guess);
        }
        match columns.binary_search(&column) {
            Ok(at) => self.unpack(span.start + at),
            Err(_) => Cell::Empty,
        }
    }

    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = (u32, Cell<'_>)> {
        self.span(row).map(|at| (u32::from(self.columns[at]), self.unpack(at)))
    }

    fn unpack(&self, at: usize) -> Cell<'_> {
        let value = self.values[at];
        match self.kinds[at] {
            TEXT => Cell::Text(self.text(value)),
            ERROR => Cell::Error(self.text(value)),
            NUMBER => Cell::Number(f64::from_bits(value)),
            DATE => DateTime::from_timestamp_millis(value.cast_signed())
                .map_or(Cell::Empty, |moment| Cell::Date(moment.naive_utc())),
            BOOLEAN => Cell::Boolean(value != 0),
            _ => Cell::Empty,
        }
    }

    fn text(&self, value: u64) -> &str {
        let start = usize::try_from(value >> LENGTH_BITS).unwrap_or(usize::MAX);
        let length = usize::try_from(value & ((1 << LENGTH_BITS) - 1)).unwrap_or(0);
        self.texts.get(start..start.saturating_add(length)).unwrap_or("")
    }

    /// Drops the cells of a column.
    pub(super) fn drop_column(&mut self, column: u32) {
        self.retain(|_, _, other| other != column);
        self.width = self.columns.iter().max().map_or(0, |&last| u32::from(last) + 1);
    }

    /// Keeps the cells of which that is true, by row and column.
    fn retain(&mut self, is_kept: impl Fn(&Self, u32, u32) -> bool) {
        let (mut rows, mut starts) =
            (Vec::with_capacity(self.rows.len()), Vec::with_capacity(self.rows.len()));
        let mut kept = 0;
        for at in 0..self.rows.len() {
            let (row, first) = (self.rows[at], kept);
            let end = self.starts.get(at + 1).copied().unwrap_or(self.kinds.len());
            for cell in self.starts[at]..end {
                if is_kept(self, row, u32::from(self.columns[cell])) {
                    self.columns[kept] = self.columns[cell];
                    self.kinds[kept] = self.kinds[cell];
                    self.values[kept] = self.values[cell];
                    kept += 1;
                }
            }
            if kept > first {
                rows.push(row);
                starts.push(first);
            }
        }
        (self.rows, self.starts) = (rows, starts);
        self.columns.truncate(kept);
        self.kinds.truncate(kept);
        self.values.truncate(kept);
    }

    pub(super) fn merge_at(&self, row: u32, column: u32) -> Option<Merge> {
        let areas = self.merged.get(&column)?;
        let after = areas.partition_point(|&area| self.merges[area as usize].row <= row);
        let area = self.merges[areas[after.checked_sub(1)?] as usize];
        area.covers(row, column).then_some(area)
    }
}

/// Collects the cells of one sheet under the limits, in any order.
///
/// Past the limits only the beginning and the end of the sheet are kept and the rows between counted, so
/// that what a sheet of a million rows is can be told without holding it.
#[derive(Debug)]
pub struct GridBuilder {
    limits: Limits,
    grid: Grid,
    used_columns: Vec<bool>,
    used_column_count: u32,
    is_sorted: bool,
    tail: Option<Tail>,
}

impl GridBuilder {
    /// An empty sheet under the given limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            grid: Grid::default(),
            used_columns: Vec::new(),
            used_column_count: 0,
            is_sorted: true,
            tail: None,
        }
    }

    /// How many cells have been taken.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.grid.len()
    }

    /// Whether nothing has been taken.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.grid.len() == 0
    }

    /// Takes a cell; empty ones and white space are passed over.
    ///
    /// # Errors
    /// [`BadFile::TooLarge`] past a limit.
    pub fn push(&mut self, row: u32, column: u32, cell: Cell<'_>) -> Result<()> {
        if cell.is_empty() || matches!(cell, Cell::Text(text) if text.trim().is_empty()) {
            return Ok(());
        }
        if self.tail.is_none() && self.is_full(row) {
            self.begin_tail();
        }
        if let Some(tail) = &mut self.tail {
            tail.push(row, column, cell);
            let Ok(short) = u16::try_from(column) else {
                return Err(BadFile::TooLarge("栏数太多").into());
            };
            return self.note_column(short);
        }
        self.keep_cell(row, column, cell)
    }

    fn keep_cell(&mut self, row: u32, column: u32, cell: Cell<'_>) -> Result<()> {
        let (kind, value) = match cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) => (TEXT, self.keep(text)),
            Cell::Error(text) => (ERROR, self.keep(text)),
            Cell::Number(number) => (NUMBER, number.to_bits()),
            Cell::Date(moment) => (DATE, NaiveDateTime::and_utc(&moment).timestamp_millis().cast_unsigned()),
            Cell::Boolean(is_true) => (BOOLEAN, u64::from(is_true)),
        };
        let Ok(short) = u16::try_from(column) else { return Err(BadFile::TooLarge("栏数太多").into()) };
        self.note_column(short)?;
        self.note_row(row);
        let start = self.grid.starts.last().copied().unwrap_or(0);
        if self.grid.kinds.len() > start && self.grid.columns.last().is_some_and(|&last| last >= short) {
            self.is_sorted = false;
        }
        self.grid.columns.push(short);
        self.grid.kinds.push(kind);
        self.grid.values.push(value);
        Ok(())
    }

    /// Whether a row is one too many to be kept like those before it.
    fn is_full(&self, row: u32) -> bool {
        let Limits { rows, cells, text, .. } = self.limits;
        let is_new = self.grid.rows.last() != Some(&row);
        let is_past = self.grid.rows.len() >= rows || self.grid.kinds.len() >= cells;
        is_new && (is_past || self.grid.texts.len() >= text)
    }

    /// Keeps only the beginning, and from here on the last rows.
    fn begin_tail(&mut self) {
        if !self.is_sorted {
            self.sort();
            self.is_sorted = true;
        }
        let grid = &mut self.grid;
        let keep = HEAD_ROWS.min(grid.rows.len());
        let unkept = grid.rows.len() - keep;
        if let Some(&end) = grid.starts.get(keep) {
            grid.columns.truncate(end);
            grid.kinds.truncate(end);
            grid.values.truncate(end);
        }
        let texts = grid.kinds.iter().zip(&grid.values).filter(|(kind, _)| matches!(**kind, TEXT | ERROR));
        let ends = texts.map(|(_, value)| (value >> LENGTH_BITS) + (value & ((1 << LENGTH_BITS) - 1)));
        let end = ends.max().and_then(|end| usize::try_from(end).ok()).unwrap_or(0);
        grid.texts.truncate(end);
        grid.rows.truncate(keep);
        grid.starts.truncate(keep);
        grid.columns.shrink_to_fit();
        grid.kinds.shrink_to_fit();
        grid.values.shrink_to_fit();
        grid.texts.shrink_to_fit();
        self.tail = Some(Tail::after(unkept));
    }

    /// Puts the last rows behind the first ones.
    fn end_tail(&mut self) {
        let Some(tail) = self.tail.take() else { return };
        let before = self.grid.rows.last().copied().unwrap_or(0);
        let first = tail.rows.iter().map(|(row, _)| *row).min().unwrap_or(before);
        for (row, cells) in tail.rows {
            for (column, cell) in cells {
                // The columns were counted when the cell came.
                let _ = self.keep_cell(row, column, cell.seen());
            }
        }
        self.grid.unkept = tail.unkept;
        self.grid.gap = (first > before + 1).then(|| (before + 1, first - 1));
    }

    /// Notes that a row was laid out at some place, without a value there.
    pub fn note_blank(&mut self, row: u32) {
        let rows = &mut self.grid.blank_rows;
        if rows.last() != Some(&row) && rows.len() < BLANK_ROWS {
            rows.push(row);
        }
    }

    fn keep(&mut self, text: &str) -> u64 {
        let start = self.grid.texts.len() as u64;
        let mut length = text.len().min((1 << LENGTH_BITS) - 1);
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        self.grid.texts.push_str(&text[..length]);
        start << LENGTH_BITS | length as u64
    }

    fn note_column(&mut self, column: u16) -> Result<()> {
        let at = usize::from(column);
        if self.used_columns.len() <= at {
            self.used_columns.resize(at + 1, false);
        }
        if !self.used_columns[at] {
            self.used_columns[at] = true;
            self.used_column_count += 1;
            self.limits.check_columns(self.used_column_count)?;
        }
        Ok(())
    }

    fn note_row(&mut self, row: u32) {
        match self.grid.rows.last() {
            Some(&last) if last == row => return,
            Some(&last) if last > row => self.is_sorted = false,
            _ => {}
        }
        self.grid.rows.push(row);
        self.grid.starts.push(self.grid.kinds.len());
    }

    /// The sheet: sorted, indexed, and without the stale text under merged areas.
    #[must_use]
    pub fn finish(mut self, name: &str, merges: Vec<Merge>) -> Sheet {
        self.end_tail();
        if !self.is_sorted {
            self.sort();
        }
        self.index_merges(merges);
        self.drop_covered();
        let mut blank = std::mem::take(&mut self.grid.blank_rows);
        blank.retain(|row| self.grid.rows.binary_search(row).is_err());
        blank.sort_unstable();
        blank.dedup();
        self.grid.blank_rows = blank;
        self.grid.width = self.grid.columns.iter().max().map_or(0, |&last| u32::from(last) + 1);
        self.grid.columns.shrink_to_fit();
        self.grid.kinds.shrink_to_fit();
        self.grid.values.shrink_to_fit();
        self.grid.texts.shrink_to_fit();
        Sheet {
            name: name.to_owned(),
            hidden: false,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            lines_above: Vec::new(),
            row_words: HashMap::new(),
            grid: self.grid,
        }
    }

    /// Puts cells that came out of order in their place; of two at one place the later one stays.
    fn sort(&mut self) {
        let grid = &mut self.grid;
        let mut order: Vec<(u32, u16, usize)> = Vec::with_capacity(grid.kinds.len());
        for (at, &row) in grid.rows.iter().enumerate() {
            let end = grid.starts.get(at + 1).copied().unwrap_or(grid.kinds.len());
            order.extend((grid.starts[at]..end).map(|cell| (row, grid.columns[cell], cell)));
        }
        order.sort_unstable();
        let (kinds, values) = (std::mem::take(&mut grid.kinds), std::mem::take(&mut grid.values));
        grid.rows.clear();
        grid.starts.clear();
        grid.columns.clear();
        for (at, &(row, column, cell)) in order.iter().enumerate() {
            if order.get(at + 1).is_some_and(|next| (next.0, next.1) == (row, column)) {
                continue;
            }
            if grid.rows.last() != Some(&row) {
                grid.rows.push(row);
                grid.starts.push(grid.kinds.len());
            }
            grid.columns.push(column);
            grid.kinds.push(kinds[cell]);
            grid.values.push(values[cell]);
        }
    }

    fn index_merges(&mut self, merges: Vec<Merge>) {
        let last_column = self.used_columns.len() as u32;
        let mut merges: Vec<Merge> = merges
            .into_iter()
            .filter(|area| area.rows.saturating_mul(area.columns) > 1 && area.column <= last_column)
            .collect();
        merges.truncate(self.limits.merges);
        merges.sort_unstable_by_key(|area| (area.row, area.column));
        let mut entries = 0;
        for (number, area) in merges.iter().enumerate() {
            for column in area.column..=area.last_column().min(last_column) {
                self.grid.merged.entry(column).or_default().push(number as u32);
                entries += 1;
            }
            if entries > self.limits.cells {
                break;
            }
        }
        self.grid.merges = merges;
    }

    /// Drops text that lies under a merged area beside its anchor: nobody sees it.
    fn drop_covered(&mut self) {
        if self.grid.merges.is_empty() {
            return;
        }
        let is_seen = |grid: &Grid, row, column| {
            grid.merge_at(row, column).is_none_or(|area| (area.row, area.column) == (row, column))
        };
        self.grid.retain(is_seen);
    }
}
