//! Carries a plan out inside one op: adds subjects and rows, fills in what was unknown, and takes
//! over differing values only where the clerk said so. Nothing is ever erased or removed.

use std::collections::{BTreeMap, HashSet};

use super::plan::{self, Outcome, Plan, PlannedRow};
use super::table::{RowReading, Table};
use crate::catalog::LedgerKind;
use crate::dictionary::Subject;
use crate::error::Result;
use crate::fact::FactWriter;
use crate::household::HouseholdBook;
use crate::ledger::{RawRecord, RecordWriter, Source};
use crate::office::Tx;
use crate::place::PlaceBook;
use crate::progress::Progress;
use crate::resident::{self, ResidentWriter};

/// What to do with values that differ from what is known.
#[derive(Debug, Clone, Default)]
pub struct Taking {
    /// Take all of them.
    pub all: bool,
    /// Take these, by row (from 1) and field.
    pub cells: HashSet<(u32, String)>,
}

/// Carries the plan out.
///
/// # Errors
/// Writing fails, or the clerk cancels; the caller rolls back.
pub fn apply(
    tx: &Tx<'_>,
    table: &Table<'_>,
    plan: &Plan,
    kind: &LedgerKind,
    records: &dyn Fn(i64) -> Option<RawRecord>,
    taking: &Taking,
    progress: &Progress,
) -> Result<()> {
    progress.stage("正在存入", plan.rows.len() as u64)?;
    let mut applier = Applier {
        tx,
        table,
        kind,
        records,
        taking,
        sources: table
            .bindings
            .iter()
            .map(|binding| match kind.column(&binding.field.id) {
                Some(column) => Source::of(kind, column),
                None => plan::loose_source(kind, &binding.field.id),
            })
            .collect(),
        residents: ResidentWriter::new(tx)?,
        facts: FactWriter::new(tx)?,
        places: PlaceBook::default(),
        households: HouseholdBook::default(),
        rows: RecordWriter::new(tx)?,
    };
    for (done, row) in plan.rows.iter().enumerate() {
        if done % 512 == 0 {
            progress.at(done as u64)?;
        }
        applier.apply(row)?;
    }
    progress.stage("正在整理", 0)
}

struct Applier<'a, 'tx> {
    tx: &'tx Tx<'tx>,
    table: &'a Table<'a>,
    kind: &'a LedgerKind,
    records: &'a dyn Fn(i64) -> Option<RawRecord>,
    taking: &'a Taking,
    sources: Vec<Source>,
    residents: ResidentWriter<'tx>,
    facts: FactWriter<'tx>,
    places: PlaceBook,
    households: HouseholdBook,
    rows: RecordWriter<'tx>,
}

impl Applier<'_, '_> {
    fn apply(&mut self, row: &PlannedRow) -> Result<()> {
        match row.outcome {
            Outcome::Refused | Outcome::Same => Ok(()),
            Outcome::Added if row.subject.is_none() && row.record.is_none() => self.add(row.row),
            Outcome::Added | Outcome::Changed | Outcome::Conflict => self.update(row),
        }
    }

    /// A subject nobody knew, with its row.
    fn add(&mut self, row: u32) -> Result<()> {
        let reading = self.table.read(row);
        let subject = match self.kind.subject {
            Subject::Resident => Some(self.add_resident(&reading)?),
            Subject::Place => Some(self.add_place(&reading)?),
            Subject::Household => Some(self.add_household(&reading)?),
            Subject::Organisation | Subject::Event | Subject::Row => None,
        };
        let body = self.own_values(&reading);
        self.rows.add(&self.kind.id, subject, &body)?;
        Ok(())
    }

    fn add_resident(&mut self, reading: &RowReading) -> Result<i64> {
        let mut said: Vec<(&str, String)> = Vec::with_capacity(reading.values.len() + 4);
        for (position, value) in reading.values.iter().enumerate() {
            if let (Some(value), Source::Resident(_)) = (value, self.sources[position]) {
                said.push((self.table.bindings[position].field.id.as_str(), value.clone()));
            }
        }
        let mut follows = Vec::new();
        for (field, value) in &said {
            follows.extend(resident::consequences(field, value, self.table.today));
        }
        for (field, value) in follows {
            if !said.iter().any(|(known, _)| *known == field) {
                said.push((field, value));
            }
        }
        self.residents.add(said.iter().map(|(field, value)| (*field, value.as_str())))
    }

    fn add_place(&mut self, reading: &RowReading) -> Result<i64> {
        let door = plan::door_said(self.table, reading);
        let subject = self.places.find_or_add(self.tx, &door)?;
        self.add_facts(subject, reading)?;
        Ok(subject)
    }

    fn add_household(&mut self, reading: &RowReading) -> Result<i64> {
        let number = self.table.value(reading, "household.number").unwrap_or_default();
        let subject = self.households.find_or_add(self.tx, number, None)?;
        self.add_facts(subject, reading)?;
        Ok(subject)
    }

    fn add_facts(&mut self, subject: i64, reading: &RowReading) -> Result<()> {
        for (position, value) in reading.values.iter().enumerate() {
            if let (Some(value), Source::Subject(resident::Home::Fact)) = (value, self.sources[position]) {
                self.facts.set(subject, &self.table.bindings[position].field.id, value)?;
            }
        }
        Ok(())
    }

    fn own_values(&self, reading: &RowReading) -> BTreeMap<String, String> {
        let values = reading.values.iter().enumerate();
        values
            .filter(|(position, _)| self.sources[*position] == Source::Own)
            .filter_map(|(position, value)| {
                Some((self.table.bindings[position].field.id.clone(), value.clone()?))
            })
            .collect()
    }

    /// Somebody known: fills in, takes over what the clerk chose, and makes a member.
    fn update(&mut self, row: &PlannedRow) -> Result<()> {
        let known = row.record.and_then(|record| (self.records)(record));
        let mut body = known.as_ref().map(|record| record.body.clone()).unwrap_or_default();
        for cell in &row.cells {
            let field = &self.table.bindings[cell.binding].field.id;
            let is_taken = self.taking.all || self.taking.cells.contains(&(row.row, field.clone()));
            if cell.before.is_some() && !is_taken {
                continue;
            }
            match (self.sources[cell.binding], row.subject) {
                (Source::Own, _) | (_, None) => {
                    body.insert(field.clone(), cell.after.clone());
                }
                (Source::Resident(_), Some(subject)) => {
                    resident::set_with_consequences(
                        &mut self.residents,
                        self.tx.connection(),
                        subject,
                        field,
                        &cell.after,
                        self.table.today,
                    )?;
                }
                (Source::Subject(_), Some(subject)) => {
                    self.facts.set(subject, field, &cell.after)?;
                }
            }
        }
        match known {
            Some(record) if record.body != body => self.rows.set(record.id, &body).map(|_| ()),
            Some(_) => Ok(()),
            None => self.rows.add(&self.kind.id, row.subject, &body).map(|_| ()),
        }
    }
}
