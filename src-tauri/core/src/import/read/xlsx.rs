//! Workbooks of Office Open XML, cells streamed by `calamine`.
//!
//! The plain `worksheet_range` is never used: two far cells would make it ask for hundreds of
//! gigabytes. Merged areas and hidden rows come from [`super::marks`], read beside the cells.

use std::io::{Cursor, Error as IoError, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDateTime;
use rustc_hash::FxHashMap;

use super::super::guard::{self, Archive, Limits};
use super::super::sheet::{Cell, Format, GridBuilder, Sheet, Workbook};
use super::look::{self, Look};
use super::marks::{self, Marks};
use super::parts;
use crate::error::{BadFile, Error, Result};
use crate::progress::Progress;

/// Parts that are held in memory whole.
const HELD: &[&str] = &["sharedstrings.xml", "styles.xml", "workbook.xml", ".rels", "[content_types].xml"];
/// The fewest bytes of a shared text: `<si/>`.
const SMALLEST_TEXT: u64 = 5;

/// Reads a workbook.
///
/// # Errors
/// [`Error::Cancelled`] or [`Error::BadFile`].
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Workbook> {
    let mut archive = guard::open_archive(bytes)?;
    let sheet_parts = parts::of_sheets(&mut archive)?;
    check_held_parts(&mut archive)?;
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let marks = all_marks(bytes, &sheet_parts);
            stop.store(marks.is_err(), Ordering::Relaxed);
            marks
        });
        let sheets = read_sheets(Watched { bytes: Cursor::new(bytes), stop: &stop, progress }, progress);
        let marks = watcher.join().unwrap_or_else(|_| Err(BadFile::Damaged.into()));
        progress.check()?;
        assemble(sheets, marks)
    })
}

/// Counts the parts that are held in memory whole, and the room they ask for beforehand.
fn check_held_parts(archive: &mut Archive<'_>) -> Result<()> {
    let held: Vec<String> = parts::names(archive)
        .filter(|name| {
            let name = name.to_ascii_lowercase();
            HELD.iter().any(|ending| name.ends_with(ending))
        })
        .collect();
    for part in held {
        let (size, start) = guard::measure(archive, &part)?;
        let start = String::from_utf8_lossy(&start);
        let asked = start.split_once("uniqueCount=").and_then(|(_, rest)| {
            let digits = rest.trim_start_matches(['"', '\'', ' ']);
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            digits[..end].parse::<u128>().ok()
        });
        // Room is made for that many texts before one is read: no text takes fewer bytes.
        if asked.is_some_and(|asked| asked > u128::from(size / SMALLEST_TEXT) + 16) {
            return Err(BadFile::Damaged.into());
        }
    }
    Ok(())
}

/// A sheet whose merged areas are not known yet.
struct Draft {
    name: String,
    hidden: bool,
    cells: GridBuilder,
}

fn all_marks(bytes: &[u8], sheet_parts: &FxHashMap<String, String>) -> Result<FxHashMap<String, Marks>> {
    let mut archive = guard::open_archive(bytes)?;
    let mut all = FxHashMap::default();
    for (name, part) in sheet_parts {
        if archive.index_for_name(part).is_some() {
            all.insert(name.clone(), marks::of_part(&mut archive, part)?);
        }
    }
    // A part that no sheet seems to use may still be the one that is read.
    let is_other = |name: &String| {
        name.to_ascii_lowercase().contains("worksheets/") && !sheet_parts.values().any(|part| part == name)
    };
    let others: Vec<String> = parts::names(&archive).filter(is_other).collect();
    for part in others {
        marks::of_part(&mut archive, &part)?;
    }
    Ok(all)
}

fn assemble(sheets: Result<Vec<Draft>>, marks: Result<FxHashMap<String, Marks>>) -> Result<Workbook> {
    let mut marks = match (marks, &sheets) {
        (Ok(marks), _) => marks,
        (Err(error @ Error::BadFile(BadFile::TooLarge(_))), _) => return Err(error),
        (Err(_), Err(_)) => FxHashMap::default(),
        (Err(error), Ok(_)) => return Err(error),
    };
    let sheets = sheets?.into_iter().map(|draft| finish(draft, &mut marks)).collect();
    Ok(Workbook { format: Format::Xlsx, encoding: None, sheets })
}

fn finish(draft: Draft, marks: &mut FxHashMap<String, Marks>) -> Sheet {
    let marks = marks.remove(&draft.name).unwrap_or_default();
    let mut sheet = draft.cells.finish(&draft.name, marks.merges);
    sheet.hidden = draft.hidden;
    sheet.hidden_rows = marks.hidden_rows;
    sheet.hidden_columns = marks.hidden_columns;
    sheet
}

fn read_sheets(source: Watched<'_>, progress: &Progress) -> Result<Vec<Draft>> {
    let mut workbook = Xlsx::new(source).map_err(|error| of_calamine(&error))?;
    let listed: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut drafts = Vec::with_capacity(listed.len());
    let mut done = 0;
    for (name, hidden) in listed {
        let cells = match workbook.worksheet_cells_reader(&name) {
            Ok(mut reader) => {
                let mut cells = GridBuilder::new(Limits::default());
                let looks: Vec<Look> = reader.styles().iter().map(look::of).collect();
                while let Some((cell, style)) =
                    reader.next_cell_with_style_id().map_err(|error| of_calamine(&error))?
                {
                    let ((row, column), value) = (cell.get_position(), cell.get_value());
                    let look = looks.get(style).copied().unwrap_or(Look::Plain);
                    match look.text(value) {
                        Some(text) => cells.push(row, column, Cell::Text(&text))?,
                        None => push(&mut cells, row, column, value)?,
                    }
                    done += 1;
                    if done % 4096 == 0 {
                        progress.at(done)?;
                    }
                }
                cells
            }
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(of_calamine(&error)),
        };
        drafts.push(Draft { name, hidden, cells });
    }
    Ok(drafts)
}

/// Takes one value as `calamine` gives it.
///
/// # Errors
/// [`BadFile::TooLarge`].
pub(super) fn push(cells: &mut GridBuilder, row: u32, column: u32, value: &DataRef<'_>) -> Result<()> {
    match value {
        DataRef::Empty => {
            cells.note_blank(row);
            Ok(())
        }
        DataRef::SharedString(text) => cells.push(row, column, Cell::Text(text)),
        DataRef::String(text) | DataRef::DurationIso(text) => cells.push(row, column, Cell::Text(text)),
        DataRef::Float(number) => cells.push(row, column, Cell::Number(*number)),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet keeps no more digits either")]
        DataRef::Int(number) => cells.push(row, column, Cell::Number(*number as f64)),
        DataRef::Bool(is_true) => cells.push(row, column, Cell::Boolean(*is_true)),
        DataRef::Error(error) => cells.push(row, column, Cell::Error(&error.to_string())),
        DataRef::DateTimeIso(text) => match iso(text) {
            Some(moment) => cells.push(row, column, Cell::Date(moment)),
            None => cells.push(row, column, Cell::Text(text)),
        },
        DataRef::DateTime(moment) => push_moment(cells, row, column, *moment),
    }
}

fn push_moment(
    cells: &mut GridBuilder,
    row: u32,
    column: u32,
    moment: calamine::ExcelDateTime,
) -> Result<()> {
    let serial = moment.as_f64();
    if moment.is_duration() && serial >= 1.0 {
        let minutes = (serial * 1440.0).round();
        let text = format!("{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
        return cells.push(row, column, Cell::Text(&text));
    }
    let is_date = (0.0..2_958_466.0).contains(&serial);
    match moment.as_datetime().filter(|_| is_date) {
        Some(date) => cells.push(row, column, Cell::Date(date)),
        None => cells.push(row, column, Cell::Number(serial)),
    }
}

/// A moment in the ISO notation.
pub(super) fn iso(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M"))
        .ok()
        .or_else(|| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
}

fn of_calamine(error: &XlsxError) -> Error {
    match error {
        XlsxError::Password => BadFile::Encrypted.into(),
        _ => BadFile::Damaged.into(),
    }
}

/// Bytes that stop coming when the clerk cancels or the watcher finds too much.
#[derive(Clone)]
pub(super) struct Watched<'a> {
    bytes: Cursor<&'a [u8]>,
    stop: &'a AtomicBool,
    progress: &'a Progress,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) || self.progress.check().is_err() {
            return Err(IoError::other("stopped"));
        }
        self.bytes.read(buffer)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(to)
    }
}
