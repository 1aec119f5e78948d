//! Matters (议题): what residents or superiors bring up, and its way through all its meetings.
//!
//! `file` holds the words and rules of `assets/meetings/matter.toml`; this file the pure checks;
//! `store` the SQL; `api` the commands; `archive` and `statistics` what can be filed and counted.

pub mod api;
pub mod archive;
pub mod course;
pub(crate) mod file;
pub mod statistics;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use crate::calendar::Calendar;
use crate::meeting::case::{Finding, Row, Values, day_of, text_of};
use crate::meeting::due::{self, Due};
use crate::meeting::kind::{Compare, Level, Proposer};
use crate::meeting::parameter::Parameters;
use file::{MatterFile, Transition, WayIn};

/// A matter as its rules see it.
#[derive(Debug, Clone)]
pub(crate) struct Dossier<'a> {
    pub rules: &'a MatterFile,
    pub parameters: Parameters,
    pub calendar: Calendar,
    pub today: NaiveDate,
    pub state: String,
    pub way_in: String,
    pub values: Values,
    pub rows: Vec<Row>,
    /// What its meetings have not done yet, each a sentence; by check.
    pub open_work: Vec<(&'static str, String)>,
}

/// What is missing before a transition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MatterMissing {
    /// A sentence.
    pub text: String,
    /// How much it weighs.
    pub level: Level,
    /// Field to look at, when there is one.
    pub field: String,
}

impl Dossier<'_> {
    fn text(&self, field: &str) -> String {
        match field {
            "way_in" => self.way_in.clone(),
            _ => self.values.get(field).map(text_of).unwrap_or_default(),
        }
    }

    fn number(&self, field: &str) -> i64 {
        self.text(field).trim().parse().unwrap_or(0)
    }

    /// Whether a field, or a row of a record, is there.
    fn has(&self, id: &str) -> bool {
        !self.text(id).trim().is_empty() || self.rows.iter().any(|row| row.record == id)
    }

    fn day(&self, from: &str) -> Option<NaiveDate> {
        match from.split_once('.') {
            None => day_of(&self.text(from)),
            Some((record, column)) => {
                let rows = self.rows.iter().filter(|row| row.record == record);
                rows.filter_map(|row| day_of(&text_of(row.values.get(column)?))).max()
            }
        }
    }

    /// The transitions that start where the matter stands.
    pub fn steps(&self) -> Vec<&Transition> {
        self.rules.transitions.iter().filter(|step| step.from.contains(&self.state)).collect()
    }
}

/// What each rule about proposers found for the way the matter came in; empty when none is asked.
pub(crate) fn proposers(dossier: &Dossier<'_>) -> Vec<Finding> {
    let way = dossier.rules.way_in(&dossier.way_in);
    let Some(way) = way.filter(|way| !way.check.is_empty()) else { return Vec::new() };
    let rules = dossier.rules.proposers.iter().filter(|rule| rule.any_of == way.check);
    rules.map(|rule| proposer(dossier, rule)).collect()
}

fn proposer(dossier: &Dossier<'_>, rule: &Proposer) -> Finding {
    let (count, base) = (dossier.number(&rule.count_field), dossier.number(&rule.base_field));
    let share = dossier.parameters.ratio(&rule.parameter);
    let strictly = rule.compare == Compare::MoreThan;
    let met = share.is_some_and(|share| {
        if strictly { share.is_passed(count, base) } else { share.is_reached(count, base) }
    });
    let needed = share.map_or(0, |share| share.fewest(base, strictly));
    let text = rule.text.replace("{count}", &count.to_string()).replace("{base}", &base.to_string());
    let parameter = dossier.parameters.get(&rule.parameter);
    Finding {
        id: rule.id.clone(),
        met,
        level: Level::Reason,
        text: text.replace("{needed}", &needed.to_string()),
        checked: rule.checked && parameter.is_none_or(|one| one.entry.checked || one.is_local),
    }
}

/// Whether enough stand behind the proposal; true when nobody has to.
pub(crate) fn is_backed(dossier: &Dossier<'_>) -> bool {
    let found = proposers(dossier);
    found.is_empty() || found.iter().any(|one| one.met)
}

/// What is missing before a transition.
pub(crate) fn missing(dossier: &Dossier<'_>, step: &Transition) -> Vec<MatterMissing> {
    let way_needs = dossier.rules.way_in(&dossier.way_in).map(|way: &WayIn| way.needs.as_slice());
    // What the way in asks for is looked at when the matter leaves its first state for a review.
    let leaves = step.from.iter().any(|from| from == dossier.rules.first_state()) && !step.needs.is_empty();
    let way_needs = way_needs.filter(|_| leaves).unwrap_or(&[]);
    let fields = step.needs.iter().chain(way_needs).filter(|id| !dossier.has(id));
    let mut said: Vec<MatterMissing> = fields
        .map(|id| MatterMissing {
            text: format!("缺{}", title(dossier, id)),
            level: Level::Stop,
            field: id.clone(),
        })
        .collect();
    let level =
        dossier.rules.checks.iter().find(|check| check.id == step.check).map_or(Level::Reason, |c| c.level);
    if step.check == "proposer" && !is_backed(dossier) {
        let found = proposers(dossier).into_iter().map(|one| one.text).collect::<Vec<_>>().join("；");
        said.push(MatterMissing {
            text: format!("联名人数不够：{found}"), level, field: String::new()
        });
    }
    let open = dossier.open_work.iter().filter(|(check, _)| *check == step.check);
    said.extend(open.map(|(_, text)| MatterMissing { text: text.clone(), level, field: String::new() }));
    said
}

fn title(dossier: &Dossier<'_>, id: &str) -> String {
    let field = dossier.rules.fields.iter().find(|field| field.id == id).map(|field| field.title.clone());
    let record =
        || dossier.rules.records.iter().find(|record| record.id == id).map(|record| record.title.clone());
    field.or_else(record).unwrap_or_else(|| id.to_owned())
}

/// The periods of a matter.
pub(crate) fn dues(dossier: &Dossier<'_>) -> Vec<Due> {
    let is_over = !dossier.rules.states.iter().any(|state| state.id == dossier.state && state.open);
    let rules = dossier.rules.deadlines.iter().map(|rule| {
        let last = dossier.day(&rule.from).zip(due::period(&dossier.parameters, rule));
        let last = last.map(|(from, period)| period.end(&dossier.calendar, from));
        // A period that repeats is met by the end of the matter, not by its last row.
        let met_by = if rule.met_by.contains('.') { "closed_on" } else { &rule.met_by };
        let is_met = is_over || dossier.has(met_by);
        let parameter = dossier.parameters.get(&rule.parameter);
        let said = parameter.map(crate::meeting::parameter::Parameter::said).unwrap_or_default();
        Due {
            id: rule.id.clone(),
            title: rule.title.clone(),
            on: last.map(|day| day.to_string()).unwrap_or_default(),
            state: due::state(last, dossier.day(met_by), is_met, rule.remind, dossier.today),
            who: rule.who.clone(),
            text: rule.text.replace(&format!("{{parameter.{}}}", rule.parameter), &said),
            chase: rule.chase.clone(),
            stage: String::new(),
            checked: rule.checked && parameter.is_none_or(|one| one.entry.checked || one.is_local),
        }
    });
    rules.collect()
}

/// Whether a value is no value.
pub(crate) fn is_blank(value: &Value) -> bool {
    text_of(value).trim().is_empty()
}
