//! What stands at the end of every page: the foot with its places to sign, and the footer.
//!
//! Also the lines of form and places to sign within the text, which look the same.

use super::super::document::{Block, FootPages, Line, SignPlace};
use super::super::style::MM;
use super::flow::Flow;
use super::line::{Measured, TextLine};
use super::measure::Font;
use super::page::{ASCENT, Ink, Item};
use super::sheet::{self, WRITING};
use crate::error::Result;

impl Flow<'_> {
    fn line_font(&self) -> Font {
        Font::new(self.style.line.face, self.style.line.size)
    }

    /// Sets three texts on one line, or below each other where they would touch; gives the height.
    pub fn line(&mut self, line: &Line, y: f32) -> Result<f32> {
        let font = self.line_font();
        let texts = [
            self.single(&line.left, font)?,
            self.single(&line.centre, font)?,
            self.single(&line.right, font)?,
        ];
        self.measure.report_missing(|| "表首".into());
        let (left, right) = (self.sheet.left, self.sheet.right);
        let middle = (left + right - texts[1].width) / 2.0;
        let last = right - texts[2].width;
        let gap = font.size;
        let between = left + texts[0].width + gap;
        if between + texts[1].width + gap > last && texts[1].width > 0.0 || between > last {
            return Ok(self.stacked(&texts, y));
        }
        let middle = middle.max(between).min(last - gap - texts[1].width);
        for (text, x) in texts.iter().zip([left, middle, last]) {
            self.page().line(text, font.size, x, y, 0.0);
        }
        Ok(font.size)
    }

    fn stacked(&mut self, texts: &[TextLine], y: f32) -> f32 {
        let (x, size) = (self.sheet.left, self.style.line.size);
        let mut height = 0.0;
        for text in texts.iter().filter(|text| text.count > 0) {
            self.page().line(text, size, x, y + height, 0.0);
            height += size * 1.4;
        }
        height - size * 0.4
    }

    /// Sets places to sign with equal gaps between them; gives the height.
    pub fn signature(&mut self, places: &[SignPlace], y: f32) -> Result<f32> {
        let font = self.line_font();
        let mut set = Vec::with_capacity(places.len());
        for place in places {
            let text = self.single(&format!("{}{}", place.label, place.value), font)?;
            set.push((text, place.writing * MM));
        }
        self.measure.report_missing(|| "签字行".into());
        let wide: f32 = set.iter().map(|(text, writing)| text.width + writing).sum();
        let writing: f32 = set.iter().map(|(_, writing)| writing).sum();
        let gaps = set.len().saturating_sub(1) as f32;
        let spare = self.sheet.room() - wide - gaps * font.size;
        let shrink = if spare < 0.0 && writing > 0.0 { (1.0 + spare / writing).max(0.2) } else { 1.0 };
        let gap = if gaps > 0.0 { (self.sheet.room() - wide + writing * (1.0 - shrink)) / gaps } else { 0.0 };
        let mut x = self.sheet.left;
        for (text, writing) in &set {
            let writing = writing * shrink;
            self.page().line(text, font.size, x, y, 0.0);
            if writing > 0.0 {
                let level = y + font.size + 0.6 * MM;
                let from = (x + text.width, level);
                self.page().rule(from, (from.0 + writing, level), WRITING);
            }
            x += text.width + writing + gap;
        }
        Ok(font.size + 0.6 * MM)
    }

    /// A text on one line.
    pub fn single(&mut self, text: &str, font: Font) -> Result<TextLine> {
        let measured = Measured::new(&mut self.measure, &[(text, font)])?;
        Ok(measured.wrap(f32::MAX, 0.0).into_iter().next().unwrap_or_default())
    }

    /// Prints the foot on the pages that carry it.
    pub fn print_feet(&mut self) -> Result<()> {
        let document = self.document;
        let all: usize = self.pages.iter().map(|page| page.rows).sum();
        if document.foot.pages == FootPages::Last {
            self.need(sheet::foot_height(&document.foot.blocks, self.style));
            let mut y = self.y;
            for block in &document.foot.blocks {
                self.foot_line(&filled(block, all, all, all), y)?;
                y += sheet::foot_line_height(block, self.style);
            }
            return Ok(());
        }
        let (mut so_far, pages) = (0, std::mem::take(&mut self.pages));
        for (page, sheet) in pages.into_iter().zip(self.sheets.clone()) {
            let rows = page.rows;
            so_far += rows;
            self.pages.push(page);
            self.sheet = sheet;
            let mut y = sheet.foot_top;
            for block in &document.foot.blocks {
                self.foot_line(&filled(block, rows, so_far, all), y)?;
                y += sheet::foot_line_height(block, self.style);
            }
        }
        Ok(())
    }

    fn foot_line(&mut self, block: &Block, y: f32) -> Result<()> {
        match block {
            Block::Line(line) => self.line(line, y).map(drop),
            Block::Signature(places) => self.signature(places, y).map(drop),
            _ => Ok(()),
        }
    }

    /// Prints the line at the bottom edge of every page.
    pub fn print_footers(&mut self) -> Result<()> {
        let footer = &self.document.footer;
        let look = &self.style.footer;
        let font = Font::new(look.face, look.size);
        let count = self.pages.len();
        for (index, sheet) in self.sheets.clone().into_iter().enumerate() {
            let (left, right, y) = (sheet.left, sheet.right, sheet.footer_top);
            for (template, share) in [(&footer.left, 0.0), (&footer.centre, 0.5), (&footer.right, 1.0)] {
                let text = template
                    .replace("{page}", &(index + 1).to_string())
                    .replace("{pages}", &count.to_string());
                let line = self.single(&text, font)?;
                let x = left + (right - left - line.width) * share;
                self.pages[index].line(&line, look.size, x, y, 0.0);
            }
            if footer.outside {
                let line = self.single(&format!("— {} —", index + 1), font)?;
                self.outside(&line, index, &sheet);
            }
        }
        self.measure.report_missing(|| "页脚".into());
        Ok(())
    }

    /// A page number one character in from the outer edge; on a lying page it keeps its place on the
    /// sheet of paper, which is why it is turned there.
    fn outside(&mut self, line: &TextLine, index: usize, sheet: &sheet::Sheet) {
        let (size, inset) = (self.style.footer.size, self.style.body.size);
        let margins = self.document.page.margins.unwrap_or(self.style.page.upright);
        let wide = if sheet.landscape { sheet.height } else { sheet.width };
        let x = if index.is_multiple_of(2) {
            wide - margins.right * MM - inset - line.width
        } else {
            margins.left * MM + inset
        };
        if !sheet.landscape {
            self.pages[index].line(line, size, x, sheet.footer_top, 0.0);
            return;
        }
        let drop = self.style.footer.drop.unwrap_or_default();
        let base = sheet.width - (margins.bottom - drop) * MM + size * ASCENT;
        for piece in &line.pieces {
            let at = (sheet.width - base, x + piece.x);
            let (face, text, ink) = (piece.face, piece.text.clone(), Ink::Grey(1.0));
            let turned =
                Item::Turned { face, size, at, angle: 90.0, condensed: 1.0, ink, behind: false, text };
            self.pages[index].items.push(turned);
        }
    }
}

/// The block with its counts of rows put in.
fn filled(block: &Block, page: usize, so_far: usize, all: usize) -> Block {
    let fill = |text: &str| {
        text.replace("{page_rows}", &page.to_string())
            .replace("{rows_so_far}", &so_far.to_string())
            .replace("{all_rows}", &all.to_string())
    };
    match block {
        Block::Line(line) => {
            Block::Line(Line { left: fill(&line.left), centre: fill(&line.centre), right: fill(&line.right) })
        }
        Block::Signature(places) => {
            let places = places.iter().map(|place| SignPlace { value: fill(&place.value), ..place.clone() });
            Block::Signature(places.collect())
        }
        other => other.clone(),
    }
}
