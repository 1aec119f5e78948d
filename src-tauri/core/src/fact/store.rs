//! The SQL of facts and subjects.

use std::collections::HashMap;

use rusqlite::{CachedStatement, Connection, ToSql, params};

use super::SubjectKind;
use crate::error::Result;
use crate::office::Tx;

/// Subjects from which reading all facts once beats looking for each.
const READ_IN_ONE_GO: usize = 5_000;
/// Facts written by one statement at most.
const ADDED_AT_ONCE: usize = 16;

/// A fact as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Dictionary field id.
    pub field: String,
    /// Canonical value.
    pub value: String,
    /// Day it was observed, `YYYY-MM-DD`.
    pub observed_on: String,
    /// Op that wrote it.
    pub op: i64,
}

/// Adds a subject and returns its number.
///
/// # Errors
/// Writing fails.
pub fn add_subject(tx: &Tx<'_>, kind: SubjectKind) -> Result<i64> {
    let connection = tx.connection();
    connection
        .prepare_cached("insert or rollback into subject (kind, uid, op) values (?1, ?2, ?3)")?
        .execute(params![kind.word(), tx.new_uid(), tx.op()])?;
    Ok(connection.last_insert_rowid())
}

/// Sets one fact; an empty value takes the fact away. Says whether anything changed.
///
/// # Errors
/// Writing fails.
pub fn set(tx: &Tx<'_>, subject: i64, field: &str, value: &str) -> Result<bool> {
    FactWriter::new(tx)?.set(subject, field, value)
}

/// Holds the statements for writing many facts in one op.
pub struct FactWriter<'tx> {
    tx: &'tx Tx<'tx>,
    day: String,
    add: Vec<CachedStatement<'tx>>,
    put: CachedStatement<'tx>,
    take: CachedStatement<'tx>,
}

impl<'tx> FactWriter<'tx> {
    /// Prepares the statements.
    ///
    /// # Errors
    /// Preparing fails.
    pub fn new(tx: &'tx Tx<'tx>) -> Result<Self> {
        let put = tx.connection().prepare_cached(
            "insert into fact (subject, field, value, observed_on, op) values (?1, ?2, ?3, ?4, ?5)
             on conflict (subject, field) do update
             set value = excluded.value, observed_on = excluded.observed_on, op = excluded.op
             where value <> excluded.value",
        )?;
        let take = tx.connection().prepare_cached("delete from fact where subject = ?1 and field = ?2")?;
        Ok(Self { tx, day: tx.day(), add: Vec::new(), put, take })
    }

    /// Adds facts of a subject of which nothing was known, without looking for earlier ones.
    ///
    /// # Errors
    /// Writing fails, for example when one of the facts exists.
    pub fn add(&mut self, subject: i64, facts: &[(&str, &str)]) -> Result<()> {
        let op = self.tx.op();
        for facts in facts.chunks(ADDED_AT_ONCE) {
            self.prepare_adding(facts.len())?;
            let head: [&dyn ToSql; 3] = [&subject, &self.day, &op];
            let values = facts.iter().flat_map(|(field, value)| [field as &dyn ToSql, value]);
            let values: Vec<&dyn ToSql> = head.into_iter().chain(values).collect();
            self.add[facts.len() - 1].execute(values.as_slice())?;
        }
        Ok(())
    }

    /// Makes the statements that add up to so many facts of one subject.
    fn prepare_adding(&mut self, count: usize) -> Result<()> {
        while self.add.len() < count {
            let rows: Vec<String> = (0..=self.add.len())
                .map(|row| format!("(?1, ?{}, ?{}, ?2, ?3)", row * 2 + 4, row * 2 + 5))
                .collect();
            self.add.push(self.tx.connection().prepare_cached(&format!(
                "insert or rollback into fact (subject, field, value, observed_on, op) values {}",
                rows.join(", ")
            ))?);
        }
        Ok(())
    }

    /// Sets one fact; an empty value takes the fact away. Says whether anything changed.
    ///
    /// # Errors
    /// Writing fails.
    pub fn set(&mut self, subject: i64, field: &str, value: &str) -> Result<bool> {
        let changed = if value.is_empty() {
            self.take.execute(params![subject, field])?
        } else {
            self.put.execute(params![subject, field, value, self.day, self.tx.op()])?
        };
        Ok(changed > 0)
    }
}

/// All facts of one subject.
///
/// # Errors
/// Reading fails.
pub fn of_subject(connection: &Connection, subject: i64) -> Result<Vec<Known>> {
    let mut list = connection
        .prepare_cached("select field, value, observed_on, op from fact where subject = ?1 order by field")?;
    let rows = list.query_map([subject], |row| {
        Ok(Known { field: row.get(0)?, value: row.get(1)?, observed_on: row.get(2)?, op: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The facts of several subjects by subject and field. `subjects` are the store's own numbers.
///
/// # Errors
/// Reading fails.
pub fn of_subjects(
    connection: &Connection,
    subjects: &[i64],
) -> Result<HashMap<i64, HashMap<String, String>>> {
    let mut facts: HashMap<i64, HashMap<String, String>> = HashMap::with_capacity(subjects.len());
    if subjects.len() >= READ_IN_ONE_GO {
        facts.extend(subjects.iter().map(|subject| (*subject, HashMap::new())));
        let mut list = connection.prepare("select subject, field, value from fact")?;
        let mut rows = list.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(facts) = facts.get_mut(&row.get(0)?) {
                facts.insert(row.get(1)?, row.get(2)?);
            }
        }
        return Ok(facts);
    }
    let mut list = connection.prepare_cached("select field, value from fact where subject = ?1")?;
    for subject in subjects {
        let rows = list.query_map([subject], |row| Ok((row.get(0)?, row.get(1)?)))?;
        facts.insert(*subject, rows.collect::<Result<_, _>>()?);
    }
    Ok(facts)
}

/// All values of some fields, by subject and field.
///
/// # Errors
/// Reading fails.
pub fn of_fields(connection: &Connection, fields: &[&str]) -> Result<HashMap<i64, HashMap<String, String>>> {
    let mut facts: HashMap<i64, HashMap<String, String>> = HashMap::new();
    if fields.is_empty() {
        return Ok(facts);
    }
    let marks = vec!["?"; fields.len()].join(", ");
    let mut list =
        connection.prepare(&format!("select subject, field, value from fact where field in ({marks})"))?;
    let mut rows = list.query(rusqlite::params_from_iter(fields))?;
    while let Some(row) = rows.next()? {
        facts.entry(row.get(0)?).or_default().insert(row.get(1)?, row.get(2)?);
    }
    Ok(facts)
}
