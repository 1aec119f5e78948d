//! Workbooks of OpenDocument, read as a stream with merged areas, hidden rows and columns.

use std::io::{BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use rustc_hash::FxHashSet;

use super::super::guard::{self, Limits};
use super::super::sheet::{Cell, Format, GridBuilder, Merge, Sheet, Workbook};
use super::{xlsx, xml};
use crate::error::{BadFile, Result};
use crate::progress::Progress;

/// Reads a workbook.
///
/// # Errors
/// [`crate::error::Error::Cancelled`] or [`BadFile`].
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Workbook> {
    let mut archive = guard::open_archive(bytes)?;
    if let Ok(manifest) = guard::unfold(&mut archive, "META-INF/manifest.xml")
        && String::from_utf8_lossy(&manifest).contains("encryption-data")
    {
        return Err(BadFile::Encrypted.into());
    }
    let content = archive.by_name("content.xml").map_err(|_| BadFile::Damaged)?;
    let packed = content.compressed_size().max(1);
    let source = Counted { inner: content, packed, total: 0 };
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, source));
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut book =
        Book { progress, sheets: Vec::new(), hidden_styles: FxHashSet::default(), style: String::new() };
    book.read(&mut reader)?;
    Ok(Workbook { format: Format::Ods, encoding: None, sheets: book.sheets })
}

/// A part that ends with an error when it unfolds to too much.
struct Counted<R> {
    inner: R,
    packed: u64,
    total: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.total += read as u64;
        guard::check_unfolded(self.total, self.packed, guard::STREAMED_BYTES)
            .map_err(|_| std::io::Error::from(std::io::ErrorKind::FileTooLarge))?;
        Ok(read)
    }
}

struct Book<'a> {
    progress: &'a Progress,
    sheets: Vec<Sheet>,
    hidden_styles: FxHashSet<String>,
    style: String,
}

/// One sheet while it is read.
struct Draft {
    name: String,
    hidden: bool,
    cells: GridBuilder,
    merges: Vec<Merge>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
    /// How many columns have been declared.
    declared: u32,
    row: u32,
    row_repeats: u32,
    column: u32,
    /// Cells of the row, kept because the whole row may be repeated.
    line: Vec<(u32, Value)>,
}

#[derive(Clone)]
enum Value {
    Blank,
    Text(String),
    Number(f64),
    Date(chrono::NaiveDateTime),
    Boolean(bool),
}

impl Value {
    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Blank => Cell::Empty,
            Self::Text(text) => Cell::Text(text),
            Self::Number(number) => Cell::Number(*number),
            Self::Date(moment) => Cell::Date(*moment),
            Self::Boolean(is_true) => Cell::Boolean(*is_true),
        }
    }
}

type Source<R> = Reader<BufReader<R>>;

fn next<'b, R: Read>(reader: &mut Source<R>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>> {
    buffer.clear();
    reader.read_event_into(buffer).map_err(|error| match error {
        quick_xml::Error::Io(io) if io.kind() == std::io::ErrorKind::FileTooLarge => {
            BadFile::TooLarge("展开后太大").into()
        }
        _ => BadFile::Damaged.into(),
    })
}

impl Book<'_> {
    fn read<R: Read>(&mut self, reader: &mut Source<R>) -> Result<()> {
        let mut buffer = Vec::new();
        loop {
            match next(reader, &mut buffer)? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "style" => self.style = xml::attribute(&tag, "name").unwrap_or_default(),
                    "table-properties" if xml::attribute(&tag, "display").as_deref() == Some("false") => {
                        self.hidden_styles.insert(self.style.clone());
                    }
                    "tracked-changes" => skip(reader, "tracked-changes")?,
                    "table" => {
                        let draft = self.start(&tag);
                        let sheet = self.read_table(reader, draft)?;
                        self.sheets.push(sheet);
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&self, tag: &BytesStart<'_>) -> Draft {
        let style = xml::attribute(tag, "style-name").unwrap_or_default();
        Draft {
            name: xml::attribute(tag, "name").unwrap_or_default(),
            hidden: self.hidden_styles.contains(&style),
            cells: GridBuilder::new(Limits::default()),
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            declared: 0,
            row: 0,
            row_repeats: 1,
            column: 0,
            line: Vec::new(),
        }
    }

    fn read_table<R: Read>(&self, reader: &mut Source<R>, mut draft: Draft) -> Result<Sheet> {
        let mut buffer = Vec::new();
        loop {
            match next(reader, &mut buffer)? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "table-column" => draft.declare(&tag),
                    "table-row" => draft.start_row(&tag),
                    "table-cell" => draft.cell(reader, &tag.into_owned())?,
                    "covered-table-cell" => {
                        draft.column = draft.column.saturating_add(repeats(&tag, "number-columns-repeated"));
                        skip(reader, "covered-table-cell")?;
                    }
                    "shapes" => skip(reader, "shapes")?,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "table-row" => {
                        draft.end_row()?;
                        if draft.row.is_multiple_of(512) {
                            self.progress.at(u64::from(draft.row))?;
                        }
                    }
                    "table" => return Ok(draft.finish()),
                    _ => {}
                },
                Event::Eof => return Err(BadFile::Damaged.into()),
                _ => {}
            }
        }
    }
}

impl Draft {
    fn declare(&mut self, tag: &BytesStart<'_>) {
        let next = self.declared.saturating_add(repeats(tag, "number-columns-repeated"));
        if is_hidden(tag) && next - self.declared < 1_000 {
            self.hidden_columns.extend(self.declared..next);
        }
        self.declared = next;
    }

    fn start_row(&mut self, tag: &BytesStart<'_>) {
        self.row_repeats = repeats(tag, "number-rows-repeated");
        self.column = 0;
        self.line.clear();
        if is_hidden(tag) && self.row_repeats < 10_000 {
            self.hidden_rows.extend(self.row..self.row + self.row_repeats);
        }
    }

    fn cell<R: Read>(&mut self, reader: &mut Source<R>, tag: &BytesStart<'_>) -> Result<()> {
        let times = repeats(tag, "number-columns-repeated");
        let (columns, rows) = (repeats(tag, "number-columns-spanned"), repeats(tag, "number-rows-spanned"));
        if columns > 1 || rows > 1 {
            self.merges.push(Merge { row: self.row, column: self.column, rows, columns });
        }
        let text = cell_text(reader)?;
        let value = value(tag, text);
        if !matches!(value, Value::Blank) {
            for column in self.column..self.column.saturating_add(times.min(1_000)) {
                self.line.push((column, value.clone()));
            }
        } else if times < 500 && xml::attribute(tag, "style-name").is_some() && self.row_repeats < 500 {
            self.line.push((self.column, Value::Blank));
        }
        self.column = self.column.saturating_add(times);
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        if self.line.iter().any(|(_, value)| !matches!(value, Value::Blank)) {
            for row in self.row..self.row.saturating_add(self.row_repeats) {
                for (column, value) in &self.line {
                    self.cells.push(row, *column, value.cell())?;
                }
            }
        } else if self.line.len() > 1 {
            (self.row..self.row.saturating_add(self.row_repeats)).for_each(|row| self.cells.note_blank(row));
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }

    fn finish(self) -> Sheet {
        let mut sheet = self.cells.finish(&self.name, self.merges);
        sheet.hidden = self.hidden;
        sheet.hidden_rows = self.hidden_rows;
        sheet.hidden_columns = self.hidden_columns;
        sheet
    }
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    xml::attribute(tag, "visibility").is_some_and(|seen| seen != "visible")
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u32 {
    xml::number(tag, name).unwrap_or(1).clamp(1, 1 << 21)
}

fn value(tag: &BytesStart<'_>, text: String) -> Value {
    let number = || xml::attribute(tag, "value").and_then(|value| value.parse().ok());
    let kind = xml::attribute(tag, "value-type").unwrap_or_default();
    let found = match kind.as_str() {
        "float" | "percentage" | "currency" => number().map(Value::Number),
        "date" => xml::attribute(tag, "date-value").and_then(|date| xlsx::iso(&date)).map(Value::Date),
        "boolean" => xml::attribute(tag, "boolean-value").map(|value| Value::Boolean(value == "true")),
        "string" => xml::attribute(tag, "string-value").filter(|value| !value.is_empty()).map(Value::Text),
        _ => None,
    };
    found.unwrap_or(if text.trim().is_empty() { Value::Blank } else { Value::Text(text) })
}

/// The text of a cell up to its end: paragraphs as lines, without comments.
fn cell_text<R: Read>(reader: &mut Source<R>) -> Result<String> {
    let (mut text, mut buffer, mut depth) = (String::new(), Vec::new(), 0u32);
    let (mut paragraphs, mut hidden) = (0, 0u32);
    loop {
        let event = next(reader, &mut buffer)?;
        match &event {
            Event::Start(tag) => {
                depth += 1;
                match tag.local_name().as_ref() {
                    "annotation" | "shape" | "frame" | "table" => hidden += 1,
                    "p" if hidden == 0 => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "s" if hidden == 0 => {
                        text.extend(std::iter::repeat_n(' ', repeats(tag, "c").min(1_000) as usize))
                    }
                    "tab" if hidden == 0 => text.push('\t'),
                    "line-break" if hidden == 0 => text.push('\n'),
                    _ => {}
                }
            }
            Event::End(tag) => {
                if depth == 0 {
                    return Ok(text);
                }
                depth -= 1;
                if matches!(tag.local_name().as_ref(), "annotation" | "shape" | "frame" | "table") {
                    hidden = hidden.saturating_sub(1);
                }
            }
            Event::Eof => return Err(BadFile::Damaged.into()),
            _ if hidden == 0 && paragraphs > 0 => xml::push_text(&event, &mut text),
            _ => {}
        }
    }
}

/// Passes over an element that has just begun.
fn skip<R: Read>(reader: &mut Source<R>, name: &str) -> Result<()> {
    let (mut buffer, mut depth) = (Vec::new(), 1u32);
    loop {
        match next(reader, &mut buffer)? {
            Event::Start(tag) if tag.local_name().as_ref() == name => depth += 1,
            Event::End(tag) if tag.local_name().as_ref() == name => {
                depth -= 1;
                if depth == 0 {
                    return Ok(());
                }
            }
            Event::Eof => return Err(BadFile::Damaged.into()),
            _ => {}
        }
    }
}
