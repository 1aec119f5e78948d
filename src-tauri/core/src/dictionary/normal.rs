//! The normal form of a heading's texts, and the words that say how its parts belong together.
//!
//! Deliberately absent: fields and candidates (see `heading`).

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::whose::{Details, Owner};

/// The words of `assets/dictionary/headings.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    serial: Vec<String>,
    unit_letters: String,
    harmless_notes: Vec<String>,
    roles: Vec<String>,
    not_roles: Vec<String>,
    elsewhere: Vec<String>,
    neutral: Vec<String>,
    fillers: Vec<String>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    slash: Vec<String>,
    instructions: Vec<String>,
    changing_notes: Vec<String>,
    amounts: Vec<String>,
    pub(super) selves: Vec<String>,
    pub(super) qualifiers: Vec<String>,
    pub(super) other_kin: Vec<String>,
    synonyms: Vec<Vec<String>>,
    pub(super) details: Details,
    pub(super) owners: Vec<Owner>,
}

/// A heading in normal form, taken apart.
#[derive(Debug)]
pub(super) struct Heading {
    /// The whole path, for remembering.
    pub(super) key: String,
    /// Readings of the whole path, the most faithful first.
    pub(super) joined: Vec<String>,
    /// The lowest text without its notes.
    pub(super) last: String,
    /// A note in brackets may change the meaning.
    pub(super) noted: bool,
    pub(super) uppers: Vec<String>,
    notes: Vec<String>,
    /// A note asks for yes or no, not for what the words name: 居住证（有/无）.
    pub(super) asks_yes_no: bool,
}

/// The normal form of one text: compatibility characters folded, no space, no numbering, no marks.
pub(super) fn normal(text: &str) -> String {
    let circled = text.trim_start().trim_start_matches(|letter| matches!(letter, '①'..='⑳' | '⑴'..='⒇'));
    let folded: String = circled
        .nfkc()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && !is_invisible(*letter))
        .map(|letter| match letter {
            '【' | '[' | '〔' | '{' | '<' | '《' => '(',
            '】' | ']' | '〕' | '}' | '>' | '》' => ')',
            '、' | '，' | ';' | '；' => ',',
            _ => letter,
        })
        .flat_map(char::to_lowercase)
        .filter(|letter| *letter != '的')
        .collect();
    let marks = |letter: char| {
        matches!(letter, '*' | '#' | '※' | '★' | '☆' | '●' | '▲' | ':' | '"' | '\'' | '_' | '-' | '?' | '!')
    };
    let bare = folded.trim_matches(marks);
    without_numbering(bare).trim_matches(marks).to_owned()
}

/// The normal form of a heading written with `/` between its levels.
pub(super) fn normal_path(path: &str) -> String {
    path.split('/').map(normal).collect::<Vec<_>>().join("/")
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{00ad}')
}

/// Drops a leading `1.`, `一,`, `(二)` or `3)`.
fn without_numbering(text: &str) -> &str {
    let is_number = |letter: char| letter.is_ascii_digit() || "一二三四五六七八九十".contains(letter);
    // The questions of a questionnaire: 第3题、, Q3.
    if let Some(rest) = text.strip_prefix('q').or_else(|| text.strip_prefix('第')) {
        let inner = rest.trim_start_matches(is_number);
        let bare = inner.strip_prefix('题').unwrap_or(inner).trim_start_matches(['.', ',', ')', ':']);
        let is_question = inner.len() < rest.len() && bare.len() < inner.len() && !bare.is_empty();
        return if is_question { bare } else { text };
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let rest = inner.trim_start_matches(is_number);
    if rest.len() == inner.len() {
        return text;
    }
    let ends: &[char] = if inner.len() < text.len() { &[')'] } else { &['.', ',', ')', ':'] };
    match rest.strip_prefix(ends) {
        Some(rest) if !rest.is_empty() => rest,
        _ => text,
    }
}

/// Splits a normal text into what stands outside and inside brackets.
fn split_notes(text: &str) -> (String, Vec<String>) {
    let (mut bare, mut notes, mut depth) = (String::new(), Vec::new(), 0_usize);
    for letter in text.chars() {
        match letter {
            '(' => {
                depth += 1;
                if depth == 1 {
                    notes.push(String::new());
                }
            }
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(letter),
            _ => {
                if let Some(note) = notes.last_mut() {
                    note.push(letter);
                }
            }
        }
    }
    notes.retain(|note| !note.is_empty());
    (bare, notes)
}

/// A note that only lists what may be filled in: 公办/民办/回原籍, 好,一般,差.
fn is_options(note: &str) -> bool {
    let items: Vec<&str> = note.split(['/', ',', '|', '+', '或']).collect();
    items.len() >= 3 && items.iter().all(|item| (1..=8).contains(&item.chars().count()))
        || items.len() == 2 && items.iter().all(|item| (1..=3).contains(&item.chars().count()))
        || items.len() == 2 && items[1].strip_prefix(['未', '无', '不', '没']).is_some()
}

impl Heading {
    /// Takes a path apart; `None` when it has no text.
    pub(super) fn new(path: &[&str], words: &Words) -> Option<Self> {
        let mut levels: Vec<String> =
            path.iter().map(|text| normal(text)).filter(|text| !text.is_empty()).collect();
        levels.dedup();
        let full_last = levels.last()?.clone();
        let key = levels.join("/");
        levels.pop();
        let (bare, mut notes) = split_notes(&full_last);
        let last = if bare.is_empty() { full_last.clone() } else { bare };
        let uppers: Vec<String> =
            levels.iter().map(|text| split_notes(text).0).filter(|text| !text.is_empty()).collect();
        let asks_yes_no =
            notes.iter().any(|note| matches!(note.as_str(), "有/无" | "有,无" | "是/否" | "是,否"));
        notes.retain(|note| !words.is_harmless(note));
        let mut joined = Vec::new();
        if let Some(upper) = uppers.last() {
            joined.push(key.clone());
            joined.push(format!("{upper}/{full_last}"));
            joined.push(format!("{upper}/{last}"));
            joined.push(format!("{upper}{last}"));
            let core = words.core(upper);
            if !core.is_empty() {
                joined.push(format!("{core}/{last}"));
                joined.push(format!("{core}{last}"));
            }
            joined.extend(uppers.iter().rev().skip(1).map(|upper| format!("{upper}/{last}")));
        } else {
            joined.push(full_last.clone());
            if let [note] = notes.as_slice() {
                joined.push(format!("{last}{note}"));
                joined.push(format!("{note}{last}"));
            }
        }
        for said in joined.clone() {
            joined.extend(words.said_otherwise(&said));
        }
        joined.dedup();
        let noted = !notes.is_empty();
        Some(Self { key, joined, last, noted, uppers, notes, asks_yes_no })
    }

    /// What stands in brackets and may change the meaning.
    pub(super) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The same text with the usual words at its end.
    pub(super) fn said_of(&self, text: &str, words: &Words) -> Vec<String> {
        words.said_otherwise(text)
    }

    /// Whether the column only counts the rows.
    pub(super) fn is_serial(&self, words: &Words) -> bool {
        words.serial.contains(&self.last)
    }

    /// Whether it is the ledger's own heading of a column.
    pub(super) fn is_own(&self, group: Option<&str>, title: &str, words: &Words) -> bool {
        let title = normal(title);
        let same = title == self.last && !self.noted || self.joined.first() == Some(&title);
        match group {
            Some(group) => {
                let group = normal(group);
                same && self.uppers.contains(&group) || self.last == format!("{group}{title}")
            }
            None => same && !self.names_other(words) && !self.has_strange_upper(words),
        }
    }

    /// Whether an upper text or a note gives the column to another person or unit.
    pub(super) fn names_other(&self, words: &Words) -> bool {
        self.uppers.iter().chain(&self.notes).any(|text| {
            !words.not_roles.iter().any(|word| text.contains(word.as_str()))
                && words
                    .roles
                    .iter()
                    .any(|role| text.contains(role.as_str()) && !self.last.contains(role.as_str()))
        })
    }

    /// Whether an upper text may change the meaning in a way that is not known.
    pub(super) fn has_strange_upper(&self, words: &Words) -> bool {
        self.uppers.iter().any(|text| {
            let core = words.core(text);
            !core.is_empty() && !words.is_neutral(&core)
        })
    }

    /// Whether a note makes another thing of the words: （原）工作单位.
    pub(super) fn has_changing_note(&self, words: &Words) -> bool {
        self.notes.iter().any(|note| words.changing_notes.contains(note))
    }

    /// The groups over a heading that only says how much (金额, 合计): each by its own words.
    pub(super) fn whose_amount(&self, words: &Words) -> Vec<String> {
        if !words.amounts.contains(&self.last) {
            return Vec::new();
        }
        let cores = self.uppers.iter().rev().flat_map(|upper| [upper.clone(), words.core(upper)]);
        cores.filter(|core| !core.is_empty()).collect()
    }

    /// Whether an upper text or a note speaks of a place other than the one lived in.
    pub(super) fn is_elsewhere(&self, words: &Words) -> bool {
        self.uppers.iter().chain(&self.notes).any(|text| {
            let says = |word: &String| text.contains(word.as_str()) && !self.last.contains(word.as_str());
            words.elsewhere.iter().any(says)
        })
    }

    /// The lowest text with a prefix or suffix dropped.
    pub(super) fn weakened(&self, words: &Words) -> Vec<String> {
        let ends: Vec<&str> =
            words.suffixes.iter().filter_map(|word| self.last.strip_suffix(word.as_str())).collect();
        let starts: Vec<&str> =
            words.prefixes.iter().filter_map(|word| self.last.strip_prefix(word.as_str())).collect();
        let counted = self.last.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let both: Vec<&str> = starts
            .iter()
            .flat_map(|text| words.suffixes.iter().filter_map(|word| text.strip_suffix(word.as_str())))
            .collect();
        let long_enough = |text: &&str| text.chars().count() >= 2;
        words
            .cut(&self.last)
            .into_iter()
            .chain(std::iter::once(counted))
            .chain(starts)
            .chain(ends)
            .chain(both)
            .filter(long_enough)
            .map(ToOwned::to_owned)
            .collect()
    }
}

impl Words {
    /// An upper text without the words that say nothing.
    fn core(&self, upper: &str) -> String {
        self.fillers.iter().fold(upper.to_owned(), |text, filler| text.replace(filler.as_str(), ""))
    }

    /// The word of a slashed cell that names the column: 项目 and 姓名 in one cell mean 姓名.
    fn cut<'t>(&self, text: &'t str) -> Option<&'t str> {
        let bare = |rest: &'t str| rest.trim_matches(['/', '\\', '|']);
        let ends = self.slash.iter().filter_map(|word| text.strip_suffix(word.as_str()));
        let starts = self.slash.iter().filter_map(|word| text.strip_prefix(word.as_str()));
        ends.chain(starts).map(bare).find(|rest| rest.chars().count() >= 2)
    }

    /// The same with the usual word at the end: 监护人手机号码 is 监护人电话.
    fn said_otherwise(&self, text: &str) -> Vec<String> {
        let usual = self.synonyms.iter().filter_map(|words| {
            let (usual, others) = words.split_first()?;
            let ends = others.iter().filter(|word| text.ends_with(word.as_str()));
            let rest = &text[..text.len() - ends.max_by_key(|word| word.len())?.len()];
            (!rest.is_empty() && format!("{rest}{usual}") != text).then(|| format!("{rest}{usual}"))
        });
        usual.collect()
    }

    /// A group's words without what says nothing and without what only goes with handing out.
    pub(super) fn bare_core(&self, upper: &str) -> String {
        self.core(upper).replace("基本", "")
    }

    /// Whether a group leaves the meaning of what stands below as it is.
    pub(super) fn is_neutral(&self, core: &str) -> bool {
        self.neutral.iter().any(|word| core.contains(word.as_str()))
    }

    fn is_harmless(&self, note: &str) -> bool {
        let is_unit = |letter: char| letter.is_ascii() || self.unit_letters.contains(letter);
        note.chars().all(is_unit)
            || self.harmless_notes.iter().any(|word| note.contains(word.as_str()))
            || !self.roles.iter().any(|role| note.contains(role.as_str()))
                && (is_options(note) || self.instructions.iter().any(|word| note.starts_with(word.as_str())))
    }
}
