//! The monthly report of work (工作月报): an official paper of sentences with live numbers, and the
//! table of figures behind them. The sentences are data.
//!
//! What is not known is left out and told to the clerk; what only she can say (problems, plans) is
//! never written for her.

mod template;
#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::as_of::{AsOf, day_title, period, period_title};
use super::changes::{self, compare};
use super::figures::{self, FigureDef, Section};
use super::frame::Frame;
use super::store::{Condition, Crowd};
use super::{
    Figure, People, Place, Report, ReportDefinition, ReportGroup, ReportKind, ReportLink, ReportMissing,
    ReportPeriod, ReportRequest,
};
use crate::committee::Committee;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::paper::Document;
use crate::paper::document::{Block, Cell, Closing, Column, Paragraph, Table, Title};
use template::{Number, Numbers, Template};

/// The kind.
pub const KIND: ReportKind = ReportKind {
    id: "monthly",
    title: "工作月报",
    group: ReportGroup::Official,
    says: "一个月的人口、重点人群、登记变动和日常工作，按公文格式写成，附主要数据表。",
    needs_ledger: false,
    period: ReportPeriod::Range,
    options: &["draft", "watermark"],
    make,
    people: Some(people),
};

/// Numbers of what changed, by the names they have in the sentences.
const CHANGES: [(&str, &str); 3] =
    [("added", "新登记居民"), ("removed", "减少的居民"), ("changed", "变更信息的居民")];
/// Height of a row of the annex, in millimetres: all figures fit on one page.
const ANNEX_ROW: f32 = 7.0;
/// Characters of a sentence that are enough to find its page.
const ENOUGH: usize = 10;

/// Which number is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Key {
    /// A figure by its id.
    Figure(String),
    /// What changed: `added`, `removed` or `changed`.
    Changes(String),
}

/// What is counted at both ends and within the period.
struct Counted<'o> {
    office: &'o Office,
    days: (NaiveDate, NaiveDate),
    after: AsOf<'o>,
    /// Figures with their counts at the beginning and the end; none where not known.
    figures: Vec<(&'static FigureDef, Option<Number>)>,
    changes: [i64; 3],
}

impl<'o> Counted<'o> {
    fn new(office: &'o Office, request: &ReportRequest) -> Result<Self> {
        let days = period(office, request)?;
        let before = AsOf::before(office, days.0)?;
        let after = AsOf::on(office, days.1)?;
        let defs: Vec<&FigureDef> = figures::all()?.iter().collect();
        let crowd = Crowd::new(None, Condition::all());
        let then = figures::count(&before, &crowd, days, &defs)?;
        let now = figures::count(&after, &crowd, days, &defs)?;
        let ends = then.into_iter().zip(now);
        let numbered = defs.into_iter().zip(ends).map(|(def, (then, now))| (def, number(def, then, now)));
        let figures = numbered.collect();
        let compared = compare::compare(&before, &after, None)?;
        let changes = [&compared.added, &compared.removed, &compared.changed].map(|all| all.len() as i64);
        Ok(Self { office, days, after, figures, changes })
    }

    fn numbers(&self, committee: &Committee) -> Numbers {
        let known = self.figures.iter().filter_map(|(def, number)| Some((def.id.clone(), (*number)?)));
        let changes = CHANGES.iter().zip(self.changes);
        let changes = changes.map(|((id, _), now)| ((*id).to_owned(), Number { now, before: None }));
        let superior = format!("{}办事处", committee.subdistrict);
        let words = [
            ("period", period_title(self.days.0, self.days.1).into_owned()),
            ("day", day_title(self.days.1)),
            ("unit", committee.full_name()),
            ("superior", superior),
        ];
        Numbers { figures: known.chain(changes).collect(), words: words.into_iter().collect() }
    }
}

/// What a figure came to. A group nobody was ever registered for is not known to be empty.
fn number(def: &FigureDef, then: Option<i64>, now: Option<i64>) -> Option<Number> {
    let now = now?;
    match def.section {
        Section::Work => Some(Number { now, before: None }),
        Section::Group if now == 0 && then.unwrap_or(0) == 0 => None,
        _ => Some(Number { now, before: then }),
    }
}

fn make(office: &Office, request: &ReportRequest) -> Result<Report> {
    let counted = Counted::new(office, request)?;
    let frame = Frame::new(office, request)?;
    let numbers = counted.numbers(&frame.committee);
    let title = format!("{}工作月报", month_title(counted.days));
    let mut document = frame.dressed(Document::official(&title));
    document.push(Title::new(format!("{}\n{title}", frame.committee.full_name())));
    let template = Template::load()?;
    if !frame.committee.subdistrict.is_empty() {
        document.push(Paragraph::addressee(plain(&numbers, &template.addressee)?));
    }
    document.push(Block::body(plain(&numbers, &template.lead)?));
    let mut report = Report::of(document);
    write(&mut report, &counted, &template, &numbers)?;
    report.document.push(Block::AttachmentNote(vec!["主要数据表".to_owned()]));
    let closing = Closing::new(frame.committee.full_name(), day_title(frame.today()));
    report.document.push(closing);
    let label = "附件".to_owned();
    report.document.push(Block::Attachment { label, title: "主要数据表".to_owned() });
    add_table(&mut report, &counted);
    report.missing.push(ReportMissing {
        text: "存在的问题和下一步打算只有您能写，请另附".to_owned(),
        count: 1,
        link: None,
    });
    Ok(report)
}

/// The month where the period lies within one, else the period.
fn month_title((from, to): (NaiveDate, NaiveDate)) -> String {
    if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{}年{}月", from.year(), from.month())
    } else {
        period_title(from, to).into_owned()
    }
}

/// A text that names no figure which may be unknown.
fn plain(numbers: &Numbers, text: &str) -> Result<String> {
    numbers.fill(text).map_err(|lacking| Error::Bug(format!("monthly.toml: {}", lacking.join(", "))))
}

/// The parts, numbered as they are printed: one without a sentence is left out.
fn write(report: &mut Report, counted: &Counted<'_>, template: &Template, numbers: &Numbers) -> Result<()> {
    let mut parts = 0;
    for part in &template.section {
        let written = part.write(numbers);
        if !written.sentences.is_empty() {
            parts += 1;
            let heading = format!("{}、{}", super::statistics::numeral(parts), part.heading);
            report.document.push(Block::heading(1, heading));
            let text: String = written.sentences.iter().map(|(text, _)| text.as_str()).collect();
            report.document.push(Block::body(text));
        }
        for (text, named) in &written.sentences {
            let place: String = text.chars().take(ENOUGH).collect();
            for id in named {
                open(report, numbers, id, &place)?;
            }
        }
        for id in written.lacking {
            lack(report, counted, &id)?;
        }
    }
    Ok(())
}

/// Notes that a number of a sentence can be opened, and what it counts.
fn open(report: &mut Report, numbers: &Numbers, id: &str, place: &str) -> Result<()> {
    let count = numbers.figures.get(id).map_or(0, |number| number.now);
    let (key, title, unit) = match CHANGES.iter().find(|(name, _)| *name == id) {
        Some((name, title)) => (Key::Changes((*name).to_owned()), (*title).to_owned(), "人"),
        None => {
            let def = figures::find(id)?;
            let definition = def.definition();
            if !report.definitions.contains(&definition) {
                report.definitions.push(definition);
            }
            (Key::Figure(def.id.clone()), def.title.clone(), def.unit())
        }
    };
    if count > 0 {
        let key = serde_json::to_string(&key)?;
        let (text, place) = (format!("{title} {count} {unit}"), Place::Text(place.to_owned()));
        report.figures.push(Figure { key, text, place });
    }
    Ok(())
}

/// Tells what was left out and where it can be written down.
fn lack(report: &mut Report, counted: &Counted<'_>, id: &str) -> Result<()> {
    let def = figures::find(id)?;
    let (text, link) = if def.ledger.is_empty() {
        let text = format!("没有登记过{}，月报里没有写", def.title);
        (text, ReportLink::ledger("resident", ""))
    } else {
        let ledger = &counted.office.ledger_kind(&def.ledger)?.title;
        let text = format!("{ledger}里还没有内容，月报里没有写{}", def.title);
        (text, ReportLink::ledger(&def.ledger, ""))
    };
    if !report.missing.iter().any(|missing| missing.text == text) {
        report.missing.push(ReportMissing { text, count: 1, link: Some(link) });
    }
    Ok(())
}

/// The figures that are known, at both ends.
fn add_table(report: &mut Report, counted: &Counted<'_>) {
    let mut table = Table::titled(["序号", "指标", "单位", "期初", "期末", "增减"]);
    table.columns = vec![
        Column::mm(16.0),
        Column::mm(52.0),
        Column::mm(16.0),
        Column { width: Column::mm(24.0).width, ..Column::number() },
        Column { width: Column::mm(24.0).width, ..Column::number() },
        Column { width: Column::mm(24.0).width, ..Column::number() },
    ];
    table.size = Some(10.5);
    table.row_height = ANNEX_ROW;
    let known = counted.figures.iter().filter_map(|(def, number)| Some((def, (*number)?)));
    let is_told = |(def, number): &(&&FigureDef, Number)| {
        def.section != Section::Gap || number.now + number.before.unwrap_or(0) > 0
    };
    let known = known.filter(is_told);
    for (order, (def, number)) in (1..).zip(known) {
        let texts = match number.before {
            Some(before) => {
                [before.to_string(), number.now.to_string(), changes::signed(number.now - before)]
            }
            None => ["—".to_owned(), number.now.to_string(), "—".to_owned()],
        };
        let before = [order.to_string(), def.title.clone(), def.unit().to_owned()];
        table.rows.push(before.into_iter().chain(texts).map(Cell::new).collect());
    }
    report.document.push(table);
    let note = "注：“期末”一栏，带“—”的是报告期内发生的数。各指标的口径：";
    let notes: Vec<&ReportDefinition> = report.definitions.iter().collect();
    let texts: Vec<String> = notes.iter().map(|one| format!("{}：{}", one.name, one.says)).collect();
    let whole = format!("{note}{}", texts.join(""));
    let paragraph = Paragraph::new(whole, crate::paper::document::Typeface::Song, 9.0).indented(0.0, 2.0);
    report.document.push(Paragraph { leading: Some(1.35), ..paragraph });
}

fn people(office: &Office, request: &ReportRequest, key: &str) -> Result<People> {
    let unknown = || Error::Usage("no such figure".to_owned());
    match serde_json::from_str(key).map_err(|_| unknown())? {
        Key::Figure(id) => {
            let counted = Counted::new(office, request)?;
            let figure = figures::all()?.iter().find(|figure| figure.id == id).ok_or_else(unknown)?;
            let crowd = Crowd::new(None, Condition::all());
            figures::people(&counted.after, &crowd, counted.days, figure)
        }
        Key::Changes(what) if CHANGES.iter().any(|(id, _)| *id == what) => {
            let asked = ReportRequest { ledger: None, ..request.clone() };
            changes::people(office, &asked, &serde_json::to_string(&what)?)
        }
        Key::Changes(_) => Err(unknown()),
    }
}
