//! The past is rebuilt exactly, and what is told of a period is the difference of its two ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::compare;
use crate::clock::FixedClock;
use crate::office::Office;
use crate::report::as_of::AsOf;
use crate::store::{journal, past};
use crate::testing::{Testing, day, office};

/// Something a clerk does.
#[derive(Debug, Clone)]
enum Act {
    Add(u8),
    Change(u8, u8),
    Describe(u8, u8),
    Move(u8, u8),
    Join(u8, bool),
    Leave(u8),
    Undo(u8),
    Redo,
    NextDay,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0u8..30).prop_map(Act::Add),
        3 => (any::<u8>(), 0u8..9).prop_map(|(who, value)| Act::Change(who, value)),
        2 => (any::<u8>(), 0u8..4).prop_map(|(who, value)| Act::Describe(who, value)),
        1 => (any::<u8>(), 1u8..5).prop_map(|(who, value)| Act::Move(who, value)),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(who, value)| Act::Join(who, value)),
        2 => any::<u8>().prop_map(Act::Leave),
        3 => any::<u8>().prop_map(Act::Undo),
        1 => Just(Act::Redo),
        2 => Just(Act::NextDay),
    ]
}

/// An office with a history, and what it held at the end of each day.
struct History {
    testing: Testing,
    day: NaiveDate,
    ends: Vec<(NaiveDate, i64, String)>,
    made: u32,
}

impl History {
    fn new() -> Self {
        Self { testing: office(), day: day(), ends: Vec::new(), made: 0 }
    }

    fn members(&mut self, ledger: &str) -> Vec<Value> {
        let request = json!({ "ledger": ledger, "offset": 0, "limit": 100, "unmasked": true });
        self.testing.call("ledger.rows", request)["rows"].as_array().unwrap().clone()
    }

    fn pick(&mut self, ledger: &str, who: u8) -> Option<Value> {
        let members = self.members(ledger);
        (!members.is_empty()).then(|| members[usize::from(who) % members.len()].clone())
    }

    /// Sets a value of somebody; a refusal is as good as a change here.
    fn set(&mut self, who: u8, field: &str, value: &str) {
        if let Some(row) = self.pick("resident", who) {
            let edits = json!([{ "record": row["record"], "field": field, "value": value }]);
            self.testing.call("ledger.change", json!({ "ledger": "resident", "edits": edits }));
        }
    }

    fn run(&mut self, act: &Act) {
        match act {
            Act::Add(number) => {
                self.made += 1;
                let name = format!("{}予安", ["章", "黎", "舒", "纪"][usize::from(*number) % 4]);
                let values =
                    json!({ "person.name": name, "person.phone": format!("16000000{:03}", self.made) });
                self.testing.call("ledger.add", json!({ "ledger": "resident", "values": values }));
            }
            Act::Change(who, value) => self.set(*who, "person.phone", &format!("1601234567{value}")),
            Act::Describe(who, value) => {
                let education = ["", "小学", "初中", "大学本科"][usize::from(*value)];
                self.set(*who, "person.education", education);
            }
            Act::Move(who, value) => {
                if let Some(row) = self.pick("resident", *who) {
                    let number = format!("H{value}");
                    let request = json!({ "uid": row["uid"], "field": "household.number", "value": number });
                    self.testing.call("resident.change", request);
                }
            }
            Act::Join(who, described) => self.join(*who, *described),
            Act::Leave(who) => {
                let ledger = if who % 2 == 0 { "elderly" } else { "resident" };
                if let Some(row) = self.pick(ledger, *who / 2) {
                    let request = json!({ "ledger": ledger, "records": [row["record"]] });
                    self.testing.call("ledger.remove", request);
                }
            }
            Act::Undo(back) => self.undo(*back),
            Act::Redo => drop(self.reply("history.redo", json!({}))),
            Act::NextDay => self.next_day(),
        }
    }

    fn join(&mut self, who: u8, described: bool) {
        let Some(row) = self.pick("resident", who) else { return };
        let phone = if described { "16099999999" } else { "" };
        let request = json!({ "ledger": "elderly", "uid": row["uid"], "values": { "person.phone": phone } });
        self.reply("ledger.add", request);
    }

    fn undo(&mut self, back: u8) {
        let ops = self.testing.call("history.list", json!({ "limit": 8 }));
        let ops: Vec<Value> = ops["ops"].as_array().unwrap().clone();
        let undoable: Vec<&Value> = ops.iter().filter(|op| op["can_undo"] == true).collect();
        if let Some(op) = undoable.get(usize::from(back) % undoable.len().max(1)) {
            self.reply("history.undo", json!({ "op": op["op"] }));
        }
    }

    /// Calls a command that may be refused.
    fn reply(&mut self, name: &str, request: Value) -> Value {
        crate::api::call(&mut self.testing.office, name, request, &crate::progress::Progress::new())
    }

    fn note_end(&mut self) {
        let op = past::newest_op(self.testing.office.connection()).unwrap();
        let dump = tables(self.testing.office.connection());
        self.ends.push((self.day, op, dump));
    }

    fn next_day(&mut self) {
        self.note_end();
        self.day = self.day + Days::new(1);
        let folder = self.testing.folder.path().to_owned();
        let placeholder = tempfile::tempdir().unwrap();
        let clock = || Box::new(FixedClock::on(self.day));
        // One office a folder: the old one must be gone before the new one is opened.
        self.testing.office = Office::open(placeholder.path(), clock(), "许文静").unwrap();
        self.testing.office = Office::open(&folder, clock(), "许文静").unwrap();
    }
}

/// Everything the tables of the journal hold.
fn tables(connection: &rusqlite::Connection) -> String {
    let mut lines = Vec::new();
    for table in journal::tables(connection).unwrap() {
        let sql = format!("select json_array({}) from {} order by id", table.columns.join(", "), table.name);
        let mut rows = connection.prepare(&sql).unwrap();
        let rows = rows.query_map([], |row| row.get::<_, String>(0)).unwrap();
        lines.extend(rows.map(|row| format!("{} {}", table.name, row.unwrap())));
    }
    lines.join("\n")
}

fn history(acts: &[Act]) -> History {
    let mut history = History::new();
    for act in acts {
        history.run(act);
    }
    history.note_end();
    history
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn the_past_is_rebuilt_exactly(acts in prop::collection::vec(act(), 1..30)) {
        let history = history(&acts);
        let connection = history.testing.office.connection();
        for (_, op, held) in &history.ends {
            let then = past::after(connection, *op).unwrap();
            prop_assert_eq!(&tables(&then), held, "as it was after op {}", op);
        }
        for (day, op, _) in &history.ends {
            prop_assert_eq!(past::newest_op_by(connection, &day.to_string()).unwrap(), *op);
        }
    }

    #[test]
    fn changes_are_the_difference_of_both_ends(acts in prop::collection::vec(act(), 1..30)) {
        let history = history(&acts);
        let office = &history.testing.office;
        for ledger in [None, Some("resident"), Some("elderly")] {
            let kind = ledger.map(|id| office.ledger_kind(id).unwrap());
            for (place, from) in history.ends.iter().enumerate() {
                for to in history.ends.iter().skip(place).take(2) {
                    let before = AsOf::before(office, from.0).unwrap();
                    let after = AsOf::on(office, to.0).unwrap();
                    let told = compare::compare(&before, &after, kind).unwrap();
                    let (then, now) = (rows(&before, ledger), rows(&after, ledger));
                    let added: BTreeSet<i64> = told.added.iter().map(|entry| entry.row).collect();
                    let removed: BTreeSet<i64> = told.removed.iter().map(|entry| entry.row).collect();
                    prop_assert_eq!(&added, &now.difference(&then).copied().collect());
                    prop_assert_eq!(&removed, &then.difference(&now).copied().collect());
                    prop_assert_eq!(told.before + added.len(), told.after + removed.len(), "the count adds up");
                    prop_assert_eq!((told.before, told.after), (then.len(), now.len()));
                    prop_assert_eq!(differing(&before, &after, ledger), changed(&told));
                }
            }
        }
    }
}

fn changed(told: &compare::Compared) -> BTreeSet<i64> {
    told.changed.iter().map(|entry| entry.row).collect()
}

/// The numbers of all rows, read plainly.
fn rows(then: &AsOf<'_>, ledger: Option<&str>) -> BTreeSet<i64> {
    values(then, ledger).into_iter().map(|(row, _)| row).collect()
}

/// Rows of both ends whose values differ, read plainly: the resident's own row, facts, and the row.
fn differing(before: &AsOf<'_>, after: &AsOf<'_>, ledger: Option<&str>) -> BTreeSet<i64> {
    let (then, now) = (values(before, ledger), values(after, ledger));
    let differs = |(row, value): &&(i64, String)| then.iter().any(|(old, said)| old == row && said != value);
    now.iter().filter(differs).map(|(row, _)| *row).collect()
}

fn values(then: &AsOf<'_>, ledger: Option<&str>) -> Vec<(i64, String)> {
    // What each of them shows: the household number only the register, education not the elderly.
    let education = if ledger == Some("elderly") {
        "''"
    } else {
        "coalesce((select value from fact where subject = r.id and field = 'person.education'), '')"
    };
    let number = "coalesce((select number from household where id = r.household), '')";
    let number = if ledger.is_some() { "''" } else { number };
    let sql = match ledger {
        None => format!(
            "select r.id, r.name || coalesce(r.phone, '') || {number} || {education} from resident as r"
        ),
        Some(ledger) => format!(
            "select m.id, r.name || coalesce(r.phone, '') || {number} || {education}
             from record as m join resident as r on r.id = m.subject where m.ledger = '{ledger}'"
        ),
    };
    let mut list = then.connection().prepare(&sql).unwrap();
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_period_tells_who_came_left_and_changed() {
    let mut history = History::new();
    for act in [Act::Add(0), Act::Add(1), Act::Add(2)] {
        history.run(&act);
    }
    history.run(&Act::NextDay);
    history.run(&Act::Change(1, 7));
    history.run(&Act::Add(3));
    let gone = history.pick("resident", 0).unwrap();
    history.testing.call("ledger.remove", json!({ "ledger": "resident", "records": [gone["record"]] }));
    let request = json!({ "kind": "changes", "ledger": "resident", "from": "2026-11-22", "to": "2026-11-22",
                          "options": {} });
    let reply = history.testing.call("report.preview", request.clone());
    let texts: Vec<&str> =
        reply["figures"].as_array().unwrap().iter().map(|figure| figure["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["新增 1 人", "减少 1 人", "变更 1 人"]);
    for figure in reply["figures"].as_array().unwrap() {
        let mut opened = request.clone();
        opened["key"] = figure["key"].clone();
        assert_eq!(history.testing.call("report.people", opened)["total"], 1);
    }
    let error = history.testing.refuse(
        "report.preview",
        json!({ "kind": "changes", "from": "2026-11-22", "to": "2026-11-20", "options": {} }),
    );
    assert_eq!(error["code"], "refused");
    let error = history
        .testing
        .refuse("report.preview", json!({ "kind": "statistics", "as_of": "2020-01-01", "options": {} }));
    assert!(error["message"].as_str().unwrap().contains("2026-11-21"), "{error}");
}
