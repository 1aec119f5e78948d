//! The commands of filling: `fill.open`, `fill.preview`, `fill.cells`, `fill.source`, `fill.gaps`,
//! `fill.save_gaps`, `fill.make`, `fill.keep`, `fill.done`, `fill.list`, `fill.copy`.
//!
//! Every request is complete in itself; nothing of a form lies open between two of them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::FormKind;
use super::plan::{Choice, State};
use super::whom::{FillChip, FillWhom};
use crate::error::{Missing, Result};
use crate::import;
use crate::import::map::{self, Confidence};
use crate::import::recognise::ColumnChoice;
use crate::import::shape::Kind;
use crate::import::sheet::column_letters;
use crate::office::Office;
use crate::progress::Progress;

mod figures;
mod gaps;
mod hand;
mod session;
mod show;
mod sources;

pub use figures::{FigureCount, FillFigure, FormFigure};
pub use gaps::{
    FillGaps, GapBuilding, GapCell, GapColumn, GapRow, GapState, GapUnbound, GapValue, RefusedGap, SaveGaps,
    SavedGaps, gaps, save_gaps,
};
pub use hand::{
    FillCopy, FillDone, FillDoneRequest, FillFile, FillKept, FillList, FillListRequest, FillMade, FillMonth,
    FillYear, Submission, SubmissionRequest, copy, done, keep, list, make,
};
pub use show::{
    FillCells, FillCellsRequest, FillSource, FillSourceRequest, FilledCell, FilledRow, FilledState,
    FilledZone, cells, source,
};

use session::{Session, prepare};
use sources::Sources;

/// What every step is asked; only the path is needed.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillRequest {
    /// The blank form.
    pub path: String,
    /// Sheet; the first that is a form when not said.
    pub sheet: Option<String>,
    /// Heading rows, from 1, when the clerk pointed them out.
    pub header_rows: Option<(u32, u32)>,
    /// What the clerk said of single columns.
    pub mapping: Option<Vec<ColumnChoice>>,
    /// Whom; as read from title and notes when not said.
    pub whom: Option<FillWhom>,
    /// Day on which it is to be true.
    #[cfg_attr(test, ts(type = "string"))]
    pub as_of: Option<NaiveDate>,
    /// What becomes of the gaps of columns.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<FillChoice>>"))]
    pub choices: Vec<FillChoice>,
    /// Which resident a given name is.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<FillDecided>>"))]
    pub decided: Vec<FillDecided>,
    /// Take rows of which only the name is known and one resident alone carries it.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub by_name: bool,
    /// Which counts cells are bound to.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<FillFigure>>"))]
    pub figures: Vec<FillFigure>,
    /// More people than slots.
    pub overflow: Option<Overflow>,
    /// A form about one person for several.
    pub each: Option<Each>,
}

/// What happens to more people than slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "FillOverflow"))]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// Rows are inserted where that is safe.
    Insert,
    /// Another copy of the form goes on (续表).
    Continue,
}

/// How a form about one person is made for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "FillEach"))]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// One file a person.
    File,
}

/// What becomes of the gaps of a column.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FillChoice {
    /// Letters of the column, or the cell of a one-person form.
    pub letter: String,
    /// What becomes of them.
    pub choice: Choice,
}

/// Which resident a given name is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FillDecided {
    /// Row, from 1.
    pub row: u32,
    /// Unique number; none for nobody.
    pub uid: Option<String>,
}

/// Which file to look at.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillOpenRequest {
    /// The blank form.
    pub path: String,
    /// Sheet; the first that is a form when not said.
    pub sheet: Option<String>,
    /// Heading rows, from 1, when the clerk pointed them out.
    pub header_rows: Option<(u32, u32)>,
}

/// What a file is and what is proposed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillOpened {
    /// File name without folder.
    pub file: String,
    /// Kind of file.
    pub format: &'static str,
    /// Sheet looked at.
    pub sheet: String,
    /// All sheets.
    pub sheets: Vec<FormSheet>,
    /// What it is.
    pub kind: FormKind,
    /// Title.
    pub title: Option<String>,
    /// Heading rows, from 1.
    pub header_rows: Option<(u32, u32)>,
    /// First and last slot.
    pub slot_rows: Option<(u32, u32)>,
    /// How many people there is room for.
    pub slots: usize,
    /// Rows that only show how to fill in.
    pub sample_rows: Vec<u32>,
    /// Its columns, or the places of a one-person form.
    pub columns: Vec<FormColumn>,
    /// Lines around the table that are filled with the office's own particulars.
    pub lines: Vec<FormLine>,
    /// Cells of figures.
    pub figures: Vec<FormFigure>,
    /// Whom, as proposed.
    pub whom: FillWhom,
    /// Whether anything said whom; else the clerk chooses.
    pub is_said: bool,
    /// How that came to be.
    pub chips: Vec<FillChip>,
    /// How many people that is.
    pub people: usize,
    /// Day on which it is to be true.
    #[cfg_attr(test, ts(type = "string"))]
    pub as_of: NaiveDate,
    /// The form was filled before.
    pub known: Option<FormKnown>,
    /// It is a changed edition of one filled before.
    pub reissued: Option<FormReissued>,
    /// What the clerk should know of the file.
    pub note: Option<String>,
}

/// A sheet of a form's file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FormSheet {
    /// Name.
    pub name: String,
    /// What its rows look like.
    pub kind: Kind,
    /// Whether its tab is hidden.
    pub hidden: bool,
}

/// A column of a form, or a place of a one-person form.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FormColumn {
    /// Letters; of a place its cell.
    pub letter: String,
    /// Heading or label.
    pub heading: String,
    /// Levels of the heading.
    pub levels: Vec<String>,
    /// Field; none when it is not known or must be asked.
    pub field: Option<String>,
    /// Title of the field.
    pub title: Option<String>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Other readings.
    pub choices: Vec<map::Choice>,
    /// It counts the rows.
    pub serial: bool,
    /// The form computes it.
    pub formula: bool,
    /// How values are written, in words.
    pub manner: String,
    /// Its drop-down list.
    pub options: Vec<String>,
}

/// A line around the table with what the office writes on it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FormLine {
    /// Cell.
    pub cell: String,
    /// Label.
    pub label: String,
    /// What is written; empty when the office has not said it.
    pub text: String,
}

/// A form that was filled before.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FormKnown {
    /// How often it was handed in.
    pub times: usize,
    /// When last; empty when never.
    pub last_on: String,
    /// To whom last.
    pub last_to: String,
    /// Share of cells filled last.
    pub rate: f64,
}

/// A changed edition of a form.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FormReissued {
    /// When the earlier edition was handed in last; empty when never.
    pub last_on: String,
    /// Headings it has that the earlier one had not.
    pub added: Vec<String>,
    /// Headings it has no more.
    pub removed: Vec<String>,
}

/// Says what a file is and what is proposed.
///
/// # Errors
/// [`crate::error::Error::BadFile`], or the sheet does not exist.
pub fn open(office: &mut Office, request: FillOpenRequest, progress: &Progress) -> Result<FillOpened> {
    let asked = FillRequest {
        path: request.path,
        sheet: request.sheet,
        header_rows: request.header_rows,
        ..FillRequest::default()
    };
    let session = prepare(office, &asked, progress)?;
    let form = &session.form;
    let known = match &session.known {
        Some(_) => Some(last_of(office, &form.fingerprint)?),
        None => None,
    };
    Ok(FillOpened {
        file: session.opened.file.clone(),
        format: form.format.word(),
        sheet: form.sheet.clone(),
        sheets: sheets(office, &session)?,
        kind: form.kind,
        title: form.shape.title.clone(),
        header_rows: form.shape.header_rows,
        slot_rows: form.slots.first().copied().zip(form.slots.last().copied()),
        slots: form.slots.len(),
        sample_rows: form.samples.clone(),
        columns: columns(&session),
        lines: lines(&session),
        figures: session.figures.clone(),
        whom: session.whom.clone().unwrap_or_default(),
        is_said: session.whom.is_some(),
        chips: session.chips.clone(),
        people: session.people.iter().flatten().count(),
        as_of: session.as_of,
        reissued: if known.is_none() { reissued(office, &session)? } else { None },
        known,
        note: note(&session),
    })
}

fn note(session: &Session) -> Option<String> {
    if session.is_rebuilt {
        return Some(super::rebuild::NOTE.to_owned());
    }
    let protected = "这张表设了保护，程序只填空格，不动别处；打不开修改的，请向发表的部门要密码。";
    session.form.look.is_protected.then(|| protected.to_owned())
}

fn sheets(office: &Office, session: &Session) -> Result<Vec<FormSheet>> {
    let none = import::recognise::Correction::default();
    let all = session.opened.workbook.sheets.iter().map(|sheet| {
        let seen = import::recognise::recognise(office, sheet, &none, None)?;
        Ok(FormSheet { name: sheet.name.clone(), kind: seen.shape.kind, hidden: sheet.hidden })
    });
    all.collect()
}

fn columns(session: &Session) -> Vec<FormColumn> {
    if session.form.kind == FormKind::Person {
        return places(session);
    }
    let slot = session.form.slots.first().copied().unwrap_or(1);
    let describe = |column: &super::recognise::FormField| {
        let bound = session.bound.iter().find(|bound| bound.letter == column.seen.letter);
        let field = bound.and_then(|bound| bound.field.as_ref());
        let is_found = column.seen.field.is_none() && field.is_some();
        FormColumn {
            letter: column.seen.letter.clone(),
            heading: column.seen.heading.clone(),
            levels: column.seen.levels.clone(),
            field: bound.filter(|_| field.is_some()).map(|bound| bound.key.clone()),
            title: field.map(|field| field.title.clone()),
            confidence: if is_found { Confidence::Likely } else { column.seen.confidence },
            choices: column.seen.choices.clone(),
            serial: column.is_serial,
            formula: column.is_formula,
            manner: bound.map(|bound| bound.manner.words()).unwrap_or_default(),
            options: session.form.look.list(slot, column.index).map(<[String]>::to_vec).unwrap_or_default(),
        }
    };
    session.form.columns.iter().map(describe).collect()
}

fn places(session: &Session) -> Vec<FormColumn> {
    let both = session.form.spots.iter().zip(&session.bound);
    both.map(|(spot, bound)| FormColumn {
        letter: bound.letter.clone(),
        heading: spot.label.clone(),
        levels: vec![spot.label.clone()],
        field: bound.field.as_ref().map(|_| bound.key.clone()),
        title: bound.field.as_ref().map(|field| field.title.clone()),
        confidence: if bound.field.is_some() { Confidence::Sure } else { Confidence::Ask },
        choices: Vec::new(),
        serial: false,
        formula: false,
        manner: bound.manner.words(),
        options: session.form.look.list(spot.row, spot.column).map(<[String]>::to_vec).unwrap_or_default(),
    })
    .collect()
}

fn lines(session: &Session) -> Vec<FormLine> {
    let line = |line: &super::recognise::LineAt| FormLine {
        cell: format!("{}{}", column_letters(line.column), line.row),
        label: line.label.clone(),
        text: super::plan::own(&session.committee, line.own, session.as_of).unwrap_or_default(),
    };
    session.form.lines.iter().map(line).collect()
}

fn last_of(office: &Office, fingerprint: &str) -> Result<FormKnown> {
    let handed = super::store::submissions(office.connection(), Some(fingerprint), usize::MAX >> 1)?;
    let last = handed.first();
    Ok(FormKnown {
        times: handed.len(),
        last_on: last.map(|last| last.on.clone()).unwrap_or_default(),
        last_to: last.map(|last| last.submitted.to.clone()).unwrap_or_default(),
        rate: last.map_or(0.0, |last| last.submitted.rate()),
    })
}

fn reissued(office: &Office, session: &Session) -> Result<Option<FormReissued>> {
    let known = super::store::known_forms(office.connection())?;
    let Some(earlier) = known.iter().find(|known| known.is_earlier_edition_of(&session.form)) else {
        return Ok(None);
    };
    let (added, removed) = earlier.differences(&session.form);
    let last_on = last_of(office, &earlier.fingerprint)?.last_on;
    Ok(Some(FormReissued { last_on, added, removed }))
}

/// What would be filled.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillPreview {
    /// How many people.
    pub people: usize,
    /// How many slots the form has.
    pub slots: usize,
    /// Rows that are inserted.
    pub inserted: usize,
    /// Files that are made.
    pub files: usize,
    /// What happens to more people than slots.
    pub overflow: Overfull,
    /// Why rows cannot be inserted.
    pub overflow_why: Option<String>,
    /// Cells that could hold a value.
    pub cells: usize,
    /// Cells filled with what is known.
    pub filled: usize,
    /// Cells of which nothing is known.
    pub gaps: usize,
    /// Cells left blank by choice.
    pub left: usize,
    /// Cells filled with something over a year old.
    pub stale: usize,
    /// Share of cells filled with what is known, 0 to 1.
    pub rate: f64,
    /// Each column.
    pub columns: Vec<FillColumn>,
    /// Where values come from, by columns.
    pub sources: Vec<FillSourceCount>,
    /// Cells that differ from what was handed in last.
    pub changed: usize,
    /// Rows for which nobody was found.
    pub unmatched: Vec<FillUnmatched>,
    /// What the clerk should know.
    pub warnings: Vec<String>,
}

/// What happens to more people than slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Overfull {
    /// There are not more.
    None,
    /// Rows are inserted.
    Insert,
    /// Further copies of the form go on.
    Continue,
}

/// A column of the preview.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillColumn {
    /// Letters; of a place its cell.
    pub letter: String,
    /// Heading.
    pub heading: String,
    /// Field.
    pub field: Option<String>,
    /// Cells filled.
    pub filled: usize,
    /// Cells of which nothing is known.
    pub gaps: usize,
    /// Cells filled with something over a year old.
    pub stale: usize,
    /// The oldest of them, `YYYY-MM-DD`.
    pub stale_since: Option<String>,
    /// Where most of its values come from.
    pub source: Option<String>,
    /// What becomes of gaps.
    pub choice: Choice,
    /// Why cells stay empty, when something can be said.
    pub why: Option<String>,
}

/// Where values come from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillSourceCount {
    /// Ledger, or how they were noted.
    pub source: String,
    /// Columns that come mostly from there.
    pub columns: usize,
    /// Cells.
    pub cells: usize,
}

/// A row for which nobody was found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillUnmatched {
    /// Row, from 1.
    pub row: u32,
    /// The name that stands there.
    pub name: String,
    /// Why, a Chinese clause.
    pub why: String,
    /// Who may be meant.
    pub candidates: Vec<FillCandidate>,
}

/// Somebody who may be meant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillCandidate {
    /// Unique number.
    pub uid: String,
    /// Name.
    pub name: String,
    /// 男 or 女.
    pub gender: String,
    /// Date of birth.
    pub birth_on: Option<String>,
    /// Where the person lives.
    pub place: String,
}

/// Says what would be filled.
///
/// # Errors
/// As [`open`].
pub fn preview(office: &mut Office, request: FillRequest, progress: &Progress) -> Result<FillPreview> {
    let session = prepare(office, &request, progress)?;
    let office = &*office;
    let tally = session.plan.tally();
    let mut sources = Sources::default();
    let columns = preview_columns(office, &session, &mut sources)?;
    let inserted =
        session.plan.files.first().and_then(|file| file.insertion).map_or(0, |rows| rows.count as usize);
    let overflow = match () {
        () if inserted > 0 => Overfull::Insert,
        () if session.is_overfull() => Overfull::Continue,
        () => Overfull::None,
    };
    Ok(FillPreview {
        people: session.people.iter().flatten().count(),
        slots: session.form.slots.len(),
        inserted,
        files: session.plan.files.len(),
        overflow,
        overflow_why: session.obstacle.map(str::to_owned),
        cells: tally.cells,
        filled: tally.filled,
        gaps: tally.gaps,
        left: tally.left,
        stale: tally.stale,
        rate: tally.rate(),
        sources: sources.counted(&columns),
        columns,
        changed: hand::changed(office, &session)?.len(),
        unmatched: session.unmatched.iter().map(|miss| unmatched(office, miss)).collect::<Result<_>>()?,
        warnings: warnings(&session),
    })
}

fn preview_columns(office: &Office, session: &Session, sources: &mut Sources) -> Result<Vec<FillColumn>> {
    let tallies = session.plan.by_column();
    let mut columns = Vec::with_capacity(session.bound.len());
    for (position, bound) in session.bound.iter().enumerate() {
        let tally = tallies.get(&position).copied().unwrap_or_default();
        let cells = || session.plan.cells.iter().filter(|cell| cell.bound == position);
        let ops = cells()
            .filter(|cell| cell.state == State::Filled)
            .filter_map(|cell| Some(cell.known.as_ref()?.op));
        let source = sources.most(office, ops)?;
        let stale =
            cells().filter(|cell| cell.is_stale).filter_map(|cell| Some(cell.known.as_ref()?.on.clone()));
        let why = cells().find_map(|cell| cell.why.clone());
        columns.push(FillColumn {
            letter: bound.letter.clone(),
            heading: session.heading(bound),
            field: bound.field.as_ref().map(|_| bound.key.clone()),
            filled: tally.filled,
            gaps: tally.gaps,
            stale: tally.stale,
            stale_since: stale.min(),
            source,
            choice: bound.choice,
            why: why.or_else(|| bound.field.is_none().then(|| "没认出这一栏要填什么".to_owned())),
        });
    }
    Ok(columns)
}

fn unmatched(office: &Office, miss: &super::roster::Unmatched) -> Result<FillUnmatched> {
    let candidate = |person: &crate::resident::Person| {
        Ok(FillCandidate {
            uid: crate::resident::uid_of(office.connection(), person.id)?,
            name: person.name.clone(),
            gender: person.gender.clone().unwrap_or_default(),
            birth_on: person.birth_on.clone(),
            place: person.place_title(),
        })
    };
    Ok(FillUnmatched {
        row: miss.row,
        name: miss.name.clone(),
        why: miss.why.clone(),
        candidates: miss.candidates.iter().map(candidate).collect::<Result<_>>()?,
    })
}

fn warnings(session: &Session) -> Vec<String> {
    let mut warnings = Vec::new();
    if session.form.kind == FormKind::None {
        warnings.push("没认出这是一张要填的表，请点一下哪一行是表头。".to_owned());
    }
    if session.form.kind == FormKind::List && session.whom.is_none() {
        warnings.push("没看出要填哪些人，请先选人。".to_owned());
    }
    if session.is_overfull() && session.plan.files.len() > 1 {
        let over = session.people.len() - session.form.slots.len();
        warnings.push(format!("人比空格多 {over} 位，会另存 {} 份续表。", session.plan.files.len() - 1));
    }
    let asked = session
        .form
        .columns
        .iter()
        .filter(|column| column.seen.confidence == Confidence::Ask && column.seen.field.is_some());
    let asked: Vec<&str> = asked.map(|column| column.seen.heading.as_str()).collect();
    if !asked.is_empty() {
        warnings.push(format!("“{}”要请您确认是哪一项，确认前空着。", asked.join("”“")));
    }
    warnings
}

impl Session {
    /// The heading of a bound column, or the label of a place.
    pub(in crate::fill) fn heading(&self, bound: &super::plan::Bound) -> String {
        let column = self.form.columns.iter().find(|column| column.seen.letter == bound.letter);
        let spot = || {
            let is_it = |spot: &&super::recognise::Spot| {
                format!("{}{}", column_letters(spot.column), spot.row) == bound.letter
            };
            self.form.spots.iter().find(is_it).map(|spot| spot.label.clone())
        };
        column.map(|column| column.seen.heading.clone()).or_else(spot).unwrap_or_default()
    }

    fn nobody(&self) -> crate::error::Error {
        match self.form.kind {
            FormKind::None => crate::error::Refusal::NotAForm.into(),
            _ => crate::error::Refusal::NobodyToFill.into(),
        }
    }

    /// Refuses to go on when nothing would be filled.
    fn check(&self) -> Result<()> {
        let has_figures = self.figures.iter().any(|figure| figure.value.is_some());
        let has_people = self.people.iter().any(Option::is_some);
        if has_people || has_figures { Ok(()) } else { Err(self.nobody()) }
    }
}

/// The sheet a docx table is, counted from 0.
fn table_of(session: &Session) -> Result<usize> {
    let mut sheets = session.opened.workbook.sheets.iter();
    sheets
        .position(|sheet| sheet.name == session.form.sheet)
        .ok_or_else(|| Missing::Sheet(session.form.sheet.clone()).into())
}
