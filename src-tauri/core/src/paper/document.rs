//! What a paper says: a plain value that report builders fill and the writers read.
//!
//! No measures of faces and no page breaks; those are found by `layout`.

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;

mod canvas;
mod figure;
mod table;
mod text;

pub use canvas::{Canvas, Pen, Shape, TextColumn, Words};
pub use figure::{
    Chart, ChartKind, Figure, Fill, Labels, Photo, Photos, Picture, Series, SlipLine, Watermark,
};
pub use table::{Cell, Column, HeadCell, Keys, Kind, Sums, Table, Width};
pub use text::{Closing, Line, Paragraph, Piece, Run, Seal, SignPlace, Title, Voice};

use super::style;

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
    /// Id of its look: a name in [`super::style`], which is a file of `assets/papers`.
    pub style: &'static str,
    /// Sheet, orientation and margins.
    pub page: PageSetup,
    /// What is printed, from top to bottom.
    pub blocks: Vec<Block>,
    /// Lines under the text, such as the signatures.
    pub foot: Foot,
    /// The small line at the bottom edge of every page.
    pub footer: Footer,
    /// Words behind the text of every page, such as 草稿.
    pub watermark: Option<Watermark>,
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
            style: style::FORM,
            page: PageSetup::default(),
            blocks: Vec::new(),
            foot: Foot::default(),
            footer: Footer::numbered(),
            watermark: None,
        }
    }

    /// An official paper (标准公文): upright A4, 22 rows of 28 characters, “— 1 —” outside.
    #[must_use]
    pub fn official(title: impl Into<String>) -> Self {
        Self { footer: Footer::outside(), ..Self::upright(title, style::OFFICIAL) }
    }

    /// A notice for the board (公示): large type, no page number; enlarged when `page.paper` is A3.
    #[must_use]
    pub fn public(title: impl Into<String>) -> Self {
        Self { footer: Footer::default(), ..Self::upright(title, style::PUBLIC) }
    }

    /// An upright paper of that title in that style.
    #[must_use]
    pub fn upright(title: impl Into<String>, style: &'static str) -> Self {
        let page = PageSetup { orientation: Orientation::Portrait, ..PageSetup::default() };
        Self { style, page, ..Self::new(title) }
    }

    /// Adds a block at the end.
    pub fn push(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
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
    /// 148 × 210 mm.
    A5,
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
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// The title of the paper with what stands below it.
    Title(Title),
    /// A heading on rows of its own; level 0 is a plain title.
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
    /// Empty rows of the style's text.
    Rows(f32),
    /// “附件：1.…” below the text: one empty row, then the names of the attachments.
    AttachmentNote(Vec<String>),
    /// Name and date at the end (落款), kept with the last two rows of text.
    Closing(Closing),
    /// An attachment: a new page that begins with “附件1” and, if not empty, its title.
    Attachment {
        /// Such as “附件1”.
        label: String,
        /// Its title; empty prints none.
        title: String,
    },
    /// Things set at places of their own.
    Canvas(Canvas),
    /// Key figures in boxes beside each other.
    Figures(Vec<Figure>),
    /// Charts beside each other.
    Charts(Vec<Chart>),
    /// Photographs with captions.
    Photos(Photos),
    /// Slips to be cut apart; they start on a new page.
    Labels(Labels),
    /// What follows starts on a new page turned like that.
    Section(Orientation),
    /// What follows starts on a new page.
    PageBreak,
}

impl Block {
    /// A title alone.
    #[must_use]
    pub fn title(text: impl Into<String>) -> Self {
        Self::Heading { level: 0, text: text.into() }
    }

    /// A heading of level 1 (一、), 2 （（一）） or 3 (1.).
    #[must_use]
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into() }
    }

    /// Running text in the face and size of the style, indented.
    #[must_use]
    pub fn body(text: impl Into<String>) -> Self {
        Self::Paragraph(Paragraph::body(text))
    }
}

macro_rules! into_block {
    ($($kind:ident),*) => {$(
        impl From<$kind> for Block {
            fn from(value: $kind) -> Self {
                Self::$kind(value)
            }
        }
    )*};
}

into_block!(Title, Paragraph, Line, Table, Closing, Canvas, Photos, Labels);

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
    /// Whether “— 1 —” stands outside: right on odd pages, left on even ones.
    pub outside: bool,
}

impl Footer {
    /// “— 1 —” outside, as on official paper.
    #[must_use]
    pub fn outside() -> Self {
        Self { outside: true, ..Self::default() }
    }

    /// Page numbers in the middle.
    #[must_use]
    pub fn numbered() -> Self {
        Self { centre: "第 {page} 页 共 {pages} 页".into(), ..Self::default() }
    }

    /// Whether nothing is printed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.left.is_empty() && self.centre.is_empty() && self.right.is_empty() && !self.outside
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
