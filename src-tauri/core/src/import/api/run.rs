//! `import.preview` and `import.apply`: one way from a request to a plan, shown or carried out.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::find_sheet;
use super::shown::Shown;
use super::words::{CellNamed, ImportReply, ImportRequest};
use crate::catalog::{Catalog, Column, LedgerKind, LocalColumn};
use crate::dictionary::{FieldKind, Subject};
use crate::error::{Error, Missing, Refusal, Result};
use crate::import::apply as carry_out;
use crate::import::batch::{Batch, Sent};
use crate::import::desk::Opened;
use crate::import::layout::{self, Layout};
use crate::import::map::SeenColumn;
use crate::import::plan::{self, Before, Decisions, Plan, Whom};
use crate::import::recognise::{self, ColumnChoice, Correction, MappedColumn, Recognised};
use crate::import::shape::Shape;
use crate::import::sheet::{Sheet, column_index};
use crate::import::store;
use crate::import::table::{RowAt, Said, Table};
use crate::import::tray;
use crate::ledger::row_word::RowWords;
use crate::ledger::{self, RawRecord, Source};
use crate::office::{Office, Tx};
use crate::op::{Op, SheetNote};
use crate::progress::Progress;
use crate::resident::{self, Home, matching::Register};
use crate::value::text;

/// Says what an import would do, touching nothing.
///
/// # Errors
/// The file cannot be read, has no table, or no column says whose row it is.
pub fn preview(office: &mut Office, request: ImportRequest, progress: &Progress) -> Result<ImportReply> {
    prepare(office, &request, progress, |_, ready| Ok(ready.reply))
}

/// Imports: all of it or nothing, as one op that can be undone.
///
/// # Errors
/// As [`preview`], or writing fails.
pub fn apply(office: &mut Office, request: ImportRequest, progress: &Progress) -> Result<ImportReply> {
    prepare(office, &request, progress, |office, ready| {
        let Ready { opened, chosen, table, plan, mut reply } = ready;
        let done = office.transact(&Op::ImportSheet(chosen.note(opened, plan)), |tx| {
            let members = ledger::members_by_record(tx.connection(), &chosen.kind.id)?;
            let find = |record: i64| members.get(&record).cloned();
            let origins = carry_out::apply(tx, table, plan, &chosen.kind, &find, progress)?;
            let from = Sent { file: &opened.file, sender: request.sender.as_deref() };
            if !origins.is_empty() {
                store::save_batch(tx, &Batch::new(&chosen.kind.id, &from, table, &origins))?;
            }
            let set_aside =
                tray::set_aside(tx, table, plan, &chosen.kind.id, &from, &origins, request.conflict)?;
            chosen.keep_layout(tx)?;
            for column in &chosen.own_columns {
                ledger::add_column(tx, &chosen.kind.id, column)?;
            }
            Ok(set_aside)
        })?;
        if !chosen.own_columns.is_empty() {
            office.reload_local()?;
        }
        reply.op = done.op;
        reply.tray = done.value;
        Ok(reply)
    })
}

/// A plan, made and put into words.
struct Ready<'r> {
    opened: &'r Opened,
    chosen: &'r Chosen<'r>,
    table: &'r Table<'r>,
    plan: &'r Plan,
    reply: ImportReply,
}

/// From a request to a plan, which is then shown or carried out.
fn prepare<T>(
    office: &mut Office,
    request: &ImportRequest,
    progress: &Progress,
    then: impl FnOnce(&mut Office, Ready<'_>) -> Result<T>,
) -> Result<T> {
    let opened = office.open_file(Path::new(&request.path), progress)?;
    let chosen = Chosen::of(office, &opened, request)?;
    let catalog = office.catalog_shared();
    let table = chosen.table(&catalog, office.clock().today())?;
    let before = before(office, &table, &chosen.kind)?;
    let plan = chosen.plan(&table, &before, progress)?;
    let reply = {
        let (kind, mapping) = (&chosen.kind, chosen.mapping.as_slice());
        Shown { office, kind, mapping, table: &table, before: &before }.reply(&plan)?
    };
    // What was known before is of no more use, and it is much.
    drop(before);
    then(office, Ready { opened: &opened, chosen: &chosen, table: &table, plan: &plan, reply })
}

/// What is to be imported and how, before anything is compared.
struct Chosen<'a> {
    kind: LedgerKind,
    sheets: Vec<&'a Sheet>,
    shapes: Vec<Shape>,
    mapping: Vec<MappedColumn>,
    sheet_field: Option<String>,
    said: Said,
    decisions: Decisions,
    /// Columns that are new in the ledger.
    own_columns: Vec<LocalColumn>,
    /// Fingerprint of the first sheet as recognised without help, and the heading rows pointed out.
    unaided: String,
    unaided_header: Option<(u32, u32)>,
    header_rows: Option<(u32, u32)>,
}

impl<'a> Chosen<'a> {
    fn of(office: &Office, opened: &'a Arc<Opened>, request: &ImportRequest) -> Result<Self> {
        let mut kind = office.ledger_kind(&request.ledger)?.clone();
        let first = find_sheet(opened, request.sheet.as_deref())?;
        let correction = Correction { header_rows: request.header_rows, data_rows: request.data_rows };
        let seen = recognise::recognise(office, first, &correction, Some(&kind))?;
        let Recognised { shape, columns, unaided, unaided_header, .. } = seen;
        let choices = request.mapping.as_deref().unwrap_or_default();
        check_choices(&kind, &columns, choices)?;
        let mut mapping = recognise::mapping(&columns, request.mapping.as_deref());
        let given = ledger::columns_given(office.connection())?;
        let own_columns = own_columns(given, &mut mapping, choices);
        kind.extend(own_columns.iter(), &office.catalog().dictionary).map_err(Error::Bug)?;
        let field = |id: &str| {
            let own = kind.column(id).map(|column| &column.field);
            own.or_else(|| office.catalog().dictionary.get(id)).cloned()
        };
        recognise::note_unkept(&mut mapping, &field);
        let (sheets, shapes) = gather(office, opened, request, &kind, (first, shape))?;
        let places = Places::of(&sheets, &shapes);
        let (said, mut decisions) = (places.said(request)?, places.decisions(office, request)?);
        decisions.taken_out = places.taken_out(&RowWords::of(office.connection())?, &sheets);
        Ok(Self {
            kind,
            sheets,
            shapes,
            mapping,
            sheet_field: request.sheet_field.clone(),
            said,
            decisions,
            own_columns,
            unaided,
            unaided_header,
            header_rows: request.header_rows,
        })
    }

    fn table<'t>(&'t self, catalog: &'t Catalog, today: NaiveDate) -> Result<Table<'t>>
    where
        'a: 't,
    {
        let sheets: Vec<(&Sheet, &Shape)> = self.sheets.iter().copied().zip(&self.shapes).collect();
        let field = self.sheet_field.as_deref();
        recognise::table(catalog, today, &sheets, &self.mapping, Some(&self.kind), field, &self.said)
    }

    fn plan(&self, table: &Table<'_>, before: &Before, progress: &Progress) -> Result<Plan> {
        let mut plan = plan::plan(table, before, &self.kind, &self.decisions, progress)?;
        plan.problems.splice(0..0, self.shapes.iter().flat_map(|shape| shape.problems.iter().cloned()));
        Ok(plan)
    }

    /// Keeps how the sheet was read, for the next one of its kind.
    fn keep_layout(&self, tx: &Tx<'_>) -> Result<()> {
        let fingerprint = self.shapes[0].fingerprint();
        // How a column was recognised is no part of it: the next time it is remembered.
        let plain = |column: &MappedColumn| MappedColumn { how: String::new(), note: None, ..column.clone() };
        let columns = self.mapping.iter().map(plain).collect();
        let mut layout = Layout { ledger: self.kind.id.clone(), header_moved: None, columns };
        if layout::is_telling(&self.shapes[0]) {
            store::save_layout(tx, &fingerprint, &layout)?;
        }
        let ends = self.header_rows.zip(self.unaided_header);
        if let Some(((first, last), (own_first, own_last))) = ends.filter(|_| self.unaided != fingerprint) {
            let moved = |to: u32, from: u32| i64::from(to) - i64::from(from);
            layout.header_moved = Some((moved(first, own_first), moved(last, own_last)));
            store::save_layout(tx, &self.unaided, &layout)?;
        }
        Ok(())
    }

    fn note(&self, opened: &Opened, plan: &Plan) -> SheetNote {
        let names: Vec<&str> = self.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        SheetNote {
            file: opened.file.clone(),
            sha256: opened.sha256.clone(),
            sheet: names.join("、"),
            ledger: self.kind.id.clone(),
            ledger_title: self.kind.title.clone(),
            counts: plan.counts,
        }
    }
}

/// The first sheet and those of its layout that come with it.
fn gather<'a>(
    office: &Office,
    opened: &'a Arc<Opened>,
    request: &ImportRequest,
    kind: &LedgerKind,
    (first, shape): (&'a Sheet, Shape),
) -> Result<(Vec<&'a Sheet>, Vec<Shape>)> {
    let (mut sheets, mut shapes) = (vec![first], vec![shape]);
    for name in &request.sheets {
        let sheet = find_sheet(opened, Some(name))?;
        let other = recognise::recognise(office, sheet, &Correction::default(), Some(kind))?;
        if other.shape.fingerprint() != shapes[0].fingerprint() {
            return Err(Refusal::OtherLayout { sheet: name.clone() }.into());
        }
        sheets.push(sheet);
        shapes.push(other.shape);
    }
    match sheets.iter().find(|sheet| sheet.gap().is_some()) {
        Some(sheet) => {
            Err(Refusal::TooManyRows { sheet: sheet.name.clone(), rows: sheet.row_count() }.into())
        }
        None => Ok((sheets, shapes)),
    }
}

/// Refuses a choice about a column that is not there, and a new column that another goes by the title of.
fn check_choices(kind: &LedgerKind, columns: &[SeenColumn], choices: &[ColumnChoice]) -> Result<()> {
    let mut titles: HashSet<String> = kind.columns.iter().map(Column::full_title).collect();
    for choice in choices {
        if !columns.iter().any(|seen| seen.letter == choice.letter) {
            let known: Vec<&str> = columns.iter().map(|seen| seen.letter.as_str()).collect();
            let known = known.join("、");
            return Err(Error::Usage(format!("表里没有 {} 栏，只有 {known}", choice.letter)));
        }
        let title = text::clean(choice.own.as_deref().unwrap_or_default());
        if !title.is_empty() && !titles.insert(title.clone()) {
            return Err(Refusal::ColumnTitleTaken { title }.into());
        }
    }
    Ok(())
}

/// New columns that the clerk keeps in this ledger only; the mapping is told their fields. `given` is
/// how many such columns there ever were: a number is never given twice, or a column that was taken
/// back and brought again would meet another under its name.
fn own_columns(given: i64, mapping: &mut [MappedColumn], choices: &[ColumnChoice]) -> Vec<LocalColumn> {
    let mut columns: Vec<LocalColumn> = Vec::new();
    // Numbers go to the columns that come to be, one after the other, as the store will number them.
    let mut numbers = given + 1..;
    for choice in choices {
        let title = text::clean(choice.own.as_deref().unwrap_or_default());
        let column = mapping.iter_mut().find(|column| column.letter == choice.letter);
        let Some(column) = column.filter(|_| !title.is_empty()) else { continue };
        let Some(number) = numbers.next() else { break };
        let field = format!("row.own_{number}");
        column.field = Some(field.clone());
        column.how = "chosen".to_owned();
        columns.push(LocalColumn { field, title, kind: Some(FieldKind::Text), group: None });
    }
    columns
}

/// Where a row of a sheet stands among the parts of the table to be.
struct Places {
    /// Each sheet by name, with the position of its first part and how many it has.
    sheets: Vec<(String, u16, u16)>,
}

impl Places {
    fn of(sheets: &[&Sheet], shapes: &[Shape]) -> Self {
        let mut next = 0;
        let places = sheets.iter().zip(shapes).map(|(sheet, shape)| {
            let (first, count) = (next, u16::try_from(shape.shifts().count()).unwrap_or(1));
            next += count;
            (sheet.name.clone(), first, count)
        });
        Self { sheets: places.collect() }
    }

    /// The sheet of that name, or the first.
    fn sheet(&self, name: Option<&str>) -> Result<&(String, u16, u16)> {
        let found = match name {
            Some(name) => self.sheets.iter().find(|(known, ..)| known == name),
            None => self.sheets.first(),
        };
        found.ok_or_else(|| Missing::Sheet(name.unwrap_or_default().to_owned()).into())
    }

    fn at(&self, name: Option<&str>, half: u16, row: u32) -> Result<RowAt> {
        let (_, first, count) = self.sheet(name)?;
        Ok(RowAt { part: first + half.min(count - 1), row })
    }

    /// Rows of the ledger that rows of the sheets were taken out from. A row that was copied in the
    /// sheet and written over carries its word twice: then neither is known by it.
    fn taken_out(&self, words: &RowWords, sheets: &[&Sheet]) -> HashMap<RowAt, i64> {
        let mut rows: HashMap<i64, Vec<RowAt>> = HashMap::new();
        for (sheet, (_, first, _)) in sheets.iter().zip(&self.sheets) {
            for (row, word) in &sheet.row_words {
                if let Some(record) = words.record(word) {
                    rows.entry(record).or_default().push(RowAt { part: *first, row: row + 1 });
                }
            }
        }
        rows.into_iter()
            .filter_map(|(record, rows)| if let [at] = rows[..] { Some((at, record)) } else { None })
            .collect()
    }

    /// What the clerk corrected and left for later; a row without a half is left in all of them.
    fn said(&self, request: &ImportRequest) -> Result<Said> {
        let mut said = Said::default();
        for skip in &request.skip_rows {
            let (_, first, count) = self.sheet(skip.sheet.as_deref())?;
            let halves = (0..*count).filter(|half| skip.half.is_none_or(|named| named == *half));
            said.skipped.extend(halves.map(|half| RowAt { part: first + half, row: skip.row }));
        }
        for fix in &request.fixes {
            let column = column_index(&fix.letter)
                .ok_or_else(|| Error::Usage(format!("没有“{}”这一列", fix.letter)))?;
            let (sheet, ..) = self.sheet(fix.sheet.as_deref())?;
            said.fixes.insert((sheet.clone(), fix.row, column), fix.value.clone());
        }
        Ok(said)
    }

    fn decisions(&self, office: &Office, request: &ImportRequest) -> Result<Decisions> {
        let cells = |list: &[CellNamed]| -> Result<HashSet<(RowAt, String)>> {
            let places = list
                .iter()
                .map(|cell| Ok((self.at(cell.sheet.as_deref(), cell.half, cell.row)?, cell.field.clone())));
            places.collect()
        };
        let mut whom = HashMap::new();
        for choice in &request.choose {
            let at = self.at(choice.sheet.as_deref(), choice.half, choice.row)?;
            whom.insert(
                at,
                match &choice.uid {
                    Some(uid) => Whom::Subject(resident::number_of(office.connection(), uid)?),
                    None => Whom::New,
                },
            );
        }
        Ok(Decisions {
            taken_out: HashMap::new(),
            rule: request.conflict,
            take: cells(&request.take)?,
            keep: cells(&request.keep)?,
            columns: [(&request.take_columns, true), (&request.keep_columns, false)]
                .into_iter()
                .flat_map(|(fields, takes)| fields.iter().map(move |field| (field.clone(), takes)))
                .collect(),
            whom,
        })
    }
}

/// What the office knows, as far as the bound columns need it.
pub(in crate::import) fn before(office: &Office, table: &Table<'_>, kind: &LedgerKind) -> Result<Before> {
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
