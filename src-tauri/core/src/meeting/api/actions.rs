//! `meeting.due`: what is due of all meetings and matters: periods and action items (议定事项).

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::matter;
use crate::meeting::case::text_of;
use crate::meeting::due::{self, State};
use crate::meeting::{held, stage, store};
use crate::office::Office;
use crate::progress::Progress;

/// What is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct DueRequest {
    /// Of one matter.
    #[cfg_attr(test, ts(type = "number"))]
    pub matter: Option<i64>,
}

/// What is due, the most urgent first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DueReply {
    /// The items.
    pub items: Vec<DueItem>,
    /// Past their day.
    pub overdue: usize,
    /// Today or soon.
    pub near: usize,
}

/// Something that is due.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DueItem {
    /// Meeting it belongs to.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub meeting: Option<i64>,
    /// Matter it belongs to.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub matter: Option<i64>,
    /// Row of an action item; none for a period.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub row: Option<i64>,
    /// What is due.
    pub title: String,
    /// The rule or obligation in words; may be empty.
    pub text: String,
    /// Of which meeting or matter.
    pub of: String,
    /// Last day, `YYYY-MM-DD`; may be empty.
    pub on: String,
    /// How it stands.
    pub state: State,
    /// Who owes it.
    pub who: String,
    /// Paper that reminds; may be empty.
    pub chase: String,
}

/// Days before its day that an action item is called near.
const NEAR: i64 = 3;

/// Everything that is due.
///
/// # Errors
/// Reading fails.
pub fn due(office: &mut Office, request: DueRequest, _: &Progress) -> Result<DueReply> {
    open(office, request.matter)
}

/// [`due`] for the home page.
///
/// # Errors
/// Reading fails.
pub fn open(office: &Office, of: Option<i64>) -> Result<DueReply> {
    let mut items = Vec::new();
    for meeting in store::list(office.connection(), of, None, None)? {
        items.extend(of_meeting(office, meeting.id)?);
    }
    items.extend(matter::course::due(office, of)?);
    items.retain(|item| matches!(item.state, State::Open | State::Near | State::Overdue));
    items.sort_by(|a, b| (a.on.is_empty(), &a.on, &a.title).cmp(&(b.on.is_empty(), &b.on, &b.title)));
    let count = |state: State| items.iter().filter(|item| item.state == state).count();
    Ok(DueReply { overdue: count(State::Overdue), near: count(State::Near), items })
}

fn of_meeting(office: &Office, id: i64) -> Result<Vec<DueItem>> {
    let held = held(office, id)?;
    let case = &held.case;
    let of = case.text("title");
    let base = DueItem {
        meeting: Some(id),
        matter: held.meeting.matter,
        row: None,
        title: String::new(),
        text: String::new(),
        of: if of.is_empty() { case.kind.title.clone() } else { of },
        on: String::new(),
        state: State::Open,
        who: String::new(),
        chase: String::new(),
    };
    let is_closed = stage::open(case).is_none();
    // A period of a stage that was passed over or left out runs no more.
    let states = stage::standing(case);
    let runs = |stage: &str| {
        let at = case.kind.stage(stage).map(|(at, _)| at);
        at.is_none_or(|at| !matches!(states[at], stage::State::Skipped | stage::State::Passed))
    };
    let periods = due::all(case).into_iter().filter(|due| !is_closed && runs(&due.stage));
    let mut items: Vec<DueItem> = periods
        .map(|due| DueItem {
            title: due.title,
            text: due.text,
            on: due.on,
            state: due.state,
            who: due.who,
            chase: due.chase,
            ..base.clone()
        })
        .collect();
    for (row, day) in stage::open_actions(case) {
        let of = |column: &str| row.values.get(column).map(text_of).unwrap_or_default();
        items.push(DueItem {
            row: Some(row.id),
            title: of("what"),
            on: day.map(|day| day.to_string()).unwrap_or_default(),
            state: match day {
                None => State::Open,
                Some(_) => due::state(day, None, false, NEAR, case.today),
            },
            who: of("who"),
            ..base.clone()
        });
    }
    Ok(items)
}
