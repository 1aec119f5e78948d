//! The SQL of the office's own exceptions to the calendar.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::office::Tx;

/// The office's own days: day, whether it is worked, why.
pub(super) fn days(connection: &Connection) -> Result<Vec<(NaiveDate, bool, String)>> {
    let mut list = connection.prepare_cached("select day, works, title from calendar_day order by day")?;
    let rows = list.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
    let mut days = Vec::new();
    for row in rows {
        let (day, works, title) = row?;
        if let Ok(day) = day.parse() {
            days.push((day, works, title));
        }
    }
    Ok(days)
}

/// Notes what the office says of a day; nothing said takes the exception away.
pub(super) fn set(tx: &Tx<'_>, day: NaiveDate, works: Option<bool>, title: &str) -> Result<()> {
    let day = day.to_string();
    match works {
        Some(works) => tx.connection().execute(
            "insert into calendar_day (day, works, title, op) values (?1, ?2, ?3, ?4)
             on conflict (day) do update set works = excluded.works, title = excluded.title,
                 op = excluded.op",
            params![day, works, title, tx.op()],
        )?,
        None => tx.connection().execute("delete from calendar_day where day = ?1", [day])?,
    };
    Ok(())
}
