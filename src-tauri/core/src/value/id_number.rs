//! The citizen's number (公民身份号码), GB 11643-1999, and its old form of fifteen digits.
//!
//! What a spreadsheet destroyed is named, never repaired. The area digits are not checked against a
//! list: areas are renamed and merged while numbers stay.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::date::age_on;
use super::gender::Gender;
use super::masked::is_covered_number;
use super::text::{half_width, tidy};

/// A checked citizen's number (公民身份号码) of eighteen characters, or of fifteen digits as issued
/// before 1999 and kept as given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdNumber {
    text: String,
    birth_on: NaiveDate,
}

/// Why text is not a citizen's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdProblem {
    /// It has neither fifteen nor eighteen characters.
    Length,
    /// It holds other characters than digits and a final X.
    Characters,
    /// Its check character does not fit the other seventeen.
    Checksum,
    /// Its date of birth does not exist, lies ahead or lies more than 130 years back.
    Birth,
    /// A spreadsheet kept it as a number and lost its last digits.
    DigitsLost,
    /// Somebody covered a part of it.
    Masked,
}

impl IdNumber {
    /// Reads a number as people write it (spaces, full width, leading apostrophe, small x).
    ///
    /// # Errors
    /// The first thing that is wrong with it; nothing is repaired.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, IdProblem> {
        let digits = normal(text)?;
        let bytes = digits.as_bytes();
        let birth = match bytes.len() {
            18 => born(&bytes[6..14], today),
            15 => born15(&bytes[6..12], today),
            _ => return Err(IdProblem::Length),
        };
        if bytes.len() == 18 && check_character(&bytes[..17]) != bytes[17] {
            // Excel keeps fifteen digits and writes noughts for the rest.
            let lost = digits.ends_with("000");
            return Err(if lost { IdProblem::DigitsLost } else { IdProblem::Checksum });
        }
        let birth_on = birth.ok_or(IdProblem::Birth)?;
        Ok(Self { text: digits, birth_on })
    }

    /// Reads a number from a numeric cell. From sixteen digits on a spreadsheet has lost the last
    /// ones; the fifteen-digit form survives.
    ///
    /// # Errors
    /// [`IdProblem::DigitsLost`] for every number of 1e15 or more, otherwise as [`Self::parse`].
    pub fn from_number(number: f64, today: NaiveDate) -> Result<Self, IdProblem> {
        if number >= 1e15 {
            return Err(IdProblem::DigitsLost);
        }
        if !number.is_finite() || number < 0.0 || number.fract() != 0.0 {
            return Err(IdProblem::Characters);
        }
        Self::parse(&format!("{number:.0}"), today)
    }

    /// The number as kept: eighteen characters with capital X, or fifteen digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number in its form of eighteen characters.
    #[must_use]
    pub fn eighteen(&self) -> String {
        long_form(&self.text).into_owned()
    }

    /// The date of birth it states.
    #[must_use]
    pub fn birth_on(&self) -> NaiveDate {
        self.birth_on
    }

    /// The gender it states: the seventeenth (of fifteen: the last) digit is odd for men.
    #[must_use]
    pub fn gender(&self) -> Gender {
        let bytes = self.text.as_bytes();
        let digit = if bytes.len() == 18 { bytes[16] } else { bytes[14] };
        if digit % 2 == 1 { Gender::Male } else { Gender::Female }
    }

    /// The six digits of the area (GB/T 2260) where it was first issued.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.text[..6]
    }

    /// Says whether it is of a residence permit of Hong Kong, Macao or Taiwan people (港澳台居民居住证).
    #[must_use]
    pub fn is_resident_permit(&self) -> bool {
        matches!(&self.text[..2], "81" | "82" | "83")
    }

    /// The number for public eyes: the area, and an asterisk for each other character.
    #[must_use]
    pub fn masked(&self) -> String {
        mask(&self.text)
    }
}

impl std::fmt::Display for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl IdProblem {
    /// The problem code of the command-line contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Length => "id_length",
            Self::Characters => "id_characters",
            Self::Checksum => "id_checksum",
            Self::Birth => "id_birth",
            Self::DigitsLost => "id_digits_lost",
            Self::Masked => "id_masked",
        }
    }

    /// What is wrong, as a Chinese clause that never holds the number.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Length => "身份证号不是18位",
            Self::Characters => "身份证号里有数字和末位X以外的字符",
            Self::Checksum => "身份证号前后对不上，可能有一位写错",
            Self::Birth => "身份证号里的出生日期不存在或不合理",
            Self::DigitsLost => "身份证号末几位已丢失，请向发来的人再要一份号码完整的",
            Self::Masked => "身份证号遮住了几位，不能当号码存，请向发来的人要完整的",
        }
    }
}

/// Masks any text that stands where a citizen's number should: the first six characters stay.
#[must_use]
pub fn mask(number: &str) -> String {
    number.chars().enumerate().map(|(at, c)| if at < 6 { c } else { '*' }).collect()
}

/// The form of eighteen characters of a number as kept, by which the same person is known under the
/// number of fifteen digits too: 19 before the year, the check character behind.
#[must_use]
pub fn long_form(number: &str) -> Cow<'_, str> {
    if number.len() != 15 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Cow::Borrowed(number);
    }
    let mut long = format!("{}19{}", &number[..6], &number[6..]);
    long.push(char::from(check_character(long.as_bytes())));
    Cow::Owned(long)
}

/// The number of fifteen digits under which the same person may be known; none for those born after
/// 1999, who never had one.
#[must_use]
pub fn short_form(number: &str) -> Option<String> {
    let is_old = number.len() == 18 && number.is_ascii() && &number[6..8] == "19";
    is_old.then(|| format!("{}{}", &number[..6], &number[8..17]))
}

/// Computes the check character of the first seventeen digits (ISO 7064 MOD 11-2).
#[must_use]
pub fn check_character(seventeen: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = seventeen
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    b"10X98765432"[(sum % 11) as usize]
}

/// Strips what cannot belong to a number and proves that only digits and a final X are left.
fn normal(text: &str) -> Result<String, IdProblem> {
    let mut digits = String::with_capacity(18);
    for c in tidy(text).chars().map(half_width) {
        match c {
            '\'' | '‘' | '’' | '`' if digits.is_empty() => {}
            _ if c.is_whitespace() => {}
            _ if digits.len() > 64 => return Err(IdProblem::Length),
            _ => digits.push(c.to_ascii_uppercase()),
        }
    }
    if is_float_text(&digits) {
        return Err(IdProblem::DigitsLost);
    }
    if let Some(whole) = digits.strip_suffix(".0") {
        // The text of a number: harmless up to fifteen digits.
        if whole.len() > 15 {
            return Err(IdProblem::DigitsLost);
        }
        digits.truncate(digits.len() - 2);
    }
    // A number that lost a digit may still end in X: then its length is what is wrong.
    let body = digits.strip_suffix('X').filter(|_| digits.len() > 15).unwrap_or(&digits);
    if body.is_empty() {
        return Err(IdProblem::Length);
    }
    if body.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(digits);
    }
    Err(if is_covered_number(&digits) { IdProblem::Masked } else { IdProblem::Characters })
}

/// Says whether text is a number in scientific notation, such as "3.10101E+17".
fn is_float_text(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once('E') else { return false };
    let power = exponent.strip_prefix('+').unwrap_or(exponent);
    mantissa.starts_with(|c: char| c.is_ascii_digit())
        && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !power.is_empty()
        && power.bytes().all(|b| b.is_ascii_digit())
}

fn born(digits: &[u8], today: NaiveDate) -> Option<NaiveDate> {
    let day = NaiveDate::from_ymd_opt(
        i32::try_from(number(&digits[..4])).ok()?,
        number(&digits[4..6]),
        number(&digits[6..8]),
    )?;
    (age_on(day, today)? <= 130).then_some(day)
}

fn born15(digits: &[u8], today: NaiveDate) -> Option<NaiveDate> {
    let year = 1900 + i32::try_from(number(&digits[..2])).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(&digits[2..4]), number(&digits[4..6]))?;
    (day.year() <= today.year() && age_on(day, today)? <= 130).then_some(day)
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit.wrapping_sub(b'0')))
}
