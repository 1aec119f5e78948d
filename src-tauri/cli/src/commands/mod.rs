//! One file a verb; each turns arguments into a call of the API and the reply into words.

mod history;
mod import;
mod init;
mod inspect;
mod ledger;
mod meeting;
mod report;
mod resident;
mod serve;

use serde_json::Value;

use crate::arguments::{Arguments, Verb};
use crate::say;
use crate::session::{Failure, Session};

/// Runs one verb.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    let global = arguments.global;
    if let Verb::Serve { port, ui } = arguments.verb {
        return serve::run(&global, port, ui);
    }
    let mut session = Session::open(&global)?;
    match arguments.verb {
        Verb::Init { name, subdistrict, sample } => init::run(&mut session, &name, subdistrict, sample),
        Verb::Inspect { file, ledger } => inspect::run(&mut session, &file, ledger),
        Verb::Import(import) => import::run(&mut session, &import),
        Verb::Ledger(ledger) => ledger::run(&mut session, ledger),
        Verb::Resident(resident) => resident::run(&mut session, resident),
        Verb::Matter(matter) => meeting::matter(&mut session, matter),
        Verb::Meeting(meeting) => meeting::meeting(&mut session, meeting),
        Verb::Report(report) => report::run(&mut session, &report),
        Verb::History { limit } => history::list(&mut session, limit),
        Verb::Undo { op } => history::undo(&mut session, op),
        Verb::Redo { op } => history::redo(&mut session, op),
        Verb::Check => check(&mut session),
        Verb::Call { name, request } => call(&mut session, &name, &request),
        Verb::Serve { .. } => Ok(()),
    }
}

/// Any command by name; prints the raw reply envelope.
fn call(session: &mut Session, name: &str, request: &str) -> Result<(), Failure> {
    let request: Value =
        serde_json::from_str(request).map_err(|error| Failure::Usage(format!("内容不是 JSON：{error}")))?;
    let progress = juwutai_core::progress::Progress::new();
    let mut reply = juwutai_core::api::call(&mut session.office, name, request, &progress);
    say::document(&reply);
    if reply["ok"] == Value::Bool(true) { Ok(()) } else { Err(Failure::Told(reply["error"].take())) }
}

fn check(session: &mut Session) -> Result<(), Failure> {
    let reply = session.call("office.check", Value::Null)?;
    let is_sound = reply["ok"] == Value::Bool(true);
    if session.json {
        say::document(&reply);
    } else if is_sound {
        say::line("资料完好，操作记录首尾相接。");
    } else {
        for problem in reply["problems"].as_array().into_iter().flatten() {
            say::line(problem["message"].as_str().unwrap_or_default());
        }
    }
    if is_sound {
        Ok(())
    } else {
        Err(Failure::Refused(
            serde_json::json!({ "code": "damaged", "severity": "danger", "message": "资料检查没有通过。", "hint": "请先不要继续录入，用备份恢复或联系维护人员。" }),
        ))
    }
}
