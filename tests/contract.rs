//! The contract of the commands: each one is called on a small fixed office, and the shape of its
//! reply (keys and kinds of values, never the values) must be the one under `snapshots/api`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p juwutai-tests contract` writes the shapes anew.

use std::collections::{BTreeMap, BTreeSet};

use juwutai_core::api;
use serde_json::{Map, Value, json};

use crate::support::{Desk, id_number, list, root, sample};

/// The kinds of values a reply is made of, lists and alternatives folded into one.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => json!("null"),
        Value::Bool(_) => json!("boolean"),
        Value::Number(_) => json!("number"),
        Value::String(_) => json!("string"),
        Value::Array(items) => {
            let inner = items.iter().map(shape).reduce(merge);
            json!([inner.unwrap_or_else(|| json!("nothing"))])
        }
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), shape(value))).collect(),
    }
}

fn merge(a: Value, b: Value) -> Value {
    match (a, b) {
        (a, b) if a == b => a,
        (Value::Object(a), Value::Object(b)) => merge_objects(a, b),
        (Value::Array(mut a), Value::Array(mut b)) => json!([merge(a.remove(0), b.remove(0))]),
        (Value::String(a), Value::String(b)) => {
            let kinds: BTreeSet<&str> = a.split('|').chain(b.split('|')).collect();
            let kinds: Vec<&str> = kinds.into_iter().filter(|kind| *kind != "nothing").collect();
            json!(kinds.join("|"))
        }
        (Value::String(kind), other) | (other, Value::String(kind)) if kind == "nothing" => other,
        (Value::String(kind), other) | (other, Value::String(kind)) => json!({ format!("or {kind}"): other }),
        (a, b) => json!({ "either": a, "or": b }),
    }
}

/// A key that not every object has is marked with `?`.
fn merge_objects(a: Map<String, Value>, b: Map<String, Value>) -> Value {
    let plain = |key: &str| key.trim_end_matches('?').to_owned();
    let keys: BTreeSet<String> = a.keys().chain(b.keys()).map(|key| plain(key)).collect();
    let take = |object: &Map<String, Value>, key: &str| {
        let always = object.get(key).cloned();
        let sometimes = object.get(&format!("{key}?")).cloned();
        (always.is_some(), always.or(sometimes))
    };
    let merged = keys.into_iter().map(|key| {
        let ((a_always, a), (b_always, b)) = (take(&a, &key), take(&b, &key));
        let value = match (a, b) {
            (Some(a), Some(b)) => merge(a, b),
            (a, b) => a.or(b).unwrap_or_default(),
        };
        (if a_always && b_always { key } else { format!("{key}?") }, value)
    });
    merged.collect()
}

/// The shapes of all replies so far.
struct Book {
    desk: Desk,
    shapes: BTreeMap<String, Value>,
}

impl Book {
    /// Calls a command, notes the shape of its reply and returns the value.
    fn call(&mut self, name: &str, request: Value) -> Value {
        let reply = self.desk.reply(name, request);
        assert_eq!(reply["ok"], true, "{name}: {reply}");
        let noted = json!({ "value": shape(&reply["value"]), "changes": reply["changes"] });
        let merged = match self.shapes.remove(name) {
            Some(before) => {
                json!({ "value": merge(before["value"].clone(), noted["value"].clone()), "changes": noted["changes"] })
            }
            None => noted,
        };
        self.shapes.insert(name.to_owned(), merged);
        reply["value"].clone()
    }
}

/// A day at the office in which every command has its turn.
fn every_command() -> BTreeMap<String, Value> {
    let mut book = Book { desk: Desk::unopened(), shapes: BTreeMap::new() };
    book.call("office.status", json!({}));
    book.call("office.start", json!({ "name": "梅园居民区", "subdistrict": "临江街道" }));
    book.call("office.status", json!({}));
    book.call("committee.change", json!({ "director": "许文静" }));
    book.call("committee.get", json!({}));
    imports(&mut book);
    people(&mut book);
    ledgers(&mut book);
    reports(&mut book);
    meetings(&mut book);
    book.call("history.undo", json!({}));
    book.call("history.redo", json!({}));
    book.call("history.list", json!({ "limit": 20 }));
    book.call("help.list", json!({}));
    book.call("help.get", json!({ "page": "import" }));
    book.call("office.home", json!({}));
    book.call("office.check", json!({}));
    book.shapes
}

fn imports(book: &mut Book) {
    let (one, two) = (id_number("19460101", 12), id_number("19500203", 34));
    let csv = format!(
        "序号,姓名,性别,身份证号,联系电话,家庭住址,户主姓名,与户主关系\n\
         1,章予宁,女,{one},16012345678,梅园新村3号楼2单元502室,章予宁,户主\n\
         2,黎知远,男,{two},1601234567,梅园新村3号楼2单元502室,章予宁,配偶\n\
         3,,女,,,,,\n"
    );
    let path = book.desk.file("居民名册.csv", csv);
    book.call("import.open", json!({ "path": path }));
    book.call("import.open", json!({ "path": sample("残疾人两项补贴复核名单.xls") }));
    book.call("import.cells", json!({ "path": path, "sheet": "居民名册", "from": 1, "count": 5 }));
    book.call(
        "import.cells",
        json!({ "path": sample("残疾人两项补贴复核名单.xls"), "sheet": "复核名单", "from": 1, "count": 9 }),
    );
    book.call("import.preview", json!({ "path": path, "ledger": "resident" }));
    book.call("import.apply", json!({ "path": path, "ledger": "resident" }));
    let differing = format!("姓名,身份证号,联系电话\n章予宁,{one},16087654321\n");
    let differing = book.desk.file("更正.csv", differing);
    book.call("import.preview", json!({ "path": differing, "ledger": "resident" }));
    book.call("import.apply", json!({ "path": differing, "ledger": "elderly", "conflict": "take" }));
    book.call("import.paste", json!({ "text": "姓名\t联系电话\n章予宁\t16012345678\n", "html": null }));
    book.call("import.list", json!({}));
    the_tray(book);
    book.call("dictionary.list", json!({}));
    book.call("dictionary.remember", json!({ "heading": "家里电话", "field": "person.phone" }));
}

/// The import left one row without a name and one with a short phone number.
fn the_tray(book: &mut Book) {
    let waiting = book.call("tray.list", json!({}));
    let items = list(&waiting["items"]);
    let short = items.iter().find(|item| item["name"] == "黎知远").expect("a short phone number waits");
    book.call("tray.fix", json!({ "id": short["id"], "values": { "person.phone": "160" } }));
    book.call("tray.fix", json!({ "id": short["id"], "values": { "person.phone": "16012345679" } }));
    let nameless = items.iter().find(|item| item["name"] == "").expect("a row without a name waits");
    book.call("tray.drop", json!({ "ids": [nameless["id"]] }));
}

fn people(book: &mut Book) {
    let found = book.call("resident.find", json!({ "text": "章予宁" }));
    let uid = found["hits"][0]["uid"].clone();
    book.call("resident.change", json!({ "uid": uid, "field": "person.note", "value": "喜欢下棋" }));
    book.call("resident.get", json!({ "uid": uid }));
    book.call("resident.reveal", json!({ "uid": uid, "field": "person.id_number" }));
}

fn ledgers(book: &mut Book) {
    book.call("ledger.list", json!({}));
    book.call("ledger.get", json!({ "id": "resident" }));
    let rows = book.call("ledger.rows", json!({ "ledger": "resident", "offset": 0, "limit": 10 }));
    let record = list(&rows["rows"])[0]["record"].clone();
    book.call("ledger.source", json!({ "ledger": "resident", "record": record, "field": "person.phone" }));
    let edits = json!([
        { "record": record, "field": "person.phone", "value": "16011112222" },
        { "record": record, "field": "person.id_number", "value": "990102" },
    ]);
    book.call("ledger.change", json!({ "ledger": "resident", "edits": edits }));
    let values = json!({ "person.name": "舒望舒", "person.id_number": id_number("19880808", 56) });
    let added = book.call("ledger.add", json!({ "ledger": "resident", "values": values }));
    book.call("ledger.remove", json!({ "ledger": "resident", "records": [added["record"]] }));
    let head = book.desk.file("飞线充电.csv", "姓名,楼号,整改情况\n章予宁,3号楼,已整改\n");
    book.call("ledger.new", json!({ "from": head, "title": "飞线充电整治台账" }));
    book.call("ledger.overlap", json!({}));
}

fn reports(book: &mut Book) {
    book.call("report.list", json!({}));
    book.call("report.preview", json!({ "kind": "ledger_list", "ledger": "resident", "options": {} }));
    for format in ["pdf", "xlsx"] {
        let request = json!({ "kind": "ledger_list", "ledger": "resident", "options": {}, "format": format });
        book.call("report.make", request);
    }
}

/// One hearing from its matter to its locked counts, with a way back in between.
fn meetings(book: &mut Book) {
    book.call("calendar.change", json!({ "on": "2026-12-24", "works": false, "title": "停电检修" }));
    book.call("calendar.get", json!({ "year": 2026 }));
    let values = json!({ "content": "装电梯", "received_on": "2026-11-20", "scope_households": 36 });
    let matter = json!({ "title": "3号楼加装电梯", "way_in": "joint", "values": values });
    let matter = book.call("matter.new", matter)["id"].clone();
    let names = json!([{ "record": "names", "values": { "person": "章予宁", "room": "3号楼502" } }]);
    let values = json!({ "proposer_people": 500, "base_people": 2060 });
    book.call("matter.change", json!({ "id": matter, "values": values, "rows": names }));
    book.call("matter.move", json!({ "id": matter, "step": "submit" }));
    book.call("meeting.kinds", json!({}));
    book.call("meeting.kinds", json!({ "id": "hearing" }));
    book.call(
        "meeting.parameter",
        json!({ "code": "hearing.notice_days", "value": "12", "basis": "街道规定" }),
    );
    let new = json!({ "kind": "hearing", "matter": matter, "reason": "街道要求先听意见" });
    let meeting = book.call("meeting.new", new)["id"].clone();
    let found = book.call("meeting.candidates", json!({ "buildings": ["3号楼"], "adults": true }));
    let uid = list(&found["people"])[0]["uid"].clone();
    let add =
        json!([{ "uid": uid, "roles": ["affected"] }, { "name": "黎知远", "roles": ["delegate", "chair"] }]);
    let view = book.call("meeting.roll", json!({ "id": meeting, "add": add }));
    let person = list(&view["roll"])[0]["id"].clone();
    let mark = json!([{ "person": person, "arrival": "present" }]);
    book.call("meeting.roll", json!({ "id": meeting, "mark": mark }));
    let values = json!({ "held_at": "2026-12-10 19:00", "place": "活动室" });
    let action = json!({ "what": "修改方案", "who": "物业", "due_on": "2026-11-20" });
    let rows = json!([{ "record": "action", "values": action }]);
    book.call("meeting.change", json!({ "id": meeting, "values": values, "rows": rows }));
    let counts = json!({ "lines": [{ "people": { "agree": 1 } }] });
    let vote = json!({ "id": meeting, "vote": "tendency", "counts": counts, "keep": true });
    book.call("meeting.vote", vote);
    book.call("meeting.lock", json!({ "id": meeting, "vote": "tendency" }));
    let counts = json!({ "lines": [{ "people": { "against": 1 } }] });
    let lock = json!({ "id": meeting, "vote": "tendency", "counts": counts, "reason": "唱票听错" });
    book.call("meeting.lock", lock);
    let skip = json!({ "id": meeting, "act": "skip", "stage": "draft", "reason": "方案另附" });
    book.call("meeting.act", skip);
    for name in ["meeting.get", "meeting.minutes"] {
        book.call(name, json!({ "id": meeting }));
    }
    book.call("meeting.paper", json!({ "id": meeting, "paper": "opinion_letter" }));
    book.call("meeting.paper", json!({ "id": meeting, "paper": "sign_in" }));
    book.call("meeting.list", json!({ "matter": matter }));
    book.call("meeting.due", json!({}));
    book.call(
        "matter.close",
        json!({ "id": matter, "result": "已解决", "result_text": "电梯装好", "reason": "先办结" }),
    );
    book.call("matter.get", json!({ "id": matter }));
    book.call("matter.list", json!({}));
    book.call("matter.archive", json!({ "id": matter }));
    book.call("matter.statistics", json!({}));
}

#[test]
fn replies_have_the_shape_that_was_agreed() {
    let folder = root().join("tests/snapshots/api");
    let found = every_command();
    let called: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    let known: BTreeSet<&str> = api::names().collect();
    assert_eq!(called, known, "every command has its turn here, and nothing else does");

    let writes = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    if writes {
        std::fs::create_dir_all(&folder).unwrap();
    }
    let mut wrong = Vec::new();
    for (name, shape) in &found {
        let path = folder.join(format!("{name}.json"));
        let text = format!("{}\n", serde_json::to_string_pretty(shape).unwrap());
        if writes {
            std::fs::write(&path, text).unwrap();
            continue;
        }
        match std::fs::read_to_string(&path) {
            Err(_) => wrong.push(format!("{name} has no snapshot")),
            Ok(agreed) if agreed.replace("\r\n", "\n") != text => {
                wrong.push(format!("{name} replies otherwise than agreed:\n{text}"));
            }
            Ok(_) => {}
        }
    }
    for entry in std::fs::read_dir(&folder).unwrap().flatten() {
        let name = entry.path().file_stem().unwrap().to_string_lossy().into_owned();
        if !known.contains(name.as_str()) {
            wrong.push(format!("the snapshot {name} belongs to no command"));
        }
    }
    assert!(wrong.is_empty(), "{}\nIf this is meant, run again with UPDATE_SNAPSHOTS=1.", wrong.join("\n"));
}
