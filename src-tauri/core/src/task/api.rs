//! `task.list`, `task.get`: tasks as they are shown. Changing them is in [`change`], hours in [`hours`].

use serde::{Deserialize, Serialize};

mod change;
mod hours;

pub use change::{
    FinishRequest, FinishReply, TaskAdd, TaskChange, TaskDrop, TaskWritten, add, change, drop, finish,
};
pub use hours::{HoursReply, HoursRequest, WorkAdd, WorkAdded, WorkDrop, WorkEntry, hours, unwork, work};

use super::store::{self, Filter};
use super::{Due, Repeat, State, Support, Task};
use crate::calendar::{self, Calendar, moment};
use crate::duty::{self, Side};
use crate::error::Result;
use crate::office::Office;
use crate::progress::Progress;

/// Finished tasks shown below the board.
const RECENT: usize = 20;

/// What of the tasks is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct TaskListRequest {
    /// Only of this owner.
    pub owner: Option<String>,
    /// Only of this department.
    pub department: Option<String>,
}

/// Tasks by due date (任务板).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TaskListReply {
    /// The open ones by when they are due; every place of the board is there.
    pub board: Vec<TaskBoard>,
    /// The newest that are done.
    pub done: Vec<TaskEntry>,
    /// Departments that handed something down, for the filter.
    pub departments: Vec<String>,
    /// Who has tasks, for the filter.
    pub owners: Vec<String>,
}

/// A place of the board.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TaskBoard {
    /// The place.
    pub due: Due,
    /// In words.
    pub title: &'static str,
    /// The tasks, the soonest first.
    pub tasks: Vec<TaskEntry>,
}

/// A task as it is shown.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TaskEntry {
    /// Number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// What is to be done.
    pub title: String,
    /// Who hands it down.
    pub department: String,
    /// How it came.
    pub channel: String,
    /// When it came, `YYYY-MM-DDTHH:MM`.
    pub received_at: String,
    /// By when it is due.
    pub due_at: Option<String>,
    /// Where it stands on the board.
    pub due: Due,
    /// Working days left, negative when past; null without a date.
    pub days_left: Option<i32>,
    /// Working minutes between arrival and due.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub lead_minutes: Option<i64>,
    /// Due on the day it came, or on the next working day (上午发下午要).
    pub rushed: bool,
    /// Who of the committee does it.
    pub owner: String,
    /// Whose work it is.
    pub side: Side,
    /// The side in words.
    pub side_title: &'static str,
    /// Item of the two lists.
    pub duty: Option<String>,
    /// Title of the item.
    pub duty_title: Option<String>,
    /// How far it is.
    pub state: State,
    /// When it was finished.
    pub finished_at: Option<String>,
    /// The notice it came by.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub notice: Option<i64>,
    /// Ledger it is about.
    pub ledger: Option<String>,
    /// Title of the ledger.
    pub ledger_title: Option<String>,
    /// Title of the form.
    pub form: Option<String>,
    /// Number of the submission that answered it.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub submission: Option<i64>,
    /// How it comes round again.
    pub repeat: Option<Repeat>,
    /// What shows that it was done.
    pub evidence: Vec<String>,
    /// What came with it.
    pub support: Support,
    /// Remark, or why it was dropped.
    pub note: String,
    /// Minutes worked on it.
    #[cfg_attr(test, ts(type = "number"))]
    pub minutes: i64,
}

/// What is needed to show tasks.
pub(crate) struct Shower<'o> {
    office: &'o Office,
    calendar: Calendar,
    titles: std::collections::HashMap<String, String>,
}

impl<'o> Shower<'o> {
    /// Reads what is needed to show tasks.
    ///
    /// # Errors
    /// Reading fails.
    pub(crate) fn new(office: &'o Office) -> Result<Self> {
        let calendar = calendar::of(office.connection())?;
        let entries = duty::all(office.connection())?;
        let titles = entries.into_iter().map(|entry| (entry.code, entry.title)).collect();
        Ok(Self { office, calendar, titles })
    }

    /// A task as it is shown.
    pub(crate) fn show(&self, task: Task) -> TaskEntry {
        let now = self.office.clock().now().naive_local();
        let Task { extra, .. } = task;
        let ledger_title = |id: &String| self.office.ledger_kind(id).ok().map(|kind| kind.title.clone());
        TaskEntry {
            due: Due::of(task.due_at, now),
            days_left: task.due_at.map(|due| days_left(&self.calendar, now.date(), due.date())),
            lead_minutes: task.due_at.map(|due| self.calendar.working_minutes(task.received_at, due)),
            rushed: task.due_at.is_some_and(|due| crate::gate::is_rushed(&self.calendar, task.received_at, due)),
            duty_title: task.duty.as_ref().and_then(|code| self.titles.get(code)).cloned(),
            ledger_title: extra.ledger.as_ref().and_then(ledger_title),
            id: task.id,
            title: task.title,
            department: task.department,
            channel: task.channel,
            received_at: moment::kept(task.received_at),
            due_at: task.due_at.map(moment::kept),
            owner: task.owner,
            side: task.side,
            side_title: task.side.title(),
            duty: task.duty,
            state: task.state,
            finished_at: task.finished_at.map(moment::kept),
            notice: task.notice,
            ledger: extra.ledger,
            form: extra.form,
            submission: extra.submission,
            repeat: extra.repeat,
            evidence: extra.evidence,
            support: extra.support,
            note: if extra.dropped.is_empty() { extra.note } else { extra.dropped },
            minutes: task.minutes,
        }
    }
}

/// Working days from today to a day, negative when it is past.
fn days_left(calendar: &Calendar, today: chrono::NaiveDate, due: chrono::NaiveDate) -> i32 {
    let days = |from, to| i32::try_from(calendar.workdays_after(from, to)).unwrap_or(i32::MAX);
    if due >= today { days(today, due) } else { -days(due, today) }
}

/// Tasks by due date.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, request: TaskListRequest, _: &Progress) -> Result<TaskListReply> {
    let shower = Shower::new(office)?;
    let open = store::open(office.connection())?;
    let finished = Filter { state: Some(State::Done), ..Filter::default() };
    let done = store::list(office.connection(), &finished)?;
    let distinct = |of: fn(&Task) -> &String| {
        let all = open.iter().chain(&done).map(of).filter(|text| !text.is_empty());
        all.cloned().collect::<std::collections::BTreeSet<String>>().into_iter().collect()
    };
    let (departments, owners) = (distinct(|task| &task.department), distinct(|task| &task.owner));
    let fits = |task: &Task| {
        request.owner.as_ref().is_none_or(|owner| *owner == task.owner)
            && request.department.as_ref().is_none_or(|department| *department == task.department)
    };
    let mut board = Due::ALL.map(|due| TaskBoard { due, title: due.title(), tasks: Vec::new() });
    for task in open.into_iter().filter(|task| fits(task)) {
        let entry = shower.show(task);
        if let Some(place) = board.iter_mut().find(|place| place.due == entry.due) {
            place.tasks.push(entry);
        }
    }
    let done = done.into_iter().filter(|task| fits(task)).take(RECENT);
    Ok(TaskListReply {
        board: board.into(),
        done: done.map(|task| shower.show(task)).collect(),
        departments,
        owners,
    })
}

/// The open tasks as they are shown, the soonest due first.
///
/// # Errors
/// Reading fails.
pub fn open(office: &Office) -> Result<Vec<TaskEntry>> {
    let shower = Shower::new(office)?;
    Ok(store::open(office.connection())?.into_iter().map(|task| shower.show(task)).collect())
}

/// Which task is wanted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct TaskRequest {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// A task with the hours worked on it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TaskReply {
    /// The task.
    pub task: TaskEntry,
    /// Hours worked on it, newest first.
    pub hours: Vec<WorkEntry>,
}

/// A task with the hours worked on it.
///
/// # Errors
/// [`crate::error::Missing::Task`].
pub fn get(office: &mut Office, request: TaskRequest, _: &Progress) -> Result<TaskReply> {
    let task = store::get(office.connection(), request.id)?;
    let (from, to) = (chrono::NaiveDate::MIN, chrono::NaiveDate::MAX);
    let worked = store::hours(office.connection(), from, to, Some(request.id))?;
    Ok(TaskReply { task: Shower::new(office)?.show(task), hours: worked.into_iter().map(Into::into).collect() })
}
