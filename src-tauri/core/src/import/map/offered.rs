//! Words that a heading itself offers: 房产性质(自有/租赁/公房).
//!
//! They tell more exactly than the name before them what the column is about. Where the field of that
//! name has other words, or none of its own, it is likely but no longer sure.

use super::judge::{Binding, Judge};
use super::{Confidence, How};
use crate::dictionary::{FieldDef, FieldKind};
use crate::import::shape::ColumnSeen;

impl<'a> Judge<'a> {
    /// Takes the certainty from columns whose heading offers words that are not those of the field.
    pub(super) fn doubt_offered(&self, bindings: &mut [Binding<'a>]) {
        for (column, binding) in self.shape.columns.iter().zip(bindings) {
            let Some(field) = binding.field else { continue };
            if binding.confidence != Confidence::Sure || binding.how == How::Remembered {
                continue;
            }
            let offered = offered(column);
            let is_known_so = column.levels.last().is_some_and(|heading| field.aliases.contains(heading));
            if offered.len() > 1 && !is_known_so && !self.are_words_of(field, &offered) {
                binding.confidence = Confidence::Likely;
                binding.reasons.push(format!("表头里写的是“{}”", offered.join("、")));
            }
        }
    }

    fn are_words_of(&self, field: &FieldDef, offered: &[&str]) -> bool {
        match (field.kind, &field.codes) {
            (FieldKind::Code, Some(table)) => {
                let known =
                    offered.iter().filter(|word| self.words.codes.find(table, word).is_some()).count();
                known * 2 > offered.len()
            }
            // Such as 备注(电话/地址): a text may say anything, but not under a list of its own words.
            (FieldKind::Text, _) => false,
            _ => true,
        }
    }
}

/// The words in the last brackets of a heading, where they are a choice.
fn offered(column: &ColumnSeen) -> Vec<&str> {
    let Some(inside) = column.levels.last().and_then(|heading| heading.strip_suffix(')')?.rsplit_once('('))
    else {
        return Vec::new();
    };
    let words: Vec<&str> = inside.1.split(['/', '、', '|']).map(str::trim).collect();
    let is_word = |word: &&str| (1..=8).contains(&word.chars().count());
    if words.iter().all(is_word) { words } else { Vec::new() }
}
