//! `dictionary.list` and `dictionary.remember`: choosing a field for a column, and teaching it.

use serde::{Deserialize, Serialize};

use super::store;
use crate::committee::api::Nothing;
use crate::dictionary::{FieldKind, remember};
use crate::error::{Error, Missing, Result};
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;

/// All fields under their headings.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FieldsReply {
    /// The headings in order.
    pub groups: Vec<FieldsGroup>,
}

/// Fields under one heading.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FieldsGroup {
    /// The heading.
    pub title: String,
    /// The fields.
    pub fields: Vec<FieldEntry>,
}

/// A field to choose.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FieldEntry {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Type of the values.
    pub kind: FieldKind,
}

/// Lists the fields a column can go to.
///
/// # Errors
/// None at present.
pub fn list(office: &mut Office, _: Nothing, _: &Progress) -> Result<FieldsReply> {
    let groups = office.catalog().dictionary.groups().into_iter().map(|group| FieldsGroup {
        title: group.title.to_owned(),
        fields: group
            .fields
            .into_iter()
            .map(|field| FieldEntry { id: field.id.clone(), title: field.title.clone(), kind: field.kind })
            .collect(),
    });
    Ok(FieldsReply { groups: groups.collect() })
}

/// A heading and what it means.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct RememberRequest {
    /// Heading, levels joined by `/`.
    pub heading: String,
    /// Dictionary field id.
    pub field: String,
}

/// Remembers what a heading means, for every later sheet.
///
/// # Errors
/// [`Missing::Field`].
pub fn remember(office: &mut Office, request: RememberRequest, _: &Progress) -> Result<Nothing> {
    if office.catalog().dictionary.get(&request.field).is_none() {
        return Err(Error::NotFound(Missing::Field(request.field)));
    }
    let path: Vec<&str> = request.heading.split('/').collect();
    let heading = remember::key(&path);
    office.transact(&Op::Remember { heading: heading.clone() }, |tx| {
        store::remember(tx, &heading, &request.field)
    })?;
    Ok(Nothing {})
}
