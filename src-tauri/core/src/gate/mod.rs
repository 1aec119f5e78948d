//! The gate (来件把关): reads what comes in, compares it with the lists, tells what it finds with the
//! very words and the legal basis, and keeps what a person decides.
//!
//! Judging is pure ([`Book`], [`Case`], [`Opinion`]); the human decides ([`decide`]) and may decide
//! otherwise with a reason. The way of a notice afterwards is [`way`]. What is printed is `letter`.

pub mod api;
mod book;
mod certificate;
mod decide;
mod explain;
mod facts;
mod flags;
mod intake;
mod judge;
mod scan;
mod store;
mod terms;
#[cfg(test)]
mod tests;
mod text;
mod way;
mod when;
mod who;

pub use book::Book;
pub(crate) use decide::number;
pub use explain::{Again, Case, Mark, MarkKind, Near, Opinion, Reason, opinion};
pub use flags::{Earlier, is_rushed};
pub use store::{Notice, Step, count_waiting, list, steps};
pub use terms::{Model, Terms, terms};
pub use way::{State, states};

use serde::{Deserialize, Serialize};

/// What the gate says of a notice (比对意见).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "Verdict"))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// An item of the two lists (清单内).
    Listed,
    /// On neither list (清单外).
    Unlisted,
    /// Not to be handed down (负面清单).
    Negative,
    /// A certificate (证明类).
    Certificate,
    /// A new burden that needs admission (需准入).
    NeedsAdmission,
}

impl Verdict {
    /// The word it is kept under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Unlisted => "unlisted",
            Self::Negative => "negative",
            Self::Certificate => "certificate",
            Self::NeedsAdmission => "needs_admission",
        }
    }

    /// The verdict of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "listed" => Self::Listed,
            "negative" => Self::Negative,
            "certificate" => Self::Certificate,
            "needs_admission" => Self::NeedsAdmission,
            _ => Self::Unlisted,
        }
    }
}

/// How sure the gate is (把握).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "GateConfidence"))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// 较小.
    Small,
    /// 一般.
    Fair,
    /// 较大.
    Large,
}

impl Confidence {
    /// As clerks read it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Small => "较小",
            Self::Fair => "一般",
            Self::Large => "较大",
        }
    }
}

/// What a person decides of a notice (您来定).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "Decision"))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Take it (接收办理).
    Accept,
    /// Ask the sender (商请函).
    Inquire,
    /// Ask for what is missing (要求补正).
    Supplement,
    /// Send it back (不予承接告知单).
    Decline,
    /// Have it admitted first (转准入申请).
    Admit,
}

impl Decision {
    /// The word it is kept under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Inquire => "inquire",
            Self::Supplement => "supplement",
            Self::Decline => "decline",
            Self::Admit => "admit",
        }
    }

    /// The decision of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "inquire" => Self::Inquire,
            "supplement" => Self::Supplement,
            "decline" => Self::Decline,
            "admit" => Self::Admit,
            _ => Self::Accept,
        }
    }

    /// As clerks say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Accept => "接收办理",
            Self::Inquire => "商请函",
            Self::Supplement => "要求补正",
            Self::Decline => "不予承接",
            Self::Admit => "转准入申请",
        }
    }

    /// The letter that goes out with it.
    #[must_use]
    pub const fn letter(self) -> Option<&'static str> {
        match self {
            Self::Accept => None,
            Self::Inquire => Some("inquiry"),
            Self::Supplement => Some("supplement"),
            Self::Decline => Some("decline"),
            Self::Admit => Some("admission"),
        }
    }

    /// The state a notice is in after it.
    #[must_use]
    pub const fn state(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Inquire | Self::Supplement => "supplement",
            Self::Decline => "returned",
            Self::Admit => "applied",
        }
    }
}
