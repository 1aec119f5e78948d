//! `juwutai inspect`.

use std::path::Path;

use serde_json::{Value, json};

use crate::say;
use crate::session::{Failure, Session};

pub fn run(session: &mut Session, file: &Path, ledger: Option<String>) -> Result<(), Failure> {
    let mut request = json!({ "path": file });
    if let Some(ledger) = ledger {
        request["ledger"] = json!(ledger);
    }
    let reply = session.call("import.open", request)?;
    if session.json {
        say::document(&reply);
    } else {
        for sheet in reply["sheets"].as_array().into_iter().flatten() {
            sheet_in_words(sheet);
        }
    }
    Ok(())
}

fn sheet_in_words(sheet: &Value) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let range = |value: &Value| match value.as_array() {
        Some(ends) => format!("{}–{}", ends[0], ends[1]),
        None => "无".to_owned(),
    };
    let hidden = if sheet["hidden"] == Value::Bool(true) { "（隐藏）" } else { "" };
    say::line(&format!("工作表“{}”{hidden}：{}", text(&sheet["name"]), text(&sheet["title"])));
    say::line(&format!(
        "  表头第 {} 行，数据第 {} 行",
        range(&sheet["header_rows"]),
        range(&sheet["data_rows"])
    ));
    for column in sheet["columns"].as_array().into_iter().flatten() {
        let goes_to = column["title"].as_str().unwrap_or("不导入");
        let sure = match column["confidence"].as_str() {
            Some("sure") => "已对上",
            Some("likely") => "较有把握",
            _ => "请您确认",
        };
        say::line(&format!(
            "  {} 列 {} → {goes_to}（{sure}）",
            text(&column["letter"]),
            text(&column["heading"])
        ));
    }
    for ledger in sheet["ledgers"].as_array().into_iter().flatten() {
        say::line(&format!("  可导入《{}》：{}", text(&ledger["title"]), text(&ledger["why"])));
    }
    for problem in sheet["problems"].as_array().into_iter().flatten() {
        say::line(&format!(
            "  第 {} 行 {}：{}",
            problem["row"],
            text(&problem["column"]),
            text(&problem["message"])
        ));
    }
}
