//! Things set at a place of their own: certificates, receipts, passbooks, stubs.
//!
//! All places are in millimetres, sizes of text in points. What flows by itself is not here.

use super::{Align, Paragraph, Piece, Seal, Table, Typeface};

/// A drawing in millimetres.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Canvas {
    /// Height it takes in the text; places then count from the left edge of the text and from where
    /// it begins. `None` takes none, and places count from the upper left corner of the sheet.
    pub height: Option<f32>,
    /// What is drawn, from back to front; words stand before everything.
    pub shapes: Vec<Shape>,
}

impl Canvas {
    /// A drawing on the sheet itself; it takes no height.
    #[must_use]
    pub const fn sheet(shapes: Vec<Shape>) -> Self {
        Self { height: None, shapes }
    }

    /// A drawing of that height between other blocks.
    #[must_use]
    pub const fn band(height: f32, shapes: Vec<Shape>) -> Self {
        Self { height: Some(height), shapes }
    }
}

/// Something on a canvas.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Words on one line.
    Words(Words),
    /// A straight line.
    Rule {
        /// From.
        from: (f32, f32),
        /// To.
        to: (f32, f32),
        /// How it is drawn.
        pen: Pen,
    },
    /// A box.
    Box {
        /// Upper left corner.
        at: (f32, f32),
        /// Width and height.
        size: (f32, f32),
        /// How its edges are drawn.
        pen: Pen,
        /// How dark it is inside: 0 white, 1 black; `None` leaves it empty.
        fill: Option<f32>,
    },
    /// A circle.
    Circle {
        /// Its centre.
        centre: (f32, f32),
        /// Its radius.
        radius: f32,
        /// How its edge is drawn.
        pen: Pen,
    },
    /// Paragraphs below each other.
    Column(TextColumn),
    /// A table; its columns have widths in millimetres and it does not go on to another page.
    Table {
        /// Upper left corner.
        at: (f32, f32),
        /// The table.
        table: Table,
    },
    /// Pieces to be filled in by hand, on one line from there on.
    Pieces {
        /// Left end, upper edge.
        at: (f32, f32),
        /// The pieces.
        pieces: Vec<Piece>,
        /// Face of the words.
        typeface: Typeface,
        /// Size of the words in points.
        size: f32,
    },
    /// A seal around a centre.
    Seal {
        /// Its centre.
        centre: (f32, f32),
        /// The seal; only a drawn one is seen.
        seal: Seal,
    },
}

impl Shape {
    /// A line of that thickness.
    #[must_use]
    pub const fn rule(from: (f32, f32), to: (f32, f32), weight: f32) -> Self {
        Self::Rule { from, to, pen: Pen::new(weight) }
    }

    /// A level line to write on, `length` long, from the left end.
    #[must_use]
    pub fn writing(at: (f32, f32), length: f32) -> Self {
        Self::rule(at, (at.0 + length, at.1), 0.18)
    }

    /// A level dashed line to cut along.
    #[must_use]
    pub const fn cut(from: (f32, f32), to: (f32, f32)) -> Self {
        Self::Rule { from, to, pen: Pen { weight: 0.25, grey: 1.0, dash: 1.2 } }
    }

    /// An empty box.
    #[must_use]
    pub const fn frame(at: (f32, f32), size: (f32, f32), weight: f32) -> Self {
        Self::Box { at, size, pen: Pen::new(weight), fill: None }
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// Thickness.
    pub weight: f32,
    /// 0 white, 1 black.
    pub grey: f32,
    /// Length of dashes and of the gaps between them; 0 draws it whole.
    pub dash: f32,
}

impl Pen {
    /// A black line of that thickness.
    #[must_use]
    pub const fn new(weight: f32) -> Self {
        Self { weight, grey: 1.0, dash: 0.0 }
    }

    /// The same line, dashed.
    #[must_use]
    pub const fn dashed(self, dash: f32) -> Self {
        Self { dash, ..self }
    }

    /// The same line, grey: 0 white, 1 black.
    #[must_use]
    pub const fn grey(self, grey: f32) -> Self {
        Self { grey, ..self }
    }
}

/// Words on one line of a canvas.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Their face.
    pub typeface: Typeface,
    /// Size in points.
    pub size: f32,
    /// Place of the upper edge, and of the left end, middle or right end as `align` says.
    pub at: (f32, f32),
    /// What `at` means.
    pub align: Align,
    /// Added between the characters, as a share of the size.
    pub tracking: f32,
    /// Widest they may be; longer words are condensed, at most to 85 %. 0 sets no bound.
    pub room: f32,
    /// 0 white, 1 black.
    pub grey: f32,
}

impl Words {
    /// Words that begin there.
    #[must_use]
    pub fn new(text: impl Into<String>, typeface: Typeface, size: f32, at: (f32, f32)) -> Self {
        let (align, tracking, room, grey) = (Align::Left, 0.0, 0.0, 1.0);
        Self { text: text.into(), typeface, size, at, align, tracking, room, grey }
    }

    /// The same words with their middle there.
    #[must_use]
    pub fn centred(self) -> Self {
        Self { align: Align::Centre, ..self }
    }

    /// The same words with their right end there.
    #[must_use]
    pub fn to_right(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    /// The same words, so much of their size between the characters.
    #[must_use]
    pub fn tracked(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }
}

impl From<Words> for Shape {
    fn from(words: Words) -> Self {
        Self::Words(words)
    }
}

/// Paragraphs below each other in a column of a canvas.
#[derive(Debug, Clone, PartialEq)]
pub struct TextColumn {
    /// Upper left corner.
    pub at: (f32, f32),
    /// Width.
    pub width: f32,
    /// Characters of a row; 0 sets no grid.
    pub columns: u16,
    /// Size in points.
    pub size: f32,
    /// From row to row in points.
    pub pitch: f32,
    /// The paragraphs.
    pub paragraphs: Vec<Paragraph>,
}
