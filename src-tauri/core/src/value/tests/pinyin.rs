//! Pinyin keys of names (features Q01, Q02).

use crate::value::pinyin::keys;

/// The likeliest keys of a name.
fn check(name: &str, initials: &str, full: &str) {
    let keys = keys(name);
    let first = |of: &[String]| of.first().cloned().unwrap_or_default();
    assert_eq!((first(&keys.initials).as_str(), first(&keys.full).as_str()), (initials, full), "{name}");
    assert!(keys.initials.len() <= 8 && keys.full.len() <= 8, "{name} has at most eight keys of each");
}

#[test]
fn names_have_initials_and_full_keys() {
    check("张建国", "zjg", "zhangjianguo");
    check("王　芳", "wf", "wangfang");
    check("吕秀英", "lxy", "lvxiuying");
    check("阿依努尔·买买提", "aynemmt", "ayinuermaimaiti");
    check("", "", "");
    check("Li 明", "lim", "liming");
}

#[test]
fn surnames_are_read_as_surnames() {
    for (surname, reading) in [
        ("单", "shan"),
        ("曾", "zeng"),
        ("仇", "qiu"),
        ("查", "zha"),
        ("解", "xie"),
        ("区", "ou"),
        ("乐", "yue"),
        ("朴", "piao"),
        ("盖", "ge"),
        ("华", "hua"),
        ("任", "ren"),
        ("纪", "ji"),
        ("许", "xu"),
        ("沈", "shen"),
        ("葛", "ge"),
        ("柏", "bai"),
        ("秘", "bi"),
        ("种", "chong"),
        ("晁", "chao"),
        ("车", "che"),
        ("谌", "chen"),
        ("褚", "chu"),
        ("都", "du"),
        ("费", "fei"),
        ("干", "gan"),
        ("句", "gou"),
        ("哈", "ha"),
        ("黑", "he"),
        ("侯", "hou"),
        ("郇", "xun"),
        ("贾", "jia"),
        ("隽", "juan"),
        ("阚", "kan"),
        ("隗", "wei"),
        ("陆", "lu"),
        ("宓", "mi"),
        ("缪", "miao"),
        ("牟", "mou"),
        ("那", "na"),
        ("乜", "nie"),
        ("宁", "ning"),
        ("繁", "po"),
        ("覃", "qin"),
        ("曲", "qu"),
        ("瞿", "qu"),
        ("召", "shao"),
        ("折", "she"),
        ("盛", "sheng"),
        ("石", "shi"),
        ("洗", "xian"),
        ("冼", "xian"),
        ("燕", "yan"),
        ("应", "ying"),
        ("员", "yun"),
        ("臧", "zang"),
        ("翟", "zhai"),
        ("祭", "zhai"),
        ("万", "wan"),
        ("尹", "yin"),
        ("俞", "yu"),
        ("叶", "ye"),
        ("仉", "zhang"),
    ] {
        let full = &keys(&format!("{surname}明")).full;
        assert_eq!(full.first().map(String::as_str), Some(format!("{reading}ming").as_str()), "{surname}");
    }
    assert!(!keys("许建国").initials.contains(&"hjg".to_owned()), "许 is never hu in a name");
}

#[test]
fn compound_surnames_are_read_whole() {
    check("尉迟恭", "ycg", "yuchigong");
    check("万俟明", "mqm", "moqiming");
    check("欧阳明", "oym", "ouyangming");
    check("长孙明", "zsm", "zhangsunming");
    check("澹台明", "ttm", "tantaiming");
}

#[test]
fn misreadings_and_heteronyms_are_found_too() {
    let of = |name: &str| keys(name).initials;
    assert!(of("单雄信").contains(&"dxx".to_owned()));
    assert!(of("曾乐").contains(&"zl".to_owned()) && of("曾乐").contains(&"cy".to_owned()));
    assert!(keys("行重乐长单曾").full.len() == 8, "many heteronyms are capped");
}

#[test]
fn rare_characters_stand_for_themselves() {
    check("张\u{20BB7}", "z\u{20BB7}", "zhang\u{20BB7}");
}
