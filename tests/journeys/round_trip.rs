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
    let groups = desk.call("ledger.list", json!({}));
    let ledgers = list(&groups["groups"]).iter().flat_map(|group| list(&group["ledgers"]));
    let filled: Vec<&Value> = ledgers.filter(|ledger| number(&ledger["rows"]) > 0).collect();
    assert!(filled.len() > 10, "the practice office has many ledgers");
    for ledger in filled {
        let id = text(&ledger["id"]);
        let path = taken_out(&mut desk, id, &json!({}));
        let plan = desk.call("import.preview", json!({ "path": path, "ledger": id }));
        let counts = ["added", "changed", "conflict", "refused", "absent", "problem_count"]
            .map(|outcome| number(&plan[outcome]));
        assert_eq!((plan["same"].as_u64(), counts), (ledger["rows"].as_u64(), [0; 6]), "{id}");
    }
}
