//! Showing: the canonical text on screen, masked or not, and in the format a form asks for.

use crate::dictionary::{FieldDef, FieldKind};
use crate::value::code::CodeTables;
use crate::value::date::{DateStyle, PartialDate};
use crate::value::gender::Gender;
use crate::value::{address, credit_code, id_number, money, name, phone};

/// The text for screen and list; masked, only what a public sheet may show.
#[must_use]
pub fn display(field: &FieldDef, value: &str, masked: bool) -> String {
    if masked && !value.is_empty() { mask(field, value) } else { value.to_owned() }
}

/// The text in one of the formats of the field's kind; an unknown format is the canonical text.
#[must_use]
pub fn output(field: &FieldDef, value: &str, format: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    if format == "masked" {
        return mask(field, value);
    }
    match field.kind {
        FieldKind::IdNumber => identity(value, format),
        FieldKind::Phone => telephone(value, format),
        FieldKind::Name if format == "surname" => name::anonymous(value),
        FieldKind::Date | FieldKind::Month | FieldKind::Year => day(value, format),
        FieldKind::Gender if format == "code" => {
            Gender::parse(value).map_or(value, |gender| gender.code()).to_owned()
        }
        FieldKind::Code if format == "code" => {
            let table = field.codes.as_deref().unwrap_or_default();
            CodeTables::shipped().find(table, value).map_or(value, |item| &item.code).to_owned()
        }
        FieldKind::Boolean => match (format, value) {
            ("tick", "是") => "√".to_owned(),
            ("tick", "否") => "×".to_owned(),
            ("one_zero", "是") => "1".to_owned(),
            ("one_zero", "否") => "0".to_owned(),
            _ => value.to_owned(),
        },
        FieldKind::Money if format == "ten_thousand" => {
            money::in_ten_thousands(value).unwrap_or_else(|| value.to_owned())
        }
        FieldKind::Address => door(value, format),
        _ => value.to_owned(),
    }
}

fn mask(field: &FieldDef, value: &str) -> String {
    match field.kind {
        FieldKind::IdNumber | FieldKind::DisabilityCertificate => id_number::mask(value),
        FieldKind::Phone => phone::mask(value),
        FieldKind::Name => name::mask(value),
        FieldKind::CreditCode => credit_code::mask(value),
        FieldKind::Address => door(value, "building"),
        FieldKind::Date | FieldKind::Month => match PartialDate::from_canonical(value) {
            Some(date) => format!("{}年", date.year()),
            None => "***".to_owned(),
        },
        FieldKind::Room => "***".to_owned(),
        FieldKind::Gender | FieldKind::Building | FieldKind::Unit | FieldKind::Year => value.to_owned(),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Code
        | FieldKind::Boolean
        | FieldKind::Integer
        | FieldKind::Decimal
        | FieldKind::Money => "***".to_owned(),
    }
}

/// The six ways to print an identity number.
fn identity(value: &str, format: &str) -> String {
    let tail = |length: usize| value.get(value.len().saturating_sub(length)..).unwrap_or(value).to_owned();
    match (format, value.len()) {
        ("spaced", 18) if value.is_ascii() => format!("{} {} {}", &value[..6], &value[6..14], &value[14..]),
        ("spaced", 15) if value.is_ascii() => format!("{} {} {}", &value[..6], &value[6..12], &value[12..]),
        ("masked_ends", 15..) if value.is_ascii() => {
            format!("{}{}{}", &value[..6], "*".repeat(value.len() - 10), tail(4))
        }
        ("masked_ends", _) => id_number::mask(value),
        ("tail6", _) => tail(6),
        ("tail4", _) => tail(4),
        _ => value.to_owned(),
    }
}

fn telephone(value: &str, format: &str) -> String {
    let first = value.split('、').next().unwrap_or(value);
    let spaced = |number: &str| match number.len() {
        11 if number.starts_with('1') && number.is_ascii() => {
            format!("{} {} {}", &number[..3], &number[3..7], &number[7..])
        }
        _ => number.to_owned(),
    };
    match format {
        "first" => first.to_owned(),
        "spaced" => value.split('、').map(spaced).collect::<Vec<_>>().join("、"),
        _ => value.to_owned(),
    }
}

fn day(value: &str, format: &str) -> String {
    let Some(date) = PartialDate::from_canonical(value) else { return value.to_owned() };
    match format {
        "dotted" => date.format(DateStyle::Dots),
        "slashed" => date.format(DateStyle::Slashes),
        "compact" => date.format(DateStyle::Compact),
        "chinese" => date.format(DateStyle::Chinese),
        "month" => value.get(..7).unwrap_or(value).to_owned(),
        _ => value.to_owned(),
    }
}

/// The home inside the estate: with the room (3号楼502), or without it for public sheets.
fn door(value: &str, format: &str) -> String {
    let home = address::parse(value);
    let short = match format {
        "room" => home.short(),
        "building" => match (home.building_title(), home.estate) {
            (Some(building), estate) => Some(format!("{}{building}", estate.unwrap_or_default())),
            // An address that cannot be taken apart may hold a room: nothing of it is shown.
            (None, _) => Some("***".to_owned()),
        },
        _ => None,
    };
    short.unwrap_or_else(|| value.to_owned())
}
