//! Letters, slips and certificates (函件、告知单、证明): the words of each from `assets/letters`, put
//! together for one case. How they look on paper is the business of reports; which one is needed, of
//! the gate and of certificates. Pure.

mod shipped;
#[cfg(test)]
mod tests;

pub use shipped::{Field, Letter, Placeholder, Receipt, WayState, letters};

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Missing, Result};

/// A letter put together (函件): the words of one paper, ready to be laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "LetterText"))]
#[serde(default)]
pub struct Composed {
    /// Id of the letter, such as `inquiry`.
    pub letter: String,
    /// Title, such as 商请函.
    pub title: String,
    /// How it is laid out: `letter`, `slip`, `form` or `certificate`.
    pub layout: String,
    /// Its number; the next one while it has not been given.
    pub number: String,
    /// Whether the number has been given.
    pub given: bool,
    /// The heading, line by line.
    pub heading: Vec<String>,
    /// To whom, with colon; empty for certificates.
    pub to: String,
    /// The paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// What is attached; empty when nothing is.
    pub attachment: String,
    /// Who to ask, in brackets; empty when not said.
    pub contact: String,
    /// Who signs.
    pub sign: String,
    /// The day, such as 2026年11月21日.
    pub date: String,
    /// Rows of a form or of a stub.
    pub rows: Vec<Row>,
    /// The line below.
    pub note: String,
    /// Heading of the stub of a certificate (存根).
    pub stub: String,
    /// The line below the stub.
    pub stub_note: String,
    /// The receipt to cut off.
    pub receipt: Option<Receipt>,
    /// What may be filled in or changed by the clerk.
    pub blanks: Vec<Blank>,
}

/// A paragraph of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "LetterParagraph"))]
pub struct Paragraph {
    /// 一、 and so on; empty when it is not numbered.
    pub number: String,
    /// Words in black that lead in.
    pub lead: String,
    /// The text.
    pub text: String,
}

/// A row of a form or of a stub.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "LetterRow"))]
pub struct Row {
    /// What stands before it.
    pub title: String,
    /// What is filled in.
    pub text: String,
    /// Lines it has.
    pub lines: u32,
    /// Boxes to tick.
    pub boxes: Vec<String>,
}

/// Something in a letter that a clerk may fill in or change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "LetterBlank"))]
pub struct Blank {
    /// Its name, as in `values`.
    pub name: String,
    /// What a clerk calls it.
    pub title: String,
    /// What stands there now.
    pub value: String,
    /// An example.
    pub example: String,
    /// Whether the letter is incomplete without it.
    pub required: bool,
}

/// What a letter is put together from.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What holds of the case: `outside`, `rushed`, `no_funds` and so on.
    pub holds: BTreeSet<&'static str>,
    /// Words for the placeholders.
    pub values: BTreeMap<String, String>,
}

impl Facts {
    /// Notes a word.
    pub fn say(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), value.into());
    }
}

/// The letter of that id.
///
/// # Errors
/// [`Missing::Letter`], or the shipped files are broken.
pub fn get(id: &str) -> Result<&'static Letter> {
    letters()?.iter().find(|letter| letter.id == id).ok_or_else(|| Error::NotFound(Missing::Letter(id.to_owned())))
}

/// Puts a letter together. A paragraph whose condition does not hold is left out, and so is a numbered
/// one that lacks a word it cannot do without.
#[must_use]
pub fn compose(letter: &Letter, facts: &Facts) -> Composed {
    let fill = |text: &str| filled(text, &facts.values);
    let mut count = 0;
    let mut paragraphs = Vec::new();
    for part in letter.part.iter().filter(|part| part.when == "always" || facts.holds.contains(part.when.as_str())) {
        if part.numbered && lacks(letter, &part.text, &facts.values) {
            continue;
        }
        count += usize::from(part.numbered);
        let number = if part.numbered { format!("{}、", numeral(count)) } else { String::new() };
        paragraphs.push(Paragraph { number, lead: fill(&part.lead), text: fill(&part.text) });
    }
    Composed {
        letter: letter.id.clone(),
        title: letter.title.clone(),
        layout: letter.layout.clone(),
        heading: letter.heading.iter().map(|line| fill(line)).collect(),
        to: fill(&letter.to),
        paragraphs,
        attachment: fill(&letter.attachment),
        contact: if facts.values.contains_key("phone") { fill(&letter.contact) } else { String::new() },
        sign: fill(&letter.sign),
        date: fill("{date}"),
        rows: letter.field.iter().map(|field| row(field, &facts.values)).collect(),
        note: fill(if letter.note.is_empty() { &letter.foot } else { &letter.note }),
        stub: letter.stub.clone(),
        stub_note: letter.stub_note.clone(),
        receipt: letter.receipt.clone(),
        blanks: letter.placeholder.iter().map(|place| blank(place, &facts.values)).collect(),
        number: String::new(),
        given: false,
    }
}

/// Whether a text has an optional placeholder that nothing was said for.
fn lacks(letter: &Letter, text: &str, values: &BTreeMap<String, String>) -> bool {
    let is_required = |name: &str| letter.placeholder.iter().any(|place| place.name == name && place.required);
    names(text).any(|name| !is_required(name) && values.get(name).is_none_or(String::is_empty))
}

/// The names in braces of a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A text with its placeholders filled; what nobody said becomes a blank to write on.
fn filled(text: &str, values: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = behind.split_once('}') else { break };
        out.push_str(values.get(name).map_or("＿＿＿＿", String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out.replace("。。", "。").replace("。；", "；")
}

fn row(field: &Field, values: &BTreeMap<String, String>) -> Row {
    let text = values.get(&field.name).cloned().unwrap_or_else(|| field.fixed.clone());
    Row { title: field.title.clone(), text, lines: field.lines.max(1), boxes: field.boxes.clone() }
}

fn blank(place: &Placeholder, values: &BTreeMap<String, String>) -> Blank {
    Blank {
        name: place.name.clone(),
        title: place.title.clone(),
        value: values.get(&place.name).cloned().unwrap_or_default(),
        example: place.example.clone(),
        required: place.required,
    }
}

/// 一, 二, … 十, 十一.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        1..=9 => DIGITS[number].to_owned(),
        10..=19 => format!("十{}", DIGITS[number - 10]),
        _ => number.to_string(),
    }
}
