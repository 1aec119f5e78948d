//! Shapes copied from what offices receive, with the truth beside each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
