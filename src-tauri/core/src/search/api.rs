//! `resident.find`: what the search box asks.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{HITS_AT_MOST, Word, store, words};
use crate::error::Result;
use crate::office::Office;
use crate::progress::Progress;
use crate::resident;
use crate::value::{date, pinyin};

/// What was typed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FindRequest {
    /// The text of the box.
    pub text: String,
    /// Hits wanted at most, fifty when not said.
    pub limit: Option<usize>,
}

/// Who fits.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FindReply {
    /// The people, at most fifty.
    pub hits: Vec<Hit>,
    /// Time taken in milliseconds.
    pub ms: f64,
}

/// One person who fits.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Hit {
    /// Unique number.
    pub uid: String,
    /// Name.
    pub name: String,
    /// 男, 女 or empty.
    pub gender: String,
    /// Full years today.
    pub age: Option<i32>,
    /// Year of birth, to tell namesakes apart.
    pub born: Option<String>,
    /// Where the person lives.
    pub place: String,
    /// Why the person fits.
    pub why: String,
}

/// Finds residents by what was typed.
///
/// # Errors
/// Reading fails.
pub fn find(office: &mut Office, request: FindRequest, _: &Progress) -> Result<FindReply> {
    let started = std::time::Instant::now();
    let connection = office.connection();
    let asked = words(&request.text);
    let found = store::find(connection, &asked, request.limit.unwrap_or(HITS_AT_MOST))?;
    let today = office.clock().today();
    let mut hits = Vec::with_capacity(found.len());
    for found in found {
        let person = resident::load(connection, found.resident)?;
        hits.push(Hit {
            uid: resident::uid_of(connection, person.id)?,
            place: person.place_title(),
            gender: person.gender.unwrap_or_default(),
            age: person.birth_on.as_deref().and_then(|birth| age(birth, today)),
            born: person.birth_on.map(|birth| birth.chars().take(4).collect()),
            name: person.name,
            why: found.why,
        });
    }
    if let [Word::Latin(letters)] = asked.as_slice() {
        hits.sort_by_key(|hit| !is_usual_reading(&hit.name, letters));
    }
    Ok(FindReply { hits, ms: started.elapsed().as_secs_f64() * 1000.0 })
}

/// Whether letters begin the name as it is usually read; rarer readings of a character come after.
fn is_usual_reading(name: &str, letters: &str) -> bool {
    let keys = pinyin::keys(name);
    [keys.initials.first(), keys.full.first()].into_iter().flatten().any(|usual| usual.starts_with(letters))
}

fn age(birth: &str, today: NaiveDate) -> Option<i32> {
    date::age_on(date::PartialDate::from_canonical(birth)?, today)
}
