//! History (操作记录): every op in plain words, undo and redo of any of them.
//!
//! What undo does to rows is in [`crate::store::undo`]; here ops are chosen and results worded.

pub mod api;
mod store;
