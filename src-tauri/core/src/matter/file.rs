//! The words of matters (议题) as `assets/meetings/matter.toml` says them: ways in, proposers, states,
//! transitions, what is offered next.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::meeting::book;
use crate::meeting::kind::{Deadline, Field, Level, Paper, Proposer, Record};
use crate::meeting::parameter::ParameterEntry;

static RULES: LazyLock<std::result::Result<MatterFile, String>> = LazyLock::new(load);

/// Everything the file says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MatterFile {
    pub id: String,
    pub number: String,
    pub pad: usize,
    #[serde(rename = "parameter")]
    pub parameters: Vec<ParameterEntry>,
    #[serde(rename = "way_in")]
    pub ways_in: Vec<WayIn>,
    #[serde(rename = "proposer")]
    pub proposers: Vec<Proposer>,
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    #[serde(rename = "record")]
    pub records: Vec<Record>,
    #[serde(rename = "state")]
    pub states: Vec<StateWord>,
    #[serde(rename = "transition")]
    pub transitions: Vec<Transition>,
    #[serde(rename = "check")]
    pub checks: Vec<CheckWord>,
    #[serde(rename = "reason")]
    pub reasons: Vec<ReasonWord>,
    #[serde(rename = "chain")]
    pub chains: Vec<Chain>,
    #[serde(rename = "deadline")]
    pub deadlines: Vec<Deadline>,
    #[serde(rename = "paper")]
    pub papers: Vec<Paper>,
}

/// How a matter comes in (怎么来的).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WayIn {
    pub id: String,
    pub title: String,
    pub proposer: String,
    /// The proposer rules it must pass.
    pub check: String,
    pub needs: Vec<String>,
    pub paper: String,
    pub meeting: String,
}

/// A state (状态).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StateWord {
    pub id: String,
    pub title: String,
    pub open: bool,
}

/// A step from one state to another.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Transition {
    pub id: String,
    pub title: String,
    pub from: Vec<String>,
    pub to: String,
    pub who: String,
    pub needs: Vec<String>,
    pub reason: bool,
    pub check: String,
    pub paper: String,
}

/// A rule a transition looks at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CheckWord {
    pub id: String,
    pub text: String,
    pub level: Level,
}

/// A reason to decline or pass on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReasonWord {
    pub id: String,
    pub title: String,
    pub to: String,
    pub text: String,
    pub next: String,
}

/// What is offered after a meeting.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Chain {
    pub from: String,
    pub outcome: Vec<String>,
    pub to: String,
    pub text: String,
}

/// The rules of the program.
///
/// # Errors
/// The shipped file is broken.
pub fn rules() -> Result<&'static MatterFile> {
    RULES.as_ref().map_err(|error| Error::Bug(error.clone()))
}

fn load() -> std::result::Result<MatterFile, String> {
    let text = book::file("matter.toml").ok_or("assets/meetings/matter.toml is missing")?;
    let file: MatterFile = toml::from_str(text).map_err(|error| format!("matter.toml: {error}"))?;
    let is_state = |id: &String| file.states.iter().any(|state| state.id == *id);
    let is_field = |id: &String| {
        file.fields.iter().any(|field| field.id == *id) || file.records.iter().any(|record| record.id == *id)
    };
    for step in &file.transitions {
        if let Some(wrong) = step.from.iter().chain([&step.to]).find(|id| !is_state(id)) {
            return Err(format!("matter.toml: {} names the state {wrong}", step.id));
        }
    }
    let needs = file.transitions.iter().flat_map(|step| &step.needs);
    if let Some(wrong) = needs.chain(file.ways_in.iter().flat_map(|way| &way.needs)).find(|id| !is_field(id))
    {
        return Err(format!("matter.toml: there is no field {wrong}"));
    }
    Ok(file)
}

impl MatterFile {
    /// The title of a state.
    pub fn state(&self, id: &str) -> String {
        self.states
            .iter()
            .find(|state| state.id == id)
            .map_or_else(|| id.to_owned(), |state| state.title.clone())
    }

    /// Where a new matter stands.
    pub fn first_state(&self) -> &str {
        self.states.first().map_or("", |state| &state.id)
    }

    /// A way in by id or title.
    pub fn way_in(&self, id: &str) -> Option<&WayIn> {
        self.ways_in.iter().find(|way| way.id == id || way.title == id)
    }
}
