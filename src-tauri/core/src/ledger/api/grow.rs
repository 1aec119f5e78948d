//! `ledger.add`, `ledger.remove`, `ledger.new`, `ledger.overlap`: rows and kinds that come or go.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::{LedgerKind, LocalColumn, LocalLedger};
use crate::committee::api::Nothing;
use crate::dictionary::reading::{self, Raw};
use crate::dictionary::{FieldDef, FieldKind, Subject};
use crate::error::{Error, Missing, Refusal, Result};
use crate::fact;
use crate::import::{
    map::{Confidence, SeenColumn},
    recognise,
};
use crate::ledger::store::{self, RecordWriter};
use crate::ledger::{Source, resemble};
use crate::office::Office;
use crate::op::Op;
use crate::place::{Door, PlaceBook};
use crate::progress::Progress;
use crate::resident::{self, ResidentWriter};

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
    let known =
        request.uid.as_deref().map(|uid| resident::number_of(office.connection(), uid)).transpose()?;
    let who = values.get("person.name").cloned().unwrap_or_else(|| "一行".to_owned());
    let op = Op::AddRecord { ledger: kind.title.clone(), who };
    let done = office.transact(&op, |tx| {
        let own =
            |field: &str| kind.column(field).is_some_and(|column| Source::of(&kind, column) == Source::Own);
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
    let opened = office.open_file(std::path::Path::new(&request.from), progress)?;
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
    let columns =
        kind.columns.into_iter().map(|column| NewColumn { field: column.field, title: column.title });
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
