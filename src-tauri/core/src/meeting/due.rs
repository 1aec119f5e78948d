//! Periods (期限): counted by calendar days, working days or months, and how they stand today.

use chrono::{Days, Months, NaiveDate};
use serde::Serialize;

use super::case::{Case, day_of};
use super::kind::{Deadline, Direction};
use super::parameter::{Parameters, Unit};
use crate::calendar::Calendar;

/// How a period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "DueState"))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// What it runs from has not happened.
    Waiting,
    /// Running.
    Open,
    /// About to end.
    Near,
    /// Over, and what it is for has not happened (逾期).
    Overdue,
    /// Kept.
    Met,
    /// Met, but late.
    Late,
}

/// A period of a meeting or matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Due {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Last day; empty while it waits.
    pub on: String,
    /// How it stands.
    pub state: State,
    /// Who owes it.
    pub who: String,
    /// In words.
    pub text: String,
    /// Paper that reminds.
    pub chase: String,
    /// Stage it is shown at.
    pub stage: String,
    /// Whether somebody compared the rule with its source.
    pub checked: bool,
}

/// A length counted in one direction.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    pub number: u32,
    pub unit: Unit,
    pub direction: Direction,
    pub roll: bool,
    pub count_first: bool,
}

impl Period {
    /// The last day of the period that runs from a day.
    pub fn end(self, calendar: &Calendar, from: NaiveDate) -> NaiveDate {
        if self.direction == Direction::Before {
            return self.before(calendar, from);
        }
        let plain = match self.unit {
            Unit::Workday => {
                let counts = self.count_first && calendar.is_workday(from);
                return calendar.add_workdays(from, self.number.saturating_sub(u32::from(counts)));
            }
            Unit::Month => from.checked_add_months(Months::new(self.number)),
            _ => {
                let days = u64::from(self.number.saturating_sub(u32::from(self.count_first)));
                from.checked_add_days(Days::new(days))
            }
        };
        let day = plain.unwrap_or(from);
        if self.roll { calendar.workday_from(day) } else { day }
    }

    fn before(self, calendar: &Calendar, from: NaiveDate) -> NaiveDate {
        match self.unit {
            Unit::Workday => {
                let (mut day, mut left) = (from, self.number);
                while left > 0 {
                    let Some(earlier) = day.pred_opt() else { return day };
                    day = earlier;
                    left -= u32::from(calendar.is_workday(day));
                }
                day
            }
            Unit::Month => from.checked_sub_months(Months::new(self.number)).unwrap_or(from),
            _ => from.checked_sub_days(Days::new(u64::from(self.number))).unwrap_or(from),
        }
    }
}

/// The period of a rule, when its length is known.
pub fn period(parameters: &Parameters, deadline: &Deadline) -> Option<Period> {
    let parameter = parameters.get(&deadline.parameter)?;
    Some(Period {
        number: u32::try_from(parameter.whole()?).ok()?,
        unit: parameter.entry.unit,
        direction: deadline.direction,
        roll: deadline.roll,
        count_first: deadline.count_first,
    })
}

/// All periods of a meeting, in the order of its kind.
pub fn all(case: &Case<'_>) -> Vec<Due> {
    let rules = case.kind.deadlines.iter().filter(|rule| {
        case.is_on(&rule.if_field, &rule.if_in)
            && !case.is_waived(&rule.waived_by)
            && rule.direction != Direction::Count
    });
    rules
        .flat_map(
            |rule| if rule.from_column.is_empty() { vec![due(case, rule)] } else { of_rows(case, rule) },
        )
        .collect()
}

/// A period for each row of a record that has its own day.
fn of_rows(case: &Case<'_>, rule: &Deadline) -> Vec<Due> {
    let Some((record, column)) = rule.from_column.split_once('.') else { return Vec::new() };
    let met_by = rule.met_by.split_once('.').map_or(rule.met_by.as_str(), |(_, column)| column);
    let rows = case.rows(record).map(|row| {
        let of = |column: &str| row.values.get(column).map(super::case::text_of).unwrap_or_default();
        let fill = |text: &str| {
            row.values
                .keys()
                .fold(text.to_owned(), |text, id| text.replace(&format!("{{row.{id}}}"), &of(id)))
        };
        let last = day_of(&of(column));
        Due {
            on: last.map(|day| day.to_string()).unwrap_or_default(),
            state: state(last, day_of(&of(met_by)), !of(met_by).is_empty(), rule.remind, case.today),
            who: super::words::fill(case, &fill(&rule.who)),
            text: super::words::fill(case, &fill(&rule.text)),
            ..due(case, rule)
        }
    });
    rows.collect()
}

fn due(case: &Case<'_>, rule: &Deadline) -> Due {
    let met = case.day(&rule.met_by);
    let is_filled = case.is_filled(&rule.met_by);
    let last = case.day(&rule.from).zip(period(&case.parameters, rule));
    let last = last.map(|(from, period)| period.end(&case.calendar, from));
    let parameter = case.parameters.get(&rule.parameter);
    Due {
        id: rule.id.clone(),
        title: rule.title.clone(),
        on: last.map(|day| day.to_string()).unwrap_or_default(),
        state: state(last, met, is_filled, rule.remind, case.today),
        who: super::words::fill(case, &rule.who),
        text: super::words::fill_parameters(case, &rule.text),
        chase: rule.chase.clone(),
        stage: rule.stage.clone(),
        checked: rule.checked && parameter.is_none_or(|one| one.entry.checked || one.is_local),
    }
}

/// How a period stands whose last day and end are these.
pub fn state(
    last: Option<NaiveDate>,
    met: Option<NaiveDate>,
    is_filled: bool,
    remind: i64,
    today: NaiveDate,
) -> State {
    match (last, met) {
        (Some(last), Some(met)) if met > last => State::Late,
        (_, Some(_)) => State::Met,
        _ if is_filled => State::Met,
        (None, None) => State::Waiting,
        (Some(last), None) if today > last => State::Overdue,
        (Some(last), None) if (last - today).num_days() <= remind => State::Near,
        (Some(_), None) => State::Open,
    }
}

/// Whether so long a period lies between two fields; none when a day is missing.
pub fn gap(case: &Case<'_>, from: &str, to: &str, parameter: &str) -> Option<bool> {
    let (from, to) = (case.day(from)?, day_of(&case.text(to))?);
    let parameter = case.parameters.get(parameter)?;
    let number = u32::try_from(parameter.whole()?).ok()?;
    let unit = parameter.entry.unit;
    let period = Period { number, unit, direction: Direction::Before, roll: false, count_first: false };
    Some(from <= period.end(&case.calendar, to))
}

/// The last day of a publicity that was posted on a day: the posting day counts when it is worked.
pub fn posted_until(case: &Case<'_>, from: &str, parameter: &str) -> Option<NaiveDate> {
    let parameter = case.parameters.get(parameter)?;
    let number = u32::try_from(parameter.whole()?).ok()?;
    let unit = parameter.entry.unit;
    let period = Period { number, unit, direction: Direction::After, roll: false, count_first: true };
    Some(period.end(&case.calendar, case.day(from)?))
}
