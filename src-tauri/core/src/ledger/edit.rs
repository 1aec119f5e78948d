//! Changing cells of a ledger by hand: each value is read by its field's rules and written where it
//! is kept, so that every other ledger shows it too. One call is one op.

use std::collections::BTreeMap;

use super::store::{self, RawRecord, RecordWriter};
use super::{Source, view};
use crate::catalog::{Catalog, Column, LedgerKind};
use crate::dictionary::reading::{self, Raw};
use crate::error::{Error, Result};
use crate::fact;
use crate::office::Tx;
use crate::resident::{self, ResidentWriter};

/// One cell to change.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Number of the row.
    pub record: i64,
    /// Field of the column.
    pub field: String,
    /// What was typed; empty takes the value away.
    pub value: String,
}

/// A cell that was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEdit {
    /// Number of the row.
    pub record: i64,
    /// Field of the column.
    pub field: String,
    /// Why, a Chinese clause.
    pub message: String,
}

/// What a change came to.
#[derive(Debug, Clone, Default)]
pub struct Edited {
    /// Cells changed.
    pub changed: usize,
    /// Cells left alone.
    pub refused: Vec<RefusedEdit>,
}

/// Changes cells inside the open op; a cell that does not fit is refused, the others are changed.
///
/// # Errors
/// Writing fails.
pub fn change(
    tx: &Tx<'_>,
    catalog: &Catalog,
    kind: &LedgerKind,
    edits: &[Edit],
    today: chrono::NaiveDate,
) -> Result<Edited> {
    let mut edited = Edited::default();
    let mut writer =
        Writer { tx, today, residents: ResidentWriter::new(tx)?, records: RecordWriter::new(tx)? };
    for edit in edits {
        match writer.change(catalog, kind, edit) {
            Ok(changed) => edited.changed += usize::from(changed),
            Err(Stop::Refused(message)) => {
                edited.refused.push(RefusedEdit { record: edit.record, field: edit.field.clone(), message })
            }
            Err(Stop::Failed(error)) => return Err(error),
        }
    }
    Ok(edited)
}

/// Why one cell stops: it does not fit, or writing itself failed.
enum Stop {
    Refused(String),
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

fn refuse<T>(message: &str) -> std::result::Result<T, Stop> {
    Err(Stop::Refused(message.to_owned()))
}

struct Writer<'tx> {
    tx: &'tx Tx<'tx>,
    today: chrono::NaiveDate,
    residents: ResidentWriter<'tx>,
    records: RecordWriter<'tx>,
}

impl Writer<'_> {
    fn change(
        &mut self,
        catalog: &Catalog,
        kind: &LedgerKind,
        edit: &Edit,
    ) -> std::result::Result<bool, Stop> {
        let Some(column) = kind.column(&edit.field) else { return refuse("这本台账没有这一栏") };
        if column.field.computed.is_some() {
            return refuse("这一栏是自动算的，不能直接改");
        }
        let record = match store::get(self.tx.connection(), &kind.id, edit.record) {
            Err(Error::NotFound(_)) => return refuse("这一行已经不在台账里"),
            record => record?,
        };
        let value = read(catalog, column, &edit.value, self.today)?;
        self.write(kind, column, &record, &value)
    }

    fn write(
        &mut self,
        kind: &LedgerKind,
        column: &Column,
        record: &RawRecord,
        value: &str,
    ) -> std::result::Result<bool, Stop> {
        let field = column.id();
        match (Source::of(kind, column), record.subject) {
            (Source::Own, _) | (_, None) => {
                let mut body: BTreeMap<String, String> = record.body.clone();
                if value.is_empty() {
                    body.remove(field);
                } else {
                    body.insert(field.to_owned(), value.to_owned());
                }
                Ok(self.records.set(record.id, &body)?)
            }
            (Source::Resident(_), Some(resident)) => {
                resident::refuse_value(self.tx.connection(), resident, field, value)
                    .map_err(Stop::Refused)?;
                let (connection, today) = (self.tx.connection(), self.today);
                Ok(resident::set_with_consequences(
                    &mut self.residents,
                    connection,
                    resident,
                    field,
                    value,
                    today,
                )?)
            }
            (Source::Subject(resident::Home::Fact), Some(subject)) => {
                Ok(fact::set(self.tx, subject, field, value)?)
            }
            (Source::Subject(_), Some(_)) => refuse("这一栏是这一行的门牌，不能直接改，请新增一行"),
        }
    }
}

/// Reads a typed value by the rules of its field.
fn read(
    catalog: &Catalog,
    column: &Column,
    typed: &str,
    today: chrono::NaiveDate,
) -> std::result::Result<String, Stop> {
    if typed.trim().is_empty() {
        return if column.field.kind == crate::dictionary::FieldKind::Name && column.key {
            refuse("姓名不能空着")
        } else {
            Ok(String::new())
        };
    }
    let reading = reading::read(&column.field, Raw::Text(typed), &catalog.codes, today);
    match (reading.value, reading.problem) {
        (Some(value), _) => Ok(value),
        (None, Some(problem)) => Err(Stop::Refused(problem.message)),
        (None, None) => Ok(String::new()),
    }
}

/// Rows as they are after a change, for the page that shows them.
///
/// # Errors
/// Reading fails.
pub fn rows_now(
    connection: &rusqlite::Connection,
    kind: &LedgerKind,
    records: &[i64],
    today: chrono::NaiveDate,
) -> Result<Vec<view::TableRow>> {
    let mut raw = Vec::new();
    for record in records {
        match store::get(connection, &kind.id, *record) {
            Ok(found) => raw.push(found),
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    view::view(connection, kind, raw, today)
}
