//! Printing: which printers there are, and handing them a finished PDF.
//!
//! One seam, two systems: CUPS where there is `lp`, the viewer's “print to” on Windows. Nothing is
//! laid out here; a page is printed as it was shown.

mod cups;
mod windows;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use juwutai_core::error::Result;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, RunEvent};
use tauri_plugin_opener::OpenerExt;

use crate::platform::{Answer, answered, aside, decoded, file_name, told, write_whole};

/// A printer of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Printer {
    /// Its name in the system.
    pub name: String,
    /// Its name as people gave it; the system's when they gave none.
    pub title: String,
    /// Whether it is the one the system takes unasked.
    pub is_default: bool,
    /// Why it would not print now, in a few words; nothing when it is ready.
    pub trouble: Option<String>,
}

/// The printers, and what can be asked of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Printers {
    /// The printers, the default first.
    pub printers: Vec<Printer>,
    /// Whether copies, sides and pages can be chosen here; else the viewer asks.
    pub takes_choices: bool,
}

/// How a document is to be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Choices {
    /// The printer; the default one when none is named.
    pub printer: Option<String>,
    /// Copies, from 1.
    pub copies: u8,
    /// Which sides of the paper are printed.
    pub sides: Sides,
    /// First and last page, counted from 1; all when nothing is said.
    pub pages: Option<(u32, u32)>,
    /// Size of the paper.
    pub media: Media,
}

/// Which sides of the paper are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sides {
    /// The front only.
    #[default]
    One,
    /// Both, turned like a book.
    LongEdge,
    /// Both, turned like a calendar.
    ShortEdge,
}

/// Size of the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Media {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 297 × 420 mm.
    A3,
}

/// How a document left the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub(crate) enum Printed {
    /// Handed to a printer, under the number of its job when the system gives one.
    Printer {
        /// Such as `Office-12`.
        job: Option<String>,
    },
    /// Shown in the system's own viewer, which prints.
    Viewer,
}

/// Lists the printers; an empty list where there are none.
#[tauri::command]
pub(crate) async fn printers() -> Answer<Printers> {
    aside(|| {
        let (mut printers, takes_choices) = match test_folder() {
            Some(_) => (Vec::new(), false),
            None if cfg!(windows) => (windows::printers(), false),
            None => (cups::printers(), true),
        };
        printers.sort_by_key(|printer| !printer.is_default);
        Ok(Printers { printers, takes_choices })
    })
    .await
}

/// Prints a PDF; where no printer takes it, the system's viewer shows it.
#[tauri::command]
pub(crate) async fn print_pdf(
    app: AppHandle,
    name: String,
    bytes_base64: String,
    choices: Choices,
) -> Answer<Printed> {
    aside(move || {
        let bytes = decoded(&bytes_base64)?;
        if let Some(folder) = test_folder() {
            write_whole(&folder.join("printed.pdf"), &bytes)?;
            return Ok(Printed::Printer { job: None });
        }
        if !cfg!(windows)
            && let Some(job) = cups::print(&bytes, &choices)
        {
            return Ok(Printed::Printer { job: Some(job) });
        }
        let file = copy_for_others(&app, &name, &bytes)?;
        if cfg!(windows)
            && let Some(printer) = &choices.printer
            && windows::print(&file, printer)
        {
            return Ok(Printed::Printer { job: None });
        }
        app.opener().open_path(file.to_string_lossy(), None::<&str>).map_err(told)?;
        Ok(Printed::Viewer)
    })
    .await
}

/// Where tests find what would have been printed, unless they brought a printing system of their own.
fn test_folder() -> Option<PathBuf> {
    answered("JUWUTAI_TEST_SAVE_DIR").filter(|_| std::env::var_os("CUPS_SERVER").is_none())
}

/// A copy that other programs may read, kept until the program ends.
fn copy_for_others(app: &AppHandle, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let folder = tempfile::Builder::new().prefix("juwutai-").tempdir()?;
    let file = folder.path().join(file_name(name));
    write_whole(&file, bytes)?;
    app.state::<Printouts>().keep(folder);
    Ok(file)
}

/// Copies made for other programs; they go when the program ends, for they hold people's data.
#[derive(Default)]
pub(crate) struct Printouts(Mutex<Vec<tempfile::TempDir>>);

impl Printouts {
    fn keep(&self, folder: tempfile::TempDir) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
    }

    /// Removes all copies when the program ends.
    pub(crate) fn clear_at_end(&self, event: &RunEvent) {
        if matches!(event, RunEvent::Exit) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }
}
