//! `certificate.ask`, `check`, `approve`, `issue`, `refuse`, `void`, `reprint`: the acts of a certificate,
//! each allowed only in its state.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CertificateEntry, entry, ruled};
use crate::certificate::rule::Wanted;
use crate::certificate::store::{self, Body, Certificate, SealUse};
use crate::certificate::{Rule, State, paper};
use crate::error::{Refusal, Result};
use crate::gate;
use crate::letter;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::resident;
use crate::serial::{self, CERTIFICATES};
use crate::value::text::clean;

/// A certificate that somebody asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct AskRequest {
    /// The paper, in the asker's words.
    pub want: String,
    /// What it is for.
    pub purpose: Option<String>,
    /// The law the asking body names.
    pub basis: Option<String>,
    /// Unique number of the resident; what is known fills the paper.
    pub uid: Option<String>,
    /// Who asks, when it is no resident.
    pub name: Option<String>,
    /// What is filled in, by name of the blank.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub values: Option<BTreeMap<String, String>>,
    /// Copies, one when not said.
    pub copies: Option<u32>,
}

/// The certificate after an act.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CertificateReply {
    /// Number of the op.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub op: Option<i64>,
    /// The certificate.
    pub certificate: CertificateEntry,
}

/// Notes that somebody asks for a certificate, with what the rules say of it.
///
/// # Errors
/// [`Refusal::EmptyName`] without paper or person; the resident does not exist.
pub fn ask(office: &mut Office, request: AskRequest, _: &Progress) -> Result<CertificateReply> {
    let said = |text: &Option<String>| text.as_deref().map(clean).unwrap_or_default();
    let (want, purpose, basis) = (clean(&request.want), said(&request.purpose), said(&request.basis));
    let connection = office.connection();
    let resident = request.uid.as_deref().map(|uid| resident::number_of(connection, uid)).transpose()?;
    let mut values = resident.map(|id| paper::known(connection, id)).transpose()?.unwrap_or_default();
    values.extend(request.values.unwrap_or_default().into_iter().map(|(name, value)| (name, clean(&value))));
    let name = Some(said(&request.name)).filter(|name| !name.is_empty());
    let name = name.or_else(|| values.get("name").cloned()).unwrap_or_default();
    if want.is_empty() || name.is_empty() {
        return Err(Refusal::EmptyName.into());
    }
    let ruling = ruled(office, &Wanted { want: &want, purpose: &purpose, basis: &basis })?;
    let title = if ruling.code == "cert-none" { want.clone() } else { ruling.paper.title };
    let certificate = Certificate {
        id: 0,
        item: ruling.code,
        title,
        name,
        resident,
        state: State::Asked,
        asked_on: office.clock().today(),
        issued_on: None,
        handler: office.clerk().to_owned(),
        checker: String::new(),
        approver: String::new(),
        copies: request.copies.unwrap_or(1).max(1),
        serial: None,
        body: Body { rule: Some(ruling.rule), want, purpose, basis, values, ..Body::default() },
    };
    let op = Op::Certificate { act: "登记", title: certificate.title.clone(), who: certificate.name.clone() };
    let done = office.transact(&op, |tx| store::add(tx, &certificate))?;
    reply(office, done.op, done.value)
}

fn reply(office: &Office, op: Option<i64>, id: i64) -> Result<CertificateReply> {
    Ok(CertificateReply { op, certificate: entry(office, store::get(office.connection(), id)?)? })
}

/// The certificate, when it may go to a state.
fn going(office: &Office, id: i64, to: State) -> Result<Certificate> {
    let certificate = store::get(office.connection(), id)?;
    if !certificate.state.next().contains(&to) {
        let (from, to) = (certificate.state.title().to_owned(), to.title().to_owned());
        return Err(Refusal::NoSuchStep { from, to }.into());
    }
    Ok(certificate)
}

fn op_of(act: &'static str, certificate: &Certificate) -> Op {
    Op::Certificate { act, title: certificate.title.clone(), who: certificate.name.clone() }
}

/// That what is attested was checked.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct CheckRequest {
    /// Number of the certificate.
    #[cfg_attr(test, ts(type = "number", optional = false))]
    pub id: i64,
    /// How (核实方式), such as 走访.
    pub how: String,
    /// Who checked, the clerk when not said.
    pub checker: Option<String>,
    /// The day, today when not said.
    pub on: Option<String>,
    /// What was found.
    pub note: Option<String>,
    /// What is filled in since.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub values: Option<BTreeMap<String, String>>,
}

/// Notes the check.
///
/// # Errors
/// [`Refusal::NotOurs`] for what the rules refuse; [`Refusal::NeedsReason`] without a way of checking;
/// [`Refusal::NoSuchStep`].
pub fn check(office: &mut Office, request: CheckRequest, _: &Progress) -> Result<CertificateReply> {
    let mut certificate = going(office, request.id, State::Checked)?;
    if certificate.body.rule != Some(Rule::Issue) {
        return Err(Refusal::NotOurs { title: certificate.title }.into());
    }
    let how = clean(&request.how);
    if how.is_empty() {
        return Err(Refusal::NeedsReason.into());
    }
    let on = match &request.on {
        Some(on) => on.parse().map_err(|_| Refusal::NoSuchDay)?,
        None => office.clock().today(),
    };
    let said = |text: Option<String>| text.map(|text| clean(&text)).filter(|text| !text.is_empty());
    certificate.state = State::Checked;
    certificate.checker = said(request.checker).unwrap_or_else(|| office.clerk().to_owned());
    certificate.body.verify = how;
    certificate.body.verified_on = on.to_string();
    certificate.body.note = said(request.note).unwrap_or_default();
    certificate.body.values.extend(request.values.unwrap_or_default());
    let op = op_of("核实", &certificate);
    let done = office.transact(&op, |tx| store::save(tx, &certificate))?;
    reply(office, done.op, request.id)
}

/// That the director agrees.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct ApproveRequest {
    /// Number of the certificate.
    #[cfg_attr(test, ts(type = "number", optional = false))]
    pub id: i64,
    /// Who approves, the clerk when not said.
    pub approver: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// Notes the approval; nobody approves what they handle themselves.
///
/// # Errors
/// [`Refusal::SamePerson`], [`Refusal::NoSuchStep`].
pub fn approve(office: &mut Office, request: ApproveRequest, _: &Progress) -> Result<CertificateReply> {
    let mut certificate = going(office, request.id, State::Approved)?;
    let approver = request.approver.map(|name| clean(&name)).filter(|name| !name.is_empty());
    let approver = approver.unwrap_or_else(|| office.clerk().to_owned());
    if approver == certificate.handler {
        return Err(Refusal::SamePerson.into());
    }
    certificate.state = State::Approved;
    certificate.approver = approver;
    let op = op_of("审批", &certificate);
    let done = office.transact(&op, |tx| store::save(tx, &certificate))?;
    reply(office, done.op, request.id)
}

/// That a certificate is printed and sealed.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct IssueRequest {
    /// Number of the certificate.
    #[cfg_attr(test, ts(type = "number", optional = false))]
    pub id: i64,
    /// What is filled in since.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub values: Option<BTreeMap<String, String>>,
    /// Copies, as asked for when not said.
    pub copies: Option<u32>,
}

/// Issues a certificate: it gets its number and its entry in the register of the seal in one act.
/// A paper with blanks is never sealed.
///
/// # Errors
/// [`Refusal::BlankPaper`] naming what is missing; [`Refusal::NoSuchStep`].
pub fn issue(office: &mut Office, request: IssueRequest, _: &Progress) -> Result<CertificateReply> {
    let mut certificate = going(office, request.id, State::Issued)?;
    let today = office.clock().today();
    certificate.body.values.extend(request.values.unwrap_or_default());
    certificate.copies = request.copies.unwrap_or(certificate.copies).max(1);
    certificate.issued_on = Some(today);
    let draft = paper::composed(office.connection(), &certificate, true, today)?;
    let blank: Vec<&str> = draft.paragraphs.iter().map(|part| part.text.as_str()).filter(|text| text.contains('＿')).collect();
    if !blank.is_empty() {
        return Err(Refusal::BlankPaper.into());
    }
    certificate.state = State::Issued;
    let pattern = paper::pattern(office.connection(), &certificate)?;
    let op = op_of("出具", &certificate);
    let clerk = office.clerk().to_owned();
    let done = office.transact(&op, |tx| {
        let matter = format!("{}（{}）", certificate.title, certificate.name);
        let given = serial::give(tx, CERTIFICATES, &pattern, &matter, today)?;
        certificate.serial = Some(given.id);
        store::save(tx, &certificate)?;
        store::add_seal(tx, &seal(&certificate, today, &clerk, &certificate.title, certificate.copies))
    })?;
    reply(office, done.op, request.id)
}

fn seal(certificate: &Certificate, on: chrono::NaiveDate, clerk: &str, matter: &str, copies: u32) -> SealUse {
    SealUse {
        id: 0,
        on,
        matter: matter.to_owned(),
        copies,
        applicant: certificate.name.clone(),
        approver: certificate.approver.clone(),
        handler: clerk.to_owned(),
        serial: certificate.serial,
        certificate: Some(certificate.id),
    }
}

/// That a certificate is refused.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct RefuseRequest {
    /// Number of the certificate.
    #[cfg_attr(test, ts(type = "number", optional = false))]
    pub id: i64,
    /// Why, besides what the rules say.
    pub reason: Option<String>,
}

/// Refuses a certificate: the slip that names the right office gets its number.
///
/// # Errors
/// [`Refusal::NoSuchStep`]; [`Refusal::NeedsReason`] to refuse what the rules allow.
pub fn refuse(office: &mut Office, request: RefuseRequest, _: &Progress) -> Result<CertificateReply> {
    let mut certificate = going(office, request.id, State::Refused)?;
    let reason = request.reason.map(|reason| clean(&reason)).unwrap_or_default();
    if reason.is_empty() && certificate.body.rule == Some(Rule::Issue) {
        return Err(Refusal::NeedsReason.into());
    }
    let today = office.clock().today();
    let number = crate::certificate::rule::national(&certificate.item);
    let mut slip = paper::slip(office.connection(), &certificate, number, today)?;
    certificate.state = State::Refused;
    certificate.issued_on = Some(today);
    certificate.body.reason = reason;
    let pattern = letter::get(paper::SLIP)?.pattern();
    let op = op_of("不予出具", &certificate);
    let done = office.transact(&op, |tx| {
        let given = serial::give(tx, paper::SLIP, &pattern, &certificate.title, today)?;
        gate::number(&mut slip, &given.text);
        certificate.serial = Some(given.id);
        certificate.body.slip = Some(slip);
        store::save(tx, &certificate)
    })?;
    reply(office, done.op, request.id)
}

/// That a certificate counts no more.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields, default)]
pub struct VoidRequest {
    /// Number of the certificate.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Why.
    pub reason: String,
}

/// Makes an issued certificate void; its number stays in the register.
///
/// # Errors
/// [`Refusal::NeedsReason`], [`Refusal::NoSuchStep`].
pub fn void(office: &mut Office, request: VoidRequest, _: &Progress) -> Result<CertificateReply> {
    let mut certificate = going(office, request.id, State::Void)?;
    let reason = clean(&request.reason);
    if reason.is_empty() {
        return Err(Refusal::NeedsReason.into());
    }
    certificate.state = State::Void;
    certificate.body.reason.clone_from(&reason);
    let op = op_of("作废", &certificate);
    let done = office.transact(&op, |tx| {
        if let Some(id) = certificate.serial {
            serial::void(tx, id, &reason)?;
        }
        store::save(tx, &certificate)
    })?;
    reply(office, done.op, request.id)
}

/// That an issued certificate is printed again.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct ReprintRequest {
    /// Number of the certificate.
    #[cfg_attr(test, ts(type = "number", optional = false))]
    pub id: i64,
    /// Why.
    #[cfg_attr(test, ts(optional = false))]
    pub reason: String,
    /// Copies, one when not said.
    pub copies: Option<u32>,
}

/// Notes that a certificate is printed again: same number, marked 副本, with an entry of the seal.
///
/// # Errors
/// [`Refusal::NeedsReason`]; [`Refusal::NoSuchStep`] when it was not issued.
pub fn reprint(office: &mut Office, request: ReprintRequest, _: &Progress) -> Result<CertificateReply> {
    let mut certificate = store::get(office.connection(), request.id)?;
    if certificate.state != State::Issued {
        let (from, to) = (certificate.state.title().to_owned(), "补打副本".to_owned());
        return Err(Refusal::NoSuchStep { from, to }.into());
    }
    let reason = clean(&request.reason);
    if reason.is_empty() {
        return Err(Refusal::NeedsReason.into());
    }
    certificate.body.reprints += 1;
    let copies = request.copies.unwrap_or(1).max(1);
    let op = op_of("补打", &certificate);
    let (today, clerk) = (office.clock().today(), office.clerk().to_owned());
    let done = office.transact(&op, |tx| {
        store::save(tx, &certificate)?;
        let matter = format!("{}（副本：{reason}）", certificate.title);
        store::add_seal(tx, &seal(&certificate, today, &clerk, &matter, copies))
    })?;
    reply(office, done.op, request.id)
}
