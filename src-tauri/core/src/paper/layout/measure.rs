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
}

/// A character ready to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    /// The face that has it.
    pub face: Face,
    /// The character printed.
    pub shown: char,
    /// Its width in points.
    pub width: f32,
    /// Whether the next character moves into its empty half.
    pub is_tight: bool,
}

/// Remembers what the fonts answered, and what they did not have.
pub(super) struct Measure {
    known: [FxHashMap<char, Option<Glyph>>; 5],
    missing: Vec<char>,
    warned: Vec<Warning>,
}

impl Measure {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self { known: Default::default(), missing: Vec::new(), warned: Vec::new() }
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
            Mark { face: glyph.face, shown: glyph.shown, width: glyph.advance * font.size, is_tight: false }
        }))
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

    /// Everything noted.
    pub fn into_warnings(self) -> Vec<Warning> {
        self.warned
    }
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
