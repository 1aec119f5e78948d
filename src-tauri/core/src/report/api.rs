//! `report.list`, `report.preview`, `report.make`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::{ALL, ReportKind, ReportOptions, ReportRequest};
use crate::committee::api::Nothing;
use crate::error::{Error, Missing, Result};
use crate::office::Office;
use crate::paper::{Document, document::Warning, pdf, xlsx};
use crate::progress::Progress;

/// All kinds of report.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportsReply {
    /// The kinds.
    pub reports: Vec<ReportEntry>,
}

/// A kind of report in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportEntry {
    /// Id.
    pub kind: &'static str,
    /// Title.
    pub title: &'static str,
    /// Whether a ledger must be chosen.
    pub needs_ledger: bool,
}

/// Lists the kinds of report.
///
/// # Errors
/// None at present.
pub fn list(_: &mut Office, _: Nothing, _: &Progress) -> Result<ReportsReply> {
    let reports = ALL
        .iter()
        .map(|kind| ReportEntry { kind: kind.id, title: kind.title, needs_ledger: kind.needs_ledger })
        .collect();
    Ok(ReportsReply { reports })
}

/// A report as pages.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PreviewReply {
    /// The PDF, base64.
    pub pdf: String,
    /// Pages.
    pub pages: usize,
    /// What to look at before printing.
    pub warnings: Vec<ReportWarning>,
    /// Title.
    pub title: String,
    /// File name to propose, without ending.
    pub file_name: String,
}

/// Something to look at before printing.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportWarning {
    /// Stable word, such as `missing_glyph`.
    pub kind: &'static str,
    /// What it is about.
    pub text: String,
    /// Where.
    #[serde(rename = "where")]
    pub place: String,
}

impl From<Warning> for ReportWarning {
    fn from(warning: Warning) -> Self {
        Self { kind: warning.kind, text: warning.text, place: warning.place }
    }
}

/// Lays a report out for the screen: the very bytes that are printed.
///
/// # Errors
/// The report would be empty, or its ledger does not exist.
pub fn preview(office: &mut Office, request: ReportRequest, progress: &Progress) -> Result<PreviewReply> {
    progress.stage("正在排版", 0)?;
    let document = document(office, &request)?;
    let rendered = pdf::render(&document)?;
    Ok(PreviewReply {
        pdf: STANDARD.encode(rendered.bytes),
        pages: rendered.pages,
        warnings: rendered.warnings.into_iter().map(Into::into).collect(),
        file_name: file_name(office, &document),
        title: document.title,
    })
}

/// File formats a report can be made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// For printing and filing.
    Pdf,
    /// For working on.
    Xlsx,
}

/// Which report, and as what file.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct MakeRequest {
    /// Id of the kind.
    pub kind: String,
    /// Id of the ledger, for kinds that need one.
    pub ledger: Option<String>,
    /// How it is laid out.
    #[serde(default)]
    pub options: ReportOptions,
    /// File format.
    pub format: ReportFormat,
}

/// A report as a file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MakeReply {
    /// The file, base64.
    pub bytes: String,
    /// File name to propose, with ending.
    pub file_name: String,
    /// Pages; 0 for Excel.
    pub pages: usize,
    /// What to look at before printing.
    pub warnings: Vec<ReportWarning>,
}

/// Makes a report as a file; whoever asked writes it.
///
/// # Errors
/// The report would be empty, or its ledger does not exist.
pub fn make(office: &mut Office, request: MakeRequest, progress: &Progress) -> Result<MakeReply> {
    progress.stage("正在排版", 0)?;
    let asked = ReportRequest { kind: request.kind, ledger: request.ledger, options: request.options };
    let document = document(office, &asked)?;
    let name = file_name(office, &document);
    Ok(match request.format {
        ReportFormat::Pdf => {
            let rendered = pdf::render(&document)?;
            MakeReply {
                bytes: STANDARD.encode(rendered.bytes),
                file_name: format!("{name}.pdf"),
                pages: rendered.pages,
                warnings: rendered.warnings.into_iter().map(Into::into).collect(),
            }
        }
        ReportFormat::Xlsx => MakeReply {
            bytes: STANDARD.encode(xlsx::render(&document)?),
            file_name: format!("{name}.xlsx"),
            pages: 0,
            warnings: Vec::new(),
        },
    })
}

fn document(office: &Office, request: &ReportRequest) -> Result<Document> {
    let kind: &ReportKind = ALL
        .iter()
        .find(|kind| kind.id == request.kind)
        .ok_or_else(|| Error::NotFound(Missing::Report(request.kind.clone())))?;
    (kind.document)(office, request)
}

/// Title and day, as clerks name their files.
fn file_name(office: &Office, document: &Document) -> String {
    format!("{}_{}", document.title, office.clock().today().format("%Y%m%d"))
}
