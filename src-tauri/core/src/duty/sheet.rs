//! A list as a town or district publishes it, in a spreadsheet or a table of a document: one item a
//! row. Only the columns that name an item are read; what the gate goes by is the title then.

use serde_json::{Map, Value, json};

use super::entry::{Entry, List};
use super::shipped::Set;
use crate::error::{BadFile, Result};
use crate::import::desk::Opened;
use crate::import::sheet::Sheet;
use crate::value::text::{clean, squeeze};

/// Headings of published lists and the part of an item they hold. The first that fits counts, so the
/// narrower words stand first.
const HEADINGS: [(&str, &[&str]); 8] = [
    ("title", &["事项名称", "工作事项", "主要事项", "具体事项", "项目名称", "事项", "名称"]),
    ("group", &["事项类别", "类别", "分类", "类型", "领域"]),
    ("content", &["具体内容", "协助内容", "工作内容", "主要内容", "事项内容", "内容"]),
    ("department", &["责任主体", "主办部门", "责任部门", "牵头部门", "主管部门", "责任单位", "对口部门"]),
    ("responsible", &["责任人", "承办人", "责任委员会", "居委责任人"]),
    ("basis", &["法律依据", "政策依据", "设定依据", "主要依据", "依据"]),
    ("frequency", &["频次", "周期", "办理频次", "时间要求"]),
    ("outcome", &["成果形式", "工作成果"]),
];

/// Rows looked through for the heading.
const HEAD_WITHIN: u32 = 12;

/// Reads a published list.
///
/// # Errors
/// [`BadFile::UnknownFormat`] when no sheet has a column that names items.
pub(super) fn read(opened: &Opened, list: List) -> Result<Set> {
    let sheets = opened.workbook.sheets.iter().filter(|sheet| !sheet.hidden);
    let best = sheets.map(|sheet| entries(sheet, list)).max_by_key(Vec::len).unwrap_or_default();
    if best.is_empty() {
        return Err(BadFile::UnknownFormat.into());
    }
    Ok(Set {
        id: "file".to_owned(),
        list,
        title: opened.file.clone(),
        version: String::new(),
        place: String::new(),
        source: opened.file.clone(),
        note: String::new(),
        checked: false,
        entries: best,
    })
}

fn entries(sheet: &Sheet, list: List) -> Vec<Entry> {
    let Some((head, columns)) = heading(sheet) else { return Vec::new() };
    let mut entries: Vec<Entry> = Vec::new();
    for row in sheet.used_rows().iter().copied().filter(|row| *row > head) {
        let place = u32::try_from(entries.len()).unwrap_or(u32::MAX).saturating_add(1);
        if let Some(body) = item(sheet, row, &columns, list, place)
            && let Ok(entry) = Entry::new(list, place, "file", body)
        {
            entries.push(entry);
        }
    }
    entries
}

/// The row of the heading, and which column holds which part.
fn heading(sheet: &Sheet) -> Option<(u32, Vec<(&'static str, u32)>)> {
    for row in sheet.used_rows().iter().copied().take_while(|row| *row < HEAD_WITHIN) {
        let cells: Vec<(u32, String)> =
            sheet.row(row).map(|(column, cell)| (column, squeeze(&cell.shown()))).collect();
        let find = |words: &[&str]| {
            words.iter().find_map(|word| cells.iter().find(|(_, text)| text == word).map(|(at, _)| *at))
        };
        let columns: Vec<(&str, u32)> =
            HEADINGS.iter().filter_map(|(part, words)| Some((*part, find(words)?))).collect();
        if columns.len() > 1 && columns[0].0 == "title" {
            return Some((row, columns));
        }
    }
    None
}

fn item(sheet: &Sheet, row: u32, columns: &[(&str, u32)], list: List, place: u32) -> Option<Value> {
    let mut body = Map::new();
    for (part, column) in columns {
        // Groups are merged over their rows; every other cell stands for itself.
        let cell = sheet.value_of(row, *column);
        let text = clean(&cell.shown());
        if text.is_empty() {
            continue;
        }
        let value = if *part == "basis" { json!([{ "law": text, "checked": false }]) } else { json!(text) };
        body.insert((*part).to_owned(), value);
    }
    body.get("title").filter(|title| !is_total(title))?;
    body.insert("id".to_owned(), json!(format!("{}-file-{place:02}", list.word())));
    Some(Value::Object(body))
}

fn is_total(title: &Value) -> bool {
    title.as_str().is_some_and(|title| title.starts_with("合计") || title.starts_with('注'))
}
