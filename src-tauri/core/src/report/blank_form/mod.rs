//! The blank form of a ledger (空白登记表): the same head, empty rows wide enough for a pen.

use super::api::ReportWarning;
use super::frame::Frame;
use super::ledger_list::Chosen;
use super::{Report, ReportGroup, ReportKind, ReportPeriod, ReportRequest};
use crate::dictionary::{FieldDef, FieldKind};
use crate::error::Result;
use crate::office::Office;
use crate::paper::document::{Block, Cell, Column, FootPages, Orientation, Paper, Table, Width};

/// The kind.
pub const KIND: ReportKind = ReportKind {
    id: "blank_form",
    title: "空白登记表",
    group: ReportGroup::List,
    says: "一本台账的空表，表头一样，留出手写的行，带着走访或发给居民填。",
    needs_ledger: true,
    period: ReportPeriod::None,
    options: &["orientation", "paper", "columns", "rows", "draft"],
    make,
    people: None,
};

/// Width of the running number, in millimetres.
const NUMBER: f32 = 10.0;
/// Height that a hand needs, and what margins, lines and signatures take of a sheet, in millimetres.
const ROW: f32 = 9.5;
const TAKEN: f32 = 64.0;
/// Height of one row of the head, in millimetres.
const HEAD: f32 = 8.0;
/// A hand needs at least this share of the width it would like.
const NARROW: f32 = 0.8;
/// Rows of a form at most.
const ROWS_AT_MOST: u16 = 500;
/// Margins of the house at left and right together, upright and lying, in millimetres, and a little
/// more, so that rounding never makes the table too wide.
const SIDES: (f32, f32) = (38.0, 33.0);

fn make(office: &Office, request: &ReportRequest) -> Result<Report> {
    let kind = office.ledger_kind(request.ledger.as_deref().unwrap_or_default())?;
    let chosen = Chosen::new(kind, &request.options)?;
    let frame = Frame::new(office, request)?;
    let wanted: Vec<f32> = chosen.iter().map(|(_, column)| width(&column.field)).collect();
    let head = chosen.head();
    let sheet = sheet(request, wanted.iter().sum::<f32>() + NUMBER, head.len());
    let mut document = frame.plain(&format!("{}（空白表）", kind.title));
    document.page.orientation = sheet.turned;
    document.blocks = vec![
        Block::Heading { level: 0, text: kind.title.clone() },
        Block::Line(crate::paper::document::Line {
            left: frame.unit(),
            centre: String::new(),
            right: "填报日期：　　　　年　　月　　日".to_owned(),
        }),
    ];
    let stretch = (sheet.room - NUMBER) / wanted.iter().sum::<f32>();
    let widths = std::iter::once(NUMBER).chain(wanted.iter().map(|wide| wide * stretch));
    let columns = chosen.widths().into_iter().zip(widths);
    let rows = request.options.rows.map_or(sheet.rows, |rows| usize::from(rows.clamp(1, ROWS_AT_MOST)));
    let empty = |number: usize| {
        let cells = std::iter::repeat_n(Cell::new(""), wanted.len());
        std::iter::once(Cell::new(number.to_string())).chain(cells).collect()
    };
    document.blocks.push(Block::Table(Table {
        columns: columns.map(|(column, wide)| Column { width: Width::Mm(wide), ..column }).collect(),
        head,
        rows: (1..=rows).map(empty).collect(),
        row_height: ROW,

        ..Table::default()
    }));
    document.foot = frame.foot("", FootPages::Every);
    document.footer = frame.footer(false);
    let mut report = Report::of(document);
    report.columns = chosen.offer();
    if stretch < NARROW {
        report.warnings.push(ReportWarning {
            kind: "columns_tight",
            text: "栏目太多，手写的格子偏窄：可以少选几栏，或用 A3 纸".to_owned(),
            place: String::new(),
        });
    }
    Ok(report)
}

/// A sheet to write on.
struct Sheet {
    turned: Orientation,
    /// Width for the table, in millimetres.
    room: f32,
    /// Rows that fit on one page.
    rows: usize,
}

/// Upright when the columns have their width there, unless the clerk says otherwise.
fn sheet(request: &ReportRequest, wanted: f32, head: usize) -> Sheet {
    let (short, long) = if request.options.sheet() == Paper::A3 { (297.0, 420.0) } else { (210.0, 297.0) };
    let is_upright = match request.options.turned() {
        Orientation::Portrait => true,
        Orientation::Landscape => false,
        Orientation::Auto => wanted <= short - SIDES.0,
    };
    let (turned, room, height) = if is_upright {
        (Orientation::Portrait, short - SIDES.0, long)
    } else {
        (Orientation::Landscape, long - SIDES.1, short)
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen at most")]
    let rows = ((height - TAKEN - HEAD * head as f32) / ROW).floor().max(1.0) as usize;
    Sheet { turned, room, rows }
}

/// Width in millimetres that a hand needs for a value of a field, never less than half its title.
fn width(field: &FieldDef) -> f32 {
    let hand: f32 = match field.kind {
        FieldKind::Gender | FieldKind::Boolean | FieldKind::Integer | FieldKind::Unit => 12.0,
        FieldKind::Year | FieldKind::Building | FieldKind::Room => 15.0,
        FieldKind::Decimal | FieldKind::Month | FieldKind::Money => 18.0,
        FieldKind::Name => 20.0,
        FieldKind::Code => 21.0,
        FieldKind::Date | FieldKind::Text => 24.0,
        FieldKind::Phone => 30.0,
        FieldKind::LongText => 38.0,
        FieldKind::Address => 42.0,
        FieldKind::IdNumber | FieldKind::CreditCode => 46.0,
        FieldKind::DisabilityCertificate => 50.0,
    };
    let title = field.title.chars().count().div_ceil(2).max(2);
    hand.max(title as f32 * 4.2 + 2.0)
}
