//! Who is who when a sheet comes in: old and covered numbers, other names, names alone, doors written
//! otherwise, and days known more or less exactly.

use serde_json::{Value, json};

use crate::support::{Desk, id_number, list, number, text};

fn plan(desk: &mut Desk, sheet: &str) -> Value {
    let path = desk.file("名册.csv", sheet);
    desk.call("import.preview", json!({ "path": path, "ledger": "resident" }))
}

fn bring(desk: &mut Desk, sheet: &str) -> Value {
    let path = desk.file("名册.csv", sheet);
    desk.call("import.apply", json!({ "path": path, "ledger": "resident" }))
}

/// Rows by outcome: added, changed, same, conflict, refused.
fn counts(plan: &Value) -> [u64; 5] {
    ["added", "changed", "same", "conflict", "refused"].map(|word| number(&plan[word]))
}

fn value(desk: &mut Desk, field: &str) -> Value {
    let at = desk.column("resident", field);
    desk.rows("resident")[0]["values"][at].clone()
}

/// The number of fifteen digits that was given out before that of eighteen.
fn old_number(long: &str) -> String {
    format!("{}{}", &long[..6], &long[8..17])
}

#[test]
fn the_number_of_fifteen_digits_is_the_same_person() {
    let mut desk = Desk::empty();
    let long = id_number("19510209", 41);
    bring(&mut desk, &format!("姓名,身份证号\n章予宁,{}\n", old_number(&long)));
    let done = bring(&mut desk, &format!("姓名,身份证号\n章予宁,{long}\n"));
    assert_eq!(counts(&done), [0, 1, 0, 0, 0], "the longer number takes the place of the old: {done}");
    assert_eq!(value(&mut desk, "person.id_number"), long.as_str());
    let again = plan(&mut desk, &format!("姓名,身份证号\n章予宁,{}\n", old_number(&long)));
    assert_eq!(counts(&again), [0, 0, 1, 0, 0], "{again}");
    let twice = plan(
        &mut desk,
        &format!(
            "姓名,身份证号\n黎知远,{0}\n黎知远,{1}\n",
            id_number("19620101", 8),
            old_number(&id_number("19620101", 8))
        ),
    );
    assert_eq!(counts(&twice), [1, 0, 0, 0, 1], "once in each form is the same row twice: {twice}");
}

#[test]
fn a_number_under_another_name_is_asked_about_and_fills_nothing_in() {
    let mut desk = Desk::empty();
    let known = id_number("19510209", 41);
    bring(&mut desk, &format!("姓名,身份证号\n章予宁,{known}\n"));
    let sheet = format!("姓名,身份证号,联系电话\n舒望舒,{known},16000000001\n");
    let asked = plan(&mut desk, &sheet);
    assert_eq!(counts(&asked), [0, 0, 0, 0, 1], "{asked}");
    let row = &asked["rows"]["refused"][0];
    assert_eq!(row["candidates"][0]["name"], "章予宁", "{row}");
    let path = desk.file("名册.csv", &sheet);
    let choose = json!([{ "row": 2, "uid": row["candidates"][0]["uid"] }]);
    let told = desk.call("import.preview", json!({ "path": path, "ledger": "resident", "choose": choose }));
    assert_eq!(counts(&told), [0, 0, 0, 1, 0], "then the name is what differs: {told}");
    bring(&mut desk, &sheet);
    assert_eq!(value(&mut desk, "person.phone"), Value::Null, "nothing was filled in");
}

#[test]
fn a_day_known_more_exactly_fills_in_and_less_exactly_says_nothing() {
    let mut desk = Desk::empty();
    bring(&mut desk, "姓名,出生日期,联系电话\n章予宁,1951-02,16000000001\n");
    let coarser = plan(&mut desk, "姓名,出生日期,联系电话\n章予宁,1951,16000000001\n");
    assert_eq!(counts(&coarser), [0, 0, 1, 0, 0], "{coarser}");
    let finer = bring(&mut desk, "姓名,出生日期,联系电话\n章予宁,1951-02-09,16000000001\n");
    assert_eq!(counts(&finer), [0, 1, 0, 0, 0], "{finer}");
    let cell = &finer["rows"]["changed"][0]["cells"][0];
    assert_eq!((&cell["finer"], &cell["before"]), (&json!(true), &json!("1951-02")), "{cell}");
    assert_eq!(value(&mut desk, "person.birth_on"), "1951-02-09");
    let other = plan(&mut desk, "姓名,出生日期,联系电话\n章予宁,1951-03,16000000001\n");
    assert_eq!(counts(&other), [0, 0, 0, 0, 1], "another month is asked about: {other}");
}

#[test]
fn a_building_is_one_however_it_is_written() {
    let mut desk = Desk::empty();
    bring(&mut desk, "姓名,楼号,单元,室号\n章予宁,03,01,0502\n");
    for door in ["3,1,502", "3号楼,1单元,502室", "3幢,一单元,502", "3 栋,1,0502"] {
        let seen = plan(&mut desk, &format!("姓名,楼号,单元,室号\n章予宁,{door}\n"));
        assert_eq!(counts(&seen), [0, 0, 1, 0, 0], "{door}: {seen}");
    }
    let buildings = desk.call("resident.find", json!({ "text": "3号楼" }));
    assert_eq!(list(&buildings["hits"]).len(), 1, "{buildings}");
}

#[test]
fn a_room_beside_the_name_of_its_building_stays() {
    let mut desk = Desk::empty();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("3号楼").unwrap();
    sheet.write_row(0, 0, ["姓名", "现住址", "联系电话"]).unwrap();
    sheet.write_row(1, 0, ["章予宁", "101室", "16000000001"]).unwrap();
    let path = desk.file("楼栋.xlsx", book.save_to_buffer().unwrap());
    let request = json!({ "path": path, "ledger": "resident", "sheet_field": "place.building" });
    desk.call("import.apply", request.clone());
    assert_eq!(value(&mut desk, "place.room"), "101");
    let again = desk.call("import.preview", request);
    assert_eq!(counts(&again), [0, 0, 1, 0, 0], "{again}");
}

#[test]
fn what_somebody_covered_tells_who_it_is_and_is_never_kept() {
    let mut desk = Desk::empty();
    let known = id_number("19510209", 41);
    bring(&mut desk, &format!("姓名,身份证号,联系电话\n章予宁,{known},16000005678\n"));
    let covered = format!("{}********{}", &known[..6], &known[14..]);
    let seen = plan(&mut desk, &format!("姓名,身份证号,联系电话\n章予宁,{covered},160****5678\n"));
    assert_eq!((counts(&seen), number(&seen["tray"])), ([0, 0, 1, 0, 0], 0), "{seen}");
    let codes = |seen: &Value| -> Vec<String> {
        list(&seen["problems"]).iter().map(|problem| text(&problem["code"]).to_owned()).collect()
    };
    assert_eq!(codes(&seen), ["id_masked", "phone_masked"]);
    let done = bring(
        &mut desk,
        "姓名,身份证号,联系电话\n黎知远,990102********0063,160****0001\n柏*安,,160****0002\n柏某某,,\n",
    );
    assert_eq!((counts(&done), number(&done["tray"])), ([1, 0, 0, 0, 2], 3), "{done}");
    assert_eq!(codes(&done), ["id_masked", "phone_masked", "name_masked", "phone_masked", "name_masked"]);
    assert!(!json!(desk.rows("resident")).to_string().contains('*'), "nothing covered is kept");
}

#[test]
fn a_name_alone_that_stands_there_again_is_asked_about() {
    let mut desk = Desk::empty();
    let seen = plan(&mut desk, "姓名,备注\n章予宁,常出门\n黎知远,\n章予宁,\n章予宁,独居\n");
    assert_eq!(counts(&seen), [2, 0, 0, 0, 2], "{seen}");
    let path = desk.file("名册.csv", "姓名,备注\n章予宁,常出门\n章予宁,独居\n");
    let choose = json!([{ "row": 3 }]);
    let told = desk.call("import.apply", json!({ "path": path, "ledger": "resident", "choose": choose }));
    assert_eq!(counts(&told), [2, 0, 0, 0, 0], "the clerk says they are two: {told}");
    let apart = plan(&mut desk, "姓名,联系电话\n舒望舒,16000000001\n舒望舒,16000000002\n");
    assert_eq!(counts(&apart), [2, 0, 0, 0, 0], "namesakes who are told apart both come in: {apart}");
}

#[test]
fn a_column_is_decided_for_all_rows_and_not_only_for_those_listed() {
    let mut desk = Desk::empty();
    let sheet = |digit: u32| -> String {
        let row = |at: u32| format!("{},16{digit}0000{at:04},{digit}类\n", id_number("19510209", at));
        let names = (1..=260).map(|at| format!("章{},{}", char::from_u32(0x4e00 + at).unwrap(), row(at)));
        format!("姓名,身份证号,联系电话,备注\n{}", names.collect::<String>())
    };
    bring(&mut desk, &sheet(1));
    let path = desk.file("名册.csv", sheet(2));
    let request = json!({ "path": path, "ledger": "resident", "take_columns": ["person.phone"],
        "keep": [{ "row": 3, "field": "person.phone" }] });
    let done = desk.call("import.apply", request);
    assert_eq!(number(&done["conflict"]), 260, "{}", done["counts"]);
    let phone = list(&done["differing"]).iter().find(|column| column["field"] == "person.phone").unwrap();
    assert_eq!(number(&phone["count"]), 260);
    let at = desk.column("resident", "person.phone");
    let phones: Vec<String> =
        desk.rows("resident").iter().map(|row| text(&row["values"][at]).to_owned()).collect();
    assert_eq!(phones.iter().filter(|phone| phone.starts_with("162")).count(), 259);
    assert_eq!(
        phones.iter().filter(|phone| phone.starts_with("161")).count(),
        1,
        "one cell was told otherwise"
    );
}

#[test]
fn one_half_of_a_row_waits_without_the_other() {
    let mut desk = Desk::empty();
    let sheet = "姓名,联系电话,姓名,联系电话\n章予宁,16000000001,黎知远,16000000003\n舒望舒,16000000002,柏念安,16000000004\n";
    let path = desk.file("名册.csv", sheet);
    let skip = json!([{ "row": 2, "half": 1 }]);
    let done = desk.call("import.apply", json!({ "path": path, "ledger": "resident", "skip_rows": skip }));
    assert_eq!((number(&done["added"]), number(&done["tray"])), (3, 1), "{done}");
    assert_eq!(desk.call("tray.list", json!({}))["items"][0]["name"], "黎知远");
}
