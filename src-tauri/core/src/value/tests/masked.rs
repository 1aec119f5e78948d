//! Covered numbers and names: what is one, and whom it may be.

use crate::value::masked::{is_covered_name, is_covered_number, may_be, may_be_called};

#[test]
fn covered_numbers_are_told_from_whole_and_spoilt_ones() {
    for covered in
        ["990102********1234", "990102XXXXXXXX1234", "160****5678", "160＊＊＊＊5678", "990102××××××××××1X"]
    {
        assert!(is_covered_number(covered), "{covered}");
    }
    for other in ["99010219400503001X", "16000005678", "****", "160*5678", "见附件****1234", "1234*"] {
        assert!(!is_covered_number(other), "{other}");
    }
}

#[test]
fn covered_names_are_told_from_names() {
    for covered in ["柏*安", "柏某", "柏某某", "柏＊＊", "柏XX", "柏×安"] {
        assert!(is_covered_name(covered), "{covered}");
    }
    for name in ["柏念安", "阿依古丽·买买提", "Max", "柏 Alex", "〇"] {
        assert!(!is_covered_name(name), "{name}");
    }
}

#[test]
fn what_is_shown_must_agree_at_both_ends() {
    let whole = "99010219510209041X";
    assert!(may_be("990102********041X", whole) && may_be("990102**********1X", whole));
    assert!(may_be("9901******041X", whole), "however many stars somebody wrote");
    assert!(!may_be("990102********0410", whole) && !may_be("990103********041X", whole));
    assert!(!may_be("9********X", whole), "too little is shown");
    assert!(may_be("160****5678", "16000005678") && !may_be("160****5678", "16000005679"));
    assert!(!may_be(whole, whole), "a whole number is not covered");
}

#[test]
fn covered_names_agree_in_what_they_show() {
    assert!(
        may_be_called("柏*安", "柏念安") && may_be_called("柏某", "柏念安") && may_be_called("柏*", "柏念安")
    );
    assert!(!may_be_called("柏*安", "柏念平") && !may_be_called("章*安", "柏念安"));
}
