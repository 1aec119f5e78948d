//! Layouts (版式) that were imported before: which rows were the heading, and where each column went.
//!
//! A layout is known by its headings. What the clerk corrected is kept with the layout as it was
//! recognised without her, so that the next file of that kind needs no correction.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::map::{Confidence, How, SeenColumn};
use super::recognise::MappedColumn;
use super::shape::Shape;
use super::store;
use crate::catalog::LedgerKind;
use crate::dictionary::Dictionary;
use crate::error::Result;

/// Share of a known layout's headings, in percent, from which a sheet is taken for its new edition.
const ALIKE: usize = 60;

/// A layout that was imported before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Ledger it went to.
    pub ledger: String,
    /// How far first and last heading row, as the clerk pointed them out, stand from the recognised
    /// ones; none where these were right.
    pub header_moved: Option<(i64, i64)>,
    /// Where each column went.
    pub columns: Vec<MappedColumn>,
}

impl Layout {
    /// The heading rows as the clerk would point them out again, given the recognised ones.
    #[must_use]
    pub fn header(&self, recognised: Option<(u32, u32)>) -> Option<(u32, u32)> {
        let ((first, last), (by, to)) = (recognised?, self.header_moved?);
        let moved = |row: u32, by: i64| u32::try_from(i64::from(row) + by).ok().filter(|row| *row > 0);
        Some((moved(first, by)?, moved(last, to)?))
    }
}

/// Whether a shape's headings tell it from others: at least half of its columns have one.
#[must_use]
pub fn is_telling(shape: &Shape) -> bool {
    let headed = shape.columns.iter().filter(|column| !column.heading.is_empty()).count();
    headed > 0 && headed * 2 >= shape.columns.len()
}

/// The layout of a shape, when it was imported before; into that ledger, if it ever was.
///
/// # Errors
/// Reading fails.
pub fn known(connection: &Connection, shape: &Shape, kind: Option<&LedgerKind>) -> Result<Option<Layout>> {
    if !is_telling(shape) {
        return Ok(None);
    }
    store::layout(connection, &shape.fingerprint(), kind.map(|kind| kind.id.as_str()))
}

/// Lets a known layout decide where the columns go: nothing is left to ask.
pub fn apply(
    layout: &Layout,
    columns: &mut [SeenColumn],
    kind: Option<&LedgerKind>,
    dictionary: &Dictionary,
) {
    for seen in columns {
        let before = layout.columns.iter().find(|known| known.letter == seen.letter);
        let Some(before) = before.filter(|known| known.heading == seen.heading) else { continue };
        // What another ledger had no use for may well be wanted here.
        let is_elsewhere = kind.is_some_and(|kind| kind.id != layout.ledger);
        if is_elsewhere && before.field.is_none() && seen.field.is_some() {
            continue;
        }
        let title = before.field.as_deref().map(|field| title_of(field, kind, dictionary));
        // A column of another ledger alone is not known here.
        if title == Some(None) {
            continue;
        }
        seen.field.clone_from(&before.field);
        seen.title = title.flatten();
        seen.how = How::Remembered;
        seen.confidence = Confidence::Sure;
        seen.reasons = vec!["上次这种表就是这样对的".to_owned()];
    }
}

/// Proposes what a column may be that an earlier edition of the layout called otherwise.
///
/// # Errors
/// Reading fails.
pub fn propose_renamed(
    connection: &Connection,
    columns: &mut [SeenColumn],
    kind: Option<&LedgerKind>,
    dictionary: &Dictionary,
) -> Result<()> {
    let is_open = |seen: &SeenColumn| seen.field.is_none() && seen.confidence == Confidence::Ask;
    if !columns.iter().any(is_open) {
        return Ok(());
    }
    let has = |columns: &[SeenColumn], heading: &str| columns.iter().any(|seen| seen.heading == heading);
    let shared = |layout: &Layout| layout.columns.iter().filter(|known| has(columns, &known.heading)).count();
    let layouts = store::layouts(connection)?;
    let best = layouts.iter().max_by_key(|layout| shared(layout));
    let Some(layout) = best.filter(|layout| shared(layout) * 100 >= layout.columns.len() * ALIKE) else {
        return Ok(());
    };
    let gone: Vec<&MappedColumn> =
        layout.columns.iter().filter(|known| !has(columns, &known.heading)).collect();
    let taken: Vec<String> = columns.iter().filter_map(|seen| seen.field.clone()).collect();
    for seen in columns.iter_mut().filter(|seen| is_open(seen)) {
        let before =
            gone.iter().find(|known| known.letter == seen.letter || is_alike(&known.heading, &seen.heading));
        let Some((before, field)) = before.and_then(|known| Some((known, known.field.clone()?))) else {
            continue;
        };
        let Some(title) = title_of(&field, kind, dictionary).filter(|_| !taken.contains(&field)) else {
            continue;
        };
        seen.reasons.push(format!("上次这种表里，这一栏叫“{}”", before.heading));
        seen.field = Some(field);
        seen.title = Some(title);
        seen.how = How::Remembered;
    }
    Ok(())
}

/// Whether half of the shorter heading's characters stand in the other.
fn is_alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.chars().count() < other.chars().count() { (one, other) } else { (other, one) };
    let common = short.chars().filter(|c| long.contains(*c)).count();
    common >= 2 && common * 2 >= short.chars().count()
}

fn title_of(field: &str, kind: Option<&LedgerKind>, dictionary: &Dictionary) -> Option<String> {
    let own = kind.and_then(|kind| kind.column(field)).map(crate::catalog::Column::full_title);
    own.or_else(|| dictionary.get(field).map(|field| field.title.clone()))
}
