//! The packed grid: positions, order, merged areas, words as shown.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::import::guard::Limits;

#[test]
fn letters_go_both_ways() {
    for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
        assert_eq!(column_letters(index), letters);
        assert_eq!(column_index(letters), Some(index));
    }
    assert_eq!(column_index(""), None);
    assert_eq!(column_index("A1"), None);
}

#[test]
fn numbers_and_dates_are_shown_as_in_a_spreadsheet() {
    let shown = |cell: Cell<'_>| cell.shown().into_owned();
    assert_eq!(shown(Cell::Number(502.0)), "502");
    assert_eq!(shown(Cell::Number(0.1 + 0.2)), "0.3");
    assert_eq!(shown(Cell::Number(13_812_345_678.0)), "13812345678");
    let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
    assert_eq!(shown(Cell::Date(at("2026-11-21 00:00:00"))), "2026-11-21");
    assert_eq!(shown(Cell::Date(at("2026-11-21 09:30:00"))), "2026-11-21 09:30");
    assert_eq!(shown(Cell::Date(at("1899-12-31 09:30:00"))), "09:30");
}

#[test]
fn cells_out_of_order_find_their_place() {
    let mut cells = GridBuilder::new(Limits::default());
    for (row, column, text) in [(3, 1, "丁"), (0, 2, "乙"), (0, 0, "甲"), (3, 1, "新")] {
        cells.push(row, column, Cell::Text(text)).unwrap();
    }
    let sheet = cells.finish("表", Vec::new());
    assert_eq!(sheet.used_rows(), [0, 3]);
    assert_eq!((sheet.text(0, 0), sheet.text(0, 1), sheet.text(0, 2)), ("甲".into(), "".into(), "乙".into()));
    assert_eq!(sheet.text(3, 1), "新");
    assert_eq!((sheet.height(), sheet.width(), sheet.len()), (4, 3, 3));
}

#[test]
fn text_under_a_merged_area_is_gone_and_the_anchor_answers() {
    let mut cells = GridBuilder::new(Limits::default());
    for (row, column, text) in [(1, 0, "户"), (2, 0, "旧"), (3, 0, "旧"), (2, 1, "人")] {
        cells.push(row, column, Cell::Text(text)).unwrap();
    }
    let sheet = cells.finish("表", vec![Merge { row: 1, column: 0, rows: 3, columns: 1 }]);
    assert!(sheet.cell(2, 0).is_empty());
    assert_eq!(sheet.value_of(3, 0).shown(), "户");
    assert_eq!(sheet.merge_at(4, 0), None);
    assert_eq!(sheet.used_rows(), [1, 2]);
}

#[test]
fn of_a_sheet_past_the_limits_the_beginning_and_the_end_are_kept() {
    let limits = Limits { rows: 20_000, ..Limits::default() };
    let mut grid = GridBuilder::new(limits);
    for row in 0..50_000 {
        grid.push(row, 0, Cell::Text(&format!("第{row}行"))).unwrap();
        grid.push(row, 1, Cell::Number(f64::from(row))).unwrap();
    }
    let sheet = grid.finish("长表", Vec::new());
    assert_eq!((sheet.row_count(), sheet.height(), sheet.len()), (50_000, 50_000, 24_000));
    assert_eq!(sheet.gap(), Some((10_000, 47_999)));
    assert_eq!(sheet.text(9_999, 0), "第9999行");
    assert_eq!((sheet.text(48_000, 0), sheet.text(49_999, 1)), ("第48000行".into(), "49999".into()));
    assert!(sheet.cell(30_000, 0).is_empty());
}

#[test]
fn a_sheet_within_the_limits_is_kept_whole() {
    let mut grid = GridBuilder::new(Limits { rows: 20_000, ..Limits::default() });
    for row in 0..20_000 {
        grid.push(row, 0, Cell::Text("在")).unwrap();
    }
    let sheet = grid.finish("表", Vec::new());
    assert_eq!((sheet.row_count(), sheet.len(), sheet.gap()), (20_000, 20_000, None));
}
