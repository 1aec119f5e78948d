//! Where imported values came from: for each import its file, sheets, sender, the column of each
//! field, and which row of the sheet became which row of the ledger. One row of the store keeps all
//! of it, whatever the size of the sheet: rows that followed one another are kept as runs.

use std::collections::HashMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::sheet::column_letters;
use super::store;
use super::table::{From, RowAt, Table};
use crate::error::Result;
use crate::ledger;
use crate::store::journal;

/// Where a sheet came from.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// File name without folder.
    pub file: &'a str,
    /// Who sent it.
    pub sender: Option<&'a str>,
}

/// Which row of the sheet each written row of the ledger came from.
#[derive(Debug, Default)]
pub struct Origins {
    /// Rows that made a new row of the ledger, with its number, in that order.
    pub added: Vec<(i64, RowAt)>,
    /// Rows that changed a row of the ledger, with its number.
    pub known: Vec<(i64, RowAt)>,
}

impl Origins {
    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.known.is_empty()
    }

    /// The row of the ledger that rows of the sheet became.
    #[must_use]
    pub fn records(&self) -> HashMap<RowAt, i64> {
        self.added.iter().chain(&self.known).map(|(record, at)| (*at, *record)).collect()
    }
}

/// What an import keeps of where its values came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Id of the ledger.
    pub ledger: String,
    /// File it came from.
    pub file: String,
    /// Who sent the file, as the clerk said.
    pub sender: Option<String>,
    /// Names of the parts' sheets, with how far right each stands.
    pub parts: Vec<(String, u32)>,
    /// Column of each field in the first part, from 0.
    pub columns: Vec<(String, u32)>,
    /// Runs of rows that became new rows of the ledger, in their order: part, first and last row.
    pub added: Vec<(u16, u32, u32)>,
    /// Rows that changed a row of the ledger: its number, part, row.
    pub known: Vec<(i64, u16, u32)>,
}

impl Batch {
    /// What is to be kept of an import.
    #[must_use]
    pub fn new(ledger: &str, from: &Sent<'_>, table: &Table<'_>, origins: &Origins) -> Self {
        let column = |binding: &super::table::Binding<'_>| match binding.from {
            From::Column(column) => Some((binding.field.id.clone(), column)),
            From::SheetName => None,
        };
        Self {
            ledger: ledger.to_owned(),
            file: from.file.to_owned(),
            sender: from.sender.map(str::to_owned),
            parts: table.parts.iter().map(|part| (part.sheet.name.clone(), part.shift)).collect(),
            columns: table.bindings.iter().filter_map(column).collect(),
            added: runs(&origins.added),
            known: origins.known.iter().map(|(record, at)| (*record, at.part, at.row)).collect(),
        }
    }

    /// The same for a single row that was put right: it came from that row of that sheet.
    #[must_use]
    pub fn moved(mut self, sheet: &str, row: u32) -> Self {
        self.parts = vec![(sheet.to_owned(), 0)];
        for (_, first, last) in &mut self.added {
            (*first, *last) = (row, row);
        }
        for (_, _, at) in &mut self.known {
            *at = row;
        }
        // Its columns were numbered anew.
        self.columns.clear();
        self
    }

    /// The sheet and, where it is known, the cell (`D12`) a value came from. `first` is the first
    /// number the import gave to rows of ledgers, when it gave any.
    fn origin(&self, record: Option<i64>, first: Option<i64>, field: &str) -> (String, Option<String>) {
        let at = record.and_then(|record| self.row_of(record, first));
        // Of several sheets none is named as long as the row is not known.
        let is_single = self.parts.iter().all(|(name, _)| *name == self.parts[0].0);
        let part = at.map(|at| usize::from(at.part)).or(is_single.then_some(0));
        let (sheet, shift) = part.and_then(|part| self.parts.get(part)).cloned().unwrap_or_default();
        let column = self.columns.iter().find(|(id, _)| id == field).map(|(_, column)| column + shift);
        let cell = at.zip(column).map(|(at, column)| format!("{}{}", column_letters(column), at.row));
        (sheet, cell)
    }

    fn row_of(&self, record: i64, first: Option<i64>) -> Option<RowAt> {
        if let Some((_, part, row)) = self.known.iter().find(|(known, ..)| *known == record) {
            return Some(RowAt { part: *part, row: *row });
        }
        let mut left = u32::try_from(record - first?).ok()?;
        for &(part, start, end) in &self.added {
            let length = end - start + 1;
            if left < length {
                return Some(RowAt { part, row: start + left });
            }
            left -= length;
        }
        None
    }
}

fn runs(rows: &[(i64, RowAt)]) -> Vec<(u16, u32, u32)> {
    let mut runs: Vec<(u16, u32, u32)> = Vec::new();
    for (_, at) in rows {
        match runs.last_mut() {
            Some((part, _, last)) if *part == at.part && *last + 1 == at.row => *last = at.row,
            _ => runs.push((at.part, at.row, at.row)),
        }
    }
    runs
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// File.
    pub file: String,
    /// Name of the sheet; empty for a file without sheets.
    pub sheet: String,
    /// Cell, such as `D12`, where it is known.
    pub cell: Option<String>,
    /// Who sent the file.
    pub sender: Option<String>,
}

/// Where a value of a subject came from that an op wrote; none unless the op imported it.
///
/// # Errors
/// Reading fails.
pub fn origin_of(connection: &Connection, op: i64, subject: i64, field: &str) -> Result<Option<Origin>> {
    let Some(batch) = store::batch(connection, op)? else { return Ok(None) };
    let records = ledger::ids_of_subject(connection, subject)?;
    let record = records.into_iter().find(|(ledger, _)| *ledger == batch.ledger).map(|(_, record)| record);
    origin_in(connection, op, batch, record, field)
}

/// Where a value that a row of a ledger keeps itself came from; none unless the op imported it.
///
/// # Errors
/// Reading fails.
pub fn origin_of_record(
    connection: &Connection,
    op: i64,
    record: i64,
    field: &str,
) -> Result<Option<Origin>> {
    let Some(batch) = store::batch(connection, op)? else { return Ok(None) };
    origin_in(connection, op, batch, Some(record), field)
}

fn origin_in(
    connection: &Connection,
    op: i64,
    batch: Batch,
    record: Option<i64>,
    field: &str,
) -> Result<Option<Origin>> {
    let first = journal::ranges_of(connection, op)?.get("record").map(|(first, _)| *first);
    let (sheet, cell) = batch.origin(record, first, field);
    Ok(Some(Origin { file: batch.file, sheet, cell, sender: batch.sender }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_traced_to_its_cell() {
        let at = |part, row| RowAt { part, row };
        let added = vec![(100, at(0, 5)), (101, at(0, 6)), (102, at(0, 9)), (103, at(1, 5))];
        let origins = Origins { added, known: vec![(7, at(1, 8))] };
        assert_eq!(origins.records()[&at(0, 9)], 102);
        let batch = Batch {
            ledger: "elderly".into(),
            file: "名单.xlsx".into(),
            sender: None,
            parts: vec![("一组".into(), 0), ("一组".into(), 5)],
            columns: vec![("person.phone".into(), 3)],
            added: runs(&origins.added),
            known: vec![(7, 1, 8)],
        };
        assert_eq!(batch.added, [(0, 5, 6), (0, 9, 9), (1, 5, 5)]);
        let cell = |record| batch.origin(Some(record), Some(100), "person.phone").1;
        assert_eq!(cell(100).as_deref(), Some("D5"));
        assert_eq!(cell(102).as_deref(), Some("D9"));
        assert_eq!(cell(103).as_deref(), Some("I5"), "the second half stands five columns further right");
        assert_eq!(cell(7).as_deref(), Some("I8"));
        assert_eq!(cell(104), None, "a row of another import");
        assert_eq!(batch.origin(Some(100), Some(100), "person.name").1, None, "no column had names");
    }
}
