//! Pieces to be filled in by hand: words, boxes to tick, boxes for digits, lines to write on.
//!
//! Set line by line at the origin; whoever draws them moves them to their place.

use super::super::document::{Piece, Typeface};
use super::super::style::MM;
use super::line::Measured;
use super::measure::{Font, Measure};
use super::page::{Item, Page};
use super::sheet::WRITING;
use crate::error::Result;

/// Side of a box to tick.
const TICK: f32 = 3.5 * MM;
/// Thickness of its lines.
const TICK_LINE: f32 = 0.25 * MM;
/// Width and height of a box for a digit.
const DIGIT: (f32, f32) = (4.6 * MM, 6.4 * MM);
/// Thickness of its lines.
const DIGIT_LINE: f32 = 0.2 * MM;
/// Between groups of digits.
const GROUP_GAP: f32 = 1.4 * MM;
/// From line to line where there is room, and where there is none.
const PITCH: f32 = 5.6 * MM;
const CLOSEST: f32 = 4.4 * MM;
/// Above and below several lines.
const PAD: f32 = 0.7 * MM;

/// A line of pieces at the origin.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct PieceLine {
    /// What is drawn.
    pub items: Vec<Item>,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// Faces and size of the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub body: Font,
    pub strong: Typeface,
}

/// Sets pieces into lines no wider than `room`.
pub(super) fn set(
    measure: &mut Measure,
    pieces: &[Piece],
    words: Words,
    room: f32,
) -> Result<Vec<PieceLine>> {
    let mut setting = Setting { lines: Vec::new(), line: Vec::new(), x: 0.0, room };
    for piece in pieces {
        setting.piece(measure, piece, words)?;
    }
    setting.end();
    Ok(setting.lines)
}

/// Least height of a cell with those lines.
pub(super) fn height(lines: &[PieceLine]) -> f32 {
    let last = lines.last().map_or(0.0, |line| line.height);
    let pad = if lines.len() > 1 { PAD } else { 0.3 * MM };
    CLOSEST * lines.len().saturating_sub(1) as f32 + last + 2.0 * pad
}

/// Draws lines of pieces into a place of that height, in its middle.
pub(super) fn draw(page: &mut Page, lines: &[PieceLine], (x, y): (f32, f32), height: f32) {
    let Some(last) = lines.last() else { return };
    let gaps = lines.len().saturating_sub(1) as f32;
    let pitch = if gaps > 0.0 { ((height - 2.0 * PAD - last.height) / gaps).min(PITCH) } else { 0.0 };
    let top = y + (height - last.height - pitch * gaps) / 2.0;
    for (index, line) in lines.iter().enumerate() {
        page.place(&line.items, (x, top + pitch * index as f32));
    }
}

struct Setting {
    lines: Vec<PieceLine>,
    /// Pages' worth of one piece each: its items around a middle line at 0, and its height.
    line: Vec<(Vec<Item>, f32)>,
    x: f32,
    room: f32,
}

impl Setting {
    fn piece(&mut self, measure: &mut Measure, piece: &Piece, words: Words) -> Result<()> {
        let small = Font::new(Typeface::Song, 9.0);
        match piece {
            Piece::Text(text) => self.words(measure, text, words.body),
            Piece::Strong(text) => self.words(measure, text, Font { typeface: words.strong, ..words.body }),
            Piece::Small(text) => self.words(measure, text, small),
            Piece::Tick { label, ticked } => self.tick(measure, label, *ticked, words.body),
            Piece::Digits(groups) => self.digits(measure, groups, words.body),
            Piece::Writing(width) => {
                let level = words.body.size / 2.0 + 0.6 * MM;
                let width = width * MM;
                let (from, to) = ((self.x, level), (self.x + width, level));
                self.add(vec![Item::Rule { from, to, weight: WRITING }], width, words.body.size);
                Ok(())
            }
            Piece::Gap(width) => {
                self.x += width * MM;
                Ok(())
            }
            Piece::At(x) => {
                self.x = x * MM;
                Ok(())
            }
            Piece::Break => {
                self.end();
                Ok(())
            }
        }
    }

    fn words(&mut self, measure: &mut Measure, text: &str, font: Font) -> Result<()> {
        let measured = Measured::new(measure, &[(text, font)])?;
        let room = (self.room - self.x).max(font.size * 2.0);
        let lines = measured.wrap(if measured.width() <= self.room { f32::MAX } else { room }, 0.0);
        for (index, line) in lines.iter().enumerate() {
            if index > 0 || self.x > 0.0 && self.x + line.width > self.room + 0.01 {
                self.end();
            }
            let mut page = Page::default();
            page.line(line, font.size, self.x, -font.size / 2.0, 0.0);
            self.add(page.items, line.width, font.size);
        }
        Ok(())
    }

    fn tick(&mut self, measure: &mut Measure, label: &str, ticked: bool, font: Font) -> Result<()> {
        let measured = Measured::new(measure, &[(label, font)])?;
        let whole = TICK + 1.0 * MM + measured.width();
        if self.x > 0.0 && self.x + whole > self.room + 0.01 {
            self.end();
        }
        let mut page = Page::default();
        let (left, top) = (self.x, -TICK / 2.0);
        page.outline((left, top), (TICK, TICK), TICK_LINE);
        if ticked {
            let at = |x: f32, y: f32| (left + x * TICK, top + y * TICK);
            page.rule(at(0.2, 0.5), at(0.42, 0.75), 2.0 * TICK_LINE);
            page.rule(at(0.42, 0.75), at(0.82, 0.22), 2.0 * TICK_LINE);
        }
        self.add(page.items, TICK + 1.0 * MM, TICK);
        self.words(measure, label, font)?;
        self.x += 2.0 * MM;
        Ok(())
    }

    fn digits(&mut self, measure: &mut Measure, groups: &[(u8, String)], font: Font) -> Result<()> {
        for (index, (count, after)) in groups.iter().enumerate() {
            if index > 0 && groups[index - 1].1.is_empty() {
                self.x += GROUP_GAP;
            }
            let width = DIGIT.0 * f32::from(*count);
            if self.x > 0.0 && self.x + width > self.room + 0.01 {
                self.end();
            }
            let mut page = Page::default();
            let (left, top) = (self.x, -DIGIT.1 / 2.0);
            page.outline((left, top), (width, DIGIT.1), DIGIT_LINE);
            for inner in 1..*count {
                let x = left + DIGIT.0 * f32::from(inner);
                page.rule((x, top), (x, top + DIGIT.1), DIGIT_LINE);
            }
            self.add(page.items, width, DIGIT.1);
            if !after.is_empty() {
                self.x += 0.3 * MM;
                self.words(measure, after, font)?;
                self.x += 0.3 * MM;
            }
        }
        Ok(())
    }

    fn add(&mut self, items: Vec<Item>, width: f32, height: f32) {
        self.line.push((items, height));
        self.x += width;
    }

    /// Ends the line: its pieces stand around its middle.
    fn end(&mut self) {
        let height = self.line.iter().map(|(_, height)| *height).fold(0.0, f32::max);
        let mut page = Page::default();
        for (items, _) in self.line.drain(..) {
            page.place(&items, (0.0, height / 2.0));
        }
        if !page.items.is_empty() {
            self.lines.push(PieceLine { items: page.items, width: self.x, height });
        }
        self.x = 0.0;
    }
}
