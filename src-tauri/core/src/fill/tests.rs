//! Whom, what is known of them, and how old it is, on a small office.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};

use super::known;
use super::whom::{self, FillWhom, Order};
use crate::catalog::Catalog;
use crate::testing::{Testing, day, office};

const ROSTER: &str = "姓名,性别,出生日期,联系电话,楼号,单元,室号,户号,与户主关系\n\
    章予宁,女,1946-01-01,16012345678,3,2,502,H1,户主\n\
    黎知远,男,1950-02-03,16087654321,3,2,502,H1,配偶\n\
    舒望舒,女,1988-08-08,,12,,101,H2,户主\n";

fn small() -> Testing {
    let mut testing = office();
    testing.import("resident", ROSTER);
    testing
}

fn names(testing: &Testing, condition: &str, order: Order) -> Vec<String> {
    let whom = FillWhom { condition: condition.into(), order: Some(order), ..FillWhom::default() };
    known::people(&testing.office, &whom, day()).unwrap().into_iter().map(|who| who.name).collect()
}

fn preview(testing: &mut Testing, csv: &str, more: &Value) -> Value {
    let mut request = json!({ "path": testing.sheet(csv) });
    for (key, value) in more.as_object().unwrap() {
        request[key] = value.clone();
    }
    testing.call("fill.preview", request)
}

#[test]
fn people_stand_in_the_order_that_is_asked_for() {
    let testing = small();
    assert_eq!(names(&testing, "", Order::Door), ["章予宁", "黎知远", "舒望舒"]);
    assert_eq!(names(&testing, "age >= 60", Order::Age), ["章予宁", "黎知远"]);
    assert_eq!(names(&testing, "", Order::Name), ["黎知远", "舒望舒", "章予宁"]);
    assert_eq!(known::listed_in("age > 3 and ledger:elderly and x"), Some("elderly"));
    assert_eq!(known::count(&testing.office, "", true, day()).unwrap(), 2, "two households");
}

#[test]
fn what_surely_follows_is_known_too() {
    let testing = small();
    let whom = FillWhom { condition: "name = 黎知远".into(), ..FillWhom::default() };
    let who = known::people(&testing.office, &whom, day()).unwrap().remove(0);
    let value = |field: &str| who.values.get(field).map(|known| known.value.clone());
    assert_eq!(value("household.head_name").as_deref(), Some("章予宁"));
    assert_eq!(value("person.age").as_deref(), Some("76"));
    assert_eq!(value("person.living_address").as_deref(), Some("3号楼2单元502"));
    assert_eq!(value("person.ethnicity"), None, "nothing is guessed");
}

#[test]
fn old_values_are_marked_and_steady_ones_are_not() {
    let mut testing = small();
    let form = "六十岁以上老人\n序号,姓名,出生日期,联系电话\n1,,,\n2,,,\n3,,,\n";
    let whom = json!({ "where": "age >= 60" });
    let fresh = preview(&mut testing, form, &json!({ "whom": whom }));
    assert_eq!((&fresh["stale"], &fresh["filled"], &fresh["gaps"]), (&json!(0), &json!(6), &json!(0)));
    let later = preview(&mut testing, form, &json!({ "whom": whom, "as_of": "2028-01-01" }));
    assert_eq!(later["stale"], 2, "two telephones; names and births do not grow old");
}

#[test]
fn rows_of_places_fill_forms_about_places() {
    let mut testing = office();
    testing.import("house", "楼号,单元,室号,房屋用途,产权人\n3,1,201,自住,舒望舒\n5,2,302,出租,黎知远\n");
    let form = "房屋信息登记表\n序号,楼号,室号,房屋用途,产权人\n1,,,,\n2,,,,\n3,,,,\n";
    let seen = preview(&mut testing, form, &json!({ "whom": { "where": "", "ledger": "house" } }));
    assert_eq!(seen["people"], 2, "{seen}");
    assert_eq!(seen["gaps"], 0, "{seen}");
}

#[test]
fn a_figure_is_proposed_only_where_every_word_is_understood() {
    let catalog = Catalog::load().unwrap();
    let kinds: Vec<_> = catalog.ledgers().iter().map(|kind| (kind, 0)).collect();
    let whole = |text: &str| whom::whole(text, &kinds);
    assert_eq!(whole("60周岁以上老年人").as_deref(), Some("age >= 60"));
    assert_eq!(whole("独居老人数").as_deref(), Some("living_alone"));
    assert_eq!(whole("接受助餐服务的老年人"), None);
    assert_eq!(whole("合计"), None);
}
