//! The marks of a worksheet part that the cell reader does not report: merged areas, hidden rows
//! and columns. It also counts what the part unfolds to, since the declared size may lie.
//!
//! It looks only at tags and skips everything between them, so it runs several times faster than
//! the cell reader beside which it works.

use std::io::Read;

use super::super::guard::{self, Archive};
use super::super::sheet::{Merge, column_index};
use crate::error::{BadFile, Result};

/// What a worksheet part says beside its cells.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) merges: Vec<Merge>,
    pub(super) hidden_rows: Vec<u32>,
    pub(super) hidden_columns: Vec<u32>,
    row: u32,
}

/// Longest tag looked at; a longer one is none of ours.
const TAG_BYTES: usize = 64 << 10;
const MOST_MERGES: usize = 400_000;

/// Reads the marks of one part.
///
/// # Errors
/// [`BadFile`] when the part is damaged or unfolds to too much.
pub(super) fn of_part(archive: &mut Archive<'_>, part: &str) -> Result<Marks> {
    let mut marks = Marks::default();
    let mut file = archive.by_name(part).map_err(|_| BadFile::Damaged)?;
    let packed = file.compressed_size().max(1);
    let mut buffer = vec![0u8; 2 * TAG_BYTES];
    let (mut kept, mut total) = (0, 0u64);
    loop {
        let read = file.read(&mut buffer[kept..]).map_err(|_| BadFile::Damaged)?;
        if read == 0 {
            return Ok(marks);
        }
        total += read as u64;
        guard::check_unfolded(total, packed, guard::STREAMED_BYTES)?;
        let end = kept + read;
        let rest = marks.scan(&buffer[..end]);
        kept = if end - rest > TAG_BYTES { 0 } else { end - rest };
        buffer.copy_within(end - kept..end, 0);
    }
}

impl Marks {
    /// Takes the whole tags of a piece; answers where an unfinished one begins.
    fn scan(&mut self, piece: &[u8]) -> usize {
        let mut at = 0;
        while let Some(start) = piece[at..].iter().position(|&byte| byte == b'<').map(|found| at + found) {
            let Some(length) = piece[start..].iter().position(|&byte| byte == b'>') else { return start };
            // Cells and values are by far the most tags: they are told by their first letter.
            match piece.get(start + 1) {
                Some(b'/' | b'v' | b'f' | b't' | b'i') => {}
                _ => self.tag(&piece[start + 1..start + length]),
            }
            at = start + length + 1;
        }
        piece.len()
    }

    fn tag(&mut self, tag: &[u8]) {
        let end =
            tag.iter().position(|&byte| byte.is_ascii_whitespace() || byte == b'/').unwrap_or(tag.len());
        let name = tag[..end].rsplit(|&byte| byte == b':').next().unwrap_or_default();
        match name {
            b"row" => {
                self.row = value(tag, b"r").and_then(|row| row.parse().ok()).unwrap_or(self.row + 1);
                if is_set(tag) {
                    self.hidden_rows.push(self.row.saturating_sub(1));
                }
            }
            b"col" if is_set(tag) => self.hide_columns(tag),
            b"mergeCell" if self.merges.len() < MOST_MERGES => {
                self.merges.extend(value(tag, b"ref").and_then(area));
            }
            _ => {}
        }
    }

    fn hide_columns(&mut self, tag: &[u8]) {
        let edge = |name: &[u8]| value(tag, name).and_then(|edge| edge.parse::<u32>().ok()).unwrap_or(0);
        for column in edge(b"min")..=edge(b"max").min(16_384) {
            self.hidden_columns.push(column.saturating_sub(1));
        }
    }
}

fn is_set(tag: &[u8]) -> bool {
    matches!(value(tag, b"hidden"), Some("1" | "true"))
}

/// The value of an attribute inside a raw tag.
fn value<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a str> {
    let mut at = 0;
    while at + name.len() + 2 < tag.len() {
        let found = at + tag[at..].windows(name.len()).position(|window| window == name)?;
        let after = found + name.len();
        let is_alone = found > 0 && tag[found - 1].is_ascii_whitespace() && tag.get(after) == Some(&b'=');
        if let (true, Some(&quote)) = (is_alone, tag.get(after + 1)) {
            let text = tag.get(after + 2..)?;
            let end = text.iter().position(|&byte| byte == quote)?;
            return std::str::from_utf8(&text[..end]).ok();
        }
        at = after;
    }
    None
}

/// An area such as `A3:B4`.
pub(in crate::import) fn area(reference: &str) -> Option<Merge> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let ((top, left), (bottom, right)) = (position(first)?, position(last)?);
    let (row, column) = (top.min(bottom), left.min(right));
    Some(Merge { row, column, rows: top.max(bottom) - row + 1, columns: left.max(right) - column + 1 })
}

fn position(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.trim().trim_start_matches('$');
    let digits = reference.find(|c: char| !c.is_ascii_alphabetic())?;
    let column = column_index(&reference[..digits])?;
    let row: u32 = reference[digits..].trim_start_matches('$').parse().ok()?;
    Some((row.checked_sub(1)?, column))
}
