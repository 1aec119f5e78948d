//! What a cross table can count people by: code fields, yes or no, age bands, building and grid.

use serde::{Deserialize, Serialize};

use crate::catalog::Catalog;
use crate::dictionary::{FieldDef, FieldKind, Subject};
use crate::error::{Error, Missing, Result};
use crate::place;

/// The id of the age bands.
pub const AGE: &str = "person.age";
/// What stands for people of whom nothing is known.
pub const UNKNOWN: &str = "未登记";

const AGE_BANDS: &str = include_str!("../../../../../assets/reports/age_bands.toml");

/// Something to count by.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CrossField {
    /// Field id.
    pub id: String,
    /// Title.
    pub title: String,
}

/// Ages that are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeBand {
    /// Title, such as 60—69岁.
    pub title: String,
    /// Youngest age, in full years.
    pub from: i32,
    /// Oldest age; none for the last band.
    pub to: Option<i32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgeBands {
    #[allow(dead_code, reason = "said for readers of the file, and required of it")]
    since: chrono::NaiveDate,
    #[allow(dead_code, reason = "said for readers of the file, and required of it")]
    source: String,
    band: Vec<AgeBand>,
}

/// The age bands, youngest first, without gap or overlap.
///
/// # Errors
/// [`Error::Bug`] when the asset is broken.
pub fn age_bands() -> Result<Vec<AgeBand>> {
    let file: AgeBands =
        toml::from_str(AGE_BANDS).map_err(|error| Error::Bug(format!("age_bands.toml: {error}")))?;
    Ok(file.band)
}

/// All fields to count by: age, gender, building and grid first.
#[must_use]
pub fn all(catalog: &Catalog) -> Vec<CrossField> {
    const FIRST: [&str; 5] = ["person.gender", AGE, "place.building", "place.grid", "person.residency"];
    let fields = catalog.dictionary.fields();
    let is_countable = |field: &&FieldDef| {
        let is_closed = matches!(field.kind, FieldKind::Code | FieldKind::Boolean);
        field.subject == Subject::Resident && is_closed && !FIRST.contains(&field.id.as_str())
    };
    let first = FIRST.iter().filter_map(|id| catalog.dictionary.get(id));
    let entry = |field: &FieldDef| CrossField { id: field.id.clone(), title: title(field) };
    first.chain(fields.iter().filter(is_countable)).map(entry).collect()
}

/// The field of that id, if people can be counted by it.
///
/// # Errors
/// [`Missing::Field`].
pub fn find<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c FieldDef> {
    let is_known = all(catalog).iter().any(|field| field.id == id);
    let found = catalog.dictionary.get(id).filter(|_| is_known);
    found.ok_or_else(|| Missing::Field(id.to_owned()).into())
}

/// The field as the head of a table says it.
#[must_use]
pub fn title(field: &FieldDef) -> String {
    match field.id.as_str() {
        AGE => "年龄段".to_owned(),
        "place.building" => "楼栋".to_owned(),
        _ => field.title.clone(),
    }
}

/// A value as the head of a table says it; an empty one is nobody's.
#[must_use]
pub fn value_title(field: &str, value: &str) -> String {
    match (field, value) {
        (_, "") => UNKNOWN.to_owned(),
        ("place.building", building) => place::building_title(building),
        _ => value.to_owned(),
    }
}
