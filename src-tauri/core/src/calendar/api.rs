//! `calendar.get` and `calendar.change`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{of, shipped, store};
use crate::error::Result;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::value::text;

/// Which year is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CalendarRequest {
    /// The year, this one when not said.
    pub year: Option<i32>,
}

/// The special days of a year.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CalendarReply {
    /// The year.
    pub year: i32,
    /// Title and number of the notice; empty when the year is not known.
    pub document: String,
    /// Where it was taken from.
    pub source: String,
    /// Whether the year's holidays are known; otherwise only weekends are.
    pub known: bool,
    /// Whether somebody compared the file with the notice.
    pub checked: bool,
    /// The days in order.
    pub days: Vec<CalendarDay>,
}

/// A day that is not what its weekday says.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CalendarDay {
    /// The day, `YYYY-MM-DD`.
    pub on: String,
    /// Whether it is worked.
    pub works: bool,
    /// Why, such as 春节.
    pub title: String,
    /// Whether the office itself said so.
    pub own: bool,
}

/// The special days of a year.
///
/// # Errors
/// Reading fails.
pub fn get(office: &mut Office, request: CalendarRequest, _: &Progress) -> Result<CalendarReply> {
    use chrono::Datelike as _;
    let year = request.year.unwrap_or_else(|| office.clock().today().year());
    let calendar = of(office.connection())?;
    let file = shipped::year(year)?;
    let days = calendar.specials(year).map(|(day, special)| CalendarDay {
        on: day.to_string(),
        works: special.works,
        title: special.title.clone(),
        own: special.own,
    });
    Ok(CalendarReply {
        year,
        known: calendar.knows(year),
        checked: file.as_ref().is_some_and(|file| file.checked && file.document_checked),
        document: file.as_ref().map(|file| format!("{} {}", file.title, file.document)).unwrap_or_default(),
        source: file.map(|file| file.source).unwrap_or_default(),
        days: days.collect(),
    })
}

/// What the office says of a day.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CalendarChange {
    /// The day.
    #[cfg_attr(test, ts(type = "string"))]
    pub on: NaiveDate,
    /// Whether it is worked; not said takes the office's own word back.
    pub works: Option<bool>,
    /// Why.
    #[serde(default)]
    pub title: String,
}

/// Notes a day that the office works or does not work, whatever the weekday.
///
/// # Errors
/// Writing fails.
pub fn change(office: &mut Office, request: CalendarChange, progress: &Progress) -> Result<CalendarReply> {
    use chrono::Datelike as _;
    let title = text::clean(&request.title);
    let op = Op::ChangeCalendar { day: request.on.format("%-m月%-d日").to_string() };
    office.transact(&op, |tx| store::set(tx, request.on, request.works, &title))?;
    get(office, CalendarRequest { year: Some(request.on.year()) }, progress)
}
