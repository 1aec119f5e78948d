//! Cleaning of text (feature I27).

use crate::value::text::{clean, is_blank_mark, squeeze};

fn check(input: &str, expected: &str) {
    assert_eq!(clean(input), expected, "clean({input:?})");
    assert_eq!(clean(expected), expected, "what is clean stays as it is: {expected:?}");
}

#[test]
fn clean_removes_what_nobody_sees() {
    check("", "");
    check("   ", "");
    check("\u{FEFF}张三\u{200B}", "张三");
    check(" 张\u{A0}三\u{3000} ", "张 三");
    check("张  \t 三", "张 三");
    check("a\u{7}b\u{1b}", "ab");
    check("\u{202D}13800001234\u{202C}", "13800001234");
}

#[test]
fn clean_narrows_letters_digits_and_signs_but_not_chinese_marks() {
    check("３号楼５０２室", "3号楼502室");
    check("ＡＢｃ－１２．５％", "ABc-12.5%");
    check("家庭困难，需帮助（已走访）：无", "家庭困难，需帮助（已走访）：无");
}

#[test]
fn clean_keeps_line_breaks_inside_only() {
    check("\r\n第一行 \r\n 第二行\r第三行\n", "第一行\n第二行\n第三行");
    check("一\n\n\n二", "一\n二");
}

#[test]
fn clean_keeps_rare_names_and_repairs_radicals_of_pdf_readers() {
    check("㐂\u{20BB7}\u{E0100}\u{E000}", "㐂\u{20BB7}\u{E0100}\u{E000}");
    check("⽅⼤⽣", "方大生");
    check("e\u{301}", "é");
    check("e\u{200B}\u{301}", "é");
}

#[test]
fn squeeze_makes_the_key_of_a_heading() {
    let check = |input: &str, expected: &str| assert_eq!(squeeze(input), expected, "squeeze({input:?})");
    check("姓 名", "姓名");
    check("王　芳", "王芳");
    check("联系\n电话（手机）", "联系电话(手机)");
    check("阿依努尔·买买提", "阿依努尔·买买提");
}

#[test]
fn blank_marks_mean_nothing_known() {
    for mark in ["", " ", "无", "—", "——", "-", "/", "\\", "空", "暂无", "N/A", "未留", "不 详", "／", "#N/A"]
    {
        assert!(is_blank_mark(mark), "{mark:?} means nothing known");
    }
    for value in ["0", "无锡", "空军", "张三", "×", "√", "否"] {
        assert!(!is_blank_mark(value), "{value:?} is a value");
    }
}
