//! Whom a row means: by number, by name and birth, by name and door, never by a name alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::matching::{Clues, Key, Match, Register};
use super::{Person, consequences};
use crate::place::Door;
use crate::testing::day;

fn person(name: &str, number: &str, birth: &str, room: &str) -> Person {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Person {
        name: name.to_owned(),
        id_number: some(number),
        birth_on: some(birth),
        door: Door { building: "3".into(), unit: String::new(), room: room.into() },
        ..Person::default()
    }
}

fn register() -> Register {
    Register::new(vec![
        person("王芳", "990102194005030010", "1940-05-03", "502"),
        person("王芳", "", "1962-01-01", "301"),
        person("李娜", "", "1980-02-02", "101"),
        person("李娜", "", "1980-02-02", "102"),
    ])
}

#[track_caller]
fn check(name: &str, number: &str, birth: &str, room: &str, expected: &Match) {
    let door = Door { building: "3".into(), unit: String::new(), room: room.into() };
    let clues = Clues { name, id_number: number, birth_on: birth, door, ..Clues::default() };
    assert_eq!(&register().find(&clues), expected);
}

#[test]
fn a_number_that_is_known_under_another_name_is_asked_about() {
    check("王芳", "990102194005030010", "", "", &Match::One(0, Key::IdNumber));
    check("", "990102194005030010", "", "", &Match::One(0, Key::IdNumber));
    check("王方", "990102194005030010", "", "", &Match::OtherName(0));
}

#[test]
fn the_old_number_of_fifteen_digits_is_the_same_persons() {
    check("王芳", "990102400503001", "", "", &Match::One(0, Key::IdNumber));
    let old = Register::new(vec![person("王芳", "990102400503001", "", "")]);
    let clues = Clues { name: "王芳", id_number: "990102194005030010", ..Clues::default() };
    assert_eq!(old.find(&clues), Match::One(0, Key::IdNumber));
}

#[test]
fn what_a_covered_number_shows_tells_namesakes_apart() {
    let find = |name, masked_number, birth_on| {
        register().find(&Clues { name, masked_number, birth_on, ..Clues::default() })
    };
    assert_eq!(find("王芳", "990102********0010", ""), Match::One(0, Key::NameAndShown));
    assert_eq!(find("王芳", "990102********0029", ""), Match::NameOnly(vec![0, 1]));
    assert_eq!(find("王芳", "990102********0010", "1962-01-01"), Match::Alike(vec![0]));
    assert_eq!(find("赵云", "990102********0010", ""), Match::Nobody, "digits alone tell nobody");
    let covered = Clues { masked_name: "王*", id_number: "990102194005030010", ..Clues::default() };
    assert_eq!(register().find(&covered), Match::One(0, Key::IdNumber));
    let other = Clues { masked_name: "李*", ..covered };
    assert_eq!(register().find(&other), Match::OtherName(0));
}

#[test]
fn name_and_birth_decide_where_no_number_contradicts() {
    check("王芳", "", "1962-01-01", "", &Match::One(1, Key::NameAndBirth));
    check("王芳", "", "1962-01", "", &Match::One(1, Key::NameAndBirth));
    check("王芳", "990102196201010024", "1962-01-01", "", &Match::One(1, Key::NameAndBirth));
    check("王芳", "990102194005030096", "1940-05-03", "", &Match::OtherNumber(0));
    check("王芳", "", "1999-09-09", "", &Match::Nobody);
}

#[test]
fn namesakes_are_never_guessed() {
    check("李娜", "", "1980-02-02", "", &Match::Several(vec![2, 3]));
    check("李娜", "", "", "102", &Match::One(3, Key::NameAndDoor));
    check("王芳", "", "", "", &Match::NameOnly(vec![0, 1]));
    check("赵云", "", "", "", &Match::Nobody);
}

#[test]
fn birth_gender_and_door_follow_only_from_sound_values() {
    let follows = consequences("person.id_number", "990102195107011448", day());
    assert!(follows.contains(&("person.birth_on", "1951-07-01".to_owned())));
    assert!(follows.contains(&("person.gender", "女".to_owned())));
    assert!(
        consequences("person.id_number", "990102195107011449", day()).is_empty(),
        "a wrong check digit proves nothing"
    );
    let door = consequences("person.living_address", "梅园新村7号楼1单元301室", day());
    assert!(
        door.contains(&("place.building", "7".to_owned()))
            && door.contains(&("place.room", "301".to_owned()))
    );
    assert!(consequences("person.living_address", "东门面12号", day()).is_empty());
}
