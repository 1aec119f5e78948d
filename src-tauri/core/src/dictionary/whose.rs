//! Whose detail a heading names: somebody's beside the row's person (监护人 over 电话), or the row's
//! own person's under another word (学生姓名, 饲养人 over 住址).
//!
//! The words are in `assets/dictionary/headings.toml`; what a sheet is about is decided elsewhere.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::normal::{Heading, Words};

/// The words by which details of a person go.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Details {
    name: Vec<String>,
    id_number: Vec<String>,
    phone: Vec<String>,
    address: Vec<String>,
    employer: Vec<String>,
}

/// Somebody whose details have fields of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Owner {
    words: Vec<String>,
    /// Field ids by detail; the first of a list is for the nearest world.
    pub(super) fields: BTreeMap<String, String>,
}

/// A detail of somebody, as a heading says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owned<'w> {
    /// The field of the detail.
    pub(super) field: &'w str,
    /// The words are exactly those of the owner; else a longer word ends with them.
    pub(super) exact: bool,
}

/// Longest word before an owner's that may go unread: 商户 before 负责人.
const LONGEST_BEFORE: usize = 6;

impl Details {
    fn of(&self, text: &str) -> Option<&'static str> {
        let is_in = |list: &[String]| list.iter().any(|word| word == text);
        match () {
            () if is_in(&self.name) => Some("name"),
            () if is_in(&self.id_number) => Some("id_number"),
            () if is_in(&self.phone) => Some("phone"),
            () if is_in(&self.address) => Some("address"),
            () if is_in(&self.employer) => Some("employer"),
            () if text.contains("关系") => Some("relation"),
            () => None,
        }
    }
}

impl Heading {
    /// The fields of the people whom the heading names, the nearest reading first.
    pub(super) fn owned<'w>(&self, words: &'w Words) -> Vec<Owned<'w>> {
        let inline = self.last_owner(words);
        let found = match self.uppers.last().map(|upper| words.bare_core(upper)) {
            Some(core) if !core.is_empty() => {
                let detail = words.details.of(&self.last).map(|detail| (detail, core.as_str()));
                detail
                    .map(|(detail, core)| words.owned_by(core.strip_suffix("姓名").unwrap_or(core), detail))
                    .filter(|found| !found.is_empty())
            }
            _ => None,
        };
        found.or(inline).unwrap_or_default()
    }

    /// An owner and a detail in one text: 监护人电话, 家长与孩子关系, 产权人.
    fn last_owner<'w>(&self, words: &'w Words) -> Option<Vec<Owned<'w>>> {
        let text = &self.last;
        let ends = text.char_indices().map(|(at, _)| at).skip(1).chain(std::iter::once(text.len()));
        // The longest owner counts: 消防安全责任人 before 责任人.
        let mut ends: Vec<usize> = ends.collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let rest = &text[end..];
            let detail = if rest.is_empty() { Some("name") } else { words.details.of(rest) };
            let found = words.owned_by(&text[..end], detail?);
            (!found.is_empty()).then_some(found)
        })
    }

    /// What the heading says of the row's own person, when it names that person by another word.
    pub(super) fn own_detail(&self, words: &Words) -> Option<String> {
        if let Some(upper) = self.uppers.last() {
            let core = words.bare_core(upper);
            if words.is_self(&core) {
                let rest = words.without_self(&self.last).unwrap_or(&self.last);
                return Some(if rest.is_empty() { "姓名".to_owned() } else { rest.to_owned() });
            }
            if !core.is_empty() && !words.is_neutral(&core) {
                return None;
            }
        }
        let rest = words.without_self(&self.last)?;
        Some(if rest.is_empty() { "姓名".to_owned() } else { rest.to_owned() })
    }
}

impl Words {
    /// The fields of one detail of an owner; several when the owner is known in several worlds.
    fn owned_by(&self, who: &str, detail: &str) -> Vec<Owned<'_>> {
        let bare = self.qualifiers.iter().find_map(|word| who.strip_prefix(word.as_str())).unwrap_or(who);
        let of = |is_owner: &dyn Fn(&String) -> bool, exact: bool| {
            let owners = self.owners.iter().filter(|owner| owner.words.iter().any(is_owner));
            let fields = owners.filter_map(|owner| owner.fields.get(detail));
            fields.map(|field| Owned { field, exact }).collect::<Vec<_>>()
        };
        let exact = of(&|word| word == who || word == bare, true);
        // 爱心妈妈 is nobody's mother.
        if !exact.is_empty()
            || detail == "relation"
            || self.other_kin.iter().any(|word| who.starts_with(word))
        {
            return exact;
        }
        of(
            &|word| {
                let before = who.strip_suffix(word.as_str());
                word.chars().count() > 1
                    && before.is_some_and(|before| before.chars().count() <= LONGEST_BEFORE)
            },
            false,
        )
    }

    /// Whether a text is a word for the row's own person and nothing else.
    fn is_self(&self, text: &str) -> bool {
        self.selves.iter().any(|word| word == text) || done_to(text) == Some("")
    }

    /// What stands behind a word for the row's own person, the longest such word counting.
    fn without_self<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rests = self.selves.iter().filter_map(|word| text.strip_prefix(word.as_str()));
        rests.chain(done_to(text)).min_by_key(|rest| rest.len())
    }

    /// The ids of all fields that owners lead to, for checking.
    pub(super) fn owned_fields(&self) -> impl Iterator<Item = &str> {
        self.owners.iter().flat_map(|owner| owner.fields.values().map(String::as_str))
    }
}

/// Longest word for what is done to somebody: 被劝阻人, 困难对象.
const LONGEST_DEED: usize = 5;

/// What stands behind a word that names somebody by what is done to them: 被…人, 被…者, …对象.
fn done_to(text: &str) -> Option<&str> {
    let passive = text.strip_prefix('被');
    let passive = passive.and_then(|deed| ["对象", "人", "者"].iter().find_map(|end| behind_deed(deed, end)));
    passive.or_else(|| behind_deed(text, "对象"))
}

fn behind_deed<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let (deed, rest) = text.split_once(end)?;
    (1..=LONGEST_DEED).contains(&deed.chars().count()).then_some(rest)
}
