//! The rules of a kind of meeting: who takes part, how many, how votes are counted and read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::words::{AddsTo, Compare, CompositionRule, Level, Of, OutcomeRule, QuorumOf, Seat, Tie, VoteKind};
use super::yes;

/// Who takes part (参会身份).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Role {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Seat.
    pub seat: Seat,
    /// Whether they may vote.
    pub votes: bool,
    /// How many at least.
    pub least: u32,
    /// Where they are picked from: register, post, unit or free.
    pub from: String,
    /// Posts they are picked from.
    pub post: Voters,
    /// Whether there may be several.
    #[serde(default = "yes")]
    pub many: bool,
    /// Whether they count as residents.
    pub resident: bool,
    /// What the clerk should know.
    pub help: String,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// A rule of composition (组成规则).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Composition {
    /// Id.
    pub id: String,
    /// The rule.
    pub rule: CompositionRule,
    /// Roles it is about; empty means the group.
    pub roles: Vec<String>,
    /// Roles a share is of; empty means the group.
    pub of: Vec<String>,
    /// Number it compares with.
    pub parameter: String,
    /// Weight.
    pub level: Level,
    /// The rule in words.
    pub text: String,
    /// Fields it compares with.
    pub fields: Vec<String>,
    /// The field of buildings.
    pub field: String,
    /// Number it compares with, where no parameter says it.
    pub value: Option<i64>,
    /// Counted for each `group` or `household` by itself.
    pub by: String,
    /// Yes-field that switches it on.
    pub if_field: String,
    /// Words of that field that switch it on.
    pub if_in: Vec<String>,
    /// Yes-field that waives it.
    pub waived_by: String,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// How many must be there (到会人数).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct QuorumRule {
    /// Of whom.
    pub of: QuorumOf,
    /// How it is compared.
    pub compare: Compare,
    /// The share.
    pub parameter: String,
    /// Whether a written authorisation counts as present.
    pub agents: bool,
    /// The way that is open without it.
    pub failed: String,
    /// In words.
    pub text: String,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// What 应到 may be counted by (基数).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Base {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Field that holds the number.
    pub count_field: String,
    /// Fewest, a parameter.
    pub floor: String,
    /// Most, a parameter.
    pub ceiling: String,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// How many must stand behind a proposal (联名够不够).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Proposer {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Word of the way in that asks for it; any one rule of the word is enough.
    pub any_of: String,
    /// Field that holds how many propose.
    pub count_field: String,
    /// Field that holds of how many.
    pub base_field: String,
    /// How they are compared.
    pub compare: Compare,
    /// The share.
    pub parameter: String,
    /// In words.
    pub text: String,
    /// Field that switches it on.
    pub if_field: String,
    /// Words of that field that switch it on.
    pub if_in: Vec<String>,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// A choice of a vote.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct Choice {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}

/// A vote (表决).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Vote {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// How it is taken.
    pub kind: VoteKind,
    /// Choices in order.
    pub choices: Vec<Choice>,
    /// Roles that vote; empty means every role that may.
    pub voters: Voters,
    /// What is counted: people, households.
    pub units: Vec<String>,
    /// Whether there is a table for each building.
    pub by_building: bool,
    /// Whether it is secret.
    pub secret: bool,
    /// What the counts add up to.
    pub adds_to: AddsTo,
    /// Stage it belongs to.
    pub stage: String,
    /// Choices that say yes.
    pub pro: Vec<String>,
    /// Choices that say no.
    pub con: Vec<String>,
    /// Choices whose reasons must be written down.
    pub minority: Vec<String>,
    /// Record whose rows are graded.
    pub subjects: String,
    /// Record whose rows are what is graded.
    pub indicators: String,
    /// Title of the indicator that decides alone.
    pub overall: String,
    /// Whether it may be left out.
    pub optional: bool,
    /// In words.
    pub text: String,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// Names written as one word or as a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Voters {
    /// Several roles.
    Roles(Vec<String>),
    /// One role or seat.
    One(String),
}

impl Voters {
    /// The names.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Roles(names) => names.iter().map(String::as_str).collect(),
            Self::One(name) if name.is_empty() => Vec::new(),
            Self::One(name) => vec![name],
        }
    }
}

impl Default for Voters {
    fn default() -> Self {
        Self::Roles(Vec::new())
    }
}

/// An outcome (结论) or a shown number.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Vote it reads.
    pub vote: String,
    /// Rule.
    pub rule: OutcomeRule,
    /// Choices that count.
    pub choices: Vec<String>,
    /// What they are a share of.
    pub of: Of,
    /// The share, points or percent.
    pub parameter: String,
    /// Points of choices, as parameters.
    pub points: BTreeMap<String, String>,
    /// Who wins a tie.
    pub tie: Tie,
    /// Column whose numbers weigh the indicators.
    pub weights: String,
    /// Rule of counting it belongs to, where the clerk chooses one.
    pub method: String,
    /// What it means in words.
    pub text: String,
    /// What comes next in words.
    pub next: String,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}
