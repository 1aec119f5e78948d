//! The one search box over residents: name, pinyin, tail of ID number or phone, building and room.
//!
//! Keys of pinyin and telephones are derived data (`skey`), refreshed at the end of every op for the
//! residents it touched, so undo needs no care of its own. Names and ID numbers have indexes that are
//! read through quickly enough. Typing rule: digits look at tails and doors, Latin letters at
//! pinyin, Chinese characters at names and addresses; a space means "and".

pub mod api;
mod store;
#[cfg(test)]
mod tests;

use crate::value::pinyin;

pub use store::refresh;

/// Hits shown at most.
pub const HITS_AT_MOST: usize = 50;
/// Digits of a phone kept for tail search.
const TAIL: usize = 8;

/// Kinds of search key, by their number in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Pinyin initials.
    Initials = 1,
    /// Full pinyin.
    FullPinyin = 2,
    /// Tail of a phone number, reversed.
    PhoneTail = 3,
}

/// One word of what was typed, by what it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Chinese characters: a name or a part of an address.
    Chinese(String),
    /// Latin letters: pinyin.
    Latin(String),
    /// Digits, perhaps with a last X: a tail or a room.
    Digits(String),
    /// A door such as `3-502`, `3号楼502` or `7-1-301`.
    Door(Vec<String>),
}

/// Splits what was typed into words.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let clean = crate::value::text::clean(text);
    clean.split_whitespace().filter_map(word).collect()
}

fn word(text: &str) -> Option<Word> {
    if let Some(parts) = door(text) {
        return Some(Word::Door(parts));
    }
    let is_tail = |c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X');
    if text.chars().all(is_tail) && text.chars().any(|c| c.is_ascii_digit()) {
        return Some(Word::Digits(text.to_ascii_uppercase()));
    }
    if text.chars().all(|c| c.is_ascii_alphabetic()) {
        return Some(Word::Latin(text.to_ascii_lowercase()));
    }
    (!text.is_empty()).then(|| Word::Chinese(text.to_owned()))
}

/// The parts of a door, building first, room last.
fn door(text: &str) -> Option<Vec<String>> {
    let plain: String = text
        .replace("号楼", "-")
        .replace("单元", "-")
        .replace(['幢', '栋', '号', '#'], "-")
        .trim_end_matches(['室', '-'])
        .to_owned();
    let parts: Vec<String> = plain.split('-').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let is_token = |part: &String| part.len() <= 5 && part.chars().all(|c| c.is_ascii_alphanumeric());
    let named_building = parts.len() == 1 && text.ends_with("号楼");
    ((2..=3).contains(&parts.len()) || named_building)
        .then_some(parts)
        .filter(|parts| parts.iter().all(is_token))
}

/// The keys of one resident.
#[must_use]
pub fn keys(name: &str, phone: Option<&str>) -> Vec<(String, KeyKind)> {
    let pinyin = pinyin::keys(name);
    let mut keys: Vec<(String, KeyKind)> = Vec::with_capacity(8);
    keys.extend(pinyin.initials.into_iter().map(|key| (key, KeyKind::Initials)));
    keys.extend(pinyin.full.into_iter().map(|key| (key, KeyKind::FullPinyin)));
    let phones = phone.unwrap_or_default().split('、').filter(|phone| !phone.is_empty());
    keys.extend(phones.map(|phone| (reversed_tail(phone), KeyKind::PhoneTail)));
    keys.sort_by(|a, b| (a.1 as u8, &a.0).cmp(&(b.1 as u8, &b.0)));
    keys.dedup();
    keys
}

/// The last characters of a number, last first, so that a tail becomes a prefix.
#[must_use]
pub fn reversed_tail(number: &str) -> String {
    number.chars().rev().filter(char::is_ascii_alphanumeric).take(TAIL).collect()
}
