//! Search keys of names in pinyin: initials and full, with every likely reading.
//!
//! Surnames are read as surnames (`assets/codes/surname_readings.toml`); characters that no table
//! knows stand for themselves. How keys are stored and searched belongs to `search`.

use std::sync::LazyLock;

use pinyin::{Pinyin, ToPinyinMulti};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::text::squeeze;

/// The keys of a name, the likeliest reading first, at most eight of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PinyinKeys {
    /// First letters: "zjg" of 张建国.
    pub initials: Vec<String>,
    /// Syllables joined: "zhangjianguo".
    pub full: Vec<String>,
}

/// More readings than these are not kept of one name.
const MOST_KEYS: usize = 8;

/// Makes the keys of a person's name.
#[must_use]
pub fn keys(name: &str) -> PinyinKeys {
    let chars: Vec<char> = squeeze(name).chars().filter(|c| !is_middle_dot(*c)).take(40).collect();
    let readings = surname_first(&chars);
    PinyinKeys {
        initials: combined(&readings, |reading| {
            reading.chars().next().map_or("", |c| &reading[..c.len_utf8()])
        }),
        full: combined(&readings, |reading| reading),
    }
}

/// Says whether two characters are a compound surname (复姓).
#[must_use]
pub fn is_compound_surname(text: &str) -> bool {
    SURNAMES.compound.contains_key(text)
}

/// The readings of every character, the likeliest first.
fn surname_first(chars: &[char]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = chars.iter().map(|c| readings_of(*c)).collect();
    if chars.len() > 1
        && let Some(known) = SURNAMES.single.get(&chars[0])
    {
        all[0].clone_from(known);
    }
    let compound: String = chars.iter().take(2).collect();
    if let Some(known) = SURNAMES.compound.get(&compound) {
        for (readings, known) in all.iter_mut().zip(known.split(' ')) {
            readings.retain(|reading| reading != known);
            readings.insert(0, known.to_owned());
        }
    }
    all
}

/// The readings of a character without tones, each once; of an unknown one, itself in small letters.
fn readings_of(c: char) -> Vec<String> {
    let Some(known) = c.to_pinyin_multi() else { return vec![c.to_lowercase().collect()] };
    let mut readings: Vec<String> = Vec::new();
    for reading in known.into_iter().map(Pinyin::plain) {
        // 吕 is typed "lv".
        let reading = reading.replace('ü', "v");
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// Joins one part of every reading, keeping the combinations whose readings stand first.
fn combined(readings: &[Vec<String>], part: fn(&str) -> &str) -> Vec<String> {
    let mut best = vec![(0, String::new())];
    for of_character in readings {
        let mut next: Vec<(usize, String)> = Vec::with_capacity(best.len() * of_character.len());
        for (rank, reading) in of_character.iter().enumerate() {
            for (so_far, key) in &best {
                let longer = format!("{key}{}", part(reading));
                if !next.iter().any(|(_, known)| *known == longer) {
                    next.push((so_far + rank, longer));
                }
            }
        }
        next.sort_by_key(|(rank, _)| *rank);
        next.truncate(MOST_KEYS);
        best = next;
    }
    best.into_iter().map(|(_, key)| key).filter(|key| !key.is_empty()).collect()
}

fn is_middle_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '∙' | '．' | '.')
}

/// The readings of surnames, as the file has them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Surnames {
    single: FxHashMap<char, Vec<String>>,
    compound: FxHashMap<String, String>,
}

static SURNAMES: LazyLock<Surnames> = LazyLock::new(|| {
    // A test proves that the file parses; without it names keep the usual readings.
    toml::from_str(include_str!("../../../../assets/codes/surname_readings.toml")).unwrap_or_default()
});
