//! From a document to pages: pure, no file, no clock.
//!
//! Chooses orientation and size, lets the blocks flow, then prints what stands on every page.
//! What a page looks like in a file format is the business of the writers.

mod block;
mod draw;
mod flow;
mod line;
mod measure;
mod page;
mod sheet;
mod style;
mod table;
mod width;

pub use page::{Entry, Item, Page, Pages};

use super::document::{Block, Document, Orientation, Warning};
use crate::error::Result;
use flow::Flow;
use measure::Measure;
use sheet::Sheet;
use width::{Fit, Needs};

/// Lays a document out.
///
/// # Errors
/// [`crate::error::Error::Bug`] when a table has rows wider than itself or a shipped face is damaged.
pub fn lay_out(document: &Document) -> Result<Pages> {
    let mut measure = Measure::new();
    let needs = document.tables().map(|table| Needs::of(&mut measure, table)).collect::<Result<Vec<_>>>()?;
    let (sheet, size, fit) = choose(document, &needs);
    warn_of_fit(&mut measure, document, fit);
    let mut flow = Flow::new(document, sheet, size, measure);
    let mut needs = needs.iter();
    for (index, block) in document.blocks.iter().enumerate() {
        let is_last = index + 1 == document.blocks.len();
        match (block, needs.as_slice().first()) {
            (Block::Table(table), Some(need)) => {
                flow.table(table, need, is_last)?;
                needs.next();
            }
            (other, _) => flow.block(other)?,
        }
    }
    flow.finish()
}

/// The first orientation and size, upright and large first, in which every table looks well; when
/// none does, the last in which nothing is cut.
fn choose(document: &Document, needs: &[Needs]) -> (Sheet, f32, Fit) {
    let turned: &[bool] = match document.page.orientation {
        Orientation::Auto => &[false, true],
        Orientation::Portrait => &[false],
        Orientation::Landscape => &[true],
    };
    let smallest = style::TABLE_SIZES[style::TABLE_SIZES.len() - 1];
    let mut best = (Sheet::new(document, turned[turned.len() - 1]), smallest, Fit::Cut);
    for landscape in turned {
        let sheet = Sheet::new(document, *landscape);
        for size in style::TABLE_SIZES {
            let worst = needs.iter().map(|need| need.fit(sheet.room(), size)).max().unwrap_or(Fit::Good);
            match worst {
                Fit::Good => return (sheet, size, Fit::Good),
                Fit::Tight => best = (sheet, size, Fit::Tight),
                Fit::Cut => {}
            }
        }
    }
    best
}

fn warn_of_fit(measure: &mut Measure, document: &Document, fit: Fit) {
    let kind = match fit {
        Fit::Good => return,
        Fit::Tight => "columns_tight",
        Fit::Cut => "columns_cut",
    };
    let widest = document.tables().map(|table| table.columns.len()).max().unwrap_or_default();
    measure.warn(Warning { kind, text: format!("{widest} 栏"), place: document.title.clone() });
}

#[cfg(test)]
mod tests;
