//! The unified social credit code (统一社会信用代码), GB 32100-2015.

use super::text::{half_width, tidy};

/// Why text is not a unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CreditProblem {
    /// It has not eighteen characters.
    Length,
    /// It holds a character outside the alphabet (I, O, S, V and Z are not used).
    Characters,
    /// Its check character does not fit the other seventeen.
    Checksum,
    /// A spreadsheet kept it as a number and lost its last digits.
    DigitsLost,
}

/// Reads a code into its canonical text of eighteen capital characters.
///
/// # Errors
/// The first thing that is wrong with it; nothing is repaired.
pub fn parse(text: &str) -> Result<String, CreditProblem> {
    if text.len() > 200 {
        return Err(CreditProblem::Length);
    }
    let code: String = tidy(text)
        .chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '‘' | '’' | '-'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if code.contains("E+") {
        return Err(CreditProblem::DigitsLost);
    }
    if code.chars().any(|c| position(c).is_none()) {
        return Err(CreditProblem::Characters);
    }
    if code.len() != 18 {
        return Err(CreditProblem::Length);
    }
    match code.split_at_checked(17) {
        Some((body, check)) if check_character(body).is_some_and(|right| check.starts_with(right)) => {
            Ok(code)
        }
        _ => Err(CreditProblem::Checksum),
    }
}

/// Masks a code: the first eight characters stay.
#[must_use]
pub fn mask(code: &str) -> String {
    code.chars().enumerate().map(|(at, c)| if at < 8 { c } else { '*' }).collect()
}

impl CreditProblem {
    /// What is wrong, as a Chinese clause that never holds the code.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Length => "统一社会信用代码不是18位",
            Self::Characters => "统一社会信用代码里有不用的字符（不含I、O、S、V、Z）",
            Self::Checksum => "统一社会信用代码前后对不上，可能有一位写错",
            Self::DigitsLost => "统一社会信用代码末几位已丢失，请向发来的人再要一份号码完整的",
        }
    }
}

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Computes the check character of seventeen: weights are the powers of 3 modulo 31.
#[must_use]
pub fn check_character(seventeen: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    for c in seventeen.chars() {
        sum += position(c)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

fn position(c: char) -> Option<usize> {
    ALPHABET.find(c)
}
