//! Matters: who may propose, and where a matter can go, against the worked examples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use serde_json::json;

use super::file::rules;
use super::{Dossier, dues, is_backed, missing, proposers};
use crate::calendar;
use crate::meeting::case::Values;
use crate::meeting::kind::Level;
use crate::meeting::parameter::Parameters;
use crate::testing::{day, office};

fn cases(file: &str) -> Vec<toml::Table> {
    let path = format!("{}/../../tests/fixtures/meetings/{file}.toml", env!("CARGO_MANIFEST_DIR"));
    let file: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file["case"].as_array().unwrap().iter().map(|case| case.as_table().unwrap().clone()).collect()
}

fn dossier(state: &str, way_in: &str, values: Values) -> Dossier<'static> {
    let rules = rules().unwrap();
    Dossier {
        parameters: Parameters::on("matter", &rules.parameters, &BTreeMap::new(), day()),
        calendar: calendar::of(office().office.connection()).unwrap(),
        today: day(),
        state: state.to_owned(),
        way_in: way_in.to_owned(),
        values,
        rows: Vec::new(),
        open_work: Vec::new(),
        rules,
    }
}

fn text<'t>(table: &'t toml::Table, key: &str) -> &'t str {
    table.get(key).and_then(toml::Value::as_str).unwrap_or("")
}

#[test]
fn proposals_and_steps_are_judged_as_worked_out() {
    let mut wrong = Vec::new();
    for example in cases("matter") {
        let values: Values = serde_json::from_value(json!(example["fields"])).unwrap();
        let dossier = dossier(text(&example, "state"), text(&example, "way_in"), values);
        let id = text(&example, "id");
        if let Some(enough) = example.get("enough") {
            let found = proposers(&dossier);
            let by = found.iter().find(|one| one.met).map_or("", |one| one.id.as_str());
            if is_backed(&dossier) != enough.as_bool().unwrap() || by != text(&example, "by") {
                wrong.push(format!("{id}: {found:?}"));
            }
            continue;
        }
        let step =
            dossier.rules.transitions.iter().find(|step| step.id == text(&example, "transition")).unwrap();
        let starts = step.from.contains(&dossier.state);
        let lacks: Vec<String> = missing(&dossier, step)
            .into_iter()
            .filter(|one| one.level == Level::Stop)
            .map(|one| one.field)
            .collect();
        let expected: Vec<String> = example["missing"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one.as_str().unwrap().to_owned())
            .collect();
        let allowed = starts && lacks.is_empty();
        let is_as_expected =
            allowed == example["allowed"].as_bool().unwrap() && (!starts || lacks == expected);
        if !is_as_expected || allowed && step.to != text(&example, "to") {
            wrong.push(format!("{id}: starts {starts}, lacks {lacks:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn periods_of_a_matter_are_counted_as_worked_out() {
    let mut checked = 0;
    for example in cases("date").into_iter().filter(|example| text(example, "kind") == "matter") {
        let rule =
            rules().unwrap().deadlines.iter().find(|rule| rule.id == text(&example, "deadline")).unwrap();
        let values = [(rule.from.clone(), json!(text(&example, "from")))];
        let dossier = dossier("collected", "visit", values.into_iter().collect());
        let due = dues(&dossier).into_iter().find(|due| due.id == rule.id).unwrap();
        assert_eq!(due.on, text(&example, "due"), "{}", text(&example, "id"));
        checked += 1;
    }
    assert!(checked > 0);
}

#[test]
fn a_matter_that_is_not_listed_is_convened_only_with_a_reason_that_is_kept() {
    let mut testing = office();
    let matter = testing.call("matter.new", json!({ "title": "3号楼加装电梯", "way_in": "committee" }));
    let asked = json!({ "kind": "hearing", "matter": matter["id"] });
    let refused = testing.refuse("meeting.new", asked.clone());
    assert!(refused["message"].as_str().unwrap().contains("已收下"), "{refused}");
    let mut asked = asked;
    asked["reason"] = json!("街道要求本周先听意见");
    testing.call("meeting.new", asked);
    let matter = testing.call("matter.get", json!({ "id": matter["id"] }));
    assert_eq!(matter["state_title"], "开会中");
    let last = matter["history"].as_array().unwrap().last().unwrap();
    assert_eq!(last["reason"], "街道要求本周先听意见");
    assert!(!last["went_without"].as_array().unwrap().is_empty(), "what was skipped is kept: {last}");
}
