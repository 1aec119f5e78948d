//! Tables of a document: columns, head, rows.
//!
//! A plain value; widths and page ends are found by the layout.

use super::super::grid::Seating;
use super::{Align, Piece, Typeface};

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
    /// Size of the text in points; `None` is the largest of the style in which the table fits.
    pub size: Option<f32>,
    /// Face of the cells; `None` is that of the style.
    pub face: Option<Typeface>,
    /// Least height of a row in millimetres; 0 is that of the style.
    pub row_height: f32,
    /// Least height of a row of the head in millimetres; 0 is that of the style.
    pub head_height: f32,
    /// Empty rows are added until there are that many.
    pub fill_to: usize,
    /// Rows of sums at the ends of pages, over the columns that are `summed`.
    pub sums: Sums,
    /// Whether a row of column numbers 1, 2, 3 … ends the head.
    pub column_numbers: bool,
    /// Whether lines between rows of one merged cell are thin and grey.
    pub soft_groups: bool,
    /// Below the table, in millimetres; `None` is as in the style, 0 joins the next table to it.
    pub gap_below: Option<f32>,
}

/// A hidden last column of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// Its title.
    pub title: String,
    /// One word a row.
    pub words: Vec<String>,
}

/// Rows of sums that a table prints by itself at the ends of its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// 承前页: first row of every page but the first, what was summed so far.
    pub brought: bool,
    /// 本页小计: last row of every page.
    pub page: bool,
    /// 累计: last row of every page, what is summed up to there.
    pub running: bool,
    /// 过次页: last row of every page but the last, what is summed up to there.
    pub carried: bool,
}

impl Sums {
    /// 承前页 and 过次页, as in account books.
    #[must_use]
    pub const fn carried_over() -> Self {
        Self { brought: true, carried: true, page: false, running: false }
    }

    /// 本页小计 and 累计.
    #[must_use]
    pub const fn page_and_running() -> Self {
        Self { page: true, running: true, brought: false, carried: false }
    }

    /// Whether there are any.
    #[must_use]
    pub const fn any(self) -> bool {
        self.brought || self.page || self.running || self.carried
    }
}

impl Table {
    /// A table with one row of head, a column for each title, widths from the content.
    #[must_use]
    pub fn titled(titles: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let head: Vec<HeadCell> = titles.into_iter().map(HeadCell::new).collect();
        Self { columns: vec![Column::default(); head.len()], head: vec![head], ..Self::default() }
    }

    /// Labels and values beside each other, `pairs` of them in a row; labels are `label` and values
    /// `value` millimetres wide and the rows `height` high.
    #[must_use]
    pub fn of_pairs(given: &[(&str, &str)], pairs: usize, (label, value): (f32, f32), height: f32) -> Self {
        let columns = (0..pairs.max(1))
            .flat_map(|_| [Column::mm(label).aligned(Align::Centre), Column::mm(value).aligned(Align::Left)]);
        let rows = given.chunks(pairs.max(1)).map(|row| {
            row.iter().flat_map(|(label, value)| [Cell::new(*label).bold(), Cell::new(*value)]).collect()
        });
        let (columns, rows) = (columns.collect(), rows.collect());
        Self { columns, rows, row_height: height, ..Self::default() }
    }

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
    /// Whether [`Table::sums`] and nothing else sums it; for columns of [`Kind::Number`].
    pub summed: bool,
}

impl Column {
    /// A column of that width in millimetres.
    #[must_use]
    pub fn mm(width: f32) -> Self {
        Self { width: Width::Mm(width), ..Self::default() }
    }

    /// A column of numbers, right aligned, as wide as its content.
    #[must_use]
    pub fn number() -> Self {
        Self { kind: Kind::Number, ..Self::default() }
    }

    /// The same column, its texts standing there.
    #[must_use]
    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }
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
#[derive(Debug, Clone, PartialEq)]
pub struct HeadCell {
    /// Its words.
    pub text: String,
    /// Columns it covers.
    pub colspan: u16,
    /// Head rows it covers.
    pub rowspan: u16,
    /// Where its words stand; in the middle unless told otherwise.
    pub align: Align,
    /// How dark its ground is: 0 white, 1 black; 0.1 for bands.
    pub shade: f32,
    /// Pieces printed in place of the words.
    pub pieces: Vec<Piece>,
}

impl HeadCell {
    /// A cell over one column in one row.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let (align, pieces) = (Align::Auto, Vec::new());
        Self { text: text.into(), colspan: 1, rowspan: 1, align, shade: 0.0, pieces }
    }

    /// A grey band over that many columns: words in 黑体, then a small note.
    #[must_use]
    pub fn band(text: impl Into<String>, note: impl Into<String>, columns: u16) -> Self {
        let (text, note) = (text.into(), note.into());
        let whole = format!("{text}　{note}");
        let pieces = vec![Piece::Strong(text), Piece::Gap(2.0), Piece::Small(note)];
        Self { align: Align::Left, shade: 0.1, pieces, ..Self::new(whole).spanning(columns, 1) }
    }

    /// The same cell over that many columns and rows.
    #[must_use]
    pub fn spanning(self, colspan: u16, rowspan: u16) -> Self {
        Self { colspan, rowspan, ..self }
    }
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq)]
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
    /// Face of its words, where it is not that of the table.
    pub face: Option<Typeface>,
    /// Size of its words in points, where it is not that of the table.
    pub size: Option<f32>,
    /// How dark its ground is: 0 white, 1 black; 0.1 for bands.
    pub shade: f32,
    /// Pieces printed in place of the words.
    pub pieces: Vec<Piece>,
    /// Least height of its row in millimetres, where it is not that of the table.
    pub height: Option<f32>,
}

impl Cell {
    /// A cell over one column in one row.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            align: Align::Auto,
            bold: false,
            colspan: 1,
            rowspan: 1,
            face: None,
            size: None,
            shade: 0.0,
            pieces: Vec::new(),
            height: None,
        }
    }

    /// A cell to be filled in by hand; its text, for a workbook, is made of the pieces.
    #[must_use]
    pub fn form(pieces: Vec<Piece>) -> Self {
        let text = pieces.iter().map(Piece::words).collect::<String>();
        Self { pieces, align: Align::Left, ..Self::new(text.trim_matches('　')) }
    }

    /// A grey band over that many columns: words in 黑体, then a small note.
    #[must_use]
    pub fn band(text: impl Into<String>, note: impl Into<String>, columns: u16) -> Self {
        let pieces = vec![Piece::Strong(text.into()), Piece::Gap(6.0), Piece::Text(note.into())];
        Self { shade: 0.12, height: Some(7.0), ..Self::form(pieces).spanning(columns, 1) }
    }

    /// The same cell in 黑体.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same cell, its words standing there.
    #[must_use]
    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// The same cell on a grey ground: 0 white, 1 black.
    #[must_use]
    pub fn shaded(self, shade: f32) -> Self {
        Self { shade, ..self }
    }

    /// The same cell over that many columns and rows.
    #[must_use]
    pub fn spanning(self, colspan: u16, rowspan: u16) -> Self {
        Self { colspan, rowspan, ..self }
    }
}
