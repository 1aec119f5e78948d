//! Workbooks of the binary flavour of Office Open XML, cells streamed by `calamine`.
//!
//! Merged areas, hidden rows and hidden columns are read here from the records of the sheet's part.

use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};
use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::super::guard::{self, Archive, Limits};
use super::super::sheet::{Format, GridBuilder, Merge, Workbook};
use super::compound::long;
use super::{parts, xlsx, xml};
use crate::error::{BadFile, Error, Result};
use crate::progress::Progress;

const SHEET: u32 = 0x009C;
const MERGE: u32 = 0x00B0;
const ROW: u32 = 0x0000;
const COLUMNS: u32 = 0x003C;

/// Reads a workbook.
///
/// # Errors
/// [`Error::Cancelled`] or [`Error::BadFile`].
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Workbook> {
    let mut archive = guard::open_archive(bytes)?;
    let mut marks = all_marks(&mut archive)?;
    let mut workbook = Xlsb::new(Cursor::new(bytes)).map_err(|error| of_calamine(&error))?;
    let listed: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut sheets = Vec::with_capacity(listed.len());
    let mut done = 0;
    for (name, hidden) in listed {
        let mut cells = GridBuilder::new(Limits::default());
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(|error| of_calamine(&error))?;
        while let Some(cell) = reader.next_cell().map_err(|error| of_calamine(&error))? {
            let (row, column) = cell.get_position();
            xlsx::push(&mut cells, row, column, cell.get_value())?;
            done += 1;
            if done % 4096 == 0 {
                progress.at(done)?;
            }
        }
        let marks = marks.remove(&name).unwrap_or_default();
        let mut sheet = cells.finish(&name, marks.merges);
        sheet.hidden = hidden;
        sheet.hidden_rows = marks.hidden_rows;
        sheet.hidden_columns = marks.hidden_columns;
        sheets.push(sheet);
    }
    Ok(Workbook { format: Format::Xlsb, encoding: None, sheets })
}

/// What the part of a sheet says beside its cells.
#[derive(Default)]
struct Marks {
    merges: Vec<Merge>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
}

/// The marks of every sheet by its name; every part is counted on the way.
fn all_marks(archive: &mut Archive<'_>) -> Result<FxHashMap<String, Marks>> {
    let mut targets = FxHashMap::default();
    if let Some(relations) = parts::find(archive, "workbook.bin.rels") {
        let relations = guard::unfold(archive, &relations)?;
        let mut reader = xml::reader(&relations);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(tag) if tag.local_name().as_ref() == "Relationship" => {
                    if let (Some(id), Some(target)) =
                        (xml::attribute(&tag, "Id"), xml::attribute(&tag, "Target"))
                    {
                        targets.insert(id, format!("xl/{}", target.trim_start_matches("/xl/")));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let book = parts::find(archive, "workbook.bin").ok_or(BadFile::Damaged)?;
    let book = guard::unfold(archive, &book)?;
    let mut marks = FxHashMap::default();
    for (kind, body) in Records(&book) {
        if kind == SHEET {
            let (id, rest) = wide(body.get(8..).unwrap_or_default())?;
            let (name, _) = wide(rest)?;
            if let Some(part) = targets.get(&id).filter(|part| archive.index_for_name(part).is_some()) {
                marks.insert(name, marks_of(&guard::unfold(archive, part)?)?);
            }
        }
    }
    Ok(marks)
}

fn marks_of(part: &[u8]) -> Result<Marks> {
    let mut marks = Marks::default();
    for (kind, body) in Records(part) {
        match kind {
            MERGE if body.len() >= 16 => {
                let (top, bottom, left, right) =
                    (long(body, 0)?, long(body, 4)?, long(body, 8)?, long(body, 12)?);
                marks.merges.push(Merge {
                    row: top,
                    column: left,
                    rows: bottom.saturating_sub(top).saturating_add(1),
                    columns: right.saturating_sub(left).saturating_add(1),
                });
            }
            // Row, style and height come before the bits; one of them says that nobody sees it.
            ROW if body.len() >= 13 && body[11] & 0x10 != 0 => marks.hidden_rows.push(long(body, 0)?),
            COLUMNS if body.len() >= 18 && body[16] & 1 != 0 => {
                marks.hidden_columns.extend(long(body, 0)?..=long(body, 4)?.min(16_383));
            }
            _ => {}
        }
    }
    Ok(marks)
}

/// A counted text of two-byte units, and what follows it.
fn wide(bytes: &[u8]) -> Result<(String, &[u8])> {
    let length = (long(bytes, 0)? as usize).checked_mul(2).ok_or(BadFile::Damaged)?;
    let text = bytes.get(4..).and_then(|rest| rest.get(..length)).ok_or(BadFile::Damaged)?;
    let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Ok((String::from_utf16_lossy(&units), &bytes[4 + length..]))
}

/// The records of a part: kind and body, both with lengths of seven bits a byte.
struct Records<'a>(&'a [u8]);

impl Records<'_> {
    fn number(&mut self, most: usize) -> Option<u32> {
        let mut number = 0u32;
        for at in 0..most {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7F) << (7 * at);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u32, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = self.number(2)?;
        let length = self.number(4)? as usize;
        let body = self.0.get(..length)?;
        self.0 = &self.0[length..];
        Some((kind, body))
    }
}

fn of_calamine(error: &XlsbError) -> Error {
    match error {
        XlsbError::Password => BadFile::Encrypted.into(),
        _ => BadFile::Damaged.into(),
    }
}
