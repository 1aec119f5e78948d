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
mod more;
mod person;
mod top;
mod total;
pub(crate) mod words;

#[cfg(test)]
mod tests;

pub use columns::ColumnSeen;
use frame::Frame;
pub use more::MoreTable;
pub use person::{Label, labels, person_form};

/// What a sheet is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
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
    #[default]
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
    /// Name of the sheet, when several are looked at together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Which half of a list set side by side, from 0.
    #[serde(skip_serializing_if = "is_first")]
    #[cfg_attr(test, ts(optional, as = "Option<u16>"))]
    pub half: u16,
    /// Stable word for callers.
    pub code: &'static str,
    /// A Chinese sentence.
    pub message: String,
    /// The value concerned, as it stands in the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
const fn is_first(half: &u16) -> bool {
    *half == 0
}

/// The structure of a sheet; rows are 1-based and inclusive, as the clerk sees them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Rows within the data that are none.
    pub skipped_rows: Vec<u32>,
    /// Rows in or below the heading that repeat it or number its columns.
    pub repeated_rows: Vec<u32>,
    /// Numbered rows without anything else.
    pub empty_slots: Vec<u32>,
    /// The columns of the table; of a list set side by side those of its first half.
    pub columns: Vec<ColumnSeen>,
    /// First and last column of each half of a list set side by side, from 0; else one for the whole.
    pub blocks: Vec<(u32, u32)>,
    /// Other tables below this one; each is read when its heading is named.
    pub more_tables: Vec<MoreTable>,
    /// What the clerk should look at.
    pub problems: Vec<Problem>,
    title_row: Option<u32>,
    /// Titles of sections, and the title again on further pages.
    section_rows: Vec<u32>,
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
    let mut draft = Draft::read(frame, header, data, is_told);
    let is_table = draft.is_table();
    let (line, mut meta) = top::of_lines(&frame.sheet.lines_above);
    let title = top::title(frame, &draft.above);
    let title_row = title.as_ref().and_then(|title| title_row(frame, &draft.above, title));
    meta.extend(top::meta(frame, draft.above.iter().copied()));
    draft.settle();
    let blocks = if is_table { blocks(&draft.columns) } else { Vec::new() };
    let Draft { whole, body, columns, kind, .. } = &mut draft;
    let more_tables = if *kind == Kind::PersonForm { more::inside(frame) } else { more::read(frame, body) };
    let mut problems = check_totals(frame, *kind, body, &blocks);
    problems.extend(more_tables.first().filter(|_| is_table).map(second_table));
    if let Some((_, last)) = blocks.first().filter(|_| blocks.len() > 1) {
        columns.retain(|column| column.index <= *last);
    }
    let shown = |range: (u32, u32)| (range.0 + 1, range.1 + 1);
    Shape {
        kind: *kind,
        title: line.or(title),
        meta,
        header_rows: whole.filter(|_| is_table).map(shown),
        data_rows: body.data.or(body.slots).filter(|_| is_table).map(shown),
        total_rows: one_based(&body.totals),
        skipped_rows: skipped(frame.sheet, body),
        repeated_rows: one_based(&body.headings),
        empty_slots: one_based(&body.numbered),
        section_rows: one_based(&body.sections),
        columns: std::mem::take(columns),
        blocks,
        more_tables,
        problems,
        title_row: title_row.map(|row| row + 1),
        note_rows: draft.note_rows(frame),
    }
}

/// The parts of a sheet while they are put together; rows 0-based.
struct Draft {
    /// The heading with the numbers of its columns.
    whole: Option<(u32, u32)>,
    body: body::Body,
    columns: Vec<ColumnSeen>,
    kind: Kind,
    /// The rows above the heading.
    above: Vec<u32>,
}

impl Draft {
    fn read(frame: &Frame<'_>, header: Option<(u32, u32)>, data: Option<(u32, u32)>, is_told: bool) -> Self {
        let header = header.map(|header| header::without_numbers(frame, header));
        let numbers = header.and_then(|(_, bottom)| header::number_row(frame, bottom));
        let whole = header.map(|(top, bottom)| (top, numbers.unwrap_or(bottom)));
        let start = data.map_or_else(|| whole.map_or(0, |(_, bottom)| bottom + 1), |(first, _)| first);
        let mut body = body::read(frame, header, start, data.map(|(_, last)| last));
        if header.is_none() && !looks_like_people(frame, &body) {
            body.data = None;
        }
        let end = body.second_table.unwrap_or(u32::MAX);
        let has_values = |column: u32| values_between(frame.sheet, column, start, end);
        let columns = columns::read(frame, header, &has_values);
        let kind = kind::of(frame, header, &body, &columns, is_told);
        Self { whole, body, columns, kind, above: rows_above(frame, header, kind) }
    }

    const fn is_table(&self) -> bool {
        matches!(self.kind, Kind::Roster | Kind::BlankForm | Kind::IndicatorForm)
    }

    /// Takes the rows as the kind of the sheet says.
    fn settle(&mut self) {
        if self.kind == Kind::IndicatorForm {
            self.body.take_sections();
        }
        if !self.is_table() {
            self.body = body::Body::default();
            self.columns.clear();
        }
    }

    /// Notes and signatures, 1-based.
    fn note_rows(&self, frame: &Frame<'_>) -> Vec<u32> {
        if self.kind == Kind::PersonForm {
            return one_based(&person::notes(frame));
        }
        if !self.is_table() {
            return Vec::new();
        }
        let above = self.above.iter().filter(|&&row| is_note_above(frame, row));
        let mut rows = one_based(above.chain(&self.body.notes));
        rows.sort_unstable();
        rows
    }
}

/// Totals that do not fit what they total. A sheet of which the middle was not kept cannot be added up.
fn check_totals(frame: &Frame<'_>, kind: Kind, body: &body::Body, blocks: &[(u32, u32)]) -> Vec<Problem> {
    if frame.sheet.gap().is_some() {
        return Vec::new();
    }
    let lines = data_lines(frame.sheet, body);
    let halves = if kind::is_broken_down(frame, kind, &lines) { &[] } else { blocks };
    total::check(frame, &body.totals, &lines, halves)
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
            || words::is_explanation(&tidied) && words::pairs(&word.cell.shown()).len() <= 1
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

fn second_table(table: &MoreTable) -> Problem {
    let row = table.header_rows.0;
    Problem {
        row,
        column: None,
        sheet: None,
        half: 0,
        code: "second_table",
        message: format!("从第 {row} 行起像是另一张表，没有算进来。"),
        value: None,
    }
}

/// The halves of a list set side by side, by first and last column: the headings stand there twice
/// or more, in the same order. A table that is not has one block.
fn blocks(columns: &[ColumnSeen]) -> Vec<(u32, u32)> {
    let names: Vec<String> = columns.iter().map(|column| words::tidy(&column.heading)).collect();
    let whole = || columns.first().zip(columns.last()).map(|(a, b)| (a.index, b.index)).into_iter().collect();
    let width = (2..=names.len() / 2).find(|&width| {
        let named = names[..width].iter().filter(|name| !name.is_empty()).count();
        named >= 2
            && names.len().is_multiple_of(width)
            && names.chunks(width).all(|half| *half == names[..width])
            && columns.chunks(width).all(|half| {
                half[width - 1].index - half[0].index == columns[width - 1].index - columns[0].index
            })
    });
    width.map_or_else(whole, |width| {
        columns.chunks(width).map(|half| (half[0].index, half[width - 1].index)).collect()
    })
}

fn values_between(sheet: &Sheet, column: u32, start: u32, end: u32) -> bool {
    let rows = sheet.used_rows();
    let from = rows.partition_point(|&row| row < start);
    rows[from..].iter().take_while(|&&row| row < end).any(|&row| !sheet.cell(row, column).is_empty())
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
        [&body.totals, &body.notes, &body.headings, &body.numbered, &body.sections]
            .iter()
            .any(|rows| rows.binary_search(row).is_ok())
    };
    sheet.used_rows().iter().copied().filter(|row| (first..=last).contains(row) && !is_other(row)).collect()
}

/// Rows from the first to the last of the data that hold none, 1-based.
fn skipped(sheet: &Sheet, body: &body::Body) -> Vec<u32> {
    let Some((first, last)) = body.data else { return Vec::new() };
    let lines = data_lines(sheet, body);
    let is_kept = |row: &u32| sheet.gap().is_none_or(|(from, to)| !(from..=to).contains(row));
    let is_none = |row: &u32| is_kept(row) && lines.binary_search(row).is_err();
    (first..=last).filter(is_none).map(|row| row + 1).collect()
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

    /// How many columns further right each half of a list set side by side begins than the first.
    pub fn shifts(&self) -> impl Iterator<Item = u32> + '_ {
        let first = self.blocks.first().map_or(0, |(first, _)| *first);
        let others = self.blocks.iter().skip(1).map(move |(start, _)| start - first);
        std::iter::once(0).chain(others)
    }

    /// The rows that hold data in the half that is shifted so far, 1-based.
    #[must_use]
    pub fn data_lines_at(&self, sheet: &Sheet, shift: u32) -> Vec<u32> {
        let lines = self.data_lines(sheet);
        if self.blocks.len() < 2 {
            return lines;
        }
        // A half may be shorter than the other, and its last rows have only their numbers.
        let named: Vec<u32> = self
            .columns
            .iter()
            .filter(|column| !words::is_numbering(&words::tidy(&column.heading)))
            .map(|column| column.index + shift)
            .collect();
        let has_value =
            |row: u32| named.iter().any(|&column| !self.value_of(sheet, row - 1, column).is_empty());
        lines.into_iter().filter(|&row| has_value(row)).collect()
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
            () if is_in(&self.section_rows) => Zone::Title,
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
