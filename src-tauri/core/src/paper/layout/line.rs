//! Breaking text into lines by the rules of Chinese typesetting.
//!
//! No line starts with a closing mark or ends with an opening one; a run without a place to break
//! that is wider than the line is cut between characters. Positions on the page are not known here.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::super::font::Face;
use super::measure::{Font, Mark, Measure};
use crate::error::Result;

/// Characters of one face beside each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// The face.
    pub face: Face,
    /// Size in points.
    pub size: f32,
    /// The characters.
    pub text: String,
    /// From the start of the line to the first glyph, in points.
    pub x: f32,
    /// Width of the places of the characters in points.
    pub width: f32,
    /// What every place is wider than its glyph.
    pub spacing: f32,
    /// Number of the address that a click opens; 0 opens none.
    pub link: u16,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextLine {
    /// Its pieces, from left to right.
    pub pieces: Vec<Piece>,
    /// Its width in points.
    pub width: f32,
    /// Characters in it.
    pub count: usize,
    /// Added after every character but the last, in points.
    pub spacing: f32,
    /// Whether a line feed or the end of the text follows.
    pub is_last: bool,
    /// Width of a closing mark that hangs over the right edge.
    pub hang: f32,
    /// Share of its width to which it is condensed; 1 leaves it as it is.
    pub condensed: f32,
}

impl Default for TextLine {
    fn default() -> Self {
        Self {
            pieces: Vec::new(),
            width: 0.0,
            count: 0,
            spacing: 0.0,
            is_last: false,
            hang: 0.0,
            condensed: 1.0,
        }
    }
}

impl TextLine {
    /// Condenses a line wider than `room`, at most to `least` of its width.
    pub fn squeeze(&mut self, room: f32, least: f32) {
        if self.width > room + 0.01 {
            self.condensed = (room / self.width).max(least);
            self.width *= self.condensed;
        }
    }
}

/// Text of which every character is measured.
pub(super) struct Measured {
    text: String,
    marks: Vec<(usize, Option<Mark>)>,
}

impl Measured {
    /// Measures the runs one after the other.
    pub fn new(measure: &mut Measure, runs: &[(&str, Font)]) -> Result<Self> {
        let mut text = String::new();
        let mut marks = Vec::new();
        for (run, font) in runs {
            for character in run.chars() {
                marks.push((text.len(), measure.mark(*font, character)?));
                text.push(for_breaking(character));
            }
        }
        tighten(&mut marks);
        Ok(Self { text, marks })
    }

    /// The whole on one line, two characters spread over the width of three.
    pub fn spread(&self) -> Option<TextLine> {
        let [(_, Some(first)), (_, Some(second))] = self.marks.as_slice() else { return None };
        let is_han =
            |mark: &Mark| ('\u{3400}'..='\u{9fff}').contains(&mark.shown) || mark.shown > '\u{1ffff}';
        let mut line = self.line(0, 2, true);
        if line.pieces.len() != 1 || !is_han(first) || !is_han(second) {
            return None;
        }
        line.spacing = first.width;
        line.width += first.width;
        Some(line)
    }

    /// Width of the whole on one line.
    pub fn width(&self) -> f32 {
        width(&self.marks)
    }

    /// Width of the longest stretch that must not be broken.
    pub fn longest_stretch(&self) -> f32 {
        let mut longest = 0.0_f32;
        let mut start = 0;
        for (end, _) in self.breaks() {
            longest = longest.max(width(trimmed(&self.marks[start..end])));
            start = end;
        }
        longest
    }

    /// Breaks into lines no wider than `room`, the first of them shorter by `indent`.
    pub fn wrap(&self, room: f32, indent: f32) -> Vec<TextLine> {
        let mut lines = Vec::new();
        let (mut start, mut fits) = (0, 0);
        for (end, must) in self.breaks() {
            while start < end && !self.is_within(start, end, room, indent, lines.is_empty()) {
                let cut =
                    if fits > start { fits } else { self.cut(start, end, room, indent, lines.is_empty()) };
                if cut >= end {
                    break;
                }
                lines.push(self.hung(start, cut, false, if lines.is_empty() { room - indent } else { room }));
                start = cut;
            }
            fits = end;
            if must {
                lines.push(self.hung(start, end, true, if lines.is_empty() { room - indent } else { room }));
                start = end;
            }
        }
        lines
    }

    /// Whether it offers no place for a new line.
    pub fn is_one_stretch(&self) -> bool {
        self.breaks().nth(1).is_none()
    }

    /// Breaks into as few lines as `wrap`, of widths as equal as can be.
    pub fn wrap_balanced(&self, room: f32) -> Vec<TextLine> {
        let lines = self.wrap(room, 0.0);
        if lines.len() < 2 {
            return lines;
        }
        let (mut low, mut high) = (self.width() / lines.len() as f32, room);
        let mut best = lines;
        for _ in 0..6 {
            let middle = (low + high) / 2.0;
            let tried = self.wrap(middle, 0.0);
            if tried.len() <= best.len() && tried.iter().all(|line| line.width <= middle + 0.01) {
                (best, high) = (tried, middle);
            } else {
                low = middle;
            }
        }
        best
    }

    /// Ends of stretches (as indices of marks) and whether a new line must start there.
    fn breaks(&self) -> impl Iterator<Item = (usize, bool)> + '_ {
        let mut index = 0;
        linebreaks(&self.text).map(move |(offset, kind)| {
            while self.marks.get(index).is_some_and(|(at, _)| *at < offset) {
                index += 1;
            }
            (index, kind == BreakOpportunity::Mandatory)
        })
    }

    fn is_within(&self, start: usize, end: usize, room: f32, indent: f32, first: bool) -> bool {
        let room = if first { room - indent } else { room };
        let marks = trimmed(&self.marks[start..end]);
        let wide = width(marks);
        wide <= room + 0.01 || hanging(marks).is_some_and(|hang| wide - hang <= room + 0.01)
    }

    /// The line, its closing mark hanging where it has no room.
    fn hung(&self, start: usize, end: usize, is_last: bool, room: f32) -> TextLine {
        let mut line = self.line(start, end, is_last);
        if line.width > room + 0.01 {
            line.hang = hanging(trimmed(&self.marks[start..end])).unwrap_or_default();
        }
        line
    }

    /// Where to cut a stretch that is wider than the line, at least one character on.
    fn cut(&self, start: usize, end: usize, room: f32, indent: f32, first: bool) -> usize {
        let mut cut = start + 1;
        while cut < end && self.is_within(start, cut + 1, room, indent, first) {
            cut += 1;
        }
        while cut > start + 1 && (self.starts_badly(cut) || self.ends_badly(cut)) {
            cut -= 1;
        }
        cut
    }

    /// Whether a line that starts at that mark would start with a closing mark.
    fn starts_badly(&self, index: usize) -> bool {
        let offset = self.marks.get(index).map_or(self.text.len(), |(offset, _)| *offset);
        self.text[offset..]
            .starts_with(['。', '，', '、', '；', '：', '？', '！', '）', '》', '〉', '】', '〕', '」', '』'])
    }

    /// Whether a line that ends before that mark would end with an opening mark.
    fn ends_badly(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.marks.get(before));
        before.and_then(|(_, mark)| *mark).is_some_and(|mark| is_opening(mark.shown))
    }

    fn line(&self, start: usize, end: usize, is_last: bool) -> TextLine {
        let mut line = TextLine { is_last, ..TextLine::default() };
        let mut is_tight = false;
        for mark in trimmed(&self.marks[start..end]).iter().filter_map(|(_, mark)| *mark) {
            match line.pieces.last_mut() {
                Some(piece) if !is_tight && continues(piece, &mark) => {
                    piece.text.push(mark.shown);
                    piece.width += mark.width;
                }
                _ => line.pieces.push(Piece {
                    face: mark.face,
                    size: mark.size,
                    text: mark.shown.into(),
                    x: line.width + mark.shift,
                    width: mark.width,
                    spacing: mark.spacing,
                    link: mark.link,
                }),
            }
            line.width += mark.width;
            line.count += 1;
            is_tight = mark.is_tight;
        }
        line
    }
}

/// Whether a character goes on with the piece before it.
fn continues(piece: &Piece, mark: &Mark) -> bool {
    piece.face == mark.face
        && piece.size == mark.size
        && piece.link == mark.link
        && (piece.spacing - mark.spacing).abs() < 0.001
        && (mark.shift - mark.spacing / 2.0).abs() < 0.001
        && (mark.spacing == 0.0 || !piece.text.ends_with('.'))
}

/// Width of the closing mark that may hang over the edge of a grid: one, and no second before it.
fn hanging(marks: &[(usize, Option<Mark>)]) -> Option<f32> {
    let mut last = marks.iter().rev().filter_map(|(_, mark)| *mark);
    let (mark, before) = (last.next()?, last.next()?);
    let may_hang = mark.spacing != 0.0 && is_closing(mark.shown) && !is_closing(before.shown);
    may_hang.then_some(mark.width)
}

/// Takes the empty half from a mark of punctuation that another one follows.
fn tighten(marks: &mut [(usize, Option<Mark>)]) {
    for index in 1..marks.len() {
        let ((_, Some(first)), (_, Some(second))) = (marks[index - 1], marks[index]) else { continue };
        let meets = is_closing(first.shown) && (is_closing(second.shown) || is_opening(second.shown))
            || is_opening(first.shown) && is_opening(second.shown);
        if meets && first.width == second.width && first.spacing == 0.0 {
            let tight = Mark { width: first.width / 2.0, is_tight: true, ..first };
            marks[index - 1].1 = Some(tight);
        }
    }
}

const fn is_closing(mark: char) -> bool {
    matches!(
        mark,
        '。' | '，' | '、' | '；' | '：' | '）' | '》' | '〉' | '】' | '〕' | '」' | '』' | '”' | '’'
    )
}

const fn is_opening(mark: char) -> bool {
    matches!(mark, '（' | '《' | '〈' | '【' | '〔' | '「' | '『' | '“' | '‘')
}

fn width(marks: &[(usize, Option<Mark>)]) -> f32 {
    marks.iter().filter_map(|(_, mark)| mark.map(|mark| mark.width)).sum()
}

/// Without the blanks at the end.
fn trimmed(marks: &[(usize, Option<Mark>)]) -> &[(usize, Option<Mark>)] {
    let blank = |mark: &Option<Mark>| mark.is_none_or(|mark| matches!(mark.shown, ' ' | '　'));
    let end = marks.iter().rposition(|(_, mark)| !blank(mark)).map_or(0, |last| last + 1);
    &marks[..end]
}

/// The character by whose class a line is broken: Chinese quotes behave like brackets.
const fn for_breaking(character: char) -> char {
    match character {
        '“' | '‘' => '（',
        '”' | '’' => '）',
        '\r' => ' ',
        other => other,
    }
}
