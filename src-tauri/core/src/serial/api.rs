//! `serial.list`, `serial.begin`, `serial.void`.

use serde::{Deserialize, Serialize};

use super::{Book, CERTIFICATES, Serial, store, word_of};
use crate::committee;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::value::text;

/// Which numbers are wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct SerialsRequest {
    /// Id of the letter, `certificate` for certificates; all when not said.
    pub book: Option<String>,
    /// The year, this one when not said.
    pub year: Option<i32>,
}

/// Numbers that were given (发文登记).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SerialsReply {
    /// The year.
    pub year: i32,
    /// The numbers by book, newest first.
    pub serials: Vec<SerialEntry>,
}

/// A number that was given.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SerialEntry {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Book it is from.
    pub book: String,
    /// Number within book and year.
    #[cfg_attr(test, ts(type = "number"))]
    pub number: i64,
    /// As printed, such as 梅居函〔2026〕14号.
    pub text: String,
    /// What the paper is about.
    pub title: String,
    /// The day it was given.
    pub given_on: String,
    /// Why it counts no more.
    pub void: Option<String>,
}

impl From<Serial> for SerialEntry {
    fn from(serial: Serial) -> Self {
        let Serial { id, book, number, text, title, given_on, void, .. } = serial;
        Self { id, book, number, text, title, given_on, void }
    }
}

/// Lists the numbers given in a year.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, request: SerialsRequest, _: &Progress) -> Result<SerialsReply> {
    use chrono::Datelike as _;
    let year = request.year.unwrap_or_else(|| office.clock().today().year());
    let serials = store::list(office.connection(), request.book.as_deref(), year)?;
    Ok(SerialsReply { year, serials: serials.into_iter().map(Into::into).collect() })
}

/// From where a book of numbers goes on.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct SerialBegin {
    /// Id of the letter, or `certificate`.
    pub book: String,
    /// The year, this one when not said.
    pub year: Option<i32>,
    /// The next number to give.
    #[cfg_attr(test, ts(type = "number"))]
    pub next: i64,
    /// The word of the office (机关代字), such as 梅居.
    pub word: Option<String>,
}

/// Says from which number a book goes on that was begun on paper.
///
/// # Errors
/// [`Refusal::NumbersGiven`] when another number than the next would leave a gap.
pub fn begin(office: &mut Office, request: SerialBegin, progress: &Progress) -> Result<SerialsReply> {
    use chrono::Datelike as _;
    let year = request.year.unwrap_or_else(|| office.clock().today().year());
    let connection = office.connection();
    let last = store::last(connection, &request.book, year)?;
    let begun = store::book(connection, &request.book, year)?;
    if request.next < 1 || last.is_some_and(|last| last + 1 != request.next) {
        return Err(Refusal::NumbersGiven { next: last.map_or(1, |last| last + 1) }.into());
    }
    let name = committee::find(connection)?.map(|committee| committee.name).unwrap_or_default();
    let word = request.word.map(|word| text::squeeze(&word)).filter(|word| !word.is_empty());
    let book = Book {
        first: if last.is_some() { begun.as_ref().map_or(1, |book| book.first) } else { request.next },
        word: word.or_else(|| begun.map(|book| book.word)).unwrap_or_else(|| word_of(&name)),
    };
    let op = Op::BeginSerial { year };
    office.transact(&op, |tx| store::begin(tx, &request.book, year, &book))?;
    list(office, SerialsRequest { book: Some(request.book), year: Some(year) }, progress)
}

/// Which number counts no more.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct SerialVoid {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Why.
    pub reason: String,
}

/// Makes the number of a letter void; it stays in the register.
///
/// # Errors
/// [`Refusal::NeedsReason`]; [`Refusal::VoidCertificate`] for a certificate's number.
pub fn void(office: &mut Office, request: SerialVoid, _: &Progress) -> Result<SerialEntry> {
    let reason = text::clean(&request.reason);
    if reason.is_empty() {
        return Err(Refusal::NeedsReason.into());
    }
    let serial = store::get(office.connection(), request.id)?;
    if serial.book == CERTIFICATES {
        return Err(Refusal::VoidCertificate.into());
    }
    let op = Op::VoidSerial { text: serial.text };
    office.transact(&op, |tx| store::void(tx, request.id, &reason))?;
    Ok(store::get(office.connection(), request.id)?.into())
}
