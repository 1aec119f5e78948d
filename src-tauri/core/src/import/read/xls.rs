//! Workbooks in the older binary format of Excel and WPS.
//!
//! The cells come from `calamine`, which lays them out densely: so the records are walked first
//! for how far they reach, for hidden rows and columns, and for rows that are only laid out.

use std::io::Cursor;

use calamine::{Data, Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::super::guard::{self, Limits};
use super::super::sheet::{Format, GridBuilder, Merge, Sheet, Workbook};
use super::compound::{Compound, long, word};
use super::{stray, xlsx};
use crate::error::{BadFile, Error, Result};
use crate::progress::Progress;

/// Cells that may be laid out densely over all sheets.
const DENSE_CELLS: u64 = 6_000_000;
/// Above this many, cells far beside the tables are looked for first.
const SPACIOUS_CELLS: u64 = 500_000;
/// What a sheet can be wide and high in this format.
const FORMAT_CELLS: u64 = 65_536 * 256;

/// Reads a workbook.
///
/// # Errors
/// [`Error::Cancelled`] or [`Error::BadFile`].
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Workbook> {
    let container = Compound::open(bytes)?;
    let name = ["Workbook", "Book"].into_iter().find(|name| container.has(name)).ok_or(BadFile::Damaged)?;
    let mut stream = container.stream(name).ok_or(BadFile::Damaged)?;
    let mut marks = walk(&stream)?;
    let mut cleaned = None;
    if dense_cells(&marks) > SPACIOUS_CELLS {
        let strays: Vec<usize> = marks.iter().flat_map(|sheet| stray::find(&stream, sheet.start)).collect();
        cleaned = stray::without(bytes, &container, name, &strays);
        for at in strays {
            stream[at..at + 2].copy_from_slice(&stray::UNKNOWN);
        }
        marks = walk(&stream)?;
    }
    if dense_cells(&marks) > DENSE_CELLS {
        return guard::too_large("格子太多");
    }
    drop(stream);
    progress.check()?;
    let bytes = cleaned.as_deref().unwrap_or(bytes);
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|error| of_calamine(&error))?;
    progress.check()?;
    let listed: Vec<(usize, String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .enumerate()
        .filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
        .map(|(at, sheet)| (at, sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut sheets = Vec::with_capacity(listed.len());
    for (at, name, hidden) in listed {
        let mut sheet = read_sheet(&mut workbook, &name, marks.get(at), progress)?;
        sheet.hidden = hidden;
        sheets.push(sheet);
    }
    Ok(Workbook { format: Format::Xls, encoding: None, sheets })
}

fn read_sheet(
    workbook: &mut Xls<Cursor<&[u8]>>,
    name: &str,
    marks: Option<&Marks>,
    progress: &Progress,
) -> Result<Sheet> {
    let merges = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let range = workbook.worksheet_range(name).map_err(|error| of_calamine(&error))?;
    let mut cells = GridBuilder::new(Limits::default());
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, value) in range.used_cells() {
        let row = top + u32::try_from(row).unwrap_or(u32::MAX - top);
        let column = left + u32::try_from(column).unwrap_or(u32::MAX - left);
        push(&mut cells, row, column, value)?;
        if column == left && row % 512 == 0 {
            progress.at(u64::from(row))?;
        }
    }
    for &row in marks.map_or(&[][..], |marks| &marks.blank_rows) {
        cells.note_blank(row);
    }
    let mut sheet = cells.finish(name, merges.iter().map(of_dimensions).collect());
    if let Some(marks) = marks {
        sheet.hidden_rows.clone_from(&marks.hidden_rows);
        sheet.hidden_columns.clone_from(&marks.hidden_columns);
    }
    Ok(sheet)
}

fn of_dimensions(area: &Dimensions) -> Merge {
    Merge {
        row: area.start.0,
        column: area.start.1,
        rows: area.end.0.saturating_sub(area.start.0) + 1,
        columns: area.end.1.saturating_sub(area.start.1) + 1,
    }
}

fn push(cells: &mut GridBuilder, row: u32, column: u32, value: &Data) -> Result<()> {
    use calamine::DataRef;
    let value = match value {
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(is_true) => DataRef::Bool(*is_true),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => return Ok(()),
    };
    xlsx::push(cells, row, column, &value)
}

fn of_calamine(error: &XlsError) -> Error {
    match error {
        XlsError::Password => BadFile::Encrypted.into(),
        _ => BadFile::Damaged.into(),
    }
}

/// What the records of one sheet say beside its cells.
#[derive(Default)]
struct Marks {
    /// Where the sheet begins in the stream.
    start: usize,
    rows: Option<(u32, u32)>,
    columns: Option<(u32, u32)>,
    declared: u64,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
    blank_rows: Vec<u32>,
}

impl Marks {
    fn cover(&mut self, row: u16, column: u16) {
        let widen = |range: Option<(u32, u32)>, at: u16| {
            let at = u32::from(at);
            Some(range.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
        };
        self.rows = widen(self.rows, row);
        self.columns = widen(self.columns, column);
    }

    fn area(&self) -> u64 {
        let span = |range: Option<(u32, u32)>| range.map_or(0, |(first, last)| u64::from(last - first) + 1);
        span(self.rows) * span(self.columns)
    }
}

/// How many cells will be made room for.
fn dense_cells(marks: &[Marks]) -> u64 {
    marks.iter().map(|sheet| sheet.area().max(sheet.declared)).sum()
}

/// Walks the records of all sheets before anything is laid out.
fn walk(stream: &[u8]) -> Result<Vec<Marks>> {
    let mut sheets = Vec::new();
    for (kind, body) in Records(stream) {
        match kind {
            0x002F if body.iter().any(|&byte| byte != 0) => return Err(BadFile::Encrypted.into()),
            0x0085 => {
                let at = long(body, 0)? as usize;
                let marks = walk_sheet(stream.get(at..).ok_or(BadFile::Damaged)?)?;
                sheets.push(Marks { start: at, ..marks });
            }
            0x000A => break,
            _ => {}
        }
    }
    Ok(sheets)
}

fn walk_sheet(stream: &[u8]) -> Result<Marks> {
    let mut marks = Marks::default();
    let mut depth = 0u32;
    for (kind, body) in Records(stream) {
        match kind {
            0x0809 | 0x0409 | 0x0209 | 0x0009 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            _ if depth > 1 => {}
            0x0200 => marks.declared = declared(body)?,
            0x0006 | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E if body.len() >= 4 => {
                marks.cover(word(body, 0)?, word(body, 2)?);
            }
            0x00BD if body.len() >= 6 => {
                marks.cover(word(body, 0)?, word(body, 2)?);
                marks.cover(word(body, 0)?, word(body, body.len() - 2)?);
            }
            0x00BE | 0x0201 if body.len() >= 4 => {
                let row = u32::from(word(body, 0)?);
                if marks.blank_rows.last() != Some(&row) {
                    marks.blank_rows.push(row);
                }
            }
            0x0208 if body.len() >= 16 && word(body, 12)? & 0x20 != 0 => {
                marks.hidden_rows.push(u32::from(word(body, 0)?));
            }
            0x007D if body.len() >= 10 && word(body, 8)? & 1 != 0 => {
                let last = word(body, 2)?.min(255);
                marks.hidden_columns.extend((word(body, 0)?..=last).map(u32::from));
            }
            _ => {}
        }
    }
    Ok(marks)
}

/// The declared size, for which room will be made; refuses one that the format cannot have.
fn declared(body: &[u8]) -> Result<u64> {
    let cells = match body.len() {
        10 => {
            let rows = u64::from(word(body, 2)?).saturating_sub(u64::from(word(body, 0)?));
            rows * u64::from(word(body, 6)?)
        }
        14 | 16 => {
            let rows = u64::from(long(body, 4)?).saturating_sub(u64::from(long(body, 0)?));
            rows * u64::from(word(body, 10)?)
        }
        _ => return Err(BadFile::Damaged.into()),
    };
    if cells > FORMAT_CELLS { Err(BadFile::Damaged.into()) } else { Ok(cells) }
}

/// The records of a stream: kind and body.
pub(super) struct Records<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (word(self.0, 0).ok()?, usize::from(word(self.0, 2).ok()?));
        let body = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((kind, body))
    }
}
