//! Patching a packed spreadsheet in place: only the cells that are filled change, every other part
//! and every other cell stays byte for byte as the superior sent it.
//!
//! - [`tags`]: the tags of a part, and splicing
//! - [`book`]: the parts of a package
//! - [`look`]: lists, number formats and formulas of a sheet
//! - [`sheet`]: writing single cells
//! - [`formula`], [`insert`]: rows for more people than there are slots
//!
//! What to write is not known here.

pub mod book;
pub mod formula;
pub mod insert;
pub mod look;
pub mod sheet;
pub mod tags;
#[cfg(test)]
mod tests;
pub mod text;

use book::Book;
use formula::Insertion;

use crate::error::{BadFile, Result};

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text; never a formula, whatever it begins with.
    Text(String),
    /// A number as decimal text, also the serial of a day.
    Number(String),
    /// The content of a text with runs of different fonts, as XML.
    Rich(String),
    /// Characters replaced inside the text that stands there: from, to, the new text.
    Patch(Vec<text::Patch>),
}

/// One cell to write: row from 1 as it is after the insertion, column from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Row, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// What is written.
    pub value: Value,
}

/// Why rows cannot be inserted into a sheet, a Chinese sentence; none when they can.
///
/// # Errors
/// The package is damaged.
pub fn obstacle(bytes: &[u8], sheet: &str, rows: Insertion) -> Result<Option<&'static str>> {
    let mut book = Book::open(bytes)?;
    let part = book.sheet_part(sheet)?;
    let xml = book.text(&part)?.ok_or(BadFile::Damaged)?;
    if let Some(why) = insert::obstacle(&xml, rows) {
        return Ok(Some(why));
    }
    if !book.related(&part, "/pivotTable")?.is_empty() {
        return Ok(Some("这张表里有数据透视表，加行会弄乱它。"));
    }
    for comments in book.related(&part, "/comments")? {
        if book.text(&comments)?.is_some_and(|xml| insert::has_comment_below(&xml, rows)) {
            return Ok(Some("空格下面有批注，加行会让批注错位。"));
        }
    }
    Ok(None)
}

/// The package with cells of one sheet written, and rows inserted before that when asked.
///
/// # Errors
/// The package is damaged, or the sheet does not exist.
pub fn fill(bytes: &[u8], sheet: &str, rows: Option<Insertion>, writes: &[Write]) -> Result<Vec<u8>> {
    let mut book = Book::open(bytes)?;
    let part = book.sheet_part(sheet)?;
    let mut xml = book.text(&part)?.ok_or(BadFile::Damaged)?;
    let look = look::Look::read(&mut book, sheet)?;
    if let Some(rows) = rows.filter(|rows| rows.count > 0) {
        xml = insert::insert(&xml, sheet, rows)?;
        move_elsewhere(&mut book, &part, sheet, rows)?;
        book.drop_chain()?;
    }
    let writes = resolved(&mut book, &xml, writes)?;
    book.put(&part, sheet::write(&xml, &writes)?)?;
    if look.has_formulas && !writes.is_empty() {
        book.calculate_on_load()?;
    }
    book.finish()
}

/// Writes whose patches have become texts.
fn resolved(book: &mut Book<'_>, xml: &str, writes: &[Write]) -> Result<Vec<Write>> {
    if !writes.iter().any(|write| matches!(write.value, Value::Patch(_))) {
        return Ok(writes.to_vec());
    }
    let shared = look::shared_texts(book)?;
    let layout = sheet::Layout::read(xml)?;
    Ok(writes
        .iter()
        .map(|write| match &write.value {
            Value::Patch(patches) => {
                let cell = layout.cell(write.row, write.column);
                let item = cell.map(|cell| look::item(xml, cell, &shared)).unwrap_or_default();
                Write { value: text::patched(&item, patches), ..write.clone() }
            }
            _ => write.clone(),
        })
        .collect())
}

/// Formulas of other parts that speak of the sheet, and what is anchored to its rows.
fn move_elsewhere(book: &mut Book<'_>, part: &str, sheet: &str, rows: Insertion) -> Result<()> {
    let is_speaking = |name: &String| {
        let name = name.to_ascii_lowercase();
        name != part.to_ascii_lowercase()
            && name.ends_with(".xml")
            && (name.contains("worksheets/")
                || name.contains("charts/chart")
                || name.ends_with("workbook.xml"))
    };
    for other in book.names().into_iter().filter(is_speaking) {
        if let Some(text) = book.text(&other)? {
            let moved = insert::elsewhere(&text, sheet, rows);
            book.put(&other, moved)?;
        }
    }
    for drawing in book.related(part, "/drawing")? {
        if let Some(text) = book.text(&drawing)? {
            let moved = insert::anchors(&text, rows);
            book.put(&drawing, moved)?;
        }
    }
    Ok(())
}
