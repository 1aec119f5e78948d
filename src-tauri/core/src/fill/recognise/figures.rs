//! Cells of a table of figures: each with the words of its line and of its column.

use crate::fill::package::look::Look;
use crate::import::shape::words::{is_numbering, tidy};
use crate::import::shape::{Shape, Zone};
use crate::import::sheet::{Cell, Sheet};

/// A cell for a figure. Row from 1, column from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureAt {
    /// Row, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// What the line counts.
    pub row_label: String,
    /// What the column counts.
    pub column_label: String,
}

const UNITS: [&str; 6] = ["单位", "计量单位", "代码", "行次", "指标代码", "备注"];

/// The empty cells of a table of figures, in reading order.
pub(super) fn cells(sheet: &Sheet, shape: &Shape, look: &Look) -> Vec<FigureAt> {
    let Some((first, last)) = shape.data_rows else { return Vec::new() };
    let is_figure = |heading: &str| {
        let tidied = tidy(heading);
        let end = tidied.rsplit('/').next().unwrap_or(&tidied);
        !is_numbering(end) && !UNITS.contains(&end) && end != "甲" && end != "乙"
    };
    let mut found = Vec::new();
    // A line that reads like a note (其中：女性) is one of figures where its cells are laid out.
    let is_line = |row: &u32| match shape.zone(*row) {
        Zone::Header => false,
        Zone::Note => shape.columns.iter().skip(1).all(|column| {
            look.has_cell(*row, column.index) && sheet.merge_at(row - 1, column.index).is_none()
        }),
        _ => true,
    };
    for row in (first..=last).filter(is_line) {
        let texts: Vec<(u32, String)> = sheet
            .row(row - 1)
            .filter_map(|(column, cell)| match cell {
                Cell::Text(text) if text.chars().any(char::is_alphabetic) => Some((column, tidy(text))),
                _ => None,
            })
            .collect();
        let Some((label_at, label)) = texts.first() else { continue };
        for column in
            shape.columns.iter().filter(|column| column.index > *label_at && is_figure(&column.heading))
        {
            let is_open = match sheet.cell(row - 1, column.index) {
                Cell::Empty => true,
                Cell::Number(number) => number == 0.0,
                Cell::Text(_) | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => false,
            };
            if is_open && !look.formulas.contains(&(row, column.index)) {
                found.push(FigureAt {
                    row,
                    column: column.index,
                    row_label: label.clone(),
                    column_label: tidy(&column.heading),
                });
            }
        }
    }
    found
}
