//! What is wrong with whole rows of a list: nobody's name, or somebody who is there already.
//!
//! Used when a file is opened; a plan, which knows the register too, tells doubles by whom a row
//! means and shares only [`identity`].

use std::collections::HashSet;

use super::plan::door_said;
use super::shape::Problem;
use super::table::{RowAt, RowReading, Table};
use crate::value::id_number;

/// Values a row needs so that an equal one is no accident.
const ENOUGH: usize = 3;
/// The fields that say whom or what a row is about, the first one a table has.
const NAMES: [(&str, &str); 4] = [
    ("person.name", "这一行没有姓名"),
    ("organisation.name", "这一行没有单位名称"),
    ("household.head_name", "这一行没有户主姓名"),
    ("event.target_name", "这一行没有姓名"),
];

/// Looks at the rows of a table one after the other.
pub(super) struct Doubles {
    is_of_people: bool,
    seen: HashSet<String>,
    rows: usize,
    found: Vec<Problem>,
}

impl Doubles {
    pub(super) fn new(table: &Table<'_>) -> Self {
        let has = |field: &str| table.position(field).is_some();
        Self {
            is_of_people: has("person.name") || has("person.id_number"),
            seen: HashSet::new(),
            rows: 0,
            found: Vec::new(),
        }
    }

    /// Takes a row; answers what it lacks.
    pub(super) fn take(&mut self, table: &Table<'_>, at: RowAt, reading: &RowReading) -> Option<Problem> {
        self.rows += 1;
        let key = if self.is_of_people { identity(table, reading) } else { whole(reading) };
        if !key.is_empty() && !self.seen.insert(key) {
            self.found.push(table.problem(at, None, "duplicate_row", "与前面的一行重复".to_owned()));
        }
        nameless(table, at, reading)
    }

    /// The rows that repeat others. Where many do, the list has several rows for one person on
    /// purpose (visits, payments), and none is told.
    pub(super) fn finish(self) -> Vec<Problem> {
        if self.found.len() * 5 > self.rows { Vec::new() } else { self.found }
    }
}

/// A row that says everything but whom or what it is about.
fn nameless(table: &Table<'_>, at: RowAt, reading: &RowReading) -> Option<Problem> {
    let (position, message) =
        NAMES.iter().find_map(|(field, message)| Some((table.position(field)?, *message)))?;
    let says_more = reading.values.iter().flatten().count() >= 2;
    let is_said =
        reading.problems.iter().any(|problem| matches!(problem.code, "name_missing" | "name_masked"));
    let is_nameless = reading.values[position].is_none() && says_more && !is_said;
    is_nameless
        .then(|| table.problem(at, Some(&table.bindings[position]), "name_missing", message.to_owned()))
}

/// What tells a person from the others of the list; empty when nothing does.
pub(super) fn identity(table: &Table<'_>, reading: &RowReading) -> String {
    let say = |field: &str| table.value(reading, field).unwrap_or_default();
    let number = say("person.id_number");
    if !number.is_empty() {
        return id_number::long_form(number).into_owned();
    }
    let covered = ["person.id_number", "person.phone"].map(|field| table.masked(reading, field)).concat();
    let door = door_said(table, reading).title();
    let rest = [say("person.birth_on"), &door, say("person.phone"), &covered].concat();
    if rest.is_empty() { String::new() } else { format!("{}|{rest}", say("person.name")) }
}

fn whole(reading: &RowReading) -> String {
    let values: Vec<&str> = reading.values.iter().map(|value| value.as_deref().unwrap_or_default()).collect();
    let said = values.iter().filter(|value| !value.is_empty()).count();
    if said < ENOUGH { String::new() } else { values.join("|") }
}
