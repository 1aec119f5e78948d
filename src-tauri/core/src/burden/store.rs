//! The SQL of plaques, appraisals, systems and groups, and of figures from before the program; and the
//! records the account is computed from, read from the features that keep them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::figure::{Row, RowKind};
use super::{Kind, Mechanism};
use crate::certificate::{self, Certificate};
use crate::duty::{self, List, Side};
use crate::error::{Error, Missing, Result};
use crate::gate::{self, Notice};
use crate::ledger;
use crate::office::{Office, Tx};
use crate::task::{self, Filter, Task};

/// Ledger of hours that clerks keep as a list (考勤和工时).
const HOURS: &str = "work_hours";
/// Ledger of visits at homes.
const VISITS: &str = "visit";

/// Hours that were worked, from whichever book they stand in.
#[derive(Debug, Clone)]
pub struct Worked {
    /// The day.
    pub on: NaiveDate,
    /// Minutes.
    pub minutes: i64,
    /// Whose work it is.
    pub side: Side,
    /// Department it was for.
    pub department: String,
    /// As a row of the account.
    pub row: Row,
}

/// Everything the account is computed from.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Tasks.
    pub tasks: Vec<Task>,
    /// Notices.
    pub notices: Vec<Notice>,
    /// Hours.
    pub works: Vec<Worked>,
    /// Certificates.
    pub certificates: Vec<Certificate>,
    /// Plaques, appraisals, systems and groups.
    pub mechanisms: Vec<Mechanism>,
    /// Ledgers that have rows.
    pub ledgers: Vec<Row>,
    /// Items of help in force.
    pub items: Vec<Row>,
    /// Visits at homes.
    pub visits: Vec<Row>,
}

impl Records {
    /// Reads everything.
    ///
    /// # Errors
    /// Reading fails.
    pub fn read(office: &Office) -> Result<Self> {
        let connection = office.connection();
        let (first, last) = (NaiveDate::MIN, NaiveDate::MAX);
        let mut works: Vec<Worked> =
            task::hours(connection, first, last, None)?.into_iter().map(of_work).collect();
        works.extend(ledger::all_records(connection, HOURS)?.into_iter().filter_map(of_ledger));
        Ok(Self {
            tasks: task::list(connection, &Filter::default())?,
            notices: gate::list(connection, first, last)?,
            works,
            certificates: certificate::list(connection, first, last)?,
            mechanisms: mechanisms(connection)?,
            ledgers: ledgers(office)?,
            items: items(connection)?,
            visits: visits(connection)?,
        })
    }
}

fn of_work(work: task::Work) -> Worked {
    let task::Work { id, on, who, minutes, side, department, title, task } = work;
    let (kind, id) = task.map_or((RowKind::Work, id), |task| (RowKind::Task, task));
    let row = Row {
        kind,
        id,
        code: String::new(),
        on: on.to_string(),
        title,
        department: department.clone(),
        detail: format!("{who}，{}", side.title()),
        amount: f64_of(minutes),
        group: String::new(),
    };
    Worked { on, minutes, side, department, row }
}

#[allow(clippy::cast_precision_loss, reason = "minutes of an office stay far below the limit")]
fn f64_of(minutes: i64) -> f64 {
    minutes as f64
}

/// A row of the ledger of hours; one without day or hours counts nothing.
fn of_ledger(record: ledger::RawRecord) -> Option<Worked> {
    let said = |field: &str| record.body.get(field).cloned().unwrap_or_default();
    let on: NaiveDate = said("event.on").parse().ok()?;
    let hours: f64 = said("event.hours").parse().ok().filter(|hours| (0.0..=24.0).contains(hours))?;
    #[allow(clippy::cast_possible_truncation, reason = "a day has 1440 minutes")]
    let minutes = (hours * 60.0).round() as i64;
    let side = match said("event.duty_side").as_str() {
        "协助政府" => Side::Government,
        "清单外" => Side::Unlisted,
        _ => Side::Committee,
    };
    let department = said("event.department");
    let row = Row {
        kind: RowKind::Ledger,
        id: record.id,
        code: HOURS.to_owned(),
        on: on.to_string(),
        title: said("event.title"),
        department: department.clone(),
        detail: format!("{}，{}", said("event.handler"), side.title()),
        amount: f64_of(minutes),
        group: String::new(),
    };
    Some(Worked { on, minutes, side, department, row })
}

fn ledgers(office: &Office) -> Result<Vec<Row>> {
    let counts = ledger::counts(office.connection())?;
    let filled = office.ledger_kinds().filter_map(|kind| Some((kind, *counts.get(&kind.id)?)));
    let rows = filled.filter(|(_, rows)| *rows > 0).map(|(kind, rows)| Row {
        kind: RowKind::Ledger,
        id: 0,
        code: kind.id.clone(),
        on: String::new(),
        title: kind.title.clone(),
        department: kind.line.clone().unwrap_or_default(),
        detail: format!("{rows} 行"),
        amount: 1.0,
        group: kind.id.clone(),
    });
    Ok(rows.collect())
}

fn items(connection: &Connection) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for entry in duty::of_list(connection, List::Help)? {
        let item = entry.item()?;
        if item.state.counts() {
            rows.push(Row {
                kind: RowKind::Duty,
                id: 0,
                code: entry.code,
                on: item.admitted_from,
                title: item.title,
                department: item.department,
                detail: item.state.title().to_owned(),
                amount: 1.0,
                group: String::new(),
            });
        }
    }
    Ok(rows)
}

fn visits(connection: &Connection) -> Result<Vec<Row>> {
    let records = ledger::all_records(connection, VISITS)?;
    let rows = records.into_iter().map(|record| {
        let said = |field: &str| record.body.get(field).cloned().unwrap_or_default();
        Row {
            kind: RowKind::Ledger,
            id: record.id,
            code: VISITS.to_owned(),
            on: said("event.on"),
            title: said("event.target_name"),
            department: String::new(),
            detail: said("event.visit_kind"),
            amount: 1.0,
            group: String::new(),
        }
    });
    Ok(rows.collect())
}

const SELECT: &str = "select id, kind, title, department, from_on, until_on, basis, note from mechanism";

fn row_to_mechanism(row: &SqlRow<'_>) -> rusqlite::Result<Mechanism> {
    Ok(Mechanism {
        id: row.get(0)?,
        kind: Kind::from_word(&row.get::<_, String>(1)?).unwrap_or(Kind::Plaque),
        title: row.get(2)?,
        department: row.get(3)?,
        from_on: row.get::<_, String>(4)?.parse().unwrap_or_default(),
        until_on: row.get::<_, Option<String>>(5)?.and_then(|day| day.parse().ok()),
        basis: row.get(6)?,
        note: row.get(7)?,
    })
}

/// Every plaque, appraisal, system and group there ever was.
pub(super) fn mechanisms(connection: &Connection) -> Result<Vec<Mechanism>> {
    let mut list = connection.prepare_cached(&format!("{SELECT} order by kind, from_on, id"))?;
    let rows = list.query_map([], row_to_mechanism)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One of them.
pub(super) fn mechanism(connection: &Connection, id: i64) -> Result<Mechanism> {
    connection
        .prepare_cached(&format!("{SELECT} where id = ?1"))?
        .query_row([id], row_to_mechanism)
        .optional()?
        .ok_or(Error::NotFound(Missing::Mechanism(id)))
}

/// Keeps one, new or known by its number, and returns its number.
pub fn save(tx: &Tx<'_>, one: &Mechanism) -> Result<i64> {
    let (from, until) = (one.from_on.to_string(), one.until_on.map(|day| day.to_string()));
    let Mechanism { id, kind, title, department, basis, note, .. } = one;
    if *id == 0 {
        tx.connection().execute(
            "insert into mechanism (kind, title, department, from_on, until_on, basis, note, op)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![kind.word(), title, department, from, until, basis, note, tx.op()],
        )?;
        return Ok(tx.connection().last_insert_rowid());
    }
    tx.connection().execute(
        "update mechanism set kind = ?2, title = ?3, department = ?4, from_on = ?5, until_on = ?6,
             basis = ?7, note = ?8, op = ?9 where id = ?1",
        params![id, kind.word(), title, department, from, until, basis, note, tx.op()],
    )?;
    Ok(*id)
}

/// Takes one out that was noted wrongly.
pub(super) fn drop(tx: &Tx<'_>, id: i64) -> Result<usize> {
    Ok(tx.connection().execute("delete from mechanism where id = ?1", [id])?)
}

/// Figures from before the program: by figure, the month and the value.
pub(super) fn before(connection: &Connection) -> Result<BTreeMap<String, Vec<(String, f64, String)>>> {
    let mut list = connection
        .prepare_cached("select figure, month, value, note from burden_before order by figure, month")?;
    let rows = list.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, (row.get::<_, String>(1)?, row.get::<_, f64>(2)?, row.get(3)?)))
    })?;
    let mut before: BTreeMap<String, Vec<(String, f64, String)>> = BTreeMap::new();
    for row in rows {
        let (figure, said) = row?;
        before.entry(figure).or_default().push(said);
    }
    Ok(before)
}

/// Notes a figure from before the program; no value takes it back.
pub fn set_before(tx: &Tx<'_>, figure: &str, month: &str, value: Option<f64>, note: &str) -> Result<()> {
    match value {
        Some(value) => tx.connection().execute(
            "insert into burden_before (figure, month, value, note, op) values (?1, ?2, ?3, ?4, ?5)
             on conflict (figure, month) do update set value = excluded.value, note = excluded.note,
                 op = excluded.op",
            params![figure, month, value, note, tx.op()],
        )?,
        None => tx
            .connection()
            .execute("delete from burden_before where figure = ?1 and month = ?2", params![figure, month])?,
    };
    Ok(())
}
