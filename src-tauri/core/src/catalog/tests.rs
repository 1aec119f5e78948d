//! Tests of the shipped ledger kinds and of clerk-made ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;

use super::*;
use crate::dictionary::{FieldKind, Subject, find_among};

/// Ledgers that the papers and other parts of the program name.
const NAMED: [&str; 14] = [
    "resident",
    "household",
    "household_register",
    "elderly",
    "elderly_living_alone",
    "disabled",
    "low_income",
    "veteran",
    "party_member",
    "volunteer",
    "rental_house",
    "migrant",
    "visit",
    "hazard",
];

#[test]
fn every_file_loads_and_binds() {
    let catalog = Catalog::load().unwrap();
    assert!(catalog.ledgers().len() >= 26, "only {} ledgers", catalog.ledgers().len());
    for id in NAMED {
        assert!(catalog.ledger(id).is_some(), "{id} is named elsewhere");
    }
}

#[test]
fn every_ledger_says_what_it_is_for() {
    let catalog = Catalog::load().unwrap();
    for kind in catalog.ledgers() {
        assert!(kind.line.is_some() && kind.cycle.is_some() && kind.duty.is_some(), "{}", kind.id);
        assert!(!kind.suggested_by.is_empty(), "{} is suggested by no title", kind.id);
        assert!(kind.columns.iter().any(|column| column.required), "{} requires nothing", kind.id);
    }
}

#[test]
fn ledgers_of_residents_name_the_person() {
    let catalog = Catalog::load().unwrap();
    for kind in catalog.ledgers().iter().filter(|kind| kind.subject == Subject::Resident) {
        assert!(kind.column("person.name").is_some_and(|column| column.required), "{}", kind.id);
        assert!(kind.column("person.id_number").is_some_and(|column| column.key), "{}", kind.id);
    }
}

#[test]
fn sensitive_ledgers_are_restricted() {
    let catalog = Catalog::load().unwrap();
    for id in ["correction", "resettlement", "drug", "mental", "special_family", "low_income"] {
        assert!(catalog.ledger(id).unwrap().restricted, "{id}");
    }
}

#[test]
fn groups_keep_order_and_lose_nothing() {
    let catalog = Catalog::load().unwrap();
    let groups = catalog.groups();
    let titles: Vec<&str> = groups.iter().map(|group| group.title).collect();
    assert_eq!(titles, ["人和户", "重点人群", "房屋和单位", "工作记录", "物资和财务"]);
    let counted: usize = groups.iter().map(|group| group.ledgers.len()).sum();
    assert_eq!(counted, catalog.ledgers().len());
}

#[test]
fn a_printed_ledger_finds_its_own_columns_again() {
    let catalog = Catalog::load().unwrap();
    for kind in catalog.ledgers() {
        let own = kind.own_columns();
        for column in &kind.columns {
            let path: Vec<&str> = column.group.as_deref().into_iter().chain([column.title()]).collect();
            let found = find_among(&catalog.dictionary, &path, &HashMap::new(), kind.subject, &own);
            assert_eq!(
                found.sure().map(|field| field.id.as_str()),
                Some(column.id()),
                "{} {path:?}",
                kind.id
            );
        }
    }
}

#[test]
fn a_clerks_ledger_binds() {
    let catalog = Catalog::load().unwrap();
    let text = r#"{"id":"local_1","title":"重阳慰问名单","subject":"resident","columns":[
        {"field":"person.name","title":"老人姓名"},{"field":"person.id_number","title":"身份证号"},
        {"field":"row.c1","title":"慰问金","kind":"money"},{"field":"row.c2","title":"签收","group":"领取"}]}"#;
    let local: LocalLedger = serde_json::from_str(text).unwrap();
    let kind = local.bind(&catalog.dictionary).unwrap();
    assert!(kind.local && kind.has_groups());
    assert_eq!(kind.column("person.name").unwrap().title(), "老人姓名");
    assert_eq!(kind.column("row.c1").unwrap().field.kind, FieldKind::Money);
    assert_eq!(kind.column("row.c2").unwrap().field.kind, FieldKind::Text);
    assert!(kind.column("row.c2").unwrap().is_row());
    assert_eq!(kind.key_columns().map(Column::id).collect::<Vec<_>>(), ["person.id_number"]);
}

#[test]
fn a_clerks_ledger_with_an_unknown_field_is_refused() {
    let catalog = Catalog::load().unwrap();
    let column = LocalColumn { field: "person.gone".into(), title: "没有".into(), kind: None, group: None };
    let local = LocalLedger {
        id: "local_2".into(),
        title: "旧表".into(),
        subject: Subject::Resident,
        columns: vec![column],
    };
    assert!(local.bind(&catalog.dictionary).is_err());
}

#[test]
fn a_wrong_file_says_what_is_wrong() {
    let catalog = Catalog::load().unwrap();
    let head = "id = \"x\"\ntitle = \"台账\"\ngroup = \"人和户\"\nsubject = \"resident\"\norder = 1\n";
    let cases = [
        ("[[column]]\nfield = \"person.gone\"\n", "no such field"),
        ("[[column]]\nfield = \"row.x\"\n", "needs a title"),
        ("[[column]]\nfield = \"person.name\"\n", "no key"),
        ("[[column]]\nfield = \"person.name\"\nkind = \"text\"\n", "the dictionary says"),
        ("[[column]]\nfield = \"person.name\"\n[[column]]\nfield = \"person.name\"\n", "twice"),
        ("[[column]]\nfield = \"row.x\"\ntitle = \"x\"\nkey = true\n", "not a Chinese title"),
    ];
    for (columns, part) in cases {
        let trouble = ledger_from(&format!("{head}{columns}"), &catalog.dictionary).unwrap_err();
        assert!(trouble.contains(part), "{trouble}");
    }
}
