//! The office as it was: a copy in memory, taken back op by op to an earlier one.
//!
//! The copy has the same tables without triggers, so whatever reads the office reads its past with
//! the same words. Nothing is written to the office. What the tables mean is not known here; search
//! keys are left as they are now.

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, params};

use super::journal::{self, Table};
use crate::error::{Error, Result, StoreTrouble};

/// Number of the newest op that was done on or before a day (`YYYY-MM-DD`, by the office's own
/// offset); 0 when the office did not exist yet.
///
/// # Errors
/// Reading fails.
pub fn newest_op_by(connection: &Connection, day: &str) -> Result<i64> {
    let sql = "select coalesce(max(seq), 0) from op where substr(at, 1, 10) <= ?1";
    Ok(connection.prepare_cached(sql)?.query_row([day], |row| row.get(0))?)
}

/// Number of the newest op.
///
/// # Errors
/// Reading fails.
pub fn newest_op(connection: &Connection) -> Result<i64> {
    Ok(connection.prepare_cached("select coalesce(max(seq), 0) from op")?.query_row([], |row| row.get(0))?)
}

/// The day of the first op, `YYYY-MM-DD`.
///
/// # Errors
/// Reading fails.
pub fn first_day(connection: &Connection) -> Result<Option<String>> {
    Ok(connection.query_row("select min(substr(at, 1, 10)) from op", [], |row| row.get(0))?)
}

/// A copy of the office as it stood when `op` had been done.
///
/// # Errors
/// Memory is short, or reading fails.
pub fn after(connection: &Connection, op: i64) -> Result<Connection> {
    let mut copy = Connection::open_in_memory()?;
    if Backup::new(connection, &mut copy)?.step(-1)? != StepResult::Done {
        return Err(Error::Store(StoreTrouble::InUse));
    }
    copy.execute_batch("pragma foreign_keys = off; pragma synchronous = off;")?;
    let transaction = copy.unchecked_transaction()?;
    journal::drop_triggers(&transaction)?;
    for table in journal::tables(&transaction)? {
        take_back(&transaction, &table, op)?;
    }
    transaction.execute("delete from change where op > ?1", [op])?;
    transaction.execute("delete from op where seq > ?1", [op])?;
    transaction.commit()?;
    copy.pragma_update(None, "query_only", true)?;
    Ok(copy)
}

/// Brings one table back. The first image a later op kept of a row is what the row was; a row put
/// back by an undo has none and did not exist; one that names a later op was inserted later.
fn take_back(connection: &Connection, table: &Table, op: i64) -> Result<()> {
    let name = &table.name;
    let changed = format!("select row from change where op > ?1 and tbl = '{name}'");
    connection.execute(&format!("delete from {name} where op > ?1 or id in ({changed})"), [op])?;
    let columns = table.columns.join(", ");
    let values: Vec<String> =
        table.columns.iter().map(|column| format!("json_extract(c.before, '$.{column}')")).collect();
    connection.execute(
        &format!(
            "insert into {name} ({columns})
             select {} from change as c join (
                 select row, min(op) as op from change where op > ?1 and tbl = '{name}' group by row
             ) as first on first.row = c.row and first.op = c.op
             where c.tbl = '{name}' and c.before is not null and json_extract(c.before, '$.op') <= ?1",
            values.join(", ")
        ),
        params![op],
    )?;
    Ok(())
}
