//! Tables of a document: columns, head, rows.
//!
//! A plain value; widths and page ends are found by the layout.

use super::super::grid::Seating;
use super::Align;

/// A table: columns, a head of one or more rows, rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// Rows of the head; a cell spanning rows is given in its first row only.
    pub head: Vec<Vec<HeadCell>>,
    /// The rows; a cell spanning rows is given in its first row only.
    pub rows: Vec<Vec<Cell>>,
    /// Rows of sums after the last row, printed bold and not counted.
    pub totals: Vec<Vec<Cell>>,
    /// Whether the head does not come again on the next page.
    pub head_once: bool,
    /// Whether “（以下空白）” follows the last row when the page has room left.
    pub blank_below: bool,
    /// Words by which a workbook that comes back knows its rows; never on paper.
    pub keys: Option<Keys>,
}

/// A hidden last column of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// Its title.
    pub title: String,
    /// One word a row.
    pub words: Vec<String>,
}

impl Table {
    /// The title of a column: the lowest head cell over it.
    #[must_use]
    pub fn column_title(&self, column: usize) -> &str {
        let mut seating = Seating::new(self.columns.len(), self.head.len());
        let mut title = "";
        for row in &self.head {
            let Ok(seats) = seating.row(row) else { break };
            for (cell, seat) in row.iter().zip(seats) {
                if (seat.column..seat.column + seat.columns).contains(&column) {
                    title = &cell.text;
                }
            }
        }
        title
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Column {
    /// Its width.
    pub width: Width,
    /// Where its texts stand.
    pub align: Align,
    /// What its texts are.
    pub kind: Kind,
    /// Whether texts of two characters are spread over the width of three (王　芳).
    pub spread: bool,
}

/// Width of a column.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Width {
    /// As the content needs.
    #[default]
    Auto,
    /// In millimetres.
    Mm(f32),
}

/// What the texts of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Text, and text it stays, even where it is all digits.
    #[default]
    Text,
    /// A number: right aligned, and a number in Excel where it reads as one.
    Number,
}

/// A cell of a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadCell {
    /// Its words.
    pub text: String,
    /// Columns it covers.
    pub colspan: u16,
    /// Head rows it covers.
    pub rowspan: u16,
}

impl HeadCell {
    /// A cell over one column in one row.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), colspan: 1, rowspan: 1 }
    }

    /// The same cell over that many columns and rows.
    #[must_use]
    pub fn spanning(self, colspan: u16, rowspan: u16) -> Self {
        Self { colspan, rowspan, ..self }
    }
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its words; a line feed starts a new line.
    pub text: String,
    /// Where they stand, if not as in the rest of the column.
    pub align: Align,
    /// Whether they are printed in 黑体.
    pub bold: bool,
    /// Columns it covers.
    pub colspan: u16,
    /// Rows it covers.
    pub rowspan: u16,
}

impl Cell {
    /// A cell over one column in one row.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), align: Align::Auto, bold: false, colspan: 1, rowspan: 1 }
    }

    /// The same cell over that many columns and rows.
    #[must_use]
    pub fn spanning(self, colspan: u16, rowspan: u16) -> Self {
        Self { colspan, rowspan, ..self }
    }
}
