//! What is known of the people a form is about: every value with the op and the day it came from.
//!
//! Values are read where they are kept; nothing is copied. What surely follows is added: the age on
//! the day of the form, the head of the household, a door in place of an address.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::store;
use super::whom::{FillWhom, Order};
use crate::error::Result;
use crate::ledger::{self, Filter};
use crate::office::Office;
use crate::place::Door;
use crate::resident::{self, Person, card};
use crate::value::date::{self, PartialDate};

/// A value with where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Canonical value.
    pub value: String,
    /// Op that put it there.
    pub op: i64,
    /// Day it was observed, `YYYY-MM-DD`.
    pub on: String,
    /// Field or row it is kept under, when that is another than the one asked for.
    pub kept: Option<Kept>,
}

/// Where a value is kept that is not a fact of the person itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Another field of the person, from which it follows.
    Field(&'static str),
    /// A row of a ledger, by number.
    Row(i64),
}

/// Somebody, or a row of a ledger, with what is known.
#[derive(Debug, Clone, Default)]
pub struct Who {
    /// Resident, by number in the store.
    pub subject: Option<i64>,
    /// Row of a ledger that is not about residents.
    pub record: Option<i64>,
    /// Name.
    pub name: String,
    /// Door lived at.
    pub door: Door,
    /// Full years on the day of the form.
    pub age: Option<i32>,
    /// Values by field; values of other ledgers under `ledger/field`.
    pub values: HashMap<String, Known>,
}

/// The people a form is to be filled with, in order.
///
/// # Errors
/// The condition is not understood, or reading fails.
pub fn people(office: &Office, whom: &FillWhom, as_of: NaiveDate) -> Result<Vec<Who>> {
    if let Some(ledger) = &whom.ledger {
        return rows(office, ledger, whom, as_of);
    }
    let connection = office.connection();
    let ids = match &whom.people {
        Some(uids) => uids.iter().map(|uid| resident::number_of(connection, uid)).collect::<Result<_>>()?,
        None => matching(office, &whom.condition, as_of)?,
    };
    let own = listed_in(&whom.condition);
    let mut people: Vec<Person> = resident::load_many(connection, &ids)?;
    if whom.people.is_some() {
        people.sort_by_key(|person| ids.iter().position(|id| *id == person.id));
    } else {
        sort(&mut people, whom.order.unwrap_or_default());
    }
    let mut days = Days::default();
    people.iter().map(|person| of_person(office, person, own, as_of, &mut days)).collect()
}

/// The residents that fit a condition on a day.
///
/// # Errors
/// The condition is not understood, or reading fails.
pub fn matching(office: &Office, condition: &str, as_of: NaiveDate) -> Result<Vec<i64>> {
    let (sql, values) = condition_sql(office, condition, as_of)?;
    store::residents(office.connection(), &sql, &values)
}

/// How many people or households fit a condition on a day. People of no household are one each.
///
/// # Errors
/// The condition is not understood, or reading fails.
pub fn count(office: &Office, condition: &str, households: bool, as_of: NaiveDate) -> Result<i64> {
    if !households {
        return Ok(i64::try_from(matching(office, condition, as_of)?.len()).unwrap_or(i64::MAX));
    }
    let (sql, values) = condition_sql(office, condition, as_of)?;
    let (known, without) = store::households(office.connection(), &sql, &values)?;
    Ok(known + without)
}

fn condition_sql(
    office: &Office,
    condition: &str,
    as_of: NaiveDate,
) -> Result<(String, Vec<rusqlite::types::Value>)> {
    if condition.trim().is_empty() {
        return Ok(("1".to_owned(), Vec::new()));
    }
    Ok(Filter::parse(condition, &office.catalog().dictionary)?.sql(as_of))
}

/// The first ledger a condition names: its own columns may be meant.
#[must_use]
pub fn listed_in(condition: &str) -> Option<&str> {
    let (_, rest) = condition.split_once("ledger:")?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    Some(&rest[..end]).filter(|id| !id.is_empty())
}

fn sort(people: &mut [Person], order: Order) {
    let number = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u64>().unwrap_or(u64::MAX)
    };
    match order {
        Order::Door => people.sort_by_cached_key(|person| {
            let door = &person.door;
            let parts = [&door.building, &door.unit, &door.room];
            let is_unknown = door.building.is_empty() && door.room.is_empty();
            (is_unknown, parts.map(|part| (number(part), part.clone())), person.id)
        }),
        Order::Age => people
            .sort_by_cached_key(|person| (person.birth_on.is_none(), person.birth_on.clone(), person.id)),
        Order::Name => people.sort_by_cached_key(|person| {
            (crate::value::pinyin::keys(&person.name).full.into_iter().next(), person.name.clone(), person.id)
        }),
        Order::Listed => people.sort_by_key(|person| person.id),
    }
}

/// Days of ops, each asked once.
#[derive(Default)]
pub struct Days(HashMap<i64, String>);

impl Days {
    fn of(&mut self, office: &Office, op: i64) -> Result<String> {
        if let Some(day) = self.0.get(&op) {
            return Ok(day.clone());
        }
        let day = store::day_of(office.connection(), op)?;
        self.0.insert(op, day.clone());
        Ok(day)
    }
}

/// What is known of one resident; `own` is the ledger whose own columns are meant by `row.…`.
///
/// # Errors
/// Reading fails.
pub fn of_person(
    office: &Office,
    person: &Person,
    own: Option<&str>,
    as_of: NaiveDate,
    days: &mut Days,
) -> Result<Who> {
    let connection = office.connection();
    let mut values: HashMap<String, Known> = HashMap::new();
    for (field, value, on, op) in store::facts_around(connection, person.id)? {
        values.insert(field, Known { value, op, on, kept: None });
    }
    for fact in card::facts(connection, person)? {
        let on = days.of(office, fact.op)?;
        values.insert(fact.field, Known { value: fact.value, op: fact.op, on, kept: None });
    }
    for (ledger, record, body, op) in store::rows_of(connection, person.id)? {
        let on = days.of(office, op)?;
        for (field, value) in body.into_iter().filter(|(_, value)| !value.is_empty()) {
            let known = Known { value, op, on: on.clone(), kept: Some(Kept::Row(record)) };
            if own == Some(ledger.as_str()) {
                values.entry(field.clone()).or_insert_with(|| known.clone());
            }
            values.insert(format!("{ledger}/{field}"), known);
        }
    }
    follow(office, person, &mut values, as_of)?;
    let age = values.get("person.age").and_then(|age| age.value.parse().ok());
    Ok(Who {
        subject: Some(person.id),
        record: None,
        name: person.name.clone(),
        door: person.door.clone(),
        age,
        values,
    })
}

/// What surely follows from what is known.
fn follow(
    office: &Office,
    person: &Person,
    values: &mut HashMap<String, Known>,
    as_of: NaiveDate,
) -> Result<()> {
    let birth = values.get("person.birth_on").cloned();
    let age =
        birth.as_ref().and_then(|birth| date::age_on(PartialDate::from_canonical(&birth.value)?, as_of));
    if let (Some(age), Some(birth)) = (age, birth) {
        let kept = Some(Kept::Field("person.birth_on"));
        values.insert("person.age".to_owned(), Known { value: age.to_string(), kept, ..birth });
    }
    if !values.contains_key("household.head_name")
        && let Some(household) = person.household
        && let Some((name, op)) = store::head_of(office.connection(), household)?
    {
        let on = store::day_of(office.connection(), op)?;
        let kept = Some(Kept::Field("household.relation_to_head"));
        values.insert("household.head_name".to_owned(), Known { value: name, op, on, kept });
    }
    if person.door.is_certain()
        && !values.contains_key("person.living_address")
        && let Some(room) = values.get("place.room").cloned()
    {
        let kept = Some(Kept::Field("place.room"));
        values.insert("person.living_address".to_owned(), Known { value: person.door.title(), kept, ..room });
    }
    Ok(())
}

/// The rows of a ledger that is about something else than residents.
fn rows(office: &Office, ledger: &str, whom: &FillWhom, as_of: NaiveDate) -> Result<Vec<Who>> {
    let kind = office.ledger_kind(ledger)?;
    let condition = Some(whom.condition.as_str()).filter(|condition| !condition.trim().is_empty());
    let found =
        ledger::rows_for_report(office.connection(), office.catalog(), kind, (condition, &[]), as_of)?;
    let mut days = Days::default();
    found
        .into_iter()
        .map(|row| {
            let on = days.of(office, row.op)?;
            let values: HashMap<String, Known> = kind
                .columns
                .iter()
                .zip(row.values)
                .filter_map(|(column, value)| {
                    let kept = Some(Kept::Row(row.record));
                    Some((column.id().to_owned(), Known { value: value?, op: row.op, on: on.clone(), kept }))
                })
                .collect();
            let name = kind.key_columns().find_map(|column| values.get(column.id()));
            let name = name.map(|known| known.value.clone()).unwrap_or_default();
            let part = |field: &str| values.get(field).map(|known| known.value.clone()).unwrap_or_default();
            let door =
                Door { building: part("place.building"), unit: part("place.unit"), room: part("place.room") };
            Ok(Who { subject: None, record: Some(row.record), name, door, age: None, values })
        })
        .collect()
}
