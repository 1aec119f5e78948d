//! What clerks taught about headings: which field a heading of this office's superiors means.
//!
//! Deliberately absent: keeping it (the import feature's store does) and matching (see `heading`).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::normal::normal;

/// A heading a clerk bound to a field (下次也这样办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// The heading in normal form, from [`key`].
    pub heading: String,
    /// The dictionary field, or a `row.…` column of one ledger.
    pub field: String,
}

impl Learned {
    /// Learns that a heading, given from top to bottom, means a field.
    #[must_use]
    pub fn new(path: &[&str], field: &str) -> Self {
        Self { heading: key(path), field: field.to_owned() }
    }
}

/// The text a heading is remembered under: its levels in normal form, joined with `/`.
#[must_use]
pub fn key(path: &[&str]) -> String {
    let mut levels: Vec<String> =
        path.iter().map(|text| normal(text)).filter(|text| !text.is_empty()).collect();
    levels.dedup();
    levels.join("/")
}

/// What was learned, ready for [`super::find`]; of two teachings the later one counts.
#[must_use]
pub fn lookup(learned: impl IntoIterator<Item = Learned>) -> HashMap<String, String> {
    learned.into_iter().map(|one| (one.heading, one.field)).collect()
}
