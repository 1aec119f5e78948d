//! References in formulas, and what becomes of them when rows are inserted.
//!
//! Only references are understood: names, functions, texts and what lies in other files stay as they
//! are. A range that reaches down to the copied row grows over the new ones, so that a sum still
//! counts everybody.

use crate::import::sheet::{column_index, column_letters};

/// Rows inserted after one row, which they are copies of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Insertion {
    /// The copied row, from 1.
    pub after: u32,
    /// How many rows.
    pub count: u32,
}

impl Insertion {
    /// Where a row stands after the insertion.
    #[must_use]
    pub const fn row(self, row: u32) -> u32 {
        if row > self.after { row.saturating_add(self.count) } else { row }
    }

    /// First and last row of a range after the insertion; `grows` says whether a range of the copied
    /// row alone takes the new rows in.
    #[must_use]
    pub const fn rows(self, first: u32, last: u32, grows: bool) -> (u32, u32) {
        let reaches = first <= self.after && last == self.after && (first < self.after || grows);
        let end = if reaches { last.saturating_add(self.count) } else { self.row(last) };
        (self.row(first), end)
    }

    /// A list of areas such as `A3:B9 D3` after the insertion.
    #[must_use]
    pub fn areas(self, text: &str) -> String {
        let areas = text.split_whitespace().map(|area| self.area(area));
        areas.collect::<Vec<_>>().join(" ")
    }

    /// One area such as `A3:B9` or `D14` after the insertion; what is none stays.
    #[must_use]
    pub fn area(self, text: &str) -> String {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        match (Part::parse(first), Part::parse(last)) {
            (Some(mut a), Some(mut b)) => {
                let (Some(top), Some(bottom)) = (a.row, b.row) else { return text.to_owned() };
                let (top, bottom) = self.rows(top, bottom, true);
                (a.row, b.row) = (Some(top), Some(bottom));
                if a == b { a.text() } else { format!("{}:{}", a.text(), b.text()) }
            }
            _ => text.to_owned(),
        }
    }
}

/// How the references of a formula are to change.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// Rows were inserted in the sheet of that name; `is_here` when the formula stands in it, and
    /// `is_slot` when it stands in the copied row, whose own cells do not grow.
    Insert {
        /// The rows.
        rows: Insertion,
        /// Name of the sheet.
        sheet: &'a str,
        /// The formula stands in that sheet.
        is_here: bool,
        /// The formula stands in the copied row.
        is_slot: bool,
    },
    /// The formula is copied so many rows down.
    Copy(u32),
}

/// One end of a reference: `$B$5`, `$B`, `5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    column: Option<u32>,
    row: Option<u32>,
    is_column_fixed: bool,
    is_row_fixed: bool,
}

impl Part {
    fn parse(text: &str) -> Option<Self> {
        let (rest, is_column_fixed) = unfixed(text);
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let column = (letters > 0).then(|| column_index(&rest[..letters])).flatten();
        if letters > 0 && column.is_none_or(|column| column >= 16_384) {
            return None;
        }
        let (digits, is_row_fixed) = match letters {
            0 => (rest, is_column_fixed),
            _ => unfixed(&rest[letters..]),
        };
        let row = match digits {
            "" => None,
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(digits.parse().ok().filter(|row| (1..=1_048_576).contains(row))?)
            }
            _ => return None,
        };
        let is_nothing = column.is_none() && row.is_none();
        (!is_nothing).then_some(Self { column, row, is_column_fixed, is_row_fixed })
    }

    fn text(self) -> String {
        let mut text = String::new();
        if let Some(column) = self.column {
            text.push_str(if self.is_column_fixed { "$" } else { "" });
            text.push_str(&column_letters(column));
        }
        if let Some(row) = self.row {
            text.push_str(if self.is_row_fixed { "$" } else { "" });
            text.push_str(&row.to_string());
        }
        text
    }
}

fn unfixed(text: &str) -> (&str, bool) {
    text.strip_prefix('$').map_or((text, false), |rest| (rest, true))
}

/// A formula after a change; equal text when it names nothing that changes.
#[must_use]
pub fn changed(formula: &str, change: Change<'_>) -> String {
    let mut result = String::with_capacity(formula.len() + 8);
    let mut rest = formula;
    let mut sheet: Option<String> = None;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => quoted(rest, '"'),
            '\'' => quoted(rest, '\''),
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let token = &rest[..length];
        let after = &rest[length..];
        if after.starts_with('!') && (is_word(c) || c == '\'') {
            let name = token.trim_matches('\'').replace("''", "'");
            sheet = Some(if result.ends_with(']') { String::new() } else { name });
            result.push_str(token);
            result.push('!');
            rest = &after[1..];
            continue;
        }
        if !is_word(c) || after.starts_with('(') {
            result.push_str(token);
            sheet = None;
            rest = after;
            continue;
        }
        let taken = reference(token, after, sheet.as_deref(), change, &mut result);
        sheet = None;
        rest = &rest[taken..];
    }
    result
}

/// Writes a reference that begins here, or the word if it is none; answers how much was taken.
fn reference(
    token: &str,
    after: &str,
    sheet: Option<&str>,
    change: Change<'_>,
    result: &mut String,
) -> usize {
    let second = after.strip_prefix(':').map(|rest| {
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        &rest[..end]
    });
    if let Some(second) = second
        && let (Some(a), Some(b)) = (Part::parse(token), Part::parse(second))
    {
        let (a, b) = moved(a, b, sheet, change);
        result.push_str(&format!("{}:{}", a.text(), b.text()));
        return token.len() + 1 + second.len();
    }
    match Part::parse(token).filter(|part| part.column.is_some() && part.row.is_some()) {
        Some(part) => {
            let is_row_of_its_own = matches!(change, Change::Insert { .. });
            let (mut first, last) = moved(part, part, sheet, change);
            // A single cell stays one.
            if is_row_of_its_own && first != last {
                first = part;
            }
            result.push_str(&first.text());
        }
        None => result.push_str(token),
    }
    token.len()
}

fn moved(mut a: Part, mut b: Part, sheet: Option<&str>, change: Change<'_>) -> (Part, Part) {
    match change {
        Change::Copy(down) => {
            for part in [&mut a, &mut b] {
                if !part.is_row_fixed {
                    part.row = part.row.map(|row| row.saturating_add(down));
                }
            }
        }
        Change::Insert { rows, sheet: own, is_here, is_slot } => {
            let is_ours = sheet.map_or(is_here, |sheet| sheet.eq_ignore_ascii_case(own));
            if let (true, Some(first), Some(last)) = (is_ours, a.row, b.row) {
                let is_column = a.column == b.column || a.column.is_none();
                let (first, last) = rows.rows(first, last, !is_slot && is_column);
                (a.row, b.row) = (Some(first), Some(last));
            }
        }
    }
    (a, b)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '\\')
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c == quote {
            match characters.peek() {
                Some((_, next)) if *next == quote => drop(characters.next()),
                _ => return at + 1,
            }
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(formula: &str) -> String {
        let rows = Insertion { after: 14, count: 10 };
        changed(formula, Change::Insert { rows, sheet: "名单", is_here: true, is_slot: false })
    }

    #[test]
    fn sums_over_the_slots_grow_and_rows_below_move() {
        assert_eq!(here("SUM(D5:D14)"), "SUM(D5:D24)");
        assert_eq!(here("SUM($D$5:$D$14)/D20"), "SUM($D$5:$D$24)/D30");
        assert_eq!(here("COUNTA(D14:D14)"), "COUNTA(D14:D24)", "a form with one slot");
        assert_eq!(here("D14+D15"), "D14+D25", "a single cell stays one");
        assert_eq!(here("SUM(D15:F15)"), "SUM(D25:F25)");
        assert_eq!(here("SUM(D3:D4)"), "SUM(D3:D4)");
        assert_eq!(here("SUM(5:14)+SUM(D:D)"), "SUM(5:24)+SUM(D:D)");
    }

    #[test]
    fn words_that_only_look_like_cells_stay() {
        assert_eq!(here("LOG10(A20)&\"见D15：D20\""), "LOG10(A30)&\"见D15：D20\"");
        assert_eq!(here("别的!D20+'名单'!D20+[1]名单!D20"), "别的!D20+'名单'!D30+[1]名单!D20");
        assert_eq!(here("IF(A1=1.5E20,人数20,ABCD20)"), "IF(A1=1.5E20,人数20,ABCD20)");
    }

    #[test]
    fn a_copied_row_speaks_of_itself() {
        assert_eq!(changed("SUM(D14:F14)*$B$3+D13", Change::Copy(2)), "SUM(D16:F16)*$B$3+D15");
        let rows = Insertion { after: 14, count: 10 };
        let change = Change::Insert { rows, sheet: "名单", is_here: true, is_slot: true };
        assert_eq!(changed("SUM(D14:F14)", change), "SUM(D14:F14)");
    }

    #[test]
    fn areas_move_grow_and_stay() {
        let rows = Insertion { after: 14, count: 10 };
        assert_eq!(rows.areas("D5:D14 F14 A1:B2 C16:D17"), "D5:D24 F14:F24 A1:B2 C26:D27");
    }
}
