//! What papers cost: `cargo bench -p juwutai-tests --bench paper` prints time, size and memory of long
//! lists, and what independent readers of PDF say of them.
//!
//! Asked for: 3,000 × 8 rows in 0.5 s of CPU and 800 KB; a ledger of 10 pages in 300 KB; 750 pages in
//! 2.5 s of CPU and 300 MB; all text found again, nothing unsound, every face embedded and subset.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::Path;
use std::process::Command;

use juwutai_core::paper::document::{Block, Cell, Column, Document, HeadCell, Kind, Line, Table};
use juwutai_core::paper::{layout, pdf, xlsx};
use serde_json::Value;

mod measuring;
use measuring::{child, person, row, timed};

/// Rows that fill 750 pages of 20.
const MANY: usize = 15_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--measure") {
        println!("{}", measure(&arguments[at + 1], Path::new(&arguments[at + 2])));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    println!("| figure | time | CPU | peak memory | note |");
    println!("|---|---|---|---|---|");
    for (title, name) in [
        ("PDF of 3,000 × 8", "list"),
        ("PDF of a ledger of 10 pages", "ten"),
        ("PDF of 750 pages", "many"),
        ("laying out alone, 750 pages", "layout"),
        ("Excel of the same rows", "excel"),
    ] {
        row(title, &child(name, folder.path()), "");
    }
    println!();
    for name in ["list", "ten", "many"] {
        println!("{name}.pdf: {}", looked_at(&folder.path().join(name).with_extension("pdf")));
    }
}

fn measure(name: &str, folder: &Path) -> Value {
    let write = |document: &Document| {
        let made = pdf::render(document).unwrap();
        std::fs::write(folder.join(name).with_extension("pdf"), &made.bytes).unwrap();
        format!("{} pages, {} KB, {} warnings", made.pages, made.bytes.len() / 1024, made.warnings.len())
    };
    match name {
        "list" => timed(|| write(&list(3_000))),
        "ten" => timed(|| write(&list(450))),
        "many" => timed(|| write(&roomy(list(MANY)))),
        "layout" => timed(|| format!("{} pages", layout::lay_out(&roomy(list(MANY))).unwrap().pages.len())),
        "excel" => timed(|| format!("{} KB", xlsx::render(&list(MANY)).unwrap().len() / 1024)),
        other => panic!("no figure {other}"),
    }
}

/// A list of eight columns with long addresses.
fn list(rows: usize) -> Document {
    let titles = ["序号", "姓名", "性别", "身份证号", "联系电话", "现居住地址", "职业", "备注"];
    let cells = |index: usize| {
        let [name, id, gender, _, _, phone, address, _, _, _, _, work, ..] =
            person(u32::try_from(index).unwrap());
        [(index + 1).to_string(), name, gender, id, phone, address, work, String::new()]
            .map(Cell::new)
            .to_vec()
    };
    let mut columns = vec![Column::default(); titles.len()];
    columns[0].kind = Kind::Number;
    let table = Table {
        columns,
        head: vec![titles.map(HeadCell::new).to_vec()],
        rows: (0..rows).map(cells).collect(),
        ..Table::default()
    };
    let mut document = Document::new("居民基本情况登记表");
    document.blocks = vec![
        Block::Heading { level: 0, text: document.title.clone() },
        Block::Line(Line { left: "填报单位：梅园居民区居民委员会".into(), ..Line::default() }),
        Block::Table(table),
    ];
    document
}

/// The same with twenty rows a page: three lines in every address.
fn roomy(mut document: Document) -> Document {
    for block in &mut document.blocks {
        let Block::Table(table) = block else { continue };
        for row in &mut table.rows {
            row[7].text = "一\n二\n三".into();
        }
    }
    document
}

/// What pdftotext, pdffonts and qpdf say.
fn looked_at(path: &Path) -> String {
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).arg(path).arg("-").output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
    };
    let text = said("pdftotext", &["-layout"]);
    let ids = text.split_whitespace().filter(|word| word.len() == 18 && word.starts_with("990102")).count();
    let heads = text.matches("身份证号").count();
    let fonts = Command::new("pdffonts").arg(path).output().unwrap();
    let fonts = String::from_utf8_lossy(&fonts.stdout).into_owned();
    let lines: Vec<&str> = fonts.lines().skip(2).collect();
    let embedded = lines.iter().filter(|line| line.contains(" yes yes yes ")).count();
    let sound = Command::new("qpdf").arg("--check").arg(path).output().unwrap().status.success();
    format!(
        "{ids} ID numbers and {heads} heads read back, {embedded} of {} faces embedded, subset and with ToUnicode, \
         qpdf {}",
        lines.len(),
        if sound { "finds nothing" } else { "COMPLAINS" }
    )
}
