//! Whom a form is about: read from its title and notes, shown as chips, said in the filter language.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::words::FormWords;
use crate::catalog::LedgerKind;
use crate::dictionary::Subject;
use crate::import::shape::words::tidy;

/// In which order people stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "FillOrder"))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Building, unit, room (楼栋门牌).
    #[default]
    Door,
    /// The oldest first.
    Age,
    /// By name.
    Name,
    /// As they were registered.
    Listed,
}

/// Whom to fill in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillWhom {
    /// Condition in the filter language; empty means everybody.
    #[serde(rename = "where", default)]
    pub condition: String,
    /// The rows of this ledger instead of residents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<String>,
    /// These residents only, in this order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Vec<String>>,
    /// In which order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
}

/// One part of a condition, with the words that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FillChip {
    /// The words, such as 60周岁以上.
    pub text: String,
    /// The condition in the filter language.
    #[serde(rename = "where")]
    pub condition: String,
    /// Where the words stand: 表名, 说明, 文件名 or 上次.
    pub from: String,
}

/// What title and notes ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whom; none when nothing says so.
    pub whom: Option<FillWhom>,
    /// The parts of the condition.
    pub chips: Vec<FillChip>,
    /// The day on which it is to be true.
    pub as_of: Option<NaiveDate>,
}

/// Reads whom a form is about. `kinds` are the ledgers with the number of their rows.
#[must_use]
pub fn read(says: &[(String, &'static str)], kinds: &[(&LedgerKind, i64)], today: NaiveDate) -> Asked {
    let words = FormWords::shipped();
    let mut asked = Asked::default();
    let tidied: Vec<(String, &str)> = says.iter().map(|(text, from)| (tidy(text), *from)).collect();
    asked.as_of = tidied.iter().find_map(|(text, _)| as_of(text, today));
    let order = tidied.iter().find_map(|(text, _)| words.order_in(text));
    let title: Vec<&(String, &str)> = tidied.iter().filter(|(_, from)| *from == "表名").collect();
    for (text, from) in title {
        asked.chips.extend(chips(text, from, kinds));
    }
    for (text, from) in tidied.iter().filter(|(text, from)| *from == "说明" && words.is_scope(text)) {
        let more = chips(text, from, kinds);
        let is_new = |chip: &FillChip| !asked.chips.iter().any(|known| known.condition == chip.condition);
        let more: Vec<FillChip> = more.into_iter().filter(is_new).collect();
        asked.chips.extend(more);
    }
    let is_file = |says: &&(String, &str)| says.1 == "文件名";
    if asked.chips.is_empty()
        && let Some((text, from)) = tidied.iter().find(is_file)
    {
        asked.chips = chips(text, from, kinds);
    }
    drop_plain_ages(&mut asked.chips);
    if !asked.chips.is_empty() {
        let parts: Vec<String> = asked.chips.iter().map(|chip| in_brackets(&chip.condition)).collect();
        asked.whom = Some(FillWhom { condition: parts.join(" and "), order, ..FillWhom::default() });
        return asked;
    }
    asked.whom = tidied.iter().find_map(|(text, from)| {
        let (kind, word) = listed(text, kinds)?;
        let condition =
            if kind.subject == Subject::Resident { format!("ledger:{}", kind.id) } else { String::new() };
        asked.chips.push(FillChip {
            text: word.to_owned(),
            condition: condition.clone(),
            from: (*from).to_owned(),
        });
        let ledger = (kind.subject != Subject::Resident).then(|| kind.id.clone());
        Some(FillWhom { condition, ledger, people: None, order })
    });
    asked
}

fn in_brackets(condition: &str) -> String {
    if condition.contains(" or ") { format!("({condition})") } else { condition.to_owned() }
}

/// A ledger of which a text names the rows; the longest word counts.
fn listed<'k>(text: &str, kinds: &[(&'k LedgerKind, i64)]) -> Option<(&'k LedgerKind, &'k str)> {
    let with_rows = kinds.iter().filter(|(_, rows)| *rows > 0);
    let named =
        with_rows.flat_map(|(kind, _)| kind.suggested_by.iter().map(move |word| (*kind, word.as_str())));
    named.filter(|(_, word)| text.contains(word)).max_by_key(|(_, word)| word.chars().count())
}

/// The parts of a condition that a text names, in the order of the text.
fn chips(text: &str, from: &str, kinds: &[(&LedgerKind, i64)]) -> Vec<FillChip> {
    let mut found: Vec<(usize, FillChip)> = Vec::new();
    let mut rest = text.to_owned();
    for (at, length, condition) in ages(text) {
        let says = text[at..at + length].to_owned();
        blank_out(&mut rest, at, length);
        found.push((at, FillChip { text: says, condition, from: from.to_owned() }));
    }
    let has_rows = |id: &str| kinds.iter().any(|(kind, rows)| kind.id == id && *rows > 0);
    let words = &FormWords::shipped().whom;
    let mut all: Vec<(&str, usize)> = words
        .iter()
        .enumerate()
        .flat_map(|(at, whom)| whom.says.iter().map(move |word| (word.as_str(), at)))
        .collect();
    all.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    let mut used: Vec<usize> = Vec::new();
    for (word, whom) in all {
        let Some(at) = rest.find(word).filter(|_| !used.contains(&whom)) else { continue };
        used.push(whom);
        blank_out(&mut rest, at, word.len());
        let whom = &words[whom];
        let listed = whom.ledger.as_deref().filter(|id| has_rows(id));
        let condition = listed.map_or_else(|| whom.condition.clone(), |id| format!("ledger:{id}"));
        found.push((at, FillChip { text: word.to_owned(), condition, from: from.to_owned() }));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, chip)| chip).collect()
}

/// The condition of a text of which every word is understood; none when anything else stands in it.
#[must_use]
pub fn whole(text: &str, kinds: &[(&LedgerKind, i64)]) -> Option<String> {
    let tidied = tidy(text);
    let mut found = chips(&tidied, "", kinds);
    let mut rest = tidied.clone();
    for (at, length, _) in ages(&tidied) {
        blank_out(&mut rest, at, length);
    }
    for chip in &found {
        if let Some(at) = rest.find(&chip.text) {
            blank_out(&mut rest, at, chip.text.len());
        }
    }
    drop_plain_ages(&mut found);
    let left: String = rest.chars().filter(|c| c.is_alphabetic()).collect();
    let is_all = ["", "人数", "人", "数", "户数", "户", "总数", "其中", "的", "总人数", "数量"]
        .contains(&left.as_str());
    let parts: Vec<String> = found.iter().map(|chip| in_brackets(&chip.condition)).collect();
    (is_all && !parts.is_empty()).then(|| parts.join(" and "))
}

/// Takes a piece out of a text so that no other word is found in it; lengths stay.
fn blank_out(text: &mut String, at: usize, length: usize) {
    text.replace_range(at..at + length, &" ".repeat(length));
}

/// 老人 says sixty years only where nothing says the age or who they are.
fn drop_plain_ages(chips: &mut Vec<FillChip>) {
    let words = &FormWords::shipped().whom;
    let is_plain = |chip: &FillChip| words.iter().any(|whom| whom.age && whom.says.contains(&chip.text));
    let is_said = chips.iter().any(|chip| !is_plain(chip) && chip.text.contains('岁'));
    if is_said {
        chips.retain(|chip| !is_plain(chip));
    }
}

/// Ages a text names: place, length and condition. 以上 and 以下 include the number itself (民法典 第一千二百五十九条).
fn ages(text: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let digits = digits_at(&text[start..]);
        let rest = &text[start + digits.len()..];
        let low: u32 = digits.parse().unwrap_or(u32::MAX);
        at = start + digits.len();
        if low > 130 || text[..start].ends_with(['-', '.', '/']) {
            continue;
        }
        if let Some((length, high)) = up_to(rest) {
            let end = start + digits.len() + length;
            found.push((start, end - start, format!("age >= {low} and age <= {high}")));
            at = end;
            continue;
        }
        let Some(after) = years(rest) else { continue };
        let tail = &rest[after..];
        let bracket = if tail.starts_with("(含)") { "(含)".len() } else { 0 };
        let tail = &tail[bracket..];
        let is_under = text[..start].ends_with("未满") || text[..start].ends_with("不满");
        let said = ["及以上", "含以上", "以上", "及以下", "以下", "以内"]
            .iter()
            .find(|word| tail.starts_with(**word));
        let (condition, word) = match said {
            _ if is_under => (format!("age < {low}"), ""),
            Some(word) if word.ends_with("以上") => (format!("age >= {low}"), *word),
            Some(word) => (format!("age <= {low}"), *word),
            None => continue,
        };
        let begin = if is_under { start - "未满".len() } else { start };
        let end = start + digits.len() + after + bracket + word.len();
        found.push((begin, end - begin, condition));
        at = end;
    }
    found
}

fn digits_at(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

/// Length of 岁 or 周岁 at the beginning.
fn years(text: &str) -> Option<usize> {
    ["周岁", "岁"].iter().find(|word| text.starts_with(**word)).map(|word| word.len())
}

/// `-69周岁`, `岁至69岁`: length and the upper number.
fn up_to(text: &str) -> Option<(usize, u32)> {
    let skip = years(text).unwrap_or(0);
    let stroke = ["-", "~", "至", "到", "—"].iter().find(|stroke| text[skip..].starts_with(**stroke))?;
    let from = skip + stroke.len();
    let digits = digits_at(&text[from..]);
    let high: u32 = digits.parse().ok().filter(|high| *high <= 130)?;
    let after = years(&text[from + digits.len()..])?;
    Some((from + digits.len() + after, high))
}

/// The day after 截至 or 截止.
fn as_of(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let at = ["截至", "截止"].iter().find_map(|word| text.find(word).map(|at| at + word.len()))?;
    let rest = text[at..].trim_start_matches(['到', '日', '期', ':', '至']);
    let numbers: Vec<u32> = {
        let end = rest.find(|c: char| !c.is_ascii_digit() && !"年月日-./".contains(c)).unwrap_or(rest.len());
        rest[..end].split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
    };
    match numbers.as_slice() {
        [year, month, day] if *year > 1900 => {
            NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day)
        }
        [year, month] if *year > 1900 => last_day(i32::try_from(*year).ok()?, *month),
        [month, day] => NaiveDate::from_ymd_opt(today.year(), *month, *day),
        _ => None,
    }
}

fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(next_year, next, 1)?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(title: &str) -> Option<String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
        read(&[(title.to_owned(), "表名")], &[], today).whom.map(|whom| whom.condition)
    }

    fn is(title: &str, condition: &str) {
        assert_eq!(asked(title).as_deref(), Some(condition), "{title}");
    }

    #[test]
    fn titles_say_whom_they_are_about() {
        is("60周岁以上独居老人冬季走访统计表", "age >= 60 and living_alone");
        is("80岁及以上高龄老人花名册", "age >= 80");
        is("高龄老人名单", "age >= 80");
        is("60-69周岁老年人信息表", "age >= 60 and age <= 69");
        is("2026年11月低保家庭残疾人统计表", "low_income and disability");
        is("未满18周岁儿童登记表", "age < 18");
        is("独居老人登记表", "living_alone");
        assert_eq!(asked("2026年11月工作计划表"), None);
        assert_eq!(asked("12345工单"), None);
    }

    #[test]
    fn days_are_read_where_they_are_said() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
        let day = |text| as_of(text, today).map(|day| day.to_string());
        assert_eq!(day("截至2025年12月31日").as_deref(), Some("2025-12-31"));
        assert_eq!(day("(数据截止到10月31日)").as_deref(), Some("2026-10-31"));
        assert_eq!(day("截止2026年2月").as_deref(), Some("2026-02-28"));
        assert_eq!(day("2026年11月"), None);
    }
}
