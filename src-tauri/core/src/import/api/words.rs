//! What the import commands are asked and what they answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::dictionary::Authority;
use crate::history::api::HistoryOp;
use crate::import::map::SeenColumn;
use crate::import::plan::{ConflictRule, Counts};
use crate::import::recognise::{ColumnChoice, MappedColumn, Suggestion};
use crate::import::shape::{self, Problem, Zone};

/// Which file to open.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct OpenRequest {
    /// Path of the file.
    pub path: String,
    /// Ledger in whose favour columns are recognised.
    pub ledger: Option<String>,
}

/// What a file is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Inspection {
    /// File name without folder.
    pub file: String,
    /// `xlsx`, `xls`, `xlsb`, `ods`, `csv`, `html`, `xml2003` or `docx`.
    pub format: &'static str,
    /// Character encoding of a text file.
    pub encoding: Option<String>,
    /// Whether the very same file was imported before.
    pub seen_before: bool,
    /// Files of a folder that are no one-person forms and were left out.
    pub left_out: Vec<String>,
    /// Its sheets.
    pub sheets: Vec<InspectedSheet>,
}

/// What a sheet is. Rows count from 1 as the clerk sees them.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct InspectedSheet {
    /// Name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// `roster`, `blank_form`, `person_form`, `indicator_form`, `empty` or `other`.
    pub kind: shape::Kind,
    /// Title above the table.
    pub title: Option<String>,
    /// Facts of the form, such as 填报单位.
    pub meta: BTreeMap<String, String>,
    /// First and last header row.
    pub header_rows: Option<(u32, u32)>,
    /// First and last data row.
    pub data_rows: Option<(u32, u32)>,
    /// Rows with totals.
    pub total_rows: Vec<u32>,
    /// Rows with notes and signatures.
    pub note_rows: Vec<u32>,
    /// Rows within the data that are none: headings again, subtotals, titles of sections, blank ones.
    pub skipped_rows: Vec<u32>,
    /// Rows hidden or filtered away in the file; they are imported all the same.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, by letters.
    pub hidden_columns: Vec<String>,
    /// Halves of a list set side by side, by first and last column; one for any other table.
    pub blocks: Vec<(String, String)>,
    /// Other tables below this one; each is read when its `header_rows` are asked for.
    pub more_tables: Vec<shape::MoreTable>,
    /// Values that were tidied on the way.
    pub tidied: usize,
    /// Whether a sheet of this layout was imported before: nothing is left to ask.
    pub known_layout: bool,
    /// Other sheets of the file with the same headings.
    pub same_layout: Vec<String>,
    /// Who may have sent it, as the sheet says itself.
    pub sender: Option<String>,
    /// What tells its layout from others.
    #[serde(skip)]
    pub(super) fingerprint: String,
    /// Rows up to the last one with a value.
    pub rows: u32,
    /// Columns up to the last one with a value.
    pub width: u32,
    /// Its columns.
    pub columns: Vec<SeenColumn>,
    /// What the clerk should see, at most five hundred.
    pub problems: Vec<Problem>,
    /// Ledgers it would fit, best first.
    pub ledgers: Vec<Suggestion>,
}

/// A block of cells copied from another program.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct PasteRequest {
    /// The cells as text with tabs.
    pub text: String,
    /// The same as a web page, where the other program gives one.
    #[serde(default)]
    pub html: Option<String>,
}

/// What was pasted, lying open like a file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PasteReply {
    /// The path it goes by.
    pub path: String,
    /// Its rows.
    pub rows: u32,
    /// Its columns.
    pub width: u32,
}

/// Which part of a sheet to show.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CellsRequest {
    /// Path of the file.
    pub path: String,
    /// Name of the sheet.
    pub sheet: String,
    /// First row, from 1.
    pub from: u32,
    /// Rows at most.
    pub count: u32,
    /// Header rows as the clerk corrected them.
    pub header_rows: Option<(u32, u32)>,
    /// Data rows as the clerk corrected them.
    pub data_rows: Option<(u32, u32)>,
}

/// A part of a sheet as it stands in the file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CellsReply {
    /// The rows, empty ones included.
    pub rows: Vec<SheetRow>,
    /// Merged areas that touch the rows.
    pub merges: Vec<MergedArea>,
    /// Rows of the sheet in all.
    pub total: u32,
}

/// A row as it stands in the file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SheetRow {
    /// Row from 1.
    pub row: u32,
    /// `title`, `meta`, `header`, `data`, `total`, `note` or `blank`.
    pub zone: Zone,
    /// Whether the row is hidden in the file.
    pub hidden: bool,
    /// Texts as the clerk sees them.
    pub cells: Vec<String>,
}

/// A merged area; rows from 1, columns from 0.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MergedArea {
    /// First row, from 1.
    pub row: u32,
    /// First column, from 0.
    pub column: u32,
    /// Rows it covers.
    pub rows: u32,
    /// Columns it covers.
    pub columns: u32,
}

/// A cell the clerk corrected on the way.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// Row from 1.
    pub row: u32,
    /// Letters of the column.
    pub letter: String,
    /// What it should say.
    pub value: String,
    /// Name of the sheet, when several are imported together.
    #[serde(default)]
    pub sheet: Option<String>,
}

/// A row of the sheet.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct RowNamed {
    /// Row from 1.
    pub row: u32,
    /// Name of the sheet, when several are imported together.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Which half of a list set side by side, from 0; all of them when not said.
    #[serde(default)]
    pub half: Option<u16>,
}

/// A cell of the sheet by the field it holds.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CellNamed {
    /// Row from 1.
    pub row: u32,
    /// Field of the cell.
    pub field: String,
    /// Name of the sheet, when several are imported together.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Which half of a list set side by side, from 0.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<u16>"))]
    pub half: u16,
}

/// Whom a row means.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// Row from 1.
    pub row: u32,
    /// Name of the sheet, when several are imported together.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Which half of a list set side by side, from 0.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<u16>"))]
    pub half: u16,
    /// Unique number of the resident; none for somebody new.
    #[serde(default)]
    pub uid: Option<String>,
}

/// What to import and how.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// Path of the file.
    pub path: String,
    /// Name of the sheet; the first visible one when not said.
    pub sheet: Option<String>,
    /// Id of the ledger.
    pub ledger: String,
    /// Choices that differ from what was recognised.
    pub mapping: Option<Vec<ColumnChoice>>,
    /// Header rows as the clerk corrected them.
    pub header_rows: Option<(u32, u32)>,
    /// Data rows as the clerk corrected them.
    pub data_rows: Option<(u32, u32)>,
    /// Further sheets of the same layout, read after the first.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    pub sheets: Vec<String>,
    /// Field that takes the name of each sheet.
    pub sheet_field: Option<String>,
    /// Who sent the file.
    pub sender: Option<String>,
    /// What happens to differing values.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<ConflictRule>"))]
    pub conflict: ConflictRule,
    /// Cells corrected on the way.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<Fix>>"))]
    pub fixes: Vec<Fix>,
    /// Rows left for later.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<RowNamed>>"))]
    pub skip_rows: Vec<RowNamed>,
    /// Differing values taken over whatever the rule.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<CellNamed>>"))]
    pub take: Vec<CellNamed>,
    /// Differing values kept out whatever the rule.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<CellNamed>>"))]
    pub keep: Vec<CellNamed>,
    /// Fields whose differing values are all taken over, but for single cells told otherwise.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    pub take_columns: Vec<String>,
    /// Fields whose differing values are all kept out, but for single cells told otherwise.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    pub keep_columns: Vec<String>,
    /// Whom doubtful rows mean.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<Choose>>"))]
    pub choose: Vec<Choose>,
}

/// What an import would do or has done.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ImportReply {
    /// Number of the op; null for a preview or when nothing changed.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Rows by outcome.
    #[serde(flatten)]
    pub counts: Counts,
    /// What the clerk should see, at most five hundred.
    pub problems: Vec<Problem>,
    /// How many problems in all.
    pub problem_count: usize,
    /// Where each column goes.
    pub mapping: Vec<MappedColumn>,
    /// Values that were tidied on the way: spaces, full-width digits, invisible characters.
    pub tidied: usize,
    /// Rows set aside into the tray (待处理): refused, or with a value that could not be read.
    pub tray: usize,
    /// Rows of each outcome, at most two hundred of each.
    pub rows: PlanRows,
    /// Columns with values that differ, counted over all rows.
    pub differing: Vec<DifferingColumn>,
}

/// A column with values that differ from what is known.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DifferingColumn {
    /// Field.
    pub field: String,
    /// Title of the field.
    pub title: String,
    /// Whose word counts by the rule.
    pub wins: Authority,
    /// How many cells differ.
    pub count: usize,
}

/// Rows of a plan by outcome.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PlanRows {
    /// New to the ledger.
    pub added: Vec<PlanRow>,
    /// Filled in.
    pub changed: Vec<PlanRow>,
    /// Nothing new.
    pub same: Vec<PlanRow>,
    /// Something differs.
    pub conflict: Vec<PlanRow>,
    /// Not imported.
    pub refused: Vec<PlanRow>,
    /// In the ledger but not in the sheet; `row` is 0.
    pub absent: Vec<PlanRow>,
}

/// One row of a plan as shown.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PlanRow {
    /// Row from 1.
    pub row: u32,
    /// Name of the sheet, when several are imported together.
    pub sheet: Option<String>,
    /// Which half of a list set side by side, from 0.
    pub half: u16,
    /// Name as the sheet says it.
    pub name: String,
    /// What tells namesakes apart: door or year of birth.
    pub who: String,
    /// What would change.
    pub cells: Vec<PlanCell>,
    /// Why.
    pub reasons: Vec<String>,
    /// Residents it may mean, when it cannot be told which.
    pub candidates: Vec<Candidate>,
}

/// A resident a row may mean.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Candidate {
    /// Unique number.
    pub uid: String,
    /// Name.
    pub name: String,
    /// 男, 女 or empty.
    pub gender: String,
    /// Date of birth, canonical.
    pub birth_on: Option<String>,
    /// Where the person lives.
    pub place: String,
    /// Telephone, masked.
    pub phone: String,
    /// Identity number, masked.
    pub id_number: String,
}

/// One cell of a plan as shown.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PlanCell {
    /// Field.
    pub field: String,
    /// Title of the field.
    pub title: String,
    /// What is known; null when nothing.
    pub before: Option<String>,
    /// What the sheet says.
    pub after: String,
    /// Whose word counts when they differ.
    pub wins: Authority,
    /// Whether the sheet's value is taken over.
    pub taken: bool,
    /// Whether it is what is known, told more exactly: filled in without asking.
    pub finer: bool,
    /// The rule in words, when they differ.
    pub why: Option<String>,
}

/// The imports so far, newest first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BatchesReply {
    /// The imports.
    pub batches: Vec<HistoryOp>,
}
