//! The SQL of search keys and of finding.

use std::thread;

use rusqlite::{Connection, params};

use super::{HITS_AT_MOST, KeyKind, Word, keys, reversed_tail};
use crate::error::{Error, Result};
use crate::office::Tx;
use crate::store::journal::Ranges;

/// Digits from which the tail of an ID number is worth looking for.
const ID_TAIL_FROM: usize = 2;
/// People from which a second thread pays.
const WORTH_A_THREAD: usize = 2_000;

/// Rebuilds the keys of every resident the open op touched.
///
/// # Errors
/// Reading or writing fails.
pub fn refresh(tx: &Tx<'_>, ranges: &Ranges) -> Result<()> {
    drop_replaced(tx)?;
    let connection = tx.connection();
    let (first, last) = ranges.get("subject").copied().unwrap_or((1, 0));
    let mut touched = connection.prepare_cached(
        "select r.id, r.name, r.phone from resident as r where r.id between ?1 and ?2
         union all
         select r.id, r.name, r.phone from change as c
         join resident as r on r.id = c.row
         where c.op = ?3 and c.tbl = 'resident' and r.id not between ?1 and ?2",
    )?;
    let rows = touched.query_map(params![first, last, tx.op()], |row| {
        Ok(Touched { resident: row.get(0)?, name: row.get(1)?, phone: row.get(2)? })
    })?;
    let people = rows.collect::<Result<Vec<_>, _>>()?;
    // In the order of the table every page is written once, however many people came.
    let mut fresh = keys_of_all(&people)?;
    fresh.sort();
    let mut insert =
        connection.prepare_cached("insert or ignore into skey (key, kind, resident) values (?1, ?2, ?3)")?;
    for (key, kind, resident) in fresh {
        insert.execute(params![key, kind, resident])?;
    }
    Ok(())
}

/// A resident whose keys are made anew.
struct Touched {
    resident: i64,
    name: String,
    phone: Option<String>,
}

/// A key, its kind's number and its resident, as the table orders them.
type Key = (String, u8, i64);

/// The keys of many people, made by two threads where that is worth it.
fn keys_of_all(people: &[Touched]) -> Result<Vec<Key>> {
    if people.len() < WORTH_A_THREAD {
        return Ok(keys_of(people));
    }
    let (one, other) = people.split_at(people.len() / 2);
    thread::scope(|scope| {
        let other = scope.spawn(|| keys_of(other));
        let mut keys = keys_of(one);
        keys.append(&mut other.join().map_err(|_| Error::Bug("making search keys".to_owned()))?);
        Ok(keys)
    })
}

fn keys_of(people: &[Touched]) -> Vec<Key> {
    let of = |person: &Touched| keys(&person.name, person.phone.as_deref());
    let mut all: Vec<Key> = people
        .iter()
        .flat_map(|person| of(person).into_iter().map(|(key, kind)| (key, kind as u8, person.resident)))
        .collect();
    all.sort_unstable();
    all
}

/// Takes away the keys of every resident the open op changed or deleted, as they follow from what
/// the resident was before.
fn drop_replaced(tx: &Tx<'_>) -> Result<()> {
    let connection = tx.connection();
    let mut replaced = connection.prepare_cached(
        "select row, before ->> '$.name', before ->> '$.phone' from change
         where op = ?1 and tbl = 'resident' and before is not null",
    )?;
    let mut drop =
        connection.prepare_cached("delete from skey where key = ?1 and kind = ?2 and resident = ?3")?;
    let mut rows = replaced.query([tx.op()])?;
    while let Some(row) = rows.next()? {
        let resident: i64 = row.get(0)?;
        let name = row.get_ref(1)?.as_str_or_null().unwrap_or_default().unwrap_or_default();
        let phone = row.get_ref(2)?.as_str_or_null().unwrap_or_default();
        for (key, kind) in keys(name, phone) {
            drop.execute(params![key, kind as u8, resident])?;
        }
    }
    Ok(())
}

/// A resident that fits what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Number of the resident.
    pub resident: i64,
    /// Why it fits, by the first word.
    pub why: String,
}

/// Residents that fit all words, at most [`HITS_AT_MOST`], by name.
///
/// # Errors
/// Reading fails.
pub fn find(connection: &Connection, words: &[Word], limit: usize) -> Result<Vec<Found>> {
    let Some((first, others)) = words.split_first() else { return Ok(Vec::new()) };
    let limit = limit.min(HITS_AT_MOST);
    let wide = if others.is_empty() { limit } else { 2_000 };
    let mut found = fitting(connection, first, wide)?;
    for word in others {
        let also: std::collections::HashSet<i64> =
            fitting(connection, word, 20_000)?.into_iter().map(|hit| hit.resident).collect();
        found.retain(|hit| also.contains(&hit.resident));
    }
    found.truncate(limit);
    Ok(found)
}

fn fitting(connection: &Connection, word: &Word, limit: usize) -> Result<Vec<Found>> {
    match word {
        Word::Latin(letters) => {
            let mut hits = by_key(connection, KeyKind::Initials, letters, limit, "拼音首字母")?;
            add_new(&mut hits, by_key(connection, KeyKind::FullPinyin, letters, limit, "拼音")?, limit);
            Ok(hits)
        }
        Word::Digits(digits) => {
            let tail = reversed_tail(digits);
            let mut hits = by_key(connection, KeyKind::PhoneTail, &tail, limit, "电话尾号")?;
            add_new(&mut hits, by_id_tail(connection, digits, limit)?, limit);
            add_new(&mut hits, by_room(connection, None, None, digits, limit)?, limit);
            Ok(hits)
        }
        Word::Door(parts) => by_door(connection, parts, limit),
        Word::Chinese(text) => {
            let mut hits = by_name(connection, text, limit)?;
            if hits.len() < limit {
                add_new(&mut hits, by_address(connection, text, limit)?, limit);
            }
            Ok(hits)
        }
    }
}

fn add_new(hits: &mut Vec<Found>, more: Vec<Found>, limit: usize) {
    for hit in more {
        if hits.len() < limit && !hits.iter().any(|known| known.resident == hit.resident) {
            hits.push(hit);
        }
    }
}

/// Residents with a key that begins with `prefix`; exact keys come first.
fn by_key(
    connection: &Connection,
    kind: KeyKind,
    prefix: &str,
    limit: usize,
    why: &str,
) -> Result<Vec<Found>> {
    let mut list = connection.prepare_cached(
        "select distinct resident from skey where key >= ?1 and key < ?2 and kind = ?3 limit ?4",
    )?;
    let end = format!("{prefix}\u{10FFFF}");
    let rows = list.query_map(params![prefix, end, kind as u8, limit as i64], |row| row.get(0))?;
    rows.map(|resident| Ok(Found { resident: resident?, why: why.to_owned() })).collect()
}

/// Residents whose name has a text in it; those whose name begins with it come first. Both read the
/// index of names alone.
fn by_name(connection: &Connection, text: &str, limit: usize) -> Result<Vec<Found>> {
    let mut begins =
        connection.prepare_cached("select id from resident where name >= ?1 and name < ?2 limit ?3")?;
    let found = |id: i64| Found { resident: id, why: "姓名".to_owned() };
    let end = format!("{text}\u{10FFFF}");
    let rows = begins.query_map(params![text, end, limit as i64], |row| row.get(0).map(found))?;
    let mut hits = rows.collect::<Result<Vec<_>, _>>()?;
    if hits.len() < limit {
        let mut holds =
            connection.prepare_cached("select id from resident where instr(name, ?1) > 1 limit ?2")?;
        let rows = holds.query_map(params![text, limit as i64], |row| row.get(0).map(found))?;
        add_new(&mut hits, rows.collect::<Result<_, _>>()?, limit);
    }
    Ok(hits)
}

/// Residents whose ID number ends so; reads the index of ID numbers alone.
fn by_id_tail(connection: &Connection, digits: &str, limit: usize) -> Result<Vec<Found>> {
    if digits.len() < ID_TAIL_FROM {
        return Ok(Vec::new());
    }
    let mut list = connection.prepare_cached(
        "select id from resident
         where id_number is not null and substr(id_number, -length(?1)) = ?1 limit ?2",
    )?;
    let rows = list.query_map(params![digits, limit as i64], |row| row.get(0))?;
    rows.map(|resident| Ok(Found { resident: resident?, why: "身份证尾号".to_owned() })).collect()
}

fn by_door(connection: &Connection, parts: &[String], limit: usize) -> Result<Vec<Found>> {
    match parts {
        [building, unit, room] => by_room(connection, Some(building), Some(unit), room, limit),
        [building, room] => by_room(connection, Some(building), None, room, limit),
        [building] => by_building(connection, building, limit),
        _ => Ok(Vec::new()),
    }
}

fn by_building(connection: &Connection, building: &str, limit: usize) -> Result<Vec<Found>> {
    let mut list = connection.prepare_cached(
        "select r.id from place as p join resident as r on r.place = p.id
         where p.building = ?1 order by p.room, r.id limit ?2",
    )?;
    let rows = list.query_map(params![building, limit as i64], |row| row.get(0))?;
    rows.map(|resident| Ok(Found { resident: resident?, why: "楼栋".to_owned() })).collect()
}

fn by_room(
    connection: &Connection,
    building: Option<&str>,
    unit: Option<&str>,
    room: &str,
    limit: usize,
) -> Result<Vec<Found>> {
    let mut list = connection.prepare_cached(
        "select r.id from place as p join resident as r on r.place = p.id
         where (?1 is null or p.building = ?1) and (?2 is null or p.unit = ?2) and p.room = ?3
         order by p.building, p.unit, r.id limit ?4",
    )?;
    let rows = list.query_map(params![building, unit, room, limit as i64], |row| row.get(0))?;
    rows.map(|resident| Ok(Found { resident: resident?, why: "房号".to_owned() })).collect()
}

/// Part of an address; a scan, needed only when no name fits.
fn by_address(connection: &Connection, text: &str, limit: usize) -> Result<Vec<Found>> {
    let mut list = connection
        .prepare_cached("select id from resident where instr(living_address, ?1) > 0 order by id limit ?2")?;
    let rows = list.query_map(params![text, limit as i64], |row| row.get(0))?;
    rows.map(|resident| Ok(Found { resident: resident?, why: "住址".to_owned() })).collect()
}
