//! The journal: who wrote what, and what each row was before.
//!
//! Every table carries `op`, the number of the op that last wrote the row. Triggers made from the
//! schema refuse an update or delete outside the open op (always the newest) and keep the
//! before-image of each. An insert needs no entry and no trigger: the row says which op made it,
//! the op notes the range of new numbers, and [`seal`] looks that both agree. Between ops the
//! connection refuses to write at all ([`super::Writing`]). Undoing is in [`super::undo`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Tables outside the journal, each with its reason.
pub const EXEMPT: [(&str, &str); 4] = [
    ("op", "is the journal"),
    ("change", "is the journal"),
    ("migration", "written only by the migration runner"),
    ("skey", "derived from resident; rebuilt from what an op touched"),
];

/// A table of the journal and its columns in order, with their types.
#[derive(Debug, Clone)]
pub struct Table {
    /// Name of the table.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// First and last number a table gave to rows an op inserted.
pub type Ranges = BTreeMap<String, (i64, i64)>;

/// All tables under the journal.
///
/// # Errors
/// Reading the schema fails.
pub fn tables(connection: &Connection) -> Result<Vec<Table>> {
    let mut list = connection.prepare(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
    )?;
    let names = list.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut tables = Vec::new();
    for name in names.into_iter().filter(|name| !EXEMPT.iter().any(|(exempt, _)| exempt == name)) {
        let mut info = connection.prepare("select name from pragma_table_info(?1) order by cid")?;
        let columns = info.query_map([&name], |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?;
        tables.push(Table { name, columns });
    }
    Ok(tables)
}

/// Removes all journal triggers, before the schema changes.
///
/// # Errors
/// Reading or changing the schema fails.
pub fn drop_triggers(connection: &Connection) -> Result<()> {
    let mut list = connection
        .prepare("select name from sqlite_schema where type = 'trigger' and name like 'journal_%'")?;
    let names = list.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    for name in names {
        connection.execute_batch(&format!("drop trigger \"{name}\""))?;
    }
    Ok(())
}

/// Makes the triggers of every table under the journal, and those that seal the journal itself.
///
/// # Errors
/// Reading or changing the schema fails.
pub fn make_triggers(connection: &Connection) -> Result<()> {
    for table in tables(connection)? {
        connection.execute_batch(&triggers_of(&table))?;
    }
    connection.execute_batch(SEALS)?;
    Ok(())
}

/// True for a write outside the open op. The open op is the newest and not sealed yet; it may write
/// other ops' numbers only while undoing.
const IS_STRAY: &str = "coalesce((select case when hash is not null then 1 when seq = new.op then 0
             else undo_of is null end from op order by seq desc limit 1), 1)";

/// True when no op is open.
const IS_CLOSED: &str = "coalesce((select hash is not null from op order by seq desc limit 1), 1)";

const SEALS: &str = "
    create trigger journal_op_sealed before update on op when old.hash is not null
        begin select raise(abort, 'an op is never rewritten'); end;
    create trigger journal_op_kept before delete on op
        begin select raise(abort, 'an op is never deleted'); end;
    create trigger journal_change_sealed before update on change when old.op <> (select max(seq) from op)
        begin select raise(abort, 'a change is never rewritten'); end;
    create trigger journal_change_kept before delete on change
        begin select raise(abort, 'a change is never deleted'); end;";

fn triggers_of(table: &Table) -> String {
    let name = &table.name;
    let image = image_of(table, "old");
    format!(
        "create trigger journal_{name}_stray before update on {name} when {IS_STRAY}
             begin select raise(rollback, 'a write needs an op'); end;
         create trigger journal_{name}_update before update on {name}
             when old.op <> (select max(seq) from op)
             begin insert into change (op, tbl, row, act, before)
                 values ((select max(seq) from op), '{name}', old.id, 1, {image})
                 on conflict do nothing; end;
         create trigger journal_{name}_closed before delete on {name} when {IS_CLOSED}
             begin select raise(rollback, 'a write needs an op'); end;
         create trigger journal_{name}_delete before delete on {name}
             begin insert into change (op, tbl, row, act, before)
                 values ((select max(seq) from op), '{name}', old.id, 2, {image})
                 on conflict do update set act = 2; end;"
    )
}

/// SQL that makes the JSON image of a row.
fn image_of(table: &Table, row: &str) -> String {
    let pairs: Vec<String> =
        table.columns.iter().map(|column| format!("'{column}', {row}.{column}")).collect();
    format!("json_object({})", pairs.join(", "))
}

/// The highest number each numbering table has given so far.
///
/// # Errors
/// Reading fails.
pub fn numbers(connection: &Connection) -> Result<BTreeMap<String, i64>> {
    let mut list =
        connection.prepare_cached("select name, seq from sqlite_sequence where name not in ('op')")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The ranges of new numbers between two readings of [`numbers`].
#[must_use]
pub fn ranges(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> Ranges {
    after
        .iter()
        .filter_map(|(table, last)| {
            let first = before.get(table).copied().unwrap_or(0) + 1;
            (*last >= first).then(|| (table.clone(), (first, *last)))
        })
        .collect()
}

/// The ranges of numbers an op gave.
///
/// # Errors
/// Reading fails, or there is no such op.
pub fn ranges_of(connection: &Connection, op: i64) -> Result<Ranges> {
    let text: String = connection
        .prepare_cached("select ranges from op where seq = ?1")?
        .query_row([op], |row| row.get(0))?;
    Ok(serde_json::from_str(&text)?)
}

/// What an op says of itself when it begins.
#[derive(Debug, Clone)]
pub struct Heading<'a> {
    /// Unique number for retries and for a hub.
    pub uid: String,
    /// Moment with offset, ISO 8601.
    pub at: String,
    /// Who did it.
    pub clerk: &'a str,
    /// Machine word of the act.
    pub kind: &'a str,
    /// The act in plain Chinese.
    pub label: &'a str,
    /// JSON for the history page: file, counts and the like.
    pub detail: String,
    /// The op this one undoes.
    pub undo_of: Option<i64>,
}

/// Opens an op and returns its number.
///
/// # Errors
/// Writing fails.
pub fn begin(connection: &Connection, heading: &Heading<'_>) -> Result<i64> {
    connection.execute(
        "insert into op (uid, at, clerk, kind, label, detail, undo_of) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            heading.uid,
            heading.at,
            heading.clerk,
            heading.kind,
            heading.label,
            heading.detail,
            heading.undo_of
        ],
    )?;
    Ok(connection.last_insert_rowid())
}

/// The office's own mark: eight digits of the number of its first op, by which what was taken out of
/// one office is told from what was taken out of another. Empty before the first op.
///
/// # Errors
/// Reading fails.
pub fn mark(connection: &Connection) -> Result<String> {
    let mut first = connection.prepare_cached("select substr(uid, -8) from op order by seq limit 1")?;
    Ok(first.query_row([], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// Whether the open op has written nothing.
///
/// # Errors
/// Reading fails.
pub fn is_idle(connection: &Connection, op: i64, ranges: &Ranges) -> Result<bool> {
    let changes: i64 =
        connection.query_row("select exists (select 1 from change where op = ?1)", [op], |row| row.get(0))?;
    Ok(ranges.is_empty() && changes == 0)
}

/// The table whose range holds the numbers of a table's rows: residents, households and places
/// carry the number of their subject.
#[must_use]
pub fn numbered_by(table: &str) -> &str {
    match table {
        "resident" | "household" | "place" => "subject",
        other => other,
    }
}

/// Closes an op: notes its ranges and links it into the hash chain.
///
/// # Errors
/// Writing fails, or a new row names another op than the one that made it.
pub fn seal(connection: &Connection, op: i64, ranges: &Ranges) -> Result<()> {
    refuse_misnamed(connection, op, ranges)?;
    connection.execute(
        "update op set ranges = ?2, digest = ?3,
             prev_hash = coalesce((select hash from op where seq < ?1 order by seq desc limit 1), '')
         where seq = ?1",
        params![op, serde_json::to_string(ranges)?, digest(connection, op)?],
    )?;
    let hash = hash(connection, op)?;
    connection.execute("update op set hash = ?2 where seq = ?1", params![op, hash])?;
    Ok(())
}

/// A row that names a wrong op would escape the undo of the op that made it.
fn refuse_misnamed(connection: &Connection, op: i64, ranges: &Ranges) -> Result<()> {
    for table in tables(connection)? {
        let name = &table.name;
        let Some((first, last)) = ranges.get(numbered_by(name)) else { continue };
        let sql = format!("select exists (select 1 from {name} where id between ?1 and ?2 and op <> ?3)");
        let is_misnamed: bool =
            connection.prepare_cached(&sql)?.query_row(params![first, last, op], |row| row.get(0))?;
        if is_misnamed {
            return Err(Error::Bug(format!("a new row of {name} does not name its op")));
        }
    }
    Ok(())
}

/// SHA-256 over the before-images an op kept, in their fixed order.
pub(super) fn digest(connection: &Connection, op: i64) -> Result<String> {
    let mut list = connection
        .prepare_cached("select tbl, row, act, before from change where op = ?1 order by tbl, row")?;
    let mut rows = list.query([op])?;
    let mut sha = Sha256::new();
    while let Some(row) = rows.next()? {
        sha.update(row.get_ref(0)?.as_str().unwrap_or_default());
        sha.update(row.get::<_, i64>(1)?.to_le_bytes());
        sha.update(row.get::<_, i64>(2)?.to_le_bytes());
        sha.update(row.get_ref(3)?.as_str().unwrap_or_default());
    }
    Ok(hex(&sha.finalize()))
}

/// SHA-256 over everything an op says, the hash before it included.
pub(super) fn hash(connection: &Connection, op: i64) -> Result<String> {
    let canonical: String = connection.query_row(
        "select json_array(prev_hash, seq, uid, at, clerk, kind, label, detail, undo_of, ranges, digest)
         from op where seq = ?1",
        [op],
        |row| row.get(0),
    )?;
    Ok(hex(&Sha256::digest(canonical.as_bytes())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
