//! `import.open`, `import.cells`, `import.preview`, `import.apply`, `import.list`,
//! `dictionary.list` and `dictionary.remember`: what the wizard and the command line ask.

use std::path::Path;
use std::sync::Arc;

mod run;
mod shown;
mod words;

use super::desk::Opened;
use super::doubles::Doubles;
use super::recognise::{self, Correction, Recognised};
use super::shape::{self, Problem};
use super::sheet::{Sheet, column_letters};
use super::table::Said;
use crate::catalog::LedgerKind;
use crate::committee::api::Nothing;
use crate::error::{Error, Missing, Result};
use crate::history;
use crate::ledger;
use crate::office::Office;
use crate::progress::Progress;
use crate::resident;

pub(in crate::import) use run::before;
pub use run::{apply, preview};
pub use words::{
    BatchesReply, Candidate, CellNamed, CellsReply, CellsRequest, Choose, DifferingColumn, Fix, ImportReply,
    ImportRequest, InspectedSheet, Inspection, MergedArea, OpenRequest, PasteReply, PasteRequest, PlanCell,
    PlanRow, PlanRows, RowNamed, SheetRow,
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
    let opened = office.open_file(Path::new(&request.path), progress)?;
    let kind = request.ledger.as_deref().map(|id| office.ledger_kind(id)).transpose()?;
    let mut sheets = Vec::new();
    for sheet in &opened.workbook.sheets {
        progress.check()?;
        sheets.push(inspect(office, &opened.file, sheet, kind)?);
    }
    note_same_layouts(&mut sheets);
    let imports = history::api::imports_of_file(office, &opened.sha256)?;
    Ok(Inspection {
        file: opened.file.clone(),
        format: opened.workbook.format.word(),
        encoding: opened.workbook.encoding.clone(),
        seen_before: imports,
        left_out: opened.left_out.clone(),
        sheets,
    })
}

fn inspect(office: &Office, file: &str, sheet: &Sheet, kind: Option<&LedgerKind>) -> Result<InspectedSheet> {
    let recognised = recognise::recognise(office, sheet, &Correction::default(), kind)?;
    let (mut problems, tidied) = look_through(office, sheet, &recognised, kind)?;
    if recognised.shape.kind == shape::Kind::PersonForm {
        problems.extend(recognise::form_problems(office, sheet, &recognised.shape)?);
    }
    let ledgers = recognise::suggest(office, file, &recognised)?;
    let Recognised { shape, columns, is_known, .. } = recognised;
    let (sender, fingerprint) = (sender(&shape), shape.fingerprint());
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
        skipped_rows: shape.skipped_rows,
        hidden_rows: sheet.hidden_rows.iter().map(|row| row + 1).collect(),
        hidden_columns: sheet.hidden_columns.iter().map(|column| column_letters(*column)).collect(),
        blocks: shape
            .blocks
            .iter()
            .map(|(first, last)| (column_letters(*first), column_letters(*last)))
            .collect(),
        more_tables: shape.more_tables,
        tidied,
        known_layout: is_known,
        sender,
        fingerprint,
        same_layout: Vec::new(),
        rows: sheet.height(),
        width: sheet.width(),
        columns,
        problems,
        ledgers,
    })
}

/// What the clerk should see in the rows of a roster, at most five hundred things, and how many values
/// were tidied in all of them.
fn look_through(
    office: &Office,
    sheet: &Sheet,
    recognised: &Recognised,
    kind: Option<&LedgerKind>,
) -> Result<(Vec<Problem>, usize)> {
    let shape = &recognised.shape;
    let mut problems: Vec<Problem> = shape.problems.clone();
    problems.extend(too_long(sheet));
    if shape.data_rows.is_none() || shape.kind != shape::Kind::Roster {
        return Ok((problems, 0));
    }
    let mapping = recognise::mapping(&recognised.columns, None);
    let (said, today) = (Said::default(), office.clock().today());
    let table = recognise::table(office.catalog(), today, &[(sheet, shape)], &mapping, kind, None, &said)?;
    let mut doubles = Doubles::new(&table);
    let mut tidied = 0;
    for at in table.rows.iter().copied() {
        let reading = table.read(at);
        tidied += reading.tidied;
        problems.extend(doubles.take(&table, at, &reading));
        problems.extend(reading.problems);
    }
    problems.extend(doubles.finish());
    problems.truncate(PROBLEMS_AT_MOST);
    Ok((problems, tidied))
}

/// A sheet of which only the beginning and the end were looked at.
fn too_long(sheet: &Sheet) -> Option<Problem> {
    let (first, _) = sheet.gap()?;
    let rows = sheet.row_count();
    Some(Problem {
        row: first + 1,
        column: None,
        sheet: None,
        half: 0,
        code: "too_many_rows",
        message: format!("一共 {rows} 行，只看了开头和末尾。一次最多导入 20 万行，请先拆成几个文件。"),
        value: None,
    })
}

/// Labels of a form that name who sent it, most telling first.
const SENDERS: [&str; 7] = ["发文单位", "下发单位", "牵头部门", "制表单位", "主管部门", "报送至", "报送单位"];

/// Who may have sent a sheet, as it says itself.
fn sender(shape: &shape::Shape) -> Option<String> {
    let said = |label: &&str| shape.meta.iter().find(|(known, _)| known == label);
    SENDERS.iter().filter_map(said).map(|(_, value)| value.clone()).find(|value| !value.is_empty())
}

/// Tells each roster which other sheets have the same headings and can come with it.
fn note_same_layouts(sheets: &mut [InspectedSheet]) {
    let rosters: Vec<(String, String)> = sheets
        .iter()
        .filter(|sheet| sheet.kind == shape::Kind::Roster && sheet.data_rows.is_some() && !sheet.hidden)
        .map(|sheet| (sheet.name.clone(), sheet.fingerprint.clone()))
        .collect();
    for sheet in sheets {
        let is_roster = rosters.iter().any(|(name, _)| *name == sheet.name);
        let others = rosters
            .iter()
            .filter(|(name, print)| is_roster && *name != sheet.name && *print == sheet.fingerprint);
        sheet.same_layout = others.map(|(name, _)| name.clone()).collect();
    }
}

/// Lays out what was copied from another program.
///
/// # Errors
/// [`Error::BadFile`] when there is no table in it.
pub fn paste(office: &mut Office, request: PasteRequest, progress: &Progress) -> Result<PasteReply> {
    let (path, opened) = office.desk().paste(&request.text, request.html.as_deref(), progress)?;
    let sheet = find_sheet(&opened, None)?;
    let path = path.to_string_lossy().into_owned();
    Ok(PasteReply { path, rows: sheet.height(), width: sheet.width() })
}

/// Shows a part of a sheet.
///
/// # Errors
/// [`Error::BadFile`], or the sheet does not exist.
pub fn cells(office: &mut Office, request: CellsRequest, progress: &Progress) -> Result<CellsReply> {
    let opened = office.open_file(Path::new(&request.path), progress)?;
    let sheet = find_sheet(&opened, Some(&request.sheet))?;
    let correction = Correction { header_rows: request.header_rows, data_rows: request.data_rows };
    let known = office.desk().shape(&opened, &sheet.name, &correction);
    let shape = match known {
        Some(shape) => shape,
        None => {
            let seen = recognise::recognise(office, sheet, &correction, None)?;
            office.desk().keep_shape(&opened, &sheet.name, correction, seen.shape)
        }
    };
    let last = (request.from.saturating_add(request.count)).min(sheet.height() + 1);
    let rows = (request.from.max(1)..last)
        .map(|row| SheetRow {
            row,
            zone: shape.zone(row),
            hidden: sheet.hidden_rows.binary_search(&(row - 1)).is_ok(),
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

/// A resident as shown beside others it may be.
pub(in crate::import) fn candidate(office: &Office, person: &resident::Person) -> Result<Candidate> {
    let shown = |field: &str, value: &Option<String>| match (office.catalog().dictionary.get(field), value) {
        (Some(field), Some(value)) => ledger::api::on_screen(field, value),
        _ => String::new(),
    };
    Ok(Candidate {
        uid: resident::uid_of(office.connection(), person.id)?,
        name: person.name.clone(),
        gender: person.gender.clone().unwrap_or_default(),
        birth_on: person.birth_on.clone(),
        place: person.place_title(),
        phone: shown("person.phone", &person.phone),
        id_number: shown("person.id_number", &person.id_number),
    })
}

fn find_sheet<'o>(opened: &'o Arc<Opened>, name: Option<&str>) -> Result<&'o Sheet> {
    opened
        .workbook
        .find_sheet(name)
        .ok_or_else(|| Error::NotFound(Missing::Sheet(name.unwrap_or_default().to_owned())))
}

/// Lists the imports so far.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, _: Nothing, _: &Progress) -> Result<BatchesReply> {
    Ok(BatchesReply { batches: history::api::imports(office, ROWS_AT_MOST)? })
}
