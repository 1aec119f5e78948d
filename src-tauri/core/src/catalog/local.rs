//! A ledger kind made by a clerk (自建台账), as it is kept in the store: plain JSON.
//!
//! Deliberately absent: any SQL, and the choice of fields for a sheet's headings
//! (see `dictionary::find` and the ledger feature).

use serde::{Deserialize, Serialize};

use super::ledger_kind::{Column, ColumnFile, LedgerKind, bind_columns};
use crate::dictionary::{Dictionary, FieldKind, Subject};

/// The heading that clerk-made ledgers stand under.
const GROUP: &str = "自建台账";

/// Local ledgers come after the shipped ones.
const ORDER: u16 = 9000;

/// A ledger kind made by a clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalLedger {
    /// The id, such as `local_3`.
    pub id: String,
    /// The title the clerk gave it.
    pub title: String,
    /// What one row is.
    pub subject: Subject,
    /// The columns from left to right.
    pub columns: Vec<LocalColumn>,
}

/// A column of a clerk-made ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalColumn {
    /// A dictionary field, or `row.…` for a column of this ledger alone.
    pub field: String,
    /// The title the clerk gave it.
    pub title: String,
    /// The type of a `row.…` column; a dictionary field has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FieldKind>,
    /// The upper heading of a two-level head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

impl LocalLedger {
    /// Binds the columns to the dictionary.
    ///
    /// # Errors
    /// Says which column does not fit; the text is for developers.
    pub fn bind(&self, dictionary: &Dictionary) -> Result<LedgerKind, String> {
        let columns = self.columns.iter().map(|column| column.file(dictionary)).collect();
        let mut columns = bind_columns(&self.id, columns, dictionary)?;
        mark_keys(&mut columns);
        Ok(LedgerKind {
            id: self.id.clone(),
            title: self.title.clone(),
            group: GROUP.to_owned(),
            subject: self.subject,
            line: None,
            cycle: None,
            duty: None,
            restricted: false,
            source: None,
            suggested_by: vec![self.title.clone()],
            local: true,
            order: ORDER,
            columns,
        })
    }
}

impl LedgerKind {
    /// Adds columns that a clerk keeps in this ledger beside its own.
    ///
    /// # Errors
    /// Says which column does not fit; the text is for developers.
    pub fn extend<'c>(
        &mut self,
        columns: impl Iterator<Item = &'c LocalColumn>,
        dictionary: &Dictionary,
    ) -> Result<(), String> {
        let files: Vec<ColumnFile> = columns.map(|column| column.file(dictionary)).collect();
        if !files.is_empty() {
            self.columns.extend(bind_columns(&self.id, files, dictionary)?);
        }
        Ok(())
    }
}

impl LocalColumn {
    fn file(&self, dictionary: &Dictionary) -> ColumnFile {
        let shared = dictionary.get(&self.field);
        let own_title = shared.is_none_or(|field| field.title != self.title);
        ColumnFile {
            field: self.field.clone(),
            title: own_title.then(|| self.title.clone()),
            group: self.group.clone(),
            kind: if shared.is_some() { None } else { self.kind.filter(|kind| *kind != FieldKind::Code) },
            ..ColumnFile::default()
        }
    }
}

/// Marks the identity number as the key, or else the first column.
fn mark_keys(columns: &mut [Column]) {
    let index = columns.iter().position(|column| column.field.kind == FieldKind::IdNumber).unwrap_or(0);
    if let Some(column) = columns.get_mut(index) {
        column.key = true;
    }
}
