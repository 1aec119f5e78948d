//! The desk: the workbook a clerk has opened for import, kept so that each step of the wizard need
//! not read it again. It is read anew when the file has changed since.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::read;
use super::sheet::Workbook;
use crate::error::{BadFile, Error, Result};
use crate::progress::Progress;

/// Bytes a file may have at most; beyond it is not even read.
const BYTES_AT_MOST: u64 = 50 * 1024 * 1024;

/// A workbook that lies open.
#[derive(Debug)]
pub struct Opened {
    /// File name without folder.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// What is in it.
    pub workbook: Workbook,
}

/// Holds the workbook opened last.
#[derive(Debug, Default)]
pub struct Desk {
    opened: Option<(PathBuf, Option<SystemTime>, u64, Arc<Opened>)>,
}

impl Desk {
    /// The workbook of a path, read now or lying open already.
    ///
    /// # Errors
    /// [`Error::BadFile`] in all its kinds, or the clerk cancels.
    pub fn open(&mut self, path: &Path, progress: &Progress) -> Result<Arc<Opened>> {
        let meta = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
        let (modified, length) = (meta.modified().ok(), meta.len());
        if let Some((known, at, size, opened)) = &self.opened
            && known == path
            && *at == modified
            && *size == length
        {
            return Ok(Arc::clone(opened));
        }
        if length > BYTES_AT_MOST {
            return Err(BadFile::TooLarge("超过 50 MB").into());
        }
        progress.stage("正在读表", 0)?;
        let bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let workbook = read::open(&bytes, &file, progress)?;
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let opened = Arc::new(Opened { file, sha256, workbook });
        self.opened = Some((path.to_owned(), modified, length, Arc::clone(&opened)));
        Ok(opened)
    }

    /// Puts the workbook away.
    pub fn clear(&mut self) {
        self.opened = None;
    }
}

/// What an operating system's refusal means for the clerk.
fn unreadable(error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => BadFile::Gone.into(),
        ErrorKind::PermissionDenied | ErrorKind::ResourceBusy => BadFile::Held.into(),
        kind => Error::File(std::io::Error::from(kind)),
    }
}
