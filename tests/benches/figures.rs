//! The figures of the README, measured in one run: `cargo bench -p juwutai-tests`.
//!
//! Each figure is taken in a process of its own, so that its peak memory is its own. Ratios are
//! taken against the bare library in the same run; absolute times depend on the machine. Nothing
//! here can fail for being slow: speed is told, never asserted.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

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

fn ratio(figure: &Value, base: &Value, name: &str) -> String {
    let wall = figure["ms"].as_f64().unwrap() / base["ms"].as_f64().unwrap();
    let cpu = figure["cpu_ms"].as_f64().unwrap() / base["cpu_ms"].as_f64().unwrap();
    format!("{wall:.2} × {name} (CPU {cpu:.2} ×)")
}

fn row(title: &str, figure: &Value, note: &str) {
    let own = figure["note"].as_str().unwrap_or_default();
    println!(
        "| {title} | {:.1} ms | {:.0} ms | {} MB | {note} {own} |",
        figure["ms"].as_f64().unwrap(),
        figure["cpu_ms"].as_f64().unwrap(),
        figure["peak_kb"].as_u64().unwrap() / 1024
    );
}

fn child(name: &str, folder: &Path) -> Value {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg("--measure")
        .arg(name)
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
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

/// A clearly fictional person: region 990102 does not exist.
fn person(row: u32) -> [String; 20] {
    let pick = |list: &[&str], by: u32| list[(row / by) as usize % list.len()].to_owned();
    let surname = pick(&["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "欧阳"], 1);
    let given =
        pick(&["国强", "桂兰", "芳", "志明", "秀英", "建国", "雅婷", "文静", "海波", "玉珍", "立新"], 9);
    let (year, month, day) = (1930 + row % 80, row / 80 % 12 + 1, row / 960 % 28 + 1);
    let birth = format!("{year}-{month:02}-{day:02}");
    let seventeen =
        format!("990102{year}{month:02}{day:02}{:03}", row / 26_880 * 2 % 1000 + row % 2 + 10 * (row % 37));
    let building = row % 120 + 1;
    let unit = row / 120 % 4 + 1;
    let room = format!("{}{:02}", row / 480 % 30 + 1, row % 7 + 1);
    let address = format!("梅园新村{building}号楼{unit}单元{room}室");
    [
        format!("{surname}{given}"),
        with_check(&seventeen),
        if seventeen.as_bytes()[16] % 2 == 1 { "男".into() } else { "女".into() },
        birth,
        pick(&["汉族", "回族", "满族"], 7),
        format!("16{:09}", u64::from(row) * 7919 % 1_000_000_000),
        address.clone(),
        address,
        pick(&["群众", "中共党员", "共青团员"], 5),
        pick(&["小学", "初中", "高中", "本科"], 3),
        pick(&["未婚", "已婚", "丧偶"], 4),
        pick(&["退休", "职员", "教师", "工人"], 6),
        pick(&["云州纺织厂", "听澜商场", "春晓学校"], 11),
        format!("990{:06}", row / 3),
        pick(&["户主", "配偶", "子"], 1),
        format!("{surname}国强"),
        pick(&["与子女同住", "独居", "空巢"], 8),
        format!("{surname}立新"),
        format!("16{:09}", u64::from(row) * 104_729 % 1_000_000_000),
        String::from("无变化"),
    ]
}

/// The check character of GB 11643-1999.
fn with_check(seventeen: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        seventeen.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432"[(sum % 11) as usize] as char;
    format!("{seventeen}{check}")
}

fn timed(work: impl FnOnce() -> String) -> Value {
    let (cpu, start) = (cpu_ms(), Instant::now());
    let note = work();
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    json!({ "ms": ms, "cpu_ms": cpu_ms() - cpu, "peak_kb": peak_kb(), "note": note })
}

fn median(times: usize, mut work: impl FnMut()) -> Value {
    let cpu = cpu_ms();
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    all.sort_by(f64::total_cmp);
    json!({ "ms": all[times / 2], "cpu_ms": (cpu_ms() - cpu) / times as f64, "peak_kb": peak_kb() })
}

/// User and system time of this process in milliseconds, at the kernel's hundred ticks a second.
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let field =
        |at: usize| rest.split_whitespace().nth(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (field(11) + field(12)) * 10.0
}

fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|text| text.parse().ok()).unwrap_or(0)
}
