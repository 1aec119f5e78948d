//! The columns of a table and what their headings say, level by level.

use super::frame::Frame;
use super::words;
use crate::import::sheet::column_letters;

/// A column as its heading names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSeen {
    /// 0-based position.
    pub index: u32,
    /// Letters as the clerk sees them.
    pub letter: String,
    /// Distinct texts over the column from top to bottom.
    pub levels: Vec<String>,
    /// The levels joined by `/`, in the compatibility form: `面积（㎡）` is `面积(m2)`.
    pub heading: String,
}

/// The columns of the table; ones without heading and values are left out.
pub(super) fn read(
    frame: &Frame<'_>,
    header: Option<(u32, u32)>,
    has_values: &dyn Fn(u32) -> bool,
) -> Vec<ColumnSeen> {
    let mut columns: Vec<ColumnSeen> = Vec::new();
    let mut last_anchor = None;
    for &index in &frame.columns {
        let levels = header.map_or_else(Vec::new, |header| levels(frame, header, index));
        let anchor = header
            .and_then(|(_, bottom)| frame.sheet.merge_at(bottom, index))
            .map(|area| (area.row, area.column));
        let is_swallowed = anchor.is_some() && anchor == last_anchor && !has_values(index);
        last_anchor = anchor;
        if is_swallowed || (levels.is_empty() && !has_values(index)) {
            continue;
        }
        let heading = levels.iter().map(|level| words::tidy(level)).collect::<Vec<_>>().join("/");
        columns.push(ColumnSeen { index, letter: column_letters(index), levels, heading });
    }
    columns
}

fn levels(frame: &Frame<'_>, (top, bottom): (u32, u32), column: u32) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    for row in top..=bottom {
        let text = words::compact(&frame.sheet.value_of(row, column).shown());
        let text =
            if text.is_empty() && row < bottom { group_left_of(frame, row, bottom, column) } else { text };
        let is_same = |last: &String| words::tidy(last) == words::tidy(&text);
        if !text.is_empty() && !levels.last().is_some_and(is_same) {
            levels.push(text);
        }
    }
    levels
}

/// The text of a group that was set without merging, left of an empty cell over a named column.
fn group_left_of(frame: &Frame<'_>, row: u32, bottom: u32, column: u32) -> String {
    let is_named = |column: u32| {
        (row + 1..=bottom).any(|below| {
            let area = frame.sheet.merge_at(below, column);
            area.is_none_or(|area| area.row > row) && !frame.sheet.value_of(below, column).is_empty()
        })
    };
    if !is_named(column) {
        return String::new();
    }
    for &left in frame.columns.iter().rev().skip_while(|&&left| left >= column) {
        if frame.sheet.merge_at(row, left).is_some() || !is_named(left) {
            return String::new();
        }
        let text = words::compact(&frame.sheet.cell(row, left).shown());
        if !text.is_empty() {
            return text;
        }
    }
    String::new()
}
