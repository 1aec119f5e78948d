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

/// Stands between a line and the one it is a part of: 残疾人›女性.
pub const PART_OF: char = '›';
/// How a line begins that counts a part of the one above.
const OF_IT: &str = "其中";

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
    let mut lines = Lines::default();
    for row in (first..=last).filter(is_line) {
        let texts: Vec<(u32, String)> = sheet
            .row(row - 1)
            .filter_map(|(column, cell)| match cell {
                Cell::Text(text) if text.chars().any(char::is_alphabetic) => Some((column, tidy(text))),
                _ => None,
            })
            .collect();
        let Some((label_at, label)) = texts.first() else { continue };
        let label = lines.place(label);
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

/// Which line is a part of which: 其中：女性 counts the women of the line above, not all women.
#[derive(Default)]
struct Lines {
    whole: String,
    is_inside: bool,
}

impl Lines {
    /// The label of the next line with those it is a part of.
    fn place(&mut self, label: &str) -> String {
        let part =
            label.strip_prefix(OF_IT).map(|part| part.trim_start_matches([':', '：', '，', ',', '、']));
        if let Some(part) = part.filter(|part| !part.is_empty() && !self.whole.is_empty()) {
            self.is_inside = true;
            return format!("{}{PART_OF}{part}", self.whole);
        }
        // After such a line, one that says no more than a sex or an age may still be a part of the whole
        // or stand for itself: the words do not tell, so it gets a part nobody understands.
        let is_trait = label.chars().count() <= 8 && label.contains(['男', '女', '岁', '龄']);
        if self.is_inside && is_trait {
            return format!("{}{PART_OF}{OF_IT}{PART_OF}{label}", self.whole);
        }
        self.is_inside = false;
        label.clone_into(&mut self.whole);
        label.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn a_part_is_counted_within_its_whole() {
        let mut lines = Lines::default();
        let placed: Vec<String> = ["残疾人", "其中:女性", "60岁以上", "独居老人", "女性"]
            .iter()
            .map(|label| lines.place(label))
            .collect();
        assert_eq!(placed, ["残疾人", "残疾人›女性", "残疾人›其中›60岁以上", "独居老人", "女性"]);
    }
}
