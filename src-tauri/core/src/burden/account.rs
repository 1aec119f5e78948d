//! The account month by month: whose work the hours were, and the share that is handed down (the
//! “80 %” figure of this very committee). Pure.

use chrono::{Datelike, Months, NaiveDate};

use super::figure::{Period, rounded};
use super::store::{Records, Worked};
use crate::duty::Side;

/// Minutes by whose work they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// The committee's own duties.
    pub committee: i64,
    /// Help for the government.
    pub government: i64,
    /// On neither list.
    pub unlisted: i64,
}

impl Share {
    /// The minutes of a period.
    #[must_use]
    pub fn of<'w>(works: impl IntoIterator<Item = &'w Worked>) -> Self {
        let mut share = Self::default();
        for work in works {
            match work.side {
                Side::Committee => share.committee += work.minutes,
                Side::Government => share.government += work.minutes,
                Side::Unlisted => share.unlisted += work.minutes,
            }
        }
        share
    }

    /// What is handed down of all work, in percent with one place; none without hours.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "minutes of an office stay far below the limit")]
    pub fn handed_down(&self) -> Option<f64> {
        let handed = self.government + self.unlisted;
        let all = handed + self.committee;
        (all > 0).then(|| rounded(handed as f64 * 100.0 / all as f64))
    }
}

/// A month of the account.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    /// First day.
    pub first: NaiveDate,
    /// Its minutes.
    pub share: Share,
}

/// The months a period touches, each with its minutes.
#[must_use]
pub fn months(records: &Records, period: Period) -> Vec<Month> {
    let mut months = Vec::new();
    let mut first = period.from.with_day(1).unwrap_or(period.from);
    while first <= period.to {
        let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
        let is_here = |work: &&Worked| work.on >= first && work.on < next && period.has(work.on);
        months.push(Month { first, share: Share::of(records.works.iter().filter(is_here)) });
        if next == first {
            break;
        }
        first = next;
    }
    months
}
