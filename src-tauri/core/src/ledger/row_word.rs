//! Row words (行号牌): what a row of a ledger is called in a workbook that goes out and may come back.
//!
//! A word names the office and the row, nothing of the person. It stands in a hidden column, so that
//! a row is known again after its name or its number was corrected elsewhere.

use rusqlite::Connection;

use crate::error::Result;
use crate::store::journal;

/// Title of the hidden column.
pub const TITLE: &str = "居务台行号（请勿改动）";

/// Makes and reads the words of one office.
#[derive(Debug, Clone)]
pub struct RowWords {
    mark: String,
}

impl RowWords {
    /// Those of this office.
    ///
    /// # Errors
    /// Reading fails.
    pub fn of(connection: &Connection) -> Result<Self> {
        Ok(Self { mark: journal::mark(connection)? })
    }

    /// The word of a row of a ledger.
    #[must_use]
    pub fn word(&self, record: i64) -> String {
        format!("{}-{record}", self.mark)
    }

    /// The row that a word of this office names; nothing for the word of another office.
    #[must_use]
    pub fn record(&self, word: &str) -> Option<i64> {
        let (mark, record) = word.trim().split_once('-')?;
        if mark == self.mark && !mark.is_empty() { record.parse().ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_of_the_own_office_are_understood() {
        let ours = RowWords { mark: "0a1b2c3d".into() };
        assert_eq!(ours.record(&ours.word(17)), Some(17));
        assert_eq!(ours.record(" 0a1b2c3d-17 "), Some(17));
        for foreign in ["ffffffff-17", "0a1b2c3d", "0a1b2c3d-", "0a1b2c3d-x", "", "-17"] {
            assert_eq!(ours.record(foreign), None, "{foreign}");
        }
        assert_eq!(RowWords { mark: String::new() }.record("-17"), None, "no office, no word");
    }
}
