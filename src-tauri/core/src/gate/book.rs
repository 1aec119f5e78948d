//! The lists as the gate compares with them: every entry's words made comparable once. Pure.

use super::text::{Found, Sentence, comparable, comparable_all};
use super::terms::Terms;
use crate::duty::{Basis, Entry, Item, List, Paper, Rule};
use crate::error::Result;

/// Words that take back what follows them in the same clause.
const NOT: [&str; 32] = [
    "不得", "严禁", "禁止", "不再", "无需", "不必", "不用", "不要", "不作", "不予", "不与", "不需", "取消", "停止",
    "避免", "杜绝", "防止", "切勿", "不以", "不搞", "不设", "不另", "毋需", "免予", "严控", "清理", "减少", "不应",
    "不能", "并非", "不列入", "不纳入",
];

/// An item of the two lists with its words.
#[derive(Debug, Clone)]
pub(super) struct ItemWords {
    pub(super) list: List,
    pub(super) code: String,
    pub(super) number: u32,
    pub(super) item: Item,
    pub(super) words: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) actions: Vec<String>,
    pub(super) not: Vec<String>,
}

/// A rule with its words.
#[derive(Debug, Clone)]
pub(super) struct RuleWords {
    pub(super) code: String,
    pub(super) rule: Rule,
    any: Vec<String>,
    with: Vec<String>,
    unless: Vec<String>,
}

/// A certificate with its words.
#[derive(Debug, Clone)]
pub(super) struct PaperWords {
    pub(super) code: String,
    pub(super) paper: Paper,
    pub(super) words: Vec<String>,
    pub(super) about: Vec<String>,
    pub(super) unless: Vec<String>,
}

/// Everything the gate compares with.
#[derive(Debug, Clone)]
pub struct Book {
    pub(super) terms: &'static Terms,
    pub(super) items: Vec<ItemWords>,
    pub(super) negative: Vec<RuleWords>,
    pub(super) outside: Vec<RuleWords>,
    pub(super) admission: Vec<RuleWords>,
    pub(super) refuse: Vec<PaperWords>,
    pub(super) issue: Vec<PaperWords>,
}

impl Book {
    /// The book of the office's lists. Items that left the list or are paused are not compared with.
    ///
    /// # Errors
    /// An entry does not have the shape of its list.
    pub fn new(entries: &[Entry]) -> Result<Self> {
        let mut book = Self {
            terms: super::terms::terms()?,
            items: Vec::new(),
            negative: Vec::new(),
            outside: Vec::new(),
            admission: Vec::new(),
            refuse: Vec::new(),
            issue: Vec::new(),
        };
        for entry in entries {
            match entry.list {
                List::Own | List::Help => book.items.extend(ItemWords::new(entry)?),
                List::Negative => book.negative.push(RuleWords::new(entry)?),
                List::Outside => book.outside.push(RuleWords::new(entry)?),
                List::Admission => book.admission.push(RuleWords::new(entry)?),
                List::Refuse => book.refuse.push(PaperWords::new(entry)?),
                List::Issue => book.issue.push(PaperWords::new(entry)?),
            }
        }
        Ok(book)
    }

    /// How many items of a list there are.
    pub(super) fn count(&self, list: List) -> usize {
        self.items.iter().filter(|item| item.list == list).count()
    }
}

impl ItemWords {
    fn new(entry: &Entry) -> Result<Option<Self>> {
        let item = entry.item()?;
        if !item.state.counts() {
            return Ok(None);
        }
        let words = if item.words.is_empty() { words_of(&item.title) } else { item.words.clone() };
        Ok(Some(Self {
            list: entry.list,
            code: entry.code.clone(),
            number: entry.place,
            words: comparable_all(&words),
            weak: comparable_all(&item.weak),
            actions: comparable_all(&item.actions),
            not: comparable_all(&item.purpose_not),
            item,
        }))
    }

    /// Legal basis.
    pub(super) fn basis(&self) -> &[Basis] {
        &self.item.basis
    }
}

/// What an item without words of its own is known by: the parts of its title.
fn words_of(title: &str) -> Vec<String> {
    let parts = title.split(['、', '，', ',', '（', '(', '）', ')', '和', '及', '与']);
    let whole = comparable(title);
    let parts = parts.map(comparable).filter(|part| part.chars().count() >= 3);
    std::iter::once(whole).chain(parts).collect()
}

impl RuleWords {
    fn new(entry: &Entry) -> Result<Self> {
        let rule = entry.rule()?;
        Ok(Self {
            code: entry.code.clone(),
            any: comparable_all(&rule.any),
            with: comparable_all(&rule.with),
            unless: comparable_all(&rule.unless),
            rule,
        })
    }

    /// The words of the rule that hit in a sentence, those taken back left out.
    pub(super) fn hits(&self, sentence: &Sentence<'_>) -> Vec<Found> {
        let is_out = sentence.has_any(&self.unless);
        if is_out || !(self.with.is_empty() || sentence.has_any(&self.with)) {
            return Vec::new();
        }
        let mut found = sentence.find_all(&self.any);
        found.retain(|found| !is_taken_back(sentence, found));
        found
    }
}

impl PaperWords {
    fn new(entry: &Entry) -> Result<Self> {
        let paper = entry.paper()?;
        Ok(Self {
            code: entry.code.clone(),
            words: comparable_all(&paper.words),
            about: comparable_all(&paper.about),
            unless: comparable_all(&paper.unless),
            paper,
        })
    }
}

/// Whether the clause takes back what is found in it, as in 不得要求签订责任书.
pub(super) fn is_taken_back(sentence: &Sentence<'_>, found: &Found) -> bool {
    let (clause, start) = sentence.clause(found.range.start);
    let before = &clause[..found.range.start.saturating_sub(start).min(clause.len())];
    NOT.iter().any(|not| before.contains(not))
}
