//! The calendar of working days (工作日): weekends, public holidays and the weekend days worked in
//! their stead (调休), as data of each year.
//!
//! Pure besides the office's own exceptions, which are rows (`store`). What a period is for is not
//! known here.

pub mod api;
pub mod moment;
mod shipped;
mod store;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::error::Result;
use rusqlite::Connection;

/// Working hours of a day, from and to (机关作息; set here because no law sets the minutes).
const HOURS: [(u32, u32, u32, u32); 2] = [(9, 0, 12, 0), (13, 30, 17, 30)];

/// A day that is not what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Special {
    /// Whether it is worked.
    pub works: bool,
    /// Why, such as 春节.
    pub title: String,
    /// Whether the office itself said so.
    pub own: bool,
}

/// Which days are worked (工作日历).
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    years: BTreeSet<i32>,
    days: BTreeMap<NaiveDate, Special>,
}

impl Calendar {
    /// Whether a day is worked: what the year's notice or the office says, else Monday to Friday.
    #[must_use]
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        match self.days.get(&day) {
            Some(special) => special.works,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// What is special about a day.
    #[must_use]
    pub fn special(&self, day: NaiveDate) -> Option<&Special> {
        self.days.get(&day)
    }

    /// The special days of a year in order.
    pub fn specials(&self, year: i32) -> impl Iterator<Item = (&NaiveDate, &Special)> {
        self.days.iter().filter(move |(day, _)| day.year() == year)
    }

    /// Whether the year's holidays are known; otherwise only weekends are.
    #[must_use]
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Working days after `from` up to and including `to`; none when `to` is not later.
    #[must_use]
    pub fn workdays_after(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let mut count = 0;
        let mut day = from;
        while let Some(next) = day.succ_opt().filter(|next| *next <= to) {
            count += u32::from(self.is_workday(next));
            day = next;
        }
        count
    }

    /// The day that is `count` working days after `from`; `from` itself for none.
    #[must_use]
    pub fn add_workdays(&self, from: NaiveDate, count: u32) -> NaiveDate {
        let (mut day, mut left) = (from, count);
        while left > 0 {
            let Some(next) = day.succ_opt() else { return day };
            day = next;
            left -= u32::from(self.is_workday(day));
        }
        day
    }

    /// The first working day that is not before `day`.
    #[must_use]
    pub fn workday_from(&self, day: NaiveDate) -> NaiveDate {
        if self.is_workday(day) { day } else { self.add_workdays(day, 1) }
    }

    /// Working minutes from one moment to another; none when `to` is not later.
    #[must_use]
    pub fn working_minutes(&self, from: NaiveDateTime, to: NaiveDateTime) -> i64 {
        let mut minutes = 0;
        let mut day = from.date();
        while day <= to.date() {
            if self.is_workday(day) {
                minutes += minutes_of(day, from, to);
            }
            match day.checked_add_days(Days::new(1)) {
                Some(next) => day = next,
                None => break,
            }
        }
        minutes
    }

    /// Adds what is known of one more year or day.
    fn add(&mut self, day: NaiveDate, special: Special) {
        self.days.insert(day, special);
    }
}

/// The working minutes of one day that lie between two moments.
fn minutes_of(day: NaiveDate, from: NaiveDateTime, to: NaiveDateTime) -> i64 {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).map(|time| day.and_time(time));
    let spans = HOURS.iter().filter_map(|(h1, m1, h2, m2)| Some((at(*h1, *m1)?, at(*h2, *m2)?)));
    spans.map(|(begin, end)| (end.min(to) - begin.max(from)).num_minutes().max(0)).sum()
}

/// The calendar of the office: the shipped years with the office's own exceptions.
///
/// # Errors
/// Reading fails, or a shipped file is broken.
pub fn of(connection: &Connection) -> Result<Calendar> {
    let mut calendar = shipped::calendar()?.clone();
    for (day, works, title) in store::days(connection)? {
        calendar.add(day, Special { works, title, own: true });
    }
    Ok(calendar)
}
