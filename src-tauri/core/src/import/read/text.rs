//! Text with separators, in whatever encoding it was saved.
//!
//! A byte order mark decides; without one the encoding is guessed, and GBK is read as its
//! superset GB18030. The separator is the one that cuts the first lines most evenly.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::super::guard::Limits;
use super::super::sheet::{Cell, Format, GridBuilder, Workbook};
use crate::error::{BadFile, Result};
use crate::progress::Progress;

/// Reads a text file as one sheet named after the file.
///
/// # Errors
/// [`crate::error::Error::Cancelled`] or [`BadFile`].
pub(super) fn read(bytes: &[u8], name: &str, progress: &Progress) -> Result<Workbook> {
    let (text, encoding) = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(BadFile::Empty.into());
    }
    let separator = separator(&text);
    let mut cells = GridBuilder::new(Limits::default());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .quoting(quotes_are_even(&text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = 0u32;
    loop {
        // The reader passes over empty lines; the clerk's row numbers do not.
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        row = row.saturating_add(blank_lines(text.as_bytes(), start));
        if !reader.read_record(&mut record).map_err(|_| BadFile::Damaged)? {
            break;
        }
        for (column, value) in record.iter().enumerate() {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            cells.push(row, column, Cell::Text(plain(value)))?;
        }
        row += 1;
        if row.is_multiple_of(1024) {
            progress.at(u64::from(row))?;
        }
    }
    Ok(Workbook {
        format: Format::Csv,
        encoding: Some(encoding),
        sheets: vec![cells.finish(stem(name), Vec::new())],
    })
}

/// The name of a file without folder and ending, for a sheet that has none of its own.
pub(super) fn stem(name: &str) -> &str {
    let title = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let title = title.rsplit_once('.').map_or(title, |(stem, _)| stem);
    if title.is_empty() { "Sheet1" } else { title }
}

/// Empty lines from a place on; the place may lie inside a two-byte line end.
fn blank_lines(text: &[u8], start: usize) -> u32 {
    let mut at = start;
    if at > 0 && text.get(at - 1) == Some(&b'\r') && text.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut lines = 0;
    loop {
        at += match (text.get(at), text.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return lines,
        };
        lines += 1;
    }
}

/// A value without the marks that keep spreadsheets from changing it: `="001"`, a leading tab or `'`.
fn plain(value: &str) -> &str {
    let value = value.trim_matches('\t');
    let bare = value.strip_prefix("=\"").and_then(|inner| inner.strip_suffix('"'));
    bare.unwrap_or_else(|| match value.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || "=+-@".contains(c)) => rest,
        _ => value,
    })
}

/// The text of some bytes and the name of its encoding.
///
/// # Errors
/// [`BadFile::UnknownFormat`] when they are no text.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, String)> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => guess(bytes)?,
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let (mut odd, mut count) = (0usize, 0usize);
    for character in text.chars() {
        count += 1;
        let is_control =
            character.is_control() && !matches!(character, '\t' | '\r' | '\n' | '\u{c}' | '\u{1a}');
        odd += usize::from(is_control || character == char::REPLACEMENT_CHARACTER);
    }
    // A cut piece may end inside a character; more than that is no text.
    if odd > 2 + count / 200 {
        return Err(BadFile::UnknownFormat.into());
    }
    Ok((text.replace('\0', ""), encoding.name().to_ascii_lowercase()))
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding> {
    let start = &bytes[..bytes.len().min(1 << 16)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        // Text in two-byte units without a mark: separators and digits leave zeros on one side.
        return match (even, odd) {
            (0, _) if odd * 20 > start.len() / 2 => Ok(UTF_16LE),
            (_, 0) if even * 20 > start.len() / 2 => Ok(UTF_16BE),
            _ => Err(BadFile::UnknownFormat.into()),
        };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let found = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    // A piece cut inside a character is still UTF-8 to us.
    let is_cut_utf8 =
        std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none() && e.valid_up_to() > 0);
    Ok(match found {
        _ if bytes.is_ascii() || is_cut_utf8 => UTF_8,
        found if found == UTF_8 => UTF_8,
        found if found == GBK => GB18030,
        // Superiors here write no other script: a western guess means too few characters to tell.
        _ => GB18030,
    })
}

/// The separator that appears in most of the first lines, outside quotes.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(50).collect();
    let mut best = (0usize, b',');
    for separator in [b'\t', b',', b';', b'|'] {
        let counts: Vec<usize> = lines.iter().map(|line| count_outside_quotes(line, separator)).collect();
        let score = counts.iter().filter(|&&count| count > 0).count() * 100
            + counts.iter().max().copied().unwrap_or(0).min(99);
        let has_any = counts.iter().any(|&count| count > 0);
        if has_any && score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

fn count_outside_quotes(line: &str, separator: u8) -> usize {
    let mut is_quoted = false;
    line.bytes()
        .filter(|&byte| {
            is_quoted ^= byte == b'"';
            byte == separator && !is_quoted
        })
        .count()
}

/// Whether quotation marks can be trusted: an unclosed one would swallow the rest of the file.
fn quotes_are_even(text: &str) -> bool {
    text.bytes().filter(|&byte| byte == b'"').count() % 2 == 0
}
