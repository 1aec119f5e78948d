//! What a row says of its subject: the door it names, its key values, and where a loose value goes.

use crate::catalog::LedgerKind;
use crate::dictionary::Subject;
use crate::import::table::{RowReading, Table};
use crate::ledger::Source;
use crate::place::Door;
use crate::resident;

/// Where the value of a bound field goes that is no column of the ledger: to the subject.
pub(in crate::import) fn loose_source(kind: &LedgerKind, field: &str) -> Source {
    match kind.subject {
        Subject::Resident if !field.starts_with("row.") => Source::Resident(resident::home_of(field)),
        _ => Source::Own,
    }
}

/// The door a row names: its own columns, else its address.
pub(in crate::import) fn door_said(table: &Table<'_>, reading: &RowReading) -> Door {
    let say = |field: &str| table.value(reading, field).unwrap_or_default().to_owned();
    let door = Door { building: say("place.building"), unit: say("place.unit"), room: say("place.room") };
    if !door.room.is_empty() {
        return door;
    }
    let address = ["person.living_address", "place.address"].map(say).concat();
    let parsed = crate::value::address::parse(&address);
    match (parsed.building, parsed.room) {
        (Some(building), Some(room)) => Door { building, unit: parsed.unit.unwrap_or_default(), room },
        _ => door,
    }
}

/// The values of the key columns of a row; the first column stands in when none is marked.
pub(super) fn key_values(table: &Table<'_>, kind: &LedgerKind, reading: &RowReading) -> Vec<String> {
    kind.key_columns()
        .map(|column| table.value(reading, column.id()).unwrap_or_default().to_owned())
        .collect()
}
