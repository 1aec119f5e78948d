//! Lines around a table that ask for the office's own particulars: 填报单位：____  填表人：____.

use super::super::words::{FormWords, Own};
use crate::import::shape::Shape;
use crate::import::shape::words::tidy;
use crate::import::sheet::{Cell, Sheet};

/// A blank on a line: characters `from` to `to` of the cell's text are to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAt {
    /// Row, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// The label, tidied.
    pub label: String,
    /// What the office writes there.
    pub own: Own,
    /// First character replaced.
    pub from: usize,
    /// Character behind the last one replaced.
    pub to: usize,
    /// The blank is `年 月 日`.
    pub is_day: bool,
}

/// The blanks of the rows outside of heading and slots; `last` is the last slot.
pub(super) fn around(sheet: &Sheet, shape: &Shape, last: u32) -> Vec<LineAt> {
    let top = shape.header_rows.map_or(u32::MAX, |(first, _)| first);
    let mut lines = Vec::new();
    for &row in sheet.used_rows() {
        let number = row + 1;
        let is_around = number < top || (number > last && last > 0);
        if !is_around || shape.total_rows.contains(&number) {
            continue;
        }
        for (column, cell) in sheet.row(row) {
            let Cell::Text(text) = cell else { continue };
            for blank in blanks(text, number < top) {
                lines.push(LineAt { row: number, column, ..blank });
            }
        }
    }
    lines
}

/// The blanks of one text that the office fills. Row and column are left open.
fn blanks(text: &str, is_above: bool) -> Vec<LineAt> {
    let chars: Vec<char> = text.chars().collect();
    let words = FormWords::shipped();
    let mut found = Vec::new();
    let blank =
        |label: String, own, from, to, is_day| LineAt { row: 0, column: 0, label, own, from, to, is_day };
    if is_above && tidy(text) == "年月日" {
        return vec![blank("日期".to_owned(), Own::Day, 0, chars.len(), true)];
    }
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| matches!(c, '：' | ':')) {
        let Some(label) = label_before(&chars[..at], words) else { continue };
        let Some(own) = words.own(&label) else { continue };
        let from = at + 1;
        let run = chars[from..].iter().take_while(|c| is_room(**c)).count();
        let to = from + run;
        let rest = &chars[to..];
        if own == Own::Day
            && let Some(length) = day_pattern(rest)
        {
            found.push(blank(label, own, from, to + length, true));
        } else if is_end(rest) {
            found.push(blank(label, own, from, to, false));
        }
    }
    found
}

const fn is_room(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '＿')
}

/// The known label that ends here: what stands since the last room, or with the words before it.
fn label_before(chars: &[char], words: &FormWords) -> Option<String> {
    let start = chars
        .iter()
        .rposition(|c| is_room(*c) || matches!(c, '：' | ':' | '；' | ';' | '，'))
        .map_or(0, |at| at + 1);
    let near = tidy(&chars[start..].iter().collect::<String>());
    if words.own(&near).is_some() || words.is_signed(&near) {
        return Some(near);
    }
    // Letter-spaced labels: 填 报 单 位.
    let all = tidy(&chars.iter().collect::<String>());
    words.own(&all).is_some().then_some(all)
}

/// How many characters `年 月 日` takes, perhaps with the year given.
fn day_pattern(rest: &[char]) -> Option<usize> {
    let end = rest.iter().position(|c| *c == '日')?;
    let plain: String = rest[..=end].iter().filter(|c| !is_room(**c)).collect();
    let bare = plain.trim_start_matches(|c: char| c.is_ascii_digit());
    (bare == "年月日" && plain.len() - bare.len() <= 4).then_some(end + 1)
}

/// Whether a blank ends here: at the end, before a seal in brackets, or before the next label.
fn is_end(rest: &[char]) -> bool {
    let Some(first) = rest.first() else { return true };
    if matches!(first, '(' | '（') {
        return true;
    }
    let next: Vec<char> = rest.iter().copied().take_while(|c| !is_room(*c)).collect();
    next.iter().position(|c| matches!(c, '：' | ':')).is_some_and(|at| at <= 14)
}

/// The text of a blank once it is filled: as wide as before where room was left for it.
#[must_use]
pub fn spread(value: &str, from: usize, to: usize, text: &str) -> String {
    let room: Vec<char> = text.chars().skip(from).take(to - from).collect();
    if room.is_empty() || room.iter().any(|c| !c.is_whitespace()) || to == text.chars().count() {
        return value.to_owned();
    }
    let width = |c: char| if c.is_ascii() { 1 } else { 2 };
    let wide: usize = room.iter().map(|c| width(*c)).sum();
    let taken: usize = value.chars().map(width).sum();
    format!("{value}{}", " ".repeat(wide.saturating_sub(taken).max(2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(String, String)> {
        let chars: Vec<char> = text.chars().collect();
        let found = blanks(text, true).into_iter();
        found.map(|line| (line.label, chars[line.from..line.to].iter().collect())).collect()
    }

    fn pair(label: &str, room: &str) -> (String, String) {
        (label.to_owned(), room.to_owned())
    }

    #[test]
    fn blanks_behind_known_labels_are_found() {
        assert_eq!(
            seen("填报单位（盖章）：            填表人：______   联系电话："),
            [pair("填报单位(盖章)", "            "), pair("填表人", "______   "), pair("联系电话", "")]
        );
        assert_eq!(seen("填 报 单 位："), [pair("填报单位", "")]);
        assert_eq!(seen("填报日期：    年  月  日"), [pair("填报日期", "    年  月  日")]);
        assert_eq!(seen("填报单位：（盖章）"), [pair("填报单位", "")]);
        assert_eq!(seen("  年   月   日"), [pair("日期", "  年   月   日")]);
    }

    #[test]
    fn what_is_filled_signed_or_unknown_is_left_alone() {
        assert!(seen("填报单位：临江街道   ").is_empty());
        assert!(seen("负责人签字：        ").is_empty());
        assert!(seen("注：请于25日前报送").is_empty());
        assert!(seen("填报要求：        ").is_empty());
    }

    #[test]
    fn a_blank_keeps_its_width() {
        let text = "填报单位：            填表人：";
        assert_eq!(spread("梅园", 5, 17, text), "梅园        ");
        assert_eq!(spread("梅园居民区居民委员会", 5, 17, text), "梅园居民区居民委员会  ");
        assert_eq!(spread("梅园", 5, 5, "填报单位："), "梅园");
    }
}
