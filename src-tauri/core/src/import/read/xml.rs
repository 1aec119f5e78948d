//! Small steps over XML shared by the readers: attributes by local name, text without entities
//! of the document's own (they are never expanded).

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use quick_xml::{XmlVersion, escape};

/// A reader over bytes that is as lenient as the programs offices use.
pub(super) fn reader(bytes: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(bytes);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.expand_empty_elements = true;
    reader
}

/// The value of the attribute with that local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name).map(
        |found| {
            found
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned)
        },
    )
}

/// The value of an attribute as a number.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}

/// Adds the characters of a text event; other events add nothing.
pub(super) fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(part) => {
            if let Ok(Some(character)) = part.resolve_char_ref() {
                text.push(character);
            } else if let Some(known) = escape::resolve_predefined_entity(part) {
                text.push_str(known);
            }
        }
        _ => {}
    }
}
