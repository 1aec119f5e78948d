//! The SQL of reports: counting people by conditions and fields, and who they are.
//!
//! Everything reads the tables as the filter language knows them: `m` the membership, `r` the
//! resident, `p` the place lived at. Values travel as parameters.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, Row, params, params_from_iter, types::Value};

use super::figures::Days;
use super::made::Made;
use super::statistics::fields::{AGE, AgeBand};
use super::{PEOPLE_AT_MOST, People, ReportPerson};
use crate::catalog::Catalog;
use crate::error::Result;
use crate::ledger::Filter;
use crate::office::Tx;
use crate::place::{Door, building_title};
use crate::resident::{Home, home_of};
use crate::value::date::{self, PartialDate};

/// Walking order: building, unit, room; who has no door comes last.
const WALK: &str = "p.building is null, cast(p.building as integer) = 0, cast(p.building as integer),
     p.building, cast(p.unit as integer), p.unit, cast(p.room as integer), p.room, r.id";

/// A condition with the values of its `?`.
#[derive(Debug, Clone)]
pub struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Condition {
    /// Everybody.
    #[must_use]
    pub fn all() -> Self {
        Self { sql: "1".to_owned(), values: Vec::new() }
    }

    /// A condition in the filter language; a blank one is everybody.
    ///
    /// # Errors
    /// [`crate::error::Refusal::Filter`].
    pub fn filter(catalog: &Catalog, text: &str, day: NaiveDate) -> Result<Self> {
        if text.trim().is_empty() {
            return Ok(Self::all());
        }
        let (sql, values) = Filter::parse(text, &catalog.dictionary)?.sql(day);
        Ok(Self { sql: format!("({sql})"), values })
    }

    /// People of whom a field has that value; an empty one means nothing is known.
    #[must_use]
    pub fn is(by: &By, value: &str) -> Self {
        Self { sql: format!("({} = ?)", by.sql), values: vec![Value::Text(value.to_owned())] }
    }

    /// The condition or another that needs no values.
    #[must_use]
    fn or(mut self, other: &str) -> Self {
        self.sql = format!("({} or {other})", self.sql);
        self
    }

    /// Both conditions.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.sql = format!("({} and {})", self.sql, other.sql);
        self.values.extend(other.values);
        self
    }
}

/// One person of a crowd for each household: the head, else who was born first.
#[must_use]
pub fn heads(crowd: &Crowd) -> Condition {
    let sql = format!(
        "(r.id in (select id from (select r.id as id, row_number() over (
             partition by r.household order by coalesce(r.relation_to_head, '') not in ('户主', '本人'),
                 r.birth_on is null, r.birth_on, r.id) as place
         {} and r.household is not null) where place = 1))",
        crowd.from()
    );
    Condition { sql, values: crowd.values().cloned().collect() }
}

/// Who is counted: the register or the members of a ledger, narrowed by a condition.
#[derive(Debug, Clone)]
pub struct Crowd {
    from: &'static str,
    ledger: Vec<Value>,
    condition: Condition,
}

const REGISTER: &str = "from (select id, id as subject, null as body from resident) as m
     join resident as r on r.id = m.subject left join place as p on p.id = r.place where 1";
const MEMBERS: &str = "from record as m join resident as r on r.id = m.subject
     left join place as p on p.id = r.place where m.ledger = ?";

impl Crowd {
    /// The people of a ledger, or of the whole register, who meet a condition.
    #[must_use]
    pub fn new(ledger: Option<&str>, condition: Condition) -> Self {
        match ledger {
            Some(ledger) => Self { from: MEMBERS, ledger: vec![Value::Text(ledger.to_owned())], condition },
            None => Self { from: REGISTER, ledger: Vec::new(), condition },
        }
    }

    fn from(&self) -> String {
        format!("{} and {}", self.from, self.condition.sql)
    }

    fn values(&self) -> impl Iterator<Item = &Value> {
        self.ledger.iter().chain(&self.condition.values)
    }
}

/// SQL for the value of a field people are counted by; empty text where nothing is known.
#[derive(Debug, Clone)]
pub struct By {
    sql: String,
}

impl By {
    /// The value of a field of the dictionary, its id checked; ages stand in bands.
    #[must_use]
    pub fn field(id: &str, day: NaiveDate, bands: &[AgeBand]) -> Self {
        if id == AGE {
            return Self { sql: band_sql(day, bands) };
        }
        let value = match home_of(id) {
            Home::Column(column) => format!("r.{column}"),
            Home::Building => "p.building".to_owned(),
            Home::Unit => "p.unit".to_owned(),
            Home::Room => "p.room".to_owned(),
            Home::HouseholdNumber => "(select number from household where id = r.household)".to_owned(),
            Home::Age | Home::Fact => {
                let safe: String =
                    id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_')).collect();
                format!("(select value from fact where subject = r.id and field = '{safe}')")
            }
        };
        Self { sql: format!("coalesce({value}, '')") }
    }

    /// Nothing: everybody is counted together.
    #[must_use]
    pub fn nothing() -> Self {
        Self { sql: "''".to_owned() }
    }
}

/// The title of the band an age falls into, oldest first: who was born on or before the day so many
/// years ago is that old. Births known to the month or year sort before their first day, so that they
/// count from it; birthdays on 29 February need no care of their own either.
fn band_sql(day: NaiveDate, bands: &[AgeBand]) -> String {
    let mut oldest_first: Vec<&AgeBand> = bands.iter().collect();
    oldest_first.sort_by_key(|band| std::cmp::Reverse(band.from));
    let case = |band: &AgeBand| {
        let born = format!("{:04}-{}", day.year() - band.from, day.format("%m-%d"));
        format!(" when r.birth_on <= '{born}' then '{}'", band.title.replace('\'', "''"))
    };
    let cases: String = oldest_first.into_iter().map(case).collect();
    format!("(case when r.birth_on is null or r.birth_on > '{day}' then ''{cases} else '' end)")
}

/// How many of a crowd meet each condition, in one reading.
///
/// # Errors
/// Reading fails.
pub fn count_people(connection: &Connection, crowd: &Crowd, conditions: &[Condition]) -> Result<Vec<i64>> {
    if conditions.is_empty() {
        return Ok(Vec::new());
    }
    let sums: Vec<String> =
        conditions.iter().map(|condition| format!("coalesce(sum({} is true), 0)", condition.sql)).collect();
    let sql = format!("select {} {}", sums.join(", "), crowd.from());
    let values = conditions.iter().flat_map(|condition| &condition.values).chain(crowd.values());
    let counted = connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| {
        (0..conditions.len()).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<i64>>>()
    })?;
    Ok(counted)
}

/// How many of a crowd there are for each combination of up to three values.
///
/// # Errors
/// Reading fails.
pub fn cross(connection: &Connection, crowd: &Crowd, by: [&By; 3]) -> Result<Vec<([String; 3], i64)>> {
    let [first, second, third] = by.map(|by| by.sql.as_str());
    let sql = format!("select {first}, {second}, {third}, count(*) {} group by 1, 2, 3", crowd.from());
    let mut list = connection.prepare_cached(&sql)?;
    let rows = list.query_map(params_from_iter(crowd.values()), |row| {
        Ok(([row.get(0)?, row.get(1)?, row.get(2)?], row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Households somebody of a crowd belongs to.
///
/// # Errors
/// Reading fails.
pub fn count_households(connection: &Connection, crowd: &Crowd) -> Result<i64> {
    let sql = format!("select count(distinct r.household) {}", crowd.from());
    Ok(connection.prepare_cached(&sql)?.query_row(params_from_iter(crowd.values()), |row| row.get(0))?)
}

/// Buildings somebody of a crowd lives in.
///
/// # Errors
/// Reading fails.
pub fn count_buildings(connection: &Connection, crowd: &Crowd) -> Result<i64> {
    let sql = format!("select count(distinct nullif(p.building, '')) {}", crowd.from());
    Ok(connection.prepare_cached(&sql)?.query_row(params_from_iter(crowd.values()), |row| row.get(0))?)
}

/// Those of a crowd who meet a condition, in walking order.
///
/// # Errors
/// Reading fails.
pub fn people(
    connection: &Connection,
    crowd: &Crowd,
    condition: &Condition,
    day: NaiveDate,
) -> Result<People> {
    let from = format!("{} and {} is true", crowd.from(), condition.sql);
    let values: Vec<&Value> = crowd.values().chain(&condition.values).collect();
    let total = connection
        .prepare_cached(&format!("select count(*) {from}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    let mut list = connection.prepare_cached(&format!(
        "select (select uid from subject where id = r.id), r.name, coalesce(p.building, ''),
             coalesce(p.unit, ''), coalesce(p.room, ''), coalesce(r.living_address, ''), r.birth_on
         {from} order by {WALK} limit {PEOPLE_AT_MOST}"
    ))?;
    let rows = list.query_map(params_from_iter(&values), |row| person(row, day))?;
    Ok(People { title: String::new(), total, people: rows.collect::<Result<_, _>>()? })
}

fn person(row: &Row<'_>, day: NaiveDate) -> rusqlite::Result<ReportPerson> {
    let door = Door { building: row.get(2)?, unit: row.get(3)?, room: row.get(4)? };
    let home = if door == Door::default() { row.get(5)? } else { door.title() };
    let birth: Option<String> = row.get(6)?;
    let birth = birth.and_then(|birth| PartialDate::from_canonical(&birth));
    let age = birth.and_then(|birth| date::age_on(birth, day)).map(|age| format!("{age}岁"));
    let says = [home, age.unwrap_or_default()].into_iter().filter(|part| !part.is_empty());
    Ok(ReportPerson { id: row.get(0)?, name: row.get(1)?, says: says.collect::<Vec<_>>().join("，") })
}

/// The buildings a crowd lives in, each with its people.
///
/// # Errors
/// Reading fails.
pub fn buildings(connection: &Connection, crowd: &Crowd) -> Result<People> {
    let sql = format!(
        "select p.building, count(*) {} and coalesce(p.building, '') <> '' group by 1
         order by cast(p.building as integer) = 0, cast(p.building as integer), p.building",
        crowd.from()
    );
    let mut list = connection.prepare_cached(&sql)?;
    let rows = list.query_map(params_from_iter(crowd.values()), |row| {
        let (building, people): (String, i64) = (row.get(0)?, row.get(1)?);
        Ok(ReportPerson { id: String::new(), name: building_title(&building), says: format!("{people}人") })
    })?;
    let people = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(People { title: String::new(), total: i64::try_from(people.len()).unwrap_or(i64::MAX), people })
}

/// The day of a row of a ledger; one known to the month or year counts from its first day.
fn day_sql(on: &str) -> String {
    let value = format!("json_extract(m.body, '$.\"{on}\"')");
    format!("substr({value} || substr('0000-01-01', length({value}) + 1), 1, 10)")
}

const ROWS: &str = "from record as m left join resident as r on r.id = m.subject
     left join place as p on p.id = coalesce(r.place, m.subject) where m.ledger = ?";

/// Rows of a ledger (`of`: its id and the field of its day) whose day falls into a period; none
/// when the ledger has no row at all.
///
/// # Errors
/// Reading fails.
pub fn count_rows(
    connection: &Connection,
    (ledger, on): (&str, &str),
    days: Days,
    condition: &Condition,
) -> Result<Option<i64>> {
    let is_used: bool = connection
        .prepare_cached("select exists (select 1 from record where ledger = ?1)")?
        .query_row([ledger], |row| row.get(0))?;
    if !is_used {
        return Ok(None);
    }
    let sql = format!("select count(*) {ROWS} and {} between ? and ? and {}", day_sql(on), condition.sql);
    let values = row_values(ledger, days, condition);
    Ok(connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?)
}

fn row_values(ledger: &str, (from, to): Days, condition: &Condition) -> Vec<Value> {
    let texts = [ledger.to_owned(), from.to_string(), to.to_string()].map(Value::Text);
    texts.into_iter().chain(condition.values.iter().cloned()).collect()
}

/// The same rows: whom or what each is about, and its day.
///
/// # Errors
/// Reading fails.
pub fn rows(
    connection: &Connection,
    (ledger, on): (&str, &str),
    days: Days,
    condition: &Condition,
) -> Result<People> {
    let total = count_rows(connection, (ledger, on), days, condition)?.unwrap_or(0);
    let own = |field: &str| format!("nullif(json_extract(m.body, '$.\"{field}\"'), '')");
    let sql = format!(
        "select coalesce(r.name, {}, {}, {}, {}, ''), coalesce({}, ''),
             coalesce((select uid from subject where id = r.id), '')
         {ROWS} and {} between ? and ? and {} order by 2, m.id limit {PEOPLE_AT_MOST}",
        own("event.target_name"),
        own("event.title"),
        own("event.place"),
        own("event.content"),
        own(on),
        day_sql(on),
        condition.sql
    );
    let mut list = connection.prepare_cached(&sql)?;
    let values = row_values(ledger, days, condition);
    let rows = list.query_map(params_from_iter(values), |row| {
        Ok(ReportPerson { id: row.get(2)?, name: row.get(0)?, says: row.get(1)? })
    })?;
    Ok(People { title: String::new(), total, people: rows.collect::<Result<_, _>>()? })
}

/// How many of a crowd meet each condition, for each combination of two values.
///
/// # Errors
/// Reading fails.
pub fn count_people_by(
    connection: &Connection,
    crowd: &Crowd,
    [first, second]: [&By; 2],
    conditions: &[Condition],
) -> Result<Vec<([String; 2], Vec<i64>)>> {
    let sums: String =
        conditions.iter().map(|condition| format!(", coalesce(sum({} is true), 0)", condition.sql)).collect();
    let sql = format!("select {}, {}{sums} {} group by 1, 2", first.sql, second.sql, crowd.from());
    let values = conditions.iter().flat_map(|condition| &condition.values).chain(crowd.values());
    let mut list = connection.prepare_cached(&sql)?;
    let rows = list.query_map(params_from_iter(values), |row| {
        let counts = (0..conditions.len()).map(|column| row.get(column + 2));
        Ok(([row.get(0)?, row.get(1)?], counts.collect::<rusqlite::Result<Vec<i64>>>()?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers of a crowd.
///
/// # Errors
/// Reading fails.
pub fn ids(connection: &Connection, crowd: &Crowd) -> Result<HashSet<i64>> {
    let mut list = connection.prepare_cached(&format!("select r.id {}", crowd.from()))?;
    let rows = list.query_map(params_from_iter(crowd.values()), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps that a report was made.
///
/// # Errors
/// Writing fails.
pub fn save_made(tx: &Tx<'_>, made: &Made) -> Result<()> {
    tx.connection()
        .prepare_cached(
            "insert into report_made (kind, ledger, title, made_on, format, pages, masked, op)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            made.kind,
            made.ledger,
            made.title,
            tx.day(),
            made.format,
            i64::try_from(made.pages).unwrap_or(i64::MAX),
            made.masked,
            tx.op()
        ])?;
    Ok(())
}

/// The day each kind of report was last made.
///
/// # Errors
/// Reading fails.
pub fn last_made(connection: &Connection) -> Result<HashMap<String, String>> {
    let mut list = connection.prepare_cached("select kind, max(made_on) from report_made group by kind")?;
    let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers of a crowd in walking order: everybody, or one of each household.
///
/// # Errors
/// Reading fails.
pub fn in_walking_order(connection: &Connection, crowd: &Crowd, is_by_household: bool) -> Result<Vec<i64>> {
    let condition = if is_by_household { heads(crowd).or("r.household is null") } else { Condition::all() };
    let sql = format!("select r.id {} and {} order by {WALK}", crowd.from(), condition.sql);
    let mut list = connection.prepare_cached(&sql)?;
    let rows = list.query_map(params_from_iter(crowd.values().chain(&condition.values)), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The band of one birth, as the tables would count it.
#[cfg(test)]
pub(super) fn band_of(birth: &str, day: NaiveDate, bands: &[AgeBand]) -> String {
    let empty = Connection::open_in_memory();
    let sql = format!("select {} from (select ?1 as birth_on) as r", band_sql(day, bands));
    let band = empty.and_then(|empty| empty.query_row(&sql, [birth], |row| row.get(0)));
    band.unwrap_or_else(|error| error.to_string())
}
