//! The scanner behind [`super::parse`]: tokens of a squeezed address, read from left to right.

use super::Address;

/// A piece of an address: a code (3, A, 12甲), a dash, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Code(String),
    Dash,
    Word(String),
}

/// What the word behind a code makes of it. Longer words stand before their beginnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// 号楼, 幢, 栋: certainly a building.
    Building,
    /// 号, #: a building in lanes, a door of a shop elsewhere.
    Number,
    /// 楼: a building before there is one, a floor after.
    Storey,
    Floor,
    Unit,
    Room,
    /// 弄, 村, 期: part of the estate's name.
    Estate,
}

const MARKS: [(&str, Mark); 27] = [
    ("号楼", Mark::Building),
    ("#楼", Mark::Building),
    ("幢楼", Mark::Building),
    ("幢", Mark::Building),
    ("栋", Mark::Building),
    ("座", Mark::Building),
    ("号房", Mark::Room),
    ("号室", Mark::Room),
    ("号院", Mark::Estate),
    ("号", Mark::Number),
    ("#", Mark::Number),
    ("单元", Mark::Unit),
    ("门", Mark::Unit),
    ("梯", Mark::Unit),
    ("楼", Mark::Storey),
    ("层", Mark::Floor),
    ("室", Mark::Room),
    ("房", Mark::Room),
    ("户", Mark::Room),
    ("支弄", Mark::Estate),
    ("弄", Mark::Estate),
    ("巷", Mark::Estate),
    ("村", Mark::Estate),
    ("区", Mark::Estate),
    ("期", Mark::Estate),
    ("组", Mark::Estate),
    ("街坊", Mark::Estate),
];

/// Reads a squeezed address.
pub(super) fn address(text: &str) -> Address {
    let mut reader = Reader::default();
    let tokens = tokens(text);
    let mut at = 0;
    while at < tokens.len() {
        at += reader.step(&tokens[at..]);
    }
    reader.finish(text)
}

#[derive(Default)]
struct Reader {
    found: Address,
    head: String,
    /// The building was named by a mere 号.
    by_number: bool,
    /// Something of a home was seen, so words no longer belong to the estate.
    inside: bool,
}

impl Reader {
    /// Reads the first tokens and says how many.
    fn step(&mut self, tokens: &[Token]) -> usize {
        match tokens {
            [Token::Code(_), Token::Dash, Token::Code(_), ..] => self.chain(tokens),
            [Token::Code(code), Token::Word(word), ..] => {
                let Some((mark, behind)) = mark_of(word) else {
                    self.bare(code);
                    return 1;
                };
                self.marked(code, mark, &word[..word.len() - behind.len()]);
                self.words(behind);
                2
            }
            [Token::Code(code), ..] => {
                self.bare(code);
                1
            }
            [Token::Word(word), ..] => {
                self.words(word);
                1
            }
            [Token::Dash, ..] => 1,
            [] => 0,
        }
    }

    fn marked(&mut self, code: &str, mark: Mark, word: &str) {
        let code = code.to_owned();
        match mark {
            Mark::Estate => self.words(&format!("{code}{word}")),
            Mark::Building | Mark::Number if self.found.building.is_none() => {
                self.by_number = mark == Mark::Number;
                self.set_building(code);
            }
            // 梅园路88号3号楼: what was taken for the building is the number in the road.
            Mark::Building | Mark::Number if self.by_number && !self.head.is_empty() && self.is_bare() => {
                let road_number = self.found.building.take().unwrap_or_default();
                self.head.push_str(&road_number);
                self.head.push('号');
                self.by_number = mark == Mark::Number;
                self.set_building(code);
            }
            Mark::Storey if self.found.building.is_none() => self.set_building(code),
            Mark::Unit if self.found.unit.is_none() => {
                self.found.unit = Some(code);
                self.inside = true;
            }
            Mark::Room | Mark::Number if self.found.room.is_none() => self.set_room(code),
            Mark::Storey | Mark::Floor if self.inside => {}
            Mark::Building | Mark::Number | Mark::Storey | Mark::Floor | Mark::Unit | Mark::Room => {
                self.words(&format!("{code}{word}"));
            }
        }
    }

    /// Reads codes joined by dashes: 3-401, 2-1-301, and behind a building 1-301.
    fn chain(&mut self, tokens: &[Token]) -> usize {
        let mut codes = Vec::new();
        let mut used = 0;
        while let Some(Token::Code(code)) = tokens.get(used) {
            codes.push(code.clone());
            used += 1;
            match (tokens.get(used), tokens.get(used + 1)) {
                (Some(Token::Dash), Some(Token::Code(_))) => used += 1,
                _ => break,
            }
        }
        let mark = match tokens.get(used) {
            Some(Token::Word(word)) => mark_of(word),
            _ => None,
        };
        let is_room = match mark {
            None => true,
            Some((Mark::Room | Mark::Number, _)) => true,
            Some(_) => false,
        };
        if !is_room || !self.place_chain(&codes) {
            // 3-5号楼, 1-2-3-4: a range or unknown, kept as written.
            self.words(&codes.join("-"));
            return used;
        }
        match (mark, tokens.get(used)) {
            (Some((_, behind)), Some(Token::Word(_))) => {
                let behind = behind.to_owned();
                self.words(&behind);
                used + 1
            }
            _ => used,
        }
    }

    fn place_chain(&mut self, codes: &[String]) -> bool {
        let found = &mut self.found;
        if found.room.is_some() {
            return false;
        }
        match (found.building.is_some(), found.unit.is_some(), codes) {
            (false, false, [building, room]) => {
                found.building = Some(building.clone());
                found.room = Some(room.clone());
            }
            (false, false, [building, unit, room]) => {
                found.building = Some(building.clone());
                found.unit = Some(unit.clone());
                found.room = Some(room.clone());
            }
            (true, false, [unit, room]) if unit.len() <= 2 && room.len() > 2 => {
                found.unit = Some(unit.clone());
                found.room = Some(room.clone());
            }
            (true, _, [_, _]) => found.room = Some(codes.join("-")),
            _ => return false,
        }
        self.inside = true;
        true
    }

    /// Reads a code with nothing that says what it is.
    fn bare(&mut self, code: &str) {
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        let like_room = (3..=5).contains(&digits) || (self.found.building.is_some() && digits > 0);
        if self.found.room.is_none() && like_room && (self.inside || self.head.is_empty()) {
            self.set_room(code.to_owned());
        } else {
            self.words(code);
        }
    }

    fn words(&mut self, words: &str) {
        if !self.inside {
            self.head.push_str(words);
            return;
        }
        let unit = words.strip_suffix("单元").filter(|side| side.chars().count() == 1);
        match unit {
            Some(side) if self.found.unit.is_none() => self.found.unit = Some(side.to_owned()),
            _ => self.found.rest.push_str(words.trim_matches([',', '、', '。', '/'])),
        }
    }

    fn set_building(&mut self, code: String) {
        self.found.building = Some(code);
        self.inside = true;
    }

    fn set_room(&mut self, code: String) {
        self.found.room = Some(code);
        self.inside = true;
    }

    /// Nothing is known inside the building, and nothing strange was read behind it.
    fn is_bare(&self) -> bool {
        self.found.unit.is_none() && self.found.room.is_none() && self.found.rest.is_empty()
    }

    fn finish(mut self, text: &str) -> Address {
        let lane = self.head.ends_with(['弄', '里', '村', '区', '苑', '园', '城', '坊', '庭', '邸']);
        let is_door = self.by_number && self.is_bare() && !self.head.is_empty() && !lane;
        if is_door || !self.inside {
            // 东门面12号 is a shop; 梅园路88号 a house in a road.
            return Address { rest: text.to_owned(), ..Address::default() };
        }
        let (area, estate) = split_area(&self.head);
        let found = &mut self.found;
        for token in [&mut found.building, &mut found.unit, &mut found.room].into_iter().flatten() {
            *token = super::bare(token).to_owned();
        }
        self.found.area = Some(area.to_owned()).filter(|area| !area.is_empty());
        self.found.estate = Some(estate.to_owned()).filter(|estate| !estate.is_empty());
        self.found
    }
}

fn mark_of(word: &str) -> Option<(Mark, &str)> {
    MARKS.iter().find_map(|(text, mark)| word.strip_prefix(text).map(|behind| (*mark, behind)))
}

/// Splits province, city, district, subdistrict or town off the front.
fn split_area(head: &str) -> (&str, &str) {
    const ENDS: [&str; 9] = ["省", "自治区", "市", "新区", "县", "街道", "镇", "乡", "区"];
    const NOT_ENDS: [&str; 12] =
        ["小区", "社区", "园区", "东区", "西区", "南区", "北区", "中区", "城区", "院区", "市场", "市民"];
    let mut cut = 0;
    for (at, c) in head.char_indices() {
        let end = at + c.len_utf8();
        let chars_since = head[cut..end].chars().count();
        let so_far = &head[cut..end];
        let is_end = ENDS.iter().any(|word| so_far.ends_with(word)) && chars_since >= 3;
        let not_end = NOT_ENDS.iter().any(|word| so_far.ends_with(word) || head[at..].starts_with(word));
        let code_before = head[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        // 新城市花园 is an estate: a city is followed by a district, a town or a road.
        let behind = &head[end..];
        let goes_on =
            c != '市' || ["区", "县", "镇", "路", "街", "弄", "乡"].iter().any(|w| behind.contains(w));
        if is_end && !not_end && !code_before && goes_on && !behind.is_empty() {
            cut = end;
        }
    }
    head.split_at(cut)
}

/// Cuts a squeezed address into tokens.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (token, next) = token(&chars, at);
        match (out.last_mut(), token) {
            (Some(Token::Word(last)), Token::Word(word)) => last.push_str(&word),
            (_, token) => out.push(token),
        }
        at = next;
    }
    out
}

fn token(chars: &[char], at: usize) -> (Token, usize) {
    let run = |from: usize, test: fn(char) -> bool| {
        chars[from..].iter().position(|c| !test(*c)).map_or(chars.len(), |length| from + length)
    };
    let first = chars[at];
    if is_dash(first) {
        return (Token::Dash, run(at, is_dash));
    }
    if first.is_ascii_alphanumeric() {
        let mut end = run(at, |c| c.is_ascii_alphanumeric());
        if chars.get(end).is_some_and(|c| "甲乙丙丁".contains(*c)) {
            end += 1;
        }
        let code: String = chars[at..end].iter().collect();
        return (Token::Code(code.to_ascii_uppercase()), end);
    }
    let from = at + usize::from(first == '第');
    let end = run(from.min(chars.len()), is_numeral);
    if end > from
        && is_numbered(&chars[end..])
        && let Some(number) = numeral(&chars[from..end])
    {
        return (Token::Code(number.to_string()), end);
    }
    (Token::Word(first.to_string()), at + 1)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '/' | '\\' | '_' | '~' | '～')
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}')
}

/// Says whether a Chinese numeral before these characters counts a building, a unit or a room.
fn is_numbered(behind: &[char]) -> bool {
    let next: String = behind.iter().take(2).collect();
    ["号", "幢", "栋", "座", "单元", "室", "层"].iter().any(|mark| next.starts_with(mark))
}

fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十".contains(c)
}

/// Reads 三, 十二, 二十一, 五〇二.
fn numeral(chars: &[char]) -> Option<u32> {
    let digit = |c: char| match c {
        '零' => Some(0),
        _ => u32::try_from("〇一二三四五六七八九".chars().position(|d| d == c)?).ok(),
    };
    match chars {
        ['十'] => Some(10),
        ['十', ones] => Some(10 + digit(*ones)?),
        [tens, '十'] => Some(digit(*tens)? * 10),
        [tens, '十', ones] => Some(digit(*tens)? * 10 + digit(*ones)?),
        _ if chars.len() <= 5 => chars.iter().try_fold(0, |sum, c| Some(sum * 10 + digit(*c)?)),
        _ => None,
    }
}
