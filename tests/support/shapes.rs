//! Compares what `import.open` says of a sheet with the truth that lies beside it.
//!
//! Each fixture `NAME.EXT` has `NAME.truth.json`: what a careful clerk would understand. Used by the
//! bench that prints the figures and by the test that holds them. How the truth is told stands in
//! `tests/fixtures/shapes/README.md`; nothing here knows a fixture by its name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

/// What is counted, in the order of the table.
pub(crate) const MEASURES: [&str; 19] = [
    "files read",
    "format and encoding",
    "sheets",
    "kind",
    "title",
    "meta",
    "header rows",
    "data range",
    "skipped rows",
    "total rows",
    "note rows",
    "hidden rows and columns",
    "twin blocks",
    "further tables",
    "column names",
    "precision, sure",
    "precision, sure and likely",
    "recall",
    "planted problems",
];

/// The problem codes of the contract; anything else said about a cell is not judged.
pub(crate) const CODES: [&str; 11] = [
    "id_checksum",
    "id_digits_lost",
    "id_length",
    "birth_id_mismatch",
    "gender_id_mismatch",
    "date_invalid",
    "phone_invalid",
    "name_missing",
    "value_not_in_list",
    "duplicate_row",
    "total_mismatch",
];

/// How many of how many were right.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) of: usize,
}

/// One thing that was not understood.
#[derive(Debug, Clone)]
pub(crate) struct Miss {
    pub(crate) measure: &'static str,
    pub(crate) file: String,
    pub(crate) what: String,
}

/// The figures of all fixtures looked at so far.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) tallies: BTreeMap<&'static str, Tally>,
    pub(crate) misses: Vec<Miss>,
    /// Problems told where none was planted.
    pub(crate) false_alarms: usize,
    file: String,
}

/// The fixtures of a folder: the sheet and its truth, in the order of their names.
pub(crate) fn fixtures(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.to_string_lossy().ends_with(".truth.json") {
            let truth: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            found.push((folder.join(truth["file"].as_str().unwrap()), truth));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

impl Score {
    /// Compares the reply for one file with its truth.
    pub(crate) fn add(&mut self, truth: &Value, reply: &Value) {
        self.file = word(&truth["file"]);
        if reply["ok"] != true {
            self.note("files read", false, || reply["error"]["message"].to_string());
            return;
        }
        let found = &reply["value"];
        self.note("files read", true, String::new);
        self.same("format and encoding", "format", &found["format"], &truth["format"]);
        // GBK is read as GB18030, which holds all of it.
        let encoding =
            if truth["encoding"] == "gbk" { Value::from("gb18030") } else { truth["encoding"].clone() };
        self.same("format and encoding", "encoding", &found["encoding"], &encoding);
        let names = |of: &Value| items(&of["sheets"]).map(|sheet| word(&sheet["name"])).collect::<Vec<_>>();
        let (found_names, true_names) = (names(found), names(truth));
        // A text file, a web page and a document give their tables no name.
        let is_same = |(found, truth): (&String, &String)| truth.is_empty() || found == truth;
        let are_same =
            found_names.len() == true_names.len() && found_names.iter().zip(&true_names).all(is_same);
        self.note("sheets", are_same, || format!("found {found_names:?}, not {true_names:?}"));
        for (position, sheet) in items(&truth["sheets"]).enumerate() {
            let by_name = items(&found["sheets"]).find(|seen| seen["name"] == sheet["name"]);
            match by_name.or_else(|| items(&found["sheets"]).nth(position)) {
                Some(seen) => self.add_sheet(seen, sheet),
                None => self.note("sheets", false, || format!("no sheet {}", sheet["name"])),
            }
        }
    }

    fn add_sheet(&mut self, seen: &Value, truth: &Value) {
        let at = word(&truth["name"]);
        for (measure, key) in [
            ("sheets", "hidden"),
            ("kind", "kind"),
            ("header rows", "header_rows"),
            ("data range", "data_rows"),
            ("skipped rows", "skipped_rows"),
            ("total rows", "total_rows"),
            ("note rows", "note_rows"),
            ("hidden rows and columns", "hidden_rows"),
            ("hidden rows and columns", "hidden_columns"),
        ] {
            self.same(measure, &format!("{at} {key}"), &seen[key], &truth[key]);
        }
        let meta = |of: &Value| {
            let pairs = of["meta"].as_object().into_iter().flatten();
            pairs.map(|(label, value)| (folded(label), folded(&word(value)))).collect::<Vec<_>>()
        };
        self.note("meta", meta(seen) == meta(truth), || {
            format!("{at} meta: found {}, not {}", seen["meta"], truth["meta"])
        });
        let one_line = |title: &Value| folded(&word(title));
        self.note("title", one_line(&seen["title"]) == one_line(&truth["title"]), || {
            format!("{at} title: found {}, not {}", seen["title"], truth["title"])
        });
        if !truth["blocks"].is_null() || items(&seen["blocks"]).count() > 1 {
            self.same("twin blocks", &format!("{at} blocks"), &seen["blocks"], &truth["blocks"]);
        }
        self.add_further_tables(&at, seen, truth);
        self.add_names(&at, seen, truth);
        self.add_fields(&at, seen, truth);
        self.add_problems(&at, seen, truth);
    }

    fn add_further_tables(&mut self, at: &str, seen: &Value, truth: &Value) {
        let rows = |of: &Value| {
            let tables = items(&of["more_tables"]);
            tables.map(|table| (table["header_rows"].clone(), table["data_rows"].clone())).collect::<Vec<_>>()
        };
        let (found, expected) = (rows(seen), rows(truth));
        if !found.is_empty() || !expected.is_empty() {
            self.note("further tables", found == expected, || {
                format!("{at}: found {found:?}, not {expected:?}")
            });
        }
    }

    /// A name is right when the column is there under its letter with exactly that heading.
    fn add_names(&mut self, at: &str, seen: &Value, truth: &Value) {
        for column in items(&truth["columns"]) {
            let found = with_letter(seen, &column["letter"]).map(|seen| seen["heading"].clone());
            self.note("column names", found.as_ref() == Some(&column["heading"]), || {
                format!("{at} {}: found {found:?}, not {}", column["letter"], column["heading"])
            });
        }
        for column in items(&seen["columns"]) {
            if with_letter(truth, &column["letter"]).is_none() {
                self.note("column names", false, || {
                    format!("{at} {}: no such column: {}", column["letter"], column["heading"])
                });
            }
        }
    }

    fn add_fields(&mut self, at: &str, seen: &Value, truth: &Value) {
        let empty = Value::Null;
        for column in items(&seen["columns"]) {
            let expected = with_letter(truth, &column["letter"]).map_or(&empty, |column| &column["field"]);
            let (field, confidence) = (&column["field"], word(&column["confidence"]));
            if field.is_null() || confidence == "ask" {
                continue;
            }
            let what = || {
                let heading = word(&column["heading"]);
                format!("{at} {} {heading}: {confidence} {field}, not {expected}", word(&column["letter"]))
            };
            if confidence == "sure" {
                self.note("precision, sure", field == expected, what);
            }
            self.note("precision, sure and likely", field == expected, what);
        }
        for column in items(&truth["columns"]).filter(|column| !column["field"].is_null()) {
            let found = with_letter(seen, &column["letter"]);
            let is_right =
                found.is_some_and(|found| found["field"] == column["field"] && found["confidence"] != "ask");
            self.note("recall", is_right, || {
                let said = found.map(|found| format!("{} {}", word(&found["confidence"]), found["field"]));
                format!(
                    "{at} {} {}: {said:?}, not {}",
                    word(&column["letter"]),
                    column["heading"],
                    column["field"]
                )
            });
        }
    }

    fn add_problems(&mut self, at: &str, seen: &Value, truth: &Value) {
        let places = |of: &Value| {
            let judged = |problem: &&Value| CODES.contains(&word(&problem["code"]).as_str());
            let place = |problem: &Value| {
                let code = word(&problem["code"]);
                // A row that is there twice or does not add up is wrong as a whole.
                let is_of_row = matches!(code.as_str(), "duplicate_row" | "total_mismatch");
                let column = if is_of_row { Value::Null } else { problem["column"].clone() };
                format!("{} {column} {code}", problem["row"])
            };
            items(&of["problems"]).filter(judged).map(place).collect::<BTreeSet<String>>()
        };
        let (found, planted) = (places(seen), places(truth));
        for problem in &planted {
            self.note("planted problems", found.contains(problem), || format!("{at}: not found: {problem}"));
        }
        for alarm in found.difference(&planted) {
            self.false_alarms += 1;
            self.miss("false alarms", format!("{at}: {alarm}"));
        }
    }

    fn same(&mut self, measure: &'static str, what: &str, found: &Value, expected: &Value) {
        self.note(measure, found == expected, || format!("{what}: found {found}, not {expected}"));
    }

    fn note(&mut self, measure: &'static str, is_right: bool, what: impl FnOnce() -> String) {
        let tally = self.tallies.entry(measure).or_default();
        tally.of += 1;
        tally.right += usize::from(is_right);
        if !is_right {
            let what = what();
            self.miss(measure, what);
        }
    }

    fn miss(&mut self, measure: &'static str, what: String) {
        self.misses.push(Miss { measure, file: self.file.clone(), what });
    }
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn with_letter<'v>(sheet: &'v Value, letter: &Value) -> Option<&'v Value> {
    items(&sheet["columns"]).find(|column| column["letter"] == *letter)
}

/// A text as it is compared: in the compatibility form, without blanks.
fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
