//! The burden account (减负账): how many hours and things are handed down, by whom, what share of all
//! work that is, and what became less. Every figure is the sum of records that can be opened.
//!
//! Computing is pure over [`Records`]; nothing is typed in but what was before the program
//! ([`store::before`]) and the plaques, appraisals, systems and groups ([`Mechanism`]).

pub mod api;
mod account;
mod figure;
mod store;
#[cfg(test)]
mod tests;

pub use account::{Month, Share, months};
pub use figure::{Figure, Measure, Period, Row, RowKind};
pub use store::Records;

use serde::{Deserialize, Serialize};

/// Kinds of standing burdens (机制牌子).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MechanismKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A plaque at the door (挂牌).
    Plaque,
    /// An appraisal or contest (考核评比).
    Appraisal,
    /// A system or app to fill in (系统、小程序).
    System,
    /// A chat group to answer in (工作群).
    Group,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Plaque, Self::Appraisal, Self::System, Self::Group];

    /// The word it is kept under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plaque => "plaque",
            Self::Appraisal => "appraisal",
            Self::System => "system",
            Self::Group => "group",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// As clerks say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Plaque => "牌子",
            Self::Appraisal => "考核评比",
            Self::System => "系统、小程序",
            Self::Group => "工作群",
        }
    }
}

/// A plaque, appraisal, system or group (机制牌子).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mechanism {
    /// Number of the row; 0 while it is new.
    pub id: i64,
    /// Kind.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Who wants it.
    pub department: String,
    /// Since when.
    pub from_on: chrono::NaiveDate,
    /// Until when; none while it stands.
    pub until_on: Option<chrono::NaiveDate>,
    /// On what ground.
    pub basis: String,
    /// Remark.
    pub note: String,
}

impl Mechanism {
    /// Whether it stands on a day.
    #[must_use]
    pub fn stands_on(&self, day: chrono::NaiveDate) -> bool {
        self.from_on <= day && self.until_on.is_none_or(|until| until > day)
    }
}
