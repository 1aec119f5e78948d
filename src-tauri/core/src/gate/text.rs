//! The text of a notice made comparable: half-width, lower case, without blanks, cut into sentences;
//! every place in it leads back to the place in the text as it was pasted. Pure.

use std::ops::Range;

use crate::value::text::half_width;

/// Characters a text may have at most; what is behind them is not read.
const MOST: usize = 40_000;

/// A notice as the gate reads it.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The comparable text; sentences end with a line break.
    pub plain: String,
    /// For every byte of `plain`, the character of the pasted text it came from.
    origin: Vec<u32>,
    /// The sentences, as ranges of bytes of `plain`.
    sentences: Vec<Range<usize>>,
}

/// A sentence of a notice.
#[derive(Debug, Clone)]
pub struct Sentence<'t> {
    /// Its comparable text.
    pub text: &'t str,
    /// Where it begins in the whole comparable text, in bytes.
    pub start: usize,
    /// Which one it is.
    pub index: usize,
}

/// A word found in a notice: bytes of the comparable text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub range: Range<usize>,
    /// The word.
    pub word: String,
    /// In which sentence.
    pub sentence: usize,
}

impl Text {
    /// Reads a text.
    #[must_use]
    pub fn new(pasted: &str) -> Self {
        let mut text = Self::default();
        for (at, c) in pasted.chars().take(MOST).enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            match c {
                '\n' | '\r' | '。' | '！' | '；' | '？' | '!' | ';' | '?' => text.push('\n', at),
                c if c.is_whitespace() || c.is_control() || c == '\u{FEFF}' => {}
                c => half_width(c).to_lowercase().for_each(|c| text.push(c, at)),
            }
        }
        let mut start = 0;
        for (end, _) in text.plain.match_indices('\n').chain([(text.plain.len(), "")]) {
            if end > start {
                text.sentences.push(start..end);
            }
            start = end + 1;
        }
        text
    }

    fn push(&mut self, c: char, at: u32) {
        self.plain.push(c);
        self.origin.resize(self.plain.len(), at);
    }

    /// The sentences in order.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        let sentence = |(index, range): (usize, &Range<usize>)| Sentence {
            text: &self.plain[range.clone()],
            start: range.start,
            index,
        };
        self.sentences.iter().enumerate().map(sentence)
    }

    /// The sentence of that number.
    #[must_use]
    pub fn sentence(&self, index: usize) -> &str {
        self.sentences.get(index).map_or("", |range| &self.plain[range.clone()])
    }

    /// How many sentences there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// Whether a word stands anywhere.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.plain.contains(word)
    }

    /// The characters of the pasted text that a range of bytes came from.
    #[must_use]
    pub fn pasted(&self, range: &Range<usize>) -> Range<u32> {
        let from = self.origin.get(range.start).copied().unwrap_or(0);
        let to = range.end.checked_sub(1).and_then(|last| self.origin.get(last)).map_or(from, |at| at + 1);
        from..to
    }
}

impl Sentence<'_> {
    /// Every place where one of the words stands; of words that lie within another only the longest.
    #[must_use]
    pub fn find_all(&self, words: &[String]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for word in words.iter().filter(|word| !word.is_empty()) {
            for (at, _) in self.text.match_indices(word.as_str()) {
                let start = self.start + at;
                let range = start..start + word.len();
                found.push(Found { range, word: word.clone(), sentence: self.index });
            }
        }
        found.sort_by(|a, b| (a.range.start, b.range.end).cmp(&(b.range.start, a.range.end)));
        let mut kept: Vec<Found> = Vec::new();
        for one in found {
            if kept.last().is_none_or(|last| one.range.end > last.range.end) {
                kept.push(one);
            }
        }
        kept
    }

    /// Whether one of the words stands in it.
    #[must_use]
    pub fn has_any(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.text.contains(word.as_str()))
    }

    /// The part of the sentence between commas that a place lies in, and where that part begins.
    #[must_use]
    pub fn clause(&self, at: usize) -> (&str, usize) {
        let within = at.saturating_sub(self.start).min(self.text.len());
        let is_mark = |c: char| matches!(c, ',' | '，' | ':' | '：' | '、');
        let is_comma = |c: char| is_mark(c) && c != '、';
        let start = self.text[..within].rfind(is_comma).map_or(0, |mark| {
            mark + self.text[mark..].chars().next().map_or(0, char::len_utf8)
        });
        let end = self.text[within..].find(is_comma).map_or(self.text.len(), |mark| within + mark);
        (&self.text[start..end], self.start + start)
    }
}

/// A word as it is compared.
#[must_use]
pub fn comparable(word: &str) -> String {
    word.chars().filter(|c| !c.is_whitespace()).flat_map(|c| half_width(c).to_lowercase()).collect()
}

/// Words as they are compared.
#[must_use]
pub fn comparable_all(words: &[String]) -> Vec<String> {
    words.iter().map(|word| comparable(word)).filter(|word| !word.is_empty()).collect()
}
