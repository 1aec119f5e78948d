//! From a cell to the canonical text of its field, and from that text to what is shown and printed.
//!
//! Kept are: dates as partial ISO (2026-03-05, 2026-03, 2026), gender 男/女, the full word of a code
//! table, 是/否, telephones joined by 、, yuan as decimal text, identity numbers with capital X,
//! building, unit and room as bare tokens. A value that cannot be read is none with a problem,
//! never a guess. Checks between fields (birth against identity number) belong to the import.

mod read;
mod show;
#[cfg(test)]
mod tests;

pub use read::read;
pub use show::{display, output};

/// A cell as a reader of sheets gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Raw<'a> {
    /// Nothing.
    Empty,
    /// Text as written.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A cell that the sheet shows as a date.
    Date(chrono::NaiveDateTime),
    /// A truth value.
    Boolean(bool),
}

/// What was read from a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The canonical text; none when nothing is known or the value cannot be read.
    pub value: Option<String>,
    /// The text was cleaned: blanks, full width, invisible characters, spelling of letters. Changes
    /// of form alone (2026.3.5 into 2026-03-05) do not count.
    pub tidied: bool,
    /// What is wrong with the cell.
    pub problem: Option<ValueProblem>,
}

/// What is wrong with a cell, for the clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueProblem {
    /// A problem code of the command-line contract.
    pub code: &'static str,
    /// A Chinese clause without full stop that never holds the value.
    pub message: String,
}

impl Reading {
    /// Says whether the cell could be read; nothing is read well too.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problem.is_none()
    }
}
