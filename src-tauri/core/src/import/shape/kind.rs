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

const FIGURE_WORDS: &[&str] = &["指标", "计量单位", "指标名称", "统计指标"];

/// Named figures with numbers beside them: column numbers with 甲, or headings of indicators.
fn is_indicator_form(frame: &Frame<'_>, header: (u32, u32), body: &Body, columns: &[ColumnSeen]) -> bool {
    let says_so =
        columns.iter().any(|column| FIGURE_WORDS.iter().any(|word| column.levels.iter().any(|l| l == word)));
    let has_stems = body.headings.iter().any(|&row| {
        let found = frame.words(row);
        header::is_number_row(&found) && found.iter().any(|word| word.tidied() == "甲")
    });
    if says_so || has_stems {
        return true;
    }
    let Some((first, last)) = body.data else { return false };
    let known = columns
        .iter()
        .filter(|column| frame.knows(&words::tidy(column.levels.last().map_or("", |l| l))))
        .count();
    let width = columns.len();
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
