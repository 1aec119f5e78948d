//! Gender (性别) as the identity card knows it. The code table with 未知 and 未说明 is `gender` in
//! [`super::code`].

use serde::{Deserialize, Serialize};

use super::text;

/// A person's gender (性别), GB/T 2261.1 codes 1 and 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Gender {
    /// Reads what people write: 男, 女性, 1, F, 男. and the like.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "男" => return Some(Self::Male),
            "女" => return Some(Self::Female),
            _ if text.len() > 24 => return None,
            _ => {}
        }
        let word = text::squeeze(text).to_ascii_lowercase();
        match word.trim_end_matches(['.', '。', ',', '，', '、', ';']) {
            "男" | "男性" | "男士" | "男子" | "男生" | "先生" | "1" | "01" | "1.0" | "m" | "male" | "♂"
            | "1男" | "1-男" | "1.男" | "男1" | "男(1)" => Some(Self::Male),
            "女" | "女性" | "女士" | "女子" | "女生" | "2" | "02" | "2.0" | "f" | "female" | "♀" | "2女"
            | "2-女" | "2.女" | "女2" | "女(2)" => Some(Self::Female),
            _ => None,
        }
    }

    /// The word on paper: 男 or 女.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }

    /// The GB/T 2261.1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "1",
            Self::Female => "2",
        }
    }
}
