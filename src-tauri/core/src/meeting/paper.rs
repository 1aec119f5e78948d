//! The contents of a meeting's papers (文书): a template of `assets/meetings` filled from the case, as
//! headings, paragraphs, tables and lines to sign. How they are laid out is for a report.

use serde::{Deserialize, Serialize};

use super::case::{Arrival, Case, Row, equals, text_of};
use super::kind::Seat;
use super::{book, count, words};
use crate::error::{Error, Missing, Result};

/// A paper filled from a meeting.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MeetingPaper"))]
pub struct Sheet {
    /// Title.
    pub title: String,
    /// Layout: official, minutes, roll, public, agreement, slip, form or ballot.
    pub layout: String,
    /// Lines of the heading.
    pub heading: Vec<String>,
    /// Number; may be empty.
    pub number: String,
    /// To whom; may be empty.
    pub to: String,
    /// What stands on it, in order.
    pub parts: Vec<Part>,
    /// Who issues it.
    pub sign: String,
    /// Its day.
    pub date: String,
    /// Title of what is attached.
    pub attachment: String,
    /// Note at the foot.
    pub note: String,
    /// The slip that is cut off and sent back.
    pub receipt: Option<Receipt>,
    /// Whether it is sealed.
    pub seal: bool,
    /// Placeholders the meeting says nothing about yet.
    pub blanks: Vec<String>,
}

/// The slip at the foot of a paper that is cut off and sent back (回执).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "PaperReceipt"))]
#[serde(default)]
pub struct Receipt {
    /// Title.
    pub title: String,
    /// Words along the line to cut.
    pub cut: String,
    /// Text.
    pub text: String,
    /// Boxes to tick.
    pub boxes: Vec<String>,
    /// Lines to sign.
    pub lines: Vec<String>,
}

/// A part of a paper; only one of text, rows, lines and pairs is filled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "PaperPart"))]
pub struct Part {
    /// Number among the numbered parts; none for others.
    pub number: Option<usize>,
    /// Words in front, printed bold.
    pub lead: String,
    /// Text.
    pub text: String,
    /// Headings of a table, with widths in millimetres as text.
    pub headings: Vec<(String, String)>,
    /// Rows of the table.
    pub rows: Vec<Vec<String>>,
    /// Lines to sign.
    pub lines: Vec<String>,
    /// Label and value.
    pub pairs: Vec<(String, String)>,
    /// Boxes to tick.
    pub boxes: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Template {
    title: String,
    layout: String,
    heading: Vec<String>,
    number: String,
    to: String,
    sign: String,
    date: String,
    attachment: String,
    note: String,
    receipt: Option<Receipt>,
    #[serde(rename = "part")]
    parts: Vec<TemplatePart>,
    #[serde(rename = "table")]
    tables: Vec<Table>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct TemplatePart {
    numbered: Option<toml::Value>,
    lead: String,
    text: String,
    each: String,
    #[serde(rename = "where")]
    which: String,
    table: String,
    lines: Vec<String>,
    fill: Vec<String>,
    has: String,
    lacks: String,
    way: String,
    outcome: Vec<String>,
    yes: String,
    no: String,
    field: String,
    equals: Option<toml::Value>,
    kind: String,
    boxes: Option<toml::Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Table {
    id: String,
    /// The vote a table of grades shows.
    filter: String,
    rows: String,
    columns: Vec<Column>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Column {
    title: String,
    value: String,
    width: Option<toml::Value>,
}

/// A row of a table or of a repeated part: names and texts.
type Cells = Vec<(String, String)>;

/// The contents of a paper of a meeting.
///
/// # Errors
/// The kind has no such paper, or its template is missing or broken.
pub fn contents(case: &Case<'_>, id: &str) -> Result<Sheet> {
    let paper = case.kind.papers.iter().find(|paper| paper.id == id);
    let paper = paper.ok_or_else(|| Missing::MeetingPart(id.to_owned()))?;
    let own = format!("{}/{}.toml", case.kind.id, paper.template);
    let text = book::file(&own).or_else(|| book::file(&format!("papers/{}.toml", paper.template)));
    let text = text.ok_or_else(|| Error::Bug(format!("there is no template {}", paper.template)))?;
    let template: Template = toml::from_str(text).map_err(|error| Error::Bug(error.to_string()))?;
    let fill = |text: &str| masked(case, paper.masked, &words::fill(case, text));
    let mut parts = Vec::new();
    let mut numbered = 0;
    for part in template.parts.iter().filter(|part| is_wanted(case, part)) {
        parts.extend(filled(case, &template, part, paper.masked, &mut numbered));
    }
    Ok(Sheet {
        title: template.title.clone(),
        layout: template.layout.clone(),
        heading: template.heading.iter().map(|line| fill(line)).collect(),
        number: fill(&template.number),
        to: fill(&template.to),
        parts,
        sign: fill(&template.sign),
        date: fill(&template.date),
        attachment: fill(&template.attachment),
        note: fill(&template.note),
        receipt: template
            .receipt
            .as_ref()
            .map(|receipt| Receipt { text: fill(&receipt.text), ..receipt.clone() }),
        seal: paper.seal,
        blanks: blanks(case, &template),
    })
}

fn is_wanted(case: &Case<'_>, part: &TemplatePart) -> bool {
    let has = |name: &str| {
        case.kind.record(name).is_some() && case.rows(name).next().is_some()
            || name == "attendance" && !case.people.is_empty()
            || !words::value(case, name).is_empty()
    };
    let is_yes = |field: &str| equals(case.value(field), None);
    let went =
        |way: &str| case.steps.iter().rev().find(|step| !step.way.is_empty()).is_some_and(|s| s.way == way);
    let outcome = || count::outcome(case).map(|found| found.id).unwrap_or_default();
    (part.kind.is_empty() || part.kind == case.kind.id)
        && (part.has.is_empty() || has(&part.has))
        && (part.lacks.is_empty() || !has(&part.lacks))
        && (part.way.is_empty() || went(&part.way))
        && (part.outcome.is_empty() || part.outcome.contains(&outcome()))
        && (part.yes.is_empty() || is_yes(&part.yes))
        && (part.no.is_empty() || !is_yes(&part.no))
        && (part.field.is_empty() || equals(case.value(&part.field), part.equals.as_ref()))
}

fn filled(
    case: &Case<'_>,
    template: &Template,
    part: &TemplatePart,
    mask: bool,
    numbered: &mut usize,
) -> Vec<Part> {
    let fill = |text: &str| masked(case, mask, &words::fill(case, text));
    if !part.each.is_empty() {
        let rows = rows(case, &part.each).into_iter().filter(|cells| is_meant(cells, &part.which));
        let texts = rows.enumerate().map(|(at, cells)| fill(&with_row(&part.text, at + 1, &cells)));
        return texts.map(|text| Part { text, ..Part::default() }).collect();
    }
    let (lead, text) = (fill(&part.lead), fill(&part.text));
    // A part that says nothing but what is not known is not printed.
    let says_nothing = text.trim().is_empty() && part.text.contains('{');
    if says_nothing {
        return Vec::new();
    }
    let is_numbered = part.numbered.as_ref().is_some_and(|value| *value != toml::Value::Boolean(false));
    *numbered += usize::from(is_numbered);
    let table = template.tables.iter().find(|table| !part.table.is_empty() && table.id == part.table);
    let pair = |pair: &String| {
        let (label, value) = pair.split_once('|').unwrap_or((pair, ""));
        (label.to_owned(), fill(value))
    };
    vec![Part {
        number: is_numbered.then_some(*numbered),
        lead,
        text,
        headings: table.map(headings).unwrap_or_default(),
        rows: table.map(|table| table_rows(case, table, &fill)).unwrap_or_default(),
        lines: part.lines.clone(),
        pairs: part.fill.iter().map(pair).collect(),
        boxes: boxes(case, part.boxes.as_ref()),
    }]
}

/// The boxes of a part: those it names, or the choices of the shown vote.
fn boxes(case: &Case<'_>, said: Option<&toml::Value>) -> Vec<String> {
    match said {
        Some(toml::Value::Array(boxes)) => {
            boxes.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
        }
        Some(_) => words::shown_vote(case)
            .map(|vote| vote.choices.iter().map(|choice| choice.title.clone()).collect())
            .unwrap_or_default(),
        None => Vec::new(),
    }
}

fn headings(table: &Table) -> Vec<(String, String)> {
    let width = |column: &Column| column.width.as_ref().map(ToString::to_string).unwrap_or_default();
    table.columns.iter().map(|column| (column.title.clone(), width(column))).collect()
}

fn table_rows(case: &Case<'_>, table: &Table, fill: &dyn Fn(&str) -> String) -> Vec<Vec<String>> {
    let line = |(at, cells): (usize, Cells)| {
        table.columns.iter().map(|column| fill(&with_row(&column.value, at + 1, &cells))).collect()
    };
    let rows = if table.rows == "grades" { grades(case, &table.filter) } else { rows(case, &table.rows) };
    rows.into_iter().enumerate().map(line).collect()
}

/// Puts the texts of a row into a pattern; what the row does not say becomes empty.
fn with_row(pattern: &str, number: usize, cells: &Cells) -> String {
    let mut text = pattern.replace("{row.no}", &number.to_string());
    for (name, value) in cells {
        text = text.replace(&format!("{{row.{name}}}"), value);
    }
    text
}

/// Rows of the minority only, or of the others.
fn is_meant(cells: &Cells, which: &str) -> bool {
    let of = |name: &str| cells.iter().any(|(cell, value)| cell == name && value == "是");
    match which.strip_prefix("not_") {
        Some(name) => !of(name),
        None => which.is_empty() || of(which),
    }
}

/// The rows of a record, or of what is counted: votes, attendance, people, buildings.
fn rows(case: &Case<'_>, source: &str) -> Vec<Cells> {
    let cells = |pairs: &[(&str, String)]| {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect()
    };
    match source {
        "votes" => votes(case),
        "attendance" => {
            let counts = super::api::roll::attendance(case);
            let say = counts.into_iter().map(|count| {
                let (expected, present) = (count.expected.to_string(), count.present.to_string());
                cells(&[
                    ("role", count.title),
                    ("expected", expected),
                    ("present", present),
                    ("percent", count.percent),
                ])
            });
            say.collect()
        }
        "people" => case.people.iter().map(|one| cells(&person(case, one))).collect(),
        "buildings" => {
            let survey = case.kind.votes.iter().find(|vote| vote.by_building);
            let tally = survey.and_then(|vote| case.tally(&vote.id));
            let lines = tally.map(|tally| tally.counts.lines.as_slice()).unwrap_or_default();
            lines.iter().map(building).collect()
        }
        record => case.rows(record).map(record_cells).collect(),
    }
}

fn record_cells(row: &Row) -> Cells {
    row.values.iter().map(|(name, value)| (name.clone(), text_of(value))).collect()
}

fn building(line: &super::case::Count) -> Cells {
    let mut cells = vec![
        ("building".to_owned(), crate::place::building_title(line.building.trim_end_matches("号楼"))),
        ("asked".to_owned(), line.asked.to_string()),
        ("unanswered".to_owned(), line.unanswered.to_string()),
    ];
    cells.extend(line.people.iter().map(|(choice, votes)| (choice.clone(), votes.to_string())));
    cells
}

fn person(case: &Case<'_>, one: &super::case::Attendee) -> [(&'static str, String); 5] {
    let seat = one.roles.iter().find_map(|role| {
        case.kind.role(role).filter(|role| !matches!(role.seat, Seat::Chair | Seat::Recorder))
    });
    let building =
        if one.building.is_empty() { String::new() } else { crate::place::building_title(&one.building) };
    [
        ("name", one.name.clone()),
        ("role", seat.map(|role| role.title.clone()).unwrap_or_default()),
        ("place", if one.unit.is_empty() { building } else { one.unit.clone() }),
        ("phone", one.phone.clone()),
        ("arrived", if one.arrival == Arrival::Present { one.arrived_at.clone() } else { String::new() }),
    ]
}

fn votes(case: &Case<'_>) -> Vec<Cells> {
    let Some(vote) = words::shown_vote(case) else { return Vec::new() };
    let counts = case.tally(&vote.id).map(|tally| tally.counts.clone()).unwrap_or_default();
    let sums = count::totals(&counts);
    let present = count::voters(case, vote).max(1);
    let say = vote.choices.iter().map(|choice| {
        let people = sums.get(&choice.id).copied().unwrap_or(0);
        let households: i64 = counts.lines.iter().filter_map(|line| line.households.get(&choice.id)).sum();
        let percent = count::tenth(super::parameter::Ratio { n: people * 100, d: present });
        let cells = [
            ("title", choice.title.clone()),
            ("people", people.to_string()),
            ("households", if households > 0 { households.to_string() } else { String::new() }),
            ("percent", format!("{percent}%")),
        ];
        cells.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
    });
    say.collect()
}

/// One row for each graded pair: subject, indicator, and the votes by choice.
fn grades(case: &Case<'_>, vote: &str) -> Vec<Cells> {
    let shown = if vote.is_empty() { words::shown_vote(case).map_or("", |vote| &vote.id) } else { vote };
    let lines = case.tally(shown).map(|tally| tally.counts.lines.as_slice()).unwrap_or_default();
    let title = |row: Option<i64>| {
        let row = case.rows.iter().find(|one| Some(one.id) == row);
        let first =
            row.and_then(|row| case.kind.record(&row.record)?.columns.first().map(|column| (row, column)));
        first.and_then(|(row, column)| row.values.get(&column.id)).map(text_of).unwrap_or_default()
    };
    let Some(vote) = case.kind.vote(shown) else { return Vec::new() };
    let say = lines.iter().map(|line| {
        let of = |id: &String| line.people.get(id).copied().unwrap_or(0);
        let sum: i64 = line.people.values().sum();
        let pro: i64 = vote.pro.iter().map(of).sum();
        let percent = count::tenth(super::parameter::Ratio { n: pro * 100, d: sum.max(1) });
        let choices = vote.choices.iter().map(|choice| format!("{}{}", choice.title, of(&choice.id)));
        let mut cells: Cells = vec![
            ("subject".to_owned(), title(line.subject)),
            ("indicator".to_owned(), title(line.indicator)),
            ("choices".to_owned(), choices.collect::<Vec<_>>().join("，")),
            ("sum".to_owned(), sum.to_string()),
            ("percent".to_owned(), format!("{percent}%")),
        ];
        cells.extend(line.people.iter().map(|(choice, votes)| (choice.clone(), votes.to_string())));
        cells
    });
    say.collect()
}

/// Masks the names of residents and of those who spoke: 何*康.
fn masked(case: &Case<'_>, mask: bool, text: &str) -> String {
    if !mask {
        return text.to_owned();
    }
    let is_private = |one: &&super::case::Attendee| {
        !one.roles.iter().any(|role| {
            case.kind.role(role).is_some_and(|role| matches!(role.seat, Seat::Chair | Seat::Recorder))
        })
    };
    let listed = case.people.iter().filter(is_private).map(|one| one.name.clone());
    let spoke =
        case.rows.iter().flat_map(|row| ["proposer", "speaker", "person"].map(|id| row.values.get(id)));
    let names = listed.chain(spoke.flatten().map(text_of)).filter(|name| name.chars().count() > 1);
    names.fold(text.to_owned(), |text, name| text.replace(&name, &mask_name(&name)))
}

fn mask_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    match letters.as_slice() {
        [first, _] => format!("{first}*"),
        [first, .., last] => format!("{first}*{last}"),
        _ => name.to_owned(),
    }
}

/// Placeholders that stay empty, each once.
fn blanks(case: &Case<'_>, template: &Template) -> Vec<String> {
    let texts = template.parts.iter().filter(|part| part.each.is_empty() && is_wanted(case, part));
    let texts = texts.flat_map(|part| [&part.text, &part.lead].into_iter().chain(&part.fill));
    let mut names = Vec::new();
    for name in texts.flat_map(|text| text.split('{').skip(1)).filter_map(|rest| rest.split('}').next()) {
        if words::value(case, name).is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
