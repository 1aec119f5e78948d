//! Titles: broken by meaning, trapezoid, with number, subtitle and line below.
//!
//! Headings below the title are in `block`.

use super::super::document::Title;
use super::super::style::MM;
use super::flow::Flow;
use super::line::{Measured, TextLine};
use super::measure::Font;
use super::page::Entry;
use crate::error::Result;

/// Lines of a title that are weighed against each other; longer ones are just broken.
const MOST_LINES: usize = 5;
/// What must still fit below a title.
pub(super) const AFTER_HEADING: f32 = 60.0;

impl Flow<'_> {
    /// Sets the title of the paper.
    pub fn title(&mut self, title: &Title) -> Result<()> {
        let look = &self.style.heading;
        let raised = self.style.numbered_heading.as_ref().filter(|_| !title.number.is_empty());
        let (above, pitch) = raised.map_or((look.above, look.pitch), |raised| (raised.above, raised.pitch));
        let size = title.size.unwrap_or(look.size);
        let pitch = pitch * size / look.size;
        let lines = self.title_lines(&title.text, size)?;
        self.measure.report_missing(|| "标题".into());
        self.need(above + pitch * lines.len() as f32 + AFTER_HEADING);
        let page = self.pages.len() - 1;
        self.outline.push(Entry { level: 0, text: title.text.replace('\n', ""), page, y: self.y });
        let mut start = self.y;
        let mut y = start + above;
        for line in &lines {
            if y + size > self.sheet.bottom && y > self.sheet.top + above {
                self.new_page();
                start = self.y;
                y = start + above;
            }
            self.centred(line, size, y, look.on_sheet);
            y += pitch;
        }
        let mut bottom = y - pitch + size;
        for (text, look) in [(&title.number, &self.style.number), (&title.subtitle, &self.style.subtitle)] {
            if !text.is_empty() {
                let line = self.single(text, Font::new(look.face, look.size))?;
                self.centred(&line, look.size, bottom + look.above, self.style.heading.on_sheet);
                bottom += look.above + look.size;
            }
        }
        self.measure.report_missing(|| "标题".into());
        if title.ruled {
            bottom += 4.0 * MM;
            let (left, right) = (self.sheet.left, self.sheet.right);
            let weight = self.style.table.frame * MM;
            self.page().rule((left, bottom), (right, bottom), weight);
        }
        self.y = self.row_from(start, bottom + if title.ruled { 0.0 } else { look.below });
        Ok(())
    }

    fn centred(&mut self, line: &TextLine, size: f32, y: f32, on_sheet: bool) {
        let middle =
            if on_sheet { self.sheet.width / 2.0 } else { (self.sheet.left + self.sheet.right) / 2.0 };
        // The empty half of an opening quote must not push the line to the right.
        let opens = line.pieces.first().is_some_and(|piece| piece.text.starts_with(['“', '《', '（', '〈']));
        let trim = if opens && on_sheet { size / 2.0 } else { 0.0 };
        self.page().line(line, size, middle - (line.width + trim) / 2.0, y, 0.0);
    }

    /// The lines of a title: broken where the paper says so, else by meaning.
    fn title_lines(&mut self, text: &str, size: f32) -> Result<Vec<TextLine>> {
        let room = self.sheet.room();
        let font = Font::new(self.style.heading.face, size);
        let mut lines = Vec::new();
        for part in text.split('\n') {
            let measured = Measured::new(&mut self.measure, &[(part, font)])?;
            if measured.width() <= room {
                lines.extend(measured.wrap(room, 0.0));
                continue;
            }
            let count = (measured.width() / room).ceil() as usize;
            if count > MOST_LINES {
                lines.extend(measured.wrap(room, 0.0));
                continue;
            }
            let broken = by_meaning(part, count, room / size);
            for piece in broken.split('\n') {
                lines.extend(Measured::new(&mut self.measure, &[(piece, font)])?.wrap_balanced(room));
            }
        }
        Ok(lines)
    }
}

/// Puts line feeds where a title of `count` lines, each at most `room` em wide, reads best.
fn by_meaning(text: &str, count: usize, room: f32) -> String {
    let characters: Vec<char> = text.chars().collect();
    let em = |from: usize, to: usize| -> f32 {
        characters[from..to].iter().map(|character| if character.is_ascii() { 0.55 } else { 1.0 }).sum()
    };
    let even = em(0, characters.len()) / count as f32;
    // Best cost of setting the first `end` characters in `line` lines, and where the last begins.
    let mut best = vec![vec![(f32::MAX, 0_usize); characters.len() + 1]; count + 1];
    best[0][0].0 = 0.0;
    for line in 1..=count {
        for end in 1..=characters.len() {
            for start in 0..end {
                let (before, wide) = (best[line - 1][start].0, em(start, end));
                if before == f32::MAX || wide > room {
                    continue;
                }
                let uneven = (wide - even).abs() * 0.5;
                let cost = before + uneven + if start > 0 { dislike(&characters, start) } else { 0.0 };
                if cost < best[line][end].0 {
                    best[line][end] = (cost, start);
                }
            }
        }
    }
    if best[count][characters.len()].0 == f32::MAX {
        return text.to_owned();
    }
    let (mut end, mut made) = (characters.len(), Vec::new());
    for line in (1..=count).rev() {
        let start = best[line][end].1;
        made.push(characters[start..end].iter().collect::<String>());
        end = start;
    }
    made.reverse();
    made.join("\n")
}

/// How bad it is to begin a line of a title there.
fn dislike(characters: &[char], at: usize) -> f32 {
    let (before, after) = (characters[at - 1], characters[at]);
    let open = |mark: &&char| matches!(mark, '《' | '“' | '（' | '〔');
    let close = |mark: &&char| matches!(mark, '》' | '”' | '）' | '〕');
    let depth = characters[..at].iter().filter(open).count() > characters[..at].iter().filter(close).count();
    let ends = |words: &str| characters[..at].iter().collect::<String>().ends_with(words);
    match () {
        () if close(&&after) || matches!(after, '、' | '，' | '的' | '了' | '：') => 30.0,
        () if open(&&before) || before.is_ascii_digit() && after.is_ascii_digit() => 30.0,
        () if depth => 8.0,
        () if ends("关于") || close(&&before) || open(&&after) => 0.0,
        () if matches!(before, '、' | '，' | '的' | '和' | '与' | '及') => 1.0,
        () if matches!(after, '关' | '和' | '与' | '及') => 2.0,
        () => 6.0,
    }
}

#[cfg(test)]
mod tests {
    use super::by_meaning;

    #[test]
    fn titles_are_broken_by_meaning() {
        let broken = |text: &str| by_meaning(text, 2, 20.1);
        assert_eq!(
            broken("春晓里社区居民委员会关于“一次录入、多表复用”试行情况的报告"),
            "春晓里社区居民委员会关于\n“一次录入、多表复用”试行情况的报告"
        );
        assert_eq!(
            broken("关于商请补充《老年人助餐意愿调查表》填报依据和经费的函"),
            "关于商请补充《老年人助餐意愿调查表》\n填报依据和经费的函"
        );
        assert!(!broken("春晓里社区二〇二六年第三季度走访关爱困境儿童情况的报告").contains("\n的"));
    }
}
