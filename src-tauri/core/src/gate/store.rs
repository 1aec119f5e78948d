//! The SQL of notices and of their way.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Decision, Earlier, Opinion, Verdict};
use crate::calendar::moment;
use crate::duty::Side;
use crate::error::{Error, Missing, Result};
use crate::letter::Composed;
use crate::office::Tx;

/// A notice that was decided (把关登记).
#[derive(Debug, Clone)]
pub struct Notice {
    /// Number of the row.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Who asked.
    pub department: String,
    /// How it came.
    pub channel: String,
    /// When it came.
    pub received_at: NaiveDateTime,
    /// By when it was due.
    pub due_at: Option<NaiveDateTime>,
    /// What the gate said.
    pub verdict: Verdict,
    /// Whose work it is, as decided.
    pub side: Side,
    /// The entry it matches, as decided.
    pub item: Option<String>,
    /// The whole opinion; none of notices that came by import.
    pub opinion: Option<Opinion>,
    /// Fields the form asked for.
    pub asks: Vec<String>,
    /// The letter that went out.
    pub letter: Option<Composed>,
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// Where it stands now.
    pub state: String,
    /// By when the state is to be left.
    pub due_on: Option<NaiveDate>,
    /// Number of the letter that went out.
    pub serial: Option<i64>,
}

/// A step of a notice on its way.
#[derive(Debug, Clone)]
pub struct Step {
    /// The state it came to.
    pub state: String,
    /// The day.
    pub on: NaiveDate,
    /// Who.
    pub who: String,
    /// What was said.
    pub note: String,
    /// By when the state is to be left.
    pub due_on: Option<NaiveDate>,
    /// Number of the paper that went with it.
    pub serial: Option<i64>,
}

const SELECT: &str = "select id, title, text, department, channel, received_at, due_at, verdict, side, item,
    judged, asks, letter, decision, reason, state, due_on, serial from notice";

fn row_to_notice(row: &Row<'_>) -> rusqlite::Result<Notice> {
    let text = |index: usize| row.get::<_, Option<String>>(index);
    let json = |index: usize| -> rusqlite::Result<String> { Ok(text(index)?.unwrap_or_default()) };
    Ok(Notice {
        id: row.get(0)?,
        title: row.get(1)?,
        text: row.get(2)?,
        department: row.get(3)?,
        channel: row.get(4)?,
        received_at: text(5)?.as_deref().and_then(moment::parse).unwrap_or_default(),
        due_at: text(6)?.as_deref().and_then(moment::parse),
        verdict: Verdict::from_word(&json(7)?),
        side: Side::from_word(&json(8)?),
        item: row.get(9)?,
        opinion: serde_json::from_str(&json(10)?).ok(),
        asks: serde_json::from_str(&json(11)?).unwrap_or_default(),
        letter: serde_json::from_str(&json(12)?).ok(),
        decision: Decision::from_word(&json(13)?),
        reason: row.get(14)?,
        state: row.get(15)?,
        due_on: text(16)?.and_then(|day| day.parse().ok()),
        serial: row.get(17)?,
    })
}

/// One notice.
///
/// # Errors
/// [`Missing::Notice`].
pub fn get(connection: &Connection, id: i64) -> Result<Notice> {
    connection
        .prepare_cached(&format!("{SELECT} where id = ?1"))?
        .query_row([id], row_to_notice)
        .optional()?
        .ok_or(Error::NotFound(Missing::Notice(id)))
}

/// Notices received within days, newest first.
///
/// # Errors
/// Reading fails.
pub fn list(connection: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Notice>> {
    let mut list = connection.prepare_cached(&format!(
        "{SELECT} where received_at >= ?1 and received_at < ?2 order by received_at desc, id desc"
    ))?;
    let until = to.succ_opt().unwrap_or(to).to_string();
    let rows = list.query_map(params![from.to_string(), until], row_to_notice)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notices whose state waits for something, the most urgent first.
pub(super) fn waiting(connection: &Connection) -> Result<Vec<Notice>> {
    let mut list = connection.prepare_cached(&format!(
        "{SELECT} where state in ('supplement', 'applied', 'deciding', 'admitted', 'review', 'renewed')
         order by due_on is null, due_on, id"
    ))?;
    let rows = list.query_map([], row_to_notice)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many notices wait for something.
///
/// # Errors
/// Reading fails.
pub fn count_waiting(connection: &Connection) -> Result<usize> {
    Ok(waiting(connection)?.len())
}

/// Which notice of its year it is, for the register.
pub(super) fn intake_number(connection: &Connection, year: i32) -> Result<i64> {
    let sql = "select count(*) + 1 from notice where received_at like ?1 || '-%'";
    Ok(connection.prepare_cached(sql)?.query_row([year.to_string()], |row| row.get(0))?)
}

/// What came in the last year and a half, as far as repeats are looked for.
pub(super) fn earlier(connection: &Connection, since: NaiveDate) -> Result<Vec<Earlier>> {
    let mut list = connection.prepare_cached(
        "select n.id, 1, n.title, n.department, n.received_at, n.asks, n.decision from notice as n
         where n.received_at >= ?1
         union all
         select t.id, 0, t.title, t.department, t.received_at, '[]', t.state from task as t
         where t.received_at >= ?1 and t.notice is null and t.before is null
         order by 5 desc",
    )?;
    let rows = list.query_map([since.to_string()], |row| {
        let (is_notice, outcome): (bool, String) = (row.get(1)?, row.get(6)?);
        Ok(Earlier {
            id: row.get(0)?,
            is_notice,
            title: row.get(2)?,
            department: row.get(3)?,
            on: row.get::<_, String>(4)?.get(..10).and_then(|day| day.parse().ok()).unwrap_or_default(),
            asks: serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default(),
            outcome: said_outcome(is_notice, &outcome).to_owned(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn said_outcome(is_notice: bool, word: &str) -> &'static str {
    match (is_notice, word) {
        (true, word) => Decision::from_word(word).title(),
        (false, "done") => "已经办结",
        (false, "dropped") => "没有办",
        (false, _) => "还在办",
    }
}

/// Keeps a notice and returns its number.
pub(super) fn add(tx: &Tx<'_>, notice: &Notice) -> Result<i64> {
    let json = |letter: &Composed| serde_json::to_string(letter);
    tx.connection().execute(
        "insert into notice (title, text, department, channel, received_at, due_at, verdict, side, item,
             judged, asks, letter, decision, reason, state, due_on, serial, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        params![
            notice.title,
            notice.text,
            notice.department,
            notice.channel,
            moment::kept(notice.received_at),
            notice.due_at.map(moment::kept),
            notice.verdict.word(),
            notice.side.word(),
            notice.item,
            serde_json::to_string(&notice.opinion)?,
            serde_json::to_string(&notice.asks)?,
            notice.letter.as_ref().map(json).transpose()?,
            notice.decision.word(),
            notice.reason,
            notice.state,
            notice.due_on.map(|day| day.to_string()),
            notice.serial,
            tx.op()
        ],
    )?;
    Ok(tx.connection().last_insert_rowid())
}

/// Notes where a notice stands now.
pub(super) fn set_state(tx: &Tx<'_>, id: i64, state: &str, due_on: Option<NaiveDate>) -> Result<()> {
    tx.connection().execute(
        "update notice set state = ?2, due_on = ?3, op = ?4 where id = ?1",
        params![id, state, due_on.map(|day| day.to_string()), tx.op()],
    )?;
    Ok(())
}

/// Notes the item a notice was admitted as.
pub(super) fn set_item(tx: &Tx<'_>, id: i64, item: &str) -> Result<()> {
    tx.connection().execute(
        "update notice set item = ?2, side = 'government', op = ?3 where id = ?1",
        params![id, item, tx.op()],
    )?;
    Ok(())
}

/// Notes a step of a notice.
pub(super) fn add_step(tx: &Tx<'_>, notice: i64, step: &Step) -> Result<()> {
    tx.connection().execute(
        "insert into notice_step (notice, state, on_day, who, note, due_on, serial, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            notice,
            step.state,
            step.on.to_string(),
            step.who,
            step.note,
            step.due_on.map(|day| day.to_string()),
            step.serial,
            tx.op()
        ],
    )?;
    Ok(())
}

/// The steps of a notice in order.
///
/// # Errors
/// Reading fails.
pub fn steps(connection: &Connection, notice: i64) -> Result<Vec<Step>> {
    let mut list = connection.prepare_cached(
        "select state, on_day, who, note, due_on, serial from notice_step where notice = ?1 order by id",
    )?;
    let rows = list.query_map([notice], |row| {
        Ok(Step {
            state: row.get(0)?,
            on: row.get::<_, String>(1)?.parse().unwrap_or_default(),
            who: row.get(2)?,
            note: row.get(3)?,
            due_on: row.get::<_, Option<String>>(4)?.and_then(|day| day.parse().ok()),
            serial: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The open task that a notice was taken as.
pub(super) fn task_of(connection: &Connection, notice: i64) -> Result<Option<i64>> {
    let sql = "select min(id) from task where notice = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([notice], |row| row.get(0))?)
}
