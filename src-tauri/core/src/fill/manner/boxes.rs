//! Boxes to tick: `□男 □女`, `是□ 否□`. The box of the word that says the value is ticked in place;
//! every other character stays.

use super::{Written, says};
use crate::dictionary::FieldDef;
use crate::fill::package::Value;
use crate::import::shape::words::tidy;
use crate::value::code::CodeTables;

const BOXES: [char; 4] = ['□', '☐', '○', '◻'];

/// A box with the word that belongs to it.
struct Option {
    at: usize,
    sign: char,
    word: String,
}

/// Whether a text has boxes to tick.
#[must_use]
pub fn has_boxes(text: &str) -> bool {
    text.contains(BOXES)
}

/// The text with the boxes of a value ticked.
///
/// # Errors
/// Why nothing can be ticked, a Chinese clause.
pub fn tick(field: &FieldDef, template: &str, value: &str, codes: &CodeTables) -> Result<Written, String> {
    let options = options(template);
    let parts: Vec<&str> = value.split(['、', ',', '，', ';', '；']).map(str::trim).collect();
    let mut ticked: Vec<&Option> = Vec::new();
    for part in parts {
        let mut fitting = options
            .iter()
            .filter(|option| option.word == tidy(part) || says(field, &option.word, part, codes));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => ticked.push(only),
            _ => return Err(format!("选项里没有“{value}”")),
        }
    }
    let mark = |sign: char| if sign == '○' { "●" } else { "☑" };
    let mut shown: Vec<String> = template.chars().map(String::from).collect();
    for option in &ticked {
        mark(option.sign).clone_into(&mut shown[option.at]);
    }
    let patches = ticked.iter().map(|option| (option.at, option.at + 1, mark(option.sign).to_owned()));
    Ok(Written { value: Value::Patch(patches.collect()), shown: shown.concat() })
}

/// The boxes of a text with their words; a text that begins with a word has its boxes behind them.
fn options(template: &str) -> Vec<Option> {
    let chars: Vec<char> = template.chars().collect();
    let boxes: Vec<usize> = (0..chars.len()).filter(|at| BOXES.contains(&chars[*at])).collect();
    let is_behind = boxes.first().is_some_and(|first| chars[..*first].iter().any(|c| c.is_alphanumeric()))
        && boxes.last().is_some_and(|last| chars[last + 1..].iter().all(|c| !c.is_alphanumeric()));
    let word = |from: usize, to: usize| {
        let text: String = chars[from..to].iter().collect();
        tidy(&text).trim_matches(['、', ',', ';', '/', '_', ':', '(', ')']).to_owned()
    };
    let piece = |place: usize| {
        let at = boxes[place];
        if is_behind {
            word(if place == 0 { 0 } else { boxes[place - 1] + 1 }, at)
        } else {
            word(at + 1, boxes.get(place + 1).copied().unwrap_or(chars.len()))
        }
    };
    (0..boxes.len())
        .map(|place| Option { at: boxes[place], sign: chars[boxes[place]], word: piece(place) })
        .collect()
}
