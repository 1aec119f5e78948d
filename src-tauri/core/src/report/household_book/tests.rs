//! Nobody is left out, households stay together, and doors come in walking order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::{by_building, households};
use crate::place::Door;
use crate::resident::Person;

fn person(id: i64, household: u8, building: &str, room: u16, relation: &str) -> Person {
    let door =
        |building: &str| Door { building: building.to_owned(), unit: String::new(), room: room.to_string() };
    Person {
        id,
        name: format!("舒予安{id}"),
        household: (household > 0).then(|| i64::from(household)),
        household_number: (household > 0).then(|| format!("H{household:03}")),
        relation_to_head: (!relation.is_empty()).then(|| relation.to_owned()),
        door: if building.is_empty() { Door::default() } else { door(building) },
        ..Person::default()
    }
}

#[test]
fn doors_come_in_walking_order() {
    let book = households(vec![
        person(1, 1, "11", 101, "户主"),
        person(2, 2, "2", 1001, "户主"),
        person(3, 3, "2", 201, "户主"),
        person(4, 0, "", 0, ""),
    ]);
    let doors: Vec<String> = book.iter().map(|one| one.door.title()).collect();
    assert_eq!(doors, ["2号楼201", "2号楼1001", "11号楼101", ""]);
    assert_eq!(by_building(&book).count(), 3, "two buildings and those without one");
}

#[test]
fn the_head_comes_first_even_when_younger() {
    let mut old = person(1, 1, "1", 101, "父亲");
    old.birth_on = Some("1930-01-01".to_owned());
    let mut young = person(2, 1, "1", 101, "户主");
    young.birth_on = Some("1970-01-01".to_owned());
    let book = households(vec![old, young]);
    assert_eq!(book[0].members.iter().map(|member| member.id).collect::<Vec<_>>(), [2, 1]);
}

proptest! {
    #[test]
    fn nobody_is_left_out(people in prop::collection::vec((0u8..6, 0usize..4, 101u16..106), 0..40)) {
        let buildings = ["", "1", "2", "12"];
        let people: Vec<Person> = (1..).zip(people)
            .map(|(id, (household, building, room))| person(id, household, buildings[building], room, ""))
            .collect();
        let book = households(people.clone());
        let mut ids: Vec<i64> = book.iter().flat_map(|one| &one.members).map(|member| member.id).collect();
        ids.sort_unstable();
        prop_assert_eq!(ids, people.iter().map(|person| person.id).collect::<Vec<_>>());
        for one in &book {
            let first = one.members[0].household;
            prop_assert!(one.members.iter().all(|member| member.household == first), "one household a cell");
        }
        let parts: usize = by_building(&book).map(<[_]>::len).sum();
        prop_assert_eq!(parts, book.len());
    }
}
