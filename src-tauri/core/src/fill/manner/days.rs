//! Days in the form's own writing: the same strokes, the same width, as precise as its example.

use chrono::{Datelike, NaiveDate};

use super::{Written, text};
use crate::value::date::{self, PartialDate};

/// What stands between the parts of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strokes {
    Dashes,
    Dots,
    Slashes,
    Chinese,
    Nothing,
}

/// How a form writes days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayManner {
    strokes: Strokes,
    is_padded: bool,
    /// 1 years, 2 months, 3 days.
    parts: u8,
}

impl DayManner {
    /// The manner that writes an example just so; none when the example is no day.
    pub(super) fn of(example: &str, today: NaiveDate) -> Option<Self> {
        let date = date::parse(example, today)?;
        let parts = match date {
            PartialDate::Day(_) => 3,
            PartialDate::Month { .. } => 2,
            PartialDate::Year(_) => 1,
        };
        let all = [Strokes::Dashes, Strokes::Dots, Strokes::Slashes, Strokes::Chinese, Strokes::Nothing];
        let manners = all
            .into_iter()
            .flat_map(|strokes| [true, false].map(|is_padded| Self { strokes, is_padded, parts }));
        let mut fitting = manners.filter(|manner| manner.shown(date) == example);
        let first = fitting.next()?;
        // 2026-11-21 says nothing of noughts in front: dashes have them, the others rather not.
        let second = fitting.next();
        Some(match second {
            Some(bare) if matches!(bare.strokes, Strokes::Chinese | Strokes::Slashes) => bare,
            _ => first,
        })
    }

    /// An example inside a heading: 出生日期（如1958.3.6）, (格式：yyyy-mm-dd).
    pub(super) fn in_heading(heading: &str, today: NaiveDate) -> Option<Self> {
        let lower = heading.to_lowercase();
        let letters = [
            ("yyyy-mm-dd", Strokes::Dashes, 3),
            ("yyyy/mm/dd", Strokes::Slashes, 3),
            ("yyyy.mm.dd", Strokes::Dots, 3),
            ("yyyymmdd", Strokes::Nothing, 3),
            ("yyyy-mm", Strokes::Dashes, 2),
            ("yyyy.mm", Strokes::Dots, 2),
            ("yyyymm", Strokes::Nothing, 2),
        ];
        if let Some((_, strokes, parts)) = letters.iter().find(|(sign, ..)| lower.contains(sign)) {
            return Some(Self { strokes: *strokes, is_padded: true, parts: *parts });
        }
        let start = heading.find(|c: char| c.is_ascii_digit())?;
        let rest = &heading[start..];
        let end = rest.find(|c: char| !(c.is_ascii_digit() || "-./年月日".contains(c))).unwrap_or(rest.len());
        (end >= 6).then(|| Self::of(&rest[..end], today)).flatten()
    }

    /// Year and month.
    pub(super) const fn months() -> Self {
        Self { strokes: Strokes::Dashes, is_padded: true, parts: 2 }
    }

    /// A day in this manner; without the parts that the form does not ask for.
    pub(super) fn write(self, date: PartialDate) -> Written {
        text(&self.shown(date))
    }

    fn shown(self, date: PartialDate) -> String {
        let (year, month, day) = match date {
            PartialDate::Day(day) => (day.year(), Some(day.month()), Some(day.day())),
            PartialDate::Month { year, month } => (year, Some(month), None),
            PartialDate::Year(year) => (year, None, None),
        };
        let month = month.filter(|_| self.parts >= 2);
        let day = day.filter(|_| self.parts >= 3 && month.is_some());
        let two = |number: u32| if self.is_padded { format!("{number:02}") } else { number.to_string() };
        let stroke = match self.strokes {
            Strokes::Dashes => "-",
            Strokes::Dots => ".",
            Strokes::Slashes => "/",
            Strokes::Nothing => "",
            Strokes::Chinese => {
                let month = month.map(|month| format!("{}月", two(month))).unwrap_or_default();
                let day = day.map(|day| format!("{}日", two(day))).unwrap_or_default();
                return format!("{year}年{month}{day}");
            }
        };
        let two =
            |number: u32| if self.strokes == Strokes::Nothing { format!("{number:02}") } else { two(number) };
        let mut shown = year.to_string();
        for part in [month, day].into_iter().flatten() {
            shown.push_str(stroke);
            shown.push_str(&two(part));
        }
        shown
    }

    /// An example, for the clerk.
    pub(super) fn example(self) -> String {
        NaiveDate::from_ymd_opt(2026, 1, 5).map(|day| self.shown(PartialDate::Day(day))).unwrap_or_default()
    }
}
