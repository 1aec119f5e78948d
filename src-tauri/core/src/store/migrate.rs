//! Brings a store to the newest shape, one numbered step at a time, each in its own transaction
//! with a copy of the store made before it. Released steps are never edited.
//!
//! `user_version` is the oldest program that may write the file, so that steps which only add
//! do not lock older PCs out; the steps themselves are listed in the table `migration`.

use std::path::Path;

use rusqlite::Connection;

use crate::error::{Error, Result, StoreTrouble};
use crate::store::journal;

/// One step: its number, the oldest program that may still write afterwards, and its SQL.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Number of the step, counting from 1 without gaps.
    pub version: i64,
    /// The oldest step a program must know to write the file after this step.
    pub min_writer: i64,
    /// What it does.
    pub sql: &'static str,
}

/// All steps, oldest first.
pub const STEPS: &[Step] = &[
    Step { version: 1, min_writer: 1, sql: include_str!("migrations/0001_start.sql") },
    Step { version: 2, min_writer: 1, sql: include_str!("migrations/0002_report.sql") },
];

/// Refuses a file that only a newer program may write.
///
/// # Errors
/// [`StoreTrouble::Newer`].
pub fn refuse_newer(connection: &Connection) -> Result<()> {
    let min_writer: i64 = connection.query_row("pragma user_version", [], |row| row.get(0))?;
    let known = STEPS.last().map_or(0, |step| step.version);
    if min_writer > known { Err(Error::Store(StoreTrouble::Newer)) } else { Ok(()) }
}

/// Runs the steps the store has not had yet.
///
/// # Errors
/// Whatever a step fails with; the store is then as it was before that step.
pub fn to_newest(connection: &Connection, folder: &Path) -> Result<()> {
    run(connection, folder, STEPS)
}

/// [`to_newest`] with given steps, so that tests can bring their own.
pub(super) fn run(connection: &Connection, folder: &Path, steps: &[Step]) -> Result<()> {
    connection.execute_batch(
        "create table if not exists migration (version integer primary key, at text not null) strict;",
    )?;
    let done: i64 =
        connection.query_row("select coalesce(max(version), 0) from migration", [], |row| row.get(0))?;
    for step in steps.iter().filter(|step| step.version > done) {
        if step.version > 1 {
            copy_before(connection, folder, step.version)?;
        }
        apply(connection, step)?;
    }
    Ok(())
}

fn apply(connection: &Connection, step: &Step) -> Result<()> {
    let tx = connection.unchecked_transaction()?;
    journal::drop_triggers(&tx)?;
    tx.execute_batch(step.sql)?;
    journal::make_triggers(&tx)?;
    tx.execute(
        "insert into migration (version, at) values (?1, strftime('%Y-%m-%dT%H:%M:%SZ'))",
        [step.version],
    )?;
    tx.pragma_update(None, "user_version", step.min_writer)?;
    tx.commit()?;
    Ok(())
}

/// Keeps a copy of the store as it is before a step, written aside first so that a full disk
/// never leaves half a copy under the final name.
fn copy_before(connection: &Connection, folder: &Path, version: i64) -> Result<()> {
    let backups = folder.join("backups");
    std::fs::create_dir_all(&backups)?;
    let unfinished = backups.join(format!("before-v{version}.tmp"));
    if unfinished.exists() {
        std::fs::remove_file(&unfinished)?;
    }
    connection.execute("vacuum into ?1", [unfinished.to_string_lossy()])?;
    std::fs::rename(&unfinished, backups.join(format!("before-v{version}.db")))?;
    Ok(())
}
