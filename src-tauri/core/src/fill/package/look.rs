//! What a worksheet asks of its cells: drop-down lists, number formats, formulas, styled cells,
//! widths and protection. Values and merged areas come from the import's own reading.

use std::collections::{BTreeMap, HashSet};

use super::book::Book;
use super::sheet::{Layout, position};
use super::tags::{Kind, Tags, inside, unescaped};
use crate::error::{BadFile, Result};

/// What a sheet asks of its cells. Rows from 1, columns from 0.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Areas with the list they choose from.
    pub lists: Vec<(Vec<Area>, Vec<String>)>,
    /// Number format of each cell that is laid out.
    formats: BTreeMap<(u32, u32), u32>,
    codes: Vec<Option<String>>,
    /// Cells with a formula.
    pub formulas: HashSet<(u32, u32)>,
    /// Height of rows in points, where it is set.
    pub heights: BTreeMap<u32, f64>,
    /// First and last column and their width in characters.
    pub widths: Vec<(u32, u32, f64)>,
    /// The sheet is protected against changes.
    pub is_protected: bool,
    /// Any sheet of the file has a formula.
    pub has_formulas: bool,
    /// The last row that is laid out.
    pub last_row: u32,
}

/// An area: first row, first column, last row, last column.
pub type Area = (u32, u32, u32, u32);

impl Look {
    /// Reads what a sheet asks.
    ///
    /// # Errors
    /// A part is damaged.
    pub fn read(book: &mut Book<'_>, sheet: &str) -> Result<Self> {
        let part = book.sheet_part(sheet)?;
        let xml = book.text(&part)?.ok_or(BadFile::Damaged)?;
        let layout = Layout::read(&xml)?;
        let mut look = Self { codes: formats(book)?, ..Self::default() };
        for row in &layout.rows {
            look.last_row = look.last_row.max(row.number);
            if let Some(height) = Tags::from(&xml, row.open.start).next().and_then(|tag| tag.value("ht"))
                && let Ok(height) = height.parse()
            {
                look.heights.insert(row.number, height);
            }
            for cell in &row.cells {
                look.formats.insert((row.number, cell.column), cell.style.unwrap_or(0));
                if cell.has_formula {
                    look.formulas.insert((row.number, cell.column));
                }
            }
        }
        look.read_marks(book, &xml, sheet)?;
        look.has_formulas = !look.formulas.is_empty();
        if !look.has_formulas {
            for other in book.sheet_parts()? {
                look.has_formulas |= book.text(&other)?.is_some_and(|xml| {
                    Tags::new(&xml).any(|tag| tag.local() == "f" && tag.kind != Kind::Close)
                });
            }
        }
        Ok(look)
    }

    fn read_marks(&mut self, book: &mut Book<'_>, xml: &str, sheet: &str) -> Result<()> {
        for tag in Tags::new(xml).filter(|tag| tag.kind != Kind::Close) {
            match tag.local() {
                "sheetProtection" => {
                    self.is_protected = matches!(tag.value("sheet"), Some("1" | "true"));
                }
                "col" => {
                    let edges = tag.number("min").zip(tag.number("max"));
                    let width = tag.value("width").and_then(|width| width.parse().ok());
                    if let (Some((first, last)), Some(width)) = (edges, width) {
                        self.widths.push((first.saturating_sub(1), last.saturating_sub(1), width));
                    }
                }
                "dataValidation" if tag.value("type") == Some("list") && tag.kind == Kind::Open => {
                    let body = inside(xml, &tag);
                    let element = |name: &str| {
                        let mut tags = Tags::from(xml, body.start).take_while(|tag| tag.at.start < body.end);
                        let found = tags.find(|tag| tag.local() == name && tag.kind == Kind::Open)?;
                        Some(unescaped(strip_tags(&xml[inside(xml, &found)]).trim()))
                    };
                    let areas = tag.value("sqref").map(str::to_owned).or_else(|| element("sqref"));
                    if let (Some(areas), Some(formula)) = (areas, element("formula1")) {
                        let options = options(book, &formula, sheet)?;
                        if !options.is_empty() {
                            self.lists.push((areas.split_whitespace().filter_map(area).collect(), options));
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What is known of a table without formats: only which cells there are.
    #[must_use]
    pub fn of_cells(cells: impl Iterator<Item = (u32, u32)>) -> Self {
        let formats: BTreeMap<(u32, u32), u32> = cells.map(|cell| (cell, 0)).collect();
        let last_row = formats.keys().map(|(row, _)| *row).max().unwrap_or(0);
        Self { formats, last_row, ..Self::default() }
    }

    /// Whether a cell is laid out (bordered, coloured or filled) in the file.
    #[must_use]
    pub fn has_cell(&self, row: u32, column: u32) -> bool {
        self.formats.contains_key(&(row, column))
    }

    /// The number format of a cell; none when it is general or not laid out.
    #[must_use]
    pub fn format(&self, row: u32, column: u32) -> Option<&str> {
        let style = *self.formats.get(&(row, column))?;
        self.codes.get(style as usize)?.as_deref()
    }

    /// The list a cell chooses from.
    #[must_use]
    pub fn list(&self, row: u32, column: u32) -> Option<&[String]> {
        let covers = |(top, left, bottom, right): &Area| {
            (*top..=*bottom).contains(&row) && (*left..=*right).contains(&column)
        };
        self.lists.iter().find(|(areas, _)| areas.iter().any(covers)).map(|(_, options)| options.as_slice())
    }

    /// Width of a column in characters.
    #[must_use]
    pub fn width(&self, column: u32) -> f64 {
        let known = self.widths.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        known.map_or(9.0, |(_, _, width)| *width)
    }
}

fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((top, left), (bottom, right)) = (position(first)?, position(last)?);
    Some((top, left, bottom, right))
}

/// Text without the tags in it: `<xm:f>x</xm:f>` is `x`.
fn strip_tags(text: &str) -> &str {
    match (text.find('>'), text.rfind('<')) {
        (Some(start), Some(end)) if start < end => &text[start + 1..end],
        _ => text,
    }
}

/// What may be chosen: words in quotes, or the cells of a column on this or another sheet.
fn options(book: &mut Book<'_>, formula: &str, own: &str) -> Result<Vec<String>> {
    if let Some(words) = formula.strip_prefix('"') {
        let words = words.trim_end_matches('"').replace("\"\"", "\"");
        return Ok(words
            .split([',', '，'])
            .map(|word| word.trim().to_owned())
            .filter(|w| !w.is_empty())
            .collect());
    }
    let formula = match named(book, formula)? {
        Some(target) => target,
        None => formula.to_owned(),
    };
    let (sheet, cells) = match formula.rsplit_once('!') {
        Some((sheet, cells)) => (sheet.trim_matches('\'').replace("''", "'"), cells),
        None => (own.to_owned(), formula.as_str()),
    };
    let Some((top, left, bottom, right)) = area(cells) else { return Ok(Vec::new()) };
    if left != right && top != bottom || bottom - top > 2_000 {
        return Ok(Vec::new());
    }
    let Ok(part) = book.sheet_part(&sheet) else { return Ok(Vec::new()) };
    let Some(xml) = book.text(&part)? else { return Ok(Vec::new()) };
    let shared = shared_texts(book)?;
    let layout = Layout::read(&xml)?;
    let mut found = Vec::new();
    for row in layout.rows.iter().filter(|row| (top..=bottom).contains(&row.number)) {
        for cell in row.cells.iter().filter(|cell| (left..=right).contains(&cell.column)) {
            let text = cell_text(&xml, cell, &shared);
            if !text.trim().is_empty() {
                found.push(text.trim().to_owned());
            }
        }
    }
    Ok(found)
}

/// The area a defined name stands for.
fn named(book: &mut Book<'_>, name: &str) -> Result<Option<String>> {
    let Some(part) = book.find("workbook.xml") else { return Ok(None) };
    let Some(text) = book.text(&part)? else { return Ok(None) };
    let mut tags = Tags::new(&text);
    let found = tags.find(|tag| {
        tag.local() == "definedName"
            && tag.kind == Kind::Open
            && tag.value("name").map(unescaped).as_deref() == Some(name)
    });
    Ok(found.map(|tag| unescaped(&text[inside(&text, &tag)])))
}

/// The shared texts of a workbook, each as the content of its element.
///
/// # Errors
/// The part is damaged.
pub fn shared_texts(book: &mut Book<'_>) -> Result<Vec<String>> {
    let Some(part) = book.find("sharedstrings.xml") else { return Ok(Vec::new()) };
    let Some(text) = book.text(&part)? else { return Ok(Vec::new()) };
    let items = Tags::new(&text).filter(|tag| tag.local() == "si" && tag.kind != Kind::Close);
    Ok(items.map(|tag| text[inside(&text, &tag)].to_owned()).collect())
}

/// The content of a cell's text, with its runs.
#[must_use]
pub fn item(xml: &str, cell: &super::sheet::Cell, shared: &[String]) -> String {
    let body = &xml[cell.all.clone()];
    let element = |name: &str| {
        let found = Tags::new(body).find(|tag| tag.local() == name && tag.kind == Kind::Open)?;
        Some(body[inside(body, &found)].to_owned())
    };
    match Tags::new(body).next().and_then(|tag| tag.value("t")).unwrap_or_default() {
        "s" => {
            let index: Option<usize> = element("v").and_then(|v| v.trim().parse().ok());
            index.and_then(|index| shared.get(index)).cloned().unwrap_or_default()
        }
        "inlineStr" => element("is").unwrap_or_default(),
        _ => format!("<t>{}</t>", element("v").unwrap_or_default()),
    }
}

/// The plain text of a cell.
fn cell_text(xml: &str, cell: &super::sheet::Cell, shared: &[String]) -> String {
    plain_text(&item(xml, cell, shared))
}

/// The text of a shared item, runs joined, readings left out.
#[must_use]
pub fn plain_text(item: &str) -> String {
    let mut text = String::new();
    let mut skip_until = 0;
    for tag in Tags::new(item).filter(|tag| tag.kind == Kind::Open) {
        if tag.local() == "rPh" {
            skip_until = inside(item, &tag).end;
        }
        if tag.local() == "t" && tag.at.start >= skip_until {
            text.push_str(&unescaped(&item[inside(item, &tag)]));
        }
    }
    text
}

/// The number format of each style: none for general ones.
fn formats(book: &mut Book<'_>) -> Result<Vec<Option<String>>> {
    let Some(part) = book.find("styles.xml") else { return Ok(Vec::new()) };
    let Some(text) = book.text(&part)? else { return Ok(Vec::new()) };
    let own: BTreeMap<u32, String> = Tags::new(&text)
        .filter(|tag| tag.local() == "numFmt" && tag.kind != Kind::Close)
        .filter_map(|tag| Some((tag.number("numFmtId")?, unescaped(tag.value("formatCode")?))))
        .collect();
    let Some(list) = Tags::new(&text).find(|tag| tag.local() == "cellXfs" && tag.kind == Kind::Open) else {
        return Ok(Vec::new());
    };
    let body = inside(&text, &list);
    let styles = Tags::from(&text, body.start)
        .take_while(|tag| tag.at.start < body.end)
        .filter(|tag| tag.local() == "xf" && tag.kind != Kind::Close);
    Ok(styles
        .map(|tag| {
            let id = tag.number("numFmtId").unwrap_or(0);
            own.get(&id).cloned().or_else(|| built_in(id).map(str::to_owned))
        })
        .collect())
}

/// The formats that files name only by number (ECMA-376 part 1, 18.8.30, and their Chinese kin).
const fn built_in(id: u32) -> Option<&'static str> {
    match id {
        1 => Some("0"),
        2 => Some("0.00"),
        3 => Some("#,##0"),
        4 => Some("#,##0.00"),
        9 => Some("0%"),
        10 => Some("0.00%"),
        14 => Some("yyyy/m/d"),
        15..=17 | 22 | 30 | 36 | 50 => Some("yyyy/m/d"),
        27 | 57 => Some("yyyy\"年\"m\"月\""),
        28 | 29 | 31 | 51..=54 | 58 => Some("yyyy\"年\"m\"月\"d\"日\""),
        49 => Some("@"),
        _ => None,
    }
}
