//! Reports (报表): what the office itself prints. Each kind is a folder that turns data into a
//! [`Document`]; [`ALL`] lists them. Bytes come from [`crate::paper`]; files are written by the
//! shell or the command line, never here.

pub mod api;
pub mod ledger_list;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::office::Office;
use crate::paper::Document;

/// A kind of report.
pub struct ReportKind {
    /// Id, the name of its folder.
    pub id: &'static str,
    /// Title as clerks say it.
    pub title: &'static str,
    /// Whether a ledger must be chosen.
    pub needs_ledger: bool,
    /// Makes the document.
    pub document: fn(&Office, &ReportRequest) -> Result<Document>,
}

/// Every kind of report.
pub const ALL: &[ReportKind] = &[ledger_list::KIND];

/// Which report and how.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Id of the kind.
    pub kind: String,
    /// Id of the ledger, for kinds that need one.
    pub ledger: Option<String>,
    /// How it is laid out.
    #[serde(default)]
    pub options: ReportOptions,
}

/// How a report is laid out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct ReportOptions {
    /// How the paper lies.
    pub orientation: PaperOrientation,
    /// Whether ID numbers and phones are masked.
    pub masked: bool,
    /// Condition in the filter language.
    #[serde(rename = "where")]
    pub filter: Option<String>,
}

/// How the paper lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum PaperOrientation {
    /// Portrait when everything fits, else landscape.
    #[default]
    Auto,
    /// Upright.
    Portrait,
    /// Lying.
    Landscape,
}
