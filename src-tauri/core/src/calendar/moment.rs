//! Moments as they are kept and asked for: `YYYY-MM-DDTHH:MM`, local time of the office.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// The hour by which something due on a day is due, when no time is said (the end of the day's work).
const END_OF_DAY: (u32, u32) = (17, 0);

/// Reads a moment: with `T` or a blank, or a day alone, which means the end of its work.
#[must_use]
pub fn parse(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().replace('T', " ");
    for form in ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"] {
        if let Ok(moment) = NaiveDateTime::parse_from_str(&text, form) {
            return Some(moment);
        }
    }
    text.parse().ok().map(end_of)
}

/// The end of a day's work.
#[must_use]
pub fn end_of(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::from_hms_opt(END_OF_DAY.0, END_OF_DAY.1, 0).unwrap_or_default())
}

/// The moment as it is kept.
#[must_use]
pub fn kept(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%dT%H:%M").to_string()
}

/// The moment as a clerk reads it, such as 11月20日17:00.
#[must_use]
pub fn said(moment: NaiveDateTime) -> String {
    moment.format("%-m月%-d日%H:%M").to_string()
}
