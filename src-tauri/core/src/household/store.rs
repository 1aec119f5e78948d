//! The SQL of households.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::fact::{self, SubjectKind};
use crate::office::Tx;

/// Finds or adds households during one op, remembering those it has seen.
#[derive(Debug, Default)]
pub struct HouseholdBook {
    seen: HashMap<String, i64>,
}

/// A member of a household.
#[derive(Debug, Clone)]
pub struct Member {
    /// Unique number of the resident.
    pub uid: String,
    /// Name.
    pub name: String,
    /// Relation to the head, as written.
    pub relation: Option<String>,
    /// Date of birth, canonical.
    pub birth_on: Option<String>,
}

impl HouseholdBook {
    /// The number of a household by its household number, adding it when it is new.
    ///
    /// # Errors
    /// Writing fails.
    pub fn find_or_add(&mut self, tx: &Tx<'_>, number: &str, place: Option<i64>) -> Result<i64> {
        if let Some(household) = self.seen.get(number) {
            return Ok(*household);
        }
        let found = tx
            .connection()
            .prepare_cached("select id from household where number = ?1")?
            .query_row([number], |row| row.get(0))
            .optional()?;
        let household = match found {
            Some(household) => household,
            None => add(tx, number, place)?,
        };
        self.seen.insert(number.to_owned(), household);
        Ok(household)
    }
}

fn add(tx: &Tx<'_>, number: &str, place: Option<i64>) -> Result<i64> {
    let household = fact::add_subject(tx, SubjectKind::Household)?;
    tx.connection()
        .prepare_cached("insert or rollback into household (id, number, place, op) values (?1, ?2, ?3, ?4)")?
        .execute(params![household, number, place, tx.op()])?;
    Ok(household)
}

/// How many households are known.
///
/// # Errors
/// Reading fails.
pub fn count(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("select count(*) from household", [], |row| row.get(0))?)
}

/// The members of a household, the head first, then by birth.
///
/// # Errors
/// Reading fails.
pub fn members(connection: &Connection, household: i64) -> Result<Vec<Member>> {
    let mut list = connection.prepare_cached(
        "select s.uid, r.name, r.relation_to_head, r.birth_on from resident as r
         join subject as s on s.id = r.id where r.household = ?1
         order by coalesce(r.relation_to_head, '') not in ('户主', '本人'), r.birth_on, r.id",
    )?;
    let rows = list.query_map([household], |row| {
        Ok(Member { uid: row.get(0)?, name: row.get(1)?, relation: row.get(2)?, birth_on: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The household number of a household, by its number in the store.
///
/// # Errors
/// Reading fails.
pub fn number(connection: &Connection, household: i64) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached("select number from household where id = ?1")?
        .query_row([household], |row| row.get(0))
        .optional()?)
}
