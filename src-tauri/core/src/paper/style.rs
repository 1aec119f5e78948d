//! The look of papers as data: one file of `assets/papers/` a style.
//!
//! Here the files are read; what the measures do to a page is decided by `layout`. A new style is
//! a new file, no code.

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::document::{Margins, Typeface};
use crate::error::{Error, Result};

/// Tables and lists as committees report them (表格上报); what a document has unless told otherwise.
pub const FORM: &str = "form";
/// Official paper on the grid of GB/T 9704-2012 (标准公文): 22 rows of 28 characters.
pub const OFFICIAL: &str = "official";
/// Large type for the notice board (张贴公示); on A3 everything is enlarged.
pub const PUBLIC: &str = "public";
/// Agreements and confirmations (协议书): 14 pt, 31 characters a row.
pub const AGREEMENT: &str = "agreement";
/// Certificates (证明): 16 pt, rows 30 pt apart.
pub const CERTIFICATE: &str = "certificate";

/// Points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/papers");

/// A style: every measure a page needs, each part with where it comes from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Id, the name of its file.
    pub id: String,
    /// Name as clerks say it.
    pub title: String,
    /// Whether a page on A3 is the page on A4 enlarged 1.414 times.
    #[serde(default)]
    pub enlarged_on_a3: bool,
    /// Margins.
    pub page: PageLook,
    /// Running text.
    pub body: BodyLook,
    /// The title of the paper.
    pub heading: TitleLook,
    /// The title where a document number stands below it.
    pub numbered_heading: Option<Raised>,
    /// The document number below the title.
    pub number: SmallLook,
    /// A subtitle below the title.
    pub subtitle: SmallLook,
    /// The words 附件1 above an attachment.
    pub attachment: AttachmentLook,
    /// Headings of level 1, 2 … below the title; deeper ones look like the last.
    pub level: Vec<LevelLook>,
    /// Lines such as unit, period, date, and places to sign.
    pub line: LineLook,
    /// Tables.
    pub table: TableLook,
    /// Name and date at the end.
    pub closing: ClosingLook,
    /// The line at the bottom edge.
    pub footer: FooterLook,
}

/// Margins in millimetres, upright and lying.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageLook {
    /// Where the measures come from.
    pub source: String,
    /// Of an upright sheet.
    pub upright: Margins,
    /// Of a lying sheet.
    pub lying: Margins,
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyLook {
    /// Where the measures come from.
    pub source: String,
    /// Its face.
    pub face: Typeface,
    /// Size in points.
    pub size: f32,
    /// From row to row in points; left out where `rows` says it.
    pub pitch: Option<f32>,
    /// Rows of a page; they fill the height of the type area exactly.
    pub rows: Option<u16>,
    /// Characters of a row on an upright sheet; they fill its width exactly. `None` sets no grid.
    pub columns: Option<u16>,
    /// Indent of the first line, in characters.
    pub indent: f32,
}

/// The title.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleLook {
    /// Where the measures come from.
    pub source: String,
    /// Its face.
    pub face: Typeface,
    /// Size in points.
    pub size: f32,
    /// From line to line in points.
    pub pitch: f32,
    /// Above the first line, in points.
    #[serde(default)]
    pub above: f32,
    /// Least height below the last line, in points; on a grid the text begins at the next row.
    pub below: f32,
    /// Whether it is centred on the sheet, not between the margins.
    #[serde(default)]
    pub on_sheet: bool,
}

/// What changes in the title where a number stands below it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    /// Where the measures come from.
    pub source: String,
    /// Above the first line, in points.
    pub above: f32,
    /// From line to line in points.
    pub pitch: f32,
}

/// A centred line below the title.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallLook {
    /// Where the measures come from.
    pub source: String,
    /// Its face.
    pub face: Typeface,
    /// Size in points.
    pub size: f32,
    /// Between the em box above and its own, in points.
    pub above: f32,
}

/// The words above an attachment.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentLook {
    /// Where the measures come from.
    pub source: String,
    /// Their face.
    pub face: Typeface,
    /// Size in points.
    pub size: f32,
    /// Rows of the page they take, the empty one included.
    pub rows: f32,
}

/// A heading below the title.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelLook {
    /// Where the measures come from.
    pub source: String,
    /// Its face.
    pub face: Typeface,
    /// Size in points.
    pub size: f32,
    /// Above it, in points.
    #[serde(default)]
    pub before: f32,
    /// Below it, in points.
    #[serde(default)]
    pub below: f32,
}

/// Lines of form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineLook {
    /// Where the measures come from.
    pub source: String,
    /// Their face.
    pub face: Typeface,
    /// Size in points.
    pub size: f32,
    /// Below one, in points.
    pub below: f32,
}

/// Tables.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableLook {
    /// Where the measures come from.
    pub source: String,
    /// Face of the head.
    pub head: Typeface,
    /// Face of the cells.
    pub body: Typeface,
    /// Face of bold cells and sums.
    pub strong: Typeface,
    /// Sizes tried, largest first, in points; never below 9.
    pub sizes: Vec<f32>,
    /// From line to line in a cell, as a multiple of the size.
    pub leading: f32,
    /// Least height of a row at 9 pt, in millimetres.
    pub row: f32,
    /// Least height of one of several head rows at 9 pt, in millimetres.
    pub head_row: f32,
    /// Least height of a head of one row at 10.5 pt, in millimetres.
    pub head_alone: f32,
    /// Outer edge and the line under the head, in millimetres.
    pub frame: f32,
    /// Lines inside, in millimetres.
    pub grid: f32,
    /// Lines inside where the text is below 10 pt, in millimetres.
    pub fine_grid: f32,
}

/// Name and date at the end.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingLook {
    /// Where the measures come from.
    pub source: String,
    /// From the right edge of the date to that of the text, in characters.
    pub date_in: f32,
    /// Empty rows above the name.
    pub empty_rows: f32,
    /// Size in points, where it is not that of the text.
    pub size: Option<f32>,
    /// From row to row in points, where it is not that of the text.
    pub pitch: Option<f32>,
}

/// The line at the bottom edge.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FooterLook {
    /// Where the measures come from.
    pub source: String,
    /// Its face.
    pub face: Typeface,
    /// Size in points.
    pub size: f32,
    /// Whether numbers stand outside, “— 1 —”, right on odd pages and left on even ones.
    pub outside: bool,
    /// Below the type area, in millimetres; `None` stands inside the bottom margin's upper edge.
    pub drop: Option<f32>,
}

/// The style of that id.
///
/// # Errors
/// [`Error::Bug`] when there is no such file or it cannot be read.
pub fn named(id: &str) -> Result<&'static Style> {
    static STYLES: OnceLock<std::result::Result<Vec<Style>, String>> = OnceLock::new();
    let styles = STYLES.get_or_init(read).as_ref().map_err(|error| Error::Bug(error.clone()))?;
    styles
        .iter()
        .find(|style| style.id == id)
        .ok_or_else(|| Error::Bug(format!("paper: there is no style {id}")))
}

fn read() -> std::result::Result<Vec<Style>, String> {
    let mut styles = Vec::new();
    for file in FILES.files() {
        let name = file.path().display();
        let text = file.contents_utf8().ok_or_else(|| format!("papers/{name} is not UTF-8"))?;
        let style: Style = toml::from_str(text).map_err(|error| format!("papers/{name}: {error}"))?;
        if file.path().file_stem().and_then(|stem| stem.to_str()) != Some(style.id.as_str()) {
            return Err(format!("papers/{name} calls itself {}", style.id));
        }
        if style.level.is_empty() || style.table.sizes.iter().any(|size| *size < 9.0) {
            return Err(format!("papers/{name} has no level, or a size below 9 points"));
        }
        styles.push(style);
    }
    Ok(styles)
}

impl Style {
    /// The look of a heading of that level, 1 and below.
    #[must_use]
    pub fn level(&self, level: u8) -> &LevelLook {
        let last = self.level.len() - 1;
        &self.level[usize::from(level.max(1) - 1).min(last)]
    }

    /// Margins of a lying or upright sheet.
    #[must_use]
    pub const fn margins(&self, landscape: bool) -> Margins {
        if landscape { self.page.lying } else { self.page.upright }
    }
}

impl TableLook {
    /// Face of a cell.
    #[must_use]
    pub const fn face(&self, bold: bool) -> Typeface {
        if bold { self.strong } else { self.body }
    }

    /// Empty space at the left and right of a cell, in points.
    #[must_use]
    pub fn pad_x(&self, size: f32) -> f32 {
        (0.6 + (size - 9.0).max(0.0) * 0.3).min(1.05) * MM
    }

    /// Empty space above and below the text of a cell, in points.
    #[must_use]
    pub const fn pad_y(&self, size: f32) -> f32 {
        size * 0.24
    }

    /// Least height of a row, in points.
    #[must_use]
    pub fn row_height(&self, size: f32) -> f32 {
        self.row * MM * size / 9.0
    }

    /// Least height of a row of the head, in points; one alone stands a little higher.
    #[must_use]
    pub fn head_height(&self, size: f32, rows: usize) -> f32 {
        if rows == 1 { self.head_alone * MM * size / 10.5 } else { self.head_row * MM * size / 9.0 }
    }

    /// Thickness of the lines inside, in points.
    #[must_use]
    pub fn grid(&self, size: f32) -> f32 {
        if size < 10.0 { self.fine_grid * MM } else { self.grid * MM }
    }

    /// Height of that many lines in a cell, in points.
    #[must_use]
    pub fn text_height(&self, lines: usize, size: f32) -> f32 {
        match lines {
            0 => 0.0,
            _ => size * (1.0 + self.leading * (lines - 1) as f32),
        }
    }
}
