//! Other tables of a sheet below the one that is read: where they are and what they are called.
//!
//! They are not read further: the clerk chooses one by naming its heading.

use super::body::{self, Body};
use super::frame::{Frame, Word};
use super::header;

/// Further tables looked for; a sheet of more is a list of another kind.
const AT_MOST: usize = 20;

/// A table that stands below another; rows from 1.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MoreTable {
    /// First and last heading row.
    pub header_rows: (u32, u32),
    /// First and last data row.
    pub data_rows: Option<(u32, u32)>,
    /// The line over it.
    pub title: Option<String>,
}

/// The tables from the one on with which a body ended.
pub(super) fn read(frame: &Frame<'_>, before: &Body) -> Vec<MoreTable> {
    let mut tables = Vec::new();
    let (mut next, mut title) = (before.second_table, before.title_of_second);
    while let (Some(row), true) = (next, tables.len() < AT_MOST) {
        let (top, bottom) = header::grow(frame, row);
        let (top, bottom) = (top.max(row), bottom.max(row));
        let last = header::number_row(frame, bottom).unwrap_or(bottom);
        let body = body::read(frame, Some((top, bottom)), last + 1, None);
        let line = title.and_then(|title| frame.words(title).first().map(|word| word_of(word)));
        tables.push(MoreTable {
            header_rows: (top + 1, last + 1),
            data_rows: body.data.or(body.slots).map(|(first, last)| (first + 1, last + 1)),
            title: line,
        });
        // Each table lies below the one before, so this ends.
        next = body.second_table.filter(|&after| after > last);
        title = body.title_of_second;
    }
    tables
}

fn word_of(word: &Word<'_>) -> String {
    word.cell.shown().split_whitespace().collect::<Vec<_>>().join(" ")
}
