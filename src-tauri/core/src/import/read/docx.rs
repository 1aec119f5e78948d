//! Tables inside a word-processor document: one sheet for each, with the lines that stand before.
//!
//! Rows are counted inside the table, as its reader does. The paragraphs above it are kept beside
//! the rows, for its title and its labels with values.

use quick_xml::events::{BytesStart, Event};

use super::super::guard::{self, Limits};
use super::super::sheet::{Cell, Format, GridBuilder, Merge, Sheet, Workbook};
use super::{parts, xml};
use crate::error::{BadFile, Result};
use crate::progress::Progress;

/// Paragraphs before a table that still belong to it.
const MOST_LINES: usize = 12;

/// Reads the tables of a document.
///
/// # Errors
/// [`crate::error::Error::Cancelled`] or [`BadFile`].
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Workbook> {
    let mut archive = guard::open_archive(bytes)?;
    let part = parts::find(&archive, "word/document.xml").ok_or(BadFile::Damaged)?;
    let document = guard::unfold(&mut archive, &part)?;
    let mut reader = xml::reader(&document);
    let mut walk = Walk::default();
    loop {
        let event = reader.read_event().map_err(|_| BadFile::Damaged)?;
        if matches!(event, Event::Eof) {
            break;
        }
        walk.take(&event)?;
        progress.check()?;
    }
    let sheets = walk.finish()?;
    if sheets.is_empty() {
        Err(BadFile::UnknownFormat.into())
    } else {
        Ok(Workbook { format: Format::Docx, encoding: None, sheets })
    }
}

#[derive(Default)]
struct Walk {
    tables: Vec<Table>,
    /// Paragraphs since the last table.
    lines: Vec<String>,
    line: String,
    /// How deep the tables are nested; only the outermost is a grid.
    depth: u32,
    /// Inside what is not shown: older wording, fallbacks of pictures.
    hidden: u32,
    is_text: bool,
}

#[derive(Default)]
struct Table {
    lines: Vec<String>,
    rows: Vec<Vec<Piece>>,
}

/// One cell of a row.
struct Piece {
    column: u32,
    columns: u32,
    goes_on: bool,
    text: String,
}

impl Walk {
    fn take(&mut self, event: &Event<'_>) -> Result<()> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if self.is_text && self.hidden == 0 => {
                xml::push_text(event, &mut self.line);
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let value = || xml::number(tag, "val").unwrap_or(1).clamp(1, 500);
        match tag.local_name().as_ref() {
            "del" | "Fallback" | "txbxContent" => self.hidden += 1,
            "tbl" => {
                self.depth += 1;
                if self.depth == 1 {
                    let skip = self.lines.len().saturating_sub(MOST_LINES);
                    let lines = self.lines.drain(..).skip(skip).collect();
                    self.tables.push(Table { lines, ..Table::default() });
                }
            }
            "tr" if self.depth == 1 => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "gridBefore" if self.depth == 1 => {
                let columns = value();
                if let Some(row) = self.row() {
                    row.push(Piece { column: 0, columns, goes_on: false, text: String::new() });
                }
            }
            "tc" if self.depth == 1 => {
                self.line.clear();
                if let Some(row) = self.row() {
                    let column = row.last().map_or(0, |piece| piece.column + piece.columns);
                    row.push(Piece { column, columns: 1, goes_on: false, text: String::new() });
                }
            }
            "gridSpan" if self.depth == 1 => {
                let columns = value();
                if let Some(piece) = self.piece() {
                    piece.columns = columns;
                }
            }
            "vMerge" if self.depth == 1 => {
                let goes_on = xml::attribute(tag, "val").is_none_or(|value| value != "restart");
                if let Some(piece) = self.piece() {
                    piece.goes_on = goes_on;
                }
            }
            "t" => self.is_text = true,
            "tab" | "br" | "cr" if self.hidden == 0 && !self.line.is_empty() => self.line.push(' '),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "del" | "Fallback" | "txbxContent" => self.hidden = self.hidden.saturating_sub(1),
            "t" => self.is_text = false,
            "p" if self.hidden == 0 => self.end_line(),
            "tbl" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        if self.depth == 0 {
            self.lines.push(line);
        } else if let Some(piece) = self.piece() {
            if !piece.text.is_empty() {
                piece.text.push('\n');
            }
            piece.text.push_str(&line);
        }
    }

    fn row(&mut self) -> Option<&mut Vec<Piece>> {
        self.tables.last_mut()?.rows.last_mut()
    }

    fn piece(&mut self) -> Option<&mut Piece> {
        self.row()?.last_mut()
    }

    fn finish(self) -> Result<Vec<Sheet>> {
        let tables = self.tables.into_iter().filter(|table| !table.rows.is_empty());
        tables.enumerate().map(|(at, table)| table.finish(&format!("表格{}", at + 1))).collect()
    }
}

impl Table {
    fn finish(self, name: &str) -> Result<Sheet> {
        let mut cells = GridBuilder::new(Limits::default());
        let mut merges: Vec<Merge> = Vec::new();
        let mut row = 0;
        let mut open: Vec<(u32, usize)> = Vec::new();
        for pieces in &self.rows {
            for piece in pieces {
                let above = open.iter().find(|(column, _)| *column == piece.column).map(|(_, at)| *at);
                if let (true, Some(above)) = (piece.goes_on, above) {
                    merges[above].rows = row + 1 - merges[above].row;
                    continue;
                }
                open.retain(|(column, _)| *column < piece.column || *column >= piece.column + piece.columns);
                open.push((piece.column, merges.len()));
                merges.push(Merge { row, column: piece.column, rows: 1, columns: piece.columns });
                if piece.text.is_empty() {
                    cells.note_blank(row);
                }
                cells.push(row, piece.column, Cell::Text(&piece.text))?;
            }
            row += 1;
        }
        let mut sheet = cells.finish(name, merges);
        sheet.lines_above = self.lines;
        Ok(sheet)
    }
}
