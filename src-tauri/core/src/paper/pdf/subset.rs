//! The parts of the faces that a paper needs, as printpdf wants them.
//!
//! printpdf embeds complete fonts in this build, so they are cut down before it sees them.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::ParsedFont;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;
use ttf_parser::Face as Outlines;

use super::super::font::{self, Face};
use super::super::layout::{Item, Pages};
use crate::error::{Error, Result};

/// The faces used, each with only the characters used.
pub(super) fn fonts<'p>(parts: impl Iterator<Item = &'p Pages>) -> Result<BTreeMap<Face, ParsedFont>> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for item in parts.flat_map(|laid| &laid.pages).flat_map(|page| &page.items) {
        if let Item::Text { face, text, .. } | Item::Turned { face, text, .. } = item {
            used.entry(*face).or_default().extend(text.chars());
        }
    }
    used.into_iter().map(|(face, characters)| Ok((face, cut(face, &characters)?))).collect()
}

fn cut(face: Face, characters: &BTreeSet<char>) -> Result<ParsedFont> {
    let bytes = font::bytes(face)?;
    let bug = |what: &str| Error::Bug(format!("pdf: {} {what}", face.name()));
    let outlines = Outlines::parse(bytes, 0).map_err(|_| bug("cannot be parsed"))?;
    let mut remapper = GlyphRemapper::new();
    let mut glyphs = BTreeMap::new();
    for character in characters {
        let id = outlines.glyph_index(*character).ok_or_else(|| bug("lacks a character laid out"))?;
        glyphs.insert(u32::from(*character), remapper.remap(id.0));
    }
    let subset = subsetter::subset(bytes, 0, &remapper).map_err(|error| bug(&error.to_string()))?;
    let mut parsed =
        ParsedFont::from_bytes(&subset, 0, &mut Vec::new()).ok_or_else(|| bug("cannot be embedded"))?;
    parsed.codepoint_to_glyph = glyphs;
    parsed.font_name = Some(format!("{}+{}", tag(characters), face.name()));
    Ok(parsed)
}

/// Six letters that differ between subsets with different characters.
fn tag(characters: &BTreeSet<char>) -> String {
    let digest = Sha256::digest(characters.iter().collect::<String>());
    digest.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
