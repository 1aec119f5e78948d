//! The card of one resident: every fact with its source and date, ledgers, household, what happened.
//!
//! Where a value came from is told by the journal: the op that put it there, and for an import the
//! file of that op. Nothing about sources is stored a second time.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value;

use super::store::{self, Person, Replaced};
use super::{Home, home_of};
use crate::error::Result;
use crate::fact;

/// A value with the op that put it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced {
    /// Dictionary field id.
    pub field: String,
    /// Canonical value.
    pub value: String,
    /// Op that put it there.
    pub op: i64,
}

/// Fields kept with the person itself, in the order of the card.
const KEPT: [&str; 13] = [
    "person.name",
    "person.id_number",
    "person.gender",
    "person.birth_on",
    "person.phone",
    "person.living_address",
    "person.registered_address",
    "person.residency",
    "household.number",
    "household.relation_to_head",
    "place.building",
    "place.unit",
    "place.room",
];

/// Everything known of a resident, each value with its op.
///
/// # Errors
/// Reading fails.
pub fn facts(connection: &Connection, person: &Person) -> Result<Vec<Sourced>> {
    let history = store::history(connection, person.id)?;
    let mut facts = Vec::new();
    let images = images(&history);
    let now = store::image(connection, person.id)?;
    for field in KEPT {
        let home = home_of(field);
        if let Some(value) = person.value(home) {
            let op = origin(home, &now, &images);
            facts.push(Sourced { field: field.to_owned(), value: value.to_owned(), op });
        }
    }
    for known in fact::of_subject(connection, person.id)? {
        facts.push(Sourced { field: known.field, value: known.value, op: known.op });
    }
    Ok(facts)
}

/// Earlier states of the row itself, newest first.
fn images(history: &[Replaced]) -> Vec<Value> {
    history
        .iter()
        .filter(|replaced| replaced.table == "resident")
        .filter_map(|replaced| serde_json::from_str(replaced.before.as_deref()?).ok())
        .collect()
}

/// The op that gave a column of the row its present value: the oldest of the unbroken run of
/// states that have it.
fn origin(home: Home, now: &Value, images: &[Value]) -> i64 {
    let column = match home {
        Home::Column(column) => column,
        Home::HouseholdNumber => "household",
        Home::Building | Home::Unit | Home::Room => "place",
        Home::Age | Home::Fact => "name",
    };
    let run = std::iter::once(now).chain(images).take_while(|state| state[column] == now[column]);
    run.last().and_then(|state| state["op"].as_i64()).unwrap_or_default()
}

/// Ops that touched a resident, newest first, with the number of values each touched.
///
/// # Errors
/// Reading fails.
pub fn timeline(connection: &Connection, person: &Person) -> Result<BTreeMap<i64, usize>> {
    let mut ops: BTreeMap<i64, usize> = BTreeMap::new();
    for replaced in store::history(connection, person.id)? {
        *ops.entry(replaced.op).or_default() += 1;
    }
    for op in store::ops_of(connection, person.id)? {
        *ops.entry(op).or_default() += 1;
    }
    Ok(ops)
}
