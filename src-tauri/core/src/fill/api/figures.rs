//! Tables of figures: each cell is bound to a count once. A binding is proposed only where every word
//! of line and column is understood.

use serde::{Deserialize, Serialize};

use super::FillRequest;
use super::session::Session;
use crate::error::Result;
use crate::fill::package::{Value, Write};
use crate::fill::recognise::PART_OF;
use crate::fill::words::FormWords;
use crate::fill::{FormKind, known, whom};
use crate::import::sheet::column_letters;
use crate::office::Office;

/// What a cell counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FigureCount {
    /// People.
    #[default]
    People,
    /// Households; people of none are one each.
    Households,
}

/// A count that a cell is bound to.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FillFigure {
    /// Cell, such as C5.
    pub cell: String,
    /// Condition in the filter language; empty takes the binding away.
    #[serde(rename = "where")]
    pub condition: String,
    /// What is counted.
    #[serde(default)]
    pub count: FigureCount,
}

/// A cell of figures.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FormFigure {
    /// Cell.
    pub cell: String,
    /// What the line counts.
    pub row_label: String,
    /// What the column counts.
    pub column_label: String,
    /// Condition it is bound to.
    #[serde(rename = "where")]
    pub condition: Option<String>,
    /// What is counted.
    pub count: FigureCount,
    /// The count.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub value: Option<i64>,
    /// The binding is only proposed: its words were understood, nobody has confirmed it.
    pub proposed: bool,
}

/// Lines that count everybody: what is a part of them needs no further condition.
const EVERYBODY: [&str; 5] = ["总人数", "人数", "总数", "合计", "总计"];

/// Counts what the cells are bound to and plans their writing.
pub(super) fn plan(office: &Office, request: &FillRequest, session: &mut Session) -> Result<()> {
    if session.form.kind != FormKind::Figures {
        return Ok(());
    }
    let mut writes = Vec::new();
    for at in &session.form.figures {
        let cell = format!("{}{}", column_letters(at.column), at.row);
        let now = request.figures.iter().find(|figure| figure.cell == cell);
        let before = session.known.as_ref().and_then(|known| {
            known.figures.iter().find(|(row, column, ..)| *row == at.row_label && *column == at.column_label)
        });
        let (bound, proposed) = match (now, before) {
            (Some(figure), _) => (Some((figure.condition.clone(), figure.count)), false),
            (None, Some((_, _, condition, households))) => {
                let count = if *households { FigureCount::Households } else { FigureCount::People };
                (Some((condition.clone(), count)), false)
            }
            (None, None) => (proposal(office, &at.row_label, &at.column_label)?, true),
        };
        let bound = bound.filter(|(condition, _)| !condition.trim().is_empty());
        let value = match &bound {
            Some((condition, count)) => {
                let households = *count == FigureCount::Households;
                Some(known::count(office, condition, households, session.as_of)?)
            }
            None => None,
        };
        if let Some(value) = value {
            writes.push(Write { row: at.row, column: at.column, value: Value::Number(value.to_string()) });
        }
        session.figures.push(FormFigure {
            cell,
            row_label: at.row_label.clone(),
            column_label: at.column_label.clone(),
            count: bound.as_ref().map(|(_, count)| *count).unwrap_or_default(),
            proposed: proposed && bound.is_some(),
            condition: bound.map(|(condition, _)| condition),
            value,
        });
    }
    if let Some(file) = session.plan.files.first_mut() {
        file.others.extend(writes);
    }
    Ok(())
}

/// What a cell counts, where line and column say so with every word.
fn proposal(office: &Office, row: &str, column: &str) -> Result<Option<(String, FigureCount)>> {
    let words = &FormWords::shipped().count;
    let counts = crate::ledger::counts(office.connection())?;
    let kinds: Vec<_> =
        office.ledger_kinds().map(|kind| (kind, counts.get(&kind.id).copied().unwrap_or(0))).collect();
    let last = column.rsplit('/').next().unwrap_or(column);
    let is_in = |list: &[String]| list.iter().any(|word| word == last);
    let (more, count) = match () {
        () if is_in(&words.people) => (None, FigureCount::People),
        () if is_in(&words.households) => (None, FigureCount::Households),
        () if is_in(&words.men) => (Some("gender = 男".to_owned()), FigureCount::People),
        () if is_in(&words.women) => (Some("gender = 女".to_owned()), FigureCount::People),
        () => match whom::whole(last, &kinds) {
            Some(condition) => (Some(condition), FigureCount::People),
            None => return Ok(None),
        },
    };
    // A part is counted within its whole; one part that is not understood leaves the cell to the clerk.
    let words = row.split(PART_OF).filter(|part| !EVERYBODY.contains(part));
    let parts: Option<Vec<String>> = words.map(|part| whom::whole(part, &kinds)).collect();
    let Some(mut parts) = parts.filter(|parts| !parts.is_empty()) else { return Ok(None) };
    parts.extend(more);
    let condition = match parts.as_slice() {
        [one] => one.clone(),
        several => several.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" and "),
    };
    // 残疾人户数 counts households whatever the column says.
    let count = if row.ends_with("户数") { FigureCount::Households } else { count };
    Ok(Some((condition, count)))
}
