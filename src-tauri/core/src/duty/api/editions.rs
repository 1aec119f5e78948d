//! `duty.editions`, `duty.compare`, `duty.take`: sets that ship, of other places or out of a file,
//! compared with the lists of the office and taken over entry by entry.

use serde::{Deserialize, Serialize};

use crate::committee::api::Nothing;
use crate::duty::compare::{self, Compared, Difference};
use crate::duty::entry::{Entry, List};
use crate::duty::shipped::{self, SHIPPED, Set};
use crate::duty::{edit, sheet, store};
use crate::error::{Error, Missing, Result};
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;

/// The sets there are.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EditionsReply {
    /// The sets.
    pub editions: Vec<EditionEntry>,
}

/// A set of entries of one list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EditionEntry {
    /// Id of the set; `shipped` for the ones an office starts with.
    pub set: String,
    /// The list.
    pub list: List,
    /// The list in words.
    pub list_title: &'static str,
    /// Title.
    pub title: String,
    /// The day it holds from.
    pub version: String,
    /// Where it holds.
    pub place: String,
    /// Where it comes from.
    pub source: String,
    /// Whether somebody compared it with its source.
    pub checked: bool,
    /// Entries.
    pub count: usize,
    /// Entries of the office that say something else, more or less.
    pub differing: usize,
}

/// The sets that ship, each with how far the office is from it.
///
/// # Errors
/// Reading fails.
pub fn editions(office: &mut Office, _: Nothing, _: &Progress) -> Result<EditionsReply> {
    let all = store::all(office.connection())?;
    let editions = shipped::sets()?.iter().map(|set| {
        let found = compare::compare(&set.id, &set.entries, &compare::in_list(&all, set.list));
        EditionEntry {
            set: set.id.clone(),
            list: set.list,
            list_title: set.list.title(),
            title: set.title.clone(),
            version: set.version.clone(),
            place: set.place.clone(),
            source: set.source.clone(),
            checked: set.checked,
            count: set.entries.len(),
            differing: found.added.len() + found.removed.len() + found.changed.len(),
        }
    });
    Ok(EditionsReply { editions: editions.collect() })
}

/// Which set to compare with.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CompareRequest {
    /// The list.
    pub list: List,
    /// Id of the set, `shipped` when not said.
    pub set: Option<String>,
    /// A published list in a file, instead of a set.
    pub path: Option<String>,
}

/// A set compared with the office's list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CompareReply {
    /// Title of the set.
    pub title: String,
    /// The day it holds from.
    pub version: String,
    /// Where it holds.
    pub place: String,
    /// Where it comes from.
    pub source: String,
    /// What it has and the office has not.
    pub added: Vec<ComparedEntry>,
    /// What the office has from a set and this set has not.
    pub removed: Vec<ComparedEntry>,
    /// What both have and it says otherwise.
    pub changed: Vec<ComparedChange>,
    /// Entries both have alike.
    pub same: usize,
}

/// An entry in a comparison.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ComparedEntry {
    /// Its id, to be named in `duty.take`.
    pub code: String,
    /// Group.
    pub group: String,
    /// Title.
    pub title: String,
}

/// An entry that is said otherwise.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ComparedChange {
    /// Id of the office's entry, to be named in `duty.take`.
    pub code: String,
    /// Title of the office's entry.
    pub title: String,
    /// What is said otherwise.
    pub parts: Vec<ComparedPart>,
}

/// A part that is said otherwise.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ComparedPart {
    /// What a clerk calls the part.
    pub title: &'static str,
    /// What the office says.
    pub ours: String,
    /// What the set says.
    pub theirs: String,
}

impl From<&Entry> for ComparedEntry {
    fn from(entry: &Entry) -> Self {
        let group = entry.body["group"].as_str().unwrap_or_default().to_owned();
        Self { code: entry.code.clone(), group, title: entry.title.clone() }
    }
}

impl From<Difference> for ComparedPart {
    fn from(difference: Difference) -> Self {
        let Difference { title, ours, theirs, .. } = difference;
        Self { title, ours, theirs }
    }
}

/// Compares a set, or a published list in a file, with the office's list.
///
/// # Errors
/// [`Missing::Edition`], or the file is no list.
pub fn compare(office: &mut Office, request: CompareRequest, progress: &Progress) -> Result<CompareReply> {
    let set = set(office, request.list, request.set.as_deref(), request.path.as_deref(), progress)?;
    let ours = store::of_list(office.connection(), set.list)?;
    let Compared { added, removed, changed, same } = compare::compare(&set.id, &set.entries, &ours);
    let changed = changed.into_iter().map(|(own, _, parts)| ComparedChange {
        code: own.code,
        title: own.title,
        parts: parts.into_iter().map(Into::into).collect(),
    });
    Ok(CompareReply {
        added: added.iter().map(Into::into).collect(),
        removed: removed.iter().map(Into::into).collect(),
        changed: changed.collect(),
        same,
        title: set.title,
        version: set.version,
        place: set.place,
        source: set.source,
    })
}

/// What to take over.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct TakeRequest {
    /// The list.
    pub list: List,
    /// Id of the set, `shipped` when not said.
    pub set: Option<String>,
    /// A published list in a file, instead of a set.
    pub path: Option<String>,
    /// Codes of the comparison; all that is added or changed when not said, and nothing taken out.
    pub codes: Option<Vec<String>>,
}

/// What was taken over.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TakeReply {
    /// Number of the op; null when nothing was changed.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Entries added, changed or taken out.
    pub changed: usize,
}

/// Takes over entries of a set or of a published list in a file.
///
/// # Errors
/// As [`compare`].
pub fn take(office: &mut Office, request: TakeRequest, progress: &Progress) -> Result<TakeReply> {
    let set = set(office, request.list, request.set.as_deref(), request.path.as_deref(), progress)?;
    let op = Op::TakeDuties { list: set.list.title(), title: set.title.clone() };
    let done = office.transact(&op, |tx| edit::take_over(tx, &set, request.codes.as_deref()))?;
    Ok(TakeReply { op: done.op, changed: done.value })
}

fn set(
    office: &mut Office,
    list: List,
    set: Option<&str>,
    path: Option<&str>,
    progress: &Progress,
) -> Result<Set> {
    if let Some(path) = path {
        let opened = office.open_file(std::path::Path::new(path), progress)?;
        return sheet::read(&opened, list);
    }
    let id = set.unwrap_or(SHIPPED);
    let found = shipped::sets()?.iter().find(|set| set.id == id && set.list == list);
    found.cloned().ok_or_else(|| Error::NotFound(Missing::Edition(id.to_owned())))
}
