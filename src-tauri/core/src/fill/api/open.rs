//! `fill.open`: what a file is, how its columns are read, whom it is about, and whether it is known.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::session::{Session, prepare};
use super::{FillRequest, FormFigure};
use crate::error::Result;
use crate::fill::plan;
use crate::fill::recognise::{FormField, LineAt};
use crate::fill::whom::{FillChip, FillWhom};
use crate::fill::{FormKind, rebuild, store};
use crate::import;
use crate::import::map::{self, Confidence};
use crate::import::shape::Kind;
use crate::import::sheet::column_letters;
use crate::office::Office;
use crate::progress::Progress;

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
        return Some(rebuild::NOTE.to_owned());
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
    let describe = |column: &FormField| {
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
    let line = |line: &LineAt| FormLine {
        cell: format!("{}{}", column_letters(line.column), line.row),
        label: line.label.clone(),
        text: plan::own(&session.committee, line.own, session.as_of).unwrap_or_default(),
    };
    session.form.lines.iter().map(line).collect()
}

fn last_of(office: &Office, fingerprint: &str) -> Result<FormKnown> {
    let handed = store::submissions(office.connection(), Some(fingerprint), usize::MAX >> 1)?;
    let last = handed.first();
    Ok(FormKnown {
        times: handed.len(),
        last_on: last.map(|last| last.on.clone()).unwrap_or_default(),
        last_to: last.map(|last| last.submitted.to.clone()).unwrap_or_default(),
        rate: last.map_or(0.0, |last| last.submitted.rate()),
    })
}

fn reissued(office: &Office, session: &Session) -> Result<Option<FormReissued>> {
    let known = store::known_forms(office.connection())?;
    let Some(earlier) = known.iter().find(|known| known.is_earlier_edition_of(&session.form)) else {
        return Ok(None);
    };
    let (added, removed) = earlier.differences(&session.form);
    let last_on = last_of(office, &earlier.fingerprint)?.last_on;
    Ok(Some(FormReissued { last_on, added, removed }))
}
