//! The committee (居委会) itself: its name, its subdistrict, who signs and fills in papers.

pub mod api;
mod store;

pub use store::{find, set};

use serde::{Deserialize, Serialize};

/// The committee's own particulars.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Committee {
    /// Name of the residential area, such as 梅园居民区.
    pub name: String,
    /// Subdistrict or town, such as 东溪街道; may be empty.
    pub subdistrict: String,
    /// Director (主任), printed as 负责人.
    pub director: String,
    /// Who fills in forms (填表人).
    pub filler: String,
    /// Office phone.
    pub phone: String,
    /// Whether this is the practice office.
    pub practice: bool,
}

impl Committee {
    /// The name as printed under 填报单位, such as 东溪街道梅园居民区居民委员会.
    #[must_use]
    pub fn full_name(&self) -> String {
        let is_whole = self.name.ends_with("委员会") || self.name.ends_with("居委会");
        let ending = if is_whole { "" } else { "居民委员会" };
        format!("{}{}{ending}", self.subdistrict, self.name)
    }
}
