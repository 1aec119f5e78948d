//! What all tests share: an office in a folder of its own on a fixed day, the sample sheets, and
//! fictional people.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use juwutai_core::api;
use juwutai_core::clock::FixedClock;
use juwutai_core::office::Office;
use juwutai_core::progress::Progress;
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) mod forms;
pub(crate) mod shapes;

/// An office and the folders that go with it.
pub(crate) struct Desk {
    office: Option<Office>,
    data: TempDir,
    sheets: TempDir,
}

impl Desk {
    /// An office nobody has started yet.
    pub(crate) fn unopened() -> Self {
        let data = tempfile::tempdir().unwrap();
        let office = Some(open(data.path()));
        Self { office, data, sheets: tempfile::tempdir().unwrap() }
    }

    /// A started office without anybody in it.
    pub(crate) fn empty() -> Self {
        let mut desk = Self::unopened();
        desk.call("office.start", json!({ "name": "梅园居民区" }));
        desk
    }

    /// The practice office.
    pub(crate) fn practice() -> Self {
        let mut desk = Self::unopened();
        desk.call("office.start", json!({ "name": "梅园居民区", "sample": true }));
        desk
    }

    /// Closes the program and opens it again on the same folder.
    pub(crate) fn restart(&mut self) {
        drop(self.office.take());
        self.office = Some(open(self.data.path()));
    }

    /// Closes the program and opens it again on another day.
    pub(crate) fn restart_on(&mut self, day: &str) {
        drop(self.office.take());
        self.office = Some(open_on(self.data.path(), day.parse().unwrap()));
    }

    /// Calls a command and returns the whole reply.
    pub(crate) fn reply(&mut self, name: &str, request: Value) -> Value {
        api::call(self.office.as_mut().unwrap(), name, request, &Progress::new())
    }

    /// Calls a command that must succeed and returns its value.
    pub(crate) fn call(&mut self, name: &str, request: Value) -> Value {
        let mut reply = self.reply(name, request);
        assert_eq!(reply["ok"], true, "{name} must succeed: {reply}");
        reply["value"].take()
    }

    /// Writes a file of its own and returns its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.sheets.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Makes a folder of its own and returns its path.
    pub(crate) fn folder(&self, name: &str) -> String {
        let path = self.sheets.path().join(name);
        std::fs::create_dir(&path).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// How many people, rows and steps the office holds; equal before and after what must not write.
    pub(crate) fn holdings(&mut self) -> Value {
        let home = self.call("office.home", json!({}));
        let ledgers = self.call("ledger.list", json!({}));
        let ops = self.call("history.list", json!({ "limit": 1000 }));
        json!([home["counts"], ledgers["ledgers"], ops["ops"].as_array().unwrap().len()])
    }

    /// All rows of a ledger as name → unmasked values in column order.
    pub(crate) fn rows(&mut self, ledger: &str) -> Vec<Value> {
        let request = json!({ "ledger": ledger, "offset": 0, "limit": 10_000, "unmasked": true });
        self.call("ledger.rows", request)["rows"].as_array().unwrap().clone()
    }

    /// Where a column stands in the rows of a ledger.
    pub(crate) fn column(&mut self, ledger: &str, field: &str) -> usize {
        let ledger = self.call("ledger.get", json!({ "id": ledger }));
        let columns = ledger["columns"].as_array().unwrap();
        columns.iter().position(|column| column["field"] == field).unwrap()
    }
}

fn open(folder: &Path) -> Office {
    open_on(folder, NaiveDate::from_ymd_opt(2026, 11, 21).unwrap())
}

fn open_on(folder: &Path, day: NaiveDate) -> Office {
    Office::open(folder, Box::new(FixedClock::on(day)), "许文静").unwrap()
}

/// The top folder of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Path of one of the ten sample sheets.
pub(crate) fn sample(file: &str) -> String {
    root().join("assets/sample/sheets").join(file).to_str().unwrap().to_owned()
}

/// An identity number in the region that does not exist, with its right check digit.
pub(crate) fn id_number(birth: &str, order: u32) -> String {
    let first = format!("990102{birth}{order:03}");
    let check = check_digit(first.as_bytes());
    format!("{first}{}", char::from(check))
}

/// The check digit of the first seventeen digits of an identity number.
pub(crate) fn check_digit(first: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b"10X98765432"[sum as usize % 11]
}

/// The whole number at a place of a reply.
pub(crate) fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("not a number: {value}"))
}

/// The list at a place of a reply.
pub(crate) fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}"))
}

/// The text at a place of a reply.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}
