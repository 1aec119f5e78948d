//! What an import would do, as a pure value: every data row is new, changed, the same, in conflict
//! or refused, each with its reason. Acting on it is [`super::apply`].
//!
//! A blank cell never erases. A value where nothing was known fills in; a different value is a
//! conflict for the clerk, never a silent overwrite. Rows of people already in the register but
//! new to the ledger count as new.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::shape::Problem;
use super::table::{RowReading, Table};
use crate::catalog::LedgerKind;
use crate::dictionary::Subject;
use crate::error::{Refusal, Result};
use crate::ledger::{RawRecord, Source};
use crate::place::Door;
use crate::progress::Progress;
use crate::resident::matching::{Clues, Key, Match, Register};
use crate::resident::{self, Home};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// New to the ledger.
    Added,
    /// In the ledger; something was unknown and is filled in.
    Changed,
    /// Nothing new.
    Same,
    /// Something differs from what is known.
    Conflict,
    /// Not imported.
    Refused,
}

/// Rows by outcome, and members of the ledger that the sheet does not name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Counts {
    /// New to the ledger.
    pub added: u32,
    /// Filled in.
    pub changed: u32,
    /// Nothing new.
    pub same: u32,
    /// Something differs.
    pub conflict: u32,
    /// Not imported.
    pub refused: u32,
    /// In the ledger but not in the sheet.
    pub absent: u32,
}

/// A value that would be filled in or differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCell {
    /// Position among the bindings of the table.
    pub binding: usize,
    /// What is known; none when nothing.
    pub before: Option<String>,
    /// What the sheet says.
    pub after: String,
}

/// One data row of the plan.
#[derive(Debug, Clone)]
pub struct PlannedRow {
    /// Row as the clerk counts, from 1.
    pub row: u32,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The subject it means, when that is known already.
    pub subject: Option<i64>,
    /// The row of the ledger it means, when there is one.
    pub record: Option<i64>,
    /// What would change of a known subject; new ones are read from the sheet again.
    pub cells: Vec<PlannedCell>,
    /// Why, in Chinese.
    pub reason: Option<String>,
}

/// The whole plan.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Every data row in order.
    pub rows: Vec<PlannedRow>,
    /// What the clerk should see.
    pub problems: Vec<Problem>,
    /// Members of the ledger that the sheet does not name, by row of the ledger.
    pub absent: Vec<RawRecord>,
    /// Rows by outcome.
    pub counts: Counts,
}

/// What the office knows before the import, as far as it matters.
pub struct Before {
    /// All residents.
    pub register: Register,
    /// Values of the bound fact fields by subject.
    pub facts: HashMap<i64, HashMap<String, String>>,
    /// Rows of the ledger by subject.
    pub members: HashMap<i64, RawRecord>,
    /// All places by door.
    pub doors: HashMap<Door, i64>,
    /// Rows of the ledger by their key values, for ledgers without subjects.
    pub keyed: HashMap<Vec<String>, RawRecord>,
}

/// Makes the plan.
///
/// # Errors
/// [`Refusal::NoKeyColumn`] when no bound column says whose row it is, or the clerk cancels.
pub fn plan(table: &Table<'_>, before: &Before, kind: &LedgerKind, progress: &Progress) -> Result<Plan> {
    refuse_keyless(table, kind)?;
    progress.stage("正在核对", table.rows.len() as u64)?;
    let mut planner = Planner::new(table, before, kind);
    for (done, row) in table.rows.iter().copied().enumerate() {
        if done % 1024 == 0 {
            progress.at(done as u64)?;
        }
        planner.add(row);
    }
    Ok(planner.finish())
}

/// Without a column that names the subject nothing can be matched.
fn refuse_keyless(table: &Table<'_>, kind: &LedgerKind) -> Result<()> {
    let has = |field: &str| table.position(field).is_some();
    let is_keyed = match kind.subject {
        Subject::Resident => has("person.name") || has("person.id_number"),
        Subject::Place => has("place.room") || has("place.address"),
        Subject::Household => has("household.number"),
        Subject::Organisation | Subject::Event | Subject::Row => !table.bindings.is_empty(),
    };
    if is_keyed { Ok(()) } else { Err(Refusal::NoKeyColumn.into()) }
}

/// Whom or what a row means.
enum Meant {
    /// A known subject or row of the ledger.
    Known { subject: Option<i64>, record: Option<i64>, reason: Option<String> },
    /// Somebody or something new.
    New(Option<String>),
    /// It cannot be told.
    Unclear(String),
    /// Known, but a key differs: for the clerk.
    Doubtful { subject: i64, reason: String },
}

struct Planner<'p> {
    table: &'p Table<'p>,
    before: &'p Before,
    kind: &'p LedgerKind,
    sources: Vec<Source>,
    positions: HashMap<i64, usize>,
    records: HashMap<i64, &'p RawRecord>,
    doors: HashMap<i64, &'p Door>,
    seen: HashSet<String>,
    named: HashSet<i64>,
    plan: Plan,
}

impl<'p> Planner<'p> {
    fn new(table: &'p Table<'p>, before: &'p Before, kind: &'p LedgerKind) -> Self {
        let source = |field: &str| kind.column(field).map(|column| Source::of(kind, column));
        let sources = table
            .bindings
            .iter()
            .map(|binding| source(&binding.field.id).unwrap_or_else(|| loose_source(kind, &binding.field.id)))
            .collect();
        let people = before.register.people.iter().enumerate();
        let records = before.members.values().chain(before.keyed.values());
        Self {
            records: records.map(|record| (record.id, record)).collect(),
            doors: before.doors.iter().map(|(door, place)| (*place, door)).collect(),
            table,
            before,
            kind,
            sources,
            positions: people.map(|(position, person)| (person.id, position)).collect(),
            seen: HashSet::new(),
            named: HashSet::new(),
            plan: Plan::default(),
        }
    }

    fn add(&mut self, row: u32) {
        let reading = self.table.read(row);
        let mut planned = if let Some(refused) = self.refuse(row, &reading) {
            refused
        } else {
            match self.meant(&reading) {
                Meant::Unclear(reason) => refused_row(row, reason),
                Meant::New(reason) => PlannedRow { reason, ..bare_row(row, Outcome::Added) },
                Meant::Doubtful { subject, reason } => PlannedRow {
                    subject: Some(subject),
                    reason: Some(reason),
                    ..bare_row(row, Outcome::Refused)
                },
                Meant::Known { subject, record, reason } => {
                    self.compare(row, &reading, subject, record, reason)
                }
            }
        };
        self.note_duplicate(&reading, &mut planned);
        self.plan.problems.extend(reading.problems);
        self.count(&planned);
        self.plan.rows.push(planned);
    }

    /// A row that says nothing of whose it is.
    fn refuse(&mut self, row: u32, reading: &RowReading) -> Option<PlannedRow> {
        let says = |field: &str| self.table.value(reading, field).is_some();
        let is_nameless = self.kind.subject == Subject::Resident && !says("person.name");
        let is_empty = reading.values.iter().all(Option::is_none);
        if is_nameless {
            let id_known = self
                .table
                .value(reading, "person.id_number")
                .is_some_and(|number| self.matches_number(number));
            if id_known {
                return None;
            }
            self.plan.problems.push(Problem {
                row,
                column: None,
                code: "name_missing",
                message: "这一行没有姓名".to_owned(),
                value: None,
            });
            return Some(refused_row(row, "没有姓名，认不出是谁".to_owned()));
        }
        is_empty.then(|| refused_row(row, "这一行没有能导入的内容".to_owned()))
    }

    fn matches_number(&self, number: &str) -> bool {
        let clues = Clues { id_number: number, ..Clues::default() };
        matches!(self.before.register.find(&clues), Match::One(..))
    }

    fn meant(&self, reading: &RowReading) -> Meant {
        match self.kind.subject {
            Subject::Resident => self.meant_resident(reading),
            Subject::Place => self.meant_place(reading),
            Subject::Household | Subject::Organisation | Subject::Event | Subject::Row => {
                self.meant_keyed(reading)
            }
        }
    }

    fn meant_resident(&self, reading: &RowReading) -> Meant {
        let say = |field: &str| self.table.value(reading, field).unwrap_or_default();
        let from_number =
            resident::consequences("person.id_number", say("person.id_number"), self.table.today);
        let birth = if say("person.birth_on").is_empty() {
            from_number.first().map(|(_, birth)| birth.as_str()).unwrap_or_default()
        } else {
            say("person.birth_on")
        };
        let clues = Clues {
            name: say("person.name"),
            id_number: say("person.id_number"),
            birth_on: birth,
            door: door_said(self.table, reading),
            phone: say("person.phone"),
        };
        match self.before.register.find(&clues) {
            Match::Nobody => Meant::New(None),
            Match::One(position, key) => self.known_resident(position, key),
            Match::Several(several) => Meant::Unclear(format!(
                "册里有 {} 位对得上的人，分不清是哪一位，请补上身份证号",
                several.len()
            )),
            Match::OtherNumber(position) => Meant::Doubtful {
                subject: self.before.register.people[position].id,
                reason: "册里有同名同日生的人，身份证号却不一样，请先核对".to_owned(),
            },
            Match::NameOnly(several) => Meant::Unclear(format!(
                "册里有 {} 位同名的人，只凭姓名认不准，请补上身份证号或住址",
                several.len()
            )),
        }
    }

    fn known_resident(&self, position: usize, key: Key) -> Meant {
        let person = &self.before.register.people[position];
        let reason = match key {
            Key::IdNumber => None,
            Key::NameAndBirth => Some("按姓名和出生日期认出"),
            Key::NameAndDoor => Some("按姓名和住址认出"),
            Key::NameAndPhone => Some("按姓名和电话认出"),
        };
        Meant::Known {
            subject: Some(person.id),
            record: self.before.members.get(&person.id).map(|record| record.id),
            reason: reason.map(str::to_owned),
        }
    }

    fn meant_place(&self, reading: &RowReading) -> Meant {
        let door = door_said(self.table, reading);
        if door.room.is_empty() {
            return Meant::Unclear("没有房号，认不出是哪一间".to_owned());
        }
        match self.before.doors.get(&door) {
            Some(place) => Meant::Known {
                subject: Some(*place),
                record: self.before.members.get(place).map(|record| record.id),
                reason: None,
            },
            None => Meant::New(None),
        }
    }

    fn meant_keyed(&self, reading: &RowReading) -> Meant {
        let key = key_values(self.table, self.kind, reading);
        match self.before.keyed.get(&key) {
            Some(record) if key.iter().any(|part| !part.is_empty()) => {
                Meant::Known { subject: record.subject, record: Some(record.id), reason: None }
            }
            _ => Meant::New(None),
        }
    }

    /// Compares a row with what is known of its subject.
    fn compare(
        &self,
        row: u32,
        reading: &RowReading,
        subject: Option<i64>,
        record: Option<i64>,
        reason: Option<String>,
    ) -> PlannedRow {
        let mut cells = Vec::new();
        for (binding, value) in reading.values.iter().enumerate() {
            let Some(after) = value else { continue };
            let before = self.known(binding, subject, record);
            if self.sources[binding] != Source::Resident(Home::Age)
                && before.as_deref() != Some(after.as_str())
            {
                let field = &self.table.bindings[binding].field.id;
                if is_finer(before.as_deref(), after) || is_same_door(field, before.as_deref(), after) {
                    continue;
                }
                cells.push(PlannedCell { binding, before, after: after.clone() });
            }
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
        PlannedRow { row, outcome, subject, record, cells, reason }
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
                let person = &self.before.register.people[*self.positions.get(&subject?)?];
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

    /// The same subject twice in one sheet: the later row is set aside.
    fn note_duplicate(&mut self, reading: &RowReading, planned: &mut PlannedRow) {
        if planned.outcome == Outcome::Refused {
            return;
        }
        let key = match planned.subject {
            Some(subject) => format!("#{subject}"),
            None => self.identity(reading),
        };
        if let Some(subject) = planned.subject {
            self.named.insert(subject);
        }
        if !key.is_empty() && !self.seen.insert(key) {
            planned.outcome = Outcome::Refused;
            planned.reason = Some("前面已有同一个人（同一条），这一行没有再导入".to_owned());
            self.plan.problems.push(Problem {
                row: planned.row,
                column: None,
                code: "duplicate_row",
                message: "与前面的一行重复".to_owned(),
                value: None,
            });
        }
    }

    /// What tells a new row from other new rows of the sheet; empty when nothing does.
    fn identity(&self, reading: &RowReading) -> String {
        let say = |field: &str| self.table.value(reading, field).unwrap_or_default();
        match self.kind.subject {
            Subject::Resident if !say("person.id_number").is_empty() => say("person.id_number").to_owned(),
            Subject::Resident => {
                let door = door_said(self.table, reading);
                let rest = [say("person.birth_on"), &door.title(), say("person.phone")].concat();
                if rest.is_empty() { String::new() } else { format!("{}|{rest}", say("person.name")) }
            }
            Subject::Place => door_said(self.table, reading).title(),
            _ => {
                let key = key_values(self.table, self.kind, reading);
                if key.iter().all(String::is_empty) { String::new() } else { key.join("|") }
            }
        }
    }

    fn count(&mut self, planned: &PlannedRow) {
        let counts = &mut self.plan.counts;
        let counter = match planned.outcome {
            Outcome::Added => &mut counts.added,
            Outcome::Changed => &mut counts.changed,
            Outcome::Same => &mut counts.same,
            Outcome::Conflict => &mut counts.conflict,
            Outcome::Refused => &mut counts.refused,
        };
        *counter += 1;
    }

    fn finish(mut self) -> Plan {
        let named: HashSet<i64> = self.plan.rows.iter().filter_map(|row| row.record).collect();
        let mut absent: Vec<RawRecord> = self
            .before
            .members
            .values()
            .chain(self.before.keyed.values())
            .filter(|record| !named.contains(&record.id))
            .cloned()
            .collect();
        absent.retain(|record| record.subject.is_none_or(|subject| !self.named.contains(&subject)));
        absent.sort_by_key(|record| record.id);
        absent.dedup_by_key(|record| record.id);
        self.plan.counts.absent = u32::try_from(absent.len()).unwrap_or(u32::MAX);
        self.plan.absent = absent;
        self.plan
    }
}

/// Where the value of a bound field goes that is no column of the ledger: to the subject.
pub(super) fn loose_source(kind: &LedgerKind, field: &str) -> Source {
    match kind.subject {
        Subject::Resident if !field.starts_with("row.") => Source::Resident(resident::home_of(field)),
        _ => Source::Own,
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

/// The door a row names: its own columns, else its address.
pub(super) fn door_said(table: &Table<'_>, reading: &RowReading) -> Door {
    let say = |field: &str| table.value(reading, field).unwrap_or_default().to_owned();
    let door = Door { building: say("place.building"), unit: say("place.unit"), room: say("place.room") };
    if !door.room.is_empty() {
        return door;
    }
    let address = ["person.living_address", "place.address"].map(say).concat();
    let parsed = crate::value::address::parse(&address);
    match (parsed.building, parsed.room) {
        (Some(building), Some(room)) => Door { building, unit: parsed.unit.unwrap_or_default(), room },
        _ => door,
    }
}

/// The values of the key columns of a row; the first column stands in when none is marked.
pub(super) fn key_values(table: &Table<'_>, kind: &LedgerKind, reading: &RowReading) -> Vec<String> {
    kind.key_columns()
        .map(|column| table.value(reading, column.id()).unwrap_or_default().to_owned())
        .collect()
}

const fn bare_row(row: u32, outcome: Outcome) -> PlannedRow {
    PlannedRow { row, outcome, subject: None, record: None, cells: Vec::new(), reason: None }
}

fn refused_row(row: u32, reason: String) -> PlannedRow {
    PlannedRow { reason: Some(reason), ..bare_row(row, Outcome::Refused) }
}
