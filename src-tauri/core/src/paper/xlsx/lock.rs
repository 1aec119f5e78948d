//! Locking a workbook with a password, in the way Excel and WPS open themselves (ECMA-376 agile).
//!
//! The password is neither kept nor checked here; who forgets it makes the workbook anew.

use std::io::{Cursor, Write};

use ms_offcrypto_writer::Ecma376AgileWriter;

use crate::error::Result;

/// Encrypts the bytes of a workbook.
///
/// # Errors
/// The encrypted container cannot be written.
pub fn lock(workbook: &[u8], password: &str) -> Result<Vec<u8>> {
    let mut locked = Cursor::new(Vec::with_capacity(workbook.len() + 8192));
    let mut writer = Ecma376AgileWriter::create(&mut rand::rng(), password, &mut locked)?;
    writer.write_all(workbook)?;
    writer.finalize()?;
    Ok(locked.into_inner())
}
