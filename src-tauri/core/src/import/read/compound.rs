//! The container of older office files: a small file system of streams.
//!
//! It is walked here before any other reader sees it, so that a chain that runs in circles or out
//! of the file is found first, and the records of a workbook can be looked at for their limits.

use crate::error::{BadFile, Result};

const FREE: u32 = 0xFFFF_FFFA;
const ENTRY: usize = 128;
/// Streams smaller than this live in the small sectors of the root stream.
const SMALL: u64 = 4096;
const SMALL_SECTOR: usize = 64;

/// The streams of a container.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small: Vec<u8>,
    /// First sector of the stream that holds the small sectors.
    small_start: u32,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl<'a> Compound<'a> {
    /// Opens a container.
    ///
    /// # Errors
    /// [`BadFile::Damaged`].
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self> {
        let shift = word(bytes, 30)?;
        if !matches!(shift, 9 | 12) {
            return Err(BadFile::Damaged.into());
        }
        let mut file = Self {
            bytes,
            sector: 1 << shift,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            small_start: u32::MAX,
            entries: Vec::new(),
        };
        file.read_table()?;
        let directory = file.chain(long(bytes, 48)?)?;
        let mut root = None;
        for entry in directory.chunks_exact(ENTRY) {
            let kind = entry[66];
            if kind == 5 {
                root = Some((long(entry, 116)?, u64::from(long(entry, 120)?)));
            } else if kind == 2 {
                file.entries.push(Entry {
                    name: entry_name(entry),
                    start: long(entry, 116)?,
                    size: u64::from(long(entry, 120)?),
                });
            }
        }
        if let Some((start, size)) = root.filter(|(_, size)| *size > 0) {
            file.small_start = start;
            file.small = file.chain(start)?;
            file.small.truncate(usize::try_from(size).unwrap_or(usize::MAX));
            let table = file.chain(long(bytes, 60)?).unwrap_or_default();
            file.small_table = longs(&table);
        }
        Ok(file)
    }

    /// Whether there is a stream of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The content of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut content =
            if entry.size < SMALL { self.small_chain(entry.start) } else { self.chain(entry.start) }.ok()?;
        content.truncate(usize::try_from(entry.size).ok()?);
        Some(content)
    }

    /// Where a byte of a stream stands in the file.
    pub(super) fn position(&self, name: &str, offset: usize) -> Option<usize> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.size >= SMALL {
            return self.in_chain(entry.start, offset);
        }
        let number = follow(&self.small_table, entry.start, offset / SMALL_SECTOR)?;
        self.in_chain(self.small_start, number as usize * SMALL_SECTOR + offset % SMALL_SECTOR)
    }

    fn in_chain(&self, start: u32, offset: usize) -> Option<usize> {
        let number = follow(&self.table, start, offset / self.sector)?;
        Some((number as usize + 1) * self.sector + offset % self.sector)
    }

    fn sector_at(&self, number: u32) -> Result<&'a [u8]> {
        let start = (number as usize + 1) * self.sector;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty()).ok_or(BadFile::Damaged)?;
        // Some writers leave the last sector short.
        Ok(&rest[..rest.len().min(self.sector)])
    }

    fn read_table(&mut self) -> Result<()> {
        let most = self.bytes.len() / self.sector + 1;
        let mut sectors: Vec<u32> = longs(self.bytes.get(76..512).ok_or(BadFile::Damaged)?);
        let (mut next, mut steps) = (long(self.bytes, 68)?, 0);
        while next < FREE {
            steps += 1;
            if steps > most {
                return Err(BadFile::Damaged.into());
            }
            let mut more = longs(self.sector_at(next)?);
            next = more.pop().unwrap_or(u32::MAX);
            sectors.extend(more);
        }
        for number in sectors.into_iter().filter(|&number| number < FREE) {
            if self.table.len() > most + self.sector {
                break;
            }
            let part = longs(self.sector_at(number)?);
            self.table.extend(part);
        }
        Ok(())
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        let mut next = start;
        while next < FREE {
            if content.len() > self.bytes.len() {
                return Err(BadFile::Damaged.into());
            }
            content.extend_from_slice(self.sector_at(next)?);
            next = *self.table.get(next as usize).ok_or(BadFile::Damaged)?;
        }
        Ok(content)
    }

    fn small_chain(&self, start: u32) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        let mut next = start;
        while next < FREE {
            if content.len() > self.small.len() {
                return Err(BadFile::Damaged.into());
            }
            let at = next as usize * SMALL_SECTOR;
            let end = (at + SMALL_SECTOR).min(self.small.len());
            content.extend_from_slice(self.small.get(at..end).ok_or(BadFile::Damaged)?);
            next = *self.small_table.get(next as usize).ok_or(BadFile::Damaged)?;
        }
        Ok(content)
    }
}

/// The sector so many steps down a chain.
fn follow(table: &[u32], start: u32, steps: usize) -> Option<u32> {
    let mut number = start;
    for _ in 0..steps {
        number = *table.get(number as usize)?;
    }
    (number < FREE).then_some(number)
}

fn entry_name(entry: &[u8]) -> String {
    let length = word(entry, 64).map_or(0, usize::from).clamp(2, 64) - 2;
    let units: Vec<u16> =
        entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// A two-byte number.
pub(super) fn word(bytes: &[u8], at: usize) -> Result<u16> {
    match bytes.get(at..at + 2) {
        Some([low, high]) => Ok(u16::from_le_bytes([*low, *high])),
        _ => Err(BadFile::Damaged.into()),
    }
}

/// A four-byte number.
pub(super) fn long(bytes: &[u8], at: usize) -> Result<u32> {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => Ok(u32::from_le_bytes([a, b, c, d])),
        _ => Err(BadFile::Damaged.into()),
    }
}
