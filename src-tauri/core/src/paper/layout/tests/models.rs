//! The seven checks of the paper style, on the papers drawn after the model pages.

use std::collections::BTreeMap;

use ttf_parser::Face as Outlines;

use super::super::super::document::{Block, Document};
use super::super::super::font::{self, Face};
use super::super::super::sample::{letters, lists, slips};
use super::super::super::style::MM;
use super::super::super::xlsx;
use super::{Item, Page, check, lay_out, texts};

fn model(name: &str) -> Document {
    let models = [letters::all(), lists::all(), slips::all()].concat();
    models.into_iter().find(|(known, _)| *known == name).unwrap().1
}

/// Texts of a page joined row by row: upper edge of the em box, left, right, words.
fn rows(page: &Page) -> Vec<(f32, f32, f32, String)> {
    let mut rows: Vec<(f32, f32, f32, String)> = Vec::new();
    let mut found = texts(page);
    found.sort_by(|a, b| a.1[0].total_cmp(&b.1[0]));
    for (text, [left, right, top, _]) in found {
        match rows.iter_mut().find(|row| (row.0 - top).abs() < 2.0) {
            Some(row) => (row.2, row.3) = (row.2.max(right), format!("{}{text}", row.3)),
            None => rows.push((top, left, right, text)),
        }
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows
}

/// The middle and the radius of the seal on a page.
fn seal(page: &Page) -> Option<((f32, f32), f32)> {
    page.items.iter().find_map(|item| match item {
        Item::Shape { points, line: Some(_), .. } if points.len() == 13 => {
            let centre = (points[9].0.0, points[0].0.1);
            Some((centre, points[0].0.0 - centre.0))
        }
        _ => None,
    })
}

#[test]
fn report_has_22_rows_of_28_characters() {
    let pages = lay_out(&model("p01")).unwrap();
    assert_eq!(pages.pages.len(), 2);
    let found = rows(&pages.pages[0]);
    let pitch = 225.0 / 22.0 * MM;
    let body = &found[2..found.len() - 1];
    assert_eq!(body.len(), 18, "the title takes four of the 22 rows: {body:?}");
    for (index, (top, left, right, words)) in body.iter().enumerate() {
        let row = 37.0 * MM + pitch * (index as f32 + 4.0) + (pitch - 16.0) / 2.0;
        assert!((top - row).abs() < 1.2, "row {index} stands at {top} instead of {row}: {words}");
        assert!(*left >= 28.0 * MM - 0.3 && *right <= 184.0 * MM + 8.3, "{words}");
    }
    let full = body.iter().filter(|row| (row.2 - 184.0 * MM).abs() < 0.3).count();
    assert!(full >= 7, "full rows end at the right edge, {full} of them");
    assert_eq!(body[1].3, "根据街道关于减轻社区工作负担的部署，春晓里社区自2026");
    assert_eq!(body[2].3, "年4月起试行“一次录入、多表复用”，至9月底满六个月。现将");
    let number = found.last().unwrap();
    assert_eq!(number.3, "— 1 —");
    assert!((number.2 - (184.0 * MM - 16.0)).abs() < 0.1 && (number.0 - 269.0 * MM).abs() < 0.1);
    let second = rows(&pages.pages[1]);
    assert!((second.last().unwrap().1 - (28.0 * MM + 16.0)).abs() < 0.1, "even numbers stand left");
}

#[test]
fn digits_have_half_cells_and_one_mark_may_hang() {
    let pages = lay_out(&model("p04b")).unwrap();
    let found = rows(&pages.pages[0]);
    let hanging = found.iter().find(|row| row.3.ends_with("涉及老人876户，")).unwrap();
    let cell = 156.0 / 28.0 * MM;
    assert!((hanging.2 - (184.0 * MM + cell)).abs() < 0.3, "the comma hangs over the right edge");
    for row in &found {
        assert!(!row.3.starts_with(['，', '。', '、', '；', '）', '》', '”']), "{}", row.3);
    }
}

#[test]
fn seal_presses_name_and_date_and_nothing_else() {
    for name in ["p01", "p04a", "p04b", "p05c"] {
        let pages = lay_out(&model(name)).unwrap();
        let page = pages.pages.last().unwrap();
        let ((x, y), radius) = seal(page).unwrap();
        assert!((radius - 18.5 * MM).abs() < 0.1);
        let found = rows(page);
        let signer = found.iter().position(|row| row.3 == "春晓里社区居民委员会").unwrap();
        let (name_row, date, text) = (&found[signer], &found[signer + 1], &found[signer - 1]);
        let middle = f32::midpoint(date.1, date.2);
        assert!((x - middle).abs() < 1.0 && (f32::midpoint(name_row.1, name_row.2) - middle).abs() < 1.0);
        assert!((date.2 - page.width).abs() > 26.0 * MM, "the date stands in from the edge");
        assert!(y > name_row.0 && y < date.0 + 16.0, "{name}: the seal presses both rows");
        let size = if name == "p05c" { 20.0 } else { 16.0 };
        let pitch = if name == "p05c" { 32.0 } else { 225.0 / 22.0 * MM };
        let below = y - 19.0 * MM - (text.0 + size + (pitch - size) / 2.0);
        assert!((-0.1..=10.3 * MM).contains(&below), "{name}: the seal stands {below} below the text");
        for item in &page.items {
            let Item::Rule { from, to, .. } = item else { continue };
            let half = 20.0 * MM;
            let misses = to.0 < x - half || from.0 > x + half || to.1 < y - half || from.1 > y + half;
            assert!(misses, "{name}: a line runs under the seal");
        }
    }
}

#[test]
fn tables_have_their_widths_and_least_heights() {
    for (name, page, width, least) in
        [("p03", 0, 165.0, 8.0), ("p05a", 1, 156.0, 10.0), ("p05b", 0, 170.0, 9.0), ("p10", 0, 177.0, 7.0)]
    {
        let pages = lay_out(&model(name)).unwrap();
        check(&pages);
        let mut edges: Vec<f32> = Vec::new();
        let mut levels: BTreeMap<i32, f32> = BTreeMap::new();
        for item in &pages.pages[page].items {
            let Item::Rule { from, to, .. } = item else { continue };
            if (from.0 - to.0).abs() < 0.01 && to.1 - from.1 > 40.0 * MM {
                edges.push(from.0);
            }
            if to.0 - from.0 > (width - 1.0) * MM {
                levels.insert((from.1 * 10.0) as i32, from.1);
            }
        }
        let (left, right) =
            edges.iter().fold((f32::MAX, 0.0_f32), |(left, right), edge| (left.min(*edge), right.max(*edge)));
        assert!(((right - left) / MM - width).abs() < 0.1, "{name}: {} mm wide", (right - left) / MM);
        let levels: Vec<f32> = levels.into_values().collect();
        for pair in levels.windows(2).filter(|pair| {
            // Three millimetres are the gap between two tables.
            pair[1] - pair[0] > 1.0 && ((pair[1] - pair[0]) / MM - 3.0).abs() > 0.01
        }) {
            assert!(
                (pair[1] - pair[0]) / MM > least - 0.1,
                "{name}: a row of {} mm",
                (pair[1] - pair[0]) / MM
            );
        }
    }
}

#[test]
fn right_aligned_numbers_stand_under_each_other() {
    let pages = lay_out(&model("p07c")).unwrap();
    let mut ends: BTreeMap<i32, Vec<f32>> = BTreeMap::new();
    for (text, [_, right, top, _]) in texts(&pages.pages[0]) {
        let is_number = text.contains('.') && text.chars().all(|one| one.is_ascii_digit() || one == '.');
        if is_number && top > 80.0 * MM && top < 195.0 * MM {
            ends.entry((right / 10.0).round() as i32).or_default().push(right);
        }
    }
    assert_eq!(ends.len(), 3, "three columns with one decimal: {ends:?}");
    for column in ends.into_values() {
        assert!(column.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.05), "{column:?}");
    }
}

#[test]
fn ink_of_faces_that_meet_in_a_row_stands_level() {
    let centre = |face: Face| {
        let outlines = Outlines::parse(font::bytes(face).unwrap(), 0).unwrap();
        let em = f32::from(outlines.units_per_em());
        let middles = "国民委社区园".chars().map(|one| {
            let bounds = outlines.glyph_bounding_box(outlines.glyph_index(one).unwrap()).unwrap();
            f32::midpoint(f32::from(bounds.y_min), f32::from(bounds.y_max)) / em
        });
        middles.sum::<f32>() / 6.0 + face.lift()
    };
    let song = centre(Face::Song);
    for face in [Face::Hei, Face::Fang, Face::Kai] {
        assert!((centre(face) - song).abs() < 0.02, "{face:?} stands {} off", centre(face) - song);
    }
}

#[test]
fn nothing_but_the_number_crosses_the_cut() {
    for (name, line) in [("p07a", 105.0), ("p09", 100.0)] {
        let pages = lay_out(&model(name)).unwrap();
        let x = line * MM;
        for (text, [left, right, ..]) in texts(&pages.pages[0]) {
            let is_number = text.chars().count() == 1 || text == "骑缝裁开";
            assert!(is_number || right <= x || left >= x, "{name}: “{text}” is cut in two");
        }
        for item in &pages.pages[0].items {
            if let Item::Rule { from, to, .. } = item {
                assert!(to.0 <= x || from.0 >= x, "{name}: a line is cut in two");
            }
        }
    }
}

#[test]
fn every_model_page_is_clean() {
    let counts = [("p01", 2), ("p05a", 2), ("p05b", 1), ("p06", 1), ("p08", 1), ("p10", 1), ("slips", 2)];
    for (name, pages) in counts {
        assert_eq!(lay_out(&model(name)).unwrap().pages.len(), pages, "{name}");
    }
    for (name, document) in [letters::all(), lists::all(), slips::all()].concat() {
        let pages = lay_out(&document).unwrap();
        let expected = if name == "photos" { 1 } else { 0 };
        assert_eq!(pages.warnings.len(), expected, "{name}: {:?}", pages.warnings);
        for page in &pages.pages {
            for (text, [left, right, top, bottom]) in texts(page) {
                let is_inside = left >= 0.0 && right <= page.width && top >= 0.0 && bottom <= page.height;
                assert!(is_inside, "{name}: “{text}” leaves the page");
            }
        }
    }
}

#[test]
fn every_model_also_becomes_a_workbook() {
    for (name, document) in [letters::all(), lists::all(), slips::all()].concat() {
        let bytes = xlsx::render(&document).unwrap();
        assert!(bytes.starts_with(b"PK"), "{name}");
    }
}

#[test]
fn signature_takes_two_rows_of_text_with_it() {
    for extra in 0..30 {
        let mut paper = Document::official("试样");
        paper.push(Block::title("试样"));
        for row in 0..12 + extra {
            paper.push(Block::body(format!("第{row}行的内容。")));
        }
        paper.push(letters::sealed("2026年10月9日"));
        let pages = lay_out(&paper).unwrap();
        let last = rows(pages.pages.last().unwrap());
        let above = last.iter().position(|row| row.3 == "春晓里社区居民委员会").unwrap();
        assert!(above >= 2, "{extra}: the signature stands alone on its page");
        assert!(seal(pages.pages.last().unwrap()).unwrap().0.1 + 19.0 * MM < 262.0 * MM);
    }
}
