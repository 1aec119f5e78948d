//! Every act of a clerk that writes, with the words the history shows for it.
//!
//! The label is stored with the op, so a later change of wording never rewrites history.

use serde::Serialize;
use serde_json::{Value, json};

/// One act of a clerk.
#[derive(Debug, Clone)]
pub enum Op {
    /// The office was set up, perhaps with the practice office.
    StartOffice {
        /// Name of the committee.
        name: String,
    },
    /// The committee's own particulars were changed.
    ChangeCommittee,
    /// A superior's sheet was imported.
    ImportSheet(SheetNote),
    /// A fact of a resident was changed by hand.
    ChangeResident {
        /// Who, as the clerk calls them.
        who: String,
        /// Title of the field.
        title: String,
    },
    /// Cells of a ledger were changed by hand, one paste being one act.
    ChangeLedger {
        /// Title of the ledger.
        ledger: String,
        /// How many cells.
        cells: usize,
        /// What was changed, when it was one cell.
        what: Option<String>,
    },
    /// A row was added to a ledger by hand.
    AddRecord {
        /// Title of the ledger.
        ledger: String,
        /// Name of the row.
        who: String,
    },
    /// Rows were taken out of a ledger.
    RemoveRecords {
        /// Title of the ledger.
        ledger: String,
        /// How many rows.
        rows: usize,
    },
    /// A ledger kind was made by the clerk.
    NewLedger {
        /// Its title.
        title: String,
    },
    /// A heading was taught.
    Remember {
        /// The heading.
        heading: String,
    },
    /// A row that waited was put right and imported.
    FixWaiting {
        /// Title of the ledger.
        ledger: String,
        /// Whom it names.
        who: String,
    },
    /// Rows that waited were thrown away.
    DropWaiting {
        /// How many.
        rows: usize,
    },
    /// A day the office works or does not work was noted.
    ChangeCalendar {
        /// The day in words.
        day: String,
    },
    /// Something was done to a matter (议题).
    Matter {
        /// Machine word.
        kind: &'static str,
        /// What was done.
        act: String,
        /// Its title.
        title: String,
    },
    /// Something was done to a meeting.
    Meeting {
        /// Machine word.
        kind: &'static str,
        /// What was done.
        act: String,
        /// Its number or title.
        title: String,
    },
    /// An earlier op was undone.
    Undo {
        /// Number of the op.
        op: i64,
        /// Its label.
        label: String,
    },
    /// An undo was undone.
    Redo {
        /// Number of the undo.
        op: i64,
        /// Label of what comes back.
        label: String,
    },
}

/// What the history keeps of an imported sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetNote {
    /// File name without folder.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Name of the sheet.
    pub sheet: String,
    /// Id of the ledger.
    pub ledger: String,
    /// Title of the ledger.
    pub ledger_title: String,
    /// Rows by outcome.
    pub counts: crate::import::plan::Counts,
}

impl Op {
    /// The machine word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::StartOffice { .. } => "office.start",
            Self::ChangeCommittee => "committee.change",
            Self::ImportSheet(_) => "import.apply",
            Self::ChangeResident { .. } => "resident.change",
            Self::ChangeLedger { .. } => "ledger.change",
            Self::AddRecord { .. } => "ledger.add",
            Self::RemoveRecords { .. } => "ledger.remove",
            Self::NewLedger { .. } => "ledger.new",
            Self::Remember { .. } => "dictionary.remember",
            Self::FixWaiting { .. } => "tray.fix",
            Self::DropWaiting { .. } => "tray.drop",
            Self::ChangeCalendar { .. } => "calendar.change",
            Self::Matter { kind, .. } | Self::Meeting { kind, .. } => kind,
            Self::Undo { .. } => "history.undo",
            Self::Redo { .. } => "history.redo",
        }
    }

    /// The act in plain Chinese.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::StartOffice { name } => format!("建立“{name}”的资料"),
            Self::ChangeCommittee => "修改居委会信息".to_owned(),
            Self::ImportSheet(note) => format!("导入“{}”到《{}》", note.file, note.ledger_title),
            Self::ChangeResident { who, title } => format!("修改{who}的{title}"),
            Self::ChangeLedger { ledger, what: Some(what), .. } => format!("在《{ledger}》里修改{what}"),
            Self::ChangeLedger { ledger, cells, what: None } => format!("在《{ledger}》里修改 {cells} 格"),
            Self::AddRecord { ledger, who } => format!("在《{ledger}》里新增{who}"),
            Self::RemoveRecords { ledger, rows } => format!("从《{ledger}》移出 {rows} 行"),
            Self::NewLedger { title } => format!("新建台账《{title}》"),
            Self::Remember { heading } => format!("记住“{heading}”这一栏"),
            Self::FixWaiting { ledger, who } => format!("把待处理的{who}存入《{ledger}》"),
            Self::DropWaiting { rows } => format!("不要了待处理的 {rows} 行"),
            Self::ChangeCalendar { day } => format!("修改{day}上不上班"),
            Self::Matter { act, title, .. } => format!("议题“{title}”：{act}"),
            Self::Meeting { act, title, .. } => format!("{title}：{act}"),
            Self::Undo { label, .. } => format!("撤销：{label}"),
            Self::Redo { label, .. } => format!("恢复：{label}"),
        }
    }

    /// What the history page shows besides the label, as JSON.
    #[must_use]
    pub fn detail(&self) -> Value {
        match self {
            Self::ImportSheet(note) => serde_json::to_value(note).unwrap_or_else(|_| json!({})),
            _ => json!({}),
        }
    }

    /// The op this one undoes.
    #[must_use]
    pub const fn undo_of(&self) -> Option<i64> {
        match self {
            Self::Undo { op, .. } | Self::Redo { op, .. } => Some(*op),
            _ => None,
        }
    }
}
