//! The small filter language of the command line and the filter bar, for example
//! `age>=80 and living_alone` or `ledger:elderly and not (gender=男)`.
//!
//! Words are dictionary field ids and the short words of `assets/filter.toml`; an unknown word is an
//! error that lists the known ones. Here text becomes an [`Expression`] and SQL over the tables of
//! [`super::store::Selection`]; values travel as parameters, never inside the SQL.

use chrono::{Datelike, NaiveDate};
use rusqlite::types::Value;
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::dictionary::Dictionary;
use crate::error::{Refusal, Result};
use crate::resident::{Home, home_of};

mod parse;

/// A parsed filter, ready to become SQL.
#[derive(Debug, Clone)]
pub struct Filter(Expression);

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Expression {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    /// The fact is known and not negative.
    Known(String),
    Compare {
        word: String,
        operator: &'static str,
        value: String,
    },
    In {
        word: String,
        values: Vec<String>,
    },
    Ledger(String),
}

/// A short word: a field, and the values that make it true.
#[derive(Debug, Clone, Deserialize)]
struct ShortWord {
    field: String,
    #[serde(default)]
    values: Vec<String>,
}

/// Where SQL and its values are gathered.
struct Sql<'a> {
    today: NaiveDate,
    short: &'a BTreeMap<String, ShortWord>,
    values: Vec<Value>,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// [`Refusal::Filter`] names the part that is not understood and the words that are known.
    pub fn parse(text: &str, dictionary: &Dictionary) -> Result<Self> {
        let short = short_words();
        let expression = parse::expression(text).map_err(|word| refusal(&word, &short))?;
        check(&expression, dictionary, &short)?;
        Ok(Self(expression))
    }

    /// The filter as an SQL condition with `?` for its values, in order.
    #[must_use]
    pub fn sql(&self, today: NaiveDate) -> (String, Vec<Value>) {
        let short = short_words();
        let mut sql = Sql { today, short: &short, values: Vec::new() };
        let condition = sql.condition(&self.0);
        (condition, sql.values)
    }
}

fn short_words() -> BTreeMap<String, ShortWord> {
    toml::from_str(include_str!("../../../../assets/filter.toml")).unwrap_or_default()
}

fn refusal(word: &str, short: &BTreeMap<String, ShortWord>) -> Refusal {
    let known: Vec<&str> = short.keys().map(String::as_str).chain(["ledger:台账"]).collect();
    Refusal::Filter { word: word.to_owned(), known: known.join("、") }
}

fn check(
    expression: &Expression,
    dictionary: &Dictionary,
    short: &BTreeMap<String, ShortWord>,
) -> Result<()> {
    match expression {
        Expression::And(left, right) | Expression::Or(left, right) => {
            check(left, dictionary, short)?;
            check(right, dictionary, short)
        }
        Expression::Not(inner) => check(inner, dictionary, short),
        Expression::Ledger(_) => Ok(()),
        Expression::Known(word) | Expression::Compare { word, .. } | Expression::In { word, .. } => {
            let is_known =
                short.contains_key(word) || dictionary.get(word).is_some() || word.starts_with("row.");
            if is_known { Ok(()) } else { Err(refusal(word, short).into()) }
        }
    }
}

impl Sql<'_> {
    fn condition(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::And(left, right) => {
                format!("({} and {})", self.condition(left), self.condition(right))
            }
            Expression::Or(left, right) => format!("({} or {})", self.condition(left), self.condition(right)),
            Expression::Not(inner) => format!("not coalesce({}, 0)", self.condition(inner)),
            Expression::Known(word) => self.known(word),
            Expression::Compare { word, operator, value } => self.compare(word, operator, value),
            Expression::In { word, values } => self.any_of(word, values, "in"),
            Expression::Ledger(ledger) => {
                self.values.push(Value::Text(ledger.clone()));
                "exists (select 1 from record as l where l.subject = m.subject and l.ledger = ?)".to_owned()
            }
        }
    }

    fn known(&mut self, word: &str) -> String {
        let values = self.short.get(word).map(|short| short.values.clone()).unwrap_or_default();
        if values.is_empty() {
            let value = self.value_of(word);
            format!("coalesce({value}, '') not in ('', '否', '无')")
        } else {
            self.any_of(word, &values, "in")
        }
    }

    fn compare(&mut self, word: &str, operator: &'static str, value: &str) -> String {
        let left = self.value_of(word);
        if let Ok(number) = value.parse::<f64>()
            && matches!(operator, "<" | "<=" | ">" | ">=")
        {
            self.values.push(Value::Real(number));
            return format!("cast({left} as real) {operator} ?");
        }
        self.values.push(Value::Text(value.to_owned()));
        if operator == "!=" {
            format!("{left} is not ?")
        } else {
            format!("cast({left} as text) {operator} ?")
        }
    }

    fn any_of(&mut self, word: &str, values: &[String], operator: &str) -> String {
        let left = self.value_of(word);
        self.values.extend(values.iter().map(|value| Value::Text(value.clone())));
        let marks = vec!["?"; values.len()].join(", ");
        format!("cast({left} as text) {operator} ({marks})")
    }

    /// SQL for the value a word means; field ids are checked words, so they may stand in the SQL.
    fn value_of(&mut self, word: &str) -> String {
        let field = self.short.get(word).map_or(word, |short| short.field.as_str()).to_owned();
        value_sql(&field, self.today)
    }
}

/// SQL for the value of a field, over the tables of [`super::store::Selection`].
pub(super) fn value_sql(field: &str, today: NaiveDate) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_');
    let safe: String = field.chars().filter(|c| is_safe(*c)).collect();
    if safe.starts_with("row.") {
        return own_sql(&safe);
    }
    match home_of(&safe) {
        Home::Column(column) => format!("r.{column}"),
        Home::Building => "p.building".to_owned(),
        Home::Unit => "p.unit".to_owned(),
        Home::Room => "p.room".to_owned(),
        Home::HouseholdNumber => "(select number from household where id = r.household)".to_owned(),
        Home::Age => age_sql(today),
        Home::Fact => format!(
            "coalesce((select value from fact where subject = m.subject and field = '{safe}'), {})",
            own_sql(&safe)
        ),
    }
}

fn own_sql(field: &str) -> String {
    format!("json_extract(m.body, '$.\"{field}\"')")
}

/// Full years on a day; a birth known to the month counts from its first day.
fn age_sql(today: NaiveDate) -> String {
    let day = today.year() * 10_000 + today.month() as i32 * 100 + today.day() as i32;
    format!("(({day} - cast(substr(replace(r.birth_on, '-', '') || '0101', 1, 8) as integer)) / 10000)")
}
