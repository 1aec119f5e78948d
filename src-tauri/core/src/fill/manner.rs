//! How a form wants values written: told by its drop-down lists, its sample row, its number formats
//! and the words of its headings, in that order. A value that does not fit a list is not written.

use chrono::{Datelike, NaiveDate};

use super::package::Value;
use crate::dictionary::reading::{self, Raw};
use crate::dictionary::{FieldDef, FieldKind};
use crate::import::shape::words::tidy;
use crate::import::sheet::Cell;
use crate::value::code::CodeTables;
use crate::value::date::{self, PartialDate};
use crate::value::gender::Gender;
use crate::value::{address, boolean, money};

mod boxes;
mod days;

pub use boxes::{has_boxes, tick};
use days::DayManner;

/// How the values of one column are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    /// As they are kept, as text.
    Plain,
    /// As a number of the spreadsheet.
    Number,
    /// A day in a written form.
    Day(DayManner),
    /// A day as the spreadsheet keeps days.
    Serial,
    /// One of the dictionary's formats.
    Format(&'static str),
    /// Yes and no in these two words.
    Words(String, String),
    /// The short or coded word of a code table.
    Coded(&'static str),
    /// With these words behind, such as 岁 or 号楼.
    Behind(String),
    /// In ten thousand yuan.
    TenThousand,
    /// One of these.
    Listed(Vec<String>),
}

/// What is seen of a column when its manner is told.
#[derive(Debug, Clone, Default)]
pub struct Hints<'a> {
    /// Heading with all its levels.
    pub heading: &'a str,
    /// The drop-down list of its cells.
    pub list: Option<&'a [String]>,
    /// Values of sample rows, or those that stand there already.
    pub examples: Vec<Cell<'a>>,
    /// Number format of its cells.
    pub format: Option<&'a str>,
    /// The sheet says that all amounts are in ten thousand yuan.
    pub is_in_ten_thousands: bool,
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What goes into the cell.
    pub value: Value,
    /// What the clerk will see in it.
    pub shown: String,
}

impl Manner {
    /// How the form wants the values of a field.
    #[must_use]
    pub fn of(field: &FieldDef, hints: &Hints<'_>, today: NaiveDate) -> Self {
        if let Some(list) = hints.list {
            return Self::Listed(list.to_vec());
        }
        let heading = tidy(hints.heading);
        let by_example = hints.examples.iter().find_map(|cell| Self::by_example(field, *cell, today));
        if let Some(manner) = by_example {
            return manner;
        }
        if let Some(manner) = Self::by_heading(field, &heading, hints, today) {
            return manner;
        }
        let is_text = hints.format == Some("@");
        match field.kind {
            FieldKind::Date | FieldKind::Month | FieldKind::Year
                if hints.format.is_some_and(is_day_format) =>
            {
                Self::Serial
            }
            FieldKind::Integer | FieldKind::Decimal | FieldKind::Money | FieldKind::Year if !is_text => {
                Self::Number
            }
            _ => Self::Plain,
        }
    }

    fn by_example(field: &FieldDef, cell: Cell<'_>, today: NaiveDate) -> Option<Self> {
        let text = cell.shown();
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match (field.kind, cell) {
            (FieldKind::Date | FieldKind::Month, Cell::Date(_)) => Some(Self::Serial),
            (FieldKind::Date | FieldKind::Month | FieldKind::Year, _) => {
                DayManner::of(text, today).map(Self::Day)
            }
            (FieldKind::IdNumber | FieldKind::Phone | FieldKind::DisabilityCertificate, Cell::Text(_)) => {
                masked_like(field, text)
            }
            (FieldKind::Boolean, _) => words_like(text),
            (FieldKind::Gender, _) if Gender::parse(text).is_some_and(|gender| gender.code() == text) => {
                Some(Self::Format("code"))
            }
            (FieldKind::Code, _) => coded_like(field, text),
            (FieldKind::Address, _) => {
                let is_short = address::parse(text).short().as_deref() == Some(text);
                is_short.then_some(Self::Format("room"))
            }
            (FieldKind::Building | FieldKind::Unit | FieldKind::Room, Cell::Number(_)) => Some(Self::Number),
            (
                FieldKind::Building
                | FieldKind::Unit
                | FieldKind::Room
                | FieldKind::Integer
                | FieldKind::Decimal
                | FieldKind::Money,
                Cell::Text(_),
            ) => {
                let behind = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
                let is_number_first = behind.len() < text.len();
                (is_number_first && !behind.is_empty()).then(|| Self::Behind(behind.to_owned()))
            }
            _ => None,
        }
    }

    fn by_heading(field: &FieldDef, heading: &str, hints: &Hints<'_>, today: NaiveDate) -> Option<Self> {
        match field.kind {
            FieldKind::Date | FieldKind::Month => {
                if let Some(manner) = DayManner::in_heading(heading, today) {
                    return Some(Self::Day(manner));
                }
                let is_of_months = heading.contains("年月") && !heading.contains("年月日");
                is_of_months.then(|| Self::Day(DayManner::months()))
            }
            FieldKind::Boolean => {
                let pairs = [
                    (&["(√)", "打√", "划√", "填√", "√/空"][..], "√", ""),
                    (&["√/×", "√或×"][..], "√", "×"),
                    (&["1是", "1-是", "1:是", "是1", "1/0", "是填1", "是为1"][..], "1", "0"),
                    (&["有/无", "有无", "(有"][..], "有", "无"),
                ];
                let said = pairs.iter().find(|(signs, ..)| signs.iter().any(|sign| heading.contains(sign)));
                said.map(|(_, yes, no)| {
                    let no = if *no == "0" && heading.contains("2否") { "2" } else { no };
                    Self::Words((*yes).to_owned(), no.to_owned())
                })
            }
            FieldKind::Gender => {
                let is_coded =
                    ["1男", "男1", "1-男", "1:男", "男为1", "1.男"].iter().any(|sign| heading.contains(sign));
                is_coded.then_some(Self::Format("code"))
            }
            FieldKind::Code => {
                let is_coded = heading.contains("代码") || heading.contains("编码");
                is_coded.then_some(Self::Coded("code"))
            }
            FieldKind::Money => {
                let is_ten_thousand =
                    heading.contains("万元") || hints.is_in_ten_thousands && !heading.contains("(元");
                is_ten_thousand.then_some(Self::TenThousand)
            }
            FieldKind::IdNumber => {
                let ends = [("后六位", "tail6"), ("后6位", "tail6"), ("后四位", "tail4"), ("后4位", "tail4")];
                ends.iter().find(|(sign, _)| heading.contains(sign)).map(|(_, format)| Self::Format(format))
            }
            _ => None,
        }
    }

    /// A canonical value as the form wants it.
    ///
    /// # Errors
    /// Why it cannot be written, a Chinese clause.
    pub fn write(&self, field: &FieldDef, value: &str, codes: &CodeTables) -> Result<Written, String> {
        match self {
            Self::Plain => Ok(text(value)),
            Self::Number => Ok(number(value)),
            Self::Day(manner) => Ok(match PartialDate::from_canonical(value) {
                Some(date) => manner.write(date),
                None => text(value),
            }),
            Self::Serial => Ok(serial(value).unwrap_or_else(|| text(value))),
            Self::Format(format) => Ok(text(&reading::output(field, value, format))),
            Self::Words(yes, no) => match boolean::parse(value) {
                Some(true) => Ok(text(yes)),
                Some(false) => Ok(text(no)),
                None => Err("不是“是”或“否”".to_owned()),
            },
            Self::Coded(how) => {
                let table = field.codes.as_deref().unwrap_or_default();
                let item = codes.find(table, value).ok_or_else(|| "没有对应的代码".to_owned())?;
                Ok(text(if *how == "code" { &item.code } else { item.short() }))
            }
            Self::Behind(words) => {
                let is_bare = value.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
                Ok(text(&if is_bare { format!("{value}{words}") } else { value.to_owned() }))
            }
            Self::TenThousand => money::in_ten_thousands(value)
                .map(|value| number(&value))
                .ok_or_else(|| "不是金额".to_owned()),
            Self::Listed(list) => {
                let found = in_list(field, value, list, codes);
                found.map(|word| text(word)).ok_or_else(|| format!("下拉选项里没有“{value}”"))
            }
        }
    }

    /// The manner in words, for the clerk.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Plain => "照实填写".to_owned(),
            Self::Number => "填数字".to_owned(),
            Self::Day(manner) => format!("日期写成 {}", manner.example()),
            Self::Serial => "按表格里的日期格式".to_owned(),
            Self::Format("code") => "填代码".to_owned(),
            Self::Format("tail6" | "tail4") => "只填后几位".to_owned(),
            Self::Format("masked" | "masked_ends") => "号码遮住一部分".to_owned(),
            Self::Format("spaced") => "号码分段写".to_owned(),
            Self::Format(_) => "只写楼号室号".to_owned(),
            Self::Words(yes, no) if no.is_empty() => format!("是填“{yes}”，否则空着"),
            Self::Words(yes, no) => format!("填“{yes}”或“{no}”"),
            Self::Coded("code") => "填代码".to_owned(),
            Self::Coded(_) => "填简称".to_owned(),
            Self::Behind(words) => format!("后面带“{words}”"),
            Self::TenThousand => "换算成万元".to_owned(),
            Self::Listed(list) => {
                let first: Vec<&str> = list.iter().take(4).map(String::as_str).collect();
                format!("下拉：{}{}", first.join("、"), if list.len() > 4 { "…" } else { "" })
            }
        }
    }
}

fn text(value: &str) -> Written {
    Written { value: Value::Text(value.to_owned()), shown: value.to_owned() }
}

/// A number where the text is one; noughts in front make it a text.
fn number(value: &str) -> Written {
    let is_plain = value.parse::<f64>().is_ok_and(f64::is_finite)
        && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        && !(value.len() > 1 && value.starts_with('0') && !value.starts_with("0."))
        && value.len() <= 15;
    if is_plain {
        Written { value: Value::Number(value.to_owned()), shown: value.to_owned() }
    } else {
        text(value)
    }
}

/// A whole day as the number a spreadsheet keeps (days since 1899-12-30).
fn serial(value: &str) -> Option<Written> {
    let PartialDate::Day(day) = PartialDate::from_canonical(value)? else { return None };
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    // Before March 1900 the counting of spreadsheets is off by the day that never was.
    let days = (day - zero).num_days();
    (days > 60).then(|| Written { value: Value::Number(days.to_string()), shown: day.to_string() })
}

/// Whether a number format shows days: letters of days outside of quotes and brackets.
fn is_day_format(format: &str) -> bool {
    let mut is_quoted = false;
    let mut bare = String::new();
    for c in format.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            _ if !is_quoted => bare.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    let bare = bare.split(']').next_back().unwrap_or_default().to_owned();
    bare.contains('y') || bare.contains('m') && bare.contains('d')
}

/// Which format of a number has the same pattern of digits, stars and blanks as an example.
fn masked_like(field: &FieldDef, example: &str) -> Option<Manner> {
    let pattern = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() && c != 'x' { '9' } else { c }).collect()
    };
    let wanted = pattern(&example.replace(['X', 'x'], "*"));
    let probe = match field.kind {
        FieldKind::IdNumber => "990102196003050012",
        FieldKind::Phone => "16000000000",
        _ => return None,
    };
    let formats = field.kind.formats().iter().filter(|format| **format != "plain");
    let found = formats.copied().find(|format| {
        let shown = reading::output(field, probe, format);
        shown != probe && pattern(&shown) == wanted
    });
    found.map(Manner::Format)
}

fn words_like(example: &str) -> Option<Manner> {
    let pairs = [("是", "否"), ("√", ""), ("✓", ""), ("有", "无"), ("1", "0"), ("Y", "N")];
    let found = pairs.iter().find(|(yes, no)| *yes == example || *no == example && !no.is_empty())?;
    Some(Manner::Words(found.0.to_owned(), found.1.to_owned()))
}

fn coded_like(field: &FieldDef, example: &str) -> Option<Manner> {
    let table = field.codes.as_deref()?;
    let item = CodeTables::shipped().find(table, example)?;
    match () {
        () if item.title == example => None,
        () if item.code == example => Some(Manner::Coded("code")),
        () if item.short() == example => Some(Manner::Coded("short")),
        () => None,
    }
}

/// The entry of a list that says a value, whatever stands in front of it (1.男, 01汉族).
fn in_list<'l>(field: &FieldDef, value: &str, list: &'l [String], codes: &CodeTables) -> Option<&'l String> {
    let bare = |word: &str| {
        let word = tidy(word);
        word.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | '-' | '、' | '_' | ':' | ')')
        })
        .to_owned()
    };
    let wanted = tidy(value);
    if let Some(same) = list.iter().find(|word| tidy(word) == wanted) {
        return Some(same);
    }
    let is_it = |word: &&String| {
        let stripped = bare(word);
        if !stripped.is_empty() && stripped == wanted {
            return true;
        }
        says(field, &tidy(word), value, codes)
            || (!stripped.is_empty() && says(field, &stripped, value, codes))
    };
    let mut fitting = list.iter().filter(is_it);
    // Two entries that may both be meant are one too many.
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Whether a word of a form says a canonical value.
pub(super) fn says(field: &FieldDef, word: &str, value: &str, codes: &CodeTables) -> bool {
    match field.kind {
        FieldKind::Gender => Gender::parse(word).is_some_and(|gender| gender.title() == value),
        FieldKind::Boolean => boolean::parse(word).is_some_and(|yes| boolean::title(yes) == value),
        FieldKind::Code => {
            let table = field.codes.as_deref().unwrap_or_default();
            let (said, meant) = (codes.find(table, word), codes.find(table, value));
            said.zip(meant).is_some_and(|(said, meant)| said == meant)
        }
        FieldKind::Date | FieldKind::Month | FieldKind::Year => {
            let today = NaiveDate::from_ymd_opt(2100, 1, 1).unwrap_or_default();
            date::parse(word, today)
                .is_some_and(|date| date.to_string() == value && date.year() < today.year())
        }
        FieldKind::Building | FieldKind::Unit | FieldKind::Room => {
            let read = reading::read(field, Raw::Text(word), codes, NaiveDate::default());
            read.value.as_deref() == Some(value)
        }
        _ => word == tidy(value),
    }
}

#[cfg(test)]
mod tests;
