//! Which resident each row of a list of given names is: by ID number, or name with birth, door or
//! telephone. A bare name counts only when the clerk says so and one resident alone carries it.

use chrono::NaiveDate;

use super::api::FillRequest;
use super::known::{self, Days, Who};
use super::recognise::{Form, is_taken};
use super::whom::FillWhom;
use crate::dictionary::reading::{self, Raw};
use crate::error::Result;
use crate::import::sheet::{Cell, Sheet};
use crate::office::Office;
use crate::place::Door;
use crate::resident::matching::{Clues, Match, Register};
use crate::resident::{self, Person};
use crate::value::id_number::IdNumber;
use crate::value::{address, phone};

/// A row for which nobody could be found.
pub struct Unmatched {
    /// Row, from 1.
    pub row: u32,
    /// The name that stands there.
    pub name: String,
    /// Why, a Chinese clause.
    pub why: String,
    /// Who may be meant.
    pub candidates: Vec<Person>,
}

/// The resident of each row, and the rows of which none is known.
///
/// # Errors
/// Reading fails.
pub fn people(
    office: &Office,
    form: &Form,
    sheet: &Sheet,
    request: &FillRequest,
    whom: Option<&FillWhom>,
    as_of: NaiveDate,
) -> Result<(Vec<Option<Who>>, Vec<Unmatched>)> {
    let connection = office.connection();
    let register = Register::new(resident::all(connection)?);
    let own = whom.and_then(|whom| known::listed_in(&whom.condition));
    let (mut people, mut unmatched) = (Vec::new(), Vec::new());
    let mut days = Days::default();
    for &row in &form.slots {
        let decided = request.decided.iter().find(|decided| decided.row == row);
        let found = match decided {
            Some(decided) => match &decided.uid {
                Some(uid) => register.person(resident::number_of(connection, uid)?),
                None => None,
            },
            None => match find(office, form, sheet, row, &register, request.by_name) {
                Ok(position) => Some(&register.people[position]),
                Err(miss) => {
                    unmatched.push(miss);
                    None
                }
            },
        };
        people.push(found.map(|person| known::of_person(office, person, own, as_of, &mut days)).transpose()?);
    }
    Ok((people, unmatched))
}

fn find(
    office: &Office,
    form: &Form,
    sheet: &Sheet,
    row: u32,
    register: &Register,
    by_name: bool,
) -> Result<usize, Unmatched> {
    let said = |field: &str| value(office, form, sheet, row, field).unwrap_or_default();
    let (name, id_number) = (said("person.name"), said("person.id_number"));
    let by_number = IdNumber::parse(&id_number, office.clock().today()).ok();
    let birth_on = by_number.map_or_else(|| said("person.birth_on"), |number| number.birth_on().to_string());
    let phone = phone::parse(&said("person.phone")).map(|numbers| phone::join(&numbers)).unwrap_or_default();
    let door = with_unit(door(&said), &name, register);
    let clues = Clues {
        name: &name,
        id_number: &id_number,
        birth_on: &birth_on,
        door,
        phone: &phone,
        ..Clues::default()
    };
    let miss = |why: &str, positions: &[usize]| Unmatched {
        row,
        name: name.clone(),
        why: why.to_owned(),
        candidates: positions.iter().map(|position| register.people[*position].clone()).collect(),
    };
    match register.find(&clues) {
        Match::One(position, _) if name.is_empty() || register.people[position].name == name => Ok(position),
        Match::One(position, _) | Match::OtherName(position) => {
            Err(miss("身份证号对得上，姓名却不一样", &[position]))
        }
        Match::NameOnly(namesakes) => match namesakes.as_slice() {
            [only] if by_name => Ok(*only),
            [only] => Err(miss("只有姓名对得上", &[*only])),
            several => Err(miss("有同名的人，分不清是哪一位", several)),
        },
        Match::Several(several) | Match::Alike(several) => {
            Err(miss("有好几位对得上，分不清是哪一位", &several))
        }
        Match::OtherNumber(position) => Err(miss("姓名和出生日期对得上，身份证号却不一样", &[position])),
        Match::Nobody => Err(miss("册里没有这个人", &[])),
    }
}

/// The door with its stairway where the form leaves it out and one namesake alone lives behind such a
/// door.
fn with_unit(door: Door, name: &str, register: &Register) -> Door {
    if !door.is_certain() || !door.unit.is_empty() {
        return door;
    }
    let is_it = |person: &&Person| {
        person.name == name && person.door.building == door.building && person.door.room == door.room
    };
    let mut fitting = register.people.iter().filter(is_it);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => only.door.clone(),
        _ => door,
    }
}

fn door(said: &impl Fn(&str) -> String) -> Door {
    let door = Door { building: said("place.building"), unit: said("place.unit"), room: said("place.room") };
    if door.is_certain() {
        return door;
    }
    let home = address::parse(&said("person.living_address"));
    match (home.building, home.room) {
        (Some(building), Some(room)) => Door { building, unit: home.unit.unwrap_or_default(), room },
        _ => Door::default(),
    }
}

/// What a row says of a field, read by the field's rules.
fn value(office: &Office, form: &Form, sheet: &Sheet, row: u32, id: &str) -> Option<String> {
    let column = form
        .columns
        .iter()
        .find(|column| column.seen.field.as_deref() == Some(id) && is_taken(&column.seen))?;
    let field = office.catalog().dictionary.get(id)?;
    let raw = match form.shape.value_of(sheet, row - 1, column.index) {
        Cell::Empty | Cell::Error(_) => return None,
        Cell::Text(text) => Raw::Text(text),
        Cell::Number(number) => Raw::Number(number),
        Cell::Date(moment) => Raw::Date(moment),
        Cell::Boolean(yes) => Raw::Boolean(yes),
    };
    reading::read(field, raw, &office.catalog().codes, office.clock().today()).value
}
