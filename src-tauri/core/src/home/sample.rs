//! The practice office (练习数据): clearly fictional people and ledgers from `assets/sample`, read
//! by the same field rules as any sheet, written in the op that starts the office.

use std::collections::{BTreeMap, HashMap};

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::catalog::{Catalog, LedgerKind};
use crate::committee::Committee;
use crate::dictionary::reading::{self, Raw};
use crate::dictionary::{FieldDef, Subject};
use crate::error::{Error, Result};
use crate::fact;
use crate::ledger::{RecordWriter, Source};
use crate::office::Tx;
use crate::place::{Door, PlaceBook};
use crate::resident::ResidentWriter;

static LEDGERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/sample/ledgers");
const COMMITTEE: &str = include_str!("../../../../assets/sample/committee.toml");
const RESIDENTS: &str = include_str!("../../../../assets/sample/residents.csv");

/// The base ledger every resident of the practice office is in.
const BASE: &str = "resident";

#[derive(Debug, Deserialize)]
struct CommitteeFile {
    name: String,
    subdistrict: String,
    director: String,
    filler: String,
    phone: String,
}

/// The committee of the practice office.
///
/// # Errors
/// [`Error::Bug`] when the asset is broken.
pub fn committee() -> Result<Committee> {
    let file: CommitteeFile = toml::from_str(COMMITTEE).map_err(|error| bug(&error))?;
    Ok(Committee {
        name: file.name,
        subdistrict: file.subdistrict,
        director: file.director,
        filler: file.filler,
        phone: file.phone,
        practice: true,
    })
}

/// Writes the people and ledgers of the practice office.
///
/// # Errors
/// [`Error::Bug`] when an asset is broken, or writing fails.
pub fn load(tx: &Tx<'_>, catalog: &Catalog, today: chrono::NaiveDate) -> Result<()> {
    let mut loader = Loader {
        tx,
        catalog,
        today,
        residents: ResidentWriter::new(tx)?,
        records: RecordWriter::new(tx)?,
        places: PlaceBook::default(),
        numbers: HashMap::new(),
    };
    loader.residents(RESIDENTS)?;
    for file in LEDGERS.files() {
        let id = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let kind = catalog.ledger(id).ok_or_else(|| Error::Bug(format!("no ledger {id}")))?;
        loader.ledger(kind, file.contents_utf8().unwrap_or_default())?;
    }
    Ok(())
}

fn bug(error: &dyn std::fmt::Display) -> Error {
    Error::Bug(format!("sample: {error}"))
}

struct Loader<'a, 'tx> {
    tx: &'tx Tx<'tx>,
    catalog: &'a Catalog,
    today: chrono::NaiveDate,
    residents: ResidentWriter<'tx>,
    records: RecordWriter<'tx>,
    places: PlaceBook,
    numbers: HashMap<String, i64>,
}

impl Loader<'_, '_> {
    fn residents(&mut self, csv: &str) -> Result<()> {
        for row in self.rows(csv, None)? {
            let values = row.iter().map(|(field, value)| (field.as_str(), value.as_str()));
            let id = self.residents.add(values)?;
            self.numbers.insert(row.get("person.id_number").cloned().unwrap_or_default(), id);
            self.records.add(BASE, Some(id), &BTreeMap::new())?;
        }
        Ok(())
    }

    fn ledger(&mut self, kind: &LedgerKind, csv: &str) -> Result<()> {
        for row in self.rows(csv, Some(kind))? {
            let is_own =
                |field: &str| kind.column(field).is_none_or(|column| Source::of(kind, column) == Source::Own);
            let (body, shared): (BTreeMap<_, _>, BTreeMap<_, _>) =
                row.into_iter().partition(|(field, _)| is_own(field) && kind.column(field).is_some());
            let subject = match kind.subject {
                Subject::Resident => {
                    let number = shared.get("person.id_number").map(String::as_str).unwrap_or_default();
                    Some(*self.numbers.get(number).ok_or_else(|| bug(&format!("{}: nobody", kind.id)))?)
                }
                Subject::Place => Some(self.place(&shared)?),
                _ => None,
            };
            self.records.add(&kind.id, subject, &body)?;
        }
        Ok(())
    }

    fn place(&mut self, shared: &BTreeMap<String, String>) -> Result<i64> {
        let say = |field: &str| shared.get(field).cloned().unwrap_or_default();
        let door = Door { building: say("place.building"), unit: say("place.unit"), room: say("place.room") };
        let place = self.places.find_or_add(self.tx, &door)?;
        for (field, value) in shared.iter().filter(|(field, _)| !is_door(field)) {
            fact::set(self.tx, place, field, value)?;
        }
        Ok(place)
    }

    /// The rows of a file whose heads are field ids, each value read by its field's rules.
    fn rows(&self, csv: &str, kind: Option<&LedgerKind>) -> Result<Vec<BTreeMap<String, String>>> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let heads = reader.headers().map_err(|error| bug(&error))?.clone();
        let fields = heads
            .iter()
            .map(|id| self.field(kind, id.trim_start_matches('\u{feff}')))
            .collect::<Result<Vec<&FieldDef>>>()?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| bug(&error))?;
            let read = fields.iter().zip(record.iter()).filter_map(|(field, cell)| {
                let read = reading::read(field, Raw::Text(cell), &self.catalog.codes, self.today);
                Some((field.id.clone(), read.value?))
            });
            rows.push(read.collect());
        }
        Ok(rows)
    }

    fn field<'k>(&'k self, kind: Option<&'k LedgerKind>, id: &str) -> Result<&'k FieldDef> {
        kind.and_then(|kind| kind.column(id))
            .map(|column| &column.field)
            .or_else(|| self.catalog.dictionary.get(id))
            .ok_or_else(|| bug(&format!("no field {id}")))
    }
}

fn is_door(field: &str) -> bool {
    matches!(field, "place.building" | "place.unit" | "place.room")
}
