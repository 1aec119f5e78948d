//! The last rows of a sheet that has too many of them to be kept whole.

use std::collections::VecDeque;

use chrono::NaiveDateTime;

use super::Cell;

/// Rows kept of the beginning and of the end of a sheet with too many of them.
pub(super) const HEAD_ROWS: usize = 10_000;
const TAIL_ROWS: usize = 2_000;

/// The last rows of a sheet with too many of them.
#[derive(Debug)]
pub(super) struct Tail {
    pub(super) rows: VecDeque<(u32, Vec<(u32, Kept)>)>,
    /// Rows with values that were let go.
    pub(super) unkept: usize,
}

/// A value of its own.
#[derive(Debug)]
pub(super) enum Kept {
    Text(Box<str>),
    Error(Box<str>),
    Number(f64),
    Date(NaiveDateTime),
    Boolean(bool),
}

impl Kept {
    pub(super) fn seen(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::Text(text),
            Self::Error(text) => Cell::Error(text),
            Self::Number(number) => Cell::Number(*number),
            Self::Date(moment) => Cell::Date(*moment),
            Self::Boolean(is_true) => Cell::Boolean(*is_true),
        }
    }
}

impl Tail {
    /// No row yet, after so many that were let go.
    pub(super) const fn after(unkept: usize) -> Self {
        Self { rows: VecDeque::new(), unkept }
    }

    pub(super) fn push(&mut self, row: u32, column: u32, cell: Cell<'_>) {
        let kept = match cell {
            Cell::Empty => return,
            Cell::Text(text) => Kept::Text(text.into()),
            Cell::Error(text) => Kept::Error(text.into()),
            Cell::Number(number) => Kept::Number(number),
            Cell::Date(moment) => Kept::Date(moment),
            Cell::Boolean(is_true) => Kept::Boolean(is_true),
        };
        if let Some((_, cells)) = self.rows.back_mut().filter(|(last, _)| *last == row) {
            cells.push((column, kept));
            return;
        }
        if self.rows.len() == TAIL_ROWS {
            self.rows.pop_front();
            self.unkept += 1;
        }
        self.rows.push_back((row, vec![(column, kept)]));
    }
}
