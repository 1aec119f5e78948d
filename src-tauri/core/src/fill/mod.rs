//! Filling a superior's blank form (填上级表) from what is known, its layout untouched.
//!
//! - [`recognise`]: what a file asks: a list with empty slots, a list of names to be completed, a form
//!   about one person, a table of figures
//! - [`whom`], [`roster`]: the people a title or a note speaks of, or whose names are given
//! - [`known`]: what is known of them, with the op each value came from
//! - [`manner`]: how the form wants a value written
//! - [`plan`]: what would stand in which cell, pure
//! - [`package`], [`document`]: changing single cells inside the file that was sent; [`rebuild`]: older
//!   files laid out anew
//! - [`submission`]: forms known again, and what was handed in
//! - [`api`]: the commands
//!
//! Never guessed: what is not known stays blank, and whoever is not surely meant is not taken.

pub mod api;
pub mod document;
pub mod known;
pub mod manner;
pub mod package;
pub mod plan;
pub mod rebuild;
pub mod recognise;
pub mod roster;
mod store;
pub mod submission;
#[cfg(test)]
mod tests;
pub mod whom;
pub mod words;

use serde::{Deserialize, Serialize};

/// What a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// One person a row, the rows empty (空表).
    List,
    /// One person a row, the names given (名单表).
    Roster,
    /// Labels and room for values of one person (一人一表).
    Person,
    /// Counts (指标表).
    Figures,
    /// Nothing that can be filled.
    None,
}

impl FormKind {
    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Roster => "roster",
            Self::Person => "person",
            Self::Figures => "figures",
            Self::None => "none",
        }
    }
}
