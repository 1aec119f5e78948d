//! What a paper says: a plain value that report builders fill and the writers read.
//!
//! No measures of faces and no page breaks; those are found by `layout`.

use chrono::{DateTime, FixedOffset};

mod table;

pub use table::{Cell, Column, HeadCell, Keys, Kind, Table, Width};

/// A paper (文书), from its title to the line at the end of every page.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title as the reader of the file sees it; a heading of level 0 prints it.
    pub title: String,
    /// Language of the text, such as `zh-CN`.
    pub language: String,
    /// Who issues the paper; kept in the properties of the file.
    pub author: String,
    /// When it was made; `None` leaves the moment out.
    pub created_at: Option<DateTime<FixedOffset>>,
    /// Sheet, orientation and margins.
    pub page: PageSetup,
    /// What is printed, from top to bottom.
    pub blocks: Vec<Block>,
    /// Lines under the text, such as the signatures.
    pub foot: Foot,
    /// The small line at the bottom edge of every page.
    pub footer: Footer,
}

impl Document {
    /// An empty paper of that title on A4, orientation found by itself, pages numbered.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            language: "zh-CN".into(),
            author: String::new(),
            created_at: None,
            page: PageSetup::default(),
            blocks: Vec::new(),
            foot: Foot::default(),
            footer: Footer::numbered(),
        }
    }

    /// The tables of the paper, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks
            .iter()
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }
}

/// The sheet and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PageSetup {
    /// Size of the sheet.
    pub paper: Paper,
    /// How the sheet is turned.
    pub orientation: Orientation,
    /// Margins; `None` takes those of the house for the orientation.
    pub margins: Option<Margins>,
}

/// Size of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 297 × 420 mm.
    A3,
}

/// How the sheet is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// Upright when everything fits without ugly wrapping, else lying.
    #[default]
    Auto,
    /// Upright.
    Portrait,
    /// Lying.
    Landscape,
}

/// Distances from the edges of the sheet, in millimetres; the footer stands inside the bottom one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
    /// Left edge, where papers are bound.
    pub left: f32,
}

/// The faces of Chinese office papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Typeface {
    /// 宋体: tables, page numbers, notes.
    Song,
    /// 标宋: titles.
    Title,
    /// 黑体: table heads, labels, emphasis.
    Hei,
    /// 楷体: subtitles, filled-in values.
    Kai,
    /// 仿宋: running text of official papers.
    Fang,
}

/// Where text stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Numbers right; text centred while it stays on one line, else left.
    #[default]
    Auto,
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// Filling the line, last line left; paragraphs only.
    Justify,
}

/// One piece of a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; level 0 is the title of the paper.
    Heading {
        /// 0 the title, 1 一、, 2 （一）, 3 1.
        level: u8,
        /// Its words.
        text: String,
    },
    /// Running text.
    Paragraph(Paragraph),
    /// Three texts on one line, such as unit, period and date.
    Line(Line),
    /// Places to sign, side by side.
    Signature(Vec<SignPlace>),
    /// A table.
    Table(Table),
    /// Empty height in millimetres.
    Spacer(f32),
    /// What follows starts on a new page.
    PageBreak,
}

/// Running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its words, each run in its own face.
    pub runs: Vec<Run>,
    /// Size of the text in points.
    pub size: f32,
    /// From line to line, as a multiple of the size.
    pub leading: f32,
    /// Where the lines stand.
    pub align: Align,
    /// Indent of the first line, in characters.
    pub indent: f32,
}

impl Paragraph {
    /// A paragraph of one face, two characters indented.
    #[must_use]
    pub fn new(text: impl Into<String>, typeface: Typeface, size: f32) -> Self {
        let runs = vec![Run { text: text.into(), typeface }];
        Self { runs, size, leading: 1.6, align: Align::Justify, indent: 2.0 }
    }
}

/// Words in one face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Their face.
    pub typeface: Typeface,
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

/// Lines under the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Foot {
    /// The lines; only [`Block::Line`] and [`Block::Signature`] belong here.
    pub blocks: Vec<Block>,
    /// Which pages carry them.
    pub pages: FootPages,
}

/// Which pages carry the foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FootPages {
    /// All of them.
    #[default]
    Every,
    /// The last one only.
    Last,
}

/// The small line at the bottom edge; `{page}` and `{pages}` are replaced.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Footer {
    /// At the left.
    pub left: String,
    /// In the middle.
    pub centre: String,
    /// At the right.
    pub right: String,
}

impl Footer {
    /// Page numbers in the middle.
    #[must_use]
    pub fn numbered() -> Self {
        Self { centre: "第 {page} 页 共 {pages} 页".into(), ..Self::default() }
    }

    /// Whether nothing is printed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.left.is_empty() && self.centre.is_empty() && self.right.is_empty()
    }
}

/// Something the reader of the paper should know before it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Stable word a caller may branch on.
    pub kind: &'static str,
    /// What it is about, such as the character that no face has.
    pub text: String,
    /// Where it is, in the words of the paper.
    pub place: String,
}
