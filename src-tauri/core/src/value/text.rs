//! Cleaning of text as it comes out of spreadsheets, documents and clipboards.
//!
//! Two strengths: [`clean`] keeps what a person wrote and removes what nobody can see; [`squeeze`]
//! makes the key under which headings and names are compared. No meaning is read here.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Cleans text for keeping: trims, removes invisible and control characters, turns every kind of
/// blank into one space and full-width letters, digits and signs into half width.
///
/// Line breaks inside stay, as single `\n`. The marks that Chinese typography itself writes full
/// width (，：；？！（）～) stay, for they are how a remark is spelled. Rare ideographs, characters of the
/// private use area and variation sequences of names are never dropped; the result is NFC.
#[must_use]
pub fn clean(text: &str) -> String {
    tidy(text).into_owned()
}

/// Does the same as [`clean`] without copying text that is clean already.
#[must_use]
pub fn tidy(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = Builder::with_capacity(text.len());
    text.chars().for_each(|c| out.push(c));
    // Composed last: characters that were kept apart by invisible ones have met by now.
    Cow::Owned(if is_nfc(&out.text) { out.text } else { out.text.nfc().collect() })
}

/// Cleans and drops all white space, line breaks included, and folds the full-width punctuation
/// too: the form in which headings and names are compared ("姓 名" is "姓名", "（人）" is "(人)").
#[must_use]
pub fn squeeze(text: &str) -> String {
    let tidied = tidy(text);
    let mut out = String::with_capacity(tidied.len());
    out.extend(tidied.chars().filter(|c| !c.is_whitespace()).map(half_width));
    out
}

/// Says whether text is one of the marks by which people write that nothing is known.
///
/// "无" is among them. For some fields (religion, illness, party) it is a real value, so the caller
/// decides whether to ask at all.
#[must_use]
pub fn is_blank_mark(text: &str) -> bool {
    // Nearly every cell is told by its first character or its length, without squeezing.
    let first = text.chars().next();
    let may_be = |c: char| !c.is_ascii_digit() && (!is_common(c) || "无空暂没未不待略".contains(c));
    if text.len() > 60 || first.is_some_and(|c| !may_be(c)) {
        return false;
    }
    let mark = squeeze(text);
    mark.chars().all(is_stroke) || BLANK_WORDS.contains(&mark.to_ascii_lowercase().as_str())
}

/// Ends a clause with a full stop, unless a mark ends it already.
#[must_use]
pub fn sentence(clause: &str) -> String {
    let clause = clause.trim_end();
    if clause.is_empty() || clause.ends_with(['。', '！', '？']) {
        clause.to_owned()
    } else {
        format!("{clause}。")
    }
}

/// Turns a full-width form of ASCII (U+FF01 to U+FF5E) and the ideographic space into half width,
/// and leaves every other character alone.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

const BLANK_WORDS: [&str; 27] = [
    "无",
    "空",
    "暂无",
    "没有",
    "未知",
    "不详",
    "不祥",
    "未留",
    "未填",
    "未提供",
    "未登记",
    "未采集",
    "待补",
    "待核",
    "待查",
    "不清楚",
    "不知道",
    "不明",
    "略",
    "n/a",
    "na",
    "null",
    "none",
    "nil",
    "#n/a",
    "#value!",
    "#ref!",
];

fn is_common(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) && c != '\u{4E28}'
}

fn is_stroke(c: char) -> bool {
    matches!(c, '-' | '/' | '\\' | '_' | '.' | '*' | '?' | '、' | '·')
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{4E28}' | '\u{30FC}')
}

/// Collects characters into clean text, holding blanks back until something follows them.
struct Builder {
    text: String,
    gap: Option<char>,
}

impl Builder {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), gap: None }
    }

    fn push(&mut self, c: char) {
        match kind_of(c) {
            Kind::Invisible => {}
            Kind::Break => self.gap = Some('\n'),
            Kind::Blank => self.gap = self.gap.or(Some(' ')),
            Kind::Visible(c) => {
                if let Some(gap) = self.gap.take().filter(|_| !self.text.is_empty()) {
                    self.text.push(gap);
                }
                self.text.push(c);
            }
        }
    }
}

enum Kind {
    Visible(char),
    Blank,
    Break,
    Invisible,
}

fn kind_of(c: char) -> Kind {
    match c {
        '!'..='~' | '\u{4E00}'..='\u{9FFF}' => Kind::Visible(c),
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Break,
        _ if c.is_whitespace() => Kind::Blank,
        // Blanks that Unicode does not count as white space.
        '\u{3164}' | '\u{FFA0}' | '\u{2800}' => Kind::Blank,
        _ if is_invisible(c) => Kind::Invisible,
        '，' | '：' | '；' | '？' | '！' | '（' | '）' | '～' => Kind::Visible(c),
        '\u{FF01}'..='\u{FF5E}' => Kind::Visible(half_width(c)),
        // Radicals that PDF readers put in the place of ideographs (⽅ for 方).
        '\u{2E9F}' | '\u{2EF3}' | '\u{2F00}'..='\u{2FD5}' => {
            Kind::Visible(std::iter::once(c).nfkc().next().unwrap_or(c))
        }
        _ => Kind::Visible(c),
    }
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}')
}

/// The fast path: nearly every cell is plain digits, Latin letters or common ideographs.
fn is_clean(text: &str) -> bool {
    let mut gap = true;
    for c in text.chars() {
        match c {
            '!'..='~' | '\u{4E00}'..='\u{9FFF}' => gap = false,
            ' ' if gap => return false,
            ' ' => gap = true,
            '，' | '：' | '；' | '？' | '！' | '（' | '）' | '～' | '·' | '—' | '…' => {
                gap = false
            }
            '\u{2018}'..='\u{201D}' | '\u{3001}'..='\u{3029}' | '\u{3400}'..='\u{4DBF}' => gap = false,
            '\u{20000}'..='\u{2F7FF}' => gap = false,
            _ => return false,
        }
    }
    !gap || text.is_empty()
}
