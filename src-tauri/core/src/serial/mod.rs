//! Numbers of papers the office issues (文号): one after the other in each book and year, none left
//! out, none given twice; a number that counts no more stays and says why (作废).
//!
//! What a paper says is not known here. Acts that give a number are not undone (the paper may have
//! left the house); the number is made void instead, see [`was_given_in`].

pub mod api;
mod store;
#[cfg(test)]
mod tests;

pub use store::{get, void};

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::committee;
use crate::error::Result;
use crate::office::Tx;
use crate::store::journal;

/// The book that numbers of all certificates are from.
pub const CERTIFICATES: &str = "certificate";

/// A number that was given (文号).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serial {
    /// Number of the row.
    pub id: i64,
    /// Book it is from: the id of a letter, or [`CERTIFICATES`].
    pub book: String,
    /// Year.
    pub year: i32,
    /// Number within book and year.
    pub number: i64,
    /// As printed, such as 梅居函〔2026〕14号.
    pub text: String,
    /// What the paper is about.
    pub title: String,
    /// The day it was given, `YYYY-MM-DD`.
    pub given_on: String,
    /// Why it counts no more.
    pub void: Option<String>,
}

/// A book of one year: from where it goes on and the word of the office (机关代字).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// The first number given here.
    pub first: i64,
    /// Such as 梅居.
    pub word: String,
}

/// Whether an op gave a number: such an op is not undone.
///
/// # Errors
/// Reading fails, or there is no such op.
pub fn was_given_in(connection: &Connection, op: i64) -> Result<bool> {
    Ok(journal::ranges_of(connection, op)?.contains_key("serial"))
}

/// The number that would be given next, as printed; nothing is given yet.
///
/// # Errors
/// Reading fails.
pub fn next(connection: &Connection, book: &str, pattern: &str, on: NaiveDate) -> Result<String> {
    use chrono::Datelike as _;
    let (number, word) = upcoming(connection, book, on.year())?;
    Ok(printed(pattern, &word, on.year(), number))
}

/// The next number of a book and the word of the office.
fn upcoming(connection: &Connection, book: &str, year: i32) -> Result<(i64, String)> {
    let begun = match store::book(connection, book, year)? {
        Some(begun) => begun,
        None => Book { first: 1, word: own_word(connection)? },
    };
    let last = store::last(connection, book, year)?;
    Ok((last.map_or(begun.first, |last| last + 1), begun.word))
}

/// Gives the next number of a book. `pattern` is how it is printed, with `{word}`, `{year}` and
/// `{serial}` (or `{serial:4}` for four digits).
///
/// # Errors
/// Reading or writing fails.
pub fn give(tx: &Tx<'_>, book: &str, pattern: &str, title: &str, on: NaiveDate) -> Result<Serial> {
    use chrono::Datelike as _;
    let year = on.year();
    let (number, word) = upcoming(tx.connection(), book, year)?;
    let mut serial = Serial {
        id: 0,
        book: book.to_owned(),
        year,
        number,
        text: printed(pattern, &word, year, number),
        title: title.to_owned(),
        given_on: on.to_string(),
        void: None,
    };
    serial.id = store::add(tx, &serial)?;
    Ok(serial)
}

/// The word of the office as long as nobody said another: the first character of its name and 居.
fn own_word(connection: &Connection) -> Result<String> {
    let name = committee::find(connection)?.map(|committee| committee.name).unwrap_or_default();
    Ok(word_of(&name))
}

/// The word made from a committee's name, such as 梅居 for 梅园居民区.
#[must_use]
pub fn word_of(name: &str) -> String {
    name.chars().next().map(|first| format!("{first}居")).unwrap_or_default()
}

/// A number as printed.
#[must_use]
pub fn printed(pattern: &str, word: &str, year: i32, number: i64) -> String {
    pattern
        .replace("{word}", word)
        .replace("{year}", &year.to_string())
        .replace("{serial:4}", &format!("{number:04}"))
        .replace("{serial}", &number.to_string())
}
