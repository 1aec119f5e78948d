//! Kills a program in the middle of importing, again and again: `cargo bench -p juwutai-tests --bench
//! kills [-- --rounds 100]`. After each kill the store must open, be sound, and hold every import
//! that was acknowledged, each of them whole.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use juwutai_core::api;
use juwutai_core::clock::SystemClock;
use juwutai_core::office::Office;
use juwutai_core::progress::Progress;
use serde_json::{Value, json};

const ROWS: usize = 400;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--import-into") {
        import_for_ever(Path::new(&arguments[at + 1]), arguments[at + 2].parse().unwrap());
    }
    let rounds = arguments.iter().position(|argument| argument == "--rounds");
    let rounds: u64 = rounds.map_or(100, |at| arguments[at + 1].parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    call(&mut open(folder.path()), "office.start", json!({ "name": "试杀" }));
    let (mut next, mut acknowledged, mut unacknowledged) = (0usize, 0usize, 0usize);
    for round in 0..rounds {
        let seen = import_and_kill(folder.path(), next, 5 + round * 7919 % 400);
        acknowledged += seen;
        let mut office = open(folder.path());
        assert_eq!(call(&mut office, "office.check", json!({}))["ok"], true, "unsound after kill {round}");
        let rows =
            call(&mut office, "ledger.rows", json!({ "ledger": "resident", "limit": 1 }))["total"].clone();
        let rows = usize::try_from(rows.as_u64().unwrap()).unwrap();
        assert_eq!(rows % ROWS, 0, "kill {round} left a part of an import: {rows} rows");
        let whole = rows / ROWS;
        assert!(whole >= next + seen, "kill {round} lost an acknowledged import");
        unacknowledged += whole - next - seen;
        next = whole;
    }
    println!(
        "{rounds} kills: every store sound, no part of an import, {acknowledged} acknowledged imports all there, \
         {unacknowledged} finished without being acknowledged"
    );
}

/// Imports until it is killed, saying each import aloud once it is safe.
fn import_for_ever(data: &Path, mut next: usize) -> ! {
    let mut office = open(data);
    loop {
        let path = data.join("roster.csv");
        let mut text = String::from("姓名,联系电话,家庭住址\n");
        for row in 0..ROWS {
            let given = ["国强", "桂兰", "志明", "秀英", "建国"][row % 5];
            text += &format!("王{given},16{:09},梅园新村{next}号楼{row}室\n", next * ROWS + row);
        }
        std::fs::write(&path, text).unwrap();
        call(&mut office, "import.apply", json!({ "path": path, "ledger": "resident" }));
        println!("safe {next}");
        next += 1;
    }
}

/// Starts a program that imports, kills it after some milliseconds, and counts what it said.
fn import_and_kill(data: &Path, next: usize, after: u64) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .arg("--import-into")
        .arg(data)
        .arg(next.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(after));
    child.kill().unwrap();
    child.wait().unwrap();
    BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .filter(|line| line.starts_with("safe"))
        .count()
}

fn open(data: &Path) -> Office {
    Office::open(data, Box::new(SystemClock), "试杀").unwrap()
}

fn call(office: &mut Office, name: &str, request: Value) -> Value {
    let mut reply = api::call(office, name, request, &Progress::new());
    assert_eq!(reply["ok"], true, "{name}: {reply}");
    reply["value"].take()
}
