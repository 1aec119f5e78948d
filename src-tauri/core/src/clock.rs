//! The clock of the office. Handed in, so that tests and reprints can fix the day.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// Tells what time it is in the office.
pub trait Clock: Send {
    /// The present moment with the offset of the office.
    fn now(&self) -> DateTime<FixedOffset>;

    /// Today's date in the office.
    fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<FixedOffset> {
        chrono::Local::now().fixed_offset()
    }
}

/// A clock that stands still, for tests, reprints and `--today`.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub DateTime<FixedOffset>);

impl FixedClock {
    /// Nine in the morning of a day, Beijing time.
    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        let offset = FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc));
        let nine = chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        let moment = day.and_time(nine).and_local_timezone(offset).single();
        Self(moment.unwrap_or_else(|| DateTime::UNIX_EPOCH.fixed_offset()))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<FixedOffset> {
        self.0
    }
}
