//! `burden.roster`, `burden.keep`, `burden.drop`, `burden.before`: what is noted by hand for the account.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::burden::figure::Figure;
use crate::burden::{Kind, Mechanism, store};
use crate::committee::api::Nothing;
use crate::error::{Error, Missing, Refusal, Result};
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::value::text::clean;

/// Which of the roster is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct RosterRequest {
    /// Only of this kind.
    pub kind: Option<Kind>,
}

/// Plaques, appraisals, systems and groups (机制牌子登记).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RosterReply {
    /// All there ever were, those that stand first.
    pub mechanisms: Vec<MechanismEntry>,
}

/// A plaque, appraisal, system or group.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MechanismEntry {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Kind.
    pub kind: Kind,
    /// In words.
    pub kind_title: &'static str,
    /// Title.
    pub title: String,
    /// Who wants it.
    pub department: String,
    /// Since when.
    pub from_on: String,
    /// Until when; null while it stands.
    pub until_on: Option<String>,
    /// On what ground.
    pub basis: String,
    /// Remark.
    pub note: String,
    /// Whether it stands today.
    pub stands: bool,
}

fn entry(one: Mechanism, today: NaiveDate) -> MechanismEntry {
    let stands = one.stands_on(today);
    MechanismEntry {
        id: one.id,
        kind: one.kind,
        kind_title: one.kind.title(),
        title: one.title,
        department: one.department,
        from_on: one.from_on.to_string(),
        until_on: one.until_on.map(|day| day.to_string()),
        basis: one.basis,
        note: one.note,
        stands,
    }
}

/// The roster of plaques, appraisals, systems and groups.
///
/// # Errors
/// Reading fails.
pub fn roster(office: &mut Office, request: RosterRequest, _: &Progress) -> Result<RosterReply> {
    let today = office.clock().today();
    let all = store::mechanisms(office.connection())?.into_iter();
    let wanted = all.filter(|one| request.kind.is_none_or(|kind| kind == one.kind));
    let mut mechanisms: Vec<MechanismEntry> = wanted.map(|one| entry(one, today)).collect();
    mechanisms.sort_by_key(|one| (one.kind, !one.stands));
    Ok(RosterReply { mechanisms })
}

/// A plaque, appraisal, system or group to note or to change.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct MechanismKeep {
    /// Number of one that is known.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: Option<i64>,
    /// Kind; needed for a new one.
    pub kind: Option<Kind>,
    /// Title.
    pub title: Option<String>,
    /// Who wants it.
    pub department: Option<String>,
    /// Since when, today when not said.
    pub from_on: Option<String>,
    /// Until when; empty while it stands.
    pub until_on: Option<String>,
    /// On what ground.
    pub basis: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// What was kept.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MechanismKept {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// It.
    pub mechanism: MechanismEntry,
}

/// Notes a plaque, appraisal, system or group, or changes one.
///
/// # Errors
/// [`Refusal::EmptyName`] without title or kind; [`Refusal::NoSuchDay`]; [`Missing::Mechanism`].
pub fn keep(office: &mut Office, request: MechanismKeep, _: &Progress) -> Result<MechanismKept> {
    let today = office.clock().today();
    let mut one = match (request.id, request.kind) {
        (Some(id), _) => store::mechanism(office.connection(), id)?,
        (None, Some(kind)) => Mechanism {
            id: 0,
            kind,
            title: String::new(),
            department: String::new(),
            from_on: today,
            until_on: None,
            basis: String::new(),
            note: String::new(),
        },
        (None, None) => return Err(Refusal::EmptyName.into()),
    };
    one.kind = request.kind.unwrap_or(one.kind);
    let texts = [
        (&mut one.title, request.title),
        (&mut one.department, request.department),
        (&mut one.basis, request.basis),
        (&mut one.note, request.note),
    ];
    for (part, new) in texts {
        if let Some(new) = new {
            *part = clean(&new);
        }
    }
    let day = |text: &str| text.trim().parse().map_err(|_| Error::Refused(Refusal::NoSuchDay));
    if let Some(from) = &request.from_on {
        one.from_on = day(from)?;
    }
    if let Some(until) = &request.until_on {
        one.until_on = if until.trim().is_empty() { None } else { Some(day(until)?) };
    }
    if one.title.is_empty() {
        return Err(Refusal::EmptyName.into());
    }
    let op = Op::KeepMechanism { title: one.title.clone() };
    let done = office.transact(&op, |tx| store::save(tx, &one))?;
    let kept = store::mechanism(office.connection(), done.value)?;
    Ok(MechanismKept { op: done.op, mechanism: entry(kept, today) })
}

/// One that was noted wrongly.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct MechanismDrop {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// Takes one out that was noted wrongly; one that ended is given its last day instead.
///
/// # Errors
/// [`Missing::Mechanism`].
pub fn drop(office: &mut Office, request: MechanismDrop, _: &Progress) -> Result<Nothing> {
    let one = store::mechanism(office.connection(), request.id)?;
    let done = office.transact(&Op::DropMechanism { title: one.title }, |tx| store::drop(tx, request.id))?;
    if done.value == 0 { Err(Missing::Mechanism(request.id).into()) } else { Ok(Nothing {}) }
}

/// A figure from before the program.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct BeforeRequest {
    /// The figure.
    pub figure: Figure,
    /// The month, `YYYY-MM`.
    pub month: String,
    /// Its value; not said takes it back.
    pub value: Option<f64>,
    /// Where it is taken from.
    #[serde(default)]
    pub note: String,
}

/// A figure from before the program, as it was noted.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BeforeReply {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// The figure in words.
    pub title: &'static str,
}

/// Notes a figure from before the program, so that it can be compared with.
///
/// # Errors
/// [`Refusal::NoSuchDay`] for a month or value that makes no sense.
pub fn before(office: &mut Office, request: BeforeRequest, _: &Progress) -> Result<BeforeReply> {
    let is_month = format!("{}-01", request.month).parse::<NaiveDate>().is_ok();
    let is_sound = request.value.is_none_or(|value| value.is_finite() && value >= 0.0);
    if !is_month || !is_sound {
        return Err(Refusal::NoSuchDay.into());
    }
    let title = request.figure.words().0;
    let note = clean(&request.note);
    let op = Op::TellBefore { title };
    let done = office
        .transact(&op, |tx| store::set_before(tx, &request.figure.word(), &request.month, request.value, &note))?;
    Ok(BeforeReply { op: done.op, title })
}
