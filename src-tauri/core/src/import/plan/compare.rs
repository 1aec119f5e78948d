//! What a row would change of a subject that is known already, cell by cell.

use super::{Outcome, PlannedCell, PlannedRow, Planner, bare_row};
use crate::dictionary::{FieldDef, FieldKind};
use crate::import::table::{RowAt, RowReading};
use crate::ledger::Source;
use crate::resident::Home;
use crate::value::address::{self, bare};
use crate::value::id_number::long_form;

impl Planner<'_> {
    /// Compares a row with what is known of its subject.
    pub(super) fn compare(
        &self,
        at: RowAt,
        reading: &RowReading,
        subject: Option<i64>,
        record: Option<i64>,
        reason: Option<String>,
    ) -> PlannedRow {
        let mut cells = Vec::new();
        for (binding, value) in reading.values.iter().enumerate() {
            let Some(after) = value else { continue };
            let before = self.known(binding, subject, record);
            let is_new = before.as_deref() != Some(after.as_str());
            // An age follows from the birth; a household is known by its number and by nothing else.
            let is_key = self.sources[binding] == Source::Subject(Home::HouseholdNumber);
            if self.sources[binding] == Source::Resident(Home::Age) || is_key || !is_new {
                continue;
            }
            let field = self.table.bindings[binding].field;
            let relation = before.as_deref().map_or(Relation::Other, |before| relation(field, before, after));
            if relation == Relation::Same {
                continue;
            }
            let is_finer = relation == Relation::Finer;
            let taken = match &before {
                None => true,
                Some(_) if is_finer => self.decisions.said(at, field).unwrap_or(true),
                Some(_) => self.decisions.takes(at, field),
            };
            cells.push(PlannedCell { binding, before, after: after.clone(), taken, is_finer });
        }
        let outcome = if cells.iter().any(|cell| cell.before.is_some() && !cell.is_finer) {
            Outcome::Conflict
        } else if record.is_none() {
            Outcome::Added
        } else if cells.is_empty() {
            Outcome::Same
        } else {
            Outcome::Changed
        };
        PlannedRow { outcome, subject, record, cells, reason, ..bare_row(at, outcome) }
    }

    /// What is known under a binding.
    fn known(&self, binding: usize, subject: Option<i64>, record: Option<i64>) -> Option<String> {
        let field = &self.table.bindings[binding].field.id;
        let own = || self.records.get(&record?)?.body.get(field).cloned();
        match self.sources[binding] {
            Source::Own => own(),
            Source::Resident(Home::Fact) | Source::Subject(Home::Fact) => {
                self.before.facts.get(&subject?).and_then(|facts| facts.get(field)).cloned()
            }
            Source::Resident(home) => {
                let person = self.before.register.person(subject?)?;
                person.value(home).map(str::to_owned)
            }
            Source::Subject(home) => {
                let door = self.doors.get(&subject?)?;
                let part = match home {
                    Home::Building => &door.building,
                    Home::Unit => &door.unit,
                    _ => &door.room,
                };
                (!part.is_empty()).then(|| part.clone())
            }
        }
    }
}

/// How a different text of the sheet stands to what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// It says the same, perhaps less exactly.
    Same,
    /// It says the same more exactly.
    Finer,
    /// It says something else.
    Other,
}

fn relation(field: &FieldDef, before: &str, after: &str) -> Relation {
    let is_same = match field.kind {
        FieldKind::Date | FieldKind::Month | FieldKind::Year => return by_exactness(before, after),
        FieldKind::IdNumber if long_form(before) == long_form(after) => {
            // The number of eighteen characters took the place of that of fifteen.
            return if after.len() > before.len() { Relation::Finer } else { Relation::Same };
        }
        FieldKind::Building | FieldKind::Unit | FieldKind::Room => bare(before) == bare(after),
        FieldKind::Address => is_same_door(before, after),
        _ => false,
    };
    if is_same { Relation::Same } else { Relation::Other }
}

/// Dates that agree as far as both go: `1940-05-03` is `1940-05` known more exactly.
fn by_exactness(before: &str, after: &str) -> Relation {
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    if begins(before, after) {
        Relation::Same
    } else if begins(after, before) {
        Relation::Finer
    } else {
        Relation::Other
    }
}

/// Whether two addresses name the same door, one of them shorter: `梅园新村3号楼2单元502室` and `3-502`.
fn is_same_door(before: &str, after: &str) -> bool {
    let (before, after) = (address::parse(before), address::parse(after));
    let agrees =
        |one: &Option<String>, other: &Option<String>| one.is_none() || other.is_none() || one == other;
    before.room.is_some()
        && before.building.is_some()
        && before.room == after.room
        && before.building == after.building
        && agrees(&before.unit, &after.unit)
        && agrees(&before.estate, &after.estate)
}
