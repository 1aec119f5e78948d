//! Tells whether a store is sound: pages, foreign keys, the chain of ops, and rows no op wrote.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::error::{Error, Result, StoreTrouble};
use crate::store::journal::{self, Ranges};

/// One thing found wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Finding {
    /// Stable word: `pages`, `foreign_key`, `chain`, `stray`.
    pub code: &'static str,
    /// What is wrong, a Chinese sentence.
    pub message: String,
}

/// The quick look at every start.
///
/// # Errors
/// [`StoreTrouble::Damaged`] when SQLite finds a damaged page.
pub fn quick(connection: &Connection) -> Result<()> {
    let answer: String = connection
        .query_row("pragma quick_check(1)", [], |row| row.get(0))
        .map_err(|_| Error::Store(StoreTrouble::Damaged))?;
    if answer == "ok" { Ok(()) } else { Err(Error::Store(StoreTrouble::Damaged)) }
}

/// The thorough look of `juwutai check`.
///
/// # Errors
/// Reading fails altogether.
pub fn thorough(connection: &Connection) -> Result<Vec<Finding>> {
    let mut findings = pages(connection)?;
    findings.extend(foreign_keys(connection)?);
    findings.extend(chain(connection)?);
    findings.extend(strays(connection)?);
    Ok(findings)
}

fn pages(connection: &Connection) -> Result<Vec<Finding>> {
    let mut check = connection.prepare("pragma integrity_check(20)")?;
    let lines = check.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let bad = lines.iter().filter(|line| *line != "ok").count();
    Ok((bad > 0)
        .then(|| Finding { code: "pages", message: format!("资料文件有 {bad} 处损坏。") })
        .into_iter()
        .collect())
}

fn foreign_keys(connection: &Connection) -> Result<Vec<Finding>> {
    let mut check =
        connection.prepare("select \"table\", count(*) from pragma_foreign_key_check group by 1")?;
    let rows = check.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    rows.map(|row| {
        let (table, count) = row?;
        Ok(Finding {
            code: "foreign_key", message: format!("“{table}”里有 {count} 条找不到所属的记录。")
        })
    })
    .collect()
}

/// Recomputes the chain and names the first op that does not fit.
fn chain(connection: &Connection) -> Result<Vec<Finding>> {
    let mut list = connection.prepare(
        "select seq, coalesce(digest, ''), coalesce(prev_hash, ''), coalesce(hash, '') from op order by seq",
    )?;
    let mut rows = list.query([])?;
    let mut last = String::new();
    while let Some(row) = rows.next()? {
        let (seq, digest, prev, hash): (i64, String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let fits = prev == last
            && journal::digest(connection, seq)? == digest
            && journal::hash(connection, seq)? == hash;
        if !fits {
            return Ok(vec![Finding {
                code: "chain",
                message: format!("操作记录从第 {seq} 步起对不上，可能被程序以外的办法改过。"),
            }]);
        }
        last = hash;
    }
    Ok(Vec::new())
}

/// Rows that no op accounts for: each was either numbered by the op it names or changed by it.
fn strays(connection: &Connection) -> Result<Vec<Finding>> {
    let ranges = ranges_by_op(connection)?;
    let mut findings = Vec::new();
    for table in journal::tables(connection)? {
        let name = &table.name;
        let mut changed = connection
            .prepare("select exists (select 1 from change where op = ?1 and tbl = ?2 and row = ?3)")?;
        let mut list = connection.prepare(&format!("select id, op from {name}"))?;
        let mut rows = list.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let (id, op): (i64, i64) = (row.get(0)?, row.get(1)?);
            let range = ranges.get(&op).and_then(|ranges| ranges.get(journal::numbered_by(name)));
            let is_numbered = range.is_some_and(|(first, last)| (*first..=*last).contains(&id));
            if !is_numbered && !changed.query_row((op, name, id), |row| row.get::<_, bool>(0))? {
                count += 1;
            }
        }
        if count > 0 {
            findings.push(Finding {
                code: "stray",
                message: format!("“{name}”里有 {count} 条不是由本程序写入的。"),
            });
        }
    }
    Ok(findings)
}

fn ranges_by_op(connection: &Connection) -> Result<HashMap<i64, Ranges>> {
    let mut list = connection.prepare("select seq, ranges from op")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (op, ranges) = row?;
        Ok((op, serde_json::from_str(&ranges)?))
    })
    .collect()
}
