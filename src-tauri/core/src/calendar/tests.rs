//! Working days hold together whatever the year says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::json;

use super::{Calendar, Special, shipped};
use crate::testing::office;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar() -> &'static Calendar {
    shipped::calendar().unwrap()
}

#[test]
fn the_year_of_the_tests_is_known() {
    let calendar = calendar();
    assert!(calendar.knows(2026));
    assert!(!calendar.is_workday(day("2026-10-01")), "national day");
    assert!(!calendar.is_workday(day("2026-11-21")), "a plain Saturday");
    assert!(calendar.is_workday(day("2026-11-20")), "a plain Friday");
    let worked: Vec<_> = calendar.specials(2026).filter(|(_, special)| special.works).collect();
    assert!(!worked.is_empty(), "some weekend days are worked in the stead of others");
    for (on, _) in worked {
        assert!(calendar.is_workday(*on), "{on} is worked though a weekend");
    }
}

#[test]
fn a_working_day_has_seven_hours() {
    let at = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    let minutes = |from: &str, to: &str| calendar().working_minutes(at(from), at(to));
    assert_eq!(minutes("2026-11-20 00:00", "2026-11-20 23:59"), 7 * 60);
    assert_eq!(minutes("2026-11-20 10:20", "2026-11-20 17:00"), 100 + 210, "lunch is no working time");
    assert_eq!(minutes("2026-11-20 17:30", "2026-11-23 09:30"), 30, "nor is a weekend");
    assert_eq!(minutes("2026-11-20 12:00", "2026-11-20 10:00"), 0, "never less than nothing");
}

#[test]
fn the_office_has_its_own_exceptions_and_takes_them_back() {
    let mut testing = office();
    let works = |testing: &mut crate::testing::Testing| {
        super::of(testing.office.connection()).unwrap().is_workday(day("2026-11-21"))
    };
    assert!(!works(&mut testing));
    let request = json!({ "on": "2026-11-21", "works": true, "title": "创建迎检" });
    let reply = testing.call("calendar.change", request);
    assert!(
        reply["days"].as_array().unwrap().iter().any(|day| day["on"] == "2026-11-21" && day["own"] == true)
    );
    assert!(works(&mut testing));
    testing.call("calendar.change", json!({ "on": "2026-11-21" }));
    assert!(!works(&mut testing));
    testing.call("history.undo", json!({}));
    assert!(works(&mut testing), "taking back can be undone like anything else");
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let special = (0u64..400, any::<bool>());
    proptest::collection::vec(special, 0..40).prop_map(|days| {
        let mut calendar = Calendar::default();
        for (offset, works) in days {
            let on = day("2026-01-01").checked_add_days(Days::new(offset)).unwrap();
            calendar.add(on, Special { works, title: String::new(), own: false });
        }
        calendar
    })
}

proptest! {
    #[test]
    fn adding_and_counting_agree(calendar in any_calendar(), start in 0u64..300, count in 0u32..40) {
        let from = day("2026-01-01").checked_add_days(Days::new(start)).unwrap();
        let to = calendar.add_workdays(from, count);
        prop_assert_eq!(calendar.workdays_after(from, to), count);
        prop_assert!(count == 0 || calendar.is_workday(to));
    }

    #[test]
    fn counting_splits_at_any_day(calendar in any_calendar(), a in 0u64..150, b in 0u64..150, c in 0u64..90) {
        let from = day("2026-01-01").checked_add_days(Days::new(a)).unwrap();
        let middle = from.checked_add_days(Days::new(b)).unwrap();
        let to = middle.checked_add_days(Days::new(c)).unwrap();
        let whole = calendar.workdays_after(from, to);
        prop_assert_eq!(whole, calendar.workdays_after(from, middle) + calendar.workdays_after(middle, to));
    }
}
