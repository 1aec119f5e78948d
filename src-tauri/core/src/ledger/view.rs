//! Rows of a ledger as people see them: each column's value fetched from where it is kept.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, types::Value};

use super::store::{self, RawRecord, Selection};
use super::{Filter, Source, filter};
use crate::catalog::{Catalog, LedgerKind};
use crate::error::Result;
use crate::fact;
use crate::place::{self, Door};
use crate::resident::{self, Home, Person};
use crate::search;
use crate::value::date;

/// Which rows of a ledger are wanted, in which order.
#[derive(Debug, Clone, Default)]
pub struct RowsQuery {
    /// Field to order by, and whether from the end.
    pub sort: Option<(String, bool)>,
    /// Condition in the filter language.
    pub filter: Option<String>,
    /// Text of the box above the ledger.
    pub search: Option<String>,
    /// First row wanted, 0-based.
    pub offset: usize,
    /// Rows wanted at most.
    pub limit: usize,
}

/// A row with the canonical value of every column.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// Number of the row.
    pub record: i64,
    /// Subject of the row.
    pub subject: Option<i64>,
    /// One value a column, as kept.
    pub values: Vec<Option<String>>,
    /// Op that last wrote the row or its subject.
    pub op: i64,
}

/// A part of a ledger.
#[derive(Debug, Clone)]
pub struct Page {
    /// The rows.
    pub rows: Vec<TableRow>,
    /// All rows of the ledger.
    pub total: i64,
    /// Rows that fit the query.
    pub filtered: i64,
}

/// Rows of a ledger that fit a query.
///
/// # Errors
/// The filter is not understood, or reading fails.
pub fn page(
    connection: &Connection,
    catalog: &Catalog,
    kind: &LedgerKind,
    query: &RowsQuery,
    today: NaiveDate,
) -> Result<Page> {
    let selection = selection(catalog, kind, query, today)?;
    let total = store::count(connection, &kind.id, &Selection::default())?;
    let filtered =
        if selection.conditions.is_empty() { total } else { store::count(connection, &kind.id, &selection)? };
    let records = store::select(connection, &kind.id, &selection, query.offset, query.limit)?;
    Ok(Page { rows: view(connection, kind, records, today)?, total, filtered })
}

/// All rows of a ledger that fit a filter: by the columns of `sort` (one with `-` before it from the
/// end), else in the order a list is printed: building, room, number.
///
/// # Errors
/// The filter is not understood, or reading fails.
pub fn rows_for_report(
    connection: &Connection,
    catalog: &Catalog,
    kind: &LedgerKind,
    (filter, sort): (Option<&str>, &[String]),
    today: NaiveDate,
) -> Result<Vec<TableRow>> {
    let query = RowsQuery { filter: filter.map(str::to_owned), ..RowsQuery::default() };
    let mut selection = selection(catalog, kind, &query, today)?;
    for column in sort {
        let (field, descending) = column.strip_prefix('-').map_or((column.as_str(), false), |id| (id, true));
        if kind.column(field).is_some() {
            selection.order.extend(order_by(kind, field, descending, today));
        }
    }
    let has_door = kind
        .columns
        .iter()
        .any(|column| column.field.id.starts_with("place.") || column.field.id == "person.living_address");
    if has_door {
        selection.order.push("p.building is null".to_owned());
        let doors = ["cast(p.building as integer)", "p.building", "cast(p.room as integer)", "p.room"];
        selection.order.extend(doors.map(str::to_owned));
    }
    let records = store::select(connection, &kind.id, &selection, 0, i64::MAX as usize)?;
    view(connection, kind, records, today)
}

fn selection(catalog: &Catalog, kind: &LedgerKind, query: &RowsQuery, today: NaiveDate) -> Result<Selection> {
    let mut selection = Selection::default();
    if let Some(text) = query.filter.as_deref().filter(|text| !text.trim().is_empty()) {
        let (condition, values) = Filter::parse(text, &catalog.dictionary)?.sql(today);
        selection.conditions.push(condition);
        selection.values.extend(values);
    }
    if let Some(text) = query.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        add_search(&mut selection, text);
    }
    if let Some((field, descending)) = &query.sort
        && kind.columns.iter().any(|column| column.field.id == *field)
    {
        selection.order = order_by(kind, field, *descending, today);
    }
    Ok(selection)
}

/// What the box above a ledger looks at: names, pinyin, phones, addresses, own values.
fn add_search(selection: &mut Selection, text: &str) {
    let like = Value::Text(text.to_lowercase());
    let mut parts = vec![
        "instr(lower(coalesce(r.name, '') || ' ' || coalesce(r.phone, '') || ' ' ||
             coalesce(r.id_number, '') || ' ' || coalesce(r.living_address, '') || ' ' || m.body), ?) > 0"
            .to_owned(),
    ];
    selection.values.push(like.clone());
    if text.chars().all(|c| c.is_ascii_alphabetic()) {
        parts.push(format!(
            "m.subject in (select k.resident from skey as k where k.key >= ? and k.key < ?
                 and k.kind in ({}, {}))",
            search::KeyKind::Initials as u8,
            search::KeyKind::FullPinyin as u8
        ));
        let end = Value::Text(format!("{}\u{10FFFF}", text.to_lowercase()));
        selection.values.extend([like, end]);
    }
    if let Some(search::Word::Door(door)) = search::words(text).into_iter().next() {
        let (building, room) = (door.first().cloned(), door.last().cloned().filter(|_| door.len() > 1));
        parts.push("(p.building = ? and coalesce(?, p.room) = p.room)".to_owned());
        let room = room.map_or(Value::Null, Value::Text);
        selection.values.extend([Value::Text(building.unwrap_or_default()), room]);
    }
    selection.conditions.push(parts.join(" or "));
}

fn order_by(kind: &LedgerKind, field: &str, descending: bool, today: NaiveDate) -> Vec<String> {
    let direction = if descending { "desc" } else { "asc" };
    let value = filter::value_sql(field, today);
    let is_number = kind.columns.iter().any(|column| {
        column.field.id == field
            && matches!(
                column.field.kind,
                crate::dictionary::FieldKind::Integer
                    | crate::dictionary::FieldKind::Decimal
                    | crate::dictionary::FieldKind::Money
                    | crate::dictionary::FieldKind::Building
                    | crate::dictionary::FieldKind::Room
            )
    });
    let mut order = vec![format!("{value} is null")];
    if is_number {
        order.push(format!("cast({value} as real) {direction}"));
    }
    order.push(format!("{value} {direction}"));
    order
}

/// Fetches the value of every column of given rows, in their order.
///
/// # Errors
/// Reading fails.
pub fn view(
    connection: &Connection,
    kind: &LedgerKind,
    records: Vec<RawRecord>,
    today: NaiveDate,
) -> Result<Vec<TableRow>> {
    let sources: Vec<Source> = kind.columns.iter().map(|column| Source::of(kind, column)).collect();
    let subjects: Vec<i64> = records.iter().filter_map(|record| record.subject).collect();
    let known = Known::load(connection, &sources, &subjects)?;
    Ok(records.into_iter().map(|record| known.row(kind, &sources, record, today)).collect())
}

/// What is known of the subjects of some rows.
struct Known {
    people: HashMap<i64, Person>,
    doors: HashMap<i64, Door>,
    numbers: HashMap<i64, String>,
    facts: HashMap<i64, HashMap<String, String>>,
}

impl Known {
    fn load(connection: &Connection, sources: &[Source], subjects: &[i64]) -> Result<Self> {
        let wants_people = sources.iter().any(|source| matches!(source, Source::Resident(_)));
        let wants_facts = sources
            .iter()
            .any(|source| matches!(source, Source::Resident(Home::Fact) | Source::Subject(Home::Fact)));
        let people = if wants_people { resident::load_many(connection, subjects)? } else { Vec::new() };
        let mut doors = HashMap::new();
        let mut numbers = HashMap::new();
        if sources.iter().any(|source| matches!(source, Source::Subject(_))) {
            for subject in subjects {
                doors.extend(place::get(connection, *subject)?.map(|door| (*subject, door)));
                numbers
                    .extend(crate::household::number(connection, *subject)?.map(|number| (*subject, number)));
            }
        }
        Ok(Self {
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            doors,
            numbers,
            facts: if wants_facts { fact::of_subjects(connection, subjects)? } else { HashMap::new() },
        })
    }

    fn row(&self, kind: &LedgerKind, sources: &[Source], record: RawRecord, today: NaiveDate) -> TableRow {
        let subject = record.subject.unwrap_or_default();
        let person = self.people.get(&subject);
        let values = kind
            .columns
            .iter()
            .zip(sources)
            .map(|(column, source)| match source {
                Source::Own => record.body.get(&column.field.id).cloned(),
                Source::Resident(Home::Age) => person.and_then(|person| age(person, today)),
                Source::Resident(Home::Fact) | Source::Subject(Home::Fact) => {
                    self.facts.get(&subject).and_then(|facts| facts.get(&column.field.id)).cloned()
                }
                Source::Resident(home) => person.and_then(|person| person.value(*home)).map(str::to_owned),
                Source::Subject(home) => self.key_part(subject, *home),
            })
            .collect();
        let op = person.map_or(record.op, |person| person.op.max(record.op));
        TableRow { record: record.id, subject: record.subject, values, op }
    }

    fn key_part(&self, subject: i64, home: Home) -> Option<String> {
        let door = self.doors.get(&subject);
        let text = match home {
            Home::Building => door.map(|door| door.building.clone()),
            Home::Unit => door.map(|door| door.unit.clone()),
            Home::Room => door.map(|door| door.room.clone()),
            Home::HouseholdNumber => self.numbers.get(&subject).cloned(),
            Home::Column(_) | Home::Age | Home::Fact => None,
        };
        text.filter(|text| !text.is_empty())
    }
}

fn age(person: &Person, today: NaiveDate) -> Option<String> {
    let birth = date::PartialDate::from_canonical(person.birth_on.as_deref()?)?;
    date::age_on(birth, today).map(|age| age.to_string())
}
