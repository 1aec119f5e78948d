//! `juwutai import`.

use serde_json::{Value, json};

use crate::arguments::{Conflict, Import};
use crate::say;
use crate::session::{Failure, Session};

pub fn run(session: &mut Session, import: &Import) -> Result<(), Failure> {
    let request = request(import)?;
    let name = if import.preview { "import.preview" } else { "import.apply" };
    let reply = session.call(name, request)?;
    if session.json {
        say::document(&reply);
    } else {
        in_words(&reply, import.preview);
    }
    Ok(())
}

fn request(import: &Import) -> Result<Value, Failure> {
    let mut request = json!({
        "path": import.file,
        "ledger": import.ledger,
        "conflict": match import.conflict {
            None => "rule",
            Some(Conflict::Keep) => "keep",
            Some(Conflict::Take) => "take",
        },
        "sheets": import.also,
        "sheet_field": import.sheet_field,
        "sender": import.from,
    });
    if let Some(sheet) = &import.sheet {
        request["sheet"] = json!(sheet);
    }
    if !import.map.is_empty() {
        request["mapping"] =
            import.map.iter().map(|text| choice(text)).collect::<Result<Vec<_>, _>>()?.into();
    }
    if let Some(header) = &import.header {
        request["header_rows"] = rows(header)?;
    }
    Ok(request)
}

/// `C=person.phone`, or `C=` to leave the column out.
fn choice(text: &str) -> Result<Value, Failure> {
    let (letter, field) = text
        .split_once('=')
        .ok_or_else(|| Failure::Usage(format!("“{text}”应写成 列=栏目，如 C=person.phone")))?;
    let field = if field.is_empty() { Value::Null } else { json!(field) };
    Ok(json!({ "letter": letter.to_ascii_uppercase(), "field": field }))
}

/// `3-4`, or `3` for one row.
fn rows(text: &str) -> Result<Value, Failure> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |part: &str| {
        part.trim().parse::<u32>().map_err(|_| Failure::Usage(format!("“{text}”应写成 行-行，如 3-4")))
    };
    Ok(json!([number(first)?, number(last)?]))
}

fn in_words(reply: &Value, is_preview: bool) {
    let verb = if is_preview { "会" } else { "已" };
    say::line(&format!(
        "{verb}新增 {} 行，补充 {} 行；一样 {} 行，有冲突 {} 行，没有导入 {} 行；台账有而表里没有 {} 行。",
        reply["added"], reply["changed"], reply["same"], reply["conflict"], reply["refused"], reply["absent"]
    ));
    for problem in reply["problems"].as_array().into_iter().flatten() {
        let column = problem["column"].as_str().map(|letter| format!(" {letter} 列")).unwrap_or_default();
        say::line(&format!(
            "第 {} 行{column}：{}",
            problem["row"],
            problem["message"].as_str().unwrap_or_default()
        ));
    }
    for column in reply["mapping"].as_array().into_iter().flatten() {
        if let (Some(letter), Some(note)) = (column["letter"].as_str(), column["note"].as_str()) {
            say::line(&format!("{letter} 栏“{}”：{note}", column["heading"].as_str().unwrap_or_default()));
        }
    }
    match reply["op"].as_i64() {
        Some(op) => say::line(&format!("这是第 {op} 步，可用 juwutai undo {op} 撤销。")),
        None if is_preview => say::line("只是看一看，什么都没有改动。"),
        None => say::line("没有需要改动的内容。"),
    }
}
