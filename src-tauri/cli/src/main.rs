//! The command-line companion `juwutai`: a thin caller of `core::api`, for scripts, IT staff and tests.
//!
//! Here live the arguments ([`arguments`]), their frame in Chinese ([`chinese`]), the words for people
//! ([`say`]) and one file a verb ([`commands`]). No rule of the office lives here.

mod arguments;
mod chinese;
mod commands;
mod say;
mod session;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use arguments::Arguments;
use session::Failure;

fn main() -> ExitCode {
    let read = chinese::command(Arguments::command()).try_get_matches();
    let arguments = match read.and_then(|words| Arguments::from_arg_matches(&words)) {
        Ok(arguments) => arguments,
        // Help and version go to standard output and end well.
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            let as_json = std::env::args().any(|word| word == "--json");
            let failure = Failure::Usage(chinese::problem(&error));
            say::failure(&failure, as_json);
            return ExitCode::from(failure.exit_code());
        }
    };
    let json = arguments.global.json;
    match commands::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::failure(&failure, json);
            ExitCode::from(failure.exit_code())
        }
    }
}
