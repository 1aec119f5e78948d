//! Blocks other than tables: headings, lines, paragraphs, places to sign, footers.
//!
//! Page ends inside a paragraph fall between its lines; everything else stays whole.

use super::super::document::{Align, Block, FootPages, Line, Paragraph, SignPlace, Typeface};
use super::flow::Flow;
use super::line::{Measured, TextLine};
use super::measure::Font;
use super::page::{Entry, Item};
use super::sheet;
use super::style;
use crate::error::Result;

const LINE_FONT: Font = Font { typeface: Typeface::Song, size: style::LINE_SIZE };
const FOOTER_FONT: Font = Font { typeface: Typeface::Song, size: style::FOOTER_SIZE };
/// What must still fit below a heading.
const AFTER_HEADING: f32 = 60.0;
/// Widest gap, in em, that justifying may open between characters.
const LOOSEST: f32 = 0.25;

impl Flow<'_> {
    /// Sets a block that is not a table.
    pub fn block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Line(line) => {
                self.need(style::LINE_SIZE + AFTER_HEADING);
                let height = self.line(line, self.y)?;
                self.y += height + 2.1 * style::MM;
                Ok(())
            }
            Block::Signature(places) => {
                self.need(2.0 * style::LINE_SIZE);
                let height = self.signature(places, self.y)?;
                self.y += height + style::TEXT_GAP;
                Ok(())
            }
            Block::Spacer(height) => {
                self.y += height * style::MM;
                Ok(())
            }
            Block::PageBreak => {
                self.new_page();
                Ok(())
            }
            Block::Table(_) => Ok(()),
        }
    }

    fn heading(&mut self, level: u8, text: &str) -> Result<()> {
        let (typeface, size) = style::heading(level);
        let measured = Measured::new(&mut self.measure, &[(text, Font { typeface, size })])?;
        self.measure.report_missing(|| "标题".into());
        let room = self.sheet.room();
        let lines = if level == 0 { measured.wrap_balanced(room) } else { measured.wrap(room, 0.0) };
        let pitch = size * 1.4;
        if level > 0 && !self.is_fresh() {
            self.y += size * 0.5;
        }
        self.need(pitch * lines.len() as f32 + AFTER_HEADING);
        self.outline.push(Entry { level, text: text.into(), page: self.pages.len() - 1, y: self.y });
        let align = if level == 0 { Align::Centre } else { Align::Left };
        for line in &lines {
            self.place(line, size, align, 0.0);
            self.y += pitch;
        }
        let gap = if level == 0 { 4.25 * style::MM } else { 1.5 * style::MM };
        self.y += gap - (pitch - size);
        Ok(())
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Result<()> {
        let runs: Vec<(&str, Font)> = paragraph
            .runs
            .iter()
            .map(|run| (run.text.as_str(), Font { typeface: run.typeface, size: paragraph.size }))
            .collect();
        let measured = Measured::new(&mut self.measure, &runs)?;
        self.measure.report_missing(|| "正文".into());
        let indent = paragraph.indent * paragraph.size;
        for (index, line) in measured.wrap(self.sheet.room(), indent).iter().enumerate() {
            self.need(paragraph.size);
            self.place(line, paragraph.size, paragraph.align, if index == 0 { indent } else { 0.0 });
            self.y += paragraph.size * paragraph.leading;
        }
        Ok(())
    }

    /// Sets one line of text at the current height.
    fn place(&mut self, line: &TextLine, size: f32, align: Align, indent: f32) {
        let (left, right, y) = (self.sheet.left + indent, self.sheet.right, self.y);
        let spare = right - left - line.width;
        let (x, spacing) = match align {
            Align::Auto | Align::Left => (left, 0.0),
            Align::Centre => (left + spare / 2.0, 0.0),
            Align::Right => (left + spare, 0.0),
            Align::Justify if line.is_last || line.count < 2 => (left, 0.0),
            Align::Justify => (left, justified(spare / (line.count - 1) as f32, size)),
        };
        self.page().line(line, size, x, y, spacing);
    }

    /// Sets three texts on one line, or below each other where they would touch; gives the height.
    fn line(&mut self, line: &Line, y: f32) -> Result<f32> {
        let texts = [
            self.single(&line.left, LINE_FONT)?,
            self.single(&line.centre, LINE_FONT)?,
            self.single(&line.right, LINE_FONT)?,
        ];
        self.measure.report_missing(|| "表首".into());
        let (left, right) = (self.sheet.left, self.sheet.right);
        let middle = (left + right - texts[1].width) / 2.0;
        let last = right - texts[2].width;
        let gap = style::LINE_SIZE;
        let between = left + texts[0].width + gap;
        if between + texts[1].width + gap > last && texts[1].width > 0.0 || between > last {
            return Ok(self.stacked(&texts, y));
        }
        let middle = middle.max(between).min(last - gap - texts[1].width);
        for (text, x) in texts.iter().zip([left, middle, last]) {
            self.page().line(text, style::LINE_SIZE, x, y, 0.0);
        }
        Ok(style::LINE_SIZE)
    }

    fn stacked(&mut self, texts: &[TextLine], y: f32) -> f32 {
        let x = self.sheet.left;
        let mut height = 0.0;
        for text in texts.iter().filter(|text| text.count > 0) {
            self.page().line(text, style::LINE_SIZE, x, y + height, 0.0);
            height += style::LINE_SIZE * 1.4;
        }
        height - style::LINE_SIZE * 0.4
    }

    /// Sets places to sign with equal gaps between them; gives the height.
    fn signature(&mut self, places: &[SignPlace], y: f32) -> Result<f32> {
        let mut set = Vec::with_capacity(places.len());
        for place in places {
            let text = self.single(&format!("{}{}", place.label, place.value), LINE_FONT)?;
            set.push((text, place.writing * style::MM));
        }
        self.measure.report_missing(|| "签字行".into());
        let wide: f32 = set.iter().map(|(text, writing)| text.width + writing).sum();
        let writing: f32 = set.iter().map(|(_, writing)| writing).sum();
        let gaps = set.len().saturating_sub(1) as f32;
        let spare = self.sheet.room() - wide - gaps * style::LINE_SIZE;
        let shrink = if spare < 0.0 && writing > 0.0 { (1.0 + spare / writing).max(0.2) } else { 1.0 };
        let gap = if gaps > 0.0 { (self.sheet.room() - wide + writing * (1.0 - shrink)) / gaps } else { 0.0 };
        let mut x = self.sheet.left;
        for (text, writing) in &set {
            let writing = writing * shrink;
            self.page().line(text, style::LINE_SIZE, x, y, 0.0);
            if writing > 0.0 {
                let level = y + style::LINE_SIZE + 0.6 * style::MM;
                let from = (x + text.width, level);
                let to = (from.0 + writing, level);
                self.page().items.push(Item::Rule { from, to, weight: style::WRITING });
            }
            x += text.width + writing + gap;
        }
        Ok(style::LINE_SIZE + 0.6 * style::MM)
    }

    /// A text on one line.
    fn single(&mut self, text: &str, font: Font) -> Result<TextLine> {
        let measured = Measured::new(&mut self.measure, &[(text, font)])?;
        Ok(measured.wrap(f32::MAX, 0.0).into_iter().next().unwrap_or_default())
    }

    /// Prints the foot on the pages that carry it.
    pub fn print_feet(&mut self) -> Result<()> {
        let document = self.document;
        let all: usize = self.pages.iter().map(|page| page.rows).sum();
        if document.foot.pages == FootPages::Last {
            self.need(sheet::foot_height(&document.foot.blocks));
            let mut y = self.y;
            for block in &document.foot.blocks {
                self.foot_line(&filled(block, all, all, all), y)?;
                y += sheet::foot_line_height(block);
            }
            return Ok(());
        }
        let (mut so_far, pages) = (0, std::mem::take(&mut self.pages));
        for page in pages {
            let rows = page.rows;
            so_far += rows;
            self.pages.push(page);
            let mut y = self.sheet.foot_top;
            for block in &document.foot.blocks {
                self.foot_line(&filled(block, rows, so_far, all), y)?;
                y += sheet::foot_line_height(block);
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
        let count = self.pages.len();
        let (left, right, y) = (self.sheet.left, self.sheet.right, self.sheet.footer_top);
        for index in 0..count {
            for (template, share) in [(&footer.left, 0.0), (&footer.centre, 0.5), (&footer.right, 1.0)] {
                let text = template
                    .replace("{page}", &(index + 1).to_string())
                    .replace("{pages}", &count.to_string());
                let line = self.single(&text, FOOTER_FONT)?;
                let x = left + (right - left - line.width) * share;
                self.pages[index].line(&line, style::FOOTER_SIZE, x, y, 0.0);
            }
        }
        self.measure.report_missing(|| "页脚".into());
        Ok(())
    }
}

fn justified(spacing: f32, size: f32) -> f32 {
    if spacing > size * LOOSEST { 0.0 } else { spacing }
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
