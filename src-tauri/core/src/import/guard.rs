//! How large a file from outside may be, so that none of them can take the machine down.
//!
//! The numbers are those of what offices really send, times ten. Reading is [`super::read`].

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::{BadFile, Result};

/// The largest file taken, in bytes.
const FILE_BYTES: usize = 50 << 20;
/// The largest sum of what a packed file may unfold to.
const UNFOLDED_BYTES: u64 = 500 << 20;
/// Parts above this size may not be packed more tightly than [`RATIO`].
const LARGE_PART: u64 = 10 << 20;
/// How much a large part may shrink by packing.
const RATIO: u64 = 200;
/// The most parts of a packed file.
const ENTRIES: usize = 2_000;
/// Office documents hold these parts in memory whole, so they are counted before anything else.
const HELD_BYTES: u64 = 150 << 20;

/// Bytes kept of the beginning of a part that is only counted.
const MEASURED_START: usize = 64 << 10;

/// The limits on what is inside a sheet: past rows, cells and text only its ends are kept
/// ([`super::sheet::GridBuilder`]), past columns it is refused.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most rows that have a value.
    pub rows: usize,
    /// Most columns that have a value.
    pub columns: u32,
    /// Most cells that have a value.
    pub cells: usize,
    /// Most bytes of text.
    pub text: usize,
    /// Most merged areas.
    pub merges: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: 200_000, columns: 500, cells: 5_000_000, text: 300 << 20, merges: 200_000 }
    }
}

impl Limits {
    /// Fails past the most columns.
    ///
    /// # Errors
    /// [`BadFile::TooLarge`].
    pub fn check_columns(&self, columns: u32) -> Result<()> {
        if columns > self.columns { too_large("超过 500 栏") } else { Ok(()) }
    }
}

/// The error for a file past a limit.
pub(super) fn too_large<T>(what: &'static str) -> Result<T> {
    Err(BadFile::TooLarge(what).into())
}

/// Checks a file before anything looks into it.
///
/// # Errors
/// [`BadFile::Empty`] or [`BadFile::TooLarge`].
pub fn check_file(bytes: &[u8]) -> Result<()> {
    if bytes.is_empty() || (bytes.len() < 1 << 16 && bytes.iter().all(|&byte| byte == 0)) {
        return Err(BadFile::Empty.into());
    }
    if bytes.len() > FILE_BYTES { too_large("超过 50 MB") } else { Ok(()) }
}

/// A packed file whose directory is within the limits.
pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens a packed file and checks its directory: parts, sizes, how tightly packed, no locks.
///
/// # Errors
/// [`BadFile`] when it is damaged, locked or past a limit.
pub(crate) fn open_archive(bytes: &[u8]) -> Result<Archive<'_>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BadFile::Damaged)?;
    if archive.len() > ENTRIES {
        return too_large("里面的部件太多");
    }
    let mut sum = 0u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| BadFile::Damaged)?;
        if part.encrypted() {
            return Err(BadFile::Encrypted.into());
        }
        let (size, packed) = (part.size(), part.compressed_size().max(1));
        sum = sum.saturating_add(size);
        if sum > UNFOLDED_BYTES || (size > LARGE_PART && size / packed > RATIO) {
            return too_large("展开后太大");
        }
    }
    Ok(archive)
}

/// Unfolds one part, counting real bytes: the declared size may lie.
///
/// # Errors
/// [`BadFile`] when the part is missing, damaged or past the limit.
pub(crate) fn unfold(archive: &mut Archive<'_>, part: &str) -> Result<Vec<u8>> {
    let mut held = Vec::new();
    let file = archive.by_name(part).map_err(|_| BadFile::Damaged)?;
    let packed = file.compressed_size().max(1);
    let mut limited = file.take(HELD_BYTES + 1);
    limited.read_to_end(&mut held).map_err(|_| BadFile::Damaged)?;
    check_unfolded(held.len() as u64, packed, HELD_BYTES)?;
    Ok(held)
}

/// Checks the real size of a part that has been unfolded so far.
///
/// # Errors
/// [`BadFile::TooLarge`].
pub(super) fn check_unfolded(size: u64, packed: u64, most: u64) -> Result<()> {
    if size > most || (size > LARGE_PART && size / packed > RATIO) {
        too_large("展开后太大")
    } else {
        Ok(())
    }
}

/// The most bytes a part that is read as a stream may unfold to.
pub(super) const STREAMED_BYTES: u64 = UNFOLDED_BYTES;

/// Counts what a part unfolds to and keeps only its beginning.
///
/// # Errors
/// [`BadFile`] when the part is damaged or past the limit.
pub(super) fn measure(archive: &mut Archive<'_>, part: &str) -> Result<(u64, Vec<u8>)> {
    let mut file = archive.by_name(part).map_err(|_| BadFile::Damaged)?;
    let packed = file.compressed_size().max(1);
    let mut buffer = vec![0u8; 64 << 10];
    let mut start = Vec::new();
    let mut total = 0u64;
    loop {
        let read = file.read(&mut buffer).map_err(|_| BadFile::Damaged)?;
        if read == 0 {
            return Ok((total, start));
        }
        if start.len() < MEASURED_START {
            start.extend_from_slice(&buffer[..read]);
        }
        total += read as u64;
        check_unfolded(total, packed, HELD_BYTES)?;
    }
}
