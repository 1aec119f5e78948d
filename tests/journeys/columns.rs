//! What becomes of the columns of a sheet: those that are only checked, left out, asked about or refused,
//! each with its reason.

use serde_json::{Value, json};

use crate::support::{Desk, id_number, list, number, text};

fn columns(desk: &mut Desk, sheet: &str) -> Vec<Value> {
    let path = desk.file("名册.csv", sheet);
    let seen = desk.call("import.open", json!({ "path": path }));
    list(&seen["sheets"][0]["columns"]).clone()
}

fn preview(desk: &mut Desk, sheet: &str, mapping: &Value) -> Value {
    let path = desk.file("名册.csv", sheet);
    desk.reply("import.preview", json!({ "path": path, "ledger": "resident", "mapping": mapping }))
}

fn says(column: &Value, word: &str) -> bool {
    list(&column["reasons"]).iter().any(|reason| text(reason).contains(word))
}

#[test]
fn ages_are_checked_with_the_births_and_never_kept() {
    let mut desk = Desk::empty();
    // The sheet is a year old: all ages are one less than today's.
    let name = |at: u32| char::from_u32(0x4e00 + at).unwrap();
    let row = |at: u32, age: u32| {
        format!("章{},{},{age}\n", name(at), id_number(&format!("{}0101", 1940 + at), at))
    };
    let rows: String = (1..=9).map(|at| row(at, if at == 7 { 60 } else { 85 - at })).collect();
    let sheet = format!("姓名,身份证号,年龄\n{rows}");
    assert!(says(&columns(&mut desk, &sheet)[2], "不另存"));
    let plan = preview(&mut desk, &sheet, &Value::Null)["value"].take();
    assert!(text(&plan["mapping"][2]["note"]).contains("由出生日期算出，不另存"), "{}", plan["mapping"]);
    let problems = list(&plan["problems"]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let (code, row, column) = (&problems[0]["code"], &problems[0]["row"], &problems[0]["column"]);
    assert_eq!((code, row, column), (&json!("age_birth_mismatch"), &json!(8), &json!("C")));
    assert_eq!((number(&plan["added"]), number(&plan["tray"])), (9, 0), "nothing waits for an age");
}

#[test]
fn every_column_that_is_left_out_says_why() {
    let mut desk = Desk::empty();
    let sheet =
        "序号,姓名,联系电话,暗号,签字,备用电话\n1,章予宁,16000000001,红,,\n2,黎知远,16000000002,绿,,\n";
    let mapping = json!([{ "letter": "C", "field": null }]);
    let plan = preview(&mut desk, sheet, &mapping)["value"].take();
    for column in list(&plan["mapping"]) {
        let is_kept = !column["field"].is_null();
        assert_eq!(is_kept, column.get("note").is_none(), "{column}");
        assert!(is_kept || text(&column["note"]).ends_with('。'), "{column}");
    }
    let twice =
        json!([{ "letter": "C", "field": "person.phone" }, { "letter": "F", "field": "person.phone" }]);
    let plan = preview(&mut desk, sheet, &twice)["value"].take();
    assert!(text(&plan["mapping"][5]["note"]).starts_with("C 栏已经放到"), "{}", plan["mapping"]);
}

#[test]
fn a_run_of_telephones_without_heading_is_no_numbering() {
    let mut desk = Desk::empty();
    let row = |at: u32| format!("{at},章{},1600000{:04}\n", char::from_u32(0x4e00 + at).unwrap(), 100 + at);
    let rows: String = (1..=8).map(row).collect();
    let seen = columns(&mut desk, &format!("序号,姓名,\n{rows}"));
    assert_eq!(
        (&seen[2]["field"], &seen[2]["confidence"]),
        (&json!("person.phone"), &json!("likely")),
        "{}",
        seen[2]
    );
}

#[test]
fn of_two_births_the_second_is_asked_about() {
    let mut desk = Desk::empty();
    let row = |at: u32| {
        let number = id_number(&format!("{}0214", 1940 + at), at);
        format!(
            "章{},{number},{}-02-14,{}-01-02\n",
            char::from_u32(0x4e00 + at).unwrap(),
            1940 + at,
            1940 + at
        )
    };
    let rows: String = (1..=8).map(row).collect();
    for second in ["农历生日", "档案出生日期", "出生日期(档案)", "农历出生日期"] {
        let seen = columns(&mut desk, &format!("姓名,身份证号,出生日期,{second}\n{rows}"));
        assert_eq!(seen[2]["field"], "person.birth_on");
        assert_eq!(seen[3]["confidence"], "ask", "{}", seen[3]);
        assert!(!list(&seen[3]["reasons"]).is_empty());
        let turned = columns(&mut desk, &format!("姓名,身份证号,{second},出生日期\n{rows}"));
        assert_eq!(turned[2]["confidence"], "ask", "{}", turned[2]);
    }
}

#[test]
fn a_known_layout_whose_values_changed_is_asked_about() {
    let mut desk = Desk::empty();
    let sheet = |values: [&str; 3]| {
        let [one, two, three] = values;
        format!("姓名,号码甲\n章予宁,{one}\n黎知远,{two}\n舒望舒,{three}\n")
    };
    let path = desk.file("一月.csv", sheet(["16000000001", "16000000002", "16000000004"]));
    let mapping = json!([{ "letter": "B", "field": "person.phone" }]);
    desk.call("import.apply", json!({ "path": path, "ledger": "resident", "mapping": mapping }));
    let known = columns(&mut desk, &sheet(["16000000005", "16000000006", "16000000008"]));
    assert_eq!(known[1]["confidence"], "sure");
    let numbers = [1, 2, 3].map(|order| id_number("19510209", order));
    let other = columns(&mut desk, &sheet([&numbers[0], &numbers[1], &numbers[2]]));
    assert_eq!(other[1]["confidence"], "ask", "{}", other[1]);
    assert!(says(&other[1], "对不上"), "{}", other[1]);
}

#[test]
fn impossible_choices_are_refused_in_words() {
    let mut desk = Desk::empty();
    let sheet = "姓名,甲,乙\n章予宁,红,大\n";
    let missing = preview(&mut desk, sheet, &json!([{ "letter": "Z", "field": "person.phone" }]));
    assert!(text(&missing["error"]["message"]).contains("表里没有 Z 栏"), "{missing}");
    let own = |letter: &str, title: &str| json!({ "letter": letter, "field": null, "own": title });
    let twice = preview(&mut desk, sheet, &json!([own("B", "颜色"), own("C", "颜色")]));
    assert!(text(&twice["error"]["message"]).contains("两栏都叫“颜色”"), "{twice}");
    let taken = preview(&mut desk, sheet, &json!([own("B", "姓名")]));
    assert!(text(&taken["error"]["message"]).contains("两栏都叫“姓名”"), "{taken}");
    assert_eq!(preview(&mut desk, sheet, &json!([own("B", "颜色"), own("C", "大小")]))["ok"], true);
}

#[test]
fn words_that_the_clerk_stands_by_are_not_held_against_a_list_again() {
    let mut desk = Desk::empty();
    let row = |at: u32, word: &str| {
        format!("章{},{},{word}\n", char::from_u32(0x4e00 + at).unwrap(), id_number("19510209", at))
    };
    let rows: String = (1..=9).map(|at| row(at, if at == 4 { "八成" } else { "一级" })).collect();
    let path = desk.file("名册.csv", format!("姓名,身份证号,残疾等级\n{rows}"));
    let request = json!({ "path": path, "ledger": "disabled" });
    let seen = desk.call("import.preview", request.clone());
    assert_eq!(seen["problems"][0]["code"], "value_not_in_list", "{seen}");
    assert!(text(&seen["problems"][0]["message"]).ends_with('。'), "{seen}");
    let mut fixed = request.clone();
    fixed["fixes"] = json!([{ "row": 5, "letter": "C", "value": "八级" }]);
    assert_eq!(number(&desk.call("import.preview", fixed)["problem_count"]), 0, "what she typed stands");
    desk.call("import.apply", request);
    let item = desk.call("tray.list", json!({}))["items"][0].take();
    let values = json!({ "person.disability_level": "八级" });
    let done = desk.call("tray.fix", json!({ "id": item["id"], "values": values }));
    assert_eq!(done["outcome"], "changed", "{done}");
}

#[test]
fn every_reason_is_a_sentence() {
    let mut desk = Desk::empty();
    let sheet = "姓名,身份证号,联系电话,暗号\n章予宁,990102********1234,160,红\n,,16000000002,\n章予宁,,,\n";
    let plan = preview(&mut desk, sheet, &Value::Null)["value"].take();
    let mut reasons: Vec<&Value> =
        list(&plan["problems"]).iter().map(|problem| &problem["message"]).collect();
    reasons.extend(list(&plan["rows"]["refused"]).iter().flat_map(|row| list(&row["reasons"])));
    let columns = columns(&mut desk, sheet);
    reasons.extend(columns.iter().flat_map(|column| list(&column["reasons"])));
    assert!(reasons.len() > 8, "{reasons:?}");
    for reason in reasons {
        assert!(text(reason).ends_with('。') && !text(reason).contains("。。"), "{reason}");
    }
}

#[test]
fn a_sheet_too_long_to_import_is_recognised_and_says_how_long_it_is() {
    let mut desk = Desk::empty();
    let rows: String = (1..=260_000).map(|at| format!("{at},章予宁,1600{:07}\n", at % 10_000_000)).collect();
    let path = desk.file("长名册.csv", format!("街道名册\n序号,姓名,联系电话\n{rows}合计,260000人,\n"));
    let seen = desk.call("import.open", json!({ "path": path }));
    let sheet = &seen["sheets"][0];
    assert_eq!(
        (&sheet["header_rows"], &sheet["data_rows"]),
        (&json!([2, 2]), &json!([3, 260_002])),
        "both ends"
    );
    assert_eq!((&sheet["total_rows"], &sheet["skipped_rows"]), (&json!([260_003]), &json!([])));
    assert_eq!(sheet["columns"][2]["field"], "person.phone");
    let told = list(&sheet["problems"]).iter().find(|problem| problem["code"] == "too_many_rows").unwrap();
    assert!(text(&told["message"]).contains("260003 行"), "{told}");
    assert!(list(&sheet["problems"]).iter().all(|problem| problem["code"] != "total_mismatch"));
    let before = desk.holdings();
    let refused = desk.reply("import.apply", json!({ "path": path, "ledger": "resident" }));
    assert!(text(&refused["error"]["message"]).contains("有 260003 行，一次最多导入 20 万行"), "{refused}");
    assert_eq!(desk.holdings(), before);
}
