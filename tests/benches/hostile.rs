//! Files made to harm a reader, each opened in a process of its own: `cargo bench -p juwutai-tests
//! --bench hostile` prints how long it took, how much memory it cost and what the clerk was told.
//!
//! The asked-for bounds are ten seconds and one gigabyte; whether a reply is civil and the store
//! untouched is asserted in `tests/hostile.rs` too, here it is only told.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use juwutai_core::api;
use juwutai_core::clock::FixedClock;
use juwutai_core::office::Office;
use juwutai_core::progress::Progress;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--open") {
        println!("{}", open(Path::new(&arguments[at + 1]), Path::new(&arguments[at + 2])));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    println!("| attack | file | time | peak memory | reply | store |");
    println!("|---|---|---|---|---|---|");
    for (title, name, bytes) in attacks() {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let office = tempfile::tempdir().unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .arg("--open")
            .arg(&path)
            .arg(office.path())
            .output()
            .unwrap();
        let told: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| json!({ "reply": format!("the program ended: {}", output.status) }));
        println!(
            "| {title} | {} KB | {:.2} s | {} MB | {} | {} |",
            bytes.len() / 1024,
            told["seconds"].as_f64().unwrap_or(f64::NAN),
            told["peak_kb"].as_u64().unwrap_or(0) / 1024,
            told["reply"].as_str().unwrap_or_default(),
            if told["sound"] == true { "untouched" } else { "?" },
        );
    }
}

/// Opens a file, previews it when that works, and tells how it went.
fn open(path: &Path, folder: &Path) -> Value {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let mut office = Office::open(folder, Box::new(FixedClock::on(day)), "量险").unwrap();
    let mut call = |name: &str, request: Value| api::call(&mut office, name, request, &Progress::new());
    call("office.start", json!({ "name": "大样" }));
    let before = call("history.list", json!({}))["value"].clone();
    let started = Instant::now();
    let seen = call("import.open", json!({ "path": path }));
    let reply = if seen["ok"] == true {
        let sheet = &seen["value"]["sheets"][0];
        call("import.preview", json!({ "path": path, "ledger": "resident" }));
        format!("read: {} rows, {}", sheet["rows"], sheet["kind"])
    } else {
        seen["error"]["message"].as_str().unwrap_or_default().to_owned()
    };
    let seconds = started.elapsed().as_secs_f64();
    let is_sound = call("office.check", json!({}))["value"]["ok"] == true
        && call("history.list", json!({}))["value"] == before;
    json!({ "seconds": seconds, "peak_kb": peak_kb(), "reply": reply, "sound": is_sound })
}

fn attacks() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let corners = format!(
        "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
        cell("A1", "姓名"),
        cell("XFD1048576", "x")
    );
    let one = format!("<row r=\"1\">{}</row>", cell("A1", "姓名"));
    let refused = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/shapes/refused");
        let found = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        std::fs::read(found.into_iter().find(|path| path.to_string_lossy().contains(name)).unwrap()).unwrap()
    };
    let whole = workbook(&one, "A1", None);
    vec![
        ("one text of 1 GB in a zip", "炸弹.xlsx", workbook(&one, "A1", Some(1 << 30))),
        ("two cells in opposite corners", "两角.xlsx", workbook(&corners, "A1:XFD1048576", None)),
        ("a false dimension", "假尺寸.xlsx", workbook(&one, "A1:XFD1048576", None)),
        ("merges over the whole sheet", "大合并.xlsx", merged()),
        (
            "a million rows of text",
            "百万行.csv",
            "张三,16000000001,梅园新村\n".repeat(1_000_000).into_bytes(),
        ),
        ("one line of 40 MB", "一行.csv", vec![b'9'; 40 << 20]),
        ("a hundred thousand columns", "十万栏.csv", "1,".repeat(100_000).into_bytes()),
        ("a password", "有密码.xlsx", refused("密码")),
        ("entities that multiply", "实体.xlsx", refused("实体")),
        ("half a workbook", "半截.xlsx", whole[..whole.len() / 2].to_vec()),
        ("entries that climb out of the folder", "爬出.xlsx", climbing()),
        (
            "random bytes",
            "乱码.xls",
            (0u32..200_000).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect(),
        ),
        ("nothing but zeros", "全零.xls", vec![0; 100_000]),
        (
            "tables in tables, ten thousand deep",
            "套娃.xls",
            ["<html>", &"<table><tr><td>".repeat(10_000)].concat().into_bytes(),
        ),
        (
            "a picture by the name of a sheet",
            "照片.xlsx",
            [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 5_000]].concat(),
        ),
        ("nothing", "空.xlsx", Vec::new()),
    ]
}

fn merged() -> Vec<u8> {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c></row>";
    let merges: String =
        (0..50_000).map(|at| format!("<mergeCell ref=\"A{}:XFD{}\"/>", at * 20 + 1, at * 20 + 20)).collect();
    zipped(
        &[("xl/worksheets/sheet1.xml", sheet(rows, "A1", &format!("<mergeCells>{merges}</mergeCells>")))],
        None,
    )
}

fn climbing() -> Vec<u8> {
    zipped(
        &[("../../../outside.txt", "x".to_owned()), ("xl/worksheets/sheet1.xml", sheet("", "A1", ""))],
        None,
    )
}

fn workbook(rows: &str, dimension: &str, bomb: Option<usize>) -> Vec<u8> {
    zipped(&[("xl/worksheets/sheet1.xml", sheet(rows, dimension, ""))], bomb)
}

fn sheet(rows: &str, dimension: &str, rest: &str) -> String {
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <dimension ref=\"{dimension}\"/><sheetData>{rows}</sheetData>{rest}</worksheet>"
    )
}

/// A workbook with the given parts beside those every one has; `bomb` bytes of one shared text.
fn zipped(parts: &[(&str, String)], bomb: Option<usize>) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{DOCUMENT}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inside: &str| format!("<Relationships xmlns=\"{PACKAGE}\">{inside}</Relationships>");
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\"><sheets>\
         <sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let of_book = relation("rId1", "worksheet", "worksheets/sheet1.xml")
        + &relation("rId2", "sharedStrings", "sharedStrings.xml");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put("[Content_Types].xml", types);
    put("_rels/.rels", &relations(&relation("rId1", "officeDocument", "xl/workbook.xml")));
    put("xl/workbook.xml", &book);
    put("xl/_rels/workbook.xml.rels", &relations(&of_book));
    for (name, text) in parts {
        put(name, text);
    }
    zip.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(format!("<sst xmlns=\"{MAIN}\"><si><t>").as_bytes()).unwrap();
    let mut left = bomb.unwrap_or(0);
    while left > 0 {
        let piece = left.min(1 << 20);
        zip.write_all(&vec![b'a'; piece]).unwrap();
        left -= piece;
    }
    zip.write_all(b"</t></si></sst>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|text| text.parse().ok()).unwrap_or(0)
}
