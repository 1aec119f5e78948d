//! What a kind of meeting asks for: fields, rows, stages with what they need, periods and papers.

use serde::Deserialize;

use super::words::{Direction, FieldKind, Level, NeedKind, Skip, WayWhen};
use super::yes;
use std::collections::BTreeMap;

/// Something asked once (一项).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Field {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Stage it is asked in.
    pub stage: String,
    /// Whether it must be filled.
    pub required: bool,
    /// What may be chosen.
    pub options: Vec<String>,
    /// Code table.
    pub codes: String,
    /// What stands there at first.
    pub default: Option<toml::Value>,
    /// Whether it may go on a 公示.
    #[serde(default = "yes")]
    pub public: bool,
    /// What the clerk should know.
    pub help: String,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// Something asked in rows (明细).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Stage it is asked in.
    pub stage: String,
    /// How many rows at least.
    pub least: u32,
    /// Columns.
    pub columns: Vec<Field>,
    /// What the clerk should know.
    pub help: String,
    /// Whether it may go on a 公示.
    #[serde(default = "yes")]
    pub public: bool,
}

/// A stage (步骤).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Stage {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who does it.
    pub who: String,
    /// What the clerk should know.
    pub help: String,
    /// Whether it may be left out without a reason.
    pub optional: bool,
    /// What leaving it out asks.
    pub skip: Skip,
    /// Whether a law asks for it (法定程序).
    pub law: bool,
    /// Papers of the stage.
    pub papers: Vec<String>,
    #[serde(rename = "need")]
    /// What must be there before the next.
    pub needs: Vec<Need>,
    #[serde(rename = "way")]
    /// How it can end.
    pub ways: Vec<Way>,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// Something that must be there before the next stage.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Need {
    /// What.
    pub kind: NeedKind,
    /// Field.
    pub field: String,
    /// Fields.
    pub fields: Vec<String>,
    /// Record.
    pub record: String,
    /// Column of the record.
    pub column: String,
    /// Number or period.
    pub parameter: String,
    /// Field a period begins with.
    pub from: String,
    /// Field a period ends with.
    pub to: String,
    /// Roles that sign.
    pub roles: Vec<String>,
    /// Paper.
    pub paper: String,
    /// Vote.
    pub vote: String,
    /// Stage.
    pub of: String,
    /// Way the stage ended.
    pub id: String,
    /// Short label, such as 公告日期.
    pub label: String,
    /// Weight.
    pub level: Level,
    /// Yes-field that switches it on.
    pub if_field: String,
    /// Words of that field that switch it on.
    pub if_in: Vec<String>,
    /// Yes-field that waives it.
    pub waived_by: String,
    /// Value the field must have.
    pub equals: Option<toml::Value>,
    /// Only rows whose column holds one of the values.
    pub only: Option<Only>,
    /// Parameters that must be known.
    pub parameters: Vec<String>,
    /// Records that stand still once the stage is done.
    pub records: Vec<String>,
    /// Only when something was counted.
    pub if_voted: bool,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

/// Rows whose column holds one of the values.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Only {
    /// Column.
    pub column: String,
    /// Values.
    #[serde(rename = "in")]
    pub values: Vec<toml::Value>,
}

/// How a stage can end (去向).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Way {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Stage it leads to, or `end`.
    pub to: String,
    /// When it is open.
    pub when: WayWhen,
    /// Outcomes that open it.
    pub outcome: Vec<String>,
    /// Field that opens it.
    pub field: String,
    /// Value that opens it.
    pub equals: Option<toml::Value>,
    /// Paper that goes with it.
    pub paper: String,
    /// Whether the same meeting begins anew.
    pub again: bool,
    /// Whether a reason is asked.
    pub reason: bool,
    /// Whether what the stage still needs is not asked.
    pub free: bool,
    /// Kind of meeting it offers next.
    pub opens: String,
    /// In words.
    pub text: String,
}

/// A period (期限).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Deadline {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Field or stage it runs from.
    pub from: String,
    /// Column of a record each of whose rows has its own day.
    pub from_column: String,
    /// Its length.
    pub parameter: String,
    /// Which way it runs.
    pub direction: Direction,
    /// Field that ends it.
    pub met_by: String,
    /// Stage it is shown at.
    pub stage: String,
    /// Days before it that it is called near.
    pub remind: i64,
    /// Paper that reminds.
    pub chase: String,
    /// Who owes it.
    pub who: String,
    /// In words.
    pub text: String,
    /// Whether a free day moves it to the next working day.
    #[serde(default = "yes")]
    pub roll: bool,
    /// Whether the first day counts.
    pub count_first: bool,
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

/// A paper (文书).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Paper {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Template.
    pub template: String,
    /// Stage it belongs to.
    pub stage: String,
    /// How its own numbers are printed.
    pub number: String,
    /// For whom: public, member, parties, unit or internal.
    pub audience: String,
    /// Whether names are masked.
    pub masked: bool,
    /// Whether it is sealed.
    pub seal: bool,
    /// Who signs.
    pub sign: Vec<String>,
    /// Copies.
    pub copies: u32,
    /// One for each row of.
    pub each: String,
    /// Only on this way.
    pub way: String,
    /// Whether it is posted.
    pub post: bool,
    /// Whether it goes into the archive.
    #[serde(default = "yes")]
    pub archive: bool,
    /// What the clerk should know.
    pub help: String,
}

/// A point of the usual order of business.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AgendaPoint {
    /// Title.
    pub title: String,
    /// Length in minutes.
    pub minutes: u32,
    /// Who.
    pub who: String,
    /// Not printed for members.
    pub private: String,
}

/// A block of the minutes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Phrase {
    /// Id.
    pub id: String,
    /// Stage.
    pub stage: String,
    /// Part of the minutes: 开场, 经过, 意见, 议定, 结束.
    pub group: String,
    /// Title.
    pub title: String,
    /// Text with placeholders.
    pub text: String,
}

/// A ledger the meeting is entered into.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Post {
    /// Ledger.
    pub ledger: String,
    /// Stage at whose end it is entered.
    pub when: String,
    /// Field that must hold one of the words.
    pub condition: Option<Condition>,
    /// Column and text with placeholders.
    pub columns: BTreeMap<String, String>,
}

/// A field that must hold one of the words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Condition {
    /// Field.
    pub field: String,
    /// Words.
    #[serde(rename = "in")]
    pub words: Vec<String>,
}

/// Topics that must go to another kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Mandatory {
    /// Words of a title.
    pub words: Vec<String>,
    /// Kind they must go to.
    pub kind: String,
    /// In words.
    pub text: String,
    /// Weight.
    pub level: Level,
}
