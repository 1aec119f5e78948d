//! `meeting.act`: a stage ends, is left out, or a paper is printed. Nothing is skipped silently.

use serde::Deserialize;

use super::view::{self, MeetingView};
use crate::error::{Missing, Refusal, Result};
use crate::meeting::case::{Attempt, Attendee, Case, Step, Tally, Values};
use crate::meeting::kind::{FieldKind, Level, Skip, Stage, Way, WayWhen};
use crate::meeting::{Held, held, quorum, stage, store};
use crate::office::Office;
use crate::progress::Progress;
use crate::value::text;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The open stage ends.
    Finish,
    /// The open stage is left out.
    Skip,
    /// A paper was printed.
    Printed,
}

/// What is done on a meeting.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct ActRequest {
    /// Which meeting.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// What.
    pub act: Act,
    /// The stage that is open; another is refused.
    #[serde(default)]
    pub stage: String,
    /// How the stage ends, where there are several ways.
    #[serde(default)]
    pub way: String,
    /// Why, where one is asked.
    #[serde(default)]
    pub reason: String,
    /// The new moment after 流会.
    #[serde(default)]
    pub held_at: String,
    /// The paper that was printed.
    #[serde(default)]
    pub paper: String,
}

/// Ends or leaves out the open stage, or notes that a paper was printed.
///
/// # Errors
/// Another stage is open; something is missing; a reason or a way is asked.
pub fn act(office: &mut Office, request: ActRequest, _: &Progress) -> Result<MeetingView> {
    let held = held(office, request.id)?;
    let step = match request.act {
        Act::Printed => printed(&held.case, &request)?,
        Act::Finish => finish(&held.case, open(&held.case, &request.stage)?, &request)?,
        Act::Skip => skip(&held.case, open(&held.case, &request.stage)?, &request)?,
    };
    let step = Step {
        attempt: held.case.attempt(),
        on_day: held.case.today.to_string(),
        who: office.clerk().to_owned(),
        ..step
    };
    write(office, held, &step, &request)?;
    view::view(office, request.id)
}

fn open(case: &Case<'_>, id: &str) -> Result<&'static Stage> {
    let wanted = crate::meeting::book::kind(&case.kind.id)?.stage(id);
    let (_, wanted) = wanted.ok_or_else(|| Missing::MeetingPart(id.to_owned()))?;
    match stage::open(case) {
        Some(open) if open.id == wanted.id => Ok(wanted),
        open => {
            let state = open.map_or("已归档", |open| open.title.as_str()).to_owned();
            Err(Refusal::NotNow { step: wanted.title.clone(), state }.into())
        }
    }
}

fn printed(case: &Case<'_>, request: &ActRequest) -> Result<Step> {
    if !case.kind.papers.iter().any(|paper| paper.id == request.paper) {
        return Err(Missing::MeetingPart(request.paper.clone()).into());
    }
    Ok(Step { stage: request.paper.clone(), act: "printed".to_owned(), ..Step::default() })
}

/// The way a stage ends: the one the clerk chose, or the only one that is open by itself.
fn choose<'k>(case: &Case<'_>, stage: &'k Stage, id: &str) -> Result<Option<&'k Way>> {
    let ways = stage::ways(case, stage);
    if !id.is_empty() {
        let chosen = ways.iter().find(|way| way.id == id);
        return match chosen {
            Some(way) => Ok(Some(way)),
            None => Err(Missing::MeetingPart(id.to_owned()).into()),
        };
    }
    let by_itself: Vec<_> = ways.iter().filter(|way| way.when != WayWhen::Clerk).collect();
    match (by_itself.as_slice(), ways.as_slice()) {
        ([only], _) => Ok(Some(only)),
        ([], []) => Ok(None),
        ([], [only]) if stage.ways.len() == 1 => Ok(Some(only)),
        _ => {
            let ways = ways.iter().map(|way| way.title.as_str()).collect::<Vec<_>>().join("、");
            Err(Refusal::WayOpen { step: stage.title.clone(), ways }.into())
        }
    }
}

fn finish(case: &Case<'_>, stage: &Stage, request: &ActRequest) -> Result<Step> {
    let way = choose(case, stage, &request.way)?;
    let lacks = match way {
        Some(way) if stage::gives_up(case, stage, way) => Vec::new(),
        _ => stage::missing(case, stage),
    };
    let of = |level: Level| lacks.iter().filter(move |lack| lack.level == level);
    let said = |level: Level| of(level).map(|lack| lack.text.as_str()).collect::<Vec<_>>().join("；");
    let title = || stage.title.clone();
    if of(Level::Stop).next().is_some() {
        return Err(Refusal::StageLacks { step: title(), missing: said(Level::Stop) }.into());
    }
    let reason = text::clean(&request.reason);
    let asks = of(Level::Reason).next().is_some() || way.is_some_and(|way| way.reason);
    if asks && reason.is_empty() {
        return Err(Refusal::WithoutReason { step: title(), missing: said(Level::Reason) }.into());
    }
    Ok(Step {
        stage: stage.id.clone(),
        act: "done".to_owned(),
        way: way.map(|way| way.id.clone()).unwrap_or_default(),
        reason,
        missing: of(Level::Reason).map(|lack| lack.text.clone()).collect(),
        ..Step::default()
    })
}

fn skip(case: &Case<'_>, stage: &Stage, request: &ActRequest) -> Result<Step> {
    let reason = text::clean(&request.reason);
    let is_last = case.kind.stages.last().is_some_and(|last| last.id == stage.id);
    if is_last || !stage.optional && stage.skip == Skip::Never {
        return Err(Refusal::NeverSkipped { step: stage.title.clone() }.into());
    }
    if !stage.optional && reason.is_empty() {
        return Err(Refusal::WithoutReason {
            step: format!("不办{}", stage.title), missing: String::new()
        }
        .into());
    }
    let missing = if stage.optional { Vec::new() } else { stage::missing(case, stage) };
    Ok(Step {
        stage: stage.id.clone(),
        act: "skipped".to_owned(),
        reason,
        missing: missing.into_iter().map(|lack| lack.text).collect(),
        ..Step::default()
    })
}

fn write(office: &mut Office, held: Held, step: &Step, request: &ActRequest) -> Result<()> {
    let Held { mut meeting, case } = held;
    let stage = case.kind.stage(&step.stage);
    let way = stage.and_then(|(_, stage)| stage.ways.iter().find(|way| way.id == step.way));
    if stage.is_some_and(|(at, _)| at + 1 == case.kind.stages.len()) && step.act == "done" {
        meeting.closed_on.clone_from(&step.on_day);
    }
    let mut people = Vec::new();
    let mut locked = Vec::new();
    match (stage, way) {
        (Some((at, stage)), Some(way)) if stage::begins_anew(&case, stage, way) => {
            meeting.attempts.push(attempt(&case, &step.reason));
            meeting.values = begun_anew(&case, &meeting.values, way, at, &request.held_at);
            people = case.people.iter().map(again).collect();
        }
        // What was counted stands once its stage is over.
        (Some((_, stage)), _) if step.act == "done" => locked = counted(office, &case, stage),
        _ => {}
    }
    let op = super::op("meeting.act", &said(&case, step), &meeting, &case.kind.title);
    office.transact(&op, |tx| {
        store::add_step(tx, meeting.id, step)?;
        store::save(tx, &meeting)?;
        locked.iter().try_for_each(|tally| store::save_tally(tx, meeting.id, tally))?;
        people.iter().try_for_each(|one| store::save_person(tx, meeting.id, one))
    })?;
    Ok(())
}

/// What was done, for the history.
fn said(case: &Case<'_>, step: &Step) -> String {
    let title = |id: &str| case.kind.stage(id).map_or_else(String::new, |(_, stage)| stage.title.clone());
    match step.act.as_str() {
        "printed" => {
            let paper = case.kind.papers.iter().find(|paper| paper.id == step.stage);
            format!("打印{}", paper.map_or("", |paper| &paper.title))
        }
        "skipped" => format!("不办“{}”", title(&step.stage)),
        _ => format!("办好“{}”", title(&step.stage)),
    }
}

/// The same person on the roll, expected again.
fn again(one: &Attendee) -> Attendee {
    Attendee { id: one.id, ..super::roll::fresh(one, one.roles.clone()) }
}

/// The counts of a stage's votes that are not locked yet, locked now.
fn counted(office: &Office, case: &Case<'_>, stage: &Stage) -> Vec<Tally> {
    let now = office.clock().now().format("%Y-%m-%d %H:%M").to_string();
    let own = case.kind.votes.iter().filter(|vote| vote.stage == stage.id);
    let open = own.filter_map(|vote| case.tally(&vote.id)).filter(|tally| tally.locked_at.is_empty());
    open.map(|tally| Tally { locked_at: now.clone(), ..tally.clone() }).collect()
}

/// What is kept of an attempt that came to nothing.
fn attempt(case: &Case<'_>, reason: &str) -> Attempt {
    let (expected, present) = quorum::numbers(case);
    let there = case.people.iter().filter(|one| one.is_there(true));
    let own = case.values.iter().filter(|(id, _)| case.kind.field(id).is_some());
    Attempt {
        attempt: case.attempt(),
        held_at: case.text("held_at"),
        expected,
        present,
        names: there.map(|one| one.name.clone()).collect(),
        reason: reason.to_owned(),
        values: own.map(|(id, value)| (id.clone(), value.clone())).collect(),
    }
}

/// The values without the days and photos of the stages that come again; the old ones are kept in
/// the attempt.
fn begun_anew(case: &Case<'_>, values: &Values, way: &Way, at: usize, held_at: &str) -> Values {
    let from = case.kind.stage(&way.to).map_or(0, |(from, _)| from);
    let is_again = |id: &String| {
        case.kind.field(id).is_some_and(|field| {
            let stage = case.kind.stage(&field.stage).map_or(0, |(stage, _)| stage);
            let passes = matches!(field.kind, FieldKind::Date | FieldKind::Moment | FieldKind::Photos);
            passes && (from..=at).contains(&stage)
        })
    };
    let kept = values.iter().filter(|(id, _)| !is_again(id) && *id != "held_at" && *id != "present_count");
    let mut values: Values = kept.map(|(id, value)| (id.clone(), value.clone())).collect();
    if crate::meeting::case::day_of(held_at).is_some() {
        values.insert("held_at".to_owned(), held_at.into());
    }
    values
}
