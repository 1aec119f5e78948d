//! Progress and cancelling of long calls: cheap to report at every row, shown ten times a second.
//!
//! The caller keeps a clone and reads [`Progress::seen`]; it cancels with [`Progress::cancel`].
//! Nothing here knows how progress is shown.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use crate::error::{Error, Result};

/// How far a long call is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What is being done, a Chinese phrase such as “正在读表”.
    pub stage: &'static str,
    /// Units done.
    pub done: u64,
    /// Units in all, 0 when not known.
    pub total: u64,
}

#[derive(Debug, Default)]
struct Shared {
    cancelled: AtomicBool,
    done: AtomicU64,
    stage: Mutex<(&'static str, u64)>,
}

/// A handle on one long call, shared between the worker and whoever watches it.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Shared>);

impl Progress {
    /// A handle that nobody watches.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a stage of `total` units (0 when not known).
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the clerk has asked to stop.
    pub fn stage(&self, stage: &'static str, total: u64) -> Result<()> {
        *self.0.stage.lock().unwrap_or_else(PoisonError::into_inner) = (stage, total);
        self.0.done.store(0, Ordering::Relaxed);
        self.check()
    }

    /// Notes that `done` units of the stage are finished.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the clerk has asked to stop.
    pub fn at(&self, done: u64) -> Result<()> {
        self.0.done.store(done, Ordering::Relaxed);
        self.check()
    }

    /// Fails when the clerk has asked to stop.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn check(&self) -> Result<()> {
        if self.0.cancelled.load(Ordering::Relaxed) { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Asks the call to stop at its next step.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// What the call last reported.
    #[must_use]
    pub fn seen(&self) -> Step {
        let (stage, total) = *self.0.stage.lock().unwrap_or_else(PoisonError::into_inner);
        Step { stage, done: self.0.done.load(Ordering::Relaxed), total }
    }
}
