//! What a sheet is for: a roster of people, a form to fill, a form about one person, figures.

use super::body::Body;
use super::columns::ColumnSeen;
use super::frame::Frame;
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
    let Some(header) = header else {
        return if body.data.is_some() { Kind::Roster } else { Kind::Other };
    };
    if is_indicator_form(frame, header, body, columns) {
        return Kind::IndicatorForm;
    }
    if body.data.is_some() { Kind::Roster } else { Kind::BlankForm }
}

/// Labels beside their values all over the sheet, instead of headings over columns.
pub(super) fn is_person_form(frame: &Frame<'_>, header: Option<(u32, u32)>) -> bool {
    let (mut inside, mut outside) = (0usize, 0usize);
    let (mut rows, mut columns): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut seen: Vec<String> = Vec::new();
    for &row in frame.sheet.used_rows().iter().take(LOOKED_AT) {
        let is_inside = header.is_some_and(|(top, bottom)| (top..=bottom).contains(&row));
        for word in frame.words(row).iter().filter(|word| !word.is_from_above) {
            let Cell::Text(text) = word.cell else { continue };
            let tidied = words::tidy(text);
            let label = tidied.trim_end_matches(':');
            if !frame.knows(label) || seen.iter().any(|known| known == label) {
                continue;
            }
            seen.push(label.to_owned());
            if is_inside {
                inside += 1;
            } else {
                outside += 1;
                rows.push(row);
                columns.push(word.column);
            }
        }
    }
    rows.dedup();
    columns.sort_unstable();
    columns.dedup();
    // Data may hold words that are headings elsewhere (低保, 党员); they stay in one or two columns.
    let is_spread = columns.len() > 2 || inside <= 2;
    rows.len() >= 2
        && outside >= 3
        && outside + inside >= 4
        && is_spread
        && outside > inside
        && (inside < 5 || outside > 2 * inside)
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
    if width < 3 || known * 3 > width || last - first > 60 || header.1 > 12 {
        return false;
    }
    let (mut numbers, mut texts) = (0usize, 0usize);
    for row in first..=last {
        for (_, cell) in frame.sheet.row(row).skip(1) {
            match cell {
                Cell::Number(_) => numbers += 1,
                Cell::Text(text) if text.len() <= 9 && words::tidy(text).parse::<f64>().is_ok() => {
                    numbers += 1
                }
                Cell::Text(_) | Cell::Date(_) => texts += 1,
                Cell::Empty | Cell::Boolean(_) | Cell::Error(_) => {}
            }
        }
    }
    numbers > 0 && texts * 5 < numbers
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
