//! From an opened workbook to what the clerk is shown and what is imported: shapes, mapped columns,
//! suggested ledgers, and the [`Table`] of a chosen sheet. Reads what was taught; writes nothing.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::age::Ages;
use super::layout::{self, Layout};
use super::map::{self, How, SeenColumn, Words};
use super::shape::{self, MoreTable, Problem, Shape};
use super::sheet::{Sheet, column_index, column_letters};
use super::table::{Binding, From, Part, RowAt, Said, Table};
use super::unit;

use crate::catalog::{Catalog, Column, LedgerKind};
use crate::dictionary::reading::{self, Raw};
use crate::dictionary::{self, Dictionary, FieldDef, FieldKind, Subject};
use crate::error::{Error, Missing, Refusal, Result};
use crate::office::Office;
use crate::value::text::sentence;

/// Ledgers suggested for a sheet at most.
const SUGGESTED_AT_MOST: usize = 3;

/// Which field a column goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ColumnChoice {
    /// Letters of the column.
    pub letter: String,
    /// Dictionary field or row column; null leaves the column out.
    #[cfg_attr(test, ts(optional = false))]
    pub field: Option<String>,
    /// Title of a new column kept in this ledger only.
    #[serde(default)]
    pub own: Option<String>,
}

/// A column with the field it goes to, as replies name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MappedColumn {
    /// Letters of the column.
    pub letter: String,
    /// Heading, levels joined by `/`.
    pub heading: String,
    /// Field; null when the column is left out.
    pub field: Option<String>,
    /// How it was recognised.
    pub how: String,
    /// Why its values are not kept, in Chinese; none where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A ledger that fits a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Suggestion {
    /// Id of the ledger.
    pub id: String,
    /// Title.
    pub title: String,
    /// 0 to 1; only for ordering, never shown.
    pub score: f64,
    /// Why, in Chinese.
    pub why: String,
}

/// A sheet as recognised.
pub struct Recognised {
    /// Which rows are what.
    pub shape: Shape,
    /// Its columns.
    pub columns: Vec<SeenColumn>,
    /// Whether a sheet of this layout was imported before.
    pub is_known: bool,
    /// Fingerprint of the structure as it is recognised without the clerk's help.
    pub unaided: String,
    /// Heading rows as they are recognised without the clerk's help.
    pub unaided_header: Option<(u32, u32)>,
}

/// What the clerk corrected by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// Header rows, from 1, both included.
    pub header_rows: Option<(u32, u32)>,
    /// Data rows, from 1, both included.
    pub data_rows: Option<(u32, u32)>,
}

/// Recognises a sheet, in favour of a ledger when one is chosen.
///
/// # Errors
/// Reading what was taught fails.
pub fn recognise(
    office: &Office,
    sheet: &Sheet,
    correction: &Correction,
    preferred: Option<&LedgerKind>,
) -> Result<Recognised> {
    let catalog = office.catalog();
    let remembered = super::remembered(office.connection())?;
    let knows = |text: &str| map::is_heading(&catalog.dictionary, &remembered, text);
    let unaided = shape::recognise(sheet, &knows);
    let fingerprint = unaided.fingerprint();
    let own = unaided.header_rows;
    let taught =
        layout::known(office.connection(), &unaided, preferred)?.and_then(|layout| layout.header(own));
    // Told data rows alone leave the heading where it was recognised.
    let beside = own.filter(|_| correction.data_rows.is_some());
    let shape = match correction.header_rows.or(taught).or(beside) {
        Some(header) => shape::with_header(sheet, header, correction.data_rows, &knows),
        None => unaided,
    };
    let words = Words {
        dictionary: &catalog.dictionary,
        codes: &catalog.codes,
        remembered: &remembered,
        today: office.clock().today(),
    };
    let mut columns = map::map_columns(sheet, &shape, &words, preferred);
    tell_fields(&mut columns, preferred, &catalog.dictionary);
    let known = heed_layout(office, sheet, &shape, &words, preferred, &mut columns)?;
    for reason in columns.iter_mut().flat_map(|seen| &mut seen.reasons) {
        *reason = sentence(reason);
    }
    Ok(Recognised {
        shape,
        columns,
        is_known: known.is_some_and(|layout| preferred.is_none_or(|kind| kind.id == layout.ledger)),
        unaided: fingerprint,
        unaided_header: own,
    })
}

/// Gives columns the headings of the ledger, and says of what is computed that it is not kept.
fn tell_fields(columns: &mut [SeenColumn], preferred: Option<&LedgerKind>, dictionary: &Dictionary) {
    for seen in columns {
        let own = preferred.zip(seen.field.as_deref()).and_then(|(kind, field)| kind.column(field));
        seen.title = own.map(Column::full_title).or(seen.title.take());
        let field = seen.field.as_deref().and_then(|id| dictionary.get(id));
        if let Some(field) = field.filter(|field| field.computed.is_some()) {
            seen.reasons.push(format!("{}由出生日期算出，不另存，只用来核对", field.title));
        }
    }
}

/// Lets a layout that was imported before say where the columns go, or what a renamed one was called.
fn heed_layout(
    office: &Office,
    sheet: &Sheet,
    shape: &Shape,
    words: &Words<'_>,
    preferred: Option<&LedgerKind>,
    columns: &mut [SeenColumn],
) -> Result<Option<Layout>> {
    let known = layout::known(office.connection(), shape, preferred)?;
    match &known {
        Some(layout) => {
            layout::apply(layout, columns, preferred, words.dictionary);
            map::doubt_remembered(sheet, shape, words, preferred, columns);
        }
        None => layout::propose_renamed(office.connection(), columns, preferred, words.dictionary)?,
    }
    Ok(known)
}

/// What is wrong with the values of a form about one person, told by the labels beside them.
///
/// # Errors
/// Reading what was taught fails.
pub fn form_problems(office: &Office, sheet: &Sheet, shape: &Shape) -> Result<Vec<Problem>> {
    let catalog = office.catalog();
    let remembered = super::remembered(office.connection())?;
    let knows = |text: &str| map::is_heading(&catalog.dictionary, &remembered, text);
    let today = office.clock().today();
    let labels = shape::labels(sheet, &knows);
    let problems = labels.iter().filter_map(|label| {
        let (row, column) = label.at?;
        let is_inside = |table: &MoreTable| {
            let last = table.data_rows.unwrap_or(table.header_rows).1;
            (table.header_rows.0..=last).contains(&(row + 1))
        };
        if shape.more_tables.iter().any(is_inside) {
            return None;
        }
        let path = [label.label.as_str()];
        let found = dictionary::find(&catalog.dictionary, &path, &remembered, Subject::Resident);
        // Words beside a box (☑助老 □环保) are no entry of a list; numbers and days are what they are.
        let field = found.sure().filter(|field| field.kind != FieldKind::Code)?;
        let problem = reading::read(field, Raw::Text(&label.value), &catalog.codes, today).problem?;
        Some(Problem {
            row: row + 1,
            column: Some(column_letters(column)),
            sheet: None,
            half: 0,
            code: problem.code,
            message: sentence(&problem.message),
            value: None,
        })
    });
    Ok(problems.collect())
}

/// The mapping after the clerk's choices: what was surely or likely recognised, then what was said.
#[must_use]
pub fn mapping(columns: &[SeenColumn], choices: Option<&[ColumnChoice]>) -> Vec<MappedColumn> {
    columns
        .iter()
        .map(|seen| {
            let choice =
                choices.and_then(|choices| choices.iter().find(|choice| choice.letter == seen.letter));
            let proposed = seen.field.clone().filter(|_| seen.confidence != map::Confidence::Ask);
            let (field, how) = match choice {
                Some(choice) if choice.field != seen.field => (choice.field.clone(), "chosen".to_owned()),
                Some(choice) => (choice.field.clone(), word(seen.how).to_owned()),
                None => (proposed, word(seen.how).to_owned()),
            };
            let is_left = field.is_none() && choice.is_none_or(|choice| choice.own.is_none());
            let note = is_left.then(|| why_left(seen, choice.is_some()));
            MappedColumn { letter: seen.letter.clone(), heading: seen.heading.clone(), field, how, note }
        })
        .collect()
}

/// Why a column is left out: what was seen of it, or that nobody said where it goes.
fn why_left(seen: &SeenColumn, is_told: bool) -> String {
    let said = seen.reasons.last().map_or("", |reason| reason.trim_end_matches('。'));
    match seen.confidence {
        map::Confidence::Ask if is_told => "您没有选放到哪一栏，不导入。".to_owned(),
        map::Confidence::Ask if said.is_empty() => "还没有选放到哪一栏，先不导入。".to_owned(),
        map::Confidence::Ask => format!("{said}；还没有选放到哪一栏，先不导入。"),
        _ if is_told && seen.field.is_some() => "您选了不导入这一栏。".to_owned(),
        _ if said.is_empty() => "这一栏不导入。".to_owned(),
        _ => sentence(said),
    }
}

/// Tells of columns that have a field and are not kept all the same: what is computed from others, and
/// the second of two for one field.
pub fn note_unkept(mapping: &mut [MappedColumn], fields: &dyn Fn(&str) -> Option<FieldDef>) {
    let mut bound: Vec<(String, String)> = Vec::new();
    for column in mapping {
        let Some(field) = column.field.as_deref().and_then(fields) else { continue };
        let title = &field.title;
        if let Some((_, letter)) = bound.iter().find(|(id, _)| *id == field.id) {
            column.note = Some(format!("{letter} 栏已经放到“{title}”，这一栏不导入。"));
        } else if field.computed.is_some() {
            column.note = Some(format!("{title}由出生日期算出，不另存，只用来核对。"));
        }
        bound.push((field.id, column.letter.clone()));
    }
}

/// How a column was recognised, as replies say it.
const fn word(how: How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::Alias => "alias",
        How::Remembered => "remembered",
        How::Values => "values",
        How::None => "none",
    }
}

/// The data rows of sheets of one layout, bound by a mapping; `sheet_field` takes their names.
///
/// # Errors
/// [`Refusal::NoTable`] when the first sheet has no data rows, [`Missing::Field`] for an unknown field.
pub fn table<'a>(
    catalog: &'a Catalog,
    today: NaiveDate,
    sheets: &[(&'a Sheet, &'a Shape)],
    mapping: &[MappedColumn],
    kind: Option<&'a LedgerKind>,
    sheet_field: Option<&str>,
    said: &'a Said,
) -> Result<Table<'a>> {
    let parts = parts(sheets)?;
    let (rows, skipped) = rows(&parts, said);
    let mut bindings = Vec::new();
    let mut bound = HashSet::new();
    let mut age = None;
    for column in mapping {
        let Some(id) = &column.field else { continue };
        let field = field_of(catalog, kind, id)?;
        let index = column_index(&column.letter)
            .ok_or_else(|| Error::Usage(format!("没有“{}”这一列", column.letter)))?;
        if field.computed.is_some() {
            age = age.or(Some(index));
        } else if bound.insert(id.clone()) {
            let scale = unit::scale(field, &column.heading, sheets.iter().map(|(_, shape)| *shape));
            bindings.push(Binding::new(From::Column(index), field).scaled(scale));
        }
    }
    if let Some(id) = sheet_field.filter(|id| !bound.contains(*id)) {
        let field = field_of(catalog, kind, id)?;
        bindings.push(Binding::new(From::SheetName, field));
    }
    let age = age.map(Ages::new);
    let table = Table { parts, rows, skipped, bindings, said, age, codes: &catalog.codes, today };
    Ok(table.with_open_lists().with_ages())
}

/// Every sheet, and of lists set side by side every half.
fn parts<'a>(sheets: &[(&'a Sheet, &'a Shape)]) -> Result<Vec<Part<'a>>> {
    let mut parts = Vec::new();
    for &(sheet, shape) in sheets {
        if shape.data_rows.is_none() {
            return Err(Refusal::NoTable { sheet: sheet.name.clone() }.into());
        }
        parts.extend(shape.shifts().map(|shift| Part { sheet, shape, shift }));
    }
    Ok(parts)
}

/// The rows to import, and those the clerk left for later.
fn rows(parts: &[Part<'_>], said: &Said) -> (Vec<RowAt>, Vec<RowAt>) {
    let (mut rows, mut skipped) = (Vec::new(), Vec::new());
    for (position, part) in (0u16..).zip(parts) {
        for row in part.shape.data_lines_at(part.sheet, part.shift) {
            let at = RowAt { part: position, row };
            let list = if said.skipped.contains(&at) { &mut skipped } else { &mut rows };
            list.push(at);
        }
    }
    (rows, skipped)
}

/// A field of the ledger or the dictionary.
fn field_of<'a>(catalog: &'a Catalog, kind: Option<&'a LedgerKind>, id: &str) -> Result<&'a FieldDef> {
    kind.and_then(|kind| kind.column(id))
        .map(|column| &column.field)
        .or_else(|| catalog.dictionary.get(id))
        .ok_or_else(|| Error::NotFound(Missing::Field(id.to_owned())))
}

/// Ledgers a sheet would fit, best first: by remembered layout, words of the title, common columns.
///
/// # Errors
/// Reading fails.
pub fn suggest(office: &Office, file: &str, recognised: &Recognised) -> Result<Vec<Suggestion>> {
    let said = format!("{file} {}", recognised.shape.title.as_deref().unwrap_or_default());
    let fields: HashSet<&str> =
        recognised.columns.iter().filter_map(|column| column.field.as_deref()).collect();
    let remembered = layout::known(office.connection(), &recognised.shape, None)?;
    let mut suggestions: Vec<Suggestion> = office
        .ledger_kinds()
        .map(|kind| {
            let common = kind.columns.iter().filter(|column| fields.contains(column.id())).count();
            let own = kind
                .columns
                .iter()
                .filter(|column| common > 0 && fields.contains(column.id()) && !is_base(column.id()))
                .count();
            let names_it = kind.suggested_by.iter().any(|word| said.contains(word.as_str()));
            let is_known = remembered.as_ref().is_some_and(|layout| layout.ledger == kind.id);
            let share = common as f64 / fields.len().max(1) as f64;
            let score = f64::from(u8::from(is_known)) * 2.0
                + f64::from(u8::from(names_it))
                + share * 0.3
                + own as f64 / kind.columns.len().max(1) as f64 * 0.6;
            let why = if is_known {
                "上次这种表就放在这里".to_owned()
            } else if names_it {
                format!("表名对得上，{common} 栏相同")
            } else {
                format!("{common} 栏相同")
            };
            Suggestion { id: kind.id.clone(), title: kind.title.clone(), score, why }
        })
        .collect();
    suggestions.sort_by(|a, b| b.score.total_cmp(&a.score));
    suggestions.truncate(SUGGESTED_AT_MOST);
    Ok(suggestions)
}

/// Columns every roster has tell no ledger from another.
fn is_base(field: &str) -> bool {
    matches!(
        field,
        "person.name"
            | "person.id_number"
            | "person.gender"
            | "person.birth_on"
            | "person.age"
            | "person.phone"
            | "person.living_address"
            | "person.registered_address"
            | "place.building"
            | "place.unit"
            | "place.room"
    ) || field.ends_with(".note")
}
