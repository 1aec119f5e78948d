//! The data rows of a sheet read through its mapping: one canonical value a bound column, and the
//! problems met on the way. Pure, and cheap enough to be read twice instead of kept.

use std::collections::HashMap;

use super::shape::{Problem, Shape};
use super::sheet::{Cell, Sheet, column_letters};
use crate::dictionary::FieldDef;
use crate::dictionary::reading::{self, Raw};
use crate::value::code::CodeTables;
use crate::value::{date, gender, id_number};
use chrono::NaiveDate;

/// A column of the sheet bound to a field.
#[derive(Debug, Clone)]
pub struct Binding<'a> {
    /// 0-based column.
    pub column: u32,
    /// The field its values belong to.
    pub field: &'a FieldDef,
}

/// Data rows and how to read them.
pub struct Table<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Its structure.
    pub shape: &'a Shape,
    /// The data rows, from 1, without those the clerk left out.
    pub rows: Vec<u32>,
    /// The bound columns.
    pub bindings: Vec<Binding<'a>>,
    /// What the clerk typed instead of a cell, by row (from 1) and column (from 0).
    pub fixes: HashMap<(u32, u32), String>,
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
}

impl<'a> Table<'a> {
    /// Position of a field among the bindings.
    #[must_use]
    pub fn position(&self, field: &str) -> Option<usize> {
        self.bindings.iter().position(|binding| binding.field.id == field)
    }

    /// Reads one row, counted from 1.
    #[must_use]
    pub fn read(&self, row: u32) -> RowReading {
        let mut reading =
            RowReading { values: Vec::with_capacity(self.bindings.len()), problems: Vec::new() };
        for binding in &self.bindings {
            let read = self.read_cell(row, binding);
            if let Some(problem) = read.problem {
                reading.problems.push(Problem {
                    row,
                    column: Some(column_letters(binding.column)),
                    code: problem.code,
                    message: problem.message,
                    value: None,
                });
            }
            reading.values.push(read.value);
        }
        self.cross_check(row, &mut reading);
        reading
    }

    fn read_cell(&self, row: u32, binding: &Binding<'a>) -> reading::Reading {
        if let Some(fix) = self.fixes.get(&(row, binding.column)) {
            return reading::read(binding.field, Raw::Text(fix), self.codes, self.today);
        }
        let raw = match self.shape.value_of(self.sheet, row - 1, binding.column) {
            Cell::Empty | Cell::Error(_) => Raw::Empty,
            Cell::Text(text) => Raw::Text(text),
            Cell::Number(number) => Raw::Number(number),
            Cell::Date(moment) => Raw::Date(moment),
            Cell::Boolean(yes) => Raw::Boolean(yes),
        };
        reading::read(binding.field, raw, self.codes, self.today)
    }

    /// Birth and gender must agree with a sound ID number; the typed one is set aside.
    fn cross_check(&self, row: u32, reading: &mut RowReading) {
        let Some(number) = self.value(reading, "person.id_number") else { return };
        let Ok(number) = id_number::IdNumber::parse(number, self.today) else { return };
        let birth = self.value(reading, "person.birth_on").and_then(date::PartialDate::from_canonical);
        if birth.is_some_and(|birth| !birth.covers(number.birth_on())) {
            self.set_aside(row, reading, "person.birth_on", "birth_id_mismatch", "出生日期与身份证号不一致");
        }
        let gender = self.value(reading, "person.gender").and_then(gender::Gender::parse);
        if gender.is_some_and(|gender| gender != number.gender()) {
            self.set_aside(row, reading, "person.gender", "gender_id_mismatch", "性别与身份证号不一致");
        }
    }

    /// The value of a field in a row that has been read.
    #[must_use]
    pub fn value<'r>(&self, reading: &'r RowReading, field: &str) -> Option<&'r str> {
        reading.values[self.position(field)?].as_deref()
    }

    fn set_aside(&self, row: u32, reading: &mut RowReading, field: &str, code: &'static str, message: &str) {
        let Some(position) = self.position(field) else { return };
        reading.values[position] = None;
        reading.problems.push(Problem {
            row,
            column: Some(column_letters(self.bindings[position].column)),
            code,
            message: message.to_owned(),
            value: None,
        });
    }
}
