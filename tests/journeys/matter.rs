//! How a matter comes in, is reviewed, passed on or declined, and can be taken back step by step.

use serde_json::{Value, json};

use crate::support::{Desk, list, text};

fn matter(desk: &mut Desk, way_in: &str, values: Value) -> Value {
    desk.call("matter.new", json!({ "title": "3号楼加装电梯", "way_in": way_in, "values": values }))
}

#[test]
fn too_few_names_are_taken_up_only_with_a_reason_or_as_the_committees_own() {
    let mut desk = Desk::empty();
    let values = json!({
        "content": "六楼老人上下楼不便", "received_on": "2026-11-20", "scope_households": 36,
        "proposer_people": 40, "base_people": 2060,
    });
    let id = matter(&mut desk, "joint", values)["id"].clone();
    let refused = desk.reply("matter.move", json!({ "id": id, "step": "submit" }));
    assert!(text(&refused["error"]["message"]).contains("联名名单"), "the names are asked for: {refused}");
    let names = json!([{ "record": "names", "values": { "person": "章予宁", "room": "3号楼502" } }]);
    desk.call("matter.change", json!({ "id": id, "rows": names }));
    let refused = desk.reply("matter.move", json!({ "id": id, "step": "submit" }));
    let said = text(&refused["error"]["message"]);
    assert!(said.contains("联名40人") && said.contains("要412人"), "the count is said: {said}");
    let own = json!({ "id": id, "values": { "way_in": "committee", "decided_on": "2026-11-20" } });
    desk.call("matter.change", own);
    let moved = desk.call("matter.move", json!({ "id": id, "step": "submit" }));
    assert_eq!(moved["state_title"], "审核中", "the committee takes it up as its own");
}

#[test]
fn a_declined_matter_keeps_its_reason_and_every_step_can_be_taken_back() {
    let mut desk = Desk::empty();
    let values = json!({ "content": "两家争一块地", "received_on": "2026-11-20", "scope_households": 2 });
    let id = matter(&mut desk, "visit", values)["id"].clone();
    desk.call("matter.move", json!({ "id": id, "step": "submit" }));
    let refused = desk.reply("matter.move", json!({ "id": id, "step": "convene" }));
    assert!(text(&refused["error"]["message"]).contains("审核中"), "no step is jumped: {refused}");
    let values = json!({ "party_checked_on": "2026-11-20", "reason": "private", "told_on": "2026-11-21" });
    let declined = desk.call("matter.move", json!({ "id": id, "step": "decline", "values": values }));
    assert_eq!(
        (declined["state_title"].as_str(), declined["open"].as_bool()),
        (Some("不予列入"), Some(false))
    );
    desk.restart();
    desk.call("history.undo", json!({}));
    let back = desk.call("matter.get", json!({ "id": id }));
    assert_eq!(back["state_title"], "审核中", "the step is taken back");
    assert_eq!(list(&back["history"]).len(), 2, "and with it its line: {}", back["history"]);
    for _ in 0..2 {
        desk.call("history.undo", json!({}));
    }
    assert!(list(&desk.call("matter.list", json!({}))["matters"]).is_empty(), "nothing is left");
}
