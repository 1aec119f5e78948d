//! What a list is about, and what follows for columns that name no world of their own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn fields(columns: &[SeenColumn]) -> Vec<Option<&str>> {
    let taken = |column: &&SeenColumn| column.confidence != Ask;
    columns.iter().map(|column| Some(column).filter(taken).and_then(|c| c.field.as_deref())).collect()
}

#[test]
fn a_record_of_visits_tells_of_whom_was_visited() {
    let columns = [
        ("探访日期", "日"),
        ("独居老人姓名", "名"),
        ("老人住址", "址"),
        ("老人电话", "话"),
        ("探访方式", "上门"),
        ("处理结果", "已登记在册"),
        ("探访人", "名"),
        ("备注", "注"),
    ];
    let seen = mapped_under("独居老人探访记录", &columns);
    assert_eq!(
        fields(&seen),
        [
            Some("event.on"),
            Some("event.target_name"),
            Some("event.target_address"),
            Some("event.target_phone"),
            Some("event.visit_kind"),
            Some("event.result"),
            Some("event.handler"),
            Some("event.note"),
        ]
    );
    // The same people in a list of people are the list's own.
    let seen = mapped_under("独居老人名册", &[("老人姓名", "名"), ("老人电话", "话"), ("备注", "注")]);
    assert_eq!(fields(&seen), [Some("person.name"), Some("person.phone"), Some("person.note")]);
}

#[test]
fn a_list_of_people_takes_no_facts_of_events() {
    let seen = mapped(&[
        ("姓名", "名"),
        ("身份证号", "证"),
        ("联系电话", "话"),
        ("起始日期", "日"),
        ("来源", "微信"),
        ("慰问品", "米油"),
        ("备注", "注"),
    ]);
    assert_eq!(fields(&seen)[3..], [None, None, None, Some("person.note")]);
}

#[test]
fn columns_to_sign_are_left_out() {
    for heading in ["领取人签名", "居民签字", "签收", "本人签字（盖章）", "照片粘贴处"]
    {
        let seen = mapped(&[("姓名", "名"), ("身份证号", "证"), (heading, "")]);
        assert_eq!(short(&seen[2]), (None, How::None, Likely), "{heading}");
    }
}

#[test]
fn the_title_names_the_department() {
    let columns = [("姓名", "名"), ("身份证号", "证"), ("发放标准（元）", "360")];
    let seen = mapped_under("80周岁以上高龄老人生活津贴发放表", &columns);
    assert_eq!(fields(&seen)[2], Some("person.old_age_amount"));
    assert_eq!(fields(&mapped_under("居民名单", &columns))[2], None);
}

#[test]
fn a_relation_belongs_to_the_name_left_of_it() {
    let seen = mapped(&[
        ("学生姓名", "名"),
        ("身份证号", "证"),
        ("家长姓名", "名"),
        ("与学生关系", "母亲"),
        ("家长电话", "话"),
    ]);
    assert_eq!(
        fields(&seen),
        [
            Some("person.name"),
            Some("person.id_number"),
            Some("person.guardian_name"),
            Some("person.guardian_relation"),
            Some("person.guardian_phone"),
        ]
    );
}

#[test]
fn a_child_is_the_person_only_where_nobody_else_is() {
    let seen = mapped(&[("孩子姓名", "名"), ("孩子性别", "别"), ("家长手机号", "话")]);
    assert_eq!(fields(&seen)[..2], [Some("person.name"), Some("person.gender")]);
    let seen = mapped(&[("姓名", "名"), ("身份证号", "证"), ("孩子姓名", "名")]);
    assert_ne!(seen[2].field.as_deref(), Some("person.name"));
}

#[test]
fn a_slip_in_a_heading_is_mended_only_by_values() {
    let seen = mapped(&[("姓名", "名"), ("身份证号", "证"), ("联系电活", "话")]);
    assert_eq!(short(&seen[2]), (Some("person.phone"), How::Alias, Likely));
    assert_eq!(mapped(&[("姓名", "名"), ("联系电活", "注")])[1].confidence, Ask);
}

#[test]
fn words_of_fate_are_no_names() {
    let seen = mapped(&[("姓名", "名"), ("身份证号", "证"), ("父亲", "健在")]);
    assert_eq!(seen[2].confidence, Ask, "{:?}", seen[2]);
    let seen = mapped(&[("姓名", "王*芳"), ("性别", "别"), ("身份证号", "证")]);
    assert_eq!(seen[0].confidence, Sure, "{:?}", seen[0]);
}

#[test]
fn a_list_of_heads_tells_of_the_heads() {
    let seen = mapped(&[
        ("户主姓名", "名"),
        ("身份证号码", "证"),
        ("家庭人口", "3"),
        ("联系电话", "话"),
        ("备注", "注"),
    ]);
    assert_eq!(
        fields(&seen),
        [
            Some("household.head_name"),
            Some("household.head_id_number"),
            Some("household.member_count"),
            Some("household.head_phone"),
            Some("household.note"),
        ]
    );
    assert_ne!(seen[3].confidence, Sure);
}

#[test]
fn details_of_nobody_named_are_never_sure() {
    let seen = mapped(&[("车主姓名", "名"), ("联系电话", "话"), ("现住址", "址")]);
    assert_eq!(fields(&seen), [Some("person.name"), Some("person.phone"), Some("person.living_address")]);
    assert!(seen.iter().all(|column| column.confidence == Likely), "{seen:?}");
}

#[test]
fn a_record_is_told_by_its_first_words() {
    let seen = mapped(&[
        ("日期", "日"),
        ("消杀地点", "1号楼门厅"),
        ("消杀内容", "喷洒药水并清理杂物"),
        ("消杀人员", "名"),
    ]);
    assert_eq!(fields(&seen)[..3], [Some("event.on"), Some("event.place"), Some("event.content")]);
}

#[test]
fn a_group_of_contacts_with_a_relation_is_the_persons_kin() {
    let columns = [
        ("姓名", "名"),
        ("身份证号", "证"),
        ("联系人/姓名", "名"),
        ("联系人/关系", "儿子"),
        ("联系人/电话", "话"),
    ];
    let seen = mapped(&columns);
    assert_eq!(
        fields(&seen)[2..],
        [Some("person.emergency_contact"), Some("person.emergency_relation"), Some("person.emergency_phone")]
    );
}

#[test]
fn anothers_number_in_a_group_is_asked() {
    let seen = mapped(&[
        ("姓名", "名"),
        ("身份证号", "证"),
        ("监护人/姓名", "名"),
        ("监护人/银行卡号", "9901000000000000001"),
    ]);
    assert_eq!(seen[3].confidence, Ask, "{:?}", seen[3]);
}

#[test]
fn yes_or_no_is_no_number() {
    let seen = mapped(&[("姓名", "名"), ("身份证号", "证"), ("居住证", "有")]);
    assert_eq!(seen[2].confidence, Ask, "{:?}", seen[2]);
}
