//! One heading over several columns (房屋坐落 over 8号楼, 1单元, 303室): the values tell the parts.

use super::judge::{Binding, Judge};
use super::profile::Profile;
use super::{Confidence, How, fit};
use crate::dictionary::FieldKind;

/// Share of the values that must look like the part, in percent.
const MOST: usize = 80;

impl<'a> Judge<'a> {
    /// Gives neighbours that share the heading of an address the part their values are.
    pub(super) fn split_addresses(&self, bindings: &mut [Binding<'a>]) {
        let columns = &self.shape.columns;
        let mut start = 0;
        while start < columns.len() {
            let mut end = start + 1;
            while end < columns.len() && columns[end].levels == columns[start].levels {
                end += 1;
            }
            let is_address = bindings[start..end].iter().any(|binding| {
                binding.choices.iter().chain(&binding.field).any(|field| field.kind == FieldKind::Address)
            });
            if end - start > 1 && is_address {
                self.split(start, end, bindings);
            }
            start = end;
        }
    }

    fn split(&self, start: usize, end: usize, bindings: &mut [Binding<'a>]) {
        let parts: Vec<Option<(&str, usize, &str)>> = self.profiles[start..end].iter().map(part_of).collect();
        // Only when each column is another part: 8号楼 beside 303室.
        let is_whole = parts.iter().all(Option::is_some)
            && (1..parts.len()).all(|at| !parts[..at].iter().any(|part| name(part) == name(&parts[at])));
        if !is_whole {
            return;
        }
        for (at, part) in parts.into_iter().enumerate() {
            let Some((id, hits, what)) = part else { continue };
            let Some(field) = self.words.dictionary.get(id) else { continue };
            let binding = &mut bindings[start + at];
            binding.choices.insert(0, field);
            binding.field = Some(field);
            binding.how = How::Values;
            binding.confidence = Confidence::Likely;
            binding.reasons.push(fit::count(&self.profiles[start + at], hits, what));
        }
    }
}

fn name<'p>(part: &Option<(&'p str, usize, &'p str)>) -> Option<&'p str> {
    part.map(|(id, _, _)| id)
}

/// Which part of an address the values of a column are.
fn part_of(profile: &Profile) -> Option<(&'static str, usize, &'static str)> {
    [
        ("place.building", profile.buildings, "像楼号"),
        ("place.unit", profile.units, "像单元"),
        ("place.room", profile.whole_rooms, "像室号"),
    ]
    .into_iter()
    .find(|(_, hits, _)| profile.share(*hits, MOST))
}
