//! The SQL of importing: what clerks taught, layouts, where values came from, and rows that wait.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::batch::Batch;
use super::layout::Layout;
use super::tray::{Stored, Waiting};
use crate::error::Result;
use crate::office::Tx;

/// Headings a clerk taught, with their fields.
///
/// # Errors
/// Reading fails.
pub fn remembered(connection: &Connection) -> Result<HashMap<String, String>> {
    let mut list = connection.prepare_cached("select heading, field from remembered")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps what a heading means.
///
/// # Errors
/// Writing fails.
pub fn remember(tx: &Tx<'_>, heading: &str, field: &str) -> Result<()> {
    let sql = "select 1 from remembered where heading = ?1 and field = ?2";
    if tx.connection().prepare_cached(sql)?.exists(params![heading, field])? {
        return Ok(());
    }
    tx.connection().execute(
        "insert into remembered (heading, field, op) values (?1, ?2, ?3)
         on conflict (heading) do update set field = excluded.field, op = excluded.op
         where field <> excluded.field",
        params![heading, field, tx.op()],
    )?;
    Ok(())
}

/// The layout of a fingerprint: as it went into that ledger, else as it went into another last.
///
/// # Errors
/// Reading fails.
pub fn layout(connection: &Connection, fingerprint: &str, ledger: Option<&str>) -> Result<Option<Layout>> {
    let body: Option<String> = connection
        .prepare_cached(
            "select body from layout where fingerprint = ?1 order by ledger is not ?2, op desc limit 1",
        )?
        .query_row(params![fingerprint, ledger], |row| row.get(0))
        .optional()?;
    Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
}

/// All layouts, the newest first.
///
/// # Errors
/// Reading fails.
pub fn layouts(connection: &Connection) -> Result<Vec<Layout>> {
    let mut list = connection.prepare_cached("select body from layout order by op desc")?;
    let rows = list.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(rows.iter().filter_map(|body| serde_json::from_str(body).ok()).collect())
}

/// Keeps a layout.
///
/// # Errors
/// Writing fails.
pub fn save_layout(tx: &Tx<'_>, fingerprint: &str, layout: &Layout) -> Result<()> {
    // Looked for first: an insert that comes to nothing would still use up a number, and so be an act.
    if self::layout(tx.connection(), fingerprint, Some(&layout.ledger))?.as_ref() == Some(layout) {
        return Ok(());
    }
    tx.connection().execute(
        "insert into layout (fingerprint, ledger, body, op) values (?1, ?2, ?3, ?4)
         on conflict (fingerprint, ledger) do update set body = excluded.body, op = excluded.op",
        params![fingerprint, layout.ledger, serde_json::to_string(layout)?, tx.op()],
    )?;
    Ok(())
}

/// Keeps where the values of an import came from.
///
/// # Errors
/// Writing fails.
pub fn save_batch(tx: &Tx<'_>, batch: &Batch) -> Result<()> {
    tx.connection().execute(
        "insert into batch (body, op) values (?1, ?2)",
        params![serde_json::to_string(batch)?, tx.op()],
    )?;
    Ok(())
}

/// What the import of an op kept of where its values came from.
///
/// # Errors
/// Reading fails.
pub fn batch(connection: &Connection, op: i64) -> Result<Option<Batch>> {
    let body: Option<String> = connection
        .prepare_cached("select body from batch where op = ?1")?
        .query_row([op], |row| row.get(0))
        .optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Sets a row aside, unless the very same one waits already; says whether it did.
///
/// # Errors
/// Writing fails.
pub fn add_waiting(tx: &Tx<'_>, ledger: &str, waiting: &Waiting) -> Result<bool> {
    let added = tx
        .connection()
        .prepare_cached(
            "insert into tray (ledger, body, op) select ?1, ?2, ?3
             where not exists (select 1 from tray where ledger = ?1 and body = ?2)",
        )?
        .execute(params![ledger, serde_json::to_string(waiting)?, tx.op()])?;
    Ok(added > 0)
}

fn row_to_stored(row: &Row<'_>) -> rusqlite::Result<(i64, String, String, i64)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn stored((id, ledger, body, op): (i64, String, String, i64)) -> Result<Stored> {
    Ok(Stored { id, ledger, waiting: serde_json::from_str(&body)?, op })
}

/// The rows that wait, of one ledger when given; the newest import first, its rows in their order.
///
/// # Errors
/// Reading fails.
pub fn waiting(connection: &Connection, ledger: Option<&str>, limit: usize) -> Result<Vec<Stored>> {
    let mut list = connection.prepare_cached(
        "select id, ledger, body, op from tray where ?1 is null or ledger = ?1 order by op desc, id limit ?2",
    )?;
    let rows = list.query_map(params![ledger, limit as i64], row_to_stored)?;
    rows.map(|row| stored(row?)).collect()
}

/// One row that waits.
///
/// # Errors
/// Reading fails.
pub fn waiting_row(connection: &Connection, id: i64) -> Result<Option<Stored>> {
    connection
        .prepare_cached("select id, ledger, body, op from tray where id = ?1")?
        .query_row([id], row_to_stored)
        .optional()?
        .map(stored)
        .transpose()
}

/// How many rows wait, of one ledger when given.
///
/// # Errors
/// Reading fails.
pub fn count_waiting(connection: &Connection, ledger: Option<&str>) -> Result<i64> {
    let sql = "select count(*) from tray where ?1 is null or ledger = ?1";
    Ok(connection.query_row(sql, [ledger], |row| row.get(0))?)
}

/// Takes rows out of the tray and tells how many there were.
///
/// # Errors
/// Writing fails.
pub fn drop_waiting(tx: &Tx<'_>, ids: &[i64]) -> Result<usize> {
    let mut drop = tx.connection().prepare_cached("delete from tray where id = ?1")?;
    let mut dropped = 0;
    for id in ids {
        dropped += drop.execute([id])?;
    }
    Ok(dropped)
}
