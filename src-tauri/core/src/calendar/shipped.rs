//! The years of `assets/calendar`, each after the State Council's notice (国办放假通知).

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::{Calendar, Special};
use crate::error::{Error, Result};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/calendar");
static CALENDAR: LazyLock<Result<Calendar, String>> = LazyLock::new(load);

/// Days a holiday has at most; a longer range is a slip of the pen.
const LONGEST: u64 = 15;

/// A year as its file says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearFile {
    pub(super) year: i32,
    pub(super) title: String,
    #[serde(default)]
    pub(super) document: String,
    #[serde(default = "yes")]
    pub(super) document_checked: bool,
    #[serde(default)]
    #[allow(dead_code, reason = "for those who check the file")]
    pub(super) published: String,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default = "yes")]
    pub(super) checked: bool,
    #[serde(default)]
    #[allow(dead_code, reason = "for those who check the file")]
    pub(super) note: String,
    #[serde(default)]
    holiday: Vec<HolidayFile>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    name: String,
    from: NaiveDate,
    to: NaiveDate,
    #[serde(default)]
    work: Vec<NaiveDate>,
}

fn yes() -> bool {
    true
}

/// The shipped years as one calendar.
///
/// # Errors
/// [`Error::Bug`] when a file is broken.
pub(super) fn calendar() -> Result<&'static Calendar> {
    CALENDAR.as_ref().map_err(|error| Error::Bug(error.clone()))
}

/// What the file of a year says of itself.
///
/// # Errors
/// [`Error::Bug`] when a file is broken.
pub(super) fn year(year: i32) -> Result<Option<YearFile>> {
    let files = years().map_err(Error::Bug)?;
    Ok(files.into_iter().find(|file| file.year == year))
}

fn years() -> Result<Vec<YearFile>, String> {
    let files = FILES.files().map(|file| {
        let path = file.path().display().to_string();
        let text = file.contents_utf8().unwrap_or_default();
        toml::from_str(text).map_err(|error| format!("assets/calendar/{path}: {error}"))
    });
    files.collect()
}

fn load() -> Result<Calendar, String> {
    let mut calendar = Calendar::default();
    for file in years()? {
        calendar.years.insert(file.year);
        for holiday in &file.holiday {
            add(&mut calendar, holiday).map_err(|error| format!("assets/calendar/{}: {error}", file.year))?;
        }
    }
    Ok(calendar)
}

fn add(calendar: &mut Calendar, holiday: &HolidayFile) -> Result<(), String> {
    let HolidayFile { name, from, to, work } = holiday;
    let span = u64::try_from((*to - *from).num_days()).ok().filter(|span| *span < LONGEST);
    let span = span.ok_or_else(|| format!("{name} lasts from {from} to {to}"))?;
    let title = |works| if works { format!("{name}调休上班") } else { name.clone() };
    for day in (0..=span).filter_map(|offset| from.checked_add_days(Days::new(offset))) {
        calendar.add(day, Special { works: false, title: title(false), own: false });
    }
    for day in work {
        if (*from..=*to).contains(day) {
            return Err(format!("{day} is both holiday and worked"));
        }
        calendar.add(*day, Special { works: true, title: title(true), own: false });
    }
    Ok(())
}
