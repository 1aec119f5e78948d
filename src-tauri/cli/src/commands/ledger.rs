//! `juwutai ledger list | rows | new | overlap`.

use serde_json::{Map, Value, json};

use crate::arguments::Ledger;
use crate::say;
use crate::session::{Failure, Session};

pub fn run(session: &mut Session, verb: Ledger) -> Result<(), Failure> {
    match verb {
        Ledger::List => list(session),
        Ledger::Rows { id, filter, limit } => rows(session, &id, filter, limit),
        Ledger::New { from, title, sheet } => {
            let mut request = json!({ "from": from });
            for (name, value) in [("title", title), ("sheet", sheet)] {
                if let Some(value) = value {
                    request[name] = json!(value);
                }
            }
            let reply = session.call("ledger.new", request)?;
            if session.json {
                say::document(&reply);
            } else {
                let columns = reply["columns"].as_array().map_or(0, Vec::len);
                say::line(&format!(
                    "已新建《{}》（{}），{columns} 栏。",
                    text(&reply["title"]),
                    text(&reply["id"])
                ));
            }
            Ok(())
        }
        Ledger::Overlap => overlap(session),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(session: &mut Session) -> Result<(), Failure> {
    let reply = session.call("ledger.list", Value::Null)?;
    if session.json {
        say::document(&reply);
        return Ok(());
    }
    for ledger in reply["ledgers"].as_array().into_iter().flatten() {
        say::line(&format!(
            "{:<28}{:>6} 行  {}",
            text(&ledger["id"]),
            ledger["rows"],
            text(&ledger["title"])
        ));
    }
    Ok(())
}

/// Rows as objects keyed by field, unmasked: the command line is the office's own.
fn rows(session: &mut Session, id: &str, filter: Option<String>, limit: usize) -> Result<(), Failure> {
    let ledger = session.call("ledger.get", json!({ "id": id }))?;
    let mut request = json!({ "ledger": id, "limit": limit, "unmasked": true });
    if let Some(filter) = filter {
        request["where"] = json!(filter);
    }
    let reply = session.call("ledger.rows", request)?;
    let fields: Vec<String> =
        ledger["columns"].as_array().into_iter().flatten().map(|column| text(&column["field"])).collect();
    let rows: Vec<Value> =
        reply["rows"].as_array().into_iter().flatten().map(|row| keyed(&fields, row)).collect();
    if session.json {
        say::document(&json!({ "rows": rows, "total": reply["filtered"] }));
        return Ok(());
    }
    let titles: Vec<String> =
        ledger["columns"].as_array().into_iter().flatten().map(|column| text(&column["title"])).collect();
    say::line(&titles.join("\t"));
    for row in reply["rows"].as_array().into_iter().flatten() {
        let values: Vec<String> = row["values"].as_array().into_iter().flatten().map(text).collect();
        say::line(&values.join("\t"));
    }
    say::aside(&format!("共 {} 行，列出 {} 行。", reply["filtered"], rows.len()));
    Ok(())
}

fn keyed(fields: &[String], row: &Value) -> Value {
    let values = row["values"].as_array().into_iter().flatten().cloned();
    let mut object: Map<String, Value> = fields.iter().cloned().zip(values).collect();
    object.insert("record".to_owned(), row["record"].clone());
    if !row["uid"].is_null() {
        object.insert("uid".to_owned(), row["uid"].clone());
    }
    Value::Object(object)
}

fn overlap(session: &mut Session) -> Result<(), Failure> {
    let reply = session.call("ledger.overlap", Value::Null)?;
    if session.json {
        say::document(&reply);
        return Ok(());
    }
    for pair in reply["pairs"].as_array().into_iter().flatten() {
        say::line(&format!(
            "《{}》与《{}》：相同 {} 栏，同样 {} 人",
            text(&pair["a_title"]),
            text(&pair["b_title"]),
            pair["columns_shared"],
            pair["people_shared"]
        ));
    }
    Ok(())
}
