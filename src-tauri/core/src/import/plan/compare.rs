//! What a row would change of a subject that is known already, cell by cell.

use super::{Outcome, PlannedCell, PlannedRow, Planner, bare_row};
use crate::import::table::{RowAt, RowReading};
use crate::ledger::Source;
use crate::resident::Home;

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
            if is_finer(before.as_deref(), after) || is_same_door(&field.id, before.as_deref(), after) {
                continue;
            }
            let taken = before.is_none() || self.decisions.takes(at, field);
            cells.push(PlannedCell { binding, before, after: after.clone(), taken });
        }
        let outcome = if cells.iter().any(|cell| cell.before.is_some()) {
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

/// Whether what is known is the same date known more exactly: `1940-05-03` where the sheet has `1940-05`.
fn is_finer(before: Option<&str>, after: &str) -> bool {
    let is_date = |text: &str| text.len() >= 4 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    before.is_some_and(|before| is_date(before) && is_date(after) && before.starts_with(&format!("{after}-")))
}

/// Whether two addresses name the same door, one of them shorter: `梅园新村3号楼2单元502室` and `3-502`.
fn is_same_door(field: &str, before: Option<&str>, after: &str) -> bool {
    let (Some(before), true) = (before, field.ends_with("_address") || field == "place.address") else {
        return false;
    };
    let (before, after) = (crate::value::address::parse(before), crate::value::address::parse(after));
    let agrees =
        |one: &Option<String>, other: &Option<String>| one.is_none() || other.is_none() || one == other;
    before.room.is_some()
        && before.building.is_some()
        && before.room == after.room
        && before.building == after.building
        && agrees(&before.unit, &after.unit)
        && agrees(&before.estate, &after.estate)
}
