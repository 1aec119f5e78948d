//! Residents (居民): who they are and where each value known of them is kept.
//!
//! Facts asked for every day are columns of `resident`; all others are rows of `fact`. Which is
//! which is decided here once, by [`home_of`], and written by one hand, [`ResidentWriter`].
//! Finding a resident by typing is in [`crate::search`].

pub mod api;
pub mod card;
pub mod matching;
mod store;
#[cfg(test)]
mod tests;

pub use store::{
    Person, ResidentWriter, all, count, count_born_by, exists_before, history, load, load_many, number_of,
    uid_of,
};

use crate::place::Door;
use crate::value::{address, id_number::IdNumber};

/// Where a value of a resident is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// A column of `resident`.
    Column(&'static str),
    /// A part of the door of the place lived at.
    Building,
    /// See [`Home::Building`].
    Unit,
    /// See [`Home::Building`].
    Room,
    /// The number of the household.
    HouseholdNumber,
    /// Not kept: computed from the date of birth.
    Age,
    /// A row of `fact`.
    Fact,
}

/// Where the value of a dictionary field is kept.
#[must_use]
pub fn home_of(field: &str) -> Home {
    match field {
        "person.name" => Home::Column("name"),
        "person.id_number" => Home::Column("id_number"),
        "person.gender" => Home::Column("gender"),
        "person.birth_on" => Home::Column("birth_on"),
        "person.phone" => Home::Column("phone"),
        "person.living_address" => Home::Column("living_address"),
        "person.registered_address" => Home::Column("registered_address"),
        "person.residency" => Home::Column("residency"),
        "household.relation_to_head" => Home::Column("relation_to_head"),
        "household.number" => Home::HouseholdNumber,
        "place.building" => Home::Building,
        "place.unit" => Home::Unit,
        "place.room" => Home::Room,
        "person.age" => Home::Age,
        _ => Home::Fact,
    }
}

impl Person {
    /// The value kept with the person itself; facts and computed values are not known here.
    #[must_use]
    pub fn value(&self, home: Home) -> Option<&str> {
        let text = match home {
            Home::Column("name") => Some(self.name.as_str()),
            Home::Column("id_number") => self.id_number.as_deref(),
            Home::Column("gender") => self.gender.as_deref(),
            Home::Column("birth_on") => self.birth_on.as_deref(),
            Home::Column("phone") => self.phone.as_deref(),
            Home::Column("living_address") => self.living_address.as_deref(),
            Home::Column("registered_address") => self.registered_address.as_deref(),
            Home::Column("residency") => self.residency.as_deref(),
            Home::Column("relation_to_head") => self.relation_to_head.as_deref(),
            Home::Building => Some(self.door.building.as_str()),
            Home::Unit => Some(self.door.unit.as_str()),
            Home::Room => Some(self.door.room.as_str()),
            Home::HouseholdNumber => self.household_number.as_deref(),
            Home::Column(_) | Home::Age | Home::Fact => None,
        };
        text.filter(|text| !text.is_empty())
    }

    /// Where the person lives, as clerks say it: the door, else the address.
    #[must_use]
    pub fn place_title(&self) -> String {
        if self.door == Door::default() {
            self.living_address.clone().unwrap_or_default()
        } else {
            self.door.title()
        }
    }
}

/// Why a value cannot be a resident's, a Chinese clause; the rules that need the register.
///
/// # Errors
/// The clause.
pub fn refuse_value(
    connection: &rusqlite::Connection,
    resident: i64,
    field: &str,
    value: &str,
) -> std::result::Result<(), String> {
    if field == "person.name" && value.is_empty() {
        return Err("姓名不能空着".to_owned());
    }
    let is_taken = field == "person.id_number"
        && !value.is_empty()
        && store::exists_before(connection, value, resident).unwrap_or(true);
    if is_taken { Err("已有另一位居民用这个身份证号".to_owned()) } else { Ok(()) }
}

/// Sets a value and what surely follows from it where nothing is known yet: birth and gender from
/// an ID number, the door from an address. Says whether anything changed.
///
/// # Errors
/// Writing fails.
pub fn set_with_consequences(
    writer: &mut ResidentWriter<'_>,
    connection: &rusqlite::Connection,
    resident: i64,
    field: &str,
    value: &str,
    today: chrono::NaiveDate,
) -> crate::error::Result<bool> {
    let changed = writer.set(resident, field, value)?;
    if changed {
        let person = load(connection, resident)?;
        for (consequence, value) in consequences(field, value, today) {
            let follows_address = field == "person.living_address";
            if follows_address || person.value(home_of(consequence)).is_none() {
                writer.set(resident, consequence, &value)?;
            }
        }
    }
    Ok(changed)
}

/// What surely follows from a value.
#[must_use]
pub fn consequences(field: &str, value: &str, today: chrono::NaiveDate) -> Vec<(&'static str, String)> {
    match field {
        "person.id_number" => from_id_number(value, today),
        "person.living_address" => from_address(value),
        _ => Vec::new(),
    }
}

/// Birth and gender stand in a sound ID number (GB 11643-1999).
fn from_id_number(value: &str, today: chrono::NaiveDate) -> Vec<(&'static str, String)> {
    let Ok(number) = IdNumber::parse(value, today) else { return Vec::new() };
    vec![
        ("person.birth_on", number.birth_on().to_string()),
        ("person.gender", number.gender().title().to_owned()),
    ]
}

/// The door, when the address surely names building and room.
fn from_address(value: &str) -> Vec<(&'static str, String)> {
    let address = address::parse(value);
    match (address.building, address.room) {
        (Some(building), Some(room)) => vec![
            ("place.building", building),
            ("place.unit", address.unit.unwrap_or_default()),
            ("place.room", room),
        ],
        _ => Vec::new(),
    }
}
