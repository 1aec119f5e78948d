//! A ledger taken out as a workbook, edited elsewhere and brought back: only the edits are seen.

use base64::Engine as _;
use calamine::{Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::support::{Desk, list, number, text};

/// Writes a ledger of the practice office as a workbook and gives its path.
fn taken_out(desk: &mut Desk, ledger: &str, options: &Value) -> String {
    let request = json!({ "kind": "ledger_list", "ledger": ledger, "format": "xlsx", "options": options });
    let reply = desk.call("report.make", request);
    let bytes = base64::engine::general_purpose::STANDARD.decode(text(&reply["bytes"])).unwrap();
    desk.file(text(&reply["file_name"]), bytes)
}

#[test]
fn a_ledger_taken_out_and_brought_back_as_it_is_changes_nothing() {
    let mut desk = Desk::practice();
    let groups = desk.call("ledger.list", json!({}));
    let ledgers = list(&groups["groups"]).iter().flat_map(|group| list(&group["ledgers"]));
    let filled: Vec<&Value> = ledgers.filter(|ledger| number(&ledger["rows"]) > 0).collect();
    assert!(filled.len() > 10, "the practice office has many ledgers");
    for ledger in filled {
        let id = text(&ledger["id"]);
        for options in [json!({}), json!({ "masked": true })] {
            let path = taken_out(&mut desk, id, &options);
            let plan = preview(&mut desk, &path, id);
            assert_eq!(outcomes(&plan), [number(&ledger["rows"]), 0, 0, 0, 0, 0], "{id} {options}: {plan}");
        }
    }
}

#[test]
fn only_what_was_edited_elsewhere_is_seen_even_in_names_and_numbers() {
    let mut desk = Desk::practice();
    let path = taken_out(&mut desk, "elderly_living_alone", &json!({ "masked": true }));
    let mut sheet = Edited::open(&path);
    let (name, phone) = (sheet.column("姓名"), sheet.column("联系电话"));
    // A name corrected, a telephone renewed, a row dropped, a row copied and written over, and the
    // rows sorted the other way round.
    let first = sheet.first;
    sheet.rows[first][name] = "李兰改".into();
    sheet.rows[first + 1][phone] = "16000000777".into();
    sheet.rows.remove(first + 2);
    let mut copied = sheet.rows[first + 3].clone();
    copied[name] = "钟离新来".into();
    sheet.rows.insert(first + 4, copied);
    sheet.rows[first..].reverse();
    let path = desk.file("改过的.xlsx", sheet.write());
    let plan = preview(&mut desk, &path, "elderly_living_alone");
    assert_eq!(outcomes(&plan), [37, 1, 0, 2, 0, 1], "{} {}", plan["rows"]["refused"], plan["rows"]["added"]);
    let fields: Vec<&str> = list(&plan["rows"]["conflict"])
        .iter()
        .flat_map(|row| list(&row["cells"]))
        .map(|cell| text(&cell["field"]))
        .collect();
    assert_eq!(fields.len(), 2, "{plan}");
    assert!(fields.contains(&"person.name") && fields.contains(&"person.phone"), "{fields:?}");
}

#[test]
fn words_of_another_office_mean_nothing_here() {
    let mut there = Desk::practice();
    let path = taken_out(&mut there, "volunteer", &json!({}));
    let mut here = Desk::empty();
    let plan = preview(&mut here, &path, "volunteer");
    let seen = here.call("import.open", json!({ "path": path }));
    assert_eq!(number(&plan["added"]), 70, "{plan}");
    let columns = list(&seen["sheets"][0]["columns"]);
    assert!(columns.iter().all(|column| !text(&column["heading"]).contains("行号")), "{columns:?}");
}

fn preview(desk: &mut Desk, path: &str, ledger: &str) -> Value {
    desk.call("import.preview", json!({ "path": path, "ledger": ledger }))
}

/// Rows the same, added, changed, in conflict, refused, absent.
fn outcomes(plan: &Value) -> [u64; 6] {
    ["same", "added", "changed", "conflict", "refused", "absent"].map(|outcome| number(&plan[outcome]))
}

/// The texts of a workbook, changed as a clerk would in another program.
struct Edited {
    rows: Vec<Vec<String>>,
    /// First row of people.
    first: usize,
}

impl Edited {
    fn open(path: &str) -> Self {
        let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        let rows: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let first = rows.iter().position(|row| row[0] == "1").unwrap();
        let last = rows.iter().rposition(|row| row[0].parse::<u32>().is_ok()).unwrap();
        Self { rows: rows[..=last].to_vec(), first }
    }

    fn column(&self, title: &str) -> usize {
        let heads = &self.rows[..self.first];
        heads.iter().find_map(|row| row.iter().position(|cell| cell == title)).unwrap()
    }

    fn write(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (0..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    }
}
