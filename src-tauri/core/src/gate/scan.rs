//! Reading along a sentence character by character: digits, Chinese numerals, words at a place.

/// The characters of a sentence with their places in bytes.
pub(super) struct Scan {
    chars: Vec<char>,
    bytes: Vec<usize>,
}

impl Scan {
    /// Lays a sentence out.
    pub(super) fn new(text: &str) -> Self {
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        Self { chars: text.chars().collect(), bytes }
    }

    /// How many characters there are.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The byte a character begins at.
    pub(super) fn byte(&self, at: usize) -> usize {
        self.bytes[at.min(self.chars.len())]
    }

    /// The text between two places given in bytes.
    pub(super) fn between(&self, from: usize, to: usize) -> String {
        let within = |at: &usize| (from..to).contains(at);
        let chars = self.chars.iter().zip(&self.bytes).filter(|(_, at)| within(at));
        chars.map(|(c, _)| *c).collect()
    }

    /// Whether a word begins at a character.
    pub(super) fn has(&self, at: usize, word: &str) -> bool {
        let rest = self.chars.get(at..).unwrap_or_default();
        word.chars().count() <= rest.len() && word.chars().zip(rest).all(|(a, b)| a == *b)
    }

    /// Whether a word ends right before a character.
    pub(super) fn before(&self, at: usize, word: &str) -> bool {
        at.checked_sub(word.chars().count()).is_some_and(|start| self.has(start, word))
    }

    /// Whether a digit stands right before a character.
    pub(super) fn is_digit_before(&self, at: usize) -> bool {
        at > 0 && self.chars.get(at - 1).is_some_and(char::is_ascii_digit)
    }

    /// The number in digits at a character, and how many there are (at most four).
    pub(super) fn digits(&self, at: usize) -> Option<(u32, usize)> {
        let rest = self.chars.get(at..)?;
        let length = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let value = rest.iter().take(length).try_fold(0u32, |sum, c| Some(sum * 10 + c.to_digit(10)?));
        value.filter(|_| (1..=4).contains(&length)).map(|value| (value, length))
    }

    /// The number at a character, in digits or Chinese numerals up to 99.
    pub(super) fn number(&self, at: usize) -> Option<(u32, usize)> {
        self.digits(at).or_else(|| {
            let rest = self.chars.get(at..)?;
            let length = rest.iter().take_while(|c| numeral(**c).is_some()).count();
            let value = chinese(&rest[..length])?;
            (length > 0).then_some((value, length))
        })
    }

    /// Where a bracket such as （周五） that begins at a character ends; the same place when none does.
    pub(super) fn skip_bracket(&self, at: usize) -> usize {
        let is_open = matches!(self.chars.get(at), Some('(' | '（'));
        let rest = self.chars.get(at..).unwrap_or_default();
        let close = rest.iter().take(8).position(|c| matches!(c, ')' | '）'));
        match close {
            Some(close) if is_open => at + close + 1,
            _ => at,
        }
    }
}

fn numeral(c: char) -> Option<u32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '两'];
    let value = digits.iter().position(|digit| *digit == c)?;
    Some(if c == '两' { 2 } else { u32::try_from(value).ok()? })
}

/// 三, 十五, 二十, 三十一.
fn chinese(numerals: &[char]) -> Option<u32> {
    match numerals {
        [one] => numeral(*one),
        ['十', one] => Some(10 + numeral(*one)?),
        [tens, '十'] => Some(numeral(*tens)? * 10),
        [tens, '十', one] => Some(numeral(*tens)? * 10 + numeral(*one)?),
        _ => None,
    }
}
