//! Pictures as objects of a PDF: a JPEG goes in as it came, a PNG is unpacked.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, RawImage, XObject};

use super::super::document::Picture;
use super::super::picture;
use crate::error::{Error, Result};

/// The object of a picture that the layout could measure, and whether its inside could be read.
pub(super) fn object(picture: &Picture) -> Result<(XObject, bool)> {
    let found = picture::measure(&picture.bytes)
        .ok_or_else(|| Error::Bug("pdf: a picture without size was laid out".into()))?;
    if !found.is_jpeg {
        let image = RawImage::decode_from_bytes(&picture.bytes, &mut Vec::new());
        return Ok(
            image.map_or_else(|_| (XObject::External(empty()), false), |image| (XObject::Image(image), true))
        );
    }
    let colours: &[u8] = match found.components {
        1 => b"DeviceGray",
        4 => b"DeviceCMYK",
        _ => b"DeviceRGB",
    };
    let name = |name: &[u8]| DictItem::Name(name.to_vec());
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name(b"XObject")),
        ("Subtype".to_owned(), name(b"Image")),
        ("Width".to_owned(), DictItem::Int(i64::from(found.width))),
        ("Height".to_owned(), DictItem::Int(i64::from(found.height))),
        ("ColorSpace".to_owned(), name(colours)),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("Filter".to_owned(), name(b"DCTDecode")),
    ]);
    if found.components == 4 {
        // Cameras and picture programs store print colours inverted.
        let pair = [DictItem::Int(1), DictItem::Int(0)];
        dict.insert("Decode".into(), DictItem::Array((0..4).flat_map(|_| pair.clone()).collect()));
    }
    let stream = ExternalStream { dict, content: picture.bytes.to_vec(), compress: false };
    Ok((XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None }), true))
}

/// Nothing, for a PNG whose inside is damaged.
fn empty() -> ExternalXObject {
    let name = |name: &[u8]| DictItem::Name(name.to_vec());
    let dict = BTreeMap::from([
        ("Type".to_owned(), name(b"XObject")),
        ("Subtype".to_owned(), name(b"Form")),
        ("BBox".to_owned(), DictItem::Array(vec![DictItem::Int(0); 4])),
    ]);
    let stream = ExternalStream { dict, content: Vec::new(), compress: false };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}
