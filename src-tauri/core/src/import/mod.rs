//! Importing superiors' sheets: bytes in, a plan out, and one act that writes.
//!
//! - [`sheet`]: what a workbook is once it is read
//! - [`guard`]: how large a file may be
//! - [`read`]: any kind of file to a workbook
//! - [`shape`]: which rows of a sheet are title, heading, people, totals, notes
//! - [`map`]: which field a column goes to
//! - [`table`]: the data rows read through their columns
//! - [`doubles`]: rows of nobody, and of somebody who is there already
//! - [`plan`]: what becomes of each row
//! - [`desk`], [`recognise`], [`apply`], [`layout`], [`batch`], [`tray`],
//!   [`teach`], [`api`]: a file lying open, what the
//!   office knows of it, the one act that writes, where its values came
//!   from, and the rows that wait
//!
//! Everything up to [`plan`] is pure: no SQL, no clock, no file system.

mod age;
pub mod api;
mod apply;
mod batch;
pub mod desk;
mod doubles;
mod folder;
pub mod guard;
mod layout;
pub mod map;
pub mod plan;
pub mod read;
pub mod recognise;
pub mod shape;
pub mod sheet;
mod store;
pub mod table;
pub mod teach;
pub mod tray;
mod unit;

pub use batch::{Origin, origin_of, origin_of_record};
pub use store::{count_waiting, remember as keep_heading, remembered};
