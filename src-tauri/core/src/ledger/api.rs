//! `ledger.*`: kinds, columns, rows, changes by hand, kinds made from a sheet, overlap.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::edit;
use super::store::RecordWriter;
use super::view::{self, RowsQuery, TableRow};
use super::{Edit, RefusedEdit, Source, resemble, store};
use crate::catalog::{LedgerKind, LocalColumn, LocalLedger};
use crate::committee::api::Nothing;
use crate::dictionary::reading::{self, Raw};
use crate::dictionary::{FieldDef, FieldKind, Sensitivity, Subject};
use crate::error::{Error, Missing, Refusal, Result};
use crate::fact;
use crate::import::{map::{Confidence, SeenColumn}, recognise};
use crate::office::Office;
use crate::op::Op;
use crate::place::{self, Door, PlaceBook};
use crate::progress::Progress;
use crate::resident::{self, ResidentWriter};

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

/// Whether a field is masked on screen unless asked for.
#[must_use]
pub fn is_masked(field: &FieldDef) -> bool {
    field.sensitive == Sensitivity::Sensitive || matches!(field.kind, FieldKind::IdNumber | FieldKind::Phone)
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
            marks.push(Mark { column: position, kind: "problem", note: format!("还没有{}", column.title()) });
        }
        values.push(value.map(|value| {
            if unmasked { value } else { reading::display(&column.field, &value, is_masked(&column.field)) }
        }));
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
    Ok(Some(format!("{name}的{}", column.title())))
}

/// What a row is called: its name, door, or first value.
fn row_name(kind: &LedgerKind, row: &TableRow) -> String {
    let named = kind.columns.iter().position(|column| column.field.kind == FieldKind::Name);
    let name = named.and_then(|position| row.values[position].clone());
    name.or_else(|| row.values.iter().flatten().next().cloned()).unwrap_or_else(|| "这一行".to_owned())
}

/// A row to add.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct AddRequest {
    /// Id of the ledger.
    pub ledger: String,
    /// Resident who is already known.
    #[serde(default)]
    pub uid: Option<String>,
    /// Values by field.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// The row that was added.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct AddReply {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub record: i64,
}

/// Adds a row by hand: a known resident, or a new subject with what is known of it.
///
/// # Errors
/// [`Refusal::Value`] when a value does not fit or the ID number is taken.
pub fn add(office: &mut Office, request: AddRequest, _: &Progress) -> Result<AddReply> {
    let kind = office.ledger_kind(&request.ledger)?.clone();
    let values = read_values(office, &kind, &request.values)?;
    let known = request.uid.as_deref().map(|uid| resident::number_of(office.connection(), uid)).transpose()?;
    let who = values.get("person.name").cloned().unwrap_or_else(|| "一行".to_owned());
    let op = Op::AddRecord { ledger: kind.title.clone(), who };
    let done = office.transact(&op, |tx| {
        let own = |field: &str| kind.column(field).is_some_and(|column| Source::of(&kind, column) == Source::Own);
        let (body, shared): (BTreeMap<_, _>, BTreeMap<_, _>) =
            values.into_iter().partition(|(field, _)| own(field));
        let shared = shared.iter().map(|(field, value)| (field.as_str(), value.as_str()));
        let subject = match (kind.subject, known) {
            (_, Some(known)) => Some(known),
            (Subject::Resident, None) => Some(ResidentWriter::new(tx)?.add(shared)?),
            (Subject::Place, None) => Some(add_place(tx, shared)?),
            _ => None,
        };
        RecordWriter::new(tx)?.add(&kind.id, subject, &body)
    })?;
    Ok(AddReply { op: done.op, record: done.value })
}

fn add_place<'v>(
    tx: &crate::office::Tx<'_>,
    values: impl Iterator<Item = (&'v str, &'v str)>,
) -> Result<i64> {
    let values: BTreeMap<&str, &str> = values.collect();
    let say = |field: &str| values.get(field).copied().unwrap_or_default().to_owned();
    let door = Door { building: say("place.building"), unit: say("place.unit"), room: say("place.room") };
    let place = PlaceBook::default().find_or_add(tx, &door)?;
    for (field, value) in values {
        if !matches!(field, "place.building" | "place.unit" | "place.room") {
            fact::set(tx, place, field, value)?;
        }
    }
    Ok(place)
}

/// Reads typed values by their fields, with what surely follows from them.
fn read_values(
    office: &Office,
    kind: &LedgerKind,
    typed: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>> {
    let today = office.clock().today();
    let mut values = BTreeMap::new();
    for (id, text) in typed {
        let column = kind.column(id).ok_or_else(|| Error::NotFound(Missing::Field(id.clone())))?;
        let read = reading::read(&column.field, Raw::Text(text), &office.catalog().codes, today);
        if let Some(value) = read.value {
            if kind.subject == Subject::Resident {
                let problem = resident::refuse_value(office.connection(), 0, id, &value);
                problem.map_err(|problem| refused_value(&column.field, problem))?;
            }
            values.insert(id.clone(), value);
        } else if let Some(problem) = read.problem {
            return Err(refused_value(&column.field, problem.message));
        }
    }
    if kind.subject == Subject::Resident {
        let follows: Vec<_> =
            values.iter().flat_map(|(field, value)| resident::consequences(field, value, today)).collect();
        for (field, value) in follows {
            values.entry(field.to_owned()).or_insert(value);
        }
    }
    Ok(values)
}

fn refused_value(field: &FieldDef, problem: String) -> Error {
    Refusal::Value { field: field.id.clone(), title: field.title.clone(), problem }.into()
}

/// Rows to take out.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct RemoveRequest {
    /// Id of the ledger.
    pub ledger: String,
    /// Numbers of the rows.
    #[cfg_attr(test, ts(type = "number[]"))]
    pub records: Vec<i64>,
}

/// What was taken out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RemoveReply {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// How many rows.
    pub removed: usize,
}

/// Takes rows out of a ledger; the people stay in the register.
///
/// # Errors
/// [`Missing::Ledger`], or writing fails.
pub fn remove(office: &mut Office, request: RemoveRequest, _: &Progress) -> Result<RemoveReply> {
    let kind = office.ledger_kind(&request.ledger)?.clone();
    let op = Op::RemoveRecords { ledger: kind.title.clone(), rows: request.records.len() };
    let done = office.transact(&op, |tx| {
        let mut writer = RecordWriter::new(tx)?;
        let mut removed = 0;
        for record in &request.records {
            removed += usize::from(writer.remove(&kind.id, *record)?);
        }
        Ok(removed)
    })?;
    Ok(RemoveReply { op: done.op, removed: done.value })
}

/// A ledger kind to make.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    /// Its title; the sheet's own when not said.
    pub title: Option<String>,
    /// Sheet to take the columns from.
    pub from: String,
    /// Name of the sheet; the first visible one when not said.
    pub sheet: Option<String>,
}

/// The ledger kind that was made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NewReply {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its columns.
    pub columns: Vec<NewColumn>,
}

/// A column of a new ledger kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NewColumn {
    /// Field id.
    pub field: String,
    /// Title.
    pub title: String,
}

/// Makes a ledger kind from the head of a sheet.
///
/// # Errors
/// The file cannot be read, has no table, or the title is taken.
pub fn new(office: &mut Office, request: NewRequest, progress: &Progress) -> Result<NewReply> {
    let opened = office.desk().open(std::path::Path::new(&request.from), progress)?;
    let sheet = opened.workbook.find_sheet(request.sheet.as_deref());
    let sheet = sheet.ok_or_else(|| Error::NotFound(Missing::Sheet(request.sheet.unwrap_or_default())))?;
    let recognised = recognise::recognise(office, sheet, &recognise::Correction::default(), None)?;
    if recognised.shape.data_rows.is_none() && recognised.columns.is_empty() {
        return Err(Refusal::NoTable { sheet: sheet.name.clone() }.into());
    }
    let stem = opened.file.rsplit_once('.').map_or(opened.file.as_str(), |(stem, _)| stem);
    let title = request.title.or(recognised.shape.title).unwrap_or_else(|| stem.to_owned());
    if office.ledger_kinds().any(|kind| kind.title == title) {
        return Err(Refusal::LedgerTitleTaken { title }.into());
    }
    let number = office.ledger_kinds().filter(|kind| kind.local).count() + 1;
    let kind = LocalLedger {
        id: format!("local_{number}"),
        subject: subject_of(&recognised.columns),
        columns: local_columns(office, &recognised.columns),
        title,
    };
    kind.bind(&office.catalog().dictionary).map_err(Error::Bug)?;
    office.transact(&Op::NewLedger { title: kind.title.clone() }, |tx| store::save_local(tx, &kind))?;
    office.reload_local()?;
    let columns = kind.columns.into_iter().map(|column| NewColumn { field: column.field, title: column.title });
    Ok(NewReply { id: kind.id, title: kind.title, columns: columns.collect() })
}

/// A sheet with names is about residents; one with rooms about places; else its rows are events.
fn subject_of(columns: &[SeenColumn]) -> Subject {
    let has = |field: &str| columns.iter().any(|column| column.field.as_deref() == Some(field));
    if has("person.name") {
        Subject::Resident
    } else if has("place.room") {
        Subject::Place
    } else {
        Subject::Event
    }
}

/// Recognised columns keep their field; the others belong to the new ledger alone.
fn local_columns(office: &Office, columns: &[SeenColumn]) -> Vec<LocalColumn> {
    let mut local: Vec<LocalColumn> = Vec::new();
    for (position, seen) in columns.iter().enumerate() {
        // A column that surely leads nowhere counts the rows; it is not kept.
        if seen.field.is_none() && seen.confidence == Confidence::Sure {
            continue;
        }
        let title = seen.levels.last().cloned().unwrap_or_else(|| seen.heading.clone());
        let group = (seen.levels.len() > 1).then(|| seen.levels[0].clone());
        let known = seen.field.as_deref().filter(|field| office.catalog().dictionary.get(field).is_some());
        let is_new = |field: &str| !local.iter().any(|column| column.field == field);
        let (field, kind) = match known.filter(|field| is_new(field)) {
            Some(field) => (field.to_owned(), None),
            None => (format!("row.c{}", position + 1), Some(FieldKind::Text)),
        };
        local.push(LocalColumn { field, title, kind, group });
    }
    local
}

/// Ledgers that overlap.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OverlapReply {
    /// Pairs, strongest first.
    pub pairs: Vec<OverlapPair>,
}

/// Two ledgers that overlap.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OverlapPair {
    /// Id of one ledger.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Title of one ledger.
    pub a_title: String,
    /// Title of the other.
    pub b_title: String,
    /// Columns bound to the same field.
    pub columns_shared: usize,
    /// Subjects that are in both.
    pub people_shared: usize,
    /// 0 to 1.
    pub score: f64,
}

/// Finds ledgers that ask for the same facts of the same people.
///
/// # Errors
/// Reading fails.
pub fn overlap(office: &mut Office, _: Nothing, _: &Progress) -> Result<OverlapReply> {
    let pairs = resemble::overlap(office.connection(), office.ledger_kinds())?;
    let title = |id: &str| office.ledger_kind(id).map(|kind| kind.title.clone()).unwrap_or_default();
    let pairs = pairs.into_iter().map(|pair| OverlapPair {
        a_title: title(&pair.a),
        b_title: title(&pair.b),
        a: pair.a,
        b: pair.b,
        columns_shared: pair.columns_shared,
        people_shared: pair.people_shared,
        score: pair.score,
    });
    Ok(OverlapReply { pairs: pairs.collect() })
}
