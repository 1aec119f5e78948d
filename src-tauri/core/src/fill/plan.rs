//! What would stand in which cell, before anything is written: pure over the form, the people and
//! what the clerk chose. A cell that holds something of the form's own is never planned.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::FormKind;
use super::known::{Known, Who};
use super::manner::{self, Manner, Written};
use super::package::formula::Insertion;
use super::package::{Value, Write};
use super::recognise::{Form, LineAt, lines_spread};
use super::words::{FormWords, Own};
use crate::committee::Committee;
use crate::dictionary::FieldDef;
use crate::import::sheet::{Cell, Sheet};
use crate::value::code::CodeTables;

/// What becomes of the gaps of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "GapChoice"))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// They are asked for (去补).
    #[default]
    Ask,
    /// 无 is written.
    None,
    /// They stay blank on purpose (空着).
    Blank,
    /// 0 is written.
    Zero,
}

/// A column bound to a field.
#[derive(Debug, Clone)]
pub struct Bound {
    /// Letters.
    pub letter: String,
    /// Position, from 0.
    pub index: u32,
    /// Field; none when nobody knows what the column means.
    pub field: Option<FieldDef>,
    /// Key of its values: the field, perhaps of a certain ledger.
    pub key: String,
    /// How it is written.
    pub manner: Manner,
    /// What becomes of gaps.
    pub choice: Choice,
}

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Filled with what is known.
    Filled,
    /// Nothing is known, or it does not fit.
    Gap,
    /// Left blank by choice.
    Left,
    /// 无 or 0 by choice.
    Chosen,
}

/// A cell of the plan. Row from 1 as it will be, column from 0.
#[derive(Debug, Clone)]
pub struct PlanCell {
    /// Which file it stands in.
    pub file: usize,
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
    /// Position of the bound column.
    pub bound: usize,
    /// Position of the person.
    pub who: usize,
    /// What became of it.
    pub state: State,
    /// What is written.
    pub written: Option<Written>,
    /// Canonical value, its op and day.
    pub known: Option<Known>,
    /// The value is over a year old.
    pub is_stale: bool,
    /// Why a known value is not written.
    pub why: Option<String>,
}

/// What one file gets.
#[derive(Debug, Clone, Default)]
pub struct Sheetful {
    /// People in it: first and behind the last.
    pub people: (usize, usize),
    /// Rows inserted before writing.
    pub insertion: Option<Insertion>,
    /// Cells that are written besides those of the plan: numbers, lines around the table, figures.
    pub others: Vec<Write>,
}

/// The plan of a form.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The files.
    pub files: Vec<Sheetful>,
    /// The cells, by file, row and column.
    pub cells: Vec<PlanCell>,
}

/// What a plan is made of.
pub struct Task<'a> {
    /// The form.
    pub form: &'a Form,
    /// Its sheet.
    pub sheet: &'a Sheet,
    /// The people, in order; of a roster one for each row, perhaps unknown.
    pub people: &'a [Option<Who>],
    /// Its columns, or its places for one person.
    pub bound: &'a [Bound],
    /// Code tables.
    pub codes: &'a CodeTables,
    /// The office's own particulars.
    pub committee: &'a Committee,
    /// Day of the form.
    pub as_of: NaiveDate,
    /// Rows may be inserted for more people than slots.
    pub may_insert: bool,
}

impl Task<'_> {
    /// Makes the plan.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let mut plan = Plan { files: self.files(), cells: Vec::new() };
        for file in 0..plan.files.len() {
            let (first, last) = plan.files[file].people;
            for who in first..last {
                match self.form.kind {
                    FormKind::Person => self.plan_spots(&mut plan, file, who),
                    _ => self.plan_row(&mut plan, file, who, who - first),
                }
            }
            plan.files[file].others.extend(self.lines());
        }
        plan
    }

    fn files(&self) -> Vec<Sheetful> {
        let (people, slots) = (self.people.len(), self.form.slots.len());
        let all = Sheetful { people: (0, people), ..Sheetful::default() };
        match self.form.kind {
            FormKind::Person => {
                (0..people).map(|who| Sheetful { people: (who, who + 1), ..Sheetful::default() }).collect()
            }
            FormKind::List if people > slots && !self.form.is_open && slots > 0 => {
                if self.may_insert {
                    let count = u32::try_from(people - slots).unwrap_or(u32::MAX);
                    let after = self.form.slots.last().copied().unwrap_or(1);
                    return vec![Sheetful { insertion: Some(Insertion { after, count }), ..all }];
                }
                let starts = (0..people).step_by(slots);
                starts
                    .map(|start| Sheetful {
                        people: (start, (start + slots).min(people)),
                        ..Sheetful::default()
                    })
                    .collect()
            }
            _ => vec![all],
        }
    }

    /// Where a person stands: among the slots, in the inserted rows behind the last one, or below.
    fn row_of(&self, place: usize) -> u32 {
        let slots = &self.form.slots;
        let last = slots.last().copied().unwrap_or(1);
        let beyond = || last + u32::try_from(place + 1 - slots.len().max(1)).unwrap_or(0);
        slots.get(place).copied().unwrap_or_else(beyond)
    }

    fn plan_row(&self, plan: &mut Plan, file: usize, who: usize, place: usize) {
        let row = self.row_of(place);
        // What the form has in a row that does not exist yet is what its copy has.
        let model = self.form.slots.get(place).or(self.form.slots.last()).copied().unwrap_or(row);
        if self.form.kind == FormKind::List {
            plan.files[file].others.extend(self.number(row, model, who, place));
        }
        for (position, bound) in self.bound.iter().enumerate() {
            if !self.is_open(model, bound.index) {
                continue;
            }
            let template = self.template(model, bound.index);
            let cell = self.cell(position, who, template.as_deref());
            plan.cells.push(PlanCell { file, row, column: bound.index, ..cell });
        }
    }

    fn plan_spots(&self, plan: &mut Plan, file: usize, who: usize) {
        for (position, (bound, spot)) in self.bound.iter().zip(&self.form.spots).enumerate() {
            let template = self.template(spot.row, spot.column).filter(|_| spot.inside.is_none());
            let mut cell = self.cell(position, who, template.as_deref());
            if let (Some((from, to)), Some(written)) = (spot.inside, &mut cell.written) {
                let text = self.form.text(self.sheet, spot.row, spot.column);
                let value = lines_spread(&written.shown, from, to, &text);
                written.value = Value::Patch(vec![(from, to, value)]);
            }
            plan.cells.push(PlanCell { file, row: spot.row, column: bound.index, ..cell });
        }
    }

    /// Whether a cell of a slot is left for a value.
    fn is_open(&self, row: u32, column: u32) -> bool {
        if self.form.look.formulas.contains(&(row, column)) {
            return false;
        }
        let merged = self.sheet.merge_at(row - 1, column);
        if merged.is_some_and(|area| (area.row, area.column) != (row - 1, column)) {
            return false;
        }
        match self.sheet.cell(row - 1, column) {
            Cell::Empty => true,
            Cell::Text(text) => manner::has_boxes(text),
            Cell::Number(_) | Cell::Date(_) | Cell::Boolean(_) | Cell::Error(_) => false,
        }
    }

    /// The boxes to tick of a cell.
    fn template(&self, row: u32, column: u32) -> Option<String> {
        let text = self.form.text(self.sheet, row, column).into_owned();
        manner::has_boxes(&text).then_some(text)
    }

    /// What becomes of one value. File, row and column are left open.
    fn cell(&self, position: usize, who: usize, template: Option<&str>) -> PlanCell {
        let bound = &self.bound[position];
        let person = self.people[who].as_ref();
        let known = person.and_then(|person| person.values.get(&bound.key)).cloned();
        let mut cell = PlanCell {
            file: 0,
            row: 0,
            column: 0,
            bound: position,
            who,
            state: State::Gap,
            written: None,
            is_stale: false,
            why: None,
            known: None,
        };
        if let (Some(known), Some(field)) = (known, &bound.field) {
            let written = match template {
                Some(template) => manner::tick(field, template, &known.value, self.codes),
                None => bound.manner.write(field, &known.value, self.codes),
            };
            match written {
                Ok(written) => {
                    cell.state = State::Filled;
                    cell.is_stale = self.is_stale(field, &known);
                    cell.written = Some(written);
                }
                Err(why) => cell.why = Some(why),
            }
            cell.known = Some(known);
        }
        if cell.state == State::Gap && person.is_some() {
            self.choose(bound, &mut cell);
        }
        cell
    }

    fn choose(&self, bound: &Bound, cell: &mut PlanCell) {
        let chosen = |text: &str, value: Value| Some(Written { value, shown: text.to_owned() });
        match bound.choice {
            Choice::Ask => {}
            Choice::Blank => cell.state = State::Left,
            Choice::None => {
                cell.state = State::Chosen;
                cell.written = chosen("无", Value::Text("无".to_owned()));
            }
            Choice::Zero => {
                cell.state = State::Chosen;
                cell.written = chosen("0", Value::Number("0".to_owned()));
            }
        }
    }

    fn is_stale(&self, field: &FieldDef, known: &Known) -> bool {
        if FormWords::shipped().is_steady(&field.id) {
            return false;
        }
        let limit = self.as_of.checked_sub_months(Months::new(12));
        limit.is_some_and(|limit| known.on.as_str() < limit.to_string().as_str())
    }

    /// The number of a row, where the form has none yet.
    fn number(&self, row: u32, model: u32, who: usize, place: usize) -> Option<Write> {
        let serial = self.form.columns.iter().find(|column| column.is_serial)?;
        if self.form.look.formulas.contains(&(model, serial.index)) {
            return None;
        }
        let is_copy = place >= self.form.slots.len();
        let given = self.sheet.cell(model - 1, serial.index);
        let value = match given {
            Cell::Empty => Value::Number((who + 1).to_string()),
            _ if !is_copy => return None,
            Cell::Number(last) => {
                let beyond = place + 1 - self.form.slots.len();
                Value::Number(format!("{}", last + f64::from(u32::try_from(beyond).unwrap_or(0))))
            }
            _ => Value::Text((place + 1).to_string()),
        };
        Some(Write { row, column: serial.index, value })
    }

    /// What the office writes on the lines around the table. Lines below move with inserted rows.
    fn lines(&self) -> Vec<Write> {
        let inserted = self.files().first().and_then(|file| file.insertion);
        let mut writes: Vec<Write> = Vec::new();
        for line in &self.form.lines {
            let Some(patch) = self.line(line) else { continue };
            let row = inserted.map_or(line.row, |rows| rows.row(line.row));
            let known = writes.iter_mut().find(|write| (write.row, write.column) == (row, line.column));
            match known.map(|write| &mut write.value) {
                Some(Value::Patch(patches)) => patches.push(patch),
                _ => writes.push(Write { row, column: line.column, value: Value::Patch(vec![patch]) }),
            }
        }
        writes
    }

    /// One blank of a line with what goes into it; none when the office has not said it.
    #[must_use]
    pub fn line(&self, line: &LineAt) -> Option<(usize, usize, String)> {
        let value = own(self.committee, line.own, self.as_of)?;
        let text = self.form.text(self.sheet, line.row, line.column);
        Some((line.from, line.to, lines_spread(&value, line.from, line.to, &text)))
    }
}

/// What the office says of itself.
#[must_use]
pub fn own(committee: &Committee, asked: Own, day: NaiveDate) -> Option<String> {
    let text = match asked {
        Own::Committee => committee.full_name(),
        Own::Subdistrict => committee.subdistrict.clone(),
        Own::Filler => committee.filler.clone(),
        Own::Director => committee.director.clone(),
        Own::Phone => committee.phone.clone(),
        Own::Day => day.format("%Y年%-m月%-d日").to_string(),
    };
    (!text.is_empty()).then_some(text)
}

/// Counts over the cells of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cells that could hold a value.
    pub cells: usize,
    /// Filled with what is known.
    pub filled: usize,
    /// Not known.
    pub gaps: usize,
    /// Left blank by choice.
    pub left: usize,
    /// 无 or 0 by choice.
    pub chosen: usize,
    /// Filled with something over a year old.
    pub stale: usize,
}

impl Tally {
    fn add(&mut self, cell: &PlanCell) {
        self.cells += 1;
        match cell.state {
            State::Filled => self.filled += 1,
            State::Gap => self.gaps += 1,
            State::Left => self.left += 1,
            State::Chosen => self.chosen += 1,
        }
        self.stale += usize::from(cell.is_stale);
    }

    /// Share of cells filled with what is known.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a form has fewer cells than 2^52")]
    pub fn rate(&self) -> f64 {
        if self.cells == 0 { 0.0 } else { self.filled as f64 / self.cells as f64 }
    }
}

impl Plan {
    /// All cells counted.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.cells.iter().for_each(|cell| tally.add(cell));
        tally
    }

    /// The cells counted by bound column.
    #[must_use]
    pub fn by_column(&self) -> HashMap<usize, Tally> {
        let mut tallies: HashMap<usize, Tally> = HashMap::new();
        for cell in &self.cells {
            tallies.entry(cell.bound).or_default().add(cell);
        }
        tallies
    }

    /// Everything that is written into one file.
    #[must_use]
    pub fn writes(&self, file: usize) -> Vec<Write> {
        let cells = self.cells.iter().filter(|cell| cell.file == file);
        let own = cells.filter_map(|cell| {
            let written = cell.written.as_ref().filter(|written| !written.shown.is_empty())?;
            Some(Write { row: cell.row, column: cell.column, value: written.value.clone() })
        });
        let mut writes: Vec<Write> = Vec::new();
        let mut patched: HashMap<(u32, u32), usize> = HashMap::new();
        for write in own.chain(self.files[file].others.iter().cloned()) {
            // Several blanks of one cell are one write.
            if let Value::Patch(more) = &write.value {
                let at = *patched.entry((write.row, write.column)).or_insert(writes.len());
                if let Some(Write { value: Value::Patch(known), .. }) = writes.get_mut(at) {
                    known.extend(more.iter().cloned());
                    continue;
                }
            }
            writes.push(write);
        }
        writes
    }
}
