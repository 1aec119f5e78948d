//! Population and key-group statistics (人口与重点人群统计), with a cross table of any two fields.
//!
//! What a figure counts is said in `assets/reports/figures.toml`; here stand the tables. Every number
//! opens to the people behind it.

mod cross;
pub mod fields;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::as_of::AsOf;
use super::figures::{self, FigureDef, Section};
use super::frame::{Frame, GAP};
use super::store::{self, By, Condition, Crowd};
use super::{
    CrossOptions, Figure, People, Place, Report, ReportDefinition, ReportGroup, ReportKind, ReportLink,
    ReportMissing, ReportPeriod, ReportRequest,
};
use crate::dictionary::FieldDef;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper::document::{Block, Cell, Column, FootPages, HeadCell, Kind, Paragraph, Table, Typeface};
use cross::CrossTable;
use fields::{AGE, AgeBand, UNKNOWN};

/// The kind.
pub const KIND: ReportKind = ReportKind {
    id: "statistics",
    title: "人口与重点人群统计表",
    group: ReportGroup::Figures,
    says: "人口概况、重点人群和任选两项的交叉表，每个数字都能点开看是谁。",
    needs_ledger: false,
    period: ReportPeriod::AsOf,
    options: &["orientation", "paper", "where", "cross", "draft", "watermark", "style"],
    make,
    people: Some(people),
};

/// The figure that counts everybody.
const WHOLE: &str = "population";
/// The ledger where what is lacking in the register can be put right.
const BASE: &str = "resident";
/// What a complete register knows of everybody.
const NEEDED: [(&str, &str); 4] = [
    ("person.gender", "性别"),
    ("person.birth_on", "出生日期"),
    ("place.building", "楼号"),
    ("household.number", "户号"),
];
/// Width of the tables of figures, so that an upright sheet holds them, and of their first column, in
/// millimetres.
const ROOM: f32 = 168.0;
const FIRST: f32 = 41.0;
/// Ages in full years from which people are counted apart in the table of groups.
const ELDERLY: [i32; 2] = [60, 80];

/// Which number is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Key {
    /// A figure by its id.
    Figure(String),
    /// People of a group of one gender; an empty one is not known.
    Gender(String, String),
    /// People of a group from an age on.
    Age(String, i32),
    /// A cell of the cross table; what is not said is a sum.
    Cross(Option<String>, Option<String>, Option<String>),
}

impl Key {
    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Everything the tables are made from.
struct Counted<'o> {
    then: AsOf<'o>,
    crowd: Crowd,
    bands: Vec<AgeBand>,
    /// What the crowd is, when it is not the whole register.
    of: Option<String>,
}

impl<'o> Counted<'o> {
    fn new(office: &'o Office, request: &ReportRequest) -> Result<Self> {
        if let Some(ledger) = &request.ledger {
            office.ledger_kind(ledger)?;
        }
        let then = AsOf::asked(office, request)?;
        let filter = request.options.condition().unwrap_or_default();
        let condition = Condition::filter(office.catalog(), filter, then.day)?;
        let crowd = Crowd::new(request.ledger.as_deref(), condition);
        let of = match (&request.ledger, filter.is_empty()) {
            (None, true) => None,
            (None, false) => Some("符合所选条件的登记居民，每人只数一次。".to_owned()),
            (Some(ledger), all) => {
                let part = if all { "" } else { "、符合所选条件" };
                Some(format!("列在《{}》里{part}的居民，每人只数一次。", office.ledger_kind(ledger)?.title))
            }
        };
        Ok(Self { then, crowd, bands: fields::age_bands()?, of })
    }

    fn by(&self, field: Option<&FieldDef>) -> By {
        field.map_or_else(By::nothing, |field| By::field(&field.id, self.then.day, &self.bands))
    }

    fn cross(&self, asked: &CrossOptions) -> Result<CrossTable> {
        let catalog = self.then.office.catalog();
        let field = |id: &Option<String>| id.as_deref().map(|id| fields::find(catalog, id)).transpose();
        let fields =
            [Some(fields::find(catalog, &asked.rows)?), field(&asked.columns)?, field(&asked.split)?];
        let by = fields.map(|field| self.by(field));
        let counts = store::cross(self.then.connection(), &self.crowd, [&by[0], &by[1], &by[2]])?;
        let table = CrossTable::new(catalog, &self.bands, fields, counts);
        table.ok_or_else(|| Error::Bug("statistics: a cross table without rows".into()))
    }
}

/// What is counted by when the clerk says nothing.
fn asked_cross(request: &ReportRequest) -> CrossOptions {
    request.options.cross.clone().unwrap_or_else(|| CrossOptions {
        rows: AGE.to_owned(),
        columns: Some("person.gender".to_owned()),
        split: None,
    })
}

fn make(office: &Office, request: &ReportRequest) -> Result<Report> {
    let counted = Counted::new(office, request)?;
    let frame = Frame::new(office, request)?;
    let part = if request.options.condition().is_some() { "（按条件选出）" } else { "" };
    let days = format!("截至{}{part}", counted.then.day_title());
    let mut report = Report::of(frame.document(&title(office, request)?, &days));
    let mut rows = 0;
    add_population(&mut report, &counted, &mut rows)?;
    add_groups(&mut report, &counted, &mut rows)?;
    add_cross(&mut report, &counted.cross(&asked_cross(request))?, &mut rows);
    add_notes(&mut report);
    report.missing = missing(&counted)?;
    report.document.foot = frame.foot("", FootPages::Last);
    report.document.footer = frame.footer(false);
    if !request.options.is_public() {
        report.document.footer.left = "内部资料".to_owned();
    }
    Ok(report)
}

fn title(office: &Office, request: &ReportRequest) -> Result<String> {
    Ok(match &request.ledger {
        Some(ledger) => format!("{}人员统计表", office.ledger_kind(ledger)?.title),
        None => KIND.title.to_owned(),
    })
}

fn add_population(report: &mut Report, counted: &Counted<'_>, rows: &mut usize) -> Result<()> {
    let defs = figures::of(Section::Population)?;
    let days = (counted.then.day, counted.then.day);
    let counts = figures::count(&counted.then, &counted.crowd, days, &defs)?;
    let total = counts.first().copied().flatten().unwrap_or(0);
    if total == 0 {
        return Err(Refusal::EmptyReport.into());
    }
    let mut lines = Vec::new();
    let is_part = counted.of.is_some();
    for (def, count) in defs.iter().zip(&counts) {
        let count = count.unwrap_or(0);
        let share = if def.counts == figures::Counts::People { share(count, total) } else { String::new() };
        let told = def.definition();
        // A part of the register must not be called the register.
        let told = match &counted.of {
            Some(of) if def.id == WHOLE => ReportDefinition { name: "本表人数".into(), says: of.clone() },
            _ => told,
        };
        let texts = [told.name.clone(), def.unit().to_owned(), count.to_string(), share];
        lines.push(texts.into_iter().map(Cell::new).collect());
        open(report, &Key::Figure(def.id.clone()), (&told.name, def.unit()), count, *rows);
        report.definitions.push(told);
        *rows += 1;
    }
    let kinds = [Kind::Text, Kind::Text, Kind::Number, Kind::Number];
    let share = if is_part { "占本表人数" } else { "占登记居民" };
    let head = ["项目", "单位", "数量", share].map(HeadCell::new).to_vec();
    section(report, "一、人口概况", table(&kinds, vec![head], lines));
    Ok(())
}

fn add_groups(report: &mut Report, counted: &Counted<'_>, rows: &mut usize) -> Result<()> {
    let defs = figures::of(Section::Group)?;
    let catalog = counted.then.office.catalog();
    let conditions: Vec<Condition> =
        defs.iter().map(|def| def.condition(catalog, counted.then.day)).collect::<Result<_>>()?;
    let old = ELDERLY.map(|from| AgeBand { title: from.to_string(), from, to: None });
    let [sixty, eighty] = old;
    let ages = [AgeBand { to: Some(ELDERLY[1] - 1), ..sixty }, eighty];
    let by = [By::field("person.gender", counted.then.day, &[]), By::field(AGE, counted.then.day, &ages)];
    let counts =
        store::count_people_by(counted.then.connection(), &counted.crowd, [&by[0], &by[1]], &conditions)?;
    let sum = |group: usize, fits: &dyn Fn(&[String; 2]) -> bool| -> i64 {
        counts.iter().filter(|(values, _)| fits(values)).map(|(_, counts)| counts[group]).sum()
    };
    let is_lacking = (0..defs.len()).any(|group| sum(group, &|values| values[0].is_empty()) > 0);
    let genders: &[&str] = if is_lacking { &["男", "女", ""] } else { &["男", "女"] };
    let mut lines = Vec::new();
    for (group, def) in defs.iter().enumerate() {
        report.definitions.push(def.definition());
        let mut cells = vec![(Key::Figure(def.id.clone()), def.title.clone(), sum(group, &|_| true))];
        for gender in genders {
            let title = format!("{}·{}", def.title, gender_title(gender));
            let key = Key::Gender(def.id.clone(), (*gender).to_owned());
            cells.push((key, title, sum(group, &|values| values[0] == *gender)));
        }
        for from in ELDERLY {
            let title = format!("{}·{from}岁以上", def.title);
            let is_old = |values: &[String; 2]| values[1].parse().is_ok_and(|band: i32| band >= from);
            cells.push((Key::Age(def.id.clone(), from), title, sum(group, &is_old)));
        }
        lines.push(line(&def.title, cells.iter().map(|(_, _, count)| *count)));
        for (key, title, count) in cells {
            open(report, &key, (&title, def.unit()), count, *rows);
        }
        *rows += 1;
    }
    let mut head = vec![HeadCell::new("类别"), HeadCell::new("合计")];
    head.extend(genders.iter().map(|gender| HeadCell::new(gender_title(gender))));
    head.extend(ELDERLY.map(|from| HeadCell::new(format!("{from}岁以上"))));
    let kinds: Vec<Kind> =
        std::iter::once(Kind::Text).chain(std::iter::repeat_n(Kind::Number, head.len() - 1)).collect();
    section(report, "二、重点人群", table(&kinds, vec![head], lines));
    Ok(())
}

fn gender_title(gender: &str) -> &str {
    if gender.is_empty() { "性别未登记" } else { gender }
}

fn line(title: &str, counts: impl Iterator<Item = i64>) -> Vec<Cell> {
    std::iter::once(title.to_owned()).chain(counts.map(|count| count.to_string())).map(Cell::new).collect()
}

fn add_cross(report: &mut Report, cross: &CrossTable, rows: &mut usize) {
    let by: Vec<&str> = [Some(&cross.rows), cross.columns.as_ref(), cross.split.as_ref()]
        .into_iter()
        .flatten()
        .map(|axis| axis.title.as_str())
        .collect();
    heading(report, 1, format!("三、按{}统计", by.join("、")));
    let Some(split) = &cross.split else {
        add_cross_table(report, cross, None, rows);
        report.document.blocks.extend(cross.chart().map(|chart| Block::Charts(vec![chart])));
        return;
    };
    for (number, value) in (1..).zip(&split.values) {
        heading(report, 2, format!("（{}）{}", numeral(number), split.value_title(value)));
        add_cross_table(report, cross, Some(value), rows);
    }
    heading(report, 2, format!("（{}）合计", numeral(split.values.len() + 1)));
    add_cross_table(report, cross, None, rows);
}

fn add_cross_table(report: &mut Report, cross: &CrossTable, split: Option<&str>, rows: &mut usize) {
    let within = split.zip(cross.split.as_ref()).map(|(value, axis)| axis.value_title(value));
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let row_values = cross.rows.values.iter().map(|value| Some(value.as_str()));
    for row in row_values.chain([None]) {
        let columns = cross.column_values().into_iter().map(Some).chain([None]);
        for column in columns {
            let titles = [
                within.clone(),
                row.map(|value| cross.rows.value_title(value)),
                column.zip(cross.columns.as_ref()).map(|(value, axis)| axis.value_title(value)),
            ];
            let title: Vec<String> = titles.into_iter().flatten().collect();
            let title = if title.is_empty() { "合计".to_owned() } else { title.join("·") };
            let key = Key::Cross(owned(row), owned(column), owned(split));
            // Sums have no row of their own in the count of the layout: they stand on the last.
            let place = if row.is_some() { *rows } else { rows.saturating_sub(1) };
            open(report, &key, (&title, "人"), cross.count(row, column, split), place);
        }
        *rows += usize::from(row.is_some());
    }
    report.document.blocks.push(Block::Table(cross.table(split)));
}

/// Notes that a number can be opened, unless there is nobody behind it.
fn open(report: &mut Report, key: &Key, (title, unit): (&str, &str), count: i64, row: usize) {
    if count > 0 {
        let text = format!("{title} {count} {unit}");
        report.figures.push(Figure { key: key.text(), text, place: Place::Row(row) });
    }
}

/// The definitions of all figures above, printed under the tables.
fn add_notes(report: &mut Report) {
    let bands = format!("年龄按截止那一天的周岁算；“{UNKNOWN}”是还没有登记这一项的居民，不漏计。");
    let notes = report.definitions.iter().map(|def| format!("{}：{}", def.name, def.says));
    let notes: Vec<String> = notes.chain([bands]).collect();
    let numbered = (1..).zip(notes).map(|(number, note)| format!("{number}. {note}"));
    let text = format!("注：{}", numbered.collect::<Vec<_>>().join(""));
    let paragraph = Paragraph::new(text, Typeface::Song, 9.0).indented(0.0, 2.0);
    report.document.push(Paragraph { leading: Some(1.35), ..paragraph });
    report.document.push(Block::Spacer(GAP));
}

fn section(report: &mut Report, title: &str, table: Table) {
    heading(report, 1, title.to_owned());
    report.document.blocks.push(Block::Table(table));
}

fn heading(report: &mut Report, level: u8, text: String) {
    report.document.blocks.push(Block::Heading { level, text });
}

/// A table of figures whose columns of numbers are equally wide.
fn table(kinds: &[Kind], head: Vec<Vec<HeadCell>>, rows: Vec<Vec<Cell>>) -> Table {
    let rest = (ROOM - FIRST) / (kinds.len() - 1) as f32;
    let wide = |place: usize| Column::mm(if place == 0 { FIRST } else { rest });
    let columns = kinds.iter().enumerate().map(|(place, kind)| Column { kind: *kind, ..wide(place) });
    Table { columns: columns.collect(), head, rows, ..Table::default() }
}

/// A share of a whole in percent, rounded half up to one decimal.
pub(super) fn share(part: i64, whole: i64) -> String {
    if whole == 0 {
        return String::new();
    }
    let tenths = (part * 2000 + whole) / (whole * 2);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// A number from 1 to 99 in Chinese.
pub(super) fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, number % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

fn missing(counted: &Counted<'_>) -> Result<Vec<ReportMissing>> {
    let catalog = counted.then.office.catalog();
    let lacks = NEEDED.map(|(field, _)| format!("not {field}"));
    let conditions = lacks.iter().map(|text| Condition::filter(catalog, text, counted.then.day));
    let conditions = conditions.collect::<Result<Vec<_>>>()?;
    let counts = store::count_people(counted.then.connection(), &counted.crowd, &conditions)?;
    let found = NEEDED.iter().zip(&lacks).zip(counts).filter(|(_, count)| *count > 0);
    Ok(found
        .map(|(((_, title), lacks), count)| ReportMissing {
            text: format!("{count} 人没有登记{title}"),
            count,
            link: Some(ReportLink::ledger(BASE, lacks)),
        })
        .collect())
}

fn people(office: &Office, request: &ReportRequest, key: &str) -> Result<People> {
    let unknown = || Error::Usage("no such figure".to_owned());
    let key: Key = serde_json::from_str(key).map_err(|_| unknown())?;
    let counted = Counted::new(office, request)?;
    let figure = |id: &str| figures::all()?.iter().find(|figure| figure.id == id).ok_or_else(unknown);
    let (title, condition) = match &key {
        Key::Figure(id) => {
            let days = (counted.then.day, counted.then.day);
            return figures::people(&counted.then, &counted.crowd, days, figure(id)?);
        }
        Key::Gender(id, gender) => {
            let by = By::field("person.gender", counted.then.day, &[]);
            let title = format!("{}·{}", figure(id)?.title, gender_title(gender));
            (title, of_group(&counted, figure(id)?)?.and(Condition::is(&by, gender)))
        }
        Key::Age(id, from) => {
            let old = Condition::filter(office.catalog(), &format!("age>={from}"), counted.then.day)?;
            let title = format!("{}·{from}岁以上", figure(id)?.title);
            (title, of_group(&counted, figure(id)?)?.and(old))
        }
        Key::Cross(row, column, split) => in_cell(&counted, &asked_cross(request), [row, column, split])?,
    };
    let found = store::people(counted.then.connection(), &counted.crowd, &condition, counted.then.day)?;
    Ok(People { title, ..found })
}

fn of_group(counted: &Counted<'_>, figure: &FigureDef) -> Result<Condition> {
    figure.condition(counted.then.office.catalog(), counted.then.day)
}

/// Title and condition of a cell of the cross table.
fn in_cell(
    counted: &Counted<'_>,
    asked: &CrossOptions,
    values: [&Option<String>; 3],
) -> Result<(String, Condition)> {
    let catalog = counted.then.office.catalog();
    let ids = [Some(&asked.rows), asked.columns.as_ref(), asked.split.as_ref()];
    let mut condition = Condition::all();
    let mut titles = Vec::new();
    for (id, value) in ids.into_iter().zip(values) {
        let (Some(id), Some(value)) = (id, value) else { continue };
        let field = fields::find(catalog, id)?;
        condition = condition.and(Condition::is(&counted.by(Some(field)), value));
        titles.push(fields::value_title(id, value));
    }
    let title = if titles.is_empty() { "合计".to_owned() } else { titles.join("·") };
    Ok((title, condition))
}
