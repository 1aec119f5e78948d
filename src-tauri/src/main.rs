//! Starts the window. Everything else is in the library beside it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    juwutai_desktop::run()
}
