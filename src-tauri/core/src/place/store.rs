//! The SQL of places.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::Door;
use crate::error::Result;
use crate::fact::{self, SubjectKind};
use crate::office::Tx;

/// Finds or adds places during one op, remembering those it has seen.
#[derive(Debug, Default)]
pub struct PlaceBook {
    seen: HashMap<Door, i64>,
    asked: usize,
}

/// Doors looked for one by one; after so many all of them are read at once.
const ASKED_ONE_BY_ONE: usize = 100;

impl PlaceBook {
    /// The number of a place, adding it when it is new.
    ///
    /// # Errors
    /// Writing fails.
    pub fn find_or_add(&mut self, tx: &Tx<'_>, door: &Door) -> Result<i64> {
        self.asked += 1;
        if self.asked == ASKED_ONE_BY_ONE {
            self.seen = all(tx.connection())?;
        }
        if let Some(number) = self.seen.get(door) {
            return Ok(*number);
        }
        let known = if self.asked < ASKED_ONE_BY_ONE { find(tx.connection(), door)? } else { None };
        let number = match known {
            Some(number) => number,
            None => add(tx, door)?,
        };
        self.seen.insert(door.clone(), number);
        Ok(number)
    }
}

fn all(connection: &Connection) -> Result<HashMap<Door, i64>> {
    let mut list = connection.prepare("select building, unit, room, id from place")?;
    let rows = list.query_map([], |row| {
        Ok((Door { building: row.get(0)?, unit: row.get(1)?, room: row.get(2)? }, row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn find(connection: &Connection, door: &Door) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("select id from place where building = ?1 and room = ?2 and unit = ?3")?
        .query_row(params![door.building, door.room, door.unit], |row| row.get(0))
        .optional()?)
}

fn add(tx: &Tx<'_>, door: &Door) -> Result<i64> {
    let number = fact::add_subject(tx, SubjectKind::Place)?;
    tx.connection()
        .prepare_cached(
            "insert or rollback into place (id, building, unit, room, op) values (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![number, door.building, door.unit, door.room, tx.op()])?;
    Ok(number)
}

/// The door of a place.
///
/// # Errors
/// Reading fails.
pub fn get(connection: &Connection, place: i64) -> Result<Option<Door>> {
    Ok(connection
        .prepare_cached("select building, unit, room from place where id = ?1")?
        .query_row([place], |row| Ok(Door { building: row.get(0)?, unit: row.get(1)?, room: row.get(2)? }))
        .optional()?)
}

/// All building tokens, numbers in numeric order first.
///
/// # Errors
/// Reading fails.
pub fn buildings(connection: &Connection) -> Result<Vec<String>> {
    let mut list = connection.prepare_cached(
        "select distinct building from place where building <> ''
         order by cast(building as integer) = 0, cast(building as integer), building",
    )?;
    let rows = list.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many buildings are known.
///
/// # Errors
/// Reading fails.
pub fn count_buildings(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row(
        "select count(distinct building) from place where building <> ''",
        [],
        |row| row.get(0),
    )?)
}
