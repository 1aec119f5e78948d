//! The SQL of the history: ops as rows, and names for rows that an undo left alone.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Missing, Refusal, Result};
use crate::place::Door;
use crate::store::undo::{self, Kept};

/// An op as stored.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Number.
    pub seq: i64,
    /// Moment with offset.
    pub at: String,
    /// Who did it.
    pub clerk: String,
    /// Machine word.
    pub kind: String,
    /// Plain words.
    pub label: String,
    /// JSON for the page.
    pub detail: String,
    /// The op it undoes.
    pub undo_of: Option<i64>,
}

const SELECT: &str = "select seq, at, clerk, kind, label, detail, undo_of from op";

fn row_to_stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        seq: row.get(0)?,
        at: row.get(1)?,
        clerk: row.get(2)?,
        kind: row.get(3)?,
        label: row.get(4)?,
        detail: row.get(5)?,
        undo_of: row.get(6)?,
    })
}

/// Ops, newest first, older than `before` when given; of one kind when given.
///
/// # Errors
/// Reading fails.
pub fn list(
    connection: &Connection,
    kind: Option<&str>,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<Stored>> {
    let mut list = connection.prepare_cached(&format!(
        "{SELECT} where seq < ?1 and (?2 is null or kind = ?2) order by seq desc limit ?3"
    ))?;
    let rows = list.query_map(params![before.unwrap_or(i64::MAX), kind, limit as i64], row_to_stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One op.
///
/// # Errors
/// [`Missing::Op`].
pub fn get(connection: &Connection, op: i64) -> Result<Stored> {
    connection
        .prepare_cached(&format!("{SELECT} where seq = ?1"))?
        .query_row([op], row_to_stored)
        .optional()?
        .ok_or(Error::NotFound(Missing::Op(op)))
}

/// The newest op in force that is an undo (`is_undo`), or an act of its own.
///
/// # Errors
/// Nothing is left, or reading fails.
pub fn newest(connection: &Connection, is_undo: bool) -> Result<Stored> {
    let force = undo::in_force(connection)?;
    let nothing = if is_undo { Refusal::NothingToRedo } else { Refusal::NothingToUndo };
    for (op, _) in force.iter().rev().filter(|(_, in_force)| **in_force) {
        let stored = get(connection, *op)?;
        let fits = if is_undo {
            stored.kind == "history.undo"
        } else {
            stored.undo_of.is_none() && stored.kind != "office.start"
        };
        if fits {
            return Ok(stored);
        }
    }
    Err(nothing.into())
}

/// What a kept row is called and why it was kept; nothing for a place or household that merely
/// stays because its people do.
///
/// # Errors
/// Reading fails.
pub fn describe(connection: &Connection, kept: &Kept) -> Result<Option<(String, String)>> {
    match kept.table.as_str() {
        // What was learned on the way is no row of the clerk's.
        "layout" | "remembered" | "batch" | "tray" => return Ok(None),
        "ledger_column" => return column_in_use(connection, kept.row).map(Some),
        _ => {}
    }
    let meeting = meeting_title(connection, kept)?;
    let subject = subject_of(connection, kept)?;
    if kept.later.is_none() && meeting.is_none() && !is_resident(connection, subject)? {
        return Ok(None);
    }
    let what = match (meeting, subject) {
        (Some(meeting), _) => meeting,
        (None, Some(subject)) => subject_title(connection, subject)?,
        (None, None) => "一条记录".to_owned(),
    };
    let why = match kept.later {
        Some(later) => {
            let later = get(connection, later)?;
            format!("后来又动过：{}（{}）", later.label, later.at.chars().take(10).collect::<String>())
        }
        None => "后来登记的内容还用得着".to_owned(),
    };
    Ok(Some((what, why)))
}

/// The name of a matter or meeting.
fn meeting_title(connection: &Connection, kept: &Kept) -> Result<Option<String>> {
    let sql = match kept.table.as_str() {
        "matter" => "select '议题“' || title || '”' from matter where id = ?1",
        "meeting" => "select number from meeting where id = ?1",
        _ => return Ok(None),
    };
    Ok(connection.prepare_cached(sql)?.query_row([kept.row], |row| row.get(0)).optional()?)
}

fn column_in_use(connection: &Connection, row: i64) -> Result<(String, String)> {
    let title: String = connection
        .prepare_cached("select body ->> '$.title' from ledger_column where id = ?1")?
        .query_row([row], |row| row.get(0))?;
    Ok((format!("栏目“{title}”"), "后来的名单还用着这一栏".to_owned()))
}

fn is_resident(connection: &Connection, subject: Option<i64>) -> Result<bool> {
    let sql = "select exists (select 1 from resident where id = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([subject], |row| row.get(0))?)
}

fn subject_of(connection: &Connection, kept: &Kept) -> Result<Option<i64>> {
    let sql = match kept.table.as_str() {
        "subject" | "resident" | "household" | "place" => return Ok(Some(kept.row)),
        "fact" => "select subject from fact where id = ?1",
        "record" => "select subject from record where id = ?1",
        _ => return Ok(None),
    };
    Ok(connection.prepare_cached(sql)?.query_row([kept.row], |row| row.get(0)).optional()?.flatten())
}

fn subject_title(connection: &Connection, subject: i64) -> Result<String> {
    let title = connection
        .prepare_cached(
            "select coalesce(r.name, case when h.number is not null then '户号 ' || h.number end, ''),
                    coalesce(p.building, ''), coalesce(p.unit, ''), coalesce(p.room, '')
             from subject as s left join resident as r on r.id = s.id
             left join household as h on h.id = s.id left join place as p on p.id = s.id where s.id = ?1",
        )?
        .query_row([subject], |row| {
            let door = Door { building: row.get(1)?, unit: row.get(2)?, room: row.get(3)? };
            let name: String = row.get(0)?;
            Ok(if name.is_empty() { door.title() } else { name })
        })
        .optional()?;
    Ok(title.unwrap_or_else(|| "已不在册的一条".to_owned()))
}
