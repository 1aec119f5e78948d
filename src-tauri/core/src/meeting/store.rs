//! The SQL of meetings: the meeting, its roll, rows, counts and steps, and the office's own parameters.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::case::{Arrival, Attempt, Attendee, Counts, Row, Step, Tally, Values};
use crate::error::{Missing, Result};
use crate::office::Tx;

/// A meeting as kept.
#[derive(Debug, Clone, Default)]
pub struct Meeting {
    pub id: i64,
    pub matter: Option<i64>,
    pub kind: String,
    pub number: String,
    pub year: i32,
    pub serial: i64,
    pub round: i64,
    pub held_at: String,
    pub values: Values,
    pub attempts: Vec<Attempt>,
    pub closed_on: String,
}

const SELECT: &str =
    "select id, matter, kind, number, year, serial, round, held_at, body, attempts, closed_on
    from meeting";

fn row_to_meeting(row: &SqlRow<'_>) -> rusqlite::Result<Meeting> {
    Ok(Meeting {
        id: row.get(0)?,
        matter: row.get(1)?,
        kind: row.get(2)?,
        number: row.get(3)?,
        year: row.get(4)?,
        serial: row.get(5)?,
        round: row.get(6)?,
        held_at: row.get(7)?,
        values: json(row, 8)?,
        attempts: json(row, 9)?,
        closed_on: row.get(10)?,
    })
}

/// What a column keeps as JSON.
fn json<T: serde::de::DeserializeOwned + Default>(row: &SqlRow<'_>, at: usize) -> rusqlite::Result<T> {
    let text: String = row.get(at)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

pub fn get(connection: &Connection, id: i64) -> Result<Meeting> {
    let found = connection
        .prepare_cached(&format!("{SELECT} where id = ?1"))?
        .query_row([id], row_to_meeting)
        .optional()?;
    found.ok_or_else(|| Missing::Meeting(id).into())
}

/// Meetings of a matter, a kind or a year, oldest first.
pub fn list(
    connection: &Connection,
    matter: Option<i64>,
    kind: Option<&str>,
    year: Option<i32>,
) -> Result<Vec<Meeting>> {
    let mut list = connection.prepare_cached(&format!(
        "{SELECT} where (?1 is null or matter = ?1) and (?2 is null or kind = ?2)
         and (?3 is null or year = ?3) order by case when held_at = '' then '9' else held_at end, id"
    ))?;
    let rows = list.query_map(params![matter, kind, year], row_to_meeting)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The number after the last one given to a kind in a year.
pub fn next_serial(connection: &Connection, kind: &str, year: i32) -> Result<i64> {
    let sql = "select coalesce(max(serial), 0) + 1 from meeting where kind = ?1 and year = ?2";
    Ok(connection.prepare_cached(sql)?.query_row(params![kind, year], |row| row.get(0))?)
}

/// The round after the last one of a kind in a matter.
pub fn next_round(connection: &Connection, kind: &str, matter: Option<i64>) -> Result<i64> {
    let sql = "select coalesce(max(round), 0) + 1 from meeting where kind = ?1 and matter = ?2";
    match matter {
        None => Ok(1),
        Some(matter) => {
            Ok(connection.prepare_cached(sql)?.query_row(params![kind, matter], |row| row.get(0))?)
        }
    }
}

pub fn add(tx: &Tx<'_>, meeting: &Meeting) -> Result<i64> {
    tx.connection().execute(
        "insert into meeting (matter, kind, number, year, serial, round, held_at, body, attempts, closed_on, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '[]', '', ?9)",
        params![
            meeting.matter,
            meeting.kind,
            meeting.number,
            meeting.year,
            meeting.serial,
            meeting.round,
            meeting.held_at,
            serde_json::to_string(&meeting.values)?,
            tx.op()
        ],
    )?;
    Ok(tx.connection().last_insert_rowid())
}

/// Keeps the values, attempts and closing day of a meeting, when they differ.
pub fn save(tx: &Tx<'_>, meeting: &Meeting) -> Result<()> {
    let held_at = meeting.values.get("held_at").map(super::case::text_of).unwrap_or_default();
    tx.connection().execute(
        "update meeting set held_at = ?2, body = ?3, attempts = ?4, closed_on = ?5, op = ?6
         where id = ?1 and (held_at, body, attempts, closed_on) is not (?2, ?3, ?4, ?5)",
        params![
            meeting.id,
            held_at,
            serde_json::to_string(&meeting.values)?,
            serde_json::to_string(&meeting.attempts)?,
            meeting.closed_on,
            tx.op()
        ],
    )?;
    Ok(())
}

/// The roll in the order it was made.
pub fn people(connection: &Connection, meeting: i64) -> Result<Vec<Attendee>> {
    let mut list = connection.prepare_cached(
        "select id, resident, name, roles, unit, phone, building, room, arrival, arrived_at, note, signed_on
         from meeting_person where meeting = ?1 order by id",
    )?;
    let rows = list.query_map([meeting], |row| {
        Ok(Attendee {
            id: row.get(0)?,
            resident: row.get(1)?,
            name: row.get(2)?,
            roles: json(row, 3)?,
            unit: row.get(4)?,
            phone: row.get(5)?,
            building: row.get(6)?,
            room: row.get(7)?,
            arrival: arrival(&row.get::<_, String>(8)?),
            arrived_at: row.get(9)?,
            note: row.get(10)?,
            signed_on: row.get(11)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn arrival(word: &str) -> Arrival {
    serde_json::from_value(word.into()).unwrap_or_default()
}

/// Keeps somebody on the roll; a number of nought adds.
pub fn save_person(tx: &Tx<'_>, meeting: i64, one: &Attendee) -> Result<()> {
    let arrival = serde_json::to_value(one.arrival)?;
    let values = params![
        (one.id > 0).then_some(one.id),
        meeting,
        one.resident,
        one.name,
        serde_json::to_string(&one.roles)?,
        one.unit,
        one.phone,
        one.building,
        one.room,
        arrival.as_str(),
        one.arrived_at,
        one.note,
        one.signed_on,
        tx.op()
    ];
    tx.connection()
        .prepare_cached(
            "insert into meeting_person (id, meeting, resident, name, roles, unit, phone, building, room,
                 arrival, arrived_at, note, signed_on, op)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             on conflict (id) do update set resident = excluded.resident, name = excluded.name,
                 roles = excluded.roles, unit = excluded.unit, phone = excluded.phone,
                 building = excluded.building, room = excluded.room, arrival = excluded.arrival,
                 arrived_at = excluded.arrived_at, note = excluded.note, signed_on = excluded.signed_on,
                 op = excluded.op",
        )?
        .execute(values)?;
    Ok(())
}

pub fn remove_person(tx: &Tx<'_>, meeting: i64, id: i64) -> Result<()> {
    let sql = "delete from meeting_person where id = ?2 and meeting = ?1";
    tx.connection().execute(sql, params![meeting, id])?;
    Ok(())
}

/// All rows of all records, in order.
pub fn rows(connection: &Connection, meeting: i64) -> Result<Vec<Row>> {
    let mut list = connection
        .prepare_cached("select id, record, body from meeting_row where meeting = ?1 order by place, id")?;
    let rows = list.query_map([meeting], |row| {
        Ok(Row { id: row.get(0)?, record: row.get(1)?, values: json(row, 2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a row of a record; a number of nought adds.
pub fn save_row(tx: &Tx<'_>, meeting: i64, place: usize, row: &Row) -> Result<()> {
    let body = serde_json::to_string(&row.values)?;
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    if row.id > 0 {
        tx.connection()
            .prepare_cached(
                "update meeting_row set place = ?3, body = ?4, op = ?5 where id = ?1 and meeting = ?2
                 and (place, body) is not (?3, ?4)",
            )?
            .execute(params![row.id, meeting, place, body, tx.op()])?;
    } else {
        tx.connection()
            .prepare_cached(
                "insert into meeting_row (meeting, record, place, body, op) values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![meeting, row.record, place, body, tx.op()])?;
    }
    Ok(())
}

pub fn remove_row(tx: &Tx<'_>, meeting: i64, id: i64) -> Result<()> {
    let sql = "delete from meeting_row where id = ?2 and meeting = ?1";
    tx.connection().execute(sql, params![meeting, id])?;
    Ok(())
}

/// All versions of all counts, oldest first.
pub fn tallies(connection: &Connection, meeting: i64) -> Result<Vec<Tally>> {
    let mut list = connection.prepare_cached(
        "select id, attempt, vote, version, body, locked_at, reason from meeting_tally
         where meeting = ?1 order by id",
    )?;
    let rows = list.query_map([meeting], |row| {
        Ok(Tally {
            id: row.get(0)?,
            attempt: row.get(1)?,
            vote: row.get(2)?,
            version: row.get(3)?,
            counts: json::<Counts>(row, 4)?,
            locked_at: row.get(5)?,
            reason: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps counts; a number of nought adds a version. Locked counts are never rewritten, whoever asks.
pub fn save_tally(tx: &Tx<'_>, meeting: i64, tally: &Tally) -> Result<()> {
    let body = serde_json::to_string(&tally.counts)?;
    if tally.id > 0 {
        tx.connection().execute(
            "update meeting_tally set body = ?3, locked_at = ?4, op = ?5
             where id = ?1 and meeting = ?2 and locked_at = ''",
            params![tally.id, meeting, body, tally.locked_at, tx.op()],
        )?;
    } else {
        tx.connection().execute(
            "insert into meeting_tally (meeting, attempt, vote, version, body, locked_at, reason, op)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                meeting,
                tally.attempt,
                tally.vote,
                tally.version,
                body,
                tally.locked_at,
                tally.reason,
                tx.op()
            ],
        )?;
    }
    Ok(())
}

/// The steps so far, oldest first.
pub fn steps(connection: &Connection, meeting: i64) -> Result<Vec<Step>> {
    let mut list = connection.prepare_cached(
        "select attempt, stage, act, way, reason, on_day, who, missing from meeting_step
         where meeting = ?1 order by id",
    )?;
    let rows = list.query_map([meeting], |row| {
        Ok(Step {
            attempt: row.get(0)?,
            stage: row.get(1)?,
            act: row.get(2)?,
            way: row.get(3)?,
            reason: row.get(4)?,
            on_day: row.get(5)?,
            who: row.get(6)?,
            missing: json(row, 7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub fn add_step(tx: &Tx<'_>, meeting: i64, step: &Step) -> Result<()> {
    tx.connection().execute(
        "insert into meeting_step (meeting, attempt, stage, act, way, reason, on_day, who, missing, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            meeting,
            step.attempt,
            step.stage,
            step.act,
            step.way,
            step.reason,
            step.on_day,
            step.who,
            serde_json::to_string(&step.missing)?,
            tx.op()
        ],
    )?;
    Ok(())
}

/// The parameters the office set itself, by rule code.
pub fn parameters(connection: &Connection) -> Result<BTreeMap<String, String>> {
    let mut list = connection.prepare_cached("select code, value from rule_parameter")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets a parameter of the office's own; an empty value takes it back.
pub fn set_parameter(tx: &Tx<'_>, code: &str, value: &str, basis: &str) -> Result<()> {
    if value.is_empty() {
        tx.connection().execute("delete from rule_parameter where code = ?1", [code])?;
        return Ok(());
    }
    tx.connection().execute(
        "insert into rule_parameter (code, value, basis, op) values (?1, ?2, ?3, ?4)
         on conflict (code) do update set value = excluded.value, basis = excluded.basis, op = excluded.op",
        params![code, value, basis, tx.op()],
    )?;
    Ok(())
}
