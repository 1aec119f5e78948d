//! Setting cells that span rows and columns into the grid of a table.
//!
//! Shared by the pages and by Excel, so that both put every cell in the same place.

use super::document::{Cell, HeadCell};
use crate::error::{Error, Result};

/// Anything that covers columns and rows.
pub(super) trait Spans {
    /// Columns and rows covered.
    fn spans(&self) -> (usize, usize);
}

impl Spans for Cell {
    fn spans(&self) -> (usize, usize) {
        (usize::from(self.colspan.max(1)), usize::from(self.rowspan.max(1)))
    }
}

impl Spans for HeadCell {
    fn spans(&self) -> (usize, usize) {
        (usize::from(self.colspan.max(1)), usize::from(self.rowspan.max(1)))
    }
}

/// Where a cell of a row sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Seat {
    /// First column.
    pub column: usize,
    /// Columns covered.
    pub columns: usize,
    /// Rows covered.
    pub rows: usize,
}

impl Seat {
    /// One column in one row.
    pub const fn single(column: usize) -> Self {
        Self { column, columns: 1, rows: 1 }
    }
}

/// Seats cells row by row, keeping places free that a cell above covers.
pub(super) struct Seating {
    busy: Vec<usize>,
    rows_left: usize,
}

impl Seating {
    /// For a table of that many columns and rows.
    pub fn new(columns: usize, rows: usize) -> Self {
        Self { busy: vec![0; columns], rows_left: rows }
    }

    /// Seats the cells of the next row.
    ///
    /// # Errors
    /// [`Error::Bug`] when the row is wider than the table.
    pub fn row<T: Spans>(&mut self, cells: &[T]) -> Result<Vec<Seat>> {
        let mut seats = Vec::with_capacity(cells.len());
        let mut column = 0;
        for cell in cells {
            while self.busy.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let (columns, rows) = cell.spans();
            let rows = rows.min(self.rows_left.max(1));
            let covered = self.busy.get_mut(column..column + columns).ok_or_else(|| {
                Error::Bug(format!("paper: a row has more cells than the table has columns ({column})"))
            })?;
            covered.fill(rows);
            seats.push(Seat { column, columns, rows });
            column += columns;
        }
        for rows in &mut self.busy {
            *rows = rows.saturating_sub(1);
        }
        self.rows_left = self.rows_left.saturating_sub(1);
        Ok(seats)
    }

    /// Whether a cell of an earlier row reaches into the next one.
    pub fn is_open(&self) -> bool {
        self.busy.iter().any(|rows| *rows > 0)
    }
}
