//! Letting blocks flow down the pages: where a page ends, and what is kept together.
//!
//! Blocks other than tables are set in `block`.

use super::super::document::{Document, FootPages, Table, Warning};
use super::draw::{self, Part};
use super::measure::Measure;
use super::page::{Entry, Page, Pages};
use super::sheet::{self, Sheet};
use super::style;
use super::table::{CellBox, Prepared, RowBox, text_height};
use super::width::Needs;
use crate::error::Result;

/// Rounding that must not push a row off the page.
const SLACK: f32 = 0.05;

/// Pages being filled.
pub(super) struct Flow<'d> {
    pub document: &'d Document,
    pub sheet: Sheet,
    /// Size of table text.
    pub size: f32,
    pub measure: Measure,
    pub pages: Vec<Page>,
    pub outline: Vec<Entry>,
    /// Where the next block starts.
    pub y: f32,
}

impl<'d> Flow<'d> {
    /// A flow that starts on an empty page.
    pub fn new(document: &'d Document, sheet: Sheet, size: f32, measure: Measure) -> Self {
        let mut flow =
            Self { document, sheet, size, measure, pages: Vec::new(), outline: Vec::new(), y: 0.0 };
        flow.new_page();
        flow
    }

    /// Starts a page.
    pub fn new_page(&mut self) {
        self.pages.push(Page { width: self.sheet.width, height: self.sheet.height, ..Page::default() });
        self.y = self.sheet.top;
    }

    /// Starts a page unless that height still fits.
    pub fn need(&mut self, height: f32) {
        if self.y + height > self.sheet.bottom + SLACK && !self.is_fresh() {
            self.new_page();
        }
    }

    /// Whether nothing stands on the page yet.
    pub fn is_fresh(&self) -> bool {
        self.y <= self.sheet.top + SLACK
    }

    /// The page being filled.
    pub fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.new_page();
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Cuts a table into pages; the last block leaves room for the foot of the last page.
    pub fn table(&mut self, table: &Table, needs: &Needs, is_last: bool) -> Result<()> {
        let widths = needs.widths(self.sheet.room(), self.size);
        let prepared = Prepared::new(&mut self.measure, table, &widths, self.size)?;
        let x = self.sheet.left + (self.sheet.room() - widths.iter().sum::<f32>()).max(0.0) / 2.0;
        let tail = if is_last { self.tail() } else { 0.0 };
        let closing = if table.blank_below { Some(prepared.blank_row(&mut self.measure)?) } else { None };
        Cutting { flow: self, x, start: 0, used: 0.0, parts: 0, prepared, head_once: table.head_once }
            .run(closing, tail);
        Ok(())
    }

    /// Height that the foot of the last page needs below the text.
    pub fn tail(&self) -> f32 {
        match self.document.foot.pages {
            FootPages::Last if !self.document.foot.blocks.is_empty() => {
                sheet::foot_height(&self.document.foot.blocks) + style::TEXT_GAP
            }
            FootPages::Last | FootPages::Every => 0.0,
        }
    }

    /// Prints foot and footer and hands the pages over.
    pub fn finish(mut self) -> Result<Pages> {
        self.print_feet()?;
        self.print_footers()?;
        Ok(Pages { pages: self.pages, outline: self.outline, warnings: self.measure.into_warnings() })
    }
}

/// A table on its way onto the pages.
struct Cutting<'f, 'd> {
    flow: &'f mut Flow<'d>,
    prepared: Prepared,
    head_once: bool,
    x: f32,
    /// First row of the part being filled.
    start: usize,
    /// Height of the part being filled.
    used: f32,
    /// Parts drawn.
    parts: usize,
}

impl Cutting<'_, '_> {
    fn run(mut self, closing: Option<RowBox>, tail: f32) {
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
                self.turn(row);
            } else {
                row = self.force(row);
            }
        }
        self.keep_with_tail(tail);
        let blank = closing.filter(|closing| self.fits(closing.height + tail));
        self.flush(self.prepared.rows.len(), blank.as_ref());
        self.flow.y += style::TEXT_GAP;
    }

    fn fits(&self, height: f32) -> bool {
        self.flow.y + self.used + height <= self.flow.sheet.bottom + SLACK
    }

    fn height(&self, from: usize, to: usize) -> f32 {
        self.prepared.rows[from..to].iter().map(|row| row.height).sum()
    }

    fn head_height(&self) -> f32 {
        if self.parts > 0 && self.head_once {
            0.0
        } else {
            self.prepared.head.iter().map(|row| row.height).sum()
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
    fn turn(&mut self, row: usize) {
        if row > self.start {
            self.flush(row, None);
        }
        self.flow.new_page();
        self.start = row;
        self.used = self.head_height();
    }

    fn flush(&mut self, end: usize, closing: Option<&RowBox>) {
        let rows = &self.prepared.rows;
        let tied = self.group_start(self.start);
        let head = if self.parts > 0 && self.head_once { &[] } else { &self.prepared.head[..] };
        let part = Part { head, before: &rows[tied..self.start], rows: &rows[self.start..end], closing };
        let (x, y) = (self.x, self.flow.y);
        let drawn = draw::draw(self.flow.page(), &self.prepared, &part, x, y);
        self.flow.y = drawn.bottom;
        self.parts += 1;
        if drawn.is_cut {
            let place = format!("第 {} 页", self.flow.pages.len());
            self.flow
                .measure
                .warn(Warning { kind: "cut_text", text: "合并的格子没有印全".into(), place });
        }
    }

    /// Puts a group higher than a page: rows as they fit, a row higher than a page line by line.
    fn force(&mut self, row: usize) -> usize {
        let height = self.prepared.rows[row].height;
        if !self.fits(height) {
            let room = self.flow.sheet.bottom - self.flow.y - self.used;
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
        let space = (room - 2.0 * style::pad_y(size) - size).max(0.0);
        let lines = (space / (size * style::CELL_LEADING)).floor() as usize + 1;
        let whole = &mut self.prepared.rows[row];
        let mut rest = RowBox { is_open: whole.is_open, ..RowBox::default() };
        for cell in &mut whole.cells {
            if cell.seat.rows > 1 {
                cell.seat.rows += 1;
                continue;
            }
            let kept = cell.lines.len().min(lines);
            rest.cells.push(CellBox { lines: cell.lines.split_off(kept), ..cell.clone() });
        }
        for part in [&mut *whole, &mut rest] {
            let most = part.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
            part.height = text_height(most, size).max(size) + 2.0 * style::pad_y(size);
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
    fn keep_with_tail(&mut self, tail: f32) {
        let count = self.prepared.rows.len();
        if tail == 0.0 || self.fits(tail) {
            return;
        }
        let mut kept = count.saturating_sub(2).max(self.start);
        while kept > self.start && self.prepared.rows[kept - 1].is_open {
            kept -= 1;
        }
        if kept > self.start {
            self.turn(kept);
            self.used += self.height(kept, count);
        }
    }
}
