//! A ledger taken out as a workbook, edited elsewhere and brought back: only the edits are seen.

use base64::Engine as _;
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
    let ledgers = desk.call("ledger.list", json!({}));
    for group in list(&ledgers["groups"]) {
        for ledger in list(&group["ledgers"]) {
            if number(&ledger["rows"]) == 0 {
                continue;
            }
            let id = text(&ledger["id"]);
            for options in [json!({}), json!({ "masked": true })] {
            let path = taken_out(&mut desk, id, &options);
            let plan = desk.call("import.preview", json!({ "path": path, "ledger": id }));
            let n = |key: &str| number(&plan[key]);
            println!("{id} {options}: rows {} same {} added {} changed {} conflict {} refused {} absent {} problems {}", ledger["rows"], n("same"), n("added"), n("changed"), n("conflict"), n("refused"), n("absent"), n("problem_count"));
            let show = |x: &Value| { let s = x.to_string(); s.chars().take(600).collect::<String>() };
            for k in ["added","changed","conflict","refused"] { if n(k) > 0 { println!("   {k} {}", show(&plan["rows"][k][0])); } }
            if n("problem_count") > 0 { println!("   {}", show(&plan["problems"][0])); }
            }
        }
    }
    panic!();
}
