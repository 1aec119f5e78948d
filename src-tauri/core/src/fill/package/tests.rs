//! Whole packages: what changes and what does not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
