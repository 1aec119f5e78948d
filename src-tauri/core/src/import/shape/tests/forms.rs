//! Forms about one person, lists of options, figures of several offices, small tables below.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn plain(rows: &[&[&str]]) -> Sheet {
    named("表", rows)
}

fn named(name: &str, rows: &[&[&str]]) -> Sheet {
    let mut cells = GridBuilder::new(Limits::default());
    for (row, texts) in rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let number = text.parse::<f64>().ok().filter(|_| text.len() < 6);
            let cell = number.map_or(Cell::Text(text), Cell::Number);
            cells.push(row as u32, column as u32, cell).unwrap();
        }
    }
    cells.finish(name, Vec::new())
}

fn knows(text: &str) -> bool {
    const KNOWN: &[&str] = &[
        "序号",
        "姓名",
        "性别",
        "民族",
        "出生日期",
        "身份证号",
        "联系电话",
        "家庭住址",
        "文化程度",
        "与本人关系",
        "配偶",
        "照片",
        "健康状况",
        "居委会",
        "隐患类型",
        "检查日期",
        "备注",
    ];
    KNOWN.contains(&text)
}

#[test]
fn labels_that_stand_apart_make_a_form() {
    let form: &[&[&str]] = &[
        &["志愿者登记表"],
        &["姓名", "王桂兰", "性别", "女", "出生日期", "1958.10", "照片"],
        &["民族", "汉族", "文化程度", "大专", "健康状况", "良好"],
        &["身份证号", "990107195810213286", "", "", "联系电话", "16981901031"],
        &["家庭住址", "望溪花园25号401室"],
        &["本人自愿参加社区志愿服务，遵守守则。   本人签名："],
    ];
    let shape = recognise(&plain(form), &knows);
    assert_eq!((shape.kind, shape.header_rows), (Kind::PersonForm, None));
    let labels = labels(&plain(form), &knows);
    let id = labels.iter().find(|label| label.label == "身份证号").unwrap();
    assert_eq!((id.value.as_str(), id.at), ("990107195810213286", Some((3, 1))));
}

#[test]
fn a_small_table_inside_a_form_is_told() {
    let form: &[&[&str]] = &[
        &["姓名", "王桂兰", "性别", "女", "民族", "汉族"],
        &["出生日期", "1958.10", "文化程度", "大专", "健康状况", "良好"],
        &["身份证号", "990107195810213286", "联系电话", "16981901031", "家庭住址", "望溪花园"],
        &["姓名", "与本人关系", "身份证号", "健康状况", "联系电话", "备注"],
        &["李国平", "配偶", "990107195610213284", "良好", "16981901032", "无"],
        &["李玉珍", "女儿", "990107198610213288", "良好", "16981901033", "无"],
    ];
    let shape = recognise(&plain(form), &knows);
    assert_eq!(shape.kind, Kind::PersonForm);
    let tables: Vec<_> = shape.more_tables.iter().map(|table| (table.header_rows, table.data_rows)).collect();
    assert_eq!(tables, [((4, 4), Some((5, 6)))]);
}

#[test]
fn hidden_words_to_choose_from_are_no_list() {
    let options: &[&[&str]] = &[&["男", "户籍"], &["女", "居住满一年"]];
    assert_eq!(recognise(&named("选项", options), &knows).kind, Kind::Other);
    let mut hidden = named("Sheet3", options);
    hidden.hidden = true;
    assert_eq!(recognise(&hidden, &knows).kind, Kind::Other);
    let mut people = named(
        "Sheet3",
        &[&["姓名", "身份证号"], &["王桂兰", "990107195810213286"], &["李国平", "990107195610213284"]],
    );
    people.hidden = true;
    assert_eq!(recognise(&people, &knows).kind, Kind::Roster);
}

#[test]
fn counts_beside_names_of_offices_are_figures() {
    let sheet: &[&[&str]] = &[
        &["序号", "居委会", "任务数", "应种", "已种", "接种率"],
        &["1", "梅园第一", "728", "599", "497", "83.0%"],
        &["2", "梅园第二", "708", "573", "514", "89.7%"],
        &["3", "听澜", "492", "322", "271", "84.2%"],
    ];
    assert_eq!(recognise(&plain(sheet), &knows).kind, Kind::IndicatorForm);
    let people: &[&[&str]] = &[
        &["序号", "姓名", "一月", "二月", "三月", "小计"],
        &["1", "王桂兰", "180", "180", "180", "540"],
        &["2", "李国平", "180", "180", "180", "540"],
    ];
    assert_eq!(recognise(&plain(people), &knows).kind, Kind::Roster);
}

#[test]
fn a_small_summary_below_is_another_table() {
    let sheet: &[&[&str]] = &[
        &["序号", "检查日期", "隐患类型", "检查情况", "整改", "备注"],
        &["甲1", "2025.3.3", "疏散通道", "堆物", "已清理", ""],
        &["甲2", "2025.3.4", "燃气安全", "气瓶", "已清理", ""],
        &["说明：重大隐患须当日上报。"],
        &[],
        &["", "隐患分类汇总"],
        &["", "隐患类型", "数量（处）"],
        &["", "疏散通道", "5"],
        &["", "燃气安全", "3"],
    ];
    let shape = recognise(&plain(sheet), &knows);
    assert_eq!((shape.data_rows, shape.note_rows.as_slice()), (Some((2, 3)), &[4][..]));
    assert_eq!(shape.more_tables[0].header_rows, (7, 7));
    assert_eq!(shape.more_tables[0].title.as_deref(), Some("隐患分类汇总"));
}

#[test]
fn stems_may_follow_the_numbers() {
    let sheet: &[&[&str]] = &[
        &["指标", "序号", "户数", "人数", "支出", "备注"],
        &["甲", "乙", "1", "2", "3", "丙"],
        &["最低生活保障", "1", "12", "20", "3", ""],
    ];
    let shape = recognise(&plain(sheet), &knows);
    assert_eq!((shape.header_rows, shape.data_rows), (Some((1, 2)), Some((3, 3))));
}

#[test]
fn an_instruction_over_the_heading_is_a_note_and_no_meta() {
    let sheet: &[&[&str]] = &[
        &["企业岗位需求征集表"],
        &["请各居委协助转发辖区企业填写，一个岗位填一行；3月5日前发至邮箱。"],
        &["街道（镇）：澜河街道    退役军人服务站联络员：瞿卫平"],
        &["序号", "姓名", "性别", "联系电话"],
        &["1", "王桂兰", "女", "16981901031"],
    ];
    let shape = recognise(&plain(sheet), &knows);
    assert_eq!(shape.note_rows, [2]);
    let meta: Vec<(&str, &str)> = shape.meta.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(meta, [("街道（镇）", "澜河街道"), ("退役军人服务站联络员", "瞿卫平")]);
    assert_eq!(shape.title.as_deref(), Some("企业岗位需求征集表"));
}
