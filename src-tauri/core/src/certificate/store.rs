//! The SQL of certificates and of uses of the seal.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{Rule, State};
use crate::error::{Error, Missing, Result};
use crate::letter::Composed;
use crate::office::Tx;

/// What a certificate says besides the columns that are asked for every day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Body {
    /// What the rules said.
    pub rule: Option<Rule>,
    /// What is attested, in the asker's words.
    pub want: String,
    /// What it is for.
    pub purpose: String,
    /// The law the asking body named.
    pub basis: String,
    /// Words for the blanks of the paper, by name.
    pub values: BTreeMap<String, String>,
    /// How it was checked.
    pub verify: String,
    /// The day it was checked.
    pub verified_on: String,
    /// Remark of the check or of the approval.
    pub note: String,
    /// Why it was refused or is void.
    pub reason: String,
    /// The refusal slip that went out.
    pub slip: Option<Composed>,
    /// How often it was printed again.
    pub reprints: u32,
}

/// A certificate that was asked for (证明).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Number of the row; 0 while it is new.
    pub id: i64,
    /// Entry of the lists it rests on.
    pub item: String,
    /// Title of the paper.
    pub title: String,
    /// Who asks.
    pub name: String,
    /// The resident, when known.
    pub resident: Option<i64>,
    /// How far it is.
    pub state: State,
    /// The day it was asked for.
    pub asked_on: NaiveDate,
    /// The day it was issued or refused.
    pub issued_on: Option<NaiveDate>,
    /// Who handles it (经办人).
    pub handler: String,
    /// Who checked it (核实人).
    pub checker: String,
    /// Who approved it (审批人).
    pub approver: String,
    /// Copies.
    pub copies: u32,
    /// Its number.
    pub serial: Option<i64>,
    /// The rest.
    pub body: Body,
}

/// A use of the seal (用印登记).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealUse {
    /// Number of the row.
    pub id: i64,
    /// The day.
    pub on: NaiveDate,
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
    /// Number of the paper.
    pub serial: Option<i64>,
    /// The certificate.
    pub certificate: Option<i64>,
}

const SELECT: &str = "select id, item, title, name, resident, state, asked_on, issued_on, handler, checker,
    approver, copies, serial, body from certificate";

fn row_to_certificate(row: &Row<'_>) -> rusqlite::Result<Certificate> {
    let day = |index: usize| -> rusqlite::Result<Option<NaiveDate>> {
        Ok(row.get::<_, Option<String>>(index)?.and_then(|day| day.parse().ok()))
    };
    let body: String = row.get(13)?;
    Ok(Certificate {
        id: row.get(0)?,
        item: row.get(1)?,
        title: row.get(2)?,
        name: row.get(3)?,
        resident: row.get(4)?,
        state: State::from_word(&row.get::<_, String>(5)?),
        asked_on: day(6)?.unwrap_or_default(),
        issued_on: day(7)?,
        handler: row.get(8)?,
        checker: row.get(9)?,
        approver: row.get(10)?,
        copies: row.get(11)?,
        serial: row.get(12)?,
        body: serde_json::from_str(&body).unwrap_or_default(),
    })
}

/// One certificate.
///
/// # Errors
/// [`Missing::Certificate`].
pub(super) fn get(connection: &Connection, id: i64) -> Result<Certificate> {
    connection
        .prepare_cached(&format!("{SELECT} where id = ?1"))?
        .query_row([id], row_to_certificate)
        .optional()?
        .ok_or(Error::NotFound(Missing::Certificate(id)))
}

/// Certificates asked for within days, newest first.
///
/// # Errors
/// Reading fails.
pub fn list(connection: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Certificate>> {
    let mut list = connection
        .prepare_cached(&format!("{SELECT} where asked_on between ?1 and ?2 order by asked_on desc, id desc"))?;
    let rows = list.query_map(params![from.to_string(), to.to_string()], row_to_certificate)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a certificate and returns its number.
pub(super) fn add(tx: &Tx<'_>, certificate: &Certificate) -> Result<i64> {
    tx.connection().execute(
        "insert into certificate (item, title, name, resident, state, asked_on, issued_on, handler, checker,
             approver, copies, serial, body, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            certificate.item,
            certificate.title,
            certificate.name,
            certificate.resident,
            certificate.state.word(),
            certificate.asked_on.to_string(),
            certificate.issued_on.map(|day| day.to_string()),
            certificate.handler,
            certificate.checker,
            certificate.approver,
            certificate.copies,
            certificate.serial,
            serde_json::to_string(&certificate.body)?,
            tx.op()
        ],
    )?;
    Ok(tx.connection().last_insert_rowid())
}

/// Writes a certificate that is known.
pub(super) fn save(tx: &Tx<'_>, certificate: &Certificate) -> Result<()> {
    tx.connection().execute(
        "update certificate set state = ?2, issued_on = ?3, checker = ?4, approver = ?5, copies = ?6,
             serial = ?7, body = ?8, op = ?9 where id = ?1",
        params![
            certificate.id,
            certificate.state.word(),
            certificate.issued_on.map(|day| day.to_string()),
            certificate.checker,
            certificate.approver,
            certificate.copies,
            certificate.serial,
            serde_json::to_string(&certificate.body)?,
            tx.op()
        ],
    )?;
    Ok(())
}

/// Notes a use of the seal.
pub(super) fn add_seal(tx: &Tx<'_>, seal: &SealUse) -> Result<()> {
    tx.connection().execute(
        "insert into seal_use (on_day, matter, copies, applicant, approver, handler, serial, certificate, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            seal.on.to_string(),
            seal.matter,
            seal.copies,
            seal.applicant,
            seal.approver,
            seal.handler,
            seal.serial,
            seal.certificate,
            tx.op()
        ],
    )?;
    Ok(())
}

/// Uses of the seal within days, newest first.
///
/// # Errors
/// Reading fails.
pub fn seals(connection: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<SealUse>> {
    let mut list = connection.prepare_cached(
        "select id, on_day, matter, copies, applicant, approver, handler, serial, certificate from seal_use
         where on_day between ?1 and ?2 order by on_day desc, id desc",
    )?;
    let rows = list.query_map(params![from.to_string(), to.to_string()], |row| {
        Ok(SealUse {
            id: row.get(0)?,
            on: row.get::<_, String>(1)?.parse().unwrap_or_default(),
            matter: row.get(2)?,
            copies: row.get(3)?,
            applicant: row.get(4)?,
            approver: row.get(5)?,
            handler: row.get(6)?,
            serial: row.get(7)?,
            certificate: row.get(8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
