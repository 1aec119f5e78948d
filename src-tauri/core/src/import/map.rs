//! Which dictionary field each column of a sheet is bound to, how sure that is, and why.
//!
//! Three witnesses are heard: the heading (with what clerks taught before), the values below it,
//! and the neighbours. A binding is sure only when the heading leaves no other reading and the
//! values do not speak against it; a column that is not sure is never taken without a word.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::shape::Shape;
use super::sheet::Sheet;
use crate::catalog::LedgerKind;
use crate::dictionary::{self, Dictionary, FieldDef, OwnColumn, Subject};
use crate::value::code::CodeTables;

mod fit;
mod judge;
mod loose;
mod offered;
mod parts;
mod profile;
mod sample;
mod subject;
mod whose;

#[cfg(test)]
mod tests;

pub use sample::masked;

use profile::Profile;

/// Values of a column from which they may speak for or against a field alone.
const ENOUGH: usize = 3;

/// How a column led to its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MappedHow"))]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The heading is the field's title, or the ledger's own heading.
    Exact,
    /// The heading is another name of the field.
    Alias,
    /// A clerk said so earlier.
    Remembered,
    /// The values say so.
    Values,
    /// It leads to no field.
    None,
}

/// How sure a binding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// No other reading is left (已对上).
    Sure,
    /// Probably right, shown to the clerk (较有把握).
    Likely,
    /// The clerk is asked (请您确认).
    Ask,
}

/// A field a column could be bound to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Choice {
    /// Dictionary field id.
    pub field: String,
    /// Title of the field.
    pub title: String,
    /// The first value of the column, masked.
    pub example: String,
}

/// A column of a sheet with its field.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SeenColumn {
    /// Letters as the clerk sees them.
    pub letter: String,
    /// The heading, its levels joined by `/`.
    pub heading: String,
    /// The levels of the heading.
    pub levels: Vec<String>,
    /// Dictionary field id, or none when the column is not taken.
    pub field: Option<String>,
    /// Title of the field.
    pub title: Option<String>,
    /// How the field was found.
    pub how: How,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, in Chinese, with counts.
    pub reasons: Vec<String>,
    /// Up to three values, masked where they are sensitive.
    pub samples: Vec<String>,
    /// Other fields it could be.
    pub choices: Vec<Choice>,
}

/// The words that columns are read with.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The dictionary.
    pub dictionary: &'a Dictionary,
    /// The code tables.
    pub codes: &'a CodeTables,
    /// What clerks taught: [`dictionary::remember::lookup`].
    pub remembered: &'a HashMap<String, String>,
    /// Today, for reading dates.
    pub today: NaiveDate,
}

/// Whether a tidied text is a known heading: the vocabulary for [`super::shape::recognise`].
#[must_use]
pub fn is_heading(dictionary: &Dictionary, remembered: &HashMap<String, String>, text: &str) -> bool {
    let length = text.chars().count();
    if !(1..=16).contains(&length) || text.chars().all(|c| !c.is_alphabetic()) {
        return false;
    }
    let key = dictionary::remember::key(&[text]);
    // Weakened readings would take the words of data for headings.
    if remembered.contains_key(&key) || !dictionary.entries(&key).is_empty() {
        return true;
    }
    let found = dictionary::find(dictionary, &[text], remembered, Subject::Resident);
    found.serial || found.sure().is_some()
}

/// Binds the columns of a sheet to fields; `preferred` is the ledger the sheet is meant for.
#[must_use]
pub fn map_columns(
    sheet: &Sheet,
    shape: &Shape,
    words: &Words<'_>,
    preferred: Option<&LedgerKind>,
) -> Vec<SeenColumn> {
    let own: Vec<OwnColumn<'_>> = preferred.map_or_else(Vec::new, |kind| {
        kind.columns
            .iter()
            .map(|column| OwnColumn { group: column.group.as_deref(), field: &column.field })
            .collect()
    });
    let context = preferred.map_or_else(|| subject_of(sheet, shape, words), |kind| kind.subject);
    let departments = subject::departments(&title_of(sheet, shape));
    let profiles = profile::of_columns(sheet, shape, words);
    let judge =
        judge::Judge { shape, words, own: &own, context, profiles: &profiles, departments: &departments };
    judge.columns()
}

/// Asks about columns of a known layout whose values are plainly no longer what its field holds.
pub fn doubt_remembered(
    sheet: &Sheet,
    shape: &Shape,
    words: &Words<'_>,
    preferred: Option<&LedgerKind>,
    columns: &mut [SeenColumn],
) {
    let own = |id: &str| preferred.and_then(|kind| kind.column(id)).map(|column| &column.field);
    let profiles = profile::of_columns(sheet, shape, words);
    let heard = columns.iter_mut().zip(&profiles);
    // One or two odd values are slips, to be told where they stand.
    for (seen, profile) in
        heard.filter(|(seen, profile)| seen.how == How::Remembered && profile.count >= ENOUGH)
    {
        let field = seen.field.as_deref().and_then(|id| own(id).or_else(|| words.dictionary.get(id)));
        let Some(field) = field else { continue };
        if let fit::Verdict::Contradict(reason) = fit::of(field, profile) {
            seen.confidence = Confidence::Ask;
            seen.reasons.push(format!("{reason}，与“{}”对不上", field.title));
        }
    }
}

/// What a row of the sheet is: people, households, places, organisations or what happened.
#[must_use]
pub fn subject_of(sheet: &Sheet, shape: &Shape, words: &Words<'_>) -> Subject {
    subject::of(shape, &title_of(sheet, shape), words)
}

/// All that stands over a table: its title, the lines above it and the name of the sheet.
fn title_of(sheet: &Sheet, shape: &Shape) -> String {
    let title = shape.title.as_deref().unwrap_or_default();
    let said: String = [title, &sheet.name].join(" ");
    said.chars().filter(|c| !c.is_whitespace() || *c == ' ').collect()
}

fn choice(field: &FieldDef, profile: &Profile) -> Choice {
    Choice {
        field: field.id.clone(),
        title: field.title.clone(),
        example: profile.samples.first().cloned().unwrap_or_default(),
    }
}
