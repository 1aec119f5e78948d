//! Sums add up to the register, and every number opens to as many people as it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{numeral, share};
use crate::op::Op;
use crate::resident::ResidentWriter;
use crate::testing::{Testing, office};

#[test]
fn shares_round_half_up() {
    assert_eq!(share(1, 8), "12.5%");
    assert_eq!(share(1, 3), "33.3%");
    assert_eq!(share(2, 3), "66.7%");
    assert_eq!(share(1, 2000), "0.1%", "half a tenth goes up");
    assert_eq!(share(7, 7), "100.0%");
    assert_eq!(share(0, 0), "");
}

#[test]
fn numbers_of_headings_are_chinese() {
    assert_eq!([1, 9, 10, 11, 20, 24].map(numeral), ["一", "九", "十", "十一", "二十", "二十四"]);
}

#[test]
fn age_bands_leave_no_gap() {
    let bands = super::fields::age_bands().unwrap();
    assert_eq!(bands[0].from, 0);
    for pair in bands.windows(2) {
        assert_eq!(
            pair[0].to.map(|to| to + 1),
            Some(pair[1].from),
            "{} and {}",
            pair[0].title,
            pair[1].title
        );
    }
    assert_eq!(bands.last().unwrap().to, None);
}

/// Somebody of whom any part may be unknown.
#[derive(Debug, Clone)]
struct Somebody {
    gender: &'static str,
    birth: &'static str,
    building: u8,
    education: &'static str,
    household: u8,
}

fn somebody() -> impl Strategy<Value = Somebody> {
    (
        prop::sample::select(vec!["男", "女", ""]),
        prop::sample::select(vec![
            "",
            "1930-01-02",
            "1946-11",
            "1966-11-21",
            "1966-11-22",
            "1990",
            "2020-05-06",
        ]),
        0u8..4,
        prop::sample::select(vec!["", "小学", "大学本科", "初中"]),
        0u8..5,
    )
        .prop_map(|(gender, birth, building, education, household)| Somebody {
            gender,
            birth,
            building,
            education,
            household,
        })
}

fn register(people: &[Somebody]) -> Testing {
    let mut testing = office();
    let op = Op::AddRecord { ledger: "居民".to_owned(), who: "各位".to_owned() };
    let added = testing.office.transact(&op, |tx| {
        let mut writer = ResidentWriter::new(tx)?;
        for (number, one) in people.iter().enumerate() {
            let known = |number: u8, text: String| if number == 0 { String::new() } else { text };
            let values = [
                ("person.name", format!("{}予安", ["章", "黎", "舒", "纪", "栾"][number % 5])),
                ("person.gender", one.gender.to_owned()),
                ("person.birth_on", one.birth.to_owned()),
                ("place.building", known(one.building, one.building.to_string())),
                ("place.room", known(one.building, (101 + number).to_string())),
                ("person.education", one.education.to_owned()),
                ("household.number", known(one.household, format!("H{}", one.household))),
            ];
            writer.add(values.iter().map(|(field, value)| (*field, value.as_str())))?;
        }
        Ok(())
    });
    added.unwrap();
    testing
}

fn number_in(text: &str) -> i64 {
    text.split(' ').nth_back(1).and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{text}"))
}

fn figures(reply: &Value) -> Vec<(Value, i64)> {
    let figures = reply["figures"].as_array().unwrap();
    figures
        .iter()
        .map(|figure| (figure["key"].clone(), number_in(figure["text"].as_str().unwrap())))
        .collect()
}

fn part(key: &Value, place: usize) -> Option<String> {
    let key: Value = serde_json::from_str(key.as_str().unwrap()).unwrap();
    key["cross"][place].as_str().map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn rows_and_columns_add_up_to_the_register(
        people in prop::collection::vec(somebody(), 1..14),
        fields in prop::sample::subsequence(
            vec!["person.age", "person.gender", "place.building", "person.education"], 3).prop_shuffle(),
    ) {
        let mut testing = register(&people);
        let request = json!({ "kind": "statistics", "options":
            { "cross": { "rows": fields[0], "columns": fields[1], "split": fields[2] } } });
        let reply = testing.call("report.preview", request.clone());
        let known = crate::resident::count(testing.office.connection()).unwrap();
        let mut sums = [0, 0, 0];
        for (key, count) in figures(&reply) {
            if !key.as_str().unwrap().contains("cross") {
                continue;
            }
            let said = [0, 1, 2].map(|place| part(&key, place).is_some());
            match said {
                [true, true, true] => sums[0] += count,
                [true, false, false] => sums[1] += count,
                [false, false, false] => sums[2] += count,
                _ => {}
            }
            let mut opened = request.clone();
            opened["key"] = key.clone();
            let opened = testing.call("report.people", opened);
            prop_assert_eq!(opened["total"].as_i64(), Some(count), "{}", key);
            prop_assert_eq!(opened["people"].as_array().unwrap().len() as i64, count);
        }
        prop_assert_eq!(sums, [known; 3], "cells, row sums and the sum are the register");
    }
}

#[test]
fn figures_open_to_as_many_as_they_say() {
    let mut testing = register(&[
        Somebody { gender: "男", birth: "1930-01-02", building: 1, education: "小学", household: 1 },
        Somebody { gender: "女", birth: "1946-11", building: 1, education: "", household: 1 },
        Somebody { gender: "", birth: "", building: 0, education: "初中", household: 0 },
        Somebody { gender: "女", birth: "2020-05-06", building: 2, education: "", household: 2 },
    ]);
    let request = json!({ "kind": "statistics", "options": {} });
    let reply = testing.call("report.preview", request.clone());
    let said: Vec<&str> =
        reply["figures"].as_array().unwrap().iter().map(|figure| figure["text"].as_str().unwrap()).collect();
    for expected in ["登记居民 4 人", "户数 2 户", "楼栋 2 栋", "男性 1 人", "未满18岁 1 人", "80岁以上 2 人"]
    {
        assert!(said.contains(&expected), "{expected} is said: {said:?}");
    }
    for (key, count) in figures(&reply) {
        let mut opened = request.clone();
        opened["key"] = key.clone();
        assert_eq!(testing.call("report.people", opened)["total"], count, "{key}");
    }
    let missing: Vec<&str> =
        reply["missing"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    let lacking = ["1 人没有登记性别", "1 人没有登记出生日期", "1 人没有登记楼号", "1 人没有登记户号"];
    assert_eq!(missing, lacking);
}

#[test]
fn an_unknown_figure_is_refused() {
    let mut testing =
        register(&[Somebody { gender: "男", birth: "", building: 1, education: "", household: 1 }]);
    for key in ["", "{}", "{\"figure\":\"nobody\"}"] {
        let error =
            testing.refuse("report.people", json!({ "kind": "statistics", "options": {}, "key": key }));
        assert_eq!(error["code"], "usage");
    }
    let request = json!({ "kind": "statistics", "options": { "cross": { "rows": "person.phone" } } });
    assert_eq!(testing.refuse("report.preview", request)["code"], "not_found");
}

#[test]
fn bands_are_those_of_the_age_of_every_birth() {
    use crate::value::date::{PartialDate, age_on};
    let bands = super::fields::age_bands().unwrap();
    for today in ["2026-11-21", "2028-02-29", "2027-03-01"] {
        let today: chrono::NaiveDate = today.parse().unwrap();
        for years in 0..106 {
            for rest in
                ["", "-02", "-11", "-02-28", "-02-29", "-03-01", "-11-20", "-11-21", "-11-22", "-12-31"]
            {
                let birth = format!("{}{rest}", 2026 - years);
                let Some(date) = PartialDate::from_canonical(&birth) else { continue };
                let age = age_on(date, today);
                let band = age.and_then(|age| bands.iter().rev().find(|band| age >= band.from));
                let found = crate::report::store::band_of(&birth, today, &bands);
                assert_eq!(
                    found,
                    band.map(|band| band.title.clone()).unwrap_or_default(),
                    "{birth} on {today}"
                );
            }
        }
    }
}
