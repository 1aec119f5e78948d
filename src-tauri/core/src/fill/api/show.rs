//! `fill.cells`: the sheet as it will look once filled; `fill.source`: where one cell came from.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::session::{Session, prepare};
use super::sources::Sources;
use super::{FillRequest, hand};
use crate::error::{Error, Missing, Result};
use crate::fill::known::Kept;
use crate::fill::package::formula::Insertion;
use crate::fill::package::sheet::position;
use crate::fill::package::text::patched_text;
use crate::fill::package::{Value, Write};
use crate::fill::plan::{PlanCell, State};
use crate::import::shape::Zone;
use crate::import::sheet::Sheet;
use crate::ledger;
use crate::office::Office;
use crate::progress::Progress;
use crate::resident;
use crate::resident::api::CardSource;

/// Columns shown at most.
const COLUMNS_AT_MOST: u32 = 200;

/// Which part of the filled sheet to show.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillCellsRequest {
    /// The form and what was chosen.
    pub form: FillRequest,
    /// First row, from 1.
    pub from: u32,
    /// How many rows.
    pub count: u32,
    /// Which of several files, from 0.
    pub file: Option<usize>,
}

/// A part of the filled sheet.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillCells {
    /// Rows of the whole sheet.
    pub total: u32,
    /// Columns of the whole sheet.
    pub width: u32,
    /// The rows.
    pub rows: Vec<FilledRow>,
    /// Merged areas that touch them.
    pub merges: Vec<crate::import::api::MergedArea>,
    /// Width of each column in characters.
    pub widths: Vec<f64>,
}

/// A row of the filled sheet.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FilledRow {
    /// Number, from 1.
    pub row: u32,
    /// What it is.
    pub zone: FilledZone,
    /// Whose row it is.
    pub who: Option<String>,
    /// Height in points, where the form sets it.
    pub height: Option<f64>,
    /// Its cells from the first column on.
    pub cells: Vec<FilledCell>,
}

/// What a row of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FilledZone {
    /// The title.
    Title,
    /// A line around the table.
    Meta,
    /// The heading.
    Header,
    /// A slot, or the row of a given name.
    Slot,
    /// A row that shows how to fill in.
    Sample,
    /// A total.
    Total,
    /// A note or signatures.
    Note,
    /// Nothing.
    Blank,
}

/// A cell of the filled sheet.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FilledCell {
    /// What stands in it, numbers of people masked.
    pub text: String,
    /// What became of it.
    pub state: FilledState,
    /// Where its value comes from.
    pub source: Option<String>,
    /// When it was noted, `YYYY-MM-DD`.
    pub on: Option<String>,
}

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FilledState {
    /// The form's own.
    Form,
    /// Filled.
    Filled,
    /// Filled with something over a year old.
    Stale,
    /// Nothing is known.
    Gap,
    /// Left blank by choice.
    Left,
    /// 无 or 0 by choice.
    Chosen,
    /// Filled, and other than what was handed in last.
    Changed,
}

/// Shows a part of the sheet as it will be.
///
/// # Errors
/// As [`super::preview`].
pub fn cells(office: &mut Office, request: FillCellsRequest, progress: &Progress) -> Result<FillCells> {
    let session = prepare(office, &request.form, progress)?;
    let file = request.file.unwrap_or(0);
    let view = View::new(office, &session, file)?;
    let total = view.total();
    let from = request.from.max(1);
    let last = from.saturating_add(request.count).min(total + 1);
    let mut sources = Sources::default();
    let rows = (from..last).map(|row| view.row(office, row, &mut sources)).collect::<Result<_>>()?;
    Ok(FillCells {
        total,
        width: view.width,
        rows,
        merges: view.merges(from, last),
        widths: (0..view.width).map(|column| session.form.look.width(column)).collect(),
    })
}

struct View<'a> {
    session: &'a Session,
    sheet: &'a Sheet,
    width: u32,
    rows: Option<Insertion>,
    planned: HashMap<(u32, u32), &'a PlanCell>,
    others: HashMap<(u32, u32), Vec<&'a Write>>,
    changed: HashSet<(usize, usize)>,
}

impl<'a> View<'a> {
    fn new(office: &Office, session: &'a Session, file: usize) -> Result<Self> {
        let sheet = session.sheet()?;
        let own = session.plan.files.get(file);
        let cells = session.plan.cells.iter().filter(|cell| cell.file == file);
        let mut others: HashMap<(u32, u32), Vec<&Write>> = HashMap::new();
        for write in own.map(|own| own.others.iter()).into_iter().flatten() {
            others.entry((write.row, write.column)).or_default().push(write);
        }
        let right = session.form.columns.iter().map(|column| column.index + 1).max().unwrap_or(0);
        Ok(Self {
            session,
            sheet,
            width: sheet.width().max(right).min(COLUMNS_AT_MOST),
            rows: own.and_then(|own| own.insertion),
            planned: cells.map(|cell| ((cell.row, cell.column), cell)).collect(),
            others,
            changed: hand::changed(office, session)?,
        })
    }

    fn total(&self) -> u32 {
        let blank = self.sheet.blank_rows().last().map_or(0, |row| row + 1).min(self.sheet.height() + 100);
        let last = self.session.form.slots.last().copied().unwrap_or(0);
        let planned = self.planned.keys().map(|(row, _)| *row).max().unwrap_or(0);
        let laid_out = self.sheet.height().max(blank).max(last);
        self.rows.map_or(laid_out, |rows| laid_out + rows.count).max(planned)
    }

    /// The row of the form that a row of the filled sheet was, or is a copy of.
    fn before(&self, row: u32) -> u32 {
        match self.rows {
            Some(rows) if row > rows.after + rows.count => row - rows.count,
            Some(rows) if row > rows.after => rows.after,
            _ => row,
        }
    }

    fn row(&self, office: &Office, row: u32, sources: &mut Sources) -> Result<FilledRow> {
        let before = self.before(row);
        let form = &self.session.form;
        let who = (0..self.width).find_map(|column| self.planned.get(&(row, column)).map(|cell| cell.who));
        let person = who.and_then(|who| self.session.people.get(who)).and_then(Option::as_ref);
        let is_copy = before != row && self.rows.is_some_and(|rows| before == rows.after);
        let cells = (0..self.width).map(|column| self.cell(office, row, column, is_copy, sources));
        Ok(FilledRow {
            row,
            zone: match form.shape.zone(before) {
                _ if form.slots.binary_search(&before).is_ok() => FilledZone::Slot,
                _ if form.samples.contains(&before) => FilledZone::Sample,
                Zone::Title => FilledZone::Title,
                Zone::Meta => FilledZone::Meta,
                Zone::Header => FilledZone::Header,
                Zone::Total => FilledZone::Total,
                Zone::Note => FilledZone::Note,
                Zone::Data | Zone::Blank => FilledZone::Blank,
            },
            who: person.map(|person| person.name.clone()),
            height: form.look.heights.get(&before).copied(),
            cells: cells.collect::<Result<_>>()?,
        })
    }

    fn cell(
        &self,
        office: &Office,
        row: u32,
        column: u32,
        is_copy: bool,
        sources: &mut Sources,
    ) -> Result<FilledCell> {
        let own = self.sheet.text(self.before(row) - 1, column).into_owned();
        let plain = |text: String, state| FilledCell { text, state, source: None, on: None };
        if let Some(writes) = self.others.get(&(row, column)) {
            let text = writes.iter().fold(own, |text, write| written(&text, &write.value));
            return Ok(plain(text, FilledState::Filled));
        }
        let Some(cell) = self.planned.get(&(row, column)) else {
            let is_number = is_copy && own.parse::<f64>().is_ok();
            return Ok(plain(if is_number { String::new() } else { own }, FilledState::Form));
        };
        let state = match cell.state {
            State::Gap => FilledState::Gap,
            State::Left => FilledState::Left,
            State::Chosen => FilledState::Chosen,
            State::Filled if cell.is_stale => FilledState::Stale,
            State::Filled if self.changed.contains(&(cell.who, cell.bound)) => FilledState::Changed,
            State::Filled => FilledState::Filled,
        };
        let Some(value) = &cell.written else { return Ok(plain(own, state)) };
        let (source, on) = match cell.known.as_ref().filter(|_| cell.state == State::Filled) {
            Some(known) => (Some(sources.title(office, known.op)?), Some(known.on.clone())),
            None => (None, None),
        };
        Ok(FilledCell { text: self.shown(cell, &own, &value.value, &value.shown), state, source, on })
    }

    /// The text of a filled cell on screen: numbers of people masked.
    fn shown(&self, cell: &PlanCell, own: &str, value: &Value, shown: &str) -> String {
        let field = self.session.bound[cell.bound].field.as_ref();
        match (field, &cell.known) {
            (Some(field), Some(known)) if ledger::api::is_masked(field) && known.value == shown => {
                ledger::api::on_screen(field, shown)
            }
            _ if matches!(value, Value::Patch(_)) => written(own, value),
            _ => shown.to_owned(),
        }
    }

    fn merges(&self, from: u32, last: u32) -> Vec<crate::import::api::MergedArea> {
        let area = |row: u32, rows: u32, area: &crate::import::sheet::Merge| crate::import::api::MergedArea {
            row,
            column: area.column,
            rows,
            columns: area.columns,
        };
        let mut merges = Vec::new();
        for found in self.sheet.merges().iter().filter(|found| found.rows > 1 || found.columns > 1) {
            let (top, bottom) = (found.row + 1, found.last_row() + 1);
            match self.rows {
                None => merges.push(area(top, found.rows, found)),
                Some(rows) if top == rows.after && bottom == top => {
                    merges.extend((top..=top + rows.count).map(|row| area(row, 1, found)));
                }
                Some(rows) => {
                    let (top, bottom) = rows.rows(top, bottom, false);
                    merges.push(area(top, bottom - top + 1, found));
                }
            }
        }
        merges.retain(|area| area.row < last && area.row + area.rows > from);
        merges
    }
}

/// A text after a write.
fn written(own: &str, value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Number(text) => text.clone(),
        Value::Patch(patches) => patched_text(own, patches),
        Value::Rich(_) => own.to_owned(),
    }
}

/// Which cell to explain.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillSourceRequest {
    /// The form and what was chosen.
    pub form: FillRequest,
    /// Cell as the filled sheet has it, such as R7.
    pub cell: String,
    /// Which of several files, from 0.
    pub file: Option<usize>,
}

/// Where a filled cell came from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillSource {
    /// Field.
    pub field: String,
    /// Title of the field.
    pub title: String,
    /// Whose it is.
    pub who: String,
    /// Unique number of that resident.
    pub uid: Option<String>,
    /// The value as kept, numbers masked.
    pub value: String,
    /// What is written into the form, numbers masked.
    pub written: String,
    /// File, sheet, cell, clerk and day.
    pub source: Option<CardSource>,
    /// The value is over a year old.
    pub stale: bool,
    /// What was handed in last, when it was something else.
    pub before: Option<String>,
}

/// Says where a filled cell came from; nothing for the form's own cells.
///
/// # Errors
/// As [`super::preview`], or there is no such cell.
pub fn source(
    office: &mut Office,
    request: FillSourceRequest,
    progress: &Progress,
) -> Result<Option<FillSource>> {
    let session = prepare(office, &request.form, progress)?;
    let office = &*office;
    let at = position(&request.cell).ok_or_else(|| Error::Usage(format!("没有“{}”这一格", request.cell)))?;
    let file = request.file.unwrap_or(0);
    let mut cells = session.plan.cells.iter().filter(|cell| cell.file == file);
    let Some(cell) = cells.find(|cell| (cell.row, cell.column) == at) else { return Ok(None) };
    let bound = &session.bound[cell.bound];
    let (Some(field), Some(known)) = (&bound.field, &cell.known) else { return Ok(None) };
    let person = session.people[cell.who].as_ref().ok_or(Error::NotFound(Missing::Resident))?;
    let shown = |text: &str| {
        let is_number = ledger::api::is_masked(field) && text == known.value;
        if is_number { ledger::api::on_screen(field, text) } else { text.to_owned() }
    };
    let source = match (&known.kept, person.subject) {
        (Some(Kept::Row(record)), _) => {
            let id = bound.key.rsplit('/').next().unwrap_or(&bound.key);
            Some(resident::api::source_of_row(office, *record, known.op, id)?)
        }
        (Some(Kept::Field(id)), Some(subject)) => resident::api::source_of_fact(office, subject, id)?,
        (None, Some(subject)) => resident::api::source_of_fact(office, subject, &bound.key)?,
        (_, None) => None,
    };
    let before = hand::before(office, &session, cell)?;
    Ok(Some(FillSource {
        field: bound.key.clone(),
        title: field.title.clone(),
        who: person.name.clone(),
        uid: person.subject.map(|subject| resident::uid_of(office.connection(), subject)).transpose()?,
        value: shown(&known.value),
        written: cell.written.as_ref().map(|written| shown(&written.shown)).unwrap_or_default(),
        source,
        stale: cell.is_stale,
        before,
    }))
}
