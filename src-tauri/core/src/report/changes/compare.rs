//! Two states of a ledger or of the register, compared: what came, left and differs.
//!
//! Read are only the subjects and rows that an op of the period touched; the journal knows them.

use std::collections::{BTreeMap, HashMap};

use crate::catalog::{Column, LedgerKind};
use crate::dictionary::{FieldDef, FieldKind, Subject, reading};
use crate::error::Result;
use crate::ledger::{self, RawRecord, TableRow};
use crate::place::{Door, building_title};
use crate::report::ReportOptions;
use crate::report::as_of::AsOf;

use super::store::{self, Touched};
use crate::resident;

/// What tells people apart in a list of those who came or left.
const TELLING: [&str; 7] = [
    "person.name",
    "person.gender",
    "person.birth_on",
    "person.id_number",
    "person.phone",
    "place.building",
    "place.room",
];
/// Columns at most where a ledger has other columns.
const TELLING_AT_MOST: usize = 6;

/// Two states compared.
pub(crate) struct Compared {
    /// How many there were.
    pub before: usize,
    /// How many there are.
    pub after: usize,
    /// Who came, as they are at the end.
    pub added: Vec<Entry>,
    /// Who left, as they were at the beginning.
    pub removed: Vec<Entry>,
    /// Who is in both and differs, as they are at the end.
    pub changed: Vec<Entry>,
    /// What is compared.
    pub columns: Vec<FieldDef>,
}

/// A row of a ledger or somebody of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Number of the row or resident.
    pub row: i64,
    /// Unique number of the resident; empty for others.
    pub uid: String,
    /// The values of the columns.
    pub values: Vec<Option<String>>,
    /// Where the person lives, as clerks say it.
    pub home: String,
    /// The building alone, for masked lists.
    pub building: String,
    /// Column, old and new value of what differs.
    pub differs: Vec<(usize, Option<String>, Option<String>)>,
    /// Day of the last op of the period that touched it, `YYYY-MM-DD`.
    pub day: String,
    /// Who did it.
    pub clerk: String,
    name: Option<(FieldDef, String)>,
}

impl Entry {
    /// The name as the list prints it.
    pub fn name(&self, options: &ReportOptions) -> String {
        let name = self.name.as_ref();
        name.map(|(field, name)| reading::display(field, name, options.is_public())).unwrap_or_default()
    }

    /// The name as the screen shows it.
    pub fn plain_name(&self) -> String {
        self.name.as_ref().map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

impl Compared {
    /// The columns that tell rows apart, in the order of the paper.
    pub fn telling(&self) -> Vec<usize> {
        let place = |id: &&str| self.columns.iter().position(|column| column.id == *id);
        let telling: Vec<usize> = TELLING.iter().filter_map(place).collect();
        if telling.len() > 2 { telling } else { (0..self.columns.len().min(TELLING_AT_MOST)).collect() }
    }
}

/// Compares two states of a ledger, or of the register when there is none.
pub(crate) fn compare(before: &AsOf<'_>, after: &AsOf<'_>, kind: Option<&LedgerKind>) -> Result<Compared> {
    let register;
    let (kind, is_register) = match kind {
        Some(kind) => (kind, false),
        None => {
            register = register_kind(before);
            (&register, true)
        }
    };
    let touched = store::touched(after.office.connection(), after.connection(), (before.op, after.op))?;
    let then = State::read(before, kind, is_register, &touched)?;
    let now = State::read(after, kind, is_register, &touched)?;
    let said = Said { kind, touched: &touched };
    let added = said.only_in(&now, &then, after)?;
    let removed = said.only_in(&then, &now, before)?;
    let changed = said.changed(&then, &now, after)?;
    let columns = kind.columns.iter().map(|column| column.field.clone()).collect();
    Ok(Compared { before: then.count, after: now.count, added, removed, changed, columns })
}

/// The register as a ledger of everything that can be known of a resident.
fn register_kind(then: &AsOf<'_>) -> LedgerKind {
    let doors = ["place.building", "place.unit", "place.room", "household.number"];
    let fields = then.office.catalog().dictionary.fields().iter();
    let of_people = fields.filter(|field| {
        field.is_typed() && field.subject == Subject::Resident || doors.contains(&field.id.as_str())
    });
    let column = |field: &FieldDef| Column { field: field.clone(), group: None, required: false, key: false };
    LedgerKind {
        id: String::new(),
        title: String::new(),
        group: String::new(),
        subject: Subject::Resident,
        line: None,
        cycle: None,
        duty: None,
        restricted: false,
        source: None,
        suggested_by: Vec::new(),
        local: true,
        order: 0,
        columns: of_people.map(column).collect(),
    }
}

/// A ledger at one end of the period: how many rows, and the rows that were touched.
struct State {
    count: usize,
    rows: BTreeMap<i64, TableRow>,
}

impl State {
    fn read(then: &AsOf<'_>, kind: &LedgerKind, is_register: bool, touched: &Touched) -> Result<Self> {
        let connection = then.connection();
        let (count, records) = if is_register {
            let all = store::resident_ops(connection)?;
            let record = |(id, op): &(i64, i64)| RawRecord {
                id: *id,
                subject: Some(*id),
                body: BTreeMap::new(),
                op: *op,
            };
            let records = all.iter().filter(|(id, _)| touched.subjects.contains_key(id)).map(record);
            (all.len(), records.collect::<Vec<_>>())
        } else {
            let all = ledger::all_records(connection, &kind.id)?;
            let count = all.len();
            (
                count,
                all.into_iter().filter(|record| touched.op_of(record.id, record.subject).is_some()).collect(),
            )
        };
        let rows = ledger::view(connection, kind, records, then.day)?;
        Ok(Self { count, rows: rows.into_iter().map(|row| (row.record, row)).collect() })
    }
}

/// What is needed to tell of a row.
struct Said<'a> {
    kind: &'a LedgerKind,
    touched: &'a Touched,
}

impl Said<'_> {
    /// The rows of one state that the other has not.
    fn only_in(&self, one: &State, other: &State, then: &AsOf<'_>) -> Result<Vec<Entry>> {
        let rows: Vec<&TableRow> =
            one.rows.values().filter(|row| !other.rows.contains_key(&row.record)).collect();
        self.entries(then, rows.into_iter().map(|row| (row, Vec::new())).collect())
    }

    fn changed(&self, then: &State, now: &State, after: &AsOf<'_>) -> Result<Vec<Entry>> {
        let mut found = Vec::new();
        for row in now.rows.values() {
            let Some(old) = then.rows.get(&row.record) else { continue };
            let columns = self.kind.columns.iter().enumerate();
            let compared = columns.filter(|(_, column)| column.field.computed.is_none());
            let differs: Vec<_> = compared
                .map(|(place, _)| (place, old.values[place].clone(), row.values[place].clone()))
                .filter(|(_, old, new)| old != new)
                .collect();
            if !differs.is_empty() {
                found.push((row, differs));
            }
        }
        self.entries(after, found)
    }

    fn entries(&self, then: &AsOf<'_>, rows: Vec<Differing<'_>>) -> Result<Vec<Entry>> {
        let subjects: Vec<i64> = rows.iter().filter_map(|(row, _)| row.subject).collect();
        let uids = store::uids(then.connection(), &subjects)?;
        let people: HashMap<i64, resident::Person> = resident::load_many(then.connection(), &subjects)?
            .into_iter()
            .map(|person| (person.id, person))
            .collect();
        let ops = store::ops(then.office.connection())?;
        let mut entries = Vec::with_capacity(rows.len());
        for (row, differs) in rows {
            let op = self.touched.op_of(row.record, row.subject).unwrap_or(row.op);
            let (day, clerk) = ops.get(&op).cloned().unwrap_or_default();
            let person = row.subject.and_then(|subject| people.get(&subject));
            let uid = person.and_then(|person| uids.get(&person.id)).cloned();
            entries.push(Entry {
                row: row.record,
                uid: uid.unwrap_or_default(),
                values: row.values.clone(),
                home: person.map(resident::Person::place_title).unwrap_or_default(),
                building: person.map(|person| building(&person.door)).unwrap_or_default(),
                differs,
                day,
                clerk,
                name: self.name(row, person.map(|person| person.name.as_str())),
            });
        }
        entries.sort_by_cached_key(|entry| {
            let person = people.get(&entry.row);
            let door = person.map_or_else(Door::default, |person| person.door.clone());
            (entry.day.clone(), door.building.parse().unwrap_or(u64::MAX), door.title(), entry.row)
        });
        Ok(entries)
    }

    /// What the row is called: the person, else the first column that tells rows apart.
    fn name(&self, row: &TableRow, person: Option<&str>) -> Option<(FieldDef, String)> {
        let columns = || self.kind.columns.iter().zip(&row.values);
        let named = columns().find(|(column, value)| column.field.kind == FieldKind::Name && value.is_some());
        let keyed = || columns().find(|(column, value)| column.key && value.is_some());
        let (column, value) =
            named.or_else(keyed).or_else(|| columns().find(|(_, value)| value.is_some()))?;
        let text = person.map(str::to_owned).or_else(|| value.clone())?;
        Some((column.field.clone(), text))
    }
}

/// A row with what differs in it: column, old value, new value.
type Differing<'r> = (&'r TableRow, Vec<(usize, Option<String>, Option<String>)>);

fn building(door: &Door) -> String {
    if door.building.is_empty() { String::new() } else { building_title(&door.building) }
}
