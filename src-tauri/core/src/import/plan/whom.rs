//! Whom or what a row means: somebody known, somebody new, or a question for the clerk.

use super::said::{door_said, key_values};
use super::{Planner, Whom};
use crate::catalog::LedgerKind;
use crate::dictionary::Subject;
use crate::import::doubles;
use crate::import::table::{RowAt, RowReading, Table};
use crate::place::Door;
use crate::resident;
use crate::resident::matching::{Clues, Key, Match};

/// Whom or what a row means.
pub(super) enum Meant {
    /// A known subject or row of the ledger.
    Known { subject: Option<i64>, record: Option<i64>, reason: Option<String> },
    /// Somebody or something new.
    New,
    /// It cannot be told: for the clerk.
    Unclear { reason: String, candidates: Vec<i64> },
}

/// What a row says of its subject beyond its plain values, made while other rows are planned.
pub(super) struct Traits {
    /// The door it names.
    door: Door,
    /// Date of birth, its own or that of the ID number; empty when neither is said.
    birth_on: String,
    /// What tells a new row from other new rows of the sheet; empty when nothing does.
    pub(super) identity: String,
    /// The name, of a person.
    pub(super) name: String,
    /// Whether nothing but the name tells the person.
    pub(super) is_bare: bool,
}

impl Traits {
    pub(super) fn of(table: &Table<'_>, kind: &LedgerKind, reading: &RowReading) -> Self {
        let say = |field: &str| table.value(reading, field).unwrap_or_default();
        let door = match kind.subject {
            Subject::Resident | Subject::Place => door_said(table, reading),
            _ => Door::default(),
        };
        let mut birth_on = say("person.birth_on").to_owned();
        if birth_on.is_empty() && kind.subject == Subject::Resident {
            let from_number =
                resident::consequences("person.id_number", say("person.id_number"), table.today);
            birth_on = from_number.into_iter().next().map(|(_, birth)| birth).unwrap_or_default();
        }
        let identity = match kind.subject {
            Subject::Resident => doubles::identity(table, reading),
            Subject::Place => door.title(),
            Subject::Household => say("household.number").to_owned(),
            _ => {
                let key = key_values(table, kind, reading);
                if key.iter().all(String::is_empty) { String::new() } else { key.join("|") }
            }
        };
        let lives = [say("person.living_address"), say("person.registered_address")];
        let is_bare = identity.is_empty() && lives.iter().all(|place| place.is_empty());
        Self { door, birth_on, is_bare, name: say("person.name").to_owned(), identity }
    }
}

impl Planner<'_> {
    pub(super) fn meant(&self, at: RowAt, traits: &Traits, reading: &RowReading) -> Meant {
        if let Some(whom) = self.decisions.whom.get(&at) {
            return self.told(*whom, reading);
        }
        if let Some(known) = self.taken_out(at, reading) {
            return known;
        }
        match self.kind.subject {
            Subject::Resident => self.meant_resident(traits, reading),
            Subject::Place => self.meant_place(&traits.door),
            Subject::Household | Subject::Organisation | Subject::Event | Subject::Row => {
                self.meant_keyed(reading)
            }
        }
    }

    /// Whether somebody carries an ID number.
    pub(super) fn matches_number(&self, number: &str) -> bool {
        self.owner_of(number).is_some()
    }

    /// The row of the ledger that this one was taken out from, unless somebody else was written over it.
    fn taken_out(&self, at: RowAt, reading: &RowReading) -> Option<Meant> {
        let record = self.records.get(self.decisions.taken_out.get(&at)?)?;
        let say = |field: &str| self.table.value(reading, field).unwrap_or_default();
        let person = record.subject.and_then(|subject| self.before.register.person(subject));
        let is_other = person.is_some_and(|person| {
            let number = say("person.id_number");
            let is_renumbered = !number.is_empty() && person.id_number.as_deref() != Some(number);
            is_renumbered && (say("person.name") != person.name || self.owner_of(number).is_some())
        });
        (!is_other).then_some(Meant::Known { subject: record.subject, record: Some(record.id), reason: None })
    }

    /// What the clerk said counts, unless the ID number of the row is somebody else's.
    fn told(&self, whom: Whom, reading: &RowReading) -> Meant {
        let (subject, record) = match whom {
            Whom::Subject(subject) => {
                (Some(subject), self.before.members.get(&subject).map(|record| record.id))
            }
            Whom::Record(record) => {
                (self.records.get(&record).and_then(|record| record.subject), Some(record))
            }
            Whom::New => (None, None),
        };
        let number = self.table.value(reading, "person.id_number").unwrap_or_default();
        let owner = self.owner_of(number).filter(|owner| Some(*owner) != subject);
        if let Some(owner) = owner {
            let reason = "这个身份证号在册里是另一位的，请先核对".to_owned();
            return Meant::Unclear { reason, candidates: vec![owner] };
        }
        match whom {
            Whom::New => Meant::New,
            _ => Meant::Known { subject, record, reason: Some("您指明的这一位".to_owned()) },
        }
    }

    /// The resident who carries an ID number.
    fn owner_of(&self, number: &str) -> Option<i64> {
        let clues = Clues { id_number: number, ..Clues::default() };
        match self.before.register.find(&clues) {
            Match::One(position, Key::IdNumber) => Some(self.before.register.people[position].id),
            _ => None,
        }
    }

    fn meant_resident(&self, traits: &Traits, reading: &RowReading) -> Meant {
        let say = |field: &str| self.table.value(reading, field).unwrap_or_default();
        let clues = Clues {
            name: say("person.name"),
            id_number: say("person.id_number"),
            birth_on: &traits.birth_on,
            door: traits.door.clone(),
            phone: say("person.phone"),
            masked_number: self.table.masked(reading, "person.id_number"),
            masked_phone: self.table.masked(reading, "person.phone"),
            masked_name: self.table.masked(reading, "person.name"),
        };
        match self.before.register.find(&clues) {
            Match::Nobody => Meant::New,
            Match::One(position, key) => self.known_resident(position, key),
            Match::Alike(several) => self.unclear(
                &several,
                "册里有同名、住址或电话也对得上的人，出生日期或号码却不一样，请核对是不是同一位".to_owned(),
            ),
            Match::Several(several) if several.len() == 1 => {
                self.unclear(&several, "册里有同名的人，出生年月只大致对得上，请核对是不是同一位".to_owned())
            }
            Match::Several(several) => self.unclear(
                &several,
                format!("册里有 {} 位对得上的人，分不清是哪一位，请指明或补上身份证号", several.len()),
            ),
            Match::OtherNumber(position) => self.unclear(
                &[position],
                "册里有同名同日生的人，身份证号却不一样，请先核对是不是同一位".to_owned(),
            ),
            Match::OtherName(position) => self
                .unclear(&[position], "册里用这个身份证号的人不叫这个名字，请先核对是不是同一位".to_owned()),
            Match::NameOnly(several) => self.unclear(
                &several,
                format!("册里有 {} 位同名的人，只凭姓名认不准，请指明或补上身份证号、住址", several.len()),
            ),
        }
    }

    fn unclear(&self, positions: &[usize], reason: String) -> Meant {
        let people = &self.before.register.people;
        Meant::Unclear { reason, candidates: positions.iter().map(|&position| people[position].id).collect() }
    }

    fn known_resident(&self, position: usize, key: Key) -> Meant {
        let person = &self.before.register.people[position];
        let reason = match key {
            Key::IdNumber => None,
            Key::NameAndShown => Some("按姓名和号码露出的几位认出"),
            Key::NameAndBirth => Some("按姓名和出生日期认出"),
            Key::NameAndDoor => Some("按姓名和住址认出"),
            Key::NameAndPhone => Some("按姓名和电话认出"),
        };
        Meant::Known {
            subject: Some(person.id),
            record: self.before.members.get(&person.id).map(|record| record.id),
            reason: reason.map(str::to_owned),
        }
    }

    fn meant_place(&self, door: &Door) -> Meant {
        if door.room.is_empty() {
            return Meant::Unclear {
                reason: "没有房号，认不出是哪一间".to_owned(), candidates: Vec::new()
            };
        }
        match self.before.doors.get(door) {
            Some(place) => Meant::Known {
                subject: Some(*place),
                record: self.before.members.get(place).map(|record| record.id),
                reason: None,
            },
            None => Meant::New,
        }
    }

    fn meant_keyed(&self, reading: &RowReading) -> Meant {
        let key = key_values(self.table, self.kind, reading);
        match self.before.keyed.get(&key) {
            Some(record) if key.iter().any(|part| !part.is_empty()) => {
                Meant::Known { subject: record.subject, record: Some(record.id), reason: None }
            }
            _ => Meant::New,
        }
    }
}
