//! The SQL of changes: what the ops of a period touched, and who did them.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;

/// What ops of a period touched, each with the newest op that did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Residents, households and places.
    pub subjects: HashMap<i64, i64>,
    /// Rows of ledgers.
    pub records: HashMap<i64, i64>,
}

impl Touched {
    /// The newest op that touched a row or its subject.
    #[must_use]
    pub fn op_of(&self, record: i64, subject: Option<i64>) -> Option<i64> {
        let own = self.records.get(&record).copied();
        let subject = subject.and_then(|subject| self.subjects.get(&subject)).copied();
        own.max(subject)
    }
}

/// What the ops after the first and up to the last of `ops` touched: rows they changed, by the
/// journal of the office as it is `now`, and rows they inserted that are still there at the end.
///
/// # Errors
/// Reading fails.
pub fn touched(now: &Connection, end: &Connection, ops: (i64, i64)) -> Result<Touched> {
    let mut touched = Touched::default();
    let mut note = |tbl: &str, row: i64, op: i64| {
        let of = if tbl == "record" { &mut touched.records } else { &mut touched.subjects };
        let newest = of.entry(row).or_insert(op);
        *newest = op.max(*newest);
    };
    let changed = "with mine as (select op, tbl, row, before from change where op > ?1 and op <= ?2)
         select case when tbl = 'record' then 'record' else 'subject' end, row, op from mine
             where tbl in ('resident', 'household', 'place', 'record')
         union all
         select 'subject', coalesce(mine.before ->> '$.subject',
             (select f.subject from fact as f where mine.tbl = 'fact' and f.id = mine.row),
             (select m.subject from record as m where mine.tbl = 'record' and m.id = mine.row),
             (select o.before ->> '$.subject' from change as o
                  where o.tbl = mine.tbl and o.row = mine.row and o.before is not null limit 1)), op
         from mine where tbl in ('fact', 'record')";
    read(now, changed, ops, &mut note)?;
    let inserted = "select 'subject', id, op from resident where op > ?1 and op <= ?2
         union all select 'subject', subject, op from fact where op > ?1 and op <= ?2
         union all select 'record', id, op from record where op > ?1 and op <= ?2
         union all select 'subject', subject, op from record where op > ?1 and op <= ?2 and subject is not null";
    read(end, inserted, ops, &mut note)?;
    Ok(touched)
}

fn read(
    connection: &Connection,
    sql: &str,
    ops: (i64, i64),
    note: &mut impl FnMut(&str, i64, i64),
) -> Result<()> {
    let mut list = connection.prepare(sql)?;
    let mut rows = list.query([ops.0, ops.1])?;
    while let Some(row) = rows.next()? {
        if let Some(number) = row.get::<_, Option<i64>>(1)? {
            note(row.get_ref(0)?.as_str().unwrap_or_default(), number, row.get(2)?);
        }
    }
    Ok(())
}

/// All residents with the op that last wrote each.
///
/// # Errors
/// Reading fails.
pub fn resident_ops(connection: &Connection) -> Result<Vec<(i64, i64)>> {
    let mut list = connection.prepare_cached("select id, op from resident order by id")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The unique numbers of subjects.
///
/// # Errors
/// Reading fails.
pub fn uids(connection: &Connection, subjects: &[i64]) -> Result<HashMap<i64, String>> {
    let mut one = connection.prepare_cached("select uid from subject where id = ?1")?;
    let mut uids = HashMap::with_capacity(subjects.len());
    for subject in subjects {
        uids.extend(one.query_row([subject], |row| row.get(0)).optional()?.map(|uid| (*subject, uid)));
    }
    Ok(uids)
}

/// The day and the clerk of every op.
///
/// # Errors
/// Reading fails.
pub fn ops(connection: &Connection) -> Result<HashMap<i64, (String, String)>> {
    let mut list = connection.prepare_cached("select seq, substr(at, 1, 10), clerk from op")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
