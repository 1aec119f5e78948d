//! What a workbook is once it is read: sheets of cells at their absolute positions.
//!
//! Cells are kept sparse and packed (about ten bytes each beside their text), so that two million
//! of them stay small and a lone cell in the last corner costs nothing. Reading files is
//! [`super::read`]; meaning is [`super::shape`].

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

mod grid;
mod tail;
#[cfg(test)]
mod tests;

pub use grid::{GridBuilder, Merge};

/// The kind of file a workbook came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Office Open XML.
    Xlsx,
    /// The older binary format of Excel and WPS (also `.et`).
    Xls,
    /// The binary flavour of Office Open XML.
    Xlsb,
    /// OpenDocument.
    Ods,
    /// Text with separators.
    Csv,
    /// A web page saved under a spreadsheet's name.
    Html,
    /// SpreadsheetML 2003.
    Xml2003,
    /// Tables inside a word-processor document.
    Docx,
    /// A folder of one-person forms.
    Folder,
}

impl Format {
    /// The stable word for callers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Xml2003 => "xml2003",
            Self::Docx => "docx",
            Self::Folder => "folder",
        }
    }
}

/// A whole file, read.
#[derive(Debug)]
pub struct Workbook {
    /// What kind of file it truly is, whatever its name says.
    pub format: Format,
    /// The character encoding of a text file, such as `gb18030`.
    pub encoding: Option<String>,
    /// The sheets in their order.
    pub sheets: Vec<Sheet>,
}

impl Workbook {
    /// The sheet of that name, or the first visible non-empty one when no name is given.
    #[must_use]
    pub fn find_sheet(&self, name: Option<&str>) -> Option<&Sheet> {
        match name {
            Some(name) => self.sheets.iter().find(|sheet| sheet.name == name),
            None => self
                .sheets
                .iter()
                .find(|sheet| !sheet.hidden && !sheet.is_empty())
                .or_else(|| self.sheets.first()),
        }
    }
}

/// One value of a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing, or only white space.
    Empty,
    /// Text as written.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A date, a moment, or a time of day (then on the day 1899-12-30 or 1899-12-31).
    Date(NaiveDateTime),
    /// A truth value.
    Boolean(bool),
    /// A failed formula, such as `#N/A`.
    Error(&'a str),
}

impl<'a> Cell<'a> {
    /// Whether there is nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The value as the clerk sees it: no `.0` at numbers, dates as `2026-11-21`.
    #[must_use]
    pub fn shown(self) -> Cow<'a, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(shown_number(number)),
            Self::Date(moment) => Cow::Owned(shown_date(moment)),
            Self::Boolean(true) => Cow::Borrowed("TRUE"),
            Self::Boolean(false) => Cow::Borrowed("FALSE"),
        }
    }
}

/// Rows from the top among which a heading is looked for.
const ROWS_WITH_HEADING: usize = 30;

/// A worksheet: cells at absolute 0-based positions, with merged areas.
#[derive(Debug)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Hidden rows, 0-based, ascending.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, 0-based, ascending.
    pub hidden_columns: Vec<u32>,
    /// Lines of a document that stand above its table, outside of the rows.
    pub lines_above: Vec<String>,
    /// What stood in the hidden column of row words, by 0-based row.
    pub row_words: HashMap<u32, String>,
    grid: grid::Grid,
}

impl Sheet {
    /// The value at a 0-based position; only the anchor of a merged area has one.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Cell<'_> {
        self.grid.cell(row, column)
    }

    /// The value at a position as the clerk sees it.
    #[must_use]
    pub fn text(&self, row: u32, column: u32) -> Cow<'_, str> {
        self.cell(row, column).shown()
    }

    /// Rows up to the last one with a value.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.grid.used_rows().last().map_or(0, |row| row + 1)
    }

    /// Columns up to the last one with a value.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.grid.width()
    }

    /// How many cells have a value.
    #[must_use]
    pub fn len(&self) -> usize {
        self.grid.len()
    }

    /// Whether no cell has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.grid.len() == 0
    }

    /// Rows with at least one value, 0-based, ascending.
    #[must_use]
    pub fn used_rows(&self) -> &[u32] {
        self.grid.used_rows()
    }

    /// First and last of the rows that were too many to be kept, 0-based: only what stands before and
    /// after them is known.
    #[must_use]
    pub const fn gap(&self) -> Option<(u32, u32)> {
        self.grid.gap()
    }

    /// How many rows have a value, those that were not kept included.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.used_rows().len() + self.grid.unkept()
    }

    /// Rows that were laid out without any value, 0-based, ascending: the slots of a blank form.
    #[must_use]
    pub fn blank_rows(&self) -> &[u32] {
        self.grid.blank_rows()
    }

    /// The values of one row with their columns, left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, Cell<'_>)> {
        self.grid.row(row)
    }

    /// Lifts a column out of the sheet into [`Sheet::row_words`]: its heading and what stands below.
    /// Without that heading in the first rows nothing happens.
    pub fn lift_row_words(&mut self, heading: &str) {
        let near = self.used_rows().iter().copied().take(ROWS_WITH_HEADING);
        let found = near.filter_map(|row| {
            let is_it =
                |(_, cell): &(u32, Cell<'_>)| matches!(cell, Cell::Text(text) if text.trim() == heading);
            self.row(row).find(is_it).map(|(column, _)| (row, column))
        });
        let Some((above, column)) = found.into_iter().next() else { return };
        let words = self.used_rows().iter().filter(|row| **row > above);
        let words = words.map(|row| (*row, self.text(*row, column).into_owned()));
        self.row_words = words.filter(|(_, word)| !word.is_empty()).collect();
        self.grid.drop_column(column);
        self.hidden_columns.retain(|hidden| *hidden != column);
    }

    /// All merged areas.
    #[must_use]
    pub fn merges(&self) -> &[Merge] {
        self.grid.merges()
    }

    /// The merged area that covers a position.
    #[must_use]
    pub fn merge_at(&self, row: u32, column: u32) -> Option<Merge> {
        self.grid.merge_at(row, column)
    }

    /// The value at a position, taken from the anchor when the position lies under a merged area.
    #[must_use]
    pub fn value_of(&self, row: u32, column: u32) -> Cell<'_> {
        match self.merge_at(row, column) {
            Some(area) => self.cell(area.row, area.column),
            None => self.cell(row, column),
        }
    }
}

/// The letters of a 0-based column: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The 0-based column of letters such as `AB`, in either case.
#[must_use]
pub fn column_index(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut index = 0u32;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        index = index * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    Some(index - 1)
}

/// A number without a needless fraction, at the fifteen digits a spreadsheet keeps.
fn shown_number(number: f64) -> String {
    if number.fract() == 0.0 || !number.is_finite() {
        return format!("{number}");
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// A date, a moment or a time of day, in the order year, month, day.
fn shown_date(moment: NaiveDateTime) -> String {
    let is_time_only = NaiveDate::from_ymd_opt(1900, 1, 1).is_some_and(|first| moment.date() < first);
    let time = moment.time();
    let clock = if time.format("%S").to_string() == "00" { "%H:%M" } else { "%H:%M:%S" };
    if is_time_only {
        time.format(clock).to_string()
    } else if time == NaiveTime::MIN {
        moment.format("%Y-%m-%d").to_string()
    } else {
        format!("{} {}", moment.format("%Y-%m-%d"), time.format(clock))
    }
}
