//! Which of two differing values stays: the clerk's word for the one cell, else the rule she chose
//! for the whole sheet, else the authority of the field (`assets/dictionary`).

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::dictionary::{Authority, FieldDef};
use crate::import::table::RowAt;

/// What happens to values that differ from what is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ConflictRule {
    /// As the field says: an allowance is the department's to know, a telephone ours.
    #[default]
    Rule,
    /// What is known stays.
    Keep,
    /// The sheet wins.
    Take,
}

/// Whom a row means, when that need not be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// This subject.
    Subject(i64),
    /// Somebody or something new, though others look alike.
    New,
    /// What this row of the ledger is about.
    Record(i64),
}

/// What the clerk decided about differing values and doubtful people.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// For the whole sheet.
    pub rule: ConflictRule,
    /// Cells taken over whatever the rule, by field.
    pub take: HashSet<(RowAt, String)>,
    /// Cells kept whatever the rule, by field.
    pub keep: HashSet<(RowAt, String)>,
    /// Columns taken over (or kept) whatever the rule, by field; a cell that was decided alone stands.
    pub columns: HashMap<String, bool>,
    /// Whom a row means.
    pub whom: HashMap<RowAt, Whom>,
    /// Rows of the ledger that rows of the sheet were taken out from.
    pub taken_out: HashMap<RowAt, i64>,
}

impl Decisions {
    /// What the clerk said of one cell or of its column: whether the sheet's value is taken.
    #[must_use]
    pub fn said(&self, at: RowAt, field: &FieldDef) -> Option<bool> {
        if !(self.take.is_empty() && self.keep.is_empty()) {
            let cell = (at, field.id.clone());
            if self.take.contains(&cell) {
                return Some(true);
            }
            if self.keep.contains(&cell) {
                return Some(false);
            }
        }
        self.columns.get(&field.id).copied()
    }

    /// Whether the sheet's value replaces a different one that is known.
    #[must_use]
    pub fn takes(&self, at: RowAt, field: &FieldDef) -> bool {
        if let Some(said) = self.said(at, field) {
            return said;
        }
        match self.rule {
            ConflictRule::Rule => field.authority == Authority::Superior,
            ConflictRule::Keep => false,
            ConflictRule::Take => true,
        }
    }
}
