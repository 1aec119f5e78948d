//! How well the shapes of superiors' sheets are understood: `cargo bench -p juwutai-tests --bench
//! shapes [-- FOLDER]`. Goes through `import.open` for every fixture and compares with its truth.
//!
//! Prints a table of figures and then one line for each thing that was not understood. Nothing here
//! fails; the test of the same name holds what was reached.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::NaiveDate;
use juwutai_core::api;
use juwutai_core::clock::FixedClock;
use juwutai_core::office::Office;
use juwutai_core::progress::Progress;
use serde_json::{Value, json};

#[path = "../support/shapes.rs"]
mod shapes;

use shapes::{MEASURES, Score};

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/shapes");
    let folder = given.map_or(own, PathBuf::from);
    let data = tempfile::tempdir().unwrap();
    let mut office = open(data.path());
    let mut score = Score::default();
    let (mut files, mut slowest) = (0usize, 0u128);
    for (path, truth) in shapes::fixtures(&folder) {
        let began = Instant::now();
        let reply = call(&mut office, "import.open", json!({ "path": path }));
        slowest = slowest.max(began.elapsed().as_millis());
        score.add(&truth, &reply);
        files += 1;
    }
    print(&score);
    println!("\n{files} files, the slowest opened in {slowest} ms\n");
    for miss in &score.misses {
        println!("{}: {}: {}", miss.measure, miss.file, miss.what);
    }
}

fn open(folder: &Path) -> Office {
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let mut office = Office::open(folder, Box::new(FixedClock::on(day)), "许文静").unwrap();
    call(&mut office, "office.start", json!({ "name": "梅园居民区" }));
    office
}

fn call(office: &mut Office, name: &str, request: Value) -> Value {
    api::call(office, name, request, &Progress::new())
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand columns")]
fn print(score: &Score) {
    println!("| measure | right | of | share |");
    println!("|---|---|---|---|");
    for measure in MEASURES {
        let tally = score.tallies.get(measure).copied().unwrap_or_default();
        let share = 100.0 * tally.right as f64 / tally.of.max(1) as f64;
        println!("| {measure} | {} | {} | {share:.2}% |", tally.right, tally.of);
    }
    println!("| false alarms | {} | | |", score.false_alarms);
}
