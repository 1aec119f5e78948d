//! The stages of a meeting: how each stands, what is missing before the next, and where it can go.
//!
//! Pure. The log of steps is only ever added to; how the stages stand is computed from it, so no
//! step is lost when a meeting begins anew.

use serde::Serialize;
use serde_json::Value;

use super::case::{Case, Step, day_of, equals, text_of};
use super::composition;
use super::count;
use super::due;
use super::kind::{Level, Need, NeedKind, Stage, Way, WayWhen};
use super::quorum;

/// A step that was noted.
pub type Noted = Step;

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "StageState"))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To come.
    Ahead,
    /// The one that is worked on.
    Open,
    /// Done.
    Done,
    /// Left out, with a reason unless it is optional.
    Skipped,
    /// Not on the way the meeting took.
    Passed,
}

/// Something that is missing before the next stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MeetingMissing"))]
pub struct Missing {
    /// Short label, such as 公告日期.
    pub label: String,
    /// The whole sentence.
    pub text: String,
    /// How much it weighs.
    pub level: Level,
    /// Field to look at, when there is one.
    pub field: String,
}

/// What leads to the end.
const END: &str = "end";

/// How every stage stands after the steps so far.
pub fn standing(case: &Case<'_>) -> Vec<State> {
    let stages = &case.kind.stages;
    let mut states = vec![State::Ahead; stages.len()];
    for step in case.steps.iter().filter(|step| step.act != "printed") {
        let Some((at, stage)) = case.kind.stage(&step.stage) else { continue };
        states[at] = if step.act == "skipped" { State::Skipped } else { State::Done };
        let way = stage.ways.iter().find(|way| way.id == step.way);
        if let Some(way) = way {
            let to = target(stages, way).unwrap_or(at + 1);
            if to <= at {
                states[to..].fill(State::Ahead);
            } else {
                states[at + 1..to].fill(State::Passed);
            }
        }
    }
    if let Some(open) = states.iter().position(|state| *state == State::Ahead) {
        states[open] = State::Open;
    }
    states
}

/// Where a way leads; the end is the last stage, where everything is filed.
fn target(stages: &[Stage], way: &Way) -> Option<usize> {
    if way.to == END {
        stages.len().checked_sub(1)
    } else {
        stages.iter().position(|stage| stage.id == way.to)
    }
}

/// The stage that is worked on; none when all is filed.
pub fn open<'k>(case: &Case<'k>) -> Option<&'k Stage> {
    let at = standing(case).iter().position(|state| *state == State::Open)?;
    case.kind.stages.get(at)
}

/// The ways by which a stage may end now.
pub fn ways<'k>(case: &Case<'_>, stage: &'k Stage) -> Vec<&'k Way> {
    stage.ways.iter().filter(|way| is_open(case, way)).collect()
}

fn is_open(case: &Case<'_>, way: &Way) -> bool {
    match way.when {
        WayWhen::Quorum => quorum::judge(case).met,
        WayWhen::NoQuorum => !quorum::judge(case).met,
        WayWhen::Outcome => count::outcome(case).is_some_and(|found| way.outcome.contains(&found.id)),
        WayWhen::Field => equals(case.value(&way.field), way.equals.as_ref()),
        WayWhen::Clerk => true,
    }
}

/// Whether a way only stops or turns back, so that what the stage still needs is not asked.
pub fn gives_up(case: &Case<'_>, stage: &Stage, way: &Way) -> bool {
    let at = case.kind.stage(&stage.id).map_or(0, |(at, _)| at);
    way.free
        || way.when == WayWhen::NoQuorum
        || way.to == END
        || target(&case.kind.stages, way).is_some_and(|to| to <= at)
}

/// What is missing before a stage can end, in the order of its needs.
pub fn missing(case: &Case<'_>, stage: &Stage) -> Vec<Missing> {
    let needs = stage.needs.iter().filter(|need| {
        case.is_on(&need.if_field, &need.if_in)
            && !case.is_waived(&need.waived_by)
            && (!need.if_voted || case.kind.votes.iter().any(|vote| case.tally(&vote.id).is_some()))
    });
    needs.filter_map(|need| lack(case, stage, need)).collect()
}

fn lack(case: &Case<'_>, stage: &Stage, need: &Need) -> Option<Missing> {
    let found = match need.kind {
        NeedKind::Field => field(case, need),
        NeedKind::Fields => fields(case, &need.fields),
        NeedKind::AnyField => {
            let any = need.fields.iter().any(|field| case.is_filled(field));
            (!any).then(|| titles(case, &need.fields))
        }
        NeedKind::Photo => (!case.is_filled(&need.field)).then(String::new),
        NeedKind::Rows => rows(case, need),
        NeedKind::RowsDone => rows_done(case, need),
        NeedKind::Gap => (due::gap(case, &need.from, &need.to, &need.parameter) != Some(true))
            .then(|| format!("不满{}", said(case, &need.parameter))),
        NeedKind::Composition => composition(case),
        NeedKind::Quorum => {
            let quorum = quorum::judge(case);
            (!quorum.met).then_some(quorum.text)
        }
        NeedKind::Votes => votes(case, stage, need),
        NeedKind::Locked => locked(case, stage, need),
        NeedKind::Minority => minority(case, stage, need),
        NeedKind::Paper => {
            let is_printed = |step: &Step| step.act == "printed" && step.stage == need.paper;
            (!case.steps.iter().any(is_printed)).then(|| "还没有打印".to_owned())
        }
        NeedKind::Parameter => {
            let ids = need.parameters.iter().chain(Some(&need.parameter).filter(|id| !id.is_empty()));
            let open: Vec<String> = ids
                .filter_map(|id| case.parameters.get(id))
                .filter(|one| one.amount == super::parameter::Amount::Unknown)
                .map(|one| one.entry.title.clone())
                .collect();
            (!open.is_empty()).then(|| format!("{}还没有定，请按本地规定填写", open.join("、")))
        }
        NeedKind::Proposer => proposer(case),
        NeedKind::Signed => signed(case, need),
        NeedKind::Posted => posted(case, need),
        NeedKind::Way => {
            let went = |step: &&Step| step.stage == need.of && step.act != "printed";
            let last = case.steps.iter().rev().find(went);
            last.is_none_or(|step| step.way != need.id).then(String::new)
        }
    }?;
    let label = if need.label.is_empty() { titles(case, &need.fields) } else { need.label.clone() };
    let text = if found.is_empty() { format!("缺{label}") } else { format!("缺{label}：{found}") };
    let field = if need.field.is_empty() {
        need.fields.iter().find(|one| !case.is_filled(one))
    } else {
        Some(&need.field)
    };
    let level = if need.kind == NeedKind::Composition { worst(case, need.level) } else { need.level };
    Some(Missing { text, label, level, field: field.cloned().unwrap_or_default() })
}

fn field(case: &Case<'_>, need: &Need) -> Option<String> {
    let is_there = match &need.equals {
        Some(_) => equals(case.value(&need.field), need.equals.as_ref()),
        None => case.is_filled(&need.field),
    };
    (!is_there).then(String::new)
}

fn fields(case: &Case<'_>, fields: &[String]) -> Option<String> {
    let empty: Vec<String> = fields.iter().filter(|field| !case.is_filled(field)).cloned().collect();
    (!empty.is_empty()).then(|| titles(case, &empty))
}

fn titles(case: &Case<'_>, fields: &[String]) -> String {
    let title = |id: &String| case.kind.field(id).map_or_else(|| id.clone(), |field| field.title.clone());
    fields.iter().map(title).collect::<Vec<_>>().join("、")
}

fn said(case: &Case<'_>, parameter: &str) -> String {
    case.parameters.get(parameter).map(super::parameter::Parameter::said).unwrap_or_default()
}

fn rows(case: &Case<'_>, need: &Need) -> Option<String> {
    let least = case.parameters.whole(&need.parameter).unwrap_or(1);
    let count = composition::size(case.rows(&need.record).count());
    (count < least).then(|| if least > 1 { format!("{count} 条，要 {least} 条") } else { String::new() })
}

/// What a record still owes of a column.
pub fn lacking(case: &Case<'_>, need: &Need) -> Option<String> {
    rows_done(case, need)
}

fn rows_done(case: &Case<'_>, need: &Need) -> Option<String> {
    let value =
        |row: &super::case::Row, column: &str| text_of(row.values.get(column).unwrap_or(&Value::Null));
    let concerns = |row: &&super::case::Row| {
        need.only.as_ref().is_none_or(|only| {
            let held = row.values.get(&only.column).unwrap_or(&Value::Null);
            only.values.iter().any(|wanted| equals(held, Some(wanted)))
        })
    };
    let open =
        case.rows(&need.record).filter(concerns).filter(|row| value(row, &need.column).is_empty()).count();
    (open > 0).then(|| format!("还有 {open} 条"))
}

fn composition(case: &Case<'_>) -> Option<String> {
    let checks = composition::check(case);
    let wrong = checks.into_iter().filter(|check| !check.met && check.level != Level::Warn);
    let wrong: Vec<String> = wrong.map(|check| check.text).collect();
    (!wrong.is_empty()).then(|| wrong.join("；"))
}

/// How much the rules of composition that do not hold weigh; each has its own weight.
fn worst(case: &Case<'_>, level: Level) -> Level {
    let is_stopped = composition::check(case).iter().any(|check| !check.met && check.level == Level::Stop);
    match level {
        Level::Warn => Level::Warn,
        _ if is_stopped => Level::Stop,
        _ => Level::Reason,
    }
}

/// Whether a way makes the meeting itself begin anew, not only a stage after it.
pub fn begins_anew(case: &Case<'_>, stage: &Stage, way: &Way) -> bool {
    let at = case.kind.stage(&stage.id).map_or(0, |(at, _)| at);
    let to = target(&case.kind.stages, way).unwrap_or(at);
    let again = case.kind.stages.get(to..=at).unwrap_or_default();
    way.again && again.iter().flat_map(|stage| &stage.needs).any(|need| need.kind == NeedKind::Quorum)
}

/// The votes a need is about: the one it names, else those of its stage that are not optional.
fn concerned<'k>(case: &Case<'k>, stage: &Stage, need: &Need) -> Vec<&'k super::kind::Vote> {
    let own = |vote: &&super::kind::Vote| {
        if need.vote.is_empty() { vote.stage == stage.id && !vote.optional } else { vote.id == need.vote }
    };
    case.kind.votes.iter().filter(own).collect()
}

fn votes(case: &Case<'_>, stage: &Stage, need: &Need) -> Option<String> {
    let wrong = concerned(case, stage, need).into_iter().flat_map(|vote| match case.tally(&vote.id) {
        None => vec![format!("{}还没有计票", vote.title)],
        Some(tally) => count::problems(case, vote, &tally.counts),
    });
    let wrong: Vec<String> = wrong.collect();
    (!wrong.is_empty()).then(|| wrong.join("；"))
}

/// Records that stand still because the stage that freezes them is done.
pub fn frozen(case: &Case<'_>) -> Vec<String> {
    let states = standing(case);
    let done = case.kind.stages.iter().zip(states).filter(|(_, state)| *state == State::Done);
    done.flat_map(|(stage, _)| &stage.needs).flat_map(|need| need.records.clone()).collect()
}

fn locked(case: &Case<'_>, stage: &Stage, need: &Need) -> Option<String> {
    if !need.records.is_empty() {
        return need.records.iter().any(|record| case.rows(record).next().is_none()).then(String::new);
    }
    let is_open =
        |vote: &&super::kind::Vote| case.tally(&vote.id).is_none_or(|tally| tally.locked_at.is_empty());
    concerned(case, stage, need).iter().any(is_open).then(String::new)
}

fn minority(case: &Case<'_>, stage: &Stage, need: &Need) -> Option<String> {
    let field = if need.field.is_empty() { "minority" } else { &need.field };
    let made = concerned(case, stage, need).into_iter().flat_map(|vote| {
        case.tally(&vote.id).map(|tally| count::minority(vote, &tally.counts)).unwrap_or_default()
    });
    let made: Vec<&str> = made.collect();
    (!made.is_empty() && !case.is_filled(field)).then(|| format!("有人{}，要写明理由", made.join("、")))
}

fn proposer(case: &Case<'_>) -> Option<String> {
    let rules = case.kind.proposers.iter().filter(|rule| case.is_on(&rule.if_field, &rule.if_in));
    let judge = |rule: &super::kind::Proposer| {
        let of = |field: &str| case.number(field).unwrap_or(0);
        let (count, base) = (of(&rule.count_field), of(&rule.base_field));
        let share = case.parameters.ratio(&rule.parameter);
        let strictly = rule.compare == super::kind::Compare::MoreThan;
        let needed = share.map_or(0, |share| share.fewest(base, strictly));
        let met = share.is_some() && base > 0 && count >= needed;
        let text = rule.text.replace("{count}", &count.to_string()).replace("{base}", &base.to_string());
        (met, text.replace("{needed}", &needed.to_string()))
    };
    let found: Vec<(bool, String)> = rules.map(judge).collect();
    let is_enough = found.is_empty() || found.iter().any(|(met, _)| *met);
    (!is_enough).then(|| found.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("；"))
}

fn signed(case: &Case<'_>, need: &Need) -> Option<String> {
    let has_signed = |one: &&super::case::Attendee| {
        let by_row = case.rows("signature").any(|row| {
            let of = |column: &str| text_of(row.values.get(column).unwrap_or(&Value::Null));
            of("person") == one.name && !of("signed_on").is_empty()
        });
        !one.signed_on.is_empty() || by_row
    };
    let open = case.people_in(&need.roles).filter(|one| !has_signed(one)).count();
    (open > 0).then(|| format!("缺 {open} 个签名"))
}

fn posted(case: &Case<'_>, need: &Need) -> Option<String> {
    match due::posted_until(case, &need.from, &need.parameter) {
        None => Some("还没有贴出".to_owned()),
        Some(until) if case.today <= until => Some(format!("公示到{}", until.format("%-m月%-d日"))),
        Some(_) => None,
    }
}

/// The day a stage ended, for the list of stages.
pub fn ended<'a>(case: &'a Case<'_>, stage: &str) -> Option<&'a Step> {
    case.steps.iter().rev().find(|step| step.stage == stage && step.act != "printed")
}

/// Rows of action items and the like that are not done, with their last day.
pub fn open_actions<'a>(
    case: &'a Case<'_>,
) -> impl Iterator<Item = (&'a super::case::Row, Option<chrono::NaiveDate>)> {
    case.rows("action").filter_map(|row| {
        let of = |column: &str| text_of(row.values.get(column).unwrap_or(&Value::Null));
        of("done_on").is_empty().then(|| (row, day_of(&of("due_on"))))
    })
}
