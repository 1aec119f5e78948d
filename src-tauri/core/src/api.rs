//! The one door: every act of the office as a named command, declared once.
//!
//! The window, the command line, the tests and the browser all call [`call`]; a transport is the
//! only thing that differs between them. A reply is `{"ok":true,"value":…,"changes":[…]}` or
//! `{"ok":false,"error":…}`; `changes` are the words whose pages should ask again.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::error::{Error, Missing, Result};
use crate::office::Office;
use crate::progress::Progress;
use crate::{
    burden, calendar, certificate, committee, duty, gate, help, history, home, import, ledger, report, resident,
    search, serial, task,
};

/// A command: its name, the words it changes, and what it does.
struct Command {
    name: &'static str,
    changes: &'static [&'static str],
    run: fn(&mut Office, Value, &Progress) -> Result<Value>,
}

/// Declares commands as `"name" => function, changes [words]`.
macro_rules! commands {
    ($($name:literal => $function:path, changes [$($word:literal),*];)*) => {
        const COMMANDS: &[Command] = &[$(Command {
            name: $name,
            changes: &[$($word),*],
            run: |office, request, progress| {
                let request = read(request)?;
                Ok(serde_json::to_value($function(office, request, progress)?)?)
            },
        }),*];
    };
}

commands! {
    "burden.before" => burden::api::before, changes ["burden", "history"];
    "burden.drop" => burden::api::drop, changes ["burden", "history"];
    "burden.figures" => burden::api::figures, changes [];
    "burden.keep" => burden::api::keep, changes ["burden", "history"];
    "burden.records" => burden::api::records, changes [];
    "burden.roster" => burden::api::roster, changes [];
    "calendar.change" => calendar::api::change, changes ["calendar", "task", "history"];
    "calendar.get" => calendar::api::get, changes [];
    "certificate.approve" => certificate::api::approve, changes ["certificate", "history"];
    "certificate.ask" => certificate::api::ask, changes ["certificate", "burden", "history"];
    "certificate.check" => certificate::api::check, changes ["certificate", "history"];
    "certificate.get" => certificate::api::get, changes [];
    "certificate.issue" => certificate::api::issue, changes ["certificate", "burden", "serial", "history"];
    "certificate.list" => certificate::api::list, changes [];
    "certificate.refuse" => certificate::api::refuse, changes ["certificate", "burden", "serial", "history"];
    "certificate.reprint" => certificate::api::reprint, changes ["certificate", "history"];
    "certificate.rule" => certificate::api::rule, changes [];
    "certificate.seals" => certificate::api::seals, changes [];
    "certificate.void" => certificate::api::void, changes ["certificate", "burden", "serial", "history"];
    "committee.change" => committee::api::change, changes ["committee", "history"];
    "committee.get" => committee::api::get, changes [];
    "dictionary.list" => import::teach::list, changes [];
    "dictionary.remember" => import::teach::remember, changes ["dictionary", "history"];
    "duty.add" => duty::api::add, changes ["duty", "history"];
    "duty.change" => duty::api::change, changes ["duty", "history"];
    "duty.compare" => duty::api::compare, changes [];
    "duty.drop" => duty::api::drop, changes ["duty", "history"];
    "duty.editions" => duty::api::editions, changes [];
    "duty.get" => duty::api::get, changes [];
    "duty.list" => duty::api::list, changes [];
    "duty.rules" => duty::api::rules, changes [];
    "duty.take" => duty::api::take, changes ["duty", "history"];
    "gate.decide" => gate::api::decide, changes ["gate", "task", "burden", "serial", "history"];
    "gate.get" => gate::api::get, changes [];
    "gate.judge" => gate::api::judge, changes [];
    "gate.letter" => gate::api::letter, changes [];
    "gate.list" => gate::api::list, changes [];
    "gate.step" => gate::api::step, changes ["gate", "duty", "history"];
    "help.get" => help::get, changes [];
    "help.list" => help::list, changes [];
    "history.list" => history::api::list, changes [];
    "history.redo" => history::api::redo,
        changes ["committee", "resident", "household", "place", "ledger", "import", "tray", "history",
            "dictionary", "duty", "gate", "task", "certificate", "burden", "serial", "calendar"];
    "history.undo" => history::api::undo,
        changes ["committee", "resident", "household", "place", "ledger", "import", "tray", "history",
            "dictionary", "duty", "gate", "task", "certificate", "burden", "serial", "calendar"];
    "import.apply" => import::api::apply,
        changes ["resident", "household", "place", "ledger", "import", "tray", "history"];
    "import.cells" => import::api::cells, changes [];
    "import.list" => import::api::list, changes [];
    "import.open" => import::api::open, changes [];
    "import.paste" => import::api::paste, changes [];
    "import.preview" => import::api::preview, changes [];
    "ledger.add" => ledger::api::add, changes ["resident", "ledger", "history"];
    "ledger.change" => ledger::api::change, changes ["resident", "ledger", "history"];
    "ledger.get" => ledger::api::get, changes [];
    "ledger.list" => ledger::api::list, changes [];
    "ledger.new" => ledger::api::new, changes ["ledger", "history"];
    "ledger.overlap" => ledger::api::overlap, changes [];
    "ledger.remove" => ledger::api::remove, changes ["ledger", "history"];
    "ledger.rows" => ledger::api::rows, changes [];
    "ledger.source" => ledger::api::source, changes [];
    "office.check" => home::api::check, changes [];
    "office.home" => home::api::home, changes [];
    "office.start" => home::api::start,
        changes ["committee", "resident", "household", "place", "ledger", "import", "history", "duty", "gate",
            "task", "certificate", "burden", "serial", "calendar"];
    "office.status" => home::api::status, changes [];
    "report.list" => report::api::list, changes [];
    "report.make" => report::api::make, changes [];
    "report.preview" => report::api::preview, changes [];
    "resident.change" => resident::api::change, changes ["resident", "ledger", "history"];
    "resident.find" => search::api::find, changes [];
    "resident.get" => resident::api::get, changes [];
    "resident.reveal" => resident::api::reveal, changes [];
    "serial.begin" => serial::api::begin, changes ["serial", "history"];
    "serial.list" => serial::api::list, changes [];
    "serial.void" => serial::api::void, changes ["serial", "history"];
    "task.add" => task::api::add, changes ["task", "burden", "history"];
    "task.change" => task::api::change, changes ["task", "burden", "history"];
    "task.drop" => task::api::drop, changes ["task", "burden", "history"];
    "task.finish" => task::api::finish, changes ["task", "burden", "history"];
    "task.get" => task::api::get, changes [];
    "task.hours" => task::api::hours, changes [];
    "task.list" => task::api::list, changes [];
    "task.unwork" => task::api::unwork, changes ["task", "burden", "history"];
    "task.work" => task::api::work, changes ["task", "burden", "history"];
    "tray.drop" => import::tray::drop, changes ["tray", "history"];
    "tray.fix" => import::tray::fix,
        changes ["resident", "household", "place", "ledger", "import", "tray", "history"];
    "tray.list" => import::tray::list, changes [];
}

fn read<T: DeserializeOwned>(request: Value) -> Result<T> {
    let request = if request.is_null() { json!({}) } else { request };
    serde_json::from_value(request).map_err(|error| Error::Usage(error.to_string()))
}

/// The names of all commands.
pub fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name)
}

/// Calls a command and returns the reply envelope; never fails otherwise.
#[must_use]
pub fn call(office: &mut Office, name: &str, request: Value, progress: &Progress) -> Value {
    match run(office, name, request, progress) {
        Ok((value, changes)) => json!({ "ok": true, "value": value, "changes": changes }),
        Err(error) => failure(&error),
    }
}

/// The reply envelope of an error.
#[must_use]
pub fn failure(error: &Error) -> Value {
    json!({ "ok": false, "error": error.reply() })
}

fn run(
    office: &mut Office,
    name: &str,
    request: Value,
    progress: &Progress,
) -> Result<(Value, &'static [&'static str])> {
    let command = COMMANDS
        .iter()
        .find(|command| command.name == name)
        .ok_or_else(|| Error::NotFound(Missing::Command(name.to_owned())))?;
    let value = (command.run)(office, request, progress)?;
    Ok((value, command.changes))
}
