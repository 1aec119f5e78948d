//! The SQL of ledgers: clerk-made kinds, rows, and the subjects that are members.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params, params_from_iter, types::Value};

use crate::catalog::{LocalColumn, LocalLedger};
use crate::error::{Error, Missing, Result};
use crate::office::Tx;
use crate::place::Door;

/// A row as stored.
#[derive(Debug, Clone)]
pub struct RawRecord {
    /// Number of the row.
    pub id: i64,
    /// Subject that is the member, when the ledger has subjects.
    pub subject: Option<i64>,
    /// The row's own values by field.
    pub body: BTreeMap<String, String>,
    /// Op that last wrote the row.
    pub op: i64,
}

fn row_to_record(row: &Row<'_>) -> rusqlite::Result<RawRecord> {
    let body: String = row.get(2)?;
    Ok(RawRecord {
        id: row.get(0)?,
        subject: row.get(1)?,
        body: serde_json::from_str(&body).unwrap_or_default(),
        op: row.get(3)?,
    })
}

/// The ledger kinds made by clerks.
///
/// # Errors
/// Reading fails.
pub fn local_kinds(connection: &Connection) -> Result<Vec<LocalLedger>> {
    let mut list = connection.prepare_cached("select body from ledger order by id")?;
    let rows = list.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
}

/// Keeps a ledger kind made by a clerk.
///
/// # Errors
/// Writing fails.
pub fn save_local(tx: &Tx<'_>, kind: &LocalLedger) -> Result<()> {
    tx.connection().execute(
        "insert into ledger (code, body, op) values (?1, ?2, ?3)
         on conflict (code) do update set body = excluded.body, op = excluded.op",
        params![kind.id, serde_json::to_string(kind)?, tx.op()],
    )?;
    Ok(())
}

/// Columns that clerks added to ledgers beside their own, by ledger.
///
/// # Errors
/// Reading fails.
pub fn added_columns(connection: &Connection) -> Result<Vec<(String, LocalColumn)>> {
    let mut list = connection.prepare_cached("select ledger, body from ledger_column order by id")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (ledger, body) = row?;
        Ok((ledger, serde_json::from_str(&body)?))
    })
    .collect()
}

/// How many columns clerks ever added, those that were taken back included.
///
/// # Errors
/// Reading fails.
pub fn columns_given(connection: &Connection) -> Result<i64> {
    let sql = "select coalesce((select seq from sqlite_sequence where name = 'ledger_column'), 0)";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// States of a row's own values before the present one, newest first, each with the op that wrote it.
///
/// # Errors
/// Reading fails.
pub fn earlier_bodies(connection: &Connection, record: i64) -> Result<Vec<(i64, BTreeMap<String, String>)>> {
    let mut list = connection.prepare_cached(
        "select before ->> '$.op', before ->> '$.body' from change
         where tbl = 'record' and row = ?1 and before is not null order by op desc",
    )?;
    let rows = list.query_map([record], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (op, body) = row?;
        Ok((op, serde_json::from_str(&body)?))
    })
    .collect()
}

/// Columns an op added that rows written by other ops have values in by now, by number.
///
/// # Errors
/// Reading fails.
pub fn columns_in_use(connection: &Connection, op: i64) -> Result<Vec<i64>> {
    let mut list = connection.prepare_cached(
        "select c.id from ledger_column as c where c.op = ?1 and exists (
             select 1 from record as r where r.ledger = c.ledger and r.op <> ?1
               and json_extract(r.body, '$.\"' || (c.body ->> '$.field') || '\"') is not null)",
    )?;
    let rows = list.query_map([op], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a column to a ledger.
///
/// # Errors
/// Writing fails.
pub fn add_column(tx: &Tx<'_>, ledger: &str, column: &LocalColumn) -> Result<()> {
    tx.connection().execute(
        "insert into ledger_column (ledger, body, op) values (?1, ?2, ?3)",
        params![ledger, serde_json::to_string(column)?, tx.op()],
    )?;
    Ok(())
}

/// How many rows each ledger has.
///
/// # Errors
/// Reading fails.
pub fn counts(connection: &Connection) -> Result<HashMap<String, i64>> {
    let mut list = connection.prepare_cached("select ledger, count(*) from record group by ledger")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which rows to read: the parts of a query that [`super::view`] puts together.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// SQL conditions over `m` (record), `r` (resident) and `p` (place of the resident).
    pub conditions: Vec<String>,
    /// Values of the conditions' `?`.
    pub values: Vec<Value>,
    /// SQL expressions to order by, before the row number.
    pub order: Vec<String>,
}

impl Selection {
    fn is_plain(&self) -> bool {
        self.conditions.is_empty() && self.order.is_empty()
    }

    fn from(&self) -> &'static str {
        if self.is_plain() {
            "from record as m where m.ledger = ?"
        } else {
            "from record as m left join resident as r on r.id = m.subject
             left join place as p on p.id = coalesce(r.place, m.subject) where m.ledger = ?"
        }
    }

    fn conditions(&self) -> String {
        self.conditions.iter().map(|condition| format!(" and ({condition})")).collect()
    }

    fn values(&self, ledger: &str) -> Vec<Value> {
        let ledger = std::iter::once(Value::Text(ledger.to_owned()));
        ledger.chain(self.values.iter().cloned()).collect()
    }
}

/// Rows of a ledger, `limit` of them from `offset` on.
///
/// # Errors
/// Reading fails.
pub fn select(
    connection: &Connection,
    ledger: &str,
    selection: &Selection,
    offset: usize,
    limit: usize,
) -> Result<Vec<RawRecord>> {
    let mut order = selection.order.clone();
    order.push("m.id".to_owned());
    let sql = format!(
        "select m.id, m.subject, m.body, m.op {}{} order by {} limit {limit} offset {offset}",
        selection.from(),
        selection.conditions(),
        order.join(", ")
    );
    let mut list = connection.prepare_cached(&sql)?;
    let rows = list.query_map(params_from_iter(selection.values(ledger)), row_to_record)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many rows of a ledger fit.
///
/// # Errors
/// Reading fails.
pub fn count(connection: &Connection, ledger: &str, selection: &Selection) -> Result<i64> {
    let sql = format!("select count(*) {}{}", selection.from(), selection.conditions());
    Ok(connection
        .prepare_cached(&sql)?
        .query_row(params_from_iter(selection.values(ledger)), |row| row.get(0))?)
}

/// One row of a ledger.
///
/// # Errors
/// [`Missing::Record`].
pub fn get(connection: &Connection, ledger: &str, id: i64) -> Result<RawRecord> {
    connection
        .prepare_cached("select id, subject, body, op from record where id = ?1 and ledger = ?2")?
        .query_row(params![id, ledger], row_to_record)
        .optional()?
        .ok_or(Error::NotFound(Missing::Record(id)))
}

/// The ledgers a subject is in, with the row number.
///
/// # Errors
/// Reading fails.
pub fn ids_of_subject(connection: &Connection, subject: i64) -> Result<Vec<(String, i64)>> {
    let mut list =
        connection.prepare_cached("select ledger, id from record where subject = ?1 order by ledger")?;
    let rows = list.query_map([subject], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The subjects that are members of a ledger.
///
/// # Errors
/// Reading fails.
pub fn member_subjects(connection: &Connection, ledger: &str) -> Result<HashSet<i64>> {
    let mut list =
        connection.prepare_cached("select subject from record where ledger = ?1 and subject is not null")?;
    let rows = list.query_map([ledger], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The rows of a ledger by subject, for matching a sheet against it.
///
/// # Errors
/// Reading fails.
pub fn members(connection: &Connection, ledger: &str) -> Result<HashMap<i64, RawRecord>> {
    let mut list = connection.prepare_cached(
        "select id, subject, body, op from record where ledger = ?1 and subject is not null",
    )?;
    let rows = list.query_map([ledger], row_to_record)?;
    rows.map(|row| {
        let row = row?;
        Ok((row.subject.unwrap_or_default(), row))
    })
    .collect()
}

/// Places that are members of a ledger, by door.
///
/// # Errors
/// Reading fails.
pub fn doors(connection: &Connection) -> Result<HashMap<Door, i64>> {
    let mut list = connection.prepare_cached("select building, unit, room, id from place")?;
    let rows = list.query_map([], |row| {
        Ok((Door { building: row.get(0)?, unit: row.get(1)?, room: row.get(2)? }, row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes rows of ledgers in one op.
pub struct RecordWriter<'tx> {
    op: i64,
    insert: CachedStatement<'tx>,
    update: CachedStatement<'tx>,
    remove: CachedStatement<'tx>,
}

impl<'tx> RecordWriter<'tx> {
    /// Prepares the statements.
    ///
    /// # Errors
    /// Preparing fails.
    pub fn new(tx: &'tx Tx<'_>) -> Result<Self> {
        let connection = tx.connection();
        Ok(Self {
            op: tx.op(),
            insert: connection.prepare_cached(
                "insert or rollback into record (ledger, subject, body, op) values (?1, ?2, ?3, ?4)",
            )?,
            update: connection
                .prepare_cached("update record set body = ?2, op = ?3 where id = ?1 and body <> ?2")?,
            remove: connection.prepare_cached("delete from record where id = ?1 and ledger = ?2")?,
        })
    }

    /// Adds a row and returns its number.
    ///
    /// # Errors
    /// Writing fails.
    pub fn add(
        &mut self,
        ledger: &str,
        subject: Option<i64>,
        body: &BTreeMap<String, String>,
    ) -> Result<i64> {
        let body = if body.is_empty() { "{}".to_owned() } else { serde_json::to_string(body)? };
        Ok(self.insert.insert(params![ledger, subject, body, self.op])?)
    }

    /// Sets the row's own values. Says whether anything changed.
    ///
    /// # Errors
    /// Writing fails.
    pub fn set(&mut self, record: i64, body: &BTreeMap<String, String>) -> Result<bool> {
        Ok(self.update.execute(params![record, serde_json::to_string(body)?, self.op])? > 0)
    }

    /// Takes a row out of a ledger. Says whether there was one.
    ///
    /// # Errors
    /// Writing fails.
    pub fn remove(&mut self, ledger: &str, record: i64) -> Result<bool> {
        Ok(self.remove.execute(params![record, ledger])? > 0)
    }
}

/// All rows of a ledger by row number.
///
/// # Errors
/// Reading fails.
pub fn members_by_record(connection: &Connection, ledger: &str) -> Result<HashMap<i64, RawRecord>> {
    Ok(all_records(connection, ledger)?.into_iter().map(|record| (record.id, record)).collect())
}

/// All rows of a ledger in order.
///
/// # Errors
/// Reading fails.
pub fn all_records(connection: &Connection, ledger: &str) -> Result<Vec<RawRecord>> {
    select(connection, ledger, &Selection::default(), 0, i64::MAX as usize)
}
