//! The archive pack (归档案卷) of one matter as data: what lies in it and in which order. How its pages
//! look is for a report.

use serde::Serialize;

use super::api::{WentView, history};
use super::file;
use super::store;
use crate::error::Result;
use crate::meeting::api::view::{VersionView, version};
use crate::meeting::case::{Case, text_of};
use crate::meeting::kind::FieldKind;
use crate::meeting::{self, book, stage};
use crate::office::Office;

/// Everything that goes into the pack of a matter.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "ArchivePack"))]
pub struct Pack {
    /// Number of the matter.
    pub number: String,
    /// Its title.
    pub title: String,
    /// State it is in.
    pub state: String,
    /// The way it went.
    pub chain: Vec<WentView>,
    /// Its meetings in order.
    pub meetings: Vec<PackMeeting>,
    /// The parts in the order they are filed.
    pub parts: Vec<PackPart>,
    /// Steps left out and what went on without something, each with its reason.
    pub reasons: Vec<PackReason>,
    /// Counts that were corrected, with the corrected ones.
    pub versions: Vec<PackVersion>,
}

/// A meeting in the pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PackMeeting {
    /// Number in the store.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Number as printed.
    pub number: String,
    /// Title.
    pub title: String,
    /// When.
    pub held_at: String,
    /// What it came to.
    pub outcome: String,
    /// Attempts that came to nothing.
    pub attempts: usize,
}

/// A part of the pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PackPart {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What lies in it.
    pub items: Vec<PackItem>,
}

/// A paper or photo in the pack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PackItem {
    /// Meeting it is of; none for the matter itself.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub meeting: Option<i64>,
    /// Paper; empty for a photo or file.
    pub paper: String,
    /// Title.
    pub title: String,
    /// Day it was printed; empty when it was not.
    pub on: String,
    /// Where a photo or file lies.
    pub file: String,
}

/// Why something was left out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PackReason {
    /// Meeting or matter.
    pub of: String,
    /// Stage or step.
    pub step: String,
    /// Whether a law asks for it.
    pub law: bool,
    /// What was missing, or nothing when the whole stage was left out.
    pub missing: Vec<String>,
    /// Why.
    pub reason: String,
    /// The day.
    pub on: String,
}

/// Counts of a vote that was corrected.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PackVersion {
    /// Meeting.
    #[cfg_attr(test, ts(type = "number"))]
    pub meeting: i64,
    /// Title of the vote.
    pub vote: String,
    /// The version.
    pub version: VersionView,
    /// Whether it counts no more (作废).
    pub void: bool,
}

/// What goes into the pack of a matter.
///
/// # Errors
/// There is no such matter, or reading fails.
pub(crate) fn pack(office: &Office, id: i64) -> Result<Pack> {
    let matter = store::get(office.connection(), id)?;
    let rules = file::rules()?;
    let chain = history(office, rules, id)?;
    let mut pack = Pack {
        number: matter.number,
        title: matter.title.clone(),
        state: rules.state(&matter.state),
        reasons: chain
            .iter()
            .filter(|step| !step.reason.is_empty())
            .map(|step| reason(&matter.title, step))
            .collect(),
        chain,
        meetings: Vec::new(),
        parts: parts()?,
        versions: Vec::new(),
    };
    for meeting in meeting::store::list(office.connection(), Some(id), None, None)? {
        let held = meeting::held(office, meeting.id)?;
        let entry = meeting::api::view::entry(&held)?;
        let case = &held.case;
        file_papers(&mut pack.parts, case, entry.id);
        file_photos(&mut pack.parts, case, entry.id);
        pack.reasons.extend(left_out(case, &entry.title));
        pack.versions.extend(versions(case, entry.id));
        pack.meetings.push(PackMeeting {
            id: entry.id,
            number: entry.number,
            title: entry.title,
            held_at: entry.held_at,
            outcome: entry.outcome,
            attempts: case.attempts.len(),
        });
    }
    Ok(pack)
}

fn reason(of: &str, step: &WentView) -> PackReason {
    PackReason {
        of: of.to_owned(),
        step: step.title.clone(),
        law: false,
        missing: step.went_without.clone(),
        reason: step.reason.clone(),
        on: step.on.clone(),
    }
}

fn parts() -> Result<Vec<PackPart>> {
    let parts = book::book()?.common.archive.iter();
    Ok(parts
        .map(|part| PackPart { id: part.id.clone(), title: part.title.clone(), items: Vec::new() })
        .collect())
}

/// Papers of a meeting go where the order of the archive names them, the rest after the meeting.
fn file_papers(parts: &mut [PackPart], case: &Case<'_>, meeting: i64) {
    let order = book::book().map(|book| book.common.archive.as_slice()).unwrap_or_default();
    for paper in case.kind.papers.iter().filter(|paper| paper.archive) {
        let printed = case.steps.iter().rev().find(|step| step.act == "printed" && step.stage == paper.id);
        let named = order.iter().position(|part| part.papers.contains(&paper.id));
        let after = order.iter().position(|part| part.id == "after");
        let Some(part) = named.or(after).and_then(|at| parts.get_mut(at)) else { continue };
        part.items.push(PackItem {
            meeting: Some(meeting),
            paper: paper.id.clone(),
            title: paper.title.clone(),
            on: printed.map(|step| step.on_day.clone()).unwrap_or_default(),
            file: String::new(),
        });
    }
}

fn file_photos(parts: &mut [PackPart], case: &Case<'_>, meeting: i64) {
    let Some(part) = parts.iter_mut().find(|part| part.id == "photos") else { return };
    for field in case.kind.fields.iter().filter(|field| field.kind == FieldKind::Photos) {
        let files = match case.value(&field.id) {
            serde_json::Value::Array(files) => files.iter().map(text_of).collect(),
            other => vec![text_of(other)],
        };
        for file in files.into_iter().filter(|file| !file.is_empty()) {
            let title = field.title.clone();
            part.items.push(PackItem {
                meeting: Some(meeting),
                paper: String::new(),
                title,
                on: String::new(),
                file,
            });
        }
    }
}

fn left_out(case: &Case<'_>, of: &str) -> Vec<PackReason> {
    let kept = case.steps.iter().filter(|step| step.act != "printed" && !step.reason.is_empty());
    let say = |step: &stage::Noted| {
        let stage = case.kind.stage(&step.stage).map(|(_, stage)| stage);
        PackReason {
            of: of.to_owned(),
            step: stage.map_or_else(|| step.stage.clone(), |stage| stage.title.clone()),
            law: stage.is_some_and(|stage| stage.law),
            missing: step.missing.clone(),
            reason: step.reason.clone(),
            on: step.on_day.clone(),
        }
    };
    kept.map(say).collect()
}

fn versions(case: &Case<'_>, meeting: i64) -> Vec<PackVersion> {
    let is_corrected = |vote: &str, attempt: i64| {
        case.tallies.iter().filter(|tally| tally.vote == vote && tally.attempt == attempt).count() > 1
    };
    let kept = case.tallies.iter().filter(|tally| is_corrected(&tally.vote, tally.attempt));
    kept.map(|tally| PackVersion {
        meeting,
        vote: case.kind.vote(&tally.vote).map(|vote| vote.title.clone()).unwrap_or_default(),
        void: case.tally(&tally.vote).is_none_or(|now| now.id != tally.id),
        version: version(tally),
    })
    .collect()
}
