//! `fill.gaps`: the missing cells in walking order; `fill.save_gaps`: what was typed becomes facts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FillRequest;
use super::bind::{ASKED, asked_field};
use super::session::{Session, prepare};
use crate::dictionary::reading::{self, Raw};
use crate::error::{Error, Missing, Result};
use crate::fill::known::Who;
use crate::fill::plan::{Choice, PlanCell, State};
use crate::ledger;
use crate::office::{Office, Tx};
use crate::op::Op;
use crate::place;
use crate::progress::Progress;
use crate::resident::{self, ResidentWriter};
use crate::value::text::tidy;

/// The missing cells of a form.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillGaps {
    /// How many cells are missing.
    pub total: usize,
    /// How many cells are filled.
    pub done: usize,
    /// How many cells there are.
    pub cells: usize,
    /// The columns in which something is missing.
    pub columns: Vec<GapColumn>,
    /// The buildings in walking order.
    pub buildings: Vec<GapBuilding>,
    /// The people of whom something is missing, in walking order.
    pub rows: Vec<GapRow>,
    /// Columns of which nobody knows what they ask.
    pub unbound: Vec<GapUnbound>,
}

/// A column in which something is missing.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapColumn {
    /// Letters.
    pub letter: String,
    /// Heading.
    pub heading: String,
    /// Field.
    pub field: String,
    /// Title of the field.
    pub title: String,
    /// What may be chosen.
    pub options: Vec<String>,
}

/// A building.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapBuilding {
    /// As clerks say it; empty when it is not known.
    pub title: String,
    /// People of the form who live there.
    pub people: usize,
    /// Missing cells.
    pub gaps: usize,
}

/// Somebody of whom something is missing.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapRow {
    /// Unique number.
    pub uid: String,
    /// Building, as in the list of buildings.
    pub building: String,
    /// Unit and room.
    pub place: String,
    /// Name.
    pub name: String,
    /// Full years on the day of the form.
    pub age: Option<i32>,
    /// One cell a column.
    pub cells: Vec<GapCell>,
}

/// A cell of the grid of gaps.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapCell {
    /// Field.
    pub field: String,
    /// What is known, numbers masked.
    pub value: String,
    /// What it is.
    pub state: GapState,
    /// When it was noted, `YYYY-MM-DD`.
    pub on: Option<String>,
    /// Why a known value is not written.
    pub why: Option<String>,
}

/// What a cell of the grid of gaps is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum GapState {
    /// Missing.
    Gap,
    /// Over a year old.
    Stale,
    /// Known.
    Known,
}

/// A column of which nobody knows what it asks.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GapUnbound {
    /// Letters.
    pub letter: String,
    /// Heading.
    pub heading: String,
    /// How many people.
    pub people: usize,
}

/// The missing cells of a form, building by building.
///
/// # Errors
/// As [`super::preview`].
pub fn gaps(office: &mut Office, request: FillRequest, progress: &Progress) -> Result<FillGaps> {
    let session = prepare(office, &request, progress)?;
    of(office, &session)
}

/// The same for a session.
pub(super) fn of(office: &Office, session: &Session) -> Result<FillGaps> {
    let tally = session.plan.tally();
    let by_column = session.plan.by_column();
    let has_gaps = |position: usize| by_column.get(&position).is_some_and(|tally| tally.gaps > 0);
    let asked: Vec<usize> = (0..session.bound.len())
        .filter(|at| {
            has_gaps(*at) && session.bound[*at].choice == Choice::Ask && session.bound[*at].field.is_some()
        })
        .collect();
    let columns = asked.iter().map(|at| column(office, session, *at)).collect();
    let mut by_person: BTreeMap<usize, Vec<&PlanCell>> = BTreeMap::new();
    for cell in session.plan.cells.iter().filter(|cell| asked.contains(&cell.bound)) {
        by_person.entry(cell.who).or_default().push(cell);
    }
    let mut rows = Vec::new();
    let mut buildings: BTreeMap<(bool, u64, String), GapBuilding> = BTreeMap::new();
    for (who, cells) in by_person {
        let Some(person) = session.people[who].as_ref() else { continue };
        let Some(subject) = person.subject else { continue };
        let missing = cells.iter().filter(|cell| cell.state == State::Gap).count();
        let title = building(person);
        let number = person.door.building.parse().unwrap_or(u64::MAX);
        let entry = buildings
            .entry((title.is_empty(), number, title.clone()))
            .or_insert_with(|| GapBuilding { title: title.clone(), people: 0, gaps: 0 });
        entry.people += 1;
        entry.gaps += missing;
        if missing > 0 {
            rows.push((door_key(person), row(office, session, person, subject, &title, &cells)?));
        }
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let unbound = (0..session.bound.len()).filter(|at| session.bound[*at].field.is_none() && has_gaps(*at));
    Ok(FillGaps {
        total: asked.iter().filter_map(|at| by_column.get(at)).map(|tally| tally.gaps).sum(),
        done: tally.filled,
        cells: tally.cells,
        columns,
        buildings: buildings.into_values().collect(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        unbound: unbound
            .map(|at| GapUnbound {
                letter: session.bound[at].letter.clone(),
                heading: session.heading(&session.bound[at]),
                people: by_column.get(&at).map_or(0, |tally| tally.gaps),
            })
            .collect(),
    })
}

fn column(office: &Office, session: &Session, at: usize) -> GapColumn {
    let bound = &session.bound[at];
    let slot = session.form.slots.first().copied().unwrap_or(1);
    let listed = session.form.look.list(slot, bound.index).map(<[String]>::to_vec);
    let field = bound.field.as_ref();
    let own = field.and_then(|field| ledger::api::options(office, field));
    GapColumn {
        letter: bound.letter.clone(),
        heading: session.heading(bound),
        field: bound.key.clone(),
        title: field.map(|field| field.title.clone()).unwrap_or_default(),
        options: own.or(listed).unwrap_or_default(),
    }
}

fn building(person: &Who) -> String {
    let building = &person.door.building;
    if building.is_empty() { String::new() } else { place::building_title(building) }
}

/// The order of one walk: building, unit, room.
fn door_key(person: &Who) -> (bool, [(u64, String); 3], String) {
    let door = &person.door;
    let number = |text: &str| text.parse().unwrap_or(u64::MAX);
    let parts = [&door.building, &door.unit, &door.room].map(|part| (number(part), part.clone()));
    (door.building.is_empty(), parts, person.name.clone())
}

fn row(
    office: &Office,
    session: &Session,
    person: &Who,
    subject: i64,
    building: &str,
    cells: &[&PlanCell],
) -> Result<GapRow> {
    let cell = |cell: &&PlanCell| {
        let bound = &session.bound[cell.bound];
        let value = cell.known.as_ref().zip(bound.field.as_ref());
        GapCell {
            field: bound.key.clone(),
            value: value
                .map(|(known, field)| ledger::api::on_screen(field, &known.value))
                .unwrap_or_default(),
            state: match cell.state {
                State::Gap => GapState::Gap,
                _ if cell.is_stale => GapState::Stale,
                _ => GapState::Known,
            },
            on: cell.known.as_ref().map(|known| known.on.clone()),
            why: cell.why.clone(),
        }
    };
    let unit =
        if person.door.unit.is_empty() { String::new() } else { format!("{}单元", person.door.unit) };
    Ok(GapRow {
        uid: resident::uid_of(office.connection(), subject)?,
        building: building.to_owned(),
        place: format!("{unit}{}", person.door.room),
        name: person.name.clone(),
        age: person.age,
        cells: cells.iter().map(cell).collect(),
    })
}

/// What was asked at the doors.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct SaveGaps {
    /// The form for which it was asked.
    pub path: String,
    /// The values.
    pub values: Vec<GapValue>,
}

/// A value that was typed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct GapValue {
    /// Unique number of the resident.
    pub uid: String,
    /// Field.
    pub field: String,
    /// What was typed; empty takes the value away.
    pub value: String,
}

/// What became of the values.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SavedGaps {
    /// Number of the op; none when nothing changed.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// How many were kept.
    pub saved: usize,
    /// Which were not.
    pub refused: Vec<RefusedGap>,
}

/// A value that was not kept.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RefusedGap {
    /// Unique number of the resident.
    pub uid: String,
    /// Field.
    pub field: String,
    /// Why, a Chinese clause.
    pub message: String,
}

/// Keeps typed values as facts of their people, all in one op.
///
/// # Errors
/// A resident does not exist, or writing fails; a value that does not fit is refused by itself.
pub fn save_gaps(office: &mut Office, request: SaveGaps, _: &Progress) -> Result<SavedGaps> {
    let mut ready = Vec::new();
    let mut refused = Vec::new();
    for value in &request.values {
        let subject = resident::number_of(office.connection(), &value.uid)?;
        match read(office, &value.field, &value.value) {
            Ok(text) => ready.push((value, subject, text)),
            Err(message) => refused.push(refusal(value, message)),
        }
    }
    let file = request.path.rsplit(['/', '\\']).next().unwrap_or(&request.path).to_owned();
    let catalog = office.catalog_shared();
    let kinds: Vec<_> = office.ledger_kinds().cloned().collect();
    let today = office.clock().today();
    let op = Op::SaveGaps { form: file, cells: ready.len() };
    let done = office.transact(&op, |tx| {
        let mut saved = 0;
        let mut writer = ResidentWriter::new(tx)?;
        for (value, subject, text) in &ready {
            let outcome = match value.field.split_once('/').filter(|(ledger, _)| !ledger.starts_with(ASKED)) {
                Some((ledger, field)) => {
                    let kind = kinds.iter().find(|kind| kind.id == ledger);
                    let kind = kind.ok_or_else(|| Error::NotFound(Missing::Ledger(ledger.to_owned())))?;
                    save_row(tx, &catalog, kind, *subject, field, text, today)?
                }
                None => {
                    let connection = tx.connection();
                    match resident::refuse_value(connection, *subject, &value.field, text) {
                        Err(message) => Err(message),
                        Ok(()) => Ok(resident::set_with_consequences(
                            &mut writer,
                            connection,
                            *subject,
                            &value.field,
                            text,
                            today,
                        )?),
                    }
                }
            };
            match outcome {
                Ok(changed) => saved += usize::from(changed),
                Err(message) => refused.push(refusal(value, message)),
            }
        }
        Ok(saved)
    })?;
    Ok(SavedGaps { op: done.op, saved: done.value, refused })
}

fn refusal(value: &GapValue, message: String) -> RefusedGap {
    RefusedGap { uid: value.uid.clone(), field: value.field.clone(), message }
}

/// Writes a value into a person's row of a ledger.
fn save_row(
    tx: &Tx<'_>,
    catalog: &crate::catalog::Catalog,
    kind: &crate::catalog::LedgerKind,
    subject: i64,
    field: &str,
    value: &str,
    today: chrono::NaiveDate,
) -> Result<std::result::Result<bool, String>> {
    let rows = ledger::ids_of_subject(tx.connection(), subject)?;
    let Some((_, record)) = rows.into_iter().find(|(id, _)| *id == kind.id) else {
        return Ok(Err(format!("这个人不在《{}》里", kind.title)));
    };
    let edit = ledger::Edit { record, field: field.to_owned(), value: value.to_owned() };
    let edited = ledger::change(tx, catalog, kind, &[edit], today)?;
    Ok(match edited.refused.into_iter().next() {
        Some(refused) => Err(refused.message),
        None => Ok(edited.changed > 0),
    })
}

/// Reads a typed value by the rules of its field.
fn read(office: &Office, id: &str, typed: &str) -> std::result::Result<String, String> {
    let catalog = office.catalog();
    let own = id.split_once('/').and_then(|(ledger, field)| {
        office.ledger_kind(ledger).ok()?.column(field).map(|column| column.field.clone())
    });
    let asked = id.strip_prefix(ASKED).map(asked_field);
    let field = own.or(asked).or_else(|| catalog.dictionary.get(id).cloned());
    let Some(field) = field else { return Err("没有这一项".to_owned()) };
    if field.computed.is_some() {
        return Err("这一项是自动算的，不能直接填".to_owned());
    }
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    let reading = reading::read(&field, Raw::Text(typed), &catalog.codes, office.clock().today());
    match (reading.value, reading.problem) {
        (Some(value), _) => Ok(value),
        (None, Some(problem)) => Err(problem.message),
        (None, None) => Ok(tidy(typed).into_owned()),
    }
}
