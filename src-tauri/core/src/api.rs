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
    calendar, committee, help, history, home, import, ledger, matter, meeting, report, resident, search,
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
    "calendar.change" => calendar::api::change, changes ["calendar", "task", "history"];
    "calendar.get" => calendar::api::get, changes [];
    "committee.change" => committee::api::change, changes ["committee", "history"];
    "committee.get" => committee::api::get, changes [];
    "dictionary.list" => import::teach::list, changes [];
    "dictionary.remember" => import::teach::remember, changes ["dictionary", "history"];
    "help.get" => help::get, changes [];
    "help.list" => help::list, changes [];
    "history.list" => history::api::list, changes [];
    "history.redo" => history::api::redo,
        changes ["committee", "resident", "household", "place", "ledger", "import", "tray", "history",
            "dictionary", "matter", "meeting", "calendar"];
    "history.undo" => history::api::undo,
        changes ["committee", "resident", "household", "place", "ledger", "import", "tray", "history",
            "dictionary", "matter", "meeting", "calendar"];
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
    "matter.archive" => matter::api::pack, changes [];
    "matter.change" => matter::api::change, changes ["matter", "history"];
    "matter.close" => matter::api::close, changes ["matter", "history"];
    "matter.get" => matter::api::get, changes [];
    "matter.list" => matter::api::list, changes [];
    "matter.move" => matter::api::go, changes ["matter", "history"];
    "matter.new" => matter::api::new, changes ["matter", "history"];
    "matter.statistics" => matter::api::figures, changes [];
    "meeting.act" => meeting::api::act::act, changes ["meeting", "matter", "history"];
    "meeting.candidates" => meeting::api::roll::candidates, changes [];
    "meeting.change" => meeting::api::change, changes ["meeting", "matter", "history"];
    "meeting.due" => meeting::api::actions::due, changes [];
    "meeting.get" => meeting::api::get, changes [];
    "meeting.kinds" => meeting::api::kinds::kinds, changes [];
    "meeting.list" => meeting::api::list, changes [];
    "meeting.lock" => meeting::api::vote::lock, changes ["meeting", "matter", "history"];
    "meeting.minutes" => meeting::api::minutes, changes [];
    "meeting.new" => meeting::api::new, changes ["meeting", "matter", "history"];
    "meeting.paper" => meeting::api::view::paper, changes [];
    "meeting.parameter" => meeting::api::parameter, changes ["meeting", "matter", "history"];
    "meeting.roll" => meeting::api::roll::roll, changes ["meeting", "history"];
    "meeting.vote" => meeting::api::vote::vote, changes ["meeting", "matter", "history"];
    "office.check" => home::api::check, changes [];
    "office.home" => home::api::home, changes [];
    "office.start" => home::api::start,
        changes ["committee", "resident", "household", "place", "ledger", "import", "history"];
    "office.status" => home::api::status, changes [];
    "report.list" => report::api::list, changes [];
    "report.make" => report::api::make, changes [];
    "report.preview" => report::api::preview, changes [];
    "resident.change" => resident::api::change, changes ["resident", "ledger", "history"];
    "resident.find" => search::api::find, changes [];
    "resident.get" => resident::api::get, changes [];
    "resident.reveal" => resident::api::reveal, changes [];
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
