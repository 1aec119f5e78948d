//! `juwutai report`: the core makes the bytes, here they become files.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::arguments::Report;
use crate::say;
use crate::session::{Failure, Session};

pub fn run(session: &mut Session, report: &Report) -> Result<(), Failure> {
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

fn make(session: &mut Session, report: &Report, format: &str) -> Result<Value, Failure> {
    let mut options = json!({ "masked": report.masked });
    if let Some(filter) = &report.filter {
        options["where"] = json!(filter);
    }
    let mut request = json!({ "kind": report.kind, "options": options, "format": format });
    if let Some(ledger) = &report.ledger {
        request["ledger"] = json!(ledger);
    }
    session.call("report.make", request)
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
