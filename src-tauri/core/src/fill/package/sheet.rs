//! The rows and cells of one worksheet part by their places in it, and writing values into single
//! cells. Everything that is not such a cell stays byte for byte.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tags::{Edits, Kind, Tag, Tags, escaped, inside};
use super::{Value, Write};
use crate::error::{BadFile, Result};
use crate::import::sheet::{column_index, column_letters};

/// A row of a worksheet part.
#[derive(Debug, Clone)]
pub struct Row {
    /// Number, from 1.
    pub number: u32,
    /// Its opening tag.
    pub open: Range<usize>,
    /// The whole row.
    pub all: Range<usize>,
    /// Its cells from left to right.
    pub cells: Vec<Cell>,
    /// The row is one empty tag.
    pub is_empty_tag: bool,
}

/// A cell of a worksheet part.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Column, from 0.
    pub column: u32,
    /// Its opening tag.
    pub open: Range<usize>,
    /// The whole cell.
    pub all: Range<usize>,
    /// Number of its style.
    pub style: Option<u32>,
    /// A formula stands in it.
    pub has_formula: bool,
}

/// Where the parts of a worksheet are.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The prefix of its tags, with the colon.
    pub prefix: String,
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// What stands between the tags of the sheet's data.
    pub data: Range<usize>,
    /// The tag of the sheet's data, when it is an empty one.
    empty_data: Option<Range<usize>>,
}

impl Layout {
    /// Reads where the rows and cells of a part are.
    ///
    /// # Errors
    /// [`BadFile::Damaged`] when it has no data.
    pub fn read(xml: &str) -> Result<Self> {
        let open = Tags::new(xml).find(|tag| tag.local() == "sheetData" && tag.kind != Kind::Close);
        let open = open.ok_or(BadFile::Damaged)?;
        let data = inside(xml, &open);
        let mut layout = Self {
            prefix: open.prefix().to_owned(),
            rows: Vec::new(),
            empty_data: (open.kind == Kind::Empty).then(|| open.at.clone()),
            data: data.clone(),
        };
        for tag in Tags::from(xml, data.start).take_while(|tag| tag.at.start < data.end) {
            layout.take(&tag);
        }
        Ok(layout)
    }

    fn take(&mut self, tag: &Tag<'_>) {
        match (tag.local(), tag.kind) {
            ("row", Kind::Close) => {
                if let Some(row) = self.rows.last_mut() {
                    row.all.end = tag.at.end;
                }
            }
            ("row", kind) => {
                let next = self.rows.last().map_or(1, |row| row.number + 1);
                self.rows.push(Row {
                    number: tag.number("r").unwrap_or(next),
                    open: tag.at.clone(),
                    all: tag.at.clone(),
                    cells: Vec::new(),
                    is_empty_tag: kind == Kind::Empty,
                });
            }
            ("c", Kind::Close) => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                    cell.all.end = tag.at.end;
                }
            }
            ("c", _) => {
                let Some(row) = self.rows.last_mut() else { return };
                let next = row.cells.last().map_or(0, |cell| cell.column + 1);
                row.cells.push(Cell {
                    column: tag.value("r").and_then(column_of).unwrap_or(next),
                    open: tag.at.clone(),
                    all: tag.at.clone(),
                    style: tag.number("s"),
                    has_formula: false,
                });
            }
            ("f", Kind::Open | Kind::Empty) => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                    cell.has_formula = true;
                }
            }
            _ => {}
        }
    }

    /// The row of that number.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.iter().find(|row| row.number == number)
    }

    /// The cell at a position: row from 1, column from 0.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.row(row)?.cells.iter().find(|cell| cell.column == column)
    }
}

fn column_of(reference: &str) -> Option<u32> {
    column_index(reference.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Writes values into cells of a part; a cell that does not exist is made in its place, with the
/// style of its column.
///
/// # Errors
/// [`BadFile::Damaged`] when the part is no worksheet.
pub fn write(xml: &str, writes: &[Write]) -> Result<String> {
    let layout = Layout::read(xml)?;
    let mut by_row: BTreeMap<u32, BTreeMap<u32, &Value>> = BTreeMap::new();
    for write in writes {
        by_row.entry(write.row).or_default().insert(write.column, &write.value);
    }
    let styles = column_styles(xml);
    let pen = Pen { xml, prefix: &layout.prefix, styles: &styles };
    let mut edits = Edits::default();
    let mut made = String::new();
    for (number, values) in &by_row {
        match layout.rows.iter().find(|row| row.number == *number) {
            Some(row) => pen.edit_row(row, values, &mut edits),
            None => {
                let at = layout.rows.iter().find(|row| row.number > *number);
                let at = at.map_or(layout.data.end, |row| row.all.start);
                match &layout.empty_data {
                    Some(_) => made.push_str(&pen.new_row(*number, values)),
                    None => edits.put(at..at, pen.new_row(*number, values)),
                }
            }
        }
    }
    if let (Some(tag), false) = (&layout.empty_data, made.is_empty()) {
        let open = xml[tag.clone()].trim_end_matches("/>").trim_end();
        edits.put(tag.clone(), format!("{open}>{made}</{}sheetData>", layout.prefix));
    }
    widen_dimension(xml, writes, &mut edits);
    Ok(edits.apply(xml))
}

/// The style that each column gives to cells that do not exist yet: first, last, style.
fn column_styles(xml: &str) -> Vec<(u32, u32, u32)> {
    let columns =
        Tags::new(xml).take_while(|tag| tag.local() != "sheetData").filter(|tag| tag.local() == "col");
    columns.filter_map(|tag| Some((tag.number("min")?, tag.number("max")?, tag.number("style")?))).collect()
}

struct Pen<'a> {
    xml: &'a str,
    prefix: &'a str,
    styles: &'a [(u32, u32, u32)],
}

impl Pen<'_> {
    fn edit_row(&self, row: &Row, values: &BTreeMap<u32, &Value>, edits: &mut Edits) {
        let mut made = String::new();
        let end = if row.is_empty_tag { row.all.end } else { self.end_of(row) };
        for (column, value) in values {
            if let Some(cell) = row.cells.iter().find(|cell| cell.column == *column) {
                edits.put(cell.all.clone(), self.rewritten(cell, value));
                continue;
            }
            let text = self.new_cell(row.number, *column, value);
            if row.is_empty_tag {
                made.push_str(&text);
            } else {
                let next = row.cells.iter().find(|cell| cell.column > *column);
                let at = next.map_or(end, |cell| cell.all.start);
                edits.put(at..at, text);
            }
        }
        if row.is_empty_tag && !made.is_empty() {
            let open = self.xml[row.open.clone()].trim_end_matches("/>").trim_end();
            edits.put(row.all.clone(), format!("{open}>{made}</{}row>", self.prefix));
        } else {
            self.widen_spans(row, values, edits);
        }
    }

    fn end_of(&self, row: &Row) -> usize {
        self.xml[row.all.clone()].rfind("</").map_or(row.all.end, |at| row.all.start + at)
    }

    /// A row says which columns it spans; one that says less than it holds is not believed.
    fn widen_spans(&self, row: &Row, values: &BTreeMap<u32, &Value>, edits: &mut Edits) {
        let tag = Tags::from(self.xml, row.open.start).next();
        let Some((spans, at)) = tag.and_then(|tag| tag.attribute("spans")) else { return };
        let Some((first, last)) = spans.split_once(':') else { return };
        let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) else { return };
        let low = values.keys().next().map_or(first, |column| (column + 1).min(first));
        let high = values.keys().next_back().map_or(last, |column| (column + 1).max(last));
        if (low, high) != (first, last) {
            edits.put(at, format!("{low}:{high}"));
        }
    }

    fn new_row(&self, number: u32, values: &BTreeMap<u32, &Value>) -> String {
        let cells: String =
            values.iter().map(|(column, value)| self.new_cell(number, *column, value)).collect();
        format!("<{0}row r=\"{number}\">{cells}</{0}row>", self.prefix)
    }

    fn new_cell(&self, row: u32, column: u32, value: &Value) -> String {
        let wanted = column + 1;
        let style = self.styles.iter().find(|(first, last, _)| (*first..=*last).contains(&wanted));
        let style = style.map(|(_, _, style)| format!(" s=\"{style}\"")).unwrap_or_default();
        let (kind, inner) = self.value(value);
        format!("<{0}c r=\"{1}{row}\"{style}{kind}>{inner}</{0}c>", self.prefix, column_letters(column))
    }

    /// The cell with its own tag and another value.
    fn rewritten(&self, cell: &Cell, value: &Value) -> String {
        let tag = self.xml[cell.open.clone()].trim_end_matches('>').trim_end_matches('/').trim_end();
        let open = Tags::from(self.xml, cell.open.start).next();
        let kept = match open.and_then(|open| open.attribute("t")) {
            Some((_, at)) => {
                // From the blank before the name to the quote behind the value.
                let name = tag[..at.start - cell.open.start].rfind('t').unwrap_or(0);
                let end = (at.end + 1 - cell.open.start).min(tag.len());
                format!("{}{}", tag[..name].trim_end(), &tag[end..])
            }
            None => tag.to_owned(),
        };
        let (kind, inner) = self.value(value);
        format!("{kept}{kind}>{inner}</{}c>", self.prefix)
    }

    /// The type attribute and the content of a value.
    fn value(&self, value: &Value) -> (&'static str, String) {
        let prefix = self.prefix;
        match value {
            Value::Number(number) => ("", format!("<{prefix}v>{number}</{prefix}v>")),
            Value::Text(text) => {
                let text = escaped(text);
                let inner =
                    format!("<{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is>");
                (" t=\"inlineStr\"", inner)
            }
            // Patches were resolved before; one that was not would lose the text.
            Value::Patch(_) => ("", String::new()),
            Value::Rich(runs) => (" t=\"inlineStr\"", format!("<{prefix}is>{runs}</{prefix}is>")),
        }
    }
}

/// The part says how far it reaches; it must reach to what was written.
fn widen_dimension(xml: &str, writes: &[Write], edits: &mut Edits) {
    let mut before = Tags::new(xml).take_while(|tag| tag.local() != "sheetData");
    let Some((area, at)) = before.find(|tag| tag.local() == "dimension").and_then(|tag| tag.attribute("ref"))
    else {
        return;
    };
    let (first, last) = area.split_once(':').unwrap_or((area, area));
    let (Some((top, left)), Some((bottom, right))) = (position(first), position(last)) else { return };
    let low = writes.iter().fold((top, left), |low, w| (low.0.min(w.row), low.1.min(w.column)));
    let high = writes.iter().fold((bottom, right), |high, w| (high.0.max(w.row), high.1.max(w.column)));
    if (low, high) != ((top, left), (bottom, right)) {
        let text = |(row, column): (u32, u32)| format!("{}{row}", column_letters(column));
        edits.put(at, format!("{}:{}", text(low), text(high)));
    }
}

/// Row from 1 and column from 0 of a reference such as `$B$5`.
#[must_use]
pub fn position(reference: &str) -> Option<(u32, u32)> {
    let bare = reference.replace('$', "");
    let digits = bare.find(|c: char| c.is_ascii_digit())?;
    Some((bare[digits..].parse().ok()?, column_index(&bare[..digits])?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    fn text(row: u32, column: u32, text: &str) -> Write {
        Write { row, column, value: Value::Text(text.into()) }
    }

    #[test]
    fn only_the_cells_change() {
        let xml = r#"<x:worksheet><x:dimension ref="A1:B2"/><x:sheetData><x:row r="1" spans="1:2" ht="30"><x:c r="A1" s="3" t="s"><x:v>0</x:v></x:c><x:c r="B1" s="4"/></x:row><x:row r="3" s="2"/></x:sheetData><x:extLst> kept </x:extLst></x:worksheet>"#;
        let writes = [
            text(1, 1, "王&桂"),
            Write { row: 1, column: 0, value: Value::Number("5".into()) },
            text(1, 3, "远"),
            text(2, 0, "中"),
            text(3, 1, "末"),
            text(5, 0, "外"),
        ];
        let cell = |s: &str, body: &str| {
            format!(r#"<x:c {s} t="inlineStr"><x:is><x:t xml:space="preserve">{body}</x:t></x:is></x:c>"#)
        };
        let expected = [
            r#"<x:worksheet><x:dimension ref="A1:D5"/><x:sheetData><x:row r="1" spans="1:4" ht="30">"#,
            r#"<x:c r="A1" s="3"><x:v>5</x:v></x:c>"#,
            &cell(r#"r="B1" s="4""#, "王&amp;桂"),
            &cell(r#"r="D1""#, "远"),
            r#"</x:row><x:row r="2">"#,
            &cell(r#"r="A2""#, "中"),
            r#"</x:row><x:row r="3" s="2">"#,
            &cell(r#"r="B3""#, "末"),
            r#"</x:row><x:row r="5">"#,
            &cell(r#"r="A5""#, "外"),
            "</x:row></x:sheetData><x:extLst> kept </x:extLst></x:worksheet>",
        ];
        assert_eq!(write(xml, &writes).unwrap(), expected.concat());
    }

    #[test]
    fn a_sheet_without_rows_or_numbers_of_cells_is_written_too() {
        let bare = "<worksheet><sheetData/></worksheet>";
        assert_eq!(
            write(bare, &[Write { row: 2, column: 1, value: Value::Number("7".into()) }]).unwrap(),
            r#"<worksheet><sheetData><row r="2"><c r="B2"><v>7</v></c></row></sheetData></worksheet>"#
        );
        let unnumbered =
            "<worksheet><sheetData><row><c/><c t=\"str\" s=\"1\"><v>x</v></c></row></sheetData></worksheet>";
        let written = write(unnumbered, &[text(1, 1, "甲")]).unwrap();
        assert!(written.contains("<row><c/><c s=\"1\" t=\"inlineStr\"><is>"), "{written}");
    }
}
