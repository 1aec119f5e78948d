//! Filters, read-through columns, edits that are refused, and ledgers made from sheets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};

use crate::testing::{Testing, office};

const ROSTER: &str = "姓名,身份证号,联系电话,家庭住址,政治面貌\n\
    张三丰,990102194005030010,16800000001,梅园新村3号楼1单元502室,中共党员\n\
    李四光,990102195107011448,16800000002,梅园新村12号楼503室,群众\n";

fn filled() -> Testing {
    let mut testing = office();
    testing.import("resident", ROSTER);
    testing
}

fn names(testing: &mut Testing, ledger: &str, filter: &str) -> Vec<String> {
    let request = json!({ "ledger": ledger, "limit": 100, "where": filter, "unmasked": true });
    let rows = testing.call("ledger.rows", request);
    let name = testing.call("ledger.get", json!({ "id": ledger }))["columns"]
        .as_array()
        .unwrap()
        .iter()
        .position(|column| column["field"] == "person.name")
        .unwrap();
    rows["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["values"][name].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn filters_mean_what_they_say() {
    let mut testing = filled();
    let mut check = |filter: &str, expected: &[&str]| {
        assert_eq!(names(&mut testing, "resident", filter), expected, "{filter}");
    };
    check("age>=80", &["张三丰"]);
    check("age<80 and gender=女", &["李四光"]);
    check("party_member", &["张三丰"]);
    check("not party_member", &["李四光"]);
    check("building in (3, 12)", &["张三丰", "李四光"]);
    check("building=12 or age>=86", &["张三丰", "李四光"]);
    check("name='李四光'", &["李四光"]);
    check("person.political_status=群众", &["李四光"]);
    check("ledger:resident and not (building=3)", &["李四光"]);
    check("living_alone", &[]);
    check("name=\"x' or 1=1 --\"", &[]);
}

#[test]
fn an_unknown_word_lists_the_known_ones() {
    let mut testing = filled();
    let error =
        testing.refuse("ledger.rows", json!({ "ledger": "resident", "limit": 1, "where": "height>3" }));
    assert_eq!(error["code"], "refused");
    assert!(error["message"].as_str().unwrap().contains("height"));
    assert!(error["hint"].as_str().unwrap().contains("living_alone"));
}

#[test]
fn a_value_entered_once_shows_in_every_ledger() {
    let mut testing = filled();
    let uid = testing.call("resident.find", json!({ "text": "张三丰" }))["hits"][0]["uid"].clone();
    testing.call("ledger.add", json!({ "ledger": "elderly_living_alone", "uid": uid }));
    let rows = testing.call("ledger.rows", json!({ "ledger": "resident", "limit": 10 }));
    let record = rows["rows"][0]["record"].clone();
    let edit = json!({ "record": record, "field": "person.phone", "value": "１６８ ９９９９ ８８８８" });
    let changed = testing.call("ledger.change", json!({ "ledger": "resident", "edits": [edit] }));
    assert_eq!(changed["changed"], 1, "{changed}");
    let phone: Vec<Value> = testing
        .call("ledger.rows", json!({ "ledger": "elderly_living_alone", "limit": 1, "unmasked": true }))["rows"][0]
        ["values"]
        .as_array()
        .unwrap()
        .clone();
    assert!(phone.contains(&json!("16899998888")), "{phone:?}");
}

#[test]
fn what_does_not_fit_is_refused_and_the_rest_of_a_paste_goes_in() {
    let mut testing = filled();
    let rows = testing.call("ledger.rows", json!({ "ledger": "resident", "limit": 10 }));
    let record = |at: usize| rows["rows"][at]["record"].clone();
    let before = testing.dump();
    let edits = json!([
        { "record": record(0), "field": "person.id_number", "value": "990102195107011448" },
        { "record": record(0), "field": "person.age", "value": "12" },
        { "record": record(0), "field": "person.name", "value": " " },
        { "record": 999_999, "field": "person.phone", "value": "16812345678" },
        { "record": record(1), "field": "person.phone", "value": "12" },
        { "record": record(1), "field": "person.phone", "value": "16812345678" },
    ]);
    let reply = testing.call("ledger.change", json!({ "ledger": "resident", "edits": edits }));
    assert_eq!(
        (reply["changed"].as_u64(), reply["refused"].as_array().unwrap().len()),
        (Some(1), 5),
        "{reply}"
    );
    testing.call("history.undo", json!({}));
    assert_eq!(testing.dump(), before, "one paste is one step of undo");
}

#[test]
fn a_sheet_becomes_a_ledger_of_its_own_and_can_be_undone() {
    let mut testing = office();
    let sheet = "序号,姓名,身份证号,飞线充电处数,整改意见\n1,张三丰,990102194005030010,2,限期拆除\n";
    let path = testing.sheet(sheet);
    let before = testing.dump();
    let made = testing.call("ledger.new", json!({ "from": path, "title": "飞线充电整治台账" }));
    assert_eq!(made["columns"].as_array().unwrap().len(), 4, "the row number is not a column: {made}");
    let id = made["id"].as_str().unwrap().to_owned();
    let reply = testing.call("import.apply", json!({ "path": path, "ledger": id }));
    assert_eq!(reply["added"], 1);
    let rows = testing.call("ledger.rows", json!({ "ledger": id, "limit": 1, "unmasked": true }));
    assert!(rows["rows"][0]["values"].as_array().unwrap().contains(&json!("限期拆除")), "{rows}");
    let again = testing.refuse("ledger.new", json!({ "from": path, "title": "飞线充电整治台账" }));
    assert_eq!(again["code"], "refused");
    testing.call("history.undo", json!({}));
    testing.call("history.undo", json!({}));
    assert_eq!(testing.dump(), before);
    assert_eq!(testing.refuse("ledger.get", json!({ "id": id }))["code"], "not_found");
}
