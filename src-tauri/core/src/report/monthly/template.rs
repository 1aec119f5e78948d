//! The sentences of the monthly report and how numbers come into them: pure, data in
//! `assets/reports/monthly.toml`.
//!
//! A number that is not known leaves its sentence out; it is never made up.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::error::{Error, Result};

const FILE: &str = include_str!("../../../../../assets/reports/monthly.toml");
/// Where the items of a list come into a sentence.
const LIST: &str = "list";

/// The whole report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    #[allow(dead_code, reason = "said for readers of the file, and required of it")]
    since: NaiveDate,
    #[allow(dead_code, reason = "said for readers of the file, and required of it")]
    source: String,
    /// To whom it goes.
    pub addressee: String,
    /// The sentence before the first part.
    pub lead: String,
    /// Its parts.
    pub section: Vec<Part>,
}

/// A part under a heading.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    /// Heading without number.
    pub heading: String,
    sentence: Vec<Sentence>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    text: String,
    /// Said in its place when every figure of it is zero.
    #[serde(default)]
    zero: String,
    /// Items that come and go one by one.
    #[serde(default)]
    list: Vec<String>,
    /// Whether it is only said when there is something to say, and never missed.
    #[serde(default)]
    optional: bool,
}

/// What a figure came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// At the end of the period, or within it.
    pub now: i64,
    /// At the beginning; none for what is counted within the period.
    pub before: Option<i64>,
}

/// Everything a sentence may name.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    /// Figures by id; one that is not here is not known.
    pub figures: HashMap<String, Number>,
    /// Words by name, such as `period`.
    pub words: HashMap<&'static str, String>,
}

/// A part with its numbers in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// Its sentences, each with the figures it names.
    pub sentences: Vec<(String, Vec<String>)>,
    /// Figures that are not known and whose sentence or item was left out.
    pub lacking: Vec<String>,
}

impl Template {
    /// The shipped sentences.
    pub fn load() -> Result<Self> {
        toml::from_str(FILE).map_err(|error| Error::Bug(format!("monthly.toml: {error}")))
    }
}

impl Part {
    /// The part with its numbers; what is not known is left out and named.
    pub fn write(&self, numbers: &Numbers) -> Written {
        let mut written = Written::default();
        for sentence in &self.sentence {
            match sentence.write(numbers) {
                Ok(said) => written.sentences.push(said),
                Err(_) if sentence.optional => {}
                Err(lacking) => written.lacking.extend(lacking),
            }
            if !sentence.list.is_empty() {
                let lost = sentence.list.iter().filter_map(|item| numbers.fill(item).err());
                written.lacking.extend(lost.flatten());
            }
        }
        written
    }
}

impl Sentence {
    fn write(&self, numbers: &Numbers) -> std::result::Result<(String, Vec<String>), Vec<String>> {
        let mut named = figures_in(&self.text);
        if self.list.is_empty() {
            let text = numbers.fill(&self.text)?;
            let is_zero = named.iter().all(|id| numbers.figures.get(id).is_none_or(|number| number.now == 0));
            return match (is_zero, named.is_empty()) {
                (true, false) if self.optional => Err(named),
                (true, false) if !self.zero.is_empty() => Ok((self.zero.clone(), Vec::new())),
                _ => Ok((text, named)),
            };
        }
        let mut items = Vec::new();
        for item in &self.list {
            if let Ok(text) = numbers.fill(item) {
                named.extend(figures_in(item));
                items.push(text);
            }
        }
        named.retain(|id| id != LIST);
        if items.is_empty() {
            return Err(Vec::new());
        }
        let mut with_list = numbers.clone();
        with_list.words.insert(LIST, items.join("，"));
        Ok((with_list.fill(&self.text)?, named))
    }
}

impl Numbers {
    /// A text with its numbers.
    ///
    /// # Errors
    /// The figures that are not known.
    pub fn fill(&self, text: &str) -> std::result::Result<String, Vec<String>> {
        let mut filled = String::new();
        let mut lacking = Vec::new();
        for (plain, slot) in slots(text) {
            filled.push_str(plain);
            match self.say(slot) {
                Some(said) => filled.push_str(&said),
                None if slot.is_empty() => {}
                None => lacking.push(id_of(slot).to_owned()),
            }
        }
        if lacking.is_empty() { Ok(filled) } else { Err(lacking) }
    }

    fn say(&self, slot: &str) -> Option<String> {
        if let Some(word) = self.words.get(slot) {
            return Some(word.clone());
        }
        let number = self.figures.get(id_of(slot))?;
        if slot.ends_with('%') {
            let whole = self.figures.get("population")?.now;
            return Some(super::super::statistics::share(number.now, whole));
        }
        if slot.ends_with('±') {
            return Some(match number.now - number.before? {
                0 => "持平".to_owned(),
                more @ 1.. => format!("增加{more}人"),
                fewer => format!("减少{}人", fewer.unsigned_abs()),
            });
        }
        Some(number.now.to_string())
    }
}

/// The plain text before each slot, and the slot; the last slot is empty.
fn slots(text: &str) -> Vec<(&str, &str)> {
    let mut slots = Vec::new();
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('{') {
        let Some((slot, behind)) = after.split_once('}') else { break };
        slots.push((plain, slot));
        rest = behind;
    }
    slots.push((rest, ""));
    slots
}

fn id_of(slot: &str) -> &str {
    slot.trim_end_matches(['%', '±'])
}

/// The figures a text names, each once.
fn figures_in(text: &str) -> Vec<String> {
    const WORDS: [&str; 5] = ["period", "day", "unit", "superior", LIST];
    let mut found: Vec<String> = Vec::new();
    for (_, slot) in slots(text) {
        let id = id_of(slot);
        if !id.is_empty() && !WORDS.contains(&id) && !found.iter().any(|known| known == id) {
            found.push(id.to_owned());
        }
    }
    found
}
