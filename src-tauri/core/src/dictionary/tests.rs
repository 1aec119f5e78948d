//! Tests of the dictionary and of heading matching.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{HashMap, HashSet};

mod whose;

use super::*;

/// The field ids that other programs rely on (`design/cli.md`).
const CONTRACT: [&str; 34] = [
    "person.name",
    "person.id_number",
    "person.gender",
    "person.birth_on",
    "person.age",
    "person.ethnicity",
    "person.phone",
    "person.living_address",
    "person.registered_address",
    "person.native_place",
    "person.education",
    "person.political_status",
    "person.marital_status",
    "person.occupation",
    "person.employer",
    "person.residency",
    "person.living_arrangement",
    "person.disability_kind",
    "person.disability_level",
    "person.disability_certificate",
    "person.low_income_kind",
    "person.veteran",
    "person.chronic_illness",
    "person.emergency_contact",
    "person.emergency_phone",
    "volunteer.number",
    "volunteer.registered_on",
    "household.number",
    "household.head_name",
    "household.relation_to_head",
    "place.building",
    "place.unit",
    "place.room",
    "place.grid",
];

/// Headings met in superiors' sheets of residents that leave no doubt.
const SURE: &[(&str, &str)] = &[
    ("姓名", "person.name"),
    ("姓 名", "person.name"),
    ("姓　名", "person.name"),
    ("1.姓名", "person.name"),
    ("*姓名", "person.name"),
    ("姓名（必填）", "person.name"),
    ("居民姓名", "person.name"),
    ("个人基本信息|姓名", "person.name"),
    ("性别", "person.gender"),
    ("性别（男/女）", "person.gender"),
    ("身份证号", "person.id_number"),
    ("身份证号码", "person.id_number"),
    ("身份证号（18位）", "person.id_number"),
    ("公民身份号码", "person.id_number"),
    ("居民身份证号码", "person.id_number"),
    ("身份证\n号码", "person.id_number"),
    ("身份证号码：", "person.id_number"),
    ("二、身份证号码", "person.id_number"),
    ("（一）身份证号", "person.id_number"),
    ("①身份证号", "person.id_number"),
    ("出生年月", "person.birth_on"),
    ("出生日期（年月日）", "person.birth_on"),
    ("出生年月日", "person.birth_on"),
    ("年龄", "person.age"),
    ("年龄（周岁）", "person.age"),
    ("民族", "person.ethnicity"),
    ("籍贯", "person.native_place"),
    ("文化程度", "person.education"),
    ("学历", "person.education"),
    ("政治面貌", "person.political_status"),
    ("婚姻状况", "person.marital_status"),
    ("婚姻情况", "person.marital_status"),
    ("工作单位", "person.employer"),
    ("工作单位及职务", "person.employer"),
    ("职业", "person.occupation"),
    ("联系电话", "person.phone"),
    ("手机号码", "person.phone"),
    ("联系方式", "person.phone"),
    ("移动电话", "person.phone"),
    ("本人电话", "person.phone"),
    ("联系方式|手机", "person.phone"),
    ("联系方式|固定电话", "person.landline"),
    ("现住址", "person.living_address"),
    ("居住地址", "person.living_address"),
    ("家庭住址", "person.living_address"),
    ("实际居住地址", "person.living_address"),
    ("家庭住址（详细到门牌号）", "person.living_address"),
    ("户籍地址", "person.registered_address"),
    ("户口所在地", "person.registered_address"),
    ("户籍所在地", "person.registered_address"),
    ("户籍地|详细地址", "person.registered_address"),
    ("户籍|地址", "person.registered_address"),
    ("是否人户一致", "person.residency"),
    ("户号", "household.number"),
    ("户主姓名", "household.head_name"),
    ("户主", "household.head_name"),
    ("户主|姓名", "household.head_name"),
    ("户主信息|身份证号码", "household.head_id_number"),
    ("户主|联系电话", "household.head_phone"),
    ("与户主关系", "household.relation_to_head"),
    ("与户主的关系", "household.relation_to_head"),
    ("家庭人口数", "household.member_count"),
    ("楼号", "place.building"),
    ("居住情况|楼号", "place.building"),
    ("居住地址|室号", "place.room"),
    ("单元", "place.unit"),
    ("房号", "place.room"),
    ("所属网格", "place.grid"),
    ("小区名称", "place.estate"),
    ("紧急联系人", "person.emergency_contact"),
    ("紧急联系人|姓名", "person.emergency_contact"),
    ("紧急联系人|电话", "person.emergency_phone"),
    ("紧急联系人|手机", "person.emergency_phone"),
    ("紧急联系人（姓名）", "person.emergency_contact"),
    ("紧急联系人电话", "person.emergency_phone"),
    ("紧急联系人|与老人关系", "person.emergency_relation"),
    ("监护人|姓名", "person.guardian_name"),
    ("监护人|手机号码", "person.guardian_phone"),
    ("监护人联系电话", "person.guardian_phone"),
    ("配偶|身份证号", "person.spouse_id_number"),
    ("子女|联系电话", "person.child_phone"),
    ("结对志愿者|姓名", "person.paired_name"),
    ("残疾证号", "person.disability_certificate"),
    ("残疾情况|类别", "person.disability_kind"),
    ("残疾情况|等级", "person.disability_level"),
    ("残疾类别", "person.disability_kind"),
    ("残疾等级", "person.disability_level"),
    ("低保类别", "person.low_income_kind"),
    ("月救助金额（元）", "person.aid_amount"),
    ("是否退役军人", "person.veteran"),
    ("入伍时间", "person.enlisted_on"),
    ("慢性病情况", "person.chronic_illness"),
    ("居住状况", "person.living_arrangement"),
    ("生活自理能力", "person.self_care"),
    ("志愿者编号", "volunteer.number"),
    ("志愿者注册时间", "volunteer.registered_on"),
    ("累计服务时长（小时）", "volunteer.hours"),
    ("入党时间", "person.party_joined_on"),
    ("所在党支部", "person.party_branch"),
    ("居住证号", "person.residence_permit"),
    ("来沪日期", "person.arrived_on"),
    ("房东|联系电话", "person.landlord_phone"),
    ("银行卡号", "person.bank_account"),
    ("建筑面积（㎡）", "place.area"),
    ("姓名（户主）", "household.head_name"),
    ("电话（监护人）", "person.guardian_phone"),
    ("地址（户籍）", "person.registered_address"),
    ("现住楼号", "place.building"),
    ("紧急联系人信息|联系电话", "person.emergency_phone"),
    ("户籍信息|户籍地址", "person.registered_address"),
    ("老人情况|联系电话", "person.phone"),
    ("居住证信息|证号", "person.residence_permit"),
    ("每月补贴（元）|重度残疾人护理补贴", "person.disability_care_allowance"),
];

/// Headings that may mean several things or somebody else: never sure.
const UNSURE: &[&str] = &[
    "备注",
    "ID",
    "成员姓名",
    "家庭成员|姓名",
    "家属电话",
    "居住情况",
    "说明",
    "地址",
    "联系人",
    "联系人|姓名",
    "联系人|手机",
    "联系人电话",
    "类别",
    "类型",
    "关系",
    "日期",
    "名称",
    "单位",
    "人数",
    "面积",
    "证件号码",
    "户籍",
    "门牌号",
    "是否党员",
    "是否独居",
    "残疾",
    "残疾人姓名",
    "申请人姓名",
    "姓名（签名）",
    "年龄（户主）",
    "电话（单位）",
    "监护人|民族",
    "监护人|年龄",
    "户主|年龄",
    "配偶|民族",
    "父亲|身份证号",
    "父亲|就业状况",
    "户籍地址|楼号",
    "户籍地|室号",
    "死者|姓名",
    "学校|电话",
    "志愿者情况|姓名",
    "联系电话1",
    "工作单位|电话",
    "走访人|联系电话",
    "经办人|姓名",
    "第三方|姓名",
    "统一社会信用代码",
    "隐患类型",
];

fn path(heading: &str) -> Vec<&str> {
    heading.split('|').collect()
}

fn found<'d>(dictionary: &'d Dictionary, heading: &str, context: Subject) -> Found<'d> {
    find(dictionary, &path(heading), &HashMap::new(), context)
}

#[test]
fn holds_the_contract_and_more() {
    let dictionary = Dictionary::load().unwrap();
    for id in CONTRACT {
        assert!(dictionary.get(id).is_some(), "{id} is part of the contract");
    }
    assert!(dictionary.fields().len() >= 170, "only {} fields", dictionary.fields().len());
}

#[test]
fn every_field_is_complete() {
    let dictionary = Dictionary::load().unwrap();
    for field in dictionary.fields() {
        assert!(!field.formats.is_empty() && field.width > 0, "{} is not completed", field.id);
        assert!(field.id.contains('.'), "{} has no prefix", field.id);
        let names: HashSet<&String> = field.aliases.iter().collect();
        assert_eq!(names.len(), field.aliases.len(), "{} repeats an alias", field.id);
    }
    let grouped: usize = dictionary.groups().iter().map(|group| group.fields.len()).sum();
    assert_eq!(grouped, dictionary.fields().len(), "every field stands in one group");
}

#[test]
fn sensitive_persons_facts_are_marked() {
    let dictionary = Dictionary::load().unwrap();
    for id in ["person.bank_account", "person.chronic_illness", "person.disability_kind", "person.religion"] {
        assert_eq!(dictionary.get(id).unwrap().sensitive, Sensitivity::Sensitive, "{id}");
    }
    for field in dictionary.fields() {
        if matches!(field.kind, FieldKind::IdNumber | FieldKind::DisabilityCertificate) {
            assert!(field.sensitive >= Sensitivity::Personal, "{} must not be plain", field.id);
        }
    }
}

#[test]
fn a_name_never_surely_means_two_fields_of_a_subject() {
    let dictionary = Dictionary::load().unwrap();
    let mut seen: HashMap<(Subject, String), &str> = HashMap::new();
    for field in dictionary.fields() {
        let loose: HashSet<String> = field.loose.iter().map(|name| normal_path(name)).collect();
        let own: HashSet<String> = std::iter::once(&field.title)
            .chain(&field.aliases)
            .map(|name| normal_path(name))
            .filter(|name| !loose.contains(name))
            .collect();
        for name in own {
            let other = seen.insert((field.subject, name.clone()), &field.id);
            assert_eq!(other, None, "{name} also means {}", field.id);
        }
    }
}

#[test]
fn two_fields_may_not_share_a_name() {
    let dictionary = Dictionary::load().unwrap();
    let mut fields = dictionary.fields().to_vec();
    fields[1].aliases.push("联系电话".to_owned());
    let trouble = Dictionary::from_fields(fields, Words::default()).unwrap_err();
    assert!(trouble.contains("联系电话"), "{trouble}");
}

#[test]
fn plain_headings_are_sure() {
    let dictionary = Dictionary::load().unwrap();
    let mut wrong = Vec::new();
    for (heading, field) in SURE {
        let found = found(&dictionary, heading, Subject::Resident);
        if found.sure().map(|field| field.id.as_str()) != Some(*field) {
            wrong.push(format!("{heading} -> {:?}", found.best().map(|c| (&c.field.id, c.sure))));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn doubtful_headings_are_never_sure() {
    let dictionary = Dictionary::load().unwrap();
    for heading in UNSURE {
        let found = found(&dictionary, heading, Subject::Resident);
        assert_eq!(found.sure().map(|field| &field.id), None, "{heading}");
    }
}

#[test]
fn anothers_telephone_is_never_the_residents() {
    let dictionary = Dictionary::load().unwrap();
    for upper in ["紧急联系人", "监护人", "户主", "配偶", "房东", "结对人", "负责人", "网格员"]
    {
        for lower in ["手机", "联系电话", "电话", "手机号码"] {
            let found = found(&dictionary, &format!("{upper}|{lower}"), Subject::Resident);
            assert!(found.candidates.iter().all(|c| c.field.id != "person.phone"), "{upper}/{lower}");
        }
    }
}

#[test]
fn doubtful_headings_still_propose() {
    let dictionary = Dictionary::load().unwrap();
    let ids = |heading: &str| -> Vec<String> {
        found(&dictionary, heading, Subject::Resident).candidates.iter().map(|c| c.field.id.clone()).collect()
    };
    assert!(ids("联系人|手机").contains(&"person.phone".to_owned()));
    assert!(ids("联系人|手机").contains(&"person.emergency_phone".to_owned()));
    assert_eq!(ids("残疾人姓名").first().map(String::as_str), Some("person.name"));
    assert!(ids("地址").len() > 1);
    assert_eq!(ids("隐患类型"), ["event.hazard_kind"]);
    assert!(ids("天外来物").is_empty());
}

#[test]
fn the_context_decides_whose_telephone() {
    let dictionary = Dictionary::load().unwrap();
    let sure = |heading: &str, context| found(&dictionary, heading, context).sure().map(|f| f.id.clone());
    assert_eq!(sure("负责人|电话", Subject::Organisation).as_deref(), Some("organisation.head_phone"));
    assert_eq!(sure("单位名称", Subject::Organisation).as_deref(), Some("organisation.name"));
    assert_eq!(sure("走访日期", Subject::Event).as_deref(), Some("event.on"));
    assert_eq!(sure("产权人|联系电话", Subject::Place).as_deref(), Some("place.owner_phone"));
    assert_eq!(sure("户主|姓名", Subject::Household).as_deref(), Some("household.head_name"));
}

#[test]
fn the_ledgers_own_columns_decide() {
    let dictionary = Dictionary::load().unwrap();
    let mut note = dictionary.get("event.note").unwrap().clone();
    note.title = "备注".to_owned();
    let phone = dictionary.get("person.emergency_phone").unwrap();
    let own = [OwnColumn { group: None, field: &note }, OwnColumn { group: Some("联络"), field: phone }];
    let find = |heading: &str| find_among(&dictionary, &path(heading), &HashMap::new(), Subject::Event, &own);
    assert_eq!(find("备注").sure().unwrap().id, "event.note");
    assert_eq!(find("联系人|手机").sure().unwrap().id, "person.emergency_phone");
    assert_eq!(find("户主|备注").sure().map(|field| &field.id), None);
}

#[test]
fn what_a_clerk_taught_comes_first() {
    let dictionary = Dictionary::load().unwrap();
    let learned = remember::lookup([
        remember::Learned::new(&["联系人", "手机"], "person.phone"),
        remember::Learned::new(&["老伯伯大名"], "person.name"),
        remember::Learned::new(&["没有这样的栏目"], "person.gone"),
    ]);
    let find = |path: &[&str]| find(&dictionary, path, &learned, Subject::Resident);
    let phone = find(&["联系人", " 手 机："]);
    assert_eq!((phone.sure().unwrap().id.as_str(), phone.how()), ("person.phone", How::Remembered));
    assert_eq!(find(&["老伯伯大名"]).sure().unwrap().id, "person.name");
    assert_eq!(find(&["没有这样的栏目"]).how(), How::None);
}

#[test]
fn row_numbers_hold_no_value() {
    let dictionary = Dictionary::load().unwrap();
    for heading in ["序号", "序 号", "No.", "№"] {
        assert!(found(&dictionary, heading, Subject::Resident).serial, "{heading}");
    }
    assert!(found(&dictionary, "", Subject::Resident).candidates.is_empty());
}

#[test]
fn heading_words_are_known() {
    let dictionary = Dictionary::load().unwrap();
    for text in ["姓 名", "1.身份证号码：", "备注", "序号", "联系电话（手机）", "紧急联系人/电话"]
    {
        assert!(dictionary.knows(text), "{text}");
    }
    for text in ["曹大山", "2026年高龄老人花名册", "13800000000", ""] {
        assert!(!dictionary.knows(text), "{text}");
    }
}

#[test]
fn every_title_and_alias_leads_back_to_its_field() {
    let dictionary = Dictionary::load().unwrap();
    for field in dictionary.fields() {
        for name in std::iter::once(&field.title).chain(&field.aliases) {
            let path: Vec<&str> = name.split('/').collect();
            let found = find(&dictionary, &path, &HashMap::new(), field.subject);
            let led = found.candidates.iter().any(|candidate| candidate.field.id == field.id);
            assert!(led, "{name} does not lead to {}", field.id);
        }
    }
}

/// Ways clerks write the headings of the fields that everybody asks for; `|` parts two levels.
const VARIANTS: &[(&str, &str)] = &[
    ("姓名（必填）", "person.name"),
    ("老年人姓名", "person.name"),
    ("被访老人姓名", "person.name"),
    ("学员姓名", "person.name"),
    ("项目姓名", "person.name"),
    ("姓名\\项目", "person.name"),
    ("身份证号码（18位）", "person.id_number"),
    ("居民身份证号码", "person.id_number"),
    ("学生情况|身份证号", "person.id_number"),
    ("性别（男/女）", "person.gender"),
    ("出生年月（到月）", "person.birth_on"),
    ("出生年月日", "person.birth_on"),
    ("年龄（周岁）", "person.age"),
    ("民族成份", "person.ethnicity"),
    ("手机/座机", "person.phone"),
    ("联系电话（手机）", "person.phone"),
    ("移动电话号码", "person.phone"),
    ("本人手机号码", "person.phone"),
    ("实际居住地详细地址", "person.living_address"),
    ("现居住地址（详细到门牌号）", "person.living_address"),
    ("户口所在", "person.registered_address"),
    ("户籍地|详细地址", "person.registered_address"),
    ("籍贯（省市）", "person.native_place"),
    ("文化程度（学历）", "person.education"),
    ("政治面目", "person.political_status"),
    ("工作单位（学校）", "person.employer"),
    ("家庭居住情况", "person.living_arrangement"),
    ("残疾证号（20位）", "person.disability_certificate"),
    ("残疾情况|等级", "person.disability_level"),
    ("享受低保类别", "person.low_income_kind"),
    ("是否退役", "person.veteran"),
    ("既往慢性病", "person.chronic_illness"),
    ("紧急联系人|手机号", "person.emergency_phone"),
    ("紧急联系人信息|手机号码", "person.emergency_phone"),
    ("紧急情况联系人", "person.emergency_contact"),
    ("监护人手机号码", "person.guardian_phone"),
    ("家长情况|手机", "person.guardian_phone"),
    ("配偶信息|身份证号码", "person.spouse_id_number"),
    ("户主身份证", "household.head_id_number"),
    ("户主信息|手机号", "household.head_phone"),
    ("与户主之间的关系", "household.relation_to_head"),
    ("志愿者注册码", "volunteer.number"),
    ("注册志愿者日期", "volunteer.registered_on"),
    ("楼栋编号", "place.building"),
    ("房屋坐落|几单元", "place.unit"),
    ("房间号码", "place.room"),
    ("所属网格名称", "place.grid"),
    ("房东手机号码", "person.landlord_phone"),
    ("承租人|手机号码", "place.tenant_phone"),
];

#[test]
fn what_clerks_write_leads_to_the_field() {
    let dictionary = Dictionary::load().unwrap();
    let mut wrong = Vec::new();
    for (heading, field) in VARIANTS {
        let found = found(&dictionary, heading, Subject::Resident);
        if found.best().map(|best| best.field.id.as_str()) != Some(*field) {
            wrong.push(format!("{heading} -> {:?}", found.best().map(|c| (&c.field.id, c.sure))));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_usual_word_never_takes_the_place_of_what_is_said() {
    let dictionary = Dictionary::load().unwrap();
    // 紧急联系方式 may be a name or a number: the usual word 紧急电话 must not make it sure.
    for heading in ["紧急联系方式", "联系人手机号码", "单位手机", "领导手机号码"] {
        assert_eq!(
            found(&dictionary, heading, Subject::Resident).sure().map(|field| &field.id),
            None,
            "{heading}"
        );
    }
}
