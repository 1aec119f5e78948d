//! `ledger.*`: kinds, columns, rows and changes by hand. Rows and kinds that come or go are in [`grow`].

use serde::{Deserialize, Serialize};

mod grow;

pub use grow::{
    AddReply, AddRequest, NewColumn, NewReply, NewRequest, OverlapPair, OverlapReply, RemoveReply,
    RemoveRequest, add, new, overlap, remove,
};

use super::edit;
use super::view::{self, RowsQuery, TableRow};
use super::{Edit, RefusedEdit, Source, store};
use crate::catalog::LedgerKind;
use crate::committee::api::Nothing;
use crate::dictionary::reading;
use crate::dictionary::{FieldDef, FieldKind, Sensitivity, Subject};
use crate::error::{Missing, Result};
use crate::office::Office;
use crate::op::Op;
use crate::place;
use crate::progress::Progress;
use crate::resident;
use crate::resident::api::CardSource;

/// All ledgers under their headings.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LedgersReply {
    /// Under headings, in the order of the page.
    pub groups: Vec<LedgerGroup>,
    /// The same in one list.
    pub ledgers: Vec<LedgerEntry>,
}

/// Ledgers under one heading.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LedgerGroup {
    /// The heading.
    pub title: String,
    /// The ledgers.
    pub ledgers: Vec<LedgerEntry>,
}

/// A ledger in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LedgerEntry {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What one row is.
    pub subject: Subject,
    /// Rows.
    #[cfg_attr(test, ts(type = "number"))]
    pub rows: i64,
    /// Whether a clerk made it.
    pub local: bool,
}

/// Lists all ledgers with their numbers of rows.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, _: Nothing, _: &Progress) -> Result<LedgersReply> {
    let counts = store::counts(office.connection())?;
    let mut groups: Vec<LedgerGroup> = Vec::new();
    let mut ledgers = Vec::new();
    for kind in office.ledger_kinds() {
        let entry = LedgerEntry {
            id: kind.id.clone(),
            title: kind.title.clone(),
            subject: kind.subject,
            rows: counts.get(&kind.id).copied().unwrap_or(0),
            local: kind.local,
        };
        match groups.iter_mut().find(|group| group.title == kind.group) {
            Some(group) => group.ledgers.push(entry.clone()),
            None => groups.push(LedgerGroup { title: kind.group.clone(), ledgers: vec![entry.clone()] }),
        }
        ledgers.push(entry);
    }
    Ok(LedgersReply { groups, ledgers })
}

/// Which ledger.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct LedgerRequest {
    /// Id.
    pub id: String,
}

/// A ledger and its columns.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LedgerReply {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What one row is.
    pub subject: Subject,
    /// Columns from left to right.
    pub columns: Vec<ColumnReply>,
    /// Rows.
    #[cfg_attr(test, ts(type = "number"))]
    pub total: i64,
    /// Buildings of the area, for the filter.
    pub buildings: Vec<Building>,
}

/// A building as the filter offers it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Building {
    /// Token as kept.
    pub value: String,
    /// As clerks say it.
    pub title: String,
}

/// A column of a ledger.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct ColumnReply {
    /// Field id.
    pub field: String,
    /// Title.
    pub title: String,
    /// Upper heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Type of the values.
    pub kind: FieldKind,
    /// Width in pixels at 16-pixel text.
    pub width: u16,
    /// Whether it is computed and cannot be typed.
    pub computed: bool,
    /// Whether a row without it is incomplete.
    pub required: bool,
    /// Whether it is shown masked.
    pub sensitive: bool,
    /// What may be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<String>>,
}

/// A ledger and its columns.
///
/// # Errors
/// [`Missing::Ledger`].
pub fn get(office: &mut Office, request: LedgerRequest, _: &Progress) -> Result<LedgerReply> {
    let kind = office.ledger_kind(&request.id)?;
    let columns = kind
        .columns
        .iter()
        .map(|column| ColumnReply {
            field: column.id().to_owned(),
            title: column.title().to_owned(),
            group: column.group.clone(),
            kind: column.field.kind,
            width: column.field.width,
            computed: column.field.computed.is_some(),
            required: column.required,
            sensitive: is_masked(&column.field),
            options: options(office, &column.field),
        })
        .collect();
    let buildings = place::buildings(office.connection())?;
    Ok(LedgerReply {
        id: kind.id.clone(),
        title: kind.title.clone(),
        subject: kind.subject,
        columns,
        total: store::counts(office.connection())?.get(&kind.id).copied().unwrap_or(0),
        buildings: buildings
            .into_iter()
            .map(|value| Building { title: place::building_title(&value), value })
            .collect(),
    })
}

/// Whether a field is masked on screen unless asked for: the numbers that can do harm. Words of a
/// list stay readable, or the list could not be worked with.
#[must_use]
pub fn is_masked(field: &FieldDef) -> bool {
    let is_number =
        matches!(field.kind, FieldKind::IdNumber | FieldKind::Phone | FieldKind::DisabilityCertificate);
    is_number || field.sensitive == Sensitivity::Sensitive && field.kind == FieldKind::Integer
}

/// A value as a screen shows it: masked numbers keep enough of their ends to tell people apart.
#[must_use]
pub fn on_screen(field: &FieldDef, value: &str) -> String {
    match field.kind {
        FieldKind::IdNumber => reading::output(field, value, "masked_ends"),
        _ => reading::display(field, value, is_masked(field)),
    }
}

/// What may be chosen for a field.
#[must_use]
pub fn options(office: &Office, field: &FieldDef) -> Option<Vec<String>> {
    match field.kind {
        FieldKind::Boolean => Some(vec!["是".to_owned(), "否".to_owned()]),
        FieldKind::Gender => Some(vec!["男".to_owned(), "女".to_owned()]),
        FieldKind::Code => {
            let table = office.catalog().codes.table(field.codes.as_deref()?)?;
            Some(table.titles().map(str::to_owned).collect())
        }
        _ => None,
    }
}

/// Which rows.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct RowsRequest {
    /// Id of the ledger.
    pub ledger: String,
    /// First row, from 0.
    #[serde(default)]
    pub offset: usize,
    /// Rows at most.
    pub limit: usize,
    /// Column to order by.
    pub sort: Option<Sort>,
    /// Condition in the filter language.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// Text of the box above the ledger.
    pub search: Option<String>,
    /// Whether values come unmasked, for the command line.
    #[serde(default)]
    pub unmasked: bool,
}

/// An order.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// Field of the column.
    pub field: String,
    /// Whether from the end.
    pub descending: bool,
}

/// A part of a ledger.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RowsReply {
    /// The rows.
    pub rows: Vec<RowReply>,
    /// All rows of the ledger.
    #[cfg_attr(test, ts(type = "number"))]
    pub total: i64,
    /// Rows that fit.
    #[cfg_attr(test, ts(type = "number"))]
    pub filtered: i64,
}

/// A row of a ledger as shown.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct RowReply {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub record: i64,
    /// Unique number of the resident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// One value a column.
    pub values: Vec<Option<String>>,
    /// Cells with something to see.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// Something to see about a cell.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Mark {
    /// Position of the column.
    pub column: usize,
    /// `problem` or `changed`.
    pub kind: &'static str,
    /// What, in Chinese.
    pub note: String,
}

/// Rows of a ledger.
///
/// # Errors
/// [`Missing::Ledger`], or the filter is not understood.
pub fn rows(office: &mut Office, request: RowsRequest, _: &Progress) -> Result<RowsReply> {
    let kind = office.ledger_kind(&request.ledger)?;
    let query = RowsQuery {
        sort: request.sort.map(|sort| (sort.field, sort.descending)),
        filter: request.filter,
        search: request.search,
        offset: request.offset,
        limit: request.limit,
    };
    let page = view::page(office.connection(), office.catalog(), kind, &query, office.clock().today())?;
    let rows = page.rows.into_iter().map(|row| shown(office, kind, row, request.unmasked));
    Ok(RowsReply { rows: rows.collect::<Result<_>>()?, total: page.total, filtered: page.filtered })
}

/// A row as shown: values displayed, sensitive ones masked, missing required ones marked.
fn shown(office: &Office, kind: &LedgerKind, row: TableRow, unmasked: bool) -> Result<RowReply> {
    let uid = match (kind.subject, row.subject) {
        (Subject::Resident, Some(subject)) => Some(resident::uid_of(office.connection(), subject)?),
        _ => None,
    };
    let mut values = Vec::with_capacity(row.values.len());
    let mut marks = Vec::new();
    for (position, (value, column)) in row.values.into_iter().zip(&kind.columns).enumerate() {
        if value.is_none() && column.required {
            marks.push(Mark {
                column: position, kind: "problem", note: format!("还没有{}", column.title())
            });
        }
        values.push(value.map(|value| if unmasked { value } else { on_screen(&column.field, &value) }));
    }
    Ok(RowReply { record: row.record, uid, values, marks })
}

/// Cells to change.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct ChangeRequest {
    /// Id of the ledger.
    pub ledger: String,
    /// The cells, one call being one step of undo.
    pub edits: Vec<EditRequest>,
}

/// One cell to change.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct EditRequest {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub record: i64,
    /// Field of the column.
    pub field: String,
    /// What was typed; empty takes the value away.
    pub value: String,
}

/// What a change came to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ChangeReply {
    /// Number of the op; null when nothing changed.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Cells changed.
    pub changed: usize,
    /// Cells left alone.
    pub refused: Vec<RefusedReply>,
    /// The rows touched, as they are now.
    pub rows: Vec<RowReply>,
}

/// A cell that was not changed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RefusedReply {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub record: i64,
    /// Field of the column.
    pub field: String,
    /// Why, in Chinese.
    pub message: String,
}

impl From<RefusedEdit> for RefusedReply {
    fn from(refused: RefusedEdit) -> Self {
        Self { record: refused.record, field: refused.field, message: refused.message }
    }
}

/// Changes cells by hand.
///
/// # Errors
/// [`Missing::Ledger`], or writing fails. Values that do not fit are named, not errors.
pub fn change(office: &mut Office, request: ChangeRequest, _: &Progress) -> Result<ChangeReply> {
    let kind = office.ledger_kind(&request.ledger)?.clone();
    let catalog = office.catalog_shared();
    let today = office.clock().today();
    let edits: Vec<Edit> = request
        .edits
        .into_iter()
        .map(|edit| Edit { record: edit.record, field: edit.field, value: edit.value })
        .collect();
    let op = Op::ChangeLedger {
        ledger: kind.title.clone(),
        cells: edits.len(),
        what: what_changes(office, &kind, &edits)?,
    };
    let done = office.transact(&op, |tx| edit::change(tx, &catalog, &kind, &edits, today))?;
    let mut touched: Vec<i64> = edits.iter().map(|edit| edit.record).collect();
    touched.dedup();
    let rows = edit::rows_now(office.connection(), &kind, &touched, today)?;
    let rows = rows.into_iter().map(|row| shown(office, &kind, row, false)).collect::<Result<_>>()?;
    Ok(ChangeReply {
        op: done.op,
        changed: done.value.changed,
        refused: done.value.refused.into_iter().map(Into::into).collect(),
        rows,
    })
}

/// Whose what, when one cell is changed.
fn what_changes(office: &Office, kind: &LedgerKind, edits: &[Edit]) -> Result<Option<String>> {
    let [edit] = edits else { return Ok(None) };
    let rows = edit::rows_now(office.connection(), kind, &[edit.record], office.clock().today())?;
    let Some(column) = kind.column(&edit.field) else { return Ok(None) };
    let name = rows.first().map(|row| row_name(kind, row)).unwrap_or_default();
    Ok(Some(format!("{name}的{}", column.full_title())))
}

/// What a row is called: its name, door, or first value.
fn row_name(kind: &LedgerKind, row: &TableRow) -> String {
    let named = kind.columns.iter().position(|column| column.field.kind == FieldKind::Name);
    let name = named.and_then(|position| row.values[position].clone());
    name.or_else(|| row.values.iter().flatten().next().cloned()).unwrap_or_else(|| "这一行".to_owned())
}

/// Which cell of a ledger.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct SourceRequest {
    /// Id of the ledger.
    pub ledger: String,
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub record: i64,
    /// Field of the column.
    pub field: String,
}

/// Where the value of a cell came from: file, sheet, cell, sender, clerk and day.
///
/// # Errors
/// [`Missing::Record`](crate::error::Missing::Record).
pub fn source(office: &mut Office, request: SourceRequest, _: &Progress) -> Result<Option<CardSource>> {
    let record = store::get(office.connection(), &request.ledger, request.record)?;
    let kind = office.ledger_kind(&request.ledger)?;
    let column = kind.column(&request.field).ok_or_else(|| Missing::Field(request.field.clone()))?;
    match (Source::of(kind, column), record.subject) {
        (Source::Own, _) | (_, None) => {
            let Some(value) = record.body.get(&request.field) else { return Ok(None) };
            // The oldest of the unbroken run of states that have the value brought it.
            let earlier = store::earlier_bodies(office.connection(), record.id)?;
            let same = earlier.iter().take_while(|(_, body)| body.get(&request.field) == Some(value));
            let op = same.last().map_or(record.op, |(op, _)| *op);
            resident::api::source_of_row(office, record.id, op, &request.field).map(Some)
        }
        (_, Some(subject)) => resident::api::source_of_fact(office, subject, &request.field),
    }
}
