//! `report.list`, `report.fields`, `report.preview`, `report.people`, `report.make`, `report.bundle`.

mod bundle;

pub use bundle::{BundlePart, BundleReply, BundleRequest, bundle};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::made::{self, Made};
use super::statistics::fields::{self, CrossField};
use super::{
    ALL, Figure, People, Place, Report, ReportColumn, ReportDefinition, ReportGroup, ReportKind,
    ReportMissing, ReportOptions, ReportPeriod, ReportRequest, door_slips, labels,
};
use crate::committee::api::Nothing;
use crate::error::{Error, Missing, Result};
use crate::office::Office;
use crate::paper::document::Warning;
use crate::paper::{layout, pdf, xlsx};
use crate::progress::Progress;

/// All kinds of report.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportsReply {
    /// The kinds in the order of the list.
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
    /// Where it stands in the list.
    pub group: ReportGroup,
    /// One sentence of what is on the paper.
    pub says: &'static str,
    /// Whether a ledger must be chosen.
    pub needs_ledger: bool,
    /// Which days it is about.
    pub period: ReportPeriod,
    /// Which switches it knows.
    pub options: &'static [&'static str],
    /// How many may stand on a sheet, for kinds that know `per_sheet`; the first is the usual one.
    pub per_sheet: Vec<u16>,
    /// Day it was last made, `YYYY-MM-DD`.
    pub last_made: Option<String>,
}

/// Lists the kinds of report.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, _: Nothing, _: &Progress) -> Result<ReportsReply> {
    let made = made::last(office)?;
    let entry = |kind: &ReportKind| {
        Ok(ReportEntry {
            kind: kind.id,
            title: kind.title,
            group: kind.group,
            says: kind.says,
            needs_ledger: kind.needs_ledger,
            period: kind.period,
            options: kind.options,
            per_sheet: per_sheet(kind)?,
            last_made: made.get(kind.id).cloned(),
        })
    };
    let mut reports: Vec<ReportEntry> = ALL.iter().map(entry).collect::<Result<_>>()?;
    reports.sort_by_key(|entry| entry.group);
    Ok(ReportsReply { reports })
}

fn per_sheet(kind: &ReportKind) -> Result<Vec<u16>> {
    match kind.id {
        "labels" => Ok(labels::template()?.counts()),
        "door_slips" => Ok(door_slips::template()?.counts()),
        _ => Ok(Vec::new()),
    }
}

/// A report as pages.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PreviewReply {
    /// The PDF, base64.
    pub pdf: String,
    /// Pages.
    pub pages: usize,
    /// Title.
    pub title: String,
    /// File name to propose, without ending.
    pub file_name: String,
    /// What to look at before printing.
    pub warnings: Vec<ReportWarning>,
    /// What is lacking for the report to be complete.
    pub missing: Vec<ReportMissing>,
    /// What its figures mean.
    pub definitions: Vec<ReportDefinition>,
    /// Figures that `report.people` opens.
    pub figures: Vec<ReportFigure>,
    /// Columns the clerk may choose from; empty where there is nothing to choose.
    pub columns: Vec<ReportColumn>,
}

/// A figure that can be opened to the people behind it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReportFigure {
    /// What `report.people` is asked by.
    pub key: String,
    /// Page it stands on, from 1.
    pub page: usize,
    /// The figure with what it counts.
    pub text: String,
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
    let report = report(office, &request)?;
    let rendered = pdf::render(&report.document)?;
    let figures = placed(&report)?;
    let file_name = file_name(office, &report.document.title);
    let found = rendered.warnings.into_iter().map(Into::into);
    Ok(PreviewReply {
        pdf: STANDARD.encode(rendered.bytes),
        pages: rendered.pages,
        title: report.document.title,
        file_name,
        warnings: report.warnings.into_iter().chain(found).collect(),
        missing: report.missing,
        definitions: report.definitions,
        figures,
        columns: report.columns,
    })
}

/// Finds the page of each figure.
fn placed(report: &Report) -> Result<Vec<ReportFigure>> {
    if report.figures.is_empty() {
        return Ok(Vec::new());
    }
    let pages = layout::lay_out(&report.document)?.pages;
    let mut ends = Vec::with_capacity(pages.len());
    let mut rows = 0;
    for page in &pages {
        rows += page.rows;
        ends.push(rows);
    }
    let texts: Vec<String> = pages.iter().map(text_of).collect();
    let page = |figure: &Figure| match &figure.place {
        Place::Row(row) => ends.iter().position(|end| row < end).unwrap_or(0),
        Place::Text(text) => texts.iter().position(|page| page.contains(text)).unwrap_or(0),
    };
    let placed = |figure: &Figure| ReportFigure {
        key: figure.key.clone(),
        page: page(figure) + 1,
        text: figure.text.clone(),
    };
    Ok(report.figures.iter().map(placed).collect())
}

/// The words of a page in the order they are drawn.
fn text_of(page: &layout::Page) -> String {
    let texts = page.items.iter().filter_map(|item| match item {
        layout::Item::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Which figure of which report.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct PeopleRequest {
    /// Id of the kind.
    pub kind: String,
    /// Id of the ledger, for kinds that need one.
    pub ledger: Option<String>,
    /// See [`ReportRequest::as_of`].
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub as_of: Option<NaiveDate>,
    /// See [`ReportRequest::from`].
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub from: Option<NaiveDate>,
    /// See [`ReportRequest::to`].
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub to: Option<NaiveDate>,
    /// How the report is laid out.
    #[serde(default)]
    pub options: ReportOptions,
    /// Key of the figure.
    pub key: String,
}

/// The people behind a figure of a report.
///
/// # Errors
/// The report has no such figure.
pub fn people(office: &mut Office, request: PeopleRequest, _: &Progress) -> Result<People> {
    let PeopleRequest { kind, ledger, as_of, from, to, options, key } = request;
    let asked = ReportRequest { kind, ledger, as_of, from, to, options };
    let find = kind_of(&asked.kind)?.people;
    let find = find.ok_or_else(|| Error::Usage(format!("{} has no figures", asked.kind)))?;
    find(office, &asked, &key)
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
    /// See [`ReportRequest::as_of`].
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub as_of: Option<NaiveDate>,
    /// See [`ReportRequest::from`].
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub from: Option<NaiveDate>,
    /// See [`ReportRequest::to`].
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub to: Option<NaiveDate>,
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

/// Makes a report as a file and notes that it was made; whoever asked writes the file.
///
/// # Errors
/// The report would be empty, or its ledger does not exist.
pub fn make(office: &mut Office, request: MakeRequest, progress: &Progress) -> Result<MakeReply> {
    progress.stage("正在排版", 0)?;
    let MakeRequest { kind, ledger, as_of, from, to, options, format } = request;
    let asked = ReportRequest { kind, ledger, as_of, from, to, options };
    let report = report(office, &asked)?;
    let title = report.document.title.clone();
    let name = file_name(office, &title);
    let reply = match format {
        ReportFormat::Pdf => {
            let rendered = pdf::render(&report.document)?;
            let found = rendered.warnings.into_iter().map(Into::into);
            MakeReply {
                bytes: STANDARD.encode(rendered.bytes),
                file_name: format!("{name}.pdf"),
                pages: rendered.pages,
                warnings: report.warnings.into_iter().chain(found).collect(),
            }
        }
        ReportFormat::Xlsx => MakeReply {
            bytes: STANDARD.encode(xlsx::render(&report.document)?),
            file_name: format!("{name}.xlsx"),
            pages: 0,
            warnings: report.warnings,
        },
    };
    let note = match format {
        ReportFormat::Pdf => Made::pdf(&asked, &title, reply.pages),
        ReportFormat::Xlsx => Made::xlsx(&asked, &title),
    };
    made::note(office, &title, &[note])?;
    Ok(reply)
}

/// What a cross table can count by.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CrossFieldsReply {
    /// The fields, those asked for most often first.
    pub rows: Vec<CrossField>,
}

/// Lists what a cross table can count by.
///
/// # Errors
/// None at present.
pub fn fields(office: &mut Office, _: Nothing, _: &Progress) -> Result<CrossFieldsReply> {
    Ok(CrossFieldsReply { rows: fields::all(office.catalog()) })
}

/// A report of this office, not yet laid out.
fn report(office: &Office, request: &ReportRequest) -> Result<Report> {
    (kind_of(&request.kind)?.make)(office, request)
}

fn kind_of(id: &str) -> Result<&'static ReportKind> {
    let found = ALL.iter().find(|kind| kind.id == id);
    found.ok_or_else(|| Error::NotFound(Missing::Report(id.to_owned())))
}

/// Title and day, as clerks name their files.
fn file_name(office: &Office, title: &str) -> String {
    format!("{title}_{}", office.clock().today().format("%Y%m%d"))
}
