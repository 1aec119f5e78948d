//! Citizens' numbers (features I24, I27). All are of the area 990102, which does not exist.

use super::today;
use crate::value::gender::Gender;
use crate::value::id_number::{IdNumber, IdProblem, check_character, long_form, short_form};

fn check(input: &str, expected: Result<&str, IdProblem>) {
    let read = IdNumber::parse(input, today());
    assert_eq!(read.as_ref().map(IdNumber::as_str).map_err(|problem| *problem), expected, "{input:?}");
}

/// Completes seventeen digits to a right number.
fn number(seventeen: &str) -> String {
    format!("{seventeen}{}", char::from(check_character(seventeen.as_bytes())))
}

#[test]
fn the_sample_of_the_standard_is_right() {
    assert_eq!(check_character(b"11010519491231002"), b'X');
    check("11010519491231002x", Ok("11010519491231002X"));
}

#[test]
fn messy_writing_is_read() {
    let right = number("99010219900307233");
    for messy in [
        right.clone(),
        format!(" {right} "),
        format!("'{right}"),
        format!("‘{right}"),
        format!("{} {} {}", &right[..6], &right[6..14], &right[14..]),
        format!("\u{FEFF}{right}\u{200B}"),
        right.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect(),
    ] {
        check(&messy, Ok(&right));
    }
}

#[test]
fn wrong_numbers_are_named_and_never_repaired() {
    let right = number("99010219900307233");
    let other = if right.ends_with('1') { '2' } else { '1' };
    check(&format!("{}{other}", &right[..17]), Err(IdProblem::Checksum));
    check(&right[..17], Err(IdProblem::Length));
    check("", Err(IdProblem::Length));
    check("无", Err(IdProblem::Characters));
    check("990102********2336", Err(IdProblem::Masked));
    check("99010219900307233Y", Err(IdProblem::Characters));
    check(&number("99010219900230233"), Err(IdProblem::Birth));
    check(&number("99010220270101233"), Err(IdProblem::Birth));
    check(&number("99010218900101233"), Err(IdProblem::Birth));
}

#[test]
fn digits_lost_by_a_spreadsheet_are_detected() {
    check("9.90102E+17", Err(IdProblem::DigitsLost));
    check("9.90102199003072e+17", Err(IdProblem::DigitsLost));
    check("990102199003072000", Err(IdProblem::DigitsLost));
    check("990102199003072336.0", Err(IdProblem::DigitsLost));
    let from = |number: f64| IdNumber::from_number(number, today());
    assert_eq!(from(990_102_199_003_072_336.0), Err(IdProblem::DigitsLost));
    assert_eq!(from(1e15), Err(IdProblem::DigitsLost));
    assert_eq!(from(f64::INFINITY), Err(IdProblem::DigitsLost));
    assert_eq!(from(990_102_900_307_231.0).unwrap().as_str(), "990102900307231");
    assert_eq!(from(-1.0), Err(IdProblem::Characters));
    assert_eq!(from(f64::NAN), Err(IdProblem::Characters));
    assert_eq!(from(12.5), Err(IdProblem::Characters));
}

#[test]
fn the_old_form_is_kept_and_can_be_lengthened() {
    let old = IdNumber::parse("990102900307233", today()).unwrap();
    assert_eq!(old.as_str(), "990102900307233");
    assert_eq!(old.eighteen(), number("99010219900307233"));
    assert_eq!(old.birth_on().to_string(), "1990-03-07");
    assert_eq!(old.gender(), Gender::Male);
    check("990102901307233", Err(IdProblem::Birth));
}

#[test]
fn a_number_tells_birth_gender_and_area() {
    let id = IdNumber::parse(&number("99010219510229006"), today());
    assert_eq!(id, Err(IdProblem::Birth), "1951 had no 29th of February");
    let id = IdNumber::parse(&number("99010219520229006"), today()).unwrap();
    assert_eq!((id.birth_on().to_string().as_str(), id.gender()), ("1952-02-29", Gender::Female));
    assert_eq!((id.region(), id.is_resident_permit()), ("990102", false));
    assert_eq!(id.masked(), "990102************");
    assert!(IdNumber::parse(&number("81000019900307233"), today()).unwrap().is_resident_permit());
}

#[test]
fn gender_is_read_as_written() {
    let check = |text: &str, expected: Option<Gender>| assert_eq!(Gender::parse(text), expected, "{text:?}");
    for male in ["男", "男性", "1", "M", "m", "男.", " 男 ", "Ｍ", "1.0"] {
        check(male, Some(Gender::Male));
    }
    for female in ["女", "女性", "2", "F", "Female", "女。"] {
        check(female, Some(Gender::Female));
    }
    for neither in ["", "男女", "3", "未知", "张三"] {
        check(neither, None);
    }
}

#[test]
fn the_old_form_leads_to_the_new_and_back() {
    let long = "990102194005030010";
    assert_eq!(long_form("990102400503001"), long);
    assert_eq!(long_form(long), long);
    assert_eq!(short_form(long).as_deref(), Some("990102400503001"));
    assert_eq!(short_form("990102200005030019"), None, "nobody born in this century had an old one");
}
