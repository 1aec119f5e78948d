//! Properties that hold on every page, checked on the display list.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod flowing;
mod models;

use super::super::document::{
    Block, Cell, Column, Document, FootPages, HeadCell, Orientation, Paper, Paragraph, Table, Typeface, Width,
};
use super::super::font::{self, Face};
use super::super::sample;
use super::{Item, Page, Pages, lay_out};

/// Text of a page with its place: left, right, top and bottom of the em box.
fn texts(page: &Page) -> Vec<(String, [f32; 4])> {
    let place = |item: &Item| match item {
        Item::Text { size, x, y, width, text, .. } => {
            Some((text.clone(), [*x, x + width, y - 0.88 * size, y + 0.12 * size]))
        }
        _ => None,
    };
    page.items.iter().filter_map(place).collect()
}

fn all_text(pages: &Pages) -> String {
    pages.pages.iter().flat_map(texts).map(|(text, _)| text + "\n").collect()
}

/// Nothing leaves the page and no text crosses a line of a table.
fn check(pages: &Pages) {
    for (number, page) in pages.pages.iter().enumerate() {
        for (text, [left, right, top, bottom]) in texts(page) {
            let is_inside = left >= 0.0 && right <= page.width && top >= 0.0 && bottom <= page.height;
            assert!(is_inside, "“{text}” leaves page {}", number + 1);
            for item in &page.items {
                let Item::Rule { from, to, .. } = item else { continue };
                let slack = 0.8;
                let is_upright = (from.0 - to.0).abs() < 0.01;
                let crosses = if is_upright {
                    from.1 < bottom && to.1 > top && from.0 > left + slack && from.0 < right - slack
                } else {
                    from.0 < right && to.0 > left && from.1 > top + slack && from.1 < bottom - slack
                };
                assert!(!crosses, "“{text}” crosses a line on page {}", number + 1);
            }
        }
    }
}

fn one_table(columns: usize, rows: Vec<Vec<Cell>>) -> Document {
    let head = vec![(0..columns).map(|column| HeadCell::new(format!("第{}栏", column + 1))).collect()];
    let mut document = Document::new("试样");
    let table = Table { columns: vec![Column::default(); columns], head, rows, ..Table::default() };
    document.blocks.push(Block::Table(table));
    document
}

#[test]
fn wide_list_lies_and_repeats_its_head() {
    let pages = lay_out(&sample::care_list(112)).unwrap();
    check(&pages);
    let rows: Vec<usize> = pages.pages.iter().map(|page| page.rows).collect();
    assert_eq!(rows, [28, 31, 31, 22], "about thirty rows stand on a page, as on the model page");
    for page in &pages.pages {
        assert!(page.width > page.height, "sixteen columns need a lying sheet");
        let found: String = texts(page).into_iter().map(|(text, _)| text).collect();
        for title in ["序号", "居住情况", "走访频次", "填表人（签字）："] {
            assert!(found.contains(title), "{title} is missing on a page");
        }
    }
    assert!(all_text(&pages).contains("（以下空白）"));
    assert!(all_text(&pages).contains("本页22人　累计112人　全册112人"));
    assert_eq!(pages.warnings, []);
}

#[test]
fn narrow_list_stands_and_prints_every_row_once() {
    let pages = lay_out(&sample::plain_list(700)).unwrap();
    check(&pages);
    assert!(pages.pages.iter().all(|page| page.width < page.height));
    let found = all_text(&pages);
    for index in 0..700 {
        let id = sample::id_number(index);
        assert_eq!(
            found.matches(&id).count(),
            (0..700).filter(|other| sample::id_number(*other) == id).count()
        );
    }
    assert_eq!(pages.pages.iter().map(|page| page.rows).sum::<usize>(), 700);
}

#[test]
fn sizes_never_fall_below_nine_points() {
    let cells = (0..40).map(|column| Cell::new(format!("{column}号文字内容"))).collect();
    let pages = lay_out(&one_table(40, vec![cells])).unwrap();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Text { size, .. } = item {
            assert!(*size >= 9.0);
        }
    }
    assert!(
        pages.warnings.iter().any(|warning| warning.kind.starts_with("columns_")),
        "{:?}",
        pages.warnings
    );
}

#[test]
fn row_higher_than_a_page_goes_on_and_loses_nothing() {
    let long: String = (0..4000).map(|index| char::from_u32(0x4e00 + index % 500).unwrap()).collect();
    let rows = vec![
        vec![Cell::new("前"), Cell::new("短")],
        vec![Cell::new("中"), Cell::new(&long)],
        vec![Cell::new("后"), Cell::new("短")],
    ];
    let mut document = one_table(2, rows);
    document.page.orientation = Orientation::Portrait;
    let pages = lay_out(&document).unwrap();
    check(&pages);
    let kept: String = pages.pages.iter().flat_map(texts).map(|(text, _)| text).collect();
    let kept: String = kept.chars().filter(|character| long.contains(*character)).collect();
    assert!(kept.contains(&long[..300]) && kept.contains(&long[long.len() - 300..]));
    assert!(kept.chars().count() >= 4000);
    assert_eq!(pages.pages.iter().map(|page| page.rows).sum::<usize>(), 3);
}

#[test]
fn rows_under_one_merged_cell_stay_together() {
    let mut rows = Vec::new();
    for group in 0..40 {
        rows.push(vec![Cell::new(format!("第{group}户")).spanning(1, 3), Cell::new("甲")]);
        rows.extend([vec![Cell::new("乙")], vec![Cell::new("丙")]]);
    }
    let pages = lay_out(&one_table(2, rows)).unwrap();
    check(&pages);
    for page in &pages.pages {
        let found = texts(page);
        let count = |wanted: &str| found.iter().filter(|(text, _)| text == wanted).count();
        assert_eq!((count("甲"), count("乙")), (count("丙"), count("丙")), "a group is cut by the page end");
    }
}

#[test]
fn group_higher_than_a_page_repeats_its_merged_cell() {
    let mut rows = vec![vec![Cell::new("一号楼").spanning(1, 90), Cell::new("第1人")]];
    rows.extend((1..90).map(|index| vec![Cell::new(format!("第{}人", index + 1))]));
    let pages = lay_out(&one_table(2, rows)).unwrap();
    check(&pages);
    assert!(pages.pages.len() > 1);
    for page in &pages.pages {
        assert!(
            texts(page).iter().any(|(text, _)| text == "一号楼"),
            "the merged value is missing on a page"
        );
    }
}

#[test]
fn merged_cell_without_room_is_reported() {
    let long = "这一格的说明很长，跨过页尾以后剩下的地方放不下。".repeat(60);
    let mut rows = vec![vec![Cell::new("甲"); 2]; 60];
    rows[30] = vec![Cell::new(&long).spanning(1, 30), Cell::new("甲")];
    rows[31..].iter_mut().for_each(|row| row.truncate(1));
    let mut document = one_table(2, rows);
    let Block::Table(table) = &mut document.blocks[0] else { panic!("the paper has one table") };
    table.columns[0].width = Width::Mm(22.0);
    let pages = lay_out(&document).unwrap();
    check(&pages);
    assert!(pages.warnings.iter().any(|warning| warning.kind == "cut_text"), "{:?}", pages.warnings);
}

#[test]
fn no_line_starts_with_a_closing_mark() {
    let text =
        "居委会（村委会）应当“及时、准确”登记，并于每月5日前报送；逾期未报的，由街道（镇）催报。".repeat(12);
    for size in [9.0, 12.0, 13.3, 16.0] {
        let mut document = Document::new("试样");
        document.blocks = vec![Block::Paragraph(Paragraph::new(&text, Typeface::Fang, size))];
        let pages = lay_out(&document).unwrap();
        check(&pages);
        let mut starts: Vec<(f32, f32, String)> = Vec::new();
        for (text, [left, _, top, _]) in pages.pages.iter().flat_map(texts) {
            match starts.iter_mut().find(|(_, line, _)| (*line - top).abs() < size / 2.0) {
                Some((x, _, first)) if left < *x => (*x, *first) = (left, text),
                Some(_) => {}
                None => starts.push((left, top, text)),
            }
        }
        assert!(starts.len() > 5);
        for (_, _, line) in starts {
            assert!(!line.starts_with(['。', '，', '、', '）', '；', '”']), "line starts badly: {line}");
        }
    }
}

#[test]
fn rare_characters_print_and_missing_ones_are_reported() {
    let document = one_table(2, vec![vec![Cell::new("𡎴𰻝"), Cell::new("王\u{e123}")]]);
    let pages = lay_out(&document).unwrap();
    let faces: Vec<Face> = pages.pages[0]
        .items
        .iter()
        .filter_map(|item| if let Item::Text { face, .. } = item { Some(*face) } else { None })
        .collect();
    assert!(faces.contains(&Face::RareB) && faces.contains(&Face::RareG));
    assert!(all_text(&pages).contains("王〓"));
    assert_eq!(pages.warnings.len(), 1);
    let warning = &pages.warnings[0];
    assert_eq!((warning.kind, warning.text.as_str()), ("missing_glyph", "\u{e123}"));
    assert_eq!(warning.place, "第 1 行“第2栏”");
}

#[test]
fn place_to_sign_never_stands_alone() {
    for rows in 40..60 {
        let mut document = sample::plain_list(rows);
        document.foot.pages = FootPages::Last;
        let pages = lay_out(&document).unwrap();
        check(&pages);
        let last = pages.pages.last().unwrap();
        assert!(last.rows >= 2, "{rows} rows: the signature stands on a page with {} rows", last.rows);
        assert!(texts(last).iter().any(|(text, _)| text == "填表人："));
    }
}

#[test]
fn mixed_paper_keeps_its_order_and_its_outline() {
    let pages = lay_out(&sample::mixed_paper()).unwrap();
    check(&pages);
    let outline: Vec<(u8, &str)> =
        pages.outline.iter().map(|entry| (entry.level, entry.text.as_str())).collect();
    assert_eq!(outline[0].0, 0);
    assert_eq!(outline[1], (1, "一、走访情况"));
    let found: String = pages.pages.iter().flat_map(texts).map(|(text, _)| text).collect();
    let places: Vec<usize> =
        ["一、走访情况", "合计", "二、"].iter().map(|words| found.find(words).unwrap()).collect();
    assert!(places.is_sorted(), "blocks stand in the order of the document: {places:?}");
    assert_eq!(pages.warnings, []);
}

#[test]
fn given_widths_are_kept() {
    let mut document = one_table(3, vec![vec![Cell::new("甲"), Cell::new("乙"), Cell::new("丙")]]);
    let Block::Table(table) = &mut document.blocks[0] else { panic!("the paper has one table") };
    table.columns[0].width = Width::Mm(20.0);
    table.columns[1].width = Width::Mm(50.0);
    let pages = lay_out(&document).unwrap();
    let edges: Vec<f32> = pages.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Rule { from, to, .. } if (from.0 - to.0).abs() < 0.01 => Some(from.0 / 72.0 * 25.4),
            _ => None,
        })
        .collect();
    assert!(
        (edges[1] - edges[0] - 20.0).abs() < 0.1 && (edges[2] - edges[1] - 50.0).abs() < 0.1,
        "{edges:?}"
    );
}

#[test]
fn large_sheet_has_room_for_more() {
    let mut document = sample::care_list(112);
    document.page.paper = Paper::A3;
    let pages = lay_out(&document).unwrap();
    check(&pages);
    assert!((pages.pages[0].height - 420.0 / 25.4 * 72.0).abs() < 0.1 || pages.pages[0].width > 1100.0);
    assert!(pages.pages.len() < 4);
}

#[test]
fn digits_of_a_column_stand_under_each_other() {
    let width = |text: &str| {
        let glyphs = text.chars().map(|digit| font::glyph(Typeface::Song, digit).unwrap());
        glyphs.map(|glyph| glyph.advance).collect::<Vec<_>>()
    };
    assert!(width("0123456789*").windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn faces_have_the_usual_characters_and_stand_ins_fill_the_gaps() {
    for typeface in [Typeface::Song, Typeface::Title, Typeface::Hei, Typeface::Kai] {
        for character in "居民委员会张伟，。（）0123AZaz％℃①".chars() {
            let glyph = font::glyph(typeface, character).unwrap();
            assert_eq!(
                (glyph.face, glyph.shown),
                (typeface.into(), character),
                "{typeface:?} lacks {character}"
            );
        }
    }
    assert_eq!(font::glyph(Typeface::Kai, '“').unwrap().face, Face::Song, "western quotes are not used");
    assert_eq!(font::glyph(Typeface::Hei, '−').unwrap().face, Face::Song);
    assert_eq!(font::glyph(Typeface::Fang, '㎡').unwrap().face, Face::Song);
    assert_eq!(font::glyph(Typeface::Song, '☑').unwrap().face, Face::RareA);
}

#[test]
fn row_wider_than_the_table_is_refused() {
    let document = one_table(1, vec![vec![Cell::new("甲"), Cell::new("乙")]]);
    assert!(lay_out(&document).is_err());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_stays_on_the_page(
        columns in 1_usize..9,
        words in proptest::collection::vec(proptest::string::string_regex("[\\PC\n\t]{0,40}|[一-龥，。（）“”a-z0-9]{0,120}").unwrap(), 1..60),
    ) {
        let rows: Vec<Vec<Cell>> = words.chunks(columns).map(|row| row.iter().map(Cell::new).collect()).collect();
        let count = rows.len();
        let pages = lay_out(&one_table(columns, rows)).unwrap();
        check(&pages);
        proptest::prop_assert_eq!(pages.pages.iter().map(|page| page.rows).sum::<usize>(), count);
    }
}
