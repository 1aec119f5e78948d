//! Forms from a file to a filled file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
