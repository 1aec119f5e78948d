//! Ledgers (台账): lists of subjects with columns read through to the facts known of them.
//!
//! A row is the membership of a subject in a ledger plus the few values that belong to the row
//! itself. Ledgers of organisations and events keep all their values in the row. Kinds come from
//! the catalog; which value is kept where is decided in [`Source::of`].

pub mod api;
mod edit;
mod filter;
mod resemble;
pub mod row_word;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use edit::{Edit, Edited, RefusedEdit, change};
pub use filter::Filter;
pub use resemble::{Pair, overlap};
pub use store::get as record;
pub use store::{
    RawRecord, RecordWriter, add_column, added_columns, all_records, columns_given, columns_in_use, counts,
    doors, ids_of_subject, local_kinds, member_subjects, members, members_by_record, save_local,
};
pub use view::{RowsQuery, TableRow, page, rows_for_report, view};

use crate::catalog::{Column, LedgerKind};
use crate::dictionary::Subject;
use crate::resident::{Home, home_of};

/// Where the values of a column are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// With the resident of the row.
    Resident(Home),
    /// With the place or household of the row: a part of its key, or a fact.
    Subject(Home),
    /// In the row itself.
    Own,
}

impl Source {
    /// Where a column of a ledger kind keeps its values.
    #[must_use]
    pub fn of(kind: &LedgerKind, column: &Column) -> Self {
        if column.field.id.starts_with("row.") {
            return Self::Own;
        }
        match kind.subject {
            Subject::Resident => Self::Resident(home_of(&column.field.id)),
            Subject::Place => Self::Subject(match home_of(&column.field.id) {
                home @ (Home::Building | Home::Unit | Home::Room) => home,
                _ => Home::Fact,
            }),
            Subject::Household => Self::Subject(match home_of(&column.field.id) {
                Home::HouseholdNumber => Home::HouseholdNumber,
                _ => Home::Fact,
            }),
            Subject::Organisation | Subject::Event | Subject::Row => Self::Own,
        }
    }
}
