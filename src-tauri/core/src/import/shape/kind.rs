//! What a sheet is for: a roster of people, a form to fill, a form about one person, figures.

use super::body::{self, Body};
use super::columns::ColumnSeen;
use super::frame::{Frame, Word};
use super::{Kind, header, words};
use crate::import::sheet::Cell;

/// Rows looked at when labels are counted.
const LOOKED_AT: usize = 60;

/// The kind of a sheet whose heading and rows have been found; `is_told` when the clerk named them.
pub(super) fn of(
    frame: &Frame<'_>,
    header: Option<(u32, u32)>,
    body: &Body,
    columns: &[ColumnSeen],
    is_told: bool,
) -> Kind {
    if frame.sheet.is_empty() {
        return Kind::Empty;
    }
    if !is_told && is_person_form(frame, header) {
        return Kind::PersonForm;
    }
    if !is_told && is_list_of_options(frame, header) {
        return Kind::Other;
    }
    let Some(header) = header else {
        return if body.data.is_some() { Kind::Roster } else { Kind::Other };
    };
    if is_indicator_form(frame, header, body, columns) {
        return Kind::IndicatorForm;
    }
    if body.data.is_some() { Kind::Roster } else { Kind::BlankForm }
}

const OPTION_SHEETS: &[&str] = &[
    "选项",
    "字典",
    "下拉",
    "代码表",
    "码表",
    "参数",
    "数据源",
    "枚举",
    "序列",
    "数据有效性",
    "基础数据",
    "可选项",
];

/// Whether a sheet only lists what may be chosen elsewhere: by its name, or hidden columns of words
/// under no heading.
fn is_list_of_options(frame: &Frame<'_>, header: Option<(u32, u32)>) -> bool {
    let name = words::tidy(&frame.sheet.name);
    let is_called = OPTION_SHEETS.iter().any(|word| name.contains(word));
    let rows = frame.sheet.used_rows();
    let says_numbers = rows.iter().take(LOOKED_AT).any(|&row| {
        frame.sheet.row(row).any(|(_, cell)| match cell {
            Cell::Text(text) => words::is_digits(&words::tidy(text)) || text.chars().count() > 20,
            Cell::Empty | Cell::Boolean(_) | Cell::Error(_) => false,
            Cell::Number(_) | Cell::Date(_) => true,
        })
    });
    if says_numbers || !(is_called || frame.sheet.hidden) {
        return false;
    }
    let heading = header.map_or_else(Vec::new, |(top, _)| frame.words(top));
    let known = heading.iter().filter(|word| frame.knows(&word.tidied())).count();
    is_called && known < 5 || known * 2 <= heading.len()
}

/// Rows from which on labels that stand apart make a form, and different labels in them.
const APART_ROWS: usize = 3;
const APART_LABELS: usize = 6;

/// Whether row after row has several labels with room for a value behind each, which no list has.
fn has_labels_apart(frame: &Frame<'_>) -> bool {
    let mut seen: Vec<String> = Vec::new();
    let mut rows = 0;
    for &row in frame.sheet.used_rows().iter().take(LOOKED_AT) {
        let found = frame.words(row);
        let is_label = |word: &Word<'_>| {
            matches!(word.cell, Cell::Text(_)) && frame.knows(word.tidied().trim_end_matches(':'))
        };
        let labels: Vec<&Word<'_>> =
            found.iter().filter(|word| !word.is_from_above && is_label(word)).collect();
        let is_crowded =
            found.windows(2).any(|pair| is_label(&pair[0]) && follows(frame, row, &pair[0], &pair[1]));
        let names: Vec<String> = labels.iter().map(|word| word.tidied()).collect();
        let is_new = names.iter().filter(|name| !seen.contains(name)).count();
        if labels.len() >= 2 && !is_crowded && is_new == names.len() {
            rows += 1;
        }
        seen.extend(names);
    }
    seen.sort_unstable();
    seen.dedup();
    rows >= APART_ROWS && seen.len() >= APART_LABELS
}

/// Labels beside their values all over the sheet, instead of headings over columns.
pub(super) fn is_person_form(frame: &Frame<'_>, header: Option<(u32, u32)>) -> bool {
    if has_labels_apart(frame) {
        return true;
    }
    let labels = Labels::count(frame, header);
    // Data may hold words that are headings elsewhere (低保, 党员); they stay in one or two columns.
    let is_spread = labels.columns.len() > 2 || labels.inside <= 2;
    // Named figures have their names in one column and their numbers in several.
    let is_of_figures = labels.columns.len() == 1 && header.is_some() && frame.width() > 3;
    labels.rows.len() >= 2
        && labels.outside >= 3
        && labels.outside + labels.inside >= 4
        && is_spread
        && !is_of_figures
        && labels.outside > labels.inside
        && (labels.inside < 5 || labels.outside > 2 * labels.inside)
}

/// Different known labels of a sheet: in its heading, and outside with the rows and columns they stand in.
#[derive(Default)]
struct Labels {
    inside: usize,
    outside: usize,
    rows: Vec<u32>,
    columns: Vec<u32>,
}

impl Labels {
    fn count(frame: &Frame<'_>, header: Option<(u32, u32)>) -> Self {
        let mut labels = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for &row in frame.sheet.used_rows().iter().take(LOOKED_AT) {
            let is_inside = header.is_some_and(|(top, bottom)| (top..=bottom).contains(&row));
            let found = frame.words(row);
            for (at, word) in found.iter().enumerate().filter(|(_, word)| !word.is_from_above) {
                let Cell::Text(text) = word.cell else { continue };
                let tidied = words::tidy(text);
                let label = tidied.trim_end_matches(':');
                // Labels one beside the other are the heading of a further table.
                let is_heading =
                    !is_inside && found.get(at + 1).is_some_and(|next| follows(frame, row, word, next));
                if is_heading || !frame.knows(label) || seen.iter().any(|known| known == label) {
                    continue;
                }
                seen.push(label.to_owned());
                labels.take(row, word.column, is_inside);
            }
        }
        labels.rows.dedup();
        labels.columns.sort_unstable();
        labels.columns.dedup();
        labels
    }

    fn take(&mut self, row: u32, column: u32, is_inside: bool) {
        if is_inside {
            self.inside += 1;
            return;
        }
        self.outside += 1;
        self.rows.push(row);
        self.columns.push(column);
    }
}

/// Whether a known text stands right behind another, with no room for a value between them.
fn follows(frame: &Frame<'_>, row: u32, word: &Word<'_>, next: &Word<'_>) -> bool {
    let last = frame.sheet.merge_at(row, word.column).map_or(word.column, |area| area.last_column());
    next.column == last + 1
        && matches!(next.cell, Cell::Text(text) if frame.knows(words::tidy(text).trim_end_matches(':')))
}

const FIGURE_WORDS: &[&str] = &["指标", "指标名称", "统计指标", "指标项目"];

/// Named figures with numbers beside them: column numbers with 甲, or headings of indicators.
fn is_indicator_form(frame: &Frame<'_>, header: (u32, u32), body: &Body, columns: &[ColumnSeen]) -> bool {
    let says_so =
        columns.iter().any(|column| FIGURE_WORDS.iter().any(|word| column.levels.iter().any(|l| l == word)));
    let known = columns
        .iter()
        .filter(|column| frame.knows(&words::tidy(column.levels.last().map_or("", |l| l))))
        .count();
    let width = columns.len();
    // Lists of people number their columns too; a table of figures has hardly a heading of theirs.
    let has_stems = header::number_row(frame, header.1)
        .is_some_and(|row| frame.words(row).iter().any(|word| word.tidied() == "甲"));
    if says_so || (has_stems && known * 2 <= width && !has_long_digits(frame, body)) {
        return true;
    }
    let Some((first, last)) = body.data else { return false };
    let is_few = known * 3 <= width || is_called_figures(frame, header.0);
    if width < 3 || !is_few || last - first > 60 || header.1 > 12 {
        return false;
    }
    !is_of_people(columns) && are_figures(frame, first, last)
}

/// A list of people has a name in each row, whatever figures stand beside it.
fn is_of_people(columns: &[ColumnSeen]) -> bool {
    columns.iter().filter_map(|column| column.levels.last()).any(|last| {
        let last = words::tidy(last);
        ["姓名", "身份证", "电话", "手机"].iter().any(|word| last.contains(word))
    })
}

/// Whether beside what is counted stand hardly anything but numbers.
fn are_figures(frame: &Frame<'_>, first: u32, last: u32) -> bool {
    let (mut numbers, mut texts) = (0usize, 0usize);
    for row in first..=last {
        // Behind the number of the row stands what is counted: 居委会, 项目.
        let cells: Vec<(u32, Cell<'_>)> = frame.sheet.row(row).filter(|(_, c)| !c.is_empty()).collect();
        let is_numbered =
            cells.len() > 2 && body::is_small_number(cells[0].1) && matches!(cells[1].1, Cell::Text(_));
        for &(_, cell) in cells.iter().skip(if is_numbered { 2 } else { 1 }) {
            match cell {
                Cell::Number(_) => numbers += 1,
                Cell::Text(text) if text.len() <= 12 && is_figure(&words::tidy(text)) => numbers += 1,
                Cell::Text(text) if words::is_unit(&words::tidy(text)) => {}
                Cell::Text(_) | Cell::Date(_) => texts += 1,
                Cell::Empty | Cell::Boolean(_) | Cell::Error(_) => {}
            }
        }
    }
    numbers > 0 && texts * 5 < numbers
}

/// A number as text, with or without the mark of a share.
fn is_figure(tidied: &str) -> bool {
    tidied.trim_end_matches(['%', '‰']).replace(',', "").parse::<f64>().is_ok()
}

const FIGURE_TITLES: &[&str] = &["统计", "月报", "季报", "年报", "报表", "汇总"];

/// Whether a line above the heading says that the table counts.
fn is_called_figures(frame: &Frame<'_>, top: u32) -> bool {
    let above = frame.sheet.used_rows().iter().take_while(|&&row| row < top);
    above.flat_map(|&row| frame.words(row)).any(|word| {
        let text = word.tidied();
        words::is_title(&text) && FIGURE_TITLES.iter().any(|title| text.contains(title))
    })
}

/// Whether most rows hold an identity number or a telephone, which no table of figures has.
fn has_long_digits(frame: &Frame<'_>, body: &Body) -> bool {
    let Some((first, last)) = body.data else { return false };
    let is_long = |cell: Cell<'_>| match cell {
        Cell::Text(text) => text.len() >= 7 && words::is_digits(&words::tidy(text)),
        Cell::Number(number) => (1e10..2e10).contains(&number),
        Cell::Empty | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => false,
    };
    let rows = last - first + 1;
    let with = (first..=last).take(LOOKED_AT).filter(|&row| frame.sheet.row(row).any(|(_, c)| is_long(c)));
    with.count() * 2 > (rows as usize).min(LOOKED_AT)
}

/// Whether rows of figures break others down (其中：老年人), so that adding them up means nothing.
pub(super) fn is_broken_down(frame: &Frame<'_>, kind: Kind, lines: &[u32]) -> bool {
    let is_part = |row: &u32| {
        frame.sheet.row(*row).next().is_some_and(|(_, cell)| match cell {
            Cell::Text(text) => {
                let tidied = words::tidy(text);
                text.starts_with(char::is_whitespace)
                    || tidied.starts_with("其中")
                    || words::is_enumerated(&tidied)
            }
            _ => false,
        })
    };
    kind == Kind::IndicatorForm && lines.iter().any(is_part)
}
