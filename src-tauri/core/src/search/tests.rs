//! What is typed into the box, and whom it finds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::json;

use super::{Word, words};
use crate::testing::office;

#[test]
fn words_are_told_apart_by_their_looks() {
    let door = |parts: &[&str]| Word::Door(parts.iter().map(ToString::to_string).collect());
    let check = |text: &str, expected: Word| assert_eq!(words(text), vec![expected], "{text}");
    check("王桂兰", Word::Chinese("王桂兰".into()));
    check("WGL", Word::Latin("wgl".into()));
    check("031x", Word::Digits("031X".into()));
    check("3-502", door(&["3", "502"]));
    check("3号楼502", door(&["3", "502"]));
    check("7号楼1单元301室", door(&["7", "1", "301"]));
    check("７－３０１", door(&["7", "301"]));
    check("12号楼", door(&["12"]));
    assert_eq!(words("  "), vec![]);
}

#[test]
fn finds_by_name_pinyin_tails_and_door_and_follows_edits_and_undo() {
    let mut testing = office();
    testing.import(
        "resident",
        "姓名,身份证号,联系电话,家庭住址\n单雄信,990102194005030010,16800001234,梅园新村3号楼502室\n曾乐,990102195107011448,16800005678,梅园新村4号楼101室\n",
    );
    let mut find = |text: &str| -> Vec<String> {
        let reply = testing.call("resident.find", json!({ "text": text }));
        reply["hits"].as_array().unwrap().iter().map(|hit| hit["name"].as_str().unwrap().to_owned()).collect()
    };
    for text in ["单", "雄信", "sxx", "shanxiong", "0010", "1234", "3-502", "3号楼502", "单 3-502"] {
        assert_eq!(find(text), ["单雄信"], "{text}");
    }
    for text in ["zl", "zengle", "5678", "4号楼"] {
        assert_eq!(find(text), ["曾乐"], "{text}");
    }
    for text in ["单 4-101", "xz", "9999", "%", "'"] {
        assert!(find(text).is_empty(), "{text} fits nobody");
    }
    let uid = testing.call("resident.find", json!({ "text": "曾乐" }))["hits"][0]["uid"].clone();
    testing.call("resident.change", json!({ "uid": uid, "field": "person.phone", "value": "16800009999" }));
    let hits = |testing: &mut crate::testing::Testing, text: &str| {
        testing.call("resident.find", json!({ "text": text }))["hits"].as_array().unwrap().len()
    };
    assert_eq!(
        (hits(&mut testing, "9999"), hits(&mut testing, "5678")),
        (1, 0),
        "the old phone is forgotten"
    );
    testing.call("history.undo", json!({}));
    assert_eq!((hits(&mut testing, "9999"), hits(&mut testing, "5678")), (0, 1), "and comes back with undo");
}
