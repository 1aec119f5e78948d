//! What only the operating system can do: choose files, save, show a folder, magnify. Printing stands
//! in `print`.
//!
//! Dialogs are opened here and never by the page, so that tests can answer them (feature `e2e`).

use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use juwutai_core::error::{Error, ErrorReply, Result};
use tauri::{AppHandle, Manager, WebviewWindow};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;

/// Kinds of file that the dialog offers first.
const TABLES: &[&str] =
    &["xlsx", "xls", "et", "xlsb", "ods", "csv", "xlsm", "txt", "docx", "htm", "html", "xml", "jwpack"];

/// Lets the clerk choose a table file; nothing when the dialog was closed.
#[tauri::command]
pub(crate) async fn pick_file(app: AppHandle) -> Answer<Option<PathBuf>> {
    aside(move || {
        if let Some(path) = answered("JUWUTAI_TEST_PICK") {
            return Ok(Some(path));
        }
        let dialog = app.dialog().file().set_title("选择表格文件").add_filter("表格文件", TABLES);
        chosen(within(&app, dialog.add_filter("所有文件", &["*"])).blocking_pick_file())
    })
    .await
}

/// Lets the clerk choose a folder of one-person forms; nothing when the dialog was closed.
#[tauri::command]
pub(crate) async fn pick_folder(app: AppHandle) -> Answer<Option<PathBuf>> {
    aside(move || {
        if let Some(path) = answered("JUWUTAI_TEST_PICK") {
            return Ok(Some(path));
        }
        let dialog = app.dialog().file().set_title("选择放着一人一表的文件夹");
        chosen(within(&app, dialog).blocking_pick_folder())
    })
    .await
}

/// Lets the clerk choose where to keep a file and writes it whole or not at all; the path written.
#[tauri::command]
pub(crate) async fn save_file(app: AppHandle, name: String, bytes_base64: String) -> Answer<Option<PathBuf>> {
    aside(move || {
        let bytes = decoded(&bytes_base64)?;
        let name = file_name(&name);
        let place = match answered("JUWUTAI_TEST_SAVE_DIR") {
            Some(folder) => Some(folder.join(&name)),
            None => ask_where(&app, &name)?,
        };
        place.map(|place| write_whole(&place, &bytes).map(|()| place)).transpose()
    })
    .await
}

/// Shows a file in its folder.
#[tauri::command]
pub(crate) async fn reveal(app: AppHandle, path: PathBuf) -> Answer<()> {
    aside(move || {
        if app.opener().reveal_item_in_dir(&path).is_ok() {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&path).to_string_lossy();
        app.opener().open_path(folder, None::<&str>).map_err(told)
    })
    .await
}

/// Magnifies the page; half to double size.
#[tauri::command]
pub(crate) fn set_zoom(window: WebviewWindow, factor: f64) -> Answer<()> {
    window.set_zoom(factor.clamp(0.5, 2.0)).map_err(|error| Box::new(told(error).reply()))
}

pub(crate) type Answer<T> = std::result::Result<T, Box<ErrorReply>>;

/// Runs on a worker thread what would otherwise hold up the window.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Error::Bug(format!("worker: {error}"))))
        .map_err(|error| Box::new(error.reply()))
}

/// What a test answers instead of a dialog; never anything in the program that clerks use.
pub(crate) fn answered(variable: &str) -> Option<PathBuf> {
    if cfg!(feature = "e2e") { std::env::var_os(variable).map(PathBuf::from) } else { None }
}

fn ask_where(app: &AppHandle, name: &str) -> Result<Option<PathBuf>> {
    let mut dialog = within(app, app.dialog().file().set_title("另存为").set_file_name(name));
    if let Ok(documents) = app.path().document_dir() {
        dialog = dialog.set_directory(documents);
    }
    let ending = Path::new(name).extension().unwrap_or_default();
    let place = chosen(dialog.blocking_save_file())?;
    Ok(place.map(|place| if place.extension().is_some() { place } else { place.with_extension(ending) }))
}

fn within(
    app: &AppHandle,
    dialog: tauri_plugin_dialog::FileDialogBuilder<tauri::Wry>,
) -> tauri_plugin_dialog::FileDialogBuilder<tauri::Wry> {
    match app.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn chosen(path: Option<tauri_plugin_dialog::FilePath>) -> Result<Option<PathBuf>> {
    path.map(tauri_plugin_dialog::FilePath::into_path).transpose().map_err(told)
}

/// Writes beside the place first and renames, so that no half file is ever seen there.
pub(crate) fn write_whole(place: &Path, bytes: &[u8]) -> Result<()> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.prefix(".juwutai-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(place).map_err(|error| error.error)?;
    Ok(())
}

/// A name that every file system takes: no folders, no signs that Windows refuses.
pub(crate) fn file_name(wanted: &str) -> String {
    let plain: String =
        wanted.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
    let plain = plain.trim().trim_start_matches('.').to_owned();
    if plain.is_empty() { "文件".into() } else { plain }
}

pub(crate) fn decoded(base64: &str) -> Result<Vec<u8>> {
    STANDARD.decode(base64).map_err(|_| Error::Usage("文件内容不完整".into()))
}

pub(crate) fn told(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::File(std::io::Error::other(error))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn names_lose_what_file_systems_refuse() {
        for (wanted, kept) in [
            ("独居老人台账 2026-11.pdf", "独居老人台账 2026-11.pdf"),
            ("../../etc/x.pdf", "_.._etc_x.pdf"),
            ("a:b?.xlsx", "a_b_.xlsx"),
            (" . ", "文件"),
        ] {
            assert_eq!(file_name(wanted), kept, "{wanted}");
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("名单.pdf");
        write_whole(&place, b"old").unwrap();
        write_whole(&place, b"new").unwrap();
        assert_eq!(std::fs::read(&place).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_place_that_cannot_be_written_is_a_file_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_whole(&folder.path().join("none/x.pdf"), b"x").unwrap_err();
        assert_eq!(error.code(), "file");
    }
}
