//! SpreadsheetML 2003: one XML file, often written by a template engine and named `.xls`.

use quick_xml::events::{BytesStart, Event};

use super::super::guard::Limits;
use super::super::sheet::{Cell, Format, GridBuilder, Merge, Sheet, Workbook};
use super::{text, xlsx, xml};
use crate::error::{BadFile, Result};
use crate::progress::Progress;

/// Reads a workbook.
///
/// # Errors
/// [`crate::error::Error::Cancelled`] or [`BadFile`].
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Workbook> {
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let decoded = if is_utf8 { None } else { Some(text::decode(bytes)?) };
    let source = decoded.as_ref().map_or(bytes, |(text, _)| text.as_bytes());
    let mut reader = xml::reader(source);
    let mut sheets = Vec::new();
    let mut draft: Option<Draft> = None;
    loop {
        let event = reader.read_event().map_err(|_| BadFile::Damaged)?;
        match &event {
            Event::Eof => break,
            Event::Start(tag) if tag.local_name().as_ref() == "Worksheet" => {
                sheets.extend(draft.take().map(Draft::finish));
                draft = Some(Draft::new(xml::attribute(tag, "Name").unwrap_or_default()));
            }
            _ => {}
        }
        if let Some(draft) = &mut draft {
            draft.take(&event, progress)?;
        }
    }
    sheets.extend(draft.map(Draft::finish));
    if sheets.is_empty() {
        return Err(BadFile::Damaged.into());
    }
    let encoding = decoded.map_or_else(|| "utf-8".to_owned(), |(_, encoding)| encoding);
    Ok(Workbook { format: Format::Xml2003, encoding: Some(encoding), sheets })
}

/// One sheet while it is read.
struct Draft {
    name: String,
    cells: GridBuilder,
    merges: Vec<Merge>,
    hidden: bool,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
    row: u32,
    row_span: u32,
    column: u32,
    next_column: u32,
    table_column: u32,
    kind: Option<String>,
    text: String,
    is_comment: bool,
    is_visible_tag: bool,
    had_value: bool,
}

impl Draft {
    fn new(name: String) -> Self {
        Self {
            name,
            cells: GridBuilder::new(Limits::default()),
            merges: Vec::new(),
            hidden: false,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            row: 0,
            row_span: 0,
            column: 0,
            next_column: 0,
            table_column: 0,
            kind: None,
            text: String::new(),
            is_comment: false,
            is_visible_tag: false,
            had_value: false,
        }
    }

    fn take(&mut self, event: &Event<'_>, progress: &Progress) -> Result<()> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => match tag.local_name().as_ref() {
                "Data" if !self.is_comment => self.end_data()?,
                "Comment" => self.is_comment = false,
                "Visible" => self.is_visible_tag = false,
                "Cell" if !self.had_value => self.cells.note_blank(self.row),
                "Row" => {
                    self.row = self.row.saturating_add(1 + self.row_span);
                    if self.row.is_multiple_of(512) {
                        progress.at(u64::from(self.row))?;
                    }
                }
                _ => {}
            },
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                if self.kind.is_some() && !self.is_comment {
                    xml::push_text(event, &mut self.text);
                } else if self.is_visible_tag {
                    let mut word = String::new();
                    xml::push_text(event, &mut word);
                    self.hidden |= word.contains("Hidden");
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let index = || xml::number(tag, "Index").and_then(|index| index.checked_sub(1));
        let is_hidden = || xml::attribute(tag, "Hidden").as_deref() == Some("1");
        match tag.local_name().as_ref() {
            "Column" => {
                self.table_column = index().unwrap_or(self.table_column);
                let span = xml::number(tag, "Span").unwrap_or(0).min(16_384);
                if is_hidden() {
                    self.hidden_columns.extend(self.table_column..=self.table_column.saturating_add(span));
                }
                self.table_column = self.table_column.saturating_add(span + 1);
            }
            "Row" => {
                self.row = index().unwrap_or(self.row);
                self.row_span = xml::number(tag, "Span").unwrap_or(0);
                self.next_column = 0;
                if is_hidden() {
                    self.hidden_rows.push(self.row);
                }
            }
            "Cell" => {
                self.column = index().unwrap_or(self.next_column);
                self.had_value = false;
                let across = xml::number(tag, "MergeAcross").unwrap_or(0);
                let down = xml::number(tag, "MergeDown").unwrap_or(0);
                self.next_column = self.column.saturating_add(across).saturating_add(1);
                if across > 0 || down > 0 {
                    self.merges.push(Merge {
                        row: self.row,
                        column: self.column,
                        rows: down.saturating_add(1),
                        columns: across.saturating_add(1),
                    });
                }
            }
            "Comment" => self.is_comment = true,
            "Visible" => self.is_visible_tag = true,
            "Data" if !self.is_comment => {
                self.kind = Some(xml::attribute(tag, "Type").unwrap_or_default());
                self.text.clear();
            }
            _ => {}
        }
    }

    fn end_data(&mut self) -> Result<()> {
        let Some(kind) = self.kind.take() else { return Ok(()) };
        let text = std::mem::take(&mut self.text);
        let number = || text.trim().parse().ok().map(Cell::Number);
        let typed = match kind.as_str() {
            "Number" => number(),
            "Boolean" => Some(Cell::Boolean(text.trim() == "1")),
            "DateTime" => xlsx::iso(&text).map(Cell::Date),
            "Error" => Some(Cell::Error(text.trim())),
            _ => None,
        };
        let cell = typed.unwrap_or(Cell::Text(&text));
        self.had_value |= !text.trim().is_empty();
        self.cells.push(self.row, self.column, cell)
    }

    fn finish(self) -> Sheet {
        let mut sheet = self.cells.finish(&self.name, self.merges);
        sheet.hidden = self.hidden;
        sheet.hidden_rows = self.hidden_rows;
        sheet.hidden_columns = self.hidden_columns;
        sheet
    }
}
