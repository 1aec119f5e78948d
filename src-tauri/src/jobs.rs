//! Long calls as the page sees them: a `progress` event ten times a second, and `cancel(job)`.
//!
//! What is being done and how far it is comes from the core; nothing is counted here.

use std::collections::HashMap;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use juwutai_core::progress::{Progress, Step};
use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager, State};

/// How often the page hears of a running job.
const BEAT: Duration = Duration::from_millis(100);

/// Asks a running job to stop; one that has ended is left alone.
#[tauri::command]
pub(crate) fn cancel(jobs: State<'_, Jobs>, job: &str) {
    if let Some(progress) = jobs.running().get(job) {
        progress.cancel();
    }
}

/// The jobs that are running, by the name that the page gave them.
#[derive(Clone, Default)]
pub(crate) struct Jobs(Arc<Mutex<HashMap<String, Progress>>>);

impl Jobs {
    /// Asks every running job to stop.
    pub(crate) fn cancel_all(&self) {
        self.running().values().for_each(Progress::cancel);
    }

    /// Notes a job and tells `emit` how far it is until the returned handle is dropped.
    fn watch(&self, id: String, emit: impl Fn(Tick<'_>) + Send + 'static) -> Job {
        let progress = Progress::new();
        self.running().insert(id.clone(), progress.clone());
        let (stop, stopped) = channel();
        let (watched, name) = (progress.clone(), id.clone());
        std::thread::spawn(move || {
            let mut told = None;
            while stopped.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                let step = watched.seen();
                if !step.stage.is_empty() && told.as_ref() != Some(&step) {
                    emit(Tick { job: &name, step: &step });
                    told = Some(step);
                }
            }
        });
        Job { jobs: self.clone(), id, progress, _stop: stop }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<String, Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes a job and shows its progress in the window until the handle is dropped.
pub(crate) fn take_up(app: &AppHandle, id: String) -> Job {
    let window = app.clone();
    app.state::<Jobs>().watch(id, move |tick| {
        // A window that is gone does not need to hear.
        drop(window.emit_to("main", "progress", tick));
    })
}

/// One running job; dropping it ends its events.
pub(crate) struct Job {
    jobs: Jobs,
    id: String,
    progress: Progress,
    _stop: Sender<()>,
}

impl Job {
    /// The handle to give to the core.
    pub(crate) fn progress(&self) -> Progress {
        self.progress.clone()
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.jobs.running().remove(&self.id);
    }
}

/// What one `progress` event carries.
#[derive(Clone, Serialize)]
struct Tick<'a> {
    job: &'a str,
    #[serde(flatten)]
    step: &'a Step,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_job_is_heard_while_it_runs_and_forgotten_after() {
        let jobs = Jobs::default();
        let (sender, heard) = channel();
        let job =
            jobs.watch("a".into(), move |tick| sender.send(serde_json::to_value(tick).unwrap()).unwrap());
        job.progress().stage("读表", 10).unwrap();
        job.progress().at(4).unwrap();
        let tick = heard.recv_timeout(Duration::from_secs(5)).unwrap();
        assert_eq!(tick, serde_json::json!({"job": "a", "stage": "读表", "done": 4, "total": 10}));
        jobs.cancel_all();
        assert!(job.progress().at(5).is_err(), "a cancelled job stops at its next step");
        drop(job);
        assert!(jobs.running().is_empty(), "an ended job is forgotten");
    }
}
