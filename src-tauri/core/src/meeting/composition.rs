//! Whether the right people are on the roll (组成规则).

use std::collections::BTreeMap;

use super::case::{Attendee, Case, Finding};
use super::kind::{Composition, CompositionRule};

/// What a rule came to before it is put into words.
struct Found {
    met: bool,
    count: i64,
    needed: String,
    names: Vec<String>,
}

/// Every rule of composition with what it found.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let rules = case.kind.composition.iter().filter(|rule| case.is_on(&rule.if_field, &rule.if_in));
    rules.map(|rule| finding(case, rule)).collect()
}

fn finding(case: &Case<'_>, rule: &Composition) -> Finding {
    let found = judge(case, rule);
    let names = found.names.join("、");
    let parameter = case.parameters.get(&rule.parameter);
    let share = parameter.map(super::parameter::Parameter::said).unwrap_or_default();
    let text = rule
        .text
        .replace("{count}", &found.count.to_string())
        .replace("{needed_share}", &share)
        .replace("{needed}", &found.needed)
        .replace("{names}", if names.is_empty() { "没有人" } else { &names });
    Finding {
        id: rule.id.clone(),
        met: found.met,
        level: rule.level,
        text: super::words::fill(case, &text),
        checked: rule.checked && parameter.is_none_or(|one| one.entry.checked || one.is_local),
    }
}

fn judge(case: &Case<'_>, rule: &Composition) -> Found {
    let people: Vec<&Attendee> = case.people_in(&rule.roles).collect();
    let count = size(people.len());
    let number = case.parameters.ratio(&rule.parameter);
    let whole = case.parameters.whole(&rule.parameter).or(rule.value);
    let whole = whole.or(rule.parameter.is_empty().then_some(1));
    let of = size(case.people_in(&rule.of).count());
    let plain = |met: bool| Found { met, count, needed: whole.unwrap_or(0).to_string(), names: Vec::new() };
    let share = |met: bool, strictly: bool| Found {
        needed: number.map(|share| share.fewest(of, strictly).to_string()).unwrap_or_default(),
        ..plain(met)
    };
    if !rule.by.is_empty() {
        return by(rule, plain(true), &people, whole);
    }
    match rule.rule {
        CompositionRule::Odd => plain(count % 2 == 1),
        CompositionRule::AtLeast => plain(whole.is_some_and(|least| count >= least)),
        CompositionRule::AtMost => plain(whole.is_some_and(|most| count <= most)),
        CompositionRule::Each => each(case, rule, plain(true), whole.unwrap_or(1)),
        CompositionRule::ShareAtLeast => share(number.is_some_and(|n| n.is_reached(count, of)), false),
        CompositionRule::ShareMoreThan => share(number.is_some_and(|n| n.is_passed(count, of)), true),
        CompositionRule::Conflict => against(plain(true), &people, |one| is_named(case, rule, one)),
        CompositionRule::Apart => {
            let holds = |one: &Attendee| rule.roles.iter().filter(|role| one.roles.contains(role)).count();
            against(plain(true), &people, |one| holds(one) > 1)
        }
        CompositionRule::SameBuilding => {
            let fields = rule.fields.iter().chain(Some(&rule.field).filter(|field| !field.is_empty()));
            let buildings: Vec<String> = fields.flat_map(|field| buildings(&case.text(field))).collect();
            let is_off = |one: &Attendee| !buildings.contains(&token(&one.building));
            if buildings.is_empty() { plain(true) } else { against(plain(true), &people, is_off) }
        }
    }
}

fn each(case: &Case<'_>, rule: &Composition, plain: Found, least: i64) -> Found {
    let is_short = |role: &&String| size(case.people_in(std::slice::from_ref(*role)).count()) < least;
    let title = |role: &String| case.kind.role(role).map_or_else(|| role.clone(), |role| role.title.clone());
    let names: Vec<String> = rule.roles.iter().filter(is_short).map(title).collect();
    Found { met: names.is_empty(), names, ..plain }
}

/// Counts each residents' group (the unit of a delegate) or household by itself.
fn by(rule: &Composition, plain: Found, people: &[&Attendee], number: Option<i64>) -> Found {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for one in people {
        let key =
            if rule.by == "household" { format!("{}-{}", one.building, one.room) } else { one.unit.clone() };
        *counts.entry(key).or_default() += 1;
    }
    let is_off = |count: i64| {
        number.is_none_or(|number| match rule.rule {
            CompositionRule::AtMost => count > number,
            _ => count < number,
        })
    };
    let names: Vec<String> =
        counts.into_iter().filter(|(_, count)| is_off(*count)).map(|(key, _)| key).collect();
    Found { met: names.is_empty(), names, ..plain }
}

/// The rule holds when nobody is found.
fn against(plain: Found, people: &[&Attendee], is_found: impl Fn(&Attendee) -> bool) -> Found {
    let names: Vec<String> = people.iter().filter(|one| is_found(one)).map(|one| one.name.clone()).collect();
    Found { met: names.is_empty(), names, ..plain }
}

/// Whether somebody works for, or is, what one of the fields names.
fn is_named(case: &Case<'_>, rule: &Composition, one: &Attendee) -> bool {
    rule.fields.iter().any(|field| {
        let text = named_in(case, field);
        let unit = one.unit.trim();
        !unit.is_empty() && text.contains(unit) || text.split(['、', '，', ',']).any(|name| name == one.name)
    })
}

/// The text of a field, or of a column of all rows of a record.
fn named_in(case: &Case<'_>, field: &str) -> String {
    let Some((record, column)) = field.split_once('.') else { return case.text(field) };
    let texts = case.rows(record).filter_map(|row| row.values.get(column).map(super::case::text_of));
    texts.collect::<Vec<_>>().join("、")
}

/// The buildings a text names, without 号楼.
pub fn buildings(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', ' ']).filter(|part| !part.is_empty()).map(token).collect()
}

fn token(building: &str) -> String {
    building.trim().trim_end_matches("号楼").trim_end_matches('号').to_owned()
}

/// A number of people as the rules count.
pub fn size(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
