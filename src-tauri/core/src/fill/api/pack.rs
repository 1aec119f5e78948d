//! `fill.pack` and `fill.unpack`: what was settled for forms as one file that another committee can be
//! given (表样包): layouts, columns, whom, figures and taught headings. No person and no value is in it.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::error::{BadFile, Result};
use crate::fill::store;
use crate::fill::submission::KnownForm;
use crate::import::{self, desk};
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;

/// The word by which a pack is known.
const KIND: &str = "juwutai.forms";
/// The newest kind of pack this program reads.
const VERSION: u32 = 1;

/// A pack as it lies in its file.
#[derive(Debug, Serialize, Deserialize)]
struct Pack {
    kind: String,
    version: u32,
    forms: Vec<KnownForm>,
    /// Headings that a clerk taught: heading and field.
    headings: Vec<(String, String)>,
}

/// Which forms to pack.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillPackRequest {
    /// Titles of forms; all when not said.
    pub titles: Option<Vec<String>>,
}

/// A pack of forms.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillPack {
    /// File name to propose.
    pub file_name: String,
    /// The file, base64.
    pub bytes: String,
    /// How many forms.
    pub forms: usize,
    /// How many taught headings.
    pub headings: usize,
}

/// Packs the forms this office knows.
///
/// # Errors
/// Reading fails.
pub fn pack(office: &mut Office, request: FillPackRequest, _: &Progress) -> Result<FillPack> {
    let mut forms = store::known_forms(office.connection())?;
    if let Some(titles) = &request.titles {
        forms.retain(|form| titles.contains(&form.title));
    }
    for form in &mut forms {
        // Whom the giving office chose by hand are people; only conditions travel.
        if let Some(whom) = &mut form.whom {
            whom.people = None;
        }
    }
    let mut headings: Vec<(String, String)> = import::remembered(office.connection())?.into_iter().collect();
    headings.sort();
    let pack = Pack { kind: KIND.to_owned(), version: VERSION, forms, headings };
    let day = office.clock().today().format("%Y%m%d");
    Ok(FillPack {
        file_name: format!("表样包-{day}.jwpack"),
        bytes: STANDARD.encode(serde_json::to_vec_pretty(&pack)?),
        forms: pack.forms.len(),
        headings: pack.headings.len(),
    })
}

/// Which pack to take.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FillUnpackRequest {
    /// The file.
    pub path: String,
}

/// What was taken from a pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillUnpacked {
    /// Number of the op; none when all was known.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// Forms that are known now and were not.
    pub forms: usize,
    /// Headings that are known now and were not.
    pub headings: usize,
}

/// Takes a pack somebody gave; what this office settled itself stays.
///
/// # Errors
/// [`BadFile::UnknownFormat`] when the file is no pack, or writing fails.
pub fn unpack(office: &mut Office, request: FillUnpackRequest, _: &Progress) -> Result<FillUnpacked> {
    let bytes = desk::read_file(Path::new(&request.path))?;
    let pack: Pack = serde_json::from_slice(&bytes).map_err(|_| BadFile::UnknownFormat)?;
    if pack.kind != KIND || pack.version > VERSION {
        return Err(BadFile::UnknownFormat.into());
    }
    let known = store::known_forms(office.connection())?;
    let taught = import::remembered(office.connection())?;
    let dictionary = &office.catalog().dictionary;
    let is_new = |form: &&KnownForm| !known.iter().any(|known| known.fingerprint == form.fingerprint);
    let forms: Vec<KnownForm> = pack.forms.iter().filter(is_new).cloned().collect();
    // A heading of a ledger of the giving office alone means nothing here.
    let headings: Vec<&(String, String)> = pack
        .headings
        .iter()
        .filter(|(heading, field)| !taught.contains_key(heading) && dictionary.get(field).is_some())
        .collect();
    let op = Op::TakePack { forms: forms.len() };
    let done = office.transact(&op, |tx| {
        for form in &forms {
            store::keep_form(tx, form)?;
        }
        for (heading, field) in &headings {
            import::keep_heading(tx, heading, field)?;
        }
        Ok(())
    })?;
    Ok(FillUnpacked { op: done.op, forms: forms.len(), headings: headings.len() })
}
