//! `certificate.rule`, `certificate.list`, `certificate.get`, `certificate.seals`: what may be issued and
//! the registers. The acts from asking to issuing are in [`act`].

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

mod act;

pub use act::{
    ApproveRequest, AskRequest, CertificateReply, CheckRequest, IssueRequest, RefuseRequest, ReprintRequest,
    VoidRequest, approve, ask, check, issue, refuse, reprint, void,
};

use super::rule::{Wanted, ruling};
use super::store::{self, Certificate, SealUse};
use super::{Rule, State, paper};
use crate::duty::{self, Basis, List};
use crate::error::{Error, Refusal, Result};
use crate::letter::Composed;
use crate::office::Office;
use crate::progress::Progress;
use crate::serial;

/// What somebody wants attested.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct RuleRequest {
    /// The paper, in the asker's words, such as 婚姻状况证明.
    pub want: String,
    /// What it is for.
    pub purpose: Option<String>,
    /// The law the asking body names.
    pub basis: Option<String>,
}

/// What the rules say of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RuleReply {
    /// The rule.
    pub rule: Rule,
    /// In words.
    pub rule_title: &'static str,
    /// Entry it rests on.
    pub item: String,
    /// Its title.
    pub title: String,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// Where to go instead.
    pub office: String,
    /// What to bring there.
    pub office_note: String,
    /// Whether somebody checked where to go.
    pub office_checked: bool,
    /// Place in the national list of twenty.
    pub number: Option<u32>,
    /// The refused kind an exception stands over.
    pub over: Option<String>,
    /// Ways of checking that are proposed.
    pub verify: Vec<String>,
    /// For how many days it holds; 0 for ever.
    pub valid_days: u32,
    /// Blanks of the paper that may be filled in.
    pub blanks: Vec<CertificateBlank>,
    /// Whether the entry waits to be compared with the law.
    pub checked: bool,
}

/// A blank of a certificate.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CertificateBlank {
    /// Its name, as in `values`.
    pub name: String,
    /// What a clerk calls it.
    pub title: String,
    /// Whether it must be filled in.
    pub required: bool,
}

/// Rules on a certificate that is asked for. Nothing is written.
///
/// # Errors
/// [`Refusal::EmptyName`] when nothing is asked for.
pub fn rule(office: &mut Office, request: RuleRequest, _: &Progress) -> Result<RuleReply> {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let (purpose, basis) = (said(&request.purpose), said(&request.basis));
    let wanted = Wanted { want: &request.want, purpose: &purpose, basis: &basis };
    if request.want.trim().is_empty() {
        return Err(Refusal::EmptyName.into());
    }
    let ruling = ruled(office, &wanted)?;
    let letter = crate::letter::get(&ruling.paper.letter).ok();
    let blanks = letter.into_iter().flat_map(|letter| &letter.field).map(|field| CertificateBlank {
        name: field.name.clone(),
        title: field.title.clone(),
        required: field.required,
    });
    Ok(RuleReply {
        rule: ruling.rule,
        rule_title: ruling.rule.title(),
        blanks: if ruling.rule == Rule::Issue { blanks.collect() } else { Vec::new() },
        number: ruling.number,
        over: ruling.over,
        checked: ruling.paper.checked.0 && ruling.paper.basis.iter().all(|basis| basis.checked),
        item: ruling.code,
        title: ruling.paper.title,
        basis: ruling.paper.basis,
        office: ruling.paper.office,
        office_note: ruling.paper.office_note,
        office_checked: ruling.paper.office_checked.0,
        verify: ruling.paper.verify,
        valid_days: ruling.paper.valid_days,
    })
}

/// What the office's lists say of something wanted.
fn ruled(office: &Office, wanted: &Wanted<'_>) -> Result<super::Ruling> {
    let mut entries = duty::of_list(office.connection(), List::Refuse)?;
    entries.extend(duty::of_list(office.connection(), List::Issue)?);
    let provinces = duty::provinces()?;
    let province = provinces.first().ok_or_else(|| Error::Bug("no province".to_owned()))?;
    ruling(wanted, &entries, province)
}

/// Which year is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct CertificatesRequest {
    /// The year, this one when not said.
    pub year: Option<i32>,
}

/// The register of a year (证明登记簿).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CertificatesReply {
    /// The year.
    pub year: i32,
    /// The certificates, newest first.
    pub certificates: Vec<CertificateEntry>,
    /// How many came to which state.
    pub states: Vec<CertificateCount>,
    /// How many of which kind were asked for, issued and refused, the most first.
    pub kinds: Vec<CertificateKind>,
}

/// How many certificates came to a state.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CertificateCount {
    /// The state.
    pub state: State,
    /// In words.
    pub title: &'static str,
    /// How many.
    pub count: usize,
}

/// How many certificates of a kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "CertificateTally"))]
pub struct CertificateKind {
    /// Entry of the lists.
    pub item: String,
    /// Its title.
    pub title: String,
    /// Asked for.
    pub asked: u32,
    /// Issued, void ones not counted.
    pub issued: u32,
    /// Refused.
    pub refused: u32,
    /// Where to go instead.
    pub office: String,
}

/// A certificate in the register.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CertificateEntry {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Its number, once it was given.
    pub number: Option<String>,
    /// Entry of the lists.
    pub item: String,
    /// Title of the paper.
    pub title: String,
    /// Who asks.
    pub name: String,
    /// Unique number of the resident, when known.
    pub uid: Option<String>,
    /// What it is for.
    pub purpose: String,
    /// How far it is.
    pub state: State,
    /// In words.
    pub state_title: &'static str,
    /// What the rules said.
    pub rule: Option<Rule>,
    /// The day it was asked for.
    pub asked_on: String,
    /// The day it was issued or refused.
    pub issued_on: Option<String>,
    /// Who handles it.
    pub handler: String,
    /// Who checked it.
    pub checker: String,
    /// Who approved it.
    pub approver: String,
    /// Copies.
    pub copies: u32,
    /// How often it was printed again.
    pub reprints: u32,
    /// Why it was refused or is void.
    pub reason: String,
    /// Where it may go from here.
    pub next: Vec<State>,
}

fn entry(office: &Office, certificate: Certificate) -> Result<CertificateEntry> {
    let connection = office.connection();
    let uid = certificate.resident.map(|id| crate::resident::uid_of(connection, id)).transpose()?;
    let number = certificate.serial.map(|id| serial::get(connection, id)).transpose()?;
    Ok(CertificateEntry {
        id: certificate.id,
        number: number.map(|number| number.text),
        item: certificate.item,
        title: certificate.title,
        name: certificate.name,
        uid,
        purpose: certificate.body.purpose,
        state: certificate.state,
        state_title: certificate.state.title(),
        rule: certificate.body.rule,
        asked_on: certificate.asked_on.to_string(),
        issued_on: certificate.issued_on.map(|day| day.to_string()),
        handler: certificate.handler,
        checker: certificate.checker,
        approver: certificate.approver,
        copies: certificate.copies,
        reprints: certificate.body.reprints,
        reason: certificate.body.reason,
        next: certificate.state.next().to_vec(),
    })
}

fn year_of(office: &Office, year: Option<i32>) -> Result<(i32, NaiveDate, NaiveDate)> {
    let year = year.unwrap_or_else(|| office.clock().today().year());
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or(Error::Refused(Refusal::NoSuchDay));
    Ok((year, day(1, 1)?, day(12, 31)?))
}

/// The register of a year.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, request: CertificatesRequest, _: &Progress) -> Result<CertificatesReply> {
    let (year, from, to) = year_of(office, request.year)?;
    let certificates = store::list(office.connection(), from, to)?;
    let count = |state: State| certificates.iter().filter(|one| one.state == state).count();
    let states = State::ALL.map(|state| CertificateCount { state, title: state.title(), count: count(state) });
    let kinds = kinds(office, &certificates)?;
    let shown = certificates.into_iter().map(|certificate| entry(office, certificate));
    Ok(CertificatesReply { year, states: states.into(), kinds, certificates: shown.collect::<Result<_>>()? })
}

fn kinds(office: &Office, certificates: &[Certificate]) -> Result<Vec<CertificateKind>> {
    let mut kinds: BTreeMap<&str, CertificateKind> = BTreeMap::new();
    for certificate in certificates {
        let kind = kinds.entry(&certificate.item).or_insert_with(|| CertificateKind {
            item: certificate.item.clone(),
            title: certificate.title.clone(),
            asked: 0,
            issued: 0,
            refused: 0,
            office: String::new(),
        });
        kind.asked += 1;
        kind.issued += u32::from(certificate.state == State::Issued);
        kind.refused += u32::from(certificate.state == State::Refused);
    }
    let mut kinds: Vec<CertificateKind> = kinds.into_values().collect();
    for kind in &mut kinds {
        if let Some(entry) = duty::find(office.connection(), &kind.item)? {
            kind.office = entry.paper()?.office;
            kind.title = entry.title;
        }
    }
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.asked));
    Ok(kinds)
}

/// Which certificate is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct CertificateRequest {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number", optional = false))]
    pub id: i64,
    /// Whether ID numbers are shown whole.
    pub unmasked: Option<bool>,
}

/// A certificate with its paper.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CertificateDetail {
    /// The certificate.
    pub certificate: CertificateEntry,
    /// The paper in its present words, or the refusal slip.
    pub paper: Composed,
    /// What is filled in, by name of the blank.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub values: BTreeMap<String, String>,
    /// How it was checked.
    pub verify: String,
    /// The day it was checked.
    pub verified_on: String,
    /// Uses of the seal for it.
    pub seals: Vec<SealEntry>,
}

/// A certificate with its paper.
///
/// # Errors
/// [`crate::error::Missing::Certificate`].
pub fn get(office: &mut Office, request: CertificateRequest, _: &Progress) -> Result<CertificateDetail> {
    let connection = office.connection();
    let certificate = store::get(connection, request.id)?;
    let unmasked = request.unmasked == Some(true);
    let today = office.clock().today();
    let seals = store::seals(connection, NaiveDate::MIN, NaiveDate::MAX)?;
    let seals = seals.into_iter().filter(|seal| seal.certificate == Some(request.id));
    let shown = |(name, value): (&String, &String)| {
        let value = if name.contains("id_number") && !unmasked { paper::masked(value) } else { value.clone() };
        (name.clone(), value)
    };
    let composed = match &certificate.body.slip {
        Some(slip) => slip.clone(),
        None if certificate.body.rule == Some(Rule::Refuse) => {
            paper::slip(connection, &certificate, super::rule::national(&certificate.item), today)?
        }
        None => paper::composed(connection, &certificate, unmasked, today)?,
    };
    Ok(CertificateDetail {
        paper: composed,
        values: certificate.body.values.iter().map(shown).collect(),
        verify: certificate.body.verify.clone(),
        verified_on: certificate.body.verified_on.clone(),
        seals: seals.map(|seal| seal_entry(office, seal)).collect::<Result<_>>()?,
        certificate: entry(office, certificate)?,
    })
}

/// Uses of the seal in a year (用印登记簿).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SealsReply {
    /// The year.
    pub year: i32,
    /// The uses, newest first.
    pub seals: Vec<SealEntry>,
}

/// A use of the seal.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SealEntry {
    /// Number of the row.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// The day.
    pub on: String,
    /// Number of the paper.
    pub number: Option<String>,
    /// For what.
    pub matter: String,
    /// Copies.
    pub copies: u32,
    /// Who asked.
    pub applicant: String,
    /// Who approved.
    pub approver: String,
    /// Who used the seal.
    pub handler: String,
    /// The certificate.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub certificate: Option<i64>,
}

fn seal_entry(office: &Office, seal: SealUse) -> Result<SealEntry> {
    let number = seal.serial.map(|id| serial::get(office.connection(), id)).transpose()?;
    let SealUse { id, on, matter, copies, applicant, approver, handler, certificate, .. } = seal;
    let number = number.map(|number| number.text);
    Ok(SealEntry { id, on: on.to_string(), number, matter, copies, applicant, approver, handler, certificate })
}

/// Uses of the seal in a year.
///
/// # Errors
/// Reading fails.
pub fn seals(office: &mut Office, request: CertificatesRequest, _: &Progress) -> Result<SealsReply> {
    let (year, from, to) = year_of(office, request.year)?;
    let seals = store::seals(office.connection(), from, to)?;
    let seals = seals.into_iter().map(|seal| seal_entry(office, seal)).collect::<Result<_>>()?;
    Ok(SealsReply { year, seals })
}
