//! The words of a meeting kind (会议种类) as its folder of data says them: stages, roles, rules,
//! documents, deadlines. Every number is a parameter; nothing of one kind stands in code.
//!
//! Deliberately absent: finding and checking the files (`book`), and what the rules come to.

// Some words are read by the papers only, which are reports of their own.
#![allow(dead_code)]

use serde::Deserialize;

use super::parameter::ParameterEntry;

mod asks;
mod rules;
mod words;

pub use asks::{AgendaPoint, Deadline, Field, Mandatory, Need, Paper, Phrase, Post, Record, Stage, Way};
pub use rules::{Base, Choice, Composition, Outcome, Proposer, QuorumRule, Role, Vote};
pub use words::{
    AddsTo, Compare, CompositionRule, Decides, Direction, FieldKind, Level, MatterUse, NeedKind, Of,
    OutcomeRule, QuorumOf, Seat, Skip, Tie, VoteKind, WayWhen,
};

/// A meeting kind. The parts every kind has (`common.toml`) are merged in when it is loaded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Kind {
    /// Id and name of the folder.
    pub id: String,
    /// Title, such as 听证会.
    pub title: String,
    /// The word of its numbers, such as 听.
    pub word: String,
    /// The heading it stands under, such as 三会.
    pub group: String,
    /// Place among the others.
    pub order: u16,
    /// What it is for.
    pub purpose: String,
    /// Who convenes it.
    pub convener: String,
    /// 事前, 事中 or 事后.
    pub when: String,
    /// Whether it hangs on a matter.
    pub matter: MatterUse,
    /// Whether it may be held again as a next round.
    pub rounds: bool,
    /// What it decides.
    pub decides: Decides,
    /// Optional kinds offered as the step in front.
    pub before: Vec<String>,
    /// How its numbers are printed.
    pub number: String,
    /// Common fields, records and roles it does not use.
    pub without: Vec<String>,
    /// The day the data was made.
    pub version: String,
    /// Where it was taken from, a sentence or a list of laws.
    pub source: Option<toml::Value>,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
    #[serde(rename = "parameter")]
    /// Numbers of the rules.
    pub parameters: Vec<ParameterEntry>,
    #[serde(rename = "role")]
    /// Who takes part.
    pub roles: Vec<Role>,
    /// Rules of composition.
    pub composition: Vec<Composition>,
    /// How many must be there.
    pub quorum: QuorumRule,
    #[serde(rename = "base")]
    /// What 应到 may be counted by.
    pub bases: Vec<Base>,
    #[serde(rename = "proposer")]
    /// Who may call for it.
    pub proposers: Vec<Proposer>,
    #[serde(rename = "vote")]
    /// Votes.
    pub votes: Vec<Vote>,
    #[serde(rename = "outcome")]
    /// Outcomes, the first that fits wins.
    pub outcomes: Vec<Outcome>,
    #[serde(rename = "figure")]
    /// Shown numbers.
    pub figures: Vec<Outcome>,
    #[serde(rename = "field")]
    /// What is asked once.
    pub fields: Vec<Field>,
    #[serde(rename = "record")]
    /// What is asked in rows.
    pub records: Vec<Record>,
    #[serde(rename = "stage")]
    /// Stages in order.
    pub stages: Vec<Stage>,
    #[serde(rename = "deadline")]
    /// Periods.
    pub deadlines: Vec<Deadline>,
    #[serde(rename = "paper")]
    /// Papers.
    pub papers: Vec<Paper>,
    /// The usual order of business.
    pub agenda: Vec<AgendaPoint>,
    #[serde(rename = "phrase")]
    /// Blocks of the minutes.
    pub phrases: Vec<Phrase>,
    #[serde(rename = "post")]
    /// Ledgers the meeting is entered into.
    pub posts: Vec<Post>,
    /// Topics that must go to another kind.
    pub mandatory: Vec<Mandatory>,
}

/// What is not said about having been compared with its source has been.
pub(crate) const fn yes() -> bool {
    true
}

impl Kind {
    /// The stage of that id and its place.
    #[must_use]
    pub fn stage(&self, id: &str) -> Option<(usize, &Stage)> {
        self.stages.iter().enumerate().find(|(_, stage)| stage.id == id)
    }

    /// The role of that id.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The vote of that id.
    #[must_use]
    pub fn vote(&self, id: &str) -> Option<&Vote> {
        self.votes.iter().find(|vote| vote.id == id)
    }

    /// The field of that id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The record of that id.
    #[must_use]
    pub fn record(&self, id: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }

    /// Ids of the roles with a seat.
    pub fn seated(&self, seat: Seat) -> impl Iterator<Item = &str> {
        self.roles.iter().filter(move |role| role.seat == seat).map(|role| role.id.as_str())
    }
}
