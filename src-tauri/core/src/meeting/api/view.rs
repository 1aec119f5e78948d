//! What a meeting looks like to a page: every stage with what is missing, values, roll, votes, papers.

use serde::Serialize;
use serde_json::Value;

use super::MeetingEntry;
use super::roll::{PersonView, RoleCount};
use crate::error::Result;
use crate::matter;
use crate::meeting::case::{Attempt, Case, Counts, Finding, Values};
use crate::meeting::count::{self, Figure};
use crate::meeting::due::{self, Due};
use crate::meeting::kind::{AddsTo, Choice, Field, FieldKind, Level, Record, Stage, VoteKind};
use crate::meeting::paper::{Sheet, contents};
use crate::meeting::quorum::Quorum;
use crate::meeting::stage::{self, Missing, State};
use crate::meeting::{Held, composition, held, quorum};
use crate::office::Office;
use crate::value::code::CodeTables;

/// A meeting with everything on it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MeetingView {
    /// As in the list.
    #[serde(flatten)]
    pub entry: MeetingEntry,
    /// Number and title of the matter; empty without one.
    pub matter_title: String,
    /// Which attempt runs, from one; more after 流会.
    #[cfg_attr(test, ts(type = "number"))]
    pub attempt: i64,
    /// Every stage in order.
    pub stages: Vec<StageView>,
    /// Everything asked once, with its value.
    pub fields: Vec<FieldView>,
    /// Everything asked in rows.
    pub records: Vec<RecordView>,
    /// The roll.
    pub roll: Vec<PersonView>,
    /// Attendance by role.
    pub attendance: Vec<RoleCount>,
    /// The rules of composition and what they found.
    pub composition: Vec<Finding>,
    /// Whether enough are there.
    pub quorum: Quorum,
    /// The votes.
    pub votes: Vec<VoteView>,
    /// Shown numbers.
    pub figures: Vec<Figure>,
    /// What it came to.
    pub result: Option<count::Result>,
    /// The periods.
    pub deadlines: Vec<Due>,
    /// Attempts that came to nothing.
    pub attempts: Vec<Attempt>,
    /// The papers.
    pub papers: Vec<PaperView>,
    /// What should go to another kind of meeting.
    pub warnings: Vec<String>,
    /// What is offered next.
    pub offers: Vec<matter::course::Offer>,
}

/// A stage as shown.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StageView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who does it.
    pub who: String,
    /// What the clerk should know.
    pub help: String,
    /// Whether a law asks for it.
    pub law: bool,
    /// Whether it may be left out without a reason.
    pub optional: bool,
    /// How it stands.
    pub state: State,
    /// The day it ended; may be empty.
    pub on: String,
    /// Title of the way it ended.
    pub way: String,
    /// Why it was left out or went on without something.
    pub reason: String,
    /// What was missing then.
    pub went_without: Vec<String>,
    /// What is missing now; of stages that are open or ahead.
    pub missing: Vec<Missing>,
    /// Ways by which it may end now.
    pub ways: Vec<WayView>,
    /// Papers of the stage.
    pub papers: Vec<String>,
}

/// How a stage may end.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct WayView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Whether a reason is asked.
    pub reason: bool,
    /// Whether the meeting begins anew; ask for the new moment.
    pub again: bool,
    /// Kind of meeting offered next; may be empty.
    pub opens: String,
}

/// A field with its value.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FieldView {
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
    /// Whether it may go on a 公示.
    pub public: bool,
    /// What the clerk should know.
    pub help: String,
    /// The value; null when empty.
    #[cfg_attr(test, ts(type = "unknown"))]
    pub value: Value,
}

/// A record with its rows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RecordView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Stage it is asked in.
    pub stage: String,
    /// Columns.
    pub columns: Vec<FieldView>,
    /// Rows.
    pub rows: Vec<RowView>,
}

/// A row of a record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MeetingRow"))]
pub struct RowView {
    /// Number.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Values by column.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Values,
}

/// A vote as shown.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct VoteView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// How it is taken.
    pub kind: VoteKind,
    /// Choices in order.
    pub choices: Vec<Choice>,
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
    /// Record whose rows are graded.
    pub subjects: String,
    /// Record whose rows are the indicators.
    pub indicators: String,
    /// Present and able to vote.
    #[cfg_attr(test, ts(type = "number"))]
    pub voters: i64,
    /// How many decide, such as 16 for 过半线.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub threshold: Option<i64>,
    /// What was counted; none before.
    pub counts: Option<Counts>,
    /// What does not add up.
    pub problems: Vec<String>,
    /// Choices whose reasons must be written down.
    pub minority: Vec<String>,
    /// Moment it was locked; empty before.
    pub locked_at: String,
    /// Earlier versions, oldest first, that were corrected.
    pub versions: Vec<VersionView>,
}

/// A version of counts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct VersionView {
    /// Attempt.
    #[cfg_attr(test, ts(type = "number"))]
    pub attempt: i64,
    /// Version.
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    /// What was counted.
    pub counts: Counts,
    /// Moment it was locked.
    pub locked_at: String,
    /// Why it corrects the one before.
    pub reason: String,
}

/// A paper as shown.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PaperView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Stage.
    pub stage: String,
    /// For whom.
    pub audience: String,
    /// Whether names are masked.
    pub masked: bool,
    /// Day it was last printed; empty before.
    pub printed_on: String,
}

/// The list entry of a meeting.
pub(crate) fn entry(held: &Held) -> Result<MeetingEntry> {
    let (meeting, case) = (&held.meeting, &held.case);
    let open = stage::open(case);
    let missing = open.map(|open| stage::missing(case, open)).unwrap_or_default();
    let title = case.text("title");
    Ok(MeetingEntry {
        id: meeting.id,
        matter: meeting.matter,
        kind: case.kind.id.clone(),
        kind_title: case.kind.title.clone(),
        number: meeting.number.clone(),
        title: if title.is_empty() { case.kind.title.clone() } else { title },
        round: meeting.round,
        held_at: meeting.held_at.clone(),
        stage: open.map(|open| open.id.clone()).unwrap_or_default(),
        stage_title: open.map_or_else(|| "已归档".to_owned(), |open| open.title.clone()),
        missing: missing
            .into_iter()
            .filter(|lack| lack.level != Level::Warn)
            .map(|lack| lack.label)
            .collect(),
        outcome: settled(case).map(|found| found.title).unwrap_or_default(),
        closed: open.is_none(),
    })
}

/// What the meeting came to, once its counts are locked.
pub(crate) fn settled(case: &Case<'_>) -> Option<count::Result> {
    let mut tallies = case.kind.votes.iter().filter_map(|vote| case.tally(&vote.id));
    if tallies.any(|tally| !tally.locked_at.is_empty()) { count::outcome(case) } else { None }
}

/// A meeting as a page shows it.
pub(super) fn view(office: &Office, id: i64) -> Result<MeetingView> {
    let held = held(office, id)?;
    let case = &held.case;
    let states = stage::standing(case);
    let entry = entry(&held)?;
    let stages = case.kind.stages.iter().zip(states);
    let is_answered = settled(case);
    Ok(MeetingView {
        matter_title: [case.text("matter_number"), case.text("matter")].join(" ").trim().to_owned(),
        attempt: case.attempt(),
        stages: stages.map(|(stage, state)| stage_view(case, stage, state)).collect(),
        fields: fields(&case.kind.fields, &case.values, &office.catalog().codes),
        records: case.kind.records.iter().map(|record| record_view(case, record, office)).collect(),
        roll: super::roll::people(office, case)?,
        attendance: super::roll::attendance(case),
        composition: composition::check(case),
        quorum: quorum::judge(case),
        votes: votes(case),
        figures: count::figures(case),
        result: is_answered.or_else(|| count::outcome(case)),
        deadlines: due::all(case),
        attempts: case.attempts.clone(),
        papers: papers(case),
        warnings: mandatory(case),
        offers: matter::course::offers(case)?,
        entry,
    })
}

fn stage_view(case: &Case<'_>, stage: &Stage, state: State) -> StageView {
    let is_past = !matches!(state, State::Open | State::Ahead);
    let step = stage::ended(case, &stage.id).filter(|_| is_past);
    let way = step.and_then(|step| stage.ways.iter().find(|way| way.id == step.way));
    let ways = if state == State::Open { stage::ways(case, stage) } else { Vec::new() };
    let text = |of: fn(&crate::meeting::case::Step) -> &String| step.map(of).cloned().unwrap_or_default();
    StageView {
        id: stage.id.clone(),
        title: stage.title.clone(),
        who: stage.who.clone(),
        help: stage.help.clone(),
        law: stage.law,
        optional: stage.optional,
        state,
        on: text(|step| &step.on_day),
        way: way.map(|way| way.title.clone()).unwrap_or_default(),
        reason: text(|step| &step.reason),
        went_without: step.map(|step| step.missing.clone()).unwrap_or_default(),
        missing: if is_past { Vec::new() } else { stage::missing(case, stage) },
        ways: ways
            .into_iter()
            .map(|way| WayView {
                id: way.id.clone(),
                title: way.title.clone(),
                reason: way.reason,
                again: way.again,
                opens: way.opens.clone(),
            })
            .collect(),
        papers: stage.papers.clone(),
    }
}

/// Fields with their values; the choices of a code table are its titles.
pub(crate) fn fields(fields: &[Field], values: &Values, codes: &CodeTables) -> Vec<FieldView> {
    let view = |field: &Field| FieldView {
        id: field.id.clone(),
        title: field.title.clone(),
        kind: field.kind,
        stage: field.stage.clone(),
        required: field.required,
        options: match codes.table(&field.codes) {
            Some(table) => table.items.iter().map(|item| item.title.clone()).collect(),
            None => field.options.clone(),
        },
        public: field.public,
        help: field.help.clone(),
        value: values.get(&field.id).cloned().unwrap_or_default(),
    };
    fields.iter().map(view).collect()
}

fn record_view(case: &Case<'_>, record: &Record, office: &Office) -> RecordView {
    RecordView {
        id: record.id.clone(),
        title: record.title.clone(),
        stage: record.stage.clone(),
        columns: fields(&record.columns, &Values::new(), &office.catalog().codes),
        rows: case.rows(&record.id).map(|row| RowView { id: row.id, values: row.values.clone() }).collect(),
    }
}

fn votes(case: &Case<'_>) -> Vec<VoteView> {
    let view = |vote: &crate::meeting::kind::Vote| {
        let tally = case.tally(&vote.id);
        let now = tally.map(|tally| tally.id);
        let others = case.tallies.iter().filter(|other| other.vote == vote.id && Some(other.id) != now);
        let rule = case.kind.outcomes.iter().find(|rule| rule.vote == vote.id);
        VoteView {
            id: vote.id.clone(),
            title: vote.title.clone(),
            kind: vote.kind,
            choices: vote.choices.clone(),
            units: vote.units.clone(),
            by_building: vote.by_building,
            secret: vote.secret,
            adds_to: vote.adds_to,
            stage: vote.stage.clone(),
            subjects: vote.subjects.clone(),
            indicators: vote.indicators.clone(),
            voters: count::voters(case, vote),
            threshold: rule.and_then(|rule| count::threshold(case, rule)),
            counts: tally.map(|tally| tally.counts.clone()),
            problems: tally.map(|tally| count::problems(case, vote, &tally.counts)).unwrap_or_default(),
            minority: tally
                .map(|tally| count::minority(vote, &tally.counts).into_iter().map(str::to_owned).collect())
                .unwrap_or_default(),
            locked_at: tally.map(|tally| tally.locked_at.clone()).unwrap_or_default(),
            versions: others.map(version).collect(),
        }
    };
    case.kind.votes.iter().map(view).collect()
}

/// A version of counts as shown.
pub(crate) fn version(tally: &crate::meeting::case::Tally) -> VersionView {
    VersionView {
        attempt: tally.attempt,
        version: tally.version,
        counts: tally.counts.clone(),
        locked_at: tally.locked_at.clone(),
        reason: tally.reason.clone(),
    }
}

fn papers(case: &Case<'_>) -> Vec<PaperView> {
    let printed = |id: &str| {
        let step = case.steps.iter().rev().find(|step| step.act == "printed" && step.stage == id);
        step.map(|step| step.on_day.clone()).unwrap_or_default()
    };
    let papers = case.kind.papers.iter();
    papers
        .map(|paper| PaperView {
            id: paper.id.clone(),
            title: paper.title.clone(),
            stage: paper.stage.clone(),
            audience: paper.audience.clone(),
            masked: paper.masked,
            printed_on: printed(&paper.id),
        })
        .collect()
}

/// Topics that must go to another kind of meeting.
fn mandatory(case: &Case<'_>) -> Vec<String> {
    let topic = [case.text("title"), case.text("topic"), case.text("matter")].concat();
    let named =
        |rule: &&crate::meeting::kind::Mandatory| rule.words.iter().any(|word| topic.contains(word.as_str()));
    case.kind.mandatory.iter().filter(named).map(|rule| rule.text.clone()).collect()
}

/// Which paper.
#[derive(Debug, Clone, serde::Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct PaperRequest {
    /// Which meeting.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Which paper.
    pub paper: String,
}

/// The contents of a paper as the meeting stands.
///
/// # Errors
/// There is no such meeting or paper.
pub fn paper(office: &mut Office, request: PaperRequest, _: &crate::progress::Progress) -> Result<Sheet> {
    contents(&held(office, request.id)?.case, &request.paper)
}
