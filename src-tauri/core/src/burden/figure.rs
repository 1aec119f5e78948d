//! The figures of the account, each with the records it is made of: what is shown as a number opens
//! to the same rows that were counted. Pure.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::store::Records;
use super::Kind;
use crate::certificate::State as Paper;
use crate::duty::Side;
use crate::gate::{Decision, Verdict};
use crate::task::{State, Task};

/// Days from first to last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Period {
    /// Whether a day lies within.
    #[must_use]
    pub fn has(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Months it touches.
    #[must_use]
    pub fn months(&self) -> i32 {
        let index = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0);
        (index(self.to) - index(self.from) + 1).max(1)
    }
}

/// What kind of record a row opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "BurdenRowKind"))]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A task.
    Task,
    /// A notice in the register of the gate.
    Notice,
    /// Hours that were worked.
    Work,
    /// A row of a ledger.
    Ledger,
    /// A certificate.
    Certificate,
    /// A plaque, appraisal, system or group.
    Mechanism,
    /// An item of the lists.
    Duty,
}

/// A record that is part of a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "BurdenRow"))]
pub struct Row {
    /// What it opens.
    pub kind: RowKind,
    /// Number of the row; 0 for items, which are opened by their code.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Code of an item, id of a ledger; else empty.
    pub code: String,
    /// The day.
    pub on: String,
    /// What it is.
    pub title: String,
    /// Who handed it down.
    pub department: String,
    /// What became of it.
    pub detail: String,
    /// What it adds to the figure: 1 for counts, minutes for hours.
    pub amount: f64,
    /// What counts as one, for figures that count kinds.
    #[serde(skip)]
    pub group: String,
}

/// How rows make a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// So many rows.
    Count,
    /// So many rows a month.
    Monthly,
    /// So many different groups of rows.
    Kinds,
    /// Minutes in hours.
    Hours,
}

/// A figure of the account (指标).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "BurdenFigureId"))]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Things handed down that were taken (上级交办事项).
    Tasks,
    /// Things that came and are on no list (清单外来件).
    Unlisted,
    /// Things that were sent back, asked about or sent to be admitted (退回和商请).
    Declined,
    /// Superiors' forms a month (上级报表).
    Forms,
    /// Due within a day (突击).
    Rushed,
    /// Asked before (重复).
    Repeated,
    /// Asked by several departments (多头).
    ManyHeaded,
    /// Ledgers with rows (在册台账).
    Ledgers,
    /// Items of help in force (在册协助事项).
    Items,
    /// Appraisals (考核评比).
    Appraisals,
    /// Plaques (牌子).
    Plaques,
    /// Systems (系统、小程序).
    Systems,
    /// Groups (工作群).
    Groups,
    /// Kinds of certificates that were issued (盖章事项).
    StampKinds,
    /// Certificates that were issued (开出证明).
    Issued,
    /// Certificates that were refused (不予出具).
    Refused,
    /// Hours of work handed down (交办工时).
    HandedHours,
    /// Hours of the committee's own work (自治服务工时).
    OwnHours,
    /// Visits at homes a month (上门走访).
    Visits,
    /// Tasks that came with money or people (费随事转).
    Supported,
}

impl Figure {
    /// Every figure, in the order of the account.
    pub const ALL: [Self; 20] = [
        Self::Tasks,
        Self::Unlisted,
        Self::Declined,
        Self::Forms,
        Self::Rushed,
        Self::Repeated,
        Self::ManyHeaded,
        Self::Ledgers,
        Self::Items,
        Self::Appraisals,
        Self::Plaques,
        Self::Systems,
        Self::Groups,
        Self::StampKinds,
        Self::Issued,
        Self::Refused,
        Self::HandedHours,
        Self::OwnHours,
        Self::Visits,
        Self::Supported,
    ];

    /// As clerks say it, its unit, where it is taken from, and whether less of it is better.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str, &'static str, bool) {
        match self {
            Self::Tasks => ("上级交办事项", "件", "任务登记", true),
            Self::Unlisted => ("清单外来件", "件", "收件登记", true),
            Self::Declined => ("退回、商请和转准入", "件", "收件登记", false),
            Self::Forms => ("上级报表", "张/月", "任务登记", true),
            Self::Rushed => ("突击来件", "件", "收件登记", true),
            Self::Repeated => ("重复来件", "件", "收件登记", true),
            Self::ManyHeaded => ("多头来件", "件", "收件登记", true),
            Self::Ledgers => ("在册台账", "本", "台账目录", true),
            Self::Items => ("在册协助事项", "项", "两份清单", true),
            Self::Appraisals => ("考核评比", "项", "机制牌子登记", true),
            Self::Plaques => ("牌子", "块", "机制牌子登记", true),
            Self::Systems => ("系统、小程序", "个", "机制牌子登记", true),
            Self::Groups => ("工作群", "个", "机制牌子登记", true),
            Self::StampKinds => ("盖章事项", "类", "用印登记", true),
            Self::Issued => ("开出证明", "份", "证明登记", true),
            Self::Refused => ("不予出具", "份", "证明登记", false),
            Self::HandedHours => ("交办事项工时", "小时", "工时登记", true),
            Self::OwnHours => ("自治服务工时", "小时", "工时登记", false),
            Self::Visits => ("上门走访", "户/月", "走访记录", false),
            Self::Supported => ("带经费或人手来的任务", "件", "任务登记", false),
        }
    }

    /// How its rows make it.
    #[must_use]
    pub const fn measure(self) -> Measure {
        match self {
            Self::Forms | Self::Visits => Measure::Monthly,
            Self::StampKinds => Measure::Kinds,
            Self::HandedHours | Self::OwnHours => Measure::Hours,
            Self::Tasks
            | Self::Unlisted
            | Self::Declined
            | Self::Rushed
            | Self::Repeated
            | Self::ManyHeaded
            | Self::Ledgers
            | Self::Items
            | Self::Appraisals
            | Self::Plaques
            | Self::Systems
            | Self::Groups
            | Self::Issued
            | Self::Refused
            | Self::Supported => Measure::Count,
        }
    }

    /// Whether it tells how things stand on the last day, and of the past only what records say.
    #[must_use]
    pub const fn is_standing(self) -> bool {
        matches!(
            self,
            Self::Ledgers | Self::Items | Self::Appraisals | Self::Plaques | Self::Systems | Self::Groups
        )
    }

    /// The word it is kept and asked for under.
    #[must_use]
    pub fn word(self) -> String {
        serde_json::to_value(self).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The records it is made of in a period.
    #[must_use]
    pub fn rows(self, records: &Records, period: Period) -> Vec<Row> {
        match self {
            Self::Tasks => tasks(records, period, |_| true),
            Self::Forms => tasks(records, period, |task| task.extra.form.is_some()),
            Self::Supported => tasks(records, period, |task| !task.extra.support.is_none()),
            Self::Unlisted => notices(records, period, |notice| notice.verdict != Verdict::Listed && notice.verdict != Verdict::Certificate),
            Self::Declined => notices(records, period, |notice| notice.decision != Decision::Accept),
            Self::Rushed => notices(records, period, |notice| notice.opinion.as_ref().is_some_and(|opinion| opinion.rushed)),
            Self::Repeated => notices(records, period, |notice| notice.opinion.as_ref().is_some_and(|opinion| opinion.repeated)),
            Self::ManyHeaded => {
                notices(records, period, |notice| notice.opinion.as_ref().is_some_and(|opinion| opinion.many_headed))
            }
            Self::Ledgers => records.ledgers.clone(),
            Self::Items => records.items.clone(),
            Self::Appraisals => mechanisms(records, period, Kind::Appraisal),
            Self::Plaques => mechanisms(records, period, Kind::Plaque),
            Self::Systems => mechanisms(records, period, Kind::System),
            Self::Groups => mechanisms(records, period, Kind::Group),
            Self::StampKinds | Self::Issued => papers(records, period, Paper::Issued),
            Self::Refused => papers(records, period, Paper::Refused),
            Self::HandedHours => works(records, period, |side| side != Side::Committee),
            Self::OwnHours => works(records, period, |side| side == Side::Committee),
            Self::Visits => records.visits.iter().filter(|row| within(row, period)).cloned().collect(),
        }
    }

    /// The figure that rows make.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "an office has thousands of records, not quadrillions")]
    pub fn value(self, rows: &[Row], period: Period) -> f64 {
        match self.measure() {
            Measure::Count => rows.len() as f64,
            Measure::Monthly => rounded(rows.len() as f64 / f64::from(period.months())),
            Measure::Kinds => rows.iter().map(|row| &row.group).collect::<BTreeSet<_>>().len() as f64,
            Measure::Hours => rounded(rows.iter().map(|row| row.amount).sum::<f64>() / 60.0),
        }
    }
}

/// One place behind the point, halves away from nought.
#[must_use]
pub(super) fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn within(row: &Row, period: Period) -> bool {
    row.on.parse().is_ok_and(|day| period.has(day))
}

/// Tasks handed down in a period that were not dropped.
fn tasks(records: &Records, period: Period, fits: impl Fn(&Task) -> bool) -> Vec<Row> {
    let handed = records.tasks.iter().filter(|task| {
        task.side != Side::Committee
            && task.state != State::Dropped
            && period.has(task.received_at.date())
            && fits(task)
    });
    let rows = handed.map(|task| Row {
        kind: RowKind::Task,
        id: task.id,
        code: String::new(),
        on: task.received_at.date().to_string(),
        title: task.title.clone(),
        department: task.department.clone(),
        detail: match task.state {
            State::Done => "已办结".to_owned(),
            State::Open | State::Dropped => "在办".to_owned(),
        },
        amount: 1.0,
        group: String::new(),
    });
    rows.collect()
}

fn notices(records: &Records, period: Period, fits: impl Fn(&crate::gate::Notice) -> bool) -> Vec<Row> {
    let found = records.notices.iter().filter(|notice| period.has(notice.received_at.date()) && fits(notice));
    let rows = found.map(|notice| Row {
        kind: RowKind::Notice,
        id: notice.id,
        code: String::new(),
        on: notice.received_at.date().to_string(),
        title: notice.title.clone(),
        department: notice.department.clone(),
        detail: notice.decision.title().to_owned(),
        amount: 1.0,
        group: String::new(),
    });
    rows.collect()
}

fn mechanisms(records: &Records, period: Period, kind: Kind) -> Vec<Row> {
    let standing = records.mechanisms.iter().filter(|one| one.kind == kind && one.stands_on(period.to));
    let rows = standing.map(|one| Row {
        kind: RowKind::Mechanism,
        id: one.id,
        code: String::new(),
        on: one.from_on.to_string(),
        title: one.title.clone(),
        department: one.department.clone(),
        detail: one.basis.clone(),
        amount: 1.0,
        group: String::new(),
    });
    rows.collect()
}

fn papers(records: &Records, period: Period, state: Paper) -> Vec<Row> {
    let found = records.certificates.iter().filter(|one| one.state == state && one.issued_on.is_some_and(|on| period.has(on)));
    let rows = found.map(|one| Row {
        kind: RowKind::Certificate,
        id: one.id,
        code: String::new(),
        on: one.issued_on.map(|on| on.to_string()).unwrap_or_default(),
        title: one.title.clone(),
        department: String::new(),
        detail: one.body.purpose.clone(),
        amount: 1.0,
        group: one.item.clone(),
    });
    rows.collect()
}

fn works(records: &Records, period: Period, fits: impl Fn(Side) -> bool) -> Vec<Row> {
    let found = records.works.iter().filter(|work| fits(work.side) && period.has(work.on));
    found.map(|work| work.row.clone()).collect()
}
