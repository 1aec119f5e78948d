//! The words by which forms say what they want, read once from `assets/fill/words.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::import::shape::words::tidy;

/// All words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormWords {
    /// Labels of the lines around a table.
    pub line: Vec<LineWords>,
    signed: Several,
    sample: Names,
    /// Whom titles speak of.
    pub whom: Vec<WhomWords>,
    scope: Several,
    /// In which order people stand.
    pub order: Vec<OrderWords>,
    /// What tables of figures count.
    pub count: CountWords,
    steady: Fields,
}

/// What the office writes on a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Own {
    /// The committee's full name.
    Committee,
    /// The subdistrict.
    Subdistrict,
    /// Who fills in.
    Filler,
    /// The director.
    Director,
    /// The office's phone.
    Phone,
    /// The day.
    Day,
}

/// Labels that ask for one thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineWords {
    labels: Vec<String>,
    write: Own,
}

/// Words that name people, and how they are found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhomWords {
    /// The words.
    pub says: Vec<String>,
    /// Ledger that lists them.
    #[serde(default)]
    pub ledger: Option<String>,
    /// Condition in the filter language.
    #[serde(rename = "where")]
    pub condition: String,
    /// It only says an age, which a number of years overrules.
    #[serde(default)]
    pub age: bool,
}

/// Words that name an order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderWords {
    says: Vec<String>,
    order: super::whom::Order,
}

/// What columns of figures count.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountWords {
    /// People.
    pub people: Vec<String>,
    /// Households.
    pub households: Vec<String>,
    /// Men among them.
    pub men: Vec<String>,
    /// Women among them.
    pub women: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Several {
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    names: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    fields: Vec<String>,
}

const FILE: &str = include_str!("../../../../assets/fill/words.toml");

impl FormWords {
    /// The words that ship with the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static WORDS: LazyLock<FormWords> = LazyLock::new(|| toml::from_str(FILE).unwrap_or_default());
        &WORDS
    }

    /// What a tidied label in front of a blank asks of the office.
    #[must_use]
    pub fn own(&self, label: &str) -> Option<Own> {
        if self.is_signed(label) {
            return None;
        }
        let bare = label.split('(').next().unwrap_or(label);
        let is_it = |line: &&LineWords| line.labels.iter().any(|known| known == label || known == bare);
        self.line.iter().find(is_it).map(|line| line.write)
    }

    /// Whether somebody signs there by hand.
    #[must_use]
    pub fn is_signed(&self, text: &str) -> bool {
        self.signed.words.iter().any(|word| text.contains(word.as_str()))
    }

    /// Whether a name is one that only samples carry.
    #[must_use]
    pub fn is_sample_name(&self, name: &str) -> bool {
        let name = tidy(name);
        let bare = name.split(['(', '（']).next().unwrap_or(&name);
        self.sample.names.iter().any(|known| tidy(known) == bare)
            || name.contains("示例")
            || name.contains("(例")
    }

    /// Whether a note says whom the form is about.
    #[must_use]
    pub fn is_scope(&self, note: &str) -> bool {
        self.scope.words.iter().any(|word| note.contains(word.as_str()))
    }

    /// The order a text asks for.
    #[must_use]
    pub fn order_in(&self, text: &str) -> Option<super::whom::Order> {
        let says = |words: &&OrderWords| words.says.iter().any(|word| text.contains(word.as_str()));
        self.order.iter().find(says).map(|words| words.order)
    }

    /// Whether a field's values do not grow old.
    #[must_use]
    pub fn is_steady(&self, field: &str) -> bool {
        self.steady.fields.iter().any(|known| known == field)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;
    use crate::catalog::Catalog;
    use crate::ledger::Filter;

    #[test]
    fn the_words_bind_to_fields_and_ledgers() {
        let words: FormWords = toml::from_str(FILE).unwrap();
        let catalog = Catalog::load().unwrap();
        for whom in &words.whom {
            Filter::parse(&whom.condition, &catalog.dictionary).unwrap();
            assert!(whom.ledger.iter().all(|ledger| catalog.ledger(ledger).is_some()), "{:?}", whom.ledger);
        }
        for field in &words.steady.fields {
            assert!(catalog.dictionary.get(field).is_some(), "{field}");
        }
        assert_eq!(words.own("填报单位(盖章)"), Some(Own::Committee));
        assert_eq!(words.own("负责人(签字)"), None, "somebody signs there");
        assert!(words.is_sample_name("张三（示例）") && !words.is_sample_name("张三丰"));
    }
}
