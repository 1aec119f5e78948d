//! A meeting as its rules see it: the kind, the parameters of its day, and everything noted so far.
//!
//! Pure: a case is filled by `store` and read by the rules; nothing here writes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kind::{Kind, Level, Seat};
use super::parameter::Parameters;
use crate::calendar::Calendar;

/// Values of a meeting, a matter or a row, by field.
pub type Values = BTreeMap<String, Value>;

/// Whether and since when somebody is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// Not there yet.
    #[default]
    Expected,
    /// There (到会).
    Present,
    /// Somebody else speaks for them in writing (委托).
    Agent,
    /// Asked for leave (请假).
    Leave,
    /// Not there at the end (缺席).
    Absent,
}

/// Somebody on the roll (名单).
#[derive(Debug, Clone, Default)]
pub struct Attendee {
    pub id: i64,
    pub resident: Option<i64>,
    pub name: String,
    pub roles: Vec<String>,
    pub unit: String,
    pub phone: String,
    pub building: String,
    pub room: String,
    pub arrival: Arrival,
    pub arrived_at: String,
    pub note: String,
    pub signed_on: String,
}

/// A row of a record.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub id: i64,
    pub record: String,
    pub values: Values,
}

/// What was counted in one building, for one subject and indicator, or in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(default, deny_unknown_fields)]
pub struct Count {
    /// Building, for a table by building.
    pub building: String,
    /// Row number of what is graded.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub subject: Option<i64>,
    /// Row number of the indicator.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub indicator: Option<i64>,
    /// Votes by choice.
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub people: BTreeMap<String, i64>,
    /// Households by choice, recorded beside.
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub households: BTreeMap<String, i64>,
    /// Households asked.
    #[cfg_attr(test, ts(type = "number"))]
    pub asked: i64,
    /// Households that did not answer.
    #[cfg_attr(test, ts(type = "number"))]
    pub unanswered: i64,
}

/// Everything counted in one vote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(default, deny_unknown_fields)]
pub struct Counts {
    /// One line, or one for each building or graded pair.
    pub lines: Vec<Count>,
    /// Present and did not vote.
    #[cfg_attr(test, ts(type = "number"))]
    pub not_voted: i64,
    /// Ballots handed out (发出).
    #[cfg_attr(test, ts(type = "number"))]
    pub issued: i64,
    /// Ballots that came back (收回).
    #[cfg_attr(test, ts(type = "number"))]
    pub collected: i64,
    /// Valid ones (有效).
    #[cfg_attr(test, ts(type = "number"))]
    pub valid: i64,
    /// Void ones (作废).
    #[cfg_attr(test, ts(type = "number"))]
    pub void: i64,
    /// Votes cast for others with their authorisation.
    #[cfg_attr(test, ts(type = "number"))]
    pub proxies: i64,
    /// Choice the clerk named where a tie asks for it.
    pub tie: String,
}

/// One version of the counts of a vote (计票).
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub id: i64,
    pub attempt: i64,
    pub vote: String,
    pub version: i64,
    pub counts: Counts,
    pub locked_at: String,
    pub reason: String,
}

/// A step on the way of a meeting.
#[derive(Debug, Clone, Default)]
pub struct Step {
    pub attempt: i64,
    /// Stage, or paper of a printed one.
    pub stage: String,
    /// `done`, `skipped` or `printed`.
    pub act: String,
    pub way: String,
    pub reason: String,
    pub on_day: String,
    pub who: String,
    /// Labels that were missing and went on with the reason.
    pub missing: Vec<String>,
}

/// An attempt that came to nothing (流会).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Attempt {
    /// Which one, from one.
    #[cfg_attr(test, ts(type = "number"))]
    pub attempt: i64,
    /// When it should have been held.
    pub held_at: String,
    /// 应到.
    #[cfg_attr(test, ts(type = "number"))]
    pub expected: i64,
    /// 实到.
    #[cfg_attr(test, ts(type = "number"))]
    pub present: i64,
    /// Who was there.
    pub names: Vec<String>,
    /// Why.
    pub reason: String,
    /// All values as they were.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Values,
}

/// A meeting with everything its rules look at.
#[derive(Debug, Clone)]
pub struct Case<'k> {
    pub kind: &'k Kind,
    pub parameters: Parameters,
    pub calendar: Calendar,
    pub today: NaiveDate,
    pub values: Values,
    pub people: Vec<Attendee>,
    pub rows: Vec<Row>,
    pub tallies: Vec<Tally>,
    pub steps: Vec<Step>,
    pub attempts: Vec<Attempt>,
}

/// The text of a value; lists joined by 、.
#[must_use]
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

/// The day a value begins with.
#[must_use]
pub fn day_of(text: &str) -> Option<NaiveDate> {
    text.get(..10).and_then(|day| day.parse().ok())
}

/// Whether a value is what a file asks for.
#[must_use]
pub fn equals(value: &Value, wanted: Option<&toml::Value>) -> bool {
    match wanted {
        None | Some(toml::Value::Boolean(true)) => *value == Value::Bool(true) || text_of(value) == "是",
        Some(toml::Value::Boolean(false)) => *value == Value::Bool(false) || text_of(value) == "否",
        Some(toml::Value::String(text)) => text_of(value) == *text,
        Some(toml::Value::Array(any)) => any.iter().any(|one| equals(value, Some(one))),
        Some(other) => text_of(value) == other.to_string(),
    }
}

impl Case<'_> {
    /// The attempt that runs, from one.
    pub fn attempt(&self) -> i64 {
        i64::try_from(self.attempts.len()).unwrap_or(0) + 1
    }

    pub fn value(&self, field: &str) -> &Value {
        self.values.get(field).unwrap_or(&Value::Null)
    }

    pub fn text(&self, field: &str) -> String {
        text_of(self.value(field))
    }

    pub fn is_filled(&self, field: &str) -> bool {
        !self.text(field).trim().is_empty()
    }

    /// Whether a rule that hangs on a field is on: a yes, or one of the words.
    pub fn is_on(&self, if_field: &str, if_in: &[String]) -> bool {
        let text = self.text(if_field);
        if if_in.is_empty() {
            if_field.is_empty() || equals(self.value(if_field), None)
        } else {
            if_in.contains(&text)
        }
    }

    /// Whether a yes-field waives a rule.
    pub fn is_waived(&self, waived_by: &str) -> bool {
        !waived_by.is_empty() && equals(self.value(waived_by), None)
    }

    pub fn number(&self, field: &str) -> Option<i64> {
        self.text(field).trim().parse().ok()
    }

    /// The day of a field, of `record.column` (the latest), or of the end of a stage.
    pub fn day(&self, from: &str) -> Option<NaiveDate> {
        if let Some((record, column)) = from.split_once('.') {
            let days = self.rows(record).filter_map(|row| day_of(&text_of(row.values.get(column)?)));
            return days.max();
        }
        day_of(&self.text(from)).or_else(|| {
            let ended = self.steps.iter().rev().find(|step| step.stage == from && step.act == "done");
            ended.and_then(|step| day_of(&step.on_day))
        })
    }

    pub fn rows<'a>(&'a self, record: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.record == record)
    }

    fn has_seat(&self, attendee: &Attendee, seat: Seat) -> bool {
        attendee.roles.iter().any(|role| self.kind.role(role).is_some_and(|role| role.seat == seat))
    }

    /// The people of roles; a seat's name stands for all its roles, no role for the whole group.
    pub fn people_in<'a>(&'a self, roles: &'a [String]) -> impl Iterator<Item = &'a Attendee> {
        self.people.iter().filter(move |attendee| {
            if roles.is_empty() {
                return self.has_seat(attendee, Seat::Group);
            }
            roles.iter().any(|role| match role.as_str() {
                "group" => self.has_seat(attendee, Seat::Group),
                "group_present" => self.has_seat(attendee, Seat::Group) && attendee.is_there(false),
                "party" | "parties" if self.kind.role(role).is_none() => self.has_seat(attendee, Seat::Party),
                _ => attendee.roles.contains(role),
            })
        })
    }

    /// Everybody with a seat.
    pub fn seated(&self, seat: Seat) -> impl Iterator<Item = &Attendee> {
        self.people.iter().filter(move |attendee| self.has_seat(attendee, seat))
    }

    /// The version of a vote that counts now.
    pub fn tally(&self, vote: &str) -> Option<&Tally> {
        let own = |tally: &&Tally| tally.vote == vote && tally.attempt == self.attempt();
        self.tallies.iter().filter(own).max_by_key(|tally| tally.version)
    }
}

impl Attendee {
    /// Whether the person counts as there.
    pub fn is_there(&self, agents: bool) -> bool {
        self.arrival == Arrival::Present || agents && self.arrival == Arrival::Agent
    }
}

/// Something a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MeetingFinding"))]
pub struct Finding {
    /// Id of the rule.
    pub id: String,
    /// Whether it holds.
    pub met: bool,
    /// How much it weighs.
    pub level: Level,
    /// The rule and what was found, a sentence.
    pub text: String,
    /// Whether somebody compared the rule with its source; otherwise 未核实，请按本地规定修改.
    pub checked: bool,
}
