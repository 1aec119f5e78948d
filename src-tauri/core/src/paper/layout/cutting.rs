//! Cutting a table into pages: which rows stand together, and the rows that pages add.
//!
//! Rows are measured in `table` and drawn in `draw`; sums are counted in `sums`.

use super::super::document::{Table, Warning};
use super::draw::{self, Part};
use super::flow::{Flow, SLACK};
use super::sums::{Amounts, Summing};
use super::table::{CellBox, Prepared, RowBox};
use crate::error::Result;

/// A table on its way onto the pages.
pub(super) struct Cutting<'f, 'd, 't> {
    flow: &'f mut Flow<'d>,
    table: &'t Table,
    prepared: Prepared,
    x: f32,
    /// First row of the part being filled.
    start: usize,
    /// Height of the part being filled.
    used: f32,
    /// Parts drawn.
    parts: usize,
    summing: Summing,
    /// What is summed in the parts drawn.
    so_far: Amounts,
}

impl<'f, 'd, 't> Cutting<'f, 'd, 't> {
    /// Nothing drawn yet; the left edge stands at `x`.
    pub fn new(flow: &'f mut Flow<'d>, table: &'t Table, prepared: Prepared, x: f32) -> Result<Self> {
        let summing = Summing::of(table)?;
        let so_far = summing.zero();
        Ok(Self { flow, table, prepared, x, start: 0, used: 0.0, parts: 0, summing, so_far })
    }

    /// Draws the whole table; below its last row `tail` points stay free.
    pub fn run(mut self, tail: f32) -> Result<()> {
        self.used = self.head_height();
        let mut row = 0;
        while row < self.prepared.rows.len() {
            let end = self.group_end(row);
            let height = self.height(row, end);
            if self.fits(height) {
                self.used += height;
                row = end;
            } else if row > self.start || !self.flow.is_fresh() {
                row = self.break_before(row, end);
                self.turn(row)?;
            } else {
                row = self.force(row);
            }
        }
        self.keep_with_tail(tail)?;
        let is_noted = self.table.blank_below && self.table.fill_to <= self.table.rows.len();
        let blank = if is_noted { Some(self.prepared.blank_row(&mut self.flow.measure)?) } else { None };
        let blank = blank.filter(|closing| self.fits(closing.height + tail));
        self.flush(self.prepared.rows.len(), blank, true)
    }

    /// Height of the rows that every page ends with.
    fn reserved(&self) -> f32 {
        let sums = self.table.sums;
        let rows = usize::from(sums.page) + usize::from(sums.running) + usize::from(sums.carried);
        rows as f32 * self.prepared.row_height
    }

    fn fits(&self, height: f32) -> bool {
        self.flow.y + self.used + height + self.reserved() <= self.flow.sheet.bottom + SLACK
    }

    fn height(&self, from: usize, to: usize) -> f32 {
        self.prepared.rows[from..to].iter().map(|row| row.height).sum()
    }

    fn head_height(&self) -> f32 {
        let brought = if self.parts > 0 && self.table.sums.brought { self.prepared.row_height } else { 0.0 };
        if self.parts > 0 && self.table.head_once {
            brought
        } else {
            brought + self.prepared.head.iter().map(|row| row.height).sum::<f32>()
        }
    }

    /// The row after those that a cell ties to this one.
    fn group_end(&self, row: usize) -> usize {
        let rows = &self.prepared.rows;
        (row..rows.len()).find(|index| !rows[*index].is_open).map_or(rows.len(), |last| last + 1)
    }

    /// Where the page ends when `row` does not fit; the last row never goes over alone.
    fn break_before(&self, row: usize, end: usize) -> usize {
        if end < self.prepared.rows.len() || row == self.start {
            return row;
        }
        let previous = self.group_start(row - 1);
        if previous > self.start { previous } else { row }
    }

    /// The first of the rows that a cell ties to this one.
    fn group_start(&self, row: usize) -> usize {
        (0..row).rev().find(|index| !self.prepared.rows[*index].is_open).map_or(0, |index| index + 1)
    }

    /// Draws what is due and goes on with `row` on a new page.
    fn turn(&mut self, row: usize) -> Result<()> {
        if row > self.start {
            self.flush(row, None, false)?;
        }
        self.flow.new_page();
        self.start = row;
        self.used = self.head_height();
        Ok(())
    }

    fn flush(&mut self, end: usize, blank: Option<RowBox>, is_last: bool) -> Result<()> {
        let opening = match self.parts > 0 && self.table.sums.brought {
            true => vec![self.sum_row("承前页", &self.so_far.clone())?],
            false => Vec::new(),
        };
        let closing = self.closing_rows(end, is_last)?;
        let closing: Vec<RowBox> = blank.into_iter().chain(closing).collect();
        let rows = &self.prepared.rows;
        let tied = self.group_start(self.start);
        let head = if self.parts > 0 && self.table.head_once { &[] } else { &self.prepared.head[..] };
        let (before, rows) = (&rows[tied..self.start], &rows[self.start..end]);
        let part = Part { head, opening: &opening, before, rows, closing: &closing };
        let (x, y) = (self.x, self.flow.y);
        let drawn = draw::draw(self.flow.page(), &self.prepared, &part, x, y);
        self.flow.y = drawn.bottom;
        self.parts += 1;
        if drawn.is_cut {
            let place = format!("第 {} 页", self.flow.pages.len());
            let text = "合并的格子没有印全".into();
            self.flow.measure.warn(Warning { kind: "cut_text", text, place });
        }
        Ok(())
    }

    /// The rows of sums below the rows up to `end`; counts them as drawn.
    fn closing_rows(&mut self, end: usize, is_last: bool) -> Result<Vec<RowBox>> {
        let sums = self.table.sums;
        if !sums.any() {
            return Ok(Vec::new());
        }
        let mut page = self.summing.zero();
        for row in &self.prepared.rows[self.start..end] {
            let cells = row.index.map_or(&[][..], |index| &self.table.rows[index]);
            for (seat, cell) in row.cells.iter().map(|cell| cell.seat).zip(cells) {
                self.summing.add(&mut page, seat.column, &cell.text);
            }
        }
        for (sum, added) in self.so_far.iter_mut().zip(&page) {
            *sum += added;
        }
        let so_far = self.so_far.clone();
        let wanted = [
            (sums.page, "本页小计", &page),
            (sums.running, "累　　计", &so_far),
            (sums.carried && !is_last, "过次页", &so_far),
        ];
        let wanted = wanted.into_iter().filter(|(is_wanted, ..)| *is_wanted);
        wanted.map(|(_, label, amounts)| self.sum_row(label, amounts)).collect()
    }

    fn sum_row(&mut self, label: &str, amounts: &[i128]) -> Result<RowBox> {
        let columns = self.table.columns.len();
        let first = self.summing.first().unwrap_or(columns);
        let mut texts = Vec::new();
        if first > 0 {
            texts.push((0, first, label.to_owned()));
        }
        for column in first..columns {
            texts.push((column, 1, self.summing.printed(amounts, column).unwrap_or_default()));
        }
        self.prepared.added_row(&mut self.flow.measure, &texts)
    }

    /// Puts a group higher than a page: rows as they fit, a row higher than a page line by line.
    fn force(&mut self, row: usize) -> usize {
        let height = self.prepared.rows[row].height;
        if !self.fits(height) {
            let room = self.flow.sheet.bottom - self.flow.y - self.used - self.reserved();
            self.split(row, room);
        }
        let mut end = row;
        while end < self.prepared.rows.len() && self.fits(self.prepared.rows[end].height) {
            self.used += self.prepared.rows[end].height;
            end += 1;
        }
        end.max(row + 1)
    }

    /// Cuts a row in two so that the first part fits into `room`.
    fn split(&mut self, row: usize, room: f32) {
        let size = self.prepared.size;
        let look = self.prepared.look;
        let space = (room - 2.0 * look.pad_y(size) - size).max(0.0);
        let lines = (space / (size * look.leading)).floor() as usize + 1;
        let whole = &mut self.prepared.rows[row];
        let mut rest = RowBox { is_open: whole.is_open, ..RowBox::default() };
        for cell in &mut whole.cells {
            if cell.seat.rows > 1 {
                cell.seat.rows += 1;
                continue;
            }
            let kept = cell.lines.len().min(lines);
            let lines = cell.lines.split_off(kept);
            rest.cells.push(CellBox { lines, pieces: Vec::new(), ..cell.clone() });
        }
        for part in [&mut *whole, &mut rest] {
            let most = part.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
            part.height = look.text_height(most, size).max(size) + 2.0 * look.pad_y(size);
        }
        whole.height = whole.height.min(room);
        whole.is_open |= whole.cells.iter().any(|cell| cell.seat.rows > 1);
        let tied =
            (0..row).rev().find(|index| !self.prepared.rows[*index].is_open).map_or(0, |index| index + 1);
        for before in tied..row {
            for cell in &mut self.prepared.rows[before].cells {
                if before + cell.seat.rows > row {
                    cell.seat.rows += 1;
                }
            }
        }
        self.prepared.rows.insert(row + 1, rest);
    }

    /// Takes the last two rows over to a new page when the foot would stand there alone.
    fn keep_with_tail(&mut self, tail: f32) -> Result<()> {
        let count = self.prepared.rows.len();
        if tail == 0.0 || self.fits(tail) {
            return Ok(());
        }
        let mut kept = count.saturating_sub(2).max(self.start);
        while kept > self.start && self.prepared.rows[kept - 1].is_open {
            kept -= 1;
        }
        if kept > self.start {
            self.turn(kept)?;
            self.used += self.height(kept, count);
        }
        Ok(())
    }
}
