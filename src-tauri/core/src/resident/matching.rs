//! Tells which resident of the register a row of a sheet means.
//!
//! By ID number; else name and what a covered number still shows; else name and date of birth; else
//! name and door; else name and phone. Never on a name alone, never silently where several fit or
//! where the number is known under another name. Pure: the register is handed in.

use std::collections::HashMap;

use super::Person;
use crate::place::Door;
use crate::value::id_number::long_form;
use crate::value::masked;

/// Length of a date that is only a year, and of one that is a whole day.
const YEAR: usize = 4;
const DAY: usize = 10;

/// What a row says of a person; empty text is "not said".
#[derive(Debug, Clone, Default)]
pub struct Clues<'a> {
    /// Name.
    pub name: &'a str,
    /// ID number, canonical.
    pub id_number: &'a str,
    /// Date of birth, canonical, possibly partial.
    pub birth_on: &'a str,
    /// Door of the living address.
    pub door: Door,
    /// Phone numbers, canonical.
    pub phone: &'a str,
    /// ID number as far as the sheet shows it: 990102********1234.
    pub masked_number: &'a str,
    /// Phone number as far as the sheet shows it.
    pub masked_phone: &'a str,
    /// Name as far as the sheet shows it: 柏*安.
    pub masked_name: &'a str,
}

/// By what a person was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The ID number.
    IdNumber,
    /// Name and what is shown of a covered ID number or telephone.
    NameAndShown,
    /// Name and date of birth.
    NameAndBirth,
    /// Name and door.
    NameAndDoor,
    /// Name and phone.
    NameAndPhone,
}

/// Whom a row means. Positions are those of the register's people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// This person.
    One(usize, Key),
    /// Nobody of the register.
    Nobody,
    /// Nobody can be told apart from these.
    Several(Vec<usize>),
    /// Same name and door or telephone as these, but another birth.
    Alike(Vec<usize>),
    /// Same name and birth as this person, but another ID number.
    OtherNumber(usize),
    /// Same ID number as this person, but another name.
    OtherName(usize),
    /// Only the name is known, and these carry it.
    NameOnly(Vec<usize>),
}

/// All residents, indexed for matching.
#[derive(Debug, Default)]
pub struct Register {
    /// The people, in the order of the store.
    pub people: Vec<Person>,
    by_number: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Register {
    /// Indexes the residents.
    #[must_use]
    pub fn new(people: Vec<Person>) -> Self {
        let mut by_number = HashMap::with_capacity(people.len());
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::with_capacity(people.len());
        for (position, person) in people.iter().enumerate() {
            if let Some(number) = &person.id_number {
                by_number.insert(long_form(number).into_owned(), position);
            }
            by_name.entry(person.name.clone()).or_default().push(position);
        }
        Self { people, by_number, by_name }
    }

    /// The person of that number in the store; the people are in that order.
    #[must_use]
    pub fn person(&self, id: i64) -> Option<&Person> {
        self.people.binary_search_by_key(&id, |person| person.id).ok().map(|at| &self.people[at])
    }

    /// Finds whom the clues mean.
    #[must_use]
    pub fn find(&self, clues: &Clues<'_>) -> Match {
        if let Some(&position) = self.by_number.get(&*long_form(clues.id_number)) {
            return if is_named_so(clues, &self.people[position].name) {
                Match::One(position, Key::IdNumber)
            } else {
                Match::OtherName(position)
            };
        }
        let Some(namesakes) = self.by_name.get(clues.name) else { return Match::Nobody };
        if let Some(found) = self.by_shown(clues, namesakes) {
            return found;
        }
        if !clues.birth_on.is_empty() {
            return self.by_birth(clues, namesakes);
        }
        self.by_door_or_phone(clues, namesakes)
    }

    /// Whom the covered numbers of a row show; none when they tell nobody.
    fn by_shown(&self, clues: &Clues<'_>, namesakes: &[usize]) -> Option<Match> {
        let fitting = |covered: &str, known: fn(&Person) -> Option<&str>| -> Vec<usize> {
            let fits = |position: &&usize| {
                let known = known(&self.people[**position]).unwrap_or_default();
                !covered.is_empty() && known.split('、').any(|known| masked::may_be(covered, known))
            };
            namesakes.iter().filter(fits).copied().collect()
        };
        let by_number = fitting(clues.masked_number, |person| person.id_number.as_deref());
        let by_phone = fitting(clues.masked_phone, |person| person.phone.as_deref());
        let at_door: Vec<usize> =
            namesakes.iter().copied().filter(|position| self.is_near(*position, clues)).collect();
        let shown = if by_number.is_empty() { by_phone.clone() } else { by_number };
        // Few digits may fit several; the other number and the door tell them apart.
        let shown = narrowed(narrowed(shown, &by_phone), &at_door);
        match shown.as_slice() {
            [] => None,
            [one]
                if self.is_born_otherwise(*one, clues)
                    || self.carries_other_number(*one, clues.id_number) =>
            {
                Some(Match::Alike(shown))
            }
            [one] => Some(Match::One(*one, Key::NameAndShown)),
            _ => Some(Match::Several(shown)),
        }
    }

    fn is_born_otherwise(&self, position: usize, clues: &Clues<'_>) -> bool {
        let known = self.people[position].birth_on.as_deref();
        !clues.birth_on.is_empty() && known.is_some() && !agrees(known, clues.birth_on)
    }

    fn by_birth(&self, clues: &Clues<'_>, namesakes: &[usize]) -> Match {
        let born: Vec<usize> = namesakes
            .iter()
            .copied()
            .filter(|position| agrees(self.people[*position].birth_on.as_deref(), clues.birth_on))
            .collect();
        match born.as_slice() {
            [] => self.alike(clues, namesakes),
            [one] if self.carries_other_number(*one, clues.id_number) => Match::OtherNumber(*one),
            [one] if self.is_vague(*one, clues) => Match::Several(vec![*one]),
            [one] => Match::One(*one, Key::NameAndBirth),
            several => Match::Several(several.to_vec()),
        }
    }

    /// Somebody new, unless a namesake lives behind the same door or has the same telephone: then
    /// one of the two births or numbers is likelier wrong than that there are two such people.
    fn alike(&self, clues: &Clues<'_>, namesakes: &[usize]) -> Match {
        let is_near = |position: &usize| self.is_near(*position, clues);
        let near: Vec<usize> = namesakes.iter().copied().filter(is_near).collect();
        if near.is_empty() { Match::Nobody } else { Match::Alike(near) }
    }

    fn is_near(&self, position: usize, clues: &Clues<'_>) -> bool {
        let person = &self.people[position];
        let is_at_door = clues.door.is_certain() && person.door == clues.door;
        is_at_door || !clues.phone.is_empty() && person.phone.as_deref() == Some(clues.phone)
    }

    /// Whether the births agree only in the year, or only in the month while door and telephone say
    /// otherwise: too little to tell a person by.
    fn is_vague(&self, position: usize, clues: &Clues<'_>) -> bool {
        let person = &self.people[position];
        let known = person.birth_on.as_deref().unwrap_or_default();
        let length = known.len().min(clues.birth_on.len());
        let is_elsewhere = (clues.door.is_certain() && person.door.is_certain() && person.door != clues.door)
            || (!clues.phone.is_empty() && person.phone.as_deref().is_some_and(|phone| phone != clues.phone));
        !self.is_near(position, clues) && (length <= YEAR || (length < DAY && is_elsewhere))
    }

    fn carries_other_number(&self, position: usize, number: &str) -> bool {
        !number.is_empty()
            && self.people[position]
                .id_number
                .as_deref()
                .is_some_and(|known| long_form(known) != long_form(number))
    }

    fn by_door_or_phone(&self, clues: &Clues<'_>, namesakes: &[usize]) -> Match {
        if !clues.id_number.is_empty() {
            return Match::Nobody;
        }
        let by_door = |position: &usize| clues.door.is_certain() && self.people[*position].door == clues.door;
        let by_phone = |position: &usize| {
            !clues.phone.is_empty() && self.people[*position].phone.as_deref() == Some(clues.phone)
        };
        let at_door: Vec<usize> = namesakes.iter().copied().filter(by_door).collect();
        let with_phone: Vec<usize> = namesakes.iter().copied().filter(by_phone).collect();
        match (at_door.as_slice(), with_phone.as_slice()) {
            ([one], _) => Match::One(*one, Key::NameAndDoor),
            ([], [one]) => Match::One(*one, Key::NameAndPhone),
            ([], []) if clues.door.is_certain() => Match::Nobody,
            ([], []) => Match::NameOnly(namesakes.to_vec()),
            (several, []) | ([], several) => Match::Several(several.to_vec()),
            (several, _) => Match::Several(several.to_vec()),
        }
    }
}

/// Those of several who are also among others; all of them where that leaves nobody.
fn narrowed(several: Vec<usize>, others: &[usize]) -> Vec<usize> {
    if several.len() < 2 {
        return several;
    }
    let both: Vec<usize> = several.iter().copied().filter(|position| others.contains(position)).collect();
    if both.is_empty() { several } else { both }
}

/// Whether a row says no other name than the known one; the case of Latin letters says nothing.
fn is_named_so(clues: &Clues<'_>, known: &str) -> bool {
    match (clues.name, clues.masked_name) {
        ("", "") => true,
        ("", covered) => masked::may_be_called(covered, known),
        (name, _) => name.eq_ignore_ascii_case(known),
    }
}

/// Whether two dates of birth agree as far as both go: `1940-05` agrees with `1940-05-03`.
fn agrees(known: Option<&str>, said: &str) -> bool {
    known.is_some_and(|known| known.starts_with(said) || said.starts_with(known))
}
