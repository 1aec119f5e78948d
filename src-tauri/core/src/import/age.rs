//! The column of ages of a sheet: never kept, since an age follows from the birth, but checked with it.
//!
//! Sheets are made on other days than today, and some count a year more (虚岁): by how much the ages
//! of a sheet are off is learnt from most of its rows, and only rows that stand out are told.

use super::table::{RowAt, RowReading, Table};
use crate::value::date::{PartialDate, age_on};
use crate::value::id_number::IdNumber;
use crate::value::number;

/// Rows by which is learnt how a sheet counts, and from how many on.
const LOOKED_AT: usize = 2_000;
const ENOUGH: usize = 5;
/// Years by which an age may be off: where the sheet's way is known, and where it is not.
const NEAR: i32 = 1;
const FAR: i32 = 2;
const OLDEST: i32 = 150;

/// The column of ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ages {
    /// The column in the first part, counted from 0.
    pub column: u32,
    /// How many years most rows say more than today's age, and how far a row may be from that.
    usual: (i32, i32),
}

impl Ages {
    /// Ages of that column.
    #[must_use]
    pub const fn new(column: u32) -> Self {
        Self { column, usual: (0, FAR) }
    }
}

impl Table<'_> {
    /// Learns how the sheet counts ages.
    #[must_use]
    pub fn with_ages(mut self) -> Self {
        let Some(ages) = self.age else { return self };
        let rows = self.rows.iter().take(LOOKED_AT);
        let mut off: Vec<i32> = rows.filter_map(|&at| self.years_off(at, ages, &self.read(at))).collect();
        off.sort_unstable();
        if off.len() >= ENOUGH {
            self.age = Some(Ages { usual: (off[off.len() / 2], NEAR), ..ages });
        }
        self
    }

    /// Whether the age a row says does not go with its birth.
    pub(super) fn is_age_wrong(&self, at: RowAt, ages: Ages, reading: &RowReading) -> bool {
        let (usual, slack) = ages.usual;
        self.years_off(at, ages, reading).is_some_and(|off| (off - usual).abs() > slack)
    }

    /// How many years the age of a row is more than that of its birth today.
    fn years_off(&self, at: RowAt, ages: Ages, reading: &RowReading) -> Option<i32> {
        let text = self.text_at(at, ages.column);
        let said = i32::try_from(number::integer(text.trim_end_matches(['岁', ' ']))?).ok()?;
        let number = self.value(reading, "person.id_number");
        let born = number.and_then(|number| IdNumber::parse(number, self.today).ok());
        let birth = match born {
            Some(number) => PartialDate::Day(number.birth_on()),
            None => PartialDate::from_canonical(self.value(reading, "person.birth_on")?)?,
        };
        let age = age_on(birth, self.today)?;
        (0..=OLDEST).contains(&said).then(|| said - age)
    }
}
