//! How values are written by list, sample, format and heading.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;

use super::*;
use crate::catalog::Catalog;

struct World(Catalog);

impl World {
    fn field(&self, id: &str) -> &FieldDef {
        self.0.dictionary.get(id).unwrap()
    }

    fn write(&self, id: &str, hints: &Hints<'_>, value: &str) -> Result<String, String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let manner = Manner::of(self.field(id), hints, today);
        let written = manner.write(self.field(id), value, &self.0.codes)?;
        Ok(match written.value {
            Value::Number(number) => format!("#{number}"),
            Value::Text(text) => text,
            other => panic!("{other:?}"),
        })
    }

    fn sampled(&self, id: &str, sample: Cell<'_>, value: &str) -> String {
        self.write(id, &Hints { examples: vec![sample], ..Hints::default() }, value).unwrap()
    }

    fn headed(&self, id: &str, heading: &str, value: &str) -> String {
        self.write(id, &Hints { heading, ..Hints::default() }, value).unwrap()
    }

    fn listed(&self, id: &str, list: &[&str], value: &str) -> Result<String, String> {
        let list: Vec<String> = list.iter().map(ToString::to_string).collect();
        self.write(id, &Hints { list: Some(&list), ..Hints::default() }, value)
    }
}

fn world() -> World {
    World(Catalog::load().unwrap())
}

#[test]
fn a_sample_is_followed_to_the_stroke() {
    let world = world();
    let birth = |sample: &str, value: &str| world.sampled("person.birth_on", Cell::Text(sample), value);
    assert_eq!(birth("1958-03-06", "1960-01-05"), "1960-01-05");
    assert_eq!(birth("1958.3.6", "1960-01-05"), "1960.1.5");
    assert_eq!(birth("1958.03.06", "1960-01-05"), "1960.01.05");
    assert_eq!(birth("1958年3月6日", "1960-11-05"), "1960年11月5日");
    assert_eq!(birth("195803", "1960-01-05"), "196001");
    assert_eq!(birth("19580306", "1960-01-05"), "19600105");
    assert_eq!(birth("1958/3", "1960-01-05"), "1960/1");
    assert_eq!(birth("1958年3月6日", "1960"), "1960年", "no day is made up");
    let id = |sample: &str| world.sampled("person.id_number", Cell::Text(sample), "990102196003050012");
    assert_eq!(id("310110195803062428"), "990102196003050012");
    assert_eq!(id("310110********2428"), "990102********0012");
    assert_eq!(id("310110 19580306 2428"), "990102 19600305 0012");
    assert_eq!(world.sampled("person.gender", Cell::Number(1.0), "女"), "2");
    assert_eq!(world.sampled("person.ethnicity", Cell::Text("汉"), "回族"), "回");
    assert_eq!(world.sampled("place.building", Cell::Text("3号楼"), "12"), "12号楼");
    assert_eq!(world.sampled("person.age", Cell::Text("82岁"), "79"), "79岁");
}

#[test]
fn headings_and_formats_say_how() {
    let world = world();
    assert_eq!(world.headed("person.birth_on", "出生年月", "1960-01-05"), "1960-01");
    assert_eq!(world.headed("person.birth_on", "出生日期（如1958.3.6）", "1960-01-05"), "1960.1.5");
    assert_eq!(world.headed("person.birth_on", "出生日期(yyyymmdd)", "1960-01-05"), "19600105");
    assert_eq!(world.headed("person.annual_income", "年收入（万元）", "36000"), "#3.6");
    assert_eq!(world.headed("person.annual_income", "年收入", "36000"), "#36000");
    assert_eq!(world.headed("person.age", "年龄", "82"), "#82");
    assert_eq!(world.headed("person.phone", "电话", "16012345678"), "16012345678");
    let serial = Hints { format: Some("yyyy\"年\"m\"月\"d\"日\""), ..Hints::default() };
    assert_eq!(world.write("person.birth_on", &serial, "1960-01-05").unwrap(), "#21920");
    assert_eq!(world.write("person.birth_on", &serial, "1960-01").unwrap(), "1960-01", "no day is made up");
    let as_text = Hints { format: Some("@"), ..Hints::default() };
    assert_eq!(world.write("person.age", &as_text, "82").unwrap(), "82");
}

#[test]
fn lists_are_obeyed_and_never_overruled() {
    let world = world();
    assert_eq!(world.listed("person.gender", &["1.男", "2.女"], "女").unwrap(), "2.女");
    assert_eq!(world.listed("person.gender", &["1", "2"], "男").unwrap(), "1");
    assert_eq!(world.listed("person.disability_level", &["一级", "二级", "三级"], "二级").unwrap(), "二级");
    assert_eq!(world.listed("person.living_arrangement", &["独居", "非独居"], "独居").unwrap(), "独居");
    assert!(world.listed("person.living_arrangement", &["甲", "乙"], "独居").is_err());
    assert!(world.listed("person.gender", &["男", "男性", "女"], "男").is_ok(), "the very word is meant");
}

#[test]
fn boxes_are_ticked_in_place() {
    let world = world();
    let ticked = |id: &str, template: &str, value: &str| {
        tick(world.field(id), template, value, &world.0.codes).map(|written| written.shown)
    };
    assert_eq!(ticked("person.gender", "□男  □女", "女").unwrap(), "□男  ☑女");
    assert_eq!(ticked("person.gender", "男□ 女□", "女").unwrap(), "男□ 女☑");
    assert_eq!(
        ticked("person.living_arrangement", "□独居 □与子女同住 □其他____", "独居").unwrap(),
        "☑独居 □与子女同住 □其他____"
    );
    assert!(ticked("person.gender", "□甲 □乙", "女").is_err());
    assert!(has_boxes("□") && !has_boxes("男"));
}
