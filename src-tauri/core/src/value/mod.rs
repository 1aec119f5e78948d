//! The plain words of the office: numbers of identity, telephones, days, addresses, codes.
//!
//! Everything here is pure. A module reads messy text into one canonical form, says in a small
//! problem type why it cannot, and prints the form again. Nothing is repaired by guessing: what
//! was lost in a spreadsheet is reported as lost.
//!
//! - any text: [`text`], [`number`], [`boolean`], [`money`]
//! - persons: [`id_number`], [`gender`], [`phone`], [`name`], [`pinyin`],
//!   [`disability_certificate`]; what others covered of them: [`masked`]
//! - time and place: [`date`], [`address`]
//! - standard lists: [`code`]; organisations: [`credit_code`]
//!
//! Deliberately absent: SQL, files, the clock (a function that needs today is given it), the fields
//! of the dictionary (they live in `dictionary`).

pub mod address;
pub mod boolean;
pub mod code;
pub mod credit_code;
pub mod date;
pub mod disability_certificate;
pub mod gender;
pub mod id_number;
pub mod masked;
pub mod money;
pub mod name;
pub mod number;
pub mod phone;
pub mod pinyin;
pub mod text;

#[cfg(test)]
mod tests;
