//! What the values of a column look like, counted.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Words;
use super::sample::masked;
use crate::import::shape::Shape;
use crate::import::sheet::{Cell, Sheet};
use crate::value::id_number::{IdNumber, IdProblem};
use crate::value::phone::PhoneProblem;
use crate::value::{
    address, boolean, credit_code, date, disability_certificate, gender, number, phone, text,
};

/// Values looked at in each column.
const LOOKED_AT: usize = 300;
const SAMPLES: usize = 3;

/// Counts over the values of one column.
#[derive(Debug, Default)]
pub(super) struct Profile {
    /// Values looked at, blank marks such as 无 left out.
    pub(super) count: usize,
    /// Different ones among them.
    pub(super) distinct: usize,
    /// Identity numbers whose check digit fits.
    pub(super) ids: usize,
    /// Texts of an identity number's length, right or wrong, and numbers that lost their end.
    pub(super) id_like: usize,
    /// Mobile numbers.
    pub(super) mobiles: usize,
    /// Telephone numbers of any kind.
    pub(super) phones: usize,
    pub(super) dates: usize,
    pub(super) genders: usize,
    pub(super) booleans: usize,
    pub(super) numbers: usize,
    /// Places such as 3号楼502室.
    pub(super) homes: usize,
    /// Texts with a word of an address.
    pub(super) addresses: usize,
    pub(super) rooms: usize,
    /// Parts of an address that are that and nothing else: 8号楼, 1单元, 303室.
    pub(super) buildings: usize,
    pub(super) units: usize,
    pub(super) whole_rooms: usize,
    /// Names of two to four Chinese characters.
    pub(super) names: usize,
    pub(super) credit_codes: usize,
    pub(super) certificates: usize,
    /// Ticks and crosses with nothing else: √, ☑, ×.
    pub(super) ticks: usize,
    /// Longest text, in characters.
    pub(super) longest: usize,
    /// Hits by code table.
    pub(super) codes: FxHashMap<String, usize>,
    /// Counting up by one from row to row.
    pub(super) is_counting: bool,
    /// A few values, masked.
    pub(super) samples: Vec<String>,
    /// Dates of birth stated by the identity numbers, by row.
    pub(super) births: FxHashMap<u32, NaiveDate>,
    /// Dates of the column, by row.
    pub(super) days: FxHashMap<u32, NaiveDate>,
}

impl Profile {
    /// Whether at least that share (in percent) of the values are so.
    pub(super) const fn share(&self, hits: usize, percent: usize) -> bool {
        self.count > 0 && hits * 100 >= self.count * percent
    }
}

/// The profiles of all columns of the table, in their order.
pub(super) fn of_columns(sheet: &Sheet, shape: &Shape, words: &Words<'_>) -> Vec<Profile> {
    let rows = shape.data_lines(sheet);
    shape
        .columns
        .iter()
        .map(|column| {
            let mut taker = Taker::default();
            for &row in &rows {
                if taker.profile.count >= LOOKED_AT {
                    break;
                }
                taker.take(row, shape.value_of(sheet, row - 1, column.index), words);
            }
            taker.finish()
        })
        .collect()
}

#[derive(Default)]
struct Taker {
    profile: Profile,
    seen: FxHashSet<String>,
    last: Option<i64>,
    steps: usize,
}

impl Taker {
    fn take(&mut self, row: u32, cell: Cell<'_>, words: &Words<'_>) {
        let shown = cell.shown();
        let value = text::squeeze(&shown);
        if value.is_empty() || text::is_blank_mark(&value) {
            return;
        }
        let profile = &mut self.profile;
        profile.count += 1;
        profile.longest = profile.longest.max(value.chars().count());
        if profile.samples.len() < SAMPLES && !self.seen.contains(&value) {
            profile.samples.push(masked(&value));
        }
        if self.seen.insert(value.clone()) {
            profile.distinct += 1;
        }
        if let Ok(number) = value.parse::<i64>() {
            self.steps += usize::from(self.last.is_none_or(|last| number == last + 1));
            self.last = Some(number);
        }
        profile.take_numbers(row, cell, &value, words);
        profile.take_day(row, cell, &shown, words);
        profile.take_words(cell, &value, words);
    }

    fn finish(mut self) -> Profile {
        self.profile.is_counting = self.profile.count > 1 && self.steps == self.profile.count;
        self.profile
    }
}

impl Profile {
    fn take_numbers(&mut self, row: u32, cell: Cell<'_>, value: &str, words: &Words<'_>) {
        let id = match cell {
            Cell::Number(number) => IdNumber::from_number(number, words.today),
            _ => IdNumber::parse(value, words.today),
        };
        match id {
            Ok(id) => {
                self.ids += 1;
                self.id_like += 1;
                self.births.insert(row, id.birth_on());
            }
            Err(IdProblem::Checksum | IdProblem::DigitsLost | IdProblem::Birth) => self.id_like += 1,
            Err(IdProblem::Masked) => self.id_like += usize::from(value.chars().count() >= 15),
            Err(IdProblem::Length | IdProblem::Characters) => self.id_like += usize::from(is_id_like(value)),
        }
        let is_phone =
            !matches!(cell, Cell::Date(_)) && phone::parse(value).is_ok_and(|numbers| !numbers.is_empty());
        // A covered telephone is no value, but it says what the column holds.
        let is_covered = value.chars().count() <= 13 && phone::parse(value) == Err(PhoneProblem::Masked);
        self.phones += usize::from((is_phone && value.len() >= 7) || is_covered);
        let mobile = value.bytes().filter(u8::is_ascii_digit).count() >= 11
            && value.trim_start_matches("+86").starts_with('1');
        self.mobiles += usize::from(is_phone && mobile);
        self.numbers += usize::from(matches!(cell, Cell::Number(_)) || number::decimal(value).is_some());
        self.credit_codes += usize::from(credit_code::parse(value).is_ok() || is_credit_like(value));
        let certificate = disability_certificate::DisabilityCertificate::parse(value, words.today);
        self.certificates += usize::from(certificate.is_ok());
    }

    /// A day, with the time of day behind it or not.
    fn take_day(&mut self, row: u32, cell: Cell<'_>, shown: &str, words: &Words<'_>) {
        let is_serial_day = matches!(cell, Cell::Number(n) if (10_000.0..60_000.0).contains(&n));
        if let Some(day) = date::parse(shown, words.today) {
            self.dates += 1;
            self.days.extend(day.earliest().map(|day| (row, day)));
        } else if is_serial_day || matches!(cell, Cell::Date(_)) {
            self.dates += 1;
        }
    }

    fn take_place(&mut self, value: &str) {
        let is_digits = value.bytes().all(|byte| byte.is_ascii_digit());
        self.rooms += usize::from(address::looks_like_room(value));
        let place = address::parse(value);
        self.homes += usize::from(place.is_home() && !is_digits && !is_file_number(value));
        self.addresses += usize::from(
            place.is_home() || value.contains(['路', '弄', '街', '村', '楼', '栋', '幢', '苑', '巷', '镇']),
        );
        let ends =
            |words: &[&str]| words.iter().any(|word| value.ends_with(word)) && value.chars().count() <= 6;
        self.buildings +=
            usize::from(ends(&["号楼", "栋", "幢", "座", "号"]) && !value.contains(['室', '单', '路']));
        self.units += usize::from(ends(&["单元", "门洞", "门"]));
        self.whole_rooms += usize::from(ends(&["室", "房"]) || (is_digits && (3..=4).contains(&value.len())));
    }

    fn take_words(&mut self, cell: Cell<'_>, value: &str, words: &Words<'_>) {
        if !matches!(cell, Cell::Date(_)) && !is_full_day(value) {
            self.take_place(value);
        }
        let is_digits = value.bytes().all(|byte| byte.is_ascii_digit());
        self.genders += usize::from(!is_digits && gender::Gender::parse(value).is_some());
        self.booleans += usize::from(boolean::parse(value).is_some());
        self.ticks += usize::from(value.chars().all(|c| "√✓✔☑■□×✗✘○●◯".contains(c)));
        self.names += usize::from(is_name(value));
        if value.chars().count() <= 20 {
            for table in words.codes.tables() {
                if words.codes.find(&table.id, value).is_some() {
                    *self.codes.entry(table.id.clone()).or_default() += 1;
                }
            }
        }
    }
}

/// A day with its year in four digits: 2017-10-04 is no building, stairway and room.
fn is_full_day(value: &str) -> bool {
    let year = value.get(..4).and_then(|year| year.parse::<u32>().ok());
    year.is_some_and(|year| (1900..2100).contains(&year))
        && value[4..].starts_with(['-', '/', '.', '年'])
        && value.len() >= 8
}

/// Eighteen digits and capital letters, more letters than the last of an identity number.
fn is_credit_like(value: &str) -> bool {
    value.len() == 18
        && value.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && value[..17].bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Digits of about the length of an identity number.
fn is_id_like(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    (16..=19).contains(&digits) && value.len() <= 20
}

/// A number such as 望消2025-011: a year where a building would be, and no word of an address.
fn is_file_number(value: &str) -> bool {
    let first: String =
        value.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    first.len() >= 4 && !value.contains(['楼', '栋', '幢', '号', '室', '弄', '座', '元'])
}

/// Two to four Chinese characters that begin with a surname, or a longer name with the dot of
/// foreign names. Lists put up in public show 王*芳 or 王某某.
fn is_name(value: &str) -> bool {
    let count = value.chars().count();
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2ffff}');
    let is_mask = |c: char| matches!(c, '*' | '×' | 'x' | 'X' | '＊');
    if value.contains(['·', '•', '．']) {
        return (4..=20).contains(&count)
            && value.chars().all(|c| is_han(c) || matches!(c, '·' | '•' | '．'));
    }
    let starts = value.chars().next().is_some_and(|c| SURNAMES.contains(c) || !is_common(c));
    (2..=4).contains(&count) && starts && value.chars().skip(1).all(|c| is_han(c) || is_mask(c))
}

/// Whether a character is one that words are written with; rare ones stand in names only.
const fn is_common(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fa5}')
}

/// First characters of surnames, the common ones before the rare. A list is told by most of its
/// values, so that a rare surname does no harm.
const SURNAMES: &str = "\
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜\
    崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康\
    施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗\
    谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费\
    卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈鞠匡阿\
    官荆乐楼慕班郁储上官东方诸葛司马皇甫令狐公孙宇尉迟端木轩辕夏侯长孙濮阳闻人独孤南宫西门司徒呼延鲜于申屠淳单\
    扎索普次洛旺达格桑巴尼仁央那敏胥幸平原奚忻宣干应强徒粟茅蔺揭晋初甫丰冀冼区却帅衣由郗郜宿寿沃浦水火土木竺\
    计伏茹元利危厉凤花丑雍糜惠嵇邴松井段富乌焦牧隗山谢景龙叶幸韶蓟薄印怀蒲台鄂索咸籍赖卓屠池乔阴胥能苍双闻莘\
    翟谭贡劳逄姬申扶堵冉宰郦璩桑桂濮牛寿通边扈燕浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈庾终暨居衡步都\
    耿满弘匡国文寇广禄阙东殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相荆红游竺权逯盖\
    后益桓公";
