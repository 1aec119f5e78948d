//! Households (户): a household number and the place it lives at. Its members are residents that
//! point to it; nothing about them is copied here.

mod store;

pub use store::{HouseholdBook, Member, count, members, number};
