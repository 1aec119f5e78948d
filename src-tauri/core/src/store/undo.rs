//! Undo of any op, row by row, from the journal alone.
//!
//! Undoing deletes the rows an op inserted and puts back the before-images of what it changed. A
//! row that a later op touched, or that later rows lean on, is kept as it is and named. An undo is
//! an op like any other, so redo is the undo of an undo. No feature has an undo of its own.
//!
//! What an op left behind in a row: its own number, or, when the op was itself an undo, the number
//! in the image it put back. A row is untouched since exactly when it still carries that number.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::store::journal::{self, Ranges, Table};

/// Rows named one by one in a reply; beyond that only their number matters.
const NAMED_AT_MOST: usize = 200;

/// A row that stayed as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Table of the row.
    pub table: String,
    /// Number of the row.
    pub row: i64,
    /// The later op that touched it, when that is why.
    pub later: Option<i64>,
}

/// What an undo did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// Rows brought back to what they were.
    pub rows: u64,
    /// Rows left as they are, at most two hundred.
    pub kept: Vec<Kept>,
}

/// The op to undo.
#[derive(Debug, Clone)]
struct Target {
    op: i64,
    undo_of: Option<i64>,
    ranges: Ranges,
}

/// A reference from one table to another.
#[derive(Debug, Clone)]
struct Reference {
    child: String,
    column: String,
    parent: String,
}

/// Undoes `op` inside the open op, which must have been begun with `undo_of = op`. Rows of `in_use`
/// (table and number) are leaned on in ways the schema does not know; they are kept and named.
///
/// # Errors
/// Reading or writing fails; the caller then rolls the whole undo back.
pub fn undo(connection: &Connection, op: i64, in_use: &[(&str, i64)]) -> Result<Undone> {
    let target = target(connection, op)?;
    let tables = journal::tables(connection)?;
    let references = references(connection, &tables)?;
    connection.execute_batch(
        "pragma defer_foreign_keys = on;
         create temp table if not exists doomed (tbl text, row integer, primary key (tbl, row)) without rowid;
         create temp table if not exists spared (row integer primary key);
         delete from temp.doomed; delete from temp.spared;",
    )?;
    let mut undone = Undone::default();
    for table in &tables {
        doom_inserted(connection, &target, table, &mut undone)?;
        doom_put_back(connection, &target, table)?;
    }
    for &(table, row) in in_use {
        let sql = "delete from temp.doomed where tbl = ?1 and row = ?2";
        if connection.execute(sql, params![table, row])? > 0 {
            undone.kept.push(Kept { table: table.to_owned(), row, later: None });
        }
    }
    spare(connection, &references, &mut undone)?;
    for table in &tables {
        undone.rows += delete_doomed(connection, table)?;
    }
    for table in &tables {
        undone.rows += restore_deleted(connection, &target, table)?;
    }
    undone.rows -= drop_orphans(connection, &references)?;
    for table in &tables {
        undone.rows += restore_updated(connection, &target, table, &references)?;
        note_deleted_for_good(connection, &target, table, &mut undone)?;
        note_touched(connection, &target, table, &mut undone)?;
    }
    connection.execute_batch("delete from temp.doomed; delete from temp.spared")?;
    undone.kept.sort_by(|a, b| (&a.table, a.row).cmp(&(&b.table, b.row)));
    undone.kept.dedup_by(|a, b| a.table == b.table && a.row == b.row);
    undone.kept.truncate(NAMED_AT_MOST);
    Ok(undone)
}

fn target(connection: &Connection, op: i64) -> Result<Target> {
    let (undo_of, ranges): (Option<i64>, String) =
        connection.query_row("select undo_of, ranges from op where seq = ?1", [op], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok(Target { op, undo_of, ranges: serde_json::from_str(&ranges)? })
}

fn references(connection: &Connection, tables: &[Table]) -> Result<Vec<Reference>> {
    let mut references = Vec::new();
    for table in tables {
        let mut list = connection.prepare("select \"from\", \"table\" from pragma_foreign_key_list(?1)")?;
        let rows = list.query_map([&table.name], |row| {
            Ok(Reference { child: table.name.clone(), column: row.get(0)?, parent: row.get(1)? })
        })?;
        references.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(references)
}

/// The range of numbers an op gave in a table.
fn range_of(target: &Target, table: &Table) -> Option<(i64, i64)> {
    target.ranges.get(journal::numbered_by(&table.name)).copied()
}

/// Marks the op's own inserts that nobody touched since; the touched ones are kept.
fn doom_inserted(connection: &Connection, target: &Target, table: &Table, undone: &mut Undone) -> Result<()> {
    let Some((first, last)) = range_of(target, table) else { return Ok(()) };
    let name = &table.name;
    connection.execute(
        &format!(
            "insert into temp.doomed (tbl, row)
             select '{name}', id from {name} where id between ?1 and ?2 and op = ?3"
        ),
        params![first, last, target.op],
    )?;
    let mut touched = connection.prepare(&format!(
        "select id, op from {name} where id between ?1 and ?2 and op <> ?3 limit {NAMED_AT_MOST}"
    ))?;
    let rows = touched.query_map(params![first, last, target.op], |row| {
        Ok(Kept { table: name.clone(), row: row.get(0)?, later: Some(row.get(1)?) })
    })?;
    for kept in rows {
        undone.kept.push(kept?);
    }
    Ok(())
}

/// Marks rows the op (itself an undo) put back, when they are still as it left them.
fn doom_put_back(connection: &Connection, target: &Target, table: &Table) -> Result<()> {
    let Some(first_op) = target.undo_of else { return Ok(()) };
    let name = &table.name;
    connection.execute(
        &format!(
            "insert or ignore into temp.doomed (tbl, row)
             select '{name}', here.id from change as mine
             join change as earlier on earlier.op = ?2 and earlier.tbl = mine.tbl and earlier.row = mine.row
             join {name} as here on here.id = mine.row
             where mine.op = ?1 and mine.tbl = '{name}' and mine.act = 3
               and here.op = json_extract(earlier.before, '$.op')"
        ),
        params![target.op, first_op],
    )?;
    Ok(())
}

/// Takes rows off the list that surviving rows lean on, and with a spared subject everything that
/// belongs to it, until nothing changes any more.
fn spare(connection: &Connection, references: &[Reference], undone: &mut Undone) -> Result<()> {
    loop {
        let mut spared = 0;
        for reference in references {
            spared += spare_parents(connection, reference, undone)?;
            if reference.parent == "subject" {
                spared += spare_belongings(connection, reference)?;
            }
        }
        if spared == 0 {
            return Ok(());
        }
    }
}

fn spare_parents(connection: &Connection, reference: &Reference, undone: &mut Undone) -> Result<usize> {
    let Reference { child, column, parent } = reference;
    let mut leaned_on = connection.prepare(&format!(
        "delete from temp.doomed where tbl = '{parent}' and exists (
             select 1 from {child} as c where c.{column} = doomed.row and not exists (
                 select 1 from temp.doomed as d where d.tbl = '{child}' and d.row = c.id))
         returning row"
    ))?;
    let rows = leaned_on.query_map([], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    for row in &rows {
        if parent == "subject" {
            connection.execute("insert or ignore into temp.spared (row) values (?1)", [row])?;
        }
        if undone.kept.len() < NAMED_AT_MOST * 4 {
            undone.kept.push(Kept { table: parent.clone(), row: *row, later: None });
        }
    }
    Ok(rows.len())
}

/// A person who stays keeps facts and places in ledgers: half a person helps nobody.
fn spare_belongings(connection: &Connection, reference: &Reference) -> Result<usize> {
    let Reference { child, column, .. } = reference;
    Ok(connection.execute(
        &format!(
            "delete from temp.doomed where tbl = '{child}' and exists (
                 select 1 from {child} as c join temp.spared as s on s.row = c.{column}
                 where c.id = doomed.row)"
        ),
        [],
    )?)
}

fn delete_doomed(connection: &Connection, table: &Table) -> Result<u64> {
    let name = &table.name;
    let deleted = connection.execute(
        &format!("delete from {name} where id in (select row from temp.doomed where tbl = '{name}')"),
        [],
    )?;
    Ok(deleted as u64)
}

/// Puts back the image of each row the op updated, when the row is still as the op left it and
/// what the image refers to still exists.
fn restore_updated(
    connection: &Connection,
    target: &Target,
    table: &Table,
    references: &[Reference],
) -> Result<u64> {
    let name = &table.name;
    let left = left_by(target);
    let sets: Vec<String> = table
        .columns
        .iter()
        .filter(|column| *column != "id")
        .map(|column| format!("{column} = json_extract(image.before, '$.{column}')"))
        .collect();
    let parents_exist: String = references
        .iter()
        .filter(|reference| reference.child == *name)
        .map(|Reference { column, parent, .. }| {
            format!(
                " and (json_extract(image.before, '$.{column}') is null or exists (
                      select 1 from {parent} as p where p.id = json_extract(image.before, '$.{column}')))"
            )
        })
        .collect();
    let restored = connection.execute(
        &format!(
            "update or ignore {name} set {} from (
                 select mine.row as row, mine.before as before, {left} as left_op from change as mine
                 where mine.op = ?1 and mine.tbl = '{name}' and mine.act = 1) as image
             where {name}.id = image.row and {name}.op = image.left_op{parents_exist}",
            sets.join(", ")
        ),
        params![target.op],
    )?;
    Ok(restored as u64)
}

/// SQL for the number an op left in a row it changed.
fn left_by(target: &Target) -> String {
    target.undo_of.map_or_else(
        || target.op.to_string(),
        |first| {
            format!(
                "(select json_extract(e.before, '$.op') from change as e
                  where e.op = {first} and e.tbl = mine.tbl and e.row = mine.row)"
            )
        },
    )
}

/// Names the updated rows that could not be brought back, with the later op that touched them.
fn note_touched(connection: &Connection, target: &Target, table: &Table, undone: &mut Undone) -> Result<()> {
    let name = &table.name;
    let mut list = connection.prepare(&format!(
        "select mine.row, (select max(later.op) from change as later
                           where later.tbl = mine.tbl and later.row = mine.row and later.op > ?1)
         from change as mine
         where mine.op = ?1 and mine.tbl = '{name}' and mine.act = 1
           and not exists (select 1 from change as now where now.op = (select max(seq) from op)
                             and now.tbl = mine.tbl and now.row = mine.row)
         limit {NAMED_AT_MOST}"
    ))?;
    let rows = list.query_map([target.op], |row| {
        Ok(Kept { table: name.clone(), row: row.get(0)?, later: row.get(1)? })
    })?;
    for kept in rows {
        undone.kept.push(kept?);
    }
    Ok(())
}

/// Puts rows the op deleted back under their old numbers and notes that they came back.
fn restore_deleted(connection: &Connection, target: &Target, table: &Table) -> Result<u64> {
    let name = &table.name;
    let columns = table.columns.join(", ");
    let values: Vec<String> =
        table.columns.iter().map(|column| format!("json_extract(before, '$.{column}')")).collect();
    let restored = connection.execute(
        &format!(
            "insert or ignore into {name} ({columns})
             select {} from change where op = ?1 and tbl = '{name}' and act = 2
               and json_extract(before, '$.op') <> ?1",
            values.join(", ")
        ),
        [target.op],
    )?;
    connection.execute(
        &format!(
            "insert or ignore into change (op, tbl, row, act, before)
             select (select max(seq) from op), tbl, row, 3, null from change
             where op = ?1 and tbl = '{name}' and act = 2
               and exists (select 1 from {name} as here where here.id = change.row)"
        ),
        [target.op],
    )?;
    Ok(restored as u64)
}

/// Takes rows out again that came back to find what they refer to gone for good.
fn drop_orphans(connection: &Connection, references: &[Reference]) -> Result<u64> {
    let mut dropped = 0;
    for Reference { child, column, parent } in references {
        let gone = connection.execute(
            &format!(
                "delete from {child} where {column} is not null
                   and id in (select row from change where op = (select max(seq) from op)
                                and tbl = '{child}' and act = 3)
                   and not exists (select 1 from {parent} as p where p.id = {child}.{column})"
            ),
            [],
        )?;
        dropped += gone as u64;
    }
    Ok(dropped)
}

/// Names the deleted rows that could not come back.
fn note_deleted_for_good(
    connection: &Connection,
    target: &Target,
    table: &Table,
    undone: &mut Undone,
) -> Result<()> {
    let name = &table.name;
    let mut missing = connection.prepare(&format!(
        "select row from change where op = ?1 and tbl = '{name}' and act = 2
           and json_extract(before, '$.op') <> ?1
           and not exists (select 1 from {name} as here where here.id = change.row) limit {NAMED_AT_MOST}"
    ))?;
    let rows = missing.query_map([target.op], |row| row.get::<_, i64>(0))?;
    for row in rows {
        undone.kept.push(Kept { table: name.clone(), row: row?, later: None });
    }
    Ok(())
}

/// Which ops are in force: an op is not when an undo of it is.
///
/// # Errors
/// Reading fails.
pub fn in_force(connection: &Connection) -> Result<BTreeMap<i64, bool>> {
    let mut list = connection.prepare_cached("select seq, undo_of from op order by seq desc")?;
    let rows = list.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
    let mut undone = BTreeSet::new();
    let mut force = BTreeMap::new();
    for row in rows {
        let (seq, undo_of) = row?;
        let is_in_force = !undone.contains(&seq);
        if let (true, Some(earlier)) = (is_in_force, undo_of) {
            undone.insert(earlier);
        }
        force.insert(seq, is_in_force);
    }
    Ok(force)
}

/// Whether an op of that number exists.
///
/// # Errors
/// Reading fails.
pub fn exists(connection: &Connection, op: i64) -> Result<bool> {
    Ok(connection.query_row("select 1 from op where seq = ?1", [op], |_| Ok(())).optional()?.is_some())
}
