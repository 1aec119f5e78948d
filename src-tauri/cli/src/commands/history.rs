//! `juwutai history`, `undo`, `redo`.

use serde_json::{Value, json};

use crate::say;
use crate::session::{Failure, Session};

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub fn list(session: &mut Session, limit: usize) -> Result<(), Failure> {
    let reply = session.call("history.list", json!({ "limit": limit }))?;
    if session.json {
        say::document(&reply);
        return Ok(());
    }
    for op in reply["ops"].as_array().into_iter().flatten() {
        let undone = if op["undone"] == Value::Bool(true) { "（已撤销）" } else { "" };
        let at: String = text(&op["at"]).chars().take(16).collect();
        say::line(&format!(
            "第 {} 步  {at}  {}  {}{undone}",
            op["op"],
            text(&op["clerk"]),
            text(&op["label"])
        ));
    }
    Ok(())
}

pub fn undo(session: &mut Session, op: Option<i64>) -> Result<(), Failure> {
    let reply = session.call("history.undo", request(op))?;
    in_words(session, &reply, "撤销")
}

pub fn redo(session: &mut Session, op: Option<i64>) -> Result<(), Failure> {
    let reply = session.call("history.redo", request(op))?;
    in_words(session, &reply, "恢复")
}

fn request(op: Option<i64>) -> Value {
    op.map_or_else(|| json!({}), |op| json!({ "op": op }))
}

fn in_words(session: &Session, reply: &Value, verb: &str) -> Result<(), Failure> {
    if session.json {
        say::document(reply);
        return Ok(());
    }
    say::line(&format!("已{verb}：{}，恢复原样 {} 条。", text(&reply["label"]), reply["undone"]));
    for kept in reply["kept"].as_array().into_iter().flatten() {
        say::line(&format!("  没有动：{}，{}", text(&kept["what"]), text(&kept["why"])));
    }
    Ok(())
}
