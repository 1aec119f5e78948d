//! `fill.make`: the filled files; `fill.keep`: the form known again; `fill.done`, `fill.list`,
//! `fill.copy`: what was handed in.

use std::collections::{BTreeMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::session::{Session, prepare};
use super::{FigureCount, FillRequest};
use crate::error::{Error, Missing, Result};
use crate::fill::plan::{PlanCell, State};
use crate::fill::submission::{KnownForm, Submitted};
use crate::fill::{FormKind, document, package, recognise, store};
use crate::import::desk;
use crate::import::sheet::Format;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::resident;

/// A filled file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillFile {
    /// Name by the rule 社区-表名-日期.
    pub file_name: String,
    /// The file, base64.
    pub bytes: String,
    /// How many people stand in it.
    pub people: usize,
}

/// The filled files of a form.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillMade {
    /// The files.
    pub files: Vec<FillFile>,
    /// Cells that could hold a value.
    pub cells: usize,
    /// Cells filled with what is known.
    pub filled: usize,
    /// Cells of which nothing is known.
    pub gaps: usize,
    /// Share of cells filled, 0 to 1.
    pub rate: f64,
    /// SHA-256 of the first file.
    pub sha256: String,
}

/// Makes the filled files; whoever asked writes them.
///
/// # Errors
/// [`crate::error::Refusal::NobodyToFill`], or as [`super::preview`].
pub fn make(office: &mut Office, request: FillRequest, progress: &Progress) -> Result<FillMade> {
    let session = prepare(office, &request, progress)?;
    let files = files(office, &session, progress)?;
    let tally = session.plan.tally();
    let first = files.first().map(|file| STANDARD.decode(&file.bytes).unwrap_or_default());
    Ok(FillMade {
        cells: tally.cells,
        filled: tally.filled,
        gaps: tally.gaps,
        rate: tally.rate(),
        sha256: desk::digest(&first.unwrap_or_default()),
        files,
    })
}

fn files(office: &Office, session: &Session, progress: &Progress) -> Result<Vec<FillFile>> {
    session.check()?;
    progress.stage("正在填表", session.plan.files.len() as u64)?;
    let mut files = Vec::new();
    for (at, sheetful) in session.plan.files.iter().enumerate() {
        progress.at(at as u64)?;
        let writes = session.plan.writes(at);
        let bytes = match session.form.format {
            Format::Docx => document::fill(
                &session.bytes,
                recognise::table_of(&session.opened, &session.form.sheet),
                sheetful.insertion,
                &writes,
            )?,
            _ => package::fill(&session.bytes, &session.form.sheet, sheetful.insertion, &writes)?,
        };
        files.push(FillFile {
            file_name: file_name(office, session, at)?,
            bytes: STANDARD.encode(bytes),
            people: sheetful.people.1 - sheetful.people.0,
        });
    }
    Ok(files)
}

/// 社区-表名-日期, with the name of the one person, the number of a continuation, or the version of
/// what was handed in before on the same day.
fn file_name(office: &Office, session: &Session, at: usize) -> Result<String> {
    let form = &session.form;
    let stem = session.opened.file.rsplit_once('.').map_or(session.opened.file.as_str(), |(stem, _)| stem);
    let title = form.shape.title.as_deref().unwrap_or(stem);
    let title = title.split_whitespace().collect::<String>();
    let day = office.clock().today();
    let mut name = format!("{}-{title}-{}", session.committee.name, day.format("%Y%m%d"));
    let sheetful = &session.plan.files[at];
    if form.kind == FormKind::Person {
        let person = session.people.get(sheetful.people.0).and_then(Option::as_ref);
        name.push_str(&person.map(|person| format!("-{}", person.name)).unwrap_or_default());
    } else if at > 0 {
        name.push_str(&format!("-续{at}"));
    }
    let handed = store::submissions(office.connection(), Some(&form.fingerprint), usize::MAX >> 1)?;
    let today = handed.iter().filter(|kept| kept.on == day.to_string()).count();
    if today > 0 {
        name.push_str(&format!("-v{}", today + 1));
    }
    let safe = name.chars().filter(|c| !r#"\/:*?"<>|"#.contains(*c)).collect::<String>();
    let ending = if form.format == Format::Docx { "docx" } else { "xlsx" };
    Ok(format!("{safe}.{ending}"))
}

/// What was settled for a form.
fn known_form(session: &Session, request: &FillRequest) -> KnownForm {
    let form = &session.form;
    let before = session.known.clone().unwrap_or_default();
    let mut mapping = before.mapping;
    for said in request.mapping.iter().flatten() {
        mapping.retain(|known| known.letter != said.letter);
        mapping.push(said.clone());
    }
    let mut choices = before.choices;
    for said in &request.choices {
        choices.retain(|(letter, _)| *letter != said.letter);
        choices.push((said.letter.clone(), said.choice));
    }
    let figures = session.figures.iter().filter_map(|figure| {
        let condition = figure.condition.clone()?;
        let households = figure.count == FigureCount::Households;
        Some((figure.row_label.clone(), figure.column_label.clone(), condition, households))
    });
    let columns = form.columns.iter().map(|column| (column.seen.letter.clone(), column.seen.heading.clone()));
    let places =
        form.spots.iter().zip(&session.bound).map(|(spot, bound)| (bound.letter.clone(), spot.label.clone()));
    let headings = if form.kind == FormKind::Person { places.collect() } else { columns.collect() };
    KnownForm {
        fingerprint: form.fingerprint.clone(),
        title: form.shape.title.clone().unwrap_or_default(),
        title_key: form.title_key.clone(),
        headings,
        header_rows: request.header_rows.or(before.header_rows),
        mapping,
        // Which people a one-person form is for is said anew each time.
        whom: if form.kind == FormKind::Person { None } else { request.whom.clone().or(before.whom) },
        choices,
        figures: figures.collect(),
    }
}

/// The form was kept.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillKept {
    /// Number of the op; none when nothing was new.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
}

/// Keeps what was settled for a form, so that it is known next month.
///
/// # Errors
/// As [`super::preview`], or writing fails.
pub fn keep(office: &mut Office, request: FillRequest, progress: &Progress) -> Result<FillKept> {
    let session = prepare(office, &request, progress)?;
    let form = known_form(&session, &request);
    let op = Op::KeepForm { form: title(&session) };
    let done = office.transact(&op, |tx| store::keep_form(tx, &form))?;
    Ok(FillKept { op: done.op })
}

/// The title of a form, or the name of its file.
pub(super) fn title(session: &Session) -> String {
    session.form.shape.title.clone().unwrap_or_else(|| session.opened.file.clone())
}

/// What was handed in.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillDoneRequest {
    /// The form and what was chosen.
    pub form: FillRequest,
    /// To whom.
    pub to: String,
    /// By which channel.
    pub channel: String,
    /// Pages on paper.
    pub pages: Option<u32>,
    /// What the clerk notes.
    pub note: Option<String>,
}

/// The submission was noted.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillDone {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Number of the submission.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// Notes that a form was handed in, with a copy of the file, and keeps its layout.
///
/// # Errors
/// As [`make`], or writing fails.
pub fn done(office: &mut Office, request: FillDoneRequest, progress: &Progress) -> Result<FillDone> {
    let session = prepare(office, &request.form, progress)?;
    let files = files(office, &session, progress)?;
    let form = known_form(&session, &request.form);
    let tally = session.plan.tally();
    let first = files.first().map(|file| file.file_name.clone()).unwrap_or_default();
    let bytes = files.first().and_then(|file| STANDARD.decode(&file.bytes).ok()).unwrap_or_default();
    let submitted = Submitted {
        fingerprint: session.form.fingerprint.clone(),
        file: first,
        title: title(&session),
        to: request.to.trim().to_owned(),
        channel: request.channel.trim().to_owned(),
        pages: request.pages.unwrap_or(0),
        note: request.note.unwrap_or_default().trim().to_owned(),
        people: session.people.iter().flatten().count(),
        cells: tally.cells + session.figures.len(),
        filled: tally.filled + session.figures.iter().filter(|figure| figure.value.is_some()).count(),
        sha256: desk::digest(&bytes),
        values: values(office, &session)?,
    };
    let copy = serde_json::to_string(&files)?;
    let op = Op::SubmitForm { form: title(&session), to: submitted.to.clone() };
    let done = office.transact(&op, |tx| {
        store::keep_form(tx, &form)?;
        store::submit(tx, &submitted, &copy)
    })?;
    Ok(FillDone { op: done.op, id: done.value })
}

/// The key of a person among the values of a submission.
fn key(office: &Office, session: &Session, who: usize) -> Result<String> {
    let Some(person) = session.people[who].as_ref() else { return Ok(String::new()) };
    match (person.subject, person.record) {
        (Some(subject), _) => resident::uid_of(office.connection(), subject),
        (None, Some(record)) => Ok(format!("record:{record}")),
        (None, None) => Ok(person.name.clone()),
    }
}

/// What is written, by person and heading.
fn values(office: &Office, session: &Session) -> Result<BTreeMap<String, BTreeMap<String, String>>> {
    let mut values: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let keys = (0..session.people.len()).map(|who| key(office, session, who)).collect::<Result<Vec<_>>>()?;
    for cell in session.plan.cells.iter().filter(|cell| cell.state == State::Filled) {
        let Some(written) = &cell.written else { continue };
        let heading = session.heading(&session.bound[cell.bound]);
        values.entry(keys[cell.who].clone()).or_default().insert(heading, written.shown.clone());
    }
    Ok(values)
}

/// The last submission of a form, or of the edition before it.
fn last(office: &Office, session: &Session) -> Result<Option<Submitted>> {
    let handed = store::submissions(office.connection(), Some(&session.form.fingerprint), 1)?;
    Ok(handed.into_iter().next().map(|kept| kept.submitted))
}

/// The cells, by person and bound column, that differ from what was handed in last.
pub(super) fn changed(office: &Office, session: &Session) -> Result<HashSet<(usize, usize)>> {
    let Some(last) = last(office, session)? else { return Ok(HashSet::new()) };
    let keys = (0..session.people.len()).map(|who| key(office, session, who)).collect::<Result<Vec<_>>>()?;
    let headings: Vec<String> = session.bound.iter().map(|bound| session.heading(bound)).collect();
    let differs = |cell: &&PlanCell| {
        let written = cell.written.as_ref().map(|written| written.shown.as_str());
        let before = last.values.get(&keys[cell.who]).and_then(|own| own.get(&headings[cell.bound]));
        cell.state == State::Filled && before.map(String::as_str) != written
    };
    Ok(session.plan.cells.iter().filter(differs).map(|cell| (cell.who, cell.bound)).collect())
}

/// What was handed in last in a cell, when it was something else; nothing for people who are new.
pub(super) fn before(office: &Office, session: &Session, cell: &PlanCell) -> Result<Option<String>> {
    let Some(last) = last(office, session)? else { return Ok(None) };
    let key = key(office, session, cell.who)?;
    let heading = session.heading(&session.bound[cell.bound]);
    let before = last.values.get(&key).and_then(|own| own.get(&heading)).cloned();
    let now = cell.written.as_ref().map(|written| written.shown.clone());
    Ok(before.filter(|before| Some(before) != now.as_ref()))
}

/// How many submissions to list.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillListRequest {
    /// At most so many; a hundred when not said.
    pub limit: Option<usize>,
}

/// What was handed in so far.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillList {
    /// The submissions, the newest first.
    pub submissions: Vec<Submission>,
    /// This year.
    pub year: FillYear,
    /// By month, the newest first.
    pub months: Vec<FillMonth>,
}

/// What this year's forms come to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillYear {
    /// Forms handed in.
    pub forms: usize,
    /// Cells nobody had to write (今年少填了 N 格).
    pub filled: usize,
}

/// What a month's forms come to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillMonth {
    /// `YYYY-MM`.
    pub month: String,
    /// Forms handed in.
    pub forms: usize,
    /// Share of cells filled, 0 to 1.
    pub rate: f64,
}

/// A form that was handed in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Submission {
    /// Number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number"))]
    pub op: i64,
    /// Day, `YYYY-MM-DD`.
    pub on: String,
    /// Who noted it.
    pub clerk: String,
    /// File name.
    pub file: String,
    /// Title of the form.
    pub title: String,
    /// To whom.
    pub to: String,
    /// By which channel.
    pub channel: String,
    /// Pages on paper; 0 when not said.
    pub pages: u32,
    /// How many people.
    pub people: usize,
    /// Cells that could hold a value.
    pub cells: usize,
    /// Cells filled with what was known.
    pub filled: usize,
    /// Share of cells filled, 0 to 1.
    pub rate: f64,
    /// What the clerk noted.
    pub note: String,
}

/// Lists what was handed in.
///
/// # Errors
/// Reading fails.
#[expect(clippy::cast_precision_loss, reason = "forms have fewer cells than 2^52")]
pub fn list(office: &mut Office, request: FillListRequest, _: &Progress) -> Result<FillList> {
    let all = store::submissions(office.connection(), None, usize::MAX >> 1)?;
    let this_year = office.clock().today().year().to_string();
    let of_year: Vec<_> = all.iter().filter(|kept| kept.on.starts_with(&this_year)).collect();
    let mut by_month: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for kept in &all {
        let month = by_month.entry(kept.on.chars().take(7).collect()).or_default();
        *month = (month.0 + 1, month.1 + kept.submitted.filled, month.2 + kept.submitted.cells);
    }
    let rate = |filled: usize, cells: usize| if cells == 0 { 0.0 } else { filled as f64 / cells as f64 };
    Ok(FillList {
        year: FillYear {
            forms: of_year.len(),
            filled: of_year.iter().map(|kept| kept.submitted.filled).sum(),
        },
        months: by_month
            .into_iter()
            .rev()
            .map(|(month, (forms, filled, cells))| FillMonth { month, forms, rate: rate(filled, cells) })
            .collect(),
        submissions: all
            .into_iter()
            .take(request.limit.unwrap_or(100))
            .map(|kept| Submission {
                id: kept.id,
                op: kept.op,
                on: kept.on,
                clerk: kept.clerk,
                rate: kept.submitted.rate(),
                file: kept.submitted.file,
                title: kept.submitted.title,
                to: kept.submitted.to,
                channel: kept.submitted.channel,
                pages: kept.submitted.pages,
                people: kept.submitted.people,
                cells: kept.submitted.cells,
                filled: kept.submitted.filled,
                note: kept.submitted.note,
            })
            .collect(),
    })
}

/// Which submission.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct SubmissionRequest {
    /// Number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// The files as they were handed in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillCopy {
    /// The files.
    pub files: Vec<FillFile>,
}

/// The files of a submission, byte for byte.
///
/// # Errors
/// [`Missing::Submission`].
pub fn copy(office: &mut Office, request: SubmissionRequest, _: &Progress) -> Result<FillCopy> {
    let found = store::copy_of(office.connection(), request.id)?;
    let (_, copy) = found.ok_or(Error::NotFound(Missing::Submission(request.id)))?;
    Ok(FillCopy { files: serde_json::from_str(&copy)? })
}
