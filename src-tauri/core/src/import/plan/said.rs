//! What a row says of its subject: the door it names, its key values, and where a loose value goes.

use crate::catalog::LedgerKind;
use crate::dictionary::Subject;
use crate::import::table::{RowReading, Table};
use crate::ledger::Source;
use crate::place::Door;
use crate::resident;
use crate::value::address;

/// Where the value of a bound field goes that is no column of the ledger: to the subject.
pub(in crate::import) fn loose_source(kind: &LedgerKind, field: &str) -> Source {
    match kind.subject {
        Subject::Resident if !field.starts_with("row.") => Source::Resident(resident::home_of(field)),
        _ => Source::Own,
    }
}

/// The door a row names: its own columns, and what they leave open from its address. An address that
/// speaks of another door says nothing here.
pub(in crate::import) fn door_said(table: &Table<'_>, reading: &RowReading) -> Door {
    let say = |field: &str| table.value(reading, field).unwrap_or_default().to_owned();
    let own = Door { building: say("place.building"), unit: say("place.unit"), room: say("place.room") };
    if own.is_certain() {
        return own;
    }
    let address = address::parse(&["person.living_address", "place.address"].map(say).concat());
    let join = |own: &str, said: Option<String>| match said {
        Some(said) if own.is_empty() || own == said => Some(said),
        Some(_) => None,
        None => Some(own.to_owned()),
    };
    let parts = join(&own.building, address.building)
        .zip(join(&own.unit, address.unit))
        .zip(join(&own.room, address.room));
    match parts.map(|((building, unit), room)| Door { building, unit, room }) {
        Some(door) if door.is_certain() => door,
        _ => own,
    }
}

/// The values of the key columns of a row; the first column stands in when none is marked.
pub(super) fn key_values(table: &Table<'_>, kind: &LedgerKind, reading: &RowReading) -> Vec<String> {
    kind.key_columns()
        .map(|column| table.value(reading, column.id()).unwrap_or_default().to_owned())
        .collect()
}
