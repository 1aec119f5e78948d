//! Inserting rows into a worksheet part: copies of one row, and everything below moves along.
//!
//! What cannot be moved safely is refused with a sentence; the caller then offers a continuation.

use super::formula::{Change, Insertion, changed};
use super::sheet::{Layout, Row, position};
use super::tags::{Edits, Kind, Tags, escaped, inside, unescaped};
use crate::error::Result;
use crate::import::sheet::column_letters;

/// Elements of a worksheet part whose `ref` is an area of it.
const WITH_REF: [&str; 6] =
    ["autoFilter", "sortState", "sortCondition", "hyperlink", "dimension", "cellWatch"];
/// Elements whose `sqref` is a list of areas.
const WITH_AREAS: [&str; 4] = ["conditionalFormatting", "dataValidation", "protectedRange", "ignoredError"];
/// Elements whose text is a formula.
const FORMULAS: [&str; 4] = ["f", "formula", "formula1", "formula2"];

/// Why rows cannot be inserted into a part, a Chinese sentence; none when they can.
#[must_use]
pub fn obstacle(xml: &str, rows: Insertion) -> Option<&'static str> {
    for tag in Tags::new(xml).filter(|tag| tag.kind != Kind::Close) {
        match tag.local() {
            "tableParts" | "tablePart" => return Some("这张表里有“表格”区域，加行会弄乱它。"),
            "oleObjects" | "controls" => return Some("这张表里嵌了控件或对象，加行会弄乱它们。"),
            "legacyDrawingHF" | "picture" => {}
            "f" => {
                let kind = tag.value("t").unwrap_or_default();
                let Some(area) = tag.value("ref").filter(|_| kind != "normal") else { continue };
                let (first, last) = area.split_once(':').unwrap_or((area, area));
                let (Some((top, _)), Some((bottom, _))) = (position(first), position(last)) else { continue };
                let is_unsafe = match kind {
                    "shared" => bottom > rows.after && top != bottom,
                    _ => bottom >= rows.after,
                };
                if is_unsafe {
                    return Some("表里有连成一片的公式，加行会算错。");
                }
            }
            "mergeCell" => {
                let Some((first, last)) = tag.value("ref").and_then(|area| area.split_once(':')) else {
                    continue;
                };
                let (Some((top, _)), Some((bottom, _))) = (position(first), position(last)) else { continue };
                if top == rows.after && bottom > rows.after {
                    return Some("最后一格占了好几行，加行会拆开它。");
                }
            }
            _ => {}
        }
    }
    None
}

/// A worksheet part with rows inserted; `sheet` is its name.
///
/// # Errors
/// The part is no worksheet.
pub fn insert(xml: &str, sheet: &str, rows: Insertion) -> Result<String> {
    let layout = Layout::read(xml)?;
    let mut edits = Edits::default();
    move_rows(xml, &layout, sheet, rows, &mut edits);
    let mut merges = Merges::default();
    for tag in Tags::new(xml).filter(|tag| tag.kind != Kind::Close) {
        let local = tag.local();
        match local {
            "mergeCells" => merges.note(&tag),
            "mergeCell" => merges.take(&tag, rows, &mut edits),
            "brk" => {
                // A break stands under the row it names.
                let is_of_rows =
                    xml[..tag.at.start].rfind("Breaks").is_some_and(|at| xml[..at].ends_with("row"));
                if let (true, Some((id, at))) = (is_of_rows, tag.attribute("id")) {
                    let moved = id.parse().map_or_else(|_| id.to_owned(), |id: u32| rows.row(id).to_string());
                    edits.put(at, moved);
                }
            }
            "sqref" => {
                let at = inside(xml, &tag);
                edits.put(at.clone(), rows.areas(&xml[at]));
            }
            _ if WITH_REF.contains(&local) => {
                if let Some((area, at)) = tag.attribute("ref") {
                    edits.put(at, rows.area(area));
                }
            }
            _ if WITH_AREAS.contains(&local) => {
                if let Some((areas, at)) = tag.attribute("sqref") {
                    edits.put(at, rows.areas(areas));
                }
            }
            _ if FORMULAS.contains(&local) && !layout.data.contains(&tag.at.start) => {
                let at = inside(xml, &tag);
                let change = Change::Insert { rows, sheet, is_here: true, is_slot: false };
                edits.put(at.clone(), changed_text(&xml[at], change));
            }
            _ => {}
        }
    }
    merges.finish(rows, &layout.prefix, &mut edits);
    Ok(edits.apply(xml))
}

/// The escaped text of a formula after a change.
fn changed_text(text: &str, change: Change<'_>) -> String {
    let plain = unescaped(text);
    let after = changed(&plain, change);
    if after == plain { text.to_owned() } else { escaped(&after).replace("&quot;", "\"") }
}

/// Gives rows and cells below their new numbers, adapts formulas and puts the copies in.
fn move_rows(xml: &str, layout: &Layout, sheet: &str, rows: Insertion, edits: &mut Edits) {
    for row in &layout.rows {
        let is_below = row.number > rows.after;
        for tag in Tags::from(xml, row.all.start).take_while(|tag| tag.at.start < row.all.end) {
            if tag.kind == Kind::Close {
                continue;
            }
            match tag.local() {
                "row" if is_below => {
                    if let Some((_, at)) = tag.attribute("r") {
                        edits.put(at, rows.row(row.number).to_string());
                    }
                }
                "c" if is_below => {
                    if let Some((reference, at)) = tag.attribute("r") {
                        let letters = reference.trim_end_matches(|c: char| c.is_ascii_digit());
                        edits.put(at, format!("{letters}{}", rows.row(row.number)));
                    }
                }
                "f" => {
                    if let Some((area, at)) = tag.attribute("ref") {
                        edits.put(at, rows.area(area));
                    }
                    let at = inside(xml, &tag);
                    let is_slot = row.number == rows.after;
                    let change = Change::Insert { rows, sheet, is_here: true, is_slot };
                    edits.put(at.clone(), changed_text(&xml[at], change));
                }
                _ => {}
            }
        }
    }
    if let Some(row) = layout.row(rows.after) {
        let copies: String = (1..=rows.count).map(|down| copy(xml, row, sheet, rows, down)).collect();
        edits.put(row.all.end..row.all.end, copies);
    }
}

/// The copied row so many rows further down.
fn copy(xml: &str, row: &Row, sheet: &str, rows: Insertion, down: u32) -> String {
    let number = rows.after + down;
    let mut edits = Edits::default();
    let shift = row.all.start;
    for tag in Tags::from(xml, row.all.start).take_while(|tag| tag.at.start < row.all.end) {
        if tag.kind == Kind::Close {
            continue;
        }
        match tag.local() {
            "row" => {
                if let Some((_, at)) = tag.attribute("r") {
                    edits.put(at.start - shift..at.end - shift, number.to_string());
                }
            }
            "c" => {
                if let Some((reference, at)) = tag.attribute("r") {
                    let letters = reference.trim_end_matches(|c: char| c.is_ascii_digit());
                    edits.put(at.start - shift..at.end - shift, format!("{letters}{number}"));
                }
            }
            "f" => {
                let at = inside(xml, &tag);
                let range = |at: std::ops::Range<usize>| at.start - shift..at.end - shift;
                if tag.value("t") == Some("shared") {
                    // A copy belongs to the formula it was copied from.
                    if let Some((_, area)) = tag.attribute("ref") {
                        let start = xml[..area.start].rfind(" ref").unwrap_or(area.start);
                        edits.put(range(start..area.end + 1), "");
                    }
                    edits.put(range(at), "");
                } else {
                    let moved = Change::Insert { rows, sheet, is_here: true, is_slot: true };
                    let here = changed(&unescaped(&xml[at.clone()]), moved);
                    let there = changed(&here, Change::Copy(down));
                    edits.put(range(at), escaped(&there).replace("&quot;", "\""));
                }
            }
            _ => {}
        }
    }
    edits.apply(&xml[row.all.clone()])
}

/// The merged areas: moved, grown, and repeated for each copied row.
#[derive(Default)]
struct Merges {
    count: Option<(u32, std::ops::Range<usize>)>,
    end: Option<usize>,
    /// Columns merged within the copied row: first and last.
    repeated: Vec<(u32, u32)>,
}

impl Merges {
    fn note(&mut self, tag: &super::tags::Tag<'_>) {
        self.count = tag.attribute("count").and_then(|(count, at)| Some((count.parse().ok()?, at)));
    }

    fn take(&mut self, tag: &super::tags::Tag<'_>, rows: Insertion, edits: &mut Edits) {
        self.end = Some(tag.at.end);
        let Some((area, at)) = tag.attribute("ref") else { return };
        let (first, last) = area.split_once(':').unwrap_or((area, area));
        let (Some((top, left)), Some((bottom, right))) = (position(first), position(last)) else { return };
        if top == bottom && top == rows.after {
            self.repeated.push((left, right));
            return;
        }
        let (top, bottom) = rows.rows(top, bottom, false);
        edits.put(at, format!("{}{top}:{}{bottom}", column_letters(left), column_letters(right)));
    }

    fn finish(self, rows: Insertion, prefix: &str, edits: &mut Edits) {
        let Some(end) = self.end.filter(|_| !self.repeated.is_empty()) else { return };
        let mut added = String::new();
        for row in rows.after + 1..=rows.after + rows.count {
            for (left, right) in &self.repeated {
                let (left, right) = (column_letters(*left), column_letters(*right));
                added.push_str(&format!("<{prefix}mergeCell ref=\"{left}{row}:{right}{row}\"/>"));
            }
        }
        edits.put(end..end, added);
        if let Some((count, at)) = self.count {
            let more = u32::try_from(self.repeated.len()).unwrap_or(0) * rows.count;
            edits.put(at, (count + more).to_string());
        }
    }
}

/// Another part in which formulas may speak of the sheet: other worksheets, charts, the names of a
/// workbook. Equal text when none does.
#[must_use]
pub fn elsewhere(xml: &str, sheet: &str, rows: Insertion) -> String {
    let mut edits = Edits::default();
    for tag in Tags::new(xml).filter(|tag| tag.kind == Kind::Open) {
        if FORMULAS.contains(&tag.local()) || tag.local() == "definedName" {
            let at = inside(xml, &tag);
            let change = Change::Insert { rows, sheet, is_here: false, is_slot: false };
            edits.put(at.clone(), changed_text(&xml[at], change));
        }
    }
    edits.apply(xml)
}

/// The anchors of pictures and charts of a sheet after the insertion: their rows count from 0.
#[must_use]
pub fn anchors(xml: &str, rows: Insertion) -> String {
    let mut edits = Edits::default();
    for tag in Tags::new(xml).filter(|tag| tag.local() == "row" && tag.kind == Kind::Open) {
        let at = inside(xml, &tag);
        if let Ok(row) = xml[at.clone()].trim().parse::<u32>() {
            edits.put(at, (rows.row(row + 1) - 1).to_string());
        }
    }
    edits.apply(xml)
}

/// Whether a comment stands at or below the rows: its box would be left behind.
#[must_use]
pub fn has_comment_below(xml: &str, rows: Insertion) -> bool {
    let mut comments =
        Tags::new(xml).filter(|tag| tag.local() == "comment" || tag.local() == "threadedComment");
    comments.any(|tag| tag.value("ref").and_then(position).is_some_and(|(row, _)| row >= rows.after))
}
