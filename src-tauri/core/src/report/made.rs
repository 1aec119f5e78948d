//! What reports were printed or kept: when, in which form, masked or not. A preview leaves no note.

use std::collections::HashMap;

use super::{ReportRequest, store};
use crate::error::Result;
use crate::office::Office;
use crate::op::Op;

/// A report that left the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Id of the kind.
    pub kind: String,
    /// Id of the ledger; empty where it needs none.
    pub ledger: String,
    /// Its title.
    pub title: String,
    /// `pdf` or `xlsx`.
    pub format: &'static str,
    /// Pages; 0 for Excel.
    pub pages: usize,
    /// Whether it was masked.
    pub masked: bool,
}

impl Made {
    /// A report printed or kept as PDF.
    #[must_use]
    pub fn pdf(request: &ReportRequest, title: &str, pages: usize) -> Self {
        Self {
            kind: request.kind.clone(),
            ledger: request.ledger.clone().unwrap_or_default(),
            title: title.to_owned(),
            format: "pdf",
            pages,
            masked: request.options.is_masked(),
        }
    }

    /// A report kept as a workbook.
    #[must_use]
    pub fn xlsx(request: &ReportRequest, title: &str) -> Self {
        Self { format: "xlsx", ..Self::pdf(request, title, 0) }
    }
}

/// Notes that reports were made, as one act of that title.
///
/// # Errors
/// Writing fails.
pub fn note(office: &mut Office, title: &str, made: &[Made]) -> Result<()> {
    let op = Op::MakeReport { title: title.to_owned() };
    office.transact(&op, |tx| made.iter().try_for_each(|one| store::save_made(tx, one)))?;
    Ok(())
}

/// The day each kind was last made, `YYYY-MM-DD`.
///
/// # Errors
/// Reading fails.
pub fn last(office: &Office) -> Result<HashMap<String, String>> {
    store::last_made(office.connection())
}
