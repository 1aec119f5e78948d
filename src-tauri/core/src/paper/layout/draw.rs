//! Drawing the rows of one page of a table: texts and lines.

use super::super::document::Align;
use super::super::style::{MM, TableLook};
use super::page::{Item, Page};
use super::pieces;
use super::table::{CellBox, Prepared, RowBox};

/// A cell as far as it is on this page.
struct Shown<'a> {
    cell: &'a CellBox,
    first: usize,
    rows: usize,
}

/// Rows that stand together on a page, the head first.
pub(super) struct Part<'a> {
    /// Rows of the head.
    pub head: &'a [RowBox],
    /// Rows between head and rows that belong to this page only.
    pub opening: &'a [RowBox],
    /// Rows before `rows` from which a cell reaches into them.
    pub before: &'a [RowBox],
    /// The rows of this page.
    pub rows: &'a [RowBox],
    /// Rows at the end that belong to this page only.
    pub closing: &'a [RowBox],
}

/// What became of a part.
pub(super) struct Drawn {
    /// Where it ends.
    pub bottom: f32,
    /// Whether a merged cell, cut by the page end, had no room for all of its text.
    pub is_cut: bool,
}

/// Draws the part with its upper left corner at (`x`, `y`).
pub(super) fn draw(page: &mut Page, table: &Prepared, part: &Part<'_>, x: f32, y: f32) -> Drawn {
    let rows: Vec<&RowBox> =
        part.head.iter().chain(part.opening).chain(part.rows).chain(part.closing).collect();
    let mut levels = vec![y];
    for row in &rows {
        levels.push(levels[levels.len() - 1] + row.height);
    }
    let shown = visible(part, &rows);
    let mut is_cut = false;
    for cell in &shown {
        let seat = cell.cell.seat;
        let from = (x + table.edges[seat.column], levels[cell.first]);
        let to = (x + table.edges[seat.column + seat.columns], levels[cell.first + cell.rows]);
        if cell.cell.shade > 0.0 {
            let size = (to.0 - from.0, to.1 - from.1);
            page.items.push(Item::Fill { at: from, size, grey: cell.cell.shade });
        }
        is_cut |= !text(page, cell.cell, table, from, to);
    }
    let owners = owners(&shown, rows.len(), table.edges.len() - 1);
    let edges: Vec<f32> = table.edges.iter().map(|edge| x + edge).collect();
    let soft = if table.soft_groups { rows.iter().map(|row| row.is_open).collect() } else { Vec::new() };
    rules(page, &owners, &edges, &levels, &Weights { head: part.head.len(), table, soft });
    page.rows += part.rows.iter().filter(|row| row.is_counted).count();
    Drawn { bottom: levels[levels.len() - 1], is_cut }
}

/// The cells on this page, those from earlier pages cut to what is left of them.
fn visible<'a>(part: &Part<'a>, rows: &[&'a RowBox]) -> Vec<Shown<'a>> {
    let head = part.head.len();
    let body = head + part.opening.len();
    let mut shown = Vec::new();
    for (index, row) in part.before.iter().enumerate() {
        let gone = part.before.len() - index;
        for cell in row.cells.iter().filter(|cell| cell.seat.rows > gone) {
            let left = (cell.seat.rows - gone).min(part.rows.len());
            shown.push(Shown { cell, first: body, rows: left });
        }
    }
    for (index, row) in rows.iter().enumerate() {
        let end = if index < head { head } else { rows.len() };
        for cell in &row.cells {
            shown.push(Shown { cell, first: index, rows: cell.seat.rows.min(end - index) });
        }
    }
    shown
}

/// Which cell covers each place of the grid; empty places belong to nobody else.
fn owners(shown: &[Shown<'_>], rows: usize, columns: usize) -> Vec<Vec<usize>> {
    let mut owners: Vec<Vec<usize>> = (0..rows)
        .map(|row| (0..columns).map(|column| shown.len() + row * columns + column).collect())
        .collect();
    for (number, cell) in shown.iter().enumerate() {
        let seat = cell.cell.seat;
        for row in &mut owners[cell.first..cell.first + cell.rows] {
            row[seat.column..seat.column + seat.columns].fill(number);
        }
    }
    owners
}

/// Sets the lines of a cell that fit; tells whether all did.
fn text(page: &mut Page, cell: &CellBox, table: &Prepared, from: (f32, f32), to: (f32, f32)) -> bool {
    let (size, look): (f32, &TableLook) = (cell.size, table.look);
    let height = to.1 - from.1;
    let pad = look.pad_x(table.size);
    if !cell.pieces.is_empty() {
        pieces::draw(page, &cell.pieces, (from.0 + pad, from.1), height);
        return true;
    }
    let fitting = ((height - size + 0.5) / (size * look.leading)).floor().max(0.0) as usize + 1;
    let lines = &cell.lines[..cell.lines.len().min(fitting)];
    let top = from.1 + (height - look.text_height(lines.len(), size)) / 2.0;
    for (index, line) in lines.iter().enumerate() {
        let x = match cell.align {
            Align::Left => from.0 + pad,
            Align::Right => to.0 - pad - cell.inset - line.width,
            Align::Auto | Align::Centre | Align::Justify => (from.0 + to.0 - line.width) / 2.0,
        };
        page.line(line, size, x, top + size * look.leading * index as f32, 0.0);
    }
    lines.len() == cell.lines.len()
}

struct Weights<'a> {
    head: usize,
    table: &'a Prepared,
    /// Whether a cell of the row reaches into the next one, where lines between such rows are soft.
    soft: Vec<bool>,
}

impl Weights<'_> {
    /// Thickness of the line above row `row` of `rows`.
    fn level(&self, row: usize, rows: usize) -> f32 {
        let is_frame = row == 0 || row == rows || (row == self.head && self.head > 0);
        match () {
            () if is_frame => self.table.look.frame * MM,
            () if !self.soft.is_empty() => 0.25 * MM,
            () => self.table.look.grid(self.table.size),
        }
    }

    fn is_soft(&self, row: usize) -> bool {
        row > 0 && self.soft.get(row - 1).is_some_and(|open| *open) && row < self.soft.len()
    }
}

fn rules(page: &mut Page, owners: &[Vec<usize>], edges: &[f32], levels: &[f32], weights: &Weights<'_>) {
    let (rows, columns) = (owners.len(), edges.len() - 1);
    for row in 0..=rows {
        let is_drawn =
            |column: usize| row == 0 || row == rows || owners[row - 1][column] != owners[row][column];
        for (from, to) in stretches(columns, is_drawn) {
            let (from, to) = ((edges[from], levels[row]), (edges[to], levels[row]));
            if weights.is_soft(row) {
                page.items.push(Item::Stroke { from, to, weight: 0.12 * MM, grey: 0.6, dash: 0.0 });
            } else {
                page.rule(from, to, weights.level(row, rows));
            }
        }
    }
    for column in 0..=columns {
        let is_frame = column == 0 || column == columns;
        let is_drawn = |row: usize| is_frame || owners[row][column - 1] != owners[row][column];
        let look = weights.table.look;
        let weight = if is_frame { look.frame * MM } else { look.grid(weights.table.size) };
        for (from, to) in stretches(rows, is_drawn) {
            page.rule((edges[column], levels[from]), (edges[column], levels[to]), weight);
        }
    }
}

/// Joins neighbouring places that are drawn.
fn stretches(count: usize, is_drawn: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for index in (0..count).filter(|index| is_drawn(*index)) {
        match found.last_mut() {
            Some((_, end)) if *end == index => *end = index + 1,
            _ => found.push((index, index + 1)),
        }
    }
    found
}
