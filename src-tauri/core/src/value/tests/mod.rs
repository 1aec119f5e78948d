//! Tests of the plain words: one `check` per feature, rows of input and what must come out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod address;
mod amount;
mod certificate;
mod code;
mod date;
mod hostile;
mod id_number;
mod masked;
mod phone;
mod pinyin;
mod text;

use chrono::NaiveDate;

/// The day on which all these tests take place.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}
