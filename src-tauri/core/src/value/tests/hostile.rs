//! Properties that hold for any text, however hostile: nothing panics, cleaning is stable, what is
//! written canonically is read back, and masks never show what they hide.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::today;
use crate::value::date::{DateStyle, PartialDate, from_serial};
use crate::value::disability_certificate::DisabilityCertificate;
use crate::value::id_number::{IdNumber, check_character};
use crate::value::{address, boolean, credit_code, date, gender, money, number, phone, pinyin, text};

/// Text made of what sheets are made of, more likely to get deep into the readers.
fn sheet_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,20}",
        "[ \\-./\\\\、，,;：:年月日号楼单元室弄#￥元万+（）()'Xx]{1,3}",
        "[〇零一二三四五六七八九十廿卅男女无是否张王李单]{1,4}",
        "\\PC{0,4}",
        "[\u{0}-\u{20}\u{A0}\u{200B}-\u{200F}\u{FEFF}\u{3000}\u{FF10}-\u{FF19}]{0,3}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..47_000).prop_map(|days| NaiveDate::from_ymd_opt(1897, 1, 1).unwrap() + Days::new(days))
}

proptest! {
    #[test]
    fn nothing_panics_and_cleaning_is_stable(input in prop_oneof![sheet_text(), any::<String>()]) {
        let clean = text::clean(&input);
        prop_assert_eq!(&text::clean(&clean), &clean);
        let squeezed = text::squeeze(&input);
        prop_assert_eq!(&text::squeeze(&squeezed), &squeezed);
        prop_assert!(!squeezed.contains(char::is_whitespace));
        let _ = text::is_blank_mark(&input);
        let _ = gender::Gender::parse(&input);
        let _ = boolean::parse(&input);
        let _ = pinyin::keys(&input);
        let _ = address::looks_like_room(&input);
        let _ = credit_code::parse(&input);
        let _ = DisabilityCertificate::parse(&input, today());
        let _ = address::parse(&input).short();
        let _ = phone::mask(&input);
    }

    #[test]
    fn what_is_read_is_canonical(input in sheet_text()) {
        if let Some(date) = date::parse(&input, today()) {
            prop_assert_eq!(PartialDate::from_canonical(&date.to_string()), Some(date));
            prop_assert_eq!(date::parse(&date.to_string(), today()), Some(date));
        }
        if let Some(yuan) = money::parse(&input) {
            prop_assert_eq!(money::parse(&yuan), Some(yuan.clone()));
        }
        if let Some(decimal) = number::decimal(&input) {
            prop_assert_eq!(number::decimal(&decimal), Some(decimal.clone()));
        }
        if let Ok(numbers) = phone::parse(&input) {
            prop_assert_eq!(phone::parse(&phone::join(&numbers)), Ok(numbers));
        }
        if let Ok(id) = IdNumber::parse(&input, today()) {
            prop_assert_eq!(IdNumber::parse(id.as_str(), today()), Ok(id));
        }
    }

    #[test]
    fn every_right_number_is_read_and_one_wrong_digit_never(
        birth in day(), tail in 0_u32..1000, place in 0_usize..17, step in 1_u8..10,
    ) {
        let seventeen = format!("990102{}{tail:03}", birth.format("%Y%m%d"));
        let mut number = seventeen.clone().into_bytes();
        number.push(check_character(seventeen.as_bytes()));
        let right = String::from_utf8(number.clone()).unwrap();
        let id = IdNumber::parse(&right, today()).unwrap();
        prop_assert_eq!(id.birth_on(), birth);
        prop_assert_eq!(&id.masked()[..6], "990102");
        prop_assert!(id.masked()[6..].bytes().all(|b| b == b'*'));
        number[place] = (number[place] - b'0' + step) % 10 + b'0';
        let wrong = String::from_utf8(number).unwrap();
        prop_assert!(IdNumber::parse(&wrong, today()).is_err());
    }

    #[test]
    fn every_day_is_read_in_every_style(date in day()) {
        let known = PartialDate::Day(date);
        for style in [DateStyle::Dashes, DateStyle::Dots, DateStyle::Chinese, DateStyle::Compact, DateStyle::Slashes] {
            prop_assert_eq!(date::parse(&known.format(style), today()), Some(known));
        }
        let serial = (date - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days();
        if serial > 60 {
            let serial = f64::from(u32::try_from(serial).unwrap());
            prop_assert_eq!(from_serial(serial, false), Some(known));
            prop_assert_eq!(from_serial(serial + 0.999, false), Some(known));
        }
    }

    #[test]
    fn a_home_is_read_from_every_spelling(building in 1_u32..200, unit in 1_u32..9, room in 101_u32..3500) {
        for spelling in [
            format!("{building}号楼{unit}单元{room}室"), format!("{building}-{unit}-{room}"),
            format!("{building}幢{unit}单元{room}"), format!("梅园新村{building}栋{unit}单元{room}室"),
        ] {
            let home = address::parse(&spelling);
            prop_assert_eq!(home.building, Some(building.to_string()));
            prop_assert_eq!(home.unit, Some(unit.to_string()));
            prop_assert_eq!(home.room, Some(room.to_string()));
        }
    }
}
