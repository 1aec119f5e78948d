//! The SQL of importing: what clerks taught, and which files were imported before.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

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
    tx.connection().execute(
        "insert into remembered (heading, field, op) values (?1, ?2, ?3)
         on conflict (heading) do update set field = excluded.field, op = excluded.op
         where field <> excluded.field",
        params![heading, field, tx.op()],
    )?;
    Ok(())
}

/// The ledger a layout was imported into last, and its mapping as JSON.
///
/// # Errors
/// Reading fails.
pub fn layout(connection: &Connection, fingerprint: &str) -> Result<Option<(String, String)>> {
    Ok(connection
        .prepare_cached("select ledger, mapping from layout where fingerprint = ?1")?
        .query_row([fingerprint], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Keeps where a layout goes.
///
/// # Errors
/// Writing fails.
pub fn save_layout(tx: &Tx<'_>, fingerprint: &str, ledger: &str, mapping: &str) -> Result<()> {
    tx.connection().execute(
        "insert into layout (fingerprint, ledger, mapping, op) values (?1, ?2, ?3, ?4)
         on conflict (fingerprint) do update
         set ledger = excluded.ledger, mapping = excluded.mapping, op = excluded.op
         where ledger <> excluded.ledger or mapping <> excluded.mapping",
        params![fingerprint, ledger, mapping, tx.op()],
    )?;
    Ok(())
}
