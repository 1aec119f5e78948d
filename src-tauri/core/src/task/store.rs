//! The SQL of tasks and hours.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{State, Task};
use crate::calendar::moment;
use crate::duty::Side;
use crate::error::{Error, Missing, Result};
use crate::office::Tx;

const SELECT: &str = "select t.id, t.title, t.department, t.channel, t.received_at, t.due_at, t.owner,
    t.side, t.duty, t.state, t.finished_at, t.notice, t.before, t.body,
    (select coalesce(sum(w.minutes), 0) from work as w where w.task = t.id) from task as t";

fn row_to_task(row: &Row<'_>) -> rusqlite::Result<Task> {
    let moment_at = |index: usize| -> rusqlite::Result<Option<NaiveDateTime>> {
        Ok(row.get::<_, Option<String>>(index)?.as_deref().and_then(moment::parse))
    };
    let body: String = row.get(13)?;
    Ok(Task {
        id: row.get(0)?,
        title: row.get(1)?,
        department: row.get(2)?,
        channel: row.get(3)?,
        received_at: moment_at(4)?.unwrap_or_default(),
        due_at: moment_at(5)?,
        owner: row.get(6)?,
        side: Side::from_word(&row.get::<_, String>(7)?),
        duty: row.get(8)?,
        state: State::from_word(&row.get::<_, String>(9)?),
        finished_at: moment_at(10)?,
        notice: row.get(11)?,
        before: row.get(12)?,
        extra: serde_json::from_str(&body).unwrap_or_default(),
        minutes: row.get(14)?,
    })
}

/// One task.
///
/// # Errors
/// [`Missing::Task`].
pub fn get(connection: &Connection, id: i64) -> Result<Task> {
    connection
        .prepare_cached(&format!("{SELECT} where t.id = ?1"))?
        .query_row([id], row_to_task)
        .optional()?
        .ok_or(Error::NotFound(Missing::Task(id)))
}

/// All open tasks, the soonest due first.
///
/// # Errors
/// Reading fails.
pub fn open(connection: &Connection) -> Result<Vec<Task>> {
    let mut list = connection.prepare_cached(&format!(
        "{SELECT} where t.state = 'open' order by t.due_at is null, t.due_at, t.received_at, t.id"
    ))?;
    let rows = list.query_map([], row_to_task)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which tasks are wanted.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Received on or after this day.
    pub from: Option<NaiveDate>,
    /// Received on or before this day.
    pub to: Option<NaiveDate>,
    /// In this state.
    pub state: Option<State>,
    /// Handed down by this department.
    pub department: Option<String>,
    /// Of this side.
    pub side: Option<Side>,
    /// Of this item.
    pub duty: Option<String>,
}

/// Tasks that fit, newest first.
///
/// # Errors
/// Reading fails.
pub fn list(connection: &Connection, filter: &Filter) -> Result<Vec<Task>> {
    let mut list = connection.prepare_cached(&format!(
        "{SELECT} where (?1 is null or t.received_at >= ?1) and (?2 is null or t.received_at < ?2)
           and (?3 is null or t.state = ?3) and (?4 is null or t.department = ?4)
           and (?5 is null or t.side = ?5) and (?6 is null or t.duty = ?6)
         order by t.received_at desc, t.id desc"
    ))?;
    let rows = list.query_map(
        params![
            filter.from.map(|day| day.to_string()),
            filter.to.and_then(|day| day.succ_opt()).map(|day| day.to_string()),
            filter.state.map(State::word),
            filter.department,
            filter.side.map(Side::word),
            filter.duty
        ],
        row_to_task,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a task and returns its number.
///
/// # Errors
/// Writing fails.
pub fn add(tx: &Tx<'_>, task: &Task) -> Result<i64> {
    tx.connection().execute(
        "insert into task (title, department, channel, received_at, due_at, owner, side, duty, state,
             finished_at, notice, before, body, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            task.title,
            task.department,
            task.channel,
            moment::kept(task.received_at),
            task.due_at.map(moment::kept),
            task.owner,
            task.side.word(),
            task.duty,
            task.state.word(),
            task.finished_at.map(moment::kept),
            task.notice,
            task.before,
            serde_json::to_string(&task.extra)?,
            tx.op()
        ],
    )?;
    Ok(tx.connection().last_insert_rowid())
}

/// Writes a task that is known.
pub(super) fn save(tx: &Tx<'_>, task: &Task) -> Result<()> {
    tx.connection().execute(
        "update task set title = ?2, department = ?3, channel = ?4, received_at = ?5, due_at = ?6,
             owner = ?7, side = ?8, duty = ?9, state = ?10, finished_at = ?11, body = ?12, op = ?13
         where id = ?1 and (title, department, channel, received_at, due_at, owner, side, duty, state,
             finished_at, body) is not (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            task.id,
            task.title,
            task.department,
            task.channel,
            moment::kept(task.received_at),
            task.due_at.map(moment::kept),
            task.owner,
            task.side.word(),
            task.duty,
            task.state.word(),
            task.finished_at.map(moment::kept),
            serde_json::to_string(&task.extra)?,
            tx.op()
        ],
    )?;
    Ok(())
}

/// Whether a later task of the series exists.
pub(super) fn has_next(connection: &Connection, id: i64) -> Result<bool> {
    let sql = "select exists (select 1 from task where before = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

/// What an item of the two lists came to in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    /// Tasks received.
    pub tasks: i64,
    /// Minutes worked on them.
    pub minutes: i64,
}

/// Tasks of an item received in a year, and the minutes worked on them.
///
/// # Errors
/// Reading fails.
pub fn used(connection: &Connection, duty: &str, year: i32) -> Result<Used> {
    let sql = "select count(*), coalesce(sum((select sum(w.minutes) from work as w where w.task = t.id)), 0)
               from task as t where t.duty = ?1 and t.received_at like ?2 || '-%'";
    let used = connection.prepare_cached(sql)?.query_row(params![duty, year.to_string()], |row| {
        Ok(Used { tasks: row.get(0)?, minutes: row.get(1)? })
    })?;
    Ok(used)
}

/// Hours that were worked (工时).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Number of the row.
    pub id: i64,
    /// The day.
    pub on: NaiveDate,
    /// Who worked.
    pub who: String,
    /// Minutes.
    pub minutes: i64,
    /// Whose work it is.
    pub side: Side,
    /// Department it was for; empty for the committee's own.
    pub department: String,
    /// What was done.
    pub title: String,
    /// The task it was for.
    pub task: Option<i64>,
}

/// Hours to note.
pub type NewWork = Work;

const WORK: &str = "select id, on_day, who, minutes, side, department, title, task from work";

fn row_to_work(row: &Row<'_>) -> rusqlite::Result<Work> {
    Ok(Work {
        id: row.get(0)?,
        on: row.get::<_, String>(1)?.parse().unwrap_or_default(),
        who: row.get(2)?,
        minutes: row.get(3)?,
        side: Side::from_word(&row.get::<_, String>(4)?),
        department: row.get(5)?,
        title: row.get(6)?,
        task: row.get(7)?,
    })
}

/// Hours worked within days, the newest first; of one task when given.
///
/// # Errors
/// Reading fails.
pub fn hours(connection: &Connection, from: NaiveDate, to: NaiveDate, task: Option<i64>) -> Result<Vec<Work>> {
    let mut list = connection.prepare_cached(&format!(
        "{WORK} where on_day between ?1 and ?2 and (?3 is null or task = ?3) order by on_day desc, id desc"
    ))?;
    let rows = list.query_map(params![from.to_string(), to.to_string(), task], row_to_work)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes hours that were worked.
///
/// # Errors
/// Writing fails.
pub fn add_work(tx: &Tx<'_>, work: &NewWork) -> Result<i64> {
    tx.connection().execute(
        "insert into work (on_day, who, minutes, side, department, title, task, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            work.on.to_string(),
            work.who,
            work.minutes,
            work.side.word(),
            work.department,
            work.title,
            work.task,
            tx.op()
        ],
    )?;
    Ok(tx.connection().last_insert_rowid())
}

/// Takes hours out that were noted wrongly.
pub(super) fn drop_work(tx: &Tx<'_>, id: i64) -> Result<usize> {
    Ok(tx.connection().execute("delete from work where id = ?1", [id])?)
}
