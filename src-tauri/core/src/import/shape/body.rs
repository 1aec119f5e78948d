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
    /// Titles of sections, and the title again on a further page.
    pub(super) sections: Vec<u32>,
    /// Where another table begins that is not read.
    pub(super) second_table: Option<u32>,
    /// The row that stands over it as its title.
    pub(super) title_of_second: Option<u32>,
}

enum Kind {
    Data,
    Slot,
    Total,
    Note,
    Section,
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
    is_after_heading: bool,
}

/// Reads the rows below `header`; `end` is the last row the clerk allows.
pub(super) fn read(frame: &Frame<'_>, header: Option<(u32, u32)>, start: u32, end: Option<u32>) -> Body {
    let heading = header.map_or_else(Vec::new, |header| heading_texts(frame, header));
    let numbering = heading.iter().find(|(_, text)| words::is_numbering(text)).map(|(column, _)| *column);
    let mut reader = Reader {
        frame,
        heading,
        numbering,
        body: Body::default(),
        is_after_break: false,
        is_after_heading: false,
    };
    let rows: Vec<u32> = frame.sheet.used_rows().iter().copied().filter(|&row| row >= start).collect();
    let mut previous = start.saturating_sub(1);
    for (at, &row) in rows.iter().enumerate() {
        // Rows that were not kept are no blank ones.
        if frame.sheet.gap().is_some_and(|(_, last)| last + 1 == row) {
            previous = row - 1;
        }
        let is_past_end = end.is_some_and(|end| row > end);
        let is_gap = end.is_none() && row - previous > GAP && reader.body.data.is_some();
        if is_past_end || (is_gap && !reader.goes_on(&rows[at..])) {
            reader.leave(&rows[at..]);
            break;
        }
        reader.is_after_break |= row - previous > 1;
        if !reader.take(row) {
            reader.body.second_table = Some(row);
            break;
        }
        previous = row;
    }
    reader.find_blank_slots(start);
    reader.close();
    reader.body
}

fn heading_texts(frame: &Frame<'_>, (top, bottom): (u32, u32)) -> Vec<(u32, String)> {
    (top..=bottom)
        .flat_map(|row| {
            frame.words(row).into_iter().map(|word| (word.column, word.tidied())).collect::<Vec<_>>()
        })
        .collect()
}

impl Body {
    /// In a table of figures a line alone (一、低保) is a figure without numbers, not a title.
    pub(super) fn take_sections(&mut self) {
        for row in std::mem::take(&mut self.sections) {
            self.data = self.data.map(|(first, last)| (first.min(row), last.max(row)));
        }
    }
}

impl Reader<'_, '_> {
    /// Takes a row; answers whether the table goes on.
    fn take(&mut self, row: u32) -> bool {
        let found = self.frame.words(row);
        if found.is_empty() {
            // Only stray cells far beside the table.
            self.body.numbered.push(row);
            return true;
        }
        let kind = self.judge(&found, row);
        self.is_after_heading = matches!(kind, Kind::Heading);
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
            Kind::Section => body.sections.push(row),
            Kind::Heading => body.headings.push(row),
            Kind::SecondTable => return false,
        }
        self.is_after_break = true;
        true
    }

    fn judge(&self, found: &[Word<'_>], row: u32) -> Kind {
        let own = found.iter().filter(|word| !word.is_from_above).count();
        if own == 0 || self.is_slot(found) {
            return if own == 0 { Kind::Data } else { Kind::Slot };
        }
        if self.is_after_heading && header::is_number_row(found) || self.is_heading_again(found) {
            return Kind::Heading;
        }
        if is_total(found) {
            return Kind::Total;
        }
        if let Some(kind) = self.note_or_section(found, own) {
            return kind;
        }
        if self.is_after_break && (self.is_other_heading(found) || self.is_small_heading(found, row)) {
            return Kind::SecondTable;
        }
        if self.is_after_break && found.len() == 1 && self.stands_over_other_heading(row) {
            return Kind::Note;
        }
        Kind::Data
    }

    /// Whether the next row is the heading of another table: then this one is its title.
    fn stands_over_other_heading(&self, row: u32) -> bool {
        let used = self.frame.sheet.used_rows();
        let next = used[used.partition_point(|&used| used <= row)..].first();
        next.is_some_and(|&next| self.is_other_heading(&self.frame.words(next)))
    }

    /// Whether a row after a break heads a smaller table: a few short words, and below each of them
    /// values, some of which are numbers.
    fn is_small_heading(&self, found: &[Word<'_>], row: u32) -> bool {
        let is_word = |word: &Word<'_>| {
            matches!(word.cell, Cell::Text(text) if (2..=12).contains(&words::tidy(text).chars().count())
                && !text.contains(|c: char| c.is_ascii_digit()))
        };
        let is_small = (2..=6).contains(&found.len()) && found.len() * 2 <= self.frame.width();
        if !is_small || self.body.data.is_none() || !found.iter().all(is_word) {
            return false;
        }
        let used = self.frame.sheet.used_rows();
        let below = used[used.partition_point(|&used| used <= row)..].first();
        let Some(&below) = below.filter(|&&below| below == row + 1) else { return false };
        let values = self.frame.words(below);
        values.len() == found.len()
            && values.iter().zip(found).all(|(value, name)| value.column == name.column)
            && values.iter().any(|value| is_small_number(value.cell))
            && found.iter().any(|word| self.frame.knows(&word.tidied()))
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
            let Cell::Text(text) = word.cell else { return true };
            !self.heading.iter().any(|(column, name)| *column == word.column && words::says(text, name))
        };
        let allowed = found.len() / 5;
        found.iter().filter(is_other).take(allowed + 1).count() <= allowed
    }

    /// Whether a row is no data: an explanation, signatures, an example, the title of a section.
    fn note_or_section(&self, found: &[Word<'_>], own: usize) -> Option<Kind> {
        let first = found.iter().find(|word| !word.is_from_above)?;
        let Cell::Text(text) = first.cell else { return None };
        let width = self.frame.width();
        let is_sparse = own <= 3.max(width * 3 / 10) && (own < width || width < 3);
        // A row that fills the table is one of data, unless each cell is a label with its value.
        let may_be_note = is_sparse || text.contains(['例', '样', '范']) || header::is_meta(first);
        if !may_be_note {
            return None;
        }
        let tidied = words::tidy(text);
        if words::is_example(&tidied) {
            return Some(Kind::Note);
        }
        if width < 3 {
            return (width == 2 && found.len() == 1 && words::is_note(&tidied)).then_some(Kind::Note);
        }
        if !is_sparse {
            return found.iter().all(header::is_meta).then_some(Kind::Note);
        }
        // A name with a date or a remark is a person of whom little is known: notes begin with a label
        // or a line of their own, and a post (负责人) with a number beside it is an entry.
        let begins_note = words::is_note(&tidied) && !(own > 1 && found.iter().any(has_long_digits));
        let is_labelled =
            (found.len() == 1 || header::is_label(first)) && header::is_meta_row(self.frame, found);
        if begins_note || is_labelled {
            return Some(Kind::Note);
        }
        let is_numbered = self.numbering == Some(first.column) && !is_small_number(first.cell);
        // After a break a title stands alone over what follows.
        let is_title = self.is_after_break && found.len() == 1 && words::is_title(&tidied);
        let is_section = self.is_wide(first, found)
            || is_title
            || own == 1 && found.len() == 1 && (is_numbered || words::is_enumerated(&tidied));
        is_section.then_some(Kind::Section)
    }

    /// Whether a text alone covers most of the table.
    fn is_wide(&self, first: &Word<'_>, found: &[Word<'_>]) -> bool {
        let width = self.frame.width();
        found.len() == 1 && width > 2 && first.width * 10 >= width * 6
    }

    /// Whether a row is the heading of another table: words of headings, or a numbering column and
    /// nothing but short different words.
    fn is_other_heading(&self, found: &[Word<'_>]) -> bool {
        let is_word = |word: &Word<'_>| matches!(word.cell, Cell::Text(text) if text.chars().count() <= 16);
        if found.len() < 3 || !found.iter().all(is_word) {
            return false;
        }
        let names: Vec<String> = found.iter().map(Word::tidied).collect();
        let known = names.iter().filter(|name| self.frame.knows(name)).count();
        let is_again = |word: &&Word<'_>| {
            let Cell::Text(text) = word.cell else { return false };
            self.heading.iter().any(|(column, name)| *column == word.column && words::says(text, name))
        };
        let is_plain = |name: &String| !name.contains(|c: char| c.is_ascii_digit());
        known >= 3 && known * 2 >= found.len()
            || words::is_numbering(&names[0]) && names.iter().all(is_plain)
            || found.iter().filter(is_again).count() >= 2 && names.iter().all(is_plain)
    }

    /// Whether the table goes on after a gap: another row of people, or the same heading.
    fn goes_on(&self, rest: &[u32]) -> bool {
        rest.iter().take(40).any(|&row| {
            let found = self.frame.words(row);
            if self.is_heading_again(&found) {
                return true;
            }
            let is_full = found.len() >= 2 && self.frame.coverage(&found) >= 0.5;
            is_full && matches!(self.judge(&found, row), Kind::Data) && !self.is_other_heading(&found)
        })
    }

    /// What stands after the end: totals and notes still count, the rest is told to the clerk.
    fn leave(&mut self, rest: &[u32]) {
        for &row in rest {
            let found = self.frame.words(row);
            if self.is_other_heading(&found) || self.is_small_heading(&found, row) {
                self.body.second_table.get_or_insert(row);
                return;
            }
            match self.judge(&found, row) {
                _ if found.is_empty() => {}
                Kind::Total => self.body.totals.push(row),
                Kind::Section => self.body.sections.push(row),
                _ => self.body.notes.push(row),
            }
        }
    }

    /// What stands alone below the last row is an explanation, unless it is the title of what follows.
    fn close(&mut self) {
        let last = self.body.data.or(self.body.slots).map_or(0, |(_, last)| last);
        let title = self.body.second_table.and_then(|_| self.body.sections.last().copied());
        let (inside, below): (Vec<u32>, Vec<u32>) =
            self.body.sections.iter().filter(|&&row| Some(row) != title).partition(|&&row| row < last);
        self.body.sections = inside;
        self.body.notes.extend(below);
        self.body.notes.sort_unstable();
        self.body.title_of_second = title.filter(|&title| title > last);
    }

    /// The empty slots of a form whose rows carry no number: rows with borders and nothing inside.
    fn find_blank_slots(&mut self, start: u32) {
        if self.body.data.is_some() || self.body.slots.is_some() {
            return;
        }
        let stop = self.body.totals.iter().chain(&self.body.notes).copied().filter(|&row| row > start).min();
        let is_used = |row: &u32| {
            [&self.body.notes, &self.body.headings, &self.body.totals, &self.body.sections]
                .iter()
                .any(|rows| rows.contains(row))
        };
        let first = (start..).find(|row| !is_used(row)).unwrap_or(start);
        let styled = self.frame.sheet.blank_rows().iter().copied();
        let last = styled.filter(|&row| row >= first && stop.is_none_or(|stop| row < stop)).max();
        let last = last.or_else(|| stop.map(|stop| stop.saturating_sub(1)).filter(|&last| last >= first));
        self.body.slots = last.map(|last| (first, last));
    }
}

pub(super) fn is_small_number(cell: Cell<'_>) -> bool {
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
