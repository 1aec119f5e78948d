//! The figures of the README, measured in one run: `cargo bench -p juwutai-tests`.
//!
//! Each figure is taken in a process of its own, so that its peak memory is its own. Ratios are
//! taken against the bare library in the same run; absolute times depend on the machine. Nothing
//! here can fail for being slow: speed is told, never asserted.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use calamine::Reader as _;
use juwutai_core::api;
use juwutai_core::clock::FixedClock;
use juwutai_core::office::Office;
use juwutai_core::progress::Progress;
use rust_xlsxwriter::{Format, FormatBorder, Workbook};
use serde_json::{Value, json};

const ROWS: u32 = 100_000;
const HEADS: [&str; 20] = [
    "姓名",
    "身份证号",
    "性别",
    "出生日期",
    "民族",
    "联系电话",
    "现住址",
    "户籍地址",
    "政治面貌",
    "文化程度",
    "婚姻状况",
    "职业",
    "工作单位",
    "户号",
    "与户主关系",
    "户主姓名",
    "居住状况",
    "紧急联系人",
    "紧急联系人电话",
    "备注",
];

const MORE_HEADS: [&str; 20] = [
    "入党时间",
    "迁入日期",
    "最近走访日期",
    "残疾证发证日期",
    "是否独居",
    "是否低保",
    "是否志愿者",
    "是否退役军人",
    "月收入",
    "养老金",
    "住房面积",
    "年收入",
    "健康状况",
    "慢性病",
    "宗教信仰",
    "特长",
    "服务需求",
    "帮扶措施",
    "走访情况",
    "跟进情况",
];

mod measuring;
use measuring::{child, median, person, ratio, row, timed};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--measure") {
        println!("{}", measure(&arguments[at + 1], Path::new(&arguments[at + 2])));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let bare_write = child("bare_write", folder.path());
    let stream = child("stream", folder.path());
    let import = child("import", folder.path());
    println!("| figure | time | CPU | peak memory | note |");
    println!("|---|---|---|---|---|");
    row("calamine streams 100,000 × 20", &stream, "");
    row("import of the same file, end to end", &import, &ratio(&import, &stream, "stream"));
    row("3,000 × 40: read, recognised and planned", &child("wide_plan", folder.path()), "");
    row("3,000 × 40: imported, from the file on", &child("wide_import", folder.path()), "");
    row(
        "a page of 100 rows at 100,000 residents",
        &child("page", folder.path()),
        "median of 50, from row 60,000",
    );
    row("search at 100,000 residents", &child("search", folder.path()), "slowest of 8 kinds of word");
    row("undo of a 20,000-row import", &child("undo", folder.path()), "");
    row("PDF of 3,000 × 8", &child("pdf", folder.path()), "");
    row("bare rust_xlsxwriter 100,000 × 20", &bare_write, "");
    let excel = child("excel", folder.path());
    row("Excel of 100,000 × 20 from the ledger's paper", &excel, &ratio(&excel, &bare_write, "bare"));
}

fn measure(name: &str, folder: &Path) -> Value {
    let sheet = folder.join("roster.xlsx");
    let data = folder.join("office");
    match name {
        "bare_write" => timed(|| {
            write_roster(&sheet, ROWS);
            String::new()
        }),
        "stream" => timed(|| stream(&sheet)),
        "import" => {
            let mut office = office(&data);
            call(&mut office, "office.start", json!({ "name": "大样" }));
            timed(|| {
                let reply = call(&mut office, "import.apply", json!({ "path": sheet, "ledger": "resident" }));
                format!("{} rows added, {} refused", reply["added"], reply["refused"])
            })
        }
        "wide_plan" => wide(folder, "import.preview"),
        "wide_import" => wide(folder, "import.apply"),
        "page" => {
            let mut office = office(&data);
            let request = json!({ "ledger": "resident", "offset": 60_000, "limit": 100 });
            median(50, || drop(call(&mut office, "ledger.rows", request.clone())))
        }
        "search" => search(&data),
        "undo" => undo(folder),
        "pdf" => pdf(folder),
        "excel" => excel(&data),
        other => panic!("no figure {other}"),
    }
}

/// A wide list of an ordinary size: every column has its home in the dictionary.
fn wide(folder: &Path, command: &str) -> Value {
    let sheet = folder.join("wide.xlsx");
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (column, head) in (0..).zip(HEADS.iter().chain(&MORE_HEADS)) {
        page.write_string(0, column, *head).unwrap();
    }
    for row in 0..3_000 {
        let cells = person(row).into_iter().chain((0..20).map(|at| more(row, at)));
        for (column, cell) in (0..).zip(cells) {
            page.write_string(row + 1, column, cell).unwrap();
        }
    }
    book.save(&sheet).unwrap();
    let mut office = office(&folder.join(command));
    call(&mut office, "office.start", json!({ "name": "大样" }));
    timed(|| {
        call(&mut office, "import.open", json!({ "path": sheet }));
        let reply = call(&mut office, command, json!({ "path": sheet, "ledger": "resident" }));
        format!("{} rows new, {} refused", reply["added"], reply["refused"])
    })
}

/// What the twenty further columns of a person say.
fn more(row: u32, at: usize) -> String {
    match at {
        0..=3 => format!("2{:03}-0{}-1{}", row % 26, row % 9 + 1, row % 10),
        4..=7 => ["是", "否"][(row as usize + at) % 2].to_owned(),
        8..=11 => format!("{}", 100 + row % 900),
        _ => ["无", "已登记", "需回访", "待核实"][(row as usize + at) % 4].to_owned(),
    }
}

fn search(data: &Path) -> Value {
    let mut office = office(data);
    let words = ["王", "wgl", "zhangsan", "1234", "031X", "3-502", "王 3-502", "欧阳"];
    let mut slowest = json!({ "ms": 0.0 });
    for word in words {
        let figure = median(9, || drop(call(&mut office, "resident.find", json!({ "text": word }))));
        if figure["ms"].as_f64() > slowest["ms"].as_f64() {
            slowest = figure;
            slowest["note"] = json!(format!("({word})"));
        }
    }
    slowest
}

fn undo(folder: &Path) -> Value {
    let sheet = folder.join("twenty.xlsx");
    write_roster(&sheet, 20_000);
    let mut office = office(&folder.join("undo"));
    call(&mut office, "office.start", json!({ "name": "大样" }));
    call(&mut office, "import.apply", json!({ "path": sheet, "ledger": "resident" }));
    timed(|| {
        let reply = call(&mut office, "history.undo", json!({}));
        format!("{} rows of the store", reply["undone"])
    })
}

fn pdf(folder: &Path) -> Value {
    let sheet = folder.join("eight.csv");
    let mut text = String::from("姓名,身份证号,性别,联系电话,现住址,民族,职业,结对人\n");
    for row in 0..3_000 {
        let cells = person(row);
        text +=
            &format!("{},{},{},{},{},汉族,退休,许文静\n", cells[0], cells[1], cells[2], cells[5], cells[6]);
    }
    std::fs::write(&sheet, text).unwrap();
    let mut office = office(&folder.join("pdf"));
    call(&mut office, "office.start", json!({ "name": "大样" }));
    let made = call(&mut office, "ledger.new", json!({ "from": sheet, "title": "八栏台账" }));
    call(&mut office, "import.apply", json!({ "path": sheet, "ledger": made["id"] }));
    let request = json!({ "kind": "ledger_list", "ledger": made["id"], "format": "pdf" });
    timed(|| {
        let reply = call(&mut office, "report.make", request);
        format!("{} pages, {} KB", reply["pages"], reply["bytes"].as_str().unwrap().len() * 3 / 4 / 1024)
    })
}

fn excel(data: &Path) -> Value {
    let mut office = office(data);
    let request = json!({ "kind": "ledger_list", "ledger": "resident", "format": "xlsx" });
    timed(|| {
        let reply = call(&mut office, "report.make", request);
        format!("{} KB", reply["bytes"].as_str().unwrap().len() * 3 / 4 / 1024)
    })
}

fn office(folder: &Path) -> Office {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    Office::open(folder, Box::new(FixedClock::on(day)), "量速").unwrap()
}

fn call(office: &mut Office, name: &str, request: Value) -> Value {
    let mut reply = api::call(office, name, request, &Progress::new());
    assert_eq!(reply["ok"], true, "{name}: {reply}");
    reply["value"].take()
}

fn stream(sheet: &PathBuf) -> String {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(sheet).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&name).unwrap();
    let mut count = 0u64;
    while cells.next_cell().unwrap().is_some() {
        count += 1;
    }
    format!("{count} cells")
}

fn write_roster(path: &Path, rows: u32) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let border = Format::new().set_border(FormatBorder::Thin);
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string_with_format(0, column, head, &border).unwrap();
    }
    for row in 0..rows {
        for (column, cell) in (0..).zip(person(row)) {
            sheet.write_string_with_format(row + 1, column, cell, &border).unwrap();
        }
    }
    book.save(path).unwrap();
}
