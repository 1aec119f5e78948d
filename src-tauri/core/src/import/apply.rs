//! Carries a plan out inside one op: adds subjects and rows, fills in what was unknown, and takes
//! over differing values only where that was decided. Nothing is ever erased or removed.

use std::collections::BTreeMap;
use std::thread;

use super::batch::Origins;
use super::plan::{self, Outcome, Plan, PlannedRow};
use super::table::{RowAt, RowReading, Table};
use crate::catalog::LedgerKind;
use crate::dictionary::Subject;
use crate::error::{Error, Result};
use crate::fact::FactWriter;
use crate::household::HouseholdBook;
use crate::ledger::{RawRecord, RecordWriter, Source};
use crate::office::Tx;
use crate::place::PlaceBook;
use crate::progress::Progress;
use crate::resident::{self, ResidentWriter};

/// Carries the plan out and tells which row of the sheet each written row came from.
///
/// # Errors
/// Writing fails, or the clerk cancels; the caller rolls back.
pub fn apply(
    tx: &Tx<'_>,
    table: &Table<'_>,
    plan: &Plan,
    kind: &LedgerKind,
    records: &dyn Fn(i64) -> Option<RawRecord>,
    progress: &Progress,
) -> Result<Origins> {
    progress.stage("正在存入", plan.rows.len() as u64)?;
    let mut applier = Applier::new(tx, table, kind, records)?;
    let is_new = |row: &&PlannedRow| is_new(row);
    thread::scope(|scope| {
        // Writing takes longest; what is to be written is read meanwhile.
        let mut readings = table.read_ahead(scope, plan.rows.iter().filter(is_new).map(|row| row.at));
        for (done, row) in plan.rows.iter().enumerate() {
            if done % 512 == 0 {
                progress.at(done as u64)?;
            }
            match row.outcome {
                Outcome::Refused | Outcome::Same => {}
                _ if is_new(&row) => {
                    let reading = readings.next().unwrap_or_else(|| table.read(row.at));
                    applier.add(row.at, &reading)?;
                }
                Outcome::Added | Outcome::Changed | Outcome::Conflict => applier.update(row)?,
            }
        }
        Ok::<(), Error>(())
    })?;
    progress.stage("正在整理", 0)?;
    Ok(applier.origins)
}

/// A subject nobody knew.
fn is_new(row: &PlannedRow) -> bool {
    row.outcome == Outcome::Added && row.subject.is_none() && row.record.is_none()
}

struct Applier<'a, 'tx> {
    tx: &'tx Tx<'tx>,
    table: &'a Table<'a>,
    kind: &'a LedgerKind,
    records: &'a dyn Fn(i64) -> Option<RawRecord>,
    sources: Vec<Source>,
    residents: ResidentWriter<'tx>,
    facts: FactWriter<'tx>,
    places: PlaceBook,
    households: HouseholdBook,
    rows: RecordWriter<'tx>,
    origins: Origins,
}

impl<'a, 'tx> Applier<'a, 'tx> {
    fn new(
        tx: &'tx Tx<'tx>,
        table: &'a Table<'a>,
        kind: &'a LedgerKind,
        records: &'a dyn Fn(i64) -> Option<RawRecord>,
    ) -> Result<Self> {
        let source = |field: &str| match kind.column(field) {
            Some(column) => Source::of(kind, column),
            None => plan::loose_source(kind, field),
        };
        Ok(Self {
            tx,
            table,
            kind,
            records,
            sources: table.bindings.iter().map(|binding| source(&binding.field.id)).collect(),
            residents: ResidentWriter::new(tx)?,
            facts: FactWriter::new(tx)?,
            places: PlaceBook::default(),
            households: HouseholdBook::default(),
            rows: RecordWriter::new(tx)?,
            origins: Origins::default(),
        })
    }

    /// A subject nobody knew, with its row.
    fn add(&mut self, at: RowAt, reading: &RowReading) -> Result<()> {
        let subject = match self.kind.subject {
            Subject::Resident => Some(self.add_resident(reading)?),
            Subject::Place => Some(self.add_place(reading)?),
            Subject::Household => Some(self.add_household(reading)?),
            Subject::Organisation | Subject::Event | Subject::Row => None,
        };
        let body = self.own_values(reading);
        self.add_row(at, subject, &body)
    }

    fn add_row(&mut self, at: RowAt, subject: Option<i64>, body: &BTreeMap<String, String>) -> Result<()> {
        self.origins.added.push(at);
        self.rows.add(&self.kind.id, subject, body).map(|_| ())
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
        for cell in row.cells.iter().filter(|cell| cell.taken) {
            let field = &self.table.bindings[cell.binding].field.id;
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
        let Some(record) = known else { return self.add_row(row.at, row.subject, &body) };
        self.origins.known.push((record.id, row.at));
        if record.body == body { Ok(()) } else { self.rows.set(record.id, &body).map(|_| ()) }
    }
}
