//! `juwutai resident find | show`.

use serde_json::{Value, json};

use crate::arguments::Resident;
use crate::say;
use crate::session::{Failure, Session};

pub fn run(session: &mut Session, verb: Resident) -> Result<(), Failure> {
    match verb {
        Resident::Find { text, limit } => find(session, &text, limit),
        Resident::Show { uid } => show(session, &uid),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn find(session: &mut Session, typed: &str, limit: usize) -> Result<(), Failure> {
    let reply = session.call("resident.find", json!({ "text": typed, "limit": limit }))?;
    if session.json {
        say::document(&reply);
        return Ok(());
    }
    for hit in reply["hits"].as_array().into_iter().flatten() {
        let age = hit["age"].as_i64().map(|age| format!("{age} 岁")).unwrap_or_default();
        say::line(&format!(
            "{}\t{}\t{}\t{age}\t{}\t{}",
            text(&hit["uid"]),
            text(&hit["name"]),
            text(&hit["gender"]),
            text(&hit["place"]),
            text(&hit["why"])
        ));
    }
    Ok(())
}

fn show(session: &mut Session, uid: &str) -> Result<(), Failure> {
    let card = session.call("resident.get", json!({ "uid": uid }))?;
    if session.json {
        say::document(&card);
        return Ok(());
    }
    say::line(&format!("{} {} {}", text(&card["name"]), text(&card["gender"]), text(&card["place"])));
    for fact in card["facts"].as_array().into_iter().flatten() {
        let source = &fact["source"];
        let from = if source["file"].is_null() { &source["label"] } else { &source["file"] };
        say::line(&format!(
            "  {}：{}（{}，{}）",
            text(&fact["title"]),
            text(&fact["display"]),
            text(from),
            text(&source["on"])
        ));
    }
    for ledger in card["ledgers"].as_array().into_iter().flatten() {
        say::line(&format!("  在《{}》里", text(&ledger["title"])));
    }
    Ok(())
}
