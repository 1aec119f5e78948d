//! `committee.get` and `committee.change`.

use serde::{Deserialize, Serialize};

use super::{Committee, store};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;

/// Nothing is asked, or nothing is answered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What to change; what is not said stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CommitteeChange {
    /// See [`Committee::name`].
    pub name: Option<String>,
    /// See [`Committee::subdistrict`].
    pub subdistrict: Option<String>,
    /// See [`Committee::director`].
    pub director: Option<String>,
    /// See [`Committee::filler`].
    pub filler: Option<String>,
    /// See [`Committee::phone`].
    pub phone: Option<String>,
}

/// The committee's particulars.
///
/// # Errors
/// [`Refusal::NotStarted`].
pub fn get(office: &mut Office, _: Nothing, _: &Progress) -> Result<Committee> {
    store::find(office.connection())?.ok_or(Error::Refused(Refusal::NotStarted))
}

/// Changes the committee's particulars.
///
/// # Errors
/// [`Refusal::NotStarted`], or [`Refusal::EmptyName`] when the name would become empty.
pub fn change(office: &mut Office, request: CommitteeChange, progress: &Progress) -> Result<Committee> {
    let mut committee = get(office, Nothing {}, progress)?;
    let parts = [
        (&mut committee.name, request.name),
        (&mut committee.subdistrict, request.subdistrict),
        (&mut committee.director, request.director),
        (&mut committee.filler, request.filler),
        (&mut committee.phone, request.phone),
    ];
    for (part, new) in parts {
        if let Some(new) = new {
            *part = crate::value::text::clean(&new);
        }
    }
    if committee.name.is_empty() {
        return Err(Refusal::EmptyName.into());
    }
    office.transact(&Op::ChangeCommittee, |tx| store::set(tx, &committee))?;
    Ok(committee)
}
