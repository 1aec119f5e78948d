//! What labels and slips share: sheets and lines as data, and whom they are for.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::as_of::AsOf;
use super::store::{self, Condition, Crowd};
use super::{ReportLink, ReportMissing, ReportRequest};
use crate::error::{Error, Result};
use crate::paper::document::{Align, Labels, SlipLine, Typeface};
use crate::resident::{self, Person};

/// A kind of slip.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    #[allow(dead_code, reason = "said for readers of the file, and required of it")]
    since: NaiveDate,
    #[allow(dead_code, reason = "said for readers of the file, and required of it")]
    source: String,
    sheet: Vec<Sheet>,
    line: Vec<Line>,
}

/// A sheet of slips; sizes in millimetres.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    count: u16,
    columns: u16,
    rows: u16,
    width: f32,
    height: f32,
    cut_marks: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    text: String,
    face: Typeface,
    size: f32,
    #[serde(default)]
    align: Side,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Side {
    Left,
    #[default]
    Centre,
    Right,
}

/// The words that come into the lines of one slip, by name.
pub(super) type Words = HashMap<&'static str, String>;

impl Template {
    /// Reads a kind of slip; `name` is the file, for developers.
    pub fn load(name: &str, text: &str) -> Result<Self> {
        let template: Self = toml::from_str(text).map_err(|error| Error::Bug(format!("{name}: {error}")))?;
        let is_whole = template.sheet.iter().all(|sheet| sheet.count == sheet.columns * sheet.rows);
        if is_whole { Ok(template) } else { Err(Error::Bug(format!("{name}: a sheet does not add up"))) }
    }

    /// How many may stand on a sheet.
    pub fn counts(&self) -> Vec<u16> {
        self.sheet.iter().map(|sheet| sheet.count).collect()
    }

    /// The slips on sheets of the wanted count, of the first kind when none is wanted.
    ///
    /// # Errors
    /// [`Error::Usage`] when no sheet has that many.
    pub fn slips(&self, per_sheet: Option<u16>, slips: &[Words]) -> Result<Labels> {
        let wanted = per_sheet.or_else(|| self.sheet.first().map(|sheet| sheet.count));
        let sheet = self.sheet.iter().find(|sheet| Some(sheet.count) == wanted);
        let sheet = sheet.ok_or_else(|| Error::Usage(format!("per_sheet: {:?}", self.counts())))?;
        Ok(Labels {
            columns: sheet.columns,
            rows: sheet.rows,
            size: (sheet.width, sheet.height),
            cut_marks: sheet.cut_marks,
            slips: slips.iter().map(|words| self.lines(words)).collect(),
        })
    }

    fn lines(&self, words: &Words) -> Vec<SlipLine> {
        let line = |line: &Line| {
            let fill =
                |text: String, (name, word): (&&str, &String)| text.replace(&format!("{{{name}}}"), word);
            let text = words.iter().fold(line.text.clone(), fill);
            let align = match line.align {
                Side::Left => Align::Left,
                Side::Centre => Align::Centre,
                Side::Right => Align::Right,
            };
            SlipLine { align, ..SlipLine::new(text, line.face, line.size) }
        };
        self.line.iter().map(line).collect()
    }
}

/// Whom slips are for, in walking order: everybody of a ledger, else one of each household.
pub(super) fn addressees(then: &AsOf<'_>, request: &ReportRequest) -> Result<Vec<Person>> {
    if let Some(ledger) = &request.ledger {
        then.office.ledger_kind(ledger)?;
    }
    let filter = request.options.condition().unwrap_or_default();
    let condition = Condition::filter(then.office.catalog(), filter, then.day)?;
    let crowd = Crowd::new(request.ledger.as_deref(), condition);
    let ids = store::in_walking_order(then.connection(), &crowd, request.ledger.is_none())?;
    let mut people: HashMap<i64, Person> =
        resident::load_many(then.connection(), &ids)?.into_iter().map(|person| (person.id, person)).collect();
    Ok(ids.iter().filter_map(|id| people.remove(id)).collect())
}

/// Tells of those who got no slip because nobody knows where they live.
pub(super) fn homeless(count: usize, filter: &str) -> Vec<ReportMissing> {
    if count == 0 {
        return Vec::new();
    }
    vec![ReportMissing {
        text: format!("{count} 人没有登记住处，没有出"),
        count: i64::try_from(count).unwrap_or(i64::MAX),
        link: Some(ReportLink::ledger("resident", filter)),
    }]
}
