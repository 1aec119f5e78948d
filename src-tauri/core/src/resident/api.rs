//! `resident.get`, `resident.change`, `resident.reveal`: the card of one person.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::card;
use super::store::{self, Person};
use crate::dictionary::FieldDef;
use crate::dictionary::reading::{self, Raw};
use crate::error::{Error, Missing, Refusal, Result};
use crate::fact;
use crate::history;
use crate::household;
use crate::import;
use crate::ledger;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::resident::{self, ResidentWriter};
use crate::value::date::{PartialDate, age_on};

/// Events shown on a card at most.
const EVENTS_AT_MOST: usize = 30;

/// Which resident.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct ResidentRequest {
    /// Unique number.
    pub uid: String,
}

/// The card of a resident.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ResidentCard {
    /// Unique number.
    pub uid: String,
    /// Name.
    pub name: String,
    /// 男, 女 or empty.
    pub gender: String,
    /// Full years today.
    pub age: Option<i32>,
    /// Date of birth, canonical.
    pub birth_on: Option<String>,
    /// Where the person lives.
    pub place: String,
    /// Ledgers the person is in, as tags.
    pub tags: Vec<String>,
    /// Everything known.
    pub facts: Vec<CardFact>,
    /// Ledgers the person is in.
    pub ledgers: Vec<CardLedger>,
    /// Others of the household; null when there is none.
    pub household: Option<Vec<CardMember>>,
    /// What happened, newest first.
    pub timeline: Vec<CardEvent>,
}

/// A fact on the card.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct CardFact {
    /// Field id.
    pub field: String,
    /// Title.
    pub title: String,
    /// Heading it stands under.
    pub group: String,
    /// As shown, masked when sensitive.
    pub display: String,
    /// Whether `display` is masked.
    pub sensitive: bool,
    /// Whether it can be changed here.
    pub editable: bool,
    /// What may be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<String>>,
    /// Where it came from.
    pub source: Option<CardSource>,
}

/// Where a fact came from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct CardSource {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number"))]
    pub op: i64,
    /// What was done.
    pub label: String,
    /// File of an import.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Sheet of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Cell of the sheet, such as `D12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// Who sent the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// Who did it.
    pub clerk: String,
    /// Day, `YYYY-MM-DD`.
    pub on: String,
}

/// A ledger the person is in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CardLedger {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub record: i64,
}

/// A member of the household.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CardMember {
    /// Unique number.
    pub uid: String,
    /// Name.
    pub name: String,
    /// Relation to the head.
    pub relation: String,
    /// Full years today.
    pub age: Option<i32>,
}

/// Something that happened to what is known of the person.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CardEvent {
    /// Day, `YYYY-MM-DD`.
    pub on: String,
    /// What was done.
    pub label: String,
    /// Who did it.
    pub clerk: String,
}

/// The card of a resident.
///
/// # Errors
/// [`Missing::Resident`].
pub fn get(office: &mut Office, request: ResidentRequest, _: &Progress) -> Result<ResidentCard> {
    let connection = office.connection();
    let person = store::load(connection, store::number_of(connection, &request.uid)?)?;
    let ledgers = ledgers(office, &person)?;
    Ok(ResidentCard {
        uid: request.uid,
        gender: person.gender.clone().unwrap_or_default(),
        age: age(office, person.birth_on.as_deref()),
        place: person.place_title(),
        tags: ledgers.iter().map(|ledger| ledger.title.trim_end_matches("台账").to_owned()).collect(),
        facts: facts(office, &person)?,
        ledgers,
        household: members(office, &person)?,
        timeline: timeline(office, &person)?,
        birth_on: person.birth_on,
        name: person.name,
    })
}

fn age(office: &Office, birth_on: Option<&str>) -> Option<i32> {
    age_on(PartialDate::from_canonical(birth_on?)?, office.clock().today())
}

fn facts(office: &Office, person: &Person) -> Result<Vec<CardFact>> {
    let dictionary = &office.catalog().dictionary;
    let known = card::facts(office.connection(), person)?;
    let mut sources: HashMap<i64, CardSource> = HashMap::new();
    let mut facts = Vec::new();
    for field in dictionary.fields() {
        let Some(fact) = known.iter().find(|fact| fact.field == field.id) else { continue };
        if let std::collections::hash_map::Entry::Vacant(slot) = sources.entry(fact.op) {
            slot.insert(source(office, fact.op)?);
        }
        let sensitive = ledger::api::is_masked(field);
        facts.push(CardFact {
            field: field.id.clone(),
            title: field.title.clone(),
            group: field.group.clone(),
            display: ledger::api::on_screen(field, &fact.value),
            sensitive,
            editable: field.computed.is_none(),
            options: ledger::api::options(office, field),
            source: sources
                .get(&fact.op)
                .map(|source| source.clone().with_origin(office, person.id, &field.id))
                .transpose()?,
        });
    }
    Ok(facts)
}

impl CardSource {
    /// Adds the cell of the sheet, where the value was imported.
    fn with_origin(mut self, office: &Office, subject: i64, field: &str) -> Result<Self> {
        let origin = import::origin_of(office.connection(), self.op, subject, field)?;
        self.add(origin);
        Ok(self)
    }

    fn add(&mut self, origin: Option<import::Origin>) {
        let Some(origin) = origin else { return };
        self.file = Some(origin.file);
        self.sheet = Some(origin.sheet).filter(|sheet| !sheet.is_empty());
        self.cell = origin.cell;
        self.sender = origin.sender;
    }
}

/// Where a value known of a subject came from; none when nothing is known.
///
/// # Errors
/// Reading fails.
pub fn source_of_fact(office: &Office, subject: i64, field: &str) -> Result<Option<CardSource>> {
    let connection = office.connection();
    let op = match store::load(connection, subject) {
        Ok(person) => {
            let mut facts = card::facts(connection, &person)?.into_iter();
            facts.find(|fact| fact.field == field).map(|fact| fact.op)
        }
        Err(Error::NotFound(_)) => {
            let mut facts = fact::of_subject(connection, subject)?.into_iter();
            facts.find(|fact| fact.field == field).map(|fact| fact.op)
        }
        Err(error) => return Err(error),
    };
    op.map(|op| source(office, op)?.with_origin(office, subject, field)).transpose()
}

/// Where a value that a row of a ledger keeps itself came from: by the op that brought it.
///
/// # Errors
/// Reading fails.
pub fn source_of_row(office: &Office, record: i64, op: i64, field: &str) -> Result<CardSource> {
    let mut found = source(office, op)?;
    found.add(import::origin_of_record(office.connection(), op, record, field)?);
    Ok(found)
}

fn source(office: &Office, op: i64) -> Result<CardSource> {
    let op = history::api::get(office, op)?;
    Ok(CardSource {
        op: op.op,
        label: op.label,
        file: op.file,
        sheet: None,
        cell: None,
        sender: None,
        clerk: op.clerk,
        on: op.at.chars().take(10).collect(),
    })
}

fn ledgers(office: &Office, person: &Person) -> Result<Vec<CardLedger>> {
    let rows = ledger::ids_of_subject(office.connection(), person.id)?;
    let known = |id: &str| office.ledger_kind(id).ok().map(|kind| kind.title.clone());
    Ok(rows
        .into_iter()
        .filter_map(|(id, record)| Some(CardLedger { title: known(&id)?, id, record }))
        .collect())
}

fn members(office: &Office, person: &Person) -> Result<Option<Vec<CardMember>>> {
    let Some(number) = person.household else { return Ok(None) };
    let members = household::members(office.connection(), number)?;
    let shown = members.into_iter().map(|member| CardMember {
        uid: member.uid,
        name: member.name,
        relation: member.relation.unwrap_or_default(),
        age: age(office, member.birth_on.as_deref()),
    });
    Ok(Some(shown.collect()))
}

fn timeline(office: &Office, person: &Person) -> Result<Vec<CardEvent>> {
    let ops = card::timeline(office.connection(), person)?;
    let newest = ops.keys().rev().take(EVENTS_AT_MOST);
    newest
        .map(|op| {
            let source = source(office, *op)?;
            Ok(CardEvent { on: source.on, label: source.label, clerk: source.clerk })
        })
        .collect()
}

/// A fact to change.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct ResidentChange {
    /// Unique number.
    pub uid: String,
    /// Field id.
    pub field: String,
    /// What was typed; empty takes the value away.
    pub value: String,
}

/// The fact as it is now.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ResidentChanged {
    /// Number of the op; null when nothing changed.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// As shown, masked when sensitive.
    pub display: String,
}

/// Changes one fact of a resident by hand.
///
/// # Errors
/// [`Refusal::Value`] when it does not fit, [`Refusal::Computed`] when it is computed.
pub fn change(office: &mut Office, request: ResidentChange, _: &Progress) -> Result<ResidentChanged> {
    let field = field(office, &request.field)?.clone();
    if field.computed.is_some() {
        return Err(Refusal::Computed { title: field.title }.into());
    }
    let id = store::number_of(office.connection(), &request.uid)?;
    let value = read(office, &field, &request.value)?;
    let refusal = resident::refuse_value(office.connection(), id, &field.id, &value);
    refusal.map_err(|problem| refused(&field, problem))?;
    let who = store::load(office.connection(), id)?.name;
    let today = office.clock().today();
    let op = Op::ChangeResident { who, title: field.title.clone() };
    let done = office.transact(&op, |tx| {
        let mut writer = ResidentWriter::new(tx)?;
        resident::set_with_consequences(&mut writer, tx.connection(), id, &field.id, &value, today)
    })?;
    Ok(ResidentChanged { op: done.op, display: ledger::api::on_screen(&field, &value) })
}

fn read(office: &Office, field: &FieldDef, typed: &str) -> Result<String> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    let read = reading::read(field, Raw::Text(typed), &office.catalog().codes, office.clock().today());
    match (read.value, read.problem) {
        (Some(value), _) => Ok(value),
        (None, Some(problem)) => Err(refused(field, problem.message)),
        (None, None) => Ok(String::new()),
    }
}

fn refused(field: &FieldDef, problem: String) -> Error {
    Refusal::Value { field: field.id.clone(), title: field.title.clone(), problem }.into()
}

fn field<'o>(office: &'o Office, id: &str) -> Result<&'o FieldDef> {
    office.catalog().dictionary.get(id).ok_or_else(|| Missing::Field(id.to_owned()).into())
}

/// Which value to show whole.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct RevealRequest {
    /// Unique number.
    pub uid: String,
    /// Field id.
    pub field: String,
}

/// A value shown whole.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RevealReply {
    /// The value, empty when nothing is known.
    pub value: String,
}

/// Shows one masked value whole.
///
/// # Errors
/// [`Missing::Resident`], [`Missing::Field`].
pub fn reveal(office: &mut Office, request: RevealRequest, _: &Progress) -> Result<RevealReply> {
    let field = field(office, &request.field)?;
    let connection = office.connection();
    let person = store::load(connection, store::number_of(connection, &request.uid)?)?;
    let facts = card::facts(connection, &person)?;
    let value = facts.into_iter().find(|fact| fact.field == field.id).map(|fact| fact.value);
    Ok(RevealReply { value: value.unwrap_or_default() })
}
