//! A cross table: people counted by one, two or three fields, with sums. Pure: the counts come in.
//!
//! Nobody is dropped: of whom nothing is known stands in a row or column of its own.

use std::collections::{BTreeSet, HashMap};

use super::fields::{self, AGE, AgeBand};
use crate::catalog::Catalog;
use crate::dictionary::{FieldDef, FieldKind};
use crate::paper::document::{Cell, Chart, ChartKind, Column, Fill, HeadCell, Kind, Table};

/// Groups of bars that a chart holds legibly, and its height in millimetres.
const BARS: usize = 12;
const CHART: f32 = 48.0;

/// One of the fields of a cross table and the values that occur, in the order of the paper.
#[derive(Debug, Clone)]
pub struct Axis {
    /// Field id.
    pub field: String,
    /// Title.
    pub title: String,
    /// The values; an empty one, always last, is those of whom nothing is known.
    pub values: Vec<String>,
}

impl Axis {
    /// The values of a field, ordered.
    #[must_use]
    pub fn new(catalog: &Catalog, bands: &[AgeBand], field: &FieldDef, found: &BTreeSet<&str>) -> Self {
        let mut values: Vec<String> = known(catalog, bands, field)
            .into_iter()
            .filter(|value| {
                field.id == AGE || field.kind == FieldKind::Gender || found.contains(value.as_str())
            })
            .collect();
        let mut others: Vec<&str> = found
            .iter()
            .filter(|value| !value.is_empty() && !values.iter().any(|v| v == *value))
            .copied()
            .collect();
        others.sort_by_key(|value| rank(value));
        values.extend(others.into_iter().map(str::to_owned));
        if found.contains("") {
            values.push(String::new());
        }
        Self { field: field.id.clone(), title: fields::title(field), values }
    }

    /// A value as the head of a table says it.
    #[must_use]
    pub fn value_title(&self, value: &str) -> String {
        fields::value_title(&self.field, value)
    }
}

/// The values a field may have, in their own order; none where they are not settled beforehand.
fn known(catalog: &Catalog, bands: &[AgeBand], field: &FieldDef) -> Vec<String> {
    match field.kind {
        _ if field.id == AGE => bands.iter().map(|band| band.title.clone()).collect(),
        FieldKind::Gender => ["男", "女"].map(str::to_owned).to_vec(),
        FieldKind::Boolean => ["是", "否"].map(str::to_owned).to_vec(),
        FieldKind::Code => {
            let table = field.codes.as_deref().and_then(|table| catalog.codes.table(table));
            table.map(|table| table.titles().map(str::to_owned).collect()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Orders texts with a number in them by that number: 3号楼 before 11号楼, 第二网格 before 第三网格.
fn rank(value: &str) -> (u64, String) {
    const NUMERALS: &str = "零一二三四五六七八九十";
    let digits: String =
        value.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let numeral = || value.chars().find_map(|c| NUMERALS.chars().position(|numeral| numeral == c));
    let number = digits.parse().ok().or_else(|| numeral().map(|position| position as u64));
    (number.unwrap_or(u64::MAX), value.to_owned())
}

/// Counts by row, column and split.
#[derive(Debug, Clone)]
pub struct CrossTable {
    /// What the rows are.
    pub rows: Axis,
    /// What the columns are.
    pub columns: Option<Axis>,
    /// What the table is split by.
    pub split: Option<Axis>,
    counts: HashMap<[String; 3], i64>,
}

impl CrossTable {
    /// A table of counts over the given fields.
    #[must_use]
    pub fn new(
        catalog: &Catalog,
        bands: &[AgeBand],
        [rows, columns, split]: [Option<&FieldDef>; 3],
        counts: Vec<([String; 3], i64)>,
    ) -> Option<Self> {
        let axis = |place: usize, field: Option<&FieldDef>| {
            let found: BTreeSet<&str> = counts.iter().map(|(values, _)| values[place].as_str()).collect();
            field.map(|field| Axis::new(catalog, bands, field, &found))
        };
        let (rows, columns, split) = (axis(0, rows)?, axis(1, columns), axis(2, split));
        Some(Self { rows, columns, split, counts: counts.into_iter().collect() })
    }

    /// How many there are; `None` counts over all values.
    #[must_use]
    pub fn count(&self, row: Option<&str>, column: Option<&str>, split: Option<&str>) -> i64 {
        let fits = |wanted: Option<&str>, value: &str| wanted.is_none_or(|wanted| wanted == value);
        let cells = self.counts.iter().filter(|([first, second, third], _)| {
            fits(row, first) && fits(column, second) && fits(split, third)
        });
        cells.map(|(_, count)| count).sum()
    }

    /// The columns, or none when the rows alone are counted.
    #[must_use]
    pub fn column_values(&self) -> Vec<&str> {
        self.columns.iter().flat_map(|axis| axis.values.iter().map(String::as_str)).collect()
    }

    /// The table of one value of the split, or of all.
    #[must_use]
    pub fn table(&self, split: Option<&str>) -> Table {
        let columns = self.column_values();
        let number = Column { kind: Kind::Number, ..Column::default() };
        let line = |title: String, row: Option<&str>| {
            let counts = columns.iter().map(|column| self.count(row, Some(column), split));
            let sum = self.count(row, None, split);
            let numbers = counts.chain([sum]).map(|count| Cell::new(count.to_string()));
            std::iter::once(Cell::new(title)).chain(numbers).collect::<Vec<Cell>>()
        };
        let rows = self.rows.values.iter();
        Table {
            columns: std::iter::once(Column::default())
                .chain(std::iter::repeat_n(number, columns.len() + 1))
                .collect(),
            head: self.head(),
            rows: rows.map(|value| line(self.rows.value_title(value), Some(value))).collect(),
            totals: vec![line("合计".to_owned(), None)],
            ..Table::default()
        }
    }

    /// The same as bars, where there are few enough to be told apart in black and white.
    #[must_use]
    pub fn chart(&self) -> Option<Chart> {
        const FILLS: [Fill; 3] = [Fill::Black, Fill::Hatch, Fill::White];
        let columns = self.column_values();
        if self.rows.values.len() > BARS || columns.len() > FILLS.len() {
            return None;
        }
        let titles: Vec<String> = self.rows.values.iter().map(|value| self.rows.value_title(value)).collect();
        let labels: Vec<&str> = titles.iter().map(String::as_str).collect();
        let by = self.columns.as_ref().map(|axis| format!("、{}", axis.title)).unwrap_or_default();
        let title = format!("图　各{}{by}人数", self.rows.title);
        let chart = Chart { height: CHART, ..Chart::new(title, ChartKind::Columns, &labels) };
        #[allow(clippy::cast_precision_loss, reason = "a count of people is far below 2^52")]
        let values = |column: Option<&str>| -> Vec<f64> {
            self.rows.values.iter().map(|row| self.count(Some(row), column, None) as f64).collect()
        };
        let Some(axis) = &self.columns else {
            return Some(chart.with("人数", Fill::Black, &values(None)));
        };
        let series = columns.iter().zip(FILLS);
        Some(series.fold(chart, |chart, (column, fill)| {
            chart.with(axis.value_title(column), fill, &values(Some(column)))
        }))
    }

    fn head(&self) -> Vec<Vec<HeadCell>> {
        let Some(axis) = &self.columns else {
            return vec![vec![HeadCell::new(&self.rows.title), HeadCell::new("人数")]];
        };
        let width = u16::try_from(axis.values.len()).unwrap_or(u16::MAX);
        let upper = vec![
            HeadCell::new(&self.rows.title).spanning(1, 2),
            HeadCell::new(&axis.title).spanning(width, 1),
            HeadCell::new("合计").spanning(1, 2),
        ];
        vec![upper, axis.values.iter().map(|value| HeadCell::new(axis.value_title(value))).collect()]
    }
}
