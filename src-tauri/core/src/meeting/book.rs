//! The meeting kinds that ship: every folder of `assets/meetings` with a `kind.toml` is one, merged
//! with what all kinds have in common and checked for references to nothing.
//!
//! Templates of papers are only found here, not read.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::kind::{Field, Kind, MatterUse, Need, Outcome, Phrase, Record, Role};
use crate::error::{Error, Missing, Result};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/meetings");
static BOOK: LazyLock<std::result::Result<Book, String>> = LazyLock::new(load);

/// All kinds and what they have in common.
#[derive(Debug, Clone)]
pub struct Book {
    pub kinds: Vec<Kind>,
    pub common: Common,
}

/// What every kind has (`common.toml`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Common {
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    #[serde(rename = "record")]
    pub records: Vec<Record>,
    #[serde(rename = "role")]
    pub roles: Vec<Role>,
    #[serde(rename = "phrase")]
    pub phrases: Vec<Phrase>,
    pub archive: Vec<ArchivePart>,
    pub register: Vec<RegisterColumn>,
    #[serde(rename = "figure")]
    pub figures: Vec<YearFigure>,
}

/// A part of the archive pack.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ArchivePart {
    pub id: String,
    pub title: String,
    pub papers: Vec<String>,
}

/// A column of the yearly register.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RegisterColumn {
    pub title: String,
    pub value: String,
    pub width: f64,
}

/// A yearly figure.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct YearFigure {
    pub id: String,
    pub title: String,
    pub top: String,
    pub bottom: String,
    pub text: String,
    #[serde(default = "super::kind::yes")]
    pub checked: bool,
}

/// The book of the program.
///
/// # Errors
/// A shipped file is broken.
pub fn book() -> Result<&'static Book> {
    BOOK.as_ref().map_err(|error| Error::Bug(error.clone()))
}

/// The kind of that id.
///
/// # Errors
/// [`Missing::MeetingKind`].
pub fn kind(id: &str) -> Result<&'static Kind> {
    let found = book()?.kinds.iter().find(|kind| kind.id == id);
    found.ok_or_else(|| Missing::MeetingKind(id.to_owned()).into())
}

/// The text of a file of `assets/meetings`.
pub fn file(path: &str) -> Option<&'static str> {
    FILES.get_file(path).and_then(include_dir::File::contents_utf8)
}

fn load() -> std::result::Result<Book, String> {
    let text = file("common.toml").ok_or("assets/meetings/common.toml is missing")?;
    let common: Common = toml::from_str(text).map_err(|error| format!("common.toml: {error}"))?;
    let mut kinds = Vec::new();
    for folder in FILES.dirs() {
        let name = folder.path().display().to_string();
        let Some(text) = file(&format!("{name}/kind.toml")) else { continue };
        let kind = read(text, &common).map_err(|error| format!("assets/meetings/{name}: {error}"))?;
        if kind.id != name {
            return Err(format!("assets/meetings/{name}: the folder is not named after {}", kind.id));
        }
        kinds.push(kind);
    }
    kinds.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    Ok(Book { kinds, common })
}

/// A kind from the text of its file with what it shares.
///
/// # Errors
/// Says what is wrong; the text is for developers.
pub fn read(text: &str, common: &Common) -> std::result::Result<Kind, String> {
    let mut kind: Kind = toml::from_str(text).map_err(|error| error.to_string())?;
    share(&mut kind, common);
    check(&kind)?;
    Ok(kind)
}

/// Puts the common parts in front; the kind's own of the same id win.
fn share(kind: &mut Kind, common: &Common) {
    let without = kind.without.clone();
    merge(&mut kind.fields, &common.fields, &without, |one| &one.id);
    merge(&mut kind.records, &common.records, &without, |one| &one.id);
    merge(&mut kind.roles, &common.roles, &without, |one| &one.id);
    let mut phrases = common.phrases.clone();
    phrases.append(&mut kind.phrases);
    kind.phrases = phrases;
    let first = kind.stages.first().map(|stage| stage.id.clone()).unwrap_or_default();
    let is_known = |id: &str| kind.stages.iter().any(|stage| stage.id == id);
    let fields = kind.fields.iter_mut().map(|field| &mut field.stage);
    for stage in fields.chain(kind.records.iter_mut().map(|record| &mut record.stage)) {
        if !is_known(stage) {
            stage.clone_from(&first);
        }
    }
}

fn merge<T: Clone>(own: &mut Vec<T>, common: &[T], without: &[String], id: impl Fn(&T) -> &String) {
    let is_wanted = |one: &&T| !without.contains(id(one)) && !own.iter().any(|other| id(other) == id(one));
    let mut shared: Vec<T> = common.iter().filter(is_wanted).cloned().collect();
    shared.append(own);
    *own = shared;
}

/// Refuses references to nothing.
fn check(kind: &Kind) -> std::result::Result<(), String> {
    let parameter = |id: &str| named("parameter", id, kind.parameters.iter().map(|one| one.id.as_str()));
    let vote = |id: &str| named("vote", id, kind.votes.iter().map(|one| one.id.as_str()));
    let stage = |id: &str| named("stage", id, kind.stages.iter().map(|one| one.id.as_str()));
    if kind.title.is_empty() || kind.stages.is_empty() {
        return Err("a kind has a title and stages".to_owned());
    }
    for rule in &kind.composition {
        parameter(&rule.parameter)?;
    }
    kind.proposers.iter().try_for_each(|rule| parameter(&rule.parameter))?;
    parameter(&kind.quorum.parameter)?;
    for rule in kind.outcomes.iter().chain(&kind.figures) {
        vote(&rule.vote)?;
        parameter(&rule.parameter)?;
        rule.points.values().try_for_each(|points| parameter(points))?;
        check_choices(kind, rule)?;
    }
    for deadline in &kind.deadlines {
        parameter(&deadline.parameter)?;
        stage(&deadline.stage)?;
    }
    for one in &kind.stages {
        one.needs.iter().try_for_each(|need| check_need(kind, need))?;
        for way in one.ways.iter().filter(|way| way.to != "end") {
            stage(&way.to)?;
        }
    }
    kind.votes.iter().try_for_each(|vote| stage(&vote.stage))?;
    kind.papers.iter().try_for_each(|paper| stage(&paper.stage))
}

fn check_choices(kind: &Kind, rule: &Outcome) -> std::result::Result<(), String> {
    let Some(vote) = kind.vote(&rule.vote) else { return Ok(()) };
    // Ballots that came back are counted beside the choices.
    let known = || vote.choices.iter().map(|choice| choice.id.as_str()).chain(["collected"]);
    rule.choices.iter().try_for_each(|choice| named("choice", choice, known()))
}

fn check_need(kind: &Kind, need: &Need) -> std::result::Result<(), String> {
    let fields = || kind.fields.iter().map(|field| field.id.as_str());
    named("field", &need.field, fields())?;
    need.fields.iter().try_for_each(|field| named("field", field, fields()))?;
    named("parameter", &need.parameter, kind.parameters.iter().map(|one| one.id.as_str()))?;
    named("record", &need.record, kind.records.iter().map(|one| one.id.as_str()))?;
    named("vote", &need.vote, kind.votes.iter().map(|one| one.id.as_str()))?;
    let Some(record) = kind.record(&need.record) else { return Ok(()) };
    named("column", &need.column, record.columns.iter().map(|column| column.id.as_str()))
}

fn named<'a>(
    what: &str,
    id: &str,
    mut known: impl Iterator<Item = &'a str>,
) -> std::result::Result<(), String> {
    if id.is_empty() || known.any(|one| one == id) { Ok(()) } else { Err(format!("there is no {what} {id}")) }
}

/// The kind fits a matter, or does without one.
pub fn fits_matter(kind: &Kind, has_matter: bool) -> bool {
    match kind.matter {
        MatterUse::Required => has_matter,
        MatterUse::Optional => true,
        MatterUse::None => !has_matter,
    }
}
