//! Tasks handed down (交办任务): from whom, by when, whose work of the two lists, who does it, how
//! many hours it took, and what comes round again.
//!
//! Whether a task should be taken at all is asked of [`crate::gate`]; sums over many tasks are
//! [`crate::burden`].

pub mod api;
mod repeat;
mod store;
#[cfg(test)]
mod tests;

pub use repeat::{Every, Repeat, Shift};
pub use store::{Filter, NewWork, Used, Work, add, add_work, get, hours, list, open, used};

use chrono::{Datelike, Days, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::duty::Side;

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "TaskState"))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To be done (在办).
    Open,
    /// Done (办结).
    Done,
    /// Not to be done after all (撤回、不办).
    Dropped,
}

impl State {
    /// The word it is kept under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "done" => Self::Done,
            "dropped" => Self::Dropped,
            _ => Self::Open,
        }
    }
}

/// What came with a task besides the work (费随事转、权随责走).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "TaskSupport", optional_fields = nullable))]
#[serde(deny_unknown_fields, default)]
pub struct Support {
    /// Money in yuan.
    pub money: Option<u32>,
    /// People sent to help.
    pub people: Option<u32>,
    /// Authority or means, in words.
    pub means: Option<String>,
}

impl Support {
    /// Whether nothing came.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.money.unwrap_or(0) == 0
            && self.people.unwrap_or(0) == 0
            && self.means.as_deref().unwrap_or_default().is_empty()
    }
}

/// What a task says besides the columns that are asked for every day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Extra {
    /// How it comes round again.
    pub repeat: Option<Repeat>,
    /// Ledger it is about.
    pub ledger: Option<String>,
    /// Title of the form that is to be filled in (上级表格).
    pub form: Option<String>,
    /// Number of the submission that answered it.
    pub submission: Option<i64>,
    /// What shows that it was done: names of files, links, words.
    pub evidence: Vec<String>,
    /// What came with it.
    pub support: Support,
    /// Remark.
    pub note: String,
    /// Why it was dropped.
    pub dropped: String,
}

/// A task handed down (交办任务).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Number of the row; 0 while it is new.
    pub id: i64,
    /// What is to be done.
    pub title: String,
    /// Who hands it down (条线部门).
    pub department: String,
    /// How it came, such as 微信群.
    pub channel: String,
    /// When it came.
    pub received_at: NaiveDateTime,
    /// By when it is due.
    pub due_at: Option<NaiveDateTime>,
    /// Who of the committee does it.
    pub owner: String,
    /// Whose work it is.
    pub side: Side,
    /// Item of the two lists it belongs to.
    pub duty: Option<String>,
    /// How far it is.
    pub state: State,
    /// When it was finished.
    pub finished_at: Option<NaiveDateTime>,
    /// The notice it came by.
    pub notice: Option<i64>,
    /// The task it comes after in a series.
    pub before: Option<i64>,
    /// The rest.
    pub extra: Extra,
    /// Minutes worked on it.
    pub minutes: i64,
}

/// Where an open task stands on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "TaskDue"))]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Past its moment (逾期).
    Overdue,
    /// Today (今天).
    Today,
    /// Before the end of Sunday (本周).
    Week,
    /// Later (以后).
    Later,
    /// No moment is known (没写期限).
    Undated,
}

impl Due {
    /// Every place of the board, in order.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::Today, Self::Week, Self::Later, Self::Undated];

    /// As clerks say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Overdue => "逾期",
            Self::Today => "今天",
            Self::Week => "本周",
            Self::Later => "以后",
            Self::Undated => "没写期限",
        }
    }

    /// Where something due at a moment stands now.
    #[must_use]
    pub fn of(due: Option<NaiveDateTime>, now: NaiveDateTime) -> Self {
        let Some(due) = due else { return Self::Undated };
        let to_sunday = u64::from(6 - now.weekday().num_days_from_monday());
        let sunday = now.date().checked_add_days(Days::new(to_sunday)).unwrap_or(now.date());
        match () {
            () if due < now => Self::Overdue,
            () if due.date() == now.date() => Self::Today,
            () if due.date() <= sunday => Self::Week,
            () => Self::Later,
        }
    }
}
