//! `meeting.vote` and `meeting.lock`: counting, with the checks shown live, and locking.

use serde::{Deserialize, Serialize};

use super::view::{self, MeetingView};
use crate::error::{Missing, Refusal, Result};
use crate::meeting::case::{Case, Counts, Tally};
use crate::meeting::{count, held, store};
use crate::office::Office;
use crate::progress::Progress;
use crate::value::text;

/// What was counted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct VoteRequest {
    /// Which meeting.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Which vote.
    pub vote: String,
    /// Everything counted so far.
    pub counts: Counts,
    /// Whether to keep it; otherwise only the checks are answered.
    #[serde(default)]
    pub keep: bool,
}

/// How the counts stand.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct VoteReply {
    /// What does not add up, such as 到会 31，票数 30，差 1.
    pub problems: Vec<String>,
    /// Present and able to vote.
    #[cfg_attr(test, ts(type = "number"))]
    pub voters: i64,
    /// What it would come to.
    pub outcome: Option<count::Result>,
    /// Shown numbers such as 满意率.
    pub figures: Vec<count::Figure>,
    /// Choices whose reasons must be written down.
    pub minority: Vec<String>,
    /// Whether it could be locked now.
    pub can_lock: bool,
}

/// Checks counts as they are typed, and keeps them when asked to.
///
/// # Errors
/// There is no such vote; [`Refusal::CountsLocked`] when they are to be kept and are locked.
pub fn vote(office: &mut Office, request: VoteRequest, _: &Progress) -> Result<VoteReply> {
    let mut held = held(office, request.id)?;
    let missing = || Missing::MeetingPart(request.vote.clone());
    let vote = held.case.kind.vote(&request.vote).ok_or_else(missing)?;
    let before = held.case.tally(&vote.id).cloned();
    let is_locked = before.as_ref().is_some_and(|tally| !tally.locked_at.is_empty());
    if request.keep && is_locked {
        return Err(Refusal::CountsLocked.into());
    }
    let first = Tally { vote: vote.id.clone(), attempt: held.case.attempt(), version: 1, ..Tally::default() };
    let mut tally = before.unwrap_or(first);
    tally.counts = request.counts;
    if request.keep {
        let op = super::op("meeting.vote", "计票", &held.meeting, &held.case.kind.title);
        office.transact(&op, |tx| store::save_tally(tx, held.meeting.id, &tally))?;
    }
    let problems = count::problems(&held.case, vote, &tally.counts);
    let minority = count::minority(vote, &tally.counts).into_iter().map(str::to_owned).collect();
    // The outcome is that of the counts as typed, kept or not.
    tally.version = i64::MAX;
    held.case.tallies.push(tally);
    Ok(VoteReply {
        voters: count::voters(&held.case, vote),
        outcome: count::outcome(&held.case).filter(|_| problems.is_empty()),
        figures: count::figures(&held.case),
        can_lock: problems.is_empty() && !is_locked,
        minority,
        problems,
    })
}

/// What is locked, or corrected.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct LockRequest {
    /// Which meeting.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Which vote.
    pub vote: String,
    /// The right counts, to correct what is locked.
    pub counts: Option<Counts>,
    /// Why they are corrected.
    #[serde(default)]
    pub reason: String,
}

/// Locks the counts; or adds a corrected version, locked at once, beside the old one.
///
/// # Errors
/// Nothing was counted; the counts do not add up; a correction without reason.
pub fn lock(office: &mut Office, request: LockRequest, _: &Progress) -> Result<MeetingView> {
    let held = held(office, request.id)?;
    let missing = || Missing::MeetingPart(request.vote.clone());
    let vote = held.case.kind.vote(&request.vote).ok_or_else(missing)?;
    let step = vote.title.clone();
    let now = office.clock().now().format("%Y-%m-%d %H:%M").to_string();
    let before = held.case.tally(&vote.id).cloned();
    let is_locked = before.as_ref().is_some_and(|tally| !tally.locked_at.is_empty());
    let reason = text::clean(&request.reason);
    let tally = match (before, request.counts) {
        (None, _) => return Err(Refusal::StageLacks { step, missing: "还没有计票".to_owned() }.into()),
        (Some(_), None) if is_locked => return Err(Refusal::CountsLocked.into()),
        (Some(_), Some(_)) if is_locked && reason.is_empty() => {
            return Err(Refusal::WithoutReason { step: format!("更正{step}"), missing: String::new() }.into());
        }
        (Some(before), Some(counts)) if is_locked => {
            Tally { id: 0, version: before.version + 1, counts, locked_at: now, reason, ..before }
        }
        (Some(before), counts) => {
            Tally { counts: counts.unwrap_or(before.counts.clone()), locked_at: now, ..before }
        }
    };
    let problems = count::problems(&held.case, vote, &tally.counts);
    if !problems.is_empty() {
        return Err(Refusal::CountsDiffer { how: problems.join("；") }.into());
    }
    let act = if is_locked { "更正票数" } else { "锁定票数" };
    let op = super::op("meeting.lock", act, &held.meeting, &held.case.kind.title);
    office.transact(&op, |tx| store::save_tally(tx, held.meeting.id, &tally))?;
    view::view(office, request.id)
}

/// Whether a row is part of locked counts.
pub(super) fn is_counted(case: &Case<'_>, row: i64) -> bool {
    let locked = case.tallies.iter().filter(|tally| !tally.locked_at.is_empty());
    let mut lines = locked.flat_map(|tally| &tally.counts.lines);
    lines.any(|line| line.subject == Some(row) || line.indicator == Some(row))
}

/// Whether counts that rest on who is there are locked.
pub(super) fn rests_on_roll(case: &Case<'_>) -> bool {
    case.kind.votes.iter().any(|vote| {
        vote.adds_to != crate::meeting::kind::AddsTo::Asked
            && case.tally(&vote.id).is_some_and(|tally| !tally.locked_at.is_empty())
    })
}
