//! What else is wrong with a notice whatever it asks: rushed, repeated, from several heads, without a
//! document, without money; and the same thing asked before by the records of the office. Pure.

use chrono::{NaiveDateTime, NaiveDate};

use super::terms::{Rules, Terms};
use super::text::{Found, Text};
use crate::calendar::Calendar;

/// From which share of common pairs of characters two titles ask for the same.
const LIKE: f64 = 0.6;

/// What is wrong with how a notice came.
#[derive(Debug, Clone, Default)]
pub(super) struct Flags {
    /// Due on the day it came or on the next working day.
    pub(super) rushed: bool,
    /// Asks again, by its own words.
    pub(super) says_again: Vec<Found>,
    /// Hurries.
    pub(super) hurries: Vec<Found>,
    /// Several departments ask.
    pub(super) many_headed: bool,
    /// Names no document it leans on.
    pub(super) no_document: bool,
    /// Says nothing of money.
    pub(super) no_funds: bool,
}

/// Something that came earlier.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Number of the notice or task.
    pub id: i64,
    /// Whether it is a notice; else a task.
    pub is_notice: bool,
    /// Its title.
    pub title: String,
    /// Who asked.
    pub department: String,
    /// The day it came.
    pub on: NaiveDate,
    /// Fields it asked for, by id.
    pub asks: Vec<String>,
    /// What became of it, in words.
    pub outcome: String,
}

/// Something that came earlier and asks for the same.
#[derive(Debug, Clone)]
pub(super) struct Again {
    pub(super) earlier: Earlier,
    /// Fields both ask for.
    pub(super) shared: Vec<String>,
    /// Share of the columns that were asked before, in percent.
    pub(super) share: usize,
}

/// Whether something is due so soon that it is a rush (突击): fewer working days than the rule says,
/// counted after the day it came up to and with the day it is due.
#[must_use]
pub fn is_rushed(calendar: &Calendar, received: NaiveDateTime, due: NaiveDateTime) -> bool {
    let days = super::terms::terms().map_or(2, |terms| terms.rules.rush_working_days);
    due >= received && calendar.workdays_after(received.date(), due.date()) < days
}

/// Looks at how a notice came.
pub(super) fn flags(
    text: &Text,
    terms: &Terms,
    departments: usize,
    calendar: &Calendar,
    received: NaiveDateTime,
    due: Option<NaiveDateTime>,
) -> Flags {
    let all = |words: &[String]| -> Vec<Found> {
        text.sentences().flat_map(|sentence| sentence.find_all(words)).collect()
    };
    let document = text.has("〔") || text.has("号文") || text.has("文号");
    Flags {
        rushed: due.is_some_and(|due| is_rushed(calendar, received, due)),
        says_again: all(&terms.words.repeat),
        hurries: all(&terms.words.rush),
        many_headed: departments >= terms.rules.many_headed_from,
        no_document: !document,
        no_funds: all(&terms.words.funds).is_empty(),
    }
}

/// What came earlier and asks for the same: by the columns of the form, else by the title.
pub(super) fn again(earlier: &[Earlier], title: &str, asks: &[String], rules: &Rules) -> Vec<Again> {
    let mut found: Vec<Again> = Vec::new();
    for one in earlier {
        let shared: Vec<String> = asks.iter().filter(|field| one.asks.contains(field)).cloned().collect();
        let share = if asks.is_empty() { 0 } else { shared.len() * 100 / asks.len() };
        let same_form = asks.len() > 2 && share >= rules.repeat_column_share;
        let same_title = crate::duty::likeness(&one.title, title) >= LIKE;
        if same_form || same_title {
            found.push(Again { earlier: one.clone(), shared, share });
        }
    }
    found.sort_by_key(|again| std::cmp::Reverse((again.share, again.earlier.on)));
    found.truncate(5);
    found
}
