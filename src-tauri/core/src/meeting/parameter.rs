//! Parameters of rules (规则参数): dated numbers with their basis, the only place where numbers stand.
//! A parameter the office set itself wins over the shipped one.
//!
//! Deliberately absent: which rule asks for which.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kind::yes;

/// A parameter as a file says it, for a span of days.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ParameterEntry {
    /// Id within the kind.
    pub id: String,
    /// Title.
    pub title: String,
    /// The number, share, word or yes; empty when it is not known.
    pub value: Option<toml::Value>,
    /// Unit.
    pub unit: Unit,
    /// law, local or own.
    pub level: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Where it comes from.
    pub basis: Vec<Basis>,
    /// Whether somebody compared it with its basis.
    #[serde(default = "yes")]
    pub checked: bool,
    /// Note.
    pub note: String,
    /// What to offer the clerk when it is not known.
    pub suggest: String,
}

/// Where a number comes from.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct Basis {
    /// Law or practice.
    pub law: String,
    /// Article.
    pub article: String,
    /// Version.
    pub version: String,
    /// Whether somebody compared it.
    #[serde(default = "yes")]
    pub checked: bool,
    /// Note.
    pub note: String,
}

/// Unit of a parameter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Calendar days.
    Day,
    /// Working days.
    Workday,
    /// Months.
    Month,
    /// People.
    Person,
    /// A share of something.
    Share,
    /// Percent.
    Percent,
    /// Points.
    Point,
    /// A plain number.
    #[default]
    Count,
    /// Yes or no.
    Yes,
    /// A word.
    Word,
}

/// An exact fraction; whole numbers have the denominator 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Numerator.
    pub n: i64,
    /// Denominator, above zero.
    pub d: i64,
}

/// What a parameter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Not known: the office must look it up.
    Unknown,
    /// A number or share.
    Number(Ratio),
    /// Yes or no.
    Yes(bool),
    /// A word.
    Word(String),
}

/// A parameter in force.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Rule code, `<kind>.<id>`.
    pub code: String,
    /// The file's words.
    pub entry: ParameterEntry,
    /// What it says.
    pub amount: Amount,
    /// Whether the office set it itself.
    pub is_local: bool,
}

/// The parameters in force on a day, by id.
#[derive(Debug, Clone, Default)]
pub struct Parameters(BTreeMap<String, Parameter>);

impl Ratio {
    /// Reads `2/3` or `9` or `0.5`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((n, d)) = text.split_once('/') {
            let (n, d) = (n.trim().parse().ok()?, d.trim().parse().ok()?);
            return (d > 0).then_some(Self { n, d });
        }
        let Some((whole, part)) = text.split_once('.') else {
            return text.parse().ok().map(|n| Self { n, d: 1 });
        };
        let d = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
        let (whole, part): (i64, i64) = (whole.parse().ok()?, part.parse().ok()?);
        Some(Self { n: whole.checked_mul(d)?.checked_add(part)?, d })
    }

    /// Whether `part` of `whole` is the share or more; nothing of nothing never is.
    #[must_use]
    pub fn is_reached(self, part: i64, whole: i64) -> bool {
        whole > 0 && part * self.d >= self.n * whole
    }

    /// Whether `part` of `whole` is more than the share.
    #[must_use]
    pub fn is_passed(self, part: i64, whole: i64) -> bool {
        whole > 0 && part * self.d > self.n * whole
    }

    /// The fewest of `whole` that reach (`strictly`: pass) the share.
    #[must_use]
    pub const fn fewest(self, whole: i64, strictly: bool) -> i64 {
        let share = self.n * whole;
        if strictly { share.div_euclid(self.d) + 1 } else { (share + self.d - 1).div_euclid(self.d) }
    }

    /// The sum, in lowest terms.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        let (n, d) = (self.n * other.d + other.n * self.d, self.d * other.d);
        let (mut a, mut b) = (n.abs(), d);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        if a == 0 { Self { n: 0, d: 1 } } else { Self { n: n / a, d: d / a } }
    }

    /// The share in words, such as 三分之二.
    #[must_use]
    pub fn said(self) -> String {
        if self.d == 1 { self.n.to_string() } else { format!("{}分之{}", counted(self.d), counted(self.n)) }
    }
}

/// A small number in Chinese characters.
fn counted(number: i64) -> String {
    const DIGITS: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let digit = usize::try_from(number).ok().and_then(|at| DIGITS.get(at));
    digit.map_or_else(|| number.to_string(), |digit| (*digit).to_owned())
}

impl Parameter {
    /// The number or share.
    #[must_use]
    pub const fn ratio(&self) -> Option<Ratio> {
        match &self.amount {
            Amount::Number(ratio) => Some(*ratio),
            _ => None,
        }
    }

    /// The whole number.
    #[must_use]
    pub const fn whole(&self) -> Option<i64> {
        match &self.amount {
            Amount::Number(Ratio { n, d: 1 }) => Some(*n),
            _ => None,
        }
    }

    /// The value as kept: `2/3`, `10`, `yes`.
    #[must_use]
    pub fn written(&self) -> String {
        match &self.amount {
            Amount::Unknown => String::new(),
            Amount::Number(Ratio { n, d: 1 }) => n.to_string(),
            Amount::Number(Ratio { n, d }) => format!("{n}/{d}"),
            Amount::Yes(yes) => if *yes { "是" } else { "否" }.to_owned(),
            Amount::Word(word) => word.clone(),
        }
    }

    /// The value with its unit as printed, such as 15个工作日 or 三分之二.
    #[must_use]
    pub fn said(&self) -> String {
        let number = match &self.amount {
            Amount::Number(ratio) if self.entry.unit == Unit::Share => return ratio.said(),
            Amount::Unknown => return "未定".to_owned(),
            _ => self.written(),
        };
        let unit = match self.entry.unit {
            Unit::Day => "天",
            Unit::Workday => "个工作日",
            Unit::Month => "个月",
            Unit::Person => "人",
            Unit::Percent => "%",
            Unit::Point => "分",
            Unit::Share | Unit::Count | Unit::Yes | Unit::Word => "",
        };
        format!("{number}{unit}")
    }
}

/// Reads what a file or the clerk wrote.
#[must_use]
pub fn amount(value: Option<&toml::Value>, unit: Unit) -> Amount {
    let text = match value {
        None => return Amount::Unknown,
        Some(toml::Value::Boolean(yes)) => return Amount::Yes(*yes),
        Some(toml::Value::String(text)) => text.trim().to_owned(),
        Some(other) => other.to_string(),
    };
    match unit {
        _ if text.is_empty() => Amount::Unknown,
        Unit::Word => Amount::Word(text),
        Unit::Yes => match text.as_str() {
            "true" | "是" => Amount::Yes(true),
            "false" | "否" => Amount::Yes(false),
            _ => Amount::Unknown,
        },
        _ => Ratio::parse(&text).map_or(Amount::Unknown, Amount::Number),
    }
}

impl Parameters {
    /// The parameters of a kind that hold on a day, with what the office set itself.
    #[must_use]
    pub fn on(
        kind: &str,
        entries: &[ParameterEntry],
        local: &BTreeMap<String, String>,
        day: NaiveDate,
    ) -> Self {
        let day = day.to_string();
        let holds = |entry: &&ParameterEntry| {
            (entry.from.is_empty() || entry.from <= day) && (entry.until.is_empty() || day <= entry.until)
        };
        let mut found = BTreeMap::new();
        for entry in entries.iter().filter(holds) {
            let code = format!("{kind}.{}", entry.id);
            let own = local.get(&code).map(|text| toml::Value::String(text.clone()));
            let is_local = own.is_some();
            let amount = amount(own.as_ref().or(entry.value.as_ref()), entry.unit);
            let parameter = Parameter { code, entry: entry.clone(), amount, is_local };
            found.insert(entry.id.clone(), parameter);
        }
        Self(found)
    }

    /// The parameter of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Parameter> {
        self.0.get(id)
    }

    /// The number or share of that id, when it is known.
    #[must_use]
    pub fn ratio(&self, id: &str) -> Option<Ratio> {
        self.get(id).and_then(Parameter::ratio)
    }

    /// The whole number of that id, when it is known.
    #[must_use]
    pub fn whole(&self, id: &str) -> Option<i64> {
        self.get(id).and_then(Parameter::whole)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Parameter> {
        self.0.values()
    }
}
