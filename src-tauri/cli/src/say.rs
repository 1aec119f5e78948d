//! Words for people on standard output and standard error; one JSON document with `--json`.

use std::io::Write as _;

use serde_json::{Value, json};

use crate::session::Failure;

/// Prints the one JSON document of a run.
pub fn document(value: &Value) {
    line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

/// Prints a line for people. Whoever reads may have stopped reading, as `head` does.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a line beside the result.
pub fn aside(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints why a run ended early.
pub fn failure(failure: &Failure, as_json: bool) {
    let error = match failure {
        Failure::Told(_) => return,
        Failure::Refused(error) => error.clone(),
        Failure::File(text) => error("file", text),
        Failure::Usage(text) => error("usage", text),
    };
    if as_json {
        document(&json!({ "error": error }));
    } else {
        let part = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        aside(&format!("{}{}", part("message"), part("hint")));
    }
}

fn error(code: &str, message: &str) -> Value {
    json!({ "code": code, "severity": "warning", "message": format!("{message}。"), "hint": "" })
}
