//! `task.add`, `task.change`, `task.finish`, `task.drop`.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::hours::note_work;
use super::{Shower, TaskEntry};
use crate::calendar::{self, moment};
use crate::duty::{self, Side};
use crate::error::{Error, Missing, Refusal, Result};
use crate::office::{Office, Tx};
use crate::op::Op;
use crate::progress::Progress;
use crate::task::{Extra, Repeat, State, Support, Task, store};
use crate::value::text::clean;

/// A task to note; only the title is needed.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct TaskAdd {
    /// What is to be done.
    pub title: String,
    /// Who hands it down.
    pub department: Option<String>,
    /// How it came.
    pub channel: Option<String>,
    /// When it came, now when not said.
    pub received_at: Option<String>,
    /// By when it is due.
    pub due_at: Option<String>,
    /// Who does it, the clerk when not said.
    pub owner: Option<String>,
    /// Item of the two lists.
    pub duty: Option<String>,
    /// Whose work it is, when no item is said.
    pub side: Option<Side>,
    /// Ledger it is about.
    pub ledger: Option<String>,
    /// Title of the form.
    pub form: Option<String>,
    /// How it comes round again.
    pub repeat: Option<Repeat>,
    /// What came with it.
    pub support: Option<Support>,
    /// Remark.
    pub note: Option<String>,
}

/// What of a task to say anew; what is not said stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct TaskChange {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// What is to be done.
    pub title: Option<String>,
    /// Who hands it down.
    pub department: Option<String>,
    /// How it came.
    pub channel: Option<String>,
    /// When it came.
    pub received_at: Option<String>,
    /// By when it is due; empty takes the date away.
    pub due_at: Option<String>,
    /// Who does it.
    pub owner: Option<String>,
    /// Item of the two lists; empty takes it away.
    pub duty: Option<String>,
    /// Whose work it is.
    pub side: Option<Side>,
    /// Ledger; empty takes it away.
    pub ledger: Option<String>,
    /// Title of the form; empty takes it away.
    pub form: Option<String>,
    /// Number of the submission that answered it.
    #[cfg_attr(test, ts(type = "number"))]
    pub submission: Option<i64>,
    /// How it comes round again.
    pub repeat: Option<Repeat>,
    /// Ends the series.
    pub ends: Option<bool>,
    /// What shows that it was done.
    pub evidence: Option<Vec<String>>,
    /// What came with it.
    pub support: Option<Support>,
    /// Remark.
    pub note: Option<String>,
}

/// The task that was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TaskWritten {
    /// Number of the op; null when nothing was changed.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// The task.
    pub task: TaskEntry,
}

/// Notes a task.
///
/// # Errors
/// [`Refusal::EmptyName`] without a title, or a moment, item or rule that makes no sense.
pub fn add(office: &mut Office, request: TaskAdd, _: &Progress) -> Result<TaskWritten> {
    let now = office.clock().now().naive_local();
    let blank = Task {
        id: 0,
        title: String::new(),
        department: String::new(),
        channel: String::new(),
        received_at: now,
        due_at: None,
        owner: office.clerk().to_owned(),
        side: request.side.unwrap_or(Side::Unlisted),
        duty: None,
        state: State::Open,
        finished_at: None,
        notice: None,
        before: None,
        extra: Extra::default(),
        minutes: 0,
    };
    let TaskAdd { title, department, channel, received_at, due_at, owner, duty, .. } = request;
    let change = TaskChange {
        title: Some(title),
        department,
        channel,
        received_at,
        due_at,
        owner,
        duty,
        side: request.side,
        ledger: request.ledger,
        form: request.form,
        repeat: request.repeat,
        support: request.support,
        note: request.note,
        ..TaskChange::default()
    };
    let task = changed(office, blank, change)?;
    let op = Op::AddTask { title: task.title.clone() };
    let done = office.transact(&op, |tx| store::add(tx, &task))?;
    written(office, done.op, done.value)
}

/// Changes a task.
///
/// # Errors
/// [`Missing::Task`], else as [`add`].
pub fn change(office: &mut Office, request: TaskChange, _: &Progress) -> Result<TaskWritten> {
    let id = request.id;
    let task = changed(office, store::get(office.connection(), id)?, request)?;
    let op = Op::ChangeTask { title: task.title.clone() };
    let done = office.transact(&op, |tx| store::save(tx, &task))?;
    written(office, done.op, id)
}

fn written(office: &Office, op: Option<i64>, id: i64) -> Result<TaskWritten> {
    let task = store::get(office.connection(), id)?;
    Ok(TaskWritten { op, task: Shower::new(office)?.show(task) })
}

/// The task as it is to be.
fn changed(office: &Office, mut task: Task, change: TaskChange) -> Result<Task> {
    let texts = [
        (&mut task.title, change.title),
        (&mut task.department, change.department),
        (&mut task.channel, change.channel),
        (&mut task.owner, change.owner),
        (&mut task.extra.note, change.note),
    ];
    for (part, new) in texts {
        if let Some(new) = new {
            *part = clean(&new);
        }
    }
    if task.title.is_empty() {
        return Err(Refusal::EmptyName.into());
    }
    if let Some(moment) = change.received_at {
        task.received_at = moment_of(&moment)?;
    }
    if let Some(moment) = change.due_at {
        task.due_at = if moment.trim().is_empty() { None } else { Some(moment_of(&moment)?) };
    }
    if let Some(side) = change.side {
        task.side = side;
    }
    if let Some(code) = change.duty {
        task.duty = Some(code).filter(|code| !code.is_empty());
        if let Some(code) = &task.duty {
            let entry = duty::find(office.connection(), code)?;
            let entry = entry.ok_or_else(|| Error::NotFound(Missing::Duty(code.clone())))?;
            task.side = entry.list.side().unwrap_or(Side::Unlisted);
        }
    }
    if let Some(ledger) = change.ledger {
        task.extra.ledger = Some(ledger).filter(|id| !id.is_empty());
        task.extra.ledger.as_ref().map(|id| office.ledger_kind(id)).transpose()?;
    }
    if let Some(form) = change.form {
        task.extra.form = Some(clean(&form)).filter(|form| !form.is_empty());
    }
    if let Some(repeat) = change.repeat {
        if !repeat.is_sound() {
            return Err(Refusal::NoSuchDay.into());
        }
        task.extra.repeat = Some(repeat);
    }
    if change.ends == Some(true) {
        task.extra.repeat = None;
    }
    task.extra.submission = change.submission.or(task.extra.submission);
    task.extra.evidence = change.evidence.unwrap_or(task.extra.evidence);
    task.extra.support = change.support.unwrap_or(task.extra.support);
    Ok(task)
}

fn moment_of(text: &str) -> Result<NaiveDateTime> {
    moment::parse(text).ok_or_else(|| Refusal::NoSuchDay.into())
}

/// That a task is done, with what shows it.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct FinishRequest {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Minutes worked on it that were not noted yet.
    #[cfg_attr(test, ts(type = "number"))]
    pub minutes: Option<i64>,
    /// What shows that it was done.
    pub evidence: Option<Vec<String>>,
    /// Number of the submission that answered it.
    #[cfg_attr(test, ts(type = "number"))]
    pub submission: Option<i64>,
    /// Remark.
    pub note: Option<String>,
}

/// What finishing came to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FinishReply {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// The task that is done.
    pub task: TaskEntry,
    /// The next one of its series.
    pub next: Option<TaskEntry>,
}

/// Finishes a task; the next one of a series is made in the same act.
///
/// # Errors
/// [`Missing::Task`]; [`Refusal::TaskClosed`] when it is finished already.
pub fn finish(office: &mut Office, request: FinishRequest, _: &Progress) -> Result<FinishReply> {
    let id = request.id;
    let mut task = store::get(office.connection(), id)?;
    if task.state != State::Open {
        return Err(Refusal::TaskClosed.into());
    }
    let now = office.clock().now().naive_local();
    task.state = State::Done;
    task.finished_at = Some(now);
    task.extra.submission = request.submission.or(task.extra.submission);
    task.extra.evidence.extend(request.evidence.unwrap_or_default());
    if let Some(note) = request.note {
        task.extra.note = clean(&note);
    }
    let next = next_of(office, &task, now)?;
    let op = Op::FinishTask { title: task.title.clone() };
    let minutes = request.minutes.unwrap_or(0);
    let clerk = office.clerk().to_owned();
    let done = office.transact(&op, |tx| {
        store::save(tx, &task)?;
        note_work(tx, &task, now.date(), &clerk, minutes)?;
        add_next(tx, id, next.as_ref())
    })?;
    let shower = Shower::new(office)?;
    let show = |id| store::get(office.connection(), id).map(|task| shower.show(task));
    Ok(FinishReply { op: done.op, task: show(id)?, next: done.value.map(show).transpose()? })
}

fn add_next(tx: &Tx<'_>, id: i64, next: Option<&Task>) -> Result<Option<i64>> {
    match next {
        Some(next) if !store::has_next(tx.connection(), id)? => store::add(tx, next).map(Some),
        _ => Ok(None),
    }
}

/// The task that comes after one of a series: due on the next round after its own day (not after
/// today, so that a late answer skips nothing, but never in the past).
fn next_of(office: &Office, task: &Task, now: NaiveDateTime) -> Result<Option<Task>> {
    let Some(repeat) = task.extra.repeat else { return Ok(None) };
    let calendar = calendar::of(office.connection())?;
    let due = task.due_at.unwrap_or(now);
    let mut day = repeat.next(due.date(), &calendar);
    while day < now.date() {
        day = repeat.next(day, &calendar);
    }
    let extra = Extra {
        submission: None,
        evidence: Vec::new(),
        support: Support::default(),
        note: String::new(),
        ..task.extra.clone()
    };
    let next = Task {
        id: 0,
        received_at: now,
        due_at: Some(day.and_time(due.time())),
        state: State::Open,
        finished_at: None,
        notice: None,
        before: Some(task.id),
        extra,
        minutes: 0,
        ..task.clone()
    };
    Ok(Some(next))
}

/// That a task is not to be done after all.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct TaskDrop {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Why.
    pub reason: String,
}

/// Takes a task off the board; it stays in the records with its reason.
///
/// # Errors
/// [`Missing::Task`], [`Refusal::NeedsReason`], [`Refusal::TaskClosed`].
pub fn drop(office: &mut Office, request: TaskDrop, _: &Progress) -> Result<TaskWritten> {
    let mut task = store::get(office.connection(), request.id)?;
    let reason = clean(&request.reason);
    if reason.is_empty() {
        return Err(Refusal::NeedsReason.into());
    }
    if task.state != State::Open {
        return Err(Refusal::TaskClosed.into());
    }
    task.state = State::Dropped;
    task.extra.dropped = reason;
    task.finished_at = Some(office.clock().now().naive_local());
    let op = Op::DropTask { title: task.title.clone() };
    let done = office.transact(&op, |tx| store::save(tx, &task))?;
    written(office, done.op, request.id)
}
