//! `duty.list`, `duty.get` and `duty.rules`: the lists as they are shown. Changing them is in
//! [`change`], comparing with other sets in [`editions`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

mod change;
mod editions;

pub use change::{
    DutyAdd, DutyChange, DutyChanged, DutyDrop, DutyDropped, add, change, drop,
};
pub use editions::{
    CompareReply, CompareRequest, ComparedChange, ComparedEntry, ComparedPart, EditionEntry, EditionsReply,
    TakeReply, TakeRequest, compare, editions, take,
};

use super::entry::{Basis, Entry, Item, ItemState, List, Side};
use super::{edit, shipped, store};
use crate::error::Result;
use crate::ledger;
use crate::office::Office;
use crate::progress::Progress;
use crate::task;
use crate::value::pinyin;
use crate::value::text::squeeze;

/// What of the two lists is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct DutyListRequest {
    /// Words to look for: item, department, law, first letters.
    pub find: Option<String>,
    /// Only items that lack 权, 费 or 物.
    pub lacking: bool,
    /// Only items whose basis waits to be compared with the law.
    pub unchecked: bool,
}

/// The two lists side by side (两份清单).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DutyListReply {
    /// Version the lists came from, `YYYY-MM-DD`.
    pub version: String,
    /// Where it holds.
    pub place: String,
    /// What the committee does by law.
    pub committee: DutySideReply,
    /// What it helps the government with.
    pub government: DutySideReply,
    /// Items in all.
    pub total: usize,
    /// Items that lack 权, 费 or 物.
    pub lacking: usize,
    /// Items whose basis waits to be compared.
    pub unchecked: usize,
}

/// One of the two lists.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DutySideReply {
    /// Its id.
    pub list: List,
    /// Its title.
    pub title: &'static str,
    /// Items in all, whatever was looked for.
    pub total: usize,
    /// The items that fit, under their groups.
    pub groups: Vec<DutyGroup>,
}

/// Items under one heading.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DutyGroup {
    /// The heading.
    pub title: String,
    /// Items under it in all.
    pub total: usize,
    /// The items that fit.
    pub items: Vec<DutyEntry>,
}

/// An item in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DutyEntry {
    /// Stable id.
    pub code: String,
    /// Place in the list, from 1.
    pub number: u32,
    /// Title.
    pub title: String,
    /// Who of the committee.
    pub responsible: String,
    /// Responsible body; empty on the committee's own list.
    pub department: String,
    /// How often, in words.
    pub frequency: String,
    /// What of 权、费、物 is missing.
    pub lacking: Vec<&'static str>,
    /// Whether a basis waits to be compared with the law.
    pub unchecked: bool,
    /// Whether it counts at present.
    pub state: ItemState,
    /// The state in words.
    pub state_title: &'static str,
    /// Whether the office added it.
    pub own: bool,
}

/// The two lists side by side.
///
/// # Errors
/// Reading fails.
pub fn list(office: &mut Office, request: DutyListRequest, _: &Progress) -> Result<DutyListReply> {
    let connection = office.connection();
    let committee = side(&store::of_list(connection, List::Own)?, List::Own, &request)?;
    let government = side(&store::of_list(connection, List::Help)?, List::Help, &request)?;
    let all = DutyListRequest::default();
    let every = [List::Own, List::Help].map(|list| side(&store::of_list(connection, list)?, list, &all));
    let [own, help] = every;
    let (own, help) = (own?, help?);
    let entries = || own.groups.iter().chain(&help.groups).flat_map(|group| &group.items);
    let set = shipped::sets()?.iter().find(|set| set.is_own() && set.list == List::Help);
    Ok(DutyListReply {
        version: set.map(|set| set.version.clone()).unwrap_or_default(),
        place: set.map(|set| set.place.clone()).unwrap_or_default(),
        total: entries().count(),
        lacking: entries().filter(|entry| !entry.lacking.is_empty()).count(),
        unchecked: entries().filter(|entry| entry.unchecked).count(),
        committee,
        government,
    })
}

fn side(entries: &[Entry], list: List, request: &DutyListRequest) -> Result<DutySideReply> {
    let mut groups: Vec<DutyGroup> = Vec::new();
    for entry in entries {
        let item = entry.item()?;
        let shown = shown(entry, &item);
        let fits = (!request.lacking || !shown.lacking.is_empty())
            && (!request.unchecked || shown.unchecked)
            && request.find.as_deref().is_none_or(|find| is_found(&item, find));
        let position = groups.iter().position(|group| group.title == item.group).unwrap_or_else(|| {
            groups.push(DutyGroup { title: item.group.clone(), total: 0, items: Vec::new() });
            groups.len() - 1
        });
        groups[position].total += 1;
        if fits {
            groups[position].items.push(shown);
        }
    }
    Ok(DutySideReply { list, title: list.title(), total: entries.len(), groups })
}

fn shown(entry: &Entry, item: &Item) -> DutyEntry {
    DutyEntry {
        code: entry.code.clone(),
        number: entry.place,
        title: item.title.clone(),
        responsible: item.responsible.clone(),
        department: item.department.clone(),
        frequency: item.frequency.clone(),
        lacking: if entry.list == List::Help { item.lacking() } else { Vec::new() },
        unchecked: item.is_unchecked(),
        state: item.state,
        state_title: item.state.title(),
        own: entry.edition.is_empty(),
    }
}

/// Whether every word that was typed is somewhere in an item, or begins its title in first letters.
fn is_found(item: &Item, find: &str) -> bool {
    let laws: String = item.basis.iter().map(|basis| basis.text()).collect();
    let all = [&item.title, &item.content, &item.department, &item.responsible, &item.group, &laws];
    let text: String = all.map(|part| squeeze(part)).join(" ");
    let letters = pinyin::keys(&item.title).initials.join(" ");
    let is_in = |word: &str| text.contains(word) || letters.contains(&word.to_lowercase());
    find.split_whitespace().all(|word| is_in(&squeeze(word)))
}

/// Which entry is wanted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct DutyRequest {
    /// Its id.
    pub code: String,
}

/// Everything about an item of the two lists.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DutyReply {
    /// Stable id.
    pub code: String,
    /// Which list.
    pub list: List,
    /// The list in words.
    pub list_title: &'static str,
    /// Whose work it is.
    pub side: Side,
    /// Place in the list.
    pub number: u32,
    /// Group.
    pub group: String,
    /// Title.
    pub title: String,
    /// What is done.
    pub content: String,
    /// Who of the committee.
    pub responsible: String,
    /// Responsible body.
    pub department: String,
    /// How often, in words.
    pub frequency: String,
    /// What comes out.
    pub outcome: String,
    /// What authority comes with it (权).
    pub right: String,
    /// What money comes with it (费).
    pub funds: String,
    /// What means come with it (物).
    pub means: String,
    /// What of 权、费、物 is missing.
    pub lacking: Vec<&'static str>,
    /// Form or system it is handed in by.
    pub carrier: String,
    /// Number of the admission.
    pub admission: String,
    /// First day of the admission.
    pub admitted_from: String,
    /// Last day of the admission.
    pub admitted_to: String,
    /// Whether it counts at present.
    pub state: ItemState,
    /// The state in words.
    pub state_title: &'static str,
    /// Hours a year agreed with the department; 0 when not set.
    pub hours: u32,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// Ledgers it needs.
    pub ledgers: Vec<DutyLedger>,
    /// What the gate goes by.
    pub words: Vec<String>,
    /// What to know of it.
    pub note: String,
    /// Whether the office added it.
    pub own: bool,
    /// Tasks of this year.
    #[cfg_attr(test, ts(type = "number"))]
    pub tasks: i64,
    /// Minutes worked on it this year.
    #[cfg_attr(test, ts(type = "number"))]
    pub minutes: i64,
}

/// A ledger that goes with an item.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DutyLedger {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Rows in it.
    #[cfg_attr(test, ts(type = "number"))]
    pub rows: i64,
}

/// Everything about an item.
///
/// # Errors
/// [`crate::error::Missing::Duty`].
pub fn get(office: &mut Office, request: DutyRequest, _: &Progress) -> Result<DutyReply> {
    let entry = edit::get(office.connection(), &request.code)?;
    reply(office, &entry)
}

/// An item as it is shown in full.
fn reply(office: &Office, entry: &Entry) -> Result<DutyReply> {
    use chrono::Datelike as _;
    let item = entry.item()?;
    let year = office.clock().today().year();
    let used = task::used(office.connection(), &entry.code, year)?;
    let rows = ledger::counts(office.connection())?;
    let ledgers = item.ledgers.iter().filter_map(|id| office.ledger_kind(id).ok()).map(|kind| DutyLedger {
        id: kind.id.clone(),
        title: kind.title.clone(),
        rows: rows.get(&kind.id).copied().unwrap_or(0),
    });
    Ok(DutyReply {
        ledgers: ledgers.collect(),
        code: entry.code.clone(),
        list: entry.list,
        list_title: entry.list.title(),
        side: entry.list.side().unwrap_or(Side::Unlisted),
        number: entry.place,
        lacking: if entry.list == List::Help { item.lacking() } else { Vec::new() },
        group: item.group,
        title: item.title,
        content: item.content,
        responsible: item.responsible,
        department: item.department,
        frequency: item.frequency,
        outcome: item.outcome,
        right: item.right,
        funds: item.funds,
        means: item.means,
        carrier: item.carrier,
        admission: item.admission,
        admitted_from: item.admitted_from,
        admitted_to: item.admitted_to,
        state: item.state,
        state_title: item.state.title(),
        hours: item.hours,
        basis: item.basis,
        words: item.words,
        note: item.note,
        own: entry.edition.is_empty(),
        tasks: used.tasks,
        minutes: used.minutes,
    })
}

/// Which of the lists beside the two is wanted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct RulesRequest {
    /// `negative`, `outside`, `admission`, `refuse` or `issue`.
    pub list: List,
}

/// A list beside the two.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RulesReply {
    /// The list.
    pub list: List,
    /// Its title.
    pub title: &'static str,
    /// Its entries in order.
    pub rules: Vec<RuleEntry>,
}

/// An entry of a list beside the two.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RuleEntry {
    /// Stable id.
    pub code: String,
    /// Title.
    pub title: String,
    /// Its parts in words, in the order they are shown.
    pub parts: Vec<RulePart>,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// Whether somebody checked it.
    pub checked: bool,
    /// Whether the office added it.
    pub own: bool,
    /// All it says, as it can be changed.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    pub values: Value,
}

/// A part of an entry in words.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RulePart {
    /// The part.
    pub part: &'static str,
    /// What a clerk calls it.
    pub title: &'static str,
    /// What it says.
    pub text: String,
}

/// A list beside the two.
///
/// # Errors
/// Reading fails.
pub fn rules(office: &mut Office, request: RulesRequest, _: &Progress) -> Result<RulesReply> {
    let entries = store::of_list(office.connection(), request.list)?;
    let rules = entries.into_iter().map(rule).collect();
    Ok(RulesReply { list: request.list, title: request.list.title(), rules })
}

fn rule(entry: Entry) -> RuleEntry {
    let parts = super::compare::PARTS.iter().filter(|(part, _)| !matches!(*part, "title" | "basis"));
    let parts = parts.filter_map(|(part, title)| {
        let text = super::compare::said(&entry.body[*part]);
        (!text.is_empty()).then_some(RulePart { part, title, text })
    });
    let basis: Vec<Basis> = serde_json::from_value(entry.body["basis"].clone()).unwrap_or_default();
    RuleEntry {
        parts: parts.collect(),
        checked: entry.body["checked"].as_bool().unwrap_or(true) && basis.iter().all(|basis| basis.checked),
        basis,
        code: entry.code,
        title: entry.title,
        own: entry.edition.is_empty(),
        values: entry.body,
    }
}
