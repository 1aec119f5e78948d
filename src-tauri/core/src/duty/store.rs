//! The SQL of the lists.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::entry::{Entry, List};
use crate::error::{Error, Result};
use crate::office::Tx;

const SELECT: &str = "select list, code, place, title, edition, body from duty";

/// A row before its JSON is read.
type Raw = (String, String, u32, String, String, String);

fn row_to_raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn to_entry((list, code, place, title, edition, body): Raw) -> Result<Entry> {
    let list = List::from_word(&list).ok_or_else(|| Error::Bug(format!("no list {list}")))?;
    Ok(Entry { list, code, place, title, edition, body: serde_json::from_str(&body)? })
}

/// Every entry of the office, by list and place.
///
/// # Errors
/// Reading fails.
pub fn all(connection: &Connection) -> Result<Vec<Entry>> {
    let mut list = connection.prepare_cached(&format!("{SELECT} order by list, place, id"))?;
    list.query_map([], row_to_raw)?.map(|raw| to_entry(raw?)).collect()
}

/// The entries of one list in order.
///
/// # Errors
/// Reading fails.
pub fn of_list(connection: &Connection, list: List) -> Result<Vec<Entry>> {
    let mut rows = connection.prepare_cached(&format!("{SELECT} where list = ?1 order by place, id"))?;
    rows.query_map([list.word()], row_to_raw)?.map(|raw| to_entry(raw?)).collect()
}

/// The entry of that id.
///
/// # Errors
/// Reading fails.
pub fn find(connection: &Connection, code: &str) -> Result<Option<Entry>> {
    let mut list = connection.prepare_cached(&format!("{SELECT} where code = ?1"))?;
    list.query_row([code], row_to_raw).optional()?.map(to_entry).transpose()
}

/// The place behind the last entry of a list.
pub(super) fn next_place(connection: &Connection, list: List) -> Result<u32> {
    let sql = "select coalesce(max(place), 0) + 1 from duty where list = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([list.word()], |row| row.get(0))?)
}

/// How many entries were ever made, those taken out included: for ids of the office's own.
pub(super) fn ever(connection: &Connection) -> Result<i64> {
    let sql = "select coalesce((select seq from sqlite_sequence where name = 'duty'), 0)";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Keeps an entry, new or known by its id.
pub(super) fn save(tx: &Tx<'_>, entry: &Entry) -> Result<()> {
    // Not an upsert: one that becomes an update would use up a number and look like an insert.
    let body = serde_json::to_string(&entry.body)?;
    let Entry { list, code, place, title, edition, .. } = entry;
    let changed = tx.connection().execute(
        "update duty set place = ?2, title = ?3, edition = ?4, body = ?5, op = ?6
         where code = ?1 and (place, title, edition, body) is not (?2, ?3, ?4, ?5)",
        params![code, place, title, edition, body, tx.op()],
    )?;
    if changed == 0 && find(tx.connection(), code)?.is_none() {
        tx.connection().execute(
            "insert into duty (list, code, place, title, edition, body, op)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![list.word(), code, place, title, edition, body, tx.op()],
        )?;
    }
    Ok(())
}

/// Takes an entry out.
pub(super) fn drop(tx: &Tx<'_>, code: &str) -> Result<usize> {
    Ok(tx.connection().execute("delete from duty where code = ?1", [code])?)
}
