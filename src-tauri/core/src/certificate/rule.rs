//! Whether a certificate is the committee's to issue: not by its name alone but by purpose and matter
//! (收养 needs the very marriage certificate that is refused otherwise). Pure.

use super::Rule;
use crate::duty::{Entry, List, Paper, Province};
use crate::error::Result;

/// What somebody wants attested.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// The paper, in the asker's words.
    pub want: &'a str,
    /// What it is for.
    pub purpose: &'a str,
    /// The law the asking body names; opens the way where no rule is known.
    pub basis: &'a str,
}

/// What the rules say.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// The rule.
    pub rule: Rule,
    /// The entry it rests on.
    pub code: String,
    /// What it says.
    pub paper: Paper,
    /// Place of the refused kind in the national list, 1 to 20.
    pub number: Option<u32>,
    /// The refused kind an exception stands over.
    pub over: Option<String>,
}

/// Rules on what is wanted. `entries` are the lists of refused and issued certificates.
///
/// # Errors
/// An entry does not have the shape of its list.
pub fn ruling(wanted: &Wanted<'_>, entries: &[Entry], province: &Province) -> Result<Ruling> {
    let text = format!("{}，{}", wanted.want, wanted.purpose);
    let has = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    let refused = refused(wanted, entries, province)?;
    for entry in entries.iter().filter(|entry| entry.list == List::Issue) {
        let paper = entry.paper()?;
        let fits = has(&paper.words) && (paper.about.is_empty() || has(&paper.about)) && !has(&paper.unless);
        let code = refused.as_ref().map(|(code, _)| code);
        let over = code.filter(|code| paper.over.contains(code)).cloned();
        if fits && (code.is_none() || over.is_some() || paper.over.is_empty()) {
            return Ok(Ruling { rule: Rule::Issue, code: entry.code.clone(), paper, number: None, over });
        }
    }
    if let Some((code, paper)) = refused {
        let number = national(&code);
        return Ok(Ruling { rule: Rule::Refuse, code, paper, number, over: None });
    }
    let general = entries.iter().find(|entry| entry.code == "cert-none");
    let paper = general.map(Entry::paper).transpose()?.unwrap_or_default();
    let rule = if wanted.basis.is_empty() { Rule::NeedsBasis } else { Rule::Issue };
    Ok(Ruling { rule, code: "cert-none".to_owned(), paper, number: None, over: None })
}

/// The refused kind that is meant: the one with the longest word.
fn refused(
    wanted: &Wanted<'_>,
    entries: &[Entry],
    province: &Province,
) -> Result<Option<(String, Paper)>> {
    let mut best: Option<(usize, String, Paper)> = None;
    for entry in entries.iter().filter(|entry| entry.list == List::Refuse && holds(&entry.code, province)) {
        let paper = entry.paper()?;
        let short = Some(&paper.short).filter(|short| !short.is_empty());
        let words = paper.words.iter().chain(short).chain([&paper.title]);
        // The purpose names other things too; only the paper itself says which one is wanted.
        let longest = words.filter(|word| wanted.want.contains(word.as_str())).map(|word| word.chars().count()).max();
        if let Some(length) = longest
            && best.as_ref().is_none_or(|(known, _, _)| length > *known)
        {
            best = Some((length, entry.code.clone(), paper));
        }
    }
    Ok(best.map(|(_, code, paper)| (code, paper)))
}

/// Whether a refused kind holds in a province: those of the national list unless it drops them, those
/// of single provinces only where they are added, the office's own everywhere.
#[must_use]
pub fn holds(code: &str, province: &Province) -> bool {
    let is_named = |list: &[String]| list.iter().any(|named| named == code);
    let is_provincial = code.starts_with("cert-hb-");
    !is_named(&province.drop) && (!is_provincial || is_named(&province.add))
}

/// Place in the national list.
pub(super) fn national(code: &str) -> Option<u32> {
    code.strip_prefix("cert-").and_then(|number| number.parse().ok()).filter(|number| (1..=20).contains(number))
}
