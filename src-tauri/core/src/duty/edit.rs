//! Changing the lists: an entry added, changed or taken out by a clerk, or taken over from a set.

use rusqlite::Connection;
use serde_json::{Map, Value};

use super::compare::{self, Compared};
use super::entry::{Entry, List};
use super::shipped::Set;
use super::store;
use crate::error::{Error, Missing, Refusal, Result};
use crate::office::Tx;
use crate::value::text::clean;

/// An entry with some of its parts said anew; what the office changed is its own from then on only
/// where it is new.
///
/// # Errors
/// [`Refusal::EmptyName`], or a part that does not fit.
pub(super) fn changed(entry: &Entry, values: &Map<String, Value>) -> Result<Entry> {
    let mut body = entry.body.clone();
    for (part, value) in values.iter().filter(|(part, _)| *part != "id") {
        body[part] = match value {
            Value::String(text) => Value::String(clean(text)),
            other => other.clone(),
        };
    }
    if body["title"].as_str().unwrap_or_default().is_empty() {
        return Err(Refusal::EmptyName.into());
    }
    Entry::new(entry.list, entry.place, &entry.edition, body)
}

/// A new entry of the office's own, behind the others.
///
/// # Errors
/// As [`changed`].
pub(super) fn added(connection: &Connection, list: List, values: &Map<String, Value>) -> Result<Entry> {
    let code = format!("{}-local-{}", list.word(), store::ever(connection)? + 1);
    let place = store::next_place(connection, list)?;
    let blank = Entry {
        list,
        code: code.clone(),
        place,
        title: String::new(),
        edition: String::new(),
        body: serde_json::json!({ "id": code }),
    };
    changed(&blank, values)
}

/// Takes over from a set what the codes name (everything when none is said); an entry that the set
/// has not is taken out only when its code is named. Returns how many entries changed.
///
/// # Errors
/// Writing fails.
pub(super) fn take_over(tx: &Tx<'_>, set: &Set, codes: Option<&[String]>) -> Result<usize> {
    let ours = store::of_list(tx.connection(), set.list)?;
    let Compared { added, removed, changed: differing, .. } =
        compare::compare(&set.id, &set.entries, &ours);
    let is_named = |code: &str| codes.is_none_or(|codes| codes.iter().any(|named| named == code));
    let mut count = 0;
    for entry in added.iter().filter(|entry| is_named(&entry.code)) {
        let mut entry = entry.clone();
        entry.place = store::next_place(tx.connection(), set.list)?;
        if store::find(tx.connection(), &entry.code)?.is_some() {
            entry = added_beside(tx.connection(), &entry)?;
        }
        store::save(tx, &entry)?;
        count += 1;
    }
    for (own, theirs, differences) in differing.iter().filter(|(own, _, _)| is_named(&own.code)) {
        let parts = differences.iter().map(|difference| difference.part);
        let values = parts.map(|part| (part.to_owned(), theirs.body[part].clone())).collect();
        let mut entry = changed(own, &values)?;
        entry.edition.clone_from(&theirs.edition);
        store::save(tx, &entry)?;
        count += 1;
    }
    let is_to_go = |code: &str| codes.is_some_and(|codes| codes.iter().any(|named| named == code));
    for entry in removed.iter().filter(|entry| is_to_go(&entry.code)) {
        count += store::drop(tx, &entry.code)?;
    }
    Ok(count)
}

/// The entry of another place under an id of the office's own.
fn added_beside(connection: &Connection, entry: &Entry) -> Result<Entry> {
    let code = format!("{}-local-{}", entry.list.word(), store::ever(connection)? + 1);
    let mut body = entry.body.clone();
    body["id"] = Value::String(code);
    Entry::new(entry.list, entry.place, &entry.edition, body)
}

/// The entry of a code.
///
/// # Errors
/// [`Missing::Duty`].
pub(super) fn get(connection: &Connection, code: &str) -> Result<Entry> {
    store::find(connection, code)?.ok_or_else(|| Error::NotFound(Missing::Duty(code.to_owned())))
}
