//! Money, counts and measures, yes and no.

use crate::value::money::{from_fen, in_ten_thousands, to_fen};
use crate::value::{boolean, money, number};

#[test]
fn amounts_become_yuan() {
    let check = |input: &str, expected: Option<&str>| {
        assert_eq!(money::parse(input).as_deref(), expected, "{input:?}")
    };
    check("1,234.50元", Some("1234.50"));
    check("￥300", Some("300"));
    check("¥ 300.00", Some("300"));
    check("1.2万元", Some("12000"));
    check("0.35万", Some("3500"));
    check("3000.5", Some("3000.50"));
    check("１，２３４．５", Some("1234.50"));
    check("300元整", Some("300"));
    check("300元/月", Some("300"));
    check("1.23456万元", Some("12345.60"));
    check("-12.30", Some("-12.30"));
    check("-￥12", Some("-12"));
    check("0", Some("0"));
    check("-0", Some("0"));
    check("007", Some("7"));
    check(".5", Some("0.50"));
    check("1亿", Some("100000000"));
    for nothing in ["", "无", "元", "12.345", "1,23", "12,34,567", "1.2.3", "三百", "300左右", "."] {
        check(nothing, None);
    }
}

#[test]
fn amounts_are_summed_in_fen() {
    assert_eq!(to_fen("1234.50"), Some(123_450));
    assert_eq!(to_fen("-3"), Some(-300));
    assert_eq!(to_fen("1.5"), Some(150));
    assert_eq!(to_fen("x"), None);
    assert_eq!(from_fen(123_450), "1234.50");
    assert_eq!(from_fen(-5), "-0.05");
    assert_eq!(in_ten_thousands("12000").as_deref(), Some("1.2"));
    assert_eq!(in_ten_thousands("12345.60").as_deref(), Some("1.23456"));
    assert_eq!(in_ten_thousands("300000").as_deref(), Some("30"));
}

#[test]
fn numbers_lose_their_units() {
    let check = |input: &str, expected: Option<&str>| {
        assert_eq!(number::decimal(input).as_deref(), expected, "{input:?}")
    };
    check("3人", Some("3"));
    check("80.5㎡", Some("80.5"));
    check("80.50 平方米", Some("80.5"));
    check("1,200", Some("1200"));
    check("3.0", Some("3"));
    check("-3", Some("-3"));
    check("８５岁", Some("85"));
    check("95%", Some("95"));
    for nothing in ["", "约80", "80以上", "三人", "3-4人", "1.2.3", "无", "1,2"] {
        check(nothing, None);
    }
    assert_eq!(number::integer("3.0人"), Some(3));
    assert_eq!(number::integer("3.5"), None);
    assert_eq!(number::integer("999999999999999999"), Some(999_999_999_999_999_999));
}

#[test]
fn ticks_are_read() {
    let check =
        |input: &str, expected: Option<bool>| assert_eq!(boolean::parse(input), expected, "{input:?}");
    for yes in ["是", "√", "有", "Y", "y", "1", "对", "✔", "☑", " 是 ", "YES", "TRUE"] {
        check(yes, Some(true));
    }
    for no in ["否", "×", "无", "N", "0", "□", "X", "✘", "FALSE", "□是☑否"] {
        check(no, Some(false));
    }
    for neither in ["", "待定", "2", "张三", "是否"] {
        check(neither, None);
    }
    assert_eq!((boolean::title(true), boolean::title(false)), ("是", "否"));
}
