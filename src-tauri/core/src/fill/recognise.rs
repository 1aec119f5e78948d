//! What a file asks to be filled, told with the same reading as an import: slots, samples, columns,
//! lines around the table, labels of one person, cells of figures.

use sha2::{Digest, Sha256};

use super::package::book::Book;
use super::package::look::Look;
use super::words::FormWords;
use super::{FormKind, document};
use crate::catalog::LedgerKind;
use crate::dictionary::{self, Subject};
use crate::error::Result;
use crate::import;
use crate::import::desk::Opened;
use crate::import::map::{Confidence, SeenColumn};
use crate::import::recognise::Correction;
use crate::import::shape::words::{is_example, tidy};
use crate::import::shape::{Kind, Shape, Zone};
use crate::import::sheet::{Format, Sheet, column_index};
use crate::office::Office;

mod figures;
mod lines;
mod person;

pub use figures::{FigureAt, PART_OF};
pub use lines::{LineAt, spread as lines_spread};
pub use person::Spot;

/// Slots of a form that has a heading and nothing laid out below it.
const OPEN_SLOTS: u32 = 1;

/// A form as recognised. Rows from 1, columns from 0.
pub struct Form {
    /// File name without folder.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Kind of file.
    pub format: Format,
    /// Name of the sheet.
    pub sheet: String,
    /// What it is.
    pub kind: FormKind,
    /// Which rows are what.
    pub shape: Shape,
    /// Rows to fill: empty slots, or the rows of given names.
    pub slots: Vec<u32>,
    /// Nothing is laid out below the last slot, so that more rows may simply follow.
    pub is_open: bool,
    /// Rows that only show how to fill in.
    pub samples: Vec<u32>,
    /// The columns of a table.
    pub columns: Vec<FormField>,
    /// Lines around the table that ask for the office's own particulars.
    pub lines: Vec<LineAt>,
    /// Places for values of one person.
    pub spots: Vec<Spot>,
    /// Cells of figures.
    pub figures: Vec<FigureAt>,
    /// Title and notes, for reading whom it is about.
    pub says: Vec<(String, &'static str)>,
    /// What the sheet asks of its cells.
    pub look: Look,
    /// A word for the layout and its title.
    pub fingerprint: String,
    /// The title without numbers, by which a new edition is known.
    pub title_key: String,
}

/// A column of a form.
#[derive(Debug, Clone)]
pub struct FormField {
    /// As the import sees it.
    pub seen: SeenColumn,
    /// Position, from 0.
    pub index: u32,
    /// It counts the rows.
    pub is_serial: bool,
    /// The form computes it.
    pub is_formula: bool,
}

impl Form {
    /// The text of a cell as the form has it: row from 1.
    #[must_use]
    pub fn text<'s>(&self, sheet: &'s Sheet, row: u32, column: u32) -> std::borrow::Cow<'s, str> {
        sheet.text(row.saturating_sub(1), column)
    }

    /// The column of letters.
    #[must_use]
    pub fn column(&self, letter: &str) -> Option<&FormField> {
        self.columns.iter().find(|column| column.seen.letter == letter)
    }
}

/// The sheet of a workbook that is most likely the form, when none is named.
///
/// # Errors
/// Reading what was taught fails.
pub fn sheet_of<'o>(office: &Office, opened: &'o Opened, name: Option<&str>) -> Result<Option<&'o Sheet>> {
    if let Some(name) = name {
        return Ok(opened.workbook.sheets.iter().find(|sheet| sheet.name == name));
    }
    let mut best: Option<(u8, &Sheet)> = None;
    for sheet in opened.workbook.sheets.iter().filter(|sheet| !sheet.hidden && !sheet.is_empty()) {
        let seen = import::recognise::recognise(office, sheet, &Correction::default(), None)?;
        let rank = match seen.shape.kind {
            Kind::BlankForm => 4,
            Kind::PersonForm | Kind::IndicatorForm => 3,
            Kind::Roster => 2,
            Kind::Empty | Kind::Other => 1,
        };
        if best.is_none_or(|(known, _)| rank > known) {
            best = Some((rank, sheet));
        }
    }
    Ok(best.map(|(_, sheet)| sheet))
}

/// Recognises the form on a sheet; `preferred` is the ledger whose own columns may be meant.
///
/// # Errors
/// The file is damaged, or reading what was taught fails.
pub fn recognise(
    office: &Office,
    opened: &Opened,
    bytes: &[u8],
    sheet: &Sheet,
    correction: &Correction,
    preferred: Option<&LedgerKind>,
) -> Result<Form> {
    let seen = import::recognise::recognise(office, sheet, correction, preferred)?;
    let look = match opened.workbook.format {
        Format::Xlsx => Look::read(&mut Book::open(bytes)?, &sheet.name)?,
        Format::Docx => document::look(bytes, table_of(opened, &sheet.name))?,
        _ => Look::default(),
    };
    let shape = seen.shape;
    let remembered = import::remembered(office.connection())?;
    let dictionary = &office.catalog().dictionary;
    let mut columns: Vec<FormField> = seen
        .columns
        .into_iter()
        .filter_map(|seen| {
            let levels: Vec<&str> = seen.levels.iter().map(String::as_str).collect();
            let is_serial = dictionary::find(dictionary, &levels, &remembered, Subject::Resident).serial;
            Some(FormField { index: column_index(&seen.letter)?, seen, is_serial, is_formula: false })
        })
        .collect();
    let rows = Rows::of(sheet, &shape, &columns, &look);
    let kind = rows.kind;
    for column in &mut columns {
        column.is_formula = rows.slots.iter().any(|row| look.formulas.contains(&(*row, column.index)));
    }
    let spots =
        if kind == FormKind::Person { person::spots(office, sheet, &shape, &look)? } else { Vec::new() };
    let figures = if kind == FormKind::Figures { figures::cells(sheet, &shape, &look) } else { Vec::new() };
    let title_key: String =
        shape.title.as_deref().map(tidy).unwrap_or_default().chars().filter(|c| !c.is_numeric()).collect();
    let mut form = Form {
        file: opened.file.clone(),
        sha256: opened.sha256.clone(),
        format: opened.workbook.format,
        sheet: sheet.name.clone(),
        kind,
        lines: lines::around(sheet, &shape, rows.last()),
        says: says(sheet, &shape, &opened.file),
        slots: rows.slots,
        is_open: rows.is_open,
        samples: rows.samples,
        columns,
        spots,
        figures,
        look,
        fingerprint: String::new(),
        title_key,
        shape,
    };
    form.fingerprint = fingerprint(&form);
    Ok(form)
}

/// Which table of a document a sheet is, from 0.
#[must_use]
pub fn table_of(opened: &Opened, sheet: &str) -> usize {
    opened.workbook.sheets.iter().position(|known| known.name == sheet).unwrap_or(usize::MAX)
}

/// A word for a form: equal titles and headings give equal words, whatever the month.
fn fingerprint(form: &Form) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(tidy(text));
        hash.update([0]);
    };
    add(form.kind.word());
    add(&form.title_key);
    form.columns.iter().for_each(|column| add(&column.seen.heading));
    form.spots.iter().for_each(|spot| add(&spot.label));
    form.figures.iter().for_each(|figure| add(&figure.row_label));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Title, notes and file name, each with where it stands.
fn says(sheet: &Sheet, shape: &Shape, file: &str) -> Vec<(String, &'static str)> {
    let mut says = Vec::new();
    if let Some(title) = &shape.title {
        says.push((title.clone(), "表名"));
    }
    for (label, value) in &shape.meta {
        says.push((format!("{label}：{value}"), "说明"));
    }
    for row in &shape.note_rows {
        for (_, cell) in sheet.row(row - 1) {
            says.push((cell.shown().into_owned(), "说明"));
        }
    }
    for line in &sheet.lines_above {
        says.push((line.clone(), "说明"));
    }
    says.push((file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned(), "文件名"));
    says
}

/// The rows to fill.
struct Rows {
    kind: FormKind,
    slots: Vec<u32>,
    samples: Vec<u32>,
    is_open: bool,
}

impl Rows {
    fn of(sheet: &Sheet, shape: &Shape, columns: &[FormField], look: &Look) -> Self {
        let samples = samples(sheet, shape);
        match shape.kind {
            Kind::PersonForm => Self::none(FormKind::Person),
            Kind::IndicatorForm => Self::none(FormKind::Figures),
            Kind::Empty | Kind::Other => Self::none(FormKind::None),
            Kind::BlankForm => Self::slots(shape, samples),
            Kind::Roster => Self::of_rows(sheet, shape, columns, look, samples),
        }
    }

    const fn none(kind: FormKind) -> Self {
        Self { kind, slots: Vec::new(), samples: Vec::new(), is_open: false }
    }

    fn slots(shape: &Shape, samples: Vec<u32>) -> Self {
        let Some((first, last)) = shape.data_rows else {
            let below = shape.header_rows.map_or(1, |(_, last)| last + 1);
            let below =
                samples.iter().chain(&shape.repeated_rows).fold(below, |below, row| below.max(row + 1));
            let slots = (below..below + OPEN_SLOTS).collect();
            return Self { kind: FormKind::List, slots, samples, is_open: true };
        };
        let is_slot =
            |row: &u32| matches!(shape.zone(*row), Zone::Data | Zone::Blank) && !samples.contains(row);
        Self {
            kind: FormKind::List,
            slots: (first..=last).filter(is_slot).collect(),
            samples,
            is_open: false,
        }
    }

    /// Rows that hold something: given names, or slots that are laid out with words of the form.
    fn of_rows(sheet: &Sheet, shape: &Shape, columns: &[FormField], look: &Look, samples: Vec<u32>) -> Self {
        let lines = shape.data_lines(sheet);
        let names: Vec<&FormField> = columns
            .iter()
            .filter(|column| matches!(column.seen.field.as_deref(), Some("person.name" | "person.id_number")))
            .collect();
        let words = FormWords::shipped();
        let is_empty = |row: u32, column: &FormField| {
            sheet.cell(row - 1, column.index).is_empty() || look.formulas.contains(&(row, column.index))
        };
        let is_shown =
            |row: &u32| names.iter().any(|column| words.is_sample_name(&sheet.text(row - 1, column.index)));
        let is_named = |row: u32| names.iter().any(|column| !is_empty(row, column));
        let (shown, real): (Vec<u32>, Vec<u32>) = lines.iter().partition(|row| is_shown(row));
        let is_blank = if names.is_empty() {
            // Without names: slots with constants of the form have at most a third of their cells filled.
            let open: Vec<&FormField> = columns.iter().filter(|column| !column.is_serial).collect();
            let filled =
                real.iter().map(|row| open.iter().filter(|c| !is_empty(*row, c)).count()).sum::<usize>();
            filled * 3 <= open.len() * real.len()
        } else {
            !real.iter().any(|row| is_named(*row))
        };
        let mut slots: Vec<u32> = shape.empty_slots.clone();
        if is_blank {
            slots.extend(&real);
            slots.sort_unstable();
            let mut samples = samples;
            samples.extend(shown);
            samples.sort_unstable();
            if slots.is_empty() {
                // A sample and nothing below it: rows that are laid out, or simply what follows.
                let after = samples.last().copied().unwrap_or(0);
                let stop =
                    shape.total_rows.iter().chain(&shape.note_rows).copied().filter(|row| *row > after).min();
                let last = stop.map_or(look.last_row, |stop| stop - 1);
                slots = (after + 1..=last).collect();
            }
            let is_open = slots.is_empty();
            if is_open {
                slots = vec![samples.last().map_or(1, |row| row + 1)];
            }
            return Self { kind: FormKind::List, slots, samples, is_open };
        }
        Self { kind: FormKind::Roster, slots: real, samples: [samples, shown].concat(), is_open: false }
    }

    fn last(&self) -> u32 {
        self.slots.last().copied().unwrap_or(0)
    }
}

/// Rows that a first text marks as an example.
fn samples(sheet: &Sheet, shape: &Shape) -> Vec<u32> {
    let after = shape.header_rows.map_or(0, |(_, last)| last);
    let is_sample = |row: &u32| {
        let cells = sheet.row(row - 1).filter(|(_, cell)| !cell.is_empty());
        let texts: Vec<String> = cells.map(|(_, cell)| tidy(&cell.shown())).collect();
        *row > after
            && texts.len() >= 2
            && texts.first().is_some_and(|first| is_example(first) || first == "例")
    };
    shape.note_rows.iter().copied().filter(is_sample).collect()
}

/// Whether a column may be filled: its field is sure or likely.
#[must_use]
pub fn is_taken(seen: &SeenColumn) -> bool {
    seen.field.is_some() && seen.confidence != Confidence::Ask
}
