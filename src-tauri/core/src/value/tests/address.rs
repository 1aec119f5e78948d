//! Addresses of homes (feature I25: room numbers are no dates).

use crate::value::address::{looks_like_room, parse};

/// Expected: estate, building, unit, room, rest; "" for none.
fn check(input: &str, expected: [&str; 5]) {
    let found = parse(input);
    let word = |part: &Option<String>| part.clone().unwrap_or_default();
    let got = [
        word(&found.estate),
        word(&found.building),
        word(&found.unit),
        word(&found.room),
        found.rest.clone(),
    ];
    assert_eq!(got, expected, "{input:?}");
}

#[test]
fn homes_in_every_town_are_read() {
    check("3号楼502室", ["", "3", "", "502", ""]);
    check("7号楼1单元301", ["", "7", "1", "301", ""]);
    check("3-401", ["", "3", "", "401", ""]);
    check("2-1-301", ["", "2", "1", "301", ""]);
    check("11幢203", ["", "11", "", "203", ""]);
    check("5栋2单元402室", ["", "5", "2", "402", ""]);
    check("梅园路88弄3号502室", ["梅园路88弄", "3", "", "502", ""]);
    check("12号楼", ["", "12", "", "", ""]);
    check("3#502", ["", "3", "", "502", ""]);
    check("3号502", ["", "3", "", "502", ""]);
    check("３号楼 ５０２ 室", ["", "3", "", "502", ""]);
    check("三号楼二单元五〇二室", ["", "3", "2", "502", ""]);
    check("十二号楼502", ["", "12", "", "502", ""]);
    check("A座1203", ["", "A", "", "1203", ""]);
    check("3号楼5层502室", ["", "3", "", "502", ""]);
    check("3号楼5楼502室", ["", "3", "", "502", ""]);
    check("3号楼东单元502", ["", "3", "东", "502", ""]);
    check("3号楼1-502", ["", "3", "1", "502", ""]);
    check("3号楼502-1", ["", "3", "", "502-1", ""]);
    check("3号楼-502", ["", "3", "", "502", ""]);
    check("3楼502", ["", "3", "", "502", ""]);
    check("3#楼502", ["", "3", "", "502", ""]);
    check("3－401", ["", "3", "", "401", ""]);
    check("3/401", ["", "3", "", "401", ""]);
    check("12甲号502室", ["", "12甲", "", "502", ""]);
    check("502室", ["", "", "", "502", ""]);
    check("502", ["", "", "", "502", ""]);
    check("3幢1门402", ["", "3", "1", "402", ""]);
}

#[test]
fn estates_and_areas_are_split_off() {
    check("梅园新村3号楼502", ["梅园新村", "3", "", "502", ""]);
    check("幸福小区A区3号楼2单元502室", ["幸福小区A区", "3", "2", "502", ""]);
    check("梅园三村12号402室", ["梅园三村", "12", "", "402", ""]);
    check("梅园路88弄3支弄5号201室", ["梅园路88弄3支弄", "5", "", "201", ""]);
    check("梅园路88号502室", ["梅园路", "88", "", "502", ""]);
    check("梅园路88号3号楼502室", ["梅园路88号", "3", "", "502", ""]);
    check("上海市浦东新区梅园街道梅园路88弄3号502室", ["梅园路88弄", "3", "", "502", ""]);
    check("新城市花园3号楼502", ["新城市花园", "3", "", "502", ""]);
    check("梅园路88弄3号", ["梅园路88弄", "3", "", "", ""]);
    assert_eq!(parse("上海市浦东新区梅园路88弄3号502室").area.as_deref(), Some("上海市浦东新区"));
}

#[test]
fn what_is_no_home_stays_whole() {
    check("东门面12号", ["", "", "", "", "东门面12号"]);
    check("梅园路88号", ["", "", "", "", "梅园路88号"]);
    check("外地", ["", "", "", "", "外地"]);
    check("", ["", "", "", "", ""]);
    check("1-2-3-401", ["", "", "", "", "1-2-3-401"]);
    check("3号楼502室（租）", ["", "3", "", "502", "(租)"]);
}

#[test]
fn short_forms_read_well() {
    let check = |input: &str, expected: Option<&str>| {
        assert_eq!(parse(input).short().as_deref(), expected, "{input:?}")
    };
    check("3-502", Some("3号楼502"));
    check("2-1-301", Some("2号楼1单元301"));
    check("梅园路88弄3号502室", Some("3号楼502"));
    check("12幢", Some("12号楼"));
    check("502室", Some("502室"));
    check("东门面12号", None);
}

#[test]
fn rooms_are_recognised() {
    for room in ["502", "502室", "1203A", "301-1", "12室", "502 室", "５０２"] {
        assert!(looks_like_room(room), "{room:?}");
    }
    for other in ["", "12", "2026.3.5", "13800001234", "三号", "3-401", "502-", "室"] {
        assert!(!looks_like_room(other), "{other:?}");
    }
}
