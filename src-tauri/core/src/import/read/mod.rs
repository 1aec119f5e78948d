//! Any kind of file a superior sends, read into a [`Workbook`] by its content, not its name.
//!
//! Each format has its own file; this one decides which, and keeps what happens in a reader from
//! reaching the rest: readers run on a thread of their own, so that neither a panic nor a deep
//! stack ends the program. What the rows mean is [`super::shape`].

use std::thread;

use super::guard;
use super::sheet::{Format, Workbook};
use crate::error::{BadFile, Error, Result};
use crate::progress::Progress;

mod compound;
mod docx;
mod html;
mod look;
mod marks;
mod ods;
pub(crate) mod parts;
mod sniff;
mod stray;
mod text;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod xml2003;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(in crate::import) use marks::area;

/// Stack of the thread that reads, in bytes: nested documents recurse in some readers.
const STACK: usize = 32 << 20;

/// Reads a file's bytes into a workbook; `name` only breaks a tie.
///
/// # Errors
/// [`Error::Cancelled`], or [`Error::BadFile`] when nothing in it can be read.
pub fn open(bytes: &[u8], name: &str, progress: &Progress) -> Result<Workbook> {
    guard::check_file(bytes)?;
    progress.stage("正在读表", 0)?;
    let outcome = thread::scope(|scope| {
        thread::Builder::new()
            .name("read".into())
            .stack_size(STACK)
            .spawn_scoped(scope, || dispatch(bytes, name, progress))
            .map(|worker| worker.join().unwrap_or_else(|_| Err(BadFile::Damaged.into())))
    });
    let mut workbook = outcome.map_err(Error::File)??;
    workbook.sheets.retain(|sheet| !sheet.name.is_empty() || !sheet.is_empty());
    Ok(workbook)
}

/// Reads a table that was pasted as a web page.
///
/// # Errors
/// [`Error::Cancelled`], or [`Error::BadFile`] when no table is in it.
pub fn html(page: &str, name: &str, progress: &Progress) -> Result<Workbook> {
    let mut workbook = html::read(page.as_bytes(), name, progress)?;
    workbook.sheets.truncate(1);
    for sheet in &mut workbook.sheets {
        name.clone_into(&mut sheet.name);
    }
    Ok(workbook)
}

/// Reads a table that was pasted as text with tabs.
///
/// # Errors
/// [`Error::Cancelled`], or [`Error::BadFile`] when nothing is in it.
pub fn tabbed(text: &str, name: &str, progress: &Progress) -> Result<Workbook> {
    text::read(text.as_bytes(), name, progress)
}

fn dispatch(bytes: &[u8], name: &str, progress: &Progress) -> Result<Workbook> {
    match sniff::kind(bytes, name)? {
        Format::Xlsx => xlsx::read(bytes, progress),
        Format::Xls => xls::read(bytes, progress),
        Format::Xlsb => xlsb::read(bytes, progress),
        Format::Ods => ods::read(bytes, progress),
        Format::Csv => text::read(bytes, name, progress),
        Format::Html => html::read(bytes, name, progress),
        Format::Xml2003 => xml2003::read(bytes, progress),
        Format::Docx => docx::read(bytes, progress),
        // A folder is opened file by file and never comes as bytes.
        Format::Folder => Err(BadFile::UnknownFormat.into()),
    }
}
