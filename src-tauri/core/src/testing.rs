//! What the unit tests of several features share: an office in a folder of its own, on a fixed day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::api;
use crate::clock::FixedClock;
use crate::office::Office;
use crate::progress::Progress;

/// An office and the folder that goes with it.
pub(crate) struct Testing {
    pub(crate) office: Office,
    pub(crate) folder: TempDir,
}

/// The day of all tests.
pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// A started office without anybody in it.
pub(crate) fn office() -> Testing {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::open(folder.path(), Box::new(FixedClock::on(day())), "许文静").unwrap();
    let mut testing = Testing { office, folder };
    testing.call("office.start", json!({ "name": "梅园居民区" }));
    testing
}

impl Testing {
    /// Calls a command that must succeed.
    pub(crate) fn call(&mut self, name: &str, request: Value) -> Value {
        let reply = api::call(&mut self.office, name, request, &Progress::new());
        assert_eq!(reply["ok"], true, "{name} must succeed: {reply}");
        reply["value"].clone()
    }

    /// Calls a command that must fail and returns its error.
    pub(crate) fn refuse(&mut self, name: &str, request: Value) -> Value {
        let reply = api::call(&mut self.office, name, request, &Progress::new());
        assert_eq!(reply["ok"], false, "{name} must be refused: {reply}");
        reply["error"].clone()
    }

    /// Writes a CSV file and imports it into a ledger.
    pub(crate) fn import(&mut self, ledger: &str, csv: &str) -> Value {
        let path = self.sheet(csv);
        self.call("import.apply", json!({ "path": path, "ledger": ledger }))
    }

    /// Writes a CSV file of its own.
    pub(crate) fn sheet(&self, csv: &str) -> String {
        let number = std::fs::read_dir(self.folder.path()).unwrap().count();
        let path = self.folder.path().join(format!("名单{number}.csv"));
        #[allow(clippy::disallowed_methods, reason = "a test brings its own sheet")]
        std::fs::write(&path, csv).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// Lets a test write where no op is open, as another program would.
    pub(crate) fn store_writing(&self) -> crate::store::Writing<'_> {
        self.office.store().writing().unwrap()
    }

    /// Opens the same folder anew, as after a restart.
    pub(crate) fn restart(self) -> Self {
        let Self { office, folder } = self;
        drop(office);
        let office = Office::open(folder.path(), Box::new(FixedClock::on(day())), "许文静").unwrap();
        Self { office, folder }
    }

    /// Everything the store holds besides the journal, as text, for before-and-after comparison.
    pub(crate) fn dump(&self) -> String {
        use std::fmt::Write as _;
        let connection = self.office.connection();
        let mut text = String::new();
        for table in crate::store::journal::tables(connection).unwrap() {
            let columns = table.columns.join(", ");
            let sql = format!("select json_array({columns}) from {} order by id", table.name);
            let mut rows = connection.prepare(&sql).unwrap();
            for row in rows.query_map([], |row| row.get::<_, String>(0)).unwrap() {
                let _ = writeln!(text, "{} {}", table.name, row.unwrap());
            }
        }
        let mut keys = connection.prepare("select key, kind, resident from skey").unwrap();
        let rows = keys.query_map([], |row| {
            Ok(format!(
                "{:?} {:?} {:?}",
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, i64>(2)?
            ))
        });
        for row in rows.unwrap() {
            let _ = writeln!(text, "skey {}", row.unwrap());
        }
        text
    }
}
