//! One entry of a list: what all entries have, and what the entries of each list say.
//!
//! The shape is that of `assets/lists` and `assets/certificates`; a row of the office keeps the same
//! words as JSON.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Error, Result};

/// A list (清单).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "DutyListId"))]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// What the committee does by law (依法履职事项).
    Own,
    /// What it helps the government with (协助政府事项).
    Help,
    /// What is not to be handed down (负面清单).
    Negative,
    /// Work of departments that is typically handed down (常见清单外事项).
    Outside,
    /// What needs admission before it comes (需准入事项).
    Admission,
    /// Certificates that are not issued (不应出具的证明).
    Refuse,
    /// Certificates that may be issued (可以出具的证明).
    Issue,
}

impl List {
    /// Every list, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::Own,
        Self::Help,
        Self::Negative,
        Self::Outside,
        Self::Admission,
        Self::Refuse,
        Self::Issue,
    ];

    /// The word it is kept under, also the name of its file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Help => "help",
            Self::Negative => "negative",
            Self::Outside => "outside",
            Self::Admission => "admission",
            Self::Refuse => "refuse",
            Self::Issue => "issue",
        }
    }

    /// The list of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.word() == word)
    }

    /// As clerks say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Own => "依法履职事项",
            Self::Help => "协助政府事项",
            Self::Negative => "负面清单",
            Self::Outside => "常见清单外事项",
            Self::Admission => "需准入事项",
            Self::Refuse => "不予出具的证明",
            Self::Issue => "可以出具的证明",
        }
    }

    /// The side of the two lists it is.
    #[must_use]
    pub const fn side(self) -> Option<Side> {
        match self {
            Self::Own => Some(Side::Committee),
            Self::Help => Some(Side::Government),
            Self::Negative | Self::Outside | Self::Admission | Self::Refuse | Self::Issue => None,
        }
    }
}

/// Whose work something is, for hours and counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "DutySide"))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The committee's own duty (依法履职).
    Committee,
    /// Help for the government (协助政府).
    Government,
    /// On neither list (清单外).
    Unlisted,
}

impl Side {
    /// The word it is kept under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Committee => "committee",
            Self::Government => "government",
            Self::Unlisted => "unlisted",
        }
    }

    /// The side of that word; on neither list when it is none.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "committee" => Self::Committee,
            "government" => Self::Government,
            _ => Self::Unlisted,
        }
    }

    /// As clerks say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Committee => "依法履职",
            Self::Government => "协助政府",
            Self::Unlisted => "清单外",
        }
    }
}

/// A legal basis (依据).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "DutyBasis"))]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Name of the law or paper, without 《》.
    pub law: String,
    /// Articles, such as 第四条、第十一条.
    #[serde(default)]
    pub article: String,
    /// The day of the version it was taken from, `YYYY-MM-DD` or less.
    #[serde(default)]
    pub version: String,
    /// Whether somebody compared it with the text in force.
    #[serde(default = "yes")]
    pub checked: bool,
    /// What to know of it.
    #[serde(default)]
    pub note: String,
}

impl Basis {
    /// As written in a paper, such as 《社会救助暂行办法》第四条.
    #[must_use]
    pub fn text(&self) -> String {
        format!("《{}》{}", self.law, self.article)
    }
}

pub(super) const fn yes() -> bool {
    true
}

/// How often an item comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "DutyCycle"))]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// When needed.
    #[default]
    OnDemand,
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Twice a year.
    HalfYearly,
    /// Every year.
    Yearly,
    /// Once a term of office.
    Term,
}

/// Whether an item of help counts at present (状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "DutyState"))]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// In force (在册).
    #[default]
    InForce,
    /// On trial (试行).
    Trial,
    /// Paused (暂停).
    Paused,
    /// Left the list (退出).
    Left,
}

impl ItemState {
    /// As clerks say it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::InForce => "在册",
            Self::Trial => "试行",
            Self::Paused => "暂停",
            Self::Left => "退出",
        }
    }

    /// Whether the item counts as listed.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::InForce | Self::Trial)
    }
}

/// An item of the two lists (事项).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Item {
    /// Stable id, such as `help-01`.
    pub id: String,
    /// Group (类别).
    pub group: String,
    /// Title (事项名称).
    pub title: String,
    /// What is done (具体内容、协助内容).
    pub content: String,
    /// Who of the committee (责任人、承办人).
    pub responsible: String,
    /// Responsible body (责任主体), only of help.
    pub department: String,
    /// How often, in words.
    pub frequency: String,
    /// How often, for recurring tasks.
    pub cycle: Cycle,
    /// What comes out (成果形式).
    pub outcome: String,
    /// What authority comes with it (权).
    pub right: String,
    /// What money comes with it (费).
    pub funds: String,
    /// What means come with it (物).
    pub means: String,
    /// Form or system it is handed in by (报送载体).
    pub carrier: String,
    /// Number of the admission (准入文号).
    pub admission: String,
    /// First day of the admission.
    pub admitted_from: String,
    /// Last day of the admission.
    pub admitted_to: String,
    /// Whether it counts at present.
    pub state: ItemState,
    /// Hours a year agreed with the department; 0 when not set.
    pub hours: u32,
    /// Ledgers it needs.
    pub ledgers: Vec<String>,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// Strong words.
    pub words: Vec<String>,
    /// Words that count only with others.
    pub weak: Vec<String>,
    /// What this item means one does.
    pub actions: Vec<String>,
    /// Purposes under which the words do not count.
    pub purpose_not: Vec<String>,
    /// Whether somebody checked the item.
    pub checked: Checked,
    /// What to know of it.
    pub note: String,
}


/// A mark that is true when nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Checked(pub bool);

impl Default for Checked {
    fn default() -> Self {
        Self(true)
    }
}

impl Item {
    /// What of 权、费、物 is missing; only of help.
    #[must_use]
    pub fn lacking(&self) -> Vec<&'static str> {
        let parts = [("权", &self.right), ("费", &self.funds), ("物", &self.means)];
        parts.into_iter().filter(|(_, text)| text.is_empty()).map(|(word, _)| word).collect()
    }

    /// Whether the item or a basis of it still waits to be compared with the law (依据待核对).
    #[must_use]
    pub fn is_unchecked(&self) -> bool {
        !self.checked.0 || self.basis.iter().any(|basis| !basis.checked)
    }
}

/// A rule of what is not to be handed down, of departments' own work, or of admission.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// Stable id, such as `neg-pledge`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Group.
    pub group: String,
    /// The sentence shown under 为什么.
    pub text: String,
    /// What can be done instead, or whom to ask.
    pub instead: String,
    /// The department whose work it is.
    pub department: String,
    /// What the committee can help with.
    pub can_help: String,
    /// Words that hit.
    pub any: Vec<String>,
    /// One of these must stand in the same sentence, if there are any.
    pub with: Vec<String>,
    /// None of these may stand in the same sentence.
    pub unless: Vec<String>,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// Whether somebody checked it.
    pub checked: Checked,
    /// What to know of it.
    pub note: String,
}

/// A certificate (证明) that is refused or may be issued.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paper {
    /// Stable id, such as `cert-01` or `issue-residence`.
    pub id: String,
    /// Title, such as 亲属关系证明.
    pub title: String,
    /// Title without 证明.
    pub short: String,
    /// Words for the thing attested, or for the purpose of one that may be issued.
    pub words: Vec<String>,
    /// Where to go instead.
    pub office: String,
    /// What to bring or say there.
    pub office_note: String,
    /// Whether the office was checked.
    pub office_checked: Checked,
    /// Refused certificates this one is an exception of.
    pub over: Vec<String>,
    /// The thing attested must be one of these, if there are any.
    pub about: Vec<String>,
    /// Words under which it does not apply.
    pub unless: Vec<String>,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// Letter it is printed with.
    pub letter: String,
    /// Ways of checking (核实方式).
    pub verify: Vec<String>,
    /// For how many days it holds.
    pub valid_days: u32,
    /// Whether somebody checked it.
    pub checked: Checked,
    /// What to know of it.
    pub note: String,
}

/// An entry of any list, as the office keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The list.
    pub list: List,
    /// Stable id.
    pub code: String,
    /// Place in the list, from 1.
    pub place: u32,
    /// Title.
    pub title: String,
    /// Version of the set it came from; empty when the office made it.
    pub edition: String,
    /// What the entry says, in the shape of its list.
    pub body: Value,
}

impl Entry {
    /// An entry from what a file or a clerk says; checked against the shape of its list.
    ///
    /// # Errors
    /// [`Error::Usage`] when it does not have the shape.
    pub fn new(list: List, place: u32, edition: &str, body: Value) -> Result<Self> {
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        let (code, title) = (text("id"), text("title"));
        if code.is_empty() || title.is_empty() {
            return Err(Error::Usage(format!("an entry of {} has no id or title", list.word())));
        }
        let entry = Self { list, code, place, title, edition: edition.to_owned(), body };
        match list {
            List::Own | List::Help => drop(entry.item()?),
            List::Negative | List::Outside | List::Admission => drop(entry.rule()?),
            List::Refuse | List::Issue => drop(entry.paper()?),
        }
        Ok(entry)
    }

    /// An entry from an item.
    ///
    /// # Errors
    /// As [`Entry::new`].
    pub fn of_item(list: List, item: &Item, place: u32, edition: &str) -> Result<Self> {
        Self::new(list, place, edition, serde_json::to_value(item)?)
    }

    /// The entry as an item of the two lists.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is none.
    pub fn item(&self) -> Result<Item> {
        self.read()
    }

    /// The entry as a rule.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is none.
    pub fn rule(&self) -> Result<Rule> {
        self.read()
    }

    /// The entry as a certificate.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is none.
    pub fn paper(&self) -> Result<Paper> {
        self.read()
    }

    fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        let read = T::deserialize(&self.body);
        read.map_err(|error| Error::Usage(format!("{} {}: {error}", self.list.word(), self.code)))
    }
}
