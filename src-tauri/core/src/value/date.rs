//! Days, months and years as people write them, kept as precise as they were given.
//!
//! A month stays a month: "2026年3月" never becomes the first of March. Lunar dates, ranges and words
//! such as 至今 are not dates here.

mod scan;

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

/// A date that may be known to the day, the month or only the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A day (年月日).
    Day(NaiveDate),
    /// A month (年月).
    Month {
        /// The year.
        year: i32,
        /// The month, 1 to 12.
        month: u32,
    },
    /// A year (年).
    Year(i32),
}

/// How a date is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// 2026-03-05.
    Dashes,
    /// 2026.3.5.
    Dots,
    /// 2026年3月5日.
    Chinese,
    /// 20260305.
    Compact,
    /// 2026/3/5.
    Slashes,
}

/// The years in which the office looks for dates in text.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2100;

/// Reads a date in any of the shapes met in superiors' sheets; a time behind it is ignored.
///
/// Two-digit years are read only where one century is possible: behind us in this one, or far
/// enough ahead that only the last one is meant.
#[must_use]
pub fn parse(text: &str, today: NaiveDate) -> Option<PartialDate> {
    let canonical = if text.len() == 10 { PartialDate::from_canonical(text) } else { None };
    match canonical.filter(|date| YEARS.contains(&date.year())) {
        Some(date) => Some(date),
        None => scan::date(text, today),
    }
}

/// Reads an Excel serial day; the time of day is dropped.
///
/// Serial 60 of the 1900 calendar is the 29th of February that Excel invented, hence no date.
#[must_use]
pub fn from_serial(serial: f64, date1904: bool) -> Option<PartialDate> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked above")]
    let day = serial.floor() as u64;
    let (start, offset) = match (date1904, day) {
        (true, _) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, day),
        (false, 60) => return None,
        (false, ..60) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, day),
        (false, _) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, day),
    };
    let date = start.checked_add_days(Days::new(offset))?;
    (date.year() <= 9999).then_some(PartialDate::Day(date))
}

/// Computes the full years of age on a day; none before birth.
///
/// A birth known only to the month counts from the first of that month, one known only to the year
/// from New Year.
#[must_use]
pub fn age_on(birth: impl Into<PartialDate>, on: NaiveDate) -> Option<i32> {
    let (year, not_yet) = match birth.into() {
        PartialDate::Day(day) => (day.year(), (on.month(), on.day()) < (day.month(), day.day())),
        PartialDate::Month { year, month } => (year, on.month() < month),
        PartialDate::Year(year) => (year, false),
    };
    let age = on.year() - year - i32::from(not_yet);
    (age >= 0).then_some(age)
}

impl PartialDate {
    /// Reads the canonical text `YYYY-MM-DD`, `YYYY-MM` or `YYYY` and nothing else.
    #[must_use]
    pub fn from_canonical(text: &str) -> Option<Self> {
        let part = |from: usize, to: usize| -> Option<u32> {
            let digits = text.as_bytes().get(from..to)?;
            digits.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
        };
        let dash = |at: usize| text.as_bytes().get(at) == Some(&b'-');
        let year = i32::try_from(part(0, 4)?).ok().filter(|year| *year > 0)?;
        match text.len() {
            4 => Some(Self::Year(year)),
            7 if dash(4) => Self::month(year, part(5, 7)?),
            10 if dash(4) && dash(7) => Self::day(year, part(5, 7)?, part(8, 10)?),
            _ => None,
        }
    }

    /// The year, known in any case.
    #[must_use]
    pub fn year(&self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month { year, .. } | Self::Year(year) => *year,
        }
    }

    /// The first day it may mean: for sorting and comparing.
    #[must_use]
    pub fn earliest(&self) -> Option<NaiveDate> {
        match *self {
            Self::Day(day) => Some(day),
            Self::Month { year, month } => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
        }
    }

    /// Says whether a day lies within what is known.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        match *self {
            Self::Day(known) => known == day,
            Self::Month { year, month } => (day.year(), day.month()) == (year, month),
            Self::Year(year) => day.year() == year,
        }
    }

    /// Prints it in a style, as precise as it is.
    #[must_use]
    pub fn format(&self, style: DateStyle) -> String {
        let (y, m, d) = match *self {
            Self::Day(day) => (day.year(), Some(day.month()), Some(day.day())),
            Self::Month { year, month } => (year, Some(month), None),
            Self::Year(year) => (year, None, None),
        };
        match (style, m, d) {
            (DateStyle::Dashes, ..) => self.to_string(),
            (DateStyle::Chinese, Some(m), Some(d)) => format!("{y}年{m}月{d}日"),
            (DateStyle::Chinese, Some(m), None) => format!("{y}年{m}月"),
            (DateStyle::Chinese, None, _) => format!("{y}年"),
            (DateStyle::Compact, Some(m), Some(d)) => format!("{y:04}{m:02}{d:02}"),
            (DateStyle::Compact, Some(m), None) => format!("{y:04}{m:02}"),
            (DateStyle::Dots, Some(m), Some(d)) => format!("{y}.{m}.{d}"),
            (DateStyle::Dots, Some(m), None) => format!("{y}.{m}"),
            (DateStyle::Slashes, Some(m), Some(d)) => format!("{y}/{m}/{d}"),
            (DateStyle::Slashes, Some(m), None) => format!("{y}/{m}"),
            (_, None, _) => format!("{y:04}"),
        }
    }

    fn month(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self::Month { year, month })
    }

    fn day(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::Day)
    }
}

/// The canonical text: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}
