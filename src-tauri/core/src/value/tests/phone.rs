//! Telephone numbers (feature I27 and the masks of public lists).

use crate::value::phone::{PhoneProblem, join, mask, parse};

fn check(input: &str, expected: &str) {
    assert_eq!(parse(input).map(|numbers| join(&numbers)).as_deref(), Ok(expected), "{input:?}");
}

fn refused(input: &str, expected: PhoneProblem) {
    assert_eq!(parse(input), Err(expected), "{input:?}");
}

#[test]
fn one_number() {
    for mobile in [
        "13800001234",
        " 138 0000 1234",
        "138-0000-1234",
        "+8613800001234",
        "+86 138 0000 1234",
        "86-13800001234",
        "13800001234.0",
        "１３８００００１２３４",
        "'13800001234",
        "手机：13800001234",
        "008613800001234",
        "013800001234",
    ] {
        check(mobile, "13800001234");
    }
    for fixed in
        ["021-58881234", "(021)58881234", "（021）58881234", "02158881234", "021 58881234", "+86-21-58881234"]
    {
        check(fixed, "021-58881234");
    }
    check("0512-65551234", "0512-65551234");
    check("0512-6555123", "0512-6555123");
    check("02158881234-801", "021-58881234-801");
    check("021-58881234转801", "021-58881234-801");
    check("021-58881234转8", "021-58881234-8");
    check("6555123转801", "6555123-801");
    check("6555123-801", "6555123-801");
    check("400-820-0000转801", "4008200000-801");
    check("58881234", "58881234");
    check("5888 1234", "58881234");
    check("6555123", "6555123");
    check("400-820-0000", "4008200000");
    check("+852 9123 4567", "+85291234567");
}

#[test]
fn several_numbers() {
    for text in [
        "13800001234、13900001234",
        "13800001234/13900001234",
        "13800001234;13900001234",
        "13800001234，13900001234",
        "13800001234 13900001234",
        "13800001234\n13900001234",
        "1380000123413900001234",
        "138 0000 1234 139 0000 1234",
        "13800001234、13900001234、13800001234",
        "13800001234或13900001234",
    ] {
        check(text, "13800001234、13900001234");
    }
    check("021-58881234/13800001234", "021-58881234、13800001234");
}

#[test]
fn what_is_no_number_is_refused() {
    refused("", PhoneProblem::Empty);
    refused("、", PhoneProblem::Empty);
    refused("无", PhoneProblem::Characters);
    refused("13800001234（儿子）", PhoneProblem::Characters);
    refused("1380000123", PhoneProblem::Length);
    refused("138000012345", PhoneProblem::Length);
    refused("12800001234", PhoneProblem::Prefix);
    refused("110", PhoneProblem::Special);
    refused("12345", PhoneProblem::Special);
    refused("98881234", PhoneProblem::Prefix);
    refused("990102199003072336", PhoneProblem::Length);
}

#[test]
fn masks_hide_what_dials() {
    let check = |input: &str, expected: &str| assert_eq!(mask(input), expected);
    check("13800001234", "138****1234");
    check("021-58881234", "021-5888****");
    check("021-58881234-801", "021-5888****-***");
    check("58881234", "5888****");
    check("13800001234、021-58881234", "138****1234、021-5888****");
    check("12", "**");
    check("", "");
}
