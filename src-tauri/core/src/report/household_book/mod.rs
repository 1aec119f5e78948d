//! The household book (户册): every household with its door and members, in walking order.
//!
//! People without a household number stand with those of the same door, and people without either
//! at the end: nobody is left out.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::as_of::AsOf;
use super::frame::Frame;
use super::ledger_list::shown;
use super::store::{self, Condition, Crowd};
use super::{Report, ReportGroup, ReportKind, ReportLink, ReportMissing, ReportPeriod, ReportRequest};
use crate::dictionary::FieldDef;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::paper::document::{
    Align, Block, Cell, Column, FootPages, HeadCell, Kind, Orientation, Table, Width,
};
use crate::place::{Door, building_title};
use crate::resident::{self, Person, home_of};

/// The kind.
pub const KIND: ReportKind = ReportKind {
    id: "household_book",
    title: "户册",
    group: ReportGroup::List,
    says: "一户一格，楼号室号、家庭成员、与户主关系和电话，按走楼的顺序排。",
    needs_ledger: false,
    period: ReportPeriod::AsOf,
    options: &["paper", "masked", "where", "draft", "watermark"],
    make,
    people: None,
};

/// Fields of a member, each with the share of the width it gets.
const FIELDS: [(&str, f32); 7] = [
    ("person.name", 18.0),
    ("household.relation_to_head", 20.0),
    ("person.gender", 10.0),
    ("person.birth_on", 22.0),
    ("person.id_number", 38.0),
    ("person.phone", 27.0),
    ("person.residency", 22.0),
];
/// Shares of number, household number, door and count of people before them.
const BEFORE: [f32; 4] = [10.0, 24.0, 32.0, 10.0];
/// Room between the margins of the house on a lying sheet, A4 and A3, in millimetres.
const ROOM: [f32; 2] = [264.0, 387.0];

/// A household, or those of one door who have no household number.
#[derive(Debug, Clone)]
struct Household {
    number: String,
    door: Door,
    members: Vec<Person>,
}

impl Household {
    /// Building, unit and room in walking order; what has no building comes last.
    fn walk(&self) -> (bool, u64, String, u64, String, u64, String, String) {
        let number = |text: &str| {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().unwrap_or(u64::MAX)
        };
        let Door { building, unit, room } = self.door.clone();
        let (first, second, third) = (number(&building), number(&unit), number(&room));
        (building.is_empty(), first, building, second, unit, third, room, self.number.clone())
    }
}

fn make(office: &Office, request: &ReportRequest) -> Result<Report> {
    let then = AsOf::asked(office, request)?;
    let people = resident::all(then.connection())?;
    let mut households = households(people);
    if let Some(filter) = request.options.condition() {
        let condition = Condition::filter(office.catalog(), filter, then.day)?;
        let wanted = store::ids(then.connection(), &Crowd::new(None, condition))?;
        households.retain(|one| one.members.iter().any(|member| wanted.contains(&member.id)));
    }
    if households.is_empty() {
        return Err(Refusal::EmptyReport.into());
    }
    let frame = Frame::new(office, request)?;
    let part = if request.options.condition().is_some() { "（按条件选出）" } else { "" };
    let mut document = frame.document(KIND.title, &format!("截至{}{part}", then.day_title()));
    document.page.orientation = Orientation::Landscape;
    let fields = fields(office)?;
    let mut number = 1;
    for building in by_building(&households) {
        document.blocks.push(Block::Heading { level: 1, text: heading(building) });
        document.blocks.push(Block::Table(table(&fields, building, number, request)));
        number += building.len();
    }
    let count: usize = households.iter().map(|one| one.members.len()).sum();
    let counts = format!("全册{}户{count}人", households.len());
    document.foot = frame.foot(&counts, FootPages::Every);
    document.footer = frame.footer(true);
    let mut report = Report::of(document);
    report.missing = missing(&households);
    Ok(report)
}

/// Puts people together by household, else by door, the head first, in walking order.
fn households(people: Vec<Person>) -> Vec<Household> {
    let mut places: HashMap<(Option<i64>, Door), usize> = HashMap::new();
    let mut households: Vec<Household> = Vec::new();
    for person in people {
        let door = if person.household.is_some() { Door::default() } else { person.door.clone() };
        let place = *places.entry((person.household, door)).or_insert(households.len());
        if place == households.len() {
            let number = person.household_number.clone().unwrap_or_default();
            households.push(Household { number, door: Door::default(), members: Vec::new() });
        }
        households[place].members.push(person);
    }
    for one in &mut households {
        one.members.sort_by_key(|member| {
            let relation = member.relation_to_head.as_deref().unwrap_or_default();
            let is_head = ["户主", "本人"].contains(&relation);
            (!is_head, member.birth_on.is_none(), member.birth_on.clone(), member.id)
        });
        let known = one.members.iter().find(|member| !member.door.building.is_empty());
        one.door = known.map(|member| member.door.clone()).unwrap_or_default();
    }
    households.sort_by_cached_key(Household::walk);
    households
}

/// The households building by building.
fn by_building(households: &[Household]) -> impl Iterator<Item = &[Household]> {
    households.chunk_by(|one, next| one.door.building == next.door.building)
}

fn heading(households: &[Household]) -> String {
    let people: usize = households.iter().map(|one| one.members.len()).sum();
    let building = households.first().map(|one| one.door.building.as_str()).unwrap_or_default();
    let title = if building.is_empty() { "没有登记楼号".to_owned() } else { building_title(building) };
    format!("{title}（{}户，{people}人）", households.len())
}

fn fields(office: &Office) -> Result<Vec<&FieldDef>> {
    let find = |(id, _): &(&str, f32)| {
        let field = office.catalog().dictionary.get(id);
        field.ok_or_else(|| crate::error::Error::Bug(format!("household_book: no field {id}")))
    };
    FIELDS.iter().map(find).collect()
}

fn table(fields: &[&FieldDef], households: &[Household], first: usize, request: &ReportRequest) -> Table {
    let is_large = request.options.sheet() == crate::paper::document::Paper::A3;
    let room = ROOM[usize::from(is_large)];
    let shares: Vec<f32> = BEFORE.into_iter().chain(FIELDS.map(|(_, share)| share)).collect();
    let whole: f32 = shares.iter().sum();
    let column = |share: &f32| Column { width: Width::Mm(room * share / whole), ..Column::default() };
    let mut columns: Vec<Column> = shares.iter().map(column).collect();
    columns[0].kind = Kind::Number;
    columns[3].kind = Kind::Number;
    columns[BEFORE.len()].spread = true;
    let before = ["序号", "户号", "楼号室号", "人数"].map(str::to_owned);
    let titles = before.into_iter().chain(fields.iter().map(|field| field.title.clone()));
    Table {
        columns,
        head: vec![titles.map(HeadCell::new).collect()],
        rows: (first..)
            .zip(households)
            .flat_map(|(number, one)| rows(fields, number, one, request))
            .collect(),
        ..Table::default()
    }
}

/// The rows of a household: its own cells reach over all of its members.
fn rows(fields: &[&FieldDef], number: usize, one: &Household, request: &ReportRequest) -> Vec<Vec<Cell>> {
    let height = u16::try_from(one.members.len()).unwrap_or(u16::MAX);
    let household = if one.number.is_empty() { "未登记".to_owned() } else { one.number.clone() };
    let door = match (request.options.is_masked(), one.door.building.is_empty()) {
        (true, false) => building_title(&one.door.building),
        (true, true) => String::new(),
        (false, false) => one.door.title(),
        (false, true) => one.members.first().map(Person::place_title).unwrap_or_default(),
    };
    let own = [number.to_string(), household, door, one.members.len().to_string()];
    let own =
        own.into_iter().map(|text| Cell { align: Align::Centre, ..Cell::new(text) }.spanning(1, height));
    let mut own: Vec<Cell> = own.collect();
    one.members
        .iter()
        .map(|member| {
            let values = fields.iter().map(|field| {
                let value = member.value(home_of(&field.id));
                Cell::new(value.map(|value| shown(field, value, &request.options)).unwrap_or_default())
            });
            own.drain(..).chain(values).collect()
        })
        .collect()
}

fn missing(households: &[Household]) -> Vec<ReportMissing> {
    let count = |lacks: &dyn Fn(&Household) -> bool| -> i64 {
        let people = households.iter().filter(|one| lacks(one)).map(|one| one.members.len()).sum::<usize>();
        i64::try_from(people).unwrap_or(i64::MAX)
    };
    let is_headless = |one: &Household| {
        let is_head = |member: &Person| {
            ["户主", "本人"].contains(&member.relation_to_head.as_deref().unwrap_or_default())
        };
        !one.number.is_empty() && !one.members.iter().any(is_head)
    };
    let headless = households.iter().filter(|one| is_headless(one)).count();
    let found = [
        (count(&|one| one.number.is_empty()), "人没有登记户号", "not household.number"),
        (count(&|one| one.door.building.is_empty()), "人没有登记楼号", "not place.building"),
        (i64::try_from(headless).unwrap_or(i64::MAX), "户没有登记户主", "not household.relation_to_head"),
    ];
    let found = found.into_iter().filter(|(count, _, _)| *count > 0);
    found
        .map(|(count, text, filter)| ReportMissing {
            text: format!("{count} {text}"),
            count,
            link: Some(ReportLink::ledger("resident", filter)),
        })
        .collect()
}
