//! `task.work`, `task.unwork`, `task.hours`: hours that were worked, for a task or for the committee's
//! own duties.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::duty::Side;
use crate::error::{Error, Missing, Refusal, Result};
use crate::office::{Office, Tx};
use crate::op::Op;
use crate::progress::Progress;
use crate::task::{Task, Work, store};
use crate::value::text::clean;

/// Minutes of one day; more is a slip of the pen.
const DAY: i64 = 24 * 60;

/// Hours to note.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct WorkAdd {
    /// The day, today when not said.
    pub on: Option<String>,
    /// Who worked, the clerk when not said.
    pub who: Option<String>,
    /// Minutes.
    #[cfg_attr(test, ts(type = "number"))]
    pub minutes: i64,
    /// The task it was for.
    #[cfg_attr(test, ts(type = "number"))]
    pub task: Option<i64>,
    /// Whose work it is, the committee's own when neither this nor a task is said.
    pub side: Option<Side>,
    /// Department it was for.
    pub department: Option<String>,
    /// What was done; the task's title when not said.
    pub title: Option<String>,
}

/// The hours that were noted.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct WorkAdded {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// Hours that were worked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct WorkEntry {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// The day.
    pub on: String,
    /// Who worked.
    pub who: String,
    /// Minutes.
    #[cfg_attr(test, ts(type = "number"))]
    pub minutes: i64,
    /// Whose work it is.
    pub side: Side,
    /// The side in words.
    pub side_title: &'static str,
    /// Department it was for.
    pub department: String,
    /// What was done.
    pub title: String,
    /// The task it was for.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub task: Option<i64>,
}

impl From<Work> for WorkEntry {
    fn from(work: Work) -> Self {
        let Work { id, on, who, minutes, side, department, title, task } = work;
        let side_title = side.title();
        Self { id, on: on.to_string(), who, minutes, side, side_title, department, title, task }
    }
}

/// Notes hours that were worked.
///
/// # Errors
/// [`Refusal::NoSuchDay`], [`Refusal::NoMinutes`], [`Refusal::EmptyName`], [`Missing::Task`].
pub fn work(office: &mut Office, request: WorkAdd, _: &Progress) -> Result<WorkAdded> {
    let on = match &request.on {
        Some(on) => on.parse().map_err(|_| Error::Refused(Refusal::NoSuchDay))?,
        None => office.clock().today(),
    };
    if !(1..=DAY).contains(&request.minutes) {
        return Err(Refusal::NoMinutes.into());
    }
    let task = request.task.map(|id| store::get(office.connection(), id)).transpose()?;
    let said = |text: &Option<String>| text.as_deref().map(clean).filter(|text| !text.is_empty());
    let title = said(&request.title).or_else(|| task.as_ref().map(|task| task.title.clone()));
    let of_task = task.as_ref().map(|task| task.side);
    let work = Work {
        id: 0,
        on,
        who: said(&request.who).unwrap_or_else(|| office.clerk().to_owned()),
        minutes: request.minutes,
        side: of_task.or(request.side).unwrap_or(Side::Committee),
        department: said(&request.department)
            .or_else(|| task.as_ref().map(|task| task.department.clone()))
            .unwrap_or_default(),
        title: title.ok_or(Refusal::EmptyName)?,
        task: request.task,
    };
    let op = Op::AddWork { title: work.title.clone() };
    let done = office.transact(&op, |tx| store::add_work(tx, &work))?;
    Ok(WorkAdded { op: done.op, id: done.value })
}

/// Notes the minutes of a task inside the op that finishes it.
pub(super) fn note_work(tx: &Tx<'_>, task: &Task, on: NaiveDate, who: &str, minutes: i64) -> Result<()> {
    if minutes == 0 {
        return Ok(());
    }
    if !(1..=31 * DAY).contains(&minutes) {
        return Err(Refusal::NoMinutes.into());
    }
    let work = Work {
        id: 0,
        on,
        who: if task.owner.is_empty() { who.to_owned() } else { task.owner.clone() },
        minutes,
        side: task.side,
        department: task.department.clone(),
        title: task.title.clone(),
        task: Some(task.id),
    };
    store::add_work(tx, &work).map(drop)
}

/// Hours to take out.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct WorkDrop {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// Takes out hours that were noted wrongly.
///
/// # Errors
/// [`Missing::Work`].
pub fn unwork(office: &mut Office, request: WorkDrop, _: &Progress) -> Result<WorkAdded> {
    let done = office.transact(&Op::DropWork, |tx| store::drop_work(tx, request.id))?;
    if done.value == 0 {
        return Err(Missing::Work.into());
    }
    Ok(WorkAdded { op: done.op, id: request.id })
}

/// Which hours are wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct HoursRequest {
    /// First day; the first of this month when not said.
    pub from: Option<String>,
    /// Last day; today when not said.
    pub to: Option<String>,
    /// Only of this task.
    #[cfg_attr(test, ts(type = "number"))]
    pub task: Option<i64>,
}

/// Hours that were worked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HoursReply {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The hours, newest first.
    pub hours: Vec<WorkEntry>,
    /// Minutes in all.
    #[cfg_attr(test, ts(type = "number"))]
    pub minutes: i64,
}

/// Lists hours that were worked.
///
/// # Errors
/// [`Refusal::NoSuchDay`], or reading fails.
pub fn hours(office: &mut Office, request: HoursRequest, _: &Progress) -> Result<HoursReply> {
    use chrono::Datelike as _;
    let today = office.clock().today();
    let day = |text: &Option<String>, otherwise: NaiveDate| match text {
        Some(text) => text.parse().map_err(|_| Error::Refused(Refusal::NoSuchDay)),
        None => Ok(otherwise),
    };
    let from = day(&request.from, today.with_day(1).unwrap_or(today))?;
    let to = day(&request.to, today)?;
    let hours = store::hours(office.connection(), from, to, request.task)?;
    Ok(HoursReply {
        from: from.to_string(),
        to: to.to_string(),
        minutes: hours.iter().map(|work| work.minutes).sum(),
        hours: hours.into_iter().map(Into::into).collect(),
    })
}
