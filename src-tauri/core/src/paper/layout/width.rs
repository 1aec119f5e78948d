//! How wide the columns of a table are.
//!
//! Needs are measured once, in em, so that every size and orientation can be weighed without
//! measuring again.

use super::super::document::{Kind, Table, Typeface, Width};
use super::super::grid::Seating;
use super::super::style::{MM, TableLook};
use super::line::Measured;
use super::measure::{Font, Measure};
use crate::error::Result;

/// Texts up to this many em stay on one line whenever that is possible.
const SHORT: f32 = 6.5;
/// Columns wider than this many em may be wrapped without looking bad.
const COMFORTABLE: f32 = 14.0;
/// So many of a hundred texts should stay on one line; the few longest may take two.
const ON_ONE_LINE: usize = 82;
/// Width, in em, over which two characters are spread.
const SPREAD: f32 = 3.0;
/// Free space, in em, that every column gets before the long ones get more.
const BREATH: f32 = 0.9;

/// Widths given in millimetres may add up to a little more than the room, in points.
const ROUNDING: f32 = 0.1;

/// What the columns of a table need, in em.
pub(super) struct Needs {
    columns: Vec<Need>,
    look: &'static TableLook,
    /// Size in points given by the paper.
    pub size: Option<f32>,
}

#[derive(Debug, Clone, Default)]
struct Need {
    /// Width in millimetres given by the paper.
    fixed: Option<f32>,
    /// Everything on one line.
    natural: f32,
    /// Short texts and most of the others on one line.
    comfortable: f32,
    /// Widths of the texts that are not short.
    long: Vec<f32>,
    /// Texts in all.
    count: usize,
    /// Nothing cut that must not be cut.
    least: f32,
    /// Long numbers cut in two, short words wrapped.
    cut: f32,
}

/// Whether the widths found keep the table handsome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Nothing short is wrapped.
    Good,
    /// Short texts are wrapped.
    Tight,
    /// Numbers and words are cut.
    Cut,
}

impl Needs {
    /// Measures head and rows.
    pub fn of(measure: &mut Measure, table: &Table, look: &'static TableLook) -> Result<Self> {
        let columns = table.columns.iter().map(|column| {
            let fixed = if let Width::Mm(width) = column.width { Some(width) } else { None };
            Need { fixed, ..Need::default() }
        });
        let mut needs = Self { columns: columns.collect(), look, size: table.size };
        let mut seating = Seating::new(table.columns.len(), usize::MAX);
        for row in table.rows.iter().chain(&table.totals) {
            for (cell, seat) in row.iter().zip(seating.row(row)?) {
                if seat.columns == 1 && table.columns[seat.column].width == Width::Auto {
                    let usual = if cell.bold { look.strong } else { table.face.unwrap_or(look.body) };
                    let face = cell.face.unwrap_or(usual);
                    let kind = table.columns[seat.column].kind;
                    needs.columns[seat.column].note(measure, &cell.text, face, kind)?;
                }
            }
        }
        for (need, column) in needs.columns.iter_mut().zip(&table.columns) {
            need.settle(if column.spread { SPREAD } else { 0.0 });
        }
        needs.note_head(measure, table)?;
        measure.forget_missing();
        Ok(needs)
    }

    /// Widens columns for their heads: a head may be broken into two lines, a group into one.
    fn note_head(&mut self, measure: &mut Measure, table: &Table) -> Result<()> {
        let mut seating = Seating::new(table.columns.len(), table.head.len());
        let font = Font::new(self.look.head, 1.0);
        for row in &table.head {
            for (cell, seat) in row.iter().zip(seating.row(row)?) {
                let text = Measured::new(measure, &[(&cell.text, font)])?;
                let width = text.width();
                let two_lines = (width / 2.0).ceil().max(1.0);
                if seat.columns == 1 {
                    let need = &mut self.columns[seat.column];
                    let usual = if width <= 2.0 {
                        1.0
                    } else if width <= 4.5 {
                        width
                    } else {
                        two_lines
                    };
                    need.natural = need.natural.max(width.min(8.0));
                    need.comfortable = need.comfortable.max(usual);
                    need.least = need.least.max(two_lines.min(usual));
                    need.cut = need.cut.max((width / 3.0).ceil().min(need.least));
                } else {
                    self.spread(seat.column..seat.column + seat.columns, two_lines);
                }
            }
        }
        Ok(())
    }

    /// Shares what a group head needs beyond its columns.
    fn spread(&mut self, columns: std::ops::Range<usize>, width: f32) {
        let group = &mut self.columns[columns];
        let count = group.len() as f32;
        let lacking = (width - group.iter().map(|need| need.least).sum::<f32>()).max(0.0) / count;
        for need in group {
            need.least += lacking;
            need.comfortable = need.comfortable.max(need.least);
            need.natural = need.natural.max(need.comfortable);
        }
    }

    /// How the table fits into `room` points at that size.
    pub fn fit(&self, room: f32, size: f32) -> Fit {
        let room = room + ROUNDING;
        let total = |pick: fn(&Need) -> f32| -> f32 { self.at(size, pick).iter().sum() };
        if total(|need| need.comfortable + BREATH / 2.0) <= room {
            Fit::Good
        } else if total(|need| need.least) <= room {
            Fit::Tight
        } else {
            Fit::Cut
        }
    }

    /// The widths in points; together they fill the room.
    pub fn widths(&self, room: f32, size: f32) -> Vec<f32> {
        let each = |pick: fn(&Need) -> f32| self.at(size, pick);
        let natural = each(|need| need.natural);
        if natural.iter().sum::<f32>() <= room + ROUNDING {
            return self.stretched(&natural, room);
        }
        let (low, high) = match self.fit(room, size) {
            Fit::Good => (each(|need| need.comfortable + BREATH / 2.0), each(|need| need.natural + BREATH)),
            Fit::Tight => (each(|need| need.least), each(|need| need.comfortable)),
            Fit::Cut => (each(|need| need.cut), each(|need| need.least)),
        };
        let needed = low.iter().sum::<f32>();
        if needed > room {
            return low.iter().map(|width| width * room / needed).collect();
        }
        if self.fit(room, size) == Fit::Tight {
            proportioned(&low, &high, room)
        } else {
            levelled(&low, &high, room)
        }
    }

    /// The widths of that kind with their padding, or the fixed ones.
    fn at(&self, size: f32, pick: fn(&Need) -> f32) -> Vec<f32> {
        let pad = 2.0 * self.look.pad_x(size);
        let width =
            |need: &Need| need.fixed.map_or_else(|| pick(need).max(1.0) * size * 1.002 + pad, |mm| mm * MM);
        self.columns.iter().map(width).collect()
    }

    /// Width in points of the whole table where nothing is squeezed.
    pub fn given(&self, size: f32) -> f32 {
        self.at(size, |need| need.natural).iter().sum()
    }

    /// Shares the room left over among the columns whose width is free.
    fn stretched(&self, natural: &[f32], room: f32) -> Vec<f32> {
        let free: f32 = self
            .columns
            .iter()
            .zip(natural)
            .filter(|(need, _)| need.fixed.is_none())
            .map(|(_, width)| width)
            .sum();
        let spare = room - natural.iter().sum::<f32>();
        if free <= 0.0 {
            return natural.to_vec();
        }
        let grown = |(need, width): (&Need, &f32)| {
            if need.fixed.is_some() { *width } else { width * (1.0 + spare / free) }
        };
        self.columns.iter().zip(natural).map(grown).collect()
    }
}

impl Need {
    fn note(&mut self, measure: &mut Measure, text: &str, typeface: Typeface, kind: Kind) -> Result<()> {
        let font = Font::new(typeface, 1.0);
        let width = measure.width(font, text)?;
        self.count += 1;
        if width <= self.cut {
            return Ok(());
        }
        let (natural, least, stretch) = if kind == Kind::Number || (width <= SHORT && text.is_ascii()) {
            (width, width, width)
        } else {
            let measured = Measured::new(measure, &[(text, font)])?;
            let stretch = measured.longest_stretch();
            if width <= SHORT && !text.contains('\n') {
                (width, width, stretch)
            } else {
                let lines = measured.wrap(f32::MAX, 0.0);
                let natural = lines.iter().map(|line| line.width).fold(0.0, f32::max);
                (natural, stretch.max(natural.min(4.0)).max((natural / 3.0).min(6.0)), stretch)
            }
        };
        let halved = if stretch > SHORT { stretch / 2.0 + 0.6 } else { stretch };
        self.natural = self.natural.max(natural);
        self.least = self.least.max(least.min(natural));
        self.cut = self.cut.max(halved.max((natural / 2.0).min(3.0)).max((natural / 3.0).min(6.0)));
        self.comfortable = self.comfortable.max(least);
        if natural > least {
            self.long.push(natural);
        }
        Ok(())
    }

    /// Finds the width at which most texts stay on one line.
    fn settle(&mut self, at_least: f32) {
        let wrapped = self.count * (100 - ON_ONE_LINE) / 100;
        self.long.sort_unstable_by(|a, b| b.total_cmp(a));
        let half = self.long.first().map_or(0.0, |longest| (longest / 2.0 + 1.0).min(*longest));
        let usual = self.long.get(wrapped).copied().unwrap_or_default().max(half);
        self.comfortable = self.comfortable.max(usual.min(COMFORTABLE));
        self.long = Vec::new();
        for width in [&mut self.natural, &mut self.comfortable] {
            *width = width.max(at_least);
        }
    }
}

/// Widths between `low` and `high` that fill the room: narrow columns get all they want first.
fn levelled(low: &[f32], high: &[f32], room: f32) -> Vec<f32> {
    let at = |level: f32| -> Vec<f32> {
        low.iter().zip(high).map(|(low, high)| high.min(level).max(*low)).collect()
    };
    let (mut from, mut to) = (0.0, room);
    for _ in 0..40 {
        let middle = (from + to) / 2.0;
        if at(middle).iter().sum::<f32>() > room { to = middle } else { from = middle }
    }
    at(from)
}

/// Widths between `low` and `high` that fill the room, each the same share of what it wants: where
/// all must wrap, texts wrap to about as many lines as their heads do.
fn proportioned(low: &[f32], high: &[f32], room: f32) -> Vec<f32> {
    let at = |share: f32| -> Vec<f32> {
        low.iter().zip(high).map(|(low, high)| (high * share).max(*low)).collect()
    };
    let (mut from, mut to) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = (from + to) / 2.0;
        if at(middle).iter().sum::<f32>() > room { to = middle } else { from = middle }
    }
    at(from)
}
