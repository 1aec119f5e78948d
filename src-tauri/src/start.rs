//! What has to be right before the window opens: the environment, the data folder, the trouble log.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};

/// Starts the program over with the one variable that WebKit needs on Linux, unless it is set.
///
/// Some old graphics cards and virtual machines show a black window without it, and the page takes
/// twice the memory. The process replaces itself, so its number stays the same.
#[cfg(target_os = "linux")]
pub(crate) fn settle_environment() {
    use std::os::unix::process::CommandExt;

    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SWITCH).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let failed =
            std::process::Command::new(program).args(std::env::args_os().skip(1)).env(SWITCH, "1").exec();
        complain(&failed);
    }
}

/// Nothing to settle elsewhere.
#[cfg(not(target_os = "linux"))]
pub(crate) fn settle_environment() {}

/// The folder that holds the office: `JUWUTAI_DATA`, else the local data folder of the user.
///
/// # Errors
/// When the system names no such folder.
pub(crate) fn data_folder(app: &AppHandle) -> tauri::Result<PathBuf> {
    match std::env::var_os("JUWUTAI_DATA").filter(|folder| !folder.is_empty()) {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => app.path().app_local_data_dir(),
    }
}

/// The name under which this user's work is noted, the same as on the command line.
pub(crate) fn clerk() -> String {
    ["JUWUTAI_CLERK", "USER", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
        .unwrap_or_else(|| "经办人".into())
}

/// Notes the place of every panic in the log of the data folder.
///
/// Only the place: the words of a panic may hold what somebody typed.
pub(crate) fn note_panics(folder: &Path) {
    let log = folder.join("juwutai.log");
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let moment = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(&log) {
            // A log that cannot be written must not end the program.
            drop(writeln!(file, "{} panic at {place}", moment.as_secs()));
        }
        before(panic);
    }));
}

/// Says on the terminal why the window could not open.
pub(crate) fn complain(error: &dyn std::error::Error) {
    drop(writeln!(std::io::stderr(), "juwutai-desktop: {error}"));
}
