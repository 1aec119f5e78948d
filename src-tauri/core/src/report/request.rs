//! What a report is asked for: which one, about which days, and how it is laid out.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::paper::document::{Orientation, Paper};

/// Which report and how.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Id of the kind.
    pub kind: String,
    /// Id of the ledger, for kinds that need one.
    pub ledger: Option<String>,
    /// The day at whose end the office is looked at, `YYYY-MM-DD`; today when not said.
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub as_of: Option<NaiveDate>,
    /// First day of the period; the first of the month of the last day when not said.
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub from: Option<NaiveDate>,
    /// Last day of the period; today when not said.
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub to: Option<NaiveDate>,
    /// How it is laid out.
    #[serde(default)]
    pub options: ReportOptions,
}

/// How a report is laid out; what is not said is left to the kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct ReportOptions {
    /// How the paper lies.
    pub orientation: Option<PaperOrientation>,
    /// Size of the paper, A4 when not said.
    pub paper: Option<PaperSize>,
    /// Whether what must not be public is masked; when not said, only on a public sheet.
    pub masked: Option<bool>,
    /// Condition in the filter language.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// Columns of a ledger to print, in this order; all when not said.
    pub columns: Option<Vec<String>>,
    /// Columns to order by, one with `-` before it from the end.
    pub sort: Option<Vec<String>>,
    /// What a cross table counts by.
    pub cross: Option<CrossOptions>,
    /// Whether 草稿 stands across every page.
    pub draft: Option<bool>,
    /// Whether the name of the clerk and the moment stand across every page.
    pub watermark: Option<bool>,
    /// Whether every page ends with its own sums and those so far.
    pub subtotals: Option<bool>,
    /// Labels or slips on one sheet.
    pub per_sheet: Option<u16>,
    /// Empty rows of a form to fill in by hand.
    pub rows: Option<u16>,
    /// For the files of the office or for the notice board.
    pub style: Option<PaperStyle>,
}

/// What a cross table counts by: ids of `report.fields`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct CrossOptions {
    /// What the rows are.
    pub rows: String,
    /// What the columns are; none counts the rows alone.
    pub columns: Option<String>,
    /// What splits the table into several.
    pub split: Option<String>,
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

/// Size of the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 297 × 420 mm.
    A3,
}

/// Whom the paper is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum PaperStyle {
    /// For superiors and the files of the office (表格上报).
    #[default]
    Form,
    /// For the notice board (公示): masked unless the clerk says otherwise.
    Public,
}

impl ReportOptions {
    /// Whether it goes on the notice board.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.style == Some(PaperStyle::Public)
    }

    /// Whether what must not be public is masked.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        self.masked.unwrap_or_else(|| self.is_public())
    }

    /// How the paper lies, in the words of the paper.
    #[must_use]
    pub fn turned(&self) -> Orientation {
        match self.orientation.unwrap_or_default() {
            PaperOrientation::Auto => Orientation::Auto,
            PaperOrientation::Portrait => Orientation::Portrait,
            PaperOrientation::Landscape => Orientation::Landscape,
        }
    }

    /// Size of the paper, in the words of the paper.
    #[must_use]
    pub fn sheet(&self) -> Paper {
        match self.paper.unwrap_or_default() {
            PaperSize::A4 => Paper::A4,
            PaperSize::A3 => Paper::A3,
        }
    }

    /// The condition, unless it is blank.
    #[must_use]
    pub fn condition(&self) -> Option<&str> {
        self.filter.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }
}
