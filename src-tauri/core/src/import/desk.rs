//! The desk: the workbook a clerk has opened for import, kept so that each step of the wizard need
//! not read it again. It is read anew when the file has changed since.
//!
//! What was pasted lies here too, under a path of its own, and a folder of one-person forms is opened
//! as one sheet ([`super::folder`]).

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::recognise::Correction;
use super::shape::Shape;
use super::sheet::Workbook;
use super::{folder, read};
use crate::error::{BadFile, Error, Result};
use crate::ledger::row_word;
use crate::progress::Progress;

/// Bytes a file may have at most; beyond it is not even read.
pub(super) const BYTES_AT_MOST: u64 = 50 * 1024 * 1024;

/// How the path of something pasted begins.
const PASTED: &str = "paste:";
/// Name of something pasted, in place of a file's.
const PASTED_NAME: &str = "粘贴的表格";

/// A workbook that lies open.
#[derive(Debug)]
pub struct Opened {
    /// File name without folder.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// What is in it.
    pub workbook: Workbook,
    /// Files of a folder that are no one-person forms.
    pub left_out: Vec<String>,
}

/// Holds the workbook opened last.
#[derive(Debug, Default)]
pub struct Desk {
    opened: Option<(PathBuf, Stamp, Arc<Opened>)>,
    pasted: Option<(PathBuf, Arc<Opened>)>,
    pastes: u32,
    shape: Option<(ShapeKey, Arc<Shape>)>,
}

/// What tells whether a file has changed since: time and size, and of a folder those of its files.
type Stamp = (Option<SystemTime>, u64, String);

/// Which structure lies ready: digest of the file, sheet, and what the clerk corrected.
type ShapeKey = (String, String, Correction);

impl Desk {
    /// The workbook of a path, read now or lying open already.
    ///
    /// # Errors
    /// [`Error::BadFile`] in all its kinds, or the clerk cancels.
    pub fn open(
        &mut self,
        path: &Path,
        knows: &dyn Fn(&str) -> bool,
        progress: &Progress,
    ) -> Result<Arc<Opened>> {
        if path.starts_with(PASTED) || path.to_string_lossy().starts_with(PASTED) {
            let pasted = self.pasted.as_ref().filter(|(known, _)| known == path);
            return pasted.map(|(_, opened)| Arc::clone(opened)).ok_or_else(|| BadFile::Gone.into());
        }
        let meta = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
        let inside = if meta.is_dir() { folder::stamp(path)? } else { String::new() };
        let stamp = (meta.modified().ok(), meta.len(), inside);
        if let Some((known, known_stamp, opened)) = &self.opened
            && known == path
            && *known_stamp == stamp
        {
            return Ok(Arc::clone(opened));
        }
        if meta.is_dir() {
            let opened = Arc::new(folder::open(path, knows, progress)?);
            self.opened = Some((path.to_owned(), stamp, Arc::clone(&opened)));
            return Ok(opened);
        }
        if meta.len() > BYTES_AT_MOST {
            return Err(BadFile::TooLarge("超过 50 MB").into());
        }
        progress.stage("正在读表", 0)?;
        let bytes = read_file(path)?;
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut workbook = read::open(&bytes, &file, progress)?;
        for sheet in &mut workbook.sheets {
            sheet.lift_row_words(row_word::TITLE);
        }
        let opened = Arc::new(Opened { file, sha256: digest(&bytes), workbook, left_out: Vec::new() });
        self.opened = Some((path.to_owned(), stamp, Arc::clone(&opened)));
        Ok(opened)
    }

    /// Lays out what was pasted from another program, and returns the path it goes by.
    ///
    /// # Errors
    /// [`Error::BadFile`] when there is no table in it.
    pub fn paste(
        &mut self,
        text: &str,
        html: Option<&str>,
        progress: &Progress,
    ) -> Result<(PathBuf, Arc<Opened>)> {
        // The page that goes with the text knows which cells are merged; not every program gives one.
        let from_html = html.filter(|html| html.contains("<td") || html.contains("<TD"));
        let from_html = from_html.and_then(|html| read::html(html, PASTED_NAME, progress).ok());
        let workbook = match from_html {
            Some(workbook) => workbook,
            None => read::tabbed(text, PASTED_NAME, progress)?,
        };
        self.pastes += 1;
        let path = PathBuf::from(format!("{PASTED}{}", self.pastes));
        let opened = Arc::new(Opened {
            file: PASTED_NAME.to_owned(),
            sha256: digest([text, html.unwrap_or_default()].concat().as_bytes()),
            workbook,
            left_out: Vec::new(),
        });
        self.pasted = Some((path.clone(), Arc::clone(&opened)));
        Ok((path, opened))
    }

    /// The structure of a sheet as it was recognised last, so that scrolling a long sheet does not
    /// recognise it again for every page.
    #[must_use]
    pub fn shape(&self, opened: &Opened, sheet: &str, correction: &Correction) -> Option<Arc<Shape>> {
        let (key, shape) = self.shape.as_ref()?;
        let is_it = key.0 == opened.sha256 && key.1 == sheet && key.2 == *correction;
        is_it.then(|| Arc::clone(shape))
    }

    /// Lays a structure ready.
    pub fn keep_shape(
        &mut self,
        opened: &Opened,
        sheet: &str,
        correction: Correction,
        shape: Shape,
    ) -> Arc<Shape> {
        let shape = Arc::new(shape);
        self.shape = Some(((opened.sha256.clone(), sheet.to_owned(), correction), Arc::clone(&shape)));
        shape
    }

    /// Forgets structures: what was taught since may read them otherwise.
    pub fn forget_shape(&mut self) {
        self.shape = None;
    }
}

/// The bytes of a file.
///
/// # Errors
/// [`BadFile::Gone`], [`BadFile::Held`] or [`Error::File`].
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| unreadable(&error))
}

/// SHA-256, hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What an operating system's refusal means for the clerk.
fn unreadable(error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => BadFile::Gone.into(),
        ErrorKind::PermissionDenied | ErrorKind::ResourceBusy => BadFile::Held.into(),
        kind => Error::File(std::io::Error::from(kind)),
    }
}
