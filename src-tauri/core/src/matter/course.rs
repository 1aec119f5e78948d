//! The course of a matter through its meetings: what they still owe, what a new meeting does to its
//! matter, what is offered next and what is due.

use serde::Serialize;

use super::file;
use super::store::{self, Matter, MatterStep};
use super::{Dossier, dues};
use crate::calendar;
use crate::error::{Refusal, Result};
use crate::meeting::api::actions::DueItem;
use crate::meeting::api::{self as meetings, ListRequest, view};
use crate::meeting::case::{Case, Values};
use crate::meeting::due::State;
use crate::meeting::kind::Kind;
use crate::meeting::parameter::Parameters;
use crate::meeting::{self, count, stage};
use crate::office::{Office, Tx};
use crate::value::text;

/// A matter as its rules see it.
pub(super) fn dossier(office: &Office, matter: &Matter) -> Result<Dossier<'static>> {
    Ok(Dossier { open_work: open_work(office, matter.id)?, ..plain_dossier(office, matter)? })
}

/// What the meetings of a matter have not done yet, by the check that asks for it.
fn open_work(office: &Office, id: i64) -> Result<Vec<(&'static str, String)>> {
    let mut work = Vec::new();
    for entry in meetings::entries(office, &ListRequest { matter: Some(id), ..ListRequest::default() })? {
        let held = meeting::held(office, entry.id)?;
        let case = &held.case;
        let name = format!("{}（{}）", entry.kind_title, entry.number);
        let is_counted = case.kind.votes.iter().filter_map(|vote| case.tally(&vote.id));
        if is_counted.clone().any(|tally| tally.locked_at.is_empty()) {
            work.push(("no_open_meeting_before_followup", format!("{name}的票数还没有锁定")));
        }
        let open = stage::open_actions(case).count();
        if open > 0 {
            work.push(("no_open_work", format!("{name}还有 {open} 件议定事项没做完")));
        }
        for need in case.kind.stages.iter().flat_map(|one| &one.needs) {
            // What a record still owes: replies, obligations, rectifications.
            let has_rows = case.rows(&need.record).next().is_some();
            if need.kind == meeting::kind::NeedKind::RowsDone && has_rows {
                let lack = stage::lacking(case, need).map(|found| format!("{name}{}{found}", need.label));
                work.extend(lack.map(|text| ("no_open_work", text)));
            }
        }
        if !entry.closed {
            work.push(("archive_complete", format!("{name}还在“{}”", entry.stage_title)));
        }
    }
    Ok(work)
}

/// A matter that is convened by a new meeting.
pub(crate) struct Convened {
    matter: Matter,
    step: MatterStep,
}

/// What a new meeting does to its matter: it is convened; where it has not come so far, a reason is
/// asked and kept, unless the kind is a step in front.
///
/// # Errors
/// [`Refusal::WithoutReason`].
pub(crate) fn convened(office: &Office, id: i64, kind: &Kind, reason: &str) -> Result<Option<Convened>> {
    let rules = file::rules()?;
    let mut matter = store::get(office.connection(), id)?;
    let leads = rules.transitions.iter().find(|step| step.id == "convene");
    let Some(leads) = leads.filter(|leads| leads.to != matter.state) else { return Ok(None) };
    let reason = text::clean(reason);
    let is_ready = leads.from.contains(&matter.state);
    let is_front = meeting::book::book()?.kinds.iter().any(|other| other.before.contains(&kind.id));
    if !is_ready && is_front {
        return Ok(None);
    }
    if !is_ready && reason.is_empty() {
        let missing = format!("议题现在是“{}”", rules.state(&matter.state));
        return Err(Refusal::WithoutReason { step: format!("开{}", kind.title), missing }.into());
    }
    let missing = if is_ready {
        Vec::new()
    } else {
        vec![format!("议题原来是“{}”", rules.state(&matter.state))]
    };
    matter.state.clone_from(&leads.to);
    let step = MatterStep { reason, missing, ..step(office, &leads.id, &leads.to) };
    Ok(Some(Convened { matter, step }))
}

/// Keeps what [`convened`] found.
pub(crate) fn write_convened(tx: &Tx<'_>, convened: &Convened) -> Result<()> {
    store::save(tx, &convened.matter)?;
    store::add_step(tx, convened.matter.id, &convened.step)
}

/// What is offered after a meeting, by what it came to.
pub(crate) fn offers(case: &Case<'_>) -> Result<Vec<Offer>> {
    let Some(found) = view::settled(case) else { return Ok(Vec::new()) };
    offers_of(&case.kind.id, &found)
}

fn offers_of(kind: &str, found: &count::Result) -> Result<Vec<Offer>> {
    let title = |id: &str| meeting::book::kind(id).map(|kind| kind.title.clone()).unwrap_or_default();
    let fits = |chain: &&file::Chain| {
        chain.from == kind && (chain.outcome.is_empty() || chain.outcome.contains(&found.id))
    };
    let chains = file::rules()?.chains.iter().filter(fits);
    Ok(chains
        .map(|chain| Offer { kind: chain.to.clone(), title: title(&chain.to), text: chain.text.clone() })
        .collect())
}

/// What is due of matters themselves.
///
/// # Errors
/// Reading fails.
pub(crate) fn due(office: &Office, of: Option<i64>) -> Result<Vec<DueItem>> {
    let mut items = Vec::new();
    for matter in store::list(office.connection())?.iter().filter(|one| of.is_none_or(|id| id == one.id)) {
        let dossier = plain_dossier(office, matter)?;
        let open = dues(&dossier).into_iter().filter(|due| due.state != State::Waiting);
        items.extend(open.map(|due| DueItem {
            meeting: None,
            matter: Some(matter.id),
            row: None,
            title: due.title,
            text: due.text,
            of: matter.title.clone(),
            on: due.on,
            state: due.state,
            who: due.who,
            chase: due.chase,
        }));
    }
    Ok(items)
}

/// A dossier that does not look at the meetings.
fn plain_dossier(office: &Office, matter: &Matter) -> Result<Dossier<'static>> {
    let rules = file::rules()?;
    let today = office.clock().today();
    let local = meeting::store::parameters(office.connection())?;
    Ok(Dossier {
        parameters: Parameters::on(&rules.id, &rules.parameters, &local, today),
        calendar: calendar::of(office.connection())?,
        today,
        state: matter.state.clone(),
        way_in: matter.way_in.clone(),
        values: values(matter),
        rows: store::rows(office.connection(), matter.id)?,
        open_work: Vec::new(),
        rules,
    })
}

/// A meeting offered next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Offer {
    /// Kind; empty for an advice without a meeting.
    pub kind: String,
    /// Title of the kind.
    pub title: String,
    /// Why.
    pub text: String,
}

/// The values with those kept in columns.
pub(super) fn values(matter: &Matter) -> Values {
    let mut values = matter.values.clone();
    values.insert("title".to_owned(), matter.title.clone().into());
    values.insert("way_in".to_owned(), matter.way_in.clone().into());
    values
}

pub(super) fn step(office: &Office, transition: &str, state: &str) -> MatterStep {
    MatterStep {
        transition: transition.to_owned(),
        state: state.to_owned(),
        on_day: office.clock().today().to_string(),
        who: office.clerk().to_owned(),
        ..MatterStep::default()
    }
}
