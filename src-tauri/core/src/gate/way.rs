//! The way of a notice (准入流程): 收到 → 比对 → 接收、补正、退回、转准入 → 审批 → 办理 → 到期复核 → 续期、
//! 退出. States, their order and their periods are data (`assets/letters/admission.toml`). Pure.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::error::{Error, Refusal, Result};
use crate::letter;

/// A state of a notice (状态).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Id.
    pub id: &'static str,
    /// As clerks say it.
    pub title: &'static str,
    /// Working days it may last.
    pub days: Option<u32>,
    /// States it may go to.
    pub next: Vec<&'static str>,
}

/// The state a notice has when it was looked at.
pub const COMPARED: &str = "compared";
/// The state of one that is worked on.
pub const ACCEPTED: &str = "accepted";
/// The state of an admission that was granted.
pub const ADMITTED: &str = "admitted";
/// The state of an admission that goes on for another period.
pub const RENEWED: &str = "renewed";
/// The state of an item that left the list.
pub const LEFT: &str = "left";
/// The state of an application that waits to be decided.
pub const DECIDING: &str = "deciding";

/// All states in order.
///
/// # Errors
/// A shipped file is broken.
pub fn states() -> Result<Vec<State>> {
    let letter = letter::get("admission")?;
    let states = letter.state.iter().map(|state| State {
        id: &state.id,
        title: &state.title,
        days: state.days,
        next: state.next.iter().map(String::as_str).collect(),
    });
    Ok(states.collect())
}

/// The state of that id.
///
/// # Errors
/// [`Error::Usage`] when there is none.
pub fn state(id: &str) -> Result<State> {
    let found = states()?.into_iter().find(|state| state.id == id);
    found.ok_or_else(|| Error::Usage(format!("没有“{id}”这个状态")))
}

/// The state a notice goes to, when it may.
///
/// # Errors
/// [`Refusal::NoSuchStep`] when the way does not lead there.
pub fn go(from: &str, to: &str) -> Result<State> {
    let (from, to) = (state(from)?, state(to)?);
    if !from.next.contains(&to.id) {
        return Err(Refusal::NoSuchStep { from: from.title.to_owned(), to: to.title.to_owned() }.into());
    }
    Ok(to)
}

/// By when a state is to be left, counted in working days after it was entered.
#[must_use]
pub fn due(state: &State, entered: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    state.days.map(|days| calendar.add_workdays(entered, days))
}
