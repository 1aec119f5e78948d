//! Address labels (地址标签): one for each household, or for everybody of a ledger.

use super::as_of::AsOf;
use super::frame::Frame;
use super::slips::{self, Template, Words};
use super::{Report, ReportGroup, ReportKind, ReportPeriod, ReportRequest};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::paper::document::{Block, Footer, Orientation};
use crate::resident::Person;

/// The kind.
pub const KIND: ReportKind = ReportKind {
    id: "labels",
    title: "地址标签",
    group: ReportGroup::Slips,
    says: "不干胶地址标签，一户一个；选了台账就一人一个，按走楼的顺序排。",
    needs_ledger: false,
    period: ReportPeriod::AsOf,
    options: &["where", "per_sheet"],
    make,
    people: None,
};

/// The sheets and lines of labels.
///
/// # Errors
/// [`crate::error::Error::Bug`] when the asset is broken.
pub(super) fn template() -> Result<Template> {
    Template::load("labels.toml", include_str!("../../../../../assets/reports/labels.toml"))
}

fn make(office: &Office, request: &ReportRequest) -> Result<Report> {
    let then = AsOf::asked(office, request)?;
    let people = slips::addressees(&then, request)?;
    let known: Vec<Words> = people.iter().filter_map(words).collect();
    if known.is_empty() {
        return Err(Refusal::EmptyReport.into());
    }
    let frame = Frame::new(office, request)?;
    let mut document = frame.plain(KIND.title);
    // The sheet is all labels: nothing may be printed between or below them.
    document.footer = Footer::default();
    document.page.orientation = Orientation::Portrait;
    document.watermark = None;
    document.push(Block::Labels(template()?.slips(request.options.per_sheet, &known)?));
    let mut report = Report::of(document);
    report.missing = slips::homeless(people.len() - known.len(), "not person.living_address");
    Ok(report)
}

/// What comes into the lines; none for somebody whose home nobody knows.
fn words(person: &Person) -> Option<Words> {
    let door = person.door.title();
    let address = person.living_address.clone().filter(|address| !address.is_empty());
    let address = address.or_else(|| (!door.is_empty()).then(|| door.clone()))?;
    Some(Words::from([("address", address), ("door", door), ("name", person.name.clone())]))
}
