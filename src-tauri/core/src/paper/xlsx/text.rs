//! Texts on their way into a sheet: widths, numbers, names, footers.

use std::borrow::Cow;

use super::super::document::{
    Align, Block, Chart, Figure, Footer, Kind, Paragraph, Piece, Shape, SignPlace, SlipLine, Table, Width,
};
use super::super::grid::Seating;
use crate::error::Result;

/// Most characters a cell can hold.
const LONGEST: usize = 32_000;
/// Widest column, in half-width characters; longer texts wrap.
const WIDEST: usize = 36;
/// Centred texts are no wider than this.
const CENTRED: usize = 20;

/// Width of a text in half-width characters; a Chinese character counts two.
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|character| if (character as u32) < 0x1100 { 1 } else { 2 }).sum()
}

/// Widths of the columns in half-width characters.
pub(super) fn widths(table: &Table) -> Result<Vec<usize>> {
    let mut widths = content(table)?;
    let mut seating = Seating::new(table.columns.len(), table.head.len());
    for cells in &table.head {
        for (cell, seat) in cells.iter().zip(seating.row(cells)?) {
            if seat.columns == 1 {
                // Room for the button of the filter beside the heading.
                widths[seat.column] = widths[seat.column].max(units(&cell.text).min(16) + 2);
            }
        }
    }
    for (width, column) in widths.iter_mut().zip(&table.columns) {
        if let Width::Mm(given) = column.width {
            *width = (given / 2.0) as usize;
        }
    }
    Ok(widths.into_iter().map(|width| width.clamp(4, WIDEST)).collect())
}

/// Where the texts of every column stand.
pub(super) fn aligns(table: &Table) -> Result<Vec<Align>> {
    let content = content(table)?;
    let settle = |(column, width): (&super::super::document::Column, usize)| match (column.align, column.kind)
    {
        (Align::Auto | Align::Justify, Kind::Number) => Align::Right,
        (Align::Auto | Align::Justify, Kind::Text) if width > CENTRED => Align::Left,
        (Align::Auto | Align::Justify, Kind::Text) => Align::Centre,
        (given, _) => given,
    };
    Ok(table.columns.iter().zip(content).map(settle).collect())
}

/// The widest text of every column.
fn content(table: &Table) -> Result<Vec<usize>> {
    let mut widths = vec![0; table.columns.len()];
    let mut seating = Seating::new(table.columns.len(), usize::MAX);
    for cells in table.rows.iter().chain(&table.totals) {
        for (cell, seat) in cells.iter().zip(seating.row(cells)?) {
            if seat.columns == 1 {
                let widest = cell.text.split('\n').map(units).max().unwrap_or_default();
                widths[seat.column] = widths[seat.column].max(widest);
            }
        }
    }
    Ok(widths)
}

/// The number that a text reads as; `None` where writing it as a number would change it.
pub(super) fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = all_digits(whole) && all_digits(part) && (whole == "0" || !whole.starts_with('0'));
    if is_plain && digits.len() <= 15 { text.parse().ok() } else { None }
}

/// Digits after the point.
pub(super) fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, part)| part.len())
}

/// Lines that a text needs in that many half-width characters.
pub(super) fn lines(text: &str, width: usize) -> usize {
    if text.len() <= width && !text.contains('\n') {
        return 1;
    }
    text.split('\n').map(|line| units(line).div_ceil(width.max(2)).max(1)).sum()
}

/// Height in points of a text that wraps in `room` half-width characters of the usual size.
pub(super) fn height(text: &str, room: usize, size: f64) -> f64 {
    let per_line = (room as f64 * 10.5 / size).max(2.0);
    let lines = (units(text) as f64 / per_line).ceil().max(1.0);
    size * (0.4 + 1.4 * lines)
}

/// Longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// A name that Excel accepts for a sheet beside those already taken.
pub(super) fn sheet_name(title: &str, taken: &[String]) -> String {
    let kept: String = title
        .chars()
        .filter(|character| !character.is_control() && !"[]:*?/\\'".contains(*character))
        .take(LONGEST_NAME)
        .collect();
    let name = if kept.trim().is_empty() { "表" } else { kept.trim() };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = |number: usize| {
        let number = number.to_string();
        let room = LONGEST_NAME - number.len();
        name.chars().take(room).chain(number.chars()).collect::<String>()
    };
    if is_taken(name) {
        (2..).map(numbered).find(|name| !is_taken(name)).unwrap_or_default()
    } else {
        name.to_owned()
    }
}

/// The footer in the language of Excel.
pub(super) fn footer(footer: &Footer) -> String {
    let part = |mark: &str, text: &str| {
        let text = text.replace('&', "&&").replace("{page}", "&P").replace("{pages}", "&N");
        if text.is_empty() { String::new() } else { format!("{mark}&9{}", spaced(&text)) }
    };
    format!("{}{}{}", part("&L", &footer.left), part("&C", &footer.centre), part("&R", &footer.right))
}

/// A digit after the size of the text would be read as part of the size.
fn spaced(text: &str) -> Cow<'_, str> {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        format!(" {text}").into()
    } else {
        text.into()
    }
}

/// A place to sign; what depends on the page is left out, for a sheet has no pages yet.
pub(super) fn sign_place(place: &SignPlace, rows: Option<usize>) -> String {
    let rows = rows.map_or_else(String::new, |rows| rows.to_string());
    let parts: Vec<&str> = place
        .value
        .split('　')
        .filter(|part| !part.contains("{page_rows}") && !part.contains("{rows_so_far}"))
        .collect();
    let blank = if place.writing > 0.0 { "　　　　　　" } else { "" };
    format!("{}{}{blank}", place.label, parts.join("　").replace("{all_rows}", &rows))
}

/// The text, cut with a visible note where Excel could not hold it.
pub(super) fn bounded(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST || text.chars().count() <= LONGEST {
        return text.into();
    }
    let kept: String = text.chars().take(LONGEST).collect();
    format!("{kept}……（超长，以下未写入）").into()
}

/// What a block says, in rows of text: for blocks that a sheet has no other form for.
pub(super) fn rows(block: &Block) -> Vec<String> {
    match block {
        Block::Title(title) => vec![title.number.clone(), title.subtitle.clone()],
        Block::AttachmentNote(names) => names.iter().map(|name| format!("附件：{name}")).collect(),
        Block::Closing(closing) => vec![closing.name.clone(), closing.date.clone()],
        Block::Attachment { label, title } => vec![label.clone(), title.clone()],
        Block::Canvas(canvas) => canvas.shapes.iter().flat_map(shape_rows).collect(),
        Block::Figures(figures) => figures.iter().map(figure_row).collect(),
        Block::Charts(charts) => charts.iter().flat_map(chart_rows).collect(),
        Block::Photos(photos) => photos.photos.iter().map(|photo| photo.caption.clone()).collect(),
        Block::Labels(labels) => labels.slips.iter().map(|slip| slip_row(slip)).collect(),
        _ => Vec::new(),
    }
}

fn shape_rows(shape: &Shape) -> Vec<String> {
    match shape {
        Shape::Words(words) => vec![words.text.clone()],
        Shape::Column(column) => column.paragraphs.iter().map(Paragraph::words).collect(),
        Shape::Pieces { pieces, .. } => vec![pieces.iter().map(Piece::words).collect()],
        Shape::Table { table, .. } => {
            let head = table.head.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect());
            let rows = table.rows.iter().chain(&table.totals);
            let rows = rows.map(|row| row.iter().map(|cell| cell.text.as_str()).collect());
            head.chain(rows).map(|row: Vec<&str>| row.join("　")).collect()
        }
        _ => Vec::new(),
    }
}

fn figure_row(figure: &Figure) -> String {
    let before = if figure.before.is_empty() { String::new() } else { format!("{} → ", figure.before) };
    format!("{}：{before}{}{}", figure.label, figure.after, figure.unit)
}

/// The title of a chart, then one row for each series.
fn chart_rows(chart: &Chart) -> Vec<String> {
    let series = chart.series.iter().map(|series| {
        let values = chart.labels.iter().zip(&series.values);
        let values = values.map(|(label, value)| format!("{label} {value:.0$}", usize::from(chart.decimals)));
        format!("{}：{}", series.name, values.collect::<Vec<_>>().join("　"))
    });
    std::iter::once(chart.title.clone()).chain(series).collect()
}

fn slip_row(slip: &[SlipLine]) -> String {
    slip.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("　")
}
