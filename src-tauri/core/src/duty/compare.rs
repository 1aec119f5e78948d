//! A set compared with the lists of the office: what it adds, lacks and says otherwise.
//!
//! Pure. Entries are the same when their ids are, when their titles are, or when titles of two sets
//! of different places say nearly the same.

use std::collections::BTreeSet;

use serde_json::Value;

use super::entry::{Entry, List};
use super::shipped::SHIPPED;
use crate::value::text::squeeze;

/// What a clerk calls the parts of an entry, in the order they are shown.
pub(super) const PARTS: [(&str, &str); 27] = [
    ("title", "名称"),
    ("group", "类别"),
    ("content", "具体内容"),
    ("responsible", "责任人"),
    ("department", "责任主体"),
    ("frequency", "频次"),
    ("cycle", "周期"),
    ("outcome", "成果形式"),
    ("right", "权"),
    ("funds", "费"),
    ("means", "物"),
    ("carrier", "报送载体"),
    ("basis", "依据"),
    ("ledgers", "相关台账"),
    ("text", "说明"),
    ("instead", "可以怎么办"),
    ("can_help", "能协助什么"),
    ("office", "该去哪里"),
    ("office_note", "去了带什么"),
    ("words", "认件的词"),
    ("weak", "要连着看的词"),
    ("actions", "做什么"),
    ("purpose_not", "不算的情形"),
    ("any", "碰到的词"),
    ("with", "同句要有的词"),
    ("unless", "同句有就不算的词"),
    ("about", "证明的内容"),
];

/// From which share of common pairs of characters two titles name the same thing.
const LIKE: f64 = 0.72;

/// What a set says otherwise of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The part.
    pub part: &'static str,
    /// What a clerk calls it.
    pub title: &'static str,
    /// What the office says.
    pub ours: String,
    /// What the set says.
    pub theirs: String,
}

/// A set compared with the office's list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// Entries of the set that the office has not.
    pub added: Vec<Entry>,
    /// Entries of the office that the set has not; the office's own are not among them.
    pub removed: Vec<Entry>,
    /// Entries both have and the set says otherwise: ours, theirs, and in what.
    pub changed: Vec<(Entry, Entry, Vec<Difference>)>,
    /// Entries both have alike.
    pub same: usize,
}

/// Compares the entries of a set with those of the office in the same list.
#[must_use]
pub fn compare(set_id: &str, set: &[Entry], ours: &[Entry]) -> Compared {
    let mut compared = Compared::default();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for theirs in set {
        let free = || ours.iter().filter(|entry| !met.contains(entry.code.as_str()));
        let Some(own) = same_entry(set_id, theirs, free) else {
            compared.added.push(theirs.clone());
            continue;
        };
        met.insert(&own.code);
        let differences = differences(own, theirs);
        if differences.is_empty() {
            compared.same += 1;
        } else {
            compared.changed.push((own.clone(), theirs.clone(), differences));
        }
    }
    let is_missing = |entry: &&Entry| !met.contains(entry.code.as_str()) && !entry.edition.is_empty();
    compared.removed = ours.iter().filter(is_missing).cloned().collect();
    compared
}

/// The office's entry that a set's entry means.
fn same_entry<'o, I>(set_id: &str, theirs: &Entry, ours: impl Fn() -> I) -> Option<&'o Entry>
where
    I: Iterator<Item = &'o Entry>,
{
    if set_id == SHIPPED {
        return ours().find(|own| own.code == theirs.code);
    }
    let key = squeeze(&theirs.title);
    ours().find(|own| squeeze(&own.title) == key).or_else(|| {
        let scored = ours().map(|own| (likeness(&own.title, &theirs.title), own));
        let best = scored.filter(|(score, _)| *score >= LIKE).max_by(|a, b| a.0.total_cmp(&b.0));
        best.map(|(_, own)| own)
    })
}

/// What of an entry a set says otherwise. What the set leaves open is the office's own business.
fn differences(ours: &Entry, theirs: &Entry) -> Vec<Difference> {
    let said = PARTS.iter().filter_map(|(part, title)| {
        let (own, other) = (said(&ours.body[*part]), said(&theirs.body[*part]));
        let differs = !other.is_empty() && squeeze(&own) != squeeze(&other);
        differs.then_some(Difference { part, title, ours: own, theirs: other })
    });
    said.collect()
}

/// A part of an entry in words.
pub(super) fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().map(said).collect::<Vec<_>>().join("、"),
        Value::Object(basis) => {
            let text = |key: &str| basis.get(key).and_then(Value::as_str).unwrap_or_default();
            format!("《{}》{}", text("law"), text("article"))
        }
        Value::Null | Value::Bool(_) => String::new(),
    }
}

/// Which share of the pairs of characters two titles have in common, 0 to 1.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let chars: Vec<char> = squeeze(text).chars().filter(|c| c.is_alphanumeric()).collect();
        chars.iter().copied().zip(chars.iter().copied().skip(1)).collect()
    };
    let (a, b) = (pairs(a), pairs(b));
    let common = a.intersection(&b).count();
    let all = a.len() + b.len();
    if all == 0 {
        return 0.0;
    }
    #[allow(clippy::cast_precision_loss, reason = "titles are short")]
    let share = 2.0 * common as f64 / all as f64;
    share
}

/// Entries of one list.
pub(super) fn in_list(entries: &[Entry], list: List) -> Vec<Entry> {
    entries.iter().filter(|entry| entry.list == list).cloned().collect()
}
