//! Filling a table of a word-processor document in place: only the cells' own text changes in
//! `word/document.xml`; every other part is copied as it lies there.
//!
//! Rows and columns are counted as the import counts them: tables that have rows, the outermost only.

use std::ops::Range;

use super::package::book::Book;
use super::package::formula::Insertion;
use super::package::look::Look;
use super::package::tags::{Edits, Kind, Tag, Tags, escaped, inside};
use super::package::text::Patch;
use super::package::{Value, Write};
use crate::error::{BadFile, Result};

/// A row of a table.
struct Row {
    all: Range<usize>,
    cells: Vec<Cell>,
}

/// A cell: first column and what stands between its tags.
struct Cell {
    column: u32,
    inner: Range<usize>,
}

/// The document with cells of one table written; rows are added before that when asked.
///
/// # Errors
/// The document is damaged, or has no such table.
pub fn fill(bytes: &[u8], table: usize, rows: Option<Insertion>, writes: &[Write]) -> Result<Vec<u8>> {
    let mut book = Book::open(bytes)?;
    let part = book.find("word/document.xml").ok_or(BadFile::Damaged)?;
    let mut xml = book.text(&part)?.ok_or(BadFile::Damaged)?;
    if let Some(rows) = rows.filter(|rows| rows.count > 0) {
        let found = rows_of(&xml, table)?;
        let Some(row) = found.get(rows.after as usize - 1) else { return Err(BadFile::Damaged.into()) };
        let copy = copied(&xml[row.all.clone()]);
        let mut edits = Edits::default();
        edits.put(row.all.end..row.all.end, copy.repeat(rows.count as usize));
        xml = edits.apply(&xml);
    }
    let found = rows_of(&xml, table)?;
    let mut edits = Edits::default();
    for write in writes {
        let row = found.get(write.row as usize - 1).ok_or(BadFile::Damaged)?;
        if let Some(cell) = row.cells.iter().find(|cell| cell.column == write.column) {
            write_cell(&xml, &cell.inner, &write.value, &mut edits);
        }
    }
    book.put(&part, edits.apply(&xml))?;
    book.finish()
}

/// Which cells a table has: row from 1, first column from 0.
///
/// # Errors
/// The document is damaged, or has no such table.
pub fn look(bytes: &[u8], table: usize) -> Result<Look> {
    let mut book = Book::open(bytes)?;
    let part = book.find("word/document.xml").ok_or(BadFile::Damaged)?;
    let xml = book.text(&part)?.ok_or(BadFile::Damaged)?;
    let rows = rows_of(&xml, table)?;
    let numbered = (1u32..).zip(&rows);
    Ok(Look::of_cells(
        numbered.flat_map(|(row, cells)| cells.cells.iter().map(move |cell| (row, cell.column))),
    ))
}

/// The rows of a table, with the columns its cells begin in.
fn rows_of(xml: &str, wanted: usize) -> Result<Vec<Row>> {
    let mut tables: Vec<Vec<Row>> = Vec::new();
    let mut depth = 0u32;
    let mut column = 0;
    for tag in Tags::new(xml) {
        match (tag.local(), tag.kind) {
            ("tbl", Kind::Open) => {
                depth += 1;
                if depth == 1 {
                    tables.push(Vec::new());
                }
            }
            ("tbl", Kind::Close) => depth = depth.saturating_sub(1),
            _ if depth != 1 => {}
            ("tr", Kind::Open) => {
                column = 0;
                if let Some(table) = tables.last_mut() {
                    let end = inside(xml, &tag).end;
                    let end = xml[end..].find('>').map_or(end, |at| end + at + 1);
                    table.push(Row { all: tag.at.start..end, cells: Vec::new() });
                }
            }
            ("gridBefore", _) => column += span(&tag),
            ("tc", Kind::Open) => {
                if let Some(row) = tables.last_mut().and_then(|table| table.last_mut()) {
                    row.cells.push(Cell { column, inner: inside(xml, &tag) });
                }
                column += 1;
            }
            ("gridSpan", _) => column += span(&tag).saturating_sub(1),
            _ => {}
        }
    }
    tables.into_iter().filter(|table| !table.is_empty()).nth(wanted).ok_or_else(|| BadFile::Damaged.into())
}

fn span(tag: &Tag<'_>) -> u32 {
    let name = format!("{}val", tag.prefix());
    tag.number(&name).unwrap_or(1).clamp(1, 500)
}

/// A row once more; numbers by which a document knows its paragraphs must not stand twice.
fn copied(row: &str) -> String {
    let mut edits = Edits::default();
    for tag in Tags::new(row).filter(|tag| tag.kind != Kind::Close) {
        for name in ["w14:paraId", "w14:textId"] {
            if let Some((_, at)) = tag.attribute(name) {
                edits.put(at.start - name.len() - 3..at.end + 1, "");
            }
        }
    }
    edits.apply(row)
}

fn write_cell(xml: &str, cell: &Range<usize>, value: &Value, edits: &mut Edits) {
    let texts = Texts::read(xml, cell);
    match value {
        Value::Patch(patches) => texts.patch(xml, patches, edits),
        Value::Text(new) | Value::Number(new) => {
            if texts.chars.is_empty() {
                add_run(xml, cell, new, edits);
            } else {
                texts.patch(xml, &[(0, texts.chars.len(), new.clone())], edits);
            }
        }
        Value::Rich(_) => {}
    }
}

/// The characters of a cell as the import reads them, with the text each stands in.
#[derive(Default)]
struct Texts {
    /// For each character the text it stands in; none for what is put between paragraphs.
    chars: Vec<Option<(usize, usize)>>,
    /// The texts of the document: tag and content.
    texts: Vec<(Range<usize>, Range<usize>)>,
}

impl Texts {
    fn read(xml: &str, cell: &Range<usize>) -> Self {
        let mut texts = Self::default();
        let mut line: Vec<(char, Option<(usize, usize)>)> = Vec::new();
        let mut hidden = 0u32;
        for tag in Tags::from(xml, cell.start).take_while(|tag| tag.at.start < cell.end) {
            match (tag.local(), tag.kind) {
                ("del" | "Fallback" | "txbxContent", Kind::Open) => hidden += 1,
                ("del" | "Fallback" | "txbxContent", Kind::Close) => hidden = hidden.saturating_sub(1),
                _ if hidden > 0 => {}
                ("t", Kind::Open) => {
                    let content = inside(xml, &tag);
                    let plain = super::package::tags::unescaped(&xml[content.clone()]);
                    let number = texts.texts.len();
                    texts.texts.push((tag.at.clone(), content));
                    line.extend(plain.chars().enumerate().map(|(at, c)| (c, Some((number, at)))));
                }
                ("tab" | "br" | "cr", Kind::Open | Kind::Empty) if !line.is_empty() => line.push((' ', None)),
                ("p", Kind::Close) => {
                    let is_blank = line.iter().all(|(c, _)| c.is_whitespace());
                    if !is_blank {
                        if !texts.chars.is_empty() {
                            texts.chars.push(None);
                        }
                        texts.chars.extend(line.drain(..).map(|(_, at)| at));
                    }
                    line.clear();
                }
                _ => {}
            }
        }
        texts
    }

    /// Makes each patch in the text its first character stands in, and cuts the rest.
    fn patch(&self, xml: &str, patches: &[Patch], edits: &mut Edits) {
        for (number, (tag, content)) in self.texts.iter().enumerate() {
            let mut own: Vec<Patch> = Vec::new();
            for (from, to, new) in patches {
                let first = self.chars.get(*from).copied().flatten();
                let before = from.checked_sub(1).and_then(|at| self.chars.get(at).copied().flatten());
                let inside = (*from..*to).filter_map(|at| self.chars.get(at).copied().flatten());
                let places: Vec<usize> =
                    inside.filter(|(text, _)| *text == number).map(|(_, at)| at).collect();
                let begins_here = match (from == to, before, first) {
                    // A blank of no width follows the character before it.
                    (true, Some((text, at)), _) => (text == number).then_some(at + 1),
                    (_, _, Some((text, at))) => (text == number).then_some(at),
                    _ => None,
                };
                if let Some(start) = begins_here {
                    let end = places.iter().max().map_or(start, |last| last + 1);
                    own.push((start, end, new.clone()));
                } else if let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) {
                    own.push((*first, last + 1, String::new()));
                }
            }
            if own.is_empty() {
                continue;
            }
            let plain = super::package::tags::unescaped(&xml[content.clone()]);
            edits.put(content.clone(), escaped(&super::package::text::patched_text(&plain, &own)));
            let open = &xml[tag.clone()];
            if !open.contains("xml:space") {
                edits.put(tag.end - 1..tag.end - 1, " xml:space=\"preserve\"");
            }
        }
    }
}

/// Adds a text to the first paragraph of an empty cell, in the font the paragraph is set in.
fn add_run(xml: &str, cell: &Range<usize>, text: &str, edits: &mut Edits) {
    let mut tags = Tags::from(xml, cell.start).take_while(|tag| tag.at.start < cell.end);
    let Some(paragraph) = tags.find(|tag| tag.local() == "p" && tag.kind != Kind::Close) else { return };
    let prefix = paragraph.prefix();
    let body = inside(xml, &paragraph);
    let look = Tags::from(xml, body.start)
        .take_while(|tag| tag.at.start < body.end)
        .find(|tag| tag.local() == "rPr" && tag.kind == Kind::Open);
    let look = look.map(|tag| xml[inside(xml, &tag)].to_owned()).unwrap_or_default();
    let look = if look.is_empty() { look } else { format!("<{prefix}rPr>{look}</{prefix}rPr>") };
    let run = format!(
        "<{prefix}r>{look}<{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escaped(text)
    );
    if paragraph.kind == Kind::Empty {
        let open = paragraph.text.trim_end_matches("/>").trim_end();
        edits.put(paragraph.at.clone(), format!("{open}>{run}</{prefix}p>"));
    } else {
        edits.put(body.end..body.end, run);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    const XML: &str = "<w:tbl><w:tr w14:paraId=\"A\"><w:tc><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:pPr><w:rPr><w:sz w:val=\"24\"/></w:rPr></w:pPr></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>□男</w:t></w:r><w:r><w:t> □女</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

    fn written(row: usize, column: u32, value: &Value) -> String {
        let rows = rows_of(XML, 0).unwrap();
        let cell = rows[row].cells.iter().find(|cell| cell.column == column).unwrap();
        let mut edits = Edits::default();
        write_cell(XML, &cell.inner, value, &mut edits);
        edits.apply(XML)
    }

    #[test]
    fn an_empty_cell_takes_a_run_in_its_own_font() {
        let after = written(0, 1, &Value::Text("王<".into()));
        let run = "<w:r><w:rPr><w:sz w:val=\"24\"/></w:rPr><w:t xml:space=\"preserve\">王&lt;</w:t></w:r>";
        assert_eq!(after.replacen(run, "", 1), XML);
        let after = written(0, 3, &Value::Text("女".into()));
        assert!(
            after.contains("<w:p><w:r><w:t xml:space=\"preserve\">女</w:t></w:r></w:p></w:tc></w:tr>"),
            "{after}"
        );
    }

    #[test]
    fn a_box_is_ticked_inside_its_run() {
        let after = written(1, 0, &Value::Patch(vec![(3, 4, "☑".into())]));
        assert!(after.contains("<w:t>□男</w:t></w:r><w:r><w:t xml:space=\"preserve\"> ☑女</w:t>"), "{after}");
        assert_eq!(copied("<w:tr w14:paraId=\"A\" w:x=\"1\"/>"), "<w:tr w:x=\"1\"/>");
    }
}
