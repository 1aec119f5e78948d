//! Counts and measures: whole and decimal numbers with a unit behind them (3人, 80.5㎡).
//!
//! The unit is dropped, for it stands in the heading; what else stands beside the number (约, 以上)
//! makes it no number.

use super::text::{half_width, squeeze};

/// Reads a whole number.
#[must_use]
pub fn integer(text: &str) -> Option<i64> {
    let number = decimal(text)?;
    number.parse().ok()
}

/// Reads a number into canonical decimal text: no needless noughts, no plus sign ("80.5", "-3").
#[must_use]
pub fn decimal(text: &str) -> Option<String> {
    if is_plain_whole(text) {
        return Some(text.to_owned());
    }
    if text.len() > 80 {
        return None;
    }
    let text: String = squeeze(text).chars().map(half_width).collect();
    let text = text.trim_start_matches(['\'', '‘', '’']);
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    if !is_unit(unit) {
        return None;
    }
    let canonical = canonical(number)?;
    Some(if negative && canonical != "0" { format!("-{canonical}") } else { canonical })
}

/// Says whether text is a whole number in canonical form, as most cells of numbers are.
#[must_use]
pub fn is_plain_whole(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..=15).contains(&bytes.len())
        && (bytes[0] != b'0' || bytes.len() == 1)
        && bytes.iter().all(u8::is_ascii_digit)
}

const UNITS: [&str; 58] = [
    "",
    "人",
    "个",
    "户",
    "名",
    "位",
    "口",
    "次",
    "岁",
    "周岁",
    "元",
    "小时",
    "时",
    "分",
    "分钟",
    "天",
    "日",
    "月",
    "个月",
    "年",
    "届",
    "㎡",
    "平方米",
    "平方",
    "平米",
    "平",
    "m2",
    "m²",
    "米",
    "m",
    "公里",
    "公斤",
    "千克",
    "kg",
    "斤",
    "%",
    "只",
    "条",
    "件",
    "套",
    "台",
    "间",
    "室",
    "幢",
    "栋",
    "层",
    "号",
    "家",
    "张",
    "本",
    "份",
    "袋",
    "箱",
    "桶",
    "瓶",
    "h",
    "cm",
    "厘米",
];

fn is_unit(unit: &str) -> bool {
    UNITS.contains(&unit.trim_start_matches('.').to_ascii_lowercase().as_str())
}

fn canonical(number: &str) -> Option<String> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits: String = whole.chars().filter(|c| *c != ',').collect();
    let grouped = whole.split(',').skip(1).all(|group| group.len() == 3);
    let all_digits = digits.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit());
    if digits.is_empty() || !grouped || !all_digits || digits.len() > 18 || decimals.len() > 18 {
        return None;
    }
    let whole = digits.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let decimals = decimals.trim_end_matches('0');
    Some(if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") })
}
