//! Values that somebody covered before handing the sheet on: 990102********1234, 160****5678, 柏*安,
//! 柏某. Such text is no value and never kept; what it still shows may tell whom a row means.
//!
//! How this program covers values itself is said by each kind of value ([`super::id_number`],
//! [`super::phone`], [`super::name`]).

use super::text::{half_width, squeeze};

/// Digits a covered number must still show so that it can tell anybody.
const SHOWN_AT_LEAST: usize = 4;

/// Whether text is a number of persons or telephones with covered digits in it.
#[must_use]
pub fn is_covered_number(text: &str) -> bool {
    let (mut shown, mut covered, mut length) = (0usize, 0usize, 0usize);
    for c in text.chars().map(half_width).filter(|c| !c.is_whitespace() && *c != '-') {
        length += 1;
        if c.is_ascii_digit() {
            shown += 1;
        } else if is_cover(c) || matches!(c, 'x' | 'X') {
            covered += 1;
        } else {
            return false;
        }
    }
    // A number that ends in X is covered by nothing.
    (7..=20).contains(&length) && covered >= 2 && shown >= SHOWN_AT_LEAST
}

/// Whether text is a name with a covered character: 柏*安, 柏某, 柏某某, 柏XX.
#[must_use]
pub fn is_covered_name(name: &str) -> bool {
    let name = squeeze(name);
    let mut letters = name.chars().filter(char::is_ascii_alphabetic).peekable();
    let is_crossed = letters.peek().is_some()
        && letters.all(|c| matches!(c, 'x' | 'X'))
        && name.chars().next().is_some_and(|c| !c.is_ascii());
    name.chars().any(is_cover) || name.chars().skip(1).any(|c| c == '某') || is_crossed
}

/// Whether a whole number may be the one that was covered: what is shown before and after agrees.
#[must_use]
pub fn may_be(covered: &str, whole: &str) -> bool {
    let covered: String = covered
        .chars()
        .map(half_width)
        .filter(|c| c.is_ascii_digit() || is_cover(*c) || c.is_ascii_alphabetic())
        .collect();
    let is_shown = |c: char| c.is_ascii_digit();
    let Some(start) = covered.find(|c| !is_shown(c)) else { return false };
    // The check character X stands alone at the end, behind digits.
    let ends_in_x =
        covered.ends_with(['x', 'X']) && covered.chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit());
    let body = if ends_in_x { &covered[..covered.len() - 1] } else { covered.as_str() };
    let Some((last, cover)) = body.char_indices().rev().find(|(_, c)| !is_shown(*c)) else { return false };
    let (before, after) = (&covered[..start], covered[last + cover.len_utf8()..].to_ascii_uppercase());
    before.len() + after.len() >= SHOWN_AT_LEAST
        && before.len() + after.len() <= whole.len()
        && whole.starts_with(before)
        && whole.ends_with(&after)
}

/// Whether a whole name may be the one that was covered: surname and what else is shown agree.
#[must_use]
pub fn may_be_called(covered: &str, whole: &str) -> bool {
    let (covered, whole) = (squeeze(covered), squeeze(whole));
    let is_open = |c: char| !is_cover(c) && !matches!(c, '某' | 'x' | 'X');
    let first = |name: &str| name.chars().next();
    if first(&covered).is_some_and(is_open) && first(&covered) != first(&whole) {
        return false;
    }
    // 柏某 stands for a given name of any length, 柏*安 for one of the same length.
    covered.contains('某')
        || covered.chars().count() != whole.chars().count()
        || covered.chars().zip(whole.chars()).all(|(shown, known)| !is_open(shown) || shown == known)
}

/// A character that is written instead of another one to cover it.
const fn is_cover(c: char) -> bool {
    matches!(c, '*' | '×' | '※' | '●' | '○' | '■' | '□' | '◯' | '＊')
}
