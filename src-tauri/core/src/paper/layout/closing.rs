//! Name, date and seal at the end of a paper, and the note that names its attachments.
//!
//! How much of the text must stay with them is decided in `flow`.

use super::super::document::{Closing, Paragraph, Seal, Typeface};
use super::super::font::Face;
use super::super::style::MM;
use super::flow::Flow;
use super::measure::Font;
use super::page::{ASCENT, Ink, Item, Page};
use crate::error::Result;

/// From the lower edge of the name's row up to the centre of the seal.
const SEAL_UP: f32 = 1.0 * MM;
/// How far a seal that is left free may reach below the date.
const USUAL_SEAL: f32 = 38.0;

/// Measures of the signature block, in points.
pub(super) struct Measures {
    size: f32,
    pitch: f32,
    cell: f32,
}

impl Flow<'_> {
    fn closing_measures(&self) -> Measures {
        let look = &self.style.closing;
        let size = look.size.unwrap_or(self.style.body.size);
        let cell = if look.size.is_some() { size } else { self.cell() };
        Measures { size, pitch: look.pitch.unwrap_or(self.pitch()), cell }
    }

    /// Height of the signature block from the end of the text to the lower edge of the seal.
    pub fn closing_height(&self, closing: &Closing) -> f32 {
        let Measures { pitch, .. } = self.closing_measures();
        let names = closing.name.split('\n').count() as f32;
        let to_names = pitch * (self.style.closing.empty_rows + names);
        let diameter = match &closing.seal {
            Seal::None => 0.0,
            Seal::Place => USUAL_SEAL,
            Seal::Drawn { diameter, .. } | Seal::Image { diameter, .. } => f32::from(*diameter),
        };
        (to_names + pitch).max(to_names - SEAL_UP + diameter / 2.0 * MM)
    }

    /// Sets name and date.
    pub fn closing(&mut self, closing: &Closing) -> Result<()> {
        let Measures { size, pitch, cell } = self.closing_measures();
        let names: Vec<&str> = closing.name.split('\n').collect();
        let font = Font::new(self.style.body.face, size).on_grid(self.grid_cell(cell));
        self.need(self.closing_height(closing));
        self.y += pitch * self.style.closing.empty_rows;
        let date = self.single(&closing.date, font)?;
        let (mut date_left, date_width) =
            (self.sheet.right - self.style.closing.date_in * cell - date.width, date.width);
        let inset = (pitch - size) / 2.0;
        for (index, name) in names.iter().enumerate() {
            let line = self.single(name, font)?;
            let x = if closing.seal == Seal::None {
                let x = self.sheet.right - 2.0 * cell - line.width;
                date_left = (x + 2.0 * cell).min(self.sheet.right - 2.0 * cell - date_width);
                x
            } else {
                (date_left + date_width / 2.0 - line.width / 2.0).min(self.sheet.right - line.width)
            };
            if index + 1 == names.len() {
                let centre = (date_left + date_width / 2.0, self.y + pitch - SEAL_UP);
                self.drawn_seal(&closing.seal, centre)?;
            }
            let y = self.y + inset;
            self.page().line(&line, size, x, y, 0.0);
            self.y += pitch;
        }
        let y = self.y + inset;
        self.page().line(&date, size, date_left, y, 0.0);
        self.measure.report_missing(|| "落款".into());
        self.y += pitch;
        Ok(())
    }

    /// Draws a seal where one was asked for.
    pub fn drawn_seal(&mut self, seal: &Seal, centre: (f32, f32)) -> Result<()> {
        match seal {
            Seal::Place | Seal::None => Ok(()),
            Seal::Drawn { ring, below, diameter } => {
                let scale = f32::from(*diameter) / USUAL_SEAL;
                let (ring, below) = (self.seal_words(ring)?, self.seal_words(below)?);
                seal_items(self.page(), centre, scale, &ring, &below);
                Ok(())
            }
            Seal::Image { picture, diameter } => {
                let width = f32::from(*diameter) * MM;
                self.picture_at(picture, (centre.0 - width / 2.0, centre.1 - width / 2.0), (width, width));
                Ok(())
            }
        }
    }

    /// The characters of a seal, each with the face that has it.
    fn seal_words(&mut self, text: &str) -> Result<Vec<(Face, char)>> {
        let font = Font::new(Typeface::Title, 10.0);
        let marks = text.chars().map(|one| self.measure.mark(font, one)).collect::<Result<Vec<_>>>()?;
        self.measure.report_missing(|| "印章".into());
        Ok(marks.into_iter().flatten().map(|mark| (mark.face, mark.shown)).collect())
    }

    /// The note 附件：1.… : one empty row, names hanging beside each other.
    pub fn attachment_note(&mut self, names: &[String]) -> Result<()> {
        self.y += self.pitch();
        for (index, name) in names.iter().enumerate() {
            let (lead, first) = if index == 0 { ("附件：", 2.0) } else { ("", 5.0) };
            let (number, others) =
                if names.len() > 1 { (format!("{}.", index + 1), 6.0) } else { (String::new(), 5.0) };
            let text = format!("{lead}{number}{name}");
            self.paragraph(&Paragraph::body(text).indented(first, others), 0.0)?;
        }
        Ok(())
    }

    /// Height of the note, as far as it is known before it is set.
    pub fn note_height(&self, names: &[String]) -> f32 {
        let rows = |name: &String| (name.chars().count() as f32 / 20.0).ceil().max(1.0);
        self.pitch() * (1.0 + names.iter().map(rows).sum::<f32>())
    }
}

/// Draws ring, star and words of a seal; `scale` 1 is a diameter of 38 mm.
fn seal_items(
    page: &mut Page,
    centre: (f32, f32),
    scale: f32,
    ring: &[(Face, char)],
    below: &[(Face, char)],
) {
    let mm = MM * scale;
    page.items.push(circle(centre, 18.5 * mm, None, Some((1.0 * mm, Ink::Seal)), 0.0));
    let corners = (0..10).map(|corner| {
        let radius = if corner % 2 == 0 { 6.0 } else { 6.0 * 0.382 } * mm;
        let angle = (corner as f32 * 36.0 - 90.0).to_radians();
        ((centre.0 + radius * angle.cos(), centre.1 + radius * angle.sin()), false)
    });
    page.items.push(Item::Shape { points: corners.collect(), fill: Some(Ink::Seal), line: None, dash: 0.0 });
    let (size, squeeze, radius) = (4.4 * mm, 0.78, 14.9 * mm);
    let step = 18.5_f32.min(262.0 / (ring.len().max(2) - 1) as f32);
    for (index, (face, character)) in ring.iter().enumerate() {
        let angle = (index as f32 - (ring.len() - 1) as f32 / 2.0) * step;
        let turn = angle.to_radians();
        // The foot of the glyph: from the middle of its em box half a width back along the ring.
        let foot = radius - size * (ASCENT - 0.5);
        let half = size * squeeze / 2.0;
        let at = (
            centre.0 + foot * turn.sin() - half * turn.cos(),
            centre.1 - foot * turn.cos() - half * turn.sin(),
        );
        push_turned(page, *face, (size, squeeze), at, angle, *character);
    }
    let size = 2.8 * mm;
    let pitch = size * 1.8;
    for (index, (face, character)) in below.iter().enumerate() {
        let x = centre.0 + (index as f32 - (below.len() - 1) as f32 / 2.0) * pitch - size / 2.0;
        push_turned(page, *face, (size, 1.0), (x, centre.1 + 12.2 * mm), 0.0, *character);
    }
}

fn push_turned(
    page: &mut Page,
    face: Face,
    (size, condensed): (f32, f32),
    at: (f32, f32),
    angle: f32,
    character: char,
) {
    let (ink, text) = (Ink::Seal, character.to_string());
    page.items.push(Item::Turned { face, size, at, angle, condensed, ink, behind: false, text });
}

/// A circle of four curves.
pub(super) fn circle(
    centre: (f32, f32),
    radius: f32,
    fill: Option<Ink>,
    line: Option<(f32, Ink)>,
    dash: f32,
) -> Item {
    let bend = radius * 0.552_285;
    let at = |x: f32, y: f32| (centre.0 + x, centre.1 + y);
    let (r, b) = (radius, bend);
    let points = vec![
        (at(r, 0.0), false),
        (at(r, b), true),
        (at(b, r), true),
        (at(0.0, r), false),
        (at(-b, r), true),
        (at(-r, b), true),
        (at(-r, 0.0), false),
        (at(-r, -b), true),
        (at(-b, -r), true),
        (at(0.0, -r), false),
        (at(b, -r), true),
        (at(r, -b), true),
        (at(r, 0.0), false),
    ];
    Item::Shape { points, fill, line, dash }
}
