//! Votes: what they must add up to, what they come to, and the sentences shown while counting.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::case::{Case, Count, Counts};
use super::composition::size;
use super::kind::{AddsTo, Of, Outcome, OutcomeRule, Tie, Vote, VoteKind};
use super::parameter::Ratio;

/// An outcome with its words (结论).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Result {
    /// Id.
    pub id: String,
    /// Title, such as 多数同意.
    pub title: String,
    /// In words.
    pub text: String,
    /// What comes next.
    pub next: String,
    /// How many decide, such as 16 for 过半线.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub threshold: Option<i64>,
    /// Whether somebody compared the rule with its source.
    pub checked: bool,
}

/// A shown number such as 满意率.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Figure {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// With one decimal, such as 86.7; empty when nothing was counted.
    pub value: String,
}

/// Votes by choice over all lines.
pub fn totals(counts: &Counts) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for (choice, votes) in counts.lines.iter().flat_map(|line| &line.people) {
        *sums.entry(choice.clone()).or_insert(0) += votes;
    }
    sums
}

/// Those present who may take part in a vote.
pub fn voters(case: &Case<'_>, vote: &Vote) -> i64 {
    let named: Vec<String> = vote.voters.names().into_iter().map(str::to_owned).collect();
    let may_vote: Vec<String> =
        case.kind.roles.iter().filter(|role| role.votes).map(|role| role.id.clone()).collect();
    let roles = if named.is_empty() { may_vote } else { named };
    let agents = case.kind.quorum.agents;
    let listed = size(case.people_in(&roles).filter(|one| one.is_there(agents)).count());
    if case.kind.quorum.of == super::kind::QuorumOf::Base {
        return case.number("present_count").unwrap_or(listed);
    }
    listed
}

/// What does not add up, each a sentence as it is shown beside the counters; none when all is well.
pub fn problems(case: &Case<'_>, vote: &Vote, counts: &Counts) -> Vec<String> {
    let mut said = Vec::new();
    let all = counts.lines.iter().flat_map(|line| line.people.values().chain(line.households.values()));
    let beside =
        [counts.not_voted, counts.issued, counts.collected, counts.valid, counts.void, counts.proxies];
    let lines = counts.lines.iter().flat_map(|line| [line.asked, line.unanswered]);
    if all.copied().chain(beside).chain(lines).any(|number| number < 0) {
        said.push("票数不能小于零".to_owned());
    }
    let is_known =
        |choice: &String| vote.choices.iter().any(|known| known.id == *choice) || choice == "unknown";
    if let Some(choice) = totals(counts).keys().find(|choice| !is_known(choice)) {
        said.push(format!("没有“{choice}”这一项"));
    }
    match (vote.kind, vote.adds_to) {
        (VoteKind::Grades, _) => graded(case, vote, counts, &mut said),
        (_, AddsTo::Present) => shown(case, vote, counts, &mut said),
        (_, AddsTo::Valid) => {
            ballots(case, vote, counts, &mut said);
            differ(&mut said, "有效票", counts.valid, "各项票数", totals(counts).values().sum());
        }
        (_, AddsTo::Asked) => asked(counts, &mut said),
    }
    said
}

/// `到会 31，票数 30，差 1`.
fn differ(said: &mut Vec<String>, what: &str, whole: i64, part: &str, sum: i64) {
    if whole != sum {
        let more = if sum > whole { "多" } else { "差" };
        said.push(format!("{what} {whole}，{part} {sum}，{more} {}", (whole - sum).abs()));
    }
}

fn shown(case: &Case<'_>, vote: &Vote, counts: &Counts, said: &mut Vec<String>) {
    let sum: i64 = totals(counts).values().sum();
    differ(said, "到会", voters(case, vote), "票数", sum + counts.not_voted);
}

fn ballots(case: &Case<'_>, vote: &Vote, counts: &Counts, said: &mut Vec<String>) {
    let may = voters(case, vote) + counts.proxies;
    if counts.issued > may {
        said.push(format!("发出 {}，到会和委托 {may}，多 {}", counts.issued, counts.issued - may));
    }
    if counts.collected > counts.issued {
        said.push(format!(
            "发出 {}，收回 {}，多 {}",
            counts.issued,
            counts.collected,
            counts.collected - counts.issued
        ));
    }
    differ(said, "收回", counts.collected, "有效和作废", counts.valid + counts.void);
}

fn asked(counts: &Counts, said: &mut Vec<String>) {
    for line in &counts.lines {
        let sum: i64 = line.people.values().sum::<i64>() + line.unanswered;
        let mut own = Vec::new();
        differ(&mut own, "应征询", line.asked, "答复和没答复", sum);
        said.extend(own.into_iter().map(|text| match line.building.as_str() {
            "" => text,
            building => format!("{}：{text}", crate::place::building_title(building)),
        }));
    }
}

fn graded(case: &Case<'_>, vote: &Vote, counts: &Counts, said: &mut Vec<String>) {
    ballots(case, vote, counts, said);
    let title = |row: i64| {
        let row = case.rows.iter().find(|one| one.id == row);
        let first = row.and_then(|row| case.kind.record(&row.record)?.columns.first());
        row.zip(first).and_then(|(row, column)| row.values.get(&column.id)).map(super::case::text_of)
    };
    let has = |subject: Option<i64>, indicator: Option<i64>| {
        counts.lines.iter().any(|line| line.subject == subject && line.indicator == indicator)
    };
    for subject in pairs(case, &vote.subjects) {
        for indicator in pairs(case, &vote.indicators) {
            if !has(subject, indicator) {
                let names = [subject, indicator].into_iter().flatten().filter_map(title);
                said.push(format!("{}还没有计票", names.collect::<Vec<_>>().join("、")));
            }
        }
    }
    for line in &counts.lines {
        let names = [line.subject, line.indicator].into_iter().flatten().filter_map(title);
        let mut own = Vec::new();
        differ(&mut own, "有效票", counts.valid, "各项票数", line.people.values().sum());
        let names = names.collect::<Vec<_>>().join("、");
        said.extend(
            own.into_iter().map(|text| if names.is_empty() { text } else { format!("{names}：{text}") }),
        );
    }
}

/// Row numbers of a record; one blank when nothing is graded by it.
fn pairs(case: &Case<'_>, record: &str) -> Vec<Option<i64>> {
    if record.is_empty() { vec![None] } else { case.rows(record).map(|row| Some(row.id)).collect() }
}

/// What a vote comes to by the first outcome that fits; none before anything was counted.
pub fn outcome(case: &Case<'_>) -> Option<Result> {
    let chosen = case.text("method");
    let rules = case.kind.outcomes.iter().filter(|rule| rule.method.is_empty() || rule.method == chosen);
    rules.into_iter().find_map(|rule| {
        let counts = case.tally(&rule.vote).map(|tally| &tally.counts);
        let counts = if rule.vote.is_empty() { counts.or(Some(&NOTHING)) } else { counts };
        let vote = case.kind.vote(&rule.vote);
        let is_ballot = vote.is_some_and(|vote| vote.adds_to == AddsTo::Valid);
        // Without a single valid ballot nothing is decided.
        let counts = counts.filter(|counts| !is_ballot || counts.valid > 0);
        fits(case, rule, counts?).map(|choice| said(case, rule, choice))
    })
}

static NOTHING: Counts = Counts {
    lines: Vec::new(),
    not_voted: 0,
    issued: 0,
    collected: 0,
    valid: 0,
    void: 0,
    proxies: 0,
    tie: String::new(),
};

fn said(case: &Case<'_>, rule: &Outcome, choice: Option<(String, String)>) -> Result {
    let (id, title) = choice.unwrap_or_else(|| (rule.id.clone(), rule.title.clone()));
    let parameter = case.parameters.get(&rule.parameter);
    let fill = |text: &str| super::words::fill(case, &text.replace("{outcome}", &title));
    Result {
        text: fill(&rule.text),
        next: fill(&rule.next),
        threshold: threshold(case, rule),
        checked: rule.checked && parameter.is_none_or(|one| one.entry.checked || one.is_local),
        id,
        title,
    }
}

/// How many votes decide, where a share of people does.
pub fn threshold(case: &Case<'_>, rule: &Outcome) -> Option<i64> {
    let counts = &case.tally(&rule.vote)?.counts;
    let share = case.parameters.ratio(&rule.parameter)?;
    let whole = whole(case, rule, counts);
    match rule.rule {
        OutcomeRule::MoreThan => Some(share.fewest(whole, true)),
        OutcomeRule::AtLeast => Some(share.fewest(whole, false)),
        _ => None,
    }
}

/// The counts an outcome reads: of a graded vote the lines of the indicator that decides alone, if any.
fn deciding<'c>(case: &Case<'_>, rule: &Outcome, counts: &'c Counts) -> Cow<'c, Counts> {
    let overall = case.kind.vote(&rule.vote).map(|vote| vote.overall.as_str()).unwrap_or_default();
    let is_overall = |row: i64| {
        let row = case.rows.iter().find(|one| one.id == row);
        row.is_some_and(|row| row.values.values().any(|value| super::case::text_of(value) == overall))
    };
    let lines: Vec<Count> = counts
        .lines
        .iter()
        .filter(|line| !overall.is_empty() && line.indicator.is_some_and(is_overall))
        .cloned()
        .collect();
    if lines.is_empty() { Cow::Borrowed(counts) } else { Cow::Owned(Counts { lines, ..counts.clone() }) }
}

fn whole(case: &Case<'_>, rule: &Outcome, counts: &Counts) -> i64 {
    let unknown = || totals(counts).get("unknown").copied().unwrap_or(0);
    let vote = case.kind.vote(&rule.vote);
    // Several subjects and indicators are graded by the same ballots, once each.
    let times = size(counts.lines.len()).max(1);
    let is_graded = vote.is_some_and(|vote| vote.kind == VoteKind::Grades);
    let valid = if is_graded { counts.valid * times } else { counts.valid };
    match rule.of {
        Of::Present => vote.map_or(0, |vote| voters(case, vote)),
        Of::Valid => valid,
        Of::Cast => valid - unknown(),
        Of::Base => super::quorum::numbers(case).0,
        Of::Issued => counts.issued,
        Of::Asked => counts.lines.iter().map(|line| line.asked).sum(),
    }
}

/// Whether an outcome fits; `highest` says which choice won.
fn fits(case: &Case<'_>, rule: &Outcome, counts: &Counts) -> Option<Option<(String, String)>> {
    let counts = &*deciding(case, rule, counts);
    let sums = totals(counts);
    let sum: i64 = rule.choices.iter().filter_map(|choice| sums.get(choice)).sum();
    let whole = whole(case, rule, counts);
    let share = case.parameters.ratio(&rule.parameter);
    let plain = |met: bool| met.then_some(None);
    match rule.rule {
        OutcomeRule::MoreThan => plain(share.is_some_and(|share| share.is_passed(sum, whole))),
        OutcomeRule::AtLeast => plain(share.is_some_and(|share| share.is_reached(sum, whole))),
        OutcomeRule::All => plain(whole > 0 && sum == whole),
        OutcomeRule::Highest => highest(case, rule, counts, &sums).map(Some),
        OutcomeRule::Score | OutcomeRule::Rate => plain(
            percent(case, rule, counts)
                .zip(share)
                .is_some_and(|(got, asked)| got.n * asked.d >= asked.n * got.d),
        ),
        OutcomeRule::None => plain(sum == 0),
        OutcomeRule::Else => plain(true),
    }
}

fn highest(
    case: &Case<'_>,
    rule: &Outcome,
    counts: &Counts,
    sums: &BTreeMap<String, i64>,
) -> Option<(String, String)> {
    let vote = case.kind.vote(&rule.vote)?;
    let in_question = |id: &String| rule.choices.is_empty() || rule.choices.contains(id);
    let of = |id: &String| sums.get(id).copied().unwrap_or(0);
    let choices: Vec<_> = vote.choices.iter().filter(|choice| in_question(&choice.id)).collect();
    let most = choices.iter().map(|choice| of(&choice.id)).max().filter(|most| *most > 0)?;
    let mut first: Vec<_> = choices.into_iter().filter(|choice| of(&choice.id) == most).collect();
    if first.len() > 1 && rule.tie == Tie::Ask {
        first.retain(|choice| choice.id == counts.tie);
    }
    first.last().map(|choice| (choice.id.clone(), choice.title.clone()))
}

/// A rate in percent or an average of points, exact.
pub fn percent(case: &Case<'_>, rule: &Outcome, counts: &Counts) -> Option<Ratio> {
    let counts = &*deciding(case, rule, counts);
    let mut sums = totals(counts);
    sums.insert("collected".to_owned(), counts.collected);
    let whole = whole(case, rule, counts);
    if whole <= 0 {
        return None;
    }
    if rule.rule == OutcomeRule::Score {
        return score(case, rule, counts, whole);
    }
    let sum: i64 = rule.choices.iter().filter_map(|choice| sums.get(choice)).sum();
    Some(Ratio { n: sum * 100, d: whole })
}

/// The average of points; where the indicators have weights, the weighted average of theirs.
fn score(case: &Case<'_>, rule: &Outcome, counts: &Counts, whole: i64) -> Option<Ratio> {
    let points = |votes: &BTreeMap<String, i64>| -> Option<i64> {
        rule.points.iter().try_fold(0, |sum, (choice, parameter)| {
            Some(sum + votes.get(choice).copied().unwrap_or(0) * case.parameters.whole(parameter)?)
        })
    };
    let weight = |line: &Count| {
        let row = case.rows.iter().find(|row| Some(row.id) == line.indicator)?;
        let column = rule.weights.split_once('.').map_or(rule.weights.as_str(), |(_, column)| column);
        super::case::text_of(row.values.get(column)?).parse::<i64>().ok()
    };
    let weights: Option<Vec<i64>> = counts.lines.iter().map(weight).collect();
    let Some(weights) = weights.filter(|weights| weights.iter().sum::<i64>() > 0) else {
        return Some(Ratio { n: points(&totals(counts))?, d: whole });
    };
    let mut sum = Ratio { n: 0, d: 1 };
    for (line, weight) in counts.lines.iter().zip(&weights) {
        let unknown = if rule.of == Of::Cast { line.people.get("unknown").copied().unwrap_or(0) } else { 0 };
        let said = counts.valid - unknown;
        if said > 0 {
            sum = sum.plus(Ratio { n: points(&line.people)? * weight, d: said });
        }
    }
    Some(Ratio { n: sum.n, d: sum.d * weights.iter().sum::<i64>() })
}

/// A fraction with one decimal, half up.
pub fn tenth(ratio: Ratio) -> String {
    let tenths = (ratio.n * 20 + ratio.d).div_euclid(ratio.d * 2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The shown numbers of the kind.
pub fn figures(case: &Case<'_>) -> Vec<Figure> {
    let value = |rule: &Outcome| Some(tenth(percent(case, rule, &case.tally(&rule.vote)?.counts)?));
    let shown = case.kind.figures.iter();
    shown
        .map(|rule| Figure {
            id: rule.id.clone(),
            title: rule.title.clone(),
            value: value(rule).unwrap_or_default(),
        })
        .collect()
}

/// Choices of a minority that somebody made, by title.
pub fn minority<'v>(vote: &'v Vote, counts: &Counts) -> Vec<&'v str> {
    let sums = totals(counts);
    let is_made = |id: &String| sums.get(id).is_some_and(|votes| *votes > 0);
    let made = vote.choices.iter().filter(|choice| vote.minority.contains(&choice.id) && is_made(&choice.id));
    made.map(|choice| choice.title.as_str()).collect()
}
