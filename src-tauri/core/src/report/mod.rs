//! Reports (报表): what the office itself prints. Each kind is a folder that turns data into a
//! [`Report`]; [`ALL`] lists them. Bytes come from [`crate::paper`]; files are written by the
//! shell or the command line, never here.
//!
//! What a report says of a past day is read from the office as it was then ([`as_of`]); what its
//! figures mean stands in `assets/reports`.

pub mod api;
pub mod as_of;
pub mod blank_form;
pub mod changes;
pub mod door_slips;
pub mod figures;
mod frame;
pub mod household_book;
pub mod labels;
pub mod ledger_list;
mod made;
pub mod monthly;
mod request;
mod slips;
pub mod statistics;
mod store;

pub use request::{CrossOptions, PaperOrientation, PaperSize, PaperStyle, ReportOptions, ReportRequest};

use serde::Serialize;

use crate::error::Result;
use crate::office::Office;
use crate::paper::Document;

/// Finds the people behind the figure of a key.
pub type FindPeople = fn(&Office, &ReportRequest, &str) -> Result<People>;

/// A kind of report.
pub struct ReportKind {
    /// Id, the name of its folder.
    pub id: &'static str,
    /// Title as clerks say it.
    pub title: &'static str,
    /// Where it stands in the list.
    pub group: ReportGroup,
    /// One sentence of what is on the paper.
    pub says: &'static str,
    /// Whether a ledger must be chosen.
    pub needs_ledger: bool,
    /// Which days it is about.
    pub period: ReportPeriod,
    /// Which switches of [`ReportOptions`] it knows.
    pub options: &'static [&'static str],
    /// Makes the report.
    pub make: fn(&Office, &ReportRequest) -> Result<Report>,
    /// Finds the people behind a figure of it; none where it has no figures.
    pub people: Option<FindPeople>,
}

/// The headings of the list of reports, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ReportGroup {
    /// Lists and ledgers (名单台账).
    List,
    /// Figures (统计).
    Figures,
    /// Official papers (公文报告).
    Official,
    /// Labels and slips (标签小条).
    Slips,
}

/// Which days a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ReportPeriod {
    /// None: it holds nobody.
    None,
    /// The state at the end of a day (截至).
    AsOf,
    /// What happened from one day to another.
    Range,
}

/// Every kind of report, in the order of the list.
pub const ALL: &[ReportKind] = &[
    ledger_list::KIND,
    blank_form::KIND,
    household_book::KIND,
    statistics::KIND,
    changes::KIND,
    monthly::KIND,
    labels::KIND,
    door_slips::KIND,
];

/// A report before it is laid out.
pub struct Report {
    /// What is printed.
    pub document: Document,
    /// What is lacking for it to be complete.
    pub missing: Vec<ReportMissing>,
    /// What its figures mean.
    pub definitions: Vec<ReportDefinition>,
    /// Figures that open to the people behind them.
    pub figures: Vec<Figure>,
    /// Columns the clerk may choose from; empty where there is nothing to choose.
    pub columns: Vec<ReportColumn>,
    /// What to look at before printing, beside what the layout finds.
    pub warnings: Vec<api::ReportWarning>,
}

impl Report {
    /// A report of a document alone.
    #[must_use]
    pub const fn of(document: Document) -> Self {
        Self {
            document,
            missing: Vec::new(),
            definitions: Vec::new(),
            figures: Vec::new(),
            columns: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// A figure that opens to the people behind it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What `report.people` is asked by.
    pub key: String,
    /// The figure with what it counts, such as `60岁以上 330`.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Where a figure stands on the paper.
#[derive(Debug, Clone)]
pub enum Place {
    /// In that row of the tables, counted through the whole report from 0; sums are not counted.
    Row(usize),
    /// In the first text like this.
    Text(String),
}

/// Something that is lacking for a report to be complete.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportMissing {
    /// What is lacking, such as `12 人没有出生日期`.
    pub text: String,
    /// How many lack it.
    #[cfg_attr(test, ts(type = "number"))]
    pub count: i64,
    /// The page where it can be put right.
    pub link: Option<ReportLink>,
}

/// A page of the program.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportLink {
    /// Its route.
    pub route: String,
    /// What it is asked.
    pub query: std::collections::BTreeMap<String, String>,
}

impl ReportLink {
    /// The rows of a ledger that meet a condition of the filter language; all when it is empty.
    #[must_use]
    pub fn ledger(ledger: &str, filter: &str) -> Self {
        let mut query = std::collections::BTreeMap::from([("id".to_owned(), ledger.to_owned())]);
        if !filter.is_empty() {
            query.insert("where".to_owned(), filter.to_owned());
        }
        Self { route: "/ledger".to_owned(), query }
    }
}

/// What a figure means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportDefinition {
    /// Name of the figure.
    pub name: String,
    /// One sentence of what is counted.
    pub says: String,
}

/// A column the clerk may choose or leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportColumn {
    /// Field id.
    pub id: String,
    /// Title with its upper heading.
    pub title: String,
    /// Whether it is printed now.
    pub printed: bool,
    /// Whether it is among the few a narrow list would keep.
    pub suggested: bool,
}

/// The people behind a figure.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "PeopleReply"))]
pub struct People {
    /// What the figure counts.
    pub title: String,
    /// All of them.
    #[cfg_attr(test, ts(type = "number"))]
    pub total: i64,
    /// At most five hundred of them.
    pub people: Vec<ReportPerson>,
}

/// Somebody, or a row of a ledger, behind a figure.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportPerson {
    /// Unique number of the resident; empty for a row about nobody in the register.
    pub id: String,
    /// Name.
    pub name: String,
    /// Door and age, or what else tells them apart.
    pub says: String,
}

/// People listed behind a figure at most.
pub const PEOPLE_AT_MOST: usize = 500;
