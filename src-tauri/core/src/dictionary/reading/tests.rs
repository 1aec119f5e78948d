//! Tests of reading cells and showing values: rows of kind, cell and what must come out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;

use super::{Raw, display, output, read};
use crate::dictionary::{FieldDef, FieldKind, Sensitivity, Subject};
use crate::value::code::CodeTables;
use crate::value::id_number::check_character;

const KINDS: [FieldKind; 20] = [
    FieldKind::Text,
    FieldKind::Name,
    FieldKind::IdNumber,
    FieldKind::Phone,
    FieldKind::Date,
    FieldKind::Month,
    FieldKind::Year,
    FieldKind::Gender,
    FieldKind::Code,
    FieldKind::Boolean,
    FieldKind::Integer,
    FieldKind::Decimal,
    FieldKind::Money,
    FieldKind::Address,
    FieldKind::Building,
    FieldKind::Unit,
    FieldKind::Room,
    FieldKind::CreditCode,
    FieldKind::DisabilityCertificate,
    FieldKind::LongText,
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn field(kind: FieldKind) -> FieldDef {
    FieldDef {
        id: "person.x".to_owned(),
        title: "民族".to_owned(),
        subject: Subject::Resident,
        kind,
        codes: (kind == FieldKind::Code).then(|| "ethnicity".to_owned()),
        group: "基本情况".to_owned(),
        sensitive: Sensitivity::Plain,
        aliases: Vec::new(),
        loose: Vec::new(),
        formats: Vec::new(),
        computed: None,
        common: false,
        authority: crate::dictionary::Authority::default(),
        width: 0,
    }
}

/// A fictional number of the area 990102.
fn number() -> String {
    let seventeen = "99010219900307233";
    format!("{seventeen}{}", char::from(check_character(seventeen.as_bytes())))
}

/// Reads a cell: the value, "" for nothing, or the code of the problem in brackets.
fn check(kind: FieldKind, raw: Raw<'_>, expected: &str) {
    let reading = read(&field(kind), raw, CodeTables::shipped(), today());
    let got = match (&reading.value, &reading.problem) {
        (Some(value), None) => value.clone(),
        (None, None) => String::new(),
        (None, Some(problem)) => format!("[{}]", problem.code),
        (Some(_), Some(_)) => "both".to_owned(),
    };
    assert_eq!(got, expected, "{kind:?} {raw:?}");
}

fn text(kind: FieldKind, raw: &str, expected: &str) {
    check(kind, Raw::Text(raw), expected);
}

#[test]
fn text_becomes_canonical() {
    text(FieldKind::Text, " 家庭困难，需帮助 ", "家庭困难，需帮助");
    text(FieldKind::Text, "无", "无");
    text(FieldKind::Text, "——", "");
    text(FieldKind::Text, "不详", "");
    text(FieldKind::Name, "王　芳", "王芳");
    text(FieldKind::Name, "阿依努尔•买买提", "阿依努尔·买买提");
    text(FieldKind::Name, "Li  Ming", "Li Ming");
    text(FieldKind::Name, "无", "");
    text(FieldKind::Name, "12", "[name_missing]");
    text(FieldKind::IdNumber, &number().to_lowercase(), &number());
    text(FieldKind::IdNumber, "9.90102E+17", "[id_digits_lost]");
    text(FieldKind::IdNumber, "99010219900307", "[id_length]");
    text(FieldKind::IdNumber, "—", "");
    text(FieldKind::Phone, "13800001234/021-58881234", "13800001234、021-58881234");
    text(FieldKind::Phone, "无", "");
    text(FieldKind::Phone, "1380000", "[phone_invalid]");
    text(FieldKind::Gender, "男性", "男");
    text(FieldKind::Gender, "中", "[value_not_in_list]");
    text(FieldKind::Code, "汉", "汉族");
    text(FieldKind::Code, "火星", "[value_not_in_list]");
    text(FieldKind::Code, "/", "");
    text(FieldKind::Boolean, "√", "是");
    text(FieldKind::Boolean, "无", "否");
    text(FieldKind::Boolean, "-", "");
    text(FieldKind::Boolean, "也许", "[value_not_in_list]");
    text(FieldKind::Integer, "3人", "3");
    text(FieldKind::Integer, "3.5", "[number_invalid]");
    text(FieldKind::Decimal, "80.50㎡", "80.5");
    text(FieldKind::Money, "1.2万元", "12000");
    text(FieldKind::Money, "若干", "[amount_invalid]");
    text(FieldKind::Address, "3号楼 502室", "3号楼502室");
    text(FieldKind::Building, "3号楼", "3");
    text(FieldKind::Building, "３幢", "3");
    text(FieldKind::Building, "a", "A");
    text(FieldKind::Building, "12", "12");
    text(FieldKind::Unit, "2单元", "2");
    text(FieldKind::Unit, "2", "2");
    text(FieldKind::Room, "502室", "502");
    text(FieldKind::Room, "502", "502");
    text(FieldKind::Room, "3-502", "3-502");
    text(FieldKind::CreditCode, "91350100m000100y43", "91350100M000100Y43");
    text(FieldKind::CreditCode, "91350100M000100Y44", "[credit_code_invalid]");
    text(FieldKind::DisabilityCertificate, &format!("{}42", number()), &format!("{}42", number()));
    text(FieldKind::DisabilityCertificate, &number(), "[disability_certificate_invalid]");
}

#[test]
fn dates_keep_the_precision_of_cell_and_field() {
    text(FieldKind::Date, "2026.3.5", "2026-03-05");
    text(FieldKind::Date, "2026年3月", "2026-03");
    text(FieldKind::Date, "43891", "2020-03-01");
    text(FieldKind::Date, "2026-02-30", "[date_invalid]");
    text(FieldKind::Month, "2026.3.5", "2026-03");
    text(FieldKind::Year, "2026年3月", "2026");
    check(FieldKind::Date, Raw::Number(43891.0), "2020-03-01");
    check(FieldKind::Date, Raw::Number(20_260_305.0), "2026-03-05");
    check(FieldKind::Date, Raw::Number(202_603.0), "2026-03");
    check(FieldKind::Date, Raw::Number(2026.0), "2026");
    check(FieldKind::Date, Raw::Number(2026.3), "2026-03");
    check(FieldKind::Date, Raw::Number(2026.12), "2026-12");
    check(FieldKind::Date, Raw::Number(2026.1), "[date_invalid]");
    check(FieldKind::Date, Raw::Number(85.0), "[date_invalid]");
    check(FieldKind::Date, Raw::Number(85_600.0), "[date_invalid]");
    let moment: NaiveDateTime = "2026-03-05T10:20:00".parse().unwrap();
    check(FieldKind::Date, Raw::Date(moment), "2026-03-05");
    check(FieldKind::Text, Raw::Date(moment), "2026-03-05");
    check(FieldKind::Room, Raw::Date(moment), "[door_became_date]");
    check(FieldKind::Date, Raw::Date("1899-12-31T10:20:00".parse().unwrap()), "1899-12-31");
}

#[test]
fn numbers_become_what_they_were_typed_as() {
    check(FieldKind::Phone, Raw::Number(13_800_001_234.0), "13800001234");
    check(FieldKind::IdNumber, Raw::Number(990_102_199_003_072_336.0), "[id_digits_lost]");
    check(FieldKind::IdNumber, Raw::Number(990_102_900_307_231.0), "990102900307231");
    check(FieldKind::DisabilityCertificate, Raw::Number(9.9e19), "[id_digits_lost]");
    check(FieldKind::Room, Raw::Number(502.0), "502");
    check(FieldKind::Building, Raw::Number(3.0), "3");
    check(FieldKind::Gender, Raw::Number(1.0), "男");
    check(FieldKind::Code, Raw::Number(1.0), "汉族");
    check(FieldKind::Boolean, Raw::Number(0.0), "否");
    check(FieldKind::Money, Raw::Number(1234.5), "1234.50");
    check(FieldKind::Money, Raw::Number(33.333_333), "33.33");
    check(FieldKind::Decimal, Raw::Number(80.5), "80.5");
    check(FieldKind::Text, Raw::Number(12.0), "12");
    check(FieldKind::Text, Raw::Number(1e17), "[id_digits_lost]");
    check(FieldKind::Boolean, Raw::Boolean(true), "是");
    check(FieldKind::Integer, Raw::Number(f64::NAN), "[number_invalid]");
    check(FieldKind::Text, Raw::Empty, "");
}

#[test]
fn an_explained_word_of_a_list_stays_as_it_is() {
    let mut field = field(FieldKind::Code);
    field.codes = Some("veteran_kind".to_owned());
    let value = |raw: &str| {
        let reading = read(&field, Raw::Text(raw), CodeTables::shipped(), today());
        reading.value.or(reading.problem.map(|problem| problem.code.to_owned()))
    };
    assert_eq!(value("伤残军人（七级）").as_deref(), Some("伤残军人（七级）"));
    assert_eq!(value("其他（外卖、快递）").as_deref(), Some("其他（外卖、快递）"));
    assert_eq!(value("烈属、参战").as_deref(), Some("烈属、参战"));
    assert_eq!(value("烈属、外星来客").as_deref(), Some("value_not_in_list"));
}

#[test]
fn only_cleaning_counts_as_tidied() {
    let tidied = |kind: FieldKind, raw: &str| {
        read(&field(kind), Raw::Text(raw), CodeTables::shipped(), today()).tidied
    };
    assert!(tidied(FieldKind::Text, " 甲"));
    assert!(tidied(FieldKind::Name, "王 芳"));
    assert!(tidied(FieldKind::Date, "２０２６-3-5"));
    assert!(!tidied(FieldKind::Text, "甲"));
    assert!(!tidied(FieldKind::Date, "2026.3.5"));
    assert!(!tidied(FieldKind::Code, "汉"));
}

#[test]
fn problems_never_repeat_the_value() {
    for kind in KINDS {
        let reading = read(&field(kind), Raw::Text("王小明990102"), CodeTables::shipped(), today());
        if let Some(problem) = reading.problem {
            assert!(!problem.message.contains("990102") && !problem.message.contains("王小明"), "{kind:?}");
            assert!(!problem.message.ends_with('。'), "{kind:?} is a clause");
        }
    }
}

#[test]
fn values_print_in_the_formats_of_their_kind() {
    let check = |kind: FieldKind, value: &str, format: &str, expected: &str| {
        assert_eq!(output(&field(kind), value, format), expected, "{kind:?} {format}");
    };
    let id = "990102199003072336";
    check(FieldKind::IdNumber, id, "plain", id);
    check(FieldKind::IdNumber, id, "spaced", "990102 19900307 2336");
    check(FieldKind::IdNumber, id, "masked", "990102************");
    check(FieldKind::IdNumber, id, "masked_ends", "990102********2336");
    check(FieldKind::IdNumber, id, "tail6", "072336");
    check(FieldKind::IdNumber, id, "tail4", "2336");
    check(FieldKind::Phone, "13800001234、021-58881234", "first", "13800001234");
    check(FieldKind::Phone, "13800001234", "spaced", "138 0000 1234");
    check(FieldKind::Phone, "13800001234", "masked", "138****1234");
    check(FieldKind::Name, "张建国", "masked", "张*国");
    check(FieldKind::Name, "欧阳明", "masked", "欧阳*");
    check(FieldKind::Name, "张建国", "surname", "张某某");
    check(FieldKind::Date, "2026-03-05", "dotted", "2026.3.5");
    check(FieldKind::Date, "2026-03-05", "chinese", "2026年3月5日");
    check(FieldKind::Date, "2026-03-05", "month", "2026-03");
    check(FieldKind::Month, "2026-03", "compact", "202603");
    check(FieldKind::Gender, "男", "code", "1");
    check(FieldKind::Code, "汉族", "code", "01");
    check(FieldKind::Boolean, "是", "tick", "√");
    check(FieldKind::Boolean, "否", "one_zero", "0");
    check(FieldKind::Money, "12000", "ten_thousand", "1.2");
    check(FieldKind::Address, "梅园路88弄3号502室", "room", "3号楼502");
    check(FieldKind::Address, "梅园新村3号楼502室", "building", "梅园新村3号楼");
    for kind in KINDS {
        for format in kind.formats() {
            assert!(!output(&field(kind), "某个值", format).is_empty(), "{kind:?} {format}");
            assert_eq!(output(&field(kind), "", format), "");
        }
    }
}

#[test]
fn masked_display_shows_only_what_may_be_public() {
    let check = |kind: FieldKind, value: &str, expected: &str| {
        assert_eq!(display(&field(kind), value, true), expected, "{kind:?}");
        assert_eq!(display(&field(kind), value, false), value);
    };
    check(FieldKind::IdNumber, "990102199003072336", "990102************");
    check(FieldKind::Text, "高血压", "***");
    check(FieldKind::Code, "一级", "***");
    check(FieldKind::Address, "3号楼502室", "3号楼");
    check(FieldKind::Address, "某路某处", "***");
    check(FieldKind::Date, "1990-03-07", "1990年");
    check(FieldKind::Gender, "男", "男");
}

proptest! {
    #[test]
    fn what_is_read_is_read_again_the_same(raw in "\\PC{0,24}|[0-9./年月日号楼室\\-、 Xx]{0,20}", at in 0_usize..20) {
        let field = field(KINDS[at]);
        let once = read(&field, Raw::Text(&raw), CodeTables::shipped(), today());
        prop_assert!(once.value.is_none() || once.problem.is_none());
        if let Some(value) = &once.value {
            let again = read(&field, Raw::Text(value), CodeTables::shipped(), today());
            prop_assert_eq!(again.value.as_ref(), Some(value), "{:?}", field.kind);
            prop_assert!(!display(&field, value, true).is_empty());
        }
    }

    #[test]
    fn any_number_is_read_without_panic(number in any::<f64>(), at in 0_usize..20) {
        let reading = read(&field(KINDS[at]), Raw::Number(number), CodeTables::shipped(), today());
        prop_assert!(reading.value.is_none() || reading.is_sound());
    }
}
