//! Paper: one [`document::Document`] becomes pages and a PDF, or an Excel workbook.
//!
//! Knows no domain word and touches no file: a document goes in, bytes and warnings come out.
//! What a report says is decided by whoever builds the document.

pub mod document;
pub mod font;
mod grid;
pub mod layout;
pub mod pdf;
mod picture;
#[cfg(test)]
pub(crate) mod sample;
pub mod style;
pub mod xlsx;

pub use document::Document;
pub use style::Style;
