//! The list of a ledger (台账清单): title, unit and date, all rows under a repeated head, signatures.

use chrono::Datelike;

use super::{PaperOrientation, ReportKind, ReportRequest};
use crate::catalog::{Column, LedgerKind};
use crate::committee::{self, Committee};
use crate::dictionary::{FieldKind, Subject, reading};
use crate::error::{Error, Refusal, Result};
use crate::ledger::row_word::{self, RowWords};
use crate::ledger::{self, TableRow};
use crate::office::Office;
use crate::paper::Document;
use crate::paper::document::{
    Block, Cell, Column as PaperColumn, Foot, FootPages, Footer, HeadCell, Keys, Kind, Line, Orientation,
    PageSetup, SignPlace, Table,
};

/// The kind.
pub const KIND: ReportKind =
    ReportKind { id: "ledger_list", title: "台账清单", needs_ledger: true, document };

/// Length of a line to sign on, in millimetres.
const SIGN_LINE: f32 = 34.0;

fn document(office: &Office, request: &ReportRequest) -> Result<Document> {
    let id = request.ledger.as_deref().unwrap_or_default();
    let kind = office.ledger_kind(id)?;
    let filter = request.options.filter.as_deref();
    let today = office.clock().today();
    let rows = ledger::rows_for_report(office.connection(), office.catalog(), kind, filter, today)?;
    if rows.is_empty() {
        return Err(Refusal::EmptyReport.into());
    }
    let committee = committee::find(office.connection())?.ok_or(Error::Refused(Refusal::NotStarted))?;
    let date = format!("{}年{}月{}日", today.year(), today.month(), today.day());
    let mut document = Document::new(&kind.title);
    document.author = committee.full_name();
    document.created_at = Some(office.clock().now());
    document.page = PageSetup { orientation: orientation(request), ..PageSetup::default() };
    document.blocks = vec![
        Block::Heading { level: 0, text: kind.title.clone() },
        Block::Line(Line {
            left: format!("填报单位（盖章）：{}", committee.full_name()),
            centre: String::new(),
            right: format!("填报日期：{date}"),
        }),
        Block::Table(Table {
            keys: Some(keys(office, &rows)?),
            ..table(kind, &rows, request.options.masked)
        }),
    ];
    document.foot =
        Foot { blocks: vec![Block::Signature(signatures(kind, &committee))], pages: FootPages::Every };
    document.footer = Footer {
        left: if kind.subject == Subject::Resident {
            "内部资料，含个人信息，请妥善保管".into()
        } else {
            String::new()
        },
        ..Footer::numbered()
    };
    Ok(document)
}

const fn orientation(request: &ReportRequest) -> Orientation {
    match request.options.orientation {
        PaperOrientation::Auto => Orientation::Auto,
        PaperOrientation::Portrait => Orientation::Portrait,
        PaperOrientation::Landscape => Orientation::Landscape,
    }
}

fn table(kind: &LedgerKind, rows: &[TableRow], masked: bool) -> Table {
    let numbers = PaperColumn { kind: Kind::Number, ..PaperColumn::default() };
    let columns =
        kind.columns.iter().map(|column| PaperColumn { kind: paper_kind(column), ..PaperColumn::default() });
    Table {
        columns: std::iter::once(numbers).chain(columns).collect(),
        head: head(kind),
        rows: rows.iter().enumerate().map(|(position, row)| cells(kind, position + 1, row, masked)).collect(),
        blank_below: true,
        ..Table::default()
    }
}

/// Words by which the rows are known again when the workbook comes back.
fn keys(office: &Office, rows: &[TableRow]) -> Result<Keys> {
    let words = RowWords::of(office.connection())?;
    let words = rows.iter().map(|row| words.word(row.record)).collect();
    Ok(Keys { title: row_word::TITLE.into(), words })
}

const fn paper_kind(column: &Column) -> Kind {
    match column.field.kind {
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Money => Kind::Number,
        _ => Kind::Text,
    }
}

/// One head row, or two where columns stand under a common heading.
fn head(kind: &LedgerKind) -> Vec<Vec<HeadCell>> {
    let depth: u16 = if kind.has_groups() { 2 } else { 1 };
    let mut upper = vec![HeadCell::new("序号").spanning(1, depth)];
    let mut lower = Vec::new();
    let mut position = 0;
    while let Some(column) = kind.columns.get(position) {
        let width = group_width(&kind.columns[position..]);
        match &column.group {
            Some(group) => {
                upper.push(HeadCell::new(group).spanning(u16::try_from(width).unwrap_or(1), 1));
                let below = &kind.columns[position..position + width];
                lower.extend(below.iter().map(|column| HeadCell::new(column.title())));
            }
            None => upper.push(HeadCell::new(column.title()).spanning(1, depth)),
        }
        position += width;
    }
    if depth == 2 { vec![upper, lower] } else { vec![upper] }
}

/// How many columns from the first one on stand under its heading.
fn group_width(columns: &[Column]) -> usize {
    match columns.first().and_then(|column| column.group.as_ref()) {
        Some(group) => columns.iter().take_while(|column| column.group.as_ref() == Some(group)).count(),
        None => 1,
    }
}

fn cells(kind: &LedgerKind, number: usize, row: &TableRow, masked: bool) -> Vec<Cell> {
    let values = kind.columns.iter().zip(&row.values).map(|(column, value)| {
        let hide = masked && ledger::api::is_masked(&column.field);
        let text = value.as_deref().map(|value| reading::display(&column.field, value, hide));
        Cell::new(text.unwrap_or_default())
    });
    std::iter::once(Cell::new(number.to_string())).chain(values).collect()
}

fn signatures(kind: &LedgerKind, committee: &Committee) -> Vec<SignPlace> {
    let unit = if kind.subject == Subject::Resident { "人" } else { "条" };
    let place =
        |label: &str, value: String, writing: f32| SignPlace { label: label.to_owned(), value, writing };
    vec![
        place("负责人（签字）：", String::new(), SIGN_LINE),
        place("填表人（签字）：", String::new(), SIGN_LINE),
        place("联系电话：", committee.phone.clone(), 0.0),
        place("", format!("本页{{page_rows}}{unit}　累计{{rows_so_far}}{unit}　全册{{all_rows}}{unit}"), 0.0),
    ]
}
