//! Words of a meeting's papers: placeholders filled from the case, and the minutes (纪要) as text.
//!
//! How a paper looks is not known here.

use serde::Serialize;

use super::case::{Arrival, Case, text_of};
use super::count;
use super::kind::{AddsTo, Seat};
use super::quorum;

/// Part of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MinutesPart {
    /// 时间, 地点, 主持, 记录, 出席, 经过, 表决, 少数意见, 议定事项 and so on.
    pub title: String,
    /// Its text; empty parts are left out.
    pub text: String,
    /// What is wrong with it, such as a vote that does not add up.
    pub problem: String,
}

/// Fills `{placeholders}`; what is not known becomes empty.
pub fn fill(case: &Case<'_>, text: &str) -> String {
    replace(text, &|name| Some(value(case, name)))
}

/// Fills only `{parameter.…}` and leaves the rest.
pub fn fill_parameters(case: &Case<'_>, text: &str) -> String {
    replace(text, &|name| name.starts_with("parameter.").then(|| value(case, name)))
}

fn replace(text: &str, with: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match with(name) {
            Some(value) => out.push_str(&value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out + rest
}

/// What a placeholder stands for.
pub fn value(case: &Case<'_>, name: &str) -> String {
    let mut parts = name.split('.');
    let (head, second, third, fourth) =
        (parts.next().unwrap_or(""), parts.next(), parts.next(), parts.next());
    match (head, second) {
        ("parameter", Some(id)) => {
            case.parameters.get(id).map(super::parameter::Parameter::said).unwrap_or_default()
        }
        ("count", Some(record)) => case.rows(record).count().to_string(),
        ("rate" | "figure", Some(id)) => {
            let figure = count::figures(case).into_iter().find(|figure| figure.id == id);
            figure.map(|figure| figure.value).unwrap_or_default()
        }
        ("deadline", Some(id)) => {
            let due = super::due::all(case).into_iter().find(|due| due.id == id);
            due.map(|due| said_day(&due.on)).unwrap_or_default()
        }
        ("vote", Some(vote)) => vote_value(case, vote, third.unwrap_or(""), fourth),
        _ => plain(case, head),
    }
}

/// The vote a paper shows: the one that was counted last and is no survey, else the first.
pub fn shown_vote<'k>(case: &Case<'k>) -> Option<&'k super::kind::Vote> {
    let own = || case.kind.votes.iter().filter(|vote| vote.kind != super::kind::VoteKind::Survey);
    own().rfind(|vote| case.tally(&vote.id).is_some()).or_else(|| own().next()).or(case.kind.votes.first())
}

fn vote_value(case: &Case<'_>, vote: &str, what: &str, unit: Option<&str>) -> String {
    let vote = if vote == "current" { shown_vote(case).map_or("", |vote| &vote.id) } else { vote };
    let Some(tally) = case.tally(vote) else { return String::new() };
    let counts = &tally.counts;
    let number = match what {
        "valid" => counts.valid,
        "void" => counts.void,
        "issued" => counts.issued,
        "collected" => counts.collected,
        "not_voted" => counts.not_voted,
        "asked" => counts.lines.iter().map(|line| line.asked).sum(),
        "unanswered" => counts.lines.iter().map(|line| line.unanswered).sum(),
        "threshold" => {
            let rule = case.kind.outcomes.iter().find(|rule| rule.vote == vote);
            return rule
                .and_then(|rule| count::threshold(case, rule))
                .map(|n| n.to_string())
                .unwrap_or_default();
        }
        choice if unit == Some("households") => {
            counts.lines.iter().filter_map(|line| line.households.get(choice)).sum()
        }
        choice => count::totals(counts).get(choice).copied().unwrap_or(0),
    };
    number.to_string()
}

fn plain(case: &Case<'_>, name: &str) -> String {
    let (expected, present) = quorum::numbers(case);
    match name {
        "expected" => expected.to_string(),
        "present" => present.to_string(),
        "quorum_text" => quorum::judge(case).text,
        "outcome" => count::outcome(case).map(|found| found.title).unwrap_or_default(),
        "outcome_text" => count::outcome(case).map(|found| found.text).unwrap_or_default(),
        "next_text" => count::outcome(case).map(|found| found.next).unwrap_or_default(),
        "chair" => names(case, Seat::Chair, true),
        "recorder" => names(case, Seat::Recorder, true),
        "guest_names" => names(case, Seat::Guest, true),
        "present_names" => by_arrival(case, &[Arrival::Present, Arrival::Agent]),
        "leave_names" => by_arrival(case, &[Arrival::Leave]),
        "absent_names" => by_arrival(case, &[Arrival::Absent, Arrival::Expected]),
        "votes_text" => votes_text(case),
        "attendance_text" => attendance_text(case),
        "held_date" => said_day(&case.text("held_at")),
        "held_time" => case.text("held_at").get(11..16).unwrap_or("").to_owned(),
        "date" => said_day(&case.today.to_string()),
        "kind" => case.kind.title.clone(),
        _ => {
            let text = case.text(name);
            let is_day =
                case.kind.field(name).is_some_and(|field| field.kind == super::kind::FieldKind::Date);
            if is_day { said_day(&text) } else { text }
        }
    }
}

/// 2026年11月12日.
pub fn said_day(text: &str) -> String {
    super::case::day_of(text).map(|day| day.format("%Y年%-m月%-d日").to_string()).unwrap_or_default()
}

fn names(case: &Case<'_>, seat: Seat, all: bool) -> String {
    let listed = case.seated(seat).filter(|one| all || one.is_there(true));
    listed.map(|one| one.name.as_str()).collect::<Vec<_>>().join("、")
}

fn by_arrival(case: &Case<'_>, arrivals: &[Arrival]) -> String {
    let seats = case.seated(Seat::Group).chain(case.seated(Seat::Party));
    let found = seats.filter(|one| arrivals.contains(&one.arrival));
    let say = |one: &super::case::Attendee| match one.note.as_str() {
        "" => one.name.clone(),
        note => format!("{}（{note}）", one.name),
    };
    found.map(say).collect::<Vec<_>>().join("、")
}

fn attendance_text(case: &Case<'_>) -> String {
    let (expected, present) = quorum::numbers(case);
    let observers = case.text("observer_count");
    let beside = if observers.is_empty() { String::new() } else { format!("，旁听{observers}人") };
    format!("应到{expected}人，实到{present}人{beside}")
}

/// 同意21票，有条件同意4票……
pub fn votes_text(case: &Case<'_>) -> String {
    let counted = case.kind.votes.iter().filter_map(|vote| {
        let counts = &case.tally(&vote.id)?.counts;
        let sums = count::totals(counts);
        let unit = if vote.adds_to == AddsTo::Asked { "户" } else { "票" };
        let say = |choice: &super::kind::Choice| {
            format!("{}{}{unit}", choice.title, sums.get(&choice.id).copied().unwrap_or(0))
        };
        let mut said: Vec<String> = vote.choices.iter().map(say).collect();
        if counts.not_voted > 0 {
            said.push(format!("未投票{}人", counts.not_voted));
        }
        Some(format!("{}：{}", vote.title, said.join("，")))
    });
    counted.collect::<Vec<_>>().join("；")
}

/// The minutes as they stand, filled from what was noted.
pub fn minutes(case: &Case<'_>) -> Vec<MinutesPart> {
    let problems = case
        .kind
        .votes
        .iter()
        .filter_map(|vote| Some(count::problems(case, vote, &case.tally(&vote.id)?.counts)));
    let problem = problems.flatten().collect::<Vec<_>>().join("；");
    let votes = votes_text(case);
    let outcome = count::outcome(case).filter(|_| problem.is_empty());
    let conclusion = [outcome.map(|found| found.text).unwrap_or_default(), case.text("conclusion")].concat();
    let parts = [
        ("时间", format!("{} {}", plain(case, "held_date"), plain(case, "held_time")), ""),
        ("地点", case.text("place"), ""),
        ("主持", plain(case, "chair"), ""),
        ("记录", plain(case, "recorder"), ""),
        ("出席", attendance_text(case), ""),
        ("经过", case.text("course"), ""),
        ("表决", votes, problem.as_str()),
        ("少数意见", case.text("minority"), ""),
        ("会议形成意见", conclusion, ""),
        ("还没定的事", case.text("unresolved"), ""),
        ("议定事项", actions(case), ""),
        ("请假", plain(case, "leave_names"), ""),
        ("列席", plain(case, "guest_names"), ""),
    ];
    let filled = parts.into_iter().filter(|(_, text, _)| !text.trim().is_empty());
    filled
        .map(|(title, text, problem)| MinutesPart {
            title: title.to_owned(),
            text: text.trim().to_owned(),
            problem: problem.to_owned(),
        })
        .collect()
}

fn actions(case: &Case<'_>) -> String {
    let say = |(at, row): (usize, &super::case::Row)| {
        let of = |column: &str| text_of(row.values.get(column).unwrap_or(&serde_json::Value::Null));
        format!("{}. {}（{}，{}前）", at + 1, of("what"), of("who"), said_day(&of("due_on")))
    };
    case.rows("action").enumerate().map(say).collect::<Vec<_>>().join("\n")
}

/// Fills what is known and leaves the rest in braces for the clerk.
pub fn fill_known(case: &Case<'_>, text: &str) -> String {
    replace(text, &|name| Some(value(case, name)).filter(|value| !value.is_empty()))
}
