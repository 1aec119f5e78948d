//! The tags of an XML part with their places in it, and splicing: whatever is not named in an edit
//! stays byte for byte as it was. What the tags mean is told by the files beside this one.

use std::ops::Range;

/// Whether a tag opens, closes or does both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `<row r="5">`
    Open,
    /// `</row>`
    Close,
    /// `<row r="5"/>`
    Empty,
}

/// One tag.
#[derive(Debug, Clone)]
pub struct Tag<'a> {
    /// The tag with its angle brackets.
    pub text: &'a str,
    /// Where it stands in the part, in bytes.
    pub at: Range<usize>,
    /// Whether it opens or closes.
    pub kind: Kind,
}

/// The tags of a part in their order; comments, instructions and character data are passed over.
pub struct Tags<'a> {
    xml: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    /// Begins at the start of a part.
    #[must_use]
    pub const fn new(xml: &'a str) -> Self {
        Self { xml, at: 0 }
    }

    /// Begins inside a part; places are counted from its start all the same.
    #[must_use]
    pub const fn from(xml: &'a str, at: usize) -> Self {
        Self { xml, at }
    }

    fn skip(&mut self, from: usize, end: &str) -> Option<()> {
        self.at = from + self.xml[from..].find(end)? + end.len();
        Some(())
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + self.xml.get(self.at..)?.find('<')?;
            let rest = &self.xml[start..];
            if rest.starts_with("<!--") {
                self.skip(start, "-->")?;
            } else if rest.starts_with("<![CDATA[") {
                self.skip(start, "]]>")?;
            } else if rest.starts_with("<?") {
                self.skip(start, "?>")?;
            } else if rest.starts_with("<!") {
                self.skip(start, ">")?;
            } else {
                let length = tag_length(rest)?;
                self.at = start + length;
                let text = &rest[..length];
                let kind = match () {
                    () if text.starts_with("</") => Kind::Close,
                    () if text.ends_with("/>") => Kind::Empty,
                    () => Kind::Open,
                };
                return Some(Tag { text, at: start..start + length, kind });
            }
        }
    }
}

/// How long a tag is; a bracket inside quotes does not end it.
fn tag_length(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

impl<'a> Tag<'a> {
    /// The name with its prefix.
    #[must_use]
    pub fn name(&self) -> &'a str {
        let bare = self.text.trim_start_matches(['<', '/']);
        let end = bare.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(bare.len());
        &bare[..end]
    }

    /// The name without its prefix.
    #[must_use]
    pub fn local(&self) -> &'a str {
        let name = self.name();
        name.rsplit(':').next().unwrap_or(name)
    }

    /// The prefix with its colon, or nothing.
    #[must_use]
    pub fn prefix(&self) -> &'a str {
        let name = self.name();
        name.rfind(':').map_or("", |at| &name[..=at])
    }

    /// An attribute by its full name: the value as written, and its place in the part.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<(&'a str, Range<usize>)> {
        let bytes = self.text.as_bytes();
        let mut at = self.name().len() + 1;
        while at < bytes.len() {
            while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace()) {
                at += 1;
            }
            let start = at;
            while bytes
                .get(at)
                .is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>'))
            {
                at += 1;
            }
            let found = &self.text[start..at];
            let equals = at + self.text[at..].find('=')?;
            let open = equals + 1 + self.text[equals + 1..].find(['"', '\''])?;
            let close = open + 1 + self.text[open + 1..].find(char::from(bytes[open]))?;
            if found == name {
                return Some((&self.text[open + 1..close], self.at.start + open + 1..self.at.start + close));
            }
            at = close + 1;
        }
        None
    }

    /// The value of an attribute by its full name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'a str> {
        self.attribute(name).map(|(value, _)| value)
    }

    /// The value of an attribute as a number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u32> {
        self.value(name)?.trim().parse().ok()
    }
}

/// Replacements of stretches of a part, in any order.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text in place of a stretch; an empty stretch inserts.
    pub fn put(&mut self, at: Range<usize>, text: impl Into<String>) {
        self.0.push((at, text.into()));
    }

    /// The part with all replacements made; insertions at one place keep their order.
    #[must_use]
    pub fn apply(mut self, xml: &str) -> String {
        self.0.sort_by_key(|(at, _)| (at.start, at.end));
        let added: usize = self.0.iter().map(|(_, text)| text.len()).sum();
        let mut result = String::with_capacity(xml.len() + added);
        let mut done = 0;
        for (at, text) in self.0 {
            if at.start < done {
                continue;
            }
            result.push_str(&xml[done..at.start]);
            result.push_str(&text);
            done = at.end;
        }
        result.push_str(&xml[done..]);
        result
    }
}

/// A text as it stands inside an element or a quoted attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\r' => {}
            // Characters that no XML part may hold would make the file unreadable.
            c if (c as u32) < 0x20 && !matches!(c, '\n' | '\t') => {}
            c => safe.push(c),
        }
    }
    safe
}

/// A text as it was meant, with the five entities of XML and numbered characters resolved.
#[must_use]
pub fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let Some(end) = rest[at..].find(';') else { break };
        let name = &rest[at + 1..at + end];
        let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
        let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
        let known = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => number.and_then(Result::ok).and_then(char::from_u32),
        };
        match known {
            Some(c) => plain.push(c),
            None => plain.push_str(&rest[at..=at + end]),
        }
        rest = &rest[at + end + 1..];
    }
    plain.push_str(rest);
    plain
}

/// The text between an opening tag and the closing one that belongs to it, by place in the part;
/// nothing for an empty element.
#[must_use]
pub fn inside(xml: &str, open: &Tag<'_>) -> Range<usize> {
    if open.kind != Kind::Open {
        return open.at.end..open.at.end;
    }
    let mut depth = 1u32;
    for tag in Tags::from(xml, open.at.end).filter(|tag| tag.name() == open.name()) {
        match tag.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            Kind::Empty => {}
        }
        if depth == 0 {
            return open.at.end..tag.at.start;
        }
    }
    open.at.end..xml.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    #[test]
    fn tags_know_their_places_and_attributes() {
        let xml = "<?xml?><!-- <no> --><x:row r=\"5\" t='a>b' customFormat = \"1\"><c r=\"A5\"/></x:row>";
        let tags: Vec<Tag<'_>> = Tags::new(xml).collect();
        assert_eq!(tags.len(), 3);
        assert_eq!((tags[0].local(), tags[0].prefix(), tags[0].kind), ("row", "x:", Kind::Open));
        assert_eq!(tags[0].value("t"), Some("a>b"));
        assert_eq!(tags[0].value("customFormat"), Some("1"));
        assert_eq!(tags[0].value("ustomFormat"), None, "an attribute is known by its whole name");
        let (value, at) = tags[1].attribute("r").unwrap();
        assert_eq!((value, &xml[at]), ("A5", "A5"));
        assert_eq!(&xml[inside(xml, &tags[0])], "<c r=\"A5\"/>");
    }

    #[test]
    fn edits_leave_all_else_alone() {
        let mut edits = Edits::default();
        edits.put(2..3, "C");
        edits.put(1..1, "1");
        edits.put(1..1, "2");
        assert_eq!(edits.apply("abcd"), "a12bCd");
        assert_eq!(unescaped(&escaped("<a & \"b\">")), "<a & \"b\">");
        assert_eq!(unescaped("&#x4E2D;&#25991; &unknown;"), "中文 &unknown;");
    }
}
