//! `gate.list`, `gate.get`, `gate.step`: the register of what came in (把关登记簿), one notice with its
//! way, and each further step.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::calendar::{self, moment};
use crate::duty::{self, List, Side};
use crate::error::{Error, Refusal, Result};
use crate::gate::decide::{self, Admitted, REVIEW_BEFORE};
use crate::gate::explain::Opinion;
use crate::gate::store::{self, Notice, Step};
use crate::gate::{Decision, Verdict, way};
use crate::letter::Composed;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::serial;
use crate::value::text::clean;

/// Which part of the register is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct GateListRequest {
    /// The year, this one when not said.
    pub year: Option<i32>,
}

/// The register of a year.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GateListReply {
    /// The year.
    pub year: i32,
    /// The notices, newest first.
    pub notices: Vec<NoticeEntry>,
    /// Those that wait for something, the most urgent first.
    pub waiting: Vec<NoticeEntry>,
    /// Admissions that end soon (到期复核).
    pub ending: Vec<EndingItem>,
    /// What became of them, month by month.
    pub chart: Vec<GateChart>,
}

/// A notice in the register.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NoticeEntry {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Title.
    pub title: String,
    /// Who asked.
    pub department: String,
    /// How it came.
    pub channel: String,
    /// When it came.
    pub received_at: String,
    /// By when it was due.
    pub due_at: Option<String>,
    /// What the gate said.
    pub verdict: Verdict,
    /// As stamped.
    pub stamp: String,
    /// Whose work it is, as decided.
    pub side: Side,
    /// Title of the item it belongs to.
    pub item_title: String,
    /// What was decided.
    pub decision: Decision,
    /// In words.
    pub decision_title: &'static str,
    /// Why.
    pub reason: String,
    /// Where it stands now.
    pub state: String,
    /// In words.
    pub state_title: &'static str,
    /// By when the state is to be left.
    pub due_on: Option<String>,
    /// Number of the letter that went out.
    pub number: Option<String>,
    /// The task it was taken as.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub task: Option<i64>,
    /// Rushed, repeated, many-headed in words.
    pub chips: Vec<String>,
}

/// An admission that ends soon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EndingItem {
    /// Code of the item.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Number of the admission.
    pub admission: String,
    /// Its last day.
    pub admitted_to: String,
    /// Days left, negative when past.
    #[cfg_attr(test, ts(type = "number"))]
    pub days: i64,
}

/// What became of the notices of a month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GateChart {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// Received.
    pub received: u32,
    /// Taken.
    pub accepted: u32,
    /// Asked about, or asked to be completed.
    pub inquired: u32,
    /// Sent back.
    pub declined: u32,
    /// Sent to be admitted.
    pub admitted: u32,
}

/// The register of a year.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, request: GateListRequest, _: &Progress) -> Result<GateListReply> {
    let today = office.clock().today();
    let year = request.year.unwrap_or_else(|| today.year());
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or(Error::Refused(Refusal::NoSuchDay));
    let notices = store::list(office.connection(), day(1, 1)?, day(12, 31)?)?;
    let chart = chart(year, &notices);
    let waiting = store::waiting(office.connection())?;
    let shown = |notices: Vec<Notice>| -> Result<Vec<NoticeEntry>> {
        notices.into_iter().map(|notice| entry(office, notice)).collect()
    };
    Ok(GateListReply { year, chart, notices: shown(notices)?, waiting: shown(waiting)?, ending: ending(office, today)? })
}

fn chart(year: i32, notices: &[Notice]) -> Vec<GateChart> {
    let mut months: Vec<GateChart> =
        (1..=12).map(|month| GateChart { month: format!("{year}-{month:02}"), ..GateChart::default() }).collect();
    for notice in notices {
        let Some(month) = months.get_mut(notice.received_at.month0() as usize) else { continue };
        month.received += 1;
        match notice.decision {
            Decision::Accept => month.accepted += 1,
            Decision::Inquire | Decision::Supplement => month.inquired += 1,
            Decision::Decline => month.declined += 1,
            Decision::Admit => month.admitted += 1,
        }
    }
    months
}

fn ending(office: &Office, today: NaiveDate) -> Result<Vec<EndingItem>> {
    let soon = today.checked_add_days(Days::new(REVIEW_BEFORE)).unwrap_or(today);
    let mut ending = Vec::new();
    for entry in duty::of_list(office.connection(), List::Help)? {
        let item = entry.item()?;
        let Ok(to) = item.admitted_to.parse::<NaiveDate>() else { continue };
        if item.state.counts() && to <= soon {
            ending.push(EndingItem {
                code: entry.code,
                title: item.title,
                admission: item.admission,
                admitted_to: item.admitted_to,
                days: (to - today).num_days(),
            });
        }
    }
    ending.sort_by_key(|item| item.days);
    Ok(ending)
}

/// A notice as the register shows it.
///
/// # Errors
/// Reading fails.
pub(super) fn entry(office: &Office, notice: Notice) -> Result<NoticeEntry> {
    let connection = office.connection();
    let item = notice.item.as_deref().map(|code| duty::find(connection, code)).transpose()?.flatten();
    let number = notice.serial.map(|serial| serial::get(connection, serial)).transpose()?;
    let opinion = notice.opinion.as_ref();
    Ok(NoticeEntry {
        task: store::task_of(connection, notice.id)?,
        item_title: item.map(|entry| entry.title).unwrap_or_default(),
        stamp: opinion.map(|opinion| opinion.stamp.clone()).unwrap_or_default(),
        chips: opinion.map(|opinion| opinion.chips.clone()).unwrap_or_default(),
        state_title: way::state(&notice.state)?.title,
        number: number.map(|number| number.text),
        id: notice.id,
        title: notice.title,
        department: notice.department,
        channel: notice.channel,
        received_at: moment::kept(notice.received_at),
        due_at: notice.due_at.map(moment::kept),
        verdict: notice.verdict,
        side: notice.side,
        decision: notice.decision,
        decision_title: notice.decision.title(),
        reason: notice.reason,
        state: notice.state,
        due_on: notice.due_on.map(|day| day.to_string()),
    })
}

/// Which notice is wanted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct NoticeRequest {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// A notice with its opinion, its letter and its way.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NoticeReply {
    /// The notice.
    pub notice: NoticeEntry,
    /// Its text.
    pub text: String,
    /// What the gate said.
    pub opinion: Option<Opinion>,
    /// The letter that went out.
    pub letter: Option<Composed>,
    /// Its way so far.
    pub steps: Vec<StepEntry>,
    /// Where it may go from here.
    pub next: Vec<StepNext>,
}

/// A step of a notice.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StepEntry {
    /// The state it came to.
    pub state: String,
    /// In words.
    pub title: &'static str,
    /// The day.
    pub on: String,
    /// Who.
    pub who: String,
    /// What was said.
    pub note: String,
    /// By when the state is to be left.
    pub due_on: Option<String>,
}

/// Where a notice may go.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StepNext {
    /// The state.
    pub state: &'static str,
    /// In words.
    pub title: &'static str,
}

/// A notice with its opinion, its letter and its way.
///
/// # Errors
/// [`crate::error::Missing::Notice`].
pub fn get(office: &mut Office, request: NoticeRequest, _: &Progress) -> Result<NoticeReply> {
    reply(office, request.id)
}

fn reply(office: &Office, id: i64) -> Result<NoticeReply> {
    let notice = store::get(office.connection(), id)?;
    let steps = store::steps(office.connection(), id)?;
    let steps = steps.into_iter().map(|step| {
        Ok(StepEntry {
            title: way::state(&step.state)?.title,
            state: step.state,
            on: step.on.to_string(),
            who: step.who,
            note: step.note,
            due_on: step.due_on.map(|day| day.to_string()),
        })
    });
    let steps = steps.collect::<Result<Vec<_>>>()?;
    let next = way::state(&notice.state)?.next;
    let next = next.into_iter().map(|id| way::state(id).map(|state| StepNext { state: state.id, title: state.title }));
    Ok(NoticeReply {
        next: next.collect::<Result<_>>()?,
        steps,
        text: notice.text.clone(),
        opinion: notice.opinion.clone(),
        letter: notice.letter.clone(),
        notice: entry(office, notice)?,
    })
}

/// A step to take.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct StepRequest {
    /// Number of the notice.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// The state it goes to.
    pub to: String,
    /// What is said with it.
    pub note: Option<String>,
    /// Number of the admission (准入文号), when it is granted or goes on.
    pub admission: Option<String>,
    /// First day of the admission, today when not said.
    pub from: Option<String>,
    /// Last day of the admission.
    pub until: Option<String>,
}

/// Takes a notice one step on its way. Granting puts it on the government's list with its period;
/// leaving takes it off.
///
/// # Errors
/// [`Refusal::NoSuchStep`]; [`Refusal::NeedsAdmission`] without number or period.
pub fn step(office: &mut Office, request: StepRequest, _: &Progress) -> Result<NoticeReply> {
    let notice = store::get(office.connection(), request.id)?;
    let state = way::go(&notice.state, &request.to)?;
    let today = office.clock().today();
    let calendar = calendar::of(office.connection())?;
    let admitted = match state.id {
        way::ADMITTED | way::RENEWED => Some(admitted(&request, today)?),
        _ => None,
    };
    let due_on = admitted.as_ref().map(|admitted| admitted.to).or_else(|| way::due(&state, today, &calendar));
    let taken = Step {
        state: state.id.to_owned(),
        on: today,
        who: office.clerk().to_owned(),
        note: request.note.as_deref().map(clean).unwrap_or_default(),
        due_on,
        serial: None,
    };
    let op = Op::StepNotice { title: notice.title.clone(), state: state.title };
    office.transact(&op, |tx| {
        if let Some(admitted) = &admitted {
            let code = decide::admit(tx, &notice, admitted)?;
            store::set_item(tx, notice.id, &code)?;
        }
        if state.id == way::LEFT
            && let Some(code) = &notice.item
        {
            duty::leave(tx, code)?;
        }
        store::set_state(tx, notice.id, state.id, due_on)?;
        store::add_step(tx, notice.id, &taken)
    })?;
    reply(office, request.id)
}

fn admitted(request: &StepRequest, today: NaiveDate) -> Result<Admitted> {
    let day = |text: &Option<String>| text.as_deref().map(str::parse::<NaiveDate>).transpose();
    let bad = |_| Error::Refused(Refusal::NoSuchDay);
    let from = day(&request.from).map_err(bad)?.unwrap_or(today);
    let to = day(&request.until).map_err(bad)?.filter(|to| *to >= from);
    let number = request.admission.as_deref().map(clean).filter(|number| !number.is_empty());
    match (number, to) {
        (Some(number), Some(to)) => Ok(Admitted { number, from, to }),
        _ => Err(Refusal::NeedsAdmission.into()),
    }
}
