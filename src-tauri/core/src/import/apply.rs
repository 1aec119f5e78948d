//! Carries a plan out inside one op: adds subjects and rows, fills in what was unknown, and takes
//! over differing values only where that was decided. Nothing is ever erased or removed.

use std::collections::BTreeMap;
use std::thread;

use chrono::NaiveDate;

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
use crate::place::{Door, PlaceBook};
use crate::progress::Progress;
use crate::resident::{self, Home, ResidentWriter};

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
        let sources = applier.sources.clone();
        let make = move |reading: RowReading| Entry::of(table, kind, &sources, reading);
        let mut entries = table.read_ahead(scope, plan.rows.iter().filter(is_new).map(|row| row.at), make);
        for (done, row) in plan.rows.iter().enumerate() {
            if done % 512 == 0 {
                progress.at(done as u64)?;
            }
            match row.outcome {
                Outcome::Refused | Outcome::Same => {}
                _ if is_new(&row) => match entries.next() {
                    Some(entry) => applier.add(row.at, &entry)?,
                    None => return Err(Error::Bug("reading rows ahead".to_owned())),
                },
                Outcome::Added | Outcome::Changed | Outcome::Conflict => applier.update(row)?,
            }
        }
        Ok::<(), Error>(())
    })?;
    progress.stage("正在整理", 0)?;
    Ok(applier.origins)
}

/// What is to be written of somebody new.
struct Entry<'a> {
    /// What is kept with the subject, by field.
    said: Vec<(&'a str, String)>,
    /// What the row of the ledger keeps itself.
    own: BTreeMap<String, String>,
    /// The door, of a place.
    door: Door,
    /// The household number, of a household.
    household_number: String,
}

impl<'a> Entry<'a> {
    fn of(table: &'a Table<'_>, kind: &LedgerKind, sources: &[Source], reading: RowReading) -> Self {
        let door = match kind.subject {
            Subject::Place | Subject::Resident => plan::door_said(table, &reading),
            _ => Door::default(),
        };
        let household_number = match kind.subject {
            Subject::Household => table.value(&reading, "household.number").unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        let (mut said, mut own) = (Vec::with_capacity(reading.values.len() + 4), BTreeMap::new());
        for (position, value) in reading.values.into_iter().enumerate() {
            let Some(value) = value else { continue };
            let field = table.bindings[position].field.id.as_str();
            match sources[position] {
                Source::Own => drop(own.insert(field.to_owned(), value)),
                Source::Resident(_) | Source::Subject(Home::Fact) => said.push((field, value)),
                Source::Subject(_) => {}
            }
        }
        if kind.subject == Subject::Resident {
            add_door(&mut said, &door);
            add_consequences(&mut said, table.today);
        }
        Self { said, own, door, household_number }
    }
}

/// The parts of the door that no column says: 101室 in a sheet of one building.
fn add_door(said: &mut Vec<(&str, String)>, door: &Door) {
    if !door.is_certain() {
        return;
    }
    let parts = [("place.building", &door.building), ("place.unit", &door.unit), ("place.room", &door.room)];
    for (field, part) in parts {
        if !part.is_empty() && !said.iter().any(|(known, _)| *known == field) {
            said.push((field, part.clone()));
        }
    }
}

/// What surely follows from the values, where it is not said.
fn add_consequences(said: &mut Vec<(&str, String)>, today: NaiveDate) {
    // What an address says of the door is told with the other columns by [`plan::door_said`].
    let numbers = said.iter().filter(|(field, _)| *field == "person.id_number");
    let follows: Vec<(&'static str, String)> =
        numbers.flat_map(|(field, value)| resident::consequences(field, value, today)).collect();
    for (field, value) in follows {
        if !said.iter().any(|(known, _)| *known == field) {
            said.push((field, value));
        }
    }
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
    fn add(&mut self, at: RowAt, entry: &Entry<'_>) -> Result<()> {
        let said = || entry.said.iter().map(|(field, value)| (*field, value.as_str()));
        let subject = match self.kind.subject {
            Subject::Resident => Some(self.residents.add(said())?),
            Subject::Place => Some(self.places.find_or_add(self.tx, &entry.door)?),
            Subject::Household => {
                Some(self.households.find_or_add(self.tx, &entry.household_number, None)?)
            }
            Subject::Organisation | Subject::Event | Subject::Row => None,
        };
        if let (Some(subject), Subject::Place | Subject::Household) = (subject, self.kind.subject) {
            for (field, value) in said() {
                self.facts.set(subject, field, value)?;
            }
        }
        self.add_row(at, subject, &entry.own)
    }

    fn add_row(&mut self, at: RowAt, subject: Option<i64>, body: &BTreeMap<String, String>) -> Result<()> {
        let record = self.rows.add(&self.kind.id, subject, body)?;
        self.origins.added.push((record, at));
        Ok(())
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
        if let (Subject::Resident, Some(subject), true) =
            (self.kind.subject, row.subject, self.splits_doors())
        {
            self.fill_door(row.at, subject)?;
        }
        let Some(record) = known else { return self.add_row(row.at, row.subject, &body) };
        self.origins.known.push((record.id, row.at));
        if record.body == body { Ok(()) } else { self.rows.set(record.id, &body).map(|_| ()) }
    }

    /// Whether building and room of the door may stand in different columns, the room in an address.
    fn splits_doors(&self) -> bool {
        let has = |field: &str| self.table.position(field).is_some();
        has("place.building") && has("person.living_address") && !has("place.room")
    }

    /// The room and unit of somebody known in that building, where they are not known yet.
    fn fill_door(&mut self, at: RowAt, subject: i64) -> Result<()> {
        let said = plan::door_said(self.table, &self.table.read(at));
        let known = resident::load(self.tx.connection(), subject)?.door;
        if said.room.is_empty() || !known.room.is_empty() || known.building != said.building {
            return Ok(());
        }
        self.residents.set(subject, "place.room", &said.room)?;
        if known.unit.is_empty() && !said.unit.is_empty() {
            self.residents.set(subject, "place.unit", &said.unit)?;
        }
        Ok(())
    }
}
