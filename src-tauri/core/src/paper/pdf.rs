//! Pages as a PDF 1.7: faces subset beforehand, output byte-identical for equal input.
//!
//! Positions come from `layout`; nothing is measured here.

mod finish;
mod picture;
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
    render_all(std::slice::from_ref(document))
}

/// Lays documents out and writes them into one PDF, each with its own page numbers.
///
/// # Errors
/// [`crate::error::Error::Bug`] as for [`render`], and when there is no document.
pub fn render_all(documents: &[Document]) -> Result<Rendered> {
    let mut parts = Vec::with_capacity(documents.len());
    for document in documents {
        parts.push((document, layout::lay_out(document)?));
    }
    let (bytes, late) = write::bytes(&parts)?;
    let pages = parts.iter().map(|(_, laid)| laid.pages.len()).sum();
    let warnings = parts.into_iter().flat_map(|(_, laid)| laid.warnings).chain(late).collect();
    Ok(Rendered { bytes, pages, warnings })
}

#[cfg(test)]
mod tests;
