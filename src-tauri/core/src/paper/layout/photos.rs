//! Photographs two or four on a page, each with its words below.
//!
//! Pictures are placed by the size and the turn they state themselves; nothing is decoded here.

use super::super::document::{Photo, Photos, Picture, Typeface, Warning};
use super::super::picture;
use super::super::style::MM;
use super::flow::Flow;
use super::measure::Font;
use super::page::Item;
use crate::error::Result;

/// Size of the words below a photograph.
const CAPTION: f32 = 12.0;
/// From the photograph to the words, and from the words to the next photograph.
const GAP: f32 = 2.0 * MM;

impl Flow<'_> {
    /// Sets photographs; what already stands on the page may leave room for one row only.
    pub fn photos(&mut self, photos: &Photos) -> Result<()> {
        let columns = if photos.four { 2 } else { 1 };
        let whole = self.sheet.bottom - self.sheet.top;
        let left = self.sheet.bottom - self.y;
        // A title above the first photographs must not send the second row to another page.
        let mut height = if left > whole * 0.6 { left / 2.0 } else { whole / 2.0 } - 0.1;
        let width = (self.sheet.room() - GAP * 2.0 * (columns - 1) as f32) / columns as f32;
        for (index, row) in photos.photos.chunks(columns).enumerate() {
            if index > 1 {
                height = whole / 2.0 - 0.1;
            }
            self.need(height);
            for (column, photo) in row.iter().enumerate() {
                let x = (width + GAP * 2.0).mul_add(column as f32, self.sheet.left);
                self.photo(photo, (x, self.y), (width, height))?;
            }
            self.y += height;
        }
        self.measure.report_missing(|| "照片说明".into());
        Ok(())
    }

    fn photo(&mut self, photo: &Photo, at: (f32, f32), size: (f32, f32)) -> Result<()> {
        let lines = self.wrapped(&photo.caption, Font::new(Typeface::Fang, CAPTION), size.0)?;
        let words = CAPTION * 1.3 * lines.len().max(1) as f32;
        let room = (size.0, (size.1 - words - 2.0 * GAP).max(CAPTION));
        let bottom = match self.picture_at(&photo.picture, at, room) {
            Some(bottom) => bottom,
            None => self.unreadable(&photo.caption, at, room)?,
        };
        for (index, line) in lines.iter().enumerate() {
            let x = at.0 + (size.0 - line.width) / 2.0;
            let y = (CAPTION * 1.3).mul_add(index as f32, bottom + GAP);
            self.page().line(line, CAPTION, x, y, 0.0);
        }
        Ok(())
    }

    /// Draws a picture as large as the place allows, on its lower edge; gives that edge, or `None`
    /// where the picture does not say how large it is.
    pub fn picture_at(&mut self, picture: &Picture, at: (f32, f32), room: (f32, f32)) -> Option<f32> {
        let found = picture::measure(&picture.bytes)?;
        let scale = (room.0 / found.shown().0).min(room.1 / found.shown().1);
        let size = (found.shown().0 * scale, found.shown().1 * scale);
        // Words below pictures of different heights stand on one line.
        let at = (at.0 + (room.0 - size.0) / 2.0, at.1 + room.1 - size.1);
        let number = self.picture(picture);
        self.page().items.push(Item::Picture { number, at, size, turns: found.turns });
        Some(at.1 + size.1)
    }

    /// A frame where a picture cannot be read; gives its lower edge.
    fn unreadable(&mut self, caption: &str, at: (f32, f32), room: (f32, f32)) -> Result<f32> {
        let (text, place) = ("图片打不开".to_owned(), caption.to_owned());
        self.measure.warn(Warning { kind: "bad_picture", text, place });
        let line = self.single("（图片打不开）", Font::new(Typeface::Song, 10.5))?;
        self.page().outline(at, room, 0.18 * MM);
        let middle = (at.0 + (room.0 - line.width) / 2.0, at.1 + room.1 / 2.0);
        self.page().line(&line, 10.5, middle.0, middle.1, 0.0);
        Ok(at.1 + room.1)
    }

    /// The number of a picture; the same one is kept once.
    fn picture(&mut self, picture: &Picture) -> usize {
        let known = self.pictures.iter().position(|known| known == picture);
        known.unwrap_or_else(|| {
            self.pictures.push(picture.clone());
            self.pictures.len() - 1
        })
    }
}
