//! The state machine against whatever a clerk may do: no record is ever lost, locked counts never
//! change, no stage is left out without a reason, and everything can be undone.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::testing::{Testing, office};

/// An office with a hearing of eleven people.
fn hearing() -> (Testing, i64) {
    let mut testing = office();
    let matter = testing.call("matter.new", json!({ "title": "3号楼加装电梯", "way_in": "committee" }));
    let request = json!({ "kind": "hearing", "matter": matter["id"], "reason": "街道要求先听意见" });
    let meeting = testing.call("meeting.new", request)["id"].as_i64().unwrap();
    let add: Vec<Value> =
        (0..11).map(|at| json!({ "name": format!("代表{at}"), "roles": ["affected"] })).collect();
    testing.call("meeting.roll", json!({ "id": meeting, "add": add }));
    (testing, meeting)
}

/// One thing a clerk may do; many of them are refused.
fn request(meeting: i64, view: &Value, (what, number): (u8, u8)) -> (&'static str, Value) {
    let people = view["roll"].as_array().unwrap();
    let person = &people[usize::from(number) % people.len()]["id"];
    let n = i64::from(number % 12);
    let counts = json!({ "lines": [{ "people": { "agree": n, "against": 1 } }], "not_voted": 10 - n });
    let stage = &view["stage"];
    match what % 12 {
        0 => (
            "meeting.change",
            json!({ "id": meeting, "values": { "held_at": format!("2026-12-{:02} 19:00", number % 28 + 1) } }),
        ),
        1 => (
            "meeting.change",
            json!({ "id": meeting, "rows": [{ "record": "opinion", "values": { "content": format!("意见{number}") } }] }),
        ),
        2 => ("meeting.roll", json!({ "id": meeting, "mark": [{ "person": person, "arrival": "present" }] })),
        3 => {
            let all: Vec<Value> =
                people.iter().map(|one| json!({ "person": one["id"], "arrival": "present" })).collect();
            ("meeting.roll", json!({ "id": meeting, "mark": all }))
        }
        4 => ("meeting.vote", json!({ "id": meeting, "vote": "tendency", "counts": counts, "keep": true })),
        5 => ("meeting.lock", json!({ "id": meeting, "vote": "tendency" })),
        6 => (
            "meeting.lock",
            json!({ "id": meeting, "vote": "tendency", "counts": counts, "reason": "复核时数错一票" }),
        ),
        7 => ("meeting.act", json!({ "id": meeting, "act": "skip", "stage": stage, "reason": "另有安排" })),
        8 => ("meeting.act", json!({ "id": meeting, "act": "skip", "stage": stage })),
        9 => ("meeting.act", json!({ "id": meeting, "act": "finish", "stage": stage, "reason": "情况特殊" })),
        10 => (
            "meeting.act",
            json!({ "id": meeting, "act": "finish", "stage": stage, "way": "adjourn", "reason": "人数不够" }),
        ),
        _ => (
            "meeting.act",
            json!({ "id": meeting, "act": "finish", "stage": stage, "way": "done", "reason": "" }),
        ),
    }
}

/// Every locked version that stands, as text.
fn locked(view: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for vote in view["votes"].as_array().unwrap() {
        let now = json!({ "counts": vote["counts"], "locked_at": vote["locked_at"] });
        let versions = vote["versions"].as_array().unwrap().iter();
        let versions = versions.map(|one| json!({ "counts": one["counts"], "locked_at": one["locked_at"] }));
        found.extend(versions.chain([now]).filter(|one| one["locked_at"] != "").map(|one| one.to_string()));
    }
    found
}

fn opinions(view: &Value) -> usize {
    let records = view["records"].as_array().unwrap();
    records.iter().find(|record| record["id"] == "opinion").unwrap()["rows"].as_array().unwrap().len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever happens in whatever order.
    #[test]
    fn nothing_is_lost_and_what_is_locked_stays(acts in prop::collection::vec((0u8..12, 0u8..60), 1..30)) {
        let (mut testing, meeting) = hearing();
        let mut view = testing.call("meeting.get", json!({ "id": meeting }));
        for act in acts {
            let (name, asked) = request(meeting, &view, act);
            let reply = crate::api::call(&mut testing.office, name, asked, &crate::progress::Progress::new());
            let after = testing.call("meeting.get", json!({ "id": meeting }));
            if reply["ok"] == false {
                prop_assert_eq!(&after, &view, "a refused act changes nothing: {}", reply);
                continue;
            }
            prop_assert_eq!(after["roll"].as_array().unwrap().len(), 11, "nobody drops off the roll");
            prop_assert!(opinions(&after) >= opinions(&view), "no opinion is lost");
            let attempts = |view: &Value| view["attempts"].as_array().unwrap().len();
            prop_assert!(attempts(&after) >= attempts(&view), "no attempt is lost");
            for version in locked(&view) {
                prop_assert!(locked(&after).contains(&version), "locked counts stay: {}", version);
            }
            for stage in after["stages"].as_array().unwrap() {
                let is_silent = stage["state"] == "skipped" && stage["reason"] == "" && stage["optional"] == false;
                prop_assert!(!is_silent, "no stage is left out silently: {}", stage);
                let went = stage["went_without"].as_array().unwrap();
                prop_assert!(went.is_empty() || stage["reason"] != "", "a reason is kept: {}", stage);
            }
            view = after;
        }
    }

    /// The whole way back leaves no trace.
    #[test]
    fn every_act_can_be_undone(acts in prop::collection::vec((0u8..12, 0u8..60), 1..12)) {
        let (mut testing, meeting) = hearing();
        let before = testing.dump();
        let mut done = 0;
        for act in acts {
            let view = testing.call("meeting.get", json!({ "id": meeting }));
            let (name, asked) = request(meeting, &view, act);
            let ops = |testing: &mut Testing| testing.call("history.list", json!({ "limit": 1 }))["ops"][0]["op"].clone();
            let newest = ops(&mut testing);
            let _ = crate::api::call(&mut testing.office, name, asked, &crate::progress::Progress::new());
            done += usize::from(ops(&mut testing) != newest);
        }
        for _ in 0..done {
            testing.call("history.undo", json!({}));
        }
        prop_assert_eq!(testing.dump(), before);
    }
}
