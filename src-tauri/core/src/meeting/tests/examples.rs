//! The worked examples of the domain author, each a case of one rule.

use std::collections::BTreeMap;

use serde_json::json;

use super::{empty, somebody};
use crate::meeting::case::{Arrival, Attendee, Case, Count, Counts, Row, Tally};
use crate::meeting::kind::{Level, QuorumOf, Seat};
use crate::meeting::{composition, count, due, quorum};

fn cases(file: &str) -> Vec<toml::Table> {
    let path = format!("{}/../../tests/fixtures/meetings/{file}.toml", env!("CARGO_MANIFEST_DIR"));
    let file: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = file["case"].as_array().unwrap();
    assert!(cases.len() > 9, "there are examples");
    cases.iter().map(|case| case.as_table().unwrap().clone()).collect()
}

fn text<'t>(table: &'t toml::Table, key: &str) -> &'t str {
    table.get(key).and_then(toml::Value::as_str).unwrap_or("")
}

fn whole(table: &toml::Table, key: &str) -> i64 {
    table.get(key).and_then(toml::Value::as_integer).unwrap_or(0)
}

fn table(value: &toml::Table, key: &str) -> toml::Table {
    value.get(key).and_then(toml::Value::as_table).cloned().unwrap_or_default()
}

/// Compares all examples and fails with every difference at once.
fn agree(differences: Vec<String>) {
    assert!(differences.is_empty(), "the rules differ from the examples:\n  {}", differences.join("\n  "));
}

#[test]
fn compositions_are_judged_as_worked_out() {
    let mut wrong = Vec::new();
    for example in cases("composition") {
        let mut case = empty(text(&example, "kind"), "", &toml::Table::new());
        case.values = serde_json::from_value(json!(table(&example, "fields"))).unwrap();
        let mut rows = 0;
        for (record, values) in table(&example, "rows") {
            for row in values.as_array().unwrap() {
                rows += 1;
                let values = serde_json::from_value(json!(row)).unwrap();
                case.rows.push(Row { id: rows, record: record.clone(), values });
            }
        }
        for people in example["people"].as_array().unwrap() {
            invite(&mut case, people.as_table().unwrap());
        }
        let found = composition::check(&case);
        let failed: Vec<&str> = found.iter().filter(|one| !one.met).map(|one| one.id.as_str()).collect();
        let expected: Vec<&str> =
            example["failed"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        let levels = found.iter().filter(|one| !one.met).map(|one| one.level);
        let worst = levels.min_by_key(|level| *level as u8).map_or("pass", |level| match level {
            Level::Stop => "stop",
            Level::Reason => "reason",
            Level::Warn => "warn",
        });
        if failed != expected || worst != text(&example, "worst") {
            wrong.push(format!("{}: {failed:?} {worst}, expected {expected:?}", text(&example, "id")));
        }
    }
    agree(wrong);
}

fn invite(case: &mut Case<'_>, people: &toml::Table) {
    let count = people.get("count").and_then(toml::Value::as_integer).unwrap_or(1);
    let (name, role) = (text(people, "name"), text(people, "role"));
    // One person named twice holds both roles.
    if let Some(known) = case.people.iter_mut().find(|one| !name.is_empty() && one.name == name) {
        known.roles.push(role.to_owned());
        return;
    }
    let (building, room) = text(people, "household").split_once('-').unwrap_or(("", ""));
    for _ in 0..count {
        let plain = somebody(role, case.people.len(), Arrival::Expected);
        case.people.push(Attendee {
            name: if name.is_empty() { plain.name.clone() } else { name.to_owned() },
            unit: format!("{}{}", text(people, "unit"), text(people, "group")),
            building: if building.is_empty() {
                text(people, "building").to_owned()
            } else {
                building.to_owned()
            },
            room: room.to_owned(),
            ..plain
        });
    }
}

#[test]
fn quorums_are_judged_as_worked_out() {
    let mut wrong = Vec::new();
    for example in cases("quorum") {
        let mut case = empty(text(&example, "kind"), text(&example, "on"), &table(&example, "local"));
        let (expected, present) = (whole(&example, "expected"), whole(&example, "present"));
        let base = case.kind.bases.iter().find(|base| base.id == text(&example, "base"));
        if let Some(base) = base {
            case.values.insert("base".to_owned(), json!(base.id));
            case.values.insert(base.count_field.clone(), json!(expected));
            case.values.insert("present_count".to_owned(), json!(present));
        }
        if case.kind.quorum.of == QuorumOf::Asked {
            let line = Count { asked: expected, unanswered: expected - present, ..Count::default() };
            let counts = Counts { lines: vec![line], ..Counts::default() };
            let vote = case.kind.votes[0].id.clone();
            case.tallies.push(Tally { attempt: 1, vote, version: 1, counts, ..Tally::default() });
        }
        let seat = if case.kind.quorum.of == QuorumOf::Parties { Seat::Party } else { Seat::Group };
        let role = case.kind.seated(seat).next().unwrap_or("");
        let arrival = |number: i64| match number {
            _ if number < present => Arrival::Present,
            _ if number < present + whole(&example, "agents") => Arrival::Agent,
            _ if number < present + whole(&example, "leave") => Arrival::Leave,
            _ => Arrival::Absent,
        };
        case.people = (0..expected).map(|number| somebody(role, 0, arrival(number))).collect();
        let beside = (0..whole(&example, "guests") + whole(&example, "observers")).map(|_| ());
        case.people.extend(beside.map(|()| somebody("observer", 0, Arrival::Present)));
        let found = quorum::judge(&case);
        let result = match (found.known, found.met) {
            (false, _) => "ask",
            (true, true) => "met",
            (true, false) => "not_met",
        };
        let needed = example.get("needed").map_or(found.needed, |needed| needed.as_integer().unwrap());
        if result != text(&example, "result") || needed != found.needed {
            wrong.push(format!(
                "{}: {result}, needed {}, {}",
                text(&example, "id"),
                found.needed,
                found.text
            ));
        }
    }
    agree(wrong);
}

fn votes(choices: &toml::Table) -> BTreeMap<String, i64> {
    choices.iter().map(|(id, votes)| (id.clone(), votes.as_integer().unwrap())).collect()
}

/// The counts of an example; its rows become rows of the indicators.
fn counted(case: &mut Case<'_>, example: &toml::Table) -> Counts {
    let mut lines = Vec::new();
    if let Some(buildings) = example.get("by_building") {
        for line in buildings.as_array().unwrap().iter().map(|line| line.as_table().unwrap()) {
            lines.push(Count {
                building: text(line, "building").to_owned(),
                asked: whole(line, "asked"),
                unanswered: whole(line, "unanswered"),
                people: votes(&table(line, "choices")),
                ..Count::default()
            });
        }
    }
    for row in example.get("rows").and_then(toml::Value::as_array).into_iter().flatten() {
        let row = row.as_table().unwrap();
        let id = i64::try_from(case.rows.len()).unwrap() + 1;
        let values = json!({ "title": text(row, "indicator"), "weight": whole(row, "weight") });
        let values = serde_json::from_value(values).unwrap();
        case.rows.push(Row { id, record: "indicator".to_owned(), values });
        let people = votes(&table(row, "choices"));
        lines.push(Count { indicator: Some(id), people, ..Count::default() });
    }
    if example.contains_key("choices") {
        lines.push(Count { people: votes(&table(example, "choices")), ..Count::default() });
    }
    Counts {
        lines,
        not_voted: whole(example, "not_voted"),
        issued: whole(example, "issued"),
        collected: whole(example, "collected"),
        valid: whole(example, "valid"),
        void: whole(example, "void"),
        ..Counts::default()
    }
}

#[test]
fn votes_are_counted_as_worked_out() {
    let mut wrong = Vec::new();
    for example in cases("vote") {
        let mut case = empty(text(&example, "kind"), text(&example, "on"), &table(&example, "local"));
        case.values.insert("method".to_owned(), json!(text(&example, "method")));
        let present = whole(&example, "present");
        case.values.insert("present_count".to_owned(), json!(present));
        let vote = case.kind.vote(text(&example, "vote")).unwrap();
        // Where households are asked, nobody sits there to vote.
        let voter = case.kind.roles.iter().find(|role| role.votes && vote_takes(vote, &role.id));
        let voter = voter.map(|role| role.id.clone()).unwrap_or_default();
        case.people = (0..present).map(|_| somebody(&voter, 0, Arrival::Present)).collect();
        let counts = counted(&mut case, &example);
        let problems = count::problems(&case, vote, &counts);
        let minority = !count::minority(vote, &counts).is_empty();
        case.tallies =
            vec![Tally { id: 1, attempt: 1, vote: vote.id.clone(), version: 1, counts, ..Tally::default() }];
        let mut differ = |what: &str, found: String, expected: String| {
            if found != expected {
                wrong.push(format!("{} {what}: {found}, expected {expected}", text(&example, "id")));
            }
        };
        let adds_up = example["adds_up"].as_bool().unwrap();
        differ("adds up", format!("{:?}", problems.is_empty()), format!("{adds_up:?}"));
        if !adds_up {
            let gap = format!(" {}", whole(&example, "gap").abs());
            let is_named = problems.iter().any(|problem| problem.ends_with(&gap));
            differ("names the gap", format!("{problems:?} {is_named}"), format!("{problems:?} true"));
            continue;
        }
        let outcome = count::outcome(&case);
        if example.contains_key("outcome") {
            let id = outcome.as_ref().map(|found| found.id.clone()).unwrap_or_default();
            differ("outcome", id, text(&example, "outcome").to_owned());
        }
        if let Some(threshold) = example.get("threshold") {
            let rule = case.kind.outcomes.iter().find(|rule| rule.vote == vote.id).unwrap();
            differ("threshold", format!("{:?}", count::threshold(&case, rule)), format!("Some({threshold})"));
        }
        if let Some(expected) = example.get("minority") {
            differ("minority", format!("{minority}"), expected.to_string());
        }
        for (id, expected) in table(&example, "figures") {
            let found = count::figures(&case).into_iter().find(|figure| figure.id == id).unwrap();
            differ(&id, found.value, expected.as_str().unwrap().to_owned());
        }
    }
    agree(wrong);
}

fn vote_takes(vote: &crate::meeting::kind::Vote, role: &str) -> bool {
    vote.voters.names().is_empty() || vote.voters.names().contains(&role)
}

#[test]
fn days_are_counted_as_worked_out() {
    let mut wrong = Vec::new();
    for example in cases("date").into_iter().filter(|example| text(example, "kind") != "matter") {
        let mut case = empty(text(&example, "kind"), text(&example, "from"), &toml::Table::new());
        let from: chrono::NaiveDate = text(&example, "from").parse().unwrap();
        if let Some(rule) = case.kind.deadlines.iter().find(|rule| rule.id == text(&example, "deadline")) {
            let found = due::period(&case.parameters, rule).unwrap().end(&case.calendar, from).to_string();
            if found != text(&example, "due") {
                wrong.push(format!("{}: {found}, expected {}", text(&example, "id"), text(&example, "due")));
            }
            continue;
        }
        case.values.insert("from".to_owned(), json!(text(&example, "from")));
        case.values.insert("to".to_owned(), json!(text(&example, "to")));
        let enough = due::gap(&case, "from", "to", text(&example, "gap"));
        let is_waived = example.contains_key("waived");
        if !is_waived && enough != example["enough"].as_bool() {
            wrong.push(format!("{}: {enough:?}", text(&example, "id")));
        }
    }
    agree(wrong);
}
