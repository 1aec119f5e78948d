//! Whole packages: what changes and what does not, over made and random sheets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook};

use super::book::{Book, unpacked};
use super::formula::Insertion;
use super::look::Look;
use super::*;

const SHEET: &str = "名单";

/// A form: title, heading, three slots, a total, a second sheet that speaks of it.
fn form() -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name(SHEET).unwrap();
    let boxed = Format::new().set_border(rust_xlsxwriter::FormatBorder::Thin);
    page.merge_range(0, 0, 0, 3, "花名册", &boxed).unwrap();
    for (column, text) in ["序号", "姓名", "年龄", "备注"].iter().enumerate() {
        page.write_with_format(1, column as u16, *text, &boxed).unwrap();
    }
    for row in 2..5 {
        page.write_with_format(row, 0, row - 1, &boxed).unwrap();
        for column in 1..4 {
            page.write_blank(row, column, &boxed).unwrap();
        }
    }
    page.write_formula(5, 2, Formula::new("=SUM(C3:C5)")).unwrap();
    page.write_string(6, 0, "填表人：").unwrap();
    page.merge_range(6, 1, 6, 3, "", &boxed).unwrap();
    let list = DataValidation::new().allow_list_strings(&["甲", "乙"]).unwrap();
    page.add_data_validation(2, 3, 4, 3, &list).unwrap();
    page.set_print_area(0, 0, 6, 3).unwrap();
    let other = book.add_worksheet().set_name("汇总").unwrap();
    other.write_formula(0, 0, Formula::new("=名单!C6+SUM(名单!C3:C5)")).unwrap();
    book.save_to_buffer().unwrap()
}

fn text(row: u32, column: u32, text: &str) -> Write {
    Write { row, column, value: Value::Text(text.into()) }
}

/// All values of a sheet by place, as another program reads them.
fn values(bytes: &[u8], sheet: &str) -> BTreeMap<(u32, u32), String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let (top, left) = range.start().unwrap_or_default();
    let cells = range.used_cells().filter(|(_, _, value)| !matches!(value, Data::Empty));
    cells
        .map(|(row, column, value)| ((row as u32 + top + 1, column as u32 + left), value.to_string()))
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    String::from_utf8(unpacked(bytes).unwrap().remove(name).unwrap()).unwrap()
}

/// A package of a few parts.
fn book_of(parts: &[(&str, &str)]) -> Book<'static> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    Book::open(writer.finish().unwrap().into_inner().leak()).unwrap()
}

#[test]
fn only_the_sheet_changes() {
    let before = form();
    let after = fill(&before, SHEET, None, &[text(3, 1, "=1+1"), text(4, 1, "王<桂>&兰")]).unwrap();
    let (old, new) = (unpacked(&before).unwrap(), unpacked(&after).unwrap());
    assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    let changed: Vec<&String> = old.keys().filter(|name| old[*name] != new[*name]).collect();
    // The workbook says already that everything is to be calculated anew.
    assert_eq!(changed, ["xl/worksheets/sheet1.xml"]);
    let mut expected = values(&before, SHEET);
    expected.insert((3, 1), "=1+1".into());
    expected.insert((4, 1), "王<桂>&兰".into());
    assert_eq!(values(&after, SHEET), expected, "a text that begins with = is no formula");
    let without = part(&before, "xl/worksheets/sheet1.xml");
    assert!(!without.contains("inlineStr"));
}

#[test]
fn rows_are_inserted_and_everything_moves_along() {
    let before = form();
    let rows = Insertion { after: 5, count: 4 };
    assert_eq!(obstacle(&before, SHEET, rows).unwrap(), None);
    let after = fill(&before, SHEET, Some(rows), &[text(9, 1, "末位")]).unwrap();
    let xml = part(&after, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("<f>SUM(C3:C9)</f>"), "the sum counts everybody: {xml}");
    assert!(xml.contains("<mergeCell ref=\"B11:D11\"/>"), "{xml}");
    assert!(xml.contains("sqref=\"D3:D9\""), "{xml}");
    assert!(part(&after, "xl/worksheets/sheet2.xml").contains("<f>名单!C10+SUM(名单!C3:C9)</f>"));
    assert!(part(&after, "xl/workbook.xml").contains("名单!$A$1:$D$11"));
    let values = values(&after, SHEET);
    assert_eq!(values.get(&(9, 1)).map(String::as_str), Some("末位"));
    assert_eq!(values.get(&(11, 0)).map(String::as_str), Some("填表人："));
    let look = Look::read(&mut Book::open(&after).unwrap(), SHEET).unwrap();
    assert!((6..=9).all(|row| look.has_cell(row, 3)), "the new rows are laid out like the last slot");
    assert_eq!(look.list(9, 3), Some(&["甲".to_owned(), "乙".to_owned()][..]));
}

#[test]
fn totals_are_calculated_anew_and_a_chain_of_moved_cells_is_dropped() {
    let wish = |text: &str| {
        let mut book = book_of(&[("xl/workbook.xml", text)]);
        book.calculate_on_load().unwrap();
        book.text("xl/workbook.xml").unwrap().unwrap()
    };
    assert_eq!(
        wish("<workbook><sheets/><calcPr calcId=\"1\"/></workbook>"),
        "<workbook><sheets/><calcPr fullCalcOnLoad=\"1\" calcId=\"1\"/></workbook>"
    );
    assert_eq!(
        wish("<x:workbook><x:sheets></x:sheets><x:extLst/></x:workbook>"),
        "<x:workbook><x:sheets></x:sheets><x:calcPr fullCalcOnLoad=\"1\"/><x:extLst/></x:workbook>"
    );
    let mut book = book_of(&[
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/calcChain.xml", "<calcChain/>"),
        ("[Content_Types].xml", "<Types><Override PartName=\"/xl/calcChain.xml\"/><Default/></Types>"),
        ("xl/_rels/workbook.xml.rels", "<R><Relationship Target=\"calcChain.xml\"/></R>"),
    ]);
    book.drop_chain().unwrap();
    assert_eq!(book.text("xl/calcChain.xml").unwrap(), None);
    assert_eq!(book.text("[Content_Types].xml").unwrap().unwrap(), "<Types><Default/></Types>");
    assert_eq!(book.text("xl/_rels/workbook.xml.rels").unwrap().unwrap(), "<R></R>");
}

#[test]
fn what_cannot_be_moved_is_refused() {
    let rows = Insertion { after: 5, count: 1 };
    let says = |xml: &str| super::insert::obstacle(xml, rows).is_some();
    assert!(says("<worksheet><sheetData/><tableParts count=\"1\"><tablePart/></tableParts></worksheet>"));
    assert!(says("<c r=\"A7\"><f t=\"shared\" ref=\"A7:A9\" si=\"0\">A1</f></c>"));
    assert!(says("<c r=\"A5\"><f t=\"array\" ref=\"A5:A6\">A1</f></c>"));
    assert!(says("<mergeCells><mergeCell ref=\"A5:A6\"/></mergeCells>"), "a slot of two rows");
    assert!(!says("<c r=\"A7\"><f t=\"shared\" ref=\"A7:C7\" si=\"0\">SUM(A3:A5)</f></c>"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever stands in a sheet and whatever is written: the written cells say so, all others say what
    /// they said, and every other part is the same.
    #[test]
    fn random_sheets_change_only_where_they_are_written(
        cells in prop::collection::btree_map((0u32..40, 0u16..12), "[一-龥a-z<&\" ]{0,6}", 0..60),
        writes in prop::collection::btree_map((1u32..60, 0u32..16), "[一-龥A-Z=<&'\"\n]{1,8}", 1..40),
    ) {
        let mut book = Workbook::new();
        let page = book.add_worksheet().set_name(SHEET).unwrap();
        for ((row, column), text) in &cells {
            page.write_string(*row, *column, text).unwrap();
        }
        let before = book.save_to_buffer().unwrap();
        let list: Vec<Write> = writes.iter().map(|((row, column), value)| text(*row, *column, value)).collect();
        let after = fill(&before, SHEET, None, &list).unwrap();
        let mut expected = values(&before, SHEET);
        expected.extend(writes);
        prop_assert_eq!(values(&after, SHEET), expected);
        let (old, new) = (unpacked(&before).unwrap(), unpacked(&after).unwrap());
        let is_same = old.iter().all(|(name, part)| name.contains("worksheets/") || new.get(name) == Some(part));
        prop_assert!(is_same && old.len() == new.len());
    }

    /// Rows inserted anywhere: what stood above stays, what stood below stands so many rows lower.
    #[test]
    fn random_sheets_move_whole(
        cells in prop::collection::btree_map((0u32..30, 0u16..8), "[一-龥]{1,4}", 1..50),
        after in 1u32..30,
        count in 1u32..9,
    ) {
        let mut book = Workbook::new();
        let page = book.add_worksheet().set_name(SHEET).unwrap();
        for ((row, column), text) in &cells {
            page.write_string(*row, *column, text).unwrap();
        }
        let before = book.save_to_buffer().unwrap();
        let rows = Insertion { after, count };
        let moved = fill(&before, SHEET, Some(rows), &[]).unwrap();
        let found = values(&moved, SHEET);
        for ((row, column), text) in values(&before, SHEET) {
            prop_assert_eq!(found.get(&(rows.row(row), column)), Some(&text));
        }
        let copied = cells.keys().filter(|(row, _)| row + 1 == after).count();
        prop_assert_eq!(found.len(), cells.len() + copied * count as usize, "copies of the last slot");
    }
}
