//! `matter.list`, `.get`, `.new`, `.change`, `.move`, `.close`, `.archive`, `.statistics`.

use serde::{Deserialize, Serialize};

use super::course::{Offer, dossier, offers, step, values};
use super::file::{self, MatterFile};
use super::store::{self, Matter, MatterStep};
use super::{Dossier, MatterMissing, archive, dues, is_blank, missing, proposers, statistics};
use crate::committee::api::Nothing;
use crate::error::{Missing, Refusal, Result};
use crate::meeting;
use crate::meeting::api::view::{self, FieldView, RecordView, RowView};
use crate::meeting::api::{self as meetings, ListRequest, MeetingEntry, RowChange};
use crate::meeting::case::{Finding, Values, text_of};
use crate::meeting::due::Due;
use crate::meeting::kind::Level;
use crate::office::Office;
use crate::op::Op;
use crate::progress::Progress;
use crate::value::text;

/// A matter in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MatterEntry {
    /// Number in the store.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Number as printed, such as 2026-07.
    pub number: String,
    /// Title.
    pub title: String,
    /// Title of the way it came in, such as 居民联名.
    pub way_in: String,
    /// State.
    pub state: String,
    /// Title of the state.
    pub state_title: String,
    /// Whether it still goes on.
    pub open: bool,
    /// Day it came in.
    pub opened_on: String,
    /// Its meetings in order.
    pub meetings: Vec<MeetingEntry>,
    /// Periods that are over.
    pub overdue: usize,
}

/// All matters, newest first, with the words for making one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MattersReply {
    /// The matters.
    pub matters: Vec<MatterEntry>,
    /// Ways in, id and title.
    pub ways_in: Vec<(String, String)>,
    /// States, id and title.
    pub states: Vec<(String, String)>,
    /// Everything asked of a matter, empty.
    pub fields: Vec<FieldView>,
}

/// All matters.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, _: Nothing, _: &Progress) -> Result<MattersReply> {
    let rules = file::rules()?;
    let matters = store::list(office.connection())?;
    Ok(MattersReply {
        matters: matters.iter().map(|matter| entry(office, rules, matter)).collect::<Result<_>>()?,
        ways_in: rules.ways_in.iter().map(|way| (way.id.clone(), way.title.clone())).collect(),
        states: rules.states.iter().map(|state| (state.id.clone(), state.title.clone())).collect(),
        fields: view::fields(&rules.fields, &Values::new(), &office.catalog().codes),
    })
}

fn entry(office: &Office, rules: &MatterFile, matter: &Matter) -> Result<MatterEntry> {
    let of = ListRequest { matter: Some(matter.id), ..ListRequest::default() };
    let items = meetings::actions::open(office, Some(matter.id))?;
    Ok(MatterEntry {
        id: matter.id,
        number: matter.number.clone(),
        title: matter.title.clone(),
        way_in: rules.way_in(&matter.way_in).map(|way| way.title.clone()).unwrap_or_default(),
        state: matter.state.clone(),
        state_title: rules.state(&matter.state),
        open: rules.states.iter().any(|state| state.id == matter.state && state.open),
        opened_on: matter.opened_on.clone(),
        meetings: meetings::entries(office, &of)?,
        overdue: items.overdue,
    })
}

/// Which matter.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct MatterId {
    /// Its number in the store.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
}

/// A matter with everything on it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MatterView {
    /// As in the list.
    #[serde(flatten)]
    pub entry: MatterEntry,
    /// Everything asked once, with its value.
    pub fields: Vec<FieldView>,
    /// Everything asked in rows.
    pub records: Vec<RecordView>,
    /// Whether enough stand behind it; empty when nobody has to.
    pub proposers: Vec<Finding>,
    /// The steps it may go now.
    pub steps: Vec<StepView>,
    /// The steps it went.
    pub history: Vec<WentView>,
    /// The periods.
    pub deadlines: Vec<Due>,
    /// Reasons to decline or pass on: id, title, text.
    pub reasons: Vec<(String, String, String)>,
    /// Meetings offered next.
    pub offers: Vec<Offer>,
}

/// A step a matter may go.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StepView {
    /// Id.
    pub id: String,
    /// Title, such as 列入议题.
    pub title: String,
    /// Title of the state it leads to.
    pub to: String,
    /// Who decides.
    pub who: String,
    /// Fields it asks for.
    pub needs: Vec<String>,
    /// Whether a reason is always asked.
    pub reason: bool,
    /// What is missing now.
    pub missing: Vec<MatterMissing>,
}

/// A step a matter went.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct WentView {
    /// Title of the step.
    pub title: String,
    /// Title of the state it led to.
    pub state: String,
    /// The day.
    pub on: String,
    /// Who noted it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// What was missing then.
    pub went_without: Vec<String>,
}

/// A matter with everything on it.
///
/// # Errors
/// [`Missing::Matter`].
pub fn get(office: &mut Office, request: MatterId, _: &Progress) -> Result<MatterView> {
    shown(office, request.id)
}

fn shown(office: &Office, id: i64) -> Result<MatterView> {
    let matter = store::get(office.connection(), id)?;
    let dossier = dossier(office, &matter)?;
    let rules = dossier.rules;
    let entry = entry(office, rules, &matter)?;
    let last = entry.meetings.iter().rev().find(|meeting| !meeting.outcome.is_empty());
    let offers = match last {
        None => Vec::new(),
        Some(last) => offers(&meeting::held(office, last.id)?.case)?,
    };
    let codes = &office.catalog().codes;
    let rows = |record: &str| {
        let own = dossier.rows.iter().filter(|row| row.record == record);
        own.map(|row| RowView { id: row.id, values: row.values.clone() }).collect()
    };
    Ok(MatterView {
        fields: view::fields(&rules.fields, &values(&matter), codes),
        records: rules
            .records
            .iter()
            .map(|record| RecordView {
                id: record.id.clone(),
                title: record.title.clone(),
                stage: String::new(),
                columns: view::fields(&record.columns, &Values::new(), codes),
                rows: rows(&record.id),
            })
            .collect(),
        proposers: proposers(&dossier),
        steps: dossier.steps().into_iter().map(|step| step_view(&dossier, step)).collect(),
        history: history(office, rules, id)?,
        deadlines: dues(&dossier),
        reasons: rules
            .reasons
            .iter()
            .map(|one| (one.id.clone(), one.title.clone(), one.text.clone()))
            .collect(),
        offers,
        entry,
    })
}

fn step_view(dossier: &Dossier<'_>, step: &file::Transition) -> StepView {
    StepView {
        id: step.id.clone(),
        title: step.title.clone(),
        to: dossier.rules.state(&step.to),
        who: step.who.clone(),
        needs: step.needs.clone(),
        reason: step.reason,
        missing: missing(dossier, step),
    }
}

/// The steps a matter went, in words.
pub(super) fn history(office: &Office, rules: &MatterFile, id: i64) -> Result<Vec<WentView>> {
    let title = |step: &MatterStep| {
        let known = rules.transitions.iter().find(|one| one.id == step.transition);
        known.map_or_else(|| "收下".to_owned(), |known| known.title.clone())
    };
    let steps = store::steps(office.connection(), id)?;
    Ok(steps
        .into_iter()
        .map(|step| WentView {
            title: title(&step),
            state: rules.state(&step.state),
            on: step.on_day,
            who: step.who,
            reason: step.reason,
            went_without: step.missing,
        })
        .collect())
}

/// A new matter.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct NewMatter {
    /// Title.
    pub title: String,
    /// Way in, by id.
    pub way_in: String,
    /// Values by field.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Values,
}

/// Takes a matter in.
///
/// # Errors
/// It has no title, the way in does not exist, or a value does not fit.
pub fn new(office: &mut Office, request: NewMatter, _: &Progress) -> Result<MatterView> {
    use chrono::Datelike as _;
    let rules = file::rules()?;
    let title = text::clean(&request.title);
    if title.is_empty() {
        return Err(Refusal::EmptyName.into());
    }
    let way = rules.way_in(&request.way_in).ok_or_else(|| Missing::MeetingPart(request.way_in.clone()))?;
    let today = office.clock().today();
    let year = today.year();
    let serial = store::next_serial(office.connection(), year)?;
    let number = rules.number.replace("{year}", &year.to_string());
    let matter = Matter {
        number: number.replace("{serial}", &format!("{serial:0width$}", width = rules.pad)),
        year,
        serial,
        title: title.clone(),
        way_in: way.id.clone(),
        state: rules.first_state().to_owned(),
        opened_on: today.to_string(),
        values: cleaned(rules, request.values)?,
        ..Matter::default()
    };
    let op = Op::Matter { kind: "matter.new", act: "收下".to_owned(), title };
    let first = step(office, "", &matter.state);
    let done = office.transact(&op, |tx| {
        let id = store::add(tx, &matter)?;
        store::add_step(tx, id, &first).map(|()| id)
    })?;
    shown(office, done.value)
}

fn cleaned(rules: &MatterFile, values: Values) -> Result<Values> {
    let clean = values.into_iter().map(|(id, value)| {
        let field = rules.fields.iter().find(|field| field.id == id);
        let field = field.ok_or_else(|| Missing::MeetingPart(id.clone()))?;
        meetings::fitting(field, value).map(|value| (id, value))
    });
    clean.collect()
}

/// What changes on a matter; what is not said stays.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct MatterChange {
    /// Which matter.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Values by field, title and way in among them; null empties.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Values,
    /// Rows to add or change.
    #[serde(default)]
    pub rows: Vec<RowChange>,
    /// Rows to take out, by number.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "number[]"))]
    pub drop_rows: Vec<i64>,
}

/// Changes values and rows of a matter.
///
/// # Errors
/// A field or record does not exist, or a value does not fit.
pub fn change(office: &mut Office, request: MatterChange, _: &Progress) -> Result<MatterView> {
    let rules = file::rules()?;
    let mut matter = store::get(office.connection(), request.id)?;
    put(rules, &mut matter, cleaned(rules, request.values)?)?;
    if let Some(row) = request.rows.iter().find(|row| !rules.records.iter().any(|one| one.id == row.record)) {
        return Err(Missing::MeetingPart(row.record.clone()).into());
    }
    let rows = meetings::placed(&store::rows(office.connection(), matter.id)?, request.rows)?;
    let op = Op::Matter { kind: "matter.change", act: "修改".to_owned(), title: matter.title.clone() };
    office.transact(&op, |tx| {
        store::save(tx, &matter)?;
        request.drop_rows.iter().try_for_each(|row| store::remove_row(tx, matter.id, *row))?;
        rows.iter().try_for_each(|(place, row)| store::save_row(tx, matter.id, *place, row))
    })?;
    shown(office, request.id)
}

fn put(rules: &MatterFile, matter: &mut Matter, mut values: Values) -> Result<()> {
    if let Some(title) = values.remove("title") {
        if is_blank(&title) {
            return Err(Refusal::EmptyName.into());
        }
        matter.title = text_of(&title);
    }
    if let Some(way) = values.remove("way_in") {
        let way = text_of(&way);
        matter.way_in = rules.way_in(&way).ok_or(Missing::MeetingPart(way))?.id.clone();
    }
    meetings::merge(&mut matter.values, values);
    Ok(())
}

/// A step of a matter.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct MatterMove {
    /// Which matter.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// The step, such as `list`.
    pub step: String,
    /// Values noted with it, by field.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Values,
    /// Why, where one is asked.
    #[serde(default)]
    pub reason: String,
}

/// Moves a matter one step.
///
/// # Errors
/// The step does not start where the matter stands; something is missing; a reason is asked.
pub fn go(office: &mut Office, request: MatterMove, _: &Progress) -> Result<MatterView> {
    let rules = file::rules()?;
    let mut matter = store::get(office.connection(), request.id)?;
    put(rules, &mut matter, cleaned(rules, request.values)?)?;
    let dossier = dossier(office, &matter)?;
    let known = rules.transitions.iter().find(|step| step.id == request.step);
    let known = known.ok_or_else(|| Missing::MeetingPart(request.step.clone()))?;
    if !known.from.contains(&matter.state) {
        return Err(Refusal::NotNow { step: known.title.clone(), state: rules.state(&matter.state) }.into());
    }
    let lacks = missing(&dossier, known);
    let said = |level: Level| {
        let of = lacks.iter().filter(|lack| lack.level == level);
        of.map(|lack| lack.text.clone()).collect::<Vec<_>>()
    };
    if !said(Level::Stop).is_empty() {
        return Err(Refusal::StageLacks {
            step: known.title.clone(), missing: said(Level::Stop).join("；")
        }
        .into());
    }
    let reason = text::clean(&request.reason);
    if reason.is_empty() && (known.reason || !said(Level::Reason).is_empty()) {
        let missing = said(Level::Reason).join("；");
        return Err(Refusal::WithoutReason { step: known.title.clone(), missing }.into());
    }
    matter.state.clone_from(&known.to);
    let step = MatterStep { reason, missing: said(Level::Reason), ..step(office, &known.id, &known.to) };
    let op = Op::Matter { kind: "matter.move", act: known.title.clone(), title: matter.title.clone() };
    office.transact(&op, |tx| {
        store::save(tx, &matter)?;
        store::add_step(tx, matter.id, &step)
    })?;
    shown(office, request.id)
}

/// How a matter ends.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct MatterClose {
    /// Which matter.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Result, one of its choices.
    pub result: String,
    /// In words.
    pub result_text: String,
    /// The day; today when not said.
    pub on: Option<String>,
    /// Why, where something is not done yet.
    #[serde(default)]
    pub reason: String,
}

/// Closes a matter (办结).
///
/// # Errors
/// As [`go`].
pub fn close(office: &mut Office, request: MatterClose, progress: &Progress) -> Result<MatterView> {
    let on = request.on.unwrap_or_else(|| office.clock().today().to_string());
    let values = [("closed_on", on), ("result", request.result), ("result_text", request.result_text)];
    let values = values.into_iter().map(|(id, text)| (id.to_owned(), text.into())).collect();
    let step = MatterMove { id: request.id, step: "close".to_owned(), values, reason: request.reason };
    go(office, step, progress)
}

/// What goes into the archive pack of a matter.
///
/// # Errors
/// [`Missing::Matter`].
pub fn pack(office: &mut Office, request: MatterId, _: &Progress) -> Result<archive::Pack> {
    archive::pack(office, request.id)
}

/// Which year.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct YearRequest {
    /// The year, this one when not said.
    pub year: Option<i32>,
}

/// The register and figures of a year.
///
/// # Errors
/// Reading fails.
pub fn figures(office: &mut Office, request: YearRequest, _: &Progress) -> Result<statistics::Year> {
    use chrono::Datelike as _;
    let year = request.year.unwrap_or_else(|| office.clock().today().year());
    statistics::year(office, year)
}
