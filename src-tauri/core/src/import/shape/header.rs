//! Where the heading of a table is: one to four rows, with merged and with plainly set groups.
//!
//! The first row that fills most of the width is taken, unless it is a title, a meta line, a total
//! or already data; then it grows over merged areas and group rows above and below.

use super::frame::{Frame, Word};
use super::words;
use crate::import::sheet::Cell;

/// How many used rows are looked at for the heading.
const LOOKED_AT: usize = 60;
const MOST_LEVELS: u32 = 5;
/// Share of the width a heading row fills.
const FILLED: f64 = 0.6;
/// Share of the width above which a merged text is a band, not a group.
const BAND: f64 = 0.85;

/// First and last heading row, 0-based.
pub(super) fn find(frame: &Frame<'_>) -> Option<(u32, u32)> {
    let rows: Vec<u32> = frame.sheet.used_rows().iter().copied().take(LOOKED_AT).collect();
    let core = core(frame, &rows)?;
    Some(grow(frame, core))
}

/// The heading rows without those that only number the columns (甲 乙 1 2), which name nothing.
pub(super) fn without_numbers(frame: &Frame<'_>, (top, mut bottom): (u32, u32)) -> (u32, u32) {
    while bottom > top && is_number_row(&frame.words(bottom)) {
        bottom -= 1;
    }
    (top, bottom)
}

/// The row right below the heading, when it numbers the columns.
pub(super) fn number_row(frame: &Frame<'_>, bottom: u32) -> Option<u32> {
    is_number_row(&frame.words(bottom + 1)).then_some(bottom + 1)
}

fn core(frame: &Frame<'_>, rows: &[u32]) -> Option<u32> {
    let judged: Vec<(u32, Judged)> = rows.iter().map(|&row| (row, judge(frame, row))).collect();
    judged
        .iter()
        .find(|(_, seen)| seen.is_heading && seen.coverage >= FILLED)
        .or_else(|| {
            judged.iter().find(|(_, seen)| seen.is_heading && seen.coverage >= 0.4 && seen.known >= 2)
        })
        .or_else(|| judged.iter().find(|(_, seen)| seen.is_heading && seen.known >= 3))
        .map(|(row, _)| *row)
}

struct Judged {
    coverage: f64,
    known: usize,
    is_heading: bool,
}

fn judge(frame: &Frame<'_>, row: u32) -> Judged {
    let found = frame.words(row);
    let coverage = frame.coverage(&found);
    let known = found.iter().filter(|word| frame.knows(&word.tidied())).count();
    let is_heading = !found.is_empty()
        && !frame.is_single(&found)
        && (frame.width() > 1 || known > 0)
        && !is_meta_row(frame, &found)
        && !is_total_row(&found)
        && !is_number_row(&found)
        && !is_data_row(&found, known)
        && !is_label_and_prose(frame, &found)
        && has_distinct_words(&found);
    Judged { coverage, known, is_heading }
}

/// A label beside its sentence in a sheet of two columns.
fn is_label_and_prose(frame: &Frame<'_>, found: &[Word<'_>]) -> bool {
    frame.width() == 2
        && found.len() == 2
        && found.iter().any(|word| {
            let text = word.tidied();
            text.contains(['。', ';', '!', '?']) || words::has_day(&text) || text.chars().count() > 16
        })
}

/// Headings name different things; a row of ticks, blanks or sexes does not.
fn has_distinct_words(found: &[Word<'_>]) -> bool {
    let mut names: Vec<String> = found.iter().map(Word::tidied).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    names.len() * 2 >= count || count <= 2
}

/// Whether a row is labels with values or lines to fill in.
pub(super) fn is_meta_row(frame: &Frame<'_>, found: &[Word<'_>]) -> bool {
    let metas = found.iter().filter(|word| is_meta(word)).count();
    // Asking the dictionary costs; most rows have no label at all and need not ask.
    metas > 0
        && metas * 2 >= found.len()
        && found.iter().filter(|word| frame.knows(&word.tidied())).count() <= metas
}

/// Whether a text is a label with its value, or a day alone.
pub(super) fn is_meta(word: &Word<'_>) -> bool {
    match word.cell {
        Cell::Text(text) | Cell::Error(text) => words::is_meta(text),
        Cell::Date(_) => words::is_meta(&word.cell.shown()),
        Cell::Empty | Cell::Number(_) | Cell::Boolean(_) => false,
    }
}

/// Whether a text is a label with its value or with room for one, and no bare date.
pub(super) fn is_label(word: &Word<'_>) -> bool {
    matches!(word.cell, Cell::Text(text) if text.contains([':', '：']) || text.contains('盖'))
        && is_meta(word)
}

/// Whether one of the first texts of a row is the word of a total.
pub(super) fn is_total_row(found: &[Word<'_>]) -> bool {
    // A heading may well have a column named 合计; a total row begins with the word.
    found
        .iter()
        .find(|word| matches!(word.cell, Cell::Text(_)))
        .is_some_and(|word| words::is_total(&word.tidied()))
}

/// Whether a row only numbers the columns: `甲 乙 1 2 3`, `(1) (2) (3)`, `A B C`.
pub(super) fn is_number_row(found: &[Word<'_>]) -> bool {
    const STEMS: &[&str] = &["甲", "乙", "丙", "丁", "戊", "己"];
    if found.len() < 3 {
        return false;
    }
    let (mut stems, mut last, mut numbers) = (0usize, None::<u64>, 0usize);
    for (at, word) in found.iter().enumerate() {
        let text = word.tidied();
        let bare = text.trim_matches(['(', ')', '[', ']', '<', '>', '栏', '列']);
        // The stems go on after the numbers where the last column is words again: 甲 乙 1 2 丙.
        if STEMS.get(stems).is_some_and(|stem| *stem == bare) {
            stems += 1;
            continue;
        }
        if at == 0 && matches!(text.as_str(), "栏次" | "列次" | "栏号" | "列号" | "栏目号") {
            stems += 1;
            continue;
        }
        // A column may be computed from others: `3=1+2`.
        let Ok(number) = bare.split(['=', '＝']).next().unwrap_or_default().parse::<u64>() else {
            return false;
        };
        if last.is_some_and(|last| number != last + 1) || (last.is_none() && number > 1) {
            return false;
        }
        last = Some(number);
        numbers += 1;
    }
    stems + numbers >= 3 && (stems > 0 || numbers >= 4)
}

/// Whether a row holds values rather than headings.
fn is_data_row(found: &[Word<'_>], known: usize) -> bool {
    if known * 2 >= found.len() && known >= 2 {
        return false;
    }
    let mut values = 0;
    let mut previous: Option<f64> = None;
    for word in found {
        let is_value = match word.cell {
            Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => true,
            Cell::Number(number) => {
                let is_year = (1990.0..=2100.0).contains(&number) && number.fract() == 0.0;
                let goes_on = previous.is_some_and(|before| (number - before - 1.0).abs() < f64::EPSILON);
                previous = Some(number);
                !(is_year || goes_on)
            }
            Cell::Text(text) => {
                let tidied = words::tidy(text);
                words::is_digits(&tidied) || tidied.parse::<f64>().is_ok() || tidied.chars().count() > 30
            }
            Cell::Empty => false,
        };
        values += usize::from(is_value);
    }
    values >= 2 && known == 0 || values * 10 >= found.len() * 3
}

/// Grows the heading from its core row over merged areas and group rows.
pub(super) fn grow(frame: &Frame<'_>, core: u32) -> (u32, u32) {
    let mut top = core;
    for &column in &frame.columns {
        if let Some(area) = frame.sheet.merge_at(core, column) {
            top = top.min(area.row);
        }
    }
    let mut bottom = core;
    while bottom - top < MOST_LEVELS {
        let reached = reach(frame, top, bottom);
        if reached > bottom {
            bottom = reached;
        } else if is_second_level(frame, bottom) {
            bottom += 1;
        } else {
            break;
        }
    }
    while bottom - top < MOST_LEVELS && top > 0 && is_group_row(frame, top - 1, top) {
        top -= 1;
    }
    (top, bottom)
}

/// The last row that merged areas beginning in the heading reach.
fn reach(frame: &Frame<'_>, top: u32, bottom: u32) -> u32 {
    let mut reached = bottom;
    for row in top..=bottom {
        for &column in &frame.columns {
            let Some(area) = frame.sheet.merge_at(row, column) else { continue };
            let is_named = !frame.sheet.cell(area.row, area.column).is_empty();
            if area.row >= top && area.rows <= MOST_LEVELS && is_named {
                reached = reached.max(area.last_row());
            }
        }
    }
    reached
}

/// Whether the row below names the columns under groups of this one.
fn is_second_level(frame: &Frame<'_>, row: u32) -> bool {
    let (above, below) = (frame.words(row), frame.words(row + 1));
    if below.is_empty() || is_number_row(&below) || is_total_row(&below) || is_meta_row(frame, &below) {
        return false;
    }
    let known = below.iter().filter(|word| frame.knows(&word.tidied())).count();
    if is_data_row(&below, known) || below.iter().any(|word| matches!(word.cell, Cell::Number(n) if n == 1.0))
    {
        return false;
    }
    let (mut under_groups, mut under_single) = (0, 0);
    for word in &below {
        match group_over(frame, &above, word.column) {
            Some(true) => under_groups += 1,
            Some(false) if !word.is_from_above => under_single += 1,
            _ => {}
        }
    }
    // A text below a heading of one column is a value, unless nearly all texts are headings: then
    // the heading above is a group that happens to have one column.
    if under_single > 0 && (known * 4 < below.len() * 3 || !has_more_below(frame, row + 1, below.len())) {
        return false;
    }
    let has_merged_group = above.iter().any(|word| word.width > 1);
    under_groups >= 2 && (has_merged_group || known >= 1)
}

/// Whether the next row fills more columns than a row that is to be a second level.
fn has_more_below(frame: &Frame<'_>, row: u32, count: usize) -> bool {
    let used = frame.sheet.used_rows();
    let next = used.get(used.partition_point(|&used| used <= row));
    next.is_some_and(|&next| frame.words(next).len() > count)
}

/// Whether the text over a column covers several: `None` when there is none.
fn group_over(frame: &Frame<'_>, above: &[Word<'_>], column: u32) -> Option<bool> {
    let at = frame.columns.iter().position(|&live| live == column)?;
    let start = |word: &Word<'_>| frame.columns.iter().position(|&live| live == word.column).unwrap_or(0);
    let over = above.iter().rev().find(|word| start(word) <= at)?;
    if over.width > 1 {
        return (at < start(over) + over.width).then_some(true);
    }
    // A group that is plainly set, without merging: the columns right of it are empty above.
    let next = above.iter().map(start).find(|&begin| begin > start(over)).unwrap_or(frame.width());
    Some(next - start(over) > 1)
}

/// Whether a row above the heading groups its columns.
fn is_group_row(frame: &Frame<'_>, row: u32, heading: u32) -> bool {
    let found = frame.words(row);
    if found.is_empty()
        || is_meta_row(frame, &found)
        || is_total_row(&found)
        || frame.is_single(&found) && !is_narrow(frame, &found)
    {
        return false;
    }
    #[expect(clippy::cast_precision_loss, reason = "a sheet has few columns")]
    let is_banded = found.iter().any(|word| word.width as f64 > BAND * frame.width() as f64);
    let known = found.iter().filter(|word| frame.knows(&word.tidied())).count();
    if is_banded
        || is_data_row(&found, known)
        || found.iter().any(|word| words::is_long_title(&word.tidied()) && known == 0)
    {
        return false;
    }
    let below = frame.words(heading);
    let groups = found
        .iter()
        .filter(|word| {
            let last = frame.columns.iter().position(|&live| live == word.column).unwrap_or(0) + word.width;
            let covers = |column: u32| {
                frame.columns.iter().position(|&live| live == column).is_some_and(|at| at < last)
                    && column >= word.column
            };
            word.width > 1 && below.iter().filter(|under| covers(under.column)).count() > 1
        })
        .count();
    groups > 0 && groups * 2 >= found.len()
}

/// A single text counts as a group only when it is merged over a part of the width.
fn is_narrow(frame: &Frame<'_>, found: &[Word<'_>]) -> bool {
    found.iter().all(|word| {
        word.width > 1 && word.width * 10 < frame.width() * 7 && !words::is_long_title(&word.tidied())
    })
}
