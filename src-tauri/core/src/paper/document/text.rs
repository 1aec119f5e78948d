//! Words of a document: titles, paragraphs, lines of form, the signature block.
//!
//! A plain value; sizes left out are those of the style.

use super::{Align, Picture, Typeface};

/// The title of a paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Title {
    /// Its words; a line feed breaks it there, else it is broken by meaning.
    pub text: String,
    /// Document number below it (文号), such as 春居告〔2026〕7号; empty prints none.
    pub number: String,
    /// Subtitle below it; empty prints none.
    pub subtitle: String,
    /// Whether a line over the whole width follows, as in minutes (纪要).
    pub ruled: bool,
    /// Size in points, where it is not that of the style.
    pub size: Option<f32>,
}

impl Title {
    /// A title alone.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same title with a document number below it.
    #[must_use]
    pub fn numbered(self, number: impl Into<String>) -> Self {
        Self { number: number.into(), ..self }
    }

    /// The same title in that size (points).
    #[must_use]
    pub fn sized(self, size: f32) -> Self {
        Self { size: Some(size), ..self }
    }

    /// The same title with a subtitle below it.
    #[must_use]
    pub fn with_subtitle(self, subtitle: impl Into<String>) -> Self {
        Self { subtitle: subtitle.into(), ..self }
    }
}

/// Running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its words, each run in its own voice.
    pub runs: Vec<Run>,
    /// Size in points; `None` is that of the style, on its grid if it has one.
    pub size: Option<f32>,
    /// From row to row as a multiple of the size; `None` is that of the style.
    pub leading: Option<f32>,
    /// Where the lines stand.
    pub align: Align,
    /// Indent of the first line, in characters.
    pub indent: f32,
    /// Indent of the other lines, in characters.
    pub hang: f32,
}

impl Paragraph {
    /// A paragraph of one face and size, two characters indented.
    #[must_use]
    pub fn new(text: impl Into<String>, typeface: Typeface, size: f32) -> Self {
        let mut made = Self::of([Run::new(text, Voice::Face(typeface))]);
        (made.size, made.leading) = (Some(size), Some(1.6));
        made
    }

    /// A paragraph of the style's text, two characters indented.
    #[must_use]
    pub fn body(text: impl Into<String>) -> Self {
        Self::of([Run::new(text, Voice::Body)])
    }

    /// A paragraph of those runs, two characters indented.
    #[must_use]
    pub fn of(runs: impl IntoIterator<Item = Run>) -> Self {
        let runs = runs.into_iter().collect();
        Self { runs, size: None, leading: None, align: Align::Justify, indent: 2.0, hang: 0.0 }
    }

    /// To whom the paper goes (主送): not indented; end the text with a full-width colon.
    #[must_use]
    pub fn addressee(text: impl Into<String>) -> Self {
        Self::body(text).indented(0.0, 0.0)
    }

    /// A heading of that level run in before the text: （一）建立数据字典。把41本台账…
    #[must_use]
    pub fn run_in(level: u8, heading: impl Into<String>, text: impl Into<String>) -> Self {
        Self::of([Run::new(heading, Voice::Level(level)), Run::new(text, Voice::Body)])
    }

    /// A text whose level is read from how it begins (一、 （一） 1. （1）): the first sentence of the
    /// first two levels is run in as a heading, everything else is plain text.
    #[must_use]
    pub fn levelled(text: &str) -> Self {
        let Some(level @ 1..=2) = level_of(text) else { return Self::body(text) };
        match text.char_indices().find(|(_, character)| matches!(character, '。' | '：')) {
            Some((end, mark)) => {
                let (heading, rest) = text.split_at(end + mark.len_utf8());
                Self::run_in(level, heading, rest)
            }
            None => Self::of([Run::new(text, Voice::Level(level))]),
        }
    }

    /// A label in 黑体 and a text that hangs beside it: 时　　间：2026年… (`width` in characters).
    #[must_use]
    pub fn labelled(label: impl Into<String>, text: impl Into<String>, indent: f32, width: f32) -> Self {
        let runs = [Run::new(label, Voice::Face(Typeface::Hei)), Run::new(text, Voice::Body)];
        Self { align: Align::Left, ..Self::of(runs).indented(indent, indent + width) }
    }

    /// A label in 黑体 and names that are never broken (出席：…), two-character names spread to three.
    #[must_use]
    pub fn roll(label: impl Into<String>, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let label = label.into();
        let width = label.chars().count() as f32;
        let names: Vec<String> = names.into_iter().map(|name| unbroken(name.as_ref())).collect();
        Self::labelled(label, names.join("　"), 2.0, width)
    }

    /// The same paragraph, first line and other lines indented by so many characters.
    #[must_use]
    pub fn indented(self, first: f32, others: f32) -> Self {
        Self { indent: first, hang: others, ..self }
    }

    /// The same paragraph standing there.
    #[must_use]
    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// The same paragraph in that size (points).
    #[must_use]
    pub fn sized(self, size: f32) -> Self {
        Self { size: Some(size), ..self }
    }

    /// All its words.
    #[must_use]
    pub fn words(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// The level that a text begins with.
fn level_of(text: &str) -> Option<u8> {
    const NUMERALS: &str = "一二三四五六七八九十";
    let is_numeral = |character: char| NUMERALS.contains(character);
    let rest = text.trim_start_matches(is_numeral);
    if rest.len() < text.len() && rest.starts_with('、') {
        return Some(1);
    }
    let inner = text.strip_prefix('（')?;
    let rest = inner.trim_start_matches(is_numeral);
    (rest.len() < inner.len() && rest.starts_with('）')).then_some(2)
}

/// A name no line end may cut; one of two characters becomes as wide as one of three.
fn unbroken(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let spread = match characters.as_slice() {
        [first, second] if !first.is_ascii() => vec![*first, '　', *second],
        _ => characters,
    };
    let mut made = String::new();
    for character in spread {
        if !made.is_empty() {
            made.push('\u{2060}');
        }
        made.push(character);
    }
    made
}

/// Words in one voice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they sound.
    pub voice: Voice,
    /// Size in points, where it is not that of the paragraph.
    pub size: Option<f32>,
    /// Address that a click opens; empty opens nothing.
    pub link: String,
}

impl Run {
    /// Words in that voice.
    #[must_use]
    pub fn new(text: impl Into<String>, voice: Voice) -> Self {
        Self { text: text.into(), voice, ..Self::default() }
    }

    /// Words in that face.
    #[must_use]
    pub fn face(text: impl Into<String>, typeface: Typeface) -> Self {
        Self::new(text, Voice::Face(typeface))
    }

    /// Words of the text that open that address.
    #[must_use]
    pub fn linked(text: impl Into<String>, address: impl Into<String>) -> Self {
        Self { link: address.into(), ..Self::new(text, Voice::Body) }
    }
}

/// How words sound: what the style says for them, or a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Voice {
    /// As the running text of the style.
    #[default]
    Body,
    /// As a heading of that level, 1 and below; the words become a bookmark.
    Level(u8),
    /// In that face.
    Face(Typeface),
}

/// Three texts on one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// At the left.
    pub left: String,
    /// In the middle.
    pub centre: String,
    /// At the right.
    pub right: String,
}

impl Line {
    /// A line of three texts, each may be empty.
    #[must_use]
    pub fn new(left: impl Into<String>, centre: impl Into<String>, right: impl Into<String>) -> Self {
        Self { left: left.into(), centre: centre.into(), right: right.into() }
    }

    /// The texts that are not empty, from left to right.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.left, &self.centre, &self.right]
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    }
}

/// A place to sign, or a text that stands beside one.
///
/// In a foot that stands on every page the words `{page_rows}`, `{rows_so_far}` and `{all_rows}`
/// of the value are replaced by the count of table rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SignPlace {
    /// Words before the line, such as “填表人（签字）：”.
    pub label: String,
    /// Words already known; printed after the label.
    pub value: String,
    /// Length of the line to write on, in millimetres; 0 draws none.
    pub writing: f32,
}

impl SignPlace {
    /// A line to write on (`millimetres` long) behind a label.
    #[must_use]
    pub fn writing(label: impl Into<String>, millimetres: f32) -> Self {
        Self { label: label.into(), value: String::new(), writing: millimetres }
    }

    /// A label with its words, nothing to write.
    #[must_use]
    pub fn known(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), writing: 0.0 }
    }
}

/// Name and date at the end of a paper (落款).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Closing {
    /// Who signs; one row for each line.
    pub name: String,
    /// Such as 2026年10月9日, without zeros before the numbers.
    pub date: String,
    /// What becomes of the seal.
    pub seal: Seal,
}

impl Closing {
    /// Name centred over the date, the place of the seal left free.
    #[must_use]
    pub fn new(name: impl Into<String>, date: impl Into<String>) -> Self {
        Self { name: name.into(), date: date.into(), seal: Seal::Place }
    }
}

/// What becomes of the seal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Seal {
    /// Its place is left free; it is stamped by hand.
    #[default]
    Place,
    /// There will be none: name two characters in, date below it.
    None,
    /// Drawn: a red ring of those words around a star; only where somebody asked for it.
    Drawn {
        /// Words along the ring.
        ring: String,
        /// Words below the star; may be empty.
        below: String,
        /// Diameter in millimetres, 38 in most places.
        diameter: u8,
    },
    /// A picture of the seal, best a PNG with nothing around the ring.
    Image {
        /// The picture.
        picture: Picture,
        /// Width in millimetres.
        diameter: u8,
    },
}

/// One piece of a line that is filled in: words, boxes to tick, boxes for digits, lines to write on.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// Words in 黑体.
    Strong(String),
    /// Words in 宋体 of 9 points.
    Small(String),
    /// A box to tick, 3.5 mm, and its words.
    Tick {
        /// Words behind the box.
        label: String,
        /// Whether it is ticked already.
        ticked: bool,
    },
    /// Boxes for one digit each, 4.6 × 6.4 mm: groups, and the words behind each group.
    Digits(Vec<(u8, String)>),
    /// A line to write on, in millimetres.
    Writing(f32),
    /// Empty width in millimetres.
    Gap(f32),
    /// What follows starts so many millimetres from the left edge.
    At(f32),
    /// What follows stands on the next line.
    Break,
}

impl Piece {
    /// A box to tick that is empty.
    #[must_use]
    pub fn tick(label: impl Into<String>) -> Self {
        Self::Tick { label: label.into(), ticked: false }
    }

    /// Boxes for a telephone number, 3-4-4.
    #[must_use]
    pub fn phone() -> Self {
        Self::Digits(vec![(3, String::new()), (4, String::new()), (4, String::new())])
    }

    /// Boxes for a date, 年 月 日.
    #[must_use]
    pub fn date() -> Self {
        Self::Digits(vec![(4, "年".into()), (2, "月".into()), (2, "日".into())])
    }

    /// What stands in a workbook instead.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Text(text) | Self::Strong(text) | Self::Small(text) => text.clone(),
            Self::Tick { label, ticked } => format!("{}{label}", if *ticked { "☑" } else { "□" }),
            Self::Digits(groups) => groups
                .iter()
                .map(|(count, after)| format!("{}{after}", "□".repeat(usize::from(*count))))
                .collect::<Vec<_>>()
                .join(if groups.iter().all(|(_, after)| after.is_empty()) { " " } else { "" }),
            Self::Writing(_) => "________".into(),
            Self::Gap(_) | Self::At(_) => "　".into(),
            Self::Break => "\n".into(),
        }
    }
}
