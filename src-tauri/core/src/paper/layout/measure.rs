//! Widths of characters, and the characters that no face has.
//!
//! The only place of the layout that asks the fonts; everything else counts in what it answers.

use rustc_hash::FxHashMap;

use super::super::document::{Typeface, Warning};
use super::super::font::{self, Face, Glyph};
use crate::error::Result;

/// A face in a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Font {
    /// The face asked for.
    pub typeface: Typeface,
    /// Size in points.
    pub size: f32,
    /// Width of the cell of a full character in points; 0 sets every glyph in its own width.
    pub cell: f32,
    /// Number of the address that a click opens, from 1; 0 opens none.
    pub link: u16,
}

impl Font {
    /// Glyphs in their own widths.
    pub const fn new(typeface: Typeface, size: f32) -> Self {
        Self { typeface, size, cell: 0.0, link: 0 }
    }

    /// The same font on a grid of cells so wide.
    pub const fn on_grid(self, cell: f32) -> Self {
        Self { cell, ..self }
    }
}

/// A character ready to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    /// The face that has it.
    pub face: Face,
    /// The character printed.
    pub shown: char,
    /// Size in points.
    pub size: f32,
    /// Width of its place in points.
    pub width: f32,
    /// From the left edge of its place to the glyph.
    pub shift: f32,
    /// What its place is wider than the glyph.
    pub spacing: f32,
    /// Whether the next character moves into its empty half.
    pub is_tight: bool,
    /// Number of the address that a click opens; 0 opens none.
    pub link: u16,
}

/// Remembers what the fonts answered, and what they did not have.
#[derive(Default)]
pub(super) struct Measure {
    known: [FxHashMap<char, Option<Glyph>>; 5],
    targets: Vec<String>,
    missing: Vec<char>,
    warned: Vec<Warning>,
}

impl Measure {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The character in that font; `None` for what takes no place on paper.
    pub fn mark(&mut self, font: Font, character: char) -> Result<Option<Mark>> {
        let known = &mut self.known[font.typeface as usize];
        let glyph = match known.get(&character) {
            Some(glyph) => *glyph,
            None => {
                let glyph = printed(character).map(|shown| font::glyph(font.typeface, shown)).transpose()?;
                known.insert(character, glyph);
                glyph
            }
        };
        Ok(glyph.map(|glyph| {
            if glyph.shown == font::MISSING && character != font::MISSING {
                self.missing.push(character);
            }
            placed(glyph, font)
        }))
    }

    /// The number by which a font names an address.
    pub fn link(&mut self, address: &str) -> u16 {
        if address.is_empty() {
            return 0;
        }
        let known = self.targets.iter().position(|target| target == address);
        let place = known.unwrap_or_else(|| {
            self.targets.push(address.to_owned());
            self.targets.len() - 1
        });
        u16::try_from(place + 1).unwrap_or(0)
    }

    /// Width of the text on one line.
    pub fn width(&mut self, font: Font, text: &str) -> Result<f32> {
        let mut width = 0.0;
        for character in text.chars() {
            width += self.mark(font, character)?.map_or(0.0, |mark| mark.width);
        }
        Ok(width)
    }

    /// Forgets the characters met while only measuring.
    pub fn forget_missing(&mut self) {
        self.missing.clear();
    }

    /// Turns the missing characters met since the last call into warnings for that place.
    pub fn report_missing(&mut self, place: impl FnOnce() -> String) {
        if self.missing.is_empty() {
            return;
        }
        let place = place();
        self.missing.sort_unstable();
        self.missing.dedup();
        for character in self.missing.drain(..) {
            let warning = Warning { kind: "missing_glyph", text: character.into(), place: place.clone() };
            if !self.warned.contains(&warning) {
                self.warned.push(warning);
            }
        }
    }

    /// Notes something else the reader should know.
    pub fn warn(&mut self, warning: Warning) {
        if !self.warned.contains(&warning) {
            self.warned.push(warning);
        }
    }

    /// Everything noted, and the addresses of links.
    pub fn into_parts(self) -> (Vec<Warning>, Vec<String>) {
        (self.warned, self.targets)
    }
}

/// A glyph in its own width, or in the middle of its cell: letters and digits have half a cell.
fn placed(glyph: Glyph, font: Font) -> Mark {
    let own = glyph.advance * font.size;
    let place = match font.cell {
        cell if cell <= 0.0 => own,
        // A glyph a little wider than its cell overlaps nothing: its ink is narrower.
        cell if glyph.shown == '%' || own > cell * 0.58 => {
            if own > cell * 1.15 {
                own
            } else {
                cell
            }
        }
        cell => cell / 2.0,
    };
    let spacing = place - own;
    let shift = if glyph.shown == '.' { 0.0 } else { spacing / 2.0 };
    let Font { size, link, .. } = font;
    let (face, shown) = (glyph.face, glyph.shown);
    Mark { face, shown, size, width: place, shift, spacing, is_tight: false, link }
}

/// What stands on paper for a character: nothing for controls, joiners and variation selectors.
fn printed(character: char) -> Option<char> {
    match character {
        '\t' | '\u{a0}' | '\u{2007}' | '\u{202f}' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}' => None,
        control if control.is_control() => None,
        other => Some(other),
    }
}
