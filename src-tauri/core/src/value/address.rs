//! Addresses inside the office's own area, taken apart into estate, building, unit and room.
//!
//! Written forms differ by town: 3号楼502室, 7号楼1单元301, 3-401, 梅园路88弄3号502室, 3#502. What cannot be
//! told apart with certainty stays in `rest`; nothing is looked up in a list of places.

mod scan;

use serde::{Deserialize, Serialize};

use super::text::squeeze;

/// An address (住址) taken apart. Building, unit and room are bare tokens such as "3", "A" or "502".
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Province, city, district, subdistrict before the estate, as written (上海市浦东新区).
    pub area: Option<String>,
    /// The estate or lane (小区, 弄), as written: 梅园新村, 梅园路88弄.
    pub estate: Option<String>,
    /// The building (楼号, in lanes the 号).
    pub building: Option<String>,
    /// The unit or staircase (单元).
    pub unit: Option<String>,
    /// The room (室号).
    pub room: Option<String>,
    /// What else was written, or all of it when it is no address of a home.
    pub rest: String,
}

/// Takes an address apart.
#[must_use]
pub fn parse(text: &str) -> Address {
    let text = squeeze(text);
    if text.is_empty() || text.len() > 400 {
        return Address { rest: text, ..Address::default() };
    }
    scan::address(&text)
}

impl Address {
    /// Takes an address apart, as [`parse`] does.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        parse(text)
    }

    /// The building as it is spoken: "3号楼", "A座" as "A号楼".
    #[must_use]
    pub fn building_title(&self) -> Option<String> {
        self.building.as_ref().map(|building| building_title(building))
    }

    /// The short form for lists: 3号楼502, 7号楼1单元301; none when neither building nor room is known.
    #[must_use]
    pub fn short(&self) -> Option<String> {
        let building = self.building_title().unwrap_or_default();
        let unit = self.unit.as_ref().map(|unit| format!("{unit}单元")).unwrap_or_default();
        let room = match &self.room {
            Some(room) if building.is_empty() && unit.is_empty() => format!("{room}室"),
            Some(room) => room.clone(),
            None => String::new(),
        };
        let short = format!("{building}{unit}{room}");
        (self.building.is_some() || self.room.is_some()).then_some(short)
    }

    /// Says whether a home is known to the room.
    #[must_use]
    pub fn is_home(&self) -> bool {
        self.building.is_some() && self.room.is_some()
    }
}

/// A building, unit or room token as it is kept: 03 is 3. Tokens that are not all digits stay.
#[must_use]
pub fn bare(token: &str) -> &str {
    let short = token.trim_start_matches('0');
    if short.is_empty() || !token.bytes().all(|b| b.is_ascii_digit()) { token } else { short }
}

/// The title of a building token: "3" is "3号楼".
#[must_use]
pub fn building_title(building: &str) -> String {
    format!("{building}号楼")
}

/// Says whether text looks like the number of a room: 502, 1203A, 301-1, 502室.
#[must_use]
pub fn looks_like_room(text: &str) -> bool {
    if text.len() > 30 {
        return false;
    }
    let text = squeeze(text);
    let named = text.strip_suffix("号房").or_else(|| text.strip_suffix(['室', '房', '户']));
    let bare = named.unwrap_or(&text);
    let (main, part) = bare.split_once('-').unwrap_or((bare, ""));
    let digits = main.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let letters = main.len() - digits.len();
    let shortest = if named.is_some() { 1 } else { 3 };
    (shortest..=5).contains(&digits.len())
        && letters <= 1
        && digits.bytes().all(|b| b.is_ascii_digit())
        && part.len() <= 2
        && part.bytes().all(|b| b.is_ascii_alphanumeric())
        && (part.is_empty() != bare.contains('-'))
}
