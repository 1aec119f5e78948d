//! Places for values in a form about one person: the cell right of or below a known label, boxes to
//! tick, blanks inside a cell.

use crate::dictionary::{self, Subject};
use crate::error::Result;
use crate::fill::package::look::Look;
use crate::import;
use crate::import::map;
use crate::import::shape::words::tidy;
use crate::import::shape::{MoreTable, Shape};
use crate::import::sheet::{Cell, Merge, Sheet};
use crate::office::Office;

/// A place for a value. Row from 1, column from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The label, tidied.
    pub label: String,
    /// Dictionary field; none when the label is known but not sure.
    pub field: Option<String>,
    /// Row of the cell, from 1.
    pub row: u32,
    /// Column of the cell, from 0.
    pub column: u32,
    /// Characters of the cell's text that the value replaces, when the label stands in the same cell.
    pub inside: Option<(usize, usize)>,
}

struct Labels<'a> {
    sheet: &'a Sheet,
    look: &'a Look,
    knows: &'a dyn Fn(&str) -> bool,
}

/// The places of a form about one person, in reading order.
pub(super) fn spots(office: &Office, sheet: &Sheet, shape: &Shape, look: &Look) -> Result<Vec<Spot>> {
    let dictionary = &office.catalog().dictionary;
    let remembered = import::remembered(office.connection())?;
    let knows = |text: &str| map::is_heading(dictionary, &remembered, text);
    let labels = Labels { sheet, look, knows: &knows };
    let is_in_table = |row: u32| {
        let covers = |table: &MoreTable| {
            (table.header_rows.0..=table.data_rows.unwrap_or(table.header_rows).1).contains(&row)
        };
        shape.more_tables.iter().any(covers)
    };
    let mut spots: Vec<Spot> = Vec::new();
    for &row in sheet.used_rows().iter().filter(|row| !is_in_table(**row + 1)) {
        for (column, cell) in sheet.row(row) {
            let Cell::Text(text) = cell else { continue };
            let label = tidy(text).trim_end_matches(':').to_owned();
            let side = labels.side_of(row, column).or_else(|| labels.group_before(row, column));
            let path: Vec<&str> = side.iter().map(String::as_str).chain([label.as_str()]).collect();
            let field = |path: &[&str]| {
                let found = dictionary::find(dictionary, path, &remembered, Subject::Resident);
                found.sure().filter(|_| !found.others).map(|field| field.id.clone())
            };
            if knows(&label) {
                let Some((at, below)) = labels.room_of(row, column) else { continue };
                spots.push(Spot { field: field(&path), label, row: at + 1, column: below, inside: None });
            } else {
                spots.extend(labels.inside(row, column, text).into_iter().map(|mut spot| {
                    spot.field = field(&[spot.label.as_str()]);
                    spot
                }));
            }
        }
    }
    // A label that stands twice may mean two people; only the first is surely the person's own.
    let mut seen: Vec<String> = Vec::new();
    for spot in &mut spots {
        let Some(field) = &spot.field else { continue };
        if seen.contains(field) {
            spot.field = None;
        } else {
            seen.push(field.clone());
        }
    }
    Ok(spots)
}

impl Labels<'_> {
    fn area(&self, row: u32, column: u32) -> Merge {
        self.sheet.merge_at(row, column).unwrap_or(Merge { row, column, rows: 1, columns: 1 })
    }

    fn is_label(&self, row: u32, column: u32) -> bool {
        let text = self.sheet.value_of(row, column);
        matches!(text, Cell::Text(text) if (self.knows)(tidy(text).trim_end_matches(':')))
    }

    /// A cell that belongs to the form: laid out, or part of a merged area.
    fn exists(&self, row: u32, column: u32) -> bool {
        self.look.has_cell(row + 1, column) || self.sheet.merge_at(row, column).is_some()
    }

    /// Whether a value may stand there: nothing yet, or boxes to tick.
    fn has_room(&self, row: u32, column: u32) -> bool {
        let area = self.area(row, column);
        if (area.row, area.column) != (row, column) || !self.exists(row, column) {
            return false;
        }
        if self.look.formulas.contains(&(row + 1, column)) {
            return false;
        }
        match self.sheet.cell(row, column) {
            Cell::Empty => true,
            Cell::Text(text) => {
                text.contains(['□', '☐', '○']) || text.chars().all(|c| c == '_' || c.is_whitespace())
            }
            Cell::Number(_) | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => false,
        }
    }

    /// The cell for the value of a label: right of it, else below it.
    fn room_of(&self, row: u32, column: u32) -> Option<(u32, u32)> {
        let area = self.area(row, column);
        let right = (area.row, area.last_column() + 1);
        if self.has_room(right.0, right.1) {
            return Some(right);
        }
        // Below only where the label heads a column of its own: right of it stands another label.
        let below = (area.last_row() + 1, area.column);
        let is_headed = self.is_label(right.0, right.1) || !self.exists(right.0, right.1);
        // Two empty rows below are a table of its own, of other people.
        let lower = (self.area(below.0, below.1).last_row() + 1, area.column);
        let is_table = self.has_room(lower.0, lower.1);
        (is_headed && !is_table && self.has_room(below.0, below.1)).then_some(below)
    }

    /// A label that has no room of its own and stands in front of others, such as 紧急联系人 before 姓名
    /// and 电话.
    fn group_before(&self, row: u32, column: u32) -> Option<String> {
        let labels = self.sheet.row(row).filter(|(at, _)| *at < column);
        let mut found = None;
        for (at, cell) in labels {
            let Cell::Text(text) = cell else { continue };
            let right = self.area(row, at).last_column() + 1;
            if self.is_label(row, at) && self.is_label(row, right) && self.room_of(row, at).is_none() {
                found = Some(tidy(text));
            }
        }
        found
    }

    /// The text that heads several lines from their left side, such as 紧急联系人 over 姓名 and 电话.
    fn side_of(&self, row: u32, column: u32) -> Option<String> {
        let mut at = column;
        while at > 0 {
            at -= 1;
            let area = self.area(row, at);
            at = area.column;
            if area.rows < 2 {
                continue;
            }
            if let Cell::Text(text) = self.sheet.cell(area.row, area.column) {
                let text = tidy(text);
                let is_value = text.contains(['□', '☐']) || text.chars().count() > 12;
                return (!is_value && area.columns <= 2).then_some(text);
            }
        }
        None
    }

    /// Labels with room behind them in the same cell: `姓名：______`.
    fn inside(&self, row: u32, column: u32, text: &str) -> Vec<Spot> {
        let chars: Vec<char> = text.chars().collect();
        let is_room = |c: char| c.is_whitespace() || matches!(c, '_' | '＿');
        let mut spots = Vec::new();
        for (at, _) in chars.iter().enumerate().filter(|(_, c)| matches!(c, '：' | ':')) {
            let start =
                chars[..at].iter().rposition(|c| is_room(*c) || matches!(c, '：' | ':')).map_or(0, |s| s + 1);
            let label = tidy(&chars[start..at].iter().collect::<String>());
            if label.is_empty() || !(self.knows)(&label) {
                continue;
            }
            let run = chars[at + 1..].iter().take_while(|c| is_room(**c)).count();
            let rest: Vec<char> =
                chars[at + 1 + run..].iter().copied().take_while(|c| !is_room(*c)).collect();
            let is_end = rest.is_empty() || rest.iter().any(|c| matches!(c, '：' | ':'));
            if run > 0 && is_end {
                let inside = Some((at + 1, at + 1 + run));
                spots.push(Spot { label, field: None, row: row + 1, column, inside });
            }
        }
        spots
    }
}
