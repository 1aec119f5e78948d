//! What the list of a ledger looks like on paper, pinned twice: its words, and its pages as pictures.
//!
//! `UPDATE_SNAPSHOTS=1` writes both anew after they have been looked at.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use serde_json::json;

use crate::support::{Desk, root, text};

/// Pictures may differ by this share of black, for another version of the tool that draws them.
const ALLOWED: f64 = 0.01;

#[test]
fn the_list_of_a_ledger_prints_as_it_was_approved() {
    let mut desk = Desk::practice();
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("list.pdf");
    let request = json!({ "kind": "ledger_list", "ledger": "elderly_living_alone", "format": "pdf",
                          "options": { "masked": true } });
    let reply = desk.call("report.make", request);
    std::fs::write(&pdf, base64::engine::general_purpose::STANDARD.decode(text(&reply["bytes"])).unwrap())
        .unwrap();
    let words = poppler("pdftotext", &["-layout", path(&pdf), "-"]);
    compare_words("elderly_living_alone.txt", &String::from_utf8(words).unwrap());
    poppler("pdftoppm", &["-gray", "-r", "36", path(&pdf), path(&folder.path().join("page"))]);
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pgm"))
        .collect();
    pages.sort();
    assert_eq!(pages.len() as u64, reply["pages"].as_u64().unwrap(), "every page is drawn");
    for (number, page) in (1..).zip(pages) {
        compare_picture(&format!("elderly_living_alone-{number}.pgm"), &std::fs::read(page).unwrap());
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn poppler(tool: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(tool).args(arguments).output();
    let output =
        output.unwrap_or_else(|_| panic!("{tool} is missing: install poppler-utils, or use ./dev test"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn approved(name: &str, bytes: &[u8]) -> Vec<u8> {
    let path = root().join("tests/snapshots/paper").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, bytes).unwrap();
    }
    std::fs::read(&path)
        .unwrap_or_else(|_| panic!("{name} was never approved: run with UPDATE_SNAPSHOTS=1 and look"))
}

/// Words and their order; how far apart a tool sets them does not matter.
fn compare_words(name: &str, words: &str) {
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect()
    };
    let approved = String::from_utf8(approved(name, words.as_bytes())).unwrap();
    assert_eq!(lines(words), lines(&approved), "the words of the paper changed");
}

/// Pictures of the same size whose grey values differ little on average.
fn compare_picture(name: &str, picture: &[u8]) {
    let approved = approved(name, picture);
    assert_eq!(picture.len(), approved.len(), "{name}: the page changed its size");
    let differing: u64 =
        picture.iter().zip(&approved).map(|(now, then)| u64::from(now.abs_diff(*then))).sum();
    let share = differing as f64 / 255.0 / picture.len() as f64;
    assert!(share <= ALLOWED, "{name}: {:.2} % of the page changed", share * 100.0);
}
