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

/// Headings of a table inside a form, at least.
const INSIDE_NAMES: usize = 4;

/// The tables inside a form about one person (家庭成员情况): headings one beside the other, and rows
/// below them until the next label.
pub(super) fn inside(frame: &Frame<'_>) -> Vec<MoreTable> {
    let knows = |word: &Word<'_>| frame.knows(word.tidied().trim_end_matches(':'));
    let rows = frame.sheet.used_rows();
    let mut tables = Vec::new();
    let mut title = None;
    for (at, &row) in rows.iter().enumerate() {
        let found = frame.words(row);
        let known = found.iter().filter(|word| knows(word)).count();
        let is_heading = found.len() >= INSIDE_NAMES
            && known * 4 >= found.len() * 3
            && frame.coverage(&found) >= 0.8
            && found.iter().all(|word| !word.is_from_above);
        if is_heading && tables.len() < AT_MOST {
            // Values may be words of headings too (配偶), but hardly most of a row.
            let is_row = |row: u32| {
                let words = frame.words(row);
                let known = words.iter().filter(|word| knows(word)).count();
                let stands_below = |word: &Word<'_>| found.iter().any(|name| name.column == word.column);
                words.len() >= 2 && known * 2 < words.len() && words.iter().all(stands_below)
            };
            let below = rows[at + 1..].iter().copied().zip(row + 1..);
            let data: Vec<u32> =
                below.take_while(|&(row, next)| row == next && is_row(row)).map(|(row, _)| row).collect();
            tables.push(MoreTable {
                header_rows: (row + 1, row + 1),
                data_rows: data.first().zip(data.last()).map(|(first, last)| (first + 1, last + 1)),
                title: title.take(),
            });
        }
        title = (found.len() == 1).then(|| word_of(&found[0]));
    }
    // A form without values has labels only, each of them the heading of nothing.
    tables.retain(|table| table.data_rows.is_some());
    tables
}

fn word_of(word: &Word<'_>) -> String {
    word.cell.shown().split_whitespace().collect::<Vec<_>>().join(" ")
}
