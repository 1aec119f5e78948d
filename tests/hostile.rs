//! Files nobody should send: each one is either read or declined in polite Chinese, and the office
//! stays as it is.

use std::io::Cursor;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::support::{Desk, id_number, list, sample, text};

/// Opens a file and, when that works, previews every sheet; what comes back must be civil.
fn look_at(desk: &mut Desk, name: &str, bytes: &[u8]) -> Value {
    let path = desk.file(name, bytes);
    let reply = desk.reply("import.open", json!({ "path": path }));
    if reply["ok"] == true {
        for sheet in list(&reply["value"]["sheets"]) {
            let request = json!({ "path": path, "sheet": sheet["name"], "ledger": "resident" });
            let plan = desk.reply("import.preview", request);
            assert_civil(name, &plan);
        }
    }
    assert_civil(name, &reply);
    reply
}

/// A failed reply says in Chinese what happened; it never blames the program or shows a path.
fn assert_civil(name: &str, reply: &Value) {
    if reply["ok"] == true {
        return;
    }
    let error = &reply["error"];
    let message = text(&error["message"]);
    assert_ne!(error["code"], "bug", "{name}: a bad file is no fault of the program: {reply}");
    assert!(message.ends_with('。'), "{name}: a whole sentence: {message}");
    assert!(text(&error["hint"]).ends_with('。'), "{name}: a whole sentence: {}", error["hint"]);
    for word in [message, text(&error["hint"])] {
        assert!(!word.contains(['/', '\\']), "{name}: no path: {word}");
    }
    // The name of a sheet stands in quotation marks and is the clerk's own word.
    let own: String =
        message.split('“').map(|part| part.split_once('”').map_or(part, |quoted| quoted.1)).collect();
    assert!(!own.contains(|letter: char| letter.is_ascii_alphabetic()), "{name}: no English: {message}");
}

/// Runs a check on an office with some people and sees that nothing was written.
fn unharmed(check: impl FnOnce(&mut Desk)) {
    let mut desk = Desk::empty();
    let csv = format!("姓名,身份证号\n章予宁,{}\n", id_number("19460101", 12));
    let path = desk.file("名单.csv", csv);
    desk.call("import.apply", json!({ "path": path, "ledger": "resident" }));
    let held = desk.holdings();
    check(&mut desk);
    assert_eq!(desk.holdings(), held, "looking at a file writes nothing");
    assert_eq!(desk.call("office.check", json!({}))["ok"], true);
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn random_bytes_are_declined_politely() {
    unharmed(|desk| {
        let mut runner =
            TestRunner::new(Config { cases: 96, failure_persistence: None, ..Config::default() });
        let desk = std::cell::RefCell::new(desk);
        let endings = prop::sample::select(vec![
            "xlsx", "xls", "xlsb", "ods", "csv", "txt", "html", "docx", "et", "xml",
        ]);
        let heads = prop::sample::select(vec![
            &b""[..],
            b"PK\x03\x04",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            b"<html><table>",
            b"<?xml version=\"1.0\"?><Workbook>",
            b"\xEF\xBB\xBF",
            b"\xFF\xFE",
        ]);
        let bytes = prop::collection::vec(any::<u8>(), 0..2000);
        let run = runner.run(&(endings, heads, bytes), |(ending, head, bytes)| {
            let whole = [head, &bytes].concat();
            look_at(&mut desk.borrow_mut(), &format!("名单.{ending}"), &whole);
            Ok(())
        });
        run.unwrap();
    });
}

#[test]
fn cut_off_workbooks_are_declined_politely() {
    unharmed(|desk| {
        for file in ["独居老人冬季走访名单.xlsx", "残疾人两项补贴复核名单.xls", "高龄津贴新增人员表.ods"]
        {
            let whole = std::fs::read(sample(file)).unwrap();
            for part in 0..10 {
                let reply = look_at(desk, file, &whole[..whole.len() * part / 10]);
                assert!(part > 5 || reply["ok"] == false, "{file} cut to {part}/10 cannot be read");
            }
        }
    });
}

#[test]
fn damaged_workbooks_are_declined_or_read() {
    unharmed(|desk| {
        for file in ["独居老人冬季走访名单.xlsx", "残疾人两项补贴复核名单.xls", "高龄津贴新增人员表.ods"]
        {
            let whole = std::fs::read(sample(file)).unwrap();
            for part in 0..24 {
                let mut bytes = whole.clone();
                let at = whole.len() * part / 24;
                let end = (at + 64).min(bytes.len());
                bytes[at..end].fill(0xA5);
                look_at(desk, file, &bytes);
            }
        }
    });
}

/// A small fixture of each format.
const OF_EACH_FORMAT: &[&str] = &[
    "民政-困境儿童名单（3人）.xlsx",
    "残联-残疾人基本信息动态更新表.xlsx",
    "公安-实有人口系统导出（带前缀）.xlsx",
    "民政-独居老人探访名册.xlsx",
    "计生-已婚育龄妇女花名册.et",
    "应急-安全生产宣传入户名单.xlsb",
    "残联-持证残疾人名单.ods",
    "退役军人-结对帮扶名单.docx",
    "民政-救助对象查询结果（网页导出）.xls",
    "民政-高龄老人慰问名单（平台导出）.xls",
    "公安-常住人口查询结果.txt",
    "卫健-家医签约名单.tsv",
];

/// One damage: where, what is done there, and with which byte.
type Damage = (prop::sample::Index, u8, u8);

/// Bytes with some of them set, taken out, doubled or cut off.
fn damaged(whole: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for (place, act, byte) in damages.iter().filter(|_| !whole.is_empty()) {
        let at = place.index(whole.len()).min(bytes.len());
        let end = (at + 1 + usize::from(*byte) % 32).min(bytes.len());
        match act % 8 {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            2 => bytes[at..end].fill(*byte),
            3 if at > bytes.len() / 2 => bytes.truncate(at),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|own| *own = *byte),
        }
    }
    bytes
}

/// A packed file with the damage inside one of its parts, where no check sum guards against it.
fn damaged_inside(whole: &[u8], part: prop::sample::Index, damages: &[Damage]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let chosen = part.index(archive.len());
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for position in 0..archive.len() {
        let mut file = archive.by_index(position).unwrap();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut content).unwrap();
        let name = file.name().unwrap().into_owned();
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        let content = if position == chosen { damaged(&content, damages) } else { content };
        std::io::Write::write_all(&mut packed, &content).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

#[test]
fn mutated_files_of_each_format_are_declined_or_read_in_time() {
    let folder = crate::support::root().join("tests/fixtures/shapes");
    unharmed(|desk| {
        let desk = std::cell::RefCell::new(desk);
        for file in OF_EACH_FORMAT {
            let whole = std::fs::read(folder.join(file)).unwrap();
            let is_packed = whole.starts_with(b"PK");
            let damages = prop::collection::vec(any::<Damage>(), 1..6);
            let config = Config { cases: 20, failure_persistence: None, ..Config::default() };
            let run =
                TestRunner::new(config).run(&(any::<prop::sample::Index>(), damages), |(part, damages)| {
                    let bytes = match is_packed && part.index(8) > 0 {
                        true => damaged_inside(&whole, part, &damages),
                        false => damaged(&whole, &damages),
                    };
                    let began = std::time::Instant::now();
                    look_at(&mut desk.borrow_mut(), file, &bytes);
                    prop_assert!(began.elapsed().as_secs() < 10, "{file} took {:?}", began.elapsed());
                    Ok(())
                });
            run.unwrap();
        }
    });
}

#[test]
fn an_empty_file_and_a_missing_one_are_told_apart() {
    unharmed(|desk| {
        for name in ["空.xlsx", "空.xls", "空.csv", "空", "空.docx"] {
            let reply = look_at(desk, name, b"");
            assert_eq!(reply["error"]["code"], "bad_file", "{name}: {reply}");
        }
        let path = desk.file("走了.xlsx", b"x");
        std::fs::remove_file(&path).unwrap();
        let reply = desk.reply("import.open", json!({ "path": path }));
        assert_civil("走了.xlsx", &reply);
        assert!(text(&reply["error"]["message"]).contains("找不到"), "{reply}");
        let folder = std::path::Path::new(&path).parent().unwrap().to_str().unwrap().to_owned();
        let reply = desk.reply("import.open", json!({ "path": folder }));
        assert_eq!(reply["ok"], false, "a folder is no list");
        assert_civil("folder", &reply);
    });
}

#[test]
fn a_renamed_file_is_read_for_what_it_is() {
    unharmed(|desk| {
        for (file, wrong) in [
            ("独居老人冬季走访名单.xlsx", "名单.xls"),
            ("残疾人两项补贴复核名单.xls", "名单.xlsx"),
            ("高龄津贴新增人员表.ods", "名单.xlsx"),
            ("独居老人冬季走访名单.xlsx", "名单.csv"),
            ("来沪人员登记表.csv", "名单.xls"),
        ] {
            let reply = look_at(desk, wrong, &std::fs::read(sample(file)).unwrap());
            assert_eq!(reply["ok"], true, "{file} called {wrong}: {reply}");
            assert!(!list(&reply["value"]["sheets"][0]["columns"]).is_empty(), "{file} called {wrong}");
        }
        look_at(desk, "照片.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
        look_at(desk, "通知.xlsx", b"%PDF-1.7\n1 0 obj\n");
    });
}

#[test]
fn formulas_stay_words() {
    let mut desk = Desk::empty();
    let csv = format!(
        "姓名,身份证号,备注\n章予宁,{},=cmd|' /C calc'!A0\n\"=HYPERLINK(\"\"x\"\",\"\"点\"\")\",{},@SUM(A1)\n",
        id_number("19460101", 12),
        id_number("19500203", 34)
    );
    look_at(&mut desk, "名单.csv", csv.as_bytes());
    let path = desk.file("名单.csv", csv);
    desk.call("import.apply", json!({ "path": path, "ledger": "resident" }));
    let request = json!({ "kind": "ledger_list", "ledger": "resident", "options": {}, "format": "xlsx" });
    let made = desk.call("report.make", request);
    let bytes =
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text(&made["bytes"])).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for position in 0..archive.len() {
        let mut part = archive.by_index(position).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).unwrap();
        let content = String::from_utf8_lossy(&content);
        assert!(
            !content.contains("<f>") && !content.contains("<f "),
            "no formula may come out again: {name}"
        );
    }
}

#[test]
fn sheets_without_rows_are_no_mistake() {
    unharmed(|desk| {
        let names = ["姓名", "性别", "身份证号", "联系电话"];
        let reply = look_at(desk, "空表.xlsx", &workbook(&[&names]));
        assert_eq!(reply["ok"], true, "{reply}");
        assert_eq!(reply["value"]["sheets"][0]["kind"], "blank_form");
        look_at(desk, "无.xlsx", &workbook(&[]));
        look_at(desk, "标题.xlsx", &workbook(&[&["独居老人名单"]]));
        look_at(desk, "表头.csv", "姓名,身份证号\n".as_bytes());
        look_at(desk, "换行.csv", b"\n\n\n\n");
        look_at(desk, "逗号.csv", b",,,,,\n,,,,,\n");
    });
}

#[test]
fn overlong_and_ragged_lines_are_read() {
    unharmed(|desk| {
        let long = "张".repeat(100_000);
        look_at(desk, "长.csv", format!("姓名,备注\n{long},{long}\n").as_bytes());
        look_at(desk, "参差.csv", "姓名,电话\n甲,1,2,3,4\n乙\n\"丙\n".as_bytes());
        let wide: String = (0..5_000).map(|column| format!("栏{column},")).collect();
        look_at(desk, "宽.csv", format!("{wide}\n{wide}\n").as_bytes());
        look_at(desk, "零.csv", b"\0\0\0\0,\0\0\n\0\n");
    });
}
