//! Letting blocks flow down the pages: where a page ends, and what is kept together.
//!
//! Blocks other than tables are set in `block`, tables are cut into pages in `cutting`.

use super::super::document::{Block, Document, FootPages, Paper, Picture, Table};
use super::super::style::{MM, Style};
use super::CONDENSED;
use super::cutting::Cutting;
use super::measure::Measure;
use super::page::{Entry, Page, Pages};
use super::sheet::{self, Sheet, TEXT_GAP};
use super::table::{Prepared, TableFont};
use super::width::Needs;
use crate::error::Result;

/// Rounding that must not push a row off the page.
pub(super) const SLACK: f32 = 0.05;

/// Pages being filled.
pub(super) struct Flow<'d> {
    pub document: &'d Document,
    pub style: &'static Style,
    pub sheet: Sheet,
    /// Size of table text.
    pub size: f32,
    /// Whether text in tables may be condensed.
    pub condensed: bool,
    pub measure: Measure,
    pub pages: Vec<Page>,
    /// The sheet of every page.
    pub sheets: Vec<Sheet>,
    pub outline: Vec<Entry>,
    /// Pictures met so far.
    pub pictures: Vec<Picture>,
    /// Where the next block starts.
    pub y: f32,
}

impl<'d> Flow<'d> {
    /// A flow that starts on an empty page.
    pub fn new(document: &'d Document, style: &'static Style, sheet: Sheet, measure: Measure) -> Self {
        let mut flow = Self {
            document,
            style,
            sheet,
            size: 9.0,
            condensed: false,
            measure,
            pages: Vec::new(),
            sheets: Vec::new(),
            outline: Vec::new(),
            pictures: Vec::new(),
            y: 0.0,
        };
        flow.new_page();
        flow
    }

    /// Goes on with sheets turned like that.
    pub fn turn(&mut self, sheet: Sheet) {
        self.sheet = sheet;
        self.new_page();
    }

    /// Starts a page.
    pub fn new_page(&mut self) {
        self.pages.push(Page { width: self.sheet.width, height: self.sheet.height, ..Page::default() });
        self.sheets.push(self.sheet);
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

    /// From row to row of running text, in points.
    pub fn pitch(&self) -> f32 {
        let body = &self.style.body;
        let margins = self.document.page.margins.unwrap_or(self.style.page.upright);
        match (body.pitch, body.rows) {
            (Some(pitch), _) => pitch,
            (None, Some(rows)) => {
                (self.upright().1 - (margins.top + margins.bottom) * MM) / f32::from(rows.max(1))
            }
            (None, None) => body.size * 1.6,
        }
    }

    /// Width of a character of running text, in points.
    pub fn cell(&self) -> f32 {
        let margins = self.document.page.margins.unwrap_or(self.style.page.upright);
        let room = self.upright().0 - (margins.left + margins.right) * MM;
        self.style.body.columns.map_or(self.style.body.size, |columns| room / f32::from(columns.max(1)))
    }

    /// The cell where the style sets a grid, else 0.
    pub const fn grid_cell(&self, cell: f32) -> f32 {
        if self.style.body.columns.is_some() { cell } else { 0.0 }
    }

    /// The first row of the grid at or below a height; without rows the height itself.
    pub fn row_from(&self, start: f32, height: f32) -> f32 {
        if self.style.body.rows.is_none() {
            return height;
        }
        let pitch = self.pitch();
        ((height - start) / pitch - 0.01).ceil().mul_add(pitch, start)
    }

    /// The sheet as it is when it stands; grids are counted on it.
    fn upright(&self) -> (f32, f32) {
        match self.document.page.paper {
            Paper::A4 => (210.0 * MM, 297.0 * MM),
            Paper::A3 => (297.0 * MM, 420.0 * MM),
            Paper::A5 => (148.0 * MM, 210.0 * MM),
        }
    }

    /// Sets the blocks of a section; `start` is the place of the first in the document.
    pub fn section(&mut self, start: usize, blocks: &[Block], needs: &[Needs]) -> Result<()> {
        let kept = self.kept(blocks)?;
        let mut needs = needs.iter();
        for (index, block) in blocks.iter().enumerate() {
            let is_last = start + index + 1 == self.document.blocks.len();
            match block {
                Block::Table(table) => {
                    if let Some(need) = needs.next() {
                        self.table(table, need, if is_last { self.tail() } else { kept[index] })?;
                    }
                }
                other => self.block(other, kept[index])?,
            }
        }
        Ok(())
    }

    /// For every block the height that must stand on the page where the block ends: the signature
    /// takes two rows of text with it, never a page alone.
    fn kept(&mut self, blocks: &[Block]) -> Result<Vec<f32>> {
        let mut kept = vec![0.0; blocks.len()];
        for index in (0..blocks.len().saturating_sub(1)).rev() {
            let after: f32 = kept[index + 1];
            kept[index] = match &blocks[index + 1] {
                Block::Closing(closing) => self.closing_height(closing),
                Block::AttachmentNote(names) => self.note_height(names) + after,
                Block::Rows(rows) if after > 0.0 => rows * self.pitch() + after,
                Block::Spacer(height) if after > 0.0 => height * MM + after,
                Block::Paragraph(paragraph) if after > 0.0 => match self.count_lines(paragraph)? {
                    count @ 0..=2 => count as f32 * self.pitch() + after,
                    _ => 0.0,
                },
                _ => 0.0,
            };
        }
        Ok(kept)
    }

    /// Cuts a table into pages; on its last one `tail` points must still be free.
    pub fn table(&mut self, table: &Table, needs: &Needs, tail: f32) -> Result<()> {
        let size = table.size.unwrap_or(self.size);
        let widths = needs.widths(self.sheet.room(), size);
        let font = TableFont { size, least: if self.condensed { CONDENSED } else { 1.0 } };
        let prepared = Prepared::new(&mut self.measure, table, &self.style.table, &widths, font)?;
        let x = self.sheet.left + (self.sheet.room() - widths.iter().sum::<f32>()).max(0.0) / 2.0;
        Cutting::new(self, table, prepared, x)?.run(tail)?;
        self.y += table.gap_below.map_or(TEXT_GAP, |gap| gap * MM);
        Ok(())
    }

    /// Height that the foot of the last page needs below the text.
    fn tail(&self) -> f32 {
        match self.document.foot.pages {
            FootPages::Last if !self.document.foot.blocks.is_empty() => {
                sheet::foot_height(&self.document.foot.blocks, self.style) + TEXT_GAP
            }
            FootPages::Last | FootPages::Every => 0.0,
        }
    }

    /// Prints foot and footer and hands the pages over.
    pub fn finish(mut self) -> Result<Pages> {
        self.print_feet()?;
        self.print_footers()?;
        self.print_watermark()?;
        let (warnings, targets) = self.measure.into_parts();
        let (pages, outline, pictures) = (self.pages, self.outline, self.pictures);
        Ok(Pages { pages, outline, warnings, targets, pictures })
    }
}
