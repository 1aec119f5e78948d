//! Sentences say what is known, leave out what is not, and name it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;

use serde_json::{Value, json};

use super::template::{Number, Numbers, Template};
use crate::report::figures;
use crate::testing::office;

fn numbers(known: &[(&str, i64, Option<i64>)]) -> Numbers {
    let figure = |(id, now, before): &(&str, i64, Option<i64>)| {
        ((*id).to_owned(), Number { now: *now, before: *before })
    };
    Numbers {
        figures: known.iter().map(figure).collect(),
        words: HashMap::from([("day", "11月21日".to_owned())]),
    }
}

#[test]
fn every_figure_the_sentences_name_is_defined() {
    let template = Template::load().unwrap();
    let nothing = Numbers::default();
    let mut named = 0;
    for part in &template.section {
        for id in part.write(&nothing).lacking {
            let is_word = ["day", "added", "removed", "changed"].contains(&id.as_str());
            assert!(is_word || figures::find(&id).is_ok(), "{id}");
            named += 1;
        }
    }
    assert!(named > 15, "the sentences name figures: {named}");
}

#[test]
fn a_sentence_says_numbers_shares_and_differences() {
    let numbers =
        numbers(&[("population", 200, Some(190)), ("elderly_60", 50, Some(50)), ("male", 3, Some(5))]);
    assert_eq!(numbers.fill("{day}：{population}人，{elderly_60%}").unwrap(), "11月21日：200人，25.0%");
    assert_eq!(numbers.fill("{population±}，{elderly_60±}，{male±}").unwrap(), "增加10人，持平，减少2人");
    assert_eq!(numbers.fill("{visits}次，{hazards}处").unwrap_err(), ["visits", "hazards"]);
}

#[test]
fn an_unknown_figure_takes_its_sentence_out_but_only_its_item_of_a_list() {
    let template = Template::load().unwrap();
    let known = numbers(&[("living_alone", 4, Some(3)), ("veteran", 2, Some(2))]);
    let groups = template.section.iter().find(|part| part.heading == "重点人群").unwrap().write(&known);
    assert_eq!(groups.sentences.len(), 1);
    let text = &groups.sentences[0].0;
    assert_eq!(text, "登记在册的重点人群中，独居4人（比期初增加1人），退役军人2人（比期初持平）。");
    for id in ["disabled", "low_income", "migrant", "party_member", "volunteer"] {
        assert!(groups.lacking.contains(&id.to_owned()), "{id} is missed: {:?}", groups.lacking);
    }
}

#[test]
fn a_ledger_in_use_without_records_says_so() {
    let template = Template::load().unwrap();
    let work = template.section.iter().find(|part| part.heading == "日常工作").unwrap();
    let written = work.write(&numbers(&[("visits", 0, None), ("mediations", 2, None)]));
    let texts: Vec<&str> = written.sentences.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts, ["走访台账里没有报告期内的记录。", "调解纠纷2件。"]);
}

#[test]
fn an_office_without_visits_is_told_so_and_nothing_is_made_up() {
    let mut testing = office();
    testing.import("resident", "姓名,性别,身份证号,联系电话\n章予宁,女,990102194601010129,16012345678\n");
    let request = json!({ "kind": "monthly", "options": {} });
    let reply = testing.call("report.preview", request.clone());
    let missing: Vec<&str> =
        reply["missing"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert!(missing.iter().any(|text| text.ends_with("月报里没有写走访")), "{missing:?}");
    let figures = reply["figures"].as_array().unwrap();
    let texts: Vec<&str> = figures.iter().map(|figure| figure["text"].as_str().unwrap()).collect();
    assert!(texts.contains(&"登记居民 1 人") && texts.contains(&"新登记居民 1 人"), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("走访")), "{texts:?}");
    for figure in figures {
        let mut opened = request.clone();
        opened["key"] = figure["key"].clone();
        let people = testing.call("report.people", opened);
        let said = figure["text"].as_str().unwrap().split(' ').nth(1).unwrap().parse::<i64>().unwrap();
        assert_eq!(people["total"], Value::from(said), "{figure}");
    }
}
