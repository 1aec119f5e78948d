//! Changes in a period (变动情况): who came, who left, what was changed, from the journal alone.
//!
//! Both ends are the office as it was; only what an op of the period touched is compared, in
//! [`compare`]. What was done and undone within the period is no change.

pub(super) mod compare;
mod store;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::as_of::{AsOf, period, period_title};
use super::figures::{self, Counts, FigureDef, Section};
use super::frame::{Frame, GAP};
use super::ledger_list::shown;
use super::store::{Condition, Crowd};
use super::{
    Figure, People, Place, Report, ReportGroup, ReportKind, ReportPeriod, ReportPerson, ReportRequest,
};
use super::{PEOPLE_AT_MOST, ReportOptions};
use crate::dictionary::Subject;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::paper::document::{Block, Cell, Column, FootPages, HeadCell, Kind, Paragraph, Table, Typeface};
use compare::{Compared, Entry};

/// The kind.
pub const KIND: ReportKind = ReportKind {
    id: "changes",
    title: "变动情况表",
    group: ReportGroup::Figures,
    says: "一段日子里新增、减少和变更了谁，原来是什么、现在是什么，期初期末的数对得上。",
    needs_ledger: false,
    period: ReportPeriod::Range,
    options: &["orientation", "paper", "masked", "draft", "watermark"],
    make,
    people: Some(people),
};

/// Which number is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Key {
    /// Who came.
    Added,
    /// Who left.
    Removed,
    /// Of whom something was changed.
    Changed,
    /// A figure of the register at the beginning.
    Before(String),
    /// A figure of the register at the end.
    After(String),
}

impl Key {
    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What the report is about, and how it came to be.
struct Told<'o> {
    before: AsOf<'o>,
    after: AsOf<'o>,
    compared: Compared,
    unit: &'static str,
}

impl<'o> Told<'o> {
    fn new(office: &'o Office, request: &ReportRequest) -> Result<Self> {
        let (from, to) = period(office, request)?;
        let before = AsOf::before(office, from)?;
        let after = AsOf::on(office, to)?;
        let kind = request.ledger.as_deref().map(|id| office.ledger_kind(id)).transpose()?;
        let compared = compare::compare(&before, &after, kind)?;
        let of_people = kind.is_none_or(|kind| kind.subject == Subject::Resident);
        Ok(Self { before, after, compared, unit: if of_people { "人" } else { "条" } })
    }
}

fn make(office: &Office, request: &ReportRequest) -> Result<Report> {
    let (from, to) = period(office, request)?;
    let told = Told::new(office, request)?;
    let frame = Frame::new(office, request)?;
    let title = match &request.ledger {
        Some(ledger) => format!("{}变动情况表", office.ledger_kind(ledger)?.title),
        None => "居民变动情况表".to_owned(),
    };
    let mut report = Report::of(frame.document(&title, &format!("报告期：{}", period_title(from, to))));
    let mut rows = 0;
    add_counts(&mut report, &told, request, &mut rows)?;
    let options = &request.options;
    let compared = &told.compared;
    add_people(&mut report, "二、新增", &told, &compared.added, options);
    add_people(&mut report, "三、减少", &told, &compared.removed, options);
    add_changed(&mut report, &told, options);
    report.document.push(Block::Spacer(GAP));
    report.document.foot = frame.foot("", FootPages::Last);
    report.document.footer = frame.footer(told.unit == "人");
    Ok(report)
}

/// How many there were, came, left and are; for the register its figures at both ends too.
fn add_counts(report: &mut Report, told: &Told<'_>, request: &ReportRequest, rows: &mut usize) -> Result<()> {
    heading(report, format!("一、总数（{}）", told.unit));
    let compared = &told.compared;
    let [added, removed, changed] = [&compared.added, &compared.removed, &compared.changed].map(Vec::len);
    let numbers = [compared.before, added, removed, compared.after, changed];
    let name = if request.ledger.is_some() { "在册" } else { "登记居民" };
    report.document.blocks.push(Block::Table(Table {
        head: vec![["", "期初", "新增", "减少", "期末", "其中有变更"].map(HeadCell::new).to_vec()],
        rows: vec![line(name, numbers.iter().map(|number| number.to_string()))],
        columns: columns(5),
        ..Table::default()
    }));
    let keys =
        [(Key::Added, "新增", added), (Key::Removed, "减少", removed), (Key::Changed, "变更", changed)];
    for (key, title, count) in keys {
        open(report, &key, &format!("{title} {count} {}", told.unit), count, *rows);
    }
    *rows += 1;
    if request.ledger.is_none() {
        add_figures(report, told, rows)?;
    }
    Ok(())
}

fn add_figures(report: &mut Report, told: &Told<'_>, rows: &mut usize) -> Result<()> {
    let defs = both_ends()?;
    let before = counts(&told.before, &defs)?;
    let after = counts(&told.after, &defs)?;
    let mut lines = Vec::new();
    for ((def, before), after) in defs.iter().zip(before).zip(after) {
        let texts = [before.to_string(), after.to_string(), signed(after - before)];
        lines.push(line(&format!("{}（{}）", def.title, def.unit()), texts.into_iter()));
        let (first, last) = (Key::Before(def.id.clone()), Key::After(def.id.clone()));
        let is_any = |count: i64| usize::from(count > 0);
        let unit = def.unit();
        open(report, &first, &format!("期初{} {before} {unit}", def.title), is_any(before), *rows);
        open(report, &last, &format!("期末{} {after} {unit}", def.title), is_any(after), *rows);
        report.definitions.push(def.definition());
        *rows += 1;
    }
    report.document.blocks.push(Block::Table(Table {
        head: vec![["指标", "期初", "期末", "增减"].map(HeadCell::new).to_vec()],
        rows: lines,
        columns: columns(3),
        ..Table::default()
    }));
    Ok(())
}

/// The figures that are told of both ends; how many are registered stands above them.
fn both_ends() -> Result<Vec<&'static FigureDef>> {
    let is_told = |figure: &&FigureDef| {
        matches!(figure.section, Section::Population | Section::Group) && figure.id != "population"
    };
    Ok(figures::all()?.iter().filter(is_told).collect())
}

fn counts(then: &AsOf<'_>, defs: &[&FigureDef]) -> Result<Vec<i64>> {
    let crowd = Crowd::new(None, Condition::all());
    let counts = figures::count(then, &crowd, (then.day, then.day), defs)?;
    Ok(counts.into_iter().map(Option::unwrap_or_default).collect())
}

/// More or fewer, with the minus sign of print.
pub(super) fn signed(difference: i64) -> String {
    match difference {
        0 => "0".to_owned(),
        1.. => format!("+{difference}"),
        _ => format!("\u{2212}{}", difference.unsigned_abs()),
    }
}

fn columns(numbers: usize) -> Vec<Column> {
    let number = Column { kind: Kind::Number, ..Column::default() };
    std::iter::once(Column::default()).chain(std::iter::repeat_n(number, numbers)).collect()
}

fn line(title: &str, numbers: impl Iterator<Item = String>) -> Vec<Cell> {
    std::iter::once(title.to_owned()).chain(numbers).map(Cell::new).collect()
}

fn heading(report: &mut Report, text: String) {
    report.document.blocks.push(Block::Heading { level: 1, text });
}

fn nothing(report: &mut Report) {
    let paragraph = Paragraph::new("报告期内没有。", Typeface::Song, 10.5);
    report.document.blocks.push(Block::Paragraph(paragraph));
}

/// Who came or left, with what tells them apart.
fn add_people(report: &mut Report, title: &str, told: &Told<'_>, entries: &[Entry], options: &ReportOptions) {
    heading(report, format!("{title}（{}{}）", entries.len(), told.unit));
    if entries.is_empty() {
        return nothing(report);
    }
    let columns = told.compared.telling();
    let titles = columns.iter().map(|column| told.compared.columns[*column].title.clone());
    let last = ["哪天登记".to_owned(), "谁登记的".to_owned()];
    let head: Vec<String> = std::iter::once("序号".to_owned()).chain(titles).chain(last).collect();
    let rows = (1..).zip(entries).map(|(number, entry): (usize, _)| {
        let values = columns.iter().map(|column| {
            let value = entry.values.get(*column).cloned().flatten().unwrap_or_default();
            shown(&told.compared.columns[*column], &value, options)
        });
        let cells = std::iter::once(number.to_string()).chain(values);
        cells.chain([entry.day.clone(), entry.clerk.clone()]).map(Cell::new).collect()
    });
    report.document.blocks.push(Block::Table(Table {
        columns: list_columns(head.len()),
        rows: rows.collect(),
        head: vec![head.iter().map(HeadCell::new).collect()],
        ..Table::default()
    }));
}

fn list_columns(count: usize) -> Vec<Column> {
    let mut columns = vec![Column::default(); count];
    columns[0].kind = Kind::Number;
    columns
}

/// What was changed of whom: one row a value, old and new beside each other.
fn add_changed(report: &mut Report, told: &Told<'_>, options: &ReportOptions) {
    let changed = &told.compared.changed;
    let values: usize = changed.iter().map(|entry| entry.differs.len()).sum();
    heading(report, format!("四、变更（{}{}，{values}项）", changed.len(), told.unit));
    if changed.is_empty() {
        return nothing(report);
    }
    let rows = (1..).zip(changed).flat_map(|(number, entry)| changed_rows(told, number, entry, options));
    let head = ["序号", "姓名", "住处", "栏目", "原来", "现在", "哪天登记", "谁登记的"];
    let mut columns = list_columns(head.len());
    columns[1].spread = true;
    report.document.blocks.push(Block::Table(Table {
        columns,
        rows: rows.collect(),
        head: vec![head.map(HeadCell::new).to_vec()],
        ..Table::default()
    }));
}

fn changed_rows(told: &Told<'_>, number: usize, entry: &Entry, options: &ReportOptions) -> Vec<Vec<Cell>> {
    let height = u16::try_from(entry.differs.len()).unwrap_or(u16::MAX);
    let over = |text: String| Cell::new(text).spanning(1, height);
    let home = if options.is_masked() { entry.building.clone() } else { entry.home.clone() };
    let mut before: Vec<Cell> = [number.to_string(), entry.name(options), home].map(over).to_vec();
    let mut after: Vec<Cell> = [entry.day.clone(), entry.clerk.clone()].map(over).to_vec();
    let rows = entry.differs.iter().map(|(column, old, new)| {
        let field = &told.compared.columns[*column];
        let text = |value: &Option<String>| match value {
            Some(value) => shown(field, value, options),
            None => "（空）".to_owned(),
        };
        let own = [field.title.clone(), text(old), text(new)].map(Cell::new);
        before.drain(..).chain(own).chain(after.drain(..)).collect()
    });
    rows.collect()
}

/// Notes that a number can be opened, unless there is nobody behind it.
fn open(report: &mut Report, key: &Key, text: &str, count: usize, row: usize) {
    if count > 0 {
        let place = Place::Row(row);
        report.figures.push(Figure { key: key.text(), text: text.to_owned(), place });
    }
}

pub(super) fn people(office: &Office, request: &ReportRequest, key: &str) -> Result<People> {
    let unknown = || Error::Usage("no such figure".to_owned());
    let key: Key = serde_json::from_str(key).map_err(|_| unknown())?;
    let told = Told::new(office, request)?;
    let (title, entries) = match &key {
        Key::Added => ("新增", &told.compared.added),
        Key::Removed => ("减少", &told.compared.removed),
        Key::Changed => ("变更", &told.compared.changed),
        Key::Before(id) => return at_end(&told.before, id, "期初"),
        Key::After(id) => return at_end(&told.after, id, "期末"),
    };
    let listed = entries.iter().take(PEOPLE_AT_MOST).map(|entry| {
        let titles: Vec<&str> = entry
            .differs
            .iter()
            .map(|(column, _, _)| told.compared.columns[*column].title.as_str())
            .collect();
        let says = [entry.home.clone(), titles.join("、"), entry.day.clone()];
        let says: Vec<String> = says.into_iter().filter(|part| !part.is_empty()).collect();
        ReportPerson { id: entry.uid.clone(), name: entry.plain_name(), says: says.join("，") }
    });
    let people = listed.collect();
    let total = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    Ok(People { title: title.to_owned(), total, people })
}

fn at_end(then: &AsOf<'_>, id: &str, end: &str) -> Result<People> {
    let figure = both_ends()?.into_iter().find(|figure| figure.id == id && figure.counts != Counts::Rows);
    let figure = figure.ok_or_else(|| Error::Usage("no such figure".to_owned()))?;
    let crowd = Crowd::new(None, Condition::all());
    let found = figures::people(then, &crowd, (then.day, then.day), figure)?;
    Ok(People { title: format!("{end}{}", found.title), ..found })
}
