//! `history.list`, `history.undo`, `history.redo`.

use serde::{Deserialize, Serialize};

use super::store::{self, Stored};
use crate::error::{Refusal, Result};
use crate::import::plan::Counts;
use crate::ledger;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::serial;
use crate::store::undo;

/// Which part of the history is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ListRequest {
    /// Ops at most, fifty when not said.
    pub limit: Option<usize>,
    /// Only ops older than this number.
    #[cfg_attr(test, ts(type = "number"))]
    pub before: Option<i64>,
}

/// A part of the history, newest first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ListReply {
    /// The ops.
    pub ops: Vec<HistoryOp>,
}

/// One op in plain words.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct HistoryOp {
    /// Number.
    #[cfg_attr(test, ts(type = "number"))]
    pub op: i64,
    /// Moment with offset, ISO 8601.
    pub at: String,
    /// Who did it.
    pub clerk: String,
    /// What was done.
    pub label: String,
    /// Machine word.
    pub kind: String,
    /// File of an import.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Rows of an import by outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// Whether it has been undone.
    pub undone: bool,
    /// Whether it can be undone now.
    pub can_undo: bool,
    /// Whether it is itself an undo or redo.
    pub is_undo: bool,
}

/// Which op to undo or redo; the newest that fits when not said.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct UndoRequest {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number"))]
    pub op: Option<i64>,
}

/// What an undo came to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct UndoReply {
    /// Number of the undo itself; null when every row was kept.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// What was undone, in plain words.
    pub label: String,
    /// Rows brought back.
    #[cfg_attr(test, ts(type = "number"))]
    pub undone: u64,
    /// What was left as it is, at most two hundred.
    pub kept: Vec<KeptRow>,
}

/// Something an undo left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct KeptRow {
    /// Its name.
    pub what: String,
    /// Why it was left.
    pub why: String,
}

/// The history, newest first.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, request: ListRequest, _: &Progress) -> Result<ListReply> {
    let ops = store::list(office.connection(), None, request.before, request.limit.unwrap_or(50))?;
    Ok(ListReply { ops: worded(office, ops)? })
}

/// The newest imports in plain words.
///
/// # Errors
/// Reading fails.
pub fn imports(office: &Office, limit: usize) -> Result<Vec<HistoryOp>> {
    worded(office, store::list(office.connection(), Some("import.apply"), None, limit)?)
}

fn worded(office: &Office, ops: Vec<Stored>) -> Result<Vec<HistoryOp>> {
    let force = undo::in_force(office.connection())?;
    ops.into_iter()
        .map(|stored| {
            let gave_number = serial::was_given_in(office.connection(), stored.seq)?;
            let in_force = force.get(&stored.seq).copied().unwrap_or(true);
            let detail: serde_json::Value = serde_json::from_str(&stored.detail).unwrap_or_default();
            Ok(HistoryOp {
                file: detail["file"].as_str().map(str::to_owned),
                counts: serde_json::from_value(detail["counts"].clone()).ok(),
                undone: !in_force,
                can_undo: in_force
                    && stored.undo_of.is_none()
                    && stored.kind != "office.start"
                    && !gave_number,
                is_undo: stored.undo_of.is_some(),
                op: stored.seq,
                at: stored.at,
                clerk: stored.clerk,
                label: stored.label,
                kind: stored.kind,
            })
        })
        .collect()
}

/// Undoes one op, row by row where later work leans on it.
///
/// # Errors
/// [`Refusal::NothingToUndo`], [`Refusal::AlreadyUndone`], or the op does not exist.
pub fn undo(office: &mut Office, request: UndoRequest, _: &Progress) -> Result<UndoReply> {
    let target = match request.op {
        Some(op) => store::get(office.connection(), op)?,
        None => store::newest(office.connection(), false)?,
    };
    if target.kind == "office.start" {
        return Err(Refusal::CannotUndoStart.into());
    }
    if !undo::in_force(office.connection())?.get(&target.seq).copied().unwrap_or(false) {
        return Err(Refusal::AlreadyUndone.into());
    }
    if serial::was_given_in(office.connection(), target.seq)? {
        return Err(Refusal::NumberStays.into());
    }
    let op = Op::Undo { op: target.seq, label: target.label.clone() };
    run(office, &op, &target)
}

/// Undoes an undo.
///
/// # Errors
/// [`Refusal::NothingToRedo`], or the op does not exist.
pub fn redo(office: &mut Office, request: UndoRequest, _: &Progress) -> Result<UndoReply> {
    let target = match request.op {
        Some(op) => undo_of(office, op)?,
        None => store::newest(office.connection(), true)?,
    };
    let Some(original) = target.undo_of else { return Err(Refusal::NothingToRedo.into()) };
    let label = store::get(office.connection(), original)?.label;
    let op = Op::Redo { op: target.seq, label };
    run(office, &op, &target)
}

/// The undo in force of an op, which the clerk names by the op itself.
fn undo_of(office: &Office, op: i64) -> Result<Stored> {
    let force = undo::in_force(office.connection())?;
    store::get(office.connection(), op)?;
    for later in force.iter().rev().filter(|(_, in_force)| **in_force).map(|(seq, _)| *seq) {
        let stored = store::get(office.connection(), later)?;
        if stored.undo_of == Some(op) || later == op && stored.undo_of.is_some() {
            return Ok(stored);
        }
    }
    Err(Refusal::NothingToRedo.into())
}

fn run(office: &mut Office, op: &Op, target: &Stored) -> Result<UndoReply> {
    let done = office.transact(op, |tx| {
        let columns = ledger::columns_in_use(tx.connection(), target.seq)?;
        let in_use: Vec<(&str, i64)> = columns.iter().map(|column| ("ledger_column", *column)).collect();
        let undone = undo::undo(tx.connection(), target.seq, &in_use)?;
        let mut kept = Vec::new();
        for row in &undone.kept {
            let Some((what, why)) = store::describe(tx.connection(), row)? else { continue };
            let is_named = kept.iter().any(|known: &KeptRow| known.what == what);
            if !is_named {
                kept.push(KeptRow { what, why });
            }
        }
        Ok((undone.rows, kept))
    })?;
    office.reload_local()?;
    let (undone, kept) = done.value;
    Ok(UndoReply { op: done.op, label: target.label.clone(), undone, kept })
}

/// One op in plain words.
///
/// # Errors
/// The op does not exist.
pub fn get(office: &Office, op: i64) -> Result<HistoryOp> {
    let worded = worded(office, vec![store::get(office.connection(), op)?])?;
    worded.into_iter().next().ok_or_else(|| crate::error::Missing::Op(op).into())
}

/// Whether a file of that digest was imported and the import is still in force.
///
/// # Errors
/// Reading fails.
pub fn imports_of_file(office: &Office, sha256: &str) -> Result<bool> {
    let force = undo::in_force(office.connection())?;
    let imports = store::list(office.connection(), Some("import.apply"), None, usize::MAX >> 1)?;
    Ok(imports.iter().any(|stored| {
        let detail: serde_json::Value = serde_json::from_str(&stored.detail).unwrap_or_default();
        detail["sha256"] == sha256 && force.get(&stored.seq).copied().unwrap_or(false)
    }))
}
