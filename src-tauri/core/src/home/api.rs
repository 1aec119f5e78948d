//! `office.status`, `office.start`, `office.home`, `office.check`.

use serde::{Deserialize, Serialize};

use super::sample;
use crate::committee::{self, Committee, api::Nothing};
use crate::error::{Refusal, Result};
use crate::history::{self, api::HistoryOp};
use crate::household;
use crate::import;
use crate::ledger;
use crate::meeting::{self, api::actions::DueItem};
use crate::office::Office;
use crate::op::Op;
use crate::place;
use crate::progress::Progress;
use crate::resident;
use crate::store::check::{self, Finding};
use crate::value::text;

/// Imports shown on the first screen.
const RECENT_IMPORTS: usize = 5;
/// Items of meetings shown on the first screen.
const NEXT_MEETINGS: usize = 6;
/// From which age on people are counted as elderly (老年人权益保障法 art. 2).
const ELDERLY_FROM: i32 = 60;

/// Whether and as what the office is open.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StatusReply {
    /// Whether the first start is done.
    pub started: bool,
    /// The committee, once started.
    pub committee: Option<Committee>,
    /// Who is working.
    pub clerk: String,
    /// Today in the office, `YYYY-MM-DD`.
    pub today: String,
    /// Whether this is the practice office.
    pub practice: bool,
    /// Version of the program.
    pub version: &'static str,
    /// Where the data is kept.
    pub folder: String,
}

/// Says whether and as what the office is open.
///
/// # Errors
/// Reading fails.
pub fn status(office: &mut Office, _: Nothing, _: &Progress) -> Result<StatusReply> {
    let committee = committee::find(office.connection())?;
    Ok(StatusReply {
        started: committee.is_some(),
        practice: committee.as_ref().is_some_and(|committee| committee.practice),
        committee,
        clerk: office.clerk().to_owned(),
        today: office.clock().today().to_string(),
        version: env!("CARGO_PKG_VERSION"),
        folder: office.folder().display().to_string(),
    })
}

/// How to start the office.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct StartRequest {
    /// Name of the residential area.
    pub name: String,
    /// Subdistrict or town.
    pub subdistrict: Option<String>,
    /// Whether to load the practice office.
    #[serde(default)]
    pub sample: bool,
}

/// The office that was started.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StartReply {
    /// Its name.
    pub office: String,
    /// Residents known.
    #[cfg_attr(test, ts(type = "number"))]
    pub residents: i64,
    /// Ledger kinds ready.
    pub ledgers: usize,
}

/// Starts the office.
///
/// # Errors
/// [`Refusal::AlreadyStarted`], [`Refusal::EmptyName`].
pub fn start(office: &mut Office, request: StartRequest, _: &Progress) -> Result<StartReply> {
    if committee::find(office.connection())?.is_some() {
        return Err(Refusal::AlreadyStarted.into());
    }
    let name = text::clean(&request.name);
    if name.is_empty() {
        return Err(Refusal::EmptyName.into());
    }
    let base = if request.sample { sample::committee()? } else { Committee::default() };
    let subdistrict = request.subdistrict.map_or(base.subdistrict.clone(), |text| text::clean(&text));
    let committee = Committee { name: name.clone(), subdistrict, ..base };
    let catalog = office.catalog_shared();
    let today = office.clock().today();
    office.transact(&Op::StartOffice { name: name.clone() }, |tx| {
        committee::set(tx, &committee)?;
        if request.sample { sample::load(tx, &catalog, today) } else { Ok(()) }
    })?;
    Ok(StartReply {
        office: name,
        residents: resident::count(office.connection())?,
        ledgers: office.ledger_kinds().count(),
    })
}

/// What the first screen shows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HomeReply {
    /// What the office holds (家底).
    pub counts: Vec<HomeCount>,
    /// The newest imports.
    pub recent: Vec<HistoryOp>,
    /// Rows that wait to be put right (待处理).
    #[cfg_attr(test, ts(type = "number"))]
    pub tray: i64,
    /// What is due of matters and meetings.
    pub meetings: HomeMeetings,
}

/// What is due of matters and meetings: periods and action items (议定事项).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HomeMeetings {
    /// Past their day (逾期).
    pub overdue: usize,
    /// Today or in a few days.
    pub near: usize,
    /// The most urgent ones.
    pub next: Vec<DueItem>,
}

/// One figure of the first screen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct HomeCount {
    /// What is counted.
    pub title: String,
    /// How many.
    #[cfg_attr(test, ts(type = "number"))]
    pub count: i64,
    /// Ledger a click opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ledger: Option<String>,
}

/// What the first screen shows.
///
/// # Errors
/// Reading fails.
pub fn home(office: &mut Office, _: Nothing, _: &Progress) -> Result<HomeReply> {
    let connection = office.connection();
    let plain = |title: &str, count: i64| HomeCount { title: title.to_owned(), count, ledger: None };
    let today = office.clock().today();
    let born_by = chrono::Months::new(12 * ELDERLY_FROM.unsigned_abs());
    let elderly = today.checked_sub_months(born_by).unwrap_or(today).to_string();
    let mut counts = vec![
        plain("居民", resident::count(connection)?),
        plain("户数", household::count(connection)?),
        plain("楼栋", place::count_buildings(connection)?),
        plain("60岁以上", resident::count_born_by(connection, &elderly)?),
    ];
    let rows = ledger::counts(connection)?;
    let filled = office.ledger_kinds().filter(|kind| kind.group == "重点人群");
    for kind in filled {
        if let Some(count) = rows.get(&kind.id) {
            let title = kind.title.trim_end_matches("台账").to_owned();
            counts.push(HomeCount { title, count: *count, ledger: Some(kind.id.clone()) });
        }
    }
    let due = meeting::api::actions::open(office, None)?;
    Ok(HomeReply {
        counts,
        recent: history::api::imports(office, RECENT_IMPORTS)?,
        tray: import::count_waiting(connection, None)?,
        meetings: HomeMeetings {
            overdue: due.overdue,
            near: due.near,
            next: due.items.into_iter().take(NEXT_MEETINGS).collect(),
        },
    })
}

/// Whether the store is sound.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CheckReply {
    /// Whether nothing was found.
    pub ok: bool,
    /// What was found.
    pub problems: Vec<Finding>,
}

/// Looks the whole store over.
///
/// # Errors
/// Reading fails altogether.
pub fn check(office: &mut Office, _: Nothing, _: &Progress) -> Result<CheckReply> {
    let problems = check::thorough(office.connection())?;
    Ok(CheckReply { ok: problems.is_empty(), problems })
}
