//! A superior sends a blank form; it goes back filled, and nothing else in it has changed.

use serde_json::{Value, json};

use crate::support::forms::{self, Score};
use crate::support::{Desk, list, number, root, text};

fn folder() -> std::path::PathBuf {
    root().join("tests/fixtures/forms")
}

/// The office after five ordinary rosters.
fn office() -> Desk {
    let mut desk = Desk::empty();
    forms::register(&folder(), &mut |name, request| desk.call(name, request));
    desk
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures, for whoever asks with --nocapture")]
fn every_form_is_filled_as_its_truth_says_and_nothing_else_changes() {
    let mut desk = office();
    let mut scores: Vec<Score> = Vec::new();
    for (path, truth) in forms::fixtures(&folder()) {
        let saved = tempfile::tempdir().unwrap();
        let save = |name: &str, bytes: &[u8]| {
            let path = saved.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path.to_str().unwrap().to_owned()
        };
        scores.push(forms::fill(&path, &truth, &mut |name, request| desk.call(name, request), &save));
    }
    assert!(scores.len() >= 20, "the folder holds the forms");
    scores.iter_mut().for_each(|score| score.misses.sort_by_key(|miss| !miss.contains(" was ")));
    let sum = |of: fn(&Score) -> usize| scores.iter().map(of).sum::<usize>();
    let misses: Vec<String> = scores
        .iter()
        .flat_map(|score| score.misses.iter().take(4).map(|miss| format!("{}: {miss}", score.file)))
        .collect();
    let told = misses.join("\n  ");
    println!("{}", forms::table(&scores));
    assert_eq!(sum(|score| score.wrong), 0, "no cell is filled with anything but the truth:\n  {told}");
    assert_eq!(sum(|score| score.damaged), 0, "no other cell has changed:\n  {told}");
    assert_eq!(sum(|score| score.restyled), 0, "no cell has another style:\n  {told}");
    assert_eq!(sum(|score| score.parts), 0, "every other part is the same:\n  {told}");
    let (right, knowable, all) =
        (sum(|score| score.right), sum(|score| score.knowable), sum(|score| score.all));
    assert!(right * 100 >= knowable * 98, "{right} of {knowable} knowable cells:\n  {told}");
    assert!(right * 100 >= all * 85, "{right} of {all} cells:\n  {told}");
}

/// The path of a form.
fn form(name: &str) -> String {
    folder().join(name).to_str().unwrap().to_owned()
}

const WINTER: &str = "独居老人冬季走访统计表.xlsx";

fn column<'r>(reply: &'r Value, letter: &str) -> &'r Value {
    list(&reply["columns"]).iter().find(|column| column["letter"] == letter).unwrap()
}

#[test]
fn what_is_asked_at_the_door_is_asked_once() {
    let mut desk = office();
    let asked = json!({ "path": form(WINTER) });
    let before = desk.call("fill.preview", asked.clone());
    assert_eq!(
        column(&before, "L")["field"],
        "asked.取暖方式",
        "a heading nobody knows is a question of its own"
    );
    let gaps = desk.call("fill.gaps", asked.clone());
    assert_eq!(number(&gaps["total"]), number(&before["gaps"]));
    let buildings: Vec<&str> = list(&gaps["buildings"]).iter().map(|b| text(&b["title"])).collect();
    assert!(
        buildings.windows(2).all(|pair| pair[0].len() <= pair[1].len()),
        "in walking order: {buildings:?}"
    );
    let row = &list(&gaps["rows"])[0];
    let values = json!([
        { "uid": row["uid"], "field": "asked.取暖方式", "value": "空调" },
        { "uid": row["uid"], "field": "person.emergency_phone", "value": "160" },
    ]);
    let saved = desk.call("fill.save_gaps", json!({ "path": form(WINTER), "values": values }));
    assert_eq!(saved["saved"], 1);
    assert_eq!(list(&saved["refused"]).len(), 1, "a telephone of three digits is none");
    let after = desk.call("fill.preview", asked.clone());
    assert_eq!(number(&after["gaps"]) + 1, number(&before["gaps"]));
    desk.call("history.undo", json!({}));
    let undone = desk.call("fill.preview", asked);
    assert_eq!(undone["gaps"], before["gaps"], "one op, taken back as a whole");
}

#[test]
fn gaps_become_what_the_clerk_says_and_nothing_else() {
    let mut desk = office();
    let plain = desk.call("fill.preview", json!({ "path": form(WINTER) }));
    let people = number(&plain["people"]);
    let choices = json!([{ "letter": "L", "choice": "none" }, { "letter": "M", "choice": "zero" }]);
    let request = json!({ "path": form(WINTER), "choices": choices });
    let chosen = desk.call("fill.preview", request.clone());
    assert_eq!(number(&chosen["filled"]), number(&plain["filled"]), "无 and 0 are no facts");
    assert_eq!(number(&plain["gaps"]) - number(&chosen["gaps"]), people);
    let cells = desk.call("fill.cells", json!({ "form": request, "from": 5, "count": 1 }));
    let cells = list(&cells["rows"][0]["cells"]);
    assert_eq!((text(&cells[11]["text"]), text(&cells[11]["state"])), ("无", "chosen"));
    assert_eq!((text(&cells[12]["text"]), text(&cells[12]["state"])), ("0", "chosen"));
    assert!(text(&cells[4]["text"]).contains('*'), "numbers are masked on screen");
}

#[test]
fn every_filled_cell_opens_to_its_source() {
    let mut desk = office();
    let request = json!({ "path": form(WINTER) });
    let source = desk.call("fill.source", json!({ "form": request, "cell": "H5" }));
    assert_eq!(source["field"], "person.self_care");
    assert!(text(&source["source"]["file"]).contains("独居老人名单"));
    assert_eq!(text(&source["source"]["sheet"]), "名单");
    let cell = text(&source["source"]["cell"]);
    assert!(cell.starts_with('E'), "the column of the roster: {cell}");
    let age = desk.call("fill.source", json!({ "form": request, "cell": "D5" }));
    assert!(text(&age["source"]["file"]).contains("居民花名册"), "an age comes from the birth");
    assert_eq!(desk.call("fill.source", json!({ "form": request, "cell": "A1" })), Value::Null);
}

#[test]
fn next_month_the_form_is_known_and_what_changed_is_marked() {
    let mut desk = office();
    let whom = json!({ "where": "ledger:elderly_living_alone and age >= 70" });
    let request =
        json!({ "path": form(WINTER), "whom": whom, "choices": [{ "letter": "L", "choice": "blank" }] });
    let before = desk.holdings();
    desk.call("fill.preview", request.clone());
    desk.call("fill.make", request.clone());
    assert_eq!(desk.holdings(), before, "looking and making write nothing");
    let done = json!({ "form": request, "to": "民政科", "channel": "微信群", "pages": 2 });
    let done = desk.call("fill.done", done);
    desk.restart();
    let again = desk.call("fill.open", json!({ "path": form(WINTER) }));
    assert_eq!(again["known"]["times"], 1);
    assert_eq!(again["known"]["last_to"], "民政科");
    assert_eq!(again["whom"]["where"], whom["where"], "whom is remembered");
    let same = desk.call("fill.preview", json!({ "path": form(WINTER) }));
    assert_eq!(same["changed"], 0);
    assert_eq!(column(&same, "L")["choice"], "blank", "what becomes of gaps is remembered");
    // Somebody's neighbour changes.
    let gaps = desk
        .call("fill.gaps", json!({ "path": form(WINTER), "choices": [{ "letter": "L", "choice": "ask" }] }));
    let uid = list(&gaps["rows"])[0]["uid"].clone();
    let change = json!({ "uid": uid, "field": "person.paired_name", "value": "钱雪芬" });
    desk.call("resident.change", change);
    let changed = desk.call("fill.preview", json!({ "path": form(WINTER) }));
    assert_eq!(changed["changed"], 1);
    let listed = desk.call("fill.list", json!({}));
    assert_eq!(listed["submissions"][0]["id"], done["id"]);
    assert_eq!(listed["year"]["filled"], listed["submissions"][0]["filled"]);
    let copy = desk.call("fill.copy", json!({ "id": done["id"] }));
    assert!(text(&copy["files"][0]["file_name"]).ends_with("20261121.xlsx"));
    let made = desk.call("fill.make", json!({ "path": form(WINTER) }));
    assert!(text(&made["files"][0]["file_name"]).ends_with("-v2.xlsx"), "the second of the day");
}

#[test]
fn a_pack_makes_another_office_know_the_form() {
    let mut desk = office();
    let figures = json!([{ "cell": "C5", "where": "disability and gender = 女" }]);
    let request = json!({ "path": form("重点人群月报表（指标）.xlsx"), "figures": figures });
    desk.call("fill.keep", request);
    let pack = desk.call("fill.pack", json!({}));
    let bytes =
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text(&pack["bytes"])).unwrap();
    let mut other = Desk::empty();
    let file = other.file("表样包.json", bytes);
    let taken = other.call("fill.unpack", json!({ "path": file }));
    assert_eq!(taken["forms"], 1);
    assert_eq!(other.call("fill.unpack", json!({ "path": file }))["op"], Value::Null, "known already");
    let opened = other.call("fill.open", json!({ "path": form("重点人群月报表（指标）.xlsx") }));
    let bound = list(&opened["figures"]).iter().find(|figure| figure["cell"] == "C5").unwrap();
    assert_eq!(bound["where"], "disability and gender = 女");
    assert_eq!(bound["proposed"], false);
    let nothing = other.file("别的.json", "{}");
    assert_eq!(other.reply("fill.unpack", json!({ "path": nothing }))["error"]["code"], "bad_file");
}

#[test]
fn nobody_is_filled_in_whom_nothing_names() {
    let mut desk = office();
    let path = form("志愿者登记表（一人一张）.xlsx");
    assert_eq!(desk.reply("fill.make", json!({ "path": path }))["error"]["code"], "refused");
    let names = desk.call("fill.preview", json!({ "path": form("签到名单（只有姓名）.xlsx") }));
    assert_eq!(number(&names["filled"]), 0, "nobody is taken for somebody on a name alone");
    assert_eq!(list(&names["unmatched"]).len(), 8);
    let row = &names["unmatched"][0];
    let decided = json!([{ "row": row["row"], "uid": row["candidates"][0]["uid"] }]);
    let request = json!({ "path": form("签到名单（只有姓名）.xlsx"), "decided": decided });
    assert!(number(&desk.call("fill.preview", request)["filled"]) > 0);
}

#[test]
fn the_walk_is_printed_building_by_building() {
    let mut desk = office();
    let made = desk.call("fill.visit", json!({ "form": { "path": form(WINTER) }, "sign": true }));
    assert!(number(&made["pages"]) >= 8, "one page a building");
    assert!(text(&made["file_name"]).starts_with("补缺走访单"));
}
