//! The dictionary (数据字典): every field a ledger column may be bound to, read from
//! `assets/dictionary`.
//!
//! Deliberately absent: code tables (see `value`), ledger kinds (see `catalog`) and any SQL.

use std::collections::HashMap;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

mod field;

pub use field::{FieldDef, FieldKind, Sensitivity, Subject};

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/dictionary");

/// All fields, checked, in the order of the files.
#[derive(Debug, Clone)]
pub struct Dictionary {
    fields: Vec<FieldDef>,
    by_id: HashMap<String, usize>,
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
            let text = ASSETS
                .get_file(name)
                .and_then(|file| file.contents_utf8())
                .ok_or_else(|| format!("assets/dictionary/{name} is missing"))?;
            let file: FieldFile =
                toml::from_str(text).map_err(|error| format!("assets/dictionary/{name}: {error}"))?;
            fields.extend(file.field);
        }
        Self::from_fields(fields)
    }

    /// Checks and indexes a list of fields.
    ///
    /// # Errors
    /// Says which field is wrong.
    pub fn from_fields(fields: Vec<FieldDef>) -> Result<Self, String> {
        let fields: Vec<FieldDef> = fields.into_iter().map(FieldDef::completed).collect();
        let mut by_id = HashMap::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            if by_id.insert(field.id.clone(), index).is_some() {
                return Err(format!("field {} is defined twice", field.id));
            }
        }
        Ok(Self { fields, by_id })
    }

    /// The field of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&FieldDef> {
        self.by_id.get(id).map(|&index| &self.fields[index])
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
            match groups.iter_mut().find(|group| group.title == field.group && group.subject == field.subject) {
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

/// The files of the dictionary, in the order a clerk meets them.
const FILES: [&str; 1] = ["person.toml"];
