//! The two lists (两份清单): what the committee does by law (依法履职事项) and what it helps the
//! government with (协助政府事项); and the lists beside them: what is not to be handed down
//! (负面清单), what departments do themselves, what needs admission (准入), which certificates are
//! refused and which may be issued.
//!
//! Every entry is a row of the office, copied from a set that ships when the office is started and
//! edited from then on. Judging what comes in is [`crate::gate`].

pub mod api;
mod compare;
mod edit;
mod entry;
mod sheet;
mod shipped;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use compare::likeness;
pub use compare::{Compared, Difference, compare};
pub use entry::{Basis, Cycle, Entry, Item, ItemState, List, Paper, Rule, Side};
pub use shipped::{Province, Set, provinces, sets};
pub use store::{all, find, of_list};

use crate::error::Result;
use crate::office::Tx;

/// Copies the shipped sets into the office, as the first start does.
///
/// # Errors
/// Writing fails, or a shipped file is broken.
pub fn take_shipped(tx: &Tx<'_>) -> Result<()> {
    for set in sets()?.iter().filter(|set| set.is_own()) {
        for entry in &set.entries {
            store::save(tx, entry)?;
        }
    }
    Ok(())
}

/// Notes that the gate admitted an item: as a new row of the government's list, or with a new period.
///
/// # Errors
/// Writing fails.
pub fn admit(tx: &Tx<'_>, item: &Item, number: i64) -> Result<String> {
    let mut item = item.clone();
    if item.id.is_empty() {
        item.id = format!("help-local-{number}");
    }
    let code = item.id.clone();
    let known = store::find(tx.connection(), &code)?;
    let place = match &known {
        Some(entry) => entry.place,
        None => store::next_place(tx.connection(), List::Help)?,
    };
    let edition = known.map(|entry| entry.edition).unwrap_or_default();
    store::save(tx, &Entry::of_item(List::Help, &item, place, &edition)?)?;
    Ok(code)
}

/// Notes that an item left the government's list (退出).
///
/// # Errors
/// Writing fails.
pub fn leave(tx: &Tx<'_>, code: &str) -> Result<()> {
    let Some(entry) = store::find(tx.connection(), code)?.filter(|entry| entry.list == List::Help) else {
        return Ok(());
    };
    let item = Item { state: ItemState::Left, ..entry.item()? };
    store::save(tx, &Entry::of_item(List::Help, &item, entry.place, &entry.edition)?)
}
