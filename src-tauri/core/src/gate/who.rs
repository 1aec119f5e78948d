//! Which departments ask: by signature, by the head of the notice, or by a name that asks in a
//! sentence. Departments that are merely helped, copied or met do not count. Pure.

use super::terms::Terms;
use super::text::{Sentence, Text};

/// Words before a name that say it does not ask.
const ASIDE: [&str; 22] = [
    "会同", "配合", "抄送", "联系", "联合", "协助", "报至", "报送", "报给", "上报", "交至", "交到", "送至", "向", "由", "请",
    "到", "在", "转交", "经", "发至", "发送",
];
/// Words behind a name that say it asks.
const ASKS: [&str; 24] = [
    "要求", "请", "通知", "要", "需", "需要", "发来", "也要", "布置", "来电", "安排", "定于", "拟", "将", "决定", "统一", "提醒",
    "转", "下发", "发", "让", "催", "组织", "开展",
];
/// Sentences at the end that may hold a signature.
const TAIL: usize = 4;
/// Characters of a sentence that is nothing but a signature.
const SHORT: usize = 26;

/// A department named in a notice.
struct Named {
    name: String,
    rank: u8,
    at: usize,
}

/// The departments that ask, the surest first.
pub(super) fn departments(text: &Text, terms: &Terms) -> Vec<String> {
    let last = text.len();
    let mut named: Vec<Named> = Vec::new();
    for sentence in text.sentences() {
        for (at, end, name) in mentions(&sentence, terms) {
            let rank = rank(&sentence, at, end, last);
            named.push(Named { name, rank, at: sentence.start + at });
        }
    }
    named.sort_by_key(|one| (one.rank, one.at));
    let best = named.first().map(|one| one.rank);
    let mut names: Vec<String> = Vec::new();
    for one in named.iter().filter(|one| Some(one.rank) == best || one.rank <= 1) {
        if one.rank < 4 && !names.contains(&one.name) {
            names.push(one.name.clone());
        }
    }
    // Who merely may ask is one; several ask only where it is said of each.
    if best.is_some_and(|rank| rank > 1) {
        names.truncate(1);
    }
    names
}

/// The names in a sentence, of overlapping ones the longest.
fn mentions(sentence: &Sentence<'_>, terms: &Terms) -> Vec<(usize, usize, String)> {
    let mut all: Vec<(usize, usize, &str)> = Vec::new();
    for department in &terms.department {
        for alias in &department.aliases {
            let places = sentence.text.match_indices(alias.as_str());
            all.extend(places.map(|(at, _)| (at, at + alias.len(), department.name.as_str())));
        }
    }
    all.sort_by_key(|(at, end, _)| (*at, std::cmp::Reverse(*end)));
    let mut kept: Vec<(usize, usize, String)> = Vec::new();
    for (at, end, name) in all {
        if kept.last().is_none_or(|(_, last, _)| at >= *last) {
            kept.push((at, end, name.to_owned()));
        }
    }
    kept
}

/// How surely a name asks: 0 signs, 1 asks, 2 heads, 3 is merely named, 4 is named aside.
fn rank(sentence: &Sentence<'_>, at: usize, end: usize, sentences: usize) -> u8 {
    let (before, behind) = (&sentence.text[..at], &sentence.text[end..]);
    let is_short = sentence.text.chars().count() <= SHORT;
    let is_tail = sentence.index + TAIL >= sentences && sentence.index > 0;
    let signs = is_short && is_tail && behind.chars().all(|c| c.is_ascii_digit() || "年月日.-()（）、,，和".contains(c));
    let is_date_behind = behind.chars().next().is_none_or(|c| c.is_ascii_digit());
    if signs || (is_short && is_tail && is_date_behind && before.chars().count() <= 12) {
        return 0;
    }
    let is_aside = ASIDE.iter().any(|word| before.ends_with(word));
    if is_aside {
        return 4;
    }
    if ASKS.iter().any(|word| behind.starts_with(word)) || behind.starts_with(['(', '（']) && behind.contains("请") {
        return 1;
    }
    let heads = before.ends_with(['【', '[', '@', '是']) || behind.starts_with(['：', ':', '】', ']', '的']);
    if heads || (sentence.index < 2 && before.chars().count() < 12) { 2 } else { 3 }
}
