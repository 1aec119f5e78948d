//! Totals used as a check: what a sheet says of its own rows, against the rows.

use super::frame::{Frame, Word};
use super::{Problem, words};
use crate::import::sheet::{Cell, column_letters};

/// Checks the total rows; `data` are the rows that hold data, ascending, all 0-based. `halves` are
/// the first and last column of each half of a list set side by side, or one for a whole table;
/// without any nothing is checked.
pub(super) fn check(frame: &Frame<'_>, totals: &[u32], data: &[u32], halves: &[(u32, u32)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut since = 0u32;
    for (at, &row) in totals.iter().enumerate().filter(|_| !halves.is_empty()) {
        let found = frame.words(row);
        let label = found.iter().map(Word::tidied).find(|text| words::is_total(text)).unwrap_or_default();
        let is_followed = totals.len() > at + 1 && data.iter().any(|&line| line > row);
        let is_part = words::is_part_total(&label) || (is_followed && !data.iter().all(|&line| line > row));
        let rows: Vec<u32> = match () {
            () if is_part => data.iter().copied().filter(|&line| line >= since && line < row).collect(),
            () => data.to_vec(),
        };
        since = row;
        if !rows.is_empty() {
            let counted = Counted::new(frame, rows, halves);
            check_row(frame, row, &counted, &mut problems);
        }
    }
    problems
}

/// The rows a total speaks of.
struct Counted<'a> {
    rows: Vec<u32>,
    halves: &'a [(u32, u32)],
    /// How many entries they hold: in a list set side by side a row has one for each half.
    entries: Vec<usize>,
}

impl<'a> Counted<'a> {
    fn new(frame: &Frame<'_>, rows: Vec<u32>, halves: &'a [(u32, u32)]) -> Self {
        let holds = |row: u32, (first, last): (u32, u32)| {
            frame.sheet.row(row).filter(|(column, _)| (first..=last).contains(column)).count() > 1
        };
        let entries = match halves {
            [_] => vec![rows.len()],
            _ => halves.iter().map(|&half| rows.iter().filter(|&&row| holds(row, half)).count()).collect(),
        };
        Self { rows, halves, entries }
    }

    fn all(&self) -> usize {
        self.entries.iter().sum()
    }

    /// Whether a number is how many entries there are, in all or in one half.
    #[expect(clippy::cast_precision_loss, reason = "rows are far fewer than what a float can count")]
    fn is_count(&self, stated: f64) -> bool {
        let is = |count: usize| (stated - count as f64).abs() < 0.5;
        is(self.all()) || is(self.rows.len()) || self.entries.iter().any(|&count| is(count))
    }

    /// The same column in each half.
    fn columns(&self, column: u32) -> Vec<u32> {
        let own = self.halves.iter().find(|(first, last)| (*first..=*last).contains(&column));
        let Some((start, _)) = own else { return vec![column] };
        self.halves.iter().map(|(first, _)| first + (column - start)).collect()
    }
}

fn check_row(frame: &Frame<'_>, row: u32, counted: &Counted<'_>, problems: &mut Vec<Problem>) {
    let found = frame.words(row);
    let label = found.iter().position(|word| words::is_total(&word.tidied())).unwrap_or(0);
    // A number before the word only goes on with the numbering.
    for word in found.iter().skip(label).filter(|word| !word.is_from_above) {
        match word.cell {
            Cell::Text(text) => match words::tidy(text).parse::<f64>() {
                Ok(stated) => check_number(frame, row, word.column, stated, counted, problems),
                Err(_) => check_text(row, word.column, text, counted, problems),
            },
            Cell::Number(stated) => check_number(frame, row, word.column, stated, counted, problems),
            Cell::Empty | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => {}
        }
    }
}

/// `合计128人`, `128人`: people are rows.
#[expect(clippy::cast_precision_loss, reason = "a count has seven digits at most")]
fn check_text(row: u32, column: u32, text: &str, counted: &Counted<'_>, problems: &mut Vec<Problem>) {
    let tidied = words::tidy(text);
    let Some((stated, unit)) = words::count_in(&tidied) else { return };
    let is_people = matches!(unit, Some('人' | '名'));
    if is_people && !counted.is_count(stated as f64) {
        problems.push(mismatch(row, column, &stated.to_string(), &counted.all().to_string()));
    }
}

/// What the values of a column come to.
#[derive(Default)]
struct Sum {
    sum: f64,
    numbers: usize,
    texts: usize,
}

impl Sum {
    fn of(frame: &Frame<'_>, rows: &[u32], column: u32) -> Self {
        let mut sum = Self::default();
        for &row in rows {
            match frame.sheet.cell(row, column) {
                Cell::Number(number) => sum.add(number),
                Cell::Text(text) => match amount(&words::tidy(text)) {
                    Some(number) => sum.add(number),
                    None => sum.texts += 1,
                },
                Cell::Empty | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => {}
            }
        }
        sum
    }

    fn add(&mut self, number: f64) {
        self.sum += number;
        self.numbers += 1;
    }

    const fn is_numeric(&self) -> bool {
        self.numbers > 0 && self.texts * 5 <= self.numbers
    }

    fn is(&self, stated: f64) -> bool {
        (stated - self.sum).abs() <= 0.005 * (1.0 + self.sum.abs()).min(1.0)
    }
}

/// A number as it stands in text: `1,260.00`, `4人`, `560元`.
fn amount(tidied: &str) -> Option<f64> {
    tidied.trim_end_matches(['元', '人', '户', '月', '个']).replace(',', "").parse().ok()
}

/// A number stands for the sum of its column, or under words for the number of rows.
#[expect(clippy::cast_precision_loss, reason = "rows are far fewer than what a float can count")]
fn check_number(
    frame: &Frame<'_>,
    row: u32,
    column: u32,
    stated: f64,
    counted: &Counted<'_>,
    problems: &mut Vec<Problem>,
) {
    let own = Sum::of(frame, &counted.rows, column);
    if own.numbers > 0 && own.is(stated) {
        return;
    }
    let rows = counted.all() as f64;
    let is_serial = own.is_numeric() && own.is(rows * (rows + 1.0) / 2.0);
    let told = |found: &str| mismatch(row, column, &Cell::Number(stated).shown(), found);
    if own.is_numeric() && !is_serial {
        // The total of a list set side by side may stand under either half.
        let columns = counted.columns(column);
        let whole = columns.iter().map(|&column| Sum::of(frame, &counted.rows, column).sum).sum();
        let is_whole = Sum { sum: whole, ..Sum::default() }.is(stated);
        if !is_whole && !counted.is_count(stated) {
            problems.push(told(&Cell::Number(own.sum).shown()));
        }
    } else if !counted.is_count(stated) && stated.fract() == 0.0 && is_near(stated, rows) {
        problems.push(told(&counted.all().to_string()));
    }
}

/// A number under words is a count of rows only when it could be one.
fn is_near(stated: f64, rows: f64) -> bool {
    stated > rows * 0.5 && stated < rows * 2.0
}

fn mismatch(row: u32, column: u32, stated: &str, found: &str) -> Problem {
    Problem {
        sheet: None,
        half: 0,
        row: row + 1,
        column: Some(column_letters(column)),
        code: "total_mismatch",
        message: format!("合计 {stated} 与明细 {found} 不符。"),
        value: Some(stated.to_owned()),
    }
}
