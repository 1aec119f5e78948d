//! `report.bundle`: several reports printed with one button.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::{ReportWarning, file_name, kind_of, report};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper::{Document, layout, pdf};
use crate::progress::Progress;
use crate::report::ReportRequest;
use crate::report::made::{self, Made};

/// Which reports are printed together.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct BundleRequest {
    /// The reports in the order of the paper.
    pub reports: Vec<ReportRequest>,
    /// Whether they are printed or kept now and noted as made; else it is a preview.
    pub make: Option<bool>,
}

/// Several reports as one PDF.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BundleReply {
    /// The PDF, base64.
    pub pdf: String,
    /// Pages of all.
    pub pages: usize,
    /// Title.
    pub title: String,
    /// File name to propose, without ending.
    pub file_name: String,
    /// What to look at before printing, each with the report it is about.
    pub warnings: Vec<ReportWarning>,
    /// Where each report stands.
    pub parts: Vec<BundlePart>,
}

/// A report in a bundle.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BundlePart {
    /// Id of the kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Its first page, from 1.
    pub first_page: usize,
    /// Its pages.
    pub pages: usize,
}

/// Makes several reports as one PDF, each with its own page numbers. One that would be empty is
/// left out and said; when all are, nothing is made.
///
/// # Errors
/// [`Refusal::EmptyReport`] when nothing is left, or a report does not exist.
pub fn bundle(office: &mut Office, request: BundleRequest, progress: &Progress) -> Result<BundleReply> {
    progress.stage("正在排版", request.reports.len() as u64)?;
    let mut warnings = Vec::new();
    let mut parts: Vec<BundlePart> = Vec::new();
    let mut documents: Vec<Document> = Vec::new();
    let mut notes = Vec::new();
    for (done, asked) in (0..).zip(&request.reports) {
        progress.at(done)?;
        let report = match report(office, asked) {
            Err(Error::Refused(Refusal::EmptyReport)) => {
                warnings.push(left_out(office, asked)?);
                continue;
            }
            other => other?,
        };
        let laid = layout::lay_out(&report.document)?;
        let title = report.document.title.clone();
        let found = report.warnings.into_iter().chain(laid.warnings.into_iter().map(Into::into));
        warnings.extend(found.map(|warning| ReportWarning {
            place: [title.as_str(), &warning.place].join(" ").trim_end().to_owned(),
            ..warning
        }));
        let pages = laid.pages.len();
        notes.push(Made::pdf(asked, &title, pages));
        let first_page = parts.last().map_or(1, |last| last.first_page + last.pages);
        parts.push(BundlePart { kind: asked.kind.clone(), title, first_page, pages });
        documents.push(report.document);
    }
    let first = parts.first().ok_or(Error::Refused(Refusal::EmptyReport))?;
    let title = match parts.len() {
        1 => first.title.clone(),
        count => format!("{}等{count}种", first.title),
    };
    let rendered = pdf::render_all(&documents)?;
    if request.make == Some(true) {
        made::note(office, &title, &notes)?;
    }
    let file_name = file_name(office, &title);
    Ok(BundleReply {
        pdf: STANDARD.encode(rendered.bytes),
        pages: rendered.pages,
        title,
        file_name,
        warnings,
        parts,
    })
}

/// Says that a report of a bundle had nothing to print.
fn left_out(office: &Office, asked: &ReportRequest) -> Result<ReportWarning> {
    let title = match &asked.ledger {
        Some(ledger) => office.ledger_kind(ledger)?.title.clone(),
        None => kind_of(&asked.kind)?.title.to_owned(),
    };
    Ok(ReportWarning {
        kind: "empty", text: "没有可以打印的内容，没有放进来".to_owned(), place: title
    })
}
