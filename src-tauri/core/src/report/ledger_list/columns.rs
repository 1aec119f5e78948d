//! Which columns of a ledger a list prints, and what stands over them.

use crate::catalog::{Column, LedgerKind};
use crate::dictionary::{FieldKind, Sensitivity};
use crate::error::{Missing, Result};
use crate::paper::document::{Column as PaperColumn, HeadCell, Kind};
use crate::report::{ReportColumn, ReportOptions};

/// Columns that a list upright on A4 holds without crowding.
const FEW: usize = 9;

/// The columns to print, each with its place in the ledger.
pub(in crate::report) struct Chosen<'k> {
    kind: &'k LedgerKind,
    places: Vec<usize>,
    /// Titles of columns that a public sheet leaves out.
    pub left_out: Vec<String>,
}

impl<'k> Chosen<'k> {
    /// Those the clerk named, in that order; else all, on a public sheet those it can show.
    ///
    /// # Errors
    /// [`Missing::Field`] for a column the ledger has not.
    pub fn new(kind: &'k LedgerKind, options: &ReportOptions) -> Result<Self> {
        let place = |id: &String| {
            let found = kind.columns.iter().position(|column| column.field.id == *id);
            found.ok_or_else(|| Missing::Field(id.clone()).into())
        };
        let named = options.columns.as_deref().filter(|columns| !columns.is_empty());
        let mut left_out = Vec::new();
        let places = match named {
            Some(columns) => columns.iter().map(place).collect::<Result<_>>()?,
            None => (0..kind.columns.len())
                .filter(|place| {
                    let column = &kind.columns[*place];
                    let is_shown = !options.is_public() || !options.is_masked() || says_something(column);
                    if !is_shown {
                        left_out.push(column.full_title());
                    }
                    is_shown
                })
                .collect(),
        };
        Ok(Self { kind, places, left_out })
    }

    /// The columns in the order of the paper, with their places in the ledger.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &'k Column)> {
        self.places.iter().map(|place| (*place, &self.kind.columns[*place]))
    }

    /// The columns as a table takes them, the running number before them.
    pub fn widths(&self) -> Vec<PaperColumn> {
        self.summed(false)
    }

    /// The same, amounts and counts to be summed where the clerk wants sums at the end of each page.
    pub fn summed(&self, subtotals: bool) -> Vec<PaperColumn> {
        let number = PaperColumn { kind: Kind::Number, ..PaperColumn::default() };
        let columns = self.iter().map(|(_, column)| PaperColumn {
            kind: paper_kind(column),
            summed: subtotals && paper_kind(column) == Kind::Number && column.field.computed.is_none(),
            spread: column.field.kind == FieldKind::Name,
            ..PaperColumn::default()
        });
        std::iter::once(number).chain(columns).collect()
    }

    /// One head row, or two where columns stand under a common heading.
    pub fn head(&self) -> Vec<Vec<HeadCell>> {
        let columns: Vec<&Column> = self.iter().map(|(_, column)| column).collect();
        let depth: u16 = if columns.iter().any(|column| column.group.is_some()) { 2 } else { 1 };
        let mut upper = vec![HeadCell::new("序号").spanning(1, depth)];
        let mut lower = Vec::new();
        let mut position = 0;
        while let Some(column) = columns.get(position) {
            let width = group_width(&columns[position..]);
            match &column.group {
                Some(group) => {
                    upper.push(HeadCell::new(group).spanning(u16::try_from(width).unwrap_or(1), 1));
                    let below = &columns[position..position + width];
                    lower.extend(below.iter().map(|column| HeadCell::new(column.title())));
                }
                None => upper.push(HeadCell::new(column.title()).spanning(1, depth)),
            }
            position += width;
        }
        if depth == 2 { vec![upper, lower] } else { vec![upper] }
    }

    /// All columns of the ledger, with whether each is printed and whether a narrow list keeps it:
    /// those that tell rows apart or must be filled, then the first ones while there is room.
    pub fn offer(&self) -> Vec<ReportColumn> {
        let columns = &self.kind.columns;
        let is_needed = |column: &Column| column.key || column.required;
        let mut room = FEW.saturating_sub(columns.iter().filter(|column| is_needed(column)).count());
        let mut offer = Vec::with_capacity(columns.len());
        for (place, column) in columns.iter().enumerate() {
            let is_spare = !is_needed(column) && room > 0;
            room -= usize::from(is_spare);
            offer.push(ReportColumn {
                id: column.field.id.clone(),
                title: column.full_title(),
                printed: self.places.contains(&place),
                suggested: is_needed(column) || is_spare,
            });
        }
        offer
    }
}

/// How many columns from the first one on stand under its heading.
fn group_width(columns: &[&Column]) -> usize {
    match columns.first().and_then(|column| column.group.as_ref()) {
        Some(group) => columns.iter().take_while(|column| column.group.as_ref() == Some(group)).count(),
        None => 1,
    }
}

const fn paper_kind(column: &Column) -> Kind {
    match column.field.kind {
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Money => Kind::Number,
        _ => Kind::Text,
    }
}

/// Whether anything is left of a column on a public sheet: what the mask turns into asterisks alone
/// only fills the paper.
fn says_something(column: &Column) -> bool {
    if column.field.sensitive == Sensitivity::Plain {
        return true;
    }
    matches!(
        column.field.kind,
        FieldKind::Name
            | FieldKind::IdNumber
            | FieldKind::Phone
            | FieldKind::Address
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Year
            | FieldKind::Gender
            | FieldKind::Building
            | FieldKind::Unit
            | FieldKind::CreditCode
    ) && column.field.sensitive != Sensitivity::Sensitive
}
