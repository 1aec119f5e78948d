//! `gate.judge`, `gate.letter`, `gate.decide`: from a pasted notice to what is kept of it. The register
//! and the way afterwards are in [`register`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod register;

pub use register::{
    EndingItem, GateChart, GateListReply, GateListRequest, NoticeEntry, NoticeReply, NoticeRequest, StepEntry,
    StepNext, StepRequest, get, list, step,
};

use super::decide::{self, Decided, Said};
use super::explain::Opinion;
use super::{Decision, intake};
use crate::calendar::{self, moment};
use crate::duty::Side;
use crate::error::{Error, Refusal, Result};
use crate::letter::Composed;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::task::Support;
use crate::value::text::clean;

/// What came in.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct JudgeRequest {
    /// The text, as pasted.
    pub text: Option<String>,
    /// A file that was dropped: docx, a spreadsheet, txt.
    pub path: Option<String>,
    /// How it came: 微信群、公文、邮件、窗口、系统、电话.
    pub channel: Option<String>,
    /// Who asks, when the clerk knows better.
    pub department: Option<String>,
    /// When it came; now when not said.
    pub received_at: Option<String>,
    /// By when it is due, when the clerk knows better.
    pub due_at: Option<String>,
}

/// What the gate says of what came in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct JudgeReply {
    /// The text that was read; marks count its characters.
    pub text: String,
    /// File name, when it was a file.
    pub file: String,
    /// The opinion.
    pub opinion: Opinion,
    /// What can be decided, the proposed one marked.
    pub choices: Vec<GateChoice>,
}

/// Something that can be decided.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GateChoice {
    /// The decision.
    pub decision: Decision,
    /// In words.
    pub title: &'static str,
    /// One line below it.
    pub hint: &'static str,
    /// Whether it is proposed.
    pub suggested: bool,
    /// The letter that goes out with it.
    pub letter: Option<&'static str>,
    /// Whether a reason must be written.
    pub needs_reason: bool,
}

/// Judges what came in. Nothing is written.
///
/// # Errors
/// [`Refusal::EmptyNotice`], [`Refusal::NoSuchDay`], or the file cannot be read.
pub fn judge(office: &mut Office, request: JudgeRequest, progress: &Progress) -> Result<JudgeReply> {
    let (intake, said) = taken_in(office, &request, progress)?;
    let opinion = decide::judged(office, &intake, &said)?;
    let choices = choices(&opinion);
    Ok(JudgeReply { text: intake.text, file: intake.file, opinion, choices })
}

fn taken_in(office: &mut Office, request: &JudgeRequest, progress: &Progress) -> Result<(intake::Intake, Said)> {
    let moment = |text: &Option<String>| match text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => moment::parse(text).map(Some).ok_or(Error::Refused(Refusal::NoSuchDay)),
        None => Ok(None),
    };
    let said = Said {
        channel: request.channel.as_deref().map(clean).unwrap_or_default(),
        department: request.department.as_deref().map(clean).filter(|text| !text.is_empty()),
        received: moment(&request.received_at)?,
        due: moment(&request.due_at)?,
    };
    let intake = intake::read(office, request.text.as_deref(), request.path.as_deref(), progress)?;
    Ok((intake, said))
}

fn choices(opinion: &Opinion) -> Vec<GateChoice> {
    let all = [
        (Decision::Accept, "记成任务"),
        (Decision::Inquire, "请对方说明"),
        (Decision::Supplement, "缺什么补什么"),
        (Decision::Decline, "写明依据"),
        (Decision::Admit, "由街道批"),
    ];
    let is_ours = opinion.verdict == super::Verdict::Listed || opinion.may_issue;
    let choices = all.map(|(decision, hint)| GateChoice {
        decision,
        title: decision.title(),
        hint: if decision == Decision::Accept && !is_ours { "写一句理由" } else { hint },
        suggested: decision == opinion.suggest,
        letter: decision.letter(),
        needs_reason: decision == Decision::Accept && !is_ours,
    });
    choices.into()
}

/// Which letter to show before anything is decided.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct LetterRequest {
    /// What came in.
    pub notice: JudgeRequest,
    /// The decision it goes with.
    #[cfg_attr(test, ts(optional = false))]
    pub decision: Option<Decision>,
    /// What the clerk wrote in, by name of the blank.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub values: Option<BTreeMap<String, String>>,
}

/// The letter of a decision as it would be. Nothing is written, no number is given.
///
/// # Errors
/// As [`judge`]; [`crate::error::Missing::Letter`] for a decision without one.
pub fn letter(office: &mut Office, request: LetterRequest, progress: &Progress) -> Result<Composed> {
    let (intake, said) = taken_in(office, &request.notice, progress)?;
    let opinion = decide::judged(office, &intake, &said)?;
    let decision = request.decision.unwrap_or(opinion.suggest);
    let id = decision.letter().ok_or_else(|| Error::Usage(format!("“{}”没有函件", decision.title())))?;
    decide::drafted(office, &opinion, id, &request.values.unwrap_or_default())
}

/// What a person decides.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct DecideRequest {
    /// What came in.
    pub notice: JudgeRequest,
    /// The decision; the proposed one when not said.
    pub decision: Option<Decision>,
    /// Why; needed to take what is on no list.
    pub reason: Option<String>,
    /// Title, when the clerk wants another.
    pub title: Option<String>,
    /// The item of the two lists it belongs to after all.
    pub item: Option<String>,
    /// Who does it, when it is taken.
    pub owner: Option<String>,
    /// What came with it.
    pub support: Option<Support>,
    /// What the clerk wrote into the letter, by name of the blank.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub values: Option<BTreeMap<String, String>>,
}

/// What was kept.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DecideReply {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// The notice in the register.
    pub notice: NoticeEntry,
    /// The task it was taken as.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub task: Option<i64>,
    /// The letter with its number.
    pub letter: Option<Composed>,
}

/// Keeps what a person decides: as a task, or as a letter with a number.
///
/// # Errors
/// As [`judge`]; [`Refusal::NeedsReason`] to take what is on no list without a reason.
pub fn decide(office: &mut Office, request: DecideRequest, progress: &Progress) -> Result<DecideReply> {
    let (intake, said) = taken_in(office, &request.notice, progress)?;
    let opinion = decide::judged(office, &intake, &said)?;
    let decision = request.decision.unwrap_or(opinion.suggest);
    let values = request.values.unwrap_or_default();
    let letter = decision.letter().map(|id| decide::drafted(office, &opinion, id, &values)).transpose()?;
    let cleaned = |text: Option<String>| text.map(|text| clean(&text)).filter(|text| !text.is_empty());
    let item = cleaned(request.item);
    let side: Side = decide::side(office, item.as_deref(), &opinion)?;
    let decided = Decided {
        title: cleaned(request.title).unwrap_or_else(|| opinion.title.clone()),
        reason: cleaned(request.reason).unwrap_or_default(),
        owner: cleaned(request.owner).unwrap_or_else(|| office.clerk().to_owned()),
        support: request.support.unwrap_or_default(),
        channel: said.channel,
        opinion,
        intake,
        decision,
        item,
        letter,
    };
    decided.check()?;
    let (today, clerk) = (office.clock().today(), office.clerk().to_owned());
    let calendar = calendar::of(office.connection())?;
    let op = Op::DecideNotice { title: decided.title.clone(), decision: decision.title() };
    let done = office.transact(&op, |tx| decided.keep(tx, side, today, &calendar, &clerk))?;
    let notice = super::store::get(office.connection(), done.value.notice)?;
    let letter = notice.letter.clone();
    Ok(DecideReply { op: done.op, notice: register::entry(office, notice)?, task: done.value.task, letter })
}
