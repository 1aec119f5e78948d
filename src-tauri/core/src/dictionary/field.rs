//! A dictionary field (数据项): its id, title, type, sensitivity and the words it goes by.
//!
//! Deliberately absent: how a value of a kind is read and shown (see `value`), and how a heading
//! is matched to a field (see `heading`).

use serde::{Deserialize, Serialize};

/// What a field tells something about, and what one row of a ledger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A resident (居民); volunteers are residents too.
    Resident,
    /// A household (户).
    Household,
    /// A building, dwelling or other place (房屋、处所).
    Place,
    /// An organisation, shop or group (单位、组织).
    Organisation,
    /// Something that happened or was handed out (事件).
    Event,
    /// The ledger row itself, for columns that no other ledger shares.
    Row,
}

/// The type of a field's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A short text.
    Text,
    /// The name of a person.
    Name,
    /// A citizen's identity number (公民身份号码).
    IdNumber,
    /// One or several telephone numbers.
    Phone,
    /// A day.
    Date,
    /// A month of a year.
    Month,
    /// A year.
    Year,
    /// A gender.
    Gender,
    /// An entry of a code table.
    Code,
    /// Yes or no.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Decimal,
    /// An amount in yuan.
    Money,
    /// A full address.
    Address,
    /// The building part of an address (楼号).
    Building,
    /// The stairway part of an address (单元).
    Unit,
    /// The room part of an address (室号).
    Room,
    /// A unified social credit code (统一社会信用代码).
    CreditCode,
    /// The number of a disability certificate (残疾人证号).
    DisabilityCertificate,
    /// A text of several sentences.
    LongText,
}

/// How carefully a field is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// May stand on a public sheet.
    #[default]
    Plain,
    /// Personal information: inside the office only, masked in public.
    Personal,
    /// Sensitive personal information (敏感个人信息): masked unless somebody asks for it.
    Sensitive,
}

/// Whose word counts when a superior's sheet and the office differ on a value (our default, to be
/// overruled by the clerk for any cell).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// What the office knows stays: telephones, addresses, who lives where.
    #[default]
    Office,
    /// The department's word: what it grants or certifies itself.
    Superior,
}

/// A field (数据项): a thing known of a subject, defined once for all ledgers and forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDef {
    /// The id, such as `person.phone`.
    pub id: String,
    /// The title a clerk sees, such as 联系电话.
    pub title: String,
    /// What the field tells something about.
    pub subject: Subject,
    /// The type of the values.
    pub kind: FieldKind,
    /// The code table of a [`FieldKind::Code`] field, an id in `assets/codes`.
    #[serde(default)]
    pub codes: Option<String>,
    /// The heading it stands under on the card and in choice lists, such as 基本情况.
    pub group: String,
    /// How carefully it is shown.
    #[serde(default)]
    pub sensitive: Sensitivity,
    /// Other headings that surely mean this field; levels are joined with `/`.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Headings that may mean this field but may as well mean another.
    #[serde(default)]
    pub loose: Vec<String>,
    /// Ids of the ways to write a value out, the first is the usual one; see [`FieldKind::formats`].
    #[serde(default)]
    pub formats: Vec<String>,
    /// How the value follows from other fields, such as `age` or `gender`; such a field cannot be typed.
    #[serde(default)]
    pub computed: Option<String>,
    /// Every person has one (name, number, telephone): an upper heading decides whose it is.
    #[serde(default)]
    pub common: bool,
    /// Whose word counts when a sheet differs.
    #[serde(default)]
    pub authority: Authority,
    /// Width of a grid column, in pixels at a 16-pixel text size.
    #[serde(default)]
    pub width: u16,
}

impl FieldKind {
    /// The ids of the ways a value of this kind can be written out, the usual one first.
    #[must_use]
    pub const fn formats(self) -> &'static [&'static str] {
        match self {
            Self::IdNumber => &["plain", "spaced", "masked", "masked_ends", "tail6", "tail4"],
            Self::Phone => &["plain", "first", "spaced", "masked"],
            Self::Name => &["plain", "masked", "surname"],
            Self::Date => &["iso", "dotted", "slashed", "compact", "chinese", "month"],
            Self::Month => &["iso", "dotted", "compact", "chinese"],
            Self::Gender | Self::Code => &["title", "code"],
            Self::Boolean => &["yes_no", "tick", "one_zero"],
            Self::Money => &["yuan", "ten_thousand"],
            Self::Address => &["plain", "room", "building"],
            Self::DisabilityCertificate | Self::CreditCode => &["plain", "masked"],
            Self::Year
            | Self::Text
            | Self::Integer
            | Self::Decimal
            | Self::Building
            | Self::Unit
            | Self::Room
            | Self::LongText => &["plain"],
        }
    }

    /// The usual width of a grid column, in pixels at a 16-pixel text size.
    #[must_use]
    pub const fn width(self) -> u16 {
        match self {
            Self::Gender => 64,
            Self::Year | Self::Boolean | Self::Unit => 72,
            Self::Integer | Self::Building | Self::Room => 80,
            Self::Name | Self::Decimal | Self::Month => 96,
            Self::Money | Self::Code => 112,
            Self::Date => 120,
            Self::Text => 128,
            Self::Phone => 136,
            Self::IdNumber | Self::CreditCode => 196,
            Self::DisabilityCertificate => 212,
            Self::Address | Self::LongText => 240,
        }
    }
}

impl FieldDef {
    /// Puts the usual formats and width of the kind where the file names none.
    #[must_use]
    pub(crate) fn completed(mut self) -> Self {
        if self.formats.is_empty() {
            self.formats = self.kind.formats().iter().map(ToString::to_string).collect();
        }
        if self.width == 0 {
            self.width = self.kind.width();
        }
        self
    }

    /// Whether it holds a number by which something is known, so that yes or no says nothing in it.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::IdNumber | FieldKind::Phone | FieldKind::CreditCode | FieldKind::DisabilityCertificate
        ) || self.kind == FieldKind::Text && self.title.ends_with('号')
    }

    /// Whether a clerk may type a value into it.
    #[must_use]
    pub const fn is_typed(&self) -> bool {
        self.computed.is_none()
    }
}
