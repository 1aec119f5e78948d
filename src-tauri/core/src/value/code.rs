//! Standard code tables (GB/T and of the office), read from `assets/codes/*.toml`.
//!
//! A table says what a field may hold. Which field uses which table is written in the dictionary.

use std::borrow::Cow;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::text::squeeze;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/codes");

/// Data of this folder that is no code table.
const OTHER_FILES: [&str; 1] = ["surname_readings.toml"];

/// A code table (代码表): one closed list of words with their codes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeTable {
    /// The name by which dictionary fields refer to it; also the name of its file.
    pub id: String,
    /// What the list is of, in Chinese.
    pub title: String,
    /// The standard or practice it comes from.
    pub source: String,
    /// False while nobody has compared it with the printed standard.
    pub verified: bool,
    /// The words, in the order of the standard.
    pub items: Vec<CodeItem>,
}

/// One word of a code table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeItem {
    /// The code, as text: leading noughts matter.
    pub code: String,
    /// The full word; this is what the office keeps and prints (汉族).
    pub title: String,
    /// The word that people write in narrow columns (汉).
    #[serde(default)]
    pub short: Option<String>,
    /// Other words for the same.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// All code tables, with an index by every spelling.
#[derive(Debug, Clone, Default)]
pub struct CodeTables {
    tables: Vec<CodeTable>,
    by_id: FxHashMap<String, usize>,
    spellings: Vec<FxHashMap<String, usize>>,
}

impl CodeTables {
    /// The tables that ship with the program, loaded once. Empty when a file is wrong, which a test
    /// and [`Self::load`] report.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<CodeTables> = LazyLock::new(|| CodeTables::load().unwrap_or_default());
        &SHIPPED
    }

    /// Loads the tables that ship with the program.
    ///
    /// # Errors
    /// A sentence naming the file that is wrong, for the tests and the log.
    pub fn load() -> Result<Self, String> {
        let mut files: Vec<_> = FILES.files().collect();
        files.sort_by_key(|file| file.path());
        let mut tables = Vec::with_capacity(files.len());
        for file in files {
            let name = file.path().display().to_string();
            if OTHER_FILES.contains(&name.as_str()) || !name.ends_with(".toml") {
                continue;
            }
            let text = file.contents_utf8().ok_or_else(|| format!("assets/codes/{name}: not UTF-8"))?;
            let table: CodeTable = toml::from_str(text).map_err(|e| format!("assets/codes/{name}: {e}"))?;
            if format!("{}.toml", table.id) != name {
                return Err(format!("assets/codes/{name}: its id is {}", table.id));
            }
            tables.push(table);
        }
        Self::new(tables)
    }

    /// Indexes tables, and refuses a spelling that would mean two words.
    ///
    /// # Errors
    /// A sentence naming the table and the spelling.
    pub fn new(tables: Vec<CodeTable>) -> Result<Self, String> {
        let mut all = Self::default();
        for table in tables {
            let spellings = spellings(&table)?;
            if all.by_id.insert(table.id.clone(), all.tables.len()).is_some() {
                return Err(format!("code table {}: defined twice", table.id));
            }
            all.spellings.push(spellings);
            all.tables.push(table);
        }
        Ok(all)
    }

    /// Finds a word by its code, short word, full word or alias.
    #[must_use]
    pub fn find(&self, table: &str, text: &str) -> Option<&CodeItem> {
        let at = *self.by_id.get(table)?;
        let spellings = self.spellings.get(at)?;
        // Most cells hold the word as it is listed: no squeezing then.
        let item = spellings.get(text).or_else(|| spellings.get(key(text).as_ref()))?;
        self.tables.get(at)?.items.get(*item)
    }

    /// The table of an id.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&CodeTable> {
        self.tables.get(*self.by_id.get(id)?)
    }

    /// All tables, by name of file.
    pub fn tables(&self) -> impl Iterator<Item = &CodeTable> {
        self.tables.iter()
    }
}

impl CodeTable {
    /// The full words in order, for choices on screen.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| item.title.as_str())
    }
}

impl CodeItem {
    /// The word for narrow columns.
    #[must_use]
    pub fn short(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.title)
    }
}

fn key(text: &str) -> Cow<'_, str> {
    let mut squeezed = squeeze(text);
    squeezed.make_ascii_lowercase();
    Cow::Owned(squeezed)
}

fn spellings(table: &CodeTable) -> Result<FxHashMap<String, usize>, String> {
    let mut all: FxHashMap<String, usize> = FxHashMap::default();
    for (at, item) in table.items.iter().enumerate() {
        let words = [&item.code, &item.title].into_iter().chain(&item.short).chain(&item.aliases);
        for word in words {
            if let Some(other) = all.insert(key(word).into_owned(), at).filter(|other| *other != at) {
                let other = table.items.get(other).map_or("", |item| item.title.as_str());
                return Err(format!("code table {}: \"{word}\" is {} and {other}", table.id, item.title));
            }
        }
    }
    // A numeric cell has lost the leading nought of its code.
    for (at, item) in table.items.iter().enumerate() {
        let bare = item.code.trim_start_matches('0');
        if !bare.is_empty() && item.code.bytes().all(|b| b.is_ascii_digit()) {
            all.entry(bare.to_owned()).or_insert(at);
        }
    }
    Ok(all)
}
