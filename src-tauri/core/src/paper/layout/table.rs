//! Rows of a table, wrapped and measured, not yet on a page.
//!
//! Widths come from `width`, drawing is in `draw`, page ends in `cutting`.

use super::super::document::{Align, Cell, HeadCell, Kind, Table, Width};
use super::super::grid::{Seat, Seating};
use super::super::style::{MM, TableLook};
use super::CONDENSED;
use super::line::{Measured, TextLine};
use super::measure::{Font, Measure};
use super::pieces::{self, PieceLine, Words};
use crate::error::Result;

/// A cell with its lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CellBox {
    /// Where it sits.
    pub seat: Seat,
    /// Its text.
    pub lines: Vec<TextLine>,
    /// What stands in place of a text.
    pub pieces: Vec<PieceLine>,
    /// Size of its text.
    pub size: f32,
    /// Where the lines stand: left, centre or right.
    pub align: Align,
    /// Distance of a right-aligned text from the padding, so that numbers stand in the middle.
    pub inset: f32,
    /// How dark its ground is.
    pub shade: f32,
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
    /// Its place among the rows of the table; `None` for sums and all other rows.
    pub index: Option<usize>,
}

/// Size of the text of a table, and how far it may be condensed.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableFont {
    pub size: f32,
    /// Least share of its width; 1 condenses nothing.
    pub least: f32,
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
    /// Its measures.
    pub look: &'static TableLook,
    /// Least height of a row.
    pub row_height: f32,
    /// Whether lines between rows of one merged cell are thin.
    pub soft_groups: bool,
    least: f32,
    /// Whether the paper gave the width of a column.
    fixed: Vec<bool>,
    /// Where numbers of a column stand, so that added rows stand under them.
    insets: Vec<f32>,
}

impl Prepared {
    /// Wraps head and rows into columns of those widths.
    pub fn new(
        measure: &mut Measure,
        table: &Table,
        look: &'static TableLook,
        widths: &[f32],
        font: TableFont,
    ) -> Result<Self> {
        let size = font.size;
        let row_height = if table.row_height > 0.0 { table.row_height * MM } else { look.row_height(size) };
        let mut made = Self {
            head: Vec::new(),
            rows: Vec::with_capacity(table.rows.len()),
            edges: edges(widths),
            size,
            look,
            row_height,
            soft_groups: table.soft_groups,
            least: font.least,
            fixed: table.columns.iter().map(|column| column.width != Width::Auto).collect(),
            insets: vec![0.0; table.columns.len()],
        };
        made.wrap_head(measure, table)?;
        made.wrap_rows(measure, table)?;
        made.align(table);
        Ok(made)
    }

    /// A row over the whole width that says so when nothing follows.
    pub fn blank_row(&self, measure: &mut Measure) -> Result<RowBox> {
        self.added_row(measure, &[(0, self.edges.len() - 1, "（以下空白）".to_owned())])
    }

    /// A row that a page adds: texts with their first column and how many they cover.
    pub fn added_row(&self, measure: &mut Measure, texts: &[(usize, usize, String)]) -> Result<RowBox> {
        let mut row = RowBox { height: self.row_height, ..RowBox::default() };
        for (column, columns, text) in texts {
            let seat = Seat { column: *column, columns: *columns, rows: 1 };
            let is_words = text.starts_with(|first: char| !first.is_ascii_digit() && first != '−');
            let strong = *columns > 1 && text != "（以下空白）";
            let font = Font::new(self.look.face(strong), self.size);
            let lines = Measured::new(measure, &[(text, font)])?.wrap(self.room(seat), 0.0);
            let align = if is_words { Align::Centre } else { Align::Right };
            let (size, inset) = (self.size, self.insets[*column]);
            row.cells.push(CellBox { seat, lines, align, size, inset, ..CellBox::default() });
        }
        Ok(row)
    }

    fn wrap_head(&mut self, measure: &mut Measure, table: &Table) -> Result<()> {
        let numbers = (1..=table.columns.len()).map(|number| HeadCell::new(number.to_string())).collect();
        let numbers = table.column_numbers.then_some(numbers);
        let count = table.head.len();
        let mut seating = Seating::new(table.columns.len(), count);
        let least = match table.head_height {
            given if given > 0.0 => given * MM,
            _ => self.look.head_height(self.size, count),
        };
        for (index, row) in table.head.iter().chain(numbers.iter()).enumerate() {
            let is_numbers = index >= count;
            let height = if is_numbers { self.look.row_height(self.size) } else { least };
            let mut made = RowBox { height, ..RowBox::default() };
            for (cell, seat) in row.iter().zip(seating.row(row)?) {
                let face = if is_numbers { self.look.body } else { self.look.head };
                made.cells.push(self.head_cell(measure, cell, seat, Font::new(face, self.size))?);
                measure.report_missing(|| "表头".into());
            }
            made.is_open = seating.is_open();
            self.head.push(made);
        }
        grow(&mut self.head, self.look);
        Ok(())
    }

    fn head_cell(&self, measure: &mut Measure, cell: &HeadCell, seat: Seat, font: Font) -> Result<CellBox> {
        let align = if is_open(cell.align) { Align::Centre } else { cell.align };
        let mut made = CellBox { seat, align, size: self.size, shade: cell.shade, ..CellBox::default() };
        if cell.pieces.is_empty() {
            let measured = Measured::new(measure, &[(&cell.text, font)])?;
            let (room, wide) = (self.room(seat), measured.width());
            // A title that just misses the width given for it stays on one line.
            let is_near = self.fixed[seat.column] && wide > room && wide * CONDENSED <= room;
            made.lines = measured.wrap_balanced(if is_near { wide } else { room });
            made.lines.iter_mut().for_each(|line| line.squeeze(room, CONDENSED));
        } else {
            let words = Words { body: font, strong: self.look.strong };
            made.pieces = pieces::set(measure, &cell.pieces, words, self.room(seat))?;
        }
        Ok(made)
    }

    fn wrap_rows(&mut self, measure: &mut Measure, table: &Table) -> Result<()> {
        let counted = table.rows.len();
        let blank = table.fill_to.saturating_sub(counted);
        let all = counted + blank + table.totals.len();
        let mut seating = Seating::new(table.columns.len(), all);
        for number in 0..all {
            let is_counted = number < counted;
            let filling;
            let row = match number {
                number if is_counted => &table.rows[number],
                number if number < counted + blank => {
                    filling = self.blank_cells(table, number == counted);
                    &filling
                }
                number => &table.totals[number - counted - blank],
            };
            let index = is_counted.then_some(number);
            let own = row.iter().find_map(|cell| cell.height).map(|height| height * MM);
            let height = own.unwrap_or(self.row_height);
            let mut made = RowBox { height, is_counted, index, ..RowBox::default() };
            for (cell, seat) in row.iter().zip(seating.row(row)?) {
                let is_spread = table.columns[seat.column].spread && is_counted;
                made.cells.push(self.cell(
                    measure,
                    table,
                    cell,
                    seat,
                    (number >= counted + blank, is_spread),
                )?);
                measure.report_missing(|| place(table, number, seat.column));
            }
            made.is_open = seating.is_open();
            self.rows.push(made);
        }
        grow(&mut self.rows, self.look);
        Ok(())
    }

    /// An empty row; the first one says so in the widest column if the table wants it said.
    fn blank_cells(&self, table: &Table, is_first: bool) -> Vec<Cell> {
        let width = |column: &usize| self.edges[column + 1] - self.edges[*column];
        let widest = (0..table.columns.len()).max_by(|a, b| width(a).total_cmp(&width(b)));
        let says = |column: usize| is_first && table.blank_below && widest == Some(column);
        let text = |column: usize| if says(column) { "（以下空白）" } else { "" };
        (0..table.columns.len()).map(|column| Cell::new(text(column)).aligned(Align::Centre)).collect()
    }

    fn cell(
        &self,
        measure: &mut Measure,
        table: &Table,
        cell: &Cell,
        seat: Seat,
        (is_sum, is_spread): (bool, bool),
    ) -> Result<CellBox> {
        let size = cell.size.unwrap_or(self.size);
        let usual = if cell.bold || is_sum { self.look.strong } else { table.face.unwrap_or(self.look.body) };
        let font = Font::new(cell.face.unwrap_or(usual), size);
        let mut made = CellBox { seat, align: cell.align, size, shade: cell.shade, ..CellBox::default() };
        if cell.pieces.is_empty() {
            made.lines = self.wrap_cell(measure, cell, seat, font, is_spread)?;
        } else {
            let words = Words { body: font, strong: self.look.strong };
            made.pieces = pieces::set(measure, &cell.pieces, words, self.room(seat))?;
        }
        Ok(made)
    }

    fn wrap_cell(
        &self,
        measure: &mut Measure,
        cell: &Cell,
        seat: Seat,
        font: Font,
        is_spread: bool,
    ) -> Result<Vec<TextLine>> {
        if cell.text.is_empty() {
            return Ok(Vec::new());
        }
        let measured = Measured::new(measure, &[(&cell.text, font)])?;
        let room = self.room(seat);
        let spread = if is_spread { measured.spread().filter(|line| line.width <= room) } else { None };
        let wide = measured.width();
        let mut lines = match spread {
            Some(line) => vec![line],
            None if wide > room && wide * self.least <= room => measured.wrap(room / self.least, 0.0),
            // A number cut in two is easier to read in halves.
            None if wide > room && measured.is_one_stretch() => measured.wrap_balanced(room),
            None => measured.wrap(room, 0.0),
        };
        for line in &mut lines {
            line.squeeze(room, self.least);
        }
        Ok(lines)
    }

    /// Width for text inside a cell.
    fn room(&self, seat: Seat) -> f32 {
        self.edges[seat.column + seat.columns] - self.edges[seat.column] - 2.0 * self.look.pad_x(self.size)
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
                    self.insets[column] = cell.inset;
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

/// Makes rows as high as their cells need; a cell over several rows stretches the last of them.
fn grow(rows: &mut [RowBox], look: &TableLook) {
    let needed = |cell: &CellBox| match cell.pieces.as_slice() {
        [] => look.text_height(cell.lines.len(), cell.size) + 2.0 * look.pad_y(cell.size),
        lines => pieces::height(lines),
    };
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
