//! `juwutai matter …` and `juwutai meeting …`: the records as JSON, or a few lines for people.

use serde_json::{Value, json};

use crate::arguments::{Matter, Meeting};
use crate::say;
use crate::session::{Failure, Session};

pub fn matter(session: &mut Session, verb: Matter) -> Result<(), Failure> {
    let (name, request) = match verb {
        Matter::List => ("matter.list", json!({})),
        Matter::Show { id } => ("matter.get", json!({ "id": id })),
        Matter::New { title, way_in } => ("matter.new", json!({ "title": title, "way_in": way_in })),
        Matter::Archive { id } => ("matter.archive", json!({ "id": id })),
        Matter::Statistics { year } => ("matter.statistics", json!({ "year": year })),
    };
    let reply = session.call(name, request)?;
    if session.json {
        say::document(&reply);
        return Ok(());
    }
    rows(&reply["matters"], &["id", "number", "title", "way_in", "state_title"]);
    rows(&reply["rates"], &["title", "percent", "top", "bottom"]);
    for part in reply["parts"].as_array().into_iter().flatten() {
        say::line(&text(&part["title"]));
        rows(&part["items"], &["title", "on", "file"]);
    }
    if reply["steps"].is_array() {
        line(&reply, &["id", "number", "title", "way_in", "state_title"]);
        rows(&reply["history"], &["on", "title", "state", "reason"]);
        rows(&reply["meetings"], &["id", "number", "kind_title", "held_at", "stage_title", "outcome"]);
    }
    Ok(())
}

pub fn meeting(session: &mut Session, verb: Meeting) -> Result<(), Failure> {
    let (name, request) = match verb {
        Meeting::Kinds { id } => ("meeting.kinds", json!({ "id": id })),
        Meeting::List { matter, kind } => ("meeting.list", json!({ "matter": matter, "kind": kind })),
        Meeting::Show { id } => ("meeting.get", json!({ "id": id })),
        Meeting::New { kind, matter, reason } => {
            ("meeting.new", json!({ "kind": kind, "matter": matter, "reason": reason }))
        }
        Meeting::Minutes { id } => ("meeting.minutes", json!({ "id": id })),
        Meeting::Due => ("meeting.due", json!({})),
    };
    let reply = session.call(name, request)?;
    if session.json {
        say::document(&reply);
        return Ok(());
    }
    if reply["detail"].is_null() {
        rows(&reply["kinds"], &["id", "title", "group", "purpose"]);
    }
    for stage in reply["detail"]["stages"].as_array().into_iter().flatten() {
        let mark = if stage["law"] == true { "（法定程序）" } else { "" };
        let needs = joined(&stage["needs"]);
        say::line(&format!("{}{mark}\t{}\t{needs}", text(&stage["title"]), text(&stage["who"])));
    }
    rows(&reply["meetings"], &["id", "number", "title", "held_at", "stage_title", "outcome"]);
    rows(&reply["items"], &["on", "title", "of", "who"]);
    rows(&reply["parts"], &["title", "text", "problem"]);
    if reply["stages"].is_array() {
        line(&reply, &["id", "number", "title", "held_at", "stage_title", "outcome"]);
        rows(&reply["stages"], &["title", "state", "on", "reason"]);
    }
    Ok(())
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn joined(list: &Value) -> String {
    let items = list.as_array().into_iter().flatten().map(text);
    items.collect::<Vec<_>>().join("、")
}

fn line(row: &Value, keys: &[&str]) {
    let cells: Vec<String> = keys.iter().map(|key| text(&row[*key])).collect();
    say::line(cells.join("\t").trim_end());
}

fn rows(list: &Value, keys: &[&str]) {
    for row in list.as_array().into_iter().flatten() {
        line(row, keys);
    }
}
