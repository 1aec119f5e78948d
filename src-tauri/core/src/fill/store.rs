//! The SQL of filling: residents by condition, what belongs to their rows and doors, forms known
//! again, and submissions.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::submission::{Kept, KnownForm, Submitted};
use crate::error::Result;
use crate::office::Tx;

/// The residents that fit a condition over `m`, `r` and `p`, in the order of the store.
///
/// # Errors
/// Reading fails.
pub fn residents(connection: &Connection, condition: &str, values: &[Value]) -> Result<Vec<i64>> {
    let sql = format!(
        "select r.id from (select id as subject, '{{}}' as body from resident) as m
         join resident as r on r.id = m.subject left join place as p on p.id = r.place
         where {condition} order by r.id"
    );
    let mut list = connection.prepare(&sql)?;
    let rows = list.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows of ledgers that a resident is in: ledger, number, own values, op.
pub type OwnRow = (String, i64, BTreeMap<String, String>, i64);

/// The rows of ledgers that a resident is in.
///
/// # Errors
/// Reading fails.
pub fn rows_of(connection: &Connection, resident: i64) -> Result<Vec<OwnRow>> {
    let mut list = connection.prepare_cached(
        "select ledger, id, body, op from record where subject = ?1 and body <> '{}' order by ledger",
    )?;
    let rows = list
        .query_map([resident], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?)))?;
    rows.map(|row| {
        let (ledger, id, body, op) = row?;
        Ok((ledger, id, serde_json::from_str(&body)?, op))
    })
    .collect()
}

/// What is known of the door and the household of a resident: field, value, day, op.
///
/// # Errors
/// Reading fails.
pub fn facts_around(connection: &Connection, resident: i64) -> Result<Vec<(String, String, String, i64)>> {
    let mut list = connection.prepare_cached(
        "select f.field, f.value, f.observed_on, f.op from resident as r
         join fact as f on f.subject = r.place or f.subject = r.household where r.id = ?1",
    )?;
    let rows = list.query_map([resident], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The head of a household by relation, with the op of the head's row; none when nobody or several are.
///
/// # Errors
/// Reading fails.
pub fn head_of(connection: &Connection, household: i64) -> Result<Option<(String, i64)>> {
    let mut list = connection.prepare_cached(
        "select name, op from resident where household = ?1 and relation_to_head = '户主' limit 2",
    )?;
    let heads: Vec<(String, i64)> =
        list.query_map([household], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(<[(String, i64); 1]>::try_from(heads).ok().map(|[head]| head))
}

/// How many different households the given residents belong to, and how many belong to none.
///
/// # Errors
/// Reading fails.
pub fn households(connection: &Connection, condition: &str, values: &[Value]) -> Result<(i64, i64)> {
    let sql = format!(
        "select count(distinct r.household), count(*) - count(r.household)
         from (select id as subject, '{{}}' as body from resident) as m
         join resident as r on r.id = m.subject left join place as p on p.id = r.place where {condition}"
    );
    Ok(connection.prepare(&sql)?.query_row(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// When an op was done, `YYYY-MM-DD`.
///
/// # Errors
/// Reading fails.
pub fn day_of(connection: &Connection, op: i64) -> Result<String> {
    let at: Option<String> = connection
        .prepare_cached("select at from op where seq = ?1")?
        .query_row([op], |row| row.get(0))
        .optional()?;
    Ok(at.unwrap_or_default().chars().take(10).collect())
}

/// What an op brought values from: title of the ledger of an import, its file, label, kind.
///
/// # Errors
/// Reading fails.
pub fn op_said(connection: &Connection, op: i64) -> Result<Option<(Option<String>, String, String)>> {
    Ok(connection
        .prepare_cached("select detail ->> '$.ledger_title', label, kind from op where seq = ?1")?
        .query_row([op], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

/// The form of a fingerprint.
///
/// # Errors
/// Reading fails.
pub fn known_form(connection: &Connection, fingerprint: &str) -> Result<Option<KnownForm>> {
    let body: Option<String> = connection
        .prepare_cached("select body from form_layout where fingerprint = ?1")?
        .query_row([fingerprint], |row| row.get(0))
        .optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// All forms known, the newest first.
///
/// # Errors
/// Reading fails.
pub fn known_forms(connection: &Connection) -> Result<Vec<KnownForm>> {
    let mut list = connection.prepare_cached("select body from form_layout order by op desc, id desc")?;
    let rows = list.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    rows.iter().map(|body| Ok(serde_json::from_str(body)?)).collect()
}

/// Keeps a form, to be known again.
///
/// # Errors
/// Writing fails.
pub fn keep_form(tx: &Tx<'_>, form: &KnownForm) -> Result<()> {
    if known_form(tx.connection(), &form.fingerprint)?.as_ref() == Some(form) {
        return Ok(());
    }
    tx.connection().execute(
        "insert into form_layout (fingerprint, body, op) values (?1, ?2, ?3)
         on conflict (fingerprint) do update set body = excluded.body, op = excluded.op",
        params![form.fingerprint, serde_json::to_string(form)?, tx.op()],
    )?;
    Ok(())
}

/// Notes a submission with the file that was handed in; returns its number.
///
/// # Errors
/// Writing fails.
pub fn submit(tx: &Tx<'_>, submitted: &Submitted, copy: &str) -> Result<i64> {
    tx.connection().execute(
        "insert into submission (fingerprint, body, copy, op) values (?1, ?2, ?3, ?4)",
        params![submitted.fingerprint, serde_json::to_string(submitted)?, copy, tx.op()],
    )?;
    Ok(tx.connection().last_insert_rowid())
}

/// Submissions, of one form when given, the newest first.
///
/// # Errors
/// Reading fails.
pub fn submissions(connection: &Connection, fingerprint: Option<&str>, limit: usize) -> Result<Vec<Kept>> {
    let mut list = connection.prepare_cached(
        "select s.id, s.op, o.at, o.clerk, s.body from submission as s join op as o on o.seq = s.op
         where ?1 is null or s.fingerprint = ?1 order by s.id desc limit ?2",
    )?;
    let rows = list.query_map(params![fingerprint, i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?, row.get::<_, String>(4)?))
    })?;
    rows.map(|row| {
        let (id, op, at, clerk, body) = row?;
        let on = at.chars().take(10).collect();
        Ok(Kept { id, op, on, clerk, submitted: serde_json::from_str(&body)? })
    })
    .collect()
}

/// The file of a submission, base64, with its name.
///
/// # Errors
/// Reading fails.
pub fn copy_of(connection: &Connection, id: i64) -> Result<Option<(String, String)>> {
    Ok(connection
        .prepare_cached("select body ->> '$.file', copy from submission where id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}
