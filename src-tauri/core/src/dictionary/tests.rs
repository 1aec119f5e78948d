//! Tests of the dictionary and of heading matching.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

#[test]
fn loads() {
    let dictionary = Dictionary::load().unwrap();
    assert!(dictionary.fields().len() >= 170);
}
