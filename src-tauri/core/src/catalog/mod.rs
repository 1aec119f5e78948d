//! The catalog (目录): the dictionary and the ledger kinds that ship with the program, loaded once
//! and checked against each other.
//!
//! Deliberately absent: rows, SQL, and the ledgers a clerk made (the ledger feature reads those
//! from the store and binds them with [`LocalLedger::bind`]).

use std::collections::HashSet;

use include_dir::{Dir, include_dir};

use crate::dictionary::Dictionary;
use crate::value::code::CodeTables;

mod ledger_kind;
mod local;
#[cfg(test)]
mod tests;

pub use ledger_kind::{Column, LedgerKind, ROW_PREFIX};
pub use local::{LocalColumn, LocalLedger};

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/ledgers");

/// The words and kinds the program ships with.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// Every field a column may be bound to.
    pub dictionary: Dictionary,
    /// Code tables that values of code fields come from.
    pub codes: CodeTables,
    ledgers: Vec<LedgerKind>,
}

/// Ledger kinds that stand under one heading.
#[derive(Debug, Clone)]
pub struct LedgerGroup<'c> {
    /// The heading, such as 重点人群.
    pub title: &'c str,
    /// The kinds in order.
    pub ledgers: Vec<&'c LedgerKind>,
}

impl Catalog {
    /// Reads and checks what is built into the program.
    ///
    /// # Errors
    /// Says which file is wrong; the text is for developers.
    pub fn load() -> Result<Self, String> {
        let dictionary = Dictionary::load()?;
        let mut ledgers = Vec::new();
        for file in ASSETS.files() {
            let path = file.path().display().to_string();
            let text = file.contents_utf8().ok_or_else(|| format!("assets/ledgers/{path} is not text"))?;
            let kind =
                ledger_from(text, &dictionary).map_err(|error| format!("assets/ledgers/{path}: {error}"))?;
            if path != format!("{}.toml", kind.id) {
                return Err(format!("assets/ledgers/{path}: the file is not named after {}", kind.id));
            }
            ledgers.push(kind);
        }
        ledgers.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        let titles: HashSet<&str> = ledgers.iter().map(|kind| kind.title.as_str()).collect();
        if titles.len() != ledgers.len() {
            return Err("two ledgers have the same title".to_owned());
        }
        let catalog = Self { dictionary, codes: CodeTables::load()?, ledgers };
        catalog.check_codes()?;
        Ok(catalog)
    }

    /// Refuses a field whose code table does not exist.
    fn check_codes(&self) -> Result<(), String> {
        let columns = self.ledgers.iter().flat_map(|kind| &kind.columns).map(|column| &column.field);
        for field in self.dictionary.fields().iter().chain(columns) {
            match &field.codes {
                Some(table) if self.codes.table(table).is_none() => {
                    return Err(format!("field {}: there is no code table {table}", field.id));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The shipped ledger kinds in order.
    #[must_use]
    pub fn ledgers(&self) -> &[LedgerKind] {
        &self.ledgers
    }

    /// The shipped ledger kind of that id.
    #[must_use]
    pub fn ledger(&self, id: &str) -> Option<&LedgerKind> {
        self.ledgers.iter().find(|kind| kind.id == id)
    }

    /// The shipped ledger kinds under their headings.
    #[must_use]
    pub fn groups(&self) -> Vec<LedgerGroup<'_>> {
        let mut groups: Vec<LedgerGroup<'_>> = Vec::new();
        for kind in &self.ledgers {
            match groups.iter_mut().find(|group| group.title == kind.group) {
                Some(group) => group.ledgers.push(kind),
                None => groups.push(LedgerGroup { title: &kind.group, ledgers: vec![kind] }),
            }
        }
        groups
    }
}

/// One ledger kind from the text of its file.
fn ledger_from(text: &str, dictionary: &Dictionary) -> Result<LedgerKind, String> {
    let file: ledger_kind::LedgerFile = toml::from_str(text).map_err(|error| error.to_string())?;
    file.bind(dictionary)
}
