//! Places (房屋): a building, unit and room, each kept once. Facts of a place (use, owner) are in
//! [`crate::fact`]; who lives there is in [`crate::resident`].

mod store;

pub use store::{PlaceBook, buildings, count_buildings, get};

/// The door of a place. Empty parts are unknown or do not exist there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Door {
    /// Building token without 号楼, such as `3`.
    pub building: String,
    /// Unit token, such as `1`.
    pub unit: String,
    /// Room, such as `502`.
    pub room: String,
}

impl Door {
    /// The door as clerks say it: `3号楼502`, `7号楼1单元301`.
    #[must_use]
    pub fn title(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!("{}单元", self.unit) };
        if self.building.is_empty() {
            return format!("{unit}{}", self.room);
        }
        format!("{}{unit}{}", building_title(&self.building), self.room)
    }

    /// Whether enough is known to be one place: building and room.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        !self.building.is_empty() && !self.room.is_empty()
    }
}

/// A building token as clerks say it; a name that is not a number stays as it is.
#[must_use]
pub fn building_title(building: &str) -> String {
    if building.chars().all(|c| c.is_ascii_alphanumeric()) {
        format!("{building}号楼")
    } else {
        building.to_owned()
    }
}
