//! Which of two differing values stays: the clerk's word for the one cell, else the rule she chose
//! for the whole sheet, else the authority of the field (`assets/dictionary`).

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::dictionary::{Authority, FieldDef};

/// What happens to values that differ from what is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
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

/// What the clerk decided about differing values and doubtful people.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// For the whole sheet.
    pub rule: ConflictRule,
    /// Cells taken over whatever the rule, by sheet, row (from 1) and field.
    pub take: HashSet<(String, u32, String)>,
    /// Cells kept whatever the rule, by sheet, row (from 1) and field.
    pub keep: HashSet<(String, u32, String)>,
    /// Whom a row means, by sheet and row (from 1); none for somebody new.
    pub whom: HashMap<(String, u32), Option<i64>>,
}

impl Decisions {
    /// Whether the sheet's value replaces a different one that is known.
    #[must_use]
    pub fn takes(&self, sheet: &str, row: u32, field: &FieldDef) -> bool {
        if !(self.take.is_empty() && self.keep.is_empty()) {
            let cell = (sheet.to_owned(), row, field.id.clone());
            if self.take.contains(&cell) {
                return true;
            }
            if self.keep.contains(&cell) {
                return false;
            }
        }
        match self.rule {
            ConflictRule::Rule => field.authority == Authority::Superior,
            ConflictRule::Keep => false,
            ConflictRule::Take => true,
        }
    }

    /// What the clerk said whom a row means.
    #[must_use]
    pub fn whom(&self, sheet: &str, row: u32) -> Option<Option<i64>> {
        if self.whom.is_empty() {
            return None;
        }
        self.whom.get(&(sheet.to_owned(), row)).copied()
    }
}
