//! Numbers of papers follow one another whatever is done in between.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;

use super::{give, printed};
use crate::op::Op;
use crate::testing::{Testing, office};

const PATTERN: &str = "{word}函〔{year}〕{serial}号";

fn given(testing: &mut Testing, book: &str, day: &str) -> super::Serial {
    let on: NaiveDate = day.parse().unwrap();
    let op = Op::BeginSerial { year: 2026 };
    testing.office.transact(&op, |tx| give(tx, book, PATTERN, "试", on)).unwrap().value
}

#[test]
fn a_number_is_printed_as_the_pattern_says() {
    assert_eq!(printed(PATTERN, "梅居", 2026, 14), "梅居函〔2026〕14号");
    assert_eq!(printed("{word}证字〔{year}〕第{serial:4}号", "春居", 2026, 137), "春居证字〔2026〕第0137号");
}

#[test]
fn a_book_begun_on_paper_goes_on_where_it_stopped() {
    let mut testing = office();
    testing.call("serial.begin", json!({ "book": "inquiry", "next": 14, "word": "东梅居" }));
    assert_eq!(given(&mut testing, "inquiry", "2026-11-21").text, "东梅居函〔2026〕14号");
    let refused = testing.refuse("serial.begin", json!({ "book": "inquiry", "next": 20 }));
    assert_eq!(refused["code"], "refused", "a leap would leave a gap");
    assert_eq!(given(&mut testing, "inquiry", "2027-01-04").number, 1, "a new year begins anew");
}

#[test]
fn a_void_number_stays_in_the_register() {
    let mut testing = office();
    let first = given(&mut testing, "decline", "2026-11-21");
    testing.refuse("serial.void", json!({ "id": first.id, "reason": "  " }));
    testing.call("serial.void", json!({ "id": first.id, "reason": "写错部门" }));
    let second = given(&mut testing, "decline", "2026-11-21");
    assert_eq!(second.number, 2, "a void number is never given again");
    let list = testing.call("serial.list", json!({ "book": "decline" }));
    assert_eq!(list["serials"][1]["void"], "写错部门", "{list}");
}

#[test]
fn what_gave_a_number_is_not_undone() {
    let mut testing = office();
    given(&mut testing, "decline", "2026-11-21");
    let refused = testing.refuse("history.undo", json!({}));
    assert!(refused["hint"].as_str().unwrap().contains("作废"), "{refused}");
    assert_eq!(given(&mut testing, "decline", "2026-11-21").number, 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_book_has_a_gap(acts in proptest::collection::vec((0usize..3, 0usize..2, 0u8..4), 1..40)) {
        let mut testing = office();
        let (books, days) = (["inquiry", "decline", "certificate"], ["2026-12-31", "2027-01-01"]);
        for (book, day, act) in acts {
            let serial = given(&mut testing, books[book], days[day]);
            if act == 0 && books[book] != "certificate" {
                testing.call("serial.void", json!({ "id": serial.id, "reason": "写错" }));
            }
            if act == 1 {
                crate::api::call(
                    &mut testing.office, "history.undo", json!({}), &crate::progress::Progress::new(),
                );
            }
        }
        for year in [2026, 2027] {
            let list = testing.call("serial.list", json!({ "year": year }));
            for book in books {
                let mut numbers: Vec<i64> = list["serials"].as_array().unwrap().iter()
                    .filter(|serial| serial["book"] == book)
                    .map(|serial| serial["number"].as_i64().unwrap())
                    .collect();
                numbers.sort_unstable();
                let whole: Vec<i64> = (1..=i64::try_from(numbers.len()).unwrap()).collect();
                prop_assert_eq!(numbers, whole, "{} {}", book, year);
            }
        }
    }
}
