//! `duty.add`, `duty.change`, `duty.drop`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::duty::entry::List;
use crate::duty::{edit, store};
use crate::error::Result;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;

/// An entry to add.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct DutyAdd {
    /// To which list.
    pub list: List,
    /// Its parts; `title` at least.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Map<String, Value>,
}

/// Parts of an entry to say anew.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct DutyChange {
    /// Its id.
    pub code: String,
    /// The parts, such as `responsible` or `funds`.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Map<String, Value>,
}

/// The entry that was written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DutyChanged {
    /// Number of the op; null when nothing was changed.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Its id.
    pub code: String,
    /// Its title.
    pub title: String,
    /// All it says.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Value,
}

/// Adds an entry of the office's own.
///
/// # Errors
/// [`crate::error::Refusal::EmptyName`], or a part that does not fit the list.
pub fn add(office: &mut Office, request: DutyAdd, _: &Progress) -> Result<DutyChanged> {
    let entry = edit::added(office.connection(), request.list, &request.values)?;
    let op = Op::AddDuty { list: request.list.title(), title: entry.title.clone() };
    let done = office.transact(&op, |tx| store::save(tx, &entry))?;
    Ok(DutyChanged { op: done.op, code: entry.code, title: entry.title, values: entry.body })
}

/// Changes parts of an entry.
///
/// # Errors
/// [`crate::error::Missing::Duty`], [`crate::error::Refusal::EmptyName`], or a part that does not fit.
pub fn change(office: &mut Office, request: DutyChange, _: &Progress) -> Result<DutyChanged> {
    let entry = edit::changed(&edit::get(office.connection(), &request.code)?, &request.values)?;
    let op = Op::ChangeDuty { list: entry.list.title(), title: entry.title.clone() };
    let done = office.transact(&op, |tx| store::save(tx, &entry))?;
    Ok(DutyChanged { op: done.op, code: entry.code, title: entry.title, values: entry.body })
}

/// An entry to take out.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct DutyDrop {
    /// Its id.
    pub code: String,
}

/// What was taken out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DutyDropped {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Its title.
    pub title: String,
}

/// Takes an entry out of its list.
///
/// # Errors
/// [`crate::error::Missing::Duty`].
pub fn drop(office: &mut Office, request: DutyDrop, _: &Progress) -> Result<DutyDropped> {
    let entry = edit::get(office.connection(), &request.code)?;
    let op = Op::DropDuty { list: entry.list.title(), title: entry.title.clone() };
    let done = office.transact(&op, |tx| store::drop(tx, &entry.code))?;
    Ok(DutyDropped { op: done.op, title: entry.title })
}
