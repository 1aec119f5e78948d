//! The yearly register of meetings and its rates (满意率, 参与率, 受益率, 采纳率), each with what was
//! divided by what.

use std::collections::BTreeMap;

use serde::Serialize;

use super::store;
use crate::error::Result;
use crate::household;
use crate::meeting::api::view;
use crate::meeting::case::{Case, text_of};
use crate::meeting::kind::{Decides, Outcome, VoteKind};
use crate::meeting::parameter::Ratio;
use crate::meeting::{self, book, count, due, quorum, words};
use crate::office::Office;

/// The meetings of a year.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MeetingYear"))]
pub struct Year {
    /// The year.
    pub year: i32,
    /// Meetings by title of their kind.
    #[cfg_attr(test, ts(type = "[string, number][]"))]
    pub kinds: Vec<(String, usize)>,
    /// The rates.
    pub rates: Vec<Rate>,
    /// Headings of the register.
    pub headings: Vec<String>,
    /// Its rows.
    pub register: Vec<Vec<String>>,
}

/// A rate of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Rate {
    /// Id.
    pub id: String,
    /// Title, such as 满意率.
    pub title: String,
    /// What is counted.
    #[cfg_attr(test, ts(type = "number"))]
    pub top: i64,
    /// Of how many.
    #[cfg_attr(test, ts(type = "number"))]
    pub bottom: i64,
    /// Percent with one decimal; empty when there is nothing to divide by.
    pub percent: String,
    /// What it means.
    pub text: String,
    /// Whether the way of counting was compared with a rule.
    pub checked: bool,
}

/// Numbers of the year by the words of `common.toml`.
type Sums = BTreeMap<&'static str, i64>;

/// The register and rates of a year.
///
/// # Errors
/// Reading fails.
pub(crate) fn year(office: &Office, year: i32) -> Result<Year> {
    let common = &book::book()?.common;
    let mut sums = Sums::new();
    let mut kinds: BTreeMap<u16, (String, usize)> = BTreeMap::new();
    let mut register = Vec::new();
    for meeting in meeting::store::list(office.connection(), None, None, Some(year))? {
        let held = meeting::held(office, meeting.id)?;
        let case = &held.case;
        kinds.entry(case.kind.order).or_insert_with(|| (case.kind.title.clone(), 0)).1 += 1;
        count_meeting(&mut sums, case);
        register.push(line(office, &held, register.len() + 1)?);
    }
    count_matters(office, year, &mut sums)?;
    let rates = common.figures.iter().map(|figure| {
        let of = |name: &str| sums.get(name).copied().unwrap_or(0);
        let (top, bottom) = (of(&figure.top), of(&figure.bottom));
        Rate {
            id: figure.id.clone(),
            title: figure.title.clone(),
            top,
            bottom,
            percent: if bottom > 0 { count::tenth(Ratio { n: top * 100, d: bottom }) } else { String::new() },
            text: figure.text.clone(),
            checked: figure.checked,
        }
    });
    Ok(Year {
        year,
        kinds: kinds.into_values().collect(),
        rates: rates.collect(),
        headings: common.register.iter().map(|column| column.title.clone()).collect(),
        register,
    })
}

fn line(office: &Office, held: &meeting::Held, number: usize) -> Result<Vec<String>> {
    let case = &held.case;
    let adopted = opinions(case, &["采纳", "部分采纳"]);
    let way = match held.meeting.matter {
        None => String::new(),
        Some(matter) => {
            let matter = store::get(office.connection(), matter)?;
            let way = super::file::rules()?.way_in(&matter.way_in);
            way.map(|way| way.title.clone()).unwrap_or_default()
        }
    };
    let outcome = view::settled(case).map(|found| found.title).unwrap_or_default();
    let cell = |pattern: &str| {
        let pattern = pattern
            .replace("{row.no}", &number.to_string())
            .replace("{way_in}", &way)
            .replace("{outcome}", &outcome)
            .replace("{count.opinion.adopted}", &adopted.to_string());
        words::fill(case, &pattern)
    };
    Ok(book::book()?.common.register.iter().map(|column| cell(&column.value)).collect())
}

/// Opinions that were answered in one of these ways; all answered ones without any.
fn opinions(case: &Case<'_>, decisions: &[&str]) -> i64 {
    let answers = case.rows("opinion").filter_map(|row| row.values.get("decision").map(text_of));
    let counted = answers
        .filter(|text| !text.is_empty() && (decisions.is_empty() || decisions.contains(&text.as_str())));
    i64::try_from(counted.count()).unwrap_or(0)
}

fn count_meeting(sums: &mut Sums, case: &Case<'_>) {
    let mut add = |name: &'static str, number: i64| *sums.entry(name).or_insert(0) += number;
    let (expected, present) = quorum::numbers(case);
    if present > 0 {
        add("attendance.expected_members", expected);
        add("attendance.present_members", present);
    }
    for vote in case.kind.votes.iter().filter(|vote| vote.kind == VoteKind::Survey) {
        let Some(tally) = case.tally(&vote.id) else { continue };
        add("survey.answered_households", count::totals(&tally.counts).values().sum());
        add("survey.asked_households", tally.counts.lines.iter().map(|line| line.asked).sum());
    }
    let is_satisfaction = |figure: &&Outcome| figure.id == "satisfaction";
    if let Some(figure) = case.kind.figures.iter().find(is_satisfaction) {
        let parts = case.tally(&figure.vote).and_then(|tally| count::percent(case, figure, &tally.counts));
        if let Some(Ratio { n, d }) = parts {
            add("review.satisfied", n / 100);
            add("review.valid", d);
        }
    }
    add("opinion.replied", opinions(case, &[]));
    add("opinion.adopted_or_partly", opinions(case, &["采纳", "部分采纳"]));
    for reply in due::all(case).into_iter().filter(|due| due.id == "reply_due") {
        let is_due = !matches!(reply.state, due::State::Waiting | due::State::Open | due::State::Near);
        add("hearing.reply_due", i64::from(is_due));
        add("hearing.replied_in_time", i64::from(reply.state == due::State::Met));
    }
    if case.kind.decides == Decides::Agreement {
        agreement(case, &mut add);
    }
    let rectified = |column: &'static str| {
        let rows = case.rows("rectification").filter(move |row| {
            let text = row.values.get(column).map(text_of).unwrap_or_default();
            if column == "due_on" {
                !text.is_empty() && text <= case.today.to_string()
            } else {
                !text.is_empty() && text != "否"
            }
        });
        i64::try_from(rows.count()).unwrap_or(0)
    };
    add("review.rectification_due", rectified("due_on"));
    add("review.rectified", rectified("accepted"));
}

/// Agreements: reached out of held, performed out of due.
fn agreement(case: &Case<'_>, add: &mut impl FnMut(&'static str, i64)) {
    let Some(found) =
        count::outcome(case).filter(|_| case.tallies.iter().any(|tally| !tally.locked_at.is_empty()))
    else {
        return;
    };
    let is_agreed = found.id == "agreed";
    add("coordination.held", 1);
    add("coordination.agreed", i64::from(is_agreed));
    let of = |row: &meeting::case::Row, column: &str| row.values.get(column).map(text_of).unwrap_or_default();
    let today = case.today.to_string();
    let rows: Vec<_> = case.rows("obligation").collect();
    if is_agreed && !rows.is_empty() && rows.iter().all(|row| of(row, "due_on") <= today) {
        add("coordination.performance_due", 1);
        add("coordination.performed", i64::from(rows.iter().all(|row| !of(row, "done_on").is_empty())));
    }
}

/// Households of closed matters out of all.
fn count_matters(office: &Office, year: i32, sums: &mut Sums) -> Result<()> {
    let matters = store::list(office.connection())?;
    let closed = matters.iter().filter(|matter| {
        let on = matter.values.get("closed_on").map(text_of).unwrap_or_default();
        on.starts_with(&year.to_string())
    });
    let households = |matter: &store::Matter| -> i64 {
        matter.values.get("scope_households").map(text_of).and_then(|text| text.parse().ok()).unwrap_or(0)
    };
    let all = household::count(office.connection())?;
    // The same household is counted once: matters of the same buildings count by their largest.
    let mut by_buildings: BTreeMap<String, i64> = BTreeMap::new();
    for matter in closed {
        let buildings = matter.values.get("building").map(text_of).unwrap_or_else(|| matter.number.clone());
        let most = by_buildings.entry(buildings).or_insert(0);
        *most = (*most).max(households(matter));
    }
    sums.insert("matter.closed_scope_households", by_buildings.values().sum::<i64>().min(all));
    sums.insert("committee.households", all);
    Ok(())
}
