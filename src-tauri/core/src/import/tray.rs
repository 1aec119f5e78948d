//! The tray (待处理): rows an import could not take over whole. They wait in the store, are put right
//! in place and imported alone, or thrown away. What a row says is kept as it stood in the sheet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::api::{self, Candidate};
use super::apply as carry_out;
use super::batch::{Batch, Origins, Sent};
use super::plan::{self, Before, ConflictRule, Decisions, Outcome, Plan, PlannedRow, Whom};
use super::shape::Shape;
use super::sheet::{Cell, GridBuilder, Sheet};
use super::store;
use super::table::{Binding, From, Part, RowAt, RowReading, Said, Table};
use super::unit;
use crate::catalog::{Catalog, Column, LedgerKind};
use crate::dictionary::{FieldDef, FieldKind};
use crate::error::{Missing, Result};
use crate::history;
use crate::ledger::{self, RawRecord};
use crate::office::{Office, Tx};
use crate::op::Op;
use crate::progress::Progress;
use crate::resident;
use crate::resident::matching::Register;
use crate::value::text::tidy;

/// Name of the sheet a single row is read from.
const ROW_SHEET: &str = "待处理";

/// A row that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// File it came from.
    pub file: String,
    /// Sheet it came from.
    pub sheet: String,
    /// Row of the sheet, from 1.
    pub row: u32,
    /// Who sent the file.
    pub sender: Option<String>,
    /// Row of the ledger it became, when only some of its values could not be taken.
    #[serde(default)]
    pub record: Option<i64>,
    /// What the clerk chose for differing values when the sheet was imported.
    #[serde(default)]
    pub rule: ConflictRule,
    /// Fields and what the sheet says, in the order of the columns.
    pub cells: Vec<(String, String)>,
    /// Fields whose list of words is no yardstick: the sheet had words of its own there, or the clerk
    /// typed one.
    #[serde(default)]
    pub open: Vec<String>,
    /// Why it was set aside, in Chinese.
    pub reasons: Vec<String>,
}

/// The rows an import would set aside: refused ones, and ones with a value that could not be read.
pub fn rows_to_set_aside(plan: &Plan) -> impl Iterator<Item = &PlannedRow> {
    plan.rows.iter().filter(|row| row.outcome == Outcome::Refused || row.is_troubled)
}

/// Sets aside what an import does not take over and what the clerk left for later, and returns how
/// many rows that are.
///
/// # Errors
/// Writing fails.
pub fn set_aside(
    tx: &Tx<'_>,
    table: &Table<'_>,
    plan: &Plan,
    ledger: &str,
    from: &Sent<'_>,
    origins: &Origins,
    rule: ConflictRule,
) -> Result<usize> {
    let records = origins.records();
    let refused = rows_to_set_aside(plan).map(|planned| {
        let reason = planned.reason.as_ref().filter(|_| planned.outcome == Outcome::Refused);
        (planned.at, planned.record, reason.cloned())
    });
    let left = table.skipped.iter().map(|at| (*at, None, Some("您先放到了待处理。".to_owned())));
    let mut count = 0;
    for (at, record, reason) in refused.chain(left) {
        let problems = table.read(at).problems.into_iter().map(|problem| problem.message);
        let waiting = Waiting {
            file: from.file.to_owned(),
            sheet: table.sheet(at).name.clone(),
            row: at.row,
            sender: from.sender.map(str::to_owned),
            record: records.get(&at).copied().or(record),
            rule,
            cells: said(table, at),
            open: open(table, at),
            reasons: reason.into_iter().chain(problems).collect(),
        };
        // The same sheet imported again sets nothing aside twice.
        count += usize::from(store::add_waiting(tx, ledger, &waiting)?);
    }
    Ok(count)
}

/// What the cells of a row say, as the clerk sees them; empty ones too, for her to fill.
fn said(table: &Table<'_>, at: RowAt) -> Vec<(String, String)> {
    let said = |binding: &Binding<'_>| {
        let text = table.text(at, binding);
        // The row will stand alone, without the heading that names the unit.
        if binding.scale > 1 { unit::in_yuan(&text, binding.scale).unwrap_or(text) } else { text }
    };
    table.bindings.iter().map(|binding| (binding.field.id.clone(), said(binding))).collect()
}

/// The fields of a row whose list of words was no yardstick for their column.
fn open(table: &Table<'_>, at: RowAt) -> Vec<String> {
    let is_open = |binding: &&Binding<'_>| {
        binding.field.kind == FieldKind::Code && binding.takes(&tidy(&table.text(at, binding)))
    };
    table.bindings.iter().filter(is_open).map(|binding| binding.field.id.clone()).collect()
}

/// Which rows to list.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct TrayRequest {
    /// Only those meant for this ledger.
    pub ledger: Option<String>,
}

/// The rows that wait, newest import first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TrayReply {
    /// The rows, at most five hundred.
    pub items: Vec<TrayItem>,
    /// How many there are.
    pub total: usize,
}

/// A row that waits.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TrayItem {
    /// Number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Id of the ledger it was meant for.
    pub ledger: String,
    /// Its title.
    pub ledger_title: String,
    /// File it came from.
    pub file: String,
    /// Sheet it came from.
    pub sheet: String,
    /// Row of the sheet, from 1.
    pub row: u32,
    /// Day it was set aside, `YYYY-MM-DD`.
    pub on: String,
    /// Whom it names.
    pub name: String,
    /// Why it was set aside.
    pub reasons: Vec<String>,
    /// Residents it may mean.
    pub candidates: Vec<Candidate>,
    /// What it says.
    pub cells: Vec<TrayCell>,
}

/// A cell of a row that waits.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TrayCell {
    /// Field.
    pub field: String,
    /// Its title.
    pub title: String,
    /// What the sheet says.
    pub text: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// Rows listed at most.
const LISTED_AT_MOST: usize = 500;

/// Lists the rows that wait.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, request: TrayRequest, progress: &Progress) -> Result<TrayReply> {
    let catalog = office.catalog_shared();
    let total = store::count_waiting(office.connection(), request.ledger.as_deref())?;
    let waiting = store::waiting(office.connection(), request.ledger.as_deref(), LISTED_AT_MOST)?;
    // For telling whom a row may mean the people are enough; what is known of them does not matter.
    let people = if waiting.is_empty() { Vec::new() } else { resident::all(office.connection())? };
    let before = Before { register: Register::new(people), ..Before::default() };
    let mut items = Vec::new();
    for stored in waiting {
        progress.check()?;
        items.push(match office.ledger_kind(&stored.ledger).cloned() {
            Ok(kind) => item(office, &catalog, &kind, &before, &stored)?,
            // A ledger the clerk made may have been taken back since: the row can still be thrown away.
            Err(_) => orphan(office, &stored)?,
        });
    }
    Ok(TrayReply { items, total: usize::try_from(total).unwrap_or(0) })
}

/// A row whose ledger is gone.
fn orphan(office: &Office, stored: &Stored) -> Result<TrayItem> {
    let said = |field: &str| stored.waiting.cells.iter().find(|(known, _)| known == field);
    Ok(TrayItem {
        id: stored.id,
        ledger: stored.ledger.clone(),
        ledger_title: stored.ledger.clone(),
        file: stored.waiting.file.clone(),
        sheet: stored.waiting.sheet.clone(),
        row: stored.waiting.row,
        on: history::api::get(office, stored.op)?.at.chars().take(10).collect(),
        name: said("person.name").map(|(_, name)| name.clone()).unwrap_or_default(),
        reasons: vec!["要放进去的台账已经不在了。".to_owned()],
        candidates: Vec::new(),
        cells: Vec::new(),
    })
}

fn item(
    office: &Office,
    catalog: &Catalog,
    kind: &LedgerKind,
    before: &Before,
    stored: &Stored,
) -> Result<TrayItem> {
    let alone = Alone::new(&stored.waiting)?;
    let said = Said::default();
    let table = alone.table(catalog, kind, office, &said);
    let became = became(office, kind, &stored.waiting);
    let mut decisions = Decisions::default();
    if let Some(subject) = became.and_then(|record| record.subject) {
        decisions.whom.insert(ALONE, Whom::Subject(subject));
    }
    let (planned, reading) = alone.planned(&table, before, kind, &decisions)?;
    let problems: BTreeMap<Option<String>, String> =
        reading.problems.iter().map(|problem| (problem.column.clone(), problem.message.clone())).collect();
    let cells = table.bindings.iter().map(|binding| TrayCell {
        field: binding.field.id.clone(),
        title: kind.column(&binding.field.id).map_or_else(|| binding.field.title.clone(), Column::full_title),
        text: table.text(ALONE, binding),
        problem: problems.get(&table.letters(ALONE, binding)).cloned(),
    });
    let people = planned.candidates.iter();
    let candidates = people.map(|id| api::candidate(office, &resident::load(office.connection(), *id)?));
    Ok(TrayItem {
        id: stored.id,
        ledger: kind.id.clone(),
        ledger_title: kind.title.clone(),
        file: stored.waiting.file.clone(),
        sheet: stored.waiting.sheet.clone(),
        row: stored.waiting.row,
        on: history::api::get(office, stored.op)?.at.chars().take(10).collect(),
        name: table.value(&reading, "person.name").unwrap_or_default().to_owned(),
        reasons: stored.waiting.reasons.clone(),
        candidates: candidates.collect::<Result<Vec<_>>>()?,
        cells: cells.collect(),
    })
}

/// How a row is put right.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct TrayFix {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// What was typed, by field; an empty text leaves the field out.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<BTreeMap<String, String>>"))]
    pub values: BTreeMap<String, String>,
    /// The resident it means.
    #[serde(default)]
    pub uid: Option<String>,
    /// Whether it is somebody new, though others look alike.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub new: bool,
}

/// What became of the row.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TrayFixed {
    /// Number of the op; null when the row still waits.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// What became of it; `refused` when it still waits.
    pub outcome: Outcome,
    /// Why it still waits.
    pub reasons: Vec<String>,
}

/// Puts a row right and imports it alone; one that still does not do stays as it was.
///
/// # Errors
/// [`Missing::Waiting`], or writing fails.
pub fn fix(office: &mut Office, request: TrayFix, progress: &Progress) -> Result<TrayFixed> {
    let stored = store::waiting_row(office.connection(), request.id)?;
    let stored = stored.ok_or(Missing::Waiting(request.id))?;
    let kind = office.ledger_kind(&stored.ledger)?.clone();
    let catalog = office.catalog_shared();
    let waiting = corrected(&stored.waiting, &request.values);
    let alone = Alone::new(&waiting)?;
    let said = Said::default();
    let table = alone.table(&catalog, &kind, office, &said);
    let decisions = decisions(office, &kind, &waiting, &request)?;
    let before = api::before(office, &table, &kind)?;
    let (planned, reading) = alone.planned(&table, &before, &kind, &decisions)?;
    let mut reasons: Vec<String> = reading.problems.into_iter().map(|problem| problem.message).collect();
    reasons.extend(planned.reason.clone().filter(|_| planned.outcome == Outcome::Refused));
    if !reasons.is_empty() {
        return Ok(TrayFixed { op: None, outcome: Outcome::Refused, reasons });
    }
    let outcome = planned.outcome;
    let who = table.value(&table.read(ALONE), "person.name").unwrap_or("一行").to_owned();
    let plan = Plan { rows: vec![planned], ..Plan::default() };
    let done = office.transact(&Op::FixWaiting { ledger: kind.title.clone(), who }, |tx| {
        let members = ledger::members_by_record(tx.connection(), &kind.id)?;
        let find = |record: i64| members.get(&record).cloned();
        let origins = carry_out::apply(tx, &table, &plan, &kind, &find, progress)?;
        let from = Sent { file: &waiting.file, sender: waiting.sender.as_deref() };
        let batch = Batch::new(&kind.id, &from, &table, &origins);
        store::save_batch(tx, &batch.moved(&waiting.sheet, waiting.row))?;
        store::drop_waiting(tx, &[stored.id])
    })?;
    Ok(TrayFixed { op: done.op, outcome, reasons })
}

fn corrected(waiting: &Waiting, typed: &BTreeMap<String, String>) -> Waiting {
    let mut waiting = waiting.clone();
    for (field, text) in typed {
        match waiting.cells.iter_mut().find(|(known, _)| known == field) {
            Some((_, known)) => known.clone_from(text),
            None => waiting.cells.push((field.clone(), text.clone())),
        }
        waiting.open.push(field.clone());
    }
    waiting
}

fn decisions(office: &Office, kind: &LedgerKind, waiting: &Waiting, request: &TrayFix) -> Result<Decisions> {
    let became = became(office, kind, waiting);
    // A row that came in already was decided then, and may have been put right since; what the clerk
    // types now is meant to count.
    let rule = if became.is_some() { ConflictRule::Keep } else { waiting.rule };
    let typed = request.values.keys().map(|field| (ALONE, field.clone()));
    let mut decisions = Decisions { rule, take: typed.collect(), ..Decisions::default() };
    let whom = match &request.uid {
        Some(uid) => Some(Whom::Subject(resident::number_of(office.connection(), uid)?)),
        None if request.new => Some(Whom::New),
        None => became.map(|record| Whom::Record(record.id)),
    };
    decisions.whom.extend(whom.map(|whom| (ALONE, whom)));
    Ok(decisions)
}

/// The row of the ledger that a row has become already, unless that was taken back since.
fn became(office: &Office, kind: &LedgerKind, waiting: &Waiting) -> Option<RawRecord> {
    ledger::record(office.connection(), &kind.id, waiting.record?).ok()
}

/// Rows to throw away.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct TrayDrop {
    /// Their numbers.
    #[cfg_attr(test, ts(type = "number[]"))]
    pub ids: Vec<i64>,
}

/// What was thrown away.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TrayDropped {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// How many rows.
    pub dropped: usize,
}

/// Throws rows away; undoing brings them back.
///
/// # Errors
/// Writing fails.
pub fn drop(office: &mut Office, request: TrayDrop, _: &Progress) -> Result<TrayDropped> {
    let op = Op::DropWaiting { rows: request.ids.len() };
    let done = office.transact(&op, |tx| store::drop_waiting(tx, &request.ids))?;
    Ok(TrayDropped { op: done.op, dropped: done.value })
}

/// A row that waits, as stored.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Number.
    pub id: i64,
    /// Id of the ledger it was meant for.
    pub ledger: String,
    /// Op that set it aside.
    pub op: i64,
    /// The row itself.
    pub waiting: Waiting,
}

/// Where the one row of such a table stands.
const ALONE: RowAt = RowAt { part: 0, row: 1 };

/// One row as a sheet of its own.
struct Alone<'w> {
    waiting: &'w Waiting,
    sheet: Sheet,
    shape: Shape,
}

impl<'w> Alone<'w> {
    fn new(waiting: &'w Waiting) -> Result<Self> {
        let mut grid = GridBuilder::new(super::guard::Limits::default());
        for (column, (_, text)) in (0..).zip(&waiting.cells).filter(|(_, (_, text))| !text.is_empty()) {
            grid.push(0, column, Cell::Text(text))?;
        }
        Ok(Self { waiting, sheet: grid.finish(ROW_SHEET, Vec::new()), shape: Shape::default() })
    }

    fn table<'t>(
        &'t self,
        catalog: &'t Catalog,
        kind: &'t LedgerKind,
        office: &Office,
        said: &'t Said,
    ) -> Table<'t> {
        let field = |id: &str| -> Option<&'t FieldDef> {
            kind.column(id).map(|column| &column.field).or_else(|| catalog.dictionary.get(id))
        };
        let columns = (0..).zip(&self.waiting.cells);
        let bindings = columns.filter_map(|(column, (id, _))| {
            let binding = Binding::new(From::Column(column), field(id)?);
            Some(if self.waiting.open.contains(id) { binding.opened() } else { binding })
        });
        Table {
            parts: vec![Part { sheet: &self.sheet, shape: &self.shape, shift: 0 }],
            rows: vec![ALONE],
            skipped: Vec::new(),
            bindings: bindings.collect(),
            said,
            age: None,
            codes: &catalog.codes,
            today: office.clock().today(),
        }
    }

    /// What would become of the row.
    fn planned(
        &self,
        table: &Table<'_>,
        before: &Before,
        kind: &LedgerKind,
        decisions: &Decisions,
    ) -> Result<(PlannedRow, RowReading)> {
        let mut plan = plan::plan(table, before, kind, decisions, &Progress::new())?;
        let planned = plan.rows.pop().ok_or(Missing::Waiting(0))?;
        Ok((planned, table.read(ALONE)))
    }
}
