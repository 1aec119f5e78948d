//! Meetings: the rules against the worked examples of `tests/fixtures/meetings`, and the state machine
//! against everything a clerk may do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod examples;
mod machine;

use std::collections::BTreeMap;

use super::case::{Arrival, Attendee, Case, Values};
use super::parameter::Parameters;
use super::{book, case};
use crate::calendar;
use crate::testing::day;

/// A case of a kind on a day, with nobody and nothing in it.
fn empty(kind: &str, on: &str, local: &toml::Table) -> Case<'static> {
    let kind = book::kind(kind).unwrap();
    let local: BTreeMap<String, String> = local
        .iter()
        .map(|(id, value)| (format!("{}.{id}", kind.id), value.as_str().unwrap().to_owned()))
        .collect();
    let testing = crate::testing::office();
    Case {
        parameters: Parameters::on(&kind.id, &kind.parameters, &local, on.parse().unwrap_or_else(|_| day())),
        calendar: calendar::of(testing.office.connection()).unwrap(),
        today: day(),
        values: Values::new(),
        people: Vec::new(),
        rows: Vec::new(),
        tallies: Vec::new(),
        steps: Vec::new(),
        attempts: Vec::new(),
        kind,
    }
}

fn somebody(role: &str, number: usize, arrival: Arrival) -> Attendee {
    Attendee { name: format!("{role}{number}"), roles: vec![role.to_owned()], arrival, ..Attendee::default() }
}

#[test]
fn every_kind_of_the_folder_is_read() {
    let book = book::book().unwrap();
    assert_eq!(book.kinds.len(), 12, "twelve kinds ship");
    for kind in &book.kinds {
        assert_eq!(kind.stages.last().unwrap().id, "archive", "{} ends in the archive", kind.id);
        assert!(kind.field("archive_number").is_some(), "{} shares the common fields", kind.id);
    }
}

#[test]
fn a_kind_is_made_by_copying_a_folder_and_nothing_else() {
    let text = book::file("hearing/kind.toml").unwrap();
    let copy = text.replacen("id = \"hearing\"", "id = \"garden\"", 1).replacen(
        "title = \"听证会\"",
        "title = \"议园会\"",
        1,
    );
    let kind = book::read(&copy, &book::book().unwrap().common).unwrap();
    assert_eq!((kind.id.as_str(), kind.title.as_str()), ("garden", "议园会"));
    let wrong = copy.replacen("parameter = \"notice_days\"", "parameter = \"nothing\"", 1);
    let said = book::read(&wrong, &book::book().unwrap().common).unwrap_err();
    assert!(said.contains("nothing"), "a reference to nothing is named: {said}");
}

#[test]
fn values_are_said_as_papers_print_them() {
    assert_eq!(case::text_of(&serde_json::json!(["3号楼", "5号楼"])), "3号楼、5号楼");
    assert_eq!(super::parameter::Ratio::parse("2/3").unwrap().said(), "三分之二");
}

#[test]
fn every_paper_of_every_kind_has_a_template_that_is_understood() {
    for kind in &book::book().unwrap().kinds {
        let case = empty(&kind.id, "", &toml::Table::new());
        for paper in &kind.papers {
            let sheet = super::paper::contents(&case, &paper.id);
            let sheet = sheet.unwrap_or_else(|error| panic!("{}/{}: {error}", kind.id, paper.id));
            assert!(!sheet.title.is_empty() && !sheet.layout.is_empty(), "{}/{}", kind.id, paper.id);
        }
    }
}

#[test]
fn names_on_public_papers_are_masked() {
    let mut case = empty("hearing", "", &toml::Table::new());
    case.people =
        vec![Attendee { name: "何永康".to_owned(), ..somebody("affected", 0, Arrival::Present) }];
    let values = serde_json::json!({ "content": "夜里有噪声", "proposer": "何永康", "building": "7号楼" });
    let values = serde_json::from_value(values).unwrap();
    case.rows.push(case::Row { id: 1, record: "opinion".to_owned(), values });
    let posted = serde_json::to_string(&super::paper::contents(&case, "posting").unwrap()).unwrap();
    assert!(!posted.contains("何永康"), "no full name on a public paper: {posted}");
    let rolled = serde_json::to_string(&super::paper::contents(&case, "sign_in").unwrap()).unwrap();
    assert!(rolled.contains("何永康"), "the roll is internal: {rolled}");
}
