//! What an import would do, as a pure value: every data row is new, changed, the same, in conflict
//! or refused, each with its reason. Acting on it is [`super::apply`].
//!
//! A blank cell never erases. A value where nothing was known fills in; a different value is a
//! conflict, shown to the clerk before anything is written: [`Decisions`] say which of the two
//! stays. Rows of people already in the register but new to the ledger count as new.
//!
//! Whom a row means is told in [`whom`], what would change of a known subject in [`compare`].

use std::collections::{HashMap, HashSet};
use std::thread;

use serde::{Deserialize, Serialize};

mod compare;
mod decide;
mod said;
mod whom;

use super::shape::Problem;
use super::table::{AGE_WRONG, RowAt, RowReading, Table};
use crate::catalog::LedgerKind;
use crate::dictionary::Subject;
use crate::error::{Refusal, Result};
use crate::ledger::{RawRecord, Source};
use crate::place::Door;
use crate::progress::Progress;
use crate::resident::matching::Register;
use crate::value::masked;
use crate::value::text::sentence;

pub use decide::{ConflictRule, Decisions, Whom};
pub(super) use said::{door_said, loose_source};
use whom::{Meant, Traits};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
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
    /// Whether the sheet's value is taken over.
    pub taken: bool,
    /// Whether it is what is known, told more exactly.
    pub is_finer: bool,
}

/// One data row of the plan.
#[derive(Debug, Clone)]
pub struct PlannedRow {
    /// Where it stands.
    pub at: RowAt,
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
    /// Residents it may mean, when it cannot be told which.
    pub candidates: Vec<i64>,
    /// Whether a value of it could not be read.
    pub is_troubled: bool,
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
    /// Values that were tidied on the way.
    pub tidied: usize,
}

/// What the office knows before the import, as far as it matters.
#[derive(Default)]
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
pub fn plan(
    table: &Table<'_>,
    before: &Before,
    kind: &LedgerKind,
    decisions: &Decisions,
    progress: &Progress,
) -> Result<Plan> {
    refuse_keyless(table, kind)?;
    progress.stage("正在核对", table.rows.len() as u64)?;
    let mut planner = Planner::new(table, before, kind, decisions);
    let make = |reading: RowReading| (Traits::of(table, kind, &reading), reading);
    thread::scope(|scope| {
        let readings = table.read_ahead(scope, table.rows.iter().copied(), make);
        for (done, (at, (traits, reading))) in table.rows.iter().zip(readings).enumerate() {
            if done % 1024 == 0 {
                progress.at(done as u64)?;
            }
            planner.add(*at, &traits, reading);
        }
        Ok::<(), crate::error::Error>(())
    })?;
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

struct Planner<'p> {
    table: &'p Table<'p>,
    before: &'p Before,
    kind: &'p LedgerKind,
    decisions: &'p Decisions,
    sources: Vec<Source>,
    records: HashMap<i64, &'p RawRecord>,
    doors: HashMap<i64, &'p Door>,
    seen: HashSet<String>,
    /// Names of new people, and whether somebody was told by that name alone.
    names: HashMap<String, bool>,
    named: HashSet<i64>,
    plan: Plan,
}

impl<'p> Planner<'p> {
    fn new(table: &'p Table<'p>, before: &'p Before, kind: &'p LedgerKind, decisions: &'p Decisions) -> Self {
        let source = |field: &str| kind.column(field).map(|column| Source::of(kind, column));
        let sources = table
            .bindings
            .iter()
            .map(|binding| source(&binding.field.id).unwrap_or_else(|| loose_source(kind, &binding.field.id)))
            .collect();
        let records = before.members.values().chain(before.keyed.values());
        Self {
            records: records.map(|record| (record.id, record)).collect(),
            doors: before.doors.iter().map(|(door, place)| (*place, door)).collect(),
            table,
            before,
            kind,
            decisions,
            sources,
            seen: HashSet::new(),
            names: HashMap::new(),
            named: HashSet::new(),
            plan: Plan::default(),
        }
    }

    fn add(&mut self, at: RowAt, traits: &Traits, reading: RowReading) {
        let mut planned = if let Some(refused) = self.refuse(at, &reading) {
            refused
        } else {
            match self.meant(at, traits, &reading) {
                Meant::Unclear { reason, candidates } => PlannedRow { candidates, ..refused_row(at, reason) },
                Meant::New => bare_row(at, Outcome::Added),
                Meant::Known { subject, record, reason } => {
                    self.compare(at, &reading, subject, record, reason)
                }
            }
        };
        self.note_duplicate(traits, &mut planned);
        self.doubt_bare_name(traits, &mut planned);
        let mut reading = reading;
        let recovered = self.recover(&planned, &mut reading);
        planned.reason = planned.reason.map(|reason| sentence(&reason));
        let ages = reading.problems.iter().filter(|problem| problem.code == AGE_WRONG).count();
        planned.is_troubled = reading.problems.len() > recovered + ages;
        self.plan.tidied += reading.tidied;
        self.plan.problems.extend(reading.problems);
        self.count(&planned);
        self.plan.rows.push(planned);
    }

    /// A number that lost its end or was covered is no trouble where the register has the whole one;
    /// returns how many problems that settles.
    fn recover(&self, planned: &PlannedRow, reading: &mut RowReading) -> usize {
        let person = planned.subject.and_then(|subject| self.before.register.person(subject));
        let Some(person) = person else { return 0 };
        let covered = |field: &str| self.table.masked(reading, field).to_owned();
        let (number, phone) = (covered("person.id_number"), covered("person.phone"));
        let mut settled = 0;
        for problem in &mut reading.problems {
            let known = |known: Option<&String>, covered: &str| {
                known.is_some_and(|known| known.split('、').any(|known| masked::may_be(covered, known)))
            };
            let message = match problem.code {
                "id_digits_lost" if person.id_number.is_some() => {
                    "身份证号末几位丢了，册里有这个人的完整号码，照册里的用"
                }
                "id_masked" if known(person.id_number.as_ref(), &number) => {
                    "身份证号遮住了几位，册里有这个人的完整号码，照册里的用"
                }
                "phone_masked" if known(person.phone.as_ref(), &phone) => {
                    "电话遮住了几位，册里有这个人的完整号码，照册里的用"
                }
                "name_masked" => "姓名遮住了字，册里有这个人的全名，照册里的用",
                _ => continue,
            };
            problem.message = sentence(message);
            settled += 1;
        }
        settled
    }

    /// A row that says nothing of whose it is.
    fn refuse(&mut self, at: RowAt, reading: &RowReading) -> Option<PlannedRow> {
        let says = |field: &str| self.table.value(reading, field).is_some();
        let is_nameless = self.kind.subject == Subject::Resident && !says("person.name");
        let is_empty = reading.values.iter().all(Option::is_none);
        if is_nameless {
            let number = self.table.value(reading, "person.id_number");
            if number.is_some_and(|number| self.matches_number(number)) {
                return None;
            }
            if !self.table.masked(reading, "person.name").is_empty() {
                return Some(refused_row(at, "姓名遮住了字，认不出是谁".to_owned()));
            }
            let name = self.table.position("person.name").map(|position| &self.table.bindings[position]);
            let problem = self.table.problem(at, name, "name_missing", "这一行没有姓名".to_owned());
            self.plan.problems.push(problem);
            return Some(refused_row(at, "没有姓名，认不出是谁".to_owned()));
        }
        if is_empty {
            return Some(refused_row(at, "这一行没有能导入的内容".to_owned()));
        }
        let is_homeless = self.kind.subject == Subject::Household && !says("household.number");
        is_homeless.then(|| refused_row(at, "没有户号，认不出是哪一户".to_owned()))
    }

    /// The same subject twice in one sheet: the later row is set aside.
    fn note_duplicate(&mut self, traits: &Traits, planned: &mut PlannedRow) {
        if planned.outcome == Outcome::Refused {
            return;
        }
        let subject = planned.subject.map(|subject| format!("#{subject}"));
        if let Some(subject) = planned.subject {
            self.named.insert(subject);
        }
        // Both keys are kept: the next row may name the same person by the number alone.
        let keys = subject.into_iter().chain(Some(traits.identity.clone()).filter(|key| !key.is_empty()));
        let is_seen = keys.filter(|key| !self.seen.insert(key.clone())).count() > 0;
        if is_seen {
            planned.outcome = Outcome::Refused;
            planned.reason = Some("前面已有同一个人（同一条），这一行没有再导入".to_owned());
            let message = "与前面的一行重复".to_owned();
            self.plan.problems.push(self.table.problem(planned.at, None, "duplicate_row", message));
        }
    }

    /// A name alone does not tell whether a new person is another one of that name in the sheet: unless
    /// the clerk said so, only the first comes in.
    fn doubt_bare_name(&mut self, traits: &Traits, planned: &mut PlannedRow) {
        let is_new = planned.outcome == Outcome::Added && planned.subject.is_none();
        if !is_new || self.kind.subject != Subject::Resident || traits.name.is_empty() {
            return;
        }
        let Some(is_bare) = self.names.get_mut(&traits.name) else {
            self.names.insert(traits.name.clone(), traits.is_bare);
            return;
        };
        let is_doubtful = *is_bare || traits.is_bare;
        *is_bare = is_doubtful;
        if is_doubtful && !self.decisions.whom.contains_key(&planned.at) {
            let reason = "和前面的一行同名，只凭姓名分不清是不是同一位，请补上身份证号、住址或电话";
            planned.outcome = Outcome::Refused;
            planned.reason = Some(reason.to_owned());
            let name = self.table.position("person.name").map(|position| &self.table.bindings[position]);
            let problem = self.table.problem(planned.at, name, "name_repeated", reason.to_owned());
            self.plan.problems.push(problem);
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

const fn bare_row(at: RowAt, outcome: Outcome) -> PlannedRow {
    PlannedRow {
        at,
        outcome,
        subject: None,
        record: None,
        cells: Vec::new(),
        reason: None,
        candidates: Vec::new(),
        is_troubled: false,
    }
}

fn refused_row(at: RowAt, reason: String) -> PlannedRow {
    PlannedRow { reason: Some(reason), ..bare_row(at, Outcome::Refused) }
}
