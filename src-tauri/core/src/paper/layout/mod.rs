//! From a document to pages: pure, no file, no clock.
//!
//! Chooses orientation and size, lets the blocks flow, then prints what stands on every page.
//! What a page looks like in a file format is the business of the writers.

mod block;
mod canvas;
mod chart;
mod closing;
mod cutting;
mod draw;
mod figures;
mod flow;
mod foot;
mod line;
mod measure;
mod page;
mod photos;
mod pieces;
mod sheet;
mod sums;
mod table;
mod title;
mod width;

pub use page::{Entry, Ink, Item, Page, Pages};

use super::document::{Block, Document, Orientation, Paper, Table, Warning};
use super::style::{self, Style};
use crate::error::Result;
use flow::Flow;
use measure::Measure;
use sheet::Sheet;
use width::{Fit, Needs};

/// Least share of its width to which text in a table may be condensed.
const CONDENSED: f32 = 0.85;
/// A page on A3 compared with one on A4.
const ENLARGED: f32 = std::f32::consts::SQRT_2;

/// Lays a document out.
///
/// # Errors
/// [`crate::error::Error::Bug`] when a table has rows wider than itself, the style is unknown or a
/// shipped face is damaged.
pub fn lay_out(document: &Document) -> Result<Pages> {
    let style = style::named(document.style)?;
    if style.enlarged_on_a3 && document.page.paper == Paper::A3 {
        let mut small = document.clone();
        small.page.paper = Paper::A4;
        return Ok(lay_out(&small)?.enlarged(ENLARGED));
    }
    let mut measure = Measure::new();
    let mut flow = None;
    for section in sections(document) {
        let needs = section
            .tables()
            .map(|table| Needs::of(&mut measure, table, &style.table))
            .collect::<Result<Vec<_>>>()?;
        let chosen = choose(document, style, section.orientation, &needs);
        chosen.warn(&mut measure, document, &section);
        let mut filling = match flow.take() {
            None => Flow::new(document, style, chosen.sheet, Measure::new()),
            Some(mut flow) => {
                Flow::turn(&mut flow, chosen.sheet);
                flow
            }
        };
        filling.measure = std::mem::take(&mut measure);
        (filling.size, filling.condensed) = (chosen.size, chosen.condensed);
        filling.section(section.start, section.blocks, &needs)?;
        measure = std::mem::take(&mut filling.measure);
        flow = Some(filling);
    }
    match flow {
        Some(mut flow) => {
            flow.measure = measure;
            flow.finish()
        }
        None => Ok(Pages::default()),
    }
}

/// Blocks on sheets turned the same way.
struct Section<'d> {
    orientation: Orientation,
    /// Place of the first block in the document.
    start: usize,
    blocks: &'d [Block],
}

impl<'d> Section<'d> {
    fn tables(&self) -> impl Iterator<Item = &'d Table> {
        let tables = |block: &'d Block| if let Block::Table(table) = block { Some(table) } else { None };
        self.blocks.iter().filter_map(tables)
    }
}

/// The document cut where the sheets are turned.
fn sections(document: &Document) -> Vec<Section<'_>> {
    let mut made = Vec::new();
    let (mut orientation, mut start) = (document.page.orientation, 0);
    for (index, block) in document.blocks.iter().enumerate() {
        if let Block::Section(next) = block {
            if index > start || start > 0 {
                made.push(Section { orientation, start, blocks: &document.blocks[start..index] });
            }
            (orientation, start) = (*next, index + 1);
        }
    }
    made.push(Section { orientation, start, blocks: &document.blocks[start..] });
    made
}

/// The sheet of a section, and the size of its tables.
#[derive(Debug, Clone, Copy)]
struct Choice {
    sheet: Sheet,
    size: f32,
    condensed: bool,
    fit: Fit,
    /// Whether a larger sheet was taken than asked for.
    larger: bool,
}

/// The first orientation and size, upright and large first, in which every table looks well; then
/// with condensed text; then the last in which nothing is cut; then the same on A3.
fn choose(document: &Document, style: &Style, orientation: Orientation, needs: &[Needs]) -> Choice {
    let asked = on_paper(document, style, document.page.paper, orientation, needs);
    if asked.fit < Fit::Cut || document.page.paper == Paper::A3 {
        return asked;
    }
    Choice { larger: true, ..on_paper(document, style, Paper::A3, Orientation::Landscape, needs) }
}

fn on_paper(
    document: &Document,
    style: &Style,
    paper: Paper,
    orientation: Orientation,
    needs: &[Needs],
) -> Choice {
    let turned: &[bool] = match orientation {
        Orientation::Auto => &[false, true],
        Orientation::Portrait => &[false],
        Orientation::Landscape => &[true],
    };
    let last = turned[turned.len() - 1];
    let smallest = style.table.sizes.last().copied().unwrap_or(9.0);
    let sheet = |landscape: bool| Sheet::new(document, style, paper, landscape);
    let worst = |room: f32, size: f32| {
        let fits = needs.iter().map(|need| need.fit(room, need.size.unwrap_or(size)));
        fits.max().unwrap_or(Fit::Good)
    };
    let mut best =
        Choice { sheet: sheet(last), size: smallest, condensed: true, fit: Fit::Cut, larger: false };
    for landscape in turned {
        let sheet = sheet(*landscape);
        for size in &style.table.sizes {
            match worst(sheet.room(), *size) {
                Fit::Good => {
                    let fit = Fit::Good;
                    return Choice { sheet, size: *size, condensed: false, fit, larger: false };
                }
                Fit::Tight => best = Choice { sheet, size: *size, fit: Fit::Tight, ..best },
                Fit::Cut => {}
            }
        }
    }
    let sheet = sheet(last);
    match worst(sheet.room() / CONDENSED, smallest) {
        Fit::Good => Choice { sheet, size: smallest, fit: Fit::Good, ..best },
        Fit::Tight if best.fit == Fit::Cut => Choice { sheet, size: smallest, fit: Fit::Tight, ..best },
        Fit::Tight | Fit::Cut => best,
    }
}

impl Choice {
    fn warn(&self, measure: &mut Measure, document: &Document, section: &Section<'_>) {
        let widest = section.tables().map(|table| table.columns.len()).max().unwrap_or_default();
        let mut say = |kind, text: String| {
            measure.warn(Warning { kind, text, place: document.title.clone() });
        };
        if self.larger {
            say("sheet_a3", format!("{widest} 栏，A4 纸放不下，排成了 A3。"));
        }
        match self.fit {
            Fit::Good if self.condensed => {
                say("columns_condensed", format!("{widest} 栏排在一页宽里，有的字压窄了一点。"));
            }
            Fit::Good => {}
            Fit::Tight => say("columns_tight", format!("{widest} 栏")),
            Fit::Cut => say("columns_cut", format!("{widest} 栏")),
        }
    }
}

#[cfg(test)]
mod tests;
