//! What becomes of a notice: on the lists, on neither, not to be handed down, a certificate, or in
//! need of admission. A pure function over the words of the lists; the reasons are told with it.
//!
//! The order: what must not be handed down, whatever else stands there; certificates; new burdens
//! that nobody admitted; then the item of the two lists against the departments' own work.

use super::book::{Book, ItemWords, RuleWords, is_taken_back};
use super::certificate::{self, Asked};
use super::text::{Found, Sentence, Text};
use super::{Confidence, Verdict};

/// A strong word of two characters is worth this much; longer ones more.
const STRONG: f64 = 2.0;
/// A strong word of three characters or more.
const LONG: f64 = 3.0;
/// What an action of the item beside its word adds.
const ACTION: f64 = 1.5;
/// A weak word beside an action or another weak word.
const WEAK: f64 = 1.0;
/// A weak word alone.
const LONE: f64 = 0.4;
/// What a department's own work is worth for each word.
const OUTSIDE: f64 = 3.0;
/// From which score an item is the matter of the notice.
const LISTED_FROM: f64 = 2.4;

/// How much a sentence counts by what it does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weight {
    /// The factor.
    pub(super) factor: f64,
    /// Whether it asks for something.
    pub(super) asks: bool,
    /// Whether it tells and asks for nothing.
    pub(super) tells: bool,
}

/// What was found of one entry.
#[derive(Debug, Clone)]
pub(super) struct Hit<'b, T> {
    pub(super) entry: &'b T,
    pub(super) score: f64,
    pub(super) found: Vec<Found>,
}

/// What the gate makes of a notice, before it is put into words.
#[derive(Debug, Clone)]
pub(super) struct Judged<'b> {
    pub(super) verdict: Verdict,
    pub(super) confidence: Confidence,
    /// What must not be handed down, the strongest first.
    pub(super) negative: Vec<Hit<'b, RuleWords>>,
    /// The certificate that is asked for.
    pub(super) certificate: Option<Asked<'b>>,
    /// New burdens.
    pub(super) admission: Vec<Hit<'b, RuleWords>>,
    /// Whether the notice says that it is admitted.
    pub(super) waived: bool,
    /// Items of the two lists, the nearest first.
    pub(super) items: Vec<Hit<'b, ItemWords>>,
    /// Departments' own work, the nearest first.
    pub(super) outside: Vec<Hit<'b, RuleWords>>,
}

/// Judges a notice.
pub(super) fn judge<'b>(text: &Text, book: &'b Book, at_the_window: bool) -> Judged<'b> {
    let weights: Vec<Weight> = text.sentences().map(|sentence| weight(&sentence, book)).collect();
    let negative = rule_hits(text, &book.negative, &weights, |weight| !weight.tells);
    let certificate = certificate::asked(text, book, &weights, at_the_window);
    let admission = rule_hits(text, &book.admission, &weights, |weight| !weight.tells);
    let outside = rule_hits(text, &book.outside, &weights, |_| true);
    let items = item_hits(text, &book.items, &weights);
    let waived = book.terms.waived_by.iter().any(|word| text.has(word));
    let mut judged = Judged {
        verdict: Verdict::Unlisted,
        confidence: Confidence::Fair,
        negative,
        certificate,
        admission,
        waived,
        items,
        outside,
    };
    judged.verdict = verdict(&judged);
    judged.confidence = confidence(&judged);
    judged
}

fn verdict(judged: &Judged<'_>) -> Verdict {
    if !judged.negative.is_empty() {
        return Verdict::Negative;
    }
    if judged.certificate.is_some() {
        return Verdict::Certificate;
    }
    if !judged.admission.is_empty() && !judged.waived {
        return Verdict::NeedsAdmission;
    }
    let item = judged.items.first().map_or(0.0, |hit| hit.score);
    let outside = judged.outside.first().map_or(0.0, |hit| hit.score);
    if item >= LISTED_FROM && item >= outside { Verdict::Listed } else { Verdict::Unlisted }
}

/// How sure the verdict is: by how far the next best reading is away.
fn confidence(judged: &Judged<'_>) -> Confidence {
    let item = judged.items.first().map_or(0.0, |hit| hit.score);
    let outside = judged.outside.first().map_or(0.0, |hit| hit.score);
    let words = |hits: &[Hit<'_, RuleWords>]| hits.iter().map(|hit| hit.found.len()).sum::<usize>();
    let from = |share: f64| match () {
        () if share >= 2.0 => Confidence::Large,
        () if share >= 1.0 => Confidence::Fair,
        () => Confidence::Small,
    };
    match judged.verdict {
        Verdict::Negative => if words(&judged.negative) > 1 { Confidence::Large } else { Confidence::Fair },
        Verdict::Certificate => match &judged.certificate {
            Some(asked) if asked.is_sure => Confidence::Large,
            _ => Confidence::Fair,
        },
        Verdict::NeedsAdmission => {
            if words(&judged.admission) > 1 { Confidence::Large } else { Confidence::Fair }
        }
        Verdict::Listed => from(item / outside.max(LISTED_FROM)),
        Verdict::Unlisted if outside == 0.0 && item == 0.0 => Confidence::Small,
        Verdict::Unlisted => from(outside.max(1.0) / item.max(1.0)),
    }
}

/// How much a sentence counts.
pub(super) fn weight(sentence: &Sentence<'_>, book: &Book) -> Weight {
    let words = &book.terms.words;
    let asks = sentence.has_any(&words.ask);
    let tells = sentence.has_any(&words.telling);
    let is_title = sentence.index < 2 && is_title(sentence.text);
    let is_ground = ["根据", "按照", "依据", "为了", "为进一步", "为贯彻", "为深入", "为切实"]
        .iter()
        .any(|word| sentence.text.starts_with(word));
    let factor = match () {
        () if tells => 0.4,
        () if is_title => 1.5,
        () if asks => 1.2,
        () if is_ground => 0.7,
        () => 0.8,
    };
    Weight { factor, asks, tells }
}

/// Whether a sentence is the heading of a notice.
pub(super) fn is_title(text: &str) -> bool {
    let ends = ["通知", "函", "提醒", "公告", "方案", "请示", "通报", "的紧急通知"];
    text.chars().count() <= 60 && (text.contains("关于") || ends.iter().any(|end| text.ends_with(end)))
}

/// Rules that hit, the strongest first.
fn rule_hits<'b>(
    text: &Text,
    rules: &'b [RuleWords],
    weights: &[Weight],
    counts: impl Fn(&Weight) -> bool,
) -> Vec<Hit<'b, RuleWords>> {
    let mut hits: Vec<Hit<'b, RuleWords>> = Vec::new();
    for entry in rules {
        let (mut score, mut found) = (0.0, Vec::new());
        for (sentence, weight) in text.sentences().zip(weights).filter(|(_, weight)| counts(weight)) {
            let here = entry.hits(&sentence);
            if !here.is_empty() {
                score += OUTSIDE * weight.factor * breadth(here.len());
                found.extend(here);
            }
        }
        if !found.is_empty() {
            hits.push(Hit { entry, score, found });
        }
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits
}

/// A second and third word of the same sentence say less than the first.
fn breadth(words: usize) -> f64 {
    match words {
        0 => 0.0,
        1 => 1.0,
        2 => 1.4,
        _ => 1.6,
    }
}

/// Items with words in the notice, the nearest first.
fn item_hits<'b>(text: &Text, items: &'b [ItemWords], weights: &[Weight]) -> Vec<Hit<'b, ItemWords>> {
    let mut hits: Vec<Hit<'b, ItemWords>> = Vec::new();
    for entry in items {
        let (mut score, mut found) = (0.0, Vec::new());
        for (sentence, weight) in text.sentences().zip(weights) {
            let (here, words) = item_score(&sentence, entry);
            score += here * weight.factor;
            found.extend(words);
        }
        if score > 0.0 {
            hits.push(Hit { entry, score, found });
        }
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits
}

/// What a sentence says of an item, and by which words.
fn item_score(sentence: &Sentence<'_>, entry: &ItemWords) -> (f64, Vec<Found>) {
    if sentence.has_any(&entry.not) {
        return (0.0, Vec::new());
    }
    let keep = |mut found: Vec<Found>| {
        found.retain(|found| !is_taken_back(sentence, found));
        found
    };
    let strong = keep(sentence.find_all(&entry.words));
    let weak = sentence.find_all(&entry.weak);
    let weak: Vec<Found> =
        keep(weak).into_iter().filter(|found| !strong.iter().any(|other| covers(other, found))).collect();
    let acts = sentence.has_any(&entry.actions);
    let mut score = 0.0;
    if let Some(longest) = strong.iter().map(|found| found.word.chars().count()).max() {
        score += if longest > 2 { LONG } else { STRONG } * breadth(strong.len());
        score += if acts { ACTION } else { 0.0 };
    }
    if !weak.is_empty() {
        let counts = acts || weak.len() > 1 || !strong.is_empty();
        score += if counts { WEAK * breadth(weak.len()) + if acts { 0.5 } else { 0.0 } } else { LONE };
    }
    (score, strong.into_iter().chain(weak).collect())
}

fn covers(one: &Found, other: &Found) -> bool {
    one.range.start <= other.range.start && other.range.end <= one.range.end
}
