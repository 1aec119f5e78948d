//! A certificate or a refusal slip put into words: what is known of the person fills the blanks, what
//! is not known stays a blank to write on.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::store::Certificate;
use crate::committee;
use crate::duty;
use crate::error::Result;
use crate::letter::{self, Composed, Facts};
use crate::resident;
use crate::serial::{self, CERTIFICATES};

/// Letter of a refusal slip.
pub(super) const SLIP: &str = "refusal";
/// Letter used where the entry names none.
const PLAIN: &str = "residence";
/// Characters of an ID number that are printed (地区码); the rest is told by the paper itself.
const SHOWN: usize = 6;

/// What is known of a resident, for the blanks of a paper.
///
/// # Errors
/// Reading fails.
pub(super) fn known(connection: &Connection, resident: i64) -> Result<BTreeMap<String, String>> {
    let person = resident::load(connection, resident)?;
    let address = person.living_address.clone().unwrap_or_else(|| person.place_title());
    let values = [
        ("name", Some(person.name)),
        ("gender", person.gender),
        ("id_number", person.id_number),
        ("address", Some(address)),
        ("phone_of_applicant", person.phone),
    ];
    let known = values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Ok(known.filter(|(_, value)| !value.is_empty()).collect())
}

/// The paper of a certificate in its present words; with the next number while none was given. The ID
/// number is covered unless it is asked for whole.
///
/// # Errors
/// Reading fails.
pub fn composed(connection: &Connection, certificate: &Certificate, unmasked: bool, today: chrono::NaiveDate) -> Result<Composed> {
    let entry = duty::find(connection, &certificate.item)?;
    let paper = entry.as_ref().map(|entry| entry.paper()).transpose()?.unwrap_or_default();
    let id = Some(paper.letter.as_str()).filter(|id| !id.is_empty()).unwrap_or(PLAIN);
    let letter = letter::get(id).or_else(|_| letter::get(PLAIN))?;
    let mut facts = Facts::default();
    of_office(connection, &mut facts, certificate.issued_on.unwrap_or(today))?;
    let bases: Vec<String> = paper.basis.iter().map(|basis| basis.text()).collect();
    let basis = if certificate.body.basis.is_empty() { bases.join("、") } else { certificate.body.basis.clone() };
    let days = if letter.valid_days > 0 { letter.valid_days } else { paper.valid_days };
    facts.say("basis", basis);
    facts.say("purpose", certificate.body.purpose.clone());
    facts.say("name", certificate.name.clone());
    facts.say("valid_days", days.to_string());
    facts.say("verify_means", certificate.body.verify.clone());
    facts.say("verifier", certificate.checker.clone());
    facts.say("verified_on", chinese_day(&certificate.body.verified_on));
    facts.say("approver", certificate.approver.clone());
    facts.say("handler", certificate.handler.clone());
    for (name, value) in &certificate.body.values {
        let shown = if name.contains("id_number") && !unmasked { masked(value) } else { value.clone() };
        facts.say(name, shown);
    }
    let mut composed = letter::compose(letter, &facts);
    match certificate.serial.filter(|_| certificate.state != super::State::Refused) {
        Some(id) => crate::gate::number(&mut composed, &serial::get(connection, id)?.text),
        None => composed.number = serial::next(connection, CERTIFICATES, &letter.pattern(), today)?,
    }
    Ok(composed)
}

/// How the number of a certificate's paper is printed.
///
/// # Errors
/// Reading fails.
pub(super) fn pattern(connection: &Connection, certificate: &Certificate) -> Result<String> {
    let entry = duty::find(connection, &certificate.item)?;
    let paper = entry.as_ref().map(|entry| entry.paper()).transpose()?.unwrap_or_default();
    let letter = letter::get(&paper.letter).or_else(|_| letter::get(PLAIN))?;
    Ok(letter.pattern())
}

/// The refusal slip of a certificate in its present words.
///
/// # Errors
/// Reading fails.
pub(super) fn slip(connection: &Connection, certificate: &Certificate, number: Option<u32>, today: chrono::NaiveDate) -> Result<Composed> {
    let entry = duty::find(connection, &certificate.item)?;
    let paper = entry.as_ref().map(|entry| entry.paper()).transpose()?.unwrap_or_default();
    let letter = letter::get(SLIP)?;
    let mut facts = Facts::default();
    of_office(connection, &mut facts, today)?;
    facts.holds.insert(if number.is_some() { "listed" } else { "no_basis" });
    facts.say("list_number", number.map(|number| number.to_string()).unwrap_or_default());
    facts.say("applicant", certificate.name.clone());
    facts.say("received", certificate.asked_on.format("%-m月%-d日").to_string());
    let certificate_title = if certificate.body.want.is_empty() { &certificate.title } else { &certificate.body.want };
    facts.say("certificate", certificate_title.clone());
    let purpose = Some(&certificate.body.purpose).filter(|purpose| !purpose.is_empty());
    facts.say("purpose", purpose.cloned().unwrap_or_else(|| "没有写明".to_owned()));
    facts.say("office", paper.office);
    facts.say("office_note", paper.office_note);
    facts.say("handler", certificate.handler.clone());
    facts.say("basis", paper.basis.iter().map(|basis| basis.text()).collect::<Vec<_>>().join("、"));
    let mut composed = letter::compose(letter, &facts);
    composed.number = serial::next(connection, SLIP, &letter.pattern(), today)?;
    Ok(composed)
}

fn of_office(connection: &Connection, facts: &mut Facts, on: chrono::NaiveDate) -> Result<()> {
    let committee = committee::find(connection)?.unwrap_or_default();
    facts.say("committee", committee.full_name());
    facts.say("date", on.format("%Y年%-m月%-d日").to_string());
    facts.say("phone", committee.phone);
    Ok(())
}

fn chinese_day(day: &str) -> String {
    day.parse::<chrono::NaiveDate>().map(|day| day.format("%Y年%-m月%-d日").to_string()).unwrap_or_default()
}

/// An ID number with only its region to be read.
pub(super) fn masked(number: &str) -> String {
    number.chars().enumerate().map(|(at, c)| if at < SHOWN { c } else { '*' }).collect()
}
