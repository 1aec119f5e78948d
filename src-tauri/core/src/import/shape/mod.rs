//! The structure of a sheet: title, meta lines, heading, data, totals, notes, and what it is for.
//!
//! Recognition never fails on content: what it cannot tell it leaves to the clerk, who corrects
//! it with [`with_header`]. What the columns mean is [`super::map`].

use sha2::{Digest, Sha256};

use super::sheet::{Cell, Sheet};

mod body;
mod columns;
mod frame;
mod header;
mod kind;
mod top;
mod total;
pub(in crate::import) mod words;

#[cfg(test)]
mod tests;

pub use columns::ColumnSeen;
use frame::Frame;

/// What a sheet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "SheetKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A list of people, households, places or events (名单、台账).
    Roster,
    /// A heading over empty slots (空表).
    BlankForm,
    /// Labels and values about one person (一人一表).
    PersonForm,
    /// Named figures (指标表).
    IndicatorForm,
    /// Nothing in it.
    Empty,
    /// None of these.
    Other,
}

/// What a row is, for the gutter of the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// The title (标题).
    Title,
    /// A line of labels with values (说明).
    Meta,
    /// The heading, its repetition, or the numbers of the columns (表头).
    Header,
    /// A row of data (数据).
    Data,
    /// A total (合计).
    Total,
    /// A note or signatures (备注).
    Note,
    /// Nothing, or an empty slot.
    Blank,
}

/// Something the clerk should look at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Problem {
    /// Row, 1-based as the clerk sees it.
    pub row: u32,
    /// Letters of the column.
    pub column: Option<String>,
    /// Stable word for callers.
    pub code: &'static str,
    /// A Chinese sentence.
    pub message: String,
    /// The value concerned, as it stands in the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The structure of a sheet; rows are 1-based and inclusive, as the clerk sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What the sheet is for.
    pub kind: Kind,
    /// The title over the table.
    pub title: Option<String>,
    /// Labels and values around the table, such as 填报单位.
    pub meta: Vec<(String, String)>,
    /// First and last heading row.
    pub header_rows: Option<(u32, u32)>,
    /// First and last data row; the empty slots of a blank form.
    pub data_rows: Option<(u32, u32)>,
    /// Rows that total others.
    pub total_rows: Vec<u32>,
    /// Notes and signatures, above and below.
    pub note_rows: Vec<u32>,
    /// Rows in or below the heading that repeat it or number its columns.
    pub repeated_rows: Vec<u32>,
    /// Numbered rows without anything else.
    pub empty_slots: Vec<u32>,
    /// The columns of the table.
    pub columns: Vec<ColumnSeen>,
    /// What the clerk should look at.
    pub problems: Vec<Problem>,
    title_row: Option<u32>,
}

/// Rows in which a title is looked for when there is no heading.
const TITLE_WITHIN: u32 = 3;

/// Recognises the structure of a sheet; `vocabulary` tells whether a tidied text is a known heading.
#[must_use]
pub fn recognise(sheet: &Sheet, vocabulary: &dyn Fn(&str) -> bool) -> Shape {
    let frame = Frame::new(sheet, vocabulary);
    let header = header::find(&frame);
    let header = header.filter(|&header| !kind::is_person_form(&frame, Some(header)));
    build(&frame, header, None, false)
}

/// The structure when the clerk has said which rows are the heading (and the data), 1-based.
#[must_use]
pub fn with_header(
    sheet: &Sheet,
    header: (u32, u32),
    data: Option<(u32, u32)>,
    vocabulary: &dyn Fn(&str) -> bool,
) -> Shape {
    let frame = Frame::new(sheet, vocabulary);
    let header = (header.0.max(1) - 1, header.1.max(header.0).max(1) - 1);
    let data = data.map(|(first, last)| (first.max(1) - 1, last.max(first).max(1) - 1));
    build(&frame, Some(header), data, true)
}

fn build(frame: &Frame<'_>, header: Option<(u32, u32)>, data: Option<(u32, u32)>, is_told: bool) -> Shape {
    let start = data.map_or_else(|| header.map_or(0, |(_, bottom)| bottom + 1), |(first, _)| first);
    let mut body = body::read(frame, header, start, data.map(|(_, last)| last));
    if header.is_none() && !looks_like_people(frame, &body) {
        body.data = None;
    }
    let has_values = |column: u32| values_below(frame.sheet, column, start);
    let columns = columns::read(frame, header, &has_values);
    let kind = kind::of(frame, header, &body, &columns, is_told);
    let above = rows_above(frame, header, kind);
    let title = top::title(frame, &above);
    let title_row = title.as_ref().and_then(|title| title_row(frame, &above, title));
    let meta = top::meta(frame, above.iter().chain(&body.notes).copied());
    let is_table = matches!(kind, Kind::Roster | Kind::BlankForm | Kind::IndicatorForm);
    if !is_table {
        body = body::Body::default();
    }
    let mut problems = total::check(frame, &body.totals, &data_lines(frame.sheet, &body));
    problems.extend(body.second_table.map(second_table));
    problems.extend(header.filter(|_| is_table).and_then(|(_, bottom)| twin_table(&columns, bottom)));
    let shown = |range: (u32, u32)| (range.0 + 1, range.1 + 1);
    let mut note_rows = one_based(above.iter().filter(|&&row| is_note_above(frame, row)).chain(&body.notes));
    note_rows.sort_unstable();
    Shape {
        kind,
        title,
        meta,
        header_rows: header.filter(|_| is_table).map(shown),
        data_rows: body.data.or(body.slots).filter(|_| is_table).map(shown),
        total_rows: one_based(&body.totals),
        note_rows,
        repeated_rows: one_based(&body.headings),
        empty_slots: one_based(&body.numbered),
        columns: if is_table { columns } else { Vec::new() },
        problems,
        title_row: title_row.map(|row| row + 1),
    }
}

/// The rows over the heading; without one, the first few, where a title would be.
fn rows_above(frame: &Frame<'_>, header: Option<(u32, u32)>, kind: Kind) -> Vec<u32> {
    let without = if kind == Kind::Roster { 0 } else { TITLE_WITHIN };
    let end = header.map_or(without, |(top, _)| top);
    frame.sheet.used_rows().iter().copied().take_while(|&row| row < end).collect()
}

fn one_based<'a>(rows: impl IntoIterator<Item = &'a u32>) -> Vec<u32> {
    rows.into_iter().map(|row| row + 1).collect()
}

fn is_note_above(frame: &Frame<'_>, row: u32) -> bool {
    frame.words(row).first().is_some_and(|word| {
        let tidied = word.tidied();
        words::is_note(&tidied) && !header::is_meta_row(frame, &frame.words(row))
            || tidied.starts_with("填表说明")
            || tidied.starts_with("填写说明")
            || tidied.starts_with("说明:")
            || tidied.starts_with("注:")
    })
}

fn title_row(frame: &Frame<'_>, above: &[u32], title: &str) -> Option<u32> {
    let wanted = words::tidy(title);
    above.iter().copied().find(|&row| frame.words(row).iter().any(|word| word.tidied() == wanted))
}

fn second_table(row: u32) -> Problem {
    Problem {
        row: row + 1,
        column: None,
        code: "second_table",
        message: format!("从第 {} 行起像是另一张表，没有算进来", row + 1),
        value: None,
    }
}

/// Two halves of one list set side by side: the second half would be taken for other columns.
fn twin_table(columns: &[ColumnSeen], bottom: u32) -> Option<Problem> {
    let names: Vec<String> = columns.iter().map(|column| words::tidy(&column.heading)).collect();
    let half = (2..=names.len() / 2).find(|&half| names[..half] == names[half..2 * half])?;
    let named = names[..half].iter().filter(|name| !name.is_empty()).count();
    (named >= 2 && half * 2 == names.len()).then(|| Problem {
        row: bottom + 1,
        column: Some(columns[half].letter.clone()),
        code: "twin_table",
        message: format!(
            "{}–{} 栏是并排的另一半名单，请先接到前一半下面再导入",
            columns[half].letter,
            columns[2 * half - 1].letter
        ),
        value: None,
    })
}

fn values_below(sheet: &Sheet, column: u32, start: u32) -> bool {
    let rows = sheet.used_rows();
    let from = rows.partition_point(|&row| row < start);
    rows[from..].iter().any(|&row| !sheet.cell(row, column).is_empty())
}

/// Whether rows without any heading are people all the same: long digits in most of them.
fn looks_like_people(frame: &Frame<'_>, body: &body::Body) -> bool {
    let Some((first, last)) = body.data else { return false };
    let rows: Vec<u32> = data_lines(frame.sheet, body).into_iter().take(50).collect();
    let with_digits = rows
        .iter()
        .filter(|&&row| {
            frame.words(row).len() >= 2
                && frame.sheet.row(row).any(|(_, cell)| words::is_digits(&words::tidy(&cell.shown())))
        })
        .count();
    last > first && rows.len() >= 2 && with_digits * 2 > rows.len()
}

fn data_lines(sheet: &Sheet, body: &body::Body) -> Vec<u32> {
    let Some((first, last)) = body.data else { return Vec::new() };
    let is_other = |row: &u32| {
        [&body.totals, &body.notes, &body.headings, &body.numbered]
            .iter()
            .any(|rows| rows.binary_search(row).is_ok())
    };
    sheet.used_rows().iter().copied().filter(|row| (first..=last).contains(row) && !is_other(row)).collect()
}

impl Shape {
    /// The rows that hold data, 1-based, without totals, notes, repeated headings and empty slots.
    #[must_use]
    pub fn data_lines(&self, sheet: &Sheet) -> Vec<u32> {
        if self.kind == Kind::BlankForm {
            return Vec::new();
        }
        let used = sheet.used_rows().iter().map(|row| row + 1);
        used.filter(|&row| self.zone(row) == Zone::Data).collect()
    }

    /// What a 1-based row is.
    #[must_use]
    pub fn zone(&self, row: u32) -> Zone {
        let within =
            |range: Option<(u32, u32)>| range.is_some_and(|(first, last)| (first..=last).contains(&row));
        let is_in = |rows: &[u32]| rows.binary_search(&row).is_ok();
        match () {
            () if within(self.header_rows) || is_in(&self.repeated_rows) => Zone::Header,
            () if is_in(&self.total_rows) => Zone::Total,
            () if is_in(&self.note_rows) => Zone::Note,
            () if is_in(&self.empty_slots) || self.kind == Kind::Empty => Zone::Blank,
            () if within(self.data_rows) => Zone::Data,
            () if self.title_row == Some(row) => Zone::Title,
            () if self.header_rows.is_some_and(|(first, _)| row < first) => Zone::Meta,
            () if matches!(self.kind, Kind::PersonForm | Kind::Other) => Zone::Meta,
            () => Zone::Blank,
        }
    }

    /// The value of a data cell, 0-based, with vertically merged areas filled down.
    #[must_use]
    pub fn value_of<'s>(&self, sheet: &'s Sheet, row: u32, column: u32) -> Cell<'s> {
        match sheet.merge_at(row, column) {
            Some(area) if area.column == column => sheet.cell(area.row, area.column),
            Some(_) => Cell::Empty,
            None => sheet.cell(row, column),
        }
    }

    /// A word for the layout: equal headings give equal words.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for column in &self.columns {
            hash.update(words::tidy(&column.heading));
            hash.update([0]);
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}
