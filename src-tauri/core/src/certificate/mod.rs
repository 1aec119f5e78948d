//! Certificates (证明): whether one is the committee's to issue, the check, the approval by another
//! person than the one who handles it, the number with its use of the seal and its stub, what is
//! refused with the place to go, what is void, copies.
//!
//! The words of the papers are `letter`, the lists of what is refused and what may be issued `duty`,
//! whether a text asks for one `gate`.

pub mod api;
mod paper;
mod rule;
mod store;
#[cfg(test)]
mod tests;

pub use paper::composed;
pub use rule::{Ruling, Wanted, ruling};
pub use store::{Certificate, SealUse, list, seals};

use serde::{Deserialize, Serialize};

/// How far a certificate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "CertificateState"))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Asked for (申请).
    Asked,
    /// What it attests was checked (已核实).
    Checked,
    /// The director agreed (已审批).
    Approved,
    /// Printed, sealed, handed over (已出具).
    Issued,
    /// Not issued (不予出具).
    Refused,
    /// Counts no more (作废).
    Void,
}

impl State {
    /// Every state in order.
    pub const ALL: [Self; 6] =
        [Self::Asked, Self::Checked, Self::Approved, Self::Issued, Self::Refused, Self::Void];

    /// The word it is kept under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Checked => "checked",
            Self::Approved => "approved",
            Self::Issued => "issued",
            Self::Refused => "refused",
            Self::Void => "void",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.word() == word).unwrap_or(Self::Asked)
    }

    /// As clerks say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Asked => "待核实",
            Self::Checked => "待审批",
            Self::Approved => "待打印用印",
            Self::Issued => "已出具",
            Self::Refused => "不予出具",
            Self::Void => "作废",
        }
    }

    /// Where it may go from here.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Asked => &[Self::Checked, Self::Refused],
            Self::Checked => &[Self::Approved, Self::Refused],
            Self::Approved => &[Self::Issued, Self::Refused],
            Self::Issued => &[Self::Void],
            Self::Refused | Self::Void => &[],
        }
    }
}

/// What the rules say of a certificate that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "CertificateRuling"))]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It may be issued after the check (可以出具).
    Issue,
    /// It is not the committee's to issue (不予出具).
    Refuse,
    /// No rule is known: whoever wants it is to say the law (需要依据).
    NeedsBasis,
}

impl Rule {
    /// As clerks say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Issue => "可以出具",
            Self::Refuse => "不予出具",
            Self::NeedsBasis => "需要依据",
        }
    }
}
