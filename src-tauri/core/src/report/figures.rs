//! Figures (指标): what each one counts, said once in `assets/reports/figures.toml` for every report.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::store::{self, Condition, Crowd};
use super::{People, ReportDefinition};
use crate::catalog::Catalog;
use crate::error::{Error, Result};
use crate::report::as_of::AsOf;

const FILE: &str = include_str!("../../../../assets/reports/figures.toml");

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Residents.
    People,
    /// Households with somebody in them.
    Households,
    /// Buildings somebody lives in.
    Buildings,
    /// Rows of a ledger whose day falls into the period.
    Rows,
}

/// The part of a report a figure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// The whole population.
    Population,
    /// What is not known of some.
    Gap,
    /// Groups that need care.
    Group,
    /// What was done in a period.
    Work,
}

/// A figure and its one definition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureDef {
    /// Id.
    pub id: String,
    /// Where it belongs.
    pub section: Section,
    /// Name.
    pub title: String,
    /// What it is counted in; 人, 户 or 栋 when not said.
    #[serde(default)]
    unit: String,
    /// One sentence of what is counted.
    pub says: String,
    /// What is counted.
    pub counts: Counts,
    /// Condition in the filter language; empty is all.
    #[serde(default, rename = "where")]
    pub filter: String,
    /// Ledger of rows.
    #[serde(default)]
    pub ledger: String,
    /// Field of a row with the day that must fall into the period.
    #[serde(default)]
    pub on: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code, reason = "said for readers of the file, and required of it")]
    since: NaiveDate,
    #[allow(dead_code, reason = "said for readers of the file, and required of it")]
    source: String,
    figure: Vec<FigureDef>,
}

impl FigureDef {
    /// What it is counted in.
    #[must_use]
    pub fn unit(&self) -> &str {
        match self.counts {
            _ if !self.unit.is_empty() => &self.unit,
            Counts::People => "人",
            Counts::Households => "户",
            Counts::Buildings => "栋",
            Counts::Rows => "条",
        }
    }

    /// Its name with what is counted.
    #[must_use]
    pub fn definition(&self) -> ReportDefinition {
        ReportDefinition { name: self.title.clone(), says: self.says.clone() }
    }

    /// The condition its people meet.
    ///
    /// # Errors
    /// [`Error::Bug`] when the asset names an unknown word.
    pub fn condition(&self, catalog: &Catalog, day: NaiveDate) -> Result<Condition> {
        Condition::filter(catalog, &self.filter, day)
            .map_err(|error| Error::Bug(format!("figures.toml: {}: {error}", self.id)))
    }
}

/// All figures, in the order of the file.
///
/// # Errors
/// [`Error::Bug`] when the asset is broken.
pub fn all() -> Result<&'static [FigureDef]> {
    static ALL: OnceLock<std::result::Result<Vec<FigureDef>, String>> = OnceLock::new();
    let read = || toml::from_str::<File>(FILE).map(|file| file.figure).map_err(|error| error.to_string());
    match ALL.get_or_init(read) {
        Ok(figures) => Ok(figures),
        Err(error) => Err(Error::Bug(format!("figures.toml: {error}"))),
    }
}

/// The figures of a section.
///
/// # Errors
/// As [`all`].
pub fn of(section: Section) -> Result<Vec<&'static FigureDef>> {
    Ok(all()?.iter().filter(|figure| figure.section == section).collect())
}

/// The figure of that id.
///
/// # Errors
/// [`Error::Bug`] when there is none.
pub fn find(id: &str) -> Result<&'static FigureDef> {
    let found = all()?.iter().find(|figure| figure.id == id);
    found.ok_or_else(|| Error::Bug(format!("figures.toml has no {id}")))
}

/// First and last day of the period that rows are counted in.
pub type Days = (NaiveDate, NaiveDate);

/// Counts figures, in their order. A figure of rows is none when its ledger was never used: that
/// nothing was written down does not mean that nothing was done.
///
/// # Errors
/// A definition is broken, or reading fails.
pub fn count(then: &AsOf<'_>, crowd: &Crowd, days: Days, figures: &[&FigureDef]) -> Result<Vec<Option<i64>>> {
    let catalog = then.office.catalog();
    let people = figures.iter().filter(|figure| figure.counts == Counts::People);
    let conditions = people.map(|figure| figure.condition(catalog, then.day)).collect::<Result<Vec<_>>>()?;
    let mut people = store::count_people(then.connection(), crowd, &conditions)?.into_iter();
    let mut counted = Vec::with_capacity(figures.len());
    for figure in figures {
        counted.push(match figure.counts {
            Counts::People => people.next(),
            Counts::Households => Some(store::count_households(then.connection(), crowd)?),
            Counts::Buildings => Some(store::count_buildings(then.connection(), crowd)?),
            Counts::Rows => rows(then, figure, days)?,
        });
    }
    Ok(counted)
}

fn rows(then: &AsOf<'_>, figure: &FigureDef, days: Days) -> Result<Option<i64>> {
    let condition = figure.condition(then.office.catalog(), then.day)?;
    store::count_rows(then.connection(), (&figure.ledger, &figure.on), days, &condition)
}

/// The people, households, buildings or rows behind a figure.
///
/// # Errors
/// A definition is broken, or reading fails.
pub fn people(then: &AsOf<'_>, crowd: &Crowd, days: Days, figure: &FigureDef) -> Result<People> {
    let connection = then.connection();
    let condition = figure.condition(then.office.catalog(), then.day)?;
    let found = match figure.counts {
        Counts::People => store::people(connection, crowd, &condition, then.day)?,
        Counts::Households => store::people(connection, crowd, &store::heads(crowd), then.day)?,
        Counts::Buildings => store::buildings(connection, crowd)?,
        Counts::Rows => store::rows(connection, (&figure.ledger, &figure.on), days, &condition)?,
    };
    Ok(People { title: figure.title.clone(), ..found })
}
