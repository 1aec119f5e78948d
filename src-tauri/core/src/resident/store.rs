//! The SQL of residents.

use std::collections::HashSet;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};

use super::{Home, home_of};
use crate::error::{Error, Missing, Result};
use crate::fact::{self, FactWriter, SubjectKind};
use crate::household::HouseholdBook;
use crate::office::Tx;
use crate::place::{Door, PlaceBook};
use crate::value::id_number;

/// Residents from which reading all of them once beats looking for each.
const READ_IN_ONE_GO: usize = 5_000;

/// A resident as kept in its own row, with door and household number.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// Number in the store; never shown.
    pub id: i64,
    /// Name.
    pub name: String,
    /// ID number, canonical.
    pub id_number: Option<String>,
    /// 男 or 女.
    pub gender: Option<String>,
    /// Date of birth, canonical, possibly year and month only.
    pub birth_on: Option<String>,
    /// Phone numbers joined by 、.
    pub phone: Option<String>,
    /// Living address (现住址) as written.
    pub living_address: Option<String>,
    /// Registered address (户籍地址) as written.
    pub registered_address: Option<String>,
    /// Residency (人户一致, 户在人不在, 人在户不在).
    pub residency: Option<String>,
    /// Relation to the head of the household.
    pub relation_to_head: Option<String>,
    /// Household, by number in the store.
    pub household: Option<i64>,
    /// Household number (户号) as written.
    pub household_number: Option<String>,
    /// Door of the place lived at.
    pub door: Door,
    /// Op that last wrote the row.
    pub op: i64,
}

const SELECT: &str = "select r.id, r.name, r.id_number, r.gender, r.birth_on, r.phone, r.living_address,
    r.registered_address, r.residency, r.relation_to_head, r.household, h.number,
    coalesce(p.building, ''), coalesce(p.unit, ''), coalesce(p.room, ''), r.op
    from resident as r left join place as p on p.id = r.place left join household as h on h.id = r.household";

fn row_to_person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get(0)?,
        name: row.get(1)?,
        id_number: row.get(2)?,
        gender: row.get(3)?,
        birth_on: row.get(4)?,
        phone: row.get(5)?,
        living_address: row.get(6)?,
        registered_address: row.get(7)?,
        residency: row.get(8)?,
        relation_to_head: row.get(9)?,
        household: row.get(10)?,
        household_number: row.get(11)?,
        door: Door { building: row.get(12)?, unit: row.get(13)?, room: row.get(14)? },
        op: row.get(15)?,
    })
}

/// One resident.
///
/// # Errors
/// [`Missing::Resident`] when there is none of that number.
pub fn load(connection: &Connection, id: i64) -> Result<Person> {
    connection
        .prepare_cached(&format!("{SELECT} where r.id = ?1"))?
        .query_row([id], row_to_person)
        .optional()?
        .ok_or(Error::NotFound(Missing::Resident))
}

/// The residents of given numbers, in no fixed order; numbers of other subjects are passed over.
///
/// # Errors
/// Reading fails.
pub fn load_many(connection: &Connection, ids: &[i64]) -> Result<Vec<Person>> {
    if ids.len() >= READ_IN_ONE_GO {
        let wanted: HashSet<i64> = ids.iter().copied().collect();
        let mut people = all(connection)?;
        people.retain(|person| wanted.contains(&person.id));
        return Ok(people);
    }
    let mut one = connection.prepare_cached(&format!("{SELECT} where r.id = ?1"))?;
    let mut people = Vec::with_capacity(ids.len());
    for id in ids {
        people.extend(one.query_row([id], row_to_person).optional()?);
    }
    Ok(people)
}

/// All residents, for matching a sheet against the register.
///
/// # Errors
/// Reading fails.
pub fn all(connection: &Connection) -> Result<Vec<Person>> {
    let mut list = connection.prepare(&format!("{SELECT} order by r.id"))?;
    let rows = list.query_map([], row_to_person)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many residents are known.
///
/// # Errors
/// Reading fails.
pub fn count(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("select count(*) from resident", [], |row| row.get(0))?)
}

/// How many residents were born on or before a day.
///
/// # Errors
/// Reading fails.
pub fn count_born_by(connection: &Connection, day: &str) -> Result<i64> {
    let sql = "select count(*) from resident where birth_on <= ?1";
    Ok(connection.query_row(sql, [day], |row| row.get(0))?)
}

/// The number of a resident by unique number.
///
/// # Errors
/// [`Missing::Resident`].
pub fn number_of(connection: &Connection, uid: &str) -> Result<i64> {
    connection
        .prepare_cached("select s.id from subject as s join resident as r on r.id = s.id where s.uid = ?1")?
        .query_row([uid], |row| row.get(0))
        .optional()?
        .ok_or(Error::NotFound(Missing::Resident))
}

/// The unique number of a subject.
///
/// # Errors
/// Reading fails.
pub fn uid_of(connection: &Connection, subject: i64) -> Result<String> {
    Ok(connection
        .prepare_cached("select uid from subject where id = ?1")?
        .query_row([subject], |row| row.get(0))?)
}

/// Whether another resident than `except` carries an ID number already, in eighteen characters or
/// fifteen digits.
///
/// # Errors
/// Reading fails.
pub fn exists_before(connection: &Connection, id_number: &str, except: i64) -> Result<bool> {
    let long = id_number::long_form(id_number);
    let short = id_number::short_form(&long).unwrap_or_default();
    let sql = "select exists (select 1 from resident where id_number in (?1, ?2) and id <> ?3)";
    Ok(connection.query_row(sql, params![long, short, except], |row| row.get(0))?)
}

/// A state of a row that an op replaced.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// Op that replaced it.
    pub op: i64,
    /// Table of the row.
    pub table: String,
    /// JSON image of the row; none where the op put a row back.
    pub before: Option<String>,
}

/// Earlier states of the row and facts of a resident from the journal, newest first.
///
/// # Errors
/// Reading fails.
pub fn history(connection: &Connection, id: i64) -> Result<Vec<Replaced>> {
    let mut list = connection.prepare_cached(
        "select op, tbl, before from change where tbl = 'resident' and row = ?1
         union all
         select c.op, c.tbl, c.before from fact as f
         join change as c on c.tbl = 'fact' and c.row = f.id where f.subject = ?1
         order by 1 desc",
    )?;
    let rows = list
        .query_map([id], |row| Ok(Replaced { op: row.get(0)?, table: row.get(1)?, before: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The row of a resident as the journal would keep it.
///
/// # Errors
/// [`Missing::Resident`].
pub fn image(connection: &Connection, id: i64) -> Result<serde_json::Value> {
    let text: Option<String> = connection
        .prepare_cached(
            "select json_object('name', name, 'id_number', id_number, 'gender', gender, 'birth_on', birth_on,
                 'phone', phone, 'living_address', living_address, 'registered_address', registered_address,
                 'residency', residency, 'relation_to_head', relation_to_head, 'household', household,
                 'place', place, 'op', op) from resident where id = ?1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let text = text.ok_or(Error::NotFound(Missing::Resident))?;
    Ok(serde_json::from_str(&text)?)
}

/// The ops that wrote what now stands of a resident.
///
/// # Errors
/// Reading fails.
pub fn ops_of(connection: &Connection, id: i64) -> Result<Vec<i64>> {
    let mut list = connection.prepare_cached(
        "select op from resident where id = ?1 union select op from subject where id = ?1
         union select op from fact where subject = ?1 union select op from record where subject = ?1",
    )?;
    let rows = list.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes residents and everything known of them in one op.
pub struct ResidentWriter<'tx> {
    tx: &'tx Tx<'tx>,
    facts: FactWriter<'tx>,
    places: PlaceBook,
    households: HouseholdBook,
    insert: CachedStatement<'tx>,
}

impl<'tx> ResidentWriter<'tx> {
    /// Prepares the statements.
    ///
    /// # Errors
    /// Preparing fails.
    pub fn new(tx: &'tx Tx<'tx>) -> Result<Self> {
        let insert = tx.connection().prepare_cached(
            "insert or rollback into resident (id, name, id_number, gender, birth_on, phone, living_address,
                 registered_address, residency, relation_to_head, household, place, op)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        Ok(Self {
            tx,
            facts: FactWriter::new(tx)?,
            places: PlaceBook::default(),
            households: HouseholdBook::default(),
            insert,
        })
    }

    /// Adds a resident with everything known at once and returns its number.
    ///
    /// # Errors
    /// Writing fails, for example when the ID number exists.
    pub fn add<'v>(&mut self, values: impl Iterator<Item = (&'v str, &'v str)>) -> Result<i64> {
        let mut person = Person::default();
        let mut rest = Vec::new();
        for (field, value) in values.filter(|(_, value)| !value.is_empty()) {
            match home_of(field) {
                Home::Column(column) => put(&mut person, column, value),
                Home::Building => value.clone_into(&mut person.door.building),
                Home::Unit => value.clone_into(&mut person.door.unit),
                Home::Room => value.clone_into(&mut person.door.room),
                Home::HouseholdNumber => person.household_number = Some(value.to_owned()),
                Home::Age => {}
                Home::Fact => rest.push((field, value)),
            }
        }
        let place = self.place_of(&person.door)?;
        let household = self.household_of(person.household_number.as_deref(), place)?;
        let id = fact::add_subject(self.tx, SubjectKind::Resident)?;
        self.insert.execute(params![
            id,
            person.name,
            person.id_number,
            person.gender,
            person.birth_on,
            person.phone,
            person.living_address,
            person.registered_address,
            person.residency,
            person.relation_to_head,
            household,
            place,
            self.tx.op()
        ])?;
        self.facts.add(id, &rest)?;
        Ok(id)
    }

    /// Sets one value of a resident; an empty value takes it away. Says whether anything changed.
    ///
    /// # Errors
    /// Writing fails.
    pub fn set(&mut self, id: i64, field: &str, value: &str) -> Result<bool> {
        match home_of(field) {
            Home::Column(column) => self.set_column(id, column, value),
            Home::Building | Home::Unit | Home::Room => self.set_door(id, field, value),
            Home::HouseholdNumber => self.set_household(id, value),
            Home::Age => Ok(false),
            Home::Fact => self.facts.set(id, field, value),
        }
    }

    fn set_column(&self, id: i64, column: &str, value: &str) -> Result<bool> {
        let value = (!value.is_empty() || column == "name").then_some(value);
        let changed = self
            .tx
            .connection()
            .prepare_cached(&format!(
                "update resident set {column} = ?2, op = ?3 where id = ?1 and {column} is not ?2"
            ))?
            .execute(params![id, value, self.tx.op()])?;
        Ok(changed > 0)
    }

    fn set_door(&mut self, id: i64, field: &str, value: &str) -> Result<bool> {
        let mut door = load(self.tx.connection(), id)?.door;
        let part = match home_of(field) {
            Home::Building => &mut door.building,
            Home::Unit => &mut door.unit,
            _ => &mut door.room,
        };
        value.clone_into(part);
        let place = self.place_of(&door)?;
        self.point(id, "place", place)
    }

    fn set_household(&mut self, id: i64, number: &str) -> Result<bool> {
        let household = self.household_of(Some(number), None)?;
        self.point(id, "household", household)
    }

    fn point(&self, id: i64, column: &str, to: Option<i64>) -> Result<bool> {
        let changed = self
            .tx
            .connection()
            .prepare_cached(&format!(
                "update resident set {column} = ?2, op = ?3 where id = ?1 and {column} is not ?2"
            ))?
            .execute(params![id, to, self.tx.op()])?;
        Ok(changed > 0)
    }

    fn place_of(&mut self, door: &Door) -> Result<Option<i64>> {
        if *door == Door::default() {
            return Ok(None);
        }
        self.places.find_or_add(self.tx, door).map(Some)
    }

    fn household_of(&mut self, number: Option<&str>, place: Option<i64>) -> Result<Option<i64>> {
        match number.filter(|number| !number.is_empty()) {
            Some(number) => self.households.find_or_add(self.tx, number, place).map(Some),
            None => Ok(None),
        }
    }
}

/// Puts a value into the column of a person that is being made.
fn put(person: &mut Person, column: &str, value: &str) {
    let owned = value.to_owned();
    match column {
        "name" => person.name = owned,
        "id_number" => person.id_number = Some(owned),
        "gender" => person.gender = Some(owned),
        "birth_on" => person.birth_on = Some(owned),
        "phone" => person.phone = Some(owned),
        "living_address" => person.living_address = Some(owned),
        "registered_address" => person.registered_address = Some(owned),
        "residency" => person.residency = Some(owned),
        "relation_to_head" => person.relation_to_head = Some(owned),
        _ => {}
    }
}
