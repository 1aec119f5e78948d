//! The sets of entries that ship with the program (`assets/lists`, `assets/certificates`): the ones
//! an office starts with, and those of other places to compare with (`assets/lists/places`).

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde_json::Value;

use super::entry::{Entry, List, yes};
use crate::error::{Error, Result};

static LISTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/lists");
static PAPERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/certificates");
static SETS: LazyLock<Result<Vec<Set>, String>> = LazyLock::new(load);
static PROVINCES: LazyLock<Result<Vec<Province>, String>> = LazyLock::new(load_provinces);

/// Id of the sets an office starts with.
pub const SHIPPED: &str = "shipped";

/// A set of entries of one list, dated and sourced (一版清单).
#[derive(Debug, Clone, PartialEq)]
pub struct Set {
    /// Id: [`SHIPPED`], or the name of the place's file.
    pub id: String,
    /// The list.
    pub list: List,
    /// Title.
    pub title: String,
    /// The day it holds from.
    pub version: String,
    /// Where it holds.
    pub place: String,
    /// Where it comes from.
    pub source: String,
    /// What to know of it.
    pub note: String,
    /// Whether somebody compared it with its source.
    pub checked: bool,
    /// The entries in order.
    pub entries: Vec<Entry>,
}

impl Set {
    /// Whether an office starts with it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.id == SHIPPED
    }
}

/// Which certificates a province's list of refused ones leaves out or adds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Province {
    /// Name.
    pub name: String,
    /// Ids left out.
    #[serde(default)]
    pub drop: Vec<String>,
    /// Ids added.
    #[serde(default)]
    pub add: Vec<String>,
    /// Whether somebody compared it with its source.
    #[serde(default = "yes")]
    pub checked: bool,
}

#[derive(Deserialize)]
struct SetFile {
    #[serde(default)]
    list: Option<String>,
    title: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    note: String,
    #[serde(default = "yes")]
    checked: bool,
    #[serde(default)]
    item: Vec<Value>,
}

/// Every set that ships.
///
/// # Errors
/// [`Error::Bug`] when a file is broken.
pub fn sets() -> Result<&'static [Set]> {
    SETS.as_deref().map_err(|error| Error::Bug(error.clone()))
}

/// The provinces whose lists of refused certificates are known.
///
/// # Errors
/// [`Error::Bug`] when the file is broken.
pub fn provinces() -> Result<&'static [Province]> {
    PROVINCES.as_deref().map_err(|error| Error::Bug(error.clone()))
}

fn load() -> Result<Vec<Set>, String> {
    let mut sets = Vec::new();
    for list in List::ALL {
        let folder = if matches!(list, List::Refuse | List::Issue) { &PAPERS } else { &LISTS };
        let path = format!("{}.toml", list.word());
        sets.push(read(folder, &path, SHIPPED, Some(list))?);
    }
    for file in LISTS.get_dir("places").into_iter().flat_map(Dir::files) {
        let id = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        sets.push(read(&LISTS, &file.path().display().to_string(), id, None)?);
    }
    Ok(sets)
}

fn read(folder: &Dir<'_>, path: &str, id: &str, list: Option<List>) -> Result<Set, String> {
    let bad = |error: &dyn std::fmt::Display| format!("assets, {path}: {error}");
    let file = folder.get_file(path).and_then(|file| file.contents_utf8());
    let file: SetFile = toml::from_str(file.ok_or_else(|| bad(&"is missing"))?).map_err(|error| bad(&error))?;
    let said = file.list.as_deref().and_then(List::from_word);
    let list = list.or(said).ok_or_else(|| bad(&"does not say which list it is"))?;
    let entries = file.item.into_iter().zip(1..).map(|(body, place)| {
        Entry::new(list, place, &file.version, body).map_err(|error| bad(&error))
    });
    Ok(Set {
        id: id.to_owned(),
        list,
        entries: entries.collect::<Result<_, _>>()?,
        title: file.title,
        version: file.version,
        place: file.place,
        source: file.source,
        note: file.note,
        checked: file.checked,
    })
}

fn load_provinces() -> Result<Vec<Province>, String> {
    #[derive(Deserialize)]
    struct File {
        province: Vec<Province>,
    }
    let text = PAPERS.get_file("provinces.toml").and_then(|file| file.contents_utf8()).unwrap_or_default();
    let file: File = toml::from_str(text).map_err(|error| format!("assets, provinces.toml: {error}"))?;
    Ok(file.province)
}
