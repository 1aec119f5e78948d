//! The SQL of matters: the matter, its rows and its steps.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use crate::error::{Missing, Result};
use crate::meeting::case::{Row, Values};
use crate::office::Tx;

/// A matter as kept.
#[derive(Debug, Clone, Default)]
pub struct Matter {
    pub id: i64,
    pub number: String,
    pub year: i32,
    pub serial: i64,
    pub title: String,
    pub way_in: String,
    pub state: String,
    pub opened_on: String,
    pub values: Values,
}

/// A step a matter went.
#[derive(Debug, Clone, Default)]
pub struct MatterStep {
    pub transition: String,
    pub state: String,
    pub reason: String,
    pub missing: Vec<String>,
    pub on_day: String,
    pub who: String,
}

const SELECT: &str = "select id, number, year, serial, title, way_in, state, opened_on, body from matter";

fn row_to_matter(row: &SqlRow<'_>) -> rusqlite::Result<Matter> {
    let body: String = row.get(8)?;
    Ok(Matter {
        id: row.get(0)?,
        number: row.get(1)?,
        year: row.get(2)?,
        serial: row.get(3)?,
        title: row.get(4)?,
        way_in: row.get(5)?,
        state: row.get(6)?,
        opened_on: row.get(7)?,
        values: serde_json::from_str(&body).unwrap_or_default(),
    })
}

pub fn get(connection: &Connection, id: i64) -> Result<Matter> {
    let found = connection
        .prepare_cached(&format!("{SELECT} where id = ?1"))?
        .query_row([id], row_to_matter)
        .optional()?;
    found.ok_or_else(|| Missing::Matter(id).into())
}

/// All matters, newest first.
pub fn list(connection: &Connection) -> Result<Vec<Matter>> {
    let mut list = connection.prepare_cached(&format!("{SELECT} order by year desc, serial desc"))?;
    let rows = list.query_map([], row_to_matter)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub fn next_serial(connection: &Connection, year: i32) -> Result<i64> {
    let sql = "select coalesce(max(serial), 0) + 1 from matter where year = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([year], |row| row.get(0))?)
}

pub fn add(tx: &Tx<'_>, matter: &Matter) -> Result<i64> {
    tx.connection().execute(
        "insert into matter (number, year, serial, title, way_in, state, opened_on, body, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            matter.number,
            matter.year,
            matter.serial,
            matter.title,
            matter.way_in,
            matter.state,
            matter.opened_on,
            serde_json::to_string(&matter.values)?,
            tx.op()
        ],
    )?;
    Ok(tx.connection().last_insert_rowid())
}

/// Keeps what changed of a matter.
pub fn save(tx: &Tx<'_>, matter: &Matter) -> Result<()> {
    tx.connection().execute(
        "update matter set title = ?2, way_in = ?3, state = ?4, body = ?5, op = ?6
         where id = ?1 and (title, way_in, state, body) is not (?2, ?3, ?4, ?5)",
        params![
            matter.id,
            matter.title,
            matter.way_in,
            matter.state,
            serde_json::to_string(&matter.values)?,
            tx.op()
        ],
    )?;
    Ok(())
}

pub fn rows(connection: &Connection, matter: i64) -> Result<Vec<Row>> {
    let mut list = connection
        .prepare_cached("select id, record, body from matter_row where matter = ?1 order by place, id")?;
    let rows = list.query_map([matter], |row| {
        let body: String = row.get(2)?;
        Ok(Row {
            id: row.get(0)?,
            record: row.get(1)?,
            values: serde_json::from_str(&body).unwrap_or_default(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a row of a record; a number of nought adds.
pub fn save_row(tx: &Tx<'_>, matter: i64, place: usize, row: &Row) -> Result<()> {
    let body = serde_json::to_string(&row.values)?;
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    if row.id > 0 {
        tx.connection().execute(
            "update matter_row set place = ?3, body = ?4, op = ?5 where id = ?1 and matter = ?2
             and (place, body) is not (?3, ?4)",
            params![row.id, matter, place, body, tx.op()],
        )?;
    } else {
        tx.connection().execute(
            "insert into matter_row (matter, record, place, body, op) values (?1, ?2, ?3, ?4, ?5)",
            params![matter, row.record, place, body, tx.op()],
        )?;
    }
    Ok(())
}

pub fn remove_row(tx: &Tx<'_>, matter: i64, id: i64) -> Result<()> {
    tx.connection().execute("delete from matter_row where id = ?2 and matter = ?1", params![matter, id])?;
    Ok(())
}

pub fn steps(connection: &Connection, matter: i64) -> Result<Vec<MatterStep>> {
    let mut list = connection.prepare_cached(
        "select transition, state, reason, missing, on_day, who from matter_step where matter = ?1 order by id",
    )?;
    let rows = list.query_map([matter], |row| {
        let missing: String = row.get(3)?;
        Ok(MatterStep {
            transition: row.get(0)?,
            state: row.get(1)?,
            reason: row.get(2)?,
            missing: serde_json::from_str(&missing).unwrap_or_default(),
            on_day: row.get(4)?,
            who: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub fn add_step(tx: &Tx<'_>, matter: i64, step: &MatterStep) -> Result<()> {
    tx.connection().execute(
        "insert into matter_step (matter, transition, state, reason, missing, on_day, who, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            matter,
            step.transition,
            step.state,
            step.reason,
            serde_json::to_string(&step.missing)?,
            step.on_day,
            step.who,
            tx.op()
        ],
    )?;
    Ok(())
}
