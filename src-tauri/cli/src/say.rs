//! Words for people on standard output and standard error; one JSON document with `--json`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the command line talks by printing")]

use serde_json::{Value, json};

use crate::session::Failure;

/// Prints the one JSON document of a run.
pub fn document(value: &Value) {
    println!("{}", serde_json::to_string_pretty(value).unwrap_or_default());
}

/// Prints a line for people.
pub fn line(text: &str) {
    println!("{text}");
}

/// Prints a line beside the result.
pub fn aside(text: &str) {
    eprintln!("{text}");
}

/// Prints why a run ended early.
pub fn failure(failure: &Failure, as_json: bool) {
    let error = match failure {
        Failure::Refused(error) => error.clone(),
        Failure::File(text) => error("file", text),
        Failure::Usage(text) => error("usage", text),
    };
    if as_json {
        document(&json!({ "error": error }));
    } else {
        let part = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        eprintln!("{}{}", part("message"), part("hint"));
    }
}

fn error(code: &str, message: &str) -> Value {
    json!({ "code": code, "severity": "warning", "message": format!("{message}。"), "hint": "" })
}
