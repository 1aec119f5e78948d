//! Canvases: words, lines, boxes, columns of text and tables at places of their own.
//!
//! A column or a table is set by the code that sets it in the flow, between edges moved for it.

use super::super::document::{Align, Canvas, Pen, Shape, Table, TextColumn, Words};
use super::super::style::MM;
use super::CONDENSED;
use super::block::Rows;
use super::closing::circle;
use super::flow::Flow;
use super::line::Measured;
use super::measure::Font;
use super::page::{Ink, Item, Page};
use super::pieces::{self, Words as PieceWords};
use super::width::Needs;
use crate::error::Result;

impl Flow<'_> {
    /// Draws a canvas.
    pub fn canvas(&mut self, canvas: &Canvas) -> Result<()> {
        let origin = match canvas.height {
            Some(height) => {
                self.need(height * MM);
                (self.sheet.left, self.y)
            }
            None => (0.0, 0.0),
        };
        for shape in &canvas.shapes {
            self.shape(shape, origin)?;
        }
        if let Some(height) = canvas.height {
            self.y += height * MM;
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Shape, origin: (f32, f32)) -> Result<()> {
        let at = |point: &(f32, f32)| (origin.0 + point.0 * MM, origin.1 + point.1 * MM);
        match shape {
            Shape::Words(words) => self.words(words, at(&words.at)),
            Shape::Rule { from, to, pen } => {
                line(self.page(), at(from), at(to), *pen);
                Ok(())
            }
            Shape::Box { at: corner, size, pen, fill } => {
                outline(self.page(), at(corner), (size.0 * MM, size.1 * MM), *pen, *fill);
                Ok(())
            }
            Shape::Circle { centre, radius, pen } => {
                let edge = Some((pen.weight * MM, Ink::Grey(pen.grey)));
                let item = circle(at(centre), radius * MM, None, edge, pen.dash * MM);
                self.page().items.push(item);
                Ok(())
            }
            Shape::Column(column) => self.column(column, at(&column.at)),
            Shape::Table { at: corner, table } => self.table_at(table, at(corner)),
            Shape::Pieces { at: corner, pieces: given, typeface, size } => {
                let words = PieceWords { body: Font::new(*typeface, *size), strong: self.style.table.strong };
                let lines = pieces::set(&mut self.measure, given, words, f32::MAX)?;
                self.measure.report_missing(|| "填写处".into());
                let (x, y) = at(corner);
                if let Some(line) = lines.first() {
                    // The words stand where words without boxes would stand.
                    pieces::draw(self.page(), &lines, (x, y - (line.height - size) / 2.0), line.height);
                }
                Ok(())
            }
            Shape::Seal { centre, seal } => self.drawn_seal(seal, at(centre)),
        }
    }

    fn words(&mut self, words: &Words, (x, y): (f32, f32)) -> Result<()> {
        let font = Font::new(words.typeface, words.size);
        let mut line = self.single(&words.text, font)?;
        self.measure.report_missing(|| format!("“{}”", words.text));
        if words.room > 0.0 {
            line.squeeze(words.room * MM, CONDENSED);
        }
        let spacing = words.tracking * words.size;
        let width = spacing.mul_add(line.count.saturating_sub(1) as f32, line.width);
        let left = match words.align {
            Align::Left | Align::Auto | Align::Justify => x,
            Align::Centre => x - width / 2.0,
            Align::Right => x - width,
        };
        if words.grey < 1.0 {
            let ink = Ink::Grey(words.grey);
            self.page().tinted(&line, words.size, (left, y), ink);
        } else {
            self.page().line(&line, words.size, left, y, spacing);
        }
        Ok(())
    }

    /// Sets paragraphs into a column of its own.
    fn column(&mut self, column: &TextColumn, (x, y): (f32, f32)) -> Result<()> {
        let (sheet, kept_y) = (self.sheet, self.y);
        let room = column.width * MM;
        (self.sheet.left, self.sheet.right, self.y) = (x, x + room, y);
        let cell = if column.columns > 0 { room / f32::from(column.columns) } else { 0.0 };
        for paragraph in &column.paragraphs {
            let size = paragraph.size.unwrap_or(column.size);
            let rows = Rows { size, pitch: column.pitch, inset: 0.0, cell: cell * size / column.size, room };
            self.rows_at(paragraph, &rows)?;
        }
        (self.sheet, self.y) = (sheet, kept_y);
        Ok(())
    }

    /// Sets a table at a place of its own, all of it on this page.
    pub fn table_at(&mut self, table: &Table, (x, y): (f32, f32)) -> Result<()> {
        let needs = Needs::of(&mut self.measure, table, &self.style.table)?;
        let (sheet, kept_y) = (self.sheet, self.y);
        let size = table.size.unwrap_or(self.size);
        let width: f32 = needs.given(size).min(self.sheet.width - x);
        (self.sheet.left, self.sheet.right, self.y) = (x, x + width, y);
        (self.sheet.top, self.sheet.bottom) = (0.0, f32::MAX);
        self.table(table, &needs, 0.0)?;
        (self.sheet, self.y) = (sheet, kept_y);
        Ok(())
    }

    /// Lines of a text no wider than `room`.
    pub fn wrapped(&mut self, text: &str, font: Font, room: f32) -> Result<Vec<super::line::TextLine>> {
        Ok(Measured::new(&mut self.measure, &[(text, font)])?.wrap(room, 0.0))
    }
}

fn line(page: &mut Page, from: (f32, f32), to: (f32, f32), pen: Pen) {
    let weight = pen.weight * MM;
    if pen.dash > 0.0 || pen.grey < 1.0 {
        page.items.push(Item::Stroke { from, to, weight, grey: pen.grey, dash: pen.dash * MM });
    } else {
        page.rule(from, to, weight);
    }
}

fn outline(page: &mut Page, at: (f32, f32), size: (f32, f32), pen: Pen, fill: Option<f32>) {
    if let Some(grey) = fill {
        page.items.push(Item::Fill { at, size, grey });
    }
    let (left, top, right, bottom) = (at.0, at.1, at.0 + size.0, at.1 + size.1);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    if pen.weight > 0.0 {
        for index in 0..4 {
            line(page, corners[index], corners[(index + 1) % 4], pen);
        }
    }
}
