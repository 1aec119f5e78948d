//! `juwutai report`: the core makes the bytes, here they become files.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Months, NaiveDate};
use serde_json::{Map, Value, json};

use crate::arguments::Report;
use crate::say;
use crate::session::{Failure, Session};

pub fn run(session: &mut Session, report: &Report) -> Result<(), Failure> {
    if report.list {
        return list(session);
    }
    if report.pdf.is_none() && report.xlsx.is_none() {
        return Err(Failure::Usage("请用 --pdf 或 --xlsx 写明存到哪里".into()));
    }
    let mut answer = json!({ "pages": 0, "warnings": [] });
    for (format, out) in [("pdf", &report.pdf), ("xlsx", &report.xlsx)] {
        let Some(out) = out else { continue };
        let reply = make(session, report, format)?;
        write(out, &reply)?;
        if format == "pdf" {
            answer["pages"] = reply["pages"].clone();
            answer["warnings"] = reply["warnings"].clone();
        }
        if !session.json {
            say::line(&format!("已存：{}", out.display()));
        }
    }
    if session.json {
        say::document(&answer);
    } else {
        for warning in answer["warnings"].as_array().into_iter().flatten() {
            say::line(&format!(
                "请留意：{}（{}）",
                warning["text"].as_str().unwrap_or_default(),
                warning["where"].as_str().unwrap_or_default()
            ));
        }
    }
    Ok(())
}

/// All kinds, with what is on them and when each was last made.
fn list(session: &mut Session) -> Result<(), Failure> {
    let reply = session.call("report.list", Value::Null)?;
    if session.json {
        say::document(&reply);
        return Ok(());
    }
    for entry in reply["reports"].as_array().into_iter().flatten() {
        let text = |key: &str| entry[key].as_str().unwrap_or_default();
        let last = entry["last_made"].as_str().map(|day| format!("（上次 {day}）")).unwrap_or_default();
        say::line(&format!("{}　{}{last}：{}", text("kind"), text("title"), text("says")));
    }
    Ok(())
}

fn make(session: &mut Session, report: &Report, format: &str) -> Result<Value, Failure> {
    let mut options = Map::new();
    for given in &report.options {
        let (key, value) = option(given)?;
        options.insert(key, value);
    }
    if report.masked {
        options.insert("masked".into(), json!(true));
    }
    if let Some(filter) = &report.filter {
        options.insert("where".into(), json!(filter));
    }
    let mut request = json!({ "kind": report.kind, "options": options, "format": format });
    if let Some(ledger) = &report.ledger {
        request["ledger"] = json!(ledger);
    }
    for (key, day) in days(report)? {
        request[key] = json!(day.to_string());
    }
    session.call("report.make", request)
}

/// The days of the request; a month is asked for by its first and last day.
fn days(report: &Report) -> Result<Vec<(&'static str, NaiveDate)>, Failure> {
    let Some(month) = &report.period else {
        let given = [("as_of", report.as_of), ("from", report.from), ("to", report.to)];
        return Ok(given.into_iter().filter_map(|(key, day)| Some((key, day?))).collect());
    };
    let first = NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok();
    let last = first.and_then(|first| first.checked_add_months(Months::new(1))?.pred_opt());
    match (first, last) {
        (Some(first), Some(last)) => Ok(vec![("as_of", last), ("from", first), ("to", last)]),
        _ => Err(Failure::Usage(format!("“{month}”不是月份，请写成 2026-11"))),
    }
}

/// `key=value`: columns and orders are lists, what a cross table counts by comes in order.
fn option(given: &str) -> Result<(String, Value), Failure> {
    let Some((key, value)) = given.split_once('=') else {
        return Err(Failure::Usage(format!("“{given}”请写成 K=V")));
    };
    let parts: Vec<&str> = value.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let value = match key {
        "columns" | "sort" => json!(parts),
        "cross" => json!({ "rows": parts.first(), "columns": parts.get(1), "split": parts.get(2) }),
        _ => serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
    };
    Ok((key.to_owned(), value))
}

fn write(out: &Path, reply: &Value) -> Result<(), Failure> {
    let bytes = STANDARD
        .decode(reply["bytes"].as_str().unwrap_or_default())
        .map_err(|_| Failure::File("报表内容不完整".into()))?;
    save(out, &bytes)
}

/// Writes beside the target first, so that a full disk never leaves half a file under its name.
pub fn save(out: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed =
        |_| Failure::File(format!("没有存成 {}，请检查文件夹是否可写、文件是否正开着", out.display()));
    if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let unfinished = out.with_extension("unfinished");
    std::fs::write(&unfinished, bytes).map_err(failed)?;
    std::fs::rename(&unfinished, out).map_err(failed)
}
