//! Whether a notice or a visitor asks for a certificate (证明), for what, and whether it may be issued:
//! not the name of the paper alone, but purpose and legal exception are looked at. Pure.

use super::book::{Book, PaperWords, is_taken_back};
use super::judge::Weight;
use super::text::{Found, Sentence, Text};

/// Characters between the verb and the word 证明 at most.
const REACH: usize = 16;

/// A certificate that is asked for.
#[derive(Debug, Clone)]
pub(super) struct Asked<'b> {
    /// The refused kind it is, if it is a known one.
    pub(super) refuse: Option<&'b PaperWords>,
    /// The kind that may be issued; it stands over the refused one.
    pub(super) issue: Option<&'b PaperWords>,
    /// The words that say so.
    pub(super) found: Vec<Found>,
    /// Whether the words leave no doubt.
    pub(super) is_sure: bool,
}

/// The certificate a notice asks for.
pub(super) fn asked<'b>(
    text: &Text,
    book: &'b Book,
    weights: &[Weight],
    at_the_window: bool,
) -> Option<Asked<'b>> {
    let mut found = Vec::new();
    let mut sentences = Vec::new();
    for (sentence, weight) in text.sentences().zip(weights) {
        let here = asking_words(&sentence, book, weight, at_the_window);
        if !here.is_empty() {
            sentences.push(sentence.index);
            found.extend(here);
        }
    }
    if found.is_empty() {
        return None;
    }
    let near = |index: usize| sentences.iter().any(|asked| asked.abs_diff(index) <= 1);
    let issue = issued(text, book, &near, &mut found);
    let refuse = refused(text, book, &near, &mut found);
    let issue = issue.filter(|issue| stands_over(issue, refuse));
    let is_sure = issue.is_some() || refuse.is_some();
    Some(Asked { refuse, issue, found, is_sure })
}

/// The words of a sentence that ask the committee for a certificate or for its seal.
fn asking_words(sentence: &Sentence<'_>, book: &Book, weight: &Weight, at_the_window: bool) -> Vec<Found> {
    let words = &book.terms.words;
    if weight.tells {
        return Vec::new();
    }
    let is_others = |found: &Found| {
        let (clause, _) = sentence.clause(found.range.start);
        words.not_certificate.iter().any(|word| clause.contains(word.as_str()))
    };
    let keep = |mut found: Vec<Found>| {
        found.retain(|found| !is_taken_back(sentence, found) && !is_others(found));
        found
    };
    let mut found = keep(sentence.find_all(&words.certificate));
    if found.is_empty() {
        found = keep(written(sentence)).into_iter().filter(|_| is_ours(sentence, at_the_window)).collect();
    }
    if found.is_empty() {
        let on_paper = sentence.has_any(&words.requester_paper)
            || book.refuse.iter().any(|paper| sentence.has_any(&paper.words))
            || at_the_window;
        found = if on_paper { keep(sentence.find_all(&words.stamp)) } else { Vec::new() };
    }
    found
}

/// Whether a sentence speaks of the committee as the one who is to write.
fn is_ours(sentence: &Sentence<'_>, at_the_window: bool) -> bool {
    let names = ["居委", "社区", "居民委员会", "居民区", "贵居", "你们", "村居", "基层组织"];
    at_the_window || names.iter().any(|name| sentence.text.contains(name))
}

/// `开一份…的证明`: a verb of writing, and 证明 not far behind it.
fn written(sentence: &Sentence<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for verb in ["开具", "出具", "开", "写", "打", "补办", "办", "提供"] {
        for (at, _) in sentence.text.match_indices(verb) {
            let rest = &sentence.text[at + verb.len()..];
            let reach: String = rest.chars().take(REACH).collect();
            let Some(behind) = reach.find("证明") else { continue };
            if reach[..behind].contains(['，', ',', ':', '：']) {
                continue;
            }
            let start = sentence.start + at;
            let end = start + verb.len() + behind + "证明".len();
            found.push(Found { range: start..end, word: "证明".to_owned(), sentence: sentence.index });
        }
    }
    found.truncate(1);
    found
}

/// The certificate that may be issued and whose purpose and matter fit.
fn issued<'b>(
    text: &Text,
    book: &'b Book,
    near: &impl Fn(usize) -> bool,
    found: &mut Vec<Found>,
) -> Option<&'b PaperWords> {
    let all: Vec<Sentence<'_>> = text.sentences().collect();
    for paper in &book.issue {
        let is_out = all.iter().any(|sentence| near(sentence.index) && sentence.has_any(&paper.unless));
        let purpose: Vec<Found> = all.iter().flat_map(|sentence| sentence.find_all(&paper.words)).collect();
        let about: Vec<Found> = all.iter().flat_map(|sentence| sentence.find_all(&paper.about)).collect();
        if is_out || purpose.is_empty() || (!paper.about.is_empty() && about.is_empty()) {
            continue;
        }
        found.extend(purpose);
        found.extend(about);
        return Some(paper);
    }
    None
}

/// The refused certificate that is meant: the one with the longest word beside the asking.
fn refused<'b>(
    text: &Text,
    book: &'b Book,
    near: &impl Fn(usize) -> bool,
    found: &mut Vec<Found>,
) -> Option<&'b PaperWords> {
    let mut best: Option<(usize, Found, &PaperWords)> = None;
    for paper in &book.refuse {
        for sentence in text.sentences() {
            for word in sentence.find_all(&paper.words) {
                let score = word.word.chars().count() * 2 + usize::from(near(sentence.index)) * 6;
                if best.as_ref().is_none_or(|(known, _, _)| score > *known) {
                    best = Some((score, word, paper));
                }
            }
        }
    }
    let (_, word, paper) = best?;
    found.push(word);
    Some(paper)
}

/// Whether what may be issued goes before what is refused.
fn stands_over(issue: &PaperWords, refuse: Option<&PaperWords>) -> bool {
    refuse.is_none_or(|refuse| issue.paper.over.is_empty() || issue.paper.over.contains(&refuse.code))
}
