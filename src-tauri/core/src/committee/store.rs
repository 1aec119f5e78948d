//! The SQL of the committee.

use rusqlite::{Connection, OptionalExtension, params};

use super::Committee;
use crate::error::Result;
use crate::office::Tx;

/// The committee, when the office has been started.
///
/// # Errors
/// Reading fails.
pub fn find(connection: &Connection) -> Result<Option<Committee>> {
    Ok(connection
        .query_row(
            "select name, subdistrict, director, filler, phone, practice from committee where id = 1",
            [],
            |row| {
                Ok(Committee {
                    name: row.get(0)?,
                    subdistrict: row.get(1)?,
                    director: row.get(2)?,
                    filler: row.get(3)?,
                    phone: row.get(4)?,
                    practice: row.get(5)?,
                })
            },
        )
        .optional()?)
}

/// Sets the committee's particulars.
///
/// # Errors
/// Writing fails.
pub fn set(tx: &Tx<'_>, committee: &Committee) -> Result<()> {
    tx.connection().execute(
        "insert into committee (id, name, subdistrict, director, filler, phone, practice, op)
         values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict (id) do update set name = excluded.name, subdistrict = excluded.subdistrict,
             director = excluded.director, filler = excluded.filler, phone = excluded.phone,
             practice = excluded.practice, op = excluded.op",
        params![
            committee.name,
            committee.subdistrict,
            committee.director,
            committee.filler,
            committee.phone,
            committee.practice,
            tx.op()
        ],
    )?;
    Ok(())
}
