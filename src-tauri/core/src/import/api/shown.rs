//! A plan put into the words of a reply: whose row, what would change, and why.

use super::words::{Candidate, DifferingColumn, ImportReply, PlanCell, PlanRow, PlanRows};
use super::{PROBLEMS_AT_MOST, ROWS_AT_MOST};
use crate::catalog::{Column, LedgerKind};
use crate::dictionary::{Authority, FieldDef};
use crate::error::Result;
use crate::import::plan::{self, Before, Outcome, Plan, PlannedCell, PlannedRow};
use crate::import::recognise::MappedColumn;
use crate::import::table::{RowReading, Table};
use crate::import::tray;
use crate::ledger::{self, RawRecord};
use crate::office::Office;
use crate::resident;

/// A plan put into the words of a reply.
pub(super) struct Shown<'s> {
    pub(super) office: &'s Office,
    pub(super) kind: &'s LedgerKind,
    pub(super) mapping: &'s [MappedColumn],
    pub(super) table: &'s Table<'s>,
    pub(super) before: &'s Before,
}

impl Shown<'_> {
    pub(super) fn reply(&self, plan: &Plan) -> Result<ImportReply> {
        let mut rows = PlanRows::default();
        for row in &plan.rows {
            let list = match row.outcome {
                Outcome::Added => &mut rows.added,
                Outcome::Changed => &mut rows.changed,
                Outcome::Same => &mut rows.same,
                Outcome::Conflict => &mut rows.conflict,
                Outcome::Refused => &mut rows.refused,
            };
            if list.len() < ROWS_AT_MOST {
                list.push(self.row(row)?);
            }
        }
        let kind = self.kind;
        let absent: Vec<RawRecord> = plan.absent.iter().take(ROWS_AT_MOST).cloned().collect();
        for row in ledger::view(self.office.connection(), kind, absent, self.office.clock().today())? {
            rows.absent.push(absent_row(kind, &row));
        }
        Ok(ImportReply {
            op: None,
            counts: plan.counts,
            problem_count: plan.problems.len(),
            problems: plan.problems.iter().take(PROBLEMS_AT_MOST).cloned().collect(),
            mapping: self.mapping.to_vec(),
            tidied: plan.tidied,
            tray: tray::rows_to_set_aside(plan).count() + self.table.skipped.len(),
            rows,
            differing: self.differing(plan),
        })
    }

    /// The columns with values that differ, over all rows and not only those listed.
    fn differing(&self, plan: &Plan) -> Vec<DifferingColumn> {
        let mut counts = vec![0; self.table.bindings.len()];
        for row in plan.rows.iter().filter(|row| row.outcome == Outcome::Conflict) {
            for cell in row.cells.iter().filter(|cell| cell.before.is_some() && !cell.is_finer) {
                counts[cell.binding] += 1;
            }
        }
        let bindings = self.table.bindings.iter().zip(counts).filter(|(_, count)| *count > 0);
        bindings
            .map(|(binding, count)| DifferingColumn {
                field: binding.field.id.clone(),
                title: self.title(binding.field),
                wins: binding.field.authority,
                count,
            })
            .collect()
    }

    /// The heading of a field in this ledger.
    fn title(&self, field: &FieldDef) -> String {
        self.kind.column(&field.id).map_or_else(|| field.title.clone(), Column::full_title)
    }

    fn row(&self, row: &PlannedRow) -> Result<PlanRow> {
        let reading = self.table.read(row.at);
        let say = |field: &str| self.table.value(&reading, field).unwrap_or_default().to_owned();
        let known = row.subject.and_then(|subject| self.before.register.person(subject));
        let first = || reading.values.iter().flatten().next().cloned().unwrap_or_default();
        let said = say("person.name");
        let name = match known {
            _ if !said.is_empty() => said,
            Some(person) => person.name.clone(),
            None => first(),
        };
        let door = plan::door_said(self.table, &reading).title();
        let who = if door.is_empty() { say("person.birth_on").chars().take(4).collect() } else { door };
        let candidates = row.candidates.iter().map(|id| self.candidate(*id));
        Ok(PlanRow {
            row: row.at.row,
            sheet: self.table.sheet_name(row.at),
            half: self.table.half(row.at),
            name,
            who,
            cells: self.cells(row, &reading),
            reasons: row.reason.iter().cloned().collect(),
            candidates: candidates.collect::<Result<Vec<_>>>()?,
        })
    }

    /// What would change; of somebody new, everything the row says.
    fn cells(&self, row: &PlannedRow, reading: &RowReading) -> Vec<PlanCell> {
        let is_new = row.outcome == Outcome::Added && row.subject.is_none() && row.record.is_none();
        if !is_new {
            return row.cells.iter().map(|cell| self.cell(cell)).collect();
        }
        let values = reading.values.iter().enumerate();
        let values = values.filter_map(|(binding, value)| Some((binding, value.clone()?)));
        let fresh =
            |(binding, after)| PlannedCell { binding, before: None, after, taken: true, is_finer: false };
        values.map(|value| self.cell(&fresh(value))).collect()
    }

    fn cell(&self, cell: &PlannedCell) -> PlanCell {
        let field = self.table.bindings[cell.binding].field;
        let title = self.title(field);
        let whose = match field.authority {
            _ if cell.is_finer => "表里写得更准",
            Authority::Office => "以我们登记的为准",
            Authority::Superior => "以来表为准",
        };
        PlanCell {
            field: field.id.clone(),
            why: cell.before.is_some().then(|| format!("{title}{whose}")),
            title,
            before: cell.before.clone(),
            after: cell.after.clone(),
            wins: field.authority,
            taken: cell.taken,
            finer: cell.is_finer,
        }
    }

    fn candidate(&self, id: i64) -> Result<Candidate> {
        super::candidate(self.office, &resident::load(self.office.connection(), id)?)
    }
}

fn absent_row(kind: &LedgerKind, row: &ledger::TableRow) -> PlanRow {
    let value = |field: &str| {
        let position = kind.columns.iter().position(|column| column.id() == field)?;
        row.values[position].clone()
    };
    let name = value("person.name").or_else(|| row.values.iter().flatten().next().cloned());
    let who = value("person.living_address").or_else(|| value("place.room"));
    PlanRow {
        row: 0,
        sheet: None,
        half: 0,
        candidates: Vec::new(),
        name: name.unwrap_or_default(),
        who: who.unwrap_or_default(),
        cells: Vec::new(),
        reasons: vec!["台账里有，这张表里没有，不会移出。".to_owned()],
    }
}
