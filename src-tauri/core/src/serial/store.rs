//! The SQL of numbers of papers.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Book, Serial};
use crate::error::{Error, Missing, Result};
use crate::office::Tx;

const SELECT: &str = "select id, book, year, number, text, title, given_on, void from serial";

fn row_to_serial(row: &Row<'_>) -> rusqlite::Result<Serial> {
    Ok(Serial {
        id: row.get(0)?,
        book: row.get(1)?,
        year: row.get(2)?,
        number: row.get(3)?,
        text: row.get(4)?,
        title: row.get(5)?,
        given_on: row.get(6)?,
        void: row.get(7)?,
    })
}

/// The number of a row.
///
/// # Errors
/// [`Missing::Serial`].
pub fn get(connection: &Connection, id: i64) -> Result<Serial> {
    connection
        .prepare_cached(&format!("{SELECT} where id = ?1"))?
        .query_row([id], row_to_serial)
        .optional()?
        .ok_or(Error::NotFound(Missing::Serial))
}

/// Makes a number void; the number stays.
///
/// # Errors
/// Writing fails.
pub fn void(tx: &Tx<'_>, id: i64, reason: &str) -> Result<()> {
    let sql = "update serial set void = ?2, op = ?3 where id = ?1 and void is null";
    tx.connection().execute(sql, params![id, reason, tx.op()])?;
    Ok(())
}

/// Numbers of a book and year, newest first.
pub(super) fn list(connection: &Connection, book: Option<&str>, year: i32) -> Result<Vec<Serial>> {
    let mut list = connection.prepare_cached(&format!(
        "{SELECT} where year = ?1 and (?2 is null or book = ?2) order by book, number desc"
    ))?;
    let rows = list.query_map(params![year, book], row_to_serial)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The highest number given in a book and year.
pub(super) fn last(connection: &Connection, book: &str, year: i32) -> Result<Option<i64>> {
    let sql = "select max(number) from serial where book = ?1 and year = ?2";
    Ok(connection.prepare_cached(sql)?.query_row(params![book, year], |row| row.get(0))?)
}

/// How a book of a year was begun, when somebody said so.
pub(super) fn book(connection: &Connection, book: &str, year: i32) -> Result<Option<Book>> {
    let sql = "select first, word from serial_book where book = ?1 and year = ?2";
    let row = connection
        .prepare_cached(sql)?
        .query_row(params![book, year], |row| Ok(Book { first: row.get(0)?, word: row.get(1)? }))
        .optional()?;
    Ok(row)
}

/// Says how a book of a year begins.
pub(super) fn begin(tx: &Tx<'_>, book: &str, year: i32, begun: &Book) -> Result<()> {
    tx.connection().execute(
        "insert into serial_book (book, year, first, word, op) values (?1, ?2, ?3, ?4, ?5)
         on conflict (book, year) do update set first = excluded.first, word = excluded.word,
             op = excluded.op",
        params![book, year, begun.first, begun.word, tx.op()],
    )?;
    Ok(())
}

/// Keeps a number and returns its row.
pub(super) fn add(tx: &Tx<'_>, serial: &Serial) -> Result<i64> {
    tx.connection().execute(
        "insert into serial (book, year, number, text, title, given_on, void, op)
         values (?1, ?2, ?3, ?4, ?5, ?6, null, ?7)",
        params![
            serial.book,
            serial.year,
            serial.number,
            serial.text,
            serial.title,
            serial.given_on,
            tx.op()
        ],
    )?;
    Ok(tx.connection().last_insert_rowid())
}
