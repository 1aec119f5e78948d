//! Blocks other than tables and titles: headings, paragraphs, attachments, empty rows.
//!
//! Page ends inside a paragraph fall between its lines; everything else stays whole.

use super::super::document::{Align, Block, Paragraph, Title, Voice};
use super::super::style::MM;
use super::flow::Flow;
use super::line::{Measured, TextLine};
use super::measure::Font;
use super::page::Entry;
use super::sheet::TEXT_GAP;
use super::title::AFTER_HEADING;
use crate::error::Result;

/// Widest gap, in em, that justifying may open between characters.
const LOOSEST: f32 = 0.25;
/// Widest rest of a line on a grid, in cells, that is shared out; a wider one stays at the right.
const WIDEST_REST: f32 = 2.05;

/// How the lines of a paragraph are set, in points.
pub(super) struct Rows {
    pub size: f32,
    pub pitch: f32,
    /// From the upper edge of the row to the em box.
    pub inset: f32,
    /// Width of a cell; 0 sets no grid.
    pub cell: f32,
    /// Width for text.
    pub room: f32,
}

impl Flow<'_> {
    /// Sets a block that is not a table; `kept` is the height that must follow on the same page.
    pub fn block(&mut self, block: &Block, kept: f32) -> Result<()> {
        match block {
            Block::Title(title) => self.title(title),
            Block::Heading { level: 0, text } => self.title(&Title::new(text)),
            Block::Heading { level, text } => self.heading(*level, text, kept),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, kept),
            Block::Line(line) => {
                self.need(self.style.line.size + AFTER_HEADING.max(kept));
                let height = self.line(line, self.y)?;
                self.y += height + self.style.line.below;
                Ok(())
            }
            Block::Signature(places) => {
                self.need(2.0 * self.style.line.size);
                let height = self.signature(places, self.y)?;
                self.y += height + TEXT_GAP.max(self.style.line.below);
                Ok(())
            }
            Block::Spacer(height) => {
                self.y += height * MM;
                Ok(())
            }
            Block::Rows(rows) => {
                self.y += rows * self.pitch();
                Ok(())
            }
            Block::AttachmentNote(names) => self.attachment_note(names),
            Block::Closing(closing) => self.closing(closing),
            Block::Attachment { label, title } => self.attachment(label, title),
            Block::Canvas(canvas) => self.canvas(canvas),
            Block::Figures(figures) => self.figures(figures),
            Block::Charts(charts) => self.charts(charts),
            Block::Photos(photos) => self.photos(photos),
            Block::Labels(labels) => self.labels(labels),
            Block::PageBreak => {
                self.new_page();
                Ok(())
            }
            Block::Table(_) | Block::Section(_) => Ok(()),
        }
    }

    fn attachment(&mut self, label: &str, title: &str) -> Result<()> {
        if !self.is_fresh() || !self.page().items.is_empty() {
            self.new_page();
        }
        let look = &self.style.attachment;
        let (size, pitch) = (look.size, self.pitch());
        let line = self.single(label, Font::new(look.face, size))?;
        self.measure.report_missing(|| "附件".into());
        let (x, y) = (self.sheet.left, self.y + (pitch - size) / 2.0);
        self.page().line(&line, size, x, y, 0.0);
        if title.is_empty() {
            let page = self.pages.len() - 1;
            self.outline.push(Entry { level: 0, text: label.into(), page, y: self.y });
        }
        self.y += pitch * look.rows;
        if title.is_empty() { Ok(()) } else { self.attachment_title(label, title) }
    }

    fn attachment_title(&mut self, label: &str, title: &str) -> Result<()> {
        self.title(&Title::new(title))?;
        if let Some(entry) = self.outline.last_mut() {
            entry.text = format!("{label}　{}", entry.text);
        }
        Ok(())
    }

    fn heading(&mut self, level: u8, text: &str, kept: f32) -> Result<()> {
        let look = self.style.level(level);
        let (room, size) = (self.sheet.room(), look.size);
        let on_rows = self.style.body.columns.is_some();
        let font = Font::new(look.face, size).on_grid(self.grid_cell(self.cell()));
        let indent = if on_rows { self.style.body.indent * self.cell() } else { 0.0 };
        let measured = Measured::new(&mut self.measure, &[(text, font)])?;
        self.measure.report_missing(|| "标题".into());
        let lines = measured.wrap(room, indent);
        let pitch = if on_rows { self.pitch() } else { size * 1.4 };
        if !self.is_fresh() {
            self.y += look.before;
        }
        self.need(pitch * lines.len() as f32 + kept.max(if on_rows { pitch } else { AFTER_HEADING }));
        self.outline.push(Entry { level, text: text.into(), page: self.pages.len() - 1, y: self.y });
        let inset = if on_rows { (pitch - size) / 2.0 } else { 0.0 };
        for (index, line) in lines.iter().enumerate() {
            let x = self.sheet.left + if index == 0 { indent } else { 0.0 };
            let y = self.y + inset;
            self.page().line(line, size, x, y, 0.0);
            self.y += pitch;
        }
        self.y += look.below - if on_rows { 0.0 } else { pitch - size };
        Ok(())
    }

    /// Sets running text; its last two lines stay with the `kept` points that follow.
    pub fn paragraph(&mut self, paragraph: &Paragraph, kept: f32) -> Result<()> {
        let rows = self.rows_of(paragraph);
        let lines = self.lines_of(paragraph, &rows)?;
        let begins: String = paragraph.words().chars().take(12).collect();
        self.measure.report_missing(|| format!("正文“{begins}…”"));
        let count = lines.len();
        for (index, line) in lines.iter().enumerate() {
            let left = count - index;
            let together = if left == count.min(2) { left as f32 * rows.pitch + kept } else { rows.pitch };
            self.need(if kept > 0.0 { together } else { rows.pitch - 2.0 * rows.inset_or_gap() });
            if index == 0 {
                self.note_run_in(paragraph);
            }
            let indent = if index == 0 { paragraph.indent } else { paragraph.hang };
            self.set_line(line, &rows, paragraph.align, indent * rows.unit());
            self.y += rows.pitch;
        }
        Ok(())
    }

    /// Sets a paragraph in those rows, wherever the page ends.
    pub fn rows_at(&mut self, paragraph: &Paragraph, rows: &Rows) -> Result<()> {
        let lines = self.lines_of(paragraph, rows)?;
        self.measure.report_missing(|| "正文".into());
        for (index, line) in lines.iter().enumerate() {
            let indent = if index == 0 { paragraph.indent } else { paragraph.hang };
            self.set_line(line, rows, paragraph.align, indent * rows.unit());
            self.y += rows.pitch;
        }
        Ok(())
    }

    /// How many lines a paragraph takes on this sheet.
    pub fn count_lines(&mut self, paragraph: &Paragraph) -> Result<usize> {
        let rows = self.rows_of(paragraph);
        let count = self.lines_of(paragraph, &rows)?.len();
        self.measure.forget_missing();
        Ok(count)
    }

    fn lines_of(&mut self, paragraph: &Paragraph, rows: &Rows) -> Result<Vec<TextLine>> {
        let mut runs = Vec::with_capacity(paragraph.runs.len());
        for run in &paragraph.runs {
            let typeface = match run.voice {
                Voice::Body => self.style.body.face,
                Voice::Level(level) => self.style.level(level).face,
                Voice::Face(typeface) => typeface,
            };
            let size = run.size.unwrap_or(rows.size);
            let link = self.measure.link(&run.link);
            let cell = rows.cell * size / rows.size;
            runs.push((run.text.as_str(), Font { typeface, size, cell, link }));
        }
        let measured = Measured::new(&mut self.measure, &runs)?;
        let (first, hang) = (paragraph.indent * rows.unit(), paragraph.hang * rows.unit());
        Ok(measured.wrap((rows.room - hang).max(rows.size), first - hang))
    }

    fn rows_of(&self, paragraph: &Paragraph) -> Rows {
        let body = &self.style.body;
        let size = paragraph.size.unwrap_or(body.size);
        let is_body = paragraph.size.is_none() && paragraph.leading.is_none();
        let leading = paragraph.leading.unwrap_or_else(|| self.pitch() / body.size);
        let pitch = if is_body { self.pitch() } else { size * leading };
        let cell = self.grid_cell(self.cell() * size / body.size);
        let room = self.sheet.room();
        let room = if cell > 0.0 { ((room / cell + 0.01).floor() * cell).max(cell) } else { room };
        let inset = if body.columns.is_some() { (pitch - size) / 2.0 } else { 0.0 };
        Rows { size, pitch, inset, cell, room }
    }

    /// A heading run in before the text is a bookmark too.
    fn note_run_in(&mut self, paragraph: &Paragraph) {
        if let Some((run, Voice::Level(level))) = paragraph.runs.first().map(|run| (run, run.voice)) {
            let text = run.text.trim_end_matches(['。', '：']).to_owned();
            self.outline.push(Entry { level, text, page: self.pages.len() - 1, y: self.y });
        }
    }

    /// Sets one line of text at the current height.
    fn set_line(&mut self, line: &TextLine, rows: &Rows, align: Align, indent: f32) {
        let left = self.sheet.left + indent;
        let spare = self.sheet.left + rows.room - left - (line.width - line.hang);
        let gaps = (line.count - usize::from(line.hang > 0.0)).saturating_sub(1) as f32;
        let loosest = if rows.cell > 0.0 { WIDEST_REST * rows.cell } else { LOOSEST * rows.size * gaps };
        let (x, spacing) = match align {
            Align::Auto | Align::Left => (left, 0.0),
            Align::Centre => (left + spare / 2.0, 0.0),
            Align::Right => (left + spare, 0.0),
            Align::Justify if line.is_last || gaps < 1.0 || spare > loosest => (left, 0.0),
            Align::Justify => (left, spare / gaps),
        };
        let y = self.y + rows.inset;
        self.page().line(line, rows.size, x, y, spacing);
    }
}

impl Rows {
    /// Width of a character by which indents are counted.
    const fn unit(&self) -> f32 {
        if self.cell > 0.0 { self.cell } else { self.size }
    }

    /// Half of the empty height of a row, which may reach over the end of a page.
    fn inset_or_gap(&self) -> f32 {
        if self.inset > 0.0 { 0.0 } else { (self.pitch - self.size) / 2.0 }
    }
}
