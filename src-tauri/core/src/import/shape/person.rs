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
    let labels = all(&frame);
    let filled = labels.iter().filter(|label| label.at.is_some() || !label.value.is_empty()).count();
    (filled >= 2).then(|| labels.into_iter().map(|label| (label.label, label.value)).collect())
}

/// A label of a form with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The label, tidied.
    pub label: String,
    /// Its value; empty when nobody filled it in.
    pub value: String,
    /// Row and column of the cell of the value, from 0, when it has one of its own.
    pub at: Option<(u32, u32)>,
}

/// The labels of a form about one person, in reading order, each once.
#[must_use]
pub fn labels(sheet: &Sheet, vocabulary: &dyn Fn(&str) -> bool) -> Vec<Label> {
    all(&Frame::new(sheet, vocabulary))
}

fn all(frame: &Frame<'_>) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for &row in frame.sheet.used_rows() {
        for label in labels_of(frame, row) {
            if !labels.iter().any(|known| known.label == label.label) {
                labels.push(label);
            }
        }
    }
    labels
}

/// Rows of a form that only explain or are signed: one text across it that is no label.
pub(super) fn notes(frame: &Frame<'_>) -> Vec<u32> {
    let rows = frame.sheet.used_rows().iter().copied();
    let mut rows = rows.skip_while(|&row| labels_of(frame, row).is_empty());
    let _first = rows.next();
    rows.filter(|&row| {
        let found = frame.words(row);
        let [only] = found.as_slice() else { return false };
        let tidied = only.tidied();
        let is_across = only.width * 10 >= frame.width() * 6;
        let is_said = words::is_note(&tidied) || tidied.contains(['。', ';']) || tidied.contains("签名");
        is_across && is_said && !frame.knows(tidied.trim_end_matches(':'))
    })
    .collect()
}

/// The labels of one row: a known text with the next text right of it, or `姓名：某某` in one cell.
fn labels_of(frame: &Frame<'_>, row: u32) -> Vec<Label> {
    let found = frame.words(row);
    let label_of = |at: usize| {
        let tidied = found.get(at)?.tidied();
        let label = tidied.trim_end_matches(':').to_owned();
        frame.knows(&label).then_some(label)
    };
    let mut labels = Vec::new();
    let mut at = 0;
    while let Some(word) = found.get(at) {
        at += 1;
        if let Some(label) = label_of(at - 1) {
            let value = found.get(at).filter(|_| label_of(at).is_none());
            labels.push(Label {
                label,
                value: value.map(|value| value.cell.shown().trim().to_owned()).unwrap_or_default(),
                at: value.map(|value| (row, value.column)),
            });
            at += usize::from(value.is_some());
        } else {
            let inside = words::pairs(&word.cell.shown()).into_iter();
            let known = inside.filter(|(label, _)| frame.knows(&words::tidy(label)));
            labels.extend(known.map(|(label, value)| Label { label, value, at: None }));
        }
    }
    labels
}
