//! Blank forms with their truth: the register built by importing five ordinary rosters, every form
//! filled through the API, and what stands in it compared cell by cell. Shared by the test and the
//! bench of the same name.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// What filling one form came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Score {
    pub(crate) file: String,
    /// Cells of which the register knows the value.
    pub(crate) knowable: usize,
    /// All cells that ask for a value.
    pub(crate) all: usize,
    /// Cells filled as the truth says.
    pub(crate) right: usize,
    /// Cells filled otherwise, or filled though nothing is known.
    pub(crate) wrong: usize,
    /// Cells outside of these that are not as they were.
    pub(crate) damaged: usize,
    /// Cells with another style than before.
    pub(crate) restyled: usize,
    /// Parts changed beyond the sheet itself and what must follow from it.
    pub(crate) parts: usize,
    /// What was not as it should be.
    pub(crate) misses: Vec<String>,
    pub(crate) milliseconds: u128,
}

/// The scores as a table, one line a form and one for all.
#[expect(clippy::cast_precision_loss, reason = "a few thousand cells")]
pub(crate) fn table(scores: &[Score]) -> String {
    let mut sum = Score { file: "all".into(), ..Score::default() };
    for score in scores {
        sum.knowable += score.knowable;
        sum.all += score.all;
        sum.right += score.right;
        sum.wrong += score.wrong;
        sum.damaged += score.damaged;
        sum.restyled += score.restyled;
        sum.parts += score.parts;
        sum.milliseconds += score.milliseconds;
    }
    let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    let mut table =
        "| form | knowable | filled | of knowable | of all | wrong | damaged | restyled | parts | ms |\n\
         |---|---|---|---|---|---|---|---|---|---|\n"
            .to_owned();
    for score in scores.iter().chain([&sum]) {
        table.push_str(&format!(
            "| {} | {} | {} | {:.1}% | {:.1}% | {} | {} | {} | {} | {} |\n",
            score.file,
            score.knowable,
            score.right,
            share(score.right, score.knowable),
            share(score.right, score.all),
            score.wrong,
            score.damaged,
            score.restyled,
            score.parts,
            score.milliseconds
        ));
    }
    table
}

/// Calls a command that must succeed.
pub(crate) type Call<'a> = &'a mut dyn FnMut(&str, Value) -> Value;

/// The forms of the folder with their truth.
pub(crate) fn fixtures(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".truth.json") {
            let form = ["xlsx", "docx", "xls"].iter().map(|ending| folder.join(format!("{stem}.{ending}")));
            let form = form.into_iter().find(|form| form.exists()).unwrap();
            found.push((form, serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap()));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// Builds the register by importing the five rosters.
pub(crate) fn register(folder: &Path, call: Call<'_>) {
    call("committee.change", json!({ "subdistrict": "东溪街道", "filler": "周桂芳", "phone": "65550018" }));
    let mut rosters: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    rosters.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with("register-"));
    // The roster of everybody comes first.
    rosters.sort_by_key(|path| !path.to_string_lossy().contains("-resident-"));
    assert_eq!(rosters.len(), 5);
    for path in rosters {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let ledger = name.split('-').nth(1).unwrap().to_owned();
        let reply = call("import.apply", json!({ "path": path, "ledger": ledger }));
        assert_eq!(reply["refused"], 0, "{name}: {reply}");
    }
}

/// The request for a form, as its truth says whom it is about.
pub(crate) fn request(path: &Path, truth: &Value, call: Call<'_>) -> Value {
    let mut request = json!({ "path": path });
    for (key, value) in truth["request"].as_object().into_iter().flatten() {
        request[key] = value.clone();
    }
    if let Some(name) = truth["person"].as_str() {
        let found = call("resident.find", json!({ "text": name }));
        request["whom"] = json!({ "people": [found["hits"][0]["uid"]] });
    }
    request
}

/// Fills a form and compares; `save` keeps a file under a name and returns its path.
pub(crate) fn fill(
    path: &Path,
    truth: &Value,
    call: Call<'_>,
    save: &dyn Fn(&str, &[u8]) -> String,
) -> Score {
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let request = request(path, truth, call);
    let opened = call("fill.open", json!({ "path": path }));
    let began = std::time::Instant::now();
    let made = call("fill.make", request);
    let mut score =
        Score { file: file.clone(), milliseconds: began.elapsed().as_millis(), ..Score::default() };
    let expect = |score: &mut Score, what: &str, found: &Value, wanted: &Value| {
        if !wanted.is_null() && found != wanted {
            score.misses.push(format!("{what} is {found}, not {wanted}"));
        }
    };
    expect(&mut score, "kind", &opened["kind"], &truth["kind"]);
    expect(&mut score, "sheet", &opened["sheet"], &truth["sheet"]);
    if let Some(files) = truth["files"].as_u64() {
        expect(&mut score, "files", &json!(made["files"].as_array().unwrap().len()), &json!(files));
    }
    let bytes = STANDARD.decode(made["files"][0]["bytes"].as_str().unwrap()).unwrap();
    let proposed = made["files"][0]["file_name"].as_str().unwrap();
    let filled = save(proposed, &bytes);
    let sheet = opened["sheet"].as_str().unwrap();
    let before = texts(&path.to_string_lossy(), sheet, call);
    let after = texts(&filled, sheet, call);
    let shift = truth["inserted"].as_u64().unwrap_or(0) as u32;
    let last = opened["slot_rows"][1].as_u64().unwrap_or(0) as u32;
    compare(&mut score, truth, &before, &after, (last, shift));
    if truth["rebuilt"] != true {
        let original = std::fs::read(path).unwrap();
        packages(&mut score, &original, &bytes, shift > 0);
        styles(&mut score, &original, &bytes, (last, shift));
        formulas(&mut score, truth, &bytes);
    }
    score
}

/// Every text of a sheet by its cell.
fn texts(path: &str, sheet: &str, call: Call<'_>) -> BTreeMap<(u32, u32), String> {
    let reply = call("import.cells", json!({ "path": path, "sheet": sheet, "from": 1, "count": 5000 }));
    let mut texts = BTreeMap::new();
    for row in reply["rows"].as_array().unwrap() {
        for (column, text) in row["cells"].as_array().unwrap().iter().enumerate() {
            let text: String = text.as_str().unwrap().split_whitespace().collect();
            if !text.is_empty() {
                texts.insert((row["row"].as_u64().unwrap() as u32, column as u32), text);
            }
        }
    }
    texts
}

fn compare(
    score: &mut Score,
    truth: &Value,
    before: &BTreeMap<(u32, u32), String>,
    after: &BTreeMap<(u32, u32), String>,
    (last, shift): (u32, u32),
) {
    let mut named = BTreeSet::new();
    let old_row = |row: u32| match row {
        row if shift > 0 && row > last + shift => row - shift,
        row if shift > 0 && row > last => last,
        row => row,
    };
    for (cell, wanted) in truth["cells"].as_object().unwrap() {
        let at = position(cell);
        named.insert(at);
        let template = before.get(&(old_row(at.0), at.1));
        let found = after.get(&at).filter(|found| Some(*found) != template || at.0 == 0);
        let wanted = wanted.as_str().map(|text| text.split_whitespace().collect::<String>());
        score.all += 1;
        score.knowable += usize::from(wanted.is_some());
        match (found, &wanted) {
            (Some(found), Some(wanted)) if found == wanted => score.right += 1,
            (Some(found), wanted) => {
                score.wrong += 1;
                score.misses.push(format!("{cell} is {found}, not {wanted:?}"));
            }
            (None, Some(wanted)) => score.misses.push(format!("{cell} is blank, not {wanted}")),
            (None, None) => {}
        }
    }
    // Everything else is as it was; the numbers of new rows are new.
    let all: BTreeSet<(u32, u32)> = before
        .keys()
        .map(|(row, column)| (if shift > 0 && *row > last { row + shift } else { *row }, *column))
        .chain(after.keys().copied())
        .collect();
    for at in all.difference(&named) {
        let is_new = shift > 0 && at.0 > last && at.0 <= last + shift;
        let (old, new) = (before.get(&(old_row(at.0), at.1)), after.get(at));
        let is_number = new.is_some_and(|new| new.parse::<u32>().is_ok());
        if old != new && !(is_number && (is_new || old.is_none())) {
            score.damaged += 1;
            score.misses.push(format!("{at:?} was {old:?} and is {new:?}"));
        }
    }
}

fn position(cell: &str) -> (u32, u32) {
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap();
    let column = cell[..digits].bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (cell[digits..].parse().unwrap(), column - 1)
}

/// The parts of a package, unpacked.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(part.name().unwrap().into_owned(), bytes);
    }
    parts
}

/// Which parts are not byte for byte as they were, and may not be otherwise.
fn packages(score: &mut Score, before: &[u8], after: &[u8], is_grown: bool) {
    let (before, after) = (parts(before), parts(after));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut sheets = 0;
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let (old, new) = (before.get(name), after.get(name));
        if old == new {
            continue;
        }
        let is_allowed = match name.as_str() {
            "word/document.xml" => true,
            name if name.starts_with("xl/worksheets/sheet") => {
                sheets += 1;
                sheets == 1 || is_grown
            }
            // Only the wish to calculate anew, unless rows were inserted.
            "xl/workbook.xml" => {
                is_grown
                    || old.zip(new).is_some_and(|(old, new)| {
                        text(new).replace(" fullCalcOnLoad=\"1\"", "").replace("<calcPr/>", "")
                            == text(old).replace(" fullCalcOnLoad=\"1\"", "").replace("<calcPr/>", "")
                    })
            }
            "xl/calcChain.xml" | "[Content_Types].xml" | "xl/_rels/workbook.xml.rels" => is_grown,
            name => is_grown && name.starts_with("xl/drawings/"),
        };
        if !is_allowed {
            score.parts += 1;
            score.misses.push(format!("{name} is another part now"));
        }
    }
}

/// Style numbers of cells by place, of every worksheet part.
fn style_numbers(bytes: &[u8]) -> BTreeMap<(String, String), String> {
    let mut styles = BTreeMap::new();
    for (name, part) in parts(bytes).into_iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        let xml = String::from_utf8(part).unwrap();
        for tag in xml.split('<').filter(|tag| tag.starts_with("c ") || tag.starts_with("x:c ")) {
            let value =
                |key: &str| tag.split(&format!(" {key}=\"")).nth(1).and_then(|rest| rest.split('"').next());
            if let (Some(cell), Some(style)) = (value("r"), value("s")) {
                styles.insert((name.clone(), cell.to_owned()), style.to_owned());
            }
        }
    }
    styles
}

/// Cells that had a style and have another one.
fn styles(score: &mut Score, before: &[u8], after: &[u8], (last, shift): (u32, u32)) {
    let after = style_numbers(after);
    for ((part, cell), style) in style_numbers(before) {
        let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap();
        let row: u32 = cell[digits..].parse().unwrap();
        let is_below = shift > 0 && row > last && part.ends_with("sheet1.xml");
        let now = if is_below { format!("{}{}", &cell[..digits], row + shift) } else { cell.clone() };
        if after.get(&(part, now)).is_none_or(|found| *found != style) {
            score.restyled += 1;
            score.misses.push(format!("{cell} has another style"));
        }
    }
}

/// Formulas that must stand in cells.
fn formulas(score: &mut Score, truth: &Value, after: &[u8]) {
    let Some(wanted) = truth["formulas"].as_object() else { return };
    let xml = parts(after).remove("xl/worksheets/sheet1.xml").unwrap();
    let xml = String::from_utf8(xml).unwrap();
    for (cell, formula) in wanted {
        let formula = formula.as_str().unwrap();
        let at = xml.find(&format!("r=\"{cell}\"")).map(|at| &xml[at..]);
        let found = at.and_then(|rest| rest.split("<f>").nth(1)?.split("</f>").next());
        if found != Some(formula) {
            score.damaged += 1;
            score.misses.push(format!("{cell} computes {found:?}, not {formula}"));
        }
    }
}
