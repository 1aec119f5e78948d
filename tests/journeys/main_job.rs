//! The main job: a list comes from the superiors, is recognised, compared, taken over, put right by
//! hand, printed, searched, taken back and brought again, with a restart in between.

use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use calamine::{Data, Reader as _};
use serde_json::{Value, json};

use crate::support::{Desk, list, number, sample, text};

const SHEET: &str = "独居老人冬季走访名单.xlsx";
const LEDGER: &str = "elderly_living_alone";
/// The one person the sheet brings whom the office did not know.
const NEWCOMER: &str = "李雅仙";
const NEW_PHONE: &str = "16012345678";

#[test]
fn a_list_is_taken_over_put_right_printed_and_taken_back() {
    let mut desk = Desk::practice();
    recognise(&mut desk);
    let before = desk.rows(LEDGER).len();
    let op = take_over(&mut desk);
    let joined = desk.rows(LEDGER).len();
    assert_eq!(joined, before + 2, "the newcomer, and one whom only the register knew");

    put_right(&mut desk);
    desk.restart();
    print(&mut desk);
    hand_in(&mut desk);
    find(&mut desk);
    take_back(&mut desk, op, before);
    desk.restart();
    bring_again(&mut desk, joined);
    let check = desk.call("office.check", json!({}));
    assert_eq!(check["ok"], true, "the store must be sound after all this: {check}");
}

fn recognise(desk: &mut Desk) {
    let seen = desk.call("import.open", json!({ "path": sample(SHEET) }));
    let sheet = &seen["sheets"][0];
    assert_eq!(sheet["header_rows"], json!([2, 2]));
    assert_eq!(sheet["data_rows"], json!([3, 42]));
    assert_eq!(sheet["note_rows"], json!([43, 44]));
    assert_eq!(sheet["ledgers"][0]["id"], LEDGER, "the right ledger is suggested first");
    let field = |letter: &str| {
        let column = list(&sheet["columns"]).iter().find(|column| column["letter"] == letter).unwrap();
        column["field"].clone()
    };
    assert_eq!(field("B"), "person.name");
    assert_eq!(field("E"), "person.id_number");
    assert_eq!(field("G"), "person.phone");
    assert_eq!(field("A"), Value::Null, "the running number goes nowhere");
}

fn request() -> Value {
    json!({ "path": sample(SHEET), "sheet": "冬季走访", "ledger": LEDGER, "conflict": "take" })
}

fn take_over(desk: &mut Desk) -> u64 {
    let held = desk.holdings();
    let plan = desk.call("import.preview", request());
    assert_eq!(plan["op"], Value::Null);
    assert_eq!(desk.holdings(), held, "a preview writes nothing");
    assert_eq!((number(&plan["added"]), number(&plan["conflict"])), (1, 9));
    assert_eq!(plan["rows"]["added"][0]["name"], NEWCOMER);

    let done = desk.call("import.apply", request());
    for outcome in ["added", "changed", "same", "conflict", "refused", "absent"] {
        assert_eq!(done[outcome], plan[outcome], "the import does what the preview said: {outcome}");
    }
    let batches = desk.call("import.list", json!({}));
    assert_eq!(batches["batches"][0]["file"], SHEET);
    assert_eq!(phone(desk, "叶惠凤"), "16354661156", "a differing telephone was taken from the sheet");
    number(&done["op"])
}

fn find_row(desk: &mut Desk, name: &str) -> Option<Value> {
    let position = desk.column(LEDGER, "person.name");
    desk.rows(LEDGER).into_iter().find(|row| row["values"][position] == name)
}

fn phone(desk: &mut Desk, name: &str) -> String {
    let position = desk.column(LEDGER, "person.phone");
    let row = find_row(desk, name).unwrap_or_else(|| panic!("{name} is in the ledger"));
    text(&row["values"][position]).to_owned()
}

fn put_right(desk: &mut Desk) {
    let record = find_row(desk, NEWCOMER).unwrap()["record"].clone();
    let edit = json!({ "record": record, "field": "person.phone", "value": NEW_PHONE });
    let done = desk.call("ledger.change", json!({ "ledger": LEDGER, "edits": [edit] }));
    assert_eq!((number(&done["changed"]), list(&done["refused"]).len()), (1, 0));
    assert_eq!(phone(desk, NEWCOMER), NEW_PHONE);
}

fn names(desk: &mut Desk) -> Vec<String> {
    let position = desk.column(LEDGER, "person.name");
    desk.rows(LEDGER).iter().map(|row| text(&row["values"][position]).to_owned()).collect()
}

fn make(desk: &mut Desk, format: &str) -> Vec<u8> {
    let request = json!({ "kind": "ledger_list", "ledger": LEDGER, "options": {}, "format": format });
    let made = desk.call("report.make", request);
    assert!(text(&made["file_name"]).ends_with(&format!(".{format}")), "{}", made["file_name"]);
    STANDARD.decode(text(&made["bytes"])).unwrap()
}

/// Runs a program of poppler-utils, which the paper tests need.
fn poppler(program: &str, arguments: &[&Path]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).stderr(Stdio::inherit()).output();
    let output = output.unwrap_or_else(|error| {
        panic!("{program} is needed to look at the PDF ({error}); install the package poppler-utils")
    });
    assert!(output.status.success(), "{program} cannot read the PDF");
    output.stdout
}

fn print(desk: &mut Desk) {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("ledger.pdf");
    std::fs::write(&pdf, make(desk, "pdf")).unwrap();
    let words = String::from_utf8(poppler("pdftotext", &[&pdf, Path::new("-")])).unwrap();
    let words: String = words.chars().filter(|letter| !letter.is_whitespace()).collect();
    for name in names(desk) {
        assert!(words.contains(&name), "{name} must be readable on paper");
    }
    poppler(
        "pdftoppm",
        &[Path::new("-png"), Path::new("-r"), Path::new("40"), &pdf, &folder.path().join("page")],
    );
    let pictures = std::fs::read_dir(folder.path()).unwrap().flatten();
    let pictures: Vec<u64> = pictures
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "png"))
        .map(|entry| entry.metadata().unwrap().len())
        .collect();
    assert!(!pictures.is_empty(), "the PDF has pages");
    assert!(pictures.iter().all(|size| *size > 2_000), "no page is blank: {pictures:?}");
}

fn hand_in(desk: &mut Desk) {
    let bytes = make(desk, "xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cells: Vec<String> =
        sheet.cells().filter(|cell| *cell.2 != Data::Empty).map(|cell| cell.2.to_string()).collect();
    for name in names(desk) {
        assert!(cells.contains(&name), "{name} must be in the workbook");
    }
    assert!(cells.iter().any(|cell| cell == NEW_PHONE), "a telephone stands as text, whole");
}

fn find(desk: &mut Desk) {
    for words in [NEWCOMER, "lyx", &NEW_PHONE[7..]] {
        let found = desk.call("resident.find", json!({ "text": words }));
        let found = list(&found["hits"]).iter().any(|hit| hit["name"] == NEWCOMER);
        assert!(found, "{NEWCOMER} is found by “{words}”");
    }
}

fn take_back(desk: &mut Desk, op: u64, before: usize) {
    let undone = desk.call("history.undo", json!({ "op": op }));
    let kept: Vec<&str> = list(&undone["kept"]).iter().map(|kept| text(&kept["what"])).collect();
    assert!(kept.iter().any(|what| what.contains(NEWCOMER)), "who was edited since is named: {kept:?}");
    assert_eq!(phone(desk, NEWCOMER), NEW_PHONE, "and stays as she is");
    assert_eq!(phone(desk, "叶惠凤"), "16997978490", "the others are as before the import");
    assert_eq!(desk.rows(LEDGER).len(), before + 1);
}

fn bring_again(desk: &mut Desk, joined: usize) {
    desk.call("history.redo", json!({}));
    assert_eq!(phone(desk, "叶惠凤"), "16354661156", "the import is in force again");
    assert_eq!(phone(desk, NEWCOMER), NEW_PHONE, "and the edit as well");
    assert_eq!(desk.rows(LEDGER).len(), joined, "nobody is there twice");
}
