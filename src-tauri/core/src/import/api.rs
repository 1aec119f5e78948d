//! `import.open`, `import.cells`, `import.preview`, `import.apply`, `import.list`,
//! `dictionary.list` and `dictionary.remember`: what the wizard and the command line ask.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

mod words;

use super::apply::{self, Taking};
use super::desk::Opened;
use super::plan::{self, Before, Outcome, Plan, PlannedRow};
use super::recognise::{self, Correction, MappedColumn, Recognised};
use super::shape::{self, Problem};
use super::sheet::Sheet;
use super::store;
use super::table::Table;
use crate::catalog::{Column, LedgerKind};
use crate::committee::api::Nothing;
use crate::dictionary::Subject;
use crate::error::{Error, Missing, Result};
use crate::history;
use crate::ledger::{self, RawRecord, Source};
use crate::office::Office;
use crate::op::{Op, SheetNote};
use crate::progress::Progress;
use crate::resident::{self, Home, matching::Register};

pub use words::{
    BatchesReply, CellsReply, CellsRequest, ConflictRule, Fix, ImportReply, ImportRequest, InspectedSheet,
    Inspection, MergedArea, OpenRequest, PlanCell, PlanRow, PlanRows, SheetRow, Take,
};

/// Problems shown at most; the counts in the plan are whole.
const PROBLEMS_AT_MOST: usize = 500;
/// Rows shown of each outcome at most.
const ROWS_AT_MOST: usize = 200;

/// Says what each sheet of a file is, touching nothing.
///
/// # Errors
/// [`Error::BadFile`] in all its kinds.
pub fn open(office: &mut Office, request: OpenRequest, progress: &Progress) -> Result<Inspection> {
    let opened = office.desk().open(Path::new(&request.path), progress)?;
    let kind = request.ledger.as_deref().map(|id| office.ledger_kind(id)).transpose()?;
    let mut sheets = Vec::new();
    for sheet in &opened.workbook.sheets {
        progress.check()?;
        sheets.push(inspect(office, &opened.file, sheet, kind)?);
    }
    let imports = history::api::imports_of_file(office, &opened.sha256)?;
    Ok(Inspection {
        file: opened.file.clone(),
        format: opened.workbook.format.word(),
        encoding: opened.workbook.encoding.clone(),
        seen_before: imports,
        sheets,
    })
}

fn inspect(office: &Office, file: &str, sheet: &Sheet, kind: Option<&LedgerKind>) -> Result<InspectedSheet> {
    let recognised = recognise::recognise(office, sheet, &Correction::default(), kind)?;
    let mapping = recognise::mapping(&recognised.columns, None);
    let mut problems: Vec<Problem> = recognised.shape.problems.clone();
    if recognised.shape.data_rows.is_some() && recognised.shape.kind == shape::Kind::Roster {
        let table = recognise::table(
            office.catalog(),
            office.clock().today(),
            sheet,
            &recognised.shape,
            &mapping,
            kind,
        )?;
        for row in table.rows.iter().copied() {
            if problems.len() >= PROBLEMS_AT_MOST {
                break;
            }
            problems.extend(table.read(row).problems);
        }
    }
    let ledgers = recognise::suggest(office, file, &recognised)?;
    let Recognised { shape, columns } = recognised;
    Ok(InspectedSheet {
        name: sheet.name.clone(),
        hidden: sheet.hidden,
        kind: shape.kind,
        title: shape.title,
        meta: shape.meta.into_iter().collect(),
        header_rows: shape.header_rows,
        data_rows: shape.data_rows,
        total_rows: shape.total_rows,
        note_rows: shape.note_rows,
        rows: sheet.height(),
        width: sheet.width(),
        columns,
        problems,
        ledgers,
    })
}

/// Shows a part of a sheet.
///
/// # Errors
/// [`Error::BadFile`], or the sheet does not exist.
pub fn cells(office: &mut Office, request: CellsRequest, progress: &Progress) -> Result<CellsReply> {
    let opened = office.desk().open(Path::new(&request.path), progress)?;
    let sheet = find_sheet(&opened, Some(&request.sheet))?;
    let correction = Correction { header_rows: request.header_rows, data_rows: request.data_rows };
    let recognised = recognise::recognise(office, sheet, &correction, None)?;
    let last = (request.from.saturating_add(request.count)).min(sheet.height() + 1);
    let rows = (request.from.max(1)..last)
        .map(|row| SheetRow {
            row,
            zone: recognised.shape.zone(row),
            cells: (0..sheet.width()).map(|column| sheet.text(row - 1, column).into_owned()).collect(),
        })
        .collect();
    let merges = sheet
        .merges()
        .iter()
        .filter(|area| area.row < last && area.row + area.rows >= request.from)
        .map(|area| MergedArea {
            row: area.row + 1,
            column: area.column,
            rows: area.rows,
            columns: area.columns,
        })
        .collect();
    Ok(CellsReply { rows, merges, total: sheet.height() })
}

fn find_sheet<'o>(opened: &'o Arc<Opened>, name: Option<&str>) -> Result<&'o Sheet> {
    opened
        .workbook
        .find_sheet(name)
        .ok_or_else(|| Error::NotFound(Missing::Sheet(name.unwrap_or_default().to_owned())))
}

/// Says what an import would do, touching nothing.
///
/// # Errors
/// The file cannot be read, has no table, or no column says whose row it is.
pub fn preview(office: &mut Office, request: ImportRequest, progress: &Progress) -> Result<ImportReply> {
    let opened = office.desk().open(Path::new(&request.path), progress)?;
    let chosen = choose(office, &opened, &request)?;
    prepare(office, &chosen, &request, progress)?.reply(office)
}

/// Imports: all of it or nothing, as one op that can be undone.
///
/// # Errors
/// As [`preview`], or writing fails.
pub fn apply(office: &mut Office, request: ImportRequest, progress: &Progress) -> Result<ImportReply> {
    let opened = office.desk().open(Path::new(&request.path), progress)?;
    let taking = Taking {
        all: request.conflict == ConflictRule::Take,
        cells: request.take.iter().map(|take| (take.row, take.field.clone())).collect(),
    };
    // The plan borrows the office, the op needs it whole: what the op needs is taken out first.
    let (kind, sheet, shape, mapping, plan, mut reply) = {
        let chosen = choose(office, &opened, &request)?;
        let prepared = prepare(office, &chosen, &request, progress)?;
        let reply = prepared.reply(office)?;
        let (plan, kind) = (prepared.plan, chosen.kind.clone());
        (kind, find_sheet(&opened, request.sheet.as_deref())?, chosen.shape, chosen.mapping, plan, reply)
    };
    let note = SheetNote {
        file: opened.file.clone(),
        sha256: opened.sha256.clone(),
        sheet: sheet.name.clone(),
        ledger: kind.id.clone(),
        ledger_title: kind.title.clone(),
        counts: plan.counts,
    };
    let catalog = office.catalog_shared();
    let today = office.clock().today();
    let done = office.transact(&Op::ImportSheet(note), |tx| {
        let mut table = recognise::table(&catalog, today, sheet, &shape, &mapping, Some(&kind))?;
        correct(&mut table, &request)?;
        let members = ledger::members_by_record(tx.connection(), &kind.id)?;
        let find = |record: i64| members.get(&record).cloned();
        apply::apply(tx, &table, &plan, &kind, &find, &taking, progress)?;
        store::save_layout(tx, &shape.fingerprint(), &kind.id, &serde_json::to_string(&mapping)?)
    })?;
    reply.op = done.op;
    Ok(reply)
}

/// A sheet with its mapping, before anything is compared.
struct Chosen<'a> {
    kind: &'a LedgerKind,
    sheet: &'a Sheet,
    shape: shape::Shape,
    mapping: Vec<MappedColumn>,
}

fn choose<'a>(office: &'a Office, opened: &'a Arc<Opened>, request: &ImportRequest) -> Result<Chosen<'a>> {
    let kind = office.ledger_kind(&request.ledger)?;
    let sheet = find_sheet(opened, request.sheet.as_deref())?;
    let correction = Correction { header_rows: request.header_rows, data_rows: request.data_rows };
    let Recognised { shape, columns } = recognise::recognise(office, sheet, &correction, Some(kind))?;
    let mapping = recognise::mapping(&columns, request.mapping.as_deref());
    Ok(Chosen { kind, sheet, shape, mapping })
}

/// Everything a preview or an import shows of a sheet.
struct Prepared<'a> {
    table: Table<'a>,
    kind: &'a LedgerKind,
    mapping: &'a [MappedColumn],
    plan: Plan,
    people: HashMap<i64, String>,
}

fn prepare<'a>(
    office: &'a Office,
    chosen: &'a Chosen<'a>,
    request: &ImportRequest,
    progress: &Progress,
) -> Result<Prepared<'a>> {
    let Chosen { kind, sheet, shape, mapping } = chosen;
    let today = office.clock().today();
    let mut table = recognise::table(office.catalog(), today, sheet, shape, mapping, Some(kind))?;
    correct(&mut table, request)?;
    let before = before(office, &table, kind)?;
    let mut plan = plan::plan(&table, &before, kind, progress)?;
    plan.problems.splice(0..0, shape.problems.iter().cloned());
    let shown: HashSet<i64> = plan.rows.iter().filter_map(|row| row.subject).collect();
    let people = before.register.people.into_iter();
    let people =
        people.filter(|person| shown.contains(&person.id)).map(|person| (person.id, person.name)).collect();
    Ok(Prepared { table, kind, mapping, plan, people })
}

/// Takes over what the clerk corrected and left out.
fn correct(table: &mut Table<'_>, request: &ImportRequest) -> Result<()> {
    table.rows.retain(|row| !request.skip_rows.contains(row));
    for fix in &request.fixes {
        let column = super::sheet::column_index(&fix.letter)
            .ok_or_else(|| Error::Usage(format!("没有“{}”这一列", fix.letter)))?;
        table.fixes.insert((fix.row, column), fix.value.clone());
    }
    Ok(())
}

/// What the office knows, as far as the bound columns need it.
fn before(office: &Office, table: &Table<'_>, kind: &LedgerKind) -> Result<Before> {
    let connection = office.connection();
    let is_fact = |field: &str| {
        let source =
            kind.column(field).map_or_else(|| plan::loose_source(kind, field), |c| Source::of(kind, c));
        matches!(source, Source::Resident(Home::Fact) | Source::Subject(Home::Fact))
    };
    let fields: Vec<&str> =
        table.bindings.iter().map(|b| b.field.id.as_str()).filter(|f| is_fact(f)).collect();
    let is_resident = kind.subject == Subject::Resident;
    Ok(Before {
        register: Register::new(if is_resident { resident::all(connection)? } else { Vec::new() }),
        facts: crate::fact::of_fields(connection, &fields)?,
        members: ledger::members(connection, &kind.id)?,
        doors: if kind.subject == Subject::Place { ledger::doors(connection)? } else { HashMap::new() },
        keyed: keyed(office, kind)?,
    })
}

/// Rows of a ledger by their key values, where no subject tells them apart.
fn keyed(office: &Office, kind: &LedgerKind) -> Result<HashMap<Vec<String>, RawRecord>> {
    if matches!(kind.subject, Subject::Resident | Subject::Place) {
        return Ok(HashMap::new());
    }
    let connection = office.connection();
    let records = ledger::all_records(connection, &kind.id)?;
    let rows = ledger::view(connection, kind, records.clone(), office.clock().today())?;
    let positions: Vec<usize> = kind
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.key)
        .map(|(position, _)| position)
        .collect();
    Ok(rows
        .into_iter()
        .zip(records)
        .map(|(row, record)| {
            let key = positions.iter().map(|position| row.values[*position].clone().unwrap_or_default());
            (key.collect(), record)
        })
        .collect())
}

impl Prepared<'_> {
    fn reply(&self, office: &Office) -> Result<ImportReply> {
        let mut rows = PlanRows::default();
        for row in &self.plan.rows {
            let list = match row.outcome {
                Outcome::Added => &mut rows.added,
                Outcome::Changed => &mut rows.changed,
                Outcome::Same => &mut rows.same,
                Outcome::Conflict => &mut rows.conflict,
                Outcome::Refused => &mut rows.refused,
            };
            if list.len() < ROWS_AT_MOST {
                list.push(self.shown(row));
            }
        }
        let absent: Vec<RawRecord> = self.plan.absent.iter().take(ROWS_AT_MOST).cloned().collect();
        for row in ledger::view(office.connection(), self.kind, absent, office.clock().today())? {
            rows.absent.push(absent_row(self.kind, &row));
        }
        Ok(ImportReply {
            op: None,
            counts: self.plan.counts,
            problem_count: self.plan.problems.len(),
            problems: self.plan.problems.iter().take(PROBLEMS_AT_MOST).cloned().collect(),
            mapping: self.mapping.to_vec(),
            rows,
        })
    }

    fn shown(&self, row: &PlannedRow) -> PlanRow {
        let reading = self.table.read(row.row);
        let say = |field: &str| self.table.value(&reading, field).unwrap_or_default().to_owned();
        let known = row.subject.and_then(|subject| self.people.get(&subject)).cloned();
        let first = || reading.values.iter().flatten().next().cloned().unwrap_or_default();
        let said = say("person.name");
        let name = if said.is_empty() { known.unwrap_or_else(first) } else { said };
        let door = plan::door_said(&self.table, &reading).title();
        let who = if door.is_empty() { say("person.birth_on").chars().take(4).collect() } else { door };
        let cells = row.cells.iter().map(|cell| {
            let field = self.table.bindings[cell.binding].field;
            PlanCell {
                field: field.id.clone(),
                title: self.kind.column(&field.id).map_or_else(|| field.title.clone(), Column::full_title),
                before: cell.before.clone(),
                after: cell.after.clone(),
            }
        });
        PlanRow {
            row: row.row,
            name,
            who,
            cells: cells.collect(),
            reasons: row.reason.iter().cloned().collect(),
        }
    }
}

fn absent_row(kind: &LedgerKind, row: &ledger::TableRow) -> PlanRow {
    let value = |field: &str| {
        let position = kind.columns.iter().position(|column| column.id() == field)?;
        row.values[position].clone()
    };
    let name = value("person.name").or_else(|| row.values.iter().flatten().next().cloned());
    let who = value("person.living_address").or_else(|| value("place.room"));
    PlanRow {
        row: 0,
        name: name.unwrap_or_default(),
        who: who.unwrap_or_default(),
        cells: Vec::new(),
        reasons: vec!["台账里有，这张表里没有，不会移出".to_owned()],
    }
}

/// Lists the imports so far.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, _: Nothing, _: &Progress) -> Result<BatchesReply> {
    Ok(BatchesReply { batches: history::api::imports(office, ROWS_AT_MOST)? })
}
