//! How well blank forms are filled: `cargo bench -p juwutai-tests --bench fill [-- FOLDER]`. The
//! register is built by importing the five rosters of the folder, then every form is filled through
//! `fill.make` and compared with its truth.
//!
//! Prints a table of figures, then one line for each cell that is not as it should be, then how long a
//! form of 500 slots takes. Nothing here fails; the test of the same name holds what was reached.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::NaiveDate;
use juwutai_core::api;
use juwutai_core::clock::FixedClock;
use juwutai_core::office::Office;
use juwutai_core::progress::Progress;
use rust_xlsxwriter::{Format, FormatBorder, Workbook};
use serde_json::{Value, json};

#[path = "../support/forms.rs"]
mod forms;

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/forms");
    let folder = given.map_or(own, PathBuf::from);
    let data = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    let mut office = open(data.path());
    let mut call = |name: &str, request: Value| call(&mut office, name, request);
    forms::register(&folder, &mut call);
    let save = |name: &str, bytes: &[u8]| {
        let path = out.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut scores = Vec::new();
    for (path, truth) in forms::fixtures(&folder) {
        scores.push(forms::fill(&path, &truth, &mut call, &save));
    }
    println!("{}", forms::table(&scores));
    for score in &scores {
        score.misses.iter().for_each(|miss| println!("{}: {miss}", score.file));
    }
    large(&mut call, &save);
}

fn open(folder: &Path) -> Office {
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let mut office = Office::open(folder, Box::new(FixedClock::on(day)), "许文静").unwrap();
    call(&mut office, "office.start", json!({ "name": "梅园居民区" }));
    office
}

fn call(office: &mut Office, name: &str, request: Value) -> Value {
    let mut reply = api::call(office, name, request, &Progress::new());
    assert_eq!(reply["ok"], true, "{name}: {reply}");
    reply["value"].take()
}

/// A form of 500 slots and twenty columns, filled from a register of 500 people.
fn large(call: forms::Call<'_>, save: &dyn Fn(&str, &[u8]) -> String) {
    let mut csv = "姓名,身份证号,性别,联系电话,家庭住址,民族,文化程度,婚姻状况,职业\n".to_owned();
    let given: Vec<char> = "宁远舒望安和平静文武春夏秋冬东南西北山水云".chars().collect();
    let name = |order: u32| -> String {
        let (first, second) = (order as usize / given.len(), order as usize % given.len());
        ['章', given[first % given.len()], given[second]].iter().collect()
    };
    for order in 0..500u32 {
        let first =
            format!("990102{}{:02}{:02}{:03}", 1950 + order % 40, 1 + order % 12, 1 + order % 28, order);
        let id = format!("{first}{}", check(&first));
        csv.push_str(&format!(
            "{},{id},,1605560{order:04},望溪花园{}号楼1单元{}室,汉族,初中,已婚,退休\n",
            name(order),
            1 + order % 30,
            101 + order
        ));
    }
    let roster = save("五百人.csv", csv.as_bytes());
    let came = call("import.apply", json!({ "path": roster, "ledger": "household_register" }));
    assert_eq!(came["added"], 500, "the register is there: {}", came["problems"]);
    let headings = [
        "序号",
        "姓名",
        "性别",
        "身份证号",
        "出生日期",
        "年龄",
        "民族",
        "联系电话",
        "家庭住址",
        "文化程度",
        "婚姻状况",
        "职业",
        "楼号",
        "单元",
        "室号",
        "政治面貌",
        "户主姓名",
        "与户主关系",
        "紧急联系人",
        "备注",
    ];
    let boxed = Format::new().set_border(FormatBorder::Thin);
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.merge_range(0, 0, 0, 19, "户籍人口信息表", &boxed).unwrap();
    for (column, heading) in (0u16..).zip(headings) {
        page.write_with_format(1, column, heading, &boxed).unwrap();
        for row in 2..502 {
            page.write_blank(row, column, &boxed).unwrap();
        }
    }
    let form = save("五百格.xlsx", &book.save_to_buffer().unwrap());
    let request = json!({ "path": form, "whom": { "where": "ledger:household_register" } });
    call("fill.open", json!({ "path": form }));
    let began = Instant::now();
    let made = call("fill.make", request);
    println!("\n500 slots, {} cells filled, {} ms", made["filled"], began.elapsed().as_millis());
}

/// The check digit of the first seventeen digits of an identity number.
fn check(first: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from(b"10X98765432"[sum as usize % 11])
}
