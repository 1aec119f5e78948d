//! Everything the office of a neighborhood committee (居委会) knows and may do.
//!
//! Modules by layer, lowest first. A module may use what stands above it here, never below.
//!
//! - vocabulary, pure: [`value`], [`error`], [`clock`], [`progress`]
//! - paper, pure, knows no domain word: [`paper`]
//! - words as data: [`dictionary`], [`catalog`]
//! - ground: [`store`], [`op`], [`office`]
//! - subjects and what is known of them: [`fact`], [`place`], [`household`], [`resident`], [`search`],
//!   [`calendar`]
//! - features: [`committee`], [`ledger`], [`import`], [`matter`], [`meeting`], [`report`],
//!   [`history`], [`home`], [`help`]
//! - the one door: [`api`]
//!
//! Deliberately absent: windows, dialogs, printing to a terminal, environment variables, the
//! network, and the system clock (it is handed in).

pub mod api;
pub mod calendar;
pub mod catalog;
pub mod clock;
pub mod committee;
pub mod dictionary;
pub mod error;
pub mod fact;
pub mod help;
pub mod history;
pub mod home;
pub mod household;
pub mod import;
pub mod ledger;
pub mod matter;
pub mod meeting;
pub mod office;
pub mod op;
pub mod paper;
pub mod place;
pub mod progress;
pub mod report;
pub mod resident;
pub mod search;
pub mod store;
#[cfg(test)]
mod testing;
pub mod value;
