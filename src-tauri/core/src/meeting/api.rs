//! `meeting.kinds`, `.list`, `.get`, `.new`, `.change`, `.act`, `.minutes`, `.parameter`, `.due`; the roll
//! and the votes are in the files beside.

pub mod act;
pub mod actions;
pub mod kinds;
pub mod roll;
pub mod view;
pub mod vote;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::case::{Row, Values, text_of};
use super::store::{self, Meeting};
use super::{book, held, stage, words};
use crate::error::{Missing, Refusal, Result};
use crate::matter;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::value::text;
use view::MeetingView;

/// Which meeting.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct MeetingId {
    /// Its number in the store.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// Which meetings; all when nothing is said.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MeetingListRequest", optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ListRequest {
    /// Of a matter.
    #[cfg_attr(test, ts(type = "number"))]
    pub matter: Option<i64>,
    /// Of a kind.
    pub kind: Option<String>,
    /// Of a year.
    pub year: Option<i32>,
}

/// Meetings, oldest first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MeetingListReply"))]
pub struct ListReply {
    /// The meetings.
    pub meetings: Vec<MeetingEntry>,
}

/// A meeting in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MeetingEntry {
    /// Number in the store.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Matter it belongs to.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub matter: Option<i64>,
    /// Kind.
    pub kind: String,
    /// Title of the kind, such as 听证会.
    pub kind_title: String,
    /// Number as printed.
    pub number: String,
    /// Title.
    pub title: String,
    /// Round, from one.
    #[cfg_attr(test, ts(type = "number"))]
    pub round: i64,
    /// When, `YYYY-MM-DD HH:MM`; may be empty.
    pub held_at: String,
    /// Stage that is worked on; empty when filed.
    pub stage: String,
    /// Title of that stage, or 已归档.
    pub stage_title: String,
    /// What is missing before the next stage, short labels.
    pub missing: Vec<String>,
    /// What it came to; may be empty.
    pub outcome: String,
    /// Whether it is filed.
    pub closed: bool,
}

/// The meetings of a matter, a kind or a year.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, request: ListRequest, _: &Progress) -> Result<ListReply> {
    Ok(ListReply { meetings: entries(office, &request)? })
}

/// [`list`] for other features.
pub(crate) fn entries(office: &Office, request: &ListRequest) -> Result<Vec<MeetingEntry>> {
    let found = store::list(office.connection(), request.matter, request.kind.as_deref(), request.year)?;
    found.iter().map(|meeting| view::entry(&held(office, meeting.id)?)).collect()
}

/// A meeting with everything on it.
///
/// # Errors
/// [`Missing::Meeting`].
pub fn get(office: &mut Office, request: MeetingId, _: &Progress) -> Result<MeetingView> {
    view::view(office, request.id)
}

/// A new meeting.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct NewMeeting {
    /// Kind.
    pub kind: String,
    /// Matter it belongs to.
    #[cfg_attr(test, ts(type = "number"))]
    pub matter: Option<i64>,
    /// Values to begin with, by field.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Values,
    /// Meeting whose roll is taken over.
    #[cfg_attr(test, ts(type = "number"))]
    pub roll_of: Option<i64>,
    /// Why, where the matter has not come that far.
    #[serde(default)]
    pub reason: String,
}

/// Begins a meeting.
///
/// # Errors
/// The kind does not exist or does not fit; a value does not fit; the matter is not so far and no
/// reason is given.
pub fn new(office: &mut Office, request: NewMeeting, _: &Progress) -> Result<MeetingView> {
    use chrono::Datelike as _;
    let kind = book::kind(&request.kind)?;
    if !book::fits_matter(kind, request.matter.is_some()) {
        let state = if request.matter.is_some() { "不挂议题" } else { "还没有议题" };
        return Err(Refusal::NotNow { step: kind.title.clone(), state: state.to_owned() }.into());
    }
    let today = office.clock().today();
    let year = today.year();
    let connection = office.connection();
    let serial = store::next_serial(connection, &kind.id, year)?;
    let round = store::next_round(connection, &kind.id, request.matter)?;
    let mut values = beginning(office, kind, request.matter)?;
    values.extend(cleaned(kind, request.values)?);
    let people = match request.roll_of {
        None => Vec::new(),
        Some(other) => store::people(office.connection(), other)?,
    };
    let number = number(office, &kind.number, year, serial)?;
    let meeting = Meeting {
        kind: kind.id.clone(),
        matter: request.matter,
        number,
        year,
        serial,
        round,
        ..Meeting::default()
    };
    let held_at = values.get("held_at").map(text_of).unwrap_or_default();
    let meeting = Meeting { held_at, values, ..meeting };
    let convene = match request.matter {
        Some(matter) => matter::course::convened(office, matter, kind, &request.reason)?,
        None => None,
    };
    let op = op("meeting.new", "新开", &meeting, &kind.title);
    let done = office.transact(&op, |tx| {
        let id = store::add(tx, &meeting)?;
        for person in &people {
            let known = person.roles.iter().filter(|role| kind.role(role).is_some()).cloned().collect();
            store::save_person(tx, id, &roll::fresh(person, known))?;
        }
        for (place, point) in kind.agenda.iter().enumerate() {
            store::save_row(tx, id, place, &agenda_row(point))?;
        }
        if let Some(convened) = &convene {
            matter::course::write_convened(tx, convened)?;
        }
        Ok(id)
    })?;
    view::view(office, done.value)
}

/// The values a meeting begins with: the defaults of its kind, then what its matter says.
fn beginning(office: &Office, kind: &super::kind::Kind, matter: Option<i64>) -> Result<Values> {
    let mut values = Values::new();
    for field in &kind.fields {
        if let Some(default) = &field.default {
            values.insert(field.id.clone(), serde_json::to_value(default)?);
        }
    }
    let Some(matter) = matter else { return Ok(values) };
    let matter = matter::store::get(office.connection(), matter)?;
    let mut put = |id: &str, value: Value| {
        if kind.field(id).is_some() && !matter::is_blank(&value) {
            values.insert(id.to_owned(), value);
        }
    };
    put("title", format!("{}{}", matter.title, kind.title).into());
    put("topic", matter.title.clone().into());
    put("buildings", matter.values.get("building").cloned().unwrap_or_default());
    for (id, value) in &matter.values {
        put(id, value.clone());
    }
    Ok(values)
}

/// The number of a paper or meeting as printed.
fn number(office: &Office, pattern: &str, year: i32, serial: i64) -> Result<String> {
    let committee = crate::committee::find(office.connection())?;
    let first = committee.and_then(|committee| committee.name.chars().next());
    let word = first.map(|first| format!("{first}居")).unwrap_or_default();
    let text = pattern.replace("{word}", &word).replace("{year}", &year.to_string());
    Ok(text.replace("{serial}", &serial.to_string()))
}

fn agenda_row(point: &super::kind::AgendaPoint) -> Row {
    let values = [
        ("step", point.title.clone().into()),
        ("who", point.who.clone().into()),
        ("minutes", point.minutes.into()),
        ("private", point.private.clone().into()),
    ];
    let values = values.into_iter().map(|(id, value)| (id.to_owned(), value)).collect();
    Row { id: 0, record: "agenda".to_owned(), values }
}

/// The op of an act on a meeting.
pub(super) fn op(kind: &'static str, act: &str, meeting: &Meeting, title: &str) -> Op {
    let own = meeting.values.get("title").map(text_of).filter(|title| !title.is_empty());
    Op::Meeting {
        kind,
        act: act.to_owned(),
        title: own.unwrap_or_else(|| format!("{title} {}", meeting.number)),
    }
}

/// What changes on a meeting; what is not said stays.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct MeetingChange {
    /// Which meeting.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Values by field; null empties.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Values,
    /// Rows to add or change.
    #[serde(default)]
    pub rows: Vec<RowChange>,
    /// Rows to take out, by number.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "number[]"))]
    pub drop_rows: Vec<i64>,
}

/// A row to add or change.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct RowChange {
    /// Record.
    pub record: String,
    /// Number of the row; a new one when not said.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: Option<i64>,
    /// Values by column; null empties, what is not said stays.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Values,
}

/// Changes values and rows of a meeting.
///
/// # Errors
/// A field, record or row does not exist; a value is not among its choices; a row is part of
/// locked counts.
pub fn change(office: &mut Office, request: MeetingChange, _: &Progress) -> Result<MeetingView> {
    let held = held(office, request.id)?;
    let mut meeting = held.meeting.clone();
    merge(&mut meeting.values, cleaned(held.case.kind, request.values)?);
    for row in &request.rows {
        let record =
            held.case.kind.record(&row.record).ok_or_else(|| Missing::MeetingPart(row.record.clone()))?;
        if let Some(wrong) = row.values.keys().find(|id| !record.columns.iter().any(|one| one.id == **id)) {
            return Err(Missing::MeetingPart(wrong.clone()).into());
        }
    }
    if request.drop_rows.iter().any(|row| vote::is_counted(&held.case, *row)) {
        return Err(Refusal::CountsLocked.into());
    }
    let frozen = stage::frozen(&held.case);
    let dropped =
        held.case.rows.iter().filter(|row| request.drop_rows.contains(&row.id)).map(|row| &row.record);
    if let Some(record) =
        request.rows.iter().map(|row| &row.record).chain(dropped).find(|one| frozen.contains(one))
    {
        let step =
            held.case.kind.record(record).map_or_else(|| record.clone(), |record| record.title.clone());
        return Err(Refusal::NotNow { step: format!("改{step}"), state: "已经定下".to_owned() }.into());
    }
    let rows = placed(&held.case.rows, request.rows)?;
    office.transact(&op("meeting.change", "修改", &held.meeting, &held.case.kind.title), |tx| {
        store::save(tx, &meeting)?;
        request.drop_rows.iter().try_for_each(|row| store::remove_row(tx, meeting.id, *row))?;
        rows.iter().try_for_each(|(place, row)| store::save_row(tx, meeting.id, *place, row))
    })?;
    view::view(office, request.id)
}

/// The rows as they will be kept, each with its place; old ones keep theirs.
pub(crate) fn placed(known: &[Row], changes: Vec<RowChange>) -> Result<Vec<(usize, Row)>> {
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    let mut placed = Vec::new();
    for change in changes {
        let of_record: Vec<&Row> = known.iter().filter(|row| row.record == change.record).collect();
        let (place, mut row) = match change.id {
            Some(id) => {
                let place = of_record.iter().position(|row| row.id == id);
                let place = place.ok_or_else(|| Missing::MeetingPart(change.record.clone()))?;
                (place, of_record[place].clone())
            }
            None => {
                let next = next.entry(change.record.clone()).or_insert(of_record.len());
                *next += 1;
                (*next - 1, Row { id: 0, record: change.record, values: Values::new() })
            }
        };
        merge(&mut row.values, change.values);
        placed.push((place, row));
    }
    Ok(placed)
}

/// Puts new values over old ones; null takes out.
pub(crate) fn merge(values: &mut Values, new: Values) {
    for (id, value) in new {
        if value.is_null() {
            values.remove(&id);
        } else {
            values.insert(id, value);
        }
    }
}

/// Values that fit the fields of a kind: known, cleaned, days real, choices among the options.
fn cleaned(kind: &super::kind::Kind, values: Values) -> Result<Values> {
    // The chosen base and the counted presence belong to the engine, not to a kind's own fields.
    let own = ["base", "present_count"];
    let clean = values.into_iter().map(|(id, value)| {
        let Some(field) = kind.field(&id) else {
            let is_own = own.contains(&id.as_str());
            return if is_own { Ok((id, value)) } else { Err(Missing::MeetingPart(id).into()) };
        };
        fitting(field, value).map(|value| (id, value))
    });
    clean.collect()
}

/// A value as its field keeps it.
pub(crate) fn fitting(field: &super::kind::Field, value: Value) -> Result<Value> {
    use super::kind::FieldKind;
    let value = match value {
        Value::String(text) if text.trim().is_empty() => return Ok(Value::Null),
        Value::String(text) => Value::String(text::clean(&text)),
        other => other,
    };
    let said = text_of(&value);
    let fits = match field.kind {
        _ if said.is_empty() => true,
        FieldKind::Date | FieldKind::Moment => super::case::day_of(&said).is_some(),
        FieldKind::Number => said.trim().parse::<f64>().is_ok_and(|number| number >= 0.0),
        FieldKind::Choice if !field.options.is_empty() => field.options.contains(&said),
        _ => true,
    };
    if fits { Ok(value) } else { Err(Refusal::NotAChoice { title: field.title.clone() }.into()) }
}

/// The minutes as they stand.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MinutesReply {
    /// Title, such as 3号楼加装电梯听证会（第2轮）纪要.
    pub title: String,
    /// Number as printed.
    pub number: String,
    /// Whether it is still a draft: the votes are not locked or something is wrong.
    pub draft: bool,
    /// The parts in order.
    pub parts: Vec<words::MinutesPart>,
    /// Blocks the clerk may put into the course of the meeting.
    pub phrases: Vec<PhraseView>,
}

/// A block of the minutes, filled as far as is known.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PhraseView {
    /// Part of the minutes: 开场, 经过, 意见, 议定, 结束.
    pub group: String,
    /// Title.
    pub title: String,
    /// Text; what is not known stays in braces for the clerk to fill.
    pub text: String,
}

/// The minutes of a meeting as they stand, filled from what was noted.
///
/// # Errors
/// [`Missing::Meeting`].
pub fn minutes(office: &mut Office, request: MeetingId, _: &Progress) -> Result<MinutesReply> {
    let held = held(office, request.id)?;
    let case = &held.case;
    let parts = words::minutes(case);
    let locked = case
        .kind
        .votes
        .iter()
        .filter(|vote| !vote.optional)
        .all(|vote| case.tally(&vote.id).is_none_or(|tally| !tally.locked_at.is_empty()));
    let phrases = case.kind.phrases.iter().map(|phrase| PhraseView {
        group: phrase.group.clone(),
        title: phrase.title.clone(),
        text: words::fill_known(case, &phrase.text),
    });
    Ok(MinutesReply {
        title: words::fill(case, "{title}{round_text}纪要"),
        number: held.meeting.number.clone(),
        draft: !locked || parts.iter().any(|part| !part.problem.is_empty()),
        phrases: phrases.collect(),
        parts,
    })
}

/// A number of a rule that the office sets itself.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ParameterChange {
    /// Rule code, such as `hearing.notice_days`.
    pub code: String,
    /// The value, such as `10` or `2/3`; empty takes the office's own back.
    pub value: String,
    /// What it rests on.
    #[serde(default)]
    pub basis: String,
}

/// Sets a number of a rule for this office.
///
/// # Errors
/// There is no such rule, or the value is no value of its unit.
pub fn parameter(
    office: &mut Office,
    request: ParameterChange,
    progress: &Progress,
) -> Result<kinds::KindsReply> {
    use super::parameter::{Amount, amount};
    let missing = || Missing::MeetingPart(request.code.clone());
    let (kind, id) = request.code.split_once('.').ok_or_else(missing)?;
    let of_kind = book::kind(kind).map(|kind| &kind.parameters);
    let entries = if kind == "matter" { Ok(&matter::file::rules()?.parameters) } else { of_kind }?;
    let entry = entries.iter().find(|entry| entry.id == id).ok_or_else(missing)?;
    let value = text::squeeze(&request.value);
    let read = amount(Some(&toml::Value::String(value.clone())), entry.unit);
    if !value.is_empty() && read == Amount::Unknown {
        return Err(Refusal::NotAChoice { title: entry.title.clone() }.into());
    }
    let op =
        Op::Meeting { kind: "meeting.parameter", act: format!("定为{value}"), title: entry.title.clone() };
    let basis = text::clean(&request.basis);
    office.transact(&op, |tx| store::set_parameter(tx, &request.code, &value, &basis))?;
    let id = (kind != "matter").then(|| kind.to_owned());
    kinds::kinds(office, kinds::KindsRequest { id }, progress)
}
