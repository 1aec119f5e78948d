//! The dictionary (数据字典): every field a ledger column may be bound to, read from
//! `assets/dictionary`.
//!
//! Deliberately absent: code tables (see `value`), ledger kinds (see `catalog`) and any SQL.

use std::collections::HashMap;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

mod field;
mod heading;
mod normal;
pub mod reading;
pub mod remember;
#[cfg(test)]
mod tests;
mod whose;

pub use field::{Authority, FieldDef, FieldKind, Sensitivity, Subject};
pub(crate) use heading::is_foreign;
pub use heading::{Candidate, Found, How, OwnColumn, find, find_among};

use normal::{Heading, Words, normal_path};

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/dictionary");

/// All fields, checked, in the order of the files.
#[derive(Debug, Clone)]
pub struct Dictionary {
    fields: Vec<FieldDef>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Vec<Entry>>,
    words: Words,
}

/// A name of a field, found by its normal form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Place of the field.
    pub(crate) field: usize,
    /// The name is the field's title.
    pub(crate) is_title: bool,
    /// The name may as well mean another field.
    pub(crate) loose: bool,
}

/// The fields that stand under one heading on the card and in choice lists.
#[derive(Debug, Clone)]
pub struct FieldGroup<'d> {
    /// The heading, such as 基本情况.
    pub title: &'d str,
    /// What its fields tell something about.
    pub subject: Subject,
    /// The fields in order.
    pub fields: Vec<&'d FieldDef>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    field: Vec<FieldDef>,
}

impl Dictionary {
    /// Reads and checks the dictionary that is built into the program.
    ///
    /// # Errors
    /// Says which file or field is wrong; the text is for developers.
    pub fn load() -> Result<Self, String> {
        let mut fields = Vec::new();
        for name in FILES {
            let file: FieldFile = read(name)?;
            fields.extend(file.field);
        }
        Self::from_fields(fields, read(HEADINGS)?)
    }

    /// Checks and indexes a list of fields.
    fn from_fields(fields: Vec<FieldDef>, words: Words) -> Result<Self, String> {
        let fields: Vec<FieldDef> = fields.into_iter().map(FieldDef::completed).collect();
        let mut by_id = HashMap::with_capacity(fields.len());
        let mut by_name: HashMap<String, Vec<Entry>> = HashMap::with_capacity(fields.len() * 4);
        for (index, field) in fields.iter().enumerate() {
            check(field)?;
            if by_id.insert(field.id.clone(), index).is_some() {
                return Err(format!("field {} is defined twice", field.id));
            }
            for (name, entry) in names(index, field) {
                let entries = by_name.entry(name.clone()).or_default();
                let rival = entries.iter().find(|other| {
                    !entry.loose && !other.loose && fields[other.field].subject == field.subject
                });
                if let Some(rival) = rival {
                    return Err(format!(
                        "{name} is a name of {} and of {}",
                        fields[rival.field].id, field.id
                    ));
                }
                entries.push(entry);
            }
        }
        if let Some(unknown) = words.owned_fields().find(|id| !by_id.contains_key(*id)) {
            return Err(format!("{HEADINGS} names {unknown}, which is no field"));
        }
        Ok(Self { fields, by_id, by_name, words })
    }

    /// The field of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&FieldDef> {
        self.by_id.get(id).map(|&index| &self.fields[index])
    }

    /// Whether a text is a heading of some field or of the row number, whoever it is about.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        Heading::new(&[text], &self.words).is_some_and(|heading| {
            heading.is_serial(&self.words)
                || heading.joined.iter().chain([&heading.last]).any(|name| !self.entries(name).is_empty())
        })
    }

    /// The fields of a name in normal form.
    pub(crate) fn entries(&self, name: &str) -> &[Entry] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The fields of which a name differs from a text by one character: 户主电活 for 户主电话.
    #[must_use]
    pub fn alike(&self, text: &str) -> Vec<&FieldDef> {
        let text = normal_path(text);
        let length = text.chars().count();
        if !(3..=12).contains(&length) {
            return Vec::new();
        }
        let names = self.by_name.iter().filter(|(name, _)| name.chars().count().abs_diff(length) <= 1);
        let near = names.filter(|(name, _)| is_one_slip(name, &text)).flat_map(|(_, entries)| entries);
        let mut places: Vec<usize> = near.filter(|entry| !entry.loose).map(|entry| entry.field).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| &self.fields[place]).collect()
    }

    fn words(&self) -> &Words {
        &self.words
    }

    /// All fields in order.
    #[must_use]
    pub fn fields(&self) -> &[FieldDef] {
        &self.fields
    }

    /// The fields under their headings, in order of first appearance.
    #[must_use]
    pub fn groups(&self) -> Vec<FieldGroup<'_>> {
        let mut groups: Vec<FieldGroup<'_>> = Vec::new();
        for field in &self.fields {
            match groups.iter_mut().find(|group| group.title == field.group && group.subject == field.subject)
            {
                Some(group) => group.fields.push(field),
                None => groups.push(FieldGroup {
                    title: &field.group,
                    subject: field.subject,
                    fields: vec![field],
                }),
            }
        }
        groups
    }
}

/// Whether one character of a text is wrong, missing, too much, or two stand the wrong way round.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let same = short.iter().zip(long.iter()).take_while(|(one, other)| one == other).count();
    // The first characters tell whose it is: 父亲电话 is no slip of 母亲电话.
    if same < 2 {
        return false;
    }
    let (rest, other) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 => {
            !rest.is_empty()
                && (rest[1..] == other[1..]
                    || rest.len() >= 2
                        && rest[0] == other[1]
                        && rest[1] == other[0]
                        && rest[2..] == other[2..])
        }
        // One character more makes another word of a short one: 户主 and 户主名.
        1 => short.len() >= 4 && *rest == other[1..],
        _ => false,
    }
}

/// The files of the dictionary, in the order a clerk meets them.
const FILES: [&str; 6] =
    ["person.toml", "household.toml", "place.toml", "volunteer.toml", "organisation.toml", "event.toml"];

/// The words that headings are read with.
const HEADINGS: &str = "headings.toml";

fn read<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, String> {
    let text = ASSETS
        .get_file(name)
        .and_then(|file| file.contents_utf8())
        .ok_or_else(|| format!("assets/dictionary/{name} is missing"))?;
    toml::from_str(text).map_err(|error| format!("assets/dictionary/{name}: {error}"))
}

/// Checks what the types cannot say.
fn check(field: &FieldDef) -> Result<(), String> {
    let trouble = |text: &str| Err(format!("field {}: {text}", field.id));
    if field.subject == Subject::Row {
        return trouble("row columns belong to a ledger, not to the dictionary");
    }
    if (field.kind == FieldKind::Code) != field.codes.is_some() {
        return trouble("kind code and a code table go together");
    }
    if field.formats.iter().any(|format| !field.kind.formats().contains(&format.as_str())) {
        return trouble("its kind has no such format");
    }
    if field.title.is_ascii() || field.group.is_ascii() {
        return trouble("title and group are Chinese");
    }
    Ok(())
}

/// The names of a field in normal form, each once.
fn names(index: usize, field: &FieldDef) -> Vec<(String, Entry)> {
    let loose: Vec<String> = field.loose.iter().map(|name| normal_path(name)).collect();
    let mut names: Vec<(String, Entry)> = Vec::with_capacity(1 + field.aliases.len() + loose.len());
    let title = normal_path(&field.title);
    let sure = std::iter::once(title.clone()).chain(field.aliases.iter().map(|name| normal_path(name)));
    for name in sure.chain(loose.iter().cloned()) {
        if names.iter().all(|(known, _)| *known != name) {
            let entry = Entry { field: index, is_title: name == title, loose: loose.contains(&name) };
            names.push((name, entry));
        }
    }
    names
}
