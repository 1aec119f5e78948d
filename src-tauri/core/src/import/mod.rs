//! Importing superiors' sheets: bytes in, a plan out, and one act that writes.
//!
//! - [`sheet`]: what a workbook is once it is read
//! - [`guard`]: how large a file may be
//! - [`read`]: any kind of file to a workbook
//! - [`shape`]: which rows of a sheet are title, heading, people, totals, notes
//! - [`map`]: which dictionary field each column is bound to
//!
//! All of these are pure: no SQL, no clock, no file system.

pub mod guard;
pub mod map;
pub mod read;
pub mod shape;
pub mod sheet;
