//! Amounts in yuan (元) as decimal text. No floating point: an amount is what was written.

use super::number::is_plain_whole;
use super::text::{half_width, squeeze};

/// Reads an amount such as "1,234.50元", "￥300" or "1.2万元" into the canonical text: whole yuan, or
/// with exactly two decimals.
///
/// Amounts finer than a fen are not rounded but refused.
#[must_use]
pub fn parse(text: &str) -> Option<String> {
    if is_plain_whole(text) {
        return Some(text.to_owned());
    }
    if text.len() > 80 {
        return None;
    }
    let text: String = squeeze(text).chars().map(half_width).collect();
    let mut bare = text.trim_start_matches(['\'', '‘', '’']);
    for sign in ["人民币", "RMB", "rmb", "CNY", "￥", "¥"] {
        bare = bare.strip_prefix(sign).unwrap_or(bare);
    }
    let (negative, bare) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start_matches(['￥', '¥'])),
        None => (false, bare),
    };
    let (number, power) = unit(bare);
    let yuan = scaled(number, power)?;
    Some(if negative && yuan != "0" { format!("-{yuan}") } else { yuan })
}

/// Converts canonical text to whole fen (分), the unit in which sums are made.
#[must_use]
pub fn to_fen(canonical: &str) -> Option<i64> {
    let (negative, bare) = canonical.strip_prefix('-').map_or((false, canonical), |rest| (true, rest));
    let (whole, decimals) = bare.split_once('.').unwrap_or((bare, ""));
    let ok = !whole.is_empty()
        && decimals.len() <= 2
        && (whole.bytes().chain(decimals.bytes())).all(|b| b.is_ascii_digit());
    let fen: i64 = ok.then(|| format!("{whole}{decimals:0<2}"))?.parse().ok()?;
    Some(if negative { -fen } else { fen })
}

/// Writes whole fen (分) as canonical text.
#[must_use]
pub fn from_fen(fen: i64) -> String {
    let (sign, size) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    match size % 100 {
        0 => format!("{sign}{}", size / 100),
        rest => format!("{sign}{}.{rest:02}", size / 100),
    }
}

/// Prints canonical text in units of ten thousand yuan (万元), with as many decimals as it needs.
#[must_use]
pub fn in_ten_thousands(canonical: &str) -> Option<String> {
    let fen = to_fen(canonical)?;
    let (sign, size) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    let decimals = format!("{:06}", size % 1_000_000);
    let decimals = decimals.trim_end_matches('0');
    let dot = if decimals.is_empty() { "" } else { "." };
    Some(format!("{sign}{}{dot}{decimals}", size / 1_000_000))
}

/// Splits the unit off and says by which power of ten it multiplies.
fn unit(text: &str) -> (&str, usize) {
    let mut bare = text;
    for tail in ["整", "正", "/月", "/年", "/次", "/人", "每月", "人民币", "RMB", "圆", "元", "块"]
    {
        bare = bare.strip_suffix(tail).unwrap_or(bare);
    }
    for (word, power) in [("百万", 6), ("亿", 8), ("万", 4), ("千", 3), ("百", 2), ("w", 4), ("W", 4)] {
        if let Some(number) = bare.strip_suffix(word) {
            return (number, power);
        }
    }
    (bare, 0)
}

/// Moves the decimal point right and writes the canonical text.
fn scaled(number: &str, power: usize) -> Option<String> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole = without_commas(whole)?;
    if (whole.is_empty() && decimals.is_empty()) || whole.len() > 15 || decimals.len() > 15 {
        return None;
    }
    if !whole.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{decimals:0<width$}", width = power.max(decimals.len()));
    let (moved, rest) = padded.split_at_checked(power)?;
    let digits = format!("{whole}{moved}");
    let rest = rest.trim_end_matches('0');
    let whole = digits.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if whole.len() > 15 {
        return None;
    }
    match rest.len() {
        0 => Some(whole.to_owned()),
        1 | 2 => Some(format!("{whole}.{rest:0<2}")),
        _ => None,
    }
}

/// Drops commas that part groups of three; any other comma makes the amount unreadable.
fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split([',', '，']);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        grouped = true;
        digits.push_str(group);
    }
    (!grouped || (1..=3).contains(&first.len())).then_some(digits)
}
