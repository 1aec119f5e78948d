//! What every report has around its content: title, unit and days, who signs, the line at the edge.

use chrono::NaiveDate;

use super::as_of::day_title;
use super::{PaperStyle, ReportRequest};
use crate::committee::{self, Committee};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper::Document;
use crate::paper::document::{Block, Foot, FootPages, Footer, Line, PageSetup, SignPlace, Watermark};

/// Length of a line to sign on, in millimetres.
pub(super) const SIGN_LINE: f32 = 34.0;
/// Empty height above signatures that follow the text, in millimetres.
pub(super) const GAP: f32 = 4.0;
/// What stands at the lower edge of a report with residents in it.
pub(super) const INTERNAL: &str = "内部资料，含个人信息，请妥善保管";

/// A report being put together.
pub(super) struct Frame<'r> {
    office: &'r Office,
    request: &'r ReportRequest,
    /// The committee as printed.
    pub committee: Committee,
}

impl<'r> Frame<'r> {
    /// The frame of a report of this office.
    pub fn new(office: &'r Office, request: &'r ReportRequest) -> Result<Self> {
        let committee = committee::find(office.connection())?.ok_or(Error::Refused(Refusal::NotStarted))?;
        Ok(Self { office, request, committee })
    }

    /// An empty document with sheet, author and moment; `days` is the middle of the line under the
    /// title, such as 截至2026年11月21日.
    pub fn document(&self, title: &str, days: &str) -> Document {
        let mut document = self.plain(title);
        document.blocks = vec![
            Block::Heading { level: 0, text: title.to_owned() },
            Block::Line(Line {
                left: self.unit(),
                centre: days.to_owned(),
                right: format!("{}：{}", self.date_word(), day_title(self.today())),
            }),
        ];
        document
    }

    /// The same without anything printed yet.
    pub fn plain(&self, title: &str) -> Document {
        let mut document = self.dressed(Document::new(title));
        let options = &self.request.options;
        document.page =
            PageSetup { paper: options.sheet(), orientation: options.turned(), ..PageSetup::default() };
        document
    }

    /// A document with author and moment, and the words across it that the clerk wants.
    pub fn dressed(&self, mut document: Document) -> Document {
        let now = self.office.clock().now();
        document.author = self.committee.full_name();
        document.created_at = Some(now);
        let options = &self.request.options;
        let (draft, named) = (options.draft == Some(true), options.watermark == Some(true));
        let line = format!("{} {} 打印", self.office.clerk(), now.format("%Y-%m-%d %H:%M"));
        document.watermark = (draft || named).then(|| Watermark {
            text: if draft { "草　稿".to_owned() } else { String::new() },
            line: if named { line } else { String::new() },
        });
        document
    }

    /// The name of the committee as the one that reports.
    pub fn unit(&self) -> String {
        let word = if self.request.options.is_public() { "公示单位" } else { "填报单位" };
        format!("{word}（盖章）：{}", self.committee.full_name())
    }

    const fn date_word(&self) -> &'static str {
        match self.request.options.style {
            Some(PaperStyle::Public) => "公示日期",
            _ => "填报日期",
        }
    }

    /// Today in the office.
    pub fn today(&self) -> NaiveDate {
        self.office.clock().today()
    }

    /// Page numbers, and that the paper is not for everybody where it names residents.
    pub fn footer(&self, names_residents: bool) -> Footer {
        let is_internal = names_residents && !self.request.options.is_public();
        Footer { left: if is_internal { INTERNAL.to_owned() } else { String::new() }, ..Footer::numbered() }
    }

    /// Who signs, on every page or on the last; `counts` stands at the right. On the notice board it
    /// is how long it hangs and whom to call.
    pub fn foot(&self, counts: &str, pages: FootPages) -> Foot {
        let phone = SignPlace::known("联系电话：", self.committee.phone.clone());
        let mut places = if self.request.options.is_public() {
            vec![SignPlace::known("公示时间：", "　　月　　日至　　月　　日"), phone]
        } else {
            let sign = |label| SignPlace::writing(label, SIGN_LINE);
            vec![sign("负责人（签字）："), sign("填表人（签字）："), phone]
        };
        if !counts.is_empty() && !self.request.options.is_public() {
            places.push(SignPlace::known("", counts));
        }
        Foot { blocks: vec![Block::Signature(places)], pages }
    }
}
