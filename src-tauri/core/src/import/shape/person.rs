//! A form about one person: its labels, each with what stands beside it.

use super::frame::Frame;
use super::{header, kind, words};
use crate::import::sheet::Sheet;

/// The labels of a one-person form with their values, in reading order, each label once; none when
/// the sheet is no such form. `vocabulary` tells whether a tidied text is a known heading.
#[must_use]
pub fn person_form(sheet: &Sheet, vocabulary: &dyn Fn(&str) -> bool) -> Option<Vec<(String, String)>> {
    let frame = Frame::new(sheet, vocabulary);
    let header = header::find(&frame);
    if !kind::is_person_form(&frame, header) && header.is_some() {
        return None;
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for &row in sheet.used_rows() {
        for (label, value) in pairs_of(&frame, row) {
            if !pairs.iter().any(|(known, _)| *known == label) {
                pairs.push((label, value));
            }
        }
    }
    let filled = pairs.iter().filter(|(_, value)| !value.is_empty()).count();
    (filled >= 2).then_some(pairs)
}

/// The labels of one row: a known text with the next text right of it, or `姓名：某某` in one cell.
fn pairs_of(frame: &Frame<'_>, row: u32) -> Vec<(String, String)> {
    let found = frame.words(row);
    let label_of = |at: usize| {
        let tidied = found.get(at)?.tidied();
        let label = tidied.trim_end_matches(':').to_owned();
        frame.knows(&label).then_some(label)
    };
    let mut pairs = Vec::new();
    let mut at = 0;
    while let Some(word) = found.get(at) {
        at += 1;
        if let Some(label) = label_of(at - 1) {
            let value = found.get(at).filter(|_| label_of(at).is_none());
            pairs.push((label, value.map(|value| value.cell.shown().trim().to_owned()).unwrap_or_default()));
            at += usize::from(value.is_some());
        } else {
            let inside = words::pairs(&word.cell.shown()).into_iter();
            pairs.extend(inside.filter(|(label, _)| frame.knows(&words::tidy(label))));
        }
    }
    pairs
}
