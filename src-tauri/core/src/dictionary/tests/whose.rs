//! Tests of whose detail a heading names, and of headings as questionnaires and forms write them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;

use super::super::*;

fn found<'d>(dictionary: &'d Dictionary, heading: &str, context: Subject) -> Found<'d> {
    let path: Vec<&str> = heading.split('|').collect();
    find(dictionary, &path, &HashMap::new(), context)
}

#[test]
fn a_group_says_whose_detail_it_is() {
    let dictionary = Dictionary::load().unwrap();
    let sure = |heading: &str, context| found(&dictionary, heading, context).sure().map(|f| f.id.clone());
    for (heading, context, id) in [
        ("实际监护人|联系电话", Subject::Resident, "person.guardian_phone"),
        ("监护人情况|与患者关系", Subject::Resident, "person.guardian_relation"),
        ("学生家长|手机号码", Subject::Resident, "person.guardian_phone"),
        ("配偶情况|身份证号码", Subject::Resident, "person.spouse_id_number"),
        ("团队负责人|姓名", Subject::Organisation, "organisation.head_name"),
        ("消防安全责任人|手机", Subject::Organisation, "organisation.fire_head_phone"),
        ("产权人（出租人）|身份证号", Subject::Place, "place.owner_id_number"),
        ("专职网格员|联系电话", Subject::Place, "place.grid_worker_phone"),
        ("租赁期限|起始日期", Subject::Place, "place.lease_from"),
        ("矫正期限|终止日期", Subject::Resident, "person.correction_until"),
    ] {
        assert_eq!(sure(heading, context).as_deref(), Some(id), "{heading}");
    }
    // A longer word that ends like an owner's may be somebody else: proposed, never sure.
    let guess = found(&dictionary, "九小场所现场负责人|电话", Subject::Organisation);
    assert_eq!(
        guess.best().map(|best| (best.field.id.as_str(), best.sure)),
        Some(("organisation.head_phone", false))
    );
}

#[test]
fn other_words_for_the_person_are_told_but_never_sure() {
    let dictionary = Dictionary::load().unwrap();
    for (heading, id) in [
        ("车主姓名", "person.name"),
        ("饲养人信息|身份证", "person.id_number"),
        ("矫正对象", "person.name"),
        ("婴幼儿姓名", "person.name"),
        ("3、孩子身份证号（用于购买保险）", "person.id_number"),
        ("儿童基本情况|出生年月日", "person.birth_on"),
        ("受种者联系电话", "person.phone"),
    ] {
        assert_eq!(
            found(&dictionary, heading, Subject::Resident).own.map(|f| f.id.as_str()),
            Some(id),
            "{heading}"
        );
    }
    for heading in ["犬只信息|性别", "监护人|姓名", "对象类别", "居民签字", "家长姓名"]
    {
        assert_eq!(found(&dictionary, heading, Subject::Resident).own.map(|f| &f.id), None, "{heading}");
    }
    assert_eq!(found(&dictionary, "车主姓名", Subject::Resident).sure().map(|f| &f.id), None);
}

#[test]
fn numbers_marks_and_instructions_around_a_heading_say_nothing() {
    let dictionary = Dictionary::load().unwrap();
    for heading in
        ["*姓名", "1、姓名", "第2题：姓名", "Q3.姓名", "姓名？", "姓名（与身份证一致）", "姓名【请如实填写】"]
    {
        assert_eq!(
            found(&dictionary, heading, Subject::Resident).sure().map(|f| f.id.as_str()),
            Some("person.name"),
            "{heading}"
        );
    }
    for (heading, id) in [
        ("性别（男、女）", "person.gender"),
        ("疫苗接种情况（已接种/未接种）", "person.vaccine_state"),
        ("残疾等级（一级/二级/三级/四级）", "person.disability_level"),
        ("户籍地址（以户口簿为准）", "person.registered_address"),
    ] {
        assert_eq!(
            found(&dictionary, heading, Subject::Resident).sure().map(|f| f.id.as_str()),
            Some(id),
            "{heading}"
        );
    }
}

#[test]
fn some_notes_change_what_is_meant() {
    let dictionary = Dictionary::load().unwrap();
    // What somebody was once is not what he is; yes or no is not the number.
    for heading in ["（原）工作单位及职务", "居住证号（有/无）", "（拟）就读学校"] {
        assert_eq!(found(&dictionary, heading, Subject::Resident).sure().map(|f| &f.id), None, "{heading}");
    }
}

#[test]
fn an_amount_takes_the_name_of_its_group() {
    let dictionary = Dictionary::load().unwrap();
    let best = |heading: &str| {
        found(&dictionary, heading, Subject::Resident).best().map(|best| best.field.id.clone())
    };
    assert_eq!(
        best("两项补贴发放情况|重度残疾人护理补贴|金额（元）").as_deref(),
        Some("person.disability_care_allowance")
    );
    assert_eq!(best("两项补贴发放情况|合计（元）").as_deref(), Some("person.disability_allowance"));
    assert_eq!(best("采购情况|金额").as_deref(), Some("event.amount"));
}

#[test]
fn one_slip_of_the_pen_is_found() {
    let dictionary = Dictionary::load().unwrap();
    let ids = |text: &str| dictionary.alike(text).iter().map(|f| f.id.clone()).collect::<Vec<_>>();
    assert!(ids("户主电活").contains(&"household.head_phone".to_owned()));
    assert!(ids("身份征号").contains(&"person.id_number".to_owned()));
    assert!(ids("联系话电").contains(&"person.phone".to_owned()));
    // Whose it is may not be guessed, and two characters make no word.
    assert!(!ids("祖亲电话").contains(&"person.father_phone".to_owned()));
    assert!(ids("姓明").is_empty());
}

#[test]
fn words_that_name_fields_must_exist() {
    let dictionary = Dictionary::load().unwrap();
    let mut words = dictionary.words().clone();
    words.owners[0].fields.insert("name".to_owned(), "person.nobody".to_owned());
    let trouble = Dictionary::from_fields(dictionary.fields().to_vec(), words).unwrap_err();
    assert!(trouble.contains("person.nobody"), "{trouble}");
}
