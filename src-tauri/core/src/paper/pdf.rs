//! Pages as a PDF 1.7: faces subset beforehand, output byte-identical for equal input.
//!
//! Positions come from `layout`; nothing is measured here.

mod subset;
mod write;

use super::document::{Document, Warning};
use super::layout;
use crate::error::Result;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Count of its pages.
    pub pages: usize,
    /// What the reader should know before printing.
    pub warnings: Vec<Warning>,
}

/// Lays a document out and writes it as a PDF.
///
/// # Errors
/// [`crate::error::Error::Bug`] when a table has rows wider than itself or a shipped face is damaged.
pub fn render(document: &Document) -> Result<Rendered> {
    let laid = layout::lay_out(document)?;
    let bytes = write::bytes(document, &laid)?;
    Ok(Rendered { bytes, pages: laid.pages.len(), warnings: laid.warnings })
}

#[cfg(test)]
mod tests;
