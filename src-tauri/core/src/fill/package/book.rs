//! The parts of a packed office document: which holds which sheet, what belongs to a sheet, and
//! writing the package again with a few parts changed and all others copied as they lie there,
//! packed bytes, order and dates included.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::tags::{Edits, Kind, Tags, unescaped};
use crate::error::{BadFile, Error, Result};
use crate::import::guard;
use crate::import::read::parts;

/// A packed document lying open, with the parts that have been changed so far.
pub struct Book<'a> {
    bytes: &'a [u8],
    archive: guard::Archive<'a>,
    /// New text of a part; none drops it.
    changed: BTreeMap<String, Option<String>>,
}

impl<'a> Book<'a> {
    /// Opens a package under the limits of everything that is read from outside.
    ///
    /// # Errors
    /// [`BadFile`] when it is damaged, locked or past a limit.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        guard::check_file(bytes)?;
        Ok(Self { bytes, archive: guard::open_archive(bytes)?, changed: BTreeMap::new() })
    }

    /// The part of each sheet by the sheet's name.
    ///
    /// # Errors
    /// The parts that say so are damaged.
    pub fn sheet_part(&mut self, sheet: &str) -> Result<String> {
        let known = parts::of_sheets(&mut self.archive)?;
        known.get(sheet).cloned().ok_or_else(|| BadFile::Damaged.into())
    }

    /// The parts of all worksheets.
    ///
    /// # Errors
    /// The parts that say so are damaged.
    pub fn sheet_parts(&mut self) -> Result<Vec<String>> {
        let mut all: Vec<String> = parts::of_sheets(&mut self.archive)?.into_values().collect();
        all.sort();
        Ok(all)
    }

    /// The name of the first part that ends so, whatever its case.
    #[must_use]
    pub fn find(&self, ending: &str) -> Option<String> {
        parts::find(&self.archive, ending)
    }

    /// The names of all parts.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        parts::names(&self.archive).collect()
    }

    /// The text of a part as it is by now; none when there is no such part.
    ///
    /// # Errors
    /// The part is damaged or not written in UTF-8.
    pub fn text(&mut self, part: &str) -> Result<Option<String>> {
        if let Some(changed) = self.changed.get(part) {
            return Ok(changed.clone());
        }
        if self.archive.index_for_name(part).is_none() {
            return Ok(None);
        }
        let bytes = guard::unfold(&mut self.archive, part)?;
        String::from_utf8(bytes).map(Some).map_err(|_| BadFile::Damaged.into())
    }

    /// Gives a part another text; equal text changes nothing.
    ///
    /// # Errors
    /// The part cannot be read.
    pub fn put(&mut self, part: &str, text: String) -> Result<()> {
        if self.text(part)?.as_ref() != Some(&text) {
            self.changed.insert(part.to_owned(), Some(text));
        }
        Ok(())
    }

    /// The targets of a part's relations whose type ends so, as names of parts.
    ///
    /// # Errors
    /// The relations cannot be read.
    pub fn related(&mut self, part: &str, kind: &str) -> Result<Vec<String>> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let relations = format!("{folder}{}_rels/{name}.rels", if folder.is_empty() { "" } else { "/" });
        let Some(text) = self.text(&relations)? else { return Ok(Vec::new()) };
        let found = Tags::new(&text).filter(|tag| {
            tag.local() == "Relationship"
                && tag.value("TargetMode") != Some("External")
                && tag.value("Type").is_some_and(|found| found.ends_with(kind))
        });
        Ok(found.filter_map(|tag| Some(resolved(folder, &unescaped(tag.value("Target")?)))).collect())
    }

    /// Takes the calculation chain out: it would name cells that have moved. The program that opens
    /// the file makes a new one.
    ///
    /// # Errors
    /// A part cannot be read.
    pub fn drop_chain(&mut self) -> Result<()> {
        let Some(chain) = self.find("calcchain.xml") else { return Ok(()) };
        let name = chain.rsplit('/').next().unwrap_or(&chain).to_owned();
        for (part, element, attribute) in
            [("[content_types].xml", "Override", "PartName"), ("workbook.xml.rels", "Relationship", "Target")]
        {
            let Some(part) = self.find(part) else { continue };
            let Some(text) = self.text(&part)? else { continue };
            let mut edits = Edits::default();
            for tag in Tags::new(&text).filter(|tag| tag.local() == element && tag.kind == Kind::Empty) {
                if tag.value(attribute).is_some_and(|value| value.ends_with(&name)) {
                    edits.put(tag.at.clone(), "");
                }
            }
            self.put(&part, edits.apply(&text))?;
        }
        self.changed.insert(chain, None);
        Ok(())
    }

    /// Tells the program that opens the file to calculate everything anew: totals that were kept are
    /// those of the empty form.
    ///
    /// # Errors
    /// A part cannot be read.
    pub fn calculate_on_load(&mut self) -> Result<()> {
        let Some(part) = self.find("workbook.xml") else { return Ok(()) };
        let Some(text) = self.text(&part)? else { return Ok(()) };
        let mut edits = Edits::default();
        let known = Tags::new(&text).find(|tag| tag.local() == "calcPr" && tag.kind != Kind::Close);
        match known {
            Some(tag) => match tag.attribute("fullCalcOnLoad") {
                Some((_, at)) => edits.put(at, "1"),
                None => {
                    let at = tag.at.start + 1 + tag.name().len();
                    edits.put(at..at, " fullCalcOnLoad=\"1\"");
                }
            },
            // Its place among its neighbours is fixed: behind the names, before what comes last.
            None => {
                let mut tags = Tags::new(&text);
                let end = tags.find(|tag| tag.local() == "definedNames" && tag.kind == Kind::Close);
                let end = end.or_else(|| {
                    Tags::new(&text).find(|tag| tag.local() == "sheets" && tag.kind == Kind::Close)
                });
                let Some(end) = end else { return Ok(()) };
                let at = end.at.end;
                edits.put(at..at, format!("<{}calcPr fullCalcOnLoad=\"1\"/>", end.prefix()));
            }
        }
        self.put(&part, edits.apply(&text))
    }

    /// The package with the changed parts.
    ///
    /// # Errors
    /// [`BadFile::Damaged`] when a part cannot be copied.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len() + (64 << 10))));
        for index in 0..self.archive.len() {
            let part = self.archive.by_index_raw(index).map_err(|_| BadFile::Damaged)?;
            let name = part.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
            match self.changed.get(&name) {
                None => writer.raw_copy_file(part).map_err(|_| BadFile::Damaged)?,
                Some(None) => {}
                Some(Some(text)) => {
                    let mut options =
                        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                    if let Some(day) = part.last_modified() {
                        options = options.last_modified_time(day);
                    }
                    writer.start_file(name, options).map_err(|_| BadFile::Damaged)?;
                    writer.write_all(text.as_bytes()).map_err(Error::File)?;
                }
            }
        }
        let done = writer.finish().map_err(|_| BadFile::Damaged)?;
        Ok(done.into_inner())
    }
}

/// The name of a part that a relation of a part in that folder points to.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Every part of a package with its unpacked bytes, for comparing two packages.
///
/// # Errors
/// The package is damaged.
pub fn unpacked(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut archive: ZipArchive<Cursor<&[u8]>> = guard::open_archive(bytes)?;
    let names: Vec<String> = parts::names(&archive).collect();
    names.into_iter().map(|name| guard::unfold(&mut archive, &name).map(|bytes| (name, bytes))).collect()
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn relations_lead_to_parts() {
        assert_eq!(resolved("xl/worksheets", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(resolved("xl/worksheets", "/xl/comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
