//! `meeting.kinds`: the kinds of meeting, and one of them with its stages, roles and rules.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::meeting::kind::{Decides, Kind, MatterUse, Seat};
use crate::meeting::parameter::{Basis, Parameter, Parameters, Unit};
use crate::meeting::{book, store};
use crate::office::Office;
use crate::progress::Progress;

/// Which kinds; all without their rules when not said.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct KindsRequest {
    /// One kind, with its rules.
    pub id: Option<String>,
}

/// The kinds in order.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct KindsReply {
    /// The kinds.
    pub kinds: Vec<KindEntry>,
    /// Stages, roles and rules, when one kind was asked for.
    pub detail: Option<KindDetail>,
}

/// A kind in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct KindEntry {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Heading it stands under.
    pub group: String,
    /// What it is for.
    pub purpose: String,
    /// Who convenes it.
    pub convener: String,
    /// 事前, 事中 or 事后.
    pub when: String,
    /// Whether it hangs on a matter.
    pub matter: MatterUse,
    /// Whether it may be held again.
    pub rounds: bool,
    /// What it decides.
    pub decides: Decides,
    /// Kinds offered as the step in front.
    pub before: Vec<String>,
    /// Whether somebody compared it with its source; otherwise 未核实，请按本地规定修改.
    pub checked: bool,
}

/// Stages, roles and rules of a kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct KindDetail {
    /// The kind.
    pub id: String,
    /// Stages in order.
    pub stages: Vec<KindStage>,
    /// Roles.
    pub roles: Vec<RoleView>,
    /// Numbers of the rules that hold today.
    pub parameters: Vec<ParameterView>,
    /// What 应到 may be counted by, id and title.
    pub bases: Vec<(String, String)>,
}

/// A stage of a kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct KindStage {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who does it.
    pub who: String,
    /// Whether a law asks for it.
    pub law: bool,
    /// Whether it may be left out without a reason.
    pub optional: bool,
    /// What must be there before the next.
    pub needs: Vec<String>,
    /// How it can end.
    pub ways: Vec<String>,
    /// Titles of its papers.
    pub papers: Vec<String>,
}

/// A role of a kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RoleView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Seat.
    pub seat: Seat,
    /// Whether they may vote.
    pub votes: bool,
    /// Where they are picked from: register, post, unit or free.
    pub from: String,
    /// Posts they are picked from.
    pub posts: Vec<String>,
    /// Whether there may be several.
    pub many: bool,
    /// How many at least.
    pub least: u32,
}

/// A number of a rule.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ParameterView {
    /// Rule code, such as `hearing.notice_days`.
    pub code: String,
    /// Title.
    pub title: String,
    /// Value as kept; empty when not known.
    pub value: String,
    /// Value with its unit, such as 15个工作日.
    pub said: String,
    /// Unit.
    pub unit: Unit,
    /// law, local or own.
    pub level: String,
    /// Where it comes from.
    pub basis: Vec<Basis>,
    /// Whether somebody compared it.
    pub checked: bool,
    /// Whether the office set it itself.
    pub is_local: bool,
    /// What to offer when it is not known.
    pub suggest: String,
    /// Note.
    pub note: String,
}

/// The kinds of meeting.
///
/// # Errors
/// There is no such kind.
pub fn kinds(office: &mut Office, request: KindsRequest, _: &Progress) -> Result<KindsReply> {
    let kinds = book::book()?.kinds.iter().map(entry).collect();
    let detail = match request.id {
        None => None,
        Some(id) => Some(detail(office, book::kind(&id)?)?),
    };
    Ok(KindsReply { kinds, detail })
}

fn entry(kind: &Kind) -> KindEntry {
    KindEntry {
        id: kind.id.clone(),
        title: kind.title.clone(),
        group: kind.group.clone(),
        purpose: kind.purpose.clone(),
        convener: kind.convener.clone(),
        when: kind.when.clone(),
        matter: kind.matter,
        rounds: kind.rounds,
        decides: kind.decides,
        before: kind.before.clone(),
        checked: kind.checked,
    }
}

fn detail(office: &Office, kind: &Kind) -> Result<KindDetail> {
    let local = store::parameters(office.connection())?;
    let parameters = Parameters::on(&kind.id, &kind.parameters, &local, office.clock().today());
    let paper =
        |id: &String| kind.papers.iter().find(|paper| paper.id == *id).map(|paper| paper.title.clone());
    let stages = kind.stages.iter().map(|stage| KindStage {
        id: stage.id.clone(),
        title: stage.title.clone(),
        who: stage.who.clone(),
        law: stage.law,
        optional: stage.optional,
        needs: stage.needs.iter().map(|need| need.label.clone()).collect(),
        ways: stage.ways.iter().map(|way| way.title.clone()).collect(),
        papers: stage.papers.iter().filter_map(paper).collect(),
    });
    let roles = kind.roles.iter().map(|role| RoleView {
        id: role.id.clone(),
        title: role.title.clone(),
        seat: role.seat,
        votes: role.votes,
        from: role.from.clone(),
        posts: role.post.names().into_iter().map(str::to_owned).collect(),
        many: role.many,
        least: role.least,
    });
    Ok(KindDetail {
        id: kind.id.clone(),
        stages: stages.collect(),
        roles: roles.collect(),
        parameters: parameters.all().map(parameter).collect(),
        bases: kind.bases.iter().map(|base| (base.id.clone(), base.title.clone())).collect(),
    })
}

/// A number of a rule as shown.
pub(crate) fn parameter(one: &Parameter) -> ParameterView {
    ParameterView {
        code: one.code.clone(),
        title: one.entry.title.clone(),
        value: one.written(),
        said: one.said(),
        unit: one.entry.unit,
        level: one.entry.level.clone(),
        basis: one.entry.basis.clone(),
        checked: one.entry.checked || one.is_local,
        is_local: one.is_local,
        suggest: one.entry.suggest.clone(),
        note: one.entry.note.clone(),
    }
}
