//! Columns bound to fields: by heading, values and neighbours, with three degrees of certainty.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

mod world;

use super::*;
use crate::import::guard::Limits;
use crate::import::shape::recognise;
use crate::import::sheet::{Cell, GridBuilder};
use crate::value::id_number::check_character;

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| Dictionary::load().unwrap());
static CODES: LazyLock<CodeTables> = LazyLock::new(|| CodeTables::load().unwrap());

/// A fictional identity number with its right check digit.
fn id(n: usize) -> String {
    let body = format!("990102{}{:02}{:02}{:03}", 1935 + n % 50, 1 + n % 12, 1 + n % 28, 100 + n);
    let check = check_character(body.as_bytes());
    format!("{body}{}", char::from(check))
}

fn phone(n: usize) -> String {
    format!("138{:08}", 10_000_000 + n * 37)
}

const NAMES: [&str; 6] = ["王桂兰", "李国平", "陈秀英", "张志强", "赵玉珍", "欧阳春"];

fn value(kind: &str, n: usize) -> String {
    match kind {
        "#" => (n + 1).to_string(),
        "名" => NAMES[n % 6].to_owned(),
        "别" => ["女", "男"][n % 2].to_owned(),
        "证" => id(n),
        "话" => phone(n),
        "址" => format!("{}号楼{}0{}室", 1 + n % 9, 1 + n % 6, 1 + n % 4),
        "日" => format!("{}.{}.{}", 1935 + n % 50, 1 + n % 12, 1 + n % 28),
        "龄" => (60 + n).to_string(),
        "残" => ["肢体", "视力", "听力"][n % 3].to_owned(),
        "级" => ["一级", "二级", "三级"][n % 3].to_owned(),
        "注" => ["身体尚可", "子女在外地", ""][n % 3].to_owned(),
        other => other.to_owned(),
    }
}

fn mapped_in(columns: &[(&str, &str)], remembered: &HashMap<String, String>) -> Vec<SeenColumn> {
    mapped_with("表", columns, remembered)
}

fn mapped_with(
    name: &str,
    columns: &[(&str, &str)],
    remembered: &HashMap<String, String>,
) -> Vec<SeenColumn> {
    let mut cells = GridBuilder::new(Limits::default());
    for (column, (heading, _)) in columns.iter().enumerate() {
        for (level, text) in heading.split('/').enumerate() {
            cells.push(level as u32, column as u32, Cell::Text(text)).unwrap();
        }
    }
    let depth = columns.iter().map(|(heading, _)| heading.split('/').count()).max().unwrap() as u32;
    for row in 0..24 {
        for (column, (_, kind)) in columns.iter().enumerate() {
            cells.push(row as u32 + depth, column as u32, Cell::Text(&value(kind, row))).unwrap();
        }
    }
    let sheet = cells.finish(name, Vec::new());
    let shape = crate::import::shape::with_header(&sheet, (1, depth), None, &|_| false);
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let words = Words { dictionary: &DICTIONARY, codes: &CODES, remembered, today };
    map_columns(&sheet, &shape, &words, None)
}

/// The columns under a name of the sheet that says what it is about.
fn mapped_under(name: &str, columns: &[(&str, &str)]) -> Vec<SeenColumn> {
    mapped_with(name, columns, &HashMap::new())
}

fn mapped(columns: &[(&str, &str)]) -> Vec<SeenColumn> {
    mapped_in(columns, &HashMap::new())
}

fn short(column: &SeenColumn) -> (Option<&str>, How, Confidence) {
    (column.field.as_deref(), column.how, column.confidence)
}

use Confidence::{Ask, Likely, Sure};

#[test]
fn a_plain_list_is_sure() {
    let columns = mapped(&[
        ("序号", "#"),
        ("姓名", "名"),
        ("性别", "别"),
        ("公民身份号码", "证"),
        ("现住址", "址"),
        ("联系电话", "话"),
        ("出生日期", "日"),
        ("残疾类别", "残"),
        ("残疾等级", "级"),
    ]);
    let fields: Vec<Option<&str>> = columns.iter().map(|column| column.field.as_deref()).collect();
    assert_eq!(
        fields,
        [
            None,
            Some("person.name"),
            Some("person.gender"),
            Some("person.id_number"),
            Some("person.living_address"),
            Some("person.phone"),
            Some("person.birth_on"),
            Some("person.disability_kind"),
            Some("person.disability_level"),
        ]
    );
    for column in &columns {
        assert_eq!(column.confidence, Sure, "{}: {:?}", column.heading, column.reasons);
    }
    assert_eq!((columns[0].how, columns[1].how, columns[3].how), (How::None, How::Exact, How::Alias));
    assert!(
        columns[3].reasons.iter().any(|reason| reason == "24 行里 24 行像身份证号"),
        "{:?}",
        columns[3].reasons
    );
    assert!(columns[4].reasons.iter().any(|reason| reason == "24 行里 24 行像“几号楼几室”"));
}

#[test]
fn samples_hide_numbers() {
    let columns = mapped(&[("姓名", "名"), ("身份证号", "证"), ("联系电话", "话"), ("现住址", "址")]);
    assert_eq!(columns[1].samples[0], format!("990102********{}", &id(0)[14..]));
    assert_eq!(columns[2].samples[0], "138****0000");
    assert_eq!(columns[3].samples[0], "1号楼101室");
    assert_eq!(masked("家里8位55512345，手机13800006621"), "家里8位****2345，手机138****6621");
    assert_eq!(masked("99010219420315242X"), "990102********242X");
    assert_eq!(masked("20261121"), "20261121");
}

#[test]
fn values_that_speak_against_the_heading_are_asked() {
    let columns = mapped(&[("姓名", "名"), ("现住址", "名"), ("出生日期", "名"), ("工作单位", "址")]);
    for column in &columns[1..] {
        assert_eq!(column.confidence, Ask, "{}", column.heading);
        assert!(column.reasons.iter().any(|reason| reason.contains("对不上")), "{:?}", column.reasons);
    }
    assert!(columns[3].reasons[1].contains("像“几号楼几室”"), "{:?}", columns[3].reasons);
}

#[test]
fn headings_that_were_mixed_up_are_put_right_by_plain_values() {
    let columns = mapped(&[("姓名", "名"), ("联系电话", "证"), ("身份证号", "话")]);
    assert_eq!(short(&columns[1]), (Some("person.id_number"), How::Values, Likely));
    assert_eq!(short(&columns[2]), (Some("person.phone"), How::Values, Likely));
    assert!(columns[1].reasons.iter().any(|reason| reason.contains("对不上")), "{:?}", columns[1].reasons);
    // Whose number it is cannot be told when the list has one already.
    let columns = mapped(&[("姓名", "名"), ("身份证号", "证"), ("联系电话", "证")]);
    assert_eq!(columns[2].confidence, Ask, "{:?}", columns[2]);
}

#[test]
fn loose_words_are_taken_by_their_values_or_asked() {
    let kinds = |heading: &'static str, values: &'static str| {
        mapped(&[("姓名", "名"), ("身份证号", "证"), (heading, values)]).remove(2)
    };
    assert_eq!(kinds("对象类别", "低保").confidence, Ask, "one word all the way down proves little");
    assert_eq!(short(&kinds("类别", "残")), (Some("person.disability_kind"), How::Alias, Likely));
    assert_eq!(kinds("类别", "甲类").confidence, Ask);
    assert_eq!(kinds("时间", "日").confidence, Ask);
    assert_eq!(kinds("联系人", "名").confidence, Ask);
    assert_eq!(short(&kinds("地址", "址")), (Some("person.living_address"), How::Alias, Likely));
    let levels = mapped(&[("姓名", "名"), ("残疾类别", "残"), ("等级", "级")]);
    assert_eq!(short(&levels[2]), (Some("person.disability_level"), How::Alias, Likely));
}

#[test]
fn a_slashed_cell_is_named_by_its_word_for_the_people() {
    for heading in ["项目姓名", "姓名\\项目", "姓名项目"] {
        let columns = mapped(&[(heading, "名"), ("身份证号", "证")]);
        assert_eq!(columns[0].field.as_deref(), Some("person.name"), "{heading}");
        assert_eq!(columns[0].confidence, Likely, "{heading}");
    }
}

#[test]
fn values_name_a_column_without_heading() {
    let mut cells = GridBuilder::new(Limits::default());
    for row in 0..24 {
        for (column, kind) in ["#", "名", "别", "证", "话", "址", "日"].iter().enumerate() {
            let text = match *kind {
                "日" => format!("{}.{}.{}", 1935 + row % 50, 1 + row % 12, 1 + row % 28),
                kind => value(kind, row),
            };
            cells.push(row as u32, column as u32, Cell::Text(&text)).unwrap();
        }
    }
    let sheet = cells.finish("表", Vec::new());
    let shape = recognise(&sheet, &|text| is_heading(&DICTIONARY, &HashMap::new(), text));
    assert_eq!((shape.header_rows, shape.data_rows), (None, Some((1, 24))));
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let none = HashMap::new();
    let words = Words { dictionary: &DICTIONARY, codes: &CODES, remembered: &none, today };
    let columns = map_columns(&sheet, &shape, &words, None);
    let found: Vec<_> = columns.iter().map(short).collect();
    assert_eq!(
        found,
        [
            (None, How::None, Sure),
            (Some("person.name"), How::Values, Ask),
            (Some("person.gender"), How::Values, Likely),
            (Some("person.id_number"), How::Values, Likely),
            (Some("person.phone"), How::Values, Likely),
            (Some("person.living_address"), How::Values, Ask),
            (Some("person.birth_on"), How::Values, Likely),
        ]
    );
}

#[test]
fn a_strange_heading_over_plain_values_is_asked() {
    let columns = mapped(&[("姓名", "名"), ("证照流水", "证"), ("档案袋颜色", "注")]);
    assert_eq!(short(&columns[1]), (Some("person.id_number"), How::Values, Ask));
    assert_eq!(short(&columns[2]), (None, How::None, Ask));
}

#[test]
fn a_heading_that_offers_other_words_is_not_sure() {
    let columns = mapped(&[("姓名", "名"), ("户籍类别(本区、外区、外省市)", "注")]);
    assert_eq!(columns[1].confidence, Likely, "{:?}", columns[1]);
    assert!(columns[1].reasons.iter().any(|reason| reason.contains("本区、外区、外省市")));
}

#[test]
fn what_a_clerk_taught_is_sure() {
    let remembered =
        HashMap::from([(dictionary::remember::key(&["证照流水"]), "person.id_number".to_owned())]);
    let columns = mapped_in(&[("姓名", "名"), ("证照流水", "证")], &remembered);
    assert_eq!(short(&columns[1]), (Some("person.id_number"), How::Remembered, Sure));
    let columns = mapped_in(&[("姓名", "名"), ("证照流水", "话")], &remembered);
    assert_eq!(columns[1].confidence, Ask, "taught, but the values are telephones");
}

#[test]
fn a_number_beside_another_persons_name_is_theirs() {
    let columns = mapped(&[("姓名", "名"), ("联系电话", "话"), ("紧急联系人", "名"), ("联系电话", "话")]);
    assert_eq!(short(&columns[1]), (Some("person.phone"), How::Exact, Sure));
    assert_eq!(columns[3].field.as_deref(), Some("person.emergency_phone"), "{:?}", columns[3]);
    assert_eq!(columns[3].confidence, Likely);
    let columns = mapped(&[("姓名", "名"), ("紧急联系人", "名"), ("联系电话", "话")]);
    assert_ne!(columns[2].confidence, Sure);
}

#[test]
fn the_same_field_twice_is_never_sure_twice() {
    let columns = mapped(&[("姓名", "名"), ("联系电话", "话"), ("手机", "话"), ("联系电话", "话")]);
    let sure =
        columns.iter().filter(|c| c.field.as_deref() == Some("person.phone") && c.confidence == Sure).count();
    assert!(sure <= 1);
    let bound: Vec<&str> = columns.iter().filter_map(|column| column.field.as_deref()).collect();
    let mut distinct = bound.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(bound.len(), distinct.len());
}

#[test]
fn two_levels_keep_two_people_apart() {
    let columns = mapped(&[("姓名", "名"), ("紧急联系人/姓名", "名"), ("紧急联系人/电话", "话")]);
    assert_eq!(columns[0].field.as_deref(), Some("person.name"));
    assert_eq!(columns[1].field.as_deref(), Some("person.emergency_contact"));
    assert_eq!(columns[2].field.as_deref(), Some("person.emergency_phone"));
}

#[test]
fn structure_words_are_known_headings() {
    let none = HashMap::new();
    for text in ["序号", "姓名", "身份证号码", "性别", "联系电话", "备注"] {
        assert!(is_heading(&DICTIONARY, &none, text), "{text}");
    }
    for text in ["3号楼502室", "13800000001", "梅园居民区残疾人两项补贴复核名单", ""] {
        assert!(!is_heading(&DICTIONARY, &none, text), "{text}");
    }
}
