//! Shapes copied from what offices receive, with the truth beside each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::import::guard::Limits;
use crate::import::read::area;
use crate::import::sheet::GridBuilder;

mod forms;

const KNOWN: &[&str] = &[
    "序号",
    "姓名",
    "性别",
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "联系电话",
    "手机",
    "电话",
    "联系方式",
    "住址",
    "现住址",
    "居住地址",
    "户籍地址",
    "出生日期",
    "出生年月",
    "民族",
    "年龄",
    "备注",
    "残疾类别",
    "残疾等级",
    "等级",
    "政治面貌",
    "文化程度",
    "学历",
    "关系",
    "与户主关系",
    "户主",
    "户主姓名",
    "楼栋",
    "室号",
    "工作单位",
    "籍贯",
    "婚姻状况",
    "职业",
    "结对志愿者",
    "最近走访",
];

fn known(text: &str) -> bool {
    KNOWN.contains(&text)
}

/// A sheet from lines of cells parted by `|`; digits are numbers unless a `'` stands before.
fn sheet(lines: &[&str], merges: &[&str]) -> Sheet {
    let mut cells = GridBuilder::new(Limits::default());
    for (row, line) in lines.iter().enumerate() {
        let row = row as u32;
        if *line == "~" {
            cells.note_blank(row);
            continue;
        }
        for (column, text) in line.split('|').enumerate() {
            let cell = match (text.strip_prefix('\''), text.trim().parse::<f64>()) {
                (Some(text), _) => Cell::Text(text),
                (None, Ok(number)) if text.len() < 12 => Cell::Number(number),
                (None, _) => Cell::Text(text),
            };
            cells.push(row, column as u32, cell).unwrap();
        }
    }
    cells.finish("表", merges.iter().map(|area_text| area(area_text).unwrap()).collect())
}

fn seen(lines: &[&str], merges: &[&str]) -> (Sheet, Shape) {
    let sheet = sheet(lines, merges);
    let shape = recognise(&sheet, &known);
    (sheet, shape)
}

fn headings(shape: &Shape) -> Vec<&str> {
    shape.columns.iter().map(|column| column.heading.as_str()).collect()
}

const P1: &str = "990102194203152428";
const P2: &str = "990102195107081711";

fn people(from: usize, count: usize) -> Vec<String> {
    (from..from + count)
        .map(|n| {
            format!("{n}|王桂兰{n}|女|'9901021942031524{:02}|3号楼{n}02室|138000000{:02}", n % 100, n % 100)
        })
        .collect()
}

const SIX: &str = "序号|姓名|性别|身份证号|住址|联系电话";

fn with_people(before: &[&str], count: usize, after: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = before.iter().map(|line| (*line).to_owned()).collect();
    lines.extend(people(1, count));
    lines.extend(after.iter().map(|line| (*line).to_owned()));
    lines
}

fn seen_people(before: &[&str], count: usize, after: &[&str], merges: &[&str]) -> (Sheet, Shape) {
    let lines = with_people(before, count, after);
    seen(&lines.iter().map(String::as_str).collect::<Vec<_>>(), merges)
}

#[test]
fn plain_table_at_the_top() {
    let (_, shape) = seen_people(&[SIX], 5, &[], &[]);
    assert_eq!((shape.kind, shape.header_rows, shape.data_rows), (Kind::Roster, Some((1, 1)), Some((2, 6))));
    assert_eq!(shape.columns.len(), 6);
    assert_eq!(shape.title, None);
}

#[test]
fn title_meta_and_two_levels_as_in_the_picture() {
    let (sheet, shape) = seen(
        &[
            "梅园居民区残疾人两项补贴复核名单",
            "填报单位：街道残联　　　　　　　填报日期：2026年11月18日",
            "序号|姓名|性别|公民身份号码|现住址|联系方式|残疾情况||补贴起始月",
            "||||||残疾类别|等级",
            &format!("1|王桂兰|女|'{P1}|3号楼502室|13800006621|肢体|二级|2025.3"),
            &format!("2|李国平|男|'{P2}|7号楼1单元301|13900000417|视力|一级|2024年11月"),
            "合计|2人",
        ],
        &["A1:I1", "A2:I2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:H3", "I3:I4", "B7:I7"],
    );
    assert_eq!(shape.title.as_deref(), Some("梅园居民区残疾人两项补贴复核名单"));
    assert_eq!(
        shape.meta,
        [("填报单位".into(), "街道残联".into()), ("填报日期".to_owned(), "2026年11月18日".to_owned())]
    );
    assert_eq!(
        (shape.header_rows, shape.data_rows, shape.total_rows.as_slice()),
        (Some((3, 4)), Some((5, 6)), &[7][..])
    );
    assert_eq!(
        headings(&shape),
        [
            "序号",
            "姓名",
            "性别",
            "公民身份号码",
            "现住址",
            "联系方式",
            "残疾情况/残疾类别",
            "残疾情况/等级",
            "补贴起始月"
        ]
    );
    assert_eq!(shape.columns[6].levels, ["残疾情况", "残疾类别"]);
    let zones: Vec<Zone> = (1..=8).map(|row| shape.zone(row)).collect();
    use Zone::{Blank, Data, Header, Meta, Title, Total};
    assert_eq!(zones, [Title, Meta, Header, Header, Data, Data, Total, Blank]);
    assert_eq!(shape.data_lines(&sheet), [5, 6]);
    assert!(shape.problems.is_empty(), "{:?}", shape.problems);
}

#[test]
fn same_words_under_two_groups_stay_apart() {
    let (_, shape) = seen(
        &[
            "楼栋|联系人||负责人|",
            "|姓名|手机|姓名|手机",
            "1号楼|赵一|13800000001|钱二|13800000002",
            "2号楼|孙三|13800000003|李四|13800000004",
        ],
        &["A1:A2", "B1:C1", "D1:E1"],
    );
    assert_eq!(headings(&shape), ["楼栋", "联系人/姓名", "联系人/手机", "负责人/姓名", "负责人/手机"]);
    assert_eq!((shape.header_rows, shape.data_rows), (Some((1, 2)), Some((3, 4))));
}

#[test]
fn groups_that_are_set_without_merging() {
    let (_, shape) = seen(
        &[
            "序号|姓名|联系方式|||备注",
            "||手机|电话|住址|",
            "1|赵一|13800000001|'55512345|3号楼502室|",
            "2|钱二|13800000002|'55512346|3号楼503室|低保",
        ],
        &[],
    );
    assert_eq!(headings(&shape), ["序号", "姓名", "联系方式/手机", "联系方式/电话", "联系方式/住址", "备注"]);
    assert_eq!(shape.data_rows, Some((3, 4)));
}

#[test]
fn three_levels() {
    let (_, shape) = seen(
        &[
            "2026年独居老人走访情况表",
            "序号|基本情况||||走访情况",
            "|姓名|性别|联系方式||最近走访",
            "|||手机|住址|",
            "1|赵一|男|13800000001|3号楼502室|2026-11-01",
            "2|钱二|女|13800000002|3号楼503室|2026-11-02",
        ],
        &["A1:F1", "A2:A4", "B2:E2", "B3:B4", "C3:C4", "D3:E3", "F3:F4"],
    );
    assert_eq!(shape.header_rows, Some((2, 4)));
    assert_eq!(
        headings(&shape),
        [
            "序号",
            "基本情况/姓名",
            "基本情况/性别",
            "基本情况/联系方式/手机",
            "基本情况/联系方式/住址",
            "走访情况/最近走访"
        ]
    );
    assert_eq!(shape.data_rows, Some((5, 6)));
}

#[test]
fn group_row_above_only_some_columns() {
    let (_, shape) = seen(
        &[
            "|||残疾情况||",
            "序号|姓名|性别|残疾类别|残疾等级|备注",
            "1|赵一|男|肢体|二级|",
            "2|钱二|女|视力|一级|",
        ],
        &["D1:E1"],
    );
    assert_eq!(shape.header_rows, Some((1, 2)));
    assert_eq!(headings(&shape)[3], "残疾情况/残疾类别");
}

#[test]
fn enclosure_title_meta_and_note_above() {
    let (_, shape) = seen_people(
        &[
            "附件2",
            "高龄老人花名册",
            "填表说明：每季度末报送，身份证号用文本格式填写",
            "填报单位（盖章）：||填表人：|赵一|填表日期：|2026.11.1",
            SIX,
        ],
        3,
        &["审核人：||负责人：", "注：本表一式两份。"],
        &["A2:F2", "A3:F3", "A10:F10"],
    );
    assert_eq!(shape.title.as_deref(), Some("高龄老人花名册"));
    assert_eq!((shape.header_rows, shape.data_rows), (Some((5, 5)), Some((6, 8))));
    assert_eq!(shape.note_rows, [3, 9, 10]);
    assert!(shape.meta.contains(&("填表人".into(), "赵一".into())), "{:?}", shape.meta);
    assert!(shape.meta.contains(&("填表日期".into(), "2026.11.1".into())), "{:?}", shape.meta);
}

#[test]
fn column_numbers_belong_to_the_heading_and_name_nothing() {
    let (sheet, shape) = seen_people(&[SIX, "甲|乙|1|2|3|4"], 3, &[], &[]);
    assert_eq!((shape.kind, shape.header_rows, shape.data_rows), (Kind::Roster, Some((1, 2)), Some((3, 5))));
    assert_eq!((shape.zone(2), shape.data_lines(&sheet).len()), (Zone::Header, 3));
    assert_eq!(headings(&shape), SIX.split('|').collect::<Vec<_>>());
    let told = with_header(&sheet, (1, 2), None, &known);
    assert_eq!((told.header_rows, told.columns), (shape.header_rows, shape.columns));
}

#[test]
fn heading_repeated_on_each_printed_page() {
    let mut lines = vec!["独居老人名单".to_owned(), SIX.to_owned()];
    lines.extend(people(1, 3));
    lines.extend(["第1页 共2页".to_owned(), "独居老人名单".to_owned(), SIX.to_owned()]);
    lines.extend(people(4, 3));
    let (sheet, shape) = seen(&lines.iter().map(String::as_str).collect::<Vec<_>>(), &["A1:F1", "A7:F7"]);
    assert_eq!((shape.header_rows, shape.data_rows), (Some((2, 2)), Some((3, 11))));
    assert_eq!(shape.data_lines(&sheet), [3, 4, 5, 9, 10, 11]);
    assert_eq!(shape.repeated_rows, [8]);
}

#[test]
fn totals_at_the_end_in_the_middle_and_at_the_top() {
    let (sheet, shape) = seen_people(&[SIX], 3, &["合 计|||3人"], &[]);
    assert_eq!((shape.data_rows, shape.total_rows.as_slice()), (Some((2, 4)), &[5][..]));
    assert!(shape.problems.is_empty());
    assert_eq!(shape.data_lines(&sheet).len(), 3);

    let lines = [
        "楼栋|户数|人数",
        "1号楼|10|30",
        "2号楼|12|31",
        "小计|22|61",
        "3号楼|9|20",
        "小计|9|20",
        "总计|31|81",
    ];
    let (sheet, shape) = seen(&lines, &[]);
    assert_eq!(shape.total_rows, [4, 6, 7]);
    assert_eq!(shape.data_lines(&sheet), [2, 3, 5]);
    assert!(shape.problems.is_empty(), "{:?}", shape.problems);

    let (_, shape) = seen(&["楼栋|户数|人数", "合计|22|61", "1号楼|10|30", "2号楼|12|31"], &[]);
    assert_eq!((shape.total_rows.as_slice(), shape.data_rows), (&[2][..], Some((3, 4))));
    assert!(shape.problems.is_empty(), "{:?}", shape.problems);
}

#[test]
fn totals_that_do_not_fit_are_told() {
    for last in ["合计|128人", "共计：128人", "合计|128", "总计128人"] {
        let (_, shape) = seen_people(&[SIX], 127, &[last], &[]);
        assert_eq!(shape.data_rows, Some((2, 128)), "{last}");
        let told: Vec<&str> = shape.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(told, ["合计 128 与明细 127 不符。"], "{last}");
        assert_eq!((shape.problems[0].code, shape.problems[0].row), ("total_mismatch", 129));
    }
    let (_, shape) = seen(&["楼栋|户数|人数", "1号楼|10|30", "2号楼|12|31", "合计|22|62"], &[]);
    assert_eq!(shape.problems[0].message, "合计 62 与明细 61 不符。");
    assert_eq!(shape.problems[0].column.as_deref(), Some("C"));
}

#[test]
fn notes_and_signatures_below() {
    let (_, shape) = seen_people(
        &["志愿者花名册", "", SIX],
        4,
        &[
            "",
            "备注：请于每月25日前报送。",
            "单位负责人：|||填表人：||联系电话：13800000000",
            "|||||2026年11月18日",
        ],
        &["A1:F1"],
    );
    assert_eq!((shape.header_rows, shape.data_rows), (Some((3, 3)), Some((4, 7))));
    assert_eq!(shape.note_rows, [9, 10, 11]);
}

#[test]
fn a_blank_form_with_numbered_slots() {
    let (sheet, shape) = seen(&["退役军人登记表", SIX, "1", "2", "3", "4", "填表人：||审核人："], &["A1:F1"]);
    assert_eq!(
        (shape.kind, shape.header_rows, shape.data_rows),
        (Kind::BlankForm, Some((2, 2)), Some((3, 6)))
    );
    assert_eq!(shape.note_rows, [7]);
    assert!(shape.data_lines(&sheet).is_empty());
}

#[test]
fn a_blank_form_with_ruled_slots() {
    let (_, shape) = seen(&["退役军人登记表", SIX, "~", "~", "~", "填表人：||审核人："], &["A1:F1"]);
    assert_eq!(
        (shape.kind, shape.header_rows, shape.data_rows),
        (Kind::BlankForm, Some((2, 2)), Some((3, 5)))
    );
    let (_, shape) = seen(&["退役军人登记表", SIX], &["A1:F1"]);
    assert_eq!((shape.kind, shape.data_rows), (Kind::BlankForm, None));
}

#[test]
fn numbered_rows_after_the_people_are_no_data() {
    let (sheet, shape) = seen_people(&[SIX], 3, &["4", "5", "6", "填表人："], &[]);
    assert_eq!((shape.kind, shape.data_rows), (Kind::Roster, Some((2, 4))));
    assert_eq!(shape.data_lines(&sheet).len(), 3);
    assert_eq!(shape.zone(6), Zone::Blank);
    assert_eq!(shape.note_rows, [8]);
}

#[test]
fn leading_empty_rows_and_columns() {
    let (_, shape) = seen(
        &[
            "",
            "",
            "||高龄老人名单",
            "||序号|姓名|身份证号",
            &format!("||1|赵一|'{P1}"),
            &format!("||2|钱二|'{P2}"),
        ],
        &["C3:E3"],
    );
    assert_eq!((shape.header_rows, shape.data_rows), (Some((4, 4)), Some((5, 6))));
    assert_eq!(shape.columns[0].letter, "C");
    assert_eq!(shape.title.as_deref(), Some("高龄老人名单"));
}

#[test]
fn spaced_words_and_line_ends_in_headings() {
    let (_, shape) = seen(
        &[
            "序 号|姓  名|性\n别|身份证\n号码|联系电话（手机）",
            "1|赵一|男|'990102194203152428|13800000001",
            "2|钱二|女|'990102195107081711|13800000002",
        ],
        &[],
    );
    assert_eq!(headings(&shape), ["序号", "姓名", "性别", "身份证号码", "联系电话(手机)"]);
    assert_eq!(shape.columns[4].levels, ["联系电话（手机）"]);
}

#[test]
fn household_addresses_are_filled_down() {
    let (sheet, shape) = seen(
        &[
            "户主|姓名|与户主关系|住址",
            "赵一|赵一|本人|3号楼502室",
            "|钱二|妻|",
            "|赵三|子|",
            "孙四|孙四|本人|3号楼503室",
        ],
        &["A2:A4", "D2:D4"],
    );
    assert_eq!(shape.data_rows, Some((2, 5)));
    assert_eq!(shape.value_of(&sheet, 2, 3).shown(), "3号楼502室");
    assert_eq!(shape.value_of(&sheet, 3, 0).shown(), "赵一");
    assert_eq!(shape.value_of(&sheet, 4, 3).shown(), "3号楼503室");
}

#[test]
fn sections_between_the_people() {
    let mut lines = vec![SIX.to_owned(), "第一网格".to_owned()];
    lines.extend(people(1, 2));
    lines.push("第二网格".to_owned());
    lines.extend(people(3, 2));
    let (sheet, shape) = seen(&lines.iter().map(String::as_str).collect::<Vec<_>>(), &["A2:F2", "A5:F5"]);
    assert_eq!(shape.data_lines(&sheet), [3, 4, 6, 7]);
    assert_eq!((shape.note_rows.len(), shape.data_rows), (0, Some((3, 7))));
    assert_eq!((shape.zone(5), shape.skipped_rows.as_slice()), (Zone::Title, &[5][..]));
}

#[test]
fn a_form_about_one_person() {
    let (_, shape) = seen(
        &[
            "居民情况登记表",
            "姓名|赵一|性别|男|民族|汉族",
            "出生年月|1942.3|政治面貌|群众|文化程度|小学",
            "身份证号|'990102194203152428|||联系电话|13800000001",
            "现住址|3号楼502室",
            "备注|",
        ],
        &["A1:F1", "B4:D4", "B5:F5"],
    );
    assert_eq!(shape.kind, Kind::PersonForm);
    assert_eq!((shape.header_rows, shape.title.as_deref()), (None, Some("居民情况登记表")));
    assert!(shape.problems.is_empty() && shape.note_rows.is_empty(), "{shape:?}");
    assert_eq!((shape.zone(1), shape.zone(2)), (Zone::Title, Zone::Meta));
}

#[test]
fn an_empty_form_about_one_person() {
    let (_, shape) = seen(
        &[
            "居民情况登记表",
            "姓名||性别||民族|",
            "出生年月||政治面貌||文化程度|",
            "身份证号||||联系电话|",
            "现住址|",
        ],
        &["A1:F1", "B4:D4", "B5:F5"],
    );
    assert_eq!(shape.kind, Kind::PersonForm);
}

#[test]
fn named_figures() {
    let (_, shape) = seen(
        &[
            "社区基本情况统计表",
            "指标名称|计量单位|代码|数量",
            "甲|乙|丙|1",
            "户籍人口|人|1|3200",
            "常住人口|人|2|4100",
            "其中：60岁以上|人|3|1200",
        ],
        &["A1:D1"],
    );
    assert_eq!(
        (shape.kind, shape.header_rows, shape.data_rows),
        (Kind::IndicatorForm, Some((2, 3)), Some((4, 6)))
    );
}

#[test]
fn months_and_days_as_headings() {
    let (_, shape) =
        seen(&["姓名|1|2|3|4|5|6|7", "赵一|早|早|晚|晚|休|休|早", "钱二|晚|晚|早|早|休|休|晚"], &[]);
    assert_eq!((shape.header_rows, shape.data_rows), (Some((1, 1)), Some((2, 3))));
}

#[test]
fn people_without_any_heading() {
    let lines = people(1, 6);
    let (_, shape) = seen(&lines.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    assert_eq!((shape.kind, shape.header_rows, shape.data_rows), (Kind::Roster, None, Some((1, 6))));
    assert_eq!((shape.title, shape.meta.len()), (None, 0));
}

#[test]
fn prose_is_none_of_these() {
    let (_, shape) = seen(&["关于报送材料的通知", "各居委会：", "请于月底前报送。"], &[]);
    assert_eq!((shape.kind, shape.header_rows), (Kind::Other, None));
    let (_, shape) = seen(&[], &[]);
    assert_eq!(shape.kind, Kind::Empty);
}

#[test]
fn another_table_below_is_told() {
    let mut lines = vec![SIX.to_owned()];
    lines.extend(people(1, 3));
    lines.extend(
        ["", "", "", "楼栋|户主|联系电话|备注", "1号楼|赵一|13800000001|", "2号楼|钱二|13800000002|"]
            .map(str::to_owned),
    );
    let (_, shape) = seen(&lines.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    assert_eq!(shape.data_rows, Some((2, 4)));
    assert_eq!(shape.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["second_table"]);
}

#[test]
fn a_far_stray_cell_changes_nothing() {
    let mut cells = GridBuilder::new(Limits::default());
    for (row, line) in [SIX].iter().map(|line| (*line).to_owned()).chain(people(1, 3)).enumerate() {
        for (column, text) in line.split('|').enumerate() {
            cells.push(row as u32, column as u32, Cell::Text(text.trim_start_matches('\''))).unwrap();
        }
    }
    cells.push(1_048_575, 16_383, Cell::Text("x")).unwrap();
    let sheet = cells.finish("表", Vec::new());
    let shape = recognise(&sheet, &known);
    assert_eq!((shape.header_rows, shape.data_rows, shape.columns.len()), (Some((1, 1)), Some((2, 4)), 6));
}

#[test]
fn the_clerk_corrects_heading_and_data() {
    let lines = with_people(&["张三台账", "甲组|乙组|丙组|丁组|戊组|己组", SIX], 4, &[]);
    let sheet = sheet(&lines.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    let shape = with_header(&sheet, (3, 3), Some((4, 6)), &known);
    assert_eq!((shape.header_rows, shape.data_rows), (Some((3, 3)), Some((4, 6))));
    assert_eq!(headings(&shape)[1], "姓名");

    let form = ["姓名|赵一|性别|男", "民族|汉族|学历|小学", "籍贯|甲县|职业|农民"];
    let sheet = self::sheet(&form, &[]);
    assert_eq!(recognise(&sheet, &known).kind, Kind::PersonForm);
    let told = with_header(&sheet, (1, 1), None, &known);
    assert_eq!((told.kind, told.header_rows, told.data_rows), (Kind::Roster, Some((1, 1)), Some((2, 3))));
}

#[test]
fn layouts_are_told_apart_by_their_headings() {
    let first = seen_people(&["甲街道名单", SIX], 2, &[], &["A1:F1"]).1.fingerprint();
    let second = seen_people(&[SIX], 9, &[], &[]).1.fingerprint();
    let other = seen_people(&["序号|姓名|性别|身份证号|住址|备注"], 2, &[], &[]).1.fingerprint();
    assert_eq!(first, second);
    assert_ne!(first, other);
    assert_eq!(first.len(), 16);
}

#[test]
fn a_heading_with_total_as_a_column_is_a_heading() {
    let (_, shape) = seen(&["楼栋|户数|人数|合计", "1号楼|10|30|40", "2号楼|12|31|43"], &[]);
    assert_eq!((shape.header_rows, shape.data_rows), (Some((1, 1)), Some((2, 3))));
    assert!(shape.total_rows.is_empty());
}

#[test]
fn two_halves_side_by_side_are_read_one_after_the_other() {
    let (sheet, shape) = seen(
        &[
            "姓名|手机|住址|姓名|手机|住址",
            "赵一|13800000001|3号楼502室|钱二|13800000002|3号楼503室",
            "孙三|13800000003|3号楼504室",
        ],
        &[],
    );
    assert_eq!(shape.blocks, [(0, 2), (3, 5)]);
    assert_eq!(shape.columns.len(), 3, "the second half has no columns of its own");
    assert_eq!(shape.shifts().collect::<Vec<_>>(), [0, 3]);
    assert_eq!(shape.data_lines_at(&sheet, 0), [2, 3]);
    assert_eq!(shape.data_lines_at(&sheet, 3), [2], "the last row has nobody in its second half");
}

#[test]
fn words_of_headings_inside_the_data_do_not_make_a_form() {
    let (_, shape) =
        seen(&["姓名|备注", "赵一|民族", "钱二|学历", "孙三|籍贯", "李四|职业", "周五|年龄"], &[]);
    assert_eq!((shape.kind, shape.header_rows), (Kind::PersonForm, None), "two columns of labels and values");
    let (_, shape) = seen(
        &[
            SIX,
            "1|赵一|男|'990102194203152428|民族|学历",
            "2|钱二|女|'990102195107081711|籍贯|职业",
            "3|孙三|女|'990102195107081711|年龄|楼栋",
        ],
        &[],
    );
    assert_eq!((shape.kind, shape.header_rows), (Kind::Roster, Some((1, 1))));
}

#[test]
fn totals_of_text_files_are_checked_too() {
    let (_, shape) = seen(&["楼栋|户数|人数", "1号楼|'10|'30", "2号楼|'12|'31", "合计|'22|'62"], &[]);
    assert_eq!(shape.problems[0].message, "合计 62 与明细 61 不符。");
}

#[test]
fn a_text_says_a_word_however_it_is_spaced() {
    for (text, word, says) in [
        ("姓 名", "姓名", true),
        ("姓\n名", "姓名", true),
        ("面积（㎡）", "面积(m2)", true),
        ("\u{feff}ＮＯ．", "NO.", true),
        ("姓名", "姓名栏", false),
        ("姓名栏", "姓名", false),
        ("王桂兰", "姓名", false),
        ("", "姓名", false),
    ] {
        assert_eq!(words::says(text, word), says, "{text:?} {word}");
        assert_eq!(words::tidy(text) == word, says, "{text:?} {word}");
    }
}

#[test]
fn a_second_level_over_single_columns_without_merges() {
    let (_, shape) = seen(
        &[
            "序号|姓名|户籍|现住||联系方式",
            "||户籍地址|楼栋|室号|手机",
            "1|赵一|南街25号|3号楼|502室|13800000001",
            "2|钱二|西街16号|3号楼|503室|13800000002",
        ],
        &[],
    );
    assert_eq!((shape.header_rows, shape.data_rows), (Some((1, 2)), Some((3, 4))));
    let names = ["序号", "姓名", "户籍/户籍地址", "现住/楼栋", "现住/室号", "联系方式/手机"];
    assert_eq!(headings(&shape), names);
    // Values below single headings are no second level.
    let (_, shape) = seen(&["姓名|关系|工作单位|备注", "赵一|户主|学历不详|", "钱二|妻|职业不详|"], &[]);
    assert_eq!((shape.header_rows, shape.data_rows), (Some((1, 1)), Some((2, 3))));
}

#[test]
fn prose_in_two_columns_is_no_table() {
    let (_, shape) = seen(
        &[
            "关于做好汛期安全工作的提示",
            "工作时间|2026年6月1日至9月30日",
            "责任分工|居委会主任总负责，各楼组长负责本楼。",
            "信息报送|遇有险情十分钟内电话报告街道值班室。",
        ],
        &["A1:B1"],
    );
    assert_eq!((shape.kind, shape.header_rows, shape.data_rows), (Kind::Other, None, None));
    assert_eq!(shape.title.as_deref(), Some("关于做好汛期安全工作的提示"));
    let (_, shape) = seen(&["姓名|联系电话", "赵一|13800000001", "钱二|13800000002"], &[]);
    assert_eq!((shape.kind, shape.header_rows), (Kind::Roster, Some((1, 1))));
}

#[test]
fn an_example_row_is_no_data() {
    for example in ["例", "示例", "（样例）", "范例"] {
        let row = format!("{example}|赵红芳|女|'{P1}|3号楼502室|13800006621");
        let (sheet, shape) = seen_people(&[SIX, &row], 3, &[], &[]);
        assert_eq!((shape.data_rows, shape.note_rows.as_slice()), (Some((3, 5)), &[2][..]), "{example}");
        assert_eq!(shape.data_lines(&sheet), [3, 4, 5], "{example}");
    }
}

#[test]
fn lines_that_nobody_filled_in_are_no_facts_and_labels_lose_their_brackets() {
    let (_, shape) = seen_people(
        &["填报单位（盖章）：梅园居委会　　填报日期：　年　月　日", SIX],
        3,
        &["填表人：赵一||审核人："],
        &["A1:F1"],
    );
    assert_eq!(shape.meta, [("填报单位".to_owned(), "梅园居委会".to_owned())]);
}

#[test]
fn other_tables_below_are_told_with_their_titles() {
    let mut lines = vec!["一、人员".to_owned(), SIX.to_owned()];
    lines.extend(people(1, 3));
    lines.extend(
        ["", "二、物资", "序号|物资名称|数量|存放地点", "甲|乙|1|2", "1|沙袋|20|仓库", "2|雨衣|40|仓库"]
            .map(str::to_owned),
    );
    lines.extend(["", "三、经费", "序号|用途|金额", "1|购买|500"].map(str::to_owned));
    let (_, shape) =
        seen(&lines.iter().map(String::as_str).collect::<Vec<_>>(), &["A1:F1", "A7:F7", "A13:F13"]);
    assert_eq!(shape.data_rows, Some((3, 5)));
    let told: Vec<_> = shape
        .more_tables
        .iter()
        .map(|table| (table.header_rows, table.data_rows, table.title.as_deref()))
        .collect();
    assert_eq!(
        told,
        [((8, 9), Some((10, 11)), Some("二、物资")), ((14, 14), Some((15, 15)), Some("三、经费")),]
    );
    assert!(shape.note_rows.is_empty(), "{:?}", shape.note_rows);
}

#[test]
fn totals_of_lists_set_side_by_side_count_both_halves() {
    let rows: Vec<String> =
        (1..=3).map(|n| format!("赵{n}|1380000000{n}|{n}00|钱{n}|1390000000{n}|{n}0")).collect();
    let seen = |last: &str| {
        let mut lines = vec!["姓名|手机|金额|姓名|手机|金额"];
        lines.extend(rows.iter().map(String::as_str));
        lines.push(last);
        seen(&lines, &[]).1
    };
    for right in ["合计|6人|660", "合计|6人|600|||60", "共6人"] {
        let shape = seen(right);
        assert!(shape.problems.is_empty(), "{right}: {:?}", shape.problems);
        assert_eq!((shape.blocks.len(), shape.total_rows.as_slice()), (2, &[5][..]), "{right}");
    }
    for wrong in ["合计|7人|660", "合计|6人|700"] {
        assert_eq!(seen(wrong).problems.len(), 1, "{wrong}");
    }
}

#[test]
fn rows_that_break_others_down_are_not_added_up() {
    let (_, shape) = seen(
        &["社区统计表", "项目|本月|累计", "一、低保||", "户数|12|120", "其中：新增|2|20", "合计|12|120"],
        &["A1:C1"],
    );
    assert_eq!((shape.kind, shape.data_rows), (Kind::IndicatorForm, Some((3, 5))));
    assert!(shape.problems.is_empty(), "{:?}", shape.problems);
}

#[test]
fn people_of_whom_little_is_known_are_no_notes() {
    let (_, shape) = seen(
        &[
            "姓名|出生日期|住址|电话",
            "赵一|1950-01-03|3号楼502室|16000000001",
            "钱二|1952.02.03||",
            "孙三|1951年1月3日||",
            "李四|||家属：何天赐",
            "填表人：周五||2026年3月1日|",
        ],
        &[],
    );
    assert_eq!(shape.data_rows, Some((2, 5)));
    assert_eq!((shape.skipped_rows, shape.note_rows), (vec![], vec![6]));
    let (_, shape) = seen(
        &[
            "职务|姓名|联系电话",
            "负责人|赵一|16000000001",
            "经办人|钱二|16000000002",
            "组员|孙三|16000000003",
        ],
        &[],
    );
    assert_eq!((shape.data_rows, shape.note_rows), (Some((2, 4)), vec![]));
}

#[test]
fn a_second_list_with_headings_of_its_own_is_another_table() {
    let (_, shape) = seen(
        &[
            "姓名|身份证号|电话",
            "赵一|'990102194203152428|16000000001",
            "钱二|'990102195107081711|16000000002",
            "",
            "退出人员||",
            "姓名|身份证号|退出原因",
            "孙三|'990102195107081711|迁出",
        ],
        &[],
    );
    assert_eq!(shape.data_rows, Some((2, 3)));
    assert_eq!(shape.more_tables.len(), 1, "{:?}", shape.more_tables);
    assert_eq!(shape.more_tables[0].header_rows, (6, 6));
}
