//! The command-line companion `juwutai`: a thin caller of `core::api`, for scripts, IT staff and tests.
//!
//! Here live the arguments ([`arguments`]), the words for people ([`say`]) and one file a verb
//! ([`commands`]). No rule of the office lives here.

mod arguments;
mod commands;
mod say;
mod session;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = match arguments::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help goes to standard output and ends well; a wrong word is told on standard error.
            let is_wrong = error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if is_wrong { 2 } else { 0 });
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
