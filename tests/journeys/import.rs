//! The harder days of importing: twin lists, several sheets, rows that wait, layouts that come again,
//! folders and pasted blocks, whose word counts, and where a value came from.

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::support::{Desk, id_number, list, number, text};

const ROSTER: &str = "居民名册.csv";

fn apply(desk: &mut Desk, path: &str, more: &Value) -> Value {
    let mut request = json!({ "path": path, "ledger": "resident" });
    request.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    desk.call("import.apply", request)
}

fn hit(desk: &mut Desk, name: &str) -> Value {
    let found = desk.call("resident.find", json!({ "text": name }));
    let hits = list(&found["hits"]);
    assert_eq!(hits.len(), 1, "{name} is there once: {found}");
    hits[0].clone()
}

/// Everything known of a person, by field, unmasked.
fn known(desk: &mut Desk, name: &str) -> serde_json::Map<String, Value> {
    let uid = hit(desk, name)["uid"].clone();
    let card = desk.call("resident.get", json!({ "uid": uid }));
    let fields: Vec<Value> = list(&card["facts"]).iter().map(|fact| fact["field"].clone()).collect();
    let mut facts = serde_json::Map::new();
    for field in fields {
        let value = desk.call("resident.reveal", json!({ "uid": uid, "field": field }));
        facts.insert(text(&field).to_owned(), value["value"].clone());
    }
    facts
}

#[test]
fn both_halves_of_a_list_set_side_by_side_come_in() {
    let mut desk = Desk::empty();
    let path = desk.file(
        ROSTER,
        "序号,姓名,联系电话,序号,姓名,联系电话\n1,章予宁,16000000001,3,黎知远,16000000003\n2,舒望舒,16000000002,,,\n",
    );
    let done = apply(&mut desk, &path, &json!({}));
    assert_eq!((number(&done["added"]), number(&done["refused"])), (3, 0), "{done}");
    assert_eq!(known(&mut desk, "黎知远")["person.phone"], "16000000003");
}

#[test]
fn sheets_of_one_layout_come_in_together_and_their_names_are_a_value() {
    let mut desk = Desk::empty();
    let mut book = Workbook::new();
    for (building, people) in [("3号楼", ["章予宁", "黎知远"]), ("5号楼", ["舒望舒", "章予宁"])]
    {
        let sheet = book.add_worksheet().set_name(building).unwrap();
        sheet.write_row(0, 0, ["姓名", "联系电话", "室号"]).unwrap();
        for (row, name) in (1..).zip(people) {
            sheet.write_row(row, 0, [name, &format!("1600000{}00{row}", &building[..1]), "502"]).unwrap();
        }
    }
    let path = desk.file("楼栋名册.xlsx", book.save_to_buffer().unwrap());
    let seen = desk.call("import.open", json!({ "path": path }));
    assert_eq!(seen["sheets"][0]["same_layout"], json!(["5号楼"]));
    let more = json!({ "sheet": "3号楼", "sheets": ["5号楼"], "sheet_field": "place.building" });
    let done = apply(&mut desk, &path, &more);
    assert_eq!(number(&done["added"]), 4, "{done}");
    let of_five = desk.call("resident.find", json!({ "text": "5号楼" }));
    assert_eq!(list(&of_five["hits"]).len(), 2, "the name of the sheet became the building: {of_five}");
    let check = desk.call("office.check", json!({}));
    assert_eq!(check["ok"], true, "{check}");
}

#[test]
fn rows_that_cannot_be_taken_wait_and_are_put_right_one_by_one() {
    let mut desk = Desk::empty();
    let path = desk.file(
        ROSTER,
        "姓名,联系电话,备注\n章予宁,1600000001,常出门\n,16000000002,没有名字\n黎知远,16000000003,\n舒望舒,16000000004,\n",
    );
    let done = apply(&mut desk, &path, &json!({ "skip_rows": [{ "row": 5 }], "sender": "临江街道" }));
    assert_eq!((number(&done["added"]), number(&done["tray"])), (2, 3), "{done}");
    desk.restart();
    let waiting = desk.call("tray.list", json!({}));
    let rows: Vec<u64> = list(&waiting["items"]).iter().map(|item| number(&item["row"])).collect();
    assert_eq!(rows, [2, 3, 5], "a short phone, nobody's name, and the row left for later");
    assert_eq!(number(&desk.call("office.home", json!({}))["tray"]), 3);
    let item =
        |row: u64| list(&waiting["items"]).iter().find(|item| item["row"] == row).unwrap()["id"].clone();

    let still = desk.call("tray.fix", json!({ "id": item(2), "values": { "person.phone": "160" } }));
    assert_eq!((&still["op"], &still["outcome"]), (&Value::Null, &json!("refused")));
    let fixed = desk.call("tray.fix", json!({ "id": item(2), "values": { "person.phone": "16000000001" } }));
    assert_eq!(fixed["outcome"], "changed", "the person came in without the phone: {fixed}");
    assert_eq!(known(&mut desk, "章予宁")["person.phone"], "16000000001");
    desk.call("tray.fix", json!({ "id": item(5) }));
    assert_eq!(known(&mut desk, "舒望舒")["person.phone"], "16000000004");
    desk.call("tray.drop", json!({ "ids": [item(3)] }));
    assert_eq!(number(&desk.call("tray.list", json!({}))["total"]), 0);
    desk.call("history.undo", json!({}));
    assert_eq!(number(&desk.call("tray.list", json!({}))["total"]), 1, "what was thrown away comes back");
}

#[test]
fn a_layout_that_comes_again_asks_nothing() {
    let mut desk = Desk::empty();
    let first = desk.file("一月.csv", "姓名,号码甲,门牌\n章予宁,16000000001,梅园新村3号楼502室\n");
    let seen = desk.call("import.open", json!({ "path": first }));
    assert_eq!(seen["sheets"][0]["known_layout"], false);
    let mapping = json!([{ "letter": "B", "field": "person.phone" }, { "letter": "C", "field": null }]);
    apply(&mut desk, &first, &json!({ "mapping": mapping }));
    let second = desk.file("二月.csv", "姓名,号码甲,门牌\n黎知远,16000000002,梅园新村3号楼503室\n");
    let seen = desk.call("import.open", json!({ "path": second }));
    let sheet = &seen["sheets"][0];
    assert_eq!(sheet["known_layout"], true);
    let columns = list(&sheet["columns"]);
    assert!(columns.iter().all(|column| column["confidence"] == "sure"), "{columns:?}");
    assert_eq!((&columns[1]["field"], &columns[2]["field"]), (&json!("person.phone"), &Value::Null));
    assert_eq!(sheet["ledgers"][0]["id"], "resident");

    let renamed = desk.file("三月.csv", "姓名,号码乙,门牌\n舒望舒,16000000003,梅园新村3号楼504室\n");
    let seen = desk.call("import.open", json!({ "path": renamed }));
    let column = &seen["sheets"][0]["columns"][1];
    assert_eq!(
        (&column["field"], &column["confidence"]),
        (&json!("person.phone"), &json!("ask")),
        "{column}"
    );
    assert!(list(&column["reasons"]).iter().any(|reason| text(reason).contains("号码甲")), "{column}");
}

#[test]
fn heading_rows_that_were_pointed_out_are_known_the_next_time() {
    let mut desk = Desk::empty();
    let month = |name: &str| {
        format!(
            "基本情况,,联系方式,\n姓名,性别,联系电话,家庭住址\n{name},女,16000000001,梅园新村3号楼502室\n"
        )
    };
    let first = desk.file("一月.csv", month("章予宁"));
    let seen = desk.call("import.open", json!({ "path": first }));
    let unaided = seen["sheets"][0]["header_rows"].clone();
    let told = if unaided == json!([2, 2]) { json!([1, 2]) } else { json!([2, 2]) };
    apply(&mut desk, &first, &json!({ "header_rows": told }));
    let second = desk.file("二月.csv", month("黎知远"));
    let seen = desk.call("import.open", json!({ "path": second }));
    assert_eq!(seen["sheets"][0]["header_rows"], told, "as the clerk said last month");
}

#[test]
fn a_folder_of_one_person_forms_becomes_as_many_rows() {
    let mut desk = Desk::empty();
    let form = |name: &str, phone: &str| {
        format!(
            "居民登记表,,,\n姓名,{name},性别,女\n联系电话,{phone},民族,汉族\n家庭住址,梅园新村3号楼502室,职业,退休\n"
        )
    };
    let folder = desk.folder("登记表");
    for (name, phone) in [("章予宁", "16000000001"), ("黎知远", "16000000002"), ("舒望舒", "16000000003")]
    {
        desk.file(&format!("登记表/{name}.csv"), form(name, phone));
    }
    desk.file("登记表/说明.txt", "请于周五前交。");
    let seen = desk.call("import.open", json!({ "path": folder }));
    assert_eq!(seen["left_out"], json!(["说明.txt"]), "{seen}");
    let done = apply(&mut desk, &folder, &json!({}));
    assert_eq!(number(&done["added"]), 3, "{done}");
    assert_eq!(known(&mut desk, "黎知远")["person.phone"], "16000000002");
}

#[test]
fn a_pasted_block_goes_the_same_way_as_a_file() {
    let mut desk = Desk::empty();
    let pasted = desk.call("import.paste", json!({ "text": "姓名\t联系电话\n章予宁\t16000000001\n" }));
    assert_eq!((number(&pasted["rows"]), number(&pasted["width"])), (2, 2));
    let done = apply(&mut desk, text(&pasted["path"]), &json!({}));
    assert_eq!(number(&done["added"]), 1);
    let html =
        "<table><tr><td>姓名</td><td>联系电话</td></tr><tr><td>黎知远</td><td>16000000002</td></tr></table>";
    let pasted = desk.call("import.paste", json!({ "text": "黎知远 16000000002", "html": html }));
    let done = apply(&mut desk, text(&pasted["path"]), &json!({}));
    assert_eq!(number(&done["added"]), 1, "the page that goes with the text is read, where there is one");
    let gone = desk.reply("import.open", json!({ "path": "paste:1" }));
    assert_eq!(gone["error"]["code"], "bad_file", "only the last block lies there: {gone}");
}

#[test]
fn a_column_can_be_kept_in_one_ledger_only() {
    let mut desk = Desk::empty();
    let path = desk.file(ROSTER, "姓名,联系电话,拿伞情况\n章予宁,16000000001,已领\n");
    let mapping = json!([{ "letter": "C", "field": null, "own": "领伞" }]);
    apply(&mut desk, &path, &json!({ "mapping": mapping }));
    let columns = desk.call("ledger.get", json!({ "id": "resident" }));
    let own = list(&columns["columns"]).last().unwrap().clone();
    assert_eq!(own["title"], "领伞");
    let at = desk.column("resident", text(&own["field"]));
    assert_eq!(desk.rows("resident")[0]["values"][at], "已领");
    desk.restart();
    assert_eq!(desk.rows("resident")[0]["values"][at], "已领", "and it is there after a restart");
    desk.call("history.undo", json!({}));
    let columns = desk.call("ledger.get", json!({ "id": "resident" }));
    assert_ne!(list(&columns["columns"]).last().unwrap()["title"], "领伞", "the column goes with the import");
}

#[test]
fn a_column_taken_back_and_brought_again_meets_no_other() {
    let mut desk = Desk::empty();
    let own = |desk: &mut Desk, file: &str, head: &str| {
        let path = desk.file(file, format!("姓名,联系电话,{head}\n章予宁,16000000001,已领\n"));
        // A choice that comes to no column must not use up a number.
        let mapping = json!([{ "letter": "B", "field": "person.phone", "own": " " },
            { "letter": "C", "field": null, "own": head }]);
        number(&apply(desk, &path, &json!({ "mapping": mapping }))["op"])
    };
    let first = own(&mut desk, "一.csv", "领伞");
    desk.call("history.undo", json!({ "op": first }));
    own(&mut desk, "二.csv", "领米");
    desk.call("history.redo", json!({ "op": first }));
    desk.restart();
    let columns = desk.call("ledger.get", json!({ "id": "resident" }));
    let titles: Vec<&str> = list(&columns["columns"]).iter().map(|column| text(&column["title"])).collect();
    assert!(titles.contains(&"领伞") && titles.contains(&"领米"), "{titles:?}");
}

#[test]
fn a_column_still_in_use_stays_and_is_named() {
    let mut desk = Desk::empty();
    let sheet = |name: &str, size: &str| format!("姓名,联系电话,衣服号\n{name},16000000001,{size}\n");
    let first = desk.file("一.csv", sheet("章予宁", "大"));
    let mapping = json!([{ "letter": "C", "field": null, "own": "衣服号" }]);
    let op = number(&apply(&mut desk, &first, &json!({ "mapping": mapping }))["op"]);
    let second = desk.file("二.csv", sheet("黎知远", "小"));
    apply(&mut desk, &second, &json!({}));
    let undone = desk.call("history.undo", json!({ "op": op }));
    let kept: Vec<&str> = list(&undone["kept"]).iter().map(|kept| text(&kept["what"])).collect();
    assert_eq!(kept, ["栏目“衣服号”"], "{undone}");
    let at = desk.column("resident", "row.own_1");
    assert_eq!(desk.rows("resident")[0]["values"][at], "小");
}

#[test]
fn what_one_ledger_left_out_is_asked_again_for_another() {
    let mut desk = Desk::empty();
    let sheet = |name: &str| format!("姓名,联系电话,文化程度\n{name},16000000001,高中\n");
    let first = desk.file("一.csv", sheet("章予宁"));
    let out = json!([{ "letter": "C", "field": null }]);
    apply(&mut desk, &first, &json!({ "ledger": "elderly", "mapping": out }));
    let seen = desk.call("import.open", json!({ "path": first, "ledger": "resident" }));
    let sheet = &seen["sheets"][0];
    assert_eq!(
        (&sheet["known_layout"], &sheet["columns"][2]["field"]),
        (&json!(false), &json!("person.education"))
    );
}

#[test]
fn amounts_come_in_yuan_whatever_the_unit_of_the_sheet() {
    let mut desk = Desk::empty();
    let path = desk.file(ROSTER, "姓名,联系电话,高龄津贴金额（万元）\n章予宁,16000000001,0.15\n");
    let mapping = json!([{ "letter": "C", "field": "person.old_age_amount" }]);
    apply(&mut desk, &path, &json!({ "mapping": mapping }));
    assert_eq!(known(&mut desk, "章予宁")["person.old_age_amount"], "1500");
}

#[test]
fn a_likely_double_is_asked_about() {
    let mut desk = Desk::empty();
    let first = desk
        .file(ROSTER, "姓名,出生日期,联系电话,家庭住址\n章予宁,1946-02-03,16000000001,梅园新村3号楼502室\n");
    apply(&mut desk, &first, &json!({}));
    for (row, why) in [
        ("章予宁,1946-02-04,,梅园新村3号楼502室", "the same door, born a day later"),
        ("章予宁,1964-02-03,16000000001,", "the same telephone, digits swapped"),
        ("章予宁,1946,16000000009,梅园新村9号楼101室", "only the year agrees"),
    ] {
        let path = desk.file("摸底.csv", format!("姓名,出生日期,联系电话,家庭住址\n{row}\n"));
        let plan = desk.call("import.preview", json!({ "path": path, "ledger": "resident" }));
        assert_eq!(list(&plan["rows"]["refused"][0]["candidates"]).len(), 1, "{why}: {plan}");
    }
    let other = desk.file(
        "另.csv",
        "姓名,出生日期,联系电话,家庭住址\n章予宁,1990-05-06,16000000008,梅园新村9号楼101室\n",
    );
    let plan = desk.call("import.preview", json!({ "path": other, "ledger": "resident" }));
    assert_eq!(number(&plan["added"]), 1, "a namesake elsewhere is somebody new: {plan}");
}

#[test]
fn a_decision_about_one_half_leaves_the_other_alone() {
    let mut desk = Desk::empty();
    let (old, young) = (id_number("19460101", 12), id_number("19700202", 34));
    let two = desk.file(
        ROSTER,
        format!("姓名,身份证号\n章予宁,{old}\n章予宁,{young}\n黎知远,{}\n", id_number("19800303", 56)),
    );
    apply(&mut desk, &two, &json!({}));
    let halves = desk.file("并排.csv", "姓名,文化程度,姓名,文化程度\n黎知远,大专,章予宁,高中\n");
    let plan = desk.call("import.preview", json!({ "path": halves, "ledger": "resident" }));
    let asked = list(&plan["rows"]["refused"]).iter().find(|row| row["name"] == "章予宁").unwrap().clone();
    assert_eq!((number(&asked["row"]), number(&asked["half"])), (2, 1), "{asked}");
    let candidates = list(&asked["candidates"]);
    let younger = candidates.iter().find(|one| one["birth_on"] == "1970-02-02").unwrap()["uid"].clone();
    apply(&mut desk, &halves, &json!({ "choose": [{ "row": 2, "half": 1, "uid": younger }] }));
    let card = desk.call("resident.get", json!({ "uid": younger }));
    let says = |word: &str| list(&card["facts"]).iter().any(|fact| text(&fact["display"]).contains(word));
    assert!(says("高中") && !says("大专"), "the left half's schooling is not hers: {card}");
}

#[test]
fn putting_one_value_right_brings_no_other_back() {
    let mut desk = Desk::empty();
    let person = id_number("19460101", 12);
    let sheet = |phone: &str, level: &str| {
        format!("姓名,身份证号,联系电话,残疾等级\n章予宁,{person},{phone},{level}\n")
    };
    let first = desk.file("一.csv", sheet("16000000001", "三级"));
    apply(&mut desk, &first, &json!({}));
    let second = desk.file("二.csv", sheet("1600000", "一级"));
    let done = apply(&mut desk, &second, &json!({ "conflict": "keep" }));
    assert_eq!(number(&done["tray"]), 1, "the short phone waits: {done}");
    let waiting = desk.call("tray.list", json!({}));
    let id = waiting["items"][0]["id"].clone();
    desk.call("tray.fix", json!({ "id": id, "values": { "person.phone": "16000000009" } }));
    let facts = known(&mut desk, "章予宁");
    assert_eq!(facts["person.disability_level"], "三级", "what was kept stays kept");
    assert_eq!(facts["person.phone"], "16000000009");
}

#[test]
fn one_number_twice_never_stops_an_import() {
    let mut desk = Desk::empty();
    let first = desk.file(ROSTER, "姓名,出生日期,家庭住址\n章予宁,1946-01-01,梅园新村3号楼502室\n");
    apply(&mut desk, &first, &json!({}));
    let number_of = id_number("19460101", 12);
    let twice = desk.file("二.csv", format!("姓名,身份证号\n章予宁,{number_of}\n张予宁,{number_of}\n"));
    let done = apply(&mut desk, &twice, &json!({}));
    assert_eq!((number(&done["changed"]), number(&done["refused"])), (1, 1), "{done}");
    let other = desk.file("三.csv", format!("姓名,身份证号\n黎知远,{number_of}\n"));
    let new = json!({ "choose": [{ "row": 2, "uid": null }] });
    let done = apply(&mut desk, &other, &new);
    assert_eq!(number(&done["refused"]), 1, "somebody new cannot carry a known number: {done}");
    let households = desk.file("户.csv", "户号,楼号,单元,室号\n,3,1,502\n,3,1,503\n0001,3,1,504\n");
    let done = desk.call("import.apply", json!({ "path": households, "ledger": "household" }));
    assert_eq!((number(&done["added"]), number(&done["refused"])), (1, 2), "{done}");
}

#[test]
fn an_import_that_brings_nothing_leaves_no_trace() {
    let mut desk = Desk::empty();
    let number_of = id_number("19460101", 12);
    let path =
        desk.file(ROSTER, format!("姓名,身份证号,联系电话\n,,16000000001\n章予宁,{number_of},1600000\n"));
    apply(&mut desk, &path, &json!({}));
    let held = desk.holdings();
    let again = apply(&mut desk, &path, &json!({}));
    assert_eq!(again["op"], Value::Null, "{again}");
    assert_eq!(desk.holdings(), held, "and the same rows do not wait twice");
}

#[test]
fn the_department_is_believed_on_what_it_grants_and_the_office_on_phones() {
    let mut desk = Desk::empty();
    let sheet = |phone: &str, level: &str| {
        format!("姓名,身份证号,联系电话,残疾等级\n章予宁,{},{phone},{level}\n", id_number("19460101", 12))
    };
    let first = desk.file("一.csv", sheet("16000000001", "三级"));
    apply(&mut desk, &first, &json!({}));
    let second = desk.file("二.csv", sheet("16000000002", "二级"));
    let plan = desk.call("import.preview", json!({ "path": second, "ledger": "resident" }));
    let cells = list(&plan["rows"]["conflict"][0]["cells"]);
    let taken: Vec<(&str, bool)> =
        cells.iter().map(|cell| (text(&cell["field"]), cell["taken"].as_bool().unwrap())).collect();
    assert_eq!(taken, [("person.phone", false), ("person.disability_level", true)], "{plan}");
    apply(&mut desk, &second, &json!({}));
    let facts = known(&mut desk, "章予宁");
    assert_eq!(
        (&facts["person.phone"], &facts["person.disability_level"]),
        (&json!("16000000001"), &json!("二级"))
    );
    let keep = json!({ "conflict": "take", "keep": [{ "row": 2, "field": "person.phone" }] });
    let third = desk.file("三.csv", sheet("16000000003", "一级"));
    apply(&mut desk, &third, &keep);
    let facts = known(&mut desk, "章予宁");
    assert_eq!(
        (&facts["person.phone"], &facts["person.disability_level"]),
        (&json!("16000000001"), &json!("一级"))
    );
}

#[test]
fn namesakes_are_put_side_by_side_and_the_clerk_says_who_it_is() {
    let mut desk = Desk::empty();
    let two = desk.file(
        ROSTER,
        format!(
            "姓名,身份证号,联系电话\n章予宁,{},16000000001\n章予宁,{},16000000002\n",
            id_number("19460101", 12),
            id_number("19700202", 34)
        ),
    );
    apply(&mut desk, &two, &json!({}));
    let vague = desk.file("摸底.csv", "姓名,文化程度\n章予宁,高中\n");
    let plan = desk.call("import.preview", json!({ "path": vague, "ledger": "resident" }));
    let candidates = list(&plan["rows"]["refused"][0]["candidates"]);
    assert_eq!(candidates.len(), 2, "{plan}");
    assert!(!plan.to_string().contains(&id_number("19460101", 12)), "numbers are masked side by side");
    let younger = candidates.iter().find(|one| one["birth_on"] == "1970-02-02").unwrap()["uid"].clone();
    let done = apply(&mut desk, &vague, &json!({ "choose": [{ "row": 2, "uid": younger }] }));
    assert_eq!(number(&done["changed"]), 1, "{done}");
    let card = desk.call("resident.get", json!({ "uid": younger }));
    assert!(list(&card["facts"]).iter().any(|fact| fact["display"] == "高中"), "{card}");
    let new = apply(&mut desk, &vague, &json!({ "choose": [{ "row": 2, "uid": null }] }));
    assert_eq!(number(&new["added"]), 1, "or it is somebody new: {new}");
}

#[test]
fn every_value_says_which_cell_it_came_from() {
    let mut desk = Desk::empty();
    let path =
        desk.file(ROSTER, "姓名,联系电话,文化程度\n章予宁,16000000001,高中\n黎知远,16000000002,小学\n");
    apply(&mut desk, &path, &json!({ "sender": "临江街道民政办" }));
    let uid = hit(&mut desk, "黎知远")["uid"].clone();
    let card = desk.call("resident.get", json!({ "uid": uid }));
    let source = |field: &str| {
        list(&card["facts"]).iter().find(|fact| fact["field"] == field).unwrap()["source"].clone()
    };
    for (field, cell) in [("person.phone", "B3"), ("person.education", "C3")] {
        let source = source(field);
        assert_eq!((&source["cell"], &source["file"]), (&json!(cell), &json!(ROSTER)), "{source}");
        assert_eq!(source["sender"], "临江街道民政办");
    }
    let record = desk
        .rows("resident")
        .iter()
        .find(|row| row["values"].to_string().contains("黎知远"))
        .unwrap()["record"]
        .clone();
    let source = desk
        .call("ledger.source", json!({ "ledger": "resident", "record": record, "field": "person.phone" }));
    assert_eq!(source["cell"], "B3", "and so does the cell of the ledger: {source}");
}

#[test]
fn an_import_is_undone_a_hundred_steps_later_and_names_what_stays() {
    let mut desk = Desk::empty();
    let given = [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "甲", "乙", "丙", "丁", "戊", "己", "庚",
        "辛", "壬", "癸",
    ];
    let lines: String = (0..20)
        .map(|at: u32| {
            format!("章予{},{},160000000{at:02}\n", given[at as usize], id_number("19460101", 100 + at * 2))
        })
        .collect();
    let path = desk.file(ROSTER, format!("姓名,身份证号,联系电话\n{lines}"));
    let op = number(&apply(&mut desk, &path, &json!({}))["op"]);
    let uid = hit(&mut desk, "章予三")["uid"].clone();
    let value = |at: u32| json!({ "uid": uid, "field": "person.note", "value": format!("第{at}次走访") });
    for at in 0..100 {
        desk.call("resident.change", value(at));
    }
    let undone = desk.call("history.undo", json!({ "op": op }));
    let kept: Vec<&str> = list(&undone["kept"]).iter().map(|kept| text(&kept["what"])).collect();
    assert_eq!(kept, ["章予三"], "{undone}");
    assert_eq!(desk.rows("resident").len(), 1, "the others are gone");
    let check = desk.call("office.check", json!({}));
    assert_eq!(check["ok"], true, "{check}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Blank cells and missing columns never take anything away, whatever the clerk decides.
    #[test]
    fn what_a_sheet_does_not_say_is_never_erased(
        blank in proptest::collection::vec(any::<bool>(), 6),
        left_out in proptest::collection::vec(any::<bool>(), 6),
        rule in prop::sample::select(vec!["rule", "keep", "take"]),
    ) {
        let mut desk = Desk::empty();
        let heads = ["联系电话", "家庭住址", "民族", "文化程度", "残疾等级", "备注"];
        let values = ["16000000001", "梅园新村3号楼502室", "汉族", "高中", "二级", "常出门"];
        let number = id_number("19460101", 12);
        let full = format!("姓名,身份证号,{}\n章予宁,{number},{}\n", heads.join(","), values.join(","));
        let path = desk.file("全.csv", full);
        apply(&mut desk, &path, &json!({}));
        let before = known(&mut desk, "章予宁");
        let columns: Vec<usize> = (0..6).filter(|&at| !left_out[at]).collect();
        let heads: Vec<&str> = columns.iter().map(|&at| heads[at]).collect();
        let values: Vec<&str> = columns.iter().map(|&at| if blank[at] { "" } else { values[at] }).collect();
        let sparse = format!("姓名,身份证号,{}\n章予宁,{number},{}\n", heads.join(","), values.join(","));
        let path = desk.file("缺.csv", sparse);
        apply(&mut desk, &path, &json!({ "conflict": rule }));
        prop_assert_eq!(known(&mut desk, "章予宁"), before);
    }
}
