//! What a letter of the gate says of its notice: which paragraphs hold, and the words for each blank.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::explain::Opinion;
use super::terms::Terms;
use super::{MarkKind, Verdict};
use crate::calendar::{Calendar, moment};
use crate::committee::Committee;
use crate::letter::Facts;

/// Bases that a letter names at most.
const BASES: usize = 2;

/// What is needed besides the opinion.
pub(super) struct Around<'a> {
    pub(super) committee: &'a Committee,
    pub(super) calendar: &'a Calendar,
    pub(super) terms: &'a Terms,
    pub(super) today: NaiveDate,
    pub(super) clerk: &'a str,
    /// Which notice of its year it is.
    pub(super) intake: i64,
    /// Number and title of the item that is near, when there is one.
    pub(super) near: Option<(u32, String)>,
    /// What the clerk wrote in.
    pub(super) values: &'a BTreeMap<String, String>,
}

/// The facts of a letter.
pub(super) fn facts(opinion: &Opinion, around: &Around<'_>) -> Facts {
    let mut facts = Facts::default();
    holds(&mut facts, opinion);
    office(&mut facts, around);
    notice(&mut facts, opinion, around);
    terms(&mut facts, opinion, around);
    for (name, value) in around.values {
        facts.say(name, value.clone());
    }
    if !opinion.can_help.is_empty() || around.values.contains_key("can_help") {
        facts.holds.insert("can_help");
    }
    facts
}

fn holds(facts: &mut Facts, opinion: &Opinion) {
    let verdict = match opinion.verdict {
        Verdict::Listed => "within",
        Verdict::Unlisted | Verdict::Certificate => "outside",
        Verdict::Negative => "negative",
        Verdict::NeedsAdmission => "needs_admission",
    };
    let conditions = [
        ("rushed", opinion.rushed),
        ("repeated", !opinion.again.is_empty()),
        ("many_headed", opinion.many_headed),
        ("no_basis", opinion.no_document),
        ("no_funds", opinion.no_funds),
        ("no_due", opinion.due_at.is_none() || opinion.rushed),
        ("no_admission", opinion.verdict == Verdict::NeedsAdmission),
        ("no_scope", false),
    ];
    facts.holds.insert(verdict);
    facts.holds.extend(conditions.into_iter().filter(|(_, holds)| *holds).map(|(word, _)| word));
}

fn office(facts: &mut Facts, around: &Around<'_>) {
    let Committee { director, filler, phone, .. } = around.committee;
    facts.say("committee", around.committee.full_name());
    facts.say("date", around.today.format("%Y年%-m月%-d日").to_string());
    facts.say("year", around.today.year().to_string());
    facts.say("handler", around.clerk);
    facts.say("director", director.clone());
    if !phone.is_empty() {
        facts.say("phone", phone.clone());
    }
    facts.say("contact", if filler.is_empty() { around.clerk.to_owned() } else { filler.clone() });
}

fn notice(facts: &mut Facts, opinion: &Opinion, around: &Around<'_>) {
    let department = opinion.departments.first().cloned().unwrap_or_else(|| "来件单位".to_owned());
    let received = moment::parse(&opinion.received_at).unwrap_or_default();
    facts.say("office", short_office(&department));
    facts.say("department", department);
    facts.say("received", received.format("%-m月%-d日").to_string());
    facts.say("document", opinion.title.clone());
    facts.say("matter", matter(&opinion.title));
    facts.say("intake_no", format!("{}-{}", received.year(), around.intake));
    facts.say("departments", opinion.departments.join("、"));
    facts.say("list_year", around.today.year().to_string());
    facts.say("attachment", "");
    let words: Vec<&str> = opinion.marks.iter().filter(|mark| mark.kind == MarkKind::Wrong).map(|mark| mark.text.as_str()).collect();
    facts.say("hit_words", words.join("、"));
    facts.say("declined", opinion.item_title.clone());
    facts.say("negative_title", opinion.item_title.clone());
    facts.say("new_burden", opinion.item_title.trim_start_matches('要').to_owned());
    facts.say("owner", if opinion.owner.is_empty() { "来件部门".to_owned() } else { opinion.owner.clone() });
    facts.say("instead", opinion.instead.clone());
    if !opinion.can_help.is_empty() {
        facts.say("can_help", opinion.can_help.clone());
    }
    let bases: Vec<String> = opinion.basis.iter().filter(|basis| basis.checked).map(|basis| basis.text()).collect();
    facts.say("basis", bases.into_iter().take(BASES).collect::<Vec<_>>().join("、"));
    if let Some((number, title)) = &around.near {
        facts.say("near_number", number.to_string());
        facts.say("near_title", title.clone());
    }
}

fn terms(facts: &mut Facts, opinion: &Opinion, around: &Around<'_>) {
    let rules = &around.terms.rules;
    let day = |day: NaiveDate| day.format("%-m月%-d日").to_string();
    let agreed = around.calendar.add_workdays(around.today, rules.agreed_working_days);
    facts.say("agreed_days", rules.agreed_working_days.to_string());
    facts.say("apply_days", rules.apply_working_days_before.to_string());
    facts.say("decide_days", rules.decide_working_days.to_string());
    facts.say("reply_by", day(agreed));
    facts.say("new_due", day(agreed));
    facts.say("data_date", day(around.today));
    if let Some(minutes) = opinion.lead_minutes {
        let (hours, rest) = (minutes / 60, minutes % 60);
        facts.say("given_time", if rest == 0 { format!("{hours}小时") } else { format!("{hours}小时{rest}分") });
    }
    if let Some(again) = opinion.again.first() {
        facts.say("earlier_date", again.on.parse().map(day).unwrap_or_default());
        facts.say("earlier_form", again.title.clone());
        if !again.shared.is_empty() {
            facts.say("columns", again.shared.len().to_string());
            facts.say("share", format!("{}%", again.share));
        }
    }
}

/// How a department is spoken to behind 贵: 办, 所, 中心, 局, 站.
fn short_office(department: &str) -> String {
    let ends = ["中心", "公司", "中队", "支队", "银行", "法院"];
    if let Some(end) = ends.iter().find(|end| department.ends_with(**end)) {
        return (*end).to_owned();
    }
    let last = department.chars().last().filter(|c| "办所局站委会院处".contains(*c));
    last.map_or_else(|| "单位".to_owned(), String::from)
}

/// What a notice is about, out of its title: 关于…的通知 without both ends.
fn matter(title: &str) -> String {
    let ends = ["的紧急通知", "的通知", "的函", "的提醒", "通知", "的请示", "的通报"];
    let core = title.trim_start_matches("关于").trim_end_matches('…');
    let end = ends.iter().find(|end| core.ends_with(**end)).copied().unwrap_or_default();
    core.strip_suffix(end).unwrap_or(core).to_owned()
}
