//! `meeting.candidates` and `meeting.roll`: who is invited, and who came.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::view::{self, MeetingView};
use crate::error::{Missing, Refusal, Result};
use crate::meeting::case::{Arrival, Attendee, Case};
use crate::meeting::kind::Seat;
use crate::meeting::{composition, held, store};
use crate::office::Office;
use crate::progress::Progress;
use crate::resident::{self, Person};
use crate::value::text;
use crate::{fact, ledger, search};

/// The fact that says which post somebody holds.
const POST: &str = "person.community_post";

/// Somebody on the roll.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "MeetingPerson"))]
pub struct PersonView {
    /// Number on the roll.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Unique number of the resident, when it is one.
    pub uid: Option<String>,
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<String>,
    /// Organisation.
    pub unit: String,
    /// Phone.
    pub phone: String,
    /// Where they live, such as 3号楼502.
    pub place: String,
    /// Whether they are there.
    pub arrival: Arrival,
    /// Since when, `HH:MM`.
    pub arrived_at: String,
    /// Reason of a leave, or who speaks for them.
    pub note: String,
    /// Day they signed; may be empty.
    pub signed_on: String,
}

/// Attendance of one role.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RoleCount {
    /// Role.
    pub role: String,
    /// Title.
    pub title: String,
    /// On the roll.
    #[cfg_attr(test, ts(type = "number"))]
    pub expected: i64,
    /// There.
    #[cfg_attr(test, ts(type = "number"))]
    pub present: i64,
    /// Percent with one decimal; empty without anybody.
    pub percent: String,
}

/// The roll as shown.
pub(super) fn people(office: &Office, case: &Case<'_>) -> Result<Vec<PersonView>> {
    let view = |one: &Attendee| {
        let uid = one.resident.map(|id| resident::uid_of(office.connection(), id)).transpose()?;
        let place = match one.building.as_str() {
            "" => one.room.clone(),
            building => format!("{}{}", crate::place::building_title(building), one.room),
        };
        Ok(PersonView {
            id: one.id,
            uid,
            name: one.name.clone(),
            roles: one.roles.clone(),
            unit: one.unit.clone(),
            phone: one.phone.clone(),
            place,
            arrival: one.arrival,
            arrived_at: one.arrived_at.clone(),
            note: one.note.clone(),
            signed_on: one.signed_on.clone(),
        })
    };
    case.people.iter().map(view).collect()
}

/// Attendance by role, with percent (M04).
pub(crate) fn attendance(case: &Case<'_>) -> Vec<RoleCount> {
    let count = |role: &crate::meeting::kind::Role| {
        let listed: Vec<&Attendee> = case.people.iter().filter(|one| one.roles.contains(&role.id)).collect();
        let there = listed.iter().filter(|one| one.is_there(case.kind.quorum.agents)).count();
        let (expected, present) = (composition::size(listed.len()), composition::size(there));
        let ratio = crate::meeting::parameter::Ratio { n: present * 100, d: expected.max(1) };
        let percent = if expected > 0 { crate::meeting::count::tenth(ratio) } else { String::new() };
        RoleCount { role: role.id.clone(), title: role.title.clone(), expected, present, percent }
    };
    case.kind.roles.iter().map(count).filter(|count| count.expected > 0).collect()
}

/// The same person before anything happened, with roles of another meeting.
pub(super) fn fresh(one: &Attendee, roles: Vec<String>) -> Attendee {
    Attendee {
        id: 0,
        roles,
        arrival: Arrival::Expected,
        arrived_at: String::new(),
        note: String::new(),
        signed_on: String::new(),
        ..one.clone()
    }
}

/// Whom to show in the picker; the conditions narrow each other down.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CandidatesRequest {
    /// Those who live in one of these buildings.
    #[serde(default)]
    pub buildings: Vec<String>,
    /// Members of a ledger.
    pub ledger: Option<String>,
    /// Holders of one of these posts, such as 居民代表.
    #[serde(default)]
    pub posts: Vec<String>,
    /// As typed into the search box: name, pinyin, phone, 3-502.
    #[serde(default)]
    pub text: String,
    /// Only full-aged (18 or older).
    #[serde(default)]
    pub adults: bool,
    /// How many at most, two hundred when not said.
    pub limit: Option<usize>,
}

/// Whom the picker shows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CandidatesReply {
    /// The people.
    pub people: Vec<Candidate>,
    /// How many there are in all.
    pub total: usize,
    /// All buildings, for choosing.
    pub buildings: Vec<String>,
}

/// Somebody who may be invited.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Candidate {
    /// Unique number.
    pub uid: String,
    /// Name.
    pub name: String,
    /// Where they live.
    pub place: String,
    /// Building token.
    pub building: String,
    /// Posts they hold.
    pub posts: String,
}

/// People of the register who may be invited: by building, ledger, post, or as typed.
///
/// # Errors
/// There is no such ledger, or reading fails.
pub fn candidates(
    office: &mut Office,
    request: CandidatesRequest,
    progress: &Progress,
) -> Result<CandidatesReply> {
    let typed = text::clean(&request.text);
    let found = if typed.is_empty() { None } else { Some(typed_uids(office, typed, progress)?) };
    let connection = office.connection();
    let members: Option<HashSet<i64>> = match &request.ledger {
        None => None,
        Some(id) => Some(ledger::member_subjects(connection, &office.ledger_kind(id)?.id)?),
    };
    let posts = posts(office)?;
    let adult_by = office.clock().today().checked_sub_months(chrono::Months::new(18 * 12));
    let adult_by = adult_by.map(|day| day.to_string()).unwrap_or_default();
    let tokens: Vec<String> = request.buildings.iter().flat_map(|one| composition::buildings(one)).collect();
    let fits = |person: &Person| {
        let post = posts.get(&person.id).map_or("", String::as_str);
        (tokens.is_empty() || tokens.contains(&person.door.building))
            && members.as_ref().is_none_or(|members| members.contains(&person.id))
            && (request.posts.is_empty() || request.posts.iter().any(|wanted| post.contains(wanted.as_str())))
            && (!request.adults || person.birth_on.as_ref().is_some_and(|birth| *birth <= adult_by))
            && found.as_ref().is_none_or(|found| found.contains(&person.id))
    };
    let mut people = resident::all(connection)?;
    people.retain(fits);
    let total = people.len();
    people.truncate(request.limit.unwrap_or(200));
    let candidate = |person: Person| {
        Ok(Candidate {
            uid: resident::uid_of(connection, person.id)?,
            place: person.place_title(),
            building: person.door.building.clone(),
            posts: posts.get(&person.id).cloned().unwrap_or_default(),
            name: person.name,
        })
    };
    Ok(CandidatesReply {
        people: people.into_iter().map(candidate).collect::<Result<_>>()?,
        total,
        buildings: crate::place::buildings(connection)?,
    })
}

fn typed_uids(office: &mut Office, text: String, progress: &Progress) -> Result<HashSet<i64>> {
    let request = search::api::FindRequest { text, limit: None };
    let hits = search::api::find(office, request, progress)?.hits;
    hits.iter().map(|hit| resident::number_of(office.connection(), &hit.uid)).collect()
}

/// Posts by resident, as titles.
fn posts(office: &Office) -> Result<BTreeMap<i64, String>> {
    let held = fact::of_fields(office.connection(), &[POST])?;
    let titles = office.catalog().codes.table("post_kind");
    let title = |code: &str| {
        let item = titles.and_then(|table| table.items.iter().find(|item| item.code == code));
        item.map_or_else(|| code.to_owned(), |item| item.title.clone())
    };
    let say = |value: &String| value.split('、').map(title).collect::<Vec<_>>().join("、");
    Ok(held.iter().filter_map(|(id, facts)| Some((*id, say(facts.get(POST)?)))).collect())
}

/// What changes on the roll.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct RollRequest {
    /// Which meeting.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Who is invited. A resident who is on the roll already gets the roles besides.
    #[serde(default)]
    pub add: Vec<Invite>,
    /// Who is struck off, by number on the roll.
    #[serde(default)]
    #[cfg_attr(test, ts(type = "number[]"))]
    pub remove: Vec<i64>,
    /// Who came, asked for leave, or signed.
    #[serde(default)]
    pub mark: Vec<RollMark>,
}

/// Somebody who is invited.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// Unique number of a resident.
    pub uid: Option<String>,
    /// Name of somebody who is none.
    #[serde(default)]
    pub name: String,
    /// Roles.
    pub roles: Vec<String>,
    /// Organisation.
    #[serde(default)]
    pub unit: String,
    /// Phone; that of the register when not said.
    #[serde(default)]
    pub phone: String,
}

/// A tick on the roll; what is not said stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct RollMark {
    /// Number on the roll.
    #[cfg_attr(test, ts(type = "number"))]
    pub person: i64,
    /// Whether they are there.
    pub arrival: Option<Arrival>,
    /// Since when, `HH:MM`; now when not said.
    pub arrived_at: Option<String>,
    /// Reason of a leave, or who speaks for them.
    pub note: Option<String>,
    /// Day they signed; empty takes it back.
    pub signed_on: Option<String>,
    /// Roles.
    pub roles: Option<Vec<String>>,
    /// Organisation.
    pub unit: Option<String>,
}

/// Invites, strikes off and ticks.
///
/// # Errors
/// A role or person does not exist; the counts rest on the roll and are locked.
pub fn roll(office: &mut Office, request: RollRequest, _: &Progress) -> Result<MeetingView> {
    let held = held(office, request.id)?;
    let case = &held.case;
    let is_frozen = super::vote::rests_on_roll(case);
    let moves = request.mark.iter().any(|mark| mark.arrival.is_some() || mark.roles.is_some());
    if is_frozen && (!request.add.is_empty() || !request.remove.is_empty() || moves) {
        return Err(Refusal::CountsLocked.into());
    }
    let now = office.clock().now().format("%H:%M").to_string();
    let mut kept = Vec::new();
    for mark in request.mark {
        let known = case.people.iter().find(|one| one.id == mark.person);
        let known = known.ok_or_else(|| Missing::MeetingPart(mark.person.to_string()))?;
        kept.push(marked(case, known, mark, &now)?);
    }
    for invite in request.add {
        let one = invited(office, case, invite)?;
        let is_same = |other: &&Attendee| one.resident.is_some() && other.resident == one.resident;
        match case.people.iter().chain(&kept).find(is_same) {
            None => kept.push(one),
            Some(known) => kept.push(with_roles(known, &one.roles)),
        }
    }
    let act = if moves { "记到会" } else { "修改名单" };
    office.transact(&super::op("meeting.roll", act, &held.meeting, &case.kind.title), |tx| {
        request.remove.iter().try_for_each(|id| store::remove_person(tx, held.meeting.id, *id))?;
        kept.iter().try_for_each(|one| store::save_person(tx, held.meeting.id, one))
    })?;
    view::view(office, request.id)
}

/// A person may chair or keep the record besides one other seat; of two other seats the new one counts.
fn with_roles(known: &Attendee, added: &[String]) -> Attendee {
    let mut roles = known.roles.clone();
    roles.extend(added.iter().filter(|role| !known.roles.contains(role)).cloned());
    Attendee { roles, ..known.clone() }
}

fn marked(case: &Case<'_>, known: &Attendee, mark: RollMark, now: &str) -> Result<Attendee> {
    let mut one = known.clone();
    if let Some(arrival) = mark.arrival {
        one.arrival = arrival;
        let is_there = arrival == Arrival::Present;
        one.arrived_at =
            if is_there { mark.arrived_at.unwrap_or_else(|| now.to_owned()) } else { String::new() };
    }
    if let Some(roles) = mark.roles {
        one.roles = known_roles(case, roles)?;
    }
    one.note = mark.note.map_or(one.note, |note| text::clean(&note));
    one.unit = mark.unit.map_or(one.unit, |unit| text::clean(&unit));
    one.signed_on = mark.signed_on.unwrap_or(one.signed_on);
    Ok(one)
}

fn known_roles(case: &Case<'_>, roles: Vec<String>) -> Result<Vec<String>> {
    match roles.iter().find(|role| case.kind.role(role).is_none()) {
        Some(unknown) => Err(Missing::MeetingPart(unknown.clone()).into()),
        None if one_seat(case, &roles) => Ok(roles),
        None => Err(Refusal::NotAChoice { title: "参会身份（一人只占一个席位）".to_owned() }.into()),
    }
}

/// Nobody has two seats besides chair and recorder.
fn one_seat(case: &Case<'_>, roles: &[String]) -> bool {
    let is_seat = |role: &&String| {
        case.kind.role(role).is_some_and(|role| !matches!(role.seat, Seat::Chair | Seat::Recorder))
    };
    roles.iter().filter(is_seat).count() <= 1
}

fn invited(office: &Office, case: &Case<'_>, invite: Invite) -> Result<Attendee> {
    let roles = known_roles(case, invite.roles)?;
    let unit = text::clean(&invite.unit);
    let Some(uid) = invite.uid else {
        let name = text::clean(&invite.name);
        if name.is_empty() {
            return Err(Refusal::EmptyName.into());
        }
        return Ok(Attendee { name, roles, unit, phone: invite.phone, ..Attendee::default() });
    };
    let id = resident::number_of(office.connection(), &uid)?;
    let person = resident::load(office.connection(), id)?;
    Ok(Attendee {
        resident: Some(id),
        name: person.name,
        roles,
        unit,
        phone: if invite.phone.is_empty() { person.phone.unwrap_or_default() } else { invite.phone },
        building: person.door.building,
        room: person.door.room,
        ..Attendee::default()
    })
}
