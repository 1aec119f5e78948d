//! The words of a meeting kind (会议种类) as its folder of data says them: stages, roles, rules,
//! documents, deadlines. Every number is a parameter; nothing of one kind stands in code.
//!
//! Deliberately absent: finding and checking the files (`book`), and what the rules come to.

// Some words are read by the papers only, which are reports of their own.
#![allow(dead_code)]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::parameter::ParameterEntry;

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

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $word:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS), ts(export))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $word),* }
    };
}

words! {
    /// Whether a kind hangs on a matter.
    MatterUse {
        /// It must.
        Required,
        /// It may.
        Optional,
        #[default]
        /// It never does.
        None,
    }
}
words! {
    /// What a meeting decides.
    Decides {
        /// It advises.
        Advice,
        /// The parties agree.
        Agreement,
        /// It decides.
        Decision,
        /// It appraises.
        Appraisal,
        #[default]
        /// It talks things over.
        Exchange,
    }
}
words! {
    /// Where somebody sits.
    Seat {
        /// 主持人.
        Chair,
        /// 记录人.
        Recorder,
        /// Counts as 应到.
        Group,
        /// 当事人.
        Party,
        /// 列席.
        Guest,
        #[default]
        /// 旁听.
        Observer,
    }
}
words! {
    /// How much a rule weighs.
    Level {
        #[default]
        /// Nothing goes on without it.
        Stop,
        /// Goes on with a reason, which is kept.
        Reason,
        /// Only shown.
        Warn,
    }
}
words! {
    /// A rule of composition.
    CompositionRule {
        #[default]
        /// The number of people is odd.
        Odd,
        /// At least so many.
        AtLeast,
        /// At most so many.
        AtMost,
        /// Each role has at least so many.
        Each,
        /// A share of others, or more.
        ShareAtLeast,
        /// More than a share of others.
        ShareMoreThan,
        /// Nobody belongs to what a field names.
        Conflict,
        /// Nobody holds two of the roles.
        Apart,
        /// They live in one of the buildings of a field.
        SameBuilding,
    }
}
words! {
    /// Of whom a quorum is counted.
    QuorumOf {
        /// The group.
        Group,
        /// The parties.
        Parties,
        /// The base the clerk chose.
        Base,
        /// Households asked in the survey.
        Asked,
        #[default]
        /// There is none.
        None,
    }
}
words! {
    /// How two numbers are compared.
    Compare {
        #[default]
        /// So many or more.
        AtLeast,
        /// More.
        MoreThan,
        /// All of them.
        All,
    }
}
words! {
    /// How a vote is taken.
    VoteKind {
        #[default]
        /// 举手.
        Show,
        /// 票.
        Ballot,
        /// 逐户征询.
        Survey,
        /// Grades for every subject and indicator.
        Grades,
        /// 各方同意.
        Consent,
    }
}
words! {
    /// What the counts of a vote add up to.
    AddsTo {
        #[default]
        /// To those present who may vote.
        Present,
        /// To the valid ballots.
        Valid,
        /// To those asked.
        Asked,
    }
}
words! {
    /// How an outcome is found.
    OutcomeRule {
        /// More than a share.
        MoreThan,
        /// A share or more.
        AtLeast,
        /// Everybody.
        All,
        /// The choice with most votes.
        Highest,
        /// An average of points.
        Score,
        /// A percentage.
        Rate,
        /// Nobody chose it.
        None,
        #[default]
        /// Whatever is left.
        Else,
    }
}
words! {
    /// What a share is a share of.
    Of {
        #[default]
        /// Those present who may vote.
        Present,
        /// Valid ballots.
        Valid,
        /// Valid ballots that say something.
        Cast,
        /// 应到.
        Base,
        /// Those asked.
        Asked,
        /// Ballots handed out.
        Issued,
    }
}
words! {
    /// Who wins a tie.
    Tie {
        #[default]
        /// The later choice of the list.
        Lower,
        /// The clerk is asked.
        Ask,
    }
}
words! {
    /// What leaving a stage out asks.
    Skip {
        #[default]
        /// A reason.
        Reason,
        /// It cannot be left out.
        Never,
    }
}
words! {
    /// What a field holds.
    FieldKind {
        #[default]
        /// A line.
        Text,
        /// Several lines.
        Long,
        /// A day.
        Date,
        /// Day and hour.
        Moment,
        /// A number.
        Number,
        /// Yuan.
        Money,
        /// Yes or no.
        Yes,
        /// One of the options.
        Choice,
        /// Several of the options.
        Many,
        /// Several people.
        People,
        /// One person.
        Person,
        /// An organisation.
        Unit,
        /// A file.
        File,
        /// Photos.
        Photos,
        /// Buildings.
        Buildings,
        /// Households.
        Households,
    }
}
words! {
    /// Something that must be there before the next stage.
    NeedKind {
        #[default]
        /// A field.
        Field,
        /// All of several fields.
        Fields,
        /// One of several fields.
        AnyField,
        /// Rows of a record.
        Rows,
        /// A column in every row of a record.
        RowsDone,
        /// A period between two fields.
        Gap,
        /// The rules of composition.
        Composition,
        /// The quorum.
        Quorum,
        /// Votes that add up.
        Votes,
        /// Locked votes.
        Locked,
        /// The opinions of the minority.
        Minority,
        /// A printed paper.
        Paper,
        /// A photo.
        Photo,
        /// Signatures.
        Signed,
        /// A period of publicity that is over.
        Posted,
        /// The way an earlier stage ended.
        Way,
        /// Numbers of rules that must be known.
        Parameter,
        /// Enough who call for it.
        Proposer,
    }
}
words! {
    /// When a way is open.
    WayWhen {
        /// Enough are there.
        Quorum,
        /// Too few are there.
        NoQuorum,
        /// By the outcome.
        Outcome,
        /// By a field.
        Field,
        #[default]
        /// The clerk chooses.
        Clerk,
    }
}
words! {
    /// Which way a period runs.
    Direction {
        #[default]
        /// Due so long after.
        After,
        /// At the latest so long before.
        Before,
        /// On the day itself.
        On,
        /// So many in a span; looked at by whoever plans the year.
        Count,
    }
}

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
