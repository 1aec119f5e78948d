//! Figures of a document: key figures, charts, photographs, slips.
//!
//! Values only; what they look like is decided by the layout.

use std::sync::Arc;

use super::{Align, Typeface};

/// A key figure in a box: what it was and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// What it was; empty prints only what it is.
    pub before: String,
    /// What it is.
    pub after: String,
    /// Its unit, such as 张.
    pub unit: String,
}

impl Figure {
    /// A figure with what it was before; `before` may be empty.
    #[must_use]
    pub fn new(label: &str, before: &str, after: &str, unit: &str) -> Self {
        let [label, before, after, unit] = [label, before, after, unit].map(str::to_owned);
        Self { label, before, after, unit }
    }
}

/// A chart, legible in black and white; every value is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: ChartKind,
    /// Names of the groups, such as months.
    pub labels: Vec<String>,
    /// What is shown, at most three.
    pub series: Vec<Series>,
    /// Unit behind every value: one for all groups, one for each group, or none.
    pub units: Vec<String>,
    /// Digits after the point.
    pub decimals: u8,
    /// Height of the drawing without title and legend, in millimetres.
    pub height: f32,
    /// Share of the width among charts beside each other.
    pub share: f32,
}

impl Chart {
    /// A chart 65 mm high.
    #[must_use]
    pub fn new(title: impl Into<String>, kind: ChartKind, labels: &[&str]) -> Self {
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        let (series, units) = (Vec::new(), Vec::new());
        Self { title: title.into(), kind, labels, series, units, decimals: 0, height: 65.0, share: 1.0 }
    }

    /// The same chart with one more series.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, fill: Fill, values: &[f64]) -> Self {
        self.series.push(Series { name: name.into(), fill, values: values.to_vec() });
        self
    }
}

/// Kind of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Level bars, a group of them for each label.
    Bars,
    /// Upright bars, a group of them for each label.
    Columns,
    /// Upright bars, the series on top of each other.
    Stacked,
    /// Lines over the labels.
    Lines,
}

/// Values of a chart that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// What tells it from the others.
    pub fill: Fill,
    /// One value for each label; missing ones draw nothing.
    pub values: Vec<f64>,
}

/// What tells series apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Black; a whole line with filled dots.
    Black,
    /// Hatched; a dashed line with hollow squares.
    Hatch,
    /// White; a thin line with hollow dots.
    White,
}

/// Photographs, two or four on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Photos {
    /// Whether four stand on a page instead of two.
    pub four: bool,
    /// The photographs, in order.
    pub photos: Vec<Photo>,
}

/// A photograph and the words below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// The picture.
    pub picture: Picture,
    /// The words below it.
    pub caption: String,
}

/// A JPEG or PNG file, as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Picture({} bytes)", self.bytes.len())
    }
}

impl From<Vec<u8>> for Picture {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into() }
    }
}

/// Slips of one size on sheets, to be cut apart: labels, door slips, badges.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    /// Slips beside each other.
    pub columns: u16,
    /// Slips below each other.
    pub rows: u16,
    /// Width and height of a slip in millimetres.
    pub size: (f32, f32),
    /// Whether short marks show where to cut.
    pub cut_marks: bool,
    /// The slips, row by row.
    pub slips: Vec<Vec<SlipLine>>,
}

/// A line of a slip.
#[derive(Debug, Clone, PartialEq)]
pub struct SlipLine {
    /// Its words; wrapped where they are wider than the slip.
    pub text: String,
    /// Their face.
    pub typeface: Typeface,
    /// Size in points.
    pub size: f32,
    /// Where they stand; in the middle unless told otherwise.
    pub align: Align,
}

impl SlipLine {
    /// A line in the middle of the slip.
    #[must_use]
    pub fn new(text: impl Into<String>, typeface: Typeface, size: f32) -> Self {
        Self { text: text.into(), typeface, size, align: Align::Centre }
    }
}

/// Words behind the text of every page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Watermark {
    /// Large and grey across the page, such as 草稿; empty prints none.
    pub text: String,
    /// A small line at the upper edge, such as who printed it and when; empty prints none.
    pub line: String,
}

impl Watermark {
    /// 草稿, and a small line.
    #[must_use]
    pub fn draft(line: impl Into<String>) -> Self {
        Self { text: "草　稿".into(), line: line.into() }
    }
}
