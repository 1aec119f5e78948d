//! `juwutai fill`: the core makes the bytes of the filled form, here they become a file.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::report::save;
use crate::arguments::Fill;
use crate::say;
use crate::session::{Failure, Session};

/// Rows asked for at once.
const ROWS: u64 = 500;

pub fn run(session: &mut Session, fill: &Fill) -> Result<(), Failure> {
    let request = request(fill);
    let opened = open(session, fill)?;
    let preview = session.call("fill.preview", request.clone())?;
    let cells = cells(session, &request, &opened, preview["files"].as_u64().unwrap_or(1))?;
    let mut answer = json!({
        "kind": opened["kind"],
        "people": preview["people"],
        "cells": preview["cells"],
        "filled": preview["filled"],
        "rate": preview["rate"],
        "inserted": preview["inserted"],
        "gaps": cells.gaps,
        "sources": cells.sources,
        "unknown_columns": unknown(&preview),
        "warnings": preview["warnings"],
        "files": [],
    });
    if let (Some(out), false) = (&fill.out, fill.preview) {
        let made = session.call("fill.make", request)?;
        answer["files"] = write(out, &made)?.into();
    }
    if session.json {
        say::document(&answer);
    } else {
        in_words(&answer, &preview, fill.preview || fill.out.is_none());
    }
    Ok(())
}

fn request(fill: &Fill) -> Value {
    let mut request = json!({ "path": fill.form });
    if let Some(sheet) = &fill.sheet {
        request["sheet"] = json!(sheet);
    }
    if let Some(day) = fill.as_of {
        request["as_of"] = json!(day);
    }
    if fill.people.is_some() || fill.ledger.is_some() || !fill.person.is_empty() {
        let mut parts: Vec<String> = fill.ledger.iter().map(|ledger| format!("ledger:{ledger}")).collect();
        parts.extend(fill.people.iter().map(|people| format!("({people})")));
        request["whom"] = json!({ "where": parts.join(" and ") });
        if !fill.person.is_empty() {
            request["whom"]["people"] = json!(fill.person);
        }
    }
    if fill.by_name {
        request["by_name"] = json!(true);
    }
    if fill.go_on {
        request["overflow"] = json!("continue");
    }
    request
}

fn open(session: &mut Session, fill: &Fill) -> Result<Value, Failure> {
    let mut request = json!({ "path": fill.form });
    if let Some(sheet) = &fill.sheet {
        request["sheet"] = json!(sheet);
    }
    session.call("fill.open", request)
}

/// What became of single cells.
#[derive(Default)]
struct Cells {
    gaps: Vec<Value>,
    sources: Vec<Value>,
}

fn cells(session: &mut Session, request: &Value, opened: &Value, files: u64) -> Result<Cells, Failure> {
    let mut cells = Cells::default();
    let fields: Vec<(String, Value)> = opened["columns"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|column| (column["letter"].as_str().unwrap_or_default().to_owned(), column["field"].clone()))
        .collect();
    for file in 0..files {
        let mut from = 1;
        loop {
            let asked = json!({ "form": request, "from": from, "count": ROWS, "file": file });
            let reply = session.call("fill.cells", asked)?;
            let rows = reply["rows"].as_array().cloned().unwrap_or_default();
            rows.iter().for_each(|row| cells.take(row, &fields));
            from += ROWS;
            if rows.is_empty() || from > reply["total"].as_u64().unwrap_or(0) {
                break;
            }
        }
    }
    Ok(cells)
}

impl Cells {
    fn take(&mut self, row: &Value, fields: &[(String, Value)]) {
        for (column, cell) in row["cells"].as_array().into_iter().flatten().enumerate() {
            let letters = letters(column);
            let place = format!("{letters}{}", row["row"]);
            let field = fields.iter().find(|(known, _)| *known == letters || *known == place);
            let field = field.map_or(Value::Null, |(_, field)| field.clone());
            match cell["state"].as_str() {
                Some("gap") => self.gaps.push(json!({
                    "cell": place, "row": row["row"], "column": letters, "field": field, "who": row["who"],
                })),
                Some("filled" | "stale" | "changed") if !cell["source"].is_null() => {
                    self.sources.push(json!({
                        "cell": place, "field": field, "source": cell["source"], "observed_on": cell["on"],
                    }))
                }
                _ => {}
            }
        }
    }
}

/// The letters of a column, counted from 0.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = String::new();
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters
}

fn unknown(preview: &Value) -> Vec<Value> {
    let columns = preview["columns"].as_array().into_iter().flatten();
    columns
        .filter(|column| column["field"].is_null())
        .map(|column| json!({ "letter": column["letter"], "heading": column["heading"] }))
        .collect()
}

/// Writes the files; the first under the name that was asked for, others beside it.
fn write(out: &Path, made: &Value) -> Result<Vec<Value>, Failure> {
    let files = made["files"].as_array().cloned().unwrap_or_default();
    let mut written = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let bytes = STANDARD.decode(file["bytes"].as_str().unwrap_or_default());
        let bytes = bytes.map_err(|_| Failure::File("表格内容不完整".into()))?;
        let path = if at == 0 { out.to_owned() } else { beside(out, at) };
        save(&path, &bytes)?;
        written.push(json!({ "path": path, "proposed": file["file_name"], "people": file["people"] }));
    }
    Ok(written)
}

fn beside(out: &Path, at: usize) -> PathBuf {
    let stem = out.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    out.with_file_name(format!("{stem}-续{at}{ending}"))
}

fn in_words(answer: &Value, preview: &Value, is_preview: bool) {
    let verb = if is_preview { "能填" } else { "已填" };
    say::line(&format!(
        "{} 人，{} 格里{verb} {} 格，还差 {} 格。",
        answer["people"], answer["cells"], answer["filled"], preview["gaps"]
    ));
    for column in preview["columns"].as_array().into_iter().flatten() {
        if column["gaps"].as_u64().unwrap_or(0) > 0 {
            say::line(&format!(
                "{} 栏“{}”缺 {} 格",
                column["letter"].as_str().unwrap_or_default(),
                column["heading"].as_str().unwrap_or_default(),
                column["gaps"]
            ));
        }
    }
    for warning in answer["warnings"].as_array().into_iter().flatten() {
        say::line(warning.as_str().unwrap_or_default());
    }
    for file in answer["files"].as_array().into_iter().flatten() {
        say::line(&format!("已存：{}", file["path"].as_str().unwrap_or_default()));
    }
}
