//! What each row below the heading is: data, an empty slot, a total, a note, the heading again.

use super::frame::{Frame, Word};
use super::{header, words};
use crate::import::sheet::Cell;

/// Rows of nothing after which a table ends, unless more of it follows.
const GAP: u32 = 3;

/// The rows below a heading, 0-based.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// First and last row with data.
    pub(super) data: Option<(u32, u32)>,
    /// First and last empty slot.
    pub(super) slots: Option<(u32, u32)>,
    pub(super) totals: Vec<u32>,
    pub(super) notes: Vec<u32>,
    /// The heading again, or the numbers of the columns.
    pub(super) headings: Vec<u32>,
    /// Numbered rows with nothing else between the data.
    pub(super) numbered: Vec<u32>,
    /// Where another table begins that is not read.
    pub(super) second_table: Option<u32>,
}

enum Kind {
    Data,
    Slot,
    Total,
    Note,
    Heading,
    SecondTable,
}

struct Reader<'f, 's> {
    frame: &'f Frame<'s>,
    /// Texts of the heading by column, for finding it again.
    heading: Vec<(u32, String)>,
    numbering: Option<u32>,
    body: Body,
    is_after_break: bool,
}

/// Reads the rows below `header`; `end` is the last row the clerk allows.
pub(super) fn read(frame: &Frame<'_>, header: Option<(u32, u32)>, start: u32, end: Option<u32>) -> Body {
    let heading = header.map_or_else(Vec::new, |header| heading_texts(frame, header));
    let numbering = heading.iter().find(|(_, text)| words::is_numbering(text)).map(|(column, _)| *column);
    let mut reader = Reader { frame, heading, numbering, body: Body::default(), is_after_break: false };
    let rows: Vec<u32> = frame.sheet.used_rows().iter().copied().filter(|&row| row >= start).collect();
    let mut previous = start.saturating_sub(1);
    for (at, &row) in rows.iter().enumerate() {
        let is_past_end = end.is_some_and(|end| row > end);
        let is_gap = end.is_none() && row - previous > GAP && reader.body.data.is_some();
        if is_past_end || (is_gap && !reader.goes_on(&rows[at..])) {
            reader.leave(&rows[at..]);
            break;
        }
        reader.is_after_break |= row - previous > 1;
        if !reader.take(row, at == 0) {
            reader.body.second_table = Some(row);
            break;
        }
        previous = row;
    }
    reader.find_blank_slots(start);
    reader.body
}

fn heading_texts(frame: &Frame<'_>, (top, bottom): (u32, u32)) -> Vec<(u32, String)> {
    (top..=bottom)
        .flat_map(|row| {
            frame.words(row).into_iter().map(|word| (word.column, word.tidied())).collect::<Vec<_>>()
        })
        .collect()
}

impl Reader<'_, '_> {
    /// Takes a row; answers whether the table goes on.
    fn take(&mut self, row: u32, is_first: bool) -> bool {
        let found = self.frame.words(row);
        let kind = self.judge(&found, is_first);
        let body = &mut self.body;
        match kind {
            Kind::Data => {
                body.data = Some((body.data.map_or(row, |(first, _)| first), row));
                self.is_after_break = false;
                return true;
            }
            Kind::Slot => {
                body.slots = Some((body.slots.map_or(row, |(first, _)| first), row));
                body.numbered.push(row);
                return true;
            }
            Kind::Total => body.totals.push(row),
            Kind::Note => body.notes.push(row),
            Kind::Heading => body.headings.push(row),
            Kind::SecondTable => return false,
        }
        self.is_after_break = true;
        true
    }

    fn judge(&self, found: &[Word<'_>], is_first: bool) -> Kind {
        let own = found.iter().filter(|word| !word.is_from_above).count();
        if own == 0 || self.is_slot(found) {
            return if own == 0 { Kind::Data } else { Kind::Slot };
        }
        if is_first && header::is_number_row(found) || self.is_heading_again(found) {
            return Kind::Heading;
        }
        if is_total(found) {
            return Kind::Total;
        }
        if self.is_note(found, own) {
            return Kind::Note;
        }
        if self.is_after_break && self.is_other_heading(found) {
            return Kind::SecondTable;
        }
        Kind::Data
    }

    /// Whether a row has only its number.
    fn is_slot(&self, found: &[Word<'_>]) -> bool {
        let mut own = found.iter().filter(|word| !word.is_from_above);
        let (Some(only), None) = (own.next(), own.next()) else { return false };
        match self.numbering {
            Some(column) => only.column == column && is_small_number(only.cell),
            None => {
                self.frame.width() >= 3
                    && self.frame.columns.first() == Some(&only.column)
                    && is_small_number(only.cell)
            }
        }
    }

    fn is_heading_again(&self, found: &[Word<'_>]) -> bool {
        if found.len() < 2 || !found.iter().take(2).all(|word| matches!(word.cell, Cell::Text(_))) {
            return false;
        }
        // Four fifths of the words must be those of the heading; a data row is told by its first few.
        let is_other = |word: &&Word<'_>| {
            let text = word.tidied();
            !self.heading.iter().any(|(column, heading)| *column == word.column && *heading == text)
        };
        let allowed = found.len() / 5;
        found.iter().filter(is_other).take(allowed + 1).count() <= allowed
    }

    fn is_note(&self, found: &[Word<'_>], own: usize) -> bool {
        let Some(first) = found.iter().find(|word| !word.is_from_above) else { return false };
        let Cell::Text(text) = first.cell else { return false };
        let is_sparse = own <= 3.max(self.frame.width() * 3 / 10);
        let is_wide =
            found.len() == 1 && self.frame.width() > 2 && first.width * 10 >= self.frame.width() * 6;
        if is_wide {
            return true;
        }
        let tidied = words::tidy(text);
        if ["示例", "样例", "例:", "例如", "(示例", "(例"].iter().any(|start| tidied.starts_with(start))
        {
            return true;
        }
        if !is_sparse || self.frame.width() < 3 {
            return self.frame.width() >= 3
                && header::is_meta_row(self.frame, found)
                && found.iter().all(|w| words::is_meta(&w.cell.shown()));
        }
        let is_section = own == 1 && self.numbering == Some(first.column) && !is_small_number(first.cell);
        is_section || words::is_note(&tidied) || header::is_meta_row(self.frame, found)
    }

    fn is_other_heading(&self, found: &[Word<'_>]) -> bool {
        let known = found.iter().filter(|word| self.frame.knows(&word.tidied())).count();
        known >= 3 && known * 2 >= found.len()
    }

    /// Whether the table goes on after a gap: another row of people, or the same heading.
    fn goes_on(&self, rest: &[u32]) -> bool {
        rest.iter().take(40).any(|&row| {
            let found = self.frame.words(row);
            if self.is_heading_again(&found) {
                return true;
            }
            let is_full = found.len() >= 2 && self.frame.coverage(&found) >= 0.5;
            is_full && matches!(self.judge(&found, false), Kind::Data) && !self.is_other_heading(&found)
        })
    }

    /// What stands after the end: totals and notes still count, the rest is told to the clerk.
    fn leave(&mut self, rest: &[u32]) {
        for &row in rest {
            let found = self.frame.words(row);
            if self.is_other_heading(&found) {
                self.body.second_table.get_or_insert(row);
                return;
            }
            match self.judge(&found, false) {
                Kind::Total => self.body.totals.push(row),
                _ => self.body.notes.push(row),
            }
        }
    }

    /// The empty slots of a form whose rows carry no number: rows with borders and nothing inside.
    fn find_blank_slots(&mut self, start: u32) {
        if self.body.data.is_some() || self.body.slots.is_some() {
            return;
        }
        let stop = self.body.totals.iter().chain(&self.body.notes).copied().filter(|&row| row > start).min();
        let first = if self.body.headings.contains(&start) { start + 1 } else { start };
        let styled = self.frame.sheet.blank_rows().iter().copied();
        let last = styled.filter(|&row| row >= first && stop.is_none_or(|stop| row < stop)).max();
        let last = last.or_else(|| stop.map(|stop| stop.saturating_sub(1)).filter(|&last| last >= first));
        self.body.slots = last.map(|last| (first, last));
    }
}

fn is_small_number(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Number(number) => number.fract() == 0.0 && number.abs() < 1e6,
        Cell::Text(text) => {
            let bare = words::tidy(text);
            let bare = bare.trim_end_matches(['.', '、']);
            !bare.is_empty() && bare.len() <= 6 && bare.bytes().all(|byte| byte.is_ascii_digit())
        }
        Cell::Empty | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => false,
    }
}

/// Whether a row totals others: its first text says so, or one of the first beside plain numbers.
fn is_total(found: &[Word<'_>]) -> bool {
    let mut is_first = true;
    for word in found.iter().take(5) {
        let Cell::Text(text) = word.cell else { continue };
        if text.contains(['计', '計', '共', '总']) {
            let tidied = words::tidy(text);
            let is_alone = is_first || words::is_bare_total(&tidied);
            if is_alone && words::is_total(&tidied) && !found.iter().any(has_long_digits) {
                return true;
            }
        }
        is_first = false;
    }
    false
}

fn has_long_digits(word: &Word<'_>) -> bool {
    match word.cell {
        Cell::Text(text) => words::is_digits(&words::tidy(text)),
        Cell::Number(number) => (1e10..2e10).contains(&number),
        Cell::Empty | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => false,
    }
}
