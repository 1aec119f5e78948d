//! The commands of filling: `fill.open`, `fill.preview`, `fill.cells`, `fill.source`, `fill.gaps`,
//! `fill.save_gaps`, `fill.visit`, `fill.make`, `fill.keep`, `fill.done`, `fill.list`, `fill.copy`,
//! `fill.pack`, `fill.unpack`.
//!
//! Every request is complete in itself; nothing of a form lies open between two of them.

use chrono::NaiveDate;
use serde::Deserialize;

use super::FormKind;
use super::plan::{Bound, Choice};
use super::recognise::Spot;
use super::whom::FillWhom;
use crate::error::{Error, Refusal, Result};
use crate::import::recognise::ColumnChoice;
use crate::import::sheet::column_letters;

mod bind;
mod figures;
mod gaps;
mod hand;
mod open;
mod pack;
mod preview;
mod session;
mod show;
mod sources;
mod visit;

pub use figures::{FigureCount, FillFigure, FormFigure};
pub use gaps::{
    FillGaps, GapBuilding, GapCell, GapColumn, GapRow, GapState, GapUnbound, GapValue, RefusedGap, SaveGaps,
    SavedGaps, gaps, save_gaps,
};
pub use hand::{
    FillCopy, FillDone, FillDoneRequest, FillFile, FillKept, FillList, FillListRequest, FillMade, FillMonth,
    FillYear, Submission, SubmissionRequest, copy, done, keep, list, make,
};
pub use open::{FillOpenRequest, FillOpened, FormColumn, FormKnown, FormLine, FormReissued, FormSheet, open};
pub use pack::{FillPack, FillPackRequest, FillUnpackRequest, FillUnpacked, pack, unpack};
pub use preview::{
    FillCandidate, FillColumn, FillPreview, FillSourceCount, FillUnmatched, Overfull, preview,
};
pub use show::{
    FillCells, FillCellsRequest, FillSource, FillSourceRequest, FilledCell, FilledRow, FilledState,
    FilledZone, cells, source,
};

pub use visit::{FillVisit, FillVisitRequest, visit};

use session::Session;

/// What every step is asked; only the path is needed.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct FillRequest {
    /// The blank form.
    pub path: String,
    /// Sheet; the first that is a form when not said.
    pub sheet: Option<String>,
    /// Heading rows, from 1, when the clerk pointed them out.
    pub header_rows: Option<(u32, u32)>,
    /// What the clerk said of single columns.
    pub mapping: Option<Vec<ColumnChoice>>,
    /// Whom; as read from title and notes when not said.
    pub whom: Option<FillWhom>,
    /// Day on which it is to be true.
    #[cfg_attr(test, ts(type = "string"))]
    pub as_of: Option<NaiveDate>,
    /// What becomes of the gaps of columns.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<FillChoice>>"))]
    pub choices: Vec<FillChoice>,
    /// Which resident a given name is.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<FillDecided>>"))]
    pub decided: Vec<FillDecided>,
    /// Take rows of which only the name is known and one resident alone carries it.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub by_name: bool,
    /// Which counts cells are bound to.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<FillFigure>>"))]
    pub figures: Vec<FillFigure>,
    /// More people than slots.
    pub overflow: Option<Overflow>,
    /// A form about one person for several.
    pub each: Option<Each>,
}

/// What happens to more people than slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "FillOverflow"))]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// Rows are inserted where that is safe.
    Insert,
    /// Another copy of the form goes on (续表).
    Continue,
}

/// How a form about one person is made for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "FillEach"))]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// One file a person.
    File,
}

/// What becomes of the gaps of a column.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FillChoice {
    /// Letters of the column, or the cell of a one-person form.
    pub letter: String,
    /// What becomes of them.
    pub choice: Choice,
}

/// Which resident a given name is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct FillDecided {
    /// Row, from 1.
    pub row: u32,
    /// Unique number; none for nobody.
    pub uid: Option<String>,
}

impl Session {
    /// The heading of a bound column, or the label of a place.
    pub(in crate::fill) fn heading(&self, bound: &Bound) -> String {
        let column = self.form.columns.iter().find(|column| column.seen.letter == bound.letter);
        let spot = || {
            let is_it = |spot: &&Spot| format!("{}{}", column_letters(spot.column), spot.row) == bound.letter;
            self.form.spots.iter().find(is_it).map(|spot| spot.label.clone())
        };
        column.map(|column| column.seen.heading.clone()).or_else(spot).unwrap_or_default()
    }

    fn nobody(&self) -> Error {
        match self.form.kind {
            FormKind::None => Refusal::NotAForm.into(),
            _ => Refusal::NobodyToFill.into(),
        }
    }

    /// Refuses to go on when nothing would be filled.
    fn check(&self) -> Result<()> {
        let has_figures = self.figures.iter().any(|figure| figure.value.is_some());
        let has_people = self.people.iter().any(Option::is_some);
        if has_people || has_figures { Ok(()) } else { Err(self.nobody()) }
    }
}
