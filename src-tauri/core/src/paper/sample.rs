//! Papers for the tests: a list in the shape of a superior's ledger, all people invented.
//!
//! Compiled for tests only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub(crate) mod letters;
pub(crate) mod lists;
pub(crate) mod slips;

use chrono::DateTime;

use super::document::{
    Block, Cell, Column, Document, Foot, FootPages, Footer, HeadCell, Kind, Line, Paragraph, SignPlace,
    Table, Typeface,
};

const NAMES: [&str; 12] = [
    "沈玉珍",
    "顾长根",
    "陆阿娣",
    "王芳",
    "周国栋",
    "陈羮",
    "吴凤英",
    "许金妹",
    "欧阳文秀",
    "蒋宝生",
    "徐慧",
    "朱林根",
];
const STATES: [&str; 4] = ["自理", "半失能", "自理", "失能"];
const NOTES: [&str; 6] = ["", "钥匙托管", "助餐", "", "代配药、量血压每周二由志愿者上门", ""];

/// An invented ID number of the region that does not exist, with its check digit.
pub(crate) fn id_number(index: usize) -> String {
    let body = format!(
        "990102{:04}{:02}{:02}{:03}",
        1932 + index % 60,
        1 + index % 12,
        1 + index % 28,
        index % 1000
    );
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize])
}

/// The list of the model page: sixteen columns, two rows of head, a place to sign on every page.
pub(crate) fn care_list(rows: usize) -> Document {
    let mut document = Document::new("独居、孤老及高龄老人关爱台账");
    document.author = "春晓里社区居民委员会".into();
    document.created_at = Some(DateTime::parse_from_rfc3339("2026-10-09T09:30:00+08:00").unwrap());
    let line = Line {
        left: "填报单位（盖章）：春晓里社区居民委员会".into(),
        centre: "所属期：2026年第三季度".into(),
        right: "填报日期：2026年10月9日".into(),
    };
    document.blocks = vec![
        Block::Heading { level: 0, text: document.title.clone() },
        Block::Line(line),
        Block::Table(care_table(rows)),
    ];
    let place = |label: &str, value: &str, writing: f32| SignPlace {
        label: label.into(),
        value: value.into(),
        writing,
    };
    let places = vec![
        place("负责人（签字）：", "", 34.0),
        place("填表人（签字）：", "", 34.0),
        place("联系电话：", "0800-5550137", 0.0),
        place("", "本页{page_rows}人　累计{rows_so_far}人　全册{all_rows}人", 0.0),
    ];
    document.foot = Foot { blocks: vec![Block::Signature(places)], pages: FootPages::Every };
    document.footer = Footer {
        left: "内部资料，含个人信息，按登记编号领用".into(),
        right: "导出编号 2026-1009-03".into(),
        ..Footer::numbered()
    };
    document
}

fn care_table(rows: usize) -> Table {
    let both = |text: &str| HeadCell::new(text).spanning(1, 2);
    let group = |text: &str| HeadCell::new(text).spanning(3, 1);
    let head = vec![
        vec![
            both("序号"),
            both("姓名"),
            both("性别"),
            both("年龄"),
            both("身份证号"),
            both("联系电话"),
            group("居住情况"),
            group("紧急联系人"),
            group("关爱服务"),
            both("备注"),
        ],
        ["楼号室号", "居住状况", "自理能力", "姓名", "关系", "电话", "结对人", "走访频次", "最近探访"]
            .map(HeadCell::new)
            .to_vec(),
    ];
    let mut columns = vec![Column::default(); 16];
    for name in [1, 9, 12] {
        columns[name].spread = true;
    }
    columns[0].kind = Kind::Number;
    Table { columns, head, rows: (0..rows).map(care_row).collect(), blank_below: true, ..Table::default() }
}

fn care_row(index: usize) -> Vec<Cell> {
    let phone = |salt: usize| format!("13{}****{:04}", (index + salt) % 10, (index * 37 + salt) % 10000);
    [
        (index + 1).to_string(),
        NAMES[index % NAMES.len()].into(),
        ["女", "男"][index % 2].into(),
        (78 + index % 17).to_string(),
        format!("{}************", &id_number(index)[..6]),
        phone(3),
        format!("{}号{}室", index / 5 + 1, (index % 6 + 1) * 100 + 2),
        ["独居", "孤老", "纯老"][index % 3].into(),
        STATES[index % 4].into(),
        NAMES[(index + 5) % NAMES.len()].into(),
        ["女", "子", "侄", "孙"][index % 4].into(),
        phone(7),
        NAMES[(index + 3) % NAMES.len()].into(),
        ["每周", "每日"][index % 2].into(),
        format!("09-{:02}", index % 28 + 1),
        NOTES[index % NOTES.len()].chars().take(4).collect(),
    ]
    .map(Cell::new)
    .to_vec()
}

/// A plain list of eight columns with full numbers, one head row and long addresses.
pub(crate) fn plain_list(rows: usize) -> Document {
    let mut document = Document::new("社区居民基本情况登记表");
    let titles = ["序号", "姓名", "性别", "年龄", "身份证号", "联系电话", "现居住地址", "备注"];
    let mut columns = vec![Column::default(); titles.len()];
    columns[3].kind = Kind::Number;
    let row = |index: usize| {
        [
            (index + 1).to_string(),
            NAMES[index % NAMES.len()].into(),
            ["女", "男"][index % 2].into(),
            (18 + index % 70).to_string(),
            id_number(index),
            format!("138{:08}", index * 7919 % 100_000_000),
            format!(
                "听澜街道春晓里{}弄{}号{}室",
                index % 9 + 1,
                index % 40 + 1,
                (index % 6 + 1) * 100 + index % 4 + 1
            ),
            NOTES[index % NOTES.len()].into(),
        ]
        .map(Cell::new)
        .to_vec()
    };
    let table = Table {
        columns,
        head: vec![titles.map(HeadCell::new).to_vec()],
        rows: (0..rows).map(row).collect(),
        ..Table::default()
    };
    document.blocks = vec![
        Block::Heading { level: 0, text: document.title.clone() },
        Block::Line(Line {
            left: "填报单位：春晓里社区居民委员会".into(),
            right: "填报日期：2026年10月9日".into(),
            ..Line::default()
        }),
        Block::Table(table),
    ];
    document.foot = Foot {
        blocks: vec![Block::Signature(vec![
            SignPlace { label: "负责人：".into(), writing: 30.0, ..SignPlace::default() },
            SignPlace { label: "填表人：".into(), writing: 30.0, ..SignPlace::default() },
        ])],
        pages: FootPages::Last,
    };
    document
}

/// Headings, running text and two tables, with merged cells, sums and rare characters.
pub(crate) fn mixed_paper() -> Document {
    let mut document = Document::new("春晓里社区第三季度走访关爱工作情况汇总（含独居老人与困境儿童）的说明");
    let text = "本季度共走访“独居、孤老、高龄”老人112人次，其中𡎴（qiāng）姓2人、名中有“𰻝”字1人；\
                发现问题37件，已办结35件，办结率94.6％，详见https://example.invalid/lists/2026/third-quarter/visits。";
    let visits = [("1号楼", ["王芳", "周国栋", "陈羮"]), ("2号楼", ["徐慧", "朱林根", "吴凤英"])];
    let mut rows = Vec::new();
    for (building, people) in visits {
        for (index, person) in people.into_iter().enumerate() {
            let mut row = if index == 0 { vec![Cell::new(building).spanning(1, 3)] } else { Vec::new() };
            row.extend([Cell::new(person), Cell::new((index * 7 + 3).to_string()), Cell::new("12.50")]);
            row.push(Cell::new(
                [
                    "",
                    "家中无人，改日再访",
                    "血压偏高，已联系家庭医生，子女在外地工作，每周二由志愿者陪同配药",
                ][index],
            ));
            rows.push(row);
        }
    }
    let mut columns = vec![Column::default(); 5];
    columns[1].spread = true;
    columns[2].kind = Kind::Number;
    columns[3].kind = Kind::Number;
    let total = vec![Cell::new("合计").spanning(2, 1), Cell::new("60"), Cell::new("75.00"), Cell::new("")];
    let head = vec![["楼栋", "姓名", "次数", "时长（小时）", "情况"].map(HeadCell::new).to_vec()];
    let paragraph = |text: &str| Block::Paragraph(Paragraph::new(text, Typeface::Fang, 12.0));
    document.blocks = vec![
        Block::Heading { level: 0, text: document.title.clone() },
        Block::Heading { level: 1, text: "一、走访情况".into() },
        paragraph(text),
        Block::Heading { level: 2, text: "（一）按楼栋".into() },
        Block::Table(Table { columns, head, rows, totals: vec![total], ..Table::default() }),
        Block::Heading { level: 1, text: "二、下一步打算".into() },
        paragraph(&text.repeat(3)),
        Block::Spacer(10.0),
        Block::Line(Line {
            right: "春晓里社区居民委员会　2026年10月9日".into(), ..Line::default()
        }),
    ];
    document
}
