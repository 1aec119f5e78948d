//! The same document as an Excel workbook that prints like the paper.
//!
//! Text stays text, numbers become numbers only where the column says so, and nothing is ever
//! written as a formula. Page ends are left to Excel.

mod lock;
mod look;
mod text;

pub use lock::lock;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, IgnoreError, Workbook, Worksheet, XlsxError};

use super::document::{Align, Block, Cell, Column, Document, Kind, Orientation, Paper, Table};
use super::grid::{Seat, Seating};
use crate::error::{Error, Result};
use look::Look;

/// From this many rows on, temporary files keep the memory small.
const MANY_ROWS: usize = 20_000;
/// Highest row that Excel draws, in points.
const HIGHEST: f64 = 409.0;
/// Widest content, in half-width characters, that an upright sheet shows in a readable size.
const UPRIGHT: usize = 124;

/// Writes a document as a workbook of one sheet.
///
/// # Errors
/// [`Error::Bug`] when a table has rows wider than itself or more rows than a sheet can hold.
pub fn render(document: &Document) -> Result<Vec<u8>> {
    render_all(std::slice::from_ref(document))
}

/// Writes documents as one workbook, each on a sheet of its own; title and author are those of the
/// first.
///
/// # Errors
/// [`Error::Bug`] when there is none, a table has rows wider than itself, or more rows than a sheet
/// can hold.
pub fn render_all(documents: &[Document]) -> Result<Vec<u8>> {
    let first = documents.first().ok_or_else(|| Error::Bug("xlsx: nothing to write".into()))?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(first)?);
    let mut names = Vec::with_capacity(documents.len());
    for document in documents {
        let many = document.tables().map(|table| table.rows.len()).sum::<usize>() > MANY_ROWS;
        let sheet = if many { workbook.add_worksheet_with_low_memory()? } else { workbook.add_worksheet() };
        names.push(text::sheet_name(&document.title, &names));
        sheet.set_name(&names[names.len() - 1])?;
        write(sheet, document)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, document: &Document) -> Result<()> {
    let columns = document.tables().map(|table| table.columns.len()).max().unwrap_or(8);
    let mut writing =
        Writing { sheet, look: Look::new(), row: 0, columns, widths: Vec::new(), has_head: false };
    writing.set_up(document)?;
    for block in &document.blocks {
        writing.block(block)?;
    }
    writing.foot(document)
}

/// A sheet being written from top to bottom.
struct Writing<'w> {
    sheet: &'w mut Worksheet,
    look: Look,
    row: u32,
    columns: usize,
    /// Widths of the columns in half-width characters.
    widths: Vec<usize>,
    has_head: bool,
}

impl Writing<'_> {
    /// Paper, orientation, margins, widths, footer.
    fn set_up(&mut self, document: &Document) -> Result<()> {
        self.widths = match document.tables().max_by_key(|table| table.columns.len()) {
            Some(table) => text::widths(table)?,
            None => vec![10; self.columns],
        };
        for (column, width) in self.widths.iter().enumerate() {
            self.sheet.set_column_width(col(column)?, *width as f64 + 1.5)?;
        }
        let total = self.room();
        let lies = match document.page.orientation {
            Orientation::Auto => total > UPRIGHT,
            Orientation::Portrait => false,
            Orientation::Landscape => true,
        };
        if lies {
            self.sheet.set_landscape()
        } else {
            self.sheet.set_portrait()
        };
        self.sheet.set_paper_size(if document.page.paper == Paper::A3 { 8 } else { 9 });
        self.sheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
        self.sheet.set_margins(0.7, 0.5, 0.6, 0.7, 0.3, 0.35);
        self.sheet.set_footer(text::footer(&document.footer));
        Ok(())
    }

    /// Width of all columns in half-width characters.
    fn room(&self) -> usize {
        self.widths.iter().map(|width| width + 2).sum()
    }

    fn block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Heading { level, text } => {
                let (look, size) =
                    if *level == 0 { (&self.look.title, 18.0) } else { (&self.look.heading, 12.0) };
                let height = text::height(text, self.room(), size);
                self.sheet.set_row_height(self.row, height)?;
                across(self.sheet, self.row, (0, self.columns), text, look)?;
            }
            Block::Paragraph(paragraph) => {
                let words: String = paragraph.runs.iter().map(|run| run.text.as_str()).collect();
                self.sheet.set_row_height(self.row, text::height(&words, self.room(), 12.0))?;
                across(self.sheet, self.row, (0, self.columns), &words, &self.look.paragraph)?;
            }
            Block::Line(line) => self.line(&[&line.left, &line.centre, &line.right])?,
            Block::Signature(places) => {
                let words: Vec<String> = places.iter().map(|place| text::sign_place(place, None)).collect();
                self.line(&[&words.join("　　"), "", ""])?;
            }
            Block::Table(table) => return self.table(table),
            Block::Spacer(_) | Block::Rows(_) => {}
            Block::Section(_) => return Ok(()),
            Block::Title(title) => {
                self.block(&Block::title(title.text.replace('\n', "")))?;
                return self.texts(&text::rows(block));
            }
            Block::PageBreak => {
                self.sheet.set_page_breaks(&[self.row])?;
                return Ok(());
            }
            other => return self.texts(&text::rows(other)),
        }
        self.row += 1;
        Ok(())
    }

    /// Rows of text for what a sheet cannot draw.
    fn texts(&mut self, rows: &[String]) -> Result<()> {
        for words in rows.iter().filter(|words| !words.is_empty()) {
            self.sheet.set_row_height(self.row, text::height(words, self.room(), 12.0))?;
            across(self.sheet, self.row, (0, self.columns), words, &self.look.paragraph)?;
            self.row += 1;
        }
        Ok(())
    }

    /// Three texts over the width of the table, or all in one cell where it is too narrow.
    fn line(&mut self, texts: &[&str; 3]) -> Result<()> {
        let given: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
        let looks = [&self.look.left, &self.look.centre, &self.look.right];
        if given.len() < 2 || self.columns < 6 {
            let place =
                texts.iter().position(|text| !text.is_empty()).filter(|_| given.len() == 1).unwrap_or(0);
            return across(self.sheet, self.row, (0, self.columns), &given.join("　　"), looks[place]);
        }
        let third = self.columns / 3;
        let bounds = if texts[1].is_empty() {
            let half = self.columns / 2;
            [(0, half), (half, half), (half, self.columns)]
        } else {
            [(0, third), (third, self.columns - third), (self.columns - third, self.columns)]
        };
        for ((text, look), bound) in texts.iter().zip(looks).zip(bounds) {
            if bound.0 < bound.1 {
                across(self.sheet, self.row, bound, text, look)?;
            }
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<()> {
        let first = self.row;
        let mut seating = Seating::new(table.columns.len(), table.head.len());
        for cells in &table.head {
            self.sheet.set_row_height(self.row, 21.0)?;
            for (cell, seat) in cells.iter().zip(seating.row(cells)?) {
                set(self.sheet, self.row, seat, &cell.text, &self.look.head)?;
            }
            self.row += 1;
        }
        if !table.head.is_empty() && !self.has_head {
            self.has_head = true;
            self.sheet.set_repeat_rows(first, self.row - 1)?.set_freeze_panes(self.row, 0)?;
            let last = self.row - 1 + count(table.rows.len())?;
            // The hidden words belong to the filter, or sorting would leave them behind.
            let columns = table.columns.len() + usize::from(table.keys.is_some());
            self.sheet.autofilter(self.row - 1, 0, last, col(columns - 1)?)?;
        }
        self.keys(table)?;
        self.rows(table)
    }

    /// Writes the hidden words of the rows beside them.
    fn keys(&mut self, table: &Table) -> Result<()> {
        let Some(keys) = &table.keys else { return Ok(()) };
        let column = col(table.columns.len())?;
        self.sheet.set_column_hidden(column)?;
        if let Some(above) = self.row.checked_sub(1) {
            self.sheet.write_string_with_format(above, column, &keys.title, &self.look.head)?;
        }
        Ok(())
    }

    fn rows(&mut self, table: &Table) -> Result<()> {
        let first = self.row;
        let aligns = text::aligns(table)?;
        let mut seating = Seating::new(table.columns.len(), table.rows.len() + table.totals.len());
        for (index, cells) in table.rows.iter().chain(&table.totals).enumerate() {
            let is_sum = index >= table.rows.len();
            let seats = seating.row(cells)?;
            self.set_height(cells, &seats)?;
            for (cell, seat) in cells.iter().zip(seats) {
                self.cell(cell, seat, table.columns[seat.column], aligns[seat.column], is_sum)?;
            }
            if let Some(word) = table.keys.as_ref().and_then(|keys| keys.words.get(index)) {
                self.sheet.write_string(self.row, col(table.columns.len())?, word)?;
            }
            self.row += 1;
        }
        if self.row > first {
            let last = col(table.columns.len() - 1)?;
            self.sheet.ignore_error_range(first, 0, self.row - 1, last, IgnoreError::NumberStoredAsText)?;
        }
        Ok(())
    }

    /// Makes a row as high as its wrapped texts need; rows of one line keep the height of the sheet.
    fn set_height(&mut self, cells: &[Cell], seats: &[Seat]) -> Result<()> {
        let lines = cells.iter().zip(seats).filter(|(_, seat)| seat.rows == 1).map(|(cell, seat)| {
            text::lines(&cell.text, self.widths[seat.column..seat.column + seat.columns].iter().sum())
        });
        let lines = lines.max().unwrap_or(1);
        if lines > 1 {
            self.sheet.set_row_height(self.row, (14.0 * lines as f64 + 3.0).min(HIGHEST))?;
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Cell, seat: Seat, column: Column, align: Align, is_sum: bool) -> Result<()> {
        let align = if cell.align == Align::Auto { align } else { cell.align };
        let number = if column.kind == Kind::Number { text::number(&cell.text) } else { None };
        let decimals = number.map(|_| text::decimals(&cell.text));
        let look = self.look.body(align, cell.bold || is_sum, decimals);
        match number {
            Some(number) if seat.columns == 1 && seat.rows == 1 => {
                self.sheet.write_number_with_format(self.row, col(seat.column)?, number, look)?;
                Ok(())
            }
            _ => set(self.sheet, self.row, seat, &cell.text, look),
        }
    }

    /// The foot stands once, under the last table.
    fn foot(&mut self, document: &Document) -> Result<()> {
        let all: usize = document.tables().map(|table| table.rows.len()).sum();
        for block in &document.foot.blocks {
            match block {
                Block::Signature(places) => {
                    let words: Vec<String> =
                        places.iter().map(|place| text::sign_place(place, Some(all))).collect();
                    self.sheet.set_row_height(self.row, 24.0)?;
                    let words = words
                        .iter()
                        .filter(|words| !words.is_empty())
                        .cloned()
                        .collect::<Vec<_>>()
                        .join("　　");
                    across(self.sheet, self.row, (0, self.columns), &words, &self.look.left)?;
                    self.row += 1;
                }
                other => self.block(other)?,
            }
        }
        if self.row > 0 {
            self.sheet.set_print_area(0, 0, self.row - 1, col(self.columns.max(1) - 1)?)?;
        }
        Ok(())
    }
}

/// Writes a text over the cells of its seat.
fn set(
    sheet: &mut Worksheet,
    row: u32,
    seat: Seat,
    text: &str,
    look: &rust_xlsxwriter::Format,
) -> Result<()> {
    let column = col(seat.column)?;
    let text = text::bounded(text);
    if seat.columns == 1 && seat.rows == 1 {
        if text.is_empty() {
            sheet.write_blank(row, column, look)?;
        } else {
            sheet.write_string_with_format(row, column, text, look)?;
        }
        return Ok(());
    }
    let (last_row, last_column) = (row + count(seat.rows - 1)?, col(seat.column + seat.columns - 1)?);
    sheet.merge_range(row, column, last_row, last_column, &text, look)?;
    Ok(())
}

/// Writes a text over the columns from the first bound up to the second.
fn across(
    sheet: &mut Worksheet,
    row: u32,
    bounds: (usize, usize),
    text: &str,
    look: &rust_xlsxwriter::Format,
) -> Result<()> {
    set(sheet, row, Seat { column: bounds.0, columns: bounds.1 - bounds.0, rows: 1 }, text, look)
}

fn col(index: usize) -> Result<u16> {
    u16::try_from(index).map_err(|_| Error::Bug(format!("xlsx: column {index}")))
}

fn count(rows: usize) -> Result<u32> {
    u32::try_from(rows).map_err(|_| Error::Bug(format!("xlsx: {rows} rows")))
}

/// Title, author and a moment that never comes from the clock of the computer.
fn properties(document: &Document) -> Result<DocProperties> {
    let moment = match document.created_at {
        Some(moment) => {
            ExcelDateTime::parse_from_str(&moment.naive_utc().format("%Y-%m-%dT%H:%M:%S").to_string())?
        }
        None => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    let properties = DocProperties::new().set_title(&document.title).set_author(&document.author);
    Ok(properties.set_creation_datetime(&moment))
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        Self::Bug(format!("xlsx: {error}"))
    }
}

#[cfg(test)]
mod tests;
