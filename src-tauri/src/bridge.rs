//! The one command of the page: `call(name, request, job?)` hands a named call to the core.
//!
//! Calls run on a worker thread, one after another, so that the window never freezes. A panic in
//! the core becomes the reply of a bug, and the office is opened anew at the next call.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use juwutai_core::api;
use juwutai_core::clock::SystemClock;
use juwutai_core::error::{Error, Result};
use juwutai_core::office::Office;
use juwutai_core::progress::Progress;
use serde_json::Value;
use tauri::{AppHandle, Manager};

use crate::{jobs, start};

/// Answers a named call with the reply envelope of the core.
#[tauri::command]
pub(crate) async fn call(app: AppHandle, name: String, request: Value, job: Option<String>) -> Value {
    let desk = app.state::<Desk>().inner().clone();
    // Taken up before the worker starts, so that a cancel can never come too early.
    let job = job.map(|id| jobs::take_up(&app, id));
    let worker = tauri::async_runtime::spawn_blocking(move || {
        let progress = job.as_ref().map_or_else(Progress::new, jobs::Job::progress);
        desk.answer(&name, request, &progress)
    });
    worker.await.unwrap_or_else(|error| api::failure(&Error::Bug(format!("worker: {error}"))))
}

/// The office of this computer, opened once and shared by all calls.
#[derive(Clone)]
pub(crate) struct Desk {
    folder: PathBuf,
    office: Arc<Mutex<Option<Office>>>,
}

impl Desk {
    /// Opens the office of a data folder in the background; a failure is told at the first call.
    pub(crate) fn open(folder: PathBuf) -> Self {
        start::note_panics(&folder);
        let desk = Self { folder, office: Arc::default() };
        let early = desk.clone();
        std::thread::spawn(move || {
            let slot = &mut *early.office.lock().unwrap_or_else(PoisonError::into_inner);
            // Trouble is not lost: the next call tries again and reports it.
            drop(catch_unwind(AssertUnwindSafe(|| early.opened(slot).map(drop))));
        });
        desk
    }

    /// Answers one call; whatever happens, the answer is a reply envelope.
    pub(crate) fn answer(&self, name: &str, request: Value, progress: &Progress) -> Value {
        let slot = &mut *self.office.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            self.opened(slot).map(|office| api::call(office, name, request, progress))
        }));
        match outcome {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => api::failure(&error),
            Err(_) => {
                *slot = None;
                api::failure(&Error::Bug(format!("panic in {name}")))
            }
        }
    }

    fn opened<'a>(&self, slot: &'a mut Option<Office>) -> Result<&'a mut Office> {
        if slot.is_none() {
            std::fs::create_dir_all(&self.folder)?;
            *slot = Some(Office::open(&self.folder, Box::new(SystemClock), &start::clerk())?);
        }
        slot.as_mut().ok_or_else(|| Error::Bug("office not open".into()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_desk_answers_and_unknown_names_are_replies_too() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(folder.path().join("new"));
        let status = desk.answer("office.status", serde_json::json!({}), &Progress::new());
        assert_eq!(status["ok"], true, "{status}");
        let unknown = desk.answer("no.such", serde_json::json!({}), &Progress::new());
        assert_eq!(unknown["error"]["code"], "not_found", "{unknown}");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_a_reply() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("taken");
        std::fs::write(&file, b"x").unwrap();
        let reply =
            Desk::open(file.join("below")).answer("office.status", serde_json::json!({}), &Progress::new());
        assert_eq!(reply["error"]["code"], "file", "{reply}");
    }
}
