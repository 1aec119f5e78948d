//! `fill.preview`: what would be filled, column by column, and what the clerk should know before.

use serde::Serialize;

use super::session::{Session, prepare};
use super::sources::Sources;
use super::{FillRequest, hand};
use crate::error::Result;
use crate::fill::plan::{Choice, State};
use crate::fill::{FormKind, roster};
use crate::import::map::Confidence;
use crate::office::Office;
use crate::progress::Progress;
use crate::resident;

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

fn unmatched(office: &Office, miss: &roster::Unmatched) -> Result<FillUnmatched> {
    let candidate = |person: &resident::Person| {
        Ok(FillCandidate {
            uid: resident::uid_of(office.connection(), person.id)?,
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
