//! `burden.figures`, `burden.records`: the account and what each figure of it is made of. Plaques,
//! appraisals, systems and groups, and figures from before the program are in [`keep`].

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

mod keep;

pub use keep::{
    BeforeReply, BeforeRequest, MechanismDrop, MechanismEntry, MechanismKeep, MechanismKept, RosterReply,
    RosterRequest, before, drop, keep, roster,
};

use super::account::{self, Share};
use super::figure::{Figure, Period, Row};
use super::store::{self, Records};
use crate::certificate::State as Paper;
use crate::duty::Side;
use crate::error::{Error, Refusal, Result};
use crate::gate::Decision;
use crate::office::Office;
use crate::progress::Progress;

/// What to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "BurdenAgainst"))]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The same days of the year before (去年同期).
    #[default]
    LastYear,
    /// As many days right before (上一期).
    Before,
}

/// Which account is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct BurdenRequest {
    /// First day; New Year when not said.
    pub from: Option<String>,
    /// Last day; today when not said.
    pub to: Option<String>,
    /// What to compare with.
    pub against: Option<Against>,
    /// First day to compare with, instead.
    pub against_from: Option<String>,
    /// Last day to compare with, instead.
    pub against_to: Option<String>,
}

/// The burden account (减负账).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenReply {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The days in words, such as 2026年1—11月.
    pub title: String,
    /// First day compared with.
    pub against_from: String,
    /// Last day compared with.
    pub against_to: String,
    /// Those days in words.
    pub against_title: String,
    /// Hours by whose work they were.
    pub hours: BurdenHours,
    /// What is handed down of all work, in percent; null without hours.
    pub government_share: Option<f64>,
    /// The same of the days compared with.
    pub share_before: Option<f64>,
    /// The figures, each to be opened by its id.
    pub figures: Vec<BurdenFigure>,
    /// Month by month.
    pub months: Vec<BurdenMonth>,
    /// By department, the most hours first.
    pub departments: Vec<BurdenDepartment>,
    /// The same column in several forms (同一栏要填几张表), the most first.
    pub columns: Vec<BurdenColumn>,
    /// Certificates that were refused, by kind.
    pub refused: Vec<BurdenRefused>,
    /// What became of what was asked for: asked, issued, refused.
    pub papers: BurdenPapers,
    /// What became of objections (商请、退回的结果).
    pub outcomes: Vec<BurdenOutcome>,
    /// Money that came with tasks, in yuan.
    #[cfg_attr(test, ts(type = "number"))]
    pub money: i64,
    /// People that came with tasks.
    #[cfg_attr(test, ts(type = "number"))]
    pub people: i64,
    /// Entries of hours the account rests on.
    pub entries: usize,
}

/// Hours by whose work they were.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenHours {
    /// The committee's own duties.
    pub committee: f64,
    /// Help for the government.
    pub government: f64,
    /// On neither list.
    pub unlisted: f64,
}

/// A figure of the account.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenFigure {
    /// Its id; `burden.records` opens it.
    pub figure: Figure,
    /// As clerks say it.
    pub title: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Before; null when nothing is known of it.
    pub before: Option<f64>,
    /// Now.
    pub after: f64,
    /// Change; null when nothing is known of before.
    pub change: Option<f64>,
    /// Change in percent of before.
    pub percent: Option<f64>,
    /// Whether less of it is better.
    pub less_is_better: bool,
    /// Where it is taken from.
    pub source: &'static str,
    /// Where before is taken from: `records`, `told` by the office, or `none`.
    pub before_from: &'static str,
}

/// A month of the account.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenMonth {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// Hours by whose work they were.
    pub hours: BurdenHours,
    /// What is handed down of all work, in percent; null without hours.
    pub share: Option<f64>,
    /// Things handed down.
    pub tasks: usize,
    /// Superiors' forms.
    pub forms: usize,
}

/// What a department hands down.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenDepartment {
    /// Name.
    pub name: String,
    /// Things handed down that were taken.
    pub tasks: usize,
    /// Things on no list.
    pub unlisted: usize,
    /// Due within a day.
    pub rushed: usize,
    /// Hours worked for it.
    pub hours: f64,
}

/// A column that several forms ask for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenColumn {
    /// The field.
    pub field: String,
    /// As clerks say it.
    pub title: String,
    /// Forms that asked for it before.
    pub before: usize,
    /// Forms that ask for it now.
    pub after: usize,
}

/// Refused certificates of a kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenRefused {
    /// Entry of the lists.
    pub item: String,
    /// Its title.
    pub title: String,
    /// How many.
    pub count: usize,
    /// Where to go instead.
    pub office: String,
}

/// What became of certificates.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenPapers {
    /// Asked for.
    pub asked: usize,
    /// Issued.
    pub issued: usize,
    /// Refused.
    pub refused: usize,
}

/// What became of objections.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BurdenOutcome {
    /// What was decided.
    pub decision: Decision,
    /// In words.
    pub title: &'static str,
    /// How many.
    pub count: usize,
}

/// The account of a period.
///
/// # Errors
/// [`Refusal::NoSuchDay`], or reading fails.
pub fn figures(office: &mut Office, request: BurdenRequest, _: &Progress) -> Result<BurdenReply> {
    let (period, against) = periods(office, &request)?;
    let records = Records::read(office)?;
    let told = store::before(office.connection())?;
    let share_of = |period: Period| Share::of(records.works.iter().filter(|work| period.has(work.on)));
    let (now, past) = (share_of(period), share_of(against));
    let figures = Figure::ALL.map(|figure| shown(figure, &records, &told, period, against));
    let in_period = |day: NaiveDate| period.has(day);
    let count = |state: Paper| {
        records.certificates.iter().filter(|one| one.state == state && one.issued_on.is_some_and(in_period)).count()
    };
    let supports = records.tasks.iter().filter(|task| period.has(task.received_at.date()));
    let supports: Vec<_> = supports.map(|task| &task.extra.support).collect();
    Ok(BurdenReply {
        title: said(period),
        against_title: said(against),
        from: period.from.to_string(),
        to: period.to.to_string(),
        against_from: against.from.to_string(),
        against_to: against.to.to_string(),
        hours: hours(&now),
        government_share: now.handed_down(),
        share_before: past.handed_down(),
        months: months(&records, period),
        departments: departments(&records, period),
        columns: columns(office, &records, period, against),
        refused: refused(office, &records, period)?,
        papers: BurdenPapers {
            asked: records.certificates.iter().filter(|one| period.has(one.asked_on)).count(),
            issued: count(Paper::Issued),
            refused: count(Paper::Refused),
        },
        outcomes: outcomes(&records, period),
        money: supports.iter().map(|support| i64::from(support.money.unwrap_or(0))).sum(),
        people: supports.iter().map(|support| i64::from(support.people.unwrap_or(0))).sum(),
        entries: records.works.iter().filter(|work| period.has(work.on)).count(),
        figures: figures.into(),
    })
}

/// The period asked for, and the one to compare with.
fn periods(office: &Office, request: &BurdenRequest) -> Result<(Period, Period)> {
    let today = office.clock().today();
    let day = |text: &Option<String>| -> Result<Option<NaiveDate>> {
        text.as_deref().map(str::parse).transpose().map_err(|_| Error::Refused(Refusal::NoSuchDay))
    };
    let to = day(&request.to)?.unwrap_or(today);
    let from = day(&request.from)?.or_else(|| NaiveDate::from_ymd_opt(to.year(), 1, 1)).unwrap_or(to);
    if from > to {
        return Err(Refusal::NoSuchDay.into());
    }
    let period = Period { from, to };
    let proposed = match request.against.unwrap_or_default() {
        Against::LastYear => Period { from: a_year_before(from), to: a_year_before(to) },
        Against::Before => {
            let months = Months::new(u32::try_from(period.months()).unwrap_or(1));
            let back = |day: NaiveDate| day.checked_sub_months(months).unwrap_or(day);
            Period { from: back(from), to: from.pred_opt().unwrap_or(from) }
        }
    };
    let against = Period {
        from: day(&request.against_from)?.unwrap_or(proposed.from),
        to: day(&request.against_to)?.unwrap_or(proposed.to),
    };
    Ok((period, against))
}

fn a_year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).unwrap_or(day)
}

/// Days in words: 2026年1—11月, or the days themselves.
fn said(period: Period) -> String {
    let Period { from, to } = period;
    if from.year() != to.year() {
        return format!("{}至{}", from.format("%Y年%-m月%-d日"), to.format("%Y年%-m月%-d日"));
    }
    let (first, last) = (from.month(), to.month());
    match () {
        () if first == last => from.format("%Y年%-m月").to_string(),
        () if first % 3 == 1 && last == first + 2 => format!("{}年第{}季度", from.year(), ["一", "二", "三", "四"][(first as usize - 1) / 3]),
        () => format!("{}年{first}—{last}月", from.year()),
    }
}

fn hours(share: &Share) -> BurdenHours {
    #[allow(clippy::cast_precision_loss, reason = "minutes of an office stay far below the limit")]
    let of = |minutes: i64| super::figure::rounded(minutes as f64 / 60.0);
    BurdenHours { committee: of(share.committee), government: of(share.government), unlisted: of(share.unlisted) }
}

/// A figure with what it was before: by records, else as the office told it.
fn shown(
    figure: Figure,
    records: &Records,
    told: &BTreeMap<String, Vec<(String, f64, String)>>,
    period: Period,
    against: Period,
) -> BurdenFigure {
    let (title, unit, source, less_is_better) = figure.words();
    let after = figure.value(&figure.rows(records, period), period);
    let counted = figure.value(&figure.rows(records, against), against);
    let knows = match figure {
        // What stands today says nothing of how many stood then.
        Figure::Ledgers | Figure::Items => false,
        _ => counted > 0.0,
    };
    let told = told_of(told, figure, against);
    let (before, before_from) = match (told, knows) {
        (_, true) => (Some(counted), "records"),
        (Some(told), false) => (Some(told), "told"),
        (None, false) => (None, "none"),
    };
    let change = before.map(|before| super::figure::rounded(after - before));
    let percent = before.filter(|before| *before > 0.0).zip(change);
    BurdenFigure {
        figure,
        title,
        unit,
        before,
        after,
        change,
        percent: percent.map(|(before, change)| super::figure::rounded(change * 100.0 / before)),
        less_is_better,
        source,
        before_from,
    }
}

/// What the office told of a figure before the program: the sum of the months for counts, the last
/// month for what stands or is counted a month.
fn told_of(
    told: &BTreeMap<String, Vec<(String, f64, String)>>,
    figure: Figure,
    against: Period,
) -> Option<f64> {
    let month = |day: NaiveDate| day.format("%Y-%m").to_string();
    let (first, last) = (month(against.from), month(against.to));
    let said = told.get(&figure.word())?.iter().filter(|(month, _, _)| (&first..=&last).contains(&month));
    let values: Vec<f64> = said.map(|(_, value, _)| *value).collect();
    let adds_up = !figure.is_standing() && figure.measure() != super::figure::Measure::Monthly;
    if adds_up { Some(values.iter().sum()).filter(|_| !values.is_empty()) } else { values.last().copied() }
}

fn months(records: &Records, period: Period) -> Vec<BurdenMonth> {
    let months = account::months(records, period).into_iter().map(|month| {
        let last = month.first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
        let here = Period { from: month.first.max(period.from), to: last.unwrap_or(month.first).min(period.to) };
        BurdenMonth {
            month: month.first.format("%Y-%m").to_string(),
            hours: hours(&month.share),
            share: month.share.handed_down(),
            tasks: Figure::Tasks.rows(records, here).len(),
            forms: Figure::Forms.rows(records, here).len(),
        }
    });
    months.collect()
}

fn departments(records: &Records, period: Period) -> Vec<BurdenDepartment> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let works = || records.works.iter().filter(|work| period.has(work.on) && work.side != Side::Committee);
    let tasks = Figure::Tasks.rows(records, period);
    let (unlisted, rushed) = (Figure::Unlisted.rows(records, period), Figure::Rushed.rows(records, period));
    names.extend(works().map(|work| work.department.as_str()));
    names.extend(tasks.iter().chain(&unlisted).map(|row| row.department.as_str()));
    let of = |rows: &[Row], name: &str| rows.iter().filter(|row| row.department == name).count();
    let mut all: Vec<BurdenDepartment> = names
        .into_iter()
        .map(|name| {
            let minutes = works().filter(|work| work.department == name).map(|work| work.row.amount).sum::<f64>();
            BurdenDepartment {
                name: if name.is_empty() { "没写部门".to_owned() } else { name.to_owned() },
                tasks: of(&tasks, name),
                unlisted: of(&unlisted, name),
                rushed: of(&rushed, name),
                hours: super::figure::rounded(minutes / 60.0),
            }
        })
        .collect();
    all.sort_by(|a, b| b.hours.total_cmp(&a.hours).then(b.tasks.cmp(&a.tasks)));
    all
}

fn columns(office: &Office, records: &Records, period: Period, against: Period) -> Vec<BurdenColumn> {
    let mut fields: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for notice in &records.notices {
        let day = notice.received_at.date();
        for field in &notice.asks {
            let counts = fields.entry(field).or_default();
            counts.0 += usize::from(against.has(day));
            counts.1 += usize::from(period.has(day));
        }
    }
    let title = |field: &str| office.catalog().dictionary.get(field).map(|known| known.title.clone());
    let mut columns: Vec<BurdenColumn> = fields
        .into_iter()
        .filter(|(_, (before, after))| before.max(after) > &1)
        .filter_map(|(field, (before, after))| Some(BurdenColumn { field: field.to_owned(), title: title(field)?, before, after }))
        .collect();
    columns.sort_by_key(|column| std::cmp::Reverse(column.before + column.after));
    columns
}

fn refused(office: &Office, records: &Records, period: Period) -> Result<Vec<BurdenRefused>> {
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for row in Figure::Refused.rows(records, period) {
        counts.entry(row.group).or_insert((row.title, 0)).1 += 1;
    }
    let mut refused = Vec::new();
    for (item, (title, count)) in counts {
        let entry = crate::duty::find(office.connection(), &item)?;
        let paper = entry.map(|entry| entry.paper()).transpose()?.unwrap_or_default();
        let title = if item == "cert-none" || paper.short.is_empty() { title } else { paper.short };
        refused.push(BurdenRefused { item, title, count, office: paper.office });
    }
    refused.sort_by_key(|one| std::cmp::Reverse(one.count));
    Ok(refused)
}

fn outcomes(records: &Records, period: Period) -> Vec<BurdenOutcome> {
    let all = [Decision::Accept, Decision::Inquire, Decision::Supplement, Decision::Decline, Decision::Admit];
    let count = |decision: Decision| {
        let here = |notice: &&crate::gate::Notice| notice.decision == decision && period.has(notice.received_at.date());
        records.notices.iter().filter(here).count()
    };
    all.map(|decision| BurdenOutcome { decision, title: decision.title(), count: count(decision) }).into()
}

/// Which figure to open.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct RecordsRequest {
    /// The figure.
    pub figure: Figure,
    /// First day; New Year when not said.
    pub from: Option<String>,
    /// Last day; today when not said.
    pub to: Option<String>,
    /// Only of this department.
    pub department: Option<String>,
    /// Only of this kind of certificate.
    pub item: Option<String>,
}

/// The records a figure is made of.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RecordsReply {
    /// As clerks say it.
    pub title: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// The figure these records make.
    pub value: f64,
    /// The records.
    pub rows: Vec<Row>,
}

/// The records a figure is made of.
///
/// # Errors
/// [`Refusal::NoSuchDay`], or reading fails.
pub fn records(office: &mut Office, request: RecordsRequest, _: &Progress) -> Result<RecordsReply> {
    let asked = BurdenRequest { from: request.from, to: request.to, ..BurdenRequest::default() };
    let (period, _) = periods(office, &asked)?;
    let mut rows = request.figure.rows(&Records::read(office)?, period);
    if let Some(name) = &request.department {
        rows.retain(|row| row.department == *name || (name == "没写部门" && row.department.is_empty()));
    }
    if let Some(item) = &request.item {
        rows.retain(|row| row.group == *item);
    }
    let (title, unit, _, _) = request.figure.words();
    Ok(RecordsReply { title, unit, value: request.figure.value(&rows, period), rows })
}
