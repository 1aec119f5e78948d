//! Dates in the shapes of superiors' sheets (feature I26).

use super::today;
use crate::value::date::{DateStyle, PartialDate, age_on, from_serial, parse};

fn check(input: &str, expected: &str) {
    let read = parse(input, today()).map_or("none".to_owned(), |date| date.to_string());
    assert_eq!(read, expected, "{input:?}");
}

#[test]
fn days_are_read() {
    for day in [
        "2026.3.5",
        "2026-03-05",
        "2026/3/5",
        "2026年3月5日",
        "20260305",
        "2026年03月05日",
        "2026.03.05",
        "２０２６．３．５",
        "2026。3。5",
        "2026 年 3 月 5 日",
        "2026. 3. 5",
        "2026年3月5号",
        "2026年3月5",
        "二〇二六年三月五日",
        "二零二六年三月五日",
        "二○二六年三月五日",
        "'2026-03-05",
        "2026—3—5",
        "2026.3.5.",
        "2026-03-05 00:00:00",
        "2026-03-05T08:30:00Z",
        "2026年3月5日上午",
        "2026年3月5日 10:20",
        "2026/3/5 14:05",
        "2026-3-5（周四）",
        "2026年3月5日星期四",
        "26.3.5",
        "26年3月5日",
        " 2026-03-05\n",
    ] {
        check(day, "2026-03-05");
    }
    check("一九五二年十二月三十一日", "1952-12-31");
    check("一九五二年十月廿三日", "1952-10-23");
    check("2024-2-29", "2024-02-29");
    check("25/3/2026", "2026-03-25");
    check("3/25/2026", "2026-03-25");
}

#[test]
fn months_and_years_stay_what_they_are() {
    for month in [
        "202603",
        "2026.3",
        "2026年3月",
        "2026-03",
        "2026/3",
        "二〇二六年三月",
        "2026年3月份".trim_end_matches('份'),
    ] {
        check(month, "2026-03");
    }
    check("2026.10", "2026-10");
    check("2026年元月", "2026-01");
    check("85年3月", "1985-03");
    check("2026年", "2026");
    check("2026", "2026");
    check("一九八五年", "1985");
}

#[test]
fn short_years_are_read_only_when_one_century_is_possible() {
    check("85.3.5", "1985-03-05");
    check("85-3-5", "1985-03-05");
    check("26.11.21", "2026-11-21");
    check("26.12.1", "none");
    check("30.3.5", "none");
    check("3/5/26", "none");
    check("12/5/26", "none");
    check("85.3", "none");
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "无",
        "至今",
        "2026.13.5",
        "2026-02-30",
        "2023-2-29",
        "2026.0.5",
        "2026.3.0",
        "20261305",
        "202613",
        "1849",
        "2101",
        "2-1-301",
        "3-401",
        "502",
        "13800001234",
        "3.10.2026",
        "2026.3-5",
        "2026-3-5 1",
        "2026年3月至5月",
        "农历1985年3月5日",
        "2026.3.5、2026.4.1",
        "2026-3-5至2026-4-1",
        "990102199003072336",
        "张三",
        "2026年3.5",
    ] {
        check(text, "none");
    }
}

#[test]
fn serials_of_spreadsheets_are_read() {
    let check = |serial: f64, date1904: bool, expected: Option<&str>| {
        assert_eq!(
            from_serial(serial, date1904).map(|d| d.to_string()).as_deref(),
            expected,
            "{serial} {date1904}"
        );
    };
    check(43891.0, false, Some("2020-03-01"));
    check(43891.75, false, Some("2020-03-01"));
    check(1.0, false, Some("1900-01-01"));
    check(59.0, false, Some("1900-02-28"));
    check(60.0, false, None);
    check(61.0, false, Some("1900-03-01"));
    check(42429.0, true, Some("2020-03-01"));
    check(2_958_465.0, false, Some("9999-12-31"));
    for nonsense in [0.0, -5.0, 2_958_466.0, 1e300, f64::NAN, f64::INFINITY] {
        check(nonsense, false, None);
    }
}

#[test]
fn canonical_text_returns() {
    for text in ["2026-03-05", "2026-03", "2026", "1852-12-31"] {
        assert_eq!(PartialDate::from_canonical(text).unwrap().to_string(), text);
    }
    for text in ["", "2026-3-5", "2026-02-30", "2026-13", "20260305", "二〇二六", "2026-03-05 ", "+026"] {
        assert_eq!(PartialDate::from_canonical(text), None, "{text:?}");
    }
}

#[test]
fn dates_print_in_every_style() {
    let check = |canonical: &str, style: DateStyle, expected: &str| {
        assert_eq!(PartialDate::from_canonical(canonical).unwrap().format(style), expected);
    };
    check("2026-03-05", DateStyle::Dashes, "2026-03-05");
    check("2026-03-05", DateStyle::Dots, "2026.3.5");
    check("2026-03-05", DateStyle::Chinese, "2026年3月5日");
    check("2026-03-05", DateStyle::Compact, "20260305");
    check("2026-03-05", DateStyle::Slashes, "2026/3/5");
    check("2026-03", DateStyle::Chinese, "2026年3月");
    check("2026-03", DateStyle::Compact, "202603");
    check("2026", DateStyle::Chinese, "2026年");
    check("2026", DateStyle::Dots, "2026");
}

#[test]
fn age_counts_full_years() {
    let check = |birth: &str, on: &str, expected: Option<i32>| {
        let birth = PartialDate::from_canonical(birth).unwrap();
        assert_eq!(age_on(birth, on.parse().unwrap()), expected, "{birth} on {on}");
    };
    check("1946-11-21", "2026-11-20", Some(79));
    check("1946-11-21", "2026-11-21", Some(80));
    check("1952-02-29", "2026-02-28", Some(73));
    check("1952-02-29", "2026-03-01", Some(74));
    check("1946-11", "2026-10-31", Some(79));
    check("1946-11", "2026-11-01", Some(80));
    check("1946", "2026-01-01", Some(80));
    check("2026-11-22", "2026-11-21", None);
}
