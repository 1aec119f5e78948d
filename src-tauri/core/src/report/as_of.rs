//! The office as a report sees it: now, or as it stood at the end of an earlier day.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;

use super::ReportRequest;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::store::past;

/// The office at the end of a day.
pub struct AsOf<'o> {
    /// Its words, clock and committee; these are always today's.
    pub office: &'o Office,
    /// The day.
    pub day: NaiveDate,
    /// Number of the newest op that counts.
    pub op: i64,
    past: Option<Connection>,
}

impl<'o> AsOf<'o> {
    /// The office at the end of the day a report is asked for, today when none is said.
    ///
    /// # Errors
    /// [`Refusal::NothingThen`] before the office was started.
    pub fn asked(office: &'o Office, request: &ReportRequest) -> Result<Self> {
        Self::on(office, request.as_of.unwrap_or_else(|| office.clock().today()))
    }

    /// The office at the end of a day. A day to come is the office as it is now.
    ///
    /// # Errors
    /// [`Refusal::NothingThen`] before the office was started.
    pub fn on(office: &'o Office, day: NaiveDate) -> Result<Self> {
        let connection = office.connection();
        let op = past::newest_op_by(connection, &day.to_string())?;
        if op == 0 {
            let since = past::first_day(connection)?.unwrap_or_default();
            return Err(Refusal::NothingThen { since }.into());
        }
        Self::after(office, day, op)
    }

    /// The office just before a day began; empty where it had not been started yet.
    ///
    /// # Errors
    /// Reading fails.
    pub fn before(office: &'o Office, day: NaiveDate) -> Result<Self> {
        let eve = day.pred_opt().unwrap_or(day);
        let op = past::newest_op_by(office.connection(), &eve.to_string())?;
        Self::after(office, eve, op)
    }

    fn after(office: &'o Office, day: NaiveDate, op: i64) -> Result<Self> {
        let connection = office.connection();
        let is_now = op == past::newest_op(connection)?;
        let past = if is_now { None } else { Some(past::after(connection, op)?) };
        Ok(Self { office, day, op, past })
    }

    /// What is to be read.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        self.past.as_ref().unwrap_or_else(|| self.office.connection())
    }

    /// The day as papers write it.
    #[must_use]
    pub fn day_title(&self) -> String {
        day_title(self.day)
    }
}

/// A day as papers write it: 2026年11月21日.
#[must_use]
pub fn day_title(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// First and last day of the period a report is asked for: the month so far when nothing is said.
///
/// # Errors
/// [`Refusal::DaysReversed`].
pub fn period(office: &Office, request: &ReportRequest) -> Result<(NaiveDate, NaiveDate)> {
    let to = request.to.unwrap_or_else(|| office.clock().today());
    let from = request.from.or_else(|| to.with_day(1)).unwrap_or(to);
    if from > to { Err(Refusal::DaysReversed.into()) } else { Ok((from, to)) }
}

/// A period as papers write it: a whole month by its name, else from day to day.
#[must_use]
pub fn period_title(from: NaiveDate, to: NaiveDate) -> Cow<'static, str> {
    let is_month = from.day() == 1 && to.succ_opt().is_some_and(|next| next.day() == 1);
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    if is_month && same_month {
        return format!("{}年{}月", from.year(), from.month()).into();
    }
    format!("{}至{}", day_title(from), day_title(to)).into()
}
