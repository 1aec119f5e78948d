//! Totals used as a check: what a sheet says of its own rows, against the rows.

use super::frame::Frame;
use super::{Problem, words};
use crate::import::sheet::{Cell, column_letters};

/// Checks the total rows; `data` are the rows that hold data, ascending, all 0-based.
pub(super) fn check(frame: &Frame<'_>, totals: &[u32], data: &[u32]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut since = 0u32;
    for (at, &row) in totals.iter().enumerate() {
        let found = frame.words(row);
        let label = found
            .iter()
            .map(super::frame::Word::tidied)
            .find(|text| words::is_total(text))
            .unwrap_or_default();
        let is_followed = totals.len() > at + 1 && data.iter().any(|&line| line > row);
        let is_part = words::is_part_total(&label) || (is_followed && !data.iter().all(|&line| line > row));
        let counted: Vec<u32> = match () {
            () if is_part => data.iter().copied().filter(|&line| line >= since && line < row).collect(),
            () => data.to_vec(),
        };
        since = row;
        if !counted.is_empty() {
            check_row(frame, row, &counted, &mut problems);
        }
    }
    problems
}

fn check_row(frame: &Frame<'_>, row: u32, counted: &[u32], problems: &mut Vec<Problem>) {
    for word in frame.words(row) {
        if word.is_from_above {
            continue;
        }
        match word.cell {
            Cell::Text(text) => match words::tidy(text).parse::<f64>() {
                Ok(stated) => check_number(frame, row, word.column, stated, counted, problems),
                Err(_) => check_text(row, word.column, text, counted.len(), problems),
            },
            Cell::Number(stated) => check_number(frame, row, word.column, stated, counted, problems),
            Cell::Empty | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => {}
        }
    }
}

/// `合计128人`, `128人`: people are rows.
fn check_text(row: u32, column: u32, text: &str, rows: usize, problems: &mut Vec<Problem>) {
    let tidied = words::tidy(text);
    let Some((stated, unit)) = words::count_in(&tidied) else { return };
    let is_people = matches!(unit, Some('人' | '名'));
    if is_people && stated != rows as u64 {
        problems.push(mismatch(row, column, &stated.to_string(), &rows.to_string()));
    }
}

/// A number stands for the sum of its column, or under words for the number of rows.
#[expect(clippy::cast_precision_loss, reason = "rows are far fewer than what a float can count")]
fn check_number(
    frame: &Frame<'_>,
    row: u32,
    column: u32,
    stated: f64,
    counted: &[u32],
    problems: &mut Vec<Problem>,
) {
    let (mut sum, mut numbers, mut texts) = (0.0, 0usize, 0usize);
    for &line in counted {
        match frame.sheet.cell(line, column) {
            Cell::Number(number) => {
                sum += number;
                numbers += 1;
            }
            Cell::Text(text) => match words::tidy(text).parse::<f64>() {
                Ok(number) => {
                    sum += number;
                    numbers += 1;
                }
                Err(_) => texts += 1,
            },
            Cell::Empty | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => {}
        }
    }
    let rows = counted.len() as f64;
    let is_numeric = numbers > 0 && texts * 5 <= numbers;
    let is_serial = is_numeric && (sum - rows * (rows + 1.0) / 2.0).abs() < 0.5;
    if is_numeric && !is_serial {
        if (stated - sum).abs() > 0.005 * (1.0 + sum.abs()).min(1.0) && (stated - rows).abs() > 0.5 {
            problems.push(mismatch(row, column, &Cell::Number(stated).shown(), &Cell::Number(sum).shown()));
        }
    } else if (stated - rows).abs() > 0.5 && stated.fract() == 0.0 && is_near(stated, rows) {
        problems.push(mismatch(row, column, &Cell::Number(stated).shown(), &counted.len().to_string()));
    }
}

/// A number under words is a count of rows only when it could be one.
fn is_near(stated: f64, rows: f64) -> bool {
    stated > rows * 0.5 && stated < rows * 2.0
}

fn mismatch(row: u32, column: u32, stated: &str, found: &str) -> Problem {
    Problem {
        sheet: None,
        row: row + 1,
        column: Some(column_letters(column)),
        code: "total_mismatch",
        message: format!("合计 {stated} 与明细 {found} 不符"),
        value: Some(stated.to_owned()),
    }
}
