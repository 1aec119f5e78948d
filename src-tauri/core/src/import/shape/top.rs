//! The title of a table and its meta lines, above the heading and below the data.

use super::frame::Frame;
use super::words;
use crate::import::sheet::Cell;

/// The title: the first text standing alone above the heading that is no meta line, preferring
/// one that ends like a title over the name of an enclosure.
pub(super) fn title(frame: &Frame<'_>, above: &[u32]) -> Option<String> {
    let mut candidates: Vec<(u8, String)> = Vec::new();
    for &row in above {
        for word in frame.words(row).iter().filter(|word| !word.is_from_above) {
            let Cell::Text(text) = word.cell else { continue };
            let tidied = words::tidy(text);
            if words::is_enclosure(&tidied) || words::is_meta(text) || words::is_note(&tidied) {
                continue;
            }
            let length = tidied.chars().count();
            if words::is_enumerated(&tidied) || tidied.ends_with('。') || words::is_explanation(&tidied) {
                continue;
            }
            let rank = match () {
                () if words::is_title(&tidied) && (4..=60).contains(&length) => 3,
                () if frame.width() == 1 => continue,
                () if word.width * 2 >= frame.width() && (4..=60).contains(&length) => 2,
                () => 1,
            };
            candidates.push((rank, one_line(text)));
        }
    }
    let best = candidates.iter().map(|(rank, _)| *rank).max()?;
    candidates.into_iter().find(|(rank, _)| *rank == best).map(|(_, text)| text)
}

fn one_line(text: &str) -> String {
    let is_spread = text.split_whitespace().all(|piece| piece.chars().count() == 1);
    text.split_whitespace().collect::<Vec<_>>().join(if is_spread { "" } else { " " })
}

/// Labels and values of the given rows, such as 填报单位 and 填报日期; lines nobody filled in are
/// left out.
pub(super) fn meta(frame: &Frame<'_>, rows: impl Iterator<Item = u32>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for row in rows {
        let line = frame.words(row);
        let mut at = 0;
        while let Some(word) = line.get(at) {
            at += 1;
            if word.is_from_above {
                continue;
            }
            let shown = word.cell.shown();
            let tidied = words::tidy(&shown);
            // Points of an explanation have colons too, but no value of the form.
            if words::is_enumerated(&tidied) || words::is_explanation(&tidied) && !has_several(&shown) {
                continue;
            }
            let mut pairs = words::pairs(&shown);
            // A label may have its value in the next cell.
            if let Some((_, value)) = pairs.last_mut() {
                let next = line.get(at).filter(|next| {
                    let shown = next.cell.shown();
                    !shown.contains(words::COLONS) && !is_of_its_own(&words::tidy(&shown))
                });
                if let (true, Some(next)) = (value.is_empty(), next) {
                    next.cell.shown().trim().clone_into(value);
                    at += 1;
                }
            }
            for (label, value) in pairs {
                if !found.iter().any(|(known, _)| *known == label) && !is_unfilled(&value) {
                    found.push((label, value));
                }
            }
        }
    }
    found
}

/// Whether a line has several labels, as a line over a table has and a sentence has not.
fn has_several(line: &str) -> bool {
    words::pairs(line).len() > 1
}

/// A cell that says by itself what it is, such as 截止2025年9月30日.
fn is_of_its_own(tidied: &str) -> bool {
    ["截止", "截至", "数据截", "注", "说明", "第"].iter().any(|start| tidied.starts_with(start))
}

/// A line to fill in that nobody filled in: nothing, strokes, or 年 月 日 without digits.
fn is_unfilled(value: &str) -> bool {
    value.chars().all(|c| c.is_whitespace() || "_＿-—年月日（）()盖章公".contains(c))
}

/// The title among lines that stand above a table outside of it, and their labels and values.
pub(super) fn of_lines(lines: &[String]) -> (Option<String>, Vec<(String, String)>) {
    let is_plain = |line: &&String| {
        let tidied = words::tidy(line);
        !words::is_enclosure(&tidied) && !words::is_meta(line) && !words::is_note(&tidied)
    };
    let length = |line: &String| words::tidy(line).chars().count();
    let mut plain = lines.iter().rev().filter(is_plain).filter(|line| (4..=60).contains(&length(line)));
    let title = plain.clone().find(|line| words::is_title(&words::tidy(line))).or_else(|| plain.next());
    let pairs = lines.iter().filter(|line| words::is_meta(line)).flat_map(|line| words::pairs(line));
    (title.map(|line| one_line(line)), pairs.filter(|(_, value)| !is_unfilled(value)).collect())
}
