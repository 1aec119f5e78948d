//! Sums that a table prints at the ends of its pages: 承前页, 本页小计, 累计, 过次页.
//!
//! Counted in whole numbers of the smallest decimal place, so that nothing is rounded.

use super::super::document::{Column, Kind, Table};
use super::super::grid::Seating;
use crate::error::Result;

/// What is summed in a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Summing {
    /// The columns and the decimals of each.
    columns: Vec<(usize, u32)>,
}

/// Sums of the summed columns, each in units of its last decimal place.
pub(super) type Amounts = Vec<i128>;

impl Summing {
    /// The columns to sum, none where the table prints no sums.
    pub fn of(table: &Table) -> Result<Self> {
        if !table.sums.any() {
            return Ok(Self::default());
        }
        let summed = |(index, column): (usize, &Column)| {
            (column.summed && column.kind == Kind::Number).then_some(index)
        };
        let columns = table.columns.iter().enumerate().filter_map(summed);
        let mut columns: Vec<(usize, u32)> = columns.map(|column| (column, 0)).collect();
        let mut seating = Seating::new(table.columns.len(), table.rows.len());
        for row in &table.rows {
            for (cell, seat) in row.iter().zip(seating.row(row)?) {
                let summed = columns.iter_mut().find(|(column, _)| *column == seat.column);
                if let (Some(known), Some((_, decimals))) = (summed, parts(&cell.text)) {
                    known.1 = known.1.max(decimals);
                }
            }
        }
        Ok(Self { columns })
    }

    /// Nothing yet.
    pub fn zero(&self) -> Amounts {
        vec![0; self.columns.len()]
    }

    /// What a cell adds to the sums; texts that are no number add nothing.
    pub fn add(&self, amounts: &mut Amounts, column: usize, text: &str) {
        let Some(place) = self.columns.iter().position(|(summed, _)| *summed == column) else { return };
        if let Some((value, decimals)) = parts(text) {
            let scale = self.columns[place].1.saturating_sub(decimals);
            amounts[place] += value * 10_i128.pow(scale);
        }
    }

    /// The first summed column; the words before the sums stand left of it.
    pub fn first(&self) -> Option<usize> {
        self.columns.first().map(|(column, _)| *column)
    }

    /// The sum of a column as it is printed; `None` where it is not summed.
    pub fn printed(&self, amounts: &[i128], column: usize) -> Option<String> {
        let place = self.columns.iter().position(|(summed, _)| *summed == column)?;
        let (value, decimals) = (amounts[place], self.columns[place].1 as usize);
        let sign = if value < 0 { "−" } else { "" };
        let digits = format!("{:0>width$}", value.unsigned_abs(), width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        Some(if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
    }
}

/// A number as units of its last decimal place; both signs for minus are read.
fn parts(text: &str) -> Option<(i128, u32)> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{part}");
    let is_number = !whole.is_empty() && all.len() <= 18 && all.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Some((sign * all.parse::<i128>().ok()?, u32::try_from(part.len()).ok()?)) } else { None }
}
