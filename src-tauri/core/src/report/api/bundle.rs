//! `report.bundle`: several reports printed with one button.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::{ReportWarning, file_name, kind_of, report};
use crate::committee;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper::pdf;
use crate::progress::Progress;
use crate::report::ReportRequest;
use crate::report::bundle::{self, Part};
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
    let mut made: Vec<(&ReportRequest, usize, Part)> = Vec::new();
    for (done, asked) in (0..).zip(&request.reports) {
        progress.at(done)?;
        let report = match report(office, asked) {
            Err(Error::Refused(Refusal::EmptyReport)) => {
                warnings.push(left_out(office, asked)?);
                continue;
            }
            other => other?,
        };
        let rendered = pdf::render(&report.document)?;
        let title = report.document.title;
        let found = report.warnings.into_iter().chain(rendered.warnings.into_iter().map(Into::into));
        warnings.extend(found.map(|warning| ReportWarning {
            place: [title.as_str(), &warning.place].join(" ").trim_end().to_owned(),
            ..warning
        }));
        made.push((asked, rendered.pages, Part { title, bytes: rendered.bytes }));
    }
    let first = made.first().ok_or(Error::Refused(Refusal::EmptyReport))?;
    let title = match made.len() {
        1 => first.2.title.clone(),
        count => format!("{}等{count}种", first.2.title),
    };
    let notes: Vec<Made> =
        made.iter().map(|(asked, pages, part)| Made::pdf(asked, &part.title, *pages)).collect();
    let (asked, parts): (Vec<&ReportRequest>, Vec<Part>) =
        made.into_iter().map(|(asked, _, part)| (asked, part)).unzip();
    let author = committee::find(office.connection())?.map(|one| one.full_name()).unwrap_or_default();
    let (bytes, spans) = bundle::join(&title, &author, &parts)?;
    if request.make == Some(true) {
        made::note(office, &title, &notes)?;
    }
    let told = asked.into_iter().zip(&parts).zip(&spans);
    Ok(BundleReply {
        pdf: STANDARD.encode(bytes),
        pages: spans.iter().map(|(_, pages)| pages).sum(),
        file_name: file_name(office, &title),
        title,
        warnings,
        parts: told
            .map(|((asked, part), (first_page, pages))| BundlePart {
                kind: asked.kind.clone(),
                title: part.title.clone(),
                first_page: *first_page,
                pages: *pages,
            })
            .collect(),
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
