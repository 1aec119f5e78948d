//! Everything the office of a neighborhood committee (居委会) knows and may do.
//!
//! Modules by layer, lowest first. A module may use what stands above it here, never below.
//!
//! - vocabulary, pure: [`value`], [`error`], [`clock`], [`progress`]
//! - paper, pure, knows no domain word: [`paper`]
//! - words as data: [`dictionary`], [`catalog`]
//! - reading superiors' sheets: [`import`] (`read`, `shape`, `map`, `plan` are pure; only `apply` acts)
//!
//! Deliberately absent: windows, dialogs, printing to a terminal, environment variables, the
//! network, and the system clock (it is handed in).

pub mod catalog;
pub mod clock;
pub mod dictionary;
pub mod error;
pub mod import;
pub mod paper;
pub mod progress;
pub mod value;
