//! `fill.visit`: the missing cells as a paper for the doorstep (补缺走访单), one building a page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::FillRequest;
use super::gaps::{self, FillGaps, GapColumn, GapRow, GapState};
use super::hand::title;
use super::session::{Session, prepare};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::paper::document::{
    Block, Cell, Column, Foot, FootPages, Footer, HeadCell, Kind, Line, Orientation, PageSetup, SignPlace,
    Table, Width,
};
use crate::paper::{Document, pdf};
use crate::progress::Progress;

/// Options with a box each that still fit into a cell.
const BOXES_AT_MOST: usize = 6;
/// Length of a line to sign on, in millimetres.
const SIGN_LINE: f32 = 34.0;
/// Room to write an answer, in millimetres.
const ANSWER: f32 = 34.0;

/// Which paper to make.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillVisitRequest {
    /// The form and what was chosen.
    pub form: FillRequest,
    /// All buildings one after the other instead of one a page.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub together: bool,
    /// A column to sign in.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub sign: bool,
}

/// The paper for the doorstep.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillVisit {
    /// The PDF, base64.
    pub pdf: String,
    /// Pages.
    pub pages: usize,
    /// File name to propose.
    pub file_name: String,
}

/// Makes the paper of what is missing.
///
/// # Errors
/// [`Refusal::EmptyReport`] when nothing is missing, or as [`super::preview`].
pub fn visit(office: &mut Office, request: FillVisitRequest, progress: &Progress) -> Result<FillVisit> {
    let session = prepare(office, &request.form, progress)?;
    let gaps = gaps::of(office, &session)?;
    if gaps.rows.is_empty() {
        return Err(Refusal::EmptyReport.into());
    }
    progress.stage("正在排版", 0)?;
    let document = document(office, &session, &gaps, &request);
    let rendered = pdf::render(&document)?;
    let day = office.clock().today().format("%Y%m%d");
    Ok(FillVisit {
        pdf: STANDARD.encode(rendered.bytes),
        pages: rendered.pages,
        file_name: format!("补缺走访单_{}_{day}.pdf", title(&session)),
    })
}

fn document(office: &Office, session: &Session, gaps: &FillGaps, request: &FillVisitRequest) -> Document {
    let mut document = Document::new(format!("补缺走访单（{}）", title(session)));
    document.author = session.committee.full_name();
    document.created_at = Some(office.clock().now());
    document.page = PageSetup { orientation: Orientation::Landscape, ..PageSetup::default() };
    let buildings = gaps.buildings.iter().filter(|building| building.gaps > 0);
    for (at, building) in buildings.enumerate() {
        let rows: Vec<&GapRow> = gaps.rows.iter().filter(|row| row.building == building.title).collect();
        if at > 0 {
            document.blocks.push(if request.together { Block::Spacer(6.0) } else { Block::PageBreak });
        }
        if at == 0 || !request.together {
            document.blocks.push(Block::Heading { level: 0, text: document.title.clone() });
        }
        let name = if building.title.is_empty() { "住处不清楚" } else { &building.title };
        document.blocks.push(Block::Line(Line {
            left: format!("{name}　{} 人", rows.len()),
            centre: String::new(),
            right: format!("要问 {} 格", building.gaps),
        }));
        document.blocks.push(Block::Table(table(gaps, &rows, request.sign)));
    }
    let place = |label: &str| SignPlace { label: label.to_owned(), value: String::new(), writing: SIGN_LINE };
    document.foot = Foot {
        blocks: vec![Block::Signature(vec![place("走访人（签字）："), place("走访日期：")])],
        pages: FootPages::Every,
    };
    document.footer =
        Footer { left: "内部资料，含个人信息，请妥善保管".into(), ..Footer::numbered() };
    document
}

fn table(gaps: &FillGaps, rows: &[&GapRow], sign: bool) -> Table {
    let plain = |width: Width| Column { width, ..Column::default() };
    let mut columns = vec![
        Column { kind: Kind::Number, ..Column::default() },
        plain(Width::Auto),
        plain(Width::Auto),
        Column { kind: Kind::Number, ..Column::default() },
    ];
    columns.extend(gaps.columns.iter().map(|_| plain(Width::Mm(ANSWER))));
    let mut head: Vec<HeadCell> = ["序号", "室号", "姓名", "年龄"].map(HeadCell::new).to_vec();
    head.extend(gaps.columns.iter().map(|column| HeadCell::new(&column.title)));
    if sign {
        columns.push(plain(Width::Mm(ANSWER)));
        head.push(HeadCell::new("本人或家属签名"));
    }
    let numbered = rows.iter().enumerate();
    Table {
        columns,
        head: vec![head],
        rows: numbered.map(|(at, row)| cells(gaps, at + 1, row, sign)).collect(),
        ..Table::default()
    }
}

fn cells(gaps: &FillGaps, number: usize, row: &GapRow, sign: bool) -> Vec<Cell> {
    let age = row.age.map(|age| age.to_string()).unwrap_or_default();
    let mut cells = vec![
        Cell::new(number.to_string()),
        Cell::new(row.place.clone()),
        Cell::new(row.name.clone()),
        Cell::new(age),
    ];
    cells.extend(gaps.columns.iter().map(|column| {
        let known = row.cells.iter().find(|cell| cell.field == column.field);
        match known {
            Some(cell) if cell.state == GapState::Known => Cell::new(cell.value.clone()),
            Some(cell) if cell.state == GapState::Stale => Cell::new(format!("{}（请核对）", cell.value)),
            _ => Cell::new(question(column)),
        }
    }));
    if sign {
        cells.push(Cell::new(""));
    }
    cells
}

/// Boxes for what may be chosen, or room to write.
fn question(column: &GapColumn) -> String {
    if column.options.is_empty() || column.options.len() > BOXES_AT_MOST {
        return String::new();
    }
    column.options.iter().map(|option| format!("□{option}")).collect::<Vec<_>>().join(" ")
}
