//! The data rows of one or several sheets read through one mapping: a canonical value for each bound
//! column, and the problems met on the way. Pure, and cheap enough to be read twice instead of kept.
//!
//! A table has parts: each sheet that is imported together with others is one, and so is each half
//! of a list set side by side. All parts have the same columns, perhaps further to the right.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::sync_channel;
use std::thread::Scope;

use chrono::NaiveDate;

use super::age::Ages;
use super::shape::{Problem, Shape};
use super::sheet::{Cell, Sheet, column_letters};
use super::unit;
use crate::dictionary::reading::{self, Raw};
use crate::dictionary::{FieldDef, FieldKind};
use crate::value::code::CodeTables;
use crate::value::text::{sentence, tidy};
use crate::value::{date, gender, id_number};

/// Rows that are read ahead together.
const BATCH: usize = 256;
/// Batches that may lie ready.
const BATCHES_AHEAD: usize = 8;

/// Rows by which is told whether the words of a column are those of a list.
const LOOKED_AT: usize = 2_000;
/// Values from which on, and share in percent of known words from which on, other words are told.
const ENOUGH: usize = 5;
const CLOSED_FROM: usize = 80;
/// How often a word stands in a column that is the office's own and no slip.
const OFTEN: usize = 3;
const NOT_IN_LIST: &str = "value_not_in_list";
/// The age of a row does not go with its birth; nothing of it is kept, so nothing waits for that.
pub const AGE_WRONG: &str = "age_birth_mismatch";
/// How the codes of problems end that tell of covered values.
pub const MASKED: &str = "_masked";

fn is_strange(read: &reading::Reading) -> bool {
    read.problem.as_ref().is_some_and(|problem| problem.code == NOT_IN_LIST)
}

/// Where the values of a bound field stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// In a column of the first part, counted from 0.
    Column(u32),
    /// In the name of the sheet.
    SheetName,
}

/// A field and where its values stand.
#[derive(Debug, Clone)]
pub struct Binding<'a> {
    /// Where the values stand.
    pub from: From,
    /// The field its values belong to.
    pub field: &'a FieldDef,
    /// By how much bare amounts are multiplied to be yuan: 10,000 in a column of 万元.
    pub scale: u32,
    /// Whether its list of words is no yardstick for this column: other words are kept as they are.
    is_open: bool,
    /// Words that its list does not know but the office writes again and again.
    own_words: HashSet<String>,
}

impl<'a> Binding<'a> {
    /// A field and where its values stand.
    #[must_use]
    pub fn new(from: From, field: &'a FieldDef) -> Self {
        Self { from, field, scale: 1, is_open: false, own_words: HashSet::new() }
    }

    /// The same with the unit of its bare amounts.
    #[must_use]
    pub fn scaled(self, scale: u32) -> Self {
        Self { scale, ..self }
    }

    /// The same taking words that its list does not know.
    #[must_use]
    pub fn opened(self) -> Self {
        Self { is_open: true, ..self }
    }

    /// Whether a word that its list does not know is kept as it is.
    #[must_use]
    pub fn takes(&self, word: &str) -> bool {
        self.is_open || self.own_words.contains(word)
    }
}

/// A sheet, or one half of a list set side by side.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Its structure.
    pub shape: &'a Shape,
    /// How many columns further right than in the first part everything stands.
    pub shift: u32,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowAt {
    /// Position of its part.
    pub part: u16,
    /// Row as the clerk counts, from 1.
    pub row: u32,
}

/// What the clerk said of single rows and cells.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// What was typed instead of a cell, by sheet, row (from 1) and column (from 0).
    pub fixes: HashMap<(String, u32, u32), String>,
    /// Rows left for later.
    pub skipped: HashSet<RowAt>,
}

/// Data rows and how to read them.
pub struct Table<'a> {
    /// Where the rows are.
    pub parts: Vec<Part<'a>>,
    /// The data rows to import.
    pub rows: Vec<RowAt>,
    /// The data rows the clerk left for later.
    pub skipped: Vec<RowAt>,
    /// The bound columns.
    pub bindings: Vec<Binding<'a>>,
    /// What the clerk said of single rows and cells.
    pub said: &'a Said,
    /// The column of ages, which is only checked.
    pub age: Option<Ages>,
    /// Code tables of the catalog.
    pub codes: &'a CodeTables,
    /// Today in the office.
    pub today: NaiveDate,
}

/// One row as read.
#[derive(Debug, Default)]
pub struct RowReading {
    /// One value a binding; none where the cell is empty or set aside.
    pub values: Vec<Option<String>>,
    /// What the clerk should see.
    pub problems: Vec<Problem>,
    /// How many values were tidied: spaces, full-width digits, invisible characters.
    pub tidied: usize,
    /// What is still shown of covered numbers and names, by binding; no value.
    masked: Vec<(usize, String)>,
}

impl<'a> Table<'a> {
    /// Position of a field among the bindings.
    #[must_use]
    pub fn position(&self, field: &str) -> Option<usize> {
        self.bindings.iter().position(|binding| binding.field.id == field)
    }

    /// The sheet a row stands in.
    #[must_use]
    pub fn sheet(&self, at: RowAt) -> &'a Sheet {
        self.parts[usize::from(at.part)].sheet
    }

    /// Which half of a list set side by side a row stands in, from 0.
    #[must_use]
    pub fn half(&self, at: RowAt) -> u16 {
        let own = usize::from(at.part);
        let first = self.parts.iter().position(|part| std::ptr::eq(part.sheet, self.parts[own].sheet));
        u16::try_from(own - first.unwrap_or(own)).unwrap_or(0)
    }

    /// The name of a row's sheet, when rows of several are read together.
    #[must_use]
    pub fn sheet_name(&self, at: RowAt) -> Option<String> {
        let first = &self.parts[0].sheet.name;
        let is_single = self.parts.iter().all(|part| part.sheet.name == *first);
        (!is_single).then(|| self.sheet(at).name.clone())
    }

    /// The letters of a binding's column in a row; none when its value is the sheet's name.
    #[must_use]
    pub fn letters(&self, at: RowAt, binding: &Binding<'_>) -> Option<String> {
        match binding.from {
            From::Column(column) => Some(column_letters(column + self.parts[usize::from(at.part)].shift)),
            From::SheetName => None,
        }
    }

    /// What a cell says, as the clerk sees it.
    #[must_use]
    pub fn text(&self, at: RowAt, binding: &Binding<'_>) -> String {
        match binding.from {
            From::SheetName => self.sheet(at).name.clone(),
            From::Column(column) => self.text_at(at, column),
        }
    }

    /// What a row says in a column of the first part, as the clerk sees it.
    #[must_use]
    pub fn text_at(&self, at: RowAt, column: u32) -> String {
        let part = &self.parts[usize::from(at.part)];
        match self.fix(at, column + part.shift) {
            Some(fix) => fix.to_owned(),
            None => part.shape.value_of(part.sheet, at.row - 1, column + part.shift).shown().into_owned(),
        }
    }

    /// Reads one row.
    #[must_use]
    pub fn read(&self, at: RowAt) -> RowReading {
        let mut reading = RowReading::default();
        reading.values.reserve_exact(self.bindings.len());
        for (position, binding) in self.bindings.iter().enumerate() {
            let read = self.read_cell(at, binding);
            if let Some(problem) = read.problem {
                if problem.code.ends_with(MASKED) {
                    reading.masked.push((position, tidy(&self.text(at, binding)).into_owned()));
                }
                reading.problems.push(self.problem(at, Some(binding), problem.code, problem.message));
            }
            reading.tidied += usize::from(read.tidied);
            reading.values.push(read.value);
        }
        self.cross_check(at, &mut reading);
        if let Some(ages) = self.age.filter(|ages| self.is_age_wrong(at, *ages, &reading)) {
            let message = "年龄与出生日期对不上，年龄不存，请核对出生日期".to_owned();
            let column = column_letters(ages.column + self.parts[usize::from(at.part)].shift);
            let problem = self.problem(at, None, AGE_WRONG, message);
            reading.problems.push(Problem { column: Some(column), ..problem });
        }
        reading
    }

    /// Reads rows in a thread of their own, and makes of each what the caller needs, while the caller
    /// works with those before.
    pub fn read_ahead<'scope, T: Send + 'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        rows: impl Iterator<Item = RowAt> + Send + 'scope,
        make: impl Fn(RowReading) -> T + Send + 'scope,
    ) -> impl Iterator<Item = T> + 'scope {
        let (send, receive) = sync_channel::<Vec<T>>(BATCHES_AHEAD);
        scope.spawn(move || {
            let mut rows = rows.peekable();
            while rows.peek().is_some() {
                let batch = rows.by_ref().take(BATCH).map(|at| make(self.read(at))).collect();
                // Nobody listens any more when the clerk has cancelled.
                if send.send(batch).is_err() {
                    return;
                }
            }
        });
        receive.into_iter().flatten()
    }

    fn read_cell(&self, at: RowAt, binding: &Binding<'a>) -> reading::Reading {
        if binding.scale > 1
            && let Some(yuan) = unit::in_yuan(&self.text(at, binding), binding.scale)
        {
            return reading::read(binding.field, Raw::Text(&yuan), self.codes, self.today);
        }
        let part = &self.parts[usize::from(at.part)];
        let raw = match binding.from {
            From::SheetName => Raw::Text(&part.sheet.name),
            From::Column(column) => match self.fix(at, column + part.shift) {
                Some(fix) => Raw::Text(fix),
                None => match part.shape.value_of(part.sheet, at.row - 1, column + part.shift) {
                    Cell::Empty | Cell::Error(_) => Raw::Empty,
                    Cell::Text(text) => Raw::Text(text),
                    Cell::Number(number) => Raw::Number(number),
                    Cell::Date(moment) => Raw::Date(moment),
                    Cell::Boolean(yes) => Raw::Boolean(yes),
                },
            },
        };
        let read = reading::read(binding.field, raw, self.codes, self.today);
        if is_strange(&read) {
            let value = tidy(&self.text(at, binding)).into_owned();
            // What the clerk typed counts, whatever the list says.
            let is_typed =
                matches!(binding.from, From::Column(column) if self.fix(at, column + part.shift).is_some());
            if is_typed || binding.takes(&value) {
                return reading::Reading { value: Some(value), ..reading::Reading::default() };
            }
        }
        read
    }

    /// Finds the columns whose words the table of their field mostly does not know. Only where it
    /// knows nearly all of them is another word worth telling.
    #[must_use]
    pub fn with_open_lists(mut self) -> Self {
        for at in 0..self.bindings.len() {
            if self.bindings[at].field.kind != FieldKind::Code {
                continue;
            }
            let (mut known, mut all) = (0usize, 0usize);
            let mut strange: HashMap<String, usize> = HashMap::new();
            for &row in self.rows.iter().take(LOOKED_AT) {
                let read = self.read_cell(row, &self.bindings[at]);
                if is_strange(&read) {
                    let text = self.text(row, &self.bindings[at]);
                    *strange.entry(tidy(&text).into_owned()).or_default() += 1;
                    all += 1;
                } else if read.value.is_some() {
                    known += 1;
                    all += 1;
                }
            }
            strange.retain(|_, count| *count >= OFTEN);
            let binding = &mut self.bindings[at];
            binding.is_open = all < ENOUGH || known * 100 < all * CLOSED_FROM;
            binding.own_words = strange.into_keys().collect();
        }
        self
    }

    fn fix(&self, at: RowAt, column: u32) -> Option<&str> {
        if self.said.fixes.is_empty() {
            return None;
        }
        self.said.fixes.get(&(self.sheet(at).name.clone(), at.row, column)).map(String::as_str)
    }

    /// Birth and gender must agree with a sound ID number; the typed one is set aside.
    fn cross_check(&self, at: RowAt, reading: &mut RowReading) {
        let Some(number) = self.value(reading, "person.id_number") else { return };
        let Ok(number) = id_number::IdNumber::parse(number, self.today) else { return };
        let birth = self.value(reading, "person.birth_on").and_then(date::PartialDate::from_canonical);
        if birth.is_some_and(|birth| !birth.covers(number.birth_on())) {
            self.set_aside(at, reading, "person.birth_on", "birth_id_mismatch", "出生日期与身份证号不一致");
        }
        let gender = self.value(reading, "person.gender").and_then(gender::Gender::parse);
        if gender.is_some_and(|gender| gender != number.gender()) {
            self.set_aside(at, reading, "person.gender", "gender_id_mismatch", "性别与身份证号不一致");
        }
    }

    /// The value of a field in a row that has been read.
    #[must_use]
    pub fn value<'r>(&self, reading: &'r RowReading, field: &str) -> Option<&'r str> {
        reading.values[self.position(field)?].as_deref()
    }

    /// What is still shown of a covered value; empty when it is not covered.
    #[must_use]
    pub fn masked<'r>(&self, reading: &'r RowReading, field: &str) -> &'r str {
        let shown = |(position, _): &&(usize, String)| self.bindings[*position].field.id == field;
        reading.masked.iter().find(shown).map_or("", |(_, text)| text.as_str())
    }

    /// Something the clerk should look at in a row.
    #[must_use]
    pub fn problem(
        &self,
        at: RowAt,
        binding: Option<&Binding<'_>>,
        code: &'static str,
        message: String,
    ) -> Problem {
        Problem {
            row: at.row,
            column: binding.and_then(|binding| self.letters(at, binding)),
            sheet: self.sheet_name(at),
            half: self.half(at),
            code,
            message: sentence(&message),
            value: None,
        }
    }

    fn set_aside(&self, at: RowAt, reading: &mut RowReading, field: &str, code: &'static str, message: &str) {
        let Some(position) = self.position(field) else { return };
        reading.values[position] = None;
        reading.problems.push(self.problem(at, Some(&self.bindings[position]), code, message.to_owned()));
    }
}
