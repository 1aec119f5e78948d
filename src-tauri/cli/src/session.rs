//! One office opened for one run: where its data is, calls with progress on standard error.

use std::path::PathBuf;

use juwutai_core::api;
use juwutai_core::clock::{Clock, FixedClock, SystemClock};
use juwutai_core::error::Error;
use juwutai_core::office::Office;
use juwutai_core::progress::Progress;
use serde_json::Value;

use crate::arguments::Global;

/// Why a run ends early.
#[derive(Debug)]
pub enum Failure {
    /// The core said no; the error as callers receive it.
    Refused(Value),
    /// The same, but the whole reply has been printed already.
    Told(Value),
    /// A file of ours could not be written or read.
    File(String),
    /// The words of the command do not fit.
    Usage(String),
}

impl Failure {
    /// The exit code of the contract.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::File(_) => 3,
            Self::Refused(error) | Self::Told(error) => match error["code"].as_str() {
                Some("usage") => 2,
                Some("damaged" | "newer_data") => 4,
                Some("cancelled") => 130,
                _ => 3,
            },
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Refused(api::failure(&error)["error"].clone())
    }
}

/// An office opened for this run.
pub struct Session {
    pub office: Office,
    pub json: bool,
}

impl Session {
    /// Opens the office of the data folder.
    pub fn open(global: &Global) -> Result<Self, Failure> {
        let clock: Box<dyn Clock> = match global.today {
            Some(day) => Box::new(FixedClock::on(day)),
            None => Box::new(SystemClock),
        };
        let office = Office::open(&data_folder(global)?, clock, &clerk(global))?;
        Ok(Self { office, json: global.json })
    }

    /// Calls a command and returns its value.
    pub fn call(&mut self, name: &str, request: Value) -> Result<Value, Failure> {
        let mut reply = api::call(&mut self.office, name, request, &Progress::new());
        if reply["ok"] == Value::Bool(true) {
            Ok(reply["value"].take())
        } else {
            Err(Failure::Refused(reply["error"].take()))
        }
    }
}

/// Who works: as said, else the account of the machine, else a plain word.
fn clerk(global: &Global) -> String {
    let account = || std::env::var("USER").or_else(|_| std::env::var("USERNAME"));
    if global.clerk.is_empty() {
        account().unwrap_or_else(|_| "经办人".into())
    } else {
        global.clerk.clone()
    }
}

/// The data folder: as said, else the user's own, the same one the window uses.
pub fn data_folder(global: &Global) -> Result<PathBuf, Failure> {
    if let Some(folder) = &global.data {
        return Ok(folder.clone());
    }
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("cn.juwutai.desktop"))
        .ok_or_else(|| Failure::Usage("不知道资料放在哪里，请用 --data 写明文件夹".into()))
}
