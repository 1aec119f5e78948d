//! Duplicate ledgers (重复台账): which pairs ask for the same facts of the same people.
//!
//! The score is the share of common columns, measured against the smaller ledger, times the share
//! of common subjects, measured against the larger one: a part of a roster is no duplicate of it.
//! Pairs below [`SCORE_AT_LEAST`] are not worth a clerk's time (both our default).

use std::collections::HashSet;

use rusqlite::Connection;

use super::store;
use crate::catalog::LedgerKind;
use crate::error::Result;

/// The least score of a pair that is told.
pub const SCORE_AT_LEAST: f64 = 0.2;

/// Two ledgers that overlap.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Id of one ledger.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Columns bound to the same field.
    pub columns_shared: usize,
    /// Subjects that are in both.
    pub people_shared: usize,
    /// 0 to 1.
    pub score: f64,
}

/// All pairs of ledgers with members that share columns and subjects, strongest first.
///
/// # Errors
/// Reading fails.
pub fn overlap<'k>(
    connection: &Connection,
    kinds: impl Iterator<Item = &'k LedgerKind>,
) -> Result<Vec<Pair>> {
    let mut ledgers = Vec::new();
    for kind in kinds {
        let members = store::member_subjects(connection, &kind.id)?;
        if !members.is_empty() {
            ledgers.push((kind, shared_fields(kind), members));
        }
    }
    let mut pairs = Vec::new();
    for (position, (a, a_fields, a_members)) in ledgers.iter().enumerate() {
        for (b, b_fields, b_members) in &ledgers[position + 1..] {
            let columns = a_fields.intersection(b_fields).count();
            let people = a_members.intersection(b_members).count();
            if columns > 0 && people > 0 {
                let share =
                    |part: usize, one: usize, other: usize| part as f64 / one.min(other).max(1) as f64;
                let score = share(columns, a_fields.len(), b_fields.len())
                    * share(people, a_members.len(), b_members.len());
                pairs.push(Pair {
                    a: a.id.clone(),
                    b: b.id.clone(),
                    columns_shared: columns,
                    people_shared: people,
                    score,
                });
            }
        }
    }
    pairs.retain(|pair| pair.score >= SCORE_AT_LEAST);
    pairs.sort_by(|x, y| y.score.total_cmp(&x.score));
    Ok(pairs)
}

fn shared_fields(kind: &LedgerKind) -> HashSet<&str> {
    kind.columns.iter().filter(|column| !column.is_row()).map(crate::catalog::Column::id).collect()
}
