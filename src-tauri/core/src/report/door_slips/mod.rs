//! Slips left at the door (入户通知小条): one for each door, without a name, because they hang outside.

use super::as_of::AsOf;
use super::frame::Frame;
use super::slips::{self, Template, Words};
use super::{Report, ReportGroup, ReportKind, ReportPeriod, ReportRequest};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::paper::document::{Block, Footer, Orientation};
use crate::place::Door;

/// The kind.
pub const KIND: ReportKind = ReportKind {
    id: "door_slips",
    title: "入户通知小条",
    group: ReportGroup::Slips,
    says: "上门没遇到人时留的小条，一户一张，只写门牌不写姓名，按走楼的顺序排。",
    needs_ledger: false,
    period: ReportPeriod::AsOf,
    options: &["where", "per_sheet"],
    make,
    people: None,
};

/// The sheets and lines of slips.
///
/// # Errors
/// [`crate::error::Error::Bug`] when the asset is broken.
pub(super) fn template() -> Result<Template> {
    Template::load("door_slips.toml", include_str!("../../../../../assets/reports/door_slips.toml"))
}

fn make(office: &Office, request: &ReportRequest) -> Result<Report> {
    let then = AsOf::asked(office, request)?;
    let people = slips::addressees(&then, request)?;
    let frame = Frame::new(office, request)?;
    let mut doors: Vec<Door> = people.iter().map(|person| person.door.clone()).collect();
    doors.retain(|door| !door.building.is_empty());
    let homeless = people.len() - doors.len();
    // Two of one ledger may live behind the same door; walking order puts them next to each other.
    doors.dedup();
    if doors.is_empty() {
        return Err(Refusal::EmptyReport.into());
    }
    let words = |door: &Door| {
        Words::from([
            ("door", door.title()),
            ("unit", frame.committee.full_name()),
            ("phone", frame.committee.phone.clone()),
        ])
    };
    let slips: Vec<Words> = doors.iter().map(words).collect();
    let mut document = frame.plain(KIND.title);
    document.footer = Footer::default();
    document.page.orientation = Orientation::Portrait;
    document.watermark = None;
    document.push(Block::Labels(template()?.slips(request.options.per_sheet, &slips)?));
    let mut report = Report::of(document);
    report.missing = slips::homeless(homeless, "not place.building");
    Ok(report)
}
