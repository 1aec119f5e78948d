//! A folder of one-person forms (一人一表) opened as one sheet: each form is a row, each label a column.
//! Forms may have their labels in any order and some of them missing.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::desk::{self, Opened};
use super::guard::Limits;
use super::sheet::{Cell, Format, GridBuilder, Sheet, Workbook};
use super::{read, shape};
use crate::error::{BadFile, Error, Result};
use crate::progress::Progress;

/// Forms read from one folder at most.
const FILES_AT_MOST: usize = 1_000;
/// Heading of the column that names the file of each row.
pub(super) const FILE_HEADING: &str = "来自文件";

/// Reads every form of a folder.
///
/// # Errors
/// [`BadFile::NoForms`] when there is none, [`BadFile::TooLarge`], or the clerk cancels.
pub(super) fn open(folder: &Path, knows: &dyn Fn(&str) -> bool, progress: &Progress) -> Result<Opened> {
    let files = files(folder)?;
    progress.stage("正在读表", files.len() as u64)?;
    let (mut forms, mut left_out, mut sha) = (Forms::default(), Vec::new(), Sha256::new());
    for (done, path) in files.iter().enumerate() {
        progress.at(done as u64)?;
        let name = name_of(path);
        match form(path, &name, knows, progress) {
            Ok(Some((pairs, bytes))) => {
                sha.update(&bytes);
                forms.add(&name, pairs);
            }
            Err(Error::Cancelled) => return Err(Error::Cancelled),
            // A file that cannot be read is no reason to leave out the others; the clerk is told.
            Ok(None) | Err(_) => left_out.push(name),
        }
    }
    if forms.rows.is_empty() {
        return Err(BadFile::NoForms.into());
    }
    let name = name_of(folder);
    let sheets = vec![forms.sheet(&name)?];
    Ok(Opened {
        sha256: sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
        file: name,
        workbook: Workbook { format: Format::Folder, encoding: None, sheets },
        left_out,
    })
}

/// What tells whether a folder's files have changed: their names, times and sizes.
pub(super) fn stamp(folder: &Path) -> Result<String> {
    let mut stamp = Sha256::new();
    for path in files(folder)? {
        let meta = std::fs::metadata(&path)?;
        stamp.update(format!("{}|{:?}|{}\n", name_of(&path), meta.modified().ok(), meta.len()));
    }
    Ok(stamp.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // Files whose name begins so are what WPS and Excel keep beside an open one.
        let is_lock = name_of(&path).starts_with(['~', '.']);
        if path.is_file() && !is_lock {
            files.push(path);
        }
    }
    if files.len() > FILES_AT_MOST {
        return Err(BadFile::TooLarge("文件夹里超过 1000 个文件").into());
    }
    files.sort();
    Ok(files)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A form's labels with what stands beside them, and the bytes they were read from.
type Form = (Vec<(String, String)>, Vec<u8>);

fn form(path: &Path, name: &str, knows: &dyn Fn(&str) -> bool, progress: &Progress) -> Result<Option<Form>> {
    if std::fs::metadata(path)?.len() > desk::BYTES_AT_MOST {
        return Ok(None);
    }
    let bytes = desk::read_file(path)?;
    let workbook = read::open(&bytes, name, progress)?;
    let sheets = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
    let form = sheets.filter_map(|sheet| shape::person_form(sheet, knows)).next();
    Ok(form.map(|pairs| (pairs, bytes)))
}

/// The rows of the sheet to be.
#[derive(Default)]
struct Forms {
    headings: Vec<String>,
    rows: Vec<Vec<(usize, String)>>,
}

impl Forms {
    fn add(&mut self, file: &str, pairs: Vec<(String, String)>) {
        let file = (FILE_HEADING.to_owned(), file.to_owned());
        let mut row: Vec<(usize, String)> = Vec::new();
        for (label, value) in std::iter::once(file).chain(pairs) {
            let column = self.headings.iter().position(|heading| *heading == label).unwrap_or_else(|| {
                self.headings.push(label);
                self.headings.len() - 1
            });
            if !row.iter().any(|(known, _)| *known == column) {
                row.push((column, value));
            }
        }
        self.rows.push(row);
    }

    fn sheet(&self, name: &str) -> Result<Sheet> {
        let mut grid = GridBuilder::new(Limits::default());
        for (column, heading) in (0..).zip(&self.headings) {
            grid.push(0, column, Cell::Text(heading))?;
        }
        for (row, values) in (1..).zip(&self.rows) {
            for (column, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
                grid.push(row, u32::try_from(*column).unwrap_or(u32::MAX), Cell::Text(value))?;
            }
        }
        Ok(grid.finish(name, Vec::new()))
    }
}
