//! The list of a ledger (台账清单): title, unit and days, all rows under a repeated head, signatures.
//!
//! Nothing is left out unless the clerk chose it, or a public sheet may not show it; then it is said.

mod columns;

pub(super) use columns::Chosen;

use super::ReportRequest;
use super::api::ReportWarning;
use super::as_of::AsOf;
use super::frame::Frame;
use super::{Report, ReportGroup, ReportKind, ReportLink, ReportMissing, ReportOptions, ReportPeriod};
use crate::catalog::LedgerKind;
use crate::dictionary::{FieldDef, Sensitivity, Subject, reading};
use crate::error::{Refusal, Result};
use crate::ledger::row_word::{self, RowWords};
use crate::ledger::{self, TableRow};
use crate::office::Office;
use crate::paper::document::{Block, Cell, FootPages, Keys, Sums, Table};

/// The kind.
pub const KIND: ReportKind = ReportKind {
    id: "ledger_list",
    title: "台账清单",
    group: ReportGroup::List,
    says: "一本台账的全部内容，每页都有表头、签字栏和页码。",
    needs_ledger: true,
    period: ReportPeriod::AsOf,
    options: &[
        "orientation",
        "paper",
        "masked",
        "where",
        "columns",
        "sort",
        "draft",
        "watermark",
        "subtotals",
        "style",
    ],
    make,
    people: None,
};

fn make(office: &Office, request: &ReportRequest) -> Result<Report> {
    let kind = office.ledger_kind(request.ledger.as_deref().unwrap_or_default())?;
    let options = &request.options;
    let chosen = Chosen::new(kind, options)?;
    let then = AsOf::asked(office, request)?;
    let sort = options.sort.as_deref().unwrap_or_default();
    let wanted = (options.condition(), sort);
    let rows = ledger::rows_for_report(then.connection(), office.catalog(), kind, wanted, then.day)?;
    if rows.is_empty() {
        return Err(Refusal::EmptyReport.into());
    }
    let frame = Frame::new(office, request)?;
    let mut document = frame.document(&kind.title, &days(&then, options));
    let mut table = table(&chosen, &rows, options);
    table.keys = keys(office, &rows, options)?;
    document.blocks.push(Block::Table(table));
    document.foot = frame.foot(&counts(kind, options), FootPages::Every);
    document.footer = frame.footer(kind.subject == Subject::Resident);
    let mut report = Report::of(document);
    report.missing = missing(kind, &chosen, &rows, options);
    report.columns = chosen.offer();
    report.warnings = warnings(&chosen, options);
    Ok(report)
}

/// The day, and that this is a part of the ledger where it is.
fn days(then: &AsOf<'_>, options: &ReportOptions) -> String {
    let part = if options.condition().is_some() { "（按条件选出）" } else { "" };
    format!("截至{}{part}", then.day_title())
}

fn table(chosen: &Chosen<'_>, rows: &[TableRow], options: &ReportOptions) -> Table {
    let columns = chosen.summed(options.subtotals == Some(true));
    let has_sums = columns.iter().any(|column| column.summed);
    Table {
        sums: if has_sums { Sums::page_and_running() } else { Sums::default() },
        columns,
        head: chosen.head(),
        rows: (1..).zip(rows).map(|(number, row)| cells(chosen, number, row, options)).collect(),
        blank_below: true,
        ..Table::default()
    }
}

/// Words by which the rows are known again when the workbook comes back; a sheet to be posted has none.
fn keys(office: &Office, rows: &[TableRow], options: &ReportOptions) -> Result<Option<Keys>> {
    if options.is_public() {
        return Ok(None);
    }
    let words = RowWords::of(office.connection())?;
    let words = rows.iter().map(|row| words.word(row.record)).collect();
    Ok(Some(Keys { title: row_word::TITLE.into(), words }))
}

fn cells(chosen: &Chosen<'_>, number: usize, row: &TableRow, options: &ReportOptions) -> Vec<Cell> {
    let values = chosen.iter().map(|(place, column)| {
        let value = row.values.get(place).cloned().flatten();
        Cell::new(value.map(|value| shown(&column.field, &value, options)).unwrap_or_default())
    });
    std::iter::once(Cell::new(number.to_string())).chain(values).collect()
}

/// A value as printed. On a public sheet everything personal is masked, on others the numbers that
/// can do harm.
pub(super) fn shown(field: &FieldDef, value: &str, options: &ReportOptions) -> String {
    let is_personal = field.sensitive != Sensitivity::Plain;
    let hides = if options.is_public() { is_personal } else { ledger::api::is_masked(field) };
    reading::display(field, value, options.is_masked() && hides)
}

/// The counts at the foot of every page.
fn counts(kind: &LedgerKind, options: &ReportOptions) -> String {
    let unit = if kind.subject == Subject::Resident { "人" } else { "条" };
    let all = if options.condition().is_some() { "共" } else { "全册" };
    format!("本页{{page_rows}}{unit}　累计{{rows_so_far}}{unit}　{all}{{all_rows}}{unit}")
}

/// Values that a complete row has, and how many rows have not.
fn missing(
    kind: &LedgerKind,
    chosen: &Chosen<'_>,
    rows: &[TableRow],
    options: &ReportOptions,
) -> Vec<ReportMissing> {
    let unit = if kind.subject == Subject::Resident { "人" } else { "条" };
    let needed = chosen.iter().filter(|(_, column)| column.key || column.required);
    let mut missing = Vec::new();
    for (place, column) in needed {
        let is_empty = |row: &&TableRow| row.values.get(place).is_none_or(Option::is_none);
        let count = rows.iter().filter(is_empty).count();
        if count > 0 {
            let lacks = format!("not {}", column.field.id);
            let filter =
                options.condition().map_or_else(|| lacks.clone(), |own| format!("({own}) and {lacks}"));
            missing.push(ReportMissing {
                text: format!("{count} {unit}没有{}", column.full_title()),
                count: i64::try_from(count).unwrap_or(i64::MAX),
                link: Some(ReportLink::ledger(&kind.id, &filter)),
            });
        }
    }
    missing
}

fn warnings(chosen: &Chosen<'_>, options: &ReportOptions) -> Vec<ReportWarning> {
    let mut warnings = Vec::new();
    if !chosen.left_out.is_empty() {
        warnings.push(ReportWarning {
            kind: "left_out",
            text: format!("公示件没有印这几栏：{}", chosen.left_out.join("、")),
            place: String::new(),
        });
    }
    let can_sum = chosen.summed(true).iter().any(|column| column.summed);
    if options.subtotals == Some(true) && !can_sum {
        warnings.push(ReportWarning {
            kind: "no_sums",
            text: "这本台账没有可以合计的栏目，没有印小计".to_owned(),
            place: String::new(),
        });
    }
    if options.is_public() && !options.is_masked() {
        warnings.push(ReportWarning {
            kind: "public_unmasked",
            text: "这张要贴出去，却没有遮盖个人信息".to_owned(),
            place: String::new(),
        });
    }
    warnings
}
