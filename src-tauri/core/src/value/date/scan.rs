//! The scanner behind [`super::parse`]: from messy text to numbers and the marks between them.

use chrono::{Datelike, NaiveDate};

use super::{PartialDate, YEARS};
use crate::value::text::{half_width, tidy};

/// A number of the text, how many digits it was written with, and the mark behind it.
#[derive(Debug, Clone, Copy)]
struct Part {
    value: u32,
    digits: usize,
    mark: Mark,
}

/// What stands behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Year,
    Month,
    Day,
    Dot,
    Dash,
    Slash,
    Blank,
    End,
}

/// Reads a date, first as a whole, then without what looks like a time behind it.
pub(super) fn date(text: &str, today: NaiveDate) -> Option<PartialDate> {
    if text.len() > 120 {
        return None;
    }
    let text = tidy(text);
    let text = text.trim_start_matches(['\'', '‘', '’', '`', '“', '"']).trim_end_matches(['"', '”']);
    whole(text, today).or_else(|| {
        let cuts =
            text.char_indices().filter(|(_, c)| matches!(c, ' ' | '\n' | 'T' | '(' | '（' | '日' | '号'));
        cuts.map(|(at, c)| if matches!(c, '日' | '号') { at + c.len_utf8() } else { at })
            .filter(|at| is_time(&text[*at..]))
            .find_map(|at| whole(&text[..at], today))
    })
}

/// Says whether what follows a date is only a time of day, a weekday or an offset.
fn is_time(rest: &str) -> bool {
    const WORDS: [&str; 12] =
        ["上午", "下午", "中午", "晚上", "早上", "凌晨", "星期", "礼拜", "周", "时", "点", ":"];
    let signs = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || ":.+-TZAPMapm()（）：时分秒点整半上下午中晚早凌晨星期礼拜周一二三四五六日天".contains(c)
    };
    rest.chars().all(signs) && (WORDS.iter().any(|word| rest.contains(word)) || rest.contains('：'))
}

fn whole(text: &str, today: NaiveDate) -> Option<PartialDate> {
    let (parts, count) = parts(text)?;
    match (parts, count) {
        ([one, ..], 1) => single(one),
        ([year, month, _], 2) => two(year, month, today),
        ([year, month, day], 3) => three(year, month, day, today),
        _ => None,
    }
}

fn single(part: Part) -> Option<PartialDate> {
    let value = part.value;
    match (part.digits, part.mark) {
        (4, Mark::Year | Mark::End) => Some(PartialDate::Year(year_in_range(value)?)),
        (6, Mark::End) => PartialDate::month(year_in_range(value / 100)?, value % 100),
        (8, Mark::End) => PartialDate::day(year_in_range(value / 10_000)?, value / 100 % 100, value % 100),
        _ => None,
    }
}

fn two(first: Part, second: Part, today: NaiveDate) -> Option<PartialDate> {
    let ends_well = matches!(second.mark, Mark::End | Mark::Month);
    if !ends_well || second.digits > 2 || first.mark == Mark::Blank {
        return None;
    }
    let year = match first.digits {
        4 if matches!(first.mark, Mark::Year | Mark::Dot | Mark::Dash | Mark::Slash) => {
            year_in_range(first.value)?
        }
        // "85年3月"; "85.3" could be a measure.
        2 if first.mark == Mark::Year => century(first.value, second.value, 1, today)?,
        _ => return None,
    };
    PartialDate::month(year, second.value)
}

fn three(a: Part, b: Part, c: Part, today: NaiveDate) -> Option<PartialDate> {
    // A full stop after the last number is a slip of the finger.
    let ends_well = matches!(c.mark, Mark::End | Mark::Day) || (c.mark == Mark::Dot && a.mark == Mark::Dot);
    let same = a.mark == b.mark || (b.mark == Mark::Month && is_separator(a.mark));
    let named = a.mark == Mark::Year && b.mark == Mark::Month;
    if !ends_well || b.digits > 2 {
        return None;
    }
    if (named || (same && is_separator(a.mark))) && c.digits <= 2 {
        let year = match a.digits {
            4 => year_in_range(a.value)?,
            2 if named || a.mark == Mark::Dot => century(a.value, b.value, c.value, today)?,
            // With dashes and slashes the year may stand last; above 31 it can only be a year.
            2 if a.value > 31 => century(a.value, b.value, c.value, today)?,
            _ => return None,
        };
        return PartialDate::day(year, b.value, c.value);
    }
    let foreign = same && is_separator(a.mark) && a.digits <= 2 && c.digits == 4;
    if foreign { year_last(a.value, b.value, year_in_range(c.value)?) } else { None }
}

/// Reads 25/3/2026 and 3/25/2026; where both numbers may be the month nothing is guessed.
fn year_last(a: u32, b: u32, year: i32) -> Option<PartialDate> {
    match (a > 12, b > 12) {
        (true, false) => PartialDate::day(year, b, a),
        (false, true) => PartialDate::day(year, a, b),
        (false, false) if a == b => PartialDate::day(year, a, b),
        _ => None,
    }
}

/// Finds the one century that a two-digit year can mean: this one when the day is behind us, the
/// last one when this one would lie more than ten years ahead.
fn century(two_digits: u32, month: u32, day: u32, today: NaiveDate) -> Option<i32> {
    let short = i32::try_from(two_digits).ok()?;
    let here = today.year() / 100 * 100 + short;
    let behind = (here, month, day) <= (today.year(), today.month(), today.day());
    match behind {
        true => Some(here),
        false if here > today.year() + 10 => Some(here - 100),
        false => None,
    }
}

fn year_in_range(value: u32) -> Option<i32> {
    i32::try_from(value).ok().filter(|year| YEARS.contains(year))
}

fn is_separator(mark: Mark) -> bool {
    matches!(mark, Mark::Dot | Mark::Dash | Mark::Slash | Mark::Blank)
}

/// Splits text into at most three numbers with their marks; none when anything else is in it.
fn parts(text: &str) -> Option<([Part; 3], usize)> {
    let mut found = [Part { value: 0, digits: 0, mark: Mark::End }; 3];
    let mut count = 0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (value, digits, after) = number(rest)?;
        let (mark, after) = mark(after)?;
        *found.get_mut(count)? = Part { value, digits, mark };
        count += 1;
        rest = after;
    }
    Some((found, count))
}

/// Takes one mark off the front, with the blanks around it.
fn mark(text: &str) -> Option<(Mark, &str)> {
    let bare = text.trim_start();
    let Some(c) = bare.chars().next() else { return Some((Mark::End, "")) };
    let mark = match half_width(c) {
        '年' => Mark::Year,
        '月' => Mark::Month,
        '日' | '号' => Mark::Day,
        '.' | '。' | '·' | '．' | '•' => Mark::Dot,
        '-' | '–' | '—' | '‐' | '‑' | '−' | '―' | '─' => Mark::Dash,
        '/' | '\\' => Mark::Slash,
        _ if bare.len() < text.len() => return Some((Mark::Blank, bare)),
        _ => return None,
    };
    Some((mark, bare[c.len_utf8()..].trim_start()))
}

/// Takes one number off the front, Arabic or Chinese.
fn number(text: &str) -> Option<(u32, usize, &str)> {
    let end = text.find(|c: char| !half_width(c).is_ascii_digit()).unwrap_or(text.len());
    if end > 0 {
        let digits = text[..end].chars().count();
        if digits > 8 {
            return None;
        }
        let value =
            text[..end].chars().filter_map(|c| half_width(c).to_digit(10)).fold(0, |sum, d| sum * 10 + d);
        return Some((value, digits, &text[end..]));
    }
    if let Some(rest) = text.strip_prefix('元').filter(|rest| rest.trim_start().starts_with('月')) {
        return Some((1, 1, rest));
    }
    let end = text.find(|c: char| !is_chinese_numeral(c)).unwrap_or(text.len());
    let (value, digits) = chinese_number(&text[..end])?;
    Some((value, digits, &text[end..]))
}

fn is_chinese_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || matches!(c, '十' | '廿' | '卅')
}

fn chinese_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|digit| digit == c)
        .or(match c {
            '零' | '○' | '◯' | 'Ｏ' | 'O' => Some(0),
            '两' => Some(2),
            _ => None,
        })
        .and_then(|digit| u32::try_from(digit).ok())
}

/// Reads 二〇二六 digit by digit and 十二, 二十, 三十一, 廿三 by place.
fn chinese_number(text: &str) -> Option<(u32, usize)> {
    let length = text.chars().count();
    let Some(at) = text.find(['十', '廿', '卅']) else {
        let digits = text.chars().filter_map(chinese_digit).fold(0, |sum, digit| sum * 10 + digit);
        return (1..=8).contains(&length).then_some((digits, length));
    };
    let ten = text[at..].chars().next()?;
    let before = &text[..at];
    let tens = match (ten, before) {
        ('十', "") => 1,
        ('十', digit) if digit.chars().count() == 1 => chinese_digit(digit.chars().next()?)?,
        ('廿', "") => 2,
        ('卅', "") => 3,
        _ => return None,
    };
    let after = &text[at + ten.len_utf8()..];
    let ones = match after.chars().count() {
        0 => 0,
        1 => chinese_digit(after.chars().next()?)?,
        _ => return None,
    };
    // Counted as a written number of two digits, so that it can be a month or a day.
    Some((tens * 10 + ones, 2))
}
