//! Web pages saved under a spreadsheet's name, as many reporting sites export them.
//!
//! The page is read leniently, tag by tag: unclosed cells, unknown entities and stray markup are
//! common. All tables of the page follow one another on one sheet, as WPS shows them.

use encoding_rs::{Encoding, GB18030, GBK};

use super::super::guard::Limits;
use super::super::sheet::{Cell, Format, GridBuilder, Merge, Workbook};
use super::text;
use crate::error::{BadFile, Result};
use crate::progress::Progress;

/// Widest and highest span that is believed.
const MOST_SPAN: u32 = 1_000;

/// Reads the tables of a page; without a name of its own the sheet goes by that of the file.
///
/// # Errors
/// [`crate::error::Error::Cancelled`] or [`BadFile`].
pub(super) fn read(bytes: &[u8], file: &str, progress: &Progress) -> Result<Workbook> {
    let (page, encoding) = decode(bytes)?;
    let mut page = Page::new(&page, progress);
    page.read()?;
    if page.cells.is_empty() {
        return Err(BadFile::UnknownFormat.into());
    }
    let name = std::mem::take(&mut page.name);
    let name = if name.is_empty() { text::stem(file).to_owned() } else { name };
    let mut sheet = page.cells.finish(&name, page.merges);
    sheet.hidden_rows = page.hidden_rows;
    Ok(Workbook { format: Format::Html, encoding: Some(encoding), sheets: vec![sheet] })
}

/// The text of a page in the encoding it declares, or the one that is guessed.
fn decode(bytes: &[u8]) -> Result<(String, String)> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let label = start.split_once("charset=").map(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        &rest[..rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .unwrap_or(rest.len())]
    });
    let declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(encoding) = declared.filter(|_| Encoding::for_bom(bytes).is_none()) {
        let encoding = if encoding == GBK { GB18030 } else { encoding };
        let (page, had_errors) = encoding.decode_without_bom_handling(bytes);
        // Many sites declare one encoding and send another.
        if !had_errors {
            return Ok((page.into_owned(), encoding.name().to_ascii_lowercase()));
        }
    }
    text::decode(bytes)
}

struct Page<'a> {
    rest: &'a str,
    progress: &'a Progress,
    cells: GridBuilder,
    merges: Vec<Merge>,
    hidden_rows: Vec<u32>,
    name: String,
    row: u32,
    tables: Vec<Table>,
    /// Texts that are collected outside cells: the name of the sheet.
    is_name: bool,
}

/// One table while it is read.
#[derive(Default)]
struct Table {
    column: u32,
    is_in_row: bool,
    cell: Option<Open>,
    /// By column, for how many more rows a cell from above reaches down.
    reaching: Vec<u32>,
}

struct Open {
    text: String,
    rows: u32,
    columns: u32,
}

impl<'a> Page<'a> {
    fn new(page: &'a str, progress: &'a Progress) -> Self {
        Self {
            rest: page,
            progress,
            cells: GridBuilder::new(Limits::default()),
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            name: String::new(),
            row: 0,
            tables: Vec::new(),
            is_name: false,
        }
    }

    fn read(&mut self) -> Result<()> {
        while !self.rest.is_empty() {
            let Some(start) = self.rest.find('<') else {
                self.text(self.rest);
                break;
            };
            self.text(&self.rest[..start]);
            self.rest = &self.rest[start..];
            if let Some(after) = self.rest.strip_prefix("<!--") {
                // What stands inside such comments is for one program only, except the sheet's name.
                let end = after.find("-->").unwrap_or(after.len());
                self.note_name(&after[..end]);
                self.rest = after.get(end + 3..).unwrap_or("");
                continue;
            }
            let end = tag_end(self.rest);
            let tag = &self.rest[1..end.saturating_sub(1).max(1)];
            self.rest = &self.rest[end..];
            self.tag(tag)?;
        }
        while !self.tables.is_empty() {
            self.end_row()?;
            self.tables.pop();
        }
        Ok(())
    }

    fn note_name(&mut self, comment: &str) {
        let name = comment.split_once("<x:Name>").and_then(|(_, rest)| rest.split_once("</x:Name>"));
        if let (true, Some((name, _))) = (self.name.is_empty(), name) {
            self.name = unescape(name.trim());
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            // Line ends of the source mean no more than a space.
            let plain = unescape(text);
            for (at, word) in plain.split(['\n', '\r', '\t']).enumerate() {
                let word = if at == 0 { word } else { word.trim_start_matches(' ') };
                open.text.push_str(word);
            }
        } else if self.is_name {
            self.name.push_str(text.trim());
        }
    }

    fn tag(&mut self, tag: &str) -> Result<()> {
        let is_end = tag.starts_with('/');
        let bare = tag.trim_start_matches('/');
        let length = bare.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':')).unwrap_or(bare.len());
        let name = bare[..length].to_ascii_lowercase();
        match (name.as_str(), is_end) {
            ("table", false) => self.start_table()?,
            ("table", true) => {
                self.end_row()?;
                self.tables.pop();
            }
            ("tr", false) => self.start_row(bare)?,
            ("tr", true) => self.end_row()?,
            ("td" | "th", false) => self.start_cell(bare)?,
            ("td" | "th", true) => self.end_cell()?,
            ("br" | "p" | "div", _) => self.line_end(),
            ("script" | "style", false) if !bare.ends_with('/') => self.pass_over(&name),
            ("x:name", _) => self.is_name = !is_end && self.name.is_empty(),
            _ => {}
        }
        Ok(())
    }

    fn line_end(&mut self) {
        if let Some(open) = self.tables.last_mut().and_then(|table| table.cell.as_mut())
            && !open.text.is_empty()
            && !open.text.ends_with('\n')
        {
            open.text.push('\n');
        }
    }

    fn pass_over(&mut self, name: &str) {
        let end = format!("</{name}");
        let lower = self.rest.to_ascii_lowercase();
        self.rest = lower.find(&end).map_or("", |at| &self.rest[at..]);
    }

    /// A table inside a cell: what the cell said so far becomes a row of its own.
    fn start_table(&mut self) -> Result<()> {
        if self.tables.last().is_some_and(|table| table.cell.is_some()) {
            self.end_row()?;
        }
        if self.tables.len() < 50 {
            self.tables.push(Table::default());
        }
        Ok(())
    }

    fn start_row(&mut self, tag: &str) -> Result<()> {
        self.end_row()?;
        let row = self.row;
        if let Some(table) = self.tables.last_mut() {
            table.is_in_row = true;
            table.column = 0;
            if attribute(tag, "style").is_some_and(|style| style.replace(' ', "").contains("display:none")) {
                self.hidden_rows.push(row);
            }
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        self.end_cell()?;
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if table.is_in_row {
            table.is_in_row = false;
            table.reaching.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            self.row += 1;
            if self.row.is_multiple_of(512) {
                self.progress.at(u64::from(self.row))?;
            }
        }
        Ok(())
    }

    fn start_cell(&mut self, tag: &str) -> Result<()> {
        self.end_cell()?;
        let span = |name: &str| attribute(tag, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
        if let Some(table) = self.tables.last_mut() {
            table.is_in_row = true;
            let (rows, columns): (u32, u32) = (span("rowspan"), span("colspan"));
            table.cell = Some(Open {
                text: String::new(),
                rows: rows.clamp(1, MOST_SPAN),
                columns: columns.clamp(1, MOST_SPAN),
            });
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<()> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let Some(open) = table.cell.take() else { return Ok(()) };
        while table.reaching.get(table.column as usize).is_some_and(|&rows| rows > 0) {
            table.column += 1;
        }
        let (row, column) = (self.row, table.column);
        table.column += open.columns;
        if open.rows > 1 || open.columns > 1 {
            self.merges.push(Merge { row, column, rows: open.rows, columns: open.columns });
        }
        if open.rows > 1 {
            let last = (column + open.columns) as usize;
            table.reaching.resize(table.reaching.len().max(last), 0);
            table.reaching[column as usize..last].fill(open.rows);
        }
        let text = open.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
        if text.is_empty() {
            self.cells.note_blank(row);
            return Ok(());
        }
        self.cells.push(row, column, Cell::Text(text))
    }
}

/// Where a tag ends: behind the `>` that is not inside quotes.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if rest[..at].ends_with('=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // An unclosed quotation mark must not swallow the page.
    rest.find('>').map_or(rest.len(), |at| at + 1)
}

/// The value of an attribute inside a tag, with or without quotes.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(name).map(|at| from + at) {
        let after = tag[found + name.len()..].trim_start();
        let is_alone = lower[..found].ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        if let (true, Some(value)) = (is_alone, after.strip_prefix('=')) {
            let value = value.trim_start();
            return match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
                _ => value.split(|c: char| c.is_whitespace() || c == '/').next(),
            };
        }
        from = found + name.len();
    }
    None
}

/// A text with its entities replaced; unknown ones stay as they are.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((c, end)) => {
                plain.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "middot" => '·',
        "mdash" => '—',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => return None,
    })
}
