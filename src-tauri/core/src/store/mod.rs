//! The one SQLite file of the office: opening it, its pragmas, its lock.
//!
//! Here live opening ([`Store::open`]), migration ([`migrate`]), the journal ([`journal`]), undo
//! ([`undo`]) and the office as it was ([`past`]). What the tables mean is not here: each feature
//! keeps its own `store.rs`.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::{Error, Result, StoreTrouble};

pub mod check;
pub mod journal;
pub mod migrate;
pub mod past;
mod share;
#[cfg(test)]
mod tests;
pub mod undo;

/// Name of the store inside the data folder.
pub const FILE_NAME: &str = "juwutai.db";
/// Marks the file as ours: the letters JWT and a 1.
pub const APPLICATION_ID: i32 = 0x4A57_5401;
/// Bytes of a page. Twice SQLite's own default: large imports are written a tenth faster.
const PAGE_SIZE: u32 = 8192;
/// Above this size, in bytes, the quick check at start is left to `juwutai check`.
const QUICK_CHECK_UP_TO: u64 = 200 * 1024 * 1024;

/// An open store: the connection, the lock that keeps a second program out, and where it lies.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    folder: PathBuf,
    _lock: File,
}

/// A time in which the connection may write; it ends when this is dropped.
#[derive(Debug)]
pub struct Writing<'c>(&'c Connection);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        // Were it refused, the triggers and the look at every op's rows would still stand guard.
        let _ = self.0.pragma_update(None, "query_only", true);
    }
}

impl Store {
    /// Opens the store of a data folder, making both when they do not exist.
    ///
    /// # Errors
    /// [`Error::Store`] when the store is in use, newer, foreign, damaged or on a network share;
    /// [`Error::File`] when the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        share::refuse_network_share(&folder)?;
        let lock = lock(&folder)?;
        let path = folder.join(FILE_NAME);
        let is_new = std::fs::metadata(&path).map_or(true, |file| file.len() == 0);
        let connection = Connection::open(&path)?;
        set_up(&connection, is_new)?;
        if !is_new && std::fs::metadata(&path)?.len() <= QUICK_CHECK_UP_TO {
            check::quick(&connection)?;
        }
        migrate::to_newest(&connection, &folder)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(Self { connection, folder, _lock: lock })
    }

    /// The connection, for reading: it refuses every write until [`Store::writing`] lets it.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Lets the connection write for as long as what is returned lives. Only
    /// [`crate::office::Office::transact`] asks for it.
    ///
    /// # Errors
    /// SQLite refuses.
    pub fn writing(&self) -> Result<Writing<'_>> {
        self.connection.pragma_update(None, "query_only", false)?;
        Ok(Writing(&self.connection))
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Takes the lock file of the folder; it is held as long as the store is open.
fn lock(folder: &Path) -> Result<File> {
    let path = folder.join(format!("{FILE_NAME}.lock"));
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Store(StoreTrouble::InUse)),
        Err(TryLockError::Error(error)) => Err(Error::File(error)),
    }
}

/// Sets the pragmas, having made sure that the file is ours. Order matters: nothing is written
/// before the application id is known.
fn set_up(connection: &Connection, is_new: bool) -> Result<()> {
    connection.execute_batch(
        "pragma busy_timeout = 5000; pragma trusted_schema = off; pragma cell_size_check = on;
         pragma foreign_keys = on; pragma recursive_triggers = on; pragma temp_store = memory;
         pragma cache_size = -65536;",
    )?;
    let id: i32 = connection.query_row("pragma application_id", [], |row| row.get(0))?;
    if is_new {
        connection.pragma_update(None, "page_size", PAGE_SIZE)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    } else if id != APPLICATION_ID {
        return Err(Error::Store(StoreTrouble::Foreign));
    }
    migrate::refuse_newer(connection)?;
    connection.execute_batch(
        "pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full;
         pragma wal_autocheckpoint = 1000; pragma journal_size_limit = 16777216;",
    )?;
    let mode: String = connection.query_row("pragma journal_mode", [], |row| row.get(0))?;
    if mode == "wal" { Ok(()) } else { Err(Error::Store(StoreTrouble::ReadOnly)) }
}
