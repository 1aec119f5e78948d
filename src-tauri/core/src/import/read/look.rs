//! How a number is shown, where that changes what it says: months, fixed decimals, leading zeros.
//!
//! A date shown as `2026年11月` is known to the month only, a number shown as `2025.10` is no
//! `2025.1`, and a code shown as `0012` is no `12`.

use calamine::{DataRef, Style};
use chrono::Datelike;

/// A way of showing numbers that must not be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing that matters.
    Plain,
    /// Year and month of a date.
    Month,
    /// So many decimals.
    Decimals(usize),
    /// At least so many digits.
    Digits(usize),
}

/// Formats that every program knows by number and that show year and month only.
const MONTHS: &[u32] = &[17, 27, 36, 50, 52, 57];

/// The look that a style gives.
pub(super) fn of(style: &Style) -> Look {
    let Some(format) = &style.number_format else { return Look::Plain };
    if format.format_id.is_some_and(|id| MONTHS.contains(&id)) {
        return Look::Month;
    }
    of_code(&format.format_code)
}

fn of_code(code: &str) -> Look {
    let first = code.split(';').next().unwrap_or_default();
    let bare = without_literals(first);
    let zeros = bare.chars().take_while(|&c| c == '0').count();
    if zeros == bare.len() && zeros > 1 {
        return Look::Digits(zeros);
    }
    if let Some(decimals) = bare.strip_prefix("0.") {
        let is_fixed = !decimals.is_empty() && decimals.chars().all(|c| c == '0');
        return if is_fixed { Look::Decimals(decimals.len()) } else { Look::Plain };
    }
    let lower = bare.to_ascii_lowercase();
    let has = |letter: char| lower.contains(letter);
    let is_month =
        (has('y') || has('e')) && has('m') && !has('d') && !has('h') && !has('s') && !has('0') && !has('#');
    if is_month { Look::Month } else { Look::Plain }
}

/// A format code without quoted words, brackets, escapes and padding.
fn without_literals(code: &str) -> String {
    let mut bare = String::new();
    let mut letters = code.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => while letters.next().is_some_and(|c| c != '"') {},
            '[' => while letters.next().is_some_and(|c| c != ']') {},
            '\\' | '_' | '*' => {
                letters.next();
            }
            '@' | ' ' => {}
            _ => bare.push(c),
        }
    }
    bare
}

impl Look {
    /// The value as text where the plain value would say something else.
    pub(super) fn text(self, value: &DataRef<'_>) -> Option<String> {
        match (self, value) {
            (Self::Month, DataRef::DateTime(moment)) if !moment.is_duration() && moment.as_f64() >= 1.0 => {
                let date = moment.as_datetime()?.date();
                Some(format!("{}-{:02}", date.year(), date.month()))
            }
            // Only a year with a month behind the point is read differently with its noughts.
            (Self::Decimals(decimals), DataRef::Float(number)) if (1900.0..2100.0).contains(number) => {
                Some(format!("{number:.decimals$}"))
                    .filter(|text| text.ends_with('0') && number.fract() != 0.0)
            }
            (Self::Digits(digits), DataRef::Float(number))
                if number.fract() == 0.0 && (0.0..1e15).contains(number) =>
            {
                Some(format!("{number:0digits$.0}"))
            }
            (Self::Digits(digits), DataRef::Int(number)) if *number >= 0 => {
                Some(format!("{number:0digits$}"))
            }
            _ => None,
        }
    }
}
