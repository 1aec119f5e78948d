//! Names of persons (姓名): how they are kept and how they are masked for public lists.

use std::borrow::Cow;

use super::pinyin::is_compound_surname;
use super::text::{squeeze, tidy};

/// Cleans a name: no blanks between ideographs (王　芳), one middle dot of the many (·).
///
/// Names in Latin letters keep single blanks between their words.
#[must_use]
pub fn clean(name: &str) -> Cow<'_, str> {
    let tidied = tidy(name);
    if tidied.chars().any(|c| c.is_ascii_alphabetic()) {
        return match tidied.contains('\n') {
            true => Cow::Owned(tidied.replace('\n', " ")),
            false => tidied,
        };
    }
    if !tidied.chars().any(|c| c.is_whitespace() || is_middle_dot(c)) {
        return tidied;
    }
    let one_dot = |c: char| if is_middle_dot(c) { '·' } else { c };
    Cow::Owned(tidied.chars().filter(|c| !c.is_whitespace()).map(one_dot).collect())
}

/// The surname (姓): two characters where it is a compound one, otherwise the first; of a name with
/// a middle dot, what stands before it.
#[must_use]
pub fn surname(name: &str) -> &str {
    if let Some((first, _)) = name.split_once('·') {
        return first;
    }
    let mut ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
    let (one, two) = (ends.next().unwrap_or(0), ends.next());
    match two {
        Some(two) if two < name.len() && is_compound_surname(&name[..two]) => &name[..two],
        _ => &name[..one],
    }
}

/// Masks a name for public lists: 张*, 张*明, 欧阳*明. The surname and, of three or more characters,
/// the last one stay.
#[must_use]
pub fn mask(name: &str) -> String {
    let name = squeeze(name);
    let surname = surname(&name);
    let given: Vec<char> = name[surname.len()..].chars().collect();
    let mut masked = surname.to_owned();
    for (at, c) in given.iter().enumerate() {
        let is_last = at > 0 && at + 1 == given.len();
        masked.push(if is_last || *c == '·' { *c } else { '*' });
    }
    masked
}

/// Speaks of a person without the given name: 张某, 张某某.
#[must_use]
pub fn anonymous(name: &str) -> String {
    let name = squeeze(name);
    let surname = surname(&name);
    let given = name[surname.len()..].chars().count();
    format!("{surname}{}", if given > 1 { "某某" } else { "某" })
}

fn is_middle_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '∙' | '⋅' | '．')
}
