//! The one error type of the core, its variants chosen by what the clerk can do next.
//!
//! Every sentence a clerk may read is in [`wording`]; nothing here carries personal data, and a
//! variant holds only what its sentence needs. Outcomes that are not failures (a row set aside, a
//! value questioned) are values of the feature that found them, not errors.

use serde::Serialize;

mod wording;

/// The result of every fallible function of the core.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, by what the clerk can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The clerk stopped a long call; nothing was changed.
    #[error("cancelled")]
    Cancelled,
    /// A rule of the office says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The thing named does not exist (any more).
    #[error("not found: {0:?}")]
    NotFound(Missing),
    /// Somebody changed the same thing in the meantime.
    #[error("conflict")]
    Conflict,
    /// A file from outside cannot be read as what it should be.
    #[error("bad file: {0:?}")]
    BadFile(BadFile),
    /// The operating system refused to read or write a file.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// The request does not fit the command.
    #[error("usage: {0}")]
    Usage(String),
    /// The store cannot be used as it is.
    #[error("store: {0:?}")]
    Store(StoreTrouble),
    /// The program itself is wrong; the text is for the log, never for the clerk.
    #[error("bug: {0}")]
    Bug(String),
}

/// Why a rule says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is left to undo.
    NothingToUndo,
    /// Nothing is left to redo.
    NothingToRedo,
    /// The operation was undone before.
    AlreadyUndone,
    /// Setting the office up is the ground of everything and cannot be undone.
    CannotUndoStart,
    /// The office was started before.
    AlreadyStarted,
    /// The office has not been started yet.
    NotStarted,
    /// A value does not fit its field; the parts are field title and problem sentence.
    Value {
        /// Dictionary field id.
        field: String,
        /// Title of the field as the clerk knows it.
        title: String,
        /// What is wrong, a Chinese clause without full stop.
        problem: String,
    },
    /// A computed column cannot be typed into.
    Computed {
        /// Title of the column.
        title: String,
    },
    /// A ledger of that title exists.
    LedgerTitleTaken {
        /// The title.
        title: String,
    },
    /// The sheet has no table that could be imported.
    NoTable {
        /// Name of the sheet.
        sheet: String,
    },
    /// No column of the sheet is bound to a field that names the subject of a row.
    NoKeyColumn,
    /// The text of a filter is not understood.
    Filter {
        /// The word that is not known.
        word: String,
        /// The words that are known.
        known: String,
    },
    /// A new column would go by the title of another.
    ColumnTitleTaken {
        /// The title.
        title: String,
    },
    /// A sheet has more rows than one import takes.
    TooManyRows {
        /// Name of the sheet.
        sheet: String,
        /// How many rows it has.
        rows: usize,
    },
    /// A sheet has not the columns of the one it is to be imported with.
    OtherLayout {
        /// Name of the sheet.
        sheet: String,
    },
    /// A report would have no row.
    EmptyReport,
    /// An office needs a name.
    EmptyName,
    /// A stage cannot end because something is missing.
    StageLacks {
        /// Title of the stage or step.
        step: String,
        /// What is missing, joined by ；.
        missing: String,
    },
    /// A step that is only gone without something, or left out, for a reason in words.
    WithoutReason {
        /// Title of the stage or step.
        step: String,
        /// What is missing, joined by ；.
        missing: String,
    },
    /// A stage that is never left out.
    NeverSkipped {
        /// Title of the stage.
        step: String,
    },
    /// A step that cannot be taken now.
    NotNow {
        /// Title of the step.
        step: String,
        /// Where things stand.
        state: String,
    },
    /// A stage that can end in several ways, none of which was chosen.
    WayOpen {
        /// Title of the stage.
        step: String,
        /// The ways.
        ways: String,
    },
    /// Counts that are locked.
    CountsLocked,
    /// Counts that do not add up; the part says how.
    CountsDiffer {
        /// How, such as 到会 31，票数 30，差 1.
        how: String,
    },
    /// A record that may hold no more than it does, or a word that is not among its choices.
    NotAChoice {
        /// Title of the field.
        title: String,
    },
}

/// What does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// A command of the API.
    Command(String),
    /// A ledger kind, by id.
    Ledger(String),
    /// A dictionary field, by id.
    Field(String),
    /// A resident.
    Resident,
    /// A ledger row, by its number.
    Record(i64),
    /// A sheet of a workbook.
    Sheet(String),
    /// An operation of the journal, by number.
    Op(i64),
    /// A row of the tray (待处理).
    Waiting(i64),
    /// A report kind.
    Report(String),
    /// A help page.
    Help(String),
    /// A matter, by number.
    Matter(i64),
    /// A meeting, by number.
    Meeting(i64),
    /// A meeting kind, by id.
    MeetingKind(String),
    /// Something a kind of meeting or matter does not have: a vote, stage, role, record or rule.
    MeetingPart(String),
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadFile {
    /// The file does not exist or was moved.
    Gone,
    /// Another program holds the file.
    Held,
    /// Nothing in it.
    Empty,
    /// Not a kind of file that can be read here.
    UnknownFormat,
    /// An old word-processor or unsupported office format that can be saved anew.
    SaveAsNew,
    /// Protected by a password.
    Encrypted,
    /// Cut short or damaged.
    Damaged,
    /// A folder has no one-person form in it.
    NoForms,
    /// Larger than the limits allow; the part is what exceeded them, in Chinese.
    TooLarge(&'static str),
}

/// Why the store cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreTrouble {
    /// Written by a newer version of the program.
    Newer,
    /// An SQLite file of another program, or no SQLite file at all.
    Foreign,
    /// Fails its integrity check.
    Damaged,
    /// Lies on a network share.
    NetworkShare,
    /// Open in another window or program.
    InUse,
    /// The disk is full.
    DiskFull,
    /// The medium or folder cannot be written.
    ReadOnly,
}

/// How loudly an error is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Neutral, such as a cancel.
    Info,
    /// The clerk can go on after a change.
    Warning,
    /// Something is damaged or a bug.
    Danger,
}

/// An error as every caller of the API receives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct ErrorReply {
    /// Stable word a caller may branch on.
    pub code: &'static str,
    /// How loudly to show it.
    pub severity: Severity,
    /// What happened and what is safe, a Chinese sentence.
    pub message: String,
    /// What to do next, a Chinese sentence.
    pub hint: String,
    /// Dictionary field concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Row concerned, 1-based as the clerk sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Sheet concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// What a developer needs of a bug; only in development builds, never shown to a clerk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Error {
    /// The stable word for callers that branch.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Refused(_) => "refused",
            Self::NotFound(_) => "not_found",
            Self::Conflict => "conflict",
            Self::BadFile(_) => "bad_file",
            Self::File(_) => "file",
            Self::Usage(_) => "usage",
            Self::Store(StoreTrouble::Newer) => "newer_data",
            Self::Store(StoreTrouble::Damaged | StoreTrouble::Foreign) => "damaged",
            Self::Store(_) => "store",
            Self::Bug(_) => "bug",
        }
    }

    fn detail(&self) -> Option<String> {
        match self {
            Self::Bug(detail) if cfg!(debug_assertions) => Some(detail.clone()),
            _ => None,
        }
    }

    /// How loudly the error is shown.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Cancelled => Severity::Info,
            Self::Store(_) | Self::Bug(_) => Severity::Danger,
            Self::Refused(_)
            | Self::NotFound(_)
            | Self::Conflict
            | Self::BadFile(_)
            | Self::File(_)
            | Self::Usage(_) => Severity::Warning,
        }
    }

    /// The error as callers of the API receive it.
    #[must_use]
    pub fn reply(&self) -> ErrorReply {
        let (message, hint) = wording::of(self);
        let (field, sheet) = match self {
            Self::Refused(Refusal::Value { field, .. }) => (Some(field.clone()), None),
            Self::Refused(
                Refusal::NoTable { sheet }
                | Refusal::OtherLayout { sheet }
                | Refusal::TooManyRows { sheet, .. },
            )
            | Self::NotFound(Missing::Sheet(sheet)) => (None, Some(sheet.clone())),
            _ => (None, None),
        };
        ErrorReply {
            code: self.code(),
            severity: self.severity(),
            message,
            hint,
            field,
            row: None,
            sheet,
            detail: self.detail(),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Missing> for Error {
    fn from(missing: Missing) -> Self {
        Self::NotFound(missing)
    }
}

impl From<BadFile> for Error {
    fn from(bad: BadFile) -> Self {
        Self::BadFile(bad)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Store(StoreTrouble::DiskFull),
            Some(ErrorCode::DatabaseCorrupt) => Self::Store(StoreTrouble::Damaged),
            Some(ErrorCode::NotADatabase) => Self::Store(StoreTrouble::Foreign),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Store(StoreTrouble::InUse),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Store(StoreTrouble::ReadOnly)
            }
            _ => Self::Bug(format!("sqlite: {error}")),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Bug(format!("json: {error}"))
    }
}
