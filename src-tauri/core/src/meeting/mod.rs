//! Meetings (会议): hearings, coordination meetings, reviews and every other kind of
//! `assets/meetings`, all read by one engine. A kind is data; no kind is named in code.
//!
//! - `kind`, `parameter`, `book`: the words of a kind and where they come from
//! - `case`: a meeting as its rules see it; pure rules over it: `composition`, `quorum`, `count`,
//!   `due`, `stage`; `words` puts it into sentences, `paper` into
//!   the contents of its papers
//! - `store`: how it is kept; `api`: how it is asked
//!
//! The matter a meeting belongs to is in [`crate::matter`]; how papers look is in `report`.

pub mod api;
pub(crate) mod book;
pub(crate) mod case;
pub(crate) mod composition;
pub(crate) mod count;
pub(crate) mod due;
pub(crate) mod kind;
pub mod paper;
pub(crate) mod parameter;
pub(crate) mod quorum;
pub(crate) mod stage;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use std::collections::BTreeMap;

use crate::calendar;
use crate::error::Result;
use crate::office::Office;
use case::Case;
use parameter::Parameters;
use store::Meeting;

/// A meeting as kept, with everything its rules look at.
pub(crate) struct Held {
    /// The row.
    pub meeting: Meeting,
    /// The rules' view of it.
    pub case: Case<'static>,
}

/// Reads a meeting with everything its rules look at.
///
/// # Errors
/// There is no such meeting, its kind is gone, or reading fails.
pub(crate) fn held(office: &Office, id: i64) -> Result<Held> {
    let connection = office.connection();
    let meeting = store::get(connection, id)?;
    let kind = book::kind(&meeting.kind)?;
    let local = store::parameters(connection)?;
    let day = meeting.values.get("held_at").map(case::text_of);
    let day = day.and_then(|text| case::day_of(&text)).unwrap_or_else(|| office.clock().today());
    let case = Case {
        parameters: Parameters::on(&kind.id, &kind.parameters, &local, day),
        calendar: calendar::of(connection)?,
        today: office.clock().today(),
        values: with_names(office, &meeting)?,
        people: store::people(connection, id)?,
        rows: store::rows(connection, id)?,
        tallies: store::tallies(connection, id)?,
        steps: store::steps(connection, id)?,
        attempts: meeting.attempts.clone(),
        kind,
    };
    Ok(Held { meeting, case })
}

/// The values of a meeting with what its papers say of the office and the matter.
fn with_names(office: &Office, meeting: &Meeting) -> Result<case::Values> {
    let mut values: BTreeMap<String, serde_json::Value> = BTreeMap::new();
    let mut put = |name: &str, text: String| drop(values.insert(name.to_owned(), text.into()));
    if let Some(committee) = crate::committee::find(office.connection())? {
        put("committee", committee.full_name());
        put("residential_area", committee.name);
        put("street", committee.subdistrict);
        put("director", committee.director);
        put("phone", committee.phone);
    }
    if let Some(matter) = meeting.matter {
        let matter = crate::matter::store::get(office.connection(), matter)?;
        put("matter", matter.title);
        put("matter_number", matter.number);
    }
    put("number", meeting.number.clone());
    put("round", meeting.round.to_string());
    let round = if meeting.round > 1 { format!("（第{}轮）", meeting.round) } else { String::new() };
    put("round_text", round);
    values.extend(meeting.values.clone());
    Ok(values)
}
