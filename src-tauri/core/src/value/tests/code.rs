//! Code tables: every file loads, every spelling means one word.

use crate::value::code::{CodeItem, CodeTable, CodeTables};

fn check(table: &str, input: &str, expected: Option<&str>) {
    let tables = CodeTables::load().unwrap();
    assert_eq!(tables.find(table, input).map(|item| item.title.as_str()), expected, "{table} {input:?}");
}

#[test]
fn all_tables_load_and_are_titled() {
    let tables = CodeTables::load().unwrap();
    assert!(tables.tables().count() >= 30);
    for table in tables.tables() {
        assert!(
            !table.title.is_empty() && !table.source.is_empty() && !table.items.is_empty(),
            "{}",
            table.id
        );
        for item in &table.items {
            let found = tables.find(&table.id, &item.title);
            assert_eq!(found, Some(item), "{} finds its own {}", table.id, item.title);
        }
    }
}

#[test]
fn ethnicity_takes_code_short_and_full_word() {
    for han in ["01", "1", "汉", "汉族", " 汉 族"] {
        check("ethnicity", han, Some("汉族"));
    }
    check("ethnicity", "维吾尔族", Some("维吾尔族"));
    check("ethnicity", "56", Some("基诺族"));
    check("ethnicity", "火星族", None);
    check("ethnicity", "", None);
    let tables = CodeTables::load().unwrap();
    assert_eq!(tables.table("ethnicity").unwrap().items.len(), 58);
}

#[test]
fn usual_words_find_the_standard_ones() {
    check("political_status", "党员", Some("中共党员"));
    check("political_status", "13", Some("群众"));
    check("marital_status", "离异", Some("离婚"));
    check("education", "大学本科", Some("本科"));
    check("education", "21", Some("本科"));
    check("relation", "儿子", Some("子"));
    check("relation", "户主", Some("户主"));
    check("disability_level", "二级", Some("二级"));
    check("disability_kind", "肢体", Some("肢体残疾"));
    check("residency", "户在人不在", Some("户在人不在"));
    check("residency", "人户分离", None);
    check("living_arrangement", "独居老人", Some("独居"));
    check("low_income_kind", "低保户", Some("低保"));
    check("low_income_kind", "1", None);
    check("house_use", "群租", Some("群租"));
    check("no_such_table", "1", None);
}

#[test]
fn a_spelling_with_two_meanings_is_refused() {
    let item = |code: &str, title: &str, alias: &str| CodeItem {
        code: code.to_owned(),
        title: title.to_owned(),
        short: None,
        aliases: vec![alias.to_owned()],
    };
    let table = CodeTable {
        id: "x".to_owned(),
        title: "甲".to_owned(),
        source: "乙".to_owned(),
        verified: false,
        items: vec![item("1", "红", "朱"), item("2", "赤", "朱")],
    };
    let problem = CodeTables::new(vec![table]).unwrap_err();
    assert!(problem.contains('x') && problem.contains('朱'), "{problem}");
}
