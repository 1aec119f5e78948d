//! Forms known again by their layout, and what was handed in: when, to whom, by which channel, with a
//! copy of the file and the values, so that next month shows what has changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plan::Choice;
use super::recognise::Form;
use super::whom::FillWhom;
use crate::import::recognise::ColumnChoice;

/// Share of a known form's headings, in percent, from which a form is taken for its new edition.
const ALIKE: usize = 60;

/// What a clerk settled for a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownForm {
    /// See [`Form::fingerprint`].
    pub fingerprint: String,
    /// Title as it stood.
    pub title: String,
    /// See [`Form::title_key`].
    pub title_key: String,
    /// Headings by letters, in order.
    pub headings: Vec<(String, String)>,
    /// Heading rows the clerk pointed out.
    #[serde(default)]
    pub header_rows: Option<(u32, u32)>,
    /// Columns the clerk decided.
    #[serde(default)]
    pub mapping: Vec<ColumnChoice>,
    /// Whom, when the clerk settled it.
    #[serde(default)]
    pub whom: Option<FillWhom>,
    /// What becomes of gaps, by letters.
    #[serde(default)]
    pub choices: Vec<(String, Choice)>,
    /// Counts that cells are bound to: words of line and column, condition, households.
    #[serde(default)]
    pub figures: Vec<(String, String, String, bool)>,
}

impl KnownForm {
    /// Headings that a form has and this one had not, and the other way round.
    #[must_use]
    pub fn differences(&self, form: &Form) -> (Vec<String>, Vec<String>) {
        let now: Vec<&str> = form.columns.iter().map(|column| column.seen.heading.as_str()).collect();
        let before: Vec<&str> = self.headings.iter().map(|(_, heading)| heading.as_str()).collect();
        let added = now.iter().filter(|heading| !before.contains(heading)).map(ToString::to_string).collect();
        let removed =
            before.iter().filter(|heading| !now.contains(heading)).map(ToString::to_string).collect();
        (added, removed)
    }

    /// Whether a form is a changed edition of this one.
    #[must_use]
    pub fn is_earlier_edition_of(&self, form: &Form) -> bool {
        if self.fingerprint == form.fingerprint
            || self.headings.is_empty()
            || self.title_key != form.title_key
        {
            return false;
        }
        let (_, removed) = self.differences(form);
        (self.headings.len() - removed.len().min(self.headings.len())) * 100 >= self.headings.len() * ALIKE
    }
}

/// What was handed in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Submitted {
    /// Layout of the form.
    pub fingerprint: String,
    /// File name.
    pub file: String,
    /// Title of the form.
    pub title: String,
    /// To whom.
    pub to: String,
    /// By which channel.
    pub channel: String,
    /// Pages, as the clerk said.
    pub pages: u32,
    /// What the clerk noted.
    pub note: String,
    /// How many people.
    pub people: usize,
    /// Cells that could be filled.
    pub cells: usize,
    /// Cells filled from what was known.
    pub filled: usize,
    /// SHA-256 of the file.
    pub sha256: String,
    /// What was written, by person and column heading.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

impl Submitted {
    /// Share of cells that were filled from what was known.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a form has fewer cells than 2^52")]
    pub fn rate(&self) -> f64 {
        if self.cells == 0 { 0.0 } else { self.filled as f64 / self.cells as f64 }
    }
}

/// A submission as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Number.
    pub id: i64,
    /// Op that noted it.
    pub op: i64,
    /// Day, `YYYY-MM-DD`.
    pub on: String,
    /// Who noted it.
    pub clerk: String,
    /// What was handed in.
    pub submitted: Submitted,
}
