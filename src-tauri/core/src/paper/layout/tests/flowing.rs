//! Tables with sums, forms to fill in, hostile texts: what must hold whatever is printed.

use super::super::super::document::{
    Align, Block, Cell, Chart, ChartKind, Closing, Column, Document, Fill, HeadCell, Kind, Orientation,
    Paper, Paragraph, Piece, Run, Seal, Sums, Table, Typeface, Voice,
};
use super::super::super::style::MM;
use super::{Item, Pages, all_text, check, lay_out, one_table, texts};

fn accounts(rows: usize, sums: Sums) -> Document {
    let mut table = Table::titled(["序号", "摘要", "金额"]);
    table.columns[2] = Column { summed: true, ..Column::number() };
    table.sums = sums;
    table.rows = (0..rows)
        .map(|row| vec![Cell::new((row + 1).to_string()), Cell::new("采买"), Cell::new("1.10")])
        .collect();
    let mut paper = Document::upright("收支账", super::super::super::style::FORM);
    paper.push(table);
    paper
}

/// Words of a page from top to bottom, cells of a row joined.
fn lines(pages: &Pages, page: usize) -> Vec<String> {
    let mut found = texts(&pages.pages[page]);
    found.sort_by(|a, b| (a.1[2] as i32 / 4, a.1[0] as i32).cmp(&(b.1[2] as i32 / 4, b.1[0] as i32)));
    let mut made: Vec<(f32, String)> = Vec::new();
    for (text, [_, _, top, _]) in found {
        match made.iter_mut().find(|line| (line.0 - top).abs() < 3.0) {
            Some(line) => line.1 += &text,
            None => made.push((top, text)),
        }
    }
    made.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn pages_of_accounts_carry_their_sums() {
    let pages = lay_out(&accounts(100, Sums::carried_over())).unwrap();
    check(&pages);
    assert!(pages.pages.len() > 2);
    let mut so_far = 0;
    for (number, page) in pages.pages.iter().enumerate() {
        let found = lines(&pages, number);
        let amount = |rows: usize| format!("{}.{}0", rows * 11 / 10, rows * 11 % 10);
        let brought = format!("承前页{}", amount(so_far));
        assert_eq!(found.contains(&brought), number > 0, "{found:?}");
        so_far += page.rows;
        let carried = format!("过次页{}", amount(so_far));
        let is_last = number + 1 == pages.pages.len();
        assert_eq!(found.contains(&carried), !is_last, "{found:?}");
    }
    assert_eq!(so_far, 100);
    let pages = lay_out(&accounts(100, Sums::page_and_running())).unwrap();
    let last = lines(&pages, pages.pages.len() - 1);
    assert!(last.iter().any(|line| line == "累　　计110.00"), "{last:?}");
    for (number, page) in pages.pages.iter().enumerate() {
        let wanted = format!("本页小计{}.{}0", page.rows * 11 / 10, page.rows * 11 % 10);
        assert!(lines(&pages, number).contains(&wanted));
    }
}

#[test]
fn columns_are_numbered_where_asked_for() {
    let mut document = accounts(3, Sums::default());
    let Block::Table(table) = &mut document.blocks[0] else { panic!("the paper has one table") };
    table.column_numbers = true;
    assert_eq!(lines(&lay_out(&document).unwrap(), 0)[1], "123");
}

#[test]
fn forms_keep_their_boxes_inside_the_cells() {
    let pages = lay_out(&super::super::super::sample::lists::visits()).unwrap();
    check(&pages);
    let page = &pages.pages[0];
    let boxes = page.items.iter().filter(|item| {
        let Item::Rule { from, to, .. } = item else { return false };
        (from.0 - to.0).abs() < 0.01 && ((to.1 - from.1) / MM - 6.4).abs() < 0.01
    });
    assert_eq!(boxes.count(), 3 * 14 + 2 * 14 + 11 + 3, "digit boxes of five phones, one date, one count");
    let cell = Cell::form(vec![Piece::Strong("电话".into()), Piece::At(20.0), Piece::phone()]);
    assert_eq!(cell.text, "电话　□□□ □□□□ □□□□", "a workbook says the same in words");
}

#[test]
fn what_a4_cannot_hold_goes_to_a3_never_below_nine_points() {
    let columns = 26;
    let rows = vec![vec![Cell::new("990102193801011234"); columns]; 3];
    let document = one_table(columns, rows.clone());
    let pages = lay_out(&document).unwrap();
    check(&pages);
    assert!((pages.pages[0].width - 420.0 * MM).abs() < 0.1);
    assert!(pages.warnings.iter().any(|warning| warning.kind == "sheet_a3"), "{:?}", pages.warnings);
    for item in &pages.pages[0].items {
        let Item::Text { size, condensed, .. } = item else { continue };
        assert!(*size >= 9.0 && *condensed >= 0.85);
    }
    let narrow = lay_out(&one_table(8, vec![vec![Cell::new("990102193801011234"); 8]])).unwrap();
    check(&narrow);
    assert!((narrow.pages[0].width - 297.0 * MM).abs() < 0.1, "eight long numbers fit when condensed");
    let is_condensed = |item: &Item| matches!(item, Item::Text { condensed, .. } if *condensed < 1.0);
    assert!(narrow.pages[0].items.iter().any(is_condensed));
}

#[test]
fn landscape_section_keeps_the_number_on_its_place_of_the_sheet() {
    let mut paper = Document::official("试样");
    paper.push(Block::body("正文。"));
    paper.push(Block::Section(Orientation::Landscape));
    paper.push(Block::Attachment { label: "附件1".into(), title: "横排的表".into() });
    let pages = lay_out(&paper).unwrap();
    assert_eq!(pages.pages.len(), 2, "the attachment needs no page of its own");
    assert!(pages.pages[1].width > pages.pages[1].height);
    let number = pages.pages[1].items.iter().find_map(|item| match item {
        Item::Turned { at, angle, text, .. } => Some((*at, *angle, text.clone())),
        _ => None,
    });
    let (at, angle, text) = number.unwrap();
    assert_eq!((angle, text.as_str()), (90.0, "— 2 —"));
    assert!(at.0 < 35.0 * MM && at.1 < 50.0 * MM, "left of an even page is the upper left corner: {at:?}");
    assert_eq!(pages.outline.last().unwrap().text, "附件1　横排的表");
}

#[test]
fn picture_of_a_seal_stands_over_name_and_date() {
    let picture = super::super::super::sample::slips::png(60, 60).into();
    let mut paper = Document::official("试样");
    paper.push(Block::body("正文。"));
    let seal = Seal::Image { picture, diameter: 40 };
    paper.push(Closing { seal, ..Closing::new("春晓里社区居民委员会", "2026年10月9日") });
    let pages = lay_out(&paper).unwrap();
    let found = pages.pages[0].items.iter().find_map(|item| match item {
        Item::Picture { at, size, .. } => Some((*at, *size)),
        _ => None,
    });
    let (at, size) = found.unwrap();
    let date = texts(&pages.pages[0]).into_iter().find(|(text, _)| text.ends_with('日')).unwrap().1;
    assert!((size.0 - 40.0 * MM).abs() < 0.1 && at.0 < date[0] + 80.0 && at.0 + size.0 > date[1]);
    assert!(at.1 < date[2] && at.1 + size.1 > date[3]);
}

#[test]
fn large_type_is_enlarged_as_a_whole() {
    let small = lay_out(&super::super::super::sample::lists::notice()).unwrap();
    let mut document = super::super::super::sample::lists::notice();
    document.page.paper = Paper::A3;
    let large = lay_out(&document).unwrap();
    assert_eq!(small.pages.len(), large.pages.len());
    assert!((large.pages[0].width / MM - 297.0).abs() < 0.1);
    assert_eq!(all_text(&small), all_text(&large));
}

#[test]
fn links_lie_over_their_words() {
    let mut paper = Document::new("试样");
    let runs = [Run::new("详见", Voice::Body), Run::linked("网上公开栏", "https://example.invalid/")];
    paper.push(Paragraph::of(runs));
    let pages = lay_out(&paper).unwrap();
    assert_eq!(pages.targets, ["https://example.invalid/"]);
    let link = pages.pages[0].items.iter().find_map(|item| match item {
        Item::Link { at, size, target: 0 } => Some((*at, *size)),
        _ => None,
    });
    let words = texts(&pages.pages[0]).into_iter().find(|(text, _)| text == "网上公开栏").unwrap().1;
    let (at, size) = link.unwrap();
    assert!((at.0 - words[0]).abs() < 0.1 && (size.0 - (words[1] - words[0])).abs() < 0.1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]

    #[test]
    fn official_text_keeps_to_its_grid(
        sentences in proptest::collection::vec(
            proptest::string::string_regex("([一-龥]{1,9}|[0-9A-Za-z.%-]{1,12}|“[一-龥]{1,5}”|（[一-龥]{1,4}）)[。，、；]?").unwrap(),
            1..120,
        ),
    ) {
        let text = sentences.concat();
        let mut paper = Document::official("试样");
        paper.push(Block::body(text.clone()));
        let pages = lay_out(&paper).unwrap();
        check(&pages);
        let mut seen = String::new();
        for (number, page) in pages.pages.iter().enumerate() {
            let mut found = texts(page);
            found.retain(|(words, place)| place[2] < 262.0 * MM || !words.contains('—'));
            found.sort_by(|a, b| (a.1[3].round() as i32 / 8, a.1[0] as i32).cmp(&(b.1[3].round() as i32 / 8, b.1[0] as i32)));
            for (words, [left, right, _, bottom]) in &found {
                proptest::prop_assert!(*bottom <= 262.0 * MM, "page {}: below the type area", number + 1);
                proptest::prop_assert!(*left >= 28.0 * MM - 1.0 && *right <= 184.0 * MM + 16.5, "{} from {} to {}", words, left, right);
                if (*left - 28.0 * MM).abs() < 1.0 {
                    proptest::prop_assert!(!words.starts_with(['。', '，', '、', '；', '）', '”']), "{}", words);
                }
                seen.push_str(words);
            }
        }
        let count = |text: &str, one: char| text.chars().filter(|other| *other == one).count();
        for one in ['。', '，', '一', '7'] {
            proptest::prop_assert_eq!(count(&seen, one), count(&text, one), "{} is lost", one);
        }
    }

    #[test]
    fn any_table_loses_no_row_and_repeats_its_head(
        (columns, groups, sums) in (2_usize..7, proptest::collection::vec(1_u16..9, 1..40), 0_u8..4),
        words in proptest::collection::vec(proptest::string::string_regex("[一-龥，。（）0-9]{0,30}|\\PC{0,12}|-?[0-9]{1,6}(\\.[0-9]{1,2})?").unwrap(), 40),
    ) {
        let mut table = Table { head: vec![(0..columns).map(|column| HeadCell::new(format!("第{column}栏"))).collect()], ..Table::default() };
        table.columns = vec![Column::default(); columns];
        table.columns[columns - 1] = Column { kind: Kind::Number, align: Align::Right, summed: true, ..Column::default() };
        table.sums = [Sums::default(), Sums::carried_over(), Sums::page_and_running(), Sums { brought: true, page: true, running: true, carried: true }][usize::from(sums)];
        let mut next = words.iter().cycle();
        for group in &groups {
            for row in 0..*group {
                let mut cells = if row == 0 { vec![Cell::new(next.next().unwrap()).spanning(1, *group)] } else { Vec::new() };
                cells.extend((1..columns).map(|_| Cell::new(next.next().unwrap())));
                table.rows.push(cells);
            }
        }
        let count = table.rows.len();
        let mut paper = Document::new("试样");
        paper.push(table);
        let pages = lay_out(&paper).unwrap();
        check(&pages);
        proptest::prop_assert_eq!(pages.pages.iter().map(|page| page.rows).sum::<usize>(), count);
        for page in &pages.pages {
            let head: String = texts(page).into_iter().map(|(text, _)| text).collect();
            proptest::prop_assert!(head.contains("栏"), "a page without head");
        }
    }

    #[test]
    fn any_chart_stays_in_its_place(
        values in proptest::collection::vec(proptest::prelude::any::<f64>(), 0..12),
        kind in 0_usize..4,
    ) {
        let kind = [ChartKind::Bars, ChartKind::Columns, ChartKind::Stacked, ChartKind::Lines][kind];
        let labels: Vec<String> = (0..values.len()).map(|month| format!("{month}月")).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let chart = Chart::new("试样", kind, &labels)
            .with("甲", Fill::Black, &values)
            .with("乙", Fill::Hatch, &values)
            .with("丙", Fill::White, &values);
        let mut paper = Document::upright("试样", super::super::super::style::FORM);
        paper.push(Block::Charts(vec![chart]));
        let pages = lay_out(&paper).unwrap();
        for item in &pages.pages[0].items {
            if let Item::Rule { from, to, .. } | Item::Stroke { from, to, .. } = item {
                proptest::prop_assert!([from.0, from.1, to.0, to.1].into_iter().all(f32::is_finite));
                proptest::prop_assert!(to.0 <= pages.pages[0].width && to.1 <= pages.pages[0].height);
            }
        }
    }
}

#[test]
fn title_longer_than_a_page_goes_on() {
    let title = "关于进一步做好春晓里社区走访关爱工作的通知".repeat(90);
    for style in ["form", "official"] {
        let mut paper = Document::upright("试样", style);
        paper.push(Block::title(title.clone()));
        let pages = lay_out(&paper).unwrap();
        check(&pages);
        assert!(pages.pages.len() > 1);
        assert!(all_text(&pages).matches('知').count() >= 90);
    }
}

#[test]
fn names_of_a_roll_are_never_broken() {
    let names: Vec<String> =
        (0..40).map(|index| format!("欧阳{}", ["文秀", "宁", "国栋"][index % 3])).collect();
    let mut paper = Document::official("试样");
    paper.push(Paragraph::roll("出席：", &names));
    let pages = lay_out(&paper).unwrap();
    for (text, _) in texts(&pages.pages[0]) {
        for part in text.split('　').filter(|part| part.starts_with('欧')) {
            assert!(names.iter().any(|name| name == part), "a name is broken: {part}");
        }
    }
    let sized = Paragraph::new("字", Typeface::Song, 9.0).aligned(Align::Right);
    assert_eq!((sized.size, sized.align), (Some(9.0), Align::Right));
}
