//! Telephone numbers as they stand in cells: one or several, mobile or fixed.
//!
//! Kept is the bare number; who is reached there (儿子, 单位) belongs to a field of its own, so a cell
//! with such words is refused and shown, not cut.

use std::borrow::Cow;

use super::masked::is_covered_number;
use super::text::{half_width, tidy};

/// Why text is not one or several telephone numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneProblem {
    /// There is no digit.
    Empty,
    /// Words or signs stand between the digits.
    Characters,
    /// A number has too many or too few digits.
    Length,
    /// The first digits are no mobile or area prefix.
    Prefix,
    /// It is a service number such as 110 or 12345.
    Special,
    /// Somebody covered a part of it.
    Masked,
}

/// Reads one or several numbers, separated by 、/;，, blanks or line breaks.
///
/// # Errors
/// The problem of the first number that cannot be read.
pub fn parse(text: &str) -> Result<Vec<String>, PhoneProblem> {
    if is_mobile(text) {
        return Ok(vec![text.to_owned()]);
    }
    let text = folded(text);
    let mut numbers = Vec::new();
    for piece in text.split(['、', '/', '\\', ';', ',', '，', '；', '|', '\n', '或']) {
        let piece = piece.trim();
        if is_covered_number(piece) {
            return Err(PhoneProblem::Masked);
        }
        if !piece.is_empty() {
            read_piece(piece, &mut numbers)?;
        }
    }
    if numbers.is_empty() { Err(PhoneProblem::Empty) } else { Ok(numbers) }
}

/// Joins numbers into the canonical text of a cell.
#[must_use]
pub fn join(numbers: &[String]) -> String {
    numbers.join("、")
}

/// Masks every number of a canonical text: 138****1234, of fixed lines the last four digits.
#[must_use]
pub fn mask(text: &str) -> String {
    text.split('、').map(mask_one).collect::<Vec<_>>().join("、")
}

impl PhoneProblem {
    /// The problem code of the command-line contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Masked => "phone_masked",
            Self::Empty | Self::Characters | Self::Length | Self::Prefix | Self::Special => "phone_invalid",
        }
    }

    /// What is wrong, as a Chinese clause that never holds the number.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Empty => "没有电话号码",
            Self::Characters => "电话里夹有其他文字，请只留号码",
            Self::Length => "电话位数不对",
            Self::Prefix => "不是手机号段，也不是区号加座机",
            Self::Special => "这是服务号码，不是个人电话",
            Self::Masked => "电话遮住了几位，不能当号码存，请向发来的人要完整的",
        }
    }
}

/// Half width, without labels, apostrophes and the ".0" of a number kept as text.
fn folded(text: &str) -> String {
    let text: String = tidy(text).chars().map(half_width).collect();
    let mut text = text.trim_start_matches(['\'', '‘', '’', '`']);
    for label in ["联系电话", "手机号码", "手机号", "手机", "电话", "座机", "tel", "Tel", "TEL"]
    {
        text = text.strip_prefix(label).unwrap_or(text);
    }
    text.trim_start_matches([':', '：', '.', ' ']).trim_end_matches(['.', '。']).to_owned()
}

/// Reads a piece without hard separators: one number with blanks inside, or several by blanks.
fn read_piece(piece: &str, numbers: &mut Vec<String>) -> Result<(), PhoneProblem> {
    let found = match read_one(piece) {
        Ok(number) => vec![number],
        Err(problem) => several(piece).ok_or(problem)?,
    };
    for number in found {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    Ok(())
}

fn several(piece: &str) -> Option<Vec<String>> {
    let by_blanks: Option<Vec<_>> = piece.split_whitespace().map(|one| read_one(one).ok()).collect();
    by_blanks.filter(|numbers| numbers.len() > 1).or_else(|| {
        // Two mobiles written without anything between, or with the blanks inside them too.
        let digits: String = piece.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let halves = (digits.len() == 22).then(|| digits.split_at_checked(11)).flatten()?;
        (is_mobile(halves.0) && is_mobile(halves.1)).then(|| vec![halves.0.to_owned(), halves.1.to_owned()])
    })
}

fn read_one(piece: &str) -> Result<String, PhoneProblem> {
    let piece = piece.strip_suffix(".0").unwrap_or(piece);
    let (main, extension) = split_extension(piece);
    let mut digits = String::with_capacity(16);
    for c in main.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => {}
            ' ' | '-' | '(' | ')' | '（' | '）' | '.' | '—' | '–' | '－' | '_' => {}
            _ => return Err(PhoneProblem::Characters),
        }
        if digits.len() > 30 {
            return Err(PhoneProblem::Length);
        }
    }
    let abroad = main.trim_start().starts_with('+') && !digits.starts_with("86");
    if abroad {
        return if (8..=15).contains(&digits.len()) {
            Ok(format!("+{digits}"))
        } else {
            Err(PhoneProblem::Length)
        };
    }
    classify(&home(&digits), extension)
}

/// Drops the country code of a number at home, and gives a fixed line its leading nought back.
fn home(digits: &str) -> Cow<'_, str> {
    let bare =
        digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|_| digits.len() > 10));
    match bare {
        Some(bare) if is_mobile(bare) || bare.starts_with('0') => Cow::Borrowed(bare),
        Some(bare)
            if (10..=11).contains(&bare.len())
                && bare.starts_with(['2', '3', '4', '5', '6', '7', '8', '9']) =>
        {
            Cow::Owned(format!("0{bare}"))
        }
        _ => Cow::Borrowed(digits.strip_prefix('0').filter(|bare| is_mobile(bare)).unwrap_or(digits)),
    }
}

fn classify(digits: &str, extension: Option<&str>) -> Result<String, PhoneProblem> {
    let line = |number: String| match extension {
        Some(extension) => format!("{number}-{extension}"),
        None => number,
    };
    match digits.len() {
        0 => Err(PhoneProblem::Empty),
        1..=2 | 6 => Err(PhoneProblem::Length),
        3..=5 => Err(PhoneProblem::Special),
        7 | 8 if (b'2'..=b'8').contains(&digits.as_bytes()[0]) => Ok(line(digits.to_owned())),
        11 if is_mobile(digits) && extension.is_none() => Ok(digits.to_owned()),
        10 if digits.starts_with("400") || digits.starts_with("800") => Ok(line(digits.to_owned())),
        10..=12 if digits.starts_with('0') => fixed(digits).map(line),
        7 | 8 | 11 => Err(PhoneProblem::Prefix),
        _ => Err(PhoneProblem::Length),
    }
}

/// Sets the dash behind the area code: three digits for 010 and 02x, four for the others.
fn fixed(digits: &str) -> Result<String, PhoneProblem> {
    let short = digits.starts_with("010") || digits.starts_with("02");
    let (area, number) = digits.split_at_checked(if short { 3 } else { 4 }).ok_or(PhoneProblem::Length)?;
    if digits.as_bytes().get(1) == Some(&b'0') {
        return Err(PhoneProblem::Prefix);
    }
    match number.len() {
        7 | 8 if !number.starts_with(['0', '1', '9']) => Ok(format!("{area}-{number}")),
        7 | 8 => Err(PhoneProblem::Prefix),
        _ => Err(PhoneProblem::Length),
    }
}

/// Splits "65551234转801", "65551234-801" and "65551234*801" before the extension.
fn split_extension(piece: &str) -> (&str, Option<&str>) {
    for word in ["转分机", "分机", "转", "ext", "#", "*", "-"] {
        let split = if word == "-" { piece.rsplit_once(word) } else { piece.split_once(word) };
        let Some((main, extension)) = split else { continue };
        let extension = extension.trim_matches([' ', '.', ':', '-']);
        return if takes_extension(main, extension) { (main, Some(extension)) } else { (piece, None) };
    }
    (piece, None)
}

/// Says whether digits behind a number are its extension and not a part of it split off by a dash.
fn takes_extension(main: &str, extension: &str) -> bool {
    let digits = main.bytes().filter(u8::is_ascii_digit).count();
    let starts = |text: &str| main.trim_start_matches(['(', ' ', '（']).starts_with(text);
    let shortest = match digits {
        11 | 12 if starts("0") => 1,
        10 if starts("0") || starts("400") || starts("800") => 2,
        7 | 8 if !starts("0") && !starts("1") && !starts("400-") && !starts("800-") => 2,
        _ => return false,
    };
    (shortest..=6).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit())
}

fn is_mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11
        && bytes[0] == b'1'
        && (b'3'..=b'9').contains(&bytes[1])
        && bytes.iter().all(u8::is_ascii_digit)
}

fn mask_one(number: &str) -> String {
    let mut chars: Vec<char> = number.chars().collect();
    let (from, to) = hidden(number, chars.len());
    for c in chars.iter_mut().take(to).skip(from).filter(|c| **c != '-') {
        *c = '*';
    }
    chars.into_iter().collect()
}

/// Which characters of a number are hidden: the middle of a mobile, the end of any other.
fn hidden(number: &str, length: usize) -> (usize, usize) {
    if is_mobile(number) {
        return (3, 7);
    }
    let area = if number.starts_with('0') { number.find('-').map_or(0, |at| at + 1) } else { 0 };
    let main = number.get(area..).and_then(|rest| rest.find('-')).map_or(length, |at| area + at);
    (main.saturating_sub(4), length)
}
