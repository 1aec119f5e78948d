//! The shipped faces: unpacked at first use, looked up by character.
//!
//! Which face stands in for which is decided here; sizes and positions are not. The files, their
//! sources and licences are described in `assets/fonts/README.md`.

use std::sync::OnceLock;

use ttf_parser::Face as Outlines;

use super::document::Typeface;
use crate::error::{Error, Result};

/// A font file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// 宋体.
    Song,
    /// 标宋.
    Title,
    /// 黑体.
    Hei,
    /// 楷体.
    Kai,
    /// 仿宋.
    Fang,
    /// Rare characters of the extensions B to F.
    RareB,
    /// Rare characters of the extension G, and foreign letters.
    RareG,
    /// Compatibility characters and signs.
    RareA,
}

/// Printed, visibly, where no face has the character.
pub const MISSING: char = '〓';

const FACES: usize = 8;
const STAND_INS: [Face; 4] = [Face::Song, Face::RareB, Face::RareG, Face::RareA];

impl From<Typeface> for Face {
    fn from(typeface: Typeface) -> Self {
        match typeface {
            Typeface::Song => Self::Song,
            Typeface::Title => Self::Title,
            Typeface::Hei => Self::Hei,
            Typeface::Kai => Self::Kai,
            Typeface::Fang => Self::Fang,
        }
    }
}

impl Face {
    /// The name under which a PDF embeds the face.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Song => "JuwutaiSong",
            Self::Title => "JuwutaiTitle",
            Self::Hei => "JuwutaiHei",
            Self::Kai => "JuwutaiKai",
            Self::Fang => "FandolFang-Regular",
            Self::RareB => "JuwutaiRareB",
            Self::RareG => "JuwutaiRareG",
            Self::RareA => "JuwutaiRareA",
        }
    }

    /// How far the glyphs are raised, in em, to stand level with 宋体.
    #[must_use]
    pub const fn lift(self) -> f32 {
        match self {
            Self::Fang => 0.063,
            Self::Kai | Self::RareG => 0.028,
            Self::Song | Self::Title | Self::Hei | Self::RareB | Self::RareA => 0.0,
        }
    }

    const fn packed(self) -> &'static [u8] {
        match self {
            Self::Song => include_bytes!("../../../../assets/fonts/song.ttf.zst"),
            Self::Title => include_bytes!("../../../../assets/fonts/title.ttf.zst"),
            Self::Hei => include_bytes!("../../../../assets/fonts/hei.ttf.zst"),
            Self::Kai => include_bytes!("../../../../assets/fonts/kai.ttf.zst"),
            Self::Fang => include_bytes!("../../../../assets/fonts/fang.otf.zst"),
            Self::RareB => include_bytes!("../../../../assets/fonts/rare-b.ttf.zst"),
            Self::RareG => include_bytes!("../../../../assets/fonts/rare-g.ttf.zst"),
            Self::RareA => include_bytes!("../../../../assets/fonts/rare-a.ttf.zst"),
        }
    }
}

/// A glyph of a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The face it comes from.
    pub face: Face,
    /// The character it shows; [`MISSING`] where no face has the one asked for.
    pub shown: char,
    /// Its number in the complete font file.
    pub id: u16,
    /// Its width in em.
    pub advance: f32,
}

/// Finds the glyph of a character in the face of that name or in those that stand in for it.
///
/// # Errors
/// [`Error::Bug`] when a shipped file cannot be read.
pub fn glyph(typeface: Typeface, character: char) -> Result<Glyph> {
    if let Some(found) = in_face(typeface.into(), character)? {
        return Ok(found);
    }
    for face in STAND_INS {
        if let Some(found) = in_face(face, character)? {
            return Ok(found);
        }
    }
    in_face(Face::Song, MISSING)?
        .ok_or_else(|| Error::Bug("font: the sign for missing glyphs is missing".into()))
}

/// The bytes of the complete font file.
///
/// # Errors
/// [`Error::Bug`] when the shipped file cannot be read.
pub fn bytes(face: Face) -> Result<&'static [u8]> {
    static UNPACKED: [OnceLock<Option<Vec<u8>>>; FACES] = [const { OnceLock::new() }; FACES];
    UNPACKED[face as usize]
        .get_or_init(|| unpack(face.packed()))
        .as_deref()
        .ok_or_else(|| Error::Bug(format!("font: {} cannot be unpacked", face.name())))
}

fn in_face(face: Face, character: char) -> Result<Option<Glyph>> {
    let outlines = outlines(face)?;
    Ok(outlines.glyph_index(character).map(|id| {
        let advance = f32::from(outlines.glyph_hor_advance(id).unwrap_or_default());
        Glyph { face, shown: character, id: id.0, advance: advance / f32::from(outlines.units_per_em()) }
    }))
}

fn outlines(face: Face) -> Result<&'static Outlines<'static>> {
    static PARSED: [OnceLock<Option<Outlines<'static>>>; FACES] = [const { OnceLock::new() }; FACES];
    let bytes = bytes(face)?;
    PARSED[face as usize]
        .get_or_init(|| Outlines::parse(bytes, 0).ok())
        .as_ref()
        .ok_or_else(|| Error::Bug(format!("font: {} cannot be parsed", face.name())))
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten()?;
    zstd::bulk::decompress(packed, usize::try_from(size).ok()?).ok()
}
