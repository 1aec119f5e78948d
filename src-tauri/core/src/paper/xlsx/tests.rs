//! The workbook read back by another library, and its print set-up in the XML.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx, open_workbook_from_rs};

use super::super::document::{Block, Keys};
use super::super::sample;
use super::{lock, render, render_all, text};

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut content = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut content).unwrap();
    content
}

fn cells(bytes: &[u8]) -> calamine::Range<calamine::Data> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    workbook.worksheet_range_at(0).unwrap().unwrap()
}

#[test]
fn texts_stay_texts_and_numbers_become_numbers() {
    let bytes = render(&sample::plain_list(20)).unwrap();
    let range = cells(&bytes);
    for index in 0..20 {
        let at = |column: u32| range.get_value((3 + index, column)).unwrap();
        assert_eq!(at(4), &calamine::Data::String(sample::id_number(index as usize)));
        assert!(matches!(at(5), calamine::Data::String(_)), "a phone number is a text");
        assert_eq!(at(3), &calamine::Data::Float(18.0 + f64::from(index)));
    }
}

#[test]
fn head_is_merged_frozen_filtered_and_printed_on_every_page() {
    let bytes = render(&sample::care_list(30)).unwrap();
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
    let name = workbook.sheet_names()[0].clone();
    let merges = workbook.merge_cells_by_sheet_name(&name).unwrap();
    let has = |start, end| merges.iter().any(|merge| merge.start == start && merge.end == end);
    assert!(has((0, 0), (0, 15)), "title over the whole width");
    assert!(has((2, 6), (2, 8)) && has((2, 0), (3, 0)), "groups and two-row heads are merged");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for words in [
        "fitToHeight=\"0\"",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "state=\"frozen\"",
        "<autoFilter ref=\"A4:P34\"",
        "第 &amp;P 页 共 &amp;N 页",
        "numberStoredAsText=\"1\"",
    ] {
        assert!(sheet.contains(words), "the sheet lacks {words}");
    }
    assert!(!sheet.contains("<f>"), "nothing is a formula");
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("$3:$4</definedName>") && book.contains("Print_Area"), "{book}");
    assert!(!part(&bytes, "xl/sharedStrings.xml").contains("本页"), "a sheet has no pages to count rows on");
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let mut document = sample::plain_list(2);
    let Some(Block::Table(table)) = document.blocks.iter_mut().find(|block| matches!(block, Block::Table(_)))
    else {
        panic!("the sample has a table")
    };
    table.rows[0][7].text = "=HYPERLINK(\"x\")".into();
    let bytes = render(&document).unwrap();
    assert_eq!(cells(&bytes).get_value((3, 7)).unwrap(), &calamine::Data::String("=HYPERLINK(\"x\")".into()));
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
}

#[test]
fn hidden_words_of_the_rows_are_sorted_with_them_and_never_printed() {
    let mut document = sample::care_list(3);
    let words = vec!["a-1".to_owned(), "a-2".into(), "a-3".into()];
    if let Some(Block::Table(table)) =
        document.blocks.iter_mut().find(|block| matches!(block, Block::Table(_)))
    {
        table.keys = Some(Keys { title: "行号牌".into(), words });
    }
    let bytes = render(&document).unwrap();
    let range = cells(&bytes);
    assert_eq!(range.get_value((3, 16)).unwrap(), &calamine::Data::String("行号牌".into()));
    assert_eq!(range.get_value((6, 16)).unwrap(), &calamine::Data::String("a-3".into()));
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<autoFilter ref=\"A4:Q7\""), "sorting takes the words along");
    assert!(sheet.contains("min=\"17\" max=\"17\"") && sheet.contains("hidden=\"1\""), "{sheet}");
    assert!(part(&bytes, "xl/workbook.xml").contains("$A$1:$P$8"), "the printed part ends before them");
}

#[test]
fn a_locked_workbook_opens_with_its_password_only() {
    let plain = render(&sample::plain_list(40)).unwrap();
    let locked = lock(&plain, "梅园 2026").unwrap();
    assert!(locked.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]), "a compound file");
    assert!(zip::ZipArchive::new(Cursor::new(&locked)).is_err());
    assert!(!locked.windows(6).any(|bytes| bytes == "沈玉".as_bytes()), "no word of it can be read");
    assert_ne!(lock(&plain, "梅园 2026").unwrap(), locked, "salted anew each time");
}

#[test]
fn documents_share_a_workbook_on_sheets_of_their_own() {
    let bytes = render_all(&[sample::plain_list(2), sample::care_list(2), sample::plain_list(3)]).unwrap();
    let workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let names = workbook.sheet_names();
    assert_eq!(names.len(), 3);
    assert_eq!(names[2], format!("{}2", names[0]));
}

#[test]
fn large_list_keeps_its_merged_head() {
    let bytes = render(&sample::care_list(20_500)).unwrap();
    let range = cells(&bytes);
    assert_eq!(range.get_value((2, 6)).unwrap(), &calamine::Data::String("居住情况".into()));
    assert_eq!(range.get_value((3, 6)).unwrap(), &calamine::Data::String("楼号室号".into()));
    assert_eq!(range.get_value((4 + 20_499, 0)).unwrap(), &calamine::Data::Float(20_500.0));
}

#[test]
fn same_document_gives_the_same_bytes() {
    let document = sample::care_list(10);
    assert_eq!(render(&document).unwrap(), render(&document).unwrap());
}

#[test]
fn numbers_that_would_change_stay_texts() {
    for (given, expected) in [
        ("12", Some(12.0)),
        ("-3.50", Some(-3.5)),
        ("0", Some(0.0)),
        ("0.5", Some(0.5)),
        ("007", None),
        ("", None),
        ("1e5", None),
        ("12岁", None),
        ("1234567890123456", None),
        ("１２", None),
        (".5", None),
        ("-", None),
    ] {
        assert_eq!(text::number(given), expected, "{given}");
    }
}

#[test]
fn sheet_names_are_accepted_by_excel() {
    assert_eq!(text::sheet_name("台账[2026]/春:晓里", &[]), "台账2026春晓里");
    assert_eq!(text::sheet_name("'*?'", &[]), "表");
    let long = text::sheet_name(&"长".repeat(40), &[]);
    assert_eq!(long.chars().count(), 31);
    let second = text::sheet_name(&long, std::slice::from_ref(&long));
    assert_eq!(second, format!("{}2", "长".repeat(30)), "two sheets never have one name");
    assert_eq!(text::sheet_name(&long, &[long.clone(), second]), format!("{}3", "长".repeat(30)));
}

#[test]
#[ignore = "writes samples to look at"]
fn samples_to_look_at() {
    let folder = std::env::temp_dir().join("juwutai-paper");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, document) in [
        ("care", sample::care_list(112)),
        ("plain", sample::plain_list(120)),
        ("mixed", sample::mixed_paper()),
    ] {
        std::fs::write(folder.join(name).with_extension("xlsx"), render(&document).unwrap()).unwrap();
    }
    let locked = lock(&render(&sample::plain_list(40)).unwrap(), "梅园 2026").unwrap();
    std::fs::write(folder.join("locked.xlsx"), locked).unwrap();
}
