//! Facts (已知信息): one value known of one subject, with the day it was observed and the op that
//! wrote it. Whoever needs a value reads it here or through the feature that owns the subject;
//! nothing is copied.
//!
//! What earlier values were is not kept here a second time: the journal has the before-images.

mod store;

pub use store::{FactWriter, Known, of_fields, of_subject, of_subjects, set};

/// What facts can be known of (对象).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    /// A resident (居民).
    Resident,
    /// A household (户).
    Household,
    /// A place (房屋).
    Place,
}

impl SubjectKind {
    /// The word in the table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Household => "household",
            Self::Place => "place",
        }
    }
}

pub use store::add_subject;
