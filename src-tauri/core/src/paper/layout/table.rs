//! Rows of a table, wrapped and measured, not yet on a page.
//!
//! Widths come from `width`, drawing is in `draw`, page ends in `flow`.

use super::super::document::{Align, Cell, Kind, Table};
use super::super::grid::{Seat, Seating};
use super::line::{Measured, TextLine};
use super::measure::{Font, Measure};
use super::style;
use crate::error::Result;

/// A cell with its lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CellBox {
    /// Where it sits.
    pub seat: Seat,
    /// Its text.
    pub lines: Vec<TextLine>,
    /// Where the lines stand: left, centre or right.
    pub align: Align,
    /// Distance of a right-aligned text from the padding, so that numbers stand in the middle.
    pub inset: f32,
}

/// A row with its height.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RowBox {
    /// The cells that start in it.
    pub cells: Vec<CellBox>,
    /// Its height in points.
    pub height: f32,
    /// Whether a cell reaches into the next row.
    pub is_open: bool,
    /// Whether it counts as a row of the list.
    pub is_counted: bool,
}

/// A table ready to be cut into pages.
pub(super) struct Prepared {
    /// Rows of the head.
    pub head: Vec<RowBox>,
    /// The rows, then the sums.
    pub rows: Vec<RowBox>,
    /// Left edges of the columns and the right edge of the last, from the left edge of the table.
    pub edges: Vec<f32>,
    /// Size of the text.
    pub size: f32,
}

impl Prepared {
    /// Wraps head and rows into columns of those widths.
    pub fn new(measure: &mut Measure, table: &Table, widths: &[f32], size: f32) -> Result<Self> {
        let edges = edges(widths);
        let mut made = Self { head: Vec::new(), rows: Vec::with_capacity(table.rows.len()), edges, size };
        made.wrap_head(measure, table)?;
        made.wrap_rows(measure, table)?;
        made.align(table);
        Ok(made)
    }

    /// A row over the whole width that says so when nothing follows.
    pub fn blank_row(&self, measure: &mut Measure) -> Result<RowBox> {
        let columns = self.edges.len() - 1;
        let seat = Seat { column: 0, columns, rows: 1 };
        let font = Font { typeface: style::body_face(false), size: self.size };
        let lines = Measured::new(measure, &[("（以下空白）", font)])?.wrap(self.room(seat), 0.0);
        let cells = vec![CellBox { seat, lines, align: Align::Centre, inset: 0.0 }];
        Ok(RowBox { cells, height: style::row_height(self.size), is_open: false, is_counted: false })
    }

    fn wrap_head(&mut self, measure: &mut Measure, table: &Table) -> Result<()> {
        let mut seating = Seating::new(table.columns.len(), table.head.len());
        let font = Font { typeface: style::HEAD_FACE, size: self.size };
        let least = style::head_height(self.size, table.head.len());
        for row in &table.head {
            let mut made = RowBox { height: least, ..RowBox::default() };
            for (cell, seat) in row.iter().zip(seating.row(row)?) {
                let lines = Measured::new(measure, &[(&cell.text, font)])?.wrap_balanced(self.room(seat));
                measure.report_missing(|| "表头".into());
                made.cells.push(CellBox { seat, lines, align: Align::Centre, inset: 0.0 });
            }
            made.is_open = seating.is_open();
            self.head.push(made);
        }
        grow(&mut self.head, self.size);
        Ok(())
    }

    fn wrap_rows(&mut self, measure: &mut Measure, table: &Table) -> Result<()> {
        let mut seating = Seating::new(table.columns.len(), table.rows.len() + table.totals.len());
        let all = table.rows.iter().map(|row| (row, true)).chain(table.totals.iter().map(|row| (row, false)));
        for (number, (row, is_counted)) in all.enumerate() {
            let mut made = RowBox { height: style::row_height(self.size), is_counted, ..RowBox::default() };
            for (cell, seat) in row.iter().zip(seating.row(row)?) {
                let is_spread = table.columns[seat.column].spread && is_counted;
                let lines = self.wrap_cell(measure, cell, seat, (!is_counted, is_spread))?;
                measure.report_missing(|| place(table, number, seat.column));
                made.cells.push(CellBox { seat, lines, align: cell.align, inset: 0.0 });
            }
            made.is_open = seating.is_open();
            self.rows.push(made);
        }
        grow(&mut self.rows, self.size);
        Ok(())
    }

    fn wrap_cell(
        &self,
        measure: &mut Measure,
        cell: &Cell,
        seat: Seat,
        (is_sum, is_spread): (bool, bool),
    ) -> Result<Vec<TextLine>> {
        if cell.text.is_empty() {
            return Ok(Vec::new());
        }
        let font = Font { typeface: style::body_face(cell.bold || is_sum), size: self.size };
        let measured = Measured::new(measure, &[(&cell.text, font)])?;
        let room = self.room(seat);
        let spread = if is_spread { measured.spread().filter(|line| line.width <= room) } else { None };
        Ok(match spread {
            Some(line) => vec![line],
            // A number cut in two is easier to read in halves.
            None if measured.width() > room && measured.is_one_stretch() => measured.wrap_balanced(room),
            None => measured.wrap(room, 0.0),
        })
    }

    /// Width for text inside a cell.
    fn room(&self, seat: Seat) -> f32 {
        self.edges[seat.column + seat.columns] - self.edges[seat.column] - 2.0 * style::pad_x(self.size)
    }

    /// Settles every cell whose place was left open.
    fn align(&mut self, table: &Table) {
        let mut wraps = vec![false; table.columns.len()];
        let mut widest = vec![0.0_f32; table.columns.len()];
        for cell in self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.seat.columns == 1) {
            wraps[cell.seat.column] |= cell.lines.len() > 1;
            let width = cell.lines.iter().map(|line| line.width).fold(0.0, f32::max);
            widest[cell.seat.column] = widest[cell.seat.column].max(width);
        }
        let rooms: Vec<f32> =
            (0..table.columns.len()).map(|column| self.room(Seat::single(column))).collect();
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let column = cell.seat.column;
            let given = if is_open(cell.align) { table.columns[column].align } else { cell.align };
            cell.align = match table.columns[column].kind {
                _ if !is_open(given) => given,
                _ if cell.seat.columns > 1 => Align::Centre,
                Kind::Number => {
                    cell.inset = ((rooms[column] - widest[column]) / 2.0).max(0.0);
                    Align::Right
                }
                Kind::Text if wraps[column] => Align::Left,
                Kind::Text => Align::Centre,
            };
        }
    }
}

/// Whether a place is left to the table.
const fn is_open(align: Align) -> bool {
    matches!(align, Align::Auto | Align::Justify)
}

/// Height of that many lines in a cell.
pub(super) fn text_height(lines: usize, size: f32) -> f32 {
    match lines {
        0 => 0.0,
        _ => size * (1.0 + style::CELL_LEADING * (lines - 1) as f32),
    }
}

/// Makes rows as high as their cells need; a cell over several rows stretches the last of them.
fn grow(rows: &mut [RowBox], size: f32) {
    let needed = |cell: &CellBox| text_height(cell.lines.len(), size) + 2.0 * style::pad_y(size);
    for row in rows.iter_mut() {
        let highest = row.cells.iter().filter(|cell| cell.seat.rows == 1).map(needed).fold(0.0, f32::max);
        row.height = row.height.max(highest);
    }
    for first in 0..rows.len() {
        for index in 0..rows[first].cells.len() {
            let cell = &rows[first].cells[index];
            let last = first + cell.seat.rows - 1;
            if cell.seat.rows > 1 && last < rows.len() {
                let lacking = needed(cell) - rows[first..=last].iter().map(|row| row.height).sum::<f32>();
                rows[last].height += lacking.max(0.0);
            }
        }
    }
}

fn edges(widths: &[f32]) -> Vec<f32> {
    let mut edge = 0.0;
    std::iter::once(0.0)
        .chain(widths.iter().map(|width| {
            edge += width;
            edge
        }))
        .collect()
}

/// Names a cell for a warning: its row and the title of its column.
fn place(table: &Table, row: usize, column: usize) -> String {
    format!("第 {} 行“{}”", row + 1, table.column_title(column))
}
