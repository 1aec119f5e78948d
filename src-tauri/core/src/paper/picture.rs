//! What JPEG and PNG files say about themselves: width, height, colours, how they are turned.
//!
//! Headers only; pictures go into a PDF as they came.

/// What a picture says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Measured {
    /// Whether it is a JPEG; else it is a PNG.
    pub is_jpeg: bool,
    /// Width in pixels as stored.
    pub width: u32,
    /// Height in pixels as stored.
    pub height: u32,
    /// Colour components of a JPEG: 1 grey, 3 colour, 4 print colours.
    pub components: u8,
    /// Quarter turns, clockwise, to stand upright (a camera held on its side).
    pub turns: u8,
}

impl Measured {
    /// Width and height as it is shown.
    #[allow(clippy::cast_precision_loss, reason = "pictures have fewer pixels than a float counts")]
    pub fn shown(&self) -> (f32, f32) {
        let (width, height) = (self.width as f32, self.height as f32);
        if self.turns.is_multiple_of(2) { (width, height) } else { (height, width) }
    }
}

/// Reads the header; `None` for anything that is neither JPEG nor PNG, or states no size.
pub(crate) fn measure(bytes: &[u8]) -> Option<Measured> {
    let found = if bytes.starts_with(&[0xff, 0xd8]) { jpeg(bytes) } else { png(bytes) };
    found.filter(|found| found.width > 0 && found.height > 0)
}

fn png(bytes: &[u8]) -> Option<Measured> {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some(Measured { is_jpeg: false, width: number(16)?, height: number(20)?, components: 3, turns: 0 })
}

fn jpeg(bytes: &[u8]) -> Option<Measured> {
    let (mut at, mut turns) = (2, 0);
    loop {
        while *bytes.get(at)? == 0xff && *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let body = bytes.get(at + 4..at + 2 + length)?;
        match marker {
            0xe1 => turns = exif_turns(body).unwrap_or(turns),
            0xc0..=0xc2 => {
                let pair =
                    |at: usize| Some(u32::from(u16::from_be_bytes([*body.get(at)?, *body.get(at + 1)?])));
                let (height, width) = (pair(1)?, pair(3)?);
                let components = *body.get(5)?;
                return Some(Measured { is_jpeg: true, width, height, components, turns });
            }
            0xda => return None,
            _ => {}
        }
        at += 2 + length;
    }
}

/// The tag 0x0112 of the first directory; mirrored pictures are taken as not mirrored.
fn exif_turns(body: &[u8]) -> Option<u8> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let is_little = tiff.starts_with(b"II");
    let pair = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let start = if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
    let start = usize::try_from(start).ok()?;
    for entry in 0..usize::from(pair(start)?) {
        let at = start.checked_add(2 + entry * 12)?;
        if pair(at)? == 0x0112 {
            return Some(match pair(at + 8)? {
                3 | 4 => 2,
                5 | 6 => 1,
                7 | 8 => 3,
                _ => 0,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::measure;

    #[test]
    fn headers_are_read_and_rubbish_is_not() {
        let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe1, 0, 34];
        jpeg.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
        jpeg.extend([0xff, 0xc0, 0, 11, 8, 0, 30, 0, 40, 3, 0, 0, 0]);
        let found = measure(&jpeg).unwrap();
        assert_eq!((found.width, found.height, found.components, found.turns), (40, 30, 3, 1));
        assert_eq!(found.shown(), (30.0, 40.0));
        for cut in 0..jpeg.len() - 4 {
            assert_eq!(measure(&jpeg[..cut]), None, "half a header says nothing");
        }
        assert_eq!(measure(b"GIF89a"), None);
    }
}
