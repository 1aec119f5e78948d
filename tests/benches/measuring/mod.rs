//! What the benches share: measuring in a process of its own, and fictional people.

#![allow(dead_code, reason = "each bench uses the part it needs")]
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

/// How often a base goes into a figure.
pub(crate) fn ratio(figure: &Value, base: &Value, name: &str) -> String {
    let wall = figure["ms"].as_f64().unwrap() / base["ms"].as_f64().unwrap();
    let cpu = figure["cpu_ms"].as_f64().unwrap() / base["cpu_ms"].as_f64().unwrap();
    format!("{wall:.2} × {name} (CPU {cpu:.2} ×)")
}

/// Prints a figure as a row of the table.
pub(crate) fn row(title: &str, figure: &Value, note: &str) {
    let own = figure["note"].as_str().unwrap_or_default();
    println!(
        "| {title} | {:.1} ms | {:.0} ms | {} MB | {note} {own} |",
        figure["ms"].as_f64().unwrap(),
        figure["cpu_ms"].as_f64().unwrap(),
        figure["peak_kb"].as_u64().unwrap() / 1024
    );
}

/// Measures in a process of its own, so that the peak of its memory is its own.
pub(crate) fn child(name: &str, folder: &Path) -> Value {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg("--measure")
        .arg(name)
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A clearly fictional person: region 990102 does not exist.
pub(crate) fn person(row: u32) -> [String; 20] {
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

/// Time, CPU and memory of some work.
pub(crate) fn timed(work: impl FnOnce() -> String) -> Value {
    let (cpu, start) = (cpu_ms(), Instant::now());
    let note = work();
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    json!({ "ms": ms, "cpu_ms": cpu_ms() - cpu, "peak_kb": peak_kb(), "note": note })
}

/// The middle one of several times.
pub(crate) fn median(times: usize, mut work: impl FnMut()) -> Value {
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
