//! What comes round again: every week, month, quarter, half year or year on a day, moved off days
//! that are not worked. Pure.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "RepeatEvery"))]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Every working day (每个工作日).
    Workday,
    /// Every week (每周).
    Week,
    /// Every month (每月).
    Month,
    /// Every quarter (每季度).
    Quarter,
    /// Twice a year (每半年).
    HalfYear,
    /// Every year (每年).
    Year,
}

/// Where a day goes that is not worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "RepeatShift"))]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// To the working day before (提前).
    #[default]
    Before,
    /// To the working day after (顺延).
    After,
    /// It stays (不动).
    Stay,
}

/// How a task comes round again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "TaskRepeat"))]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// How often.
    pub every: Every,
    /// Day of the week (1 Monday to 7) or of the month (1 to 31; beyond its end means its last day).
    /// Not used for working days.
    #[serde(default)]
    pub day: u32,
    /// Month within the quarter (1 to 3), half year (1 to 6) or year (1 to 12).
    #[serde(default)]
    pub month: u32,
    /// Where a day goes that is not worked.
    #[serde(default)]
    pub shift: Shift,
}

impl Repeat {
    /// Whether its numbers make sense.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let months = self.months().unwrap_or(1);
        match self.every {
            Every::Workday => true,
            Every::Week => (1..=7).contains(&self.day),
            Every::Month => (1..=31).contains(&self.day),
            Every::Quarter | Every::HalfYear | Every::Year => {
                (1..=31).contains(&self.day) && (1..=months).contains(&self.month)
            }
        }
    }

    /// Months between two rounds.
    fn months(&self) -> Option<u32> {
        match self.every {
            Every::Workday | Every::Week => None,
            Every::Month => Some(1),
            Every::Quarter => Some(3),
            Every::HalfYear => Some(6),
            Every::Year => Some(12),
        }
    }

    /// The day of the first round after a day, moved off days that are not worked; the round itself,
    /// not the moved day, is what comes after.
    #[must_use]
    pub fn next(&self, after: NaiveDate, calendar: &Calendar) -> NaiveDate {
        let round = self.round_after(after, calendar);
        let moved = self.moved(round, calendar);
        // Moved back to or before the day itself: this round was the last one, take the next.
        if moved > after { moved } else { self.moved(self.round_after(round, calendar), calendar) }
    }

    fn moved(&self, day: NaiveDate, calendar: &Calendar) -> NaiveDate {
        match self.shift {
            Shift::Stay => day,
            Shift::After => calendar.workday_from(day),
            Shift::Before => {
                let mut day = day;
                while !calendar.is_workday(day) {
                    match day.pred_opt() {
                        Some(before) => day = before,
                        None => return day,
                    }
                }
                day
            }
        }
    }

    fn round_after(&self, after: NaiveDate, calendar: &Calendar) -> NaiveDate {
        let next = after.succ_opt().unwrap_or(after);
        match self.every {
            Every::Workday => calendar.workday_from(next),
            Every::Week => {
                let ahead = (self.day.clamp(1, 7) + 6 - next.weekday().num_days_from_monday()) % 7;
                next.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(next)
            }
            Every::Month | Every::Quarter | Every::HalfYear | Every::Year => self.month_round(next),
        }
    }

    /// The first round by months that is not before a day.
    fn month_round(&self, from: NaiveDate) -> NaiveDate {
        let span = self.months().unwrap_or(1);
        let within = if span == 1 { 0 } else { self.month.clamp(1, span) - 1 };
        let start = (from.month0() / span) * span + within;
        let first = NaiveDate::from_ymd_opt(from.year(), start + 1, 1).unwrap_or(from);
        let rounds = (0..3).filter_map(|step| first.checked_add_months(Months::new(step * span)));
        let mut days = rounds.map(|month| day_of(month, self.day));
        days.find(|day| *day >= from).unwrap_or(from)
    }
}

/// A day of a month; its last one when the month is shorter.
fn day_of(month: NaiveDate, day: u32) -> NaiveDate {
    let last = month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
    month.with_day(day.max(1)).or(last).unwrap_or(month)
}
