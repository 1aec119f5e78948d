//! Key figures in boxes, slips to be cut apart, and the words behind a page.

use super::super::document::{Align, Figure, Labels, SlipLine, Typeface};
use super::super::style::MM;
use super::flow::Flow;
use super::line::{Measured, TextLine};
use super::measure::Font;
use super::page::{Ink, Item};
use super::sheet::TEXT_GAP;
use crate::error::Result;

/// Height of the box of a key figure.
const FIGURE_HEIGHT: f32 = 24.0 * MM;
/// Between boxes.
const FIGURE_GAP: f32 = 3.0 * MM;
/// Length of a mark that shows where to cut, and its distance from the slips.
const CUT_MARK: (f32, f32) = (4.0 * MM, 1.0 * MM);
/// How dark the words behind a page are.
const WATERMARK: f32 = 0.13;

impl Flow<'_> {
    /// Sets key figures beside each other, in rows of at most four.
    pub fn figures(&mut self, figures: &[Figure]) -> Result<()> {
        let in_row = if figures.len() <= 4 { figures.len().max(1) } else { figures.len().div_ceil(2).min(4) };
        let width = (self.sheet.room() - FIGURE_GAP * (in_row - 1) as f32) / in_row as f32;
        for row in figures.chunks(in_row) {
            self.need(FIGURE_HEIGHT);
            for (index, figure) in row.iter().enumerate() {
                let x = self.sheet.left + (width + FIGURE_GAP) * index as f32;
                self.figure(figure, x, width)?;
            }
            self.y += FIGURE_HEIGHT + FIGURE_GAP;
        }
        self.measure.report_missing(|| "关键数字".into());
        self.y += TEXT_GAP;
        Ok(())
    }

    fn figure(&mut self, figure: &Figure, x: f32, width: f32) -> Result<()> {
        let (y, weight) = (self.y, self.style.table.frame * MM);
        self.page().outline((x, y), (width, FIGURE_HEIGHT), weight);
        let mut label = self.single(&figure.label, Font::new(Typeface::Hei, 10.5))?;
        label.squeeze(width - 2.0 * MM, 0.6);
        self.page().line(&label, 10.5, x + (width - label.width) / 2.0, y + 2.5 * MM, 0.0);
        let song = Font::new(Typeface::Song, 16.0);
        let before = if figure.before.is_empty() { String::new() } else { format!("{} → ", figure.before) };
        let runs = [
            (before.as_str(), song),
            (figure.after.as_str(), Font::new(Typeface::Hei, 26.0)),
            (" ", Font { size: 8.0, ..song }),
            (figure.unit.as_str(), Font { size: 10.5, ..song }),
        ];
        let measured = Measured::new(&mut self.measure, &runs)?;
        let mut line = measured.wrap(f32::MAX, 0.0).into_iter().next().unwrap_or_default();
        line.squeeze(width - 2.0 * MM, 0.5);
        self.page().line(&line, 26.0, x + (width - line.width) / 2.0, y + 9.6 * MM, 0.0);
        Ok(())
    }

    /// Sets slips on sheets of their own.
    pub fn labels(&mut self, labels: &Labels) -> Result<()> {
        let (columns, rows) = (usize::from(labels.columns.max(1)), usize::from(labels.rows.max(1)));
        let (width, height) = (labels.size.0 * MM, labels.size.1 * MM);
        let whole = (width * columns as f32, height * rows as f32);
        let corner = ((self.sheet.width - whole.0) / 2.0, (self.sheet.height - whole.1) / 2.0);
        for sheet in labels.slips.chunks(columns * rows) {
            if !self.is_fresh() || !self.page().items.is_empty() {
                self.new_page();
            }
            for (index, slip) in sheet.iter().enumerate() {
                let at = (
                    corner.0 + width * (index % columns) as f32,
                    corner.1 + height * (index / columns) as f32,
                );
                self.slip(slip, at, (width, height))?;
            }
            if labels.cut_marks {
                self.cut_marks(corner, (width, height), (columns, rows));
            }
            self.y = self.sheet.bottom;
        }
        self.measure.report_missing(|| "标签".into());
        Ok(())
    }

    fn slip(&mut self, slip: &[SlipLine], at: (f32, f32), (width, height): (f32, f32)) -> Result<()> {
        let pad = 2.5 * MM;
        let mut set: Vec<(TextLine, f32, Align)> = Vec::new();
        for line in slip {
            let lines = self.wrapped(&line.text, Font::new(line.typeface, line.size), width - 2.0 * pad)?;
            set.extend(lines.into_iter().map(|wrapped| (wrapped, line.size, line.align)));
        }
        let leading = 1.35;
        let high: f32 = set.iter().map(|(_, size, _)| size * leading).sum();
        let shrink = ((height - 2.0 * MM) / high.max(1.0)).min(1.0);
        let mut y = at.1 + (height - high * shrink) / 2.0;
        for (line, size, align) in set {
            let pitch = size * leading * shrink;
            let spare = width - 2.0 * pad - line.width;
            let x = at.0
                + pad
                + match align {
                    Align::Left | Align::Justify => 0.0,
                    Align::Right => spare,
                    Align::Auto | Align::Centre => spare / 2.0,
                };
            self.page().line(&line, size, x, y + (pitch - size) / 2.0, 0.0);
            y += pitch;
        }
        Ok(())
    }

    /// Short lines outside the slips, in line with their edges.
    fn cut_marks(&mut self, corner: (f32, f32), slip: (f32, f32), (columns, rows): (usize, usize)) {
        let (left, top) = corner;
        let right = slip.0.mul_add(columns as f32, left);
        let bottom = slip.1.mul_add(rows as f32, top);
        let (length, gap) = CUT_MARK;
        let weight = 0.15 * MM;
        for column in 0..=columns {
            let x = slip.0.mul_add(column as f32, left);
            self.page().rule((x, top - gap - length), (x, top - gap), weight);
            self.page().rule((x, bottom + gap), (x, bottom + gap + length), weight);
        }
        for row in 0..=rows {
            let y = slip.1.mul_add(row as f32, top);
            self.page().rule((left - gap - length, y), (left - gap, y), weight);
            self.page().rule((right + gap, y), (right + gap + length, y), weight);
        }
        let weight = 0.12 * MM;
        for column in 1..columns {
            let x = slip.0.mul_add(column as f32, left);
            let (from, to) = ((x, top), (x, bottom));
            self.page().items.push(Item::Stroke { from, to, weight, grey: 0.3, dash: 1.0 * MM });
        }
        for row in 1..rows {
            let y = slip.1.mul_add(row as f32, top);
            let (from, to) = ((left, y), (right, y));
            self.page().items.push(Item::Stroke { from, to, weight, grey: 0.3, dash: 1.0 * MM });
        }
    }

    /// Prints the words behind every page.
    pub fn print_watermark(&mut self) -> Result<()> {
        let Some(mark) = &self.document.watermark else { return Ok(()) };
        let count = mark.text.chars().count().max(1) as f32;
        for index in 0..self.pages.len() {
            let (width, height) = (self.pages[index].width, self.pages[index].height);
            let size = (width.min(height) * 0.9 / count).min(130.0);
            let line = self.single(&mark.text, Font::new(Typeface::Hei, size))?;
            let (sin, cos) = (-45.0_f32).to_radians().sin_cos();
            let half = line.width / 2.0;
            let (x, y) =
                (width / 2.0 - half * cos - size * 0.38 * sin, height / 2.0 - half * sin + size * 0.38 * cos);
            for piece in &line.pieces {
                let at = (x + piece.x * cos, y + piece.x * sin);
                let (face, text, ink) = (piece.face, piece.text.clone(), Ink::Grey(WATERMARK));
                let (angle, condensed, behind) = (-45.0, 1.0, true);
                let items = &mut self.pages[index].items;
                items.push(Item::Turned { face, size, at, angle, condensed, ink, behind, text });
            }
            let small = self.single(&mark.line, Font::new(Typeface::Song, 8.0))?;
            let at = (width - 10.0 * MM - small.width, 5.0 * MM);
            self.pages[index].tinted(&small, 8.0, at, Ink::Grey(0.55));
        }
        self.measure.report_missing(|| "水印".into());
        Ok(())
    }
}
