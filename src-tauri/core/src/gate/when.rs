//! By when something is due, as notices say it: dates with and without year, weekdays, month ends,
//! so many working days, tomorrow at three. Pure.

use std::ops::Range;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime};

use super::scan::Scan;
use super::terms::Terms;
use super::text::{Found, Sentence, Text};
use crate::calendar::{Calendar, moment};

/// A moment that a notice names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The moment.
    pub(super) at: NaiveDateTime,
    /// Where it stands, in bytes of the comparable text.
    pub(super) range: Range<usize>,
    /// Whether it is said to be the end of something (前、截止、内).
    pub(super) is_deadline: bool,
    /// Whether the sentence asks for something.
    asks: bool,
}

impl Named {
    /// The place as a word that was found.
    pub(super) fn found(&self) -> Found {
        Found { range: self.range.clone(), word: String::new(), sentence: 0 }
    }
}

/// What the scanner needs to know.
pub(super) struct When<'a> {
    pub(super) received: NaiveDateTime,
    pub(super) calendar: &'a Calendar,
    pub(super) terms: &'a Terms,
}

/// A day that was read, with what else is known of it.
struct Day {
    on: NaiveDate,
    length: usize,
    /// Its words alone say that it is an end, such as 三个工作日内.
    is_end: bool,
    /// A clock is to be found behind it only when it is a plain day.
    takes_clock: bool,
}

impl When<'_> {
    /// By when the notice wants an answer: the earliest end it names in the future, else the earliest
    /// moment of a sentence that asks.
    pub(super) fn due(&self, text: &Text) -> Option<Named> {
        let mut named: Vec<Named> = text.sentences().flat_map(|sentence| self.named(&sentence)).collect();
        named.retain(|one| one.at >= self.received);
        let earliest = |fits: &dyn Fn(&Named) -> bool| {
            named.iter().filter(|one| fits(one)).min_by_key(|one| (one.at, one.range.start)).cloned()
        };
        earliest(&|one| one.is_deadline && one.asks)
            .or_else(|| earliest(&|one| one.is_deadline))
            .or_else(|| earliest(&|one| one.asks))
    }

    /// Every moment a sentence names.
    fn named(&self, sentence: &Sentence<'_>) -> Vec<Named> {
        let scan = Scan::new(sentence.text);
        let asks = sentence.has_any(&self.terms.words.ask);
        let mut named = Vec::new();
        let mut at = 0;
        while at < scan.len() {
            let Some(day) = self.day(&scan, at) else {
                at += 1;
                continue;
            };
            let mut end = at + day.length;
            let mut time = None;
            if day.takes_clock {
                end = scan.skip_bracket(end);
                if let Some((clock, length)) = self.clock(&scan, end) {
                    time = Some(clock);
                    end += length;
                }
            }
            let is_signature = at == 0 && end >= scan.len();
            let starts = ["起", "以来", "开始", "后", "发布", "印发", "施行", "召开的"];
            let is_start = starts.iter().any(|word| scan.has(end, word)) || scan.before(at, "自");
            if !is_signature && !is_start {
                let is_deadline = day.is_end || is_end_after(&scan, end) || is_end_before(&scan, at);
                let moment = match time {
                    Some(time) => day.on.and_time(time),
                    None => moment::end_of(day.on),
                };
                let start = sentence.start + scan.byte(at);
                let range = start..sentence.start + scan.byte(end);
                named.push(Named { at: moment, range, is_deadline, asks });
            }
            at = end.max(at + 1);
        }
        keep_ends_of_ranges(&scan, sentence.start, named)
    }

    /// The day that begins at a character.
    fn day(&self, scan: &Scan, at: usize) -> Option<Day> {
        self.full_date(scan, at)
            .or_else(|| self.monthly(scan, at))
            .or_else(|| self.relative(scan, at))
            .or_else(|| self.weekday(scan, at))
            .or_else(|| self.month_end(scan, at))
            .or_else(|| self.within(scan, at))
    }

    /// `2026年3月5日`, `3月5日`, `3月5号`, `2026-3-5`, `3.5前`.
    fn full_date(&self, scan: &Scan, at: usize) -> Option<Day> {
        if scan.is_digit_before(at) {
            return None;
        }
        let (first, length) = scan.digits(at)?;
        let mut end = at + length;
        let (year, month) = if length == 4 && (scan.has(end, "年") || scan.has(end, "-") || scan.has(end, ".")) {
            let (month, digits) = scan.digits(end + 1)?;
            end += 1 + digits;
            (Some(i32::try_from(first).ok()?), month)
        } else {
            (None, first)
        };
        let is_dash = year.is_some() && (scan.has(end, "-") || scan.has(end, "."));
        if !(scan.has(end, "月") || is_dash) {
            return None;
        }
        end += 1;
        let (day, digits) = scan.digits(end)?;
        end += digits;
        if scan.has(end, "日") || scan.has(end, "号") {
            end += 1;
        } else if !is_dash {
            return None;
        }
        let on = self.in_year(year, month, day)?;
        Some(Day { on, length: end - at, is_end: false, takes_clock: true })
    }

    /// A day of a month; without a year the one that is nearest in the future, or just past.
    fn in_year(&self, year: Option<i32>, month: u32, day: u32) -> Option<NaiveDate> {
        let today = self.received.date();
        if let Some(year) = year {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
        let this = NaiveDate::from_ymd_opt(today.year(), month, day)?;
        let is_long_past = (today - this).num_days() > 120;
        if is_long_past { NaiveDate::from_ymd_opt(today.year() + 1, month, day) } else { Some(this) }
    }

    /// `每月25日前`, and a bare `25日前` of this month.
    fn monthly(&self, scan: &Scan, at: usize) -> Option<Day> {
        let today = self.received.date();
        let prefixes = ["每月", "当月", "次月", "本月", "下月", "下个月"];
        let prefix = prefixes.iter().find(|prefix| scan.has(at, prefix));
        let begin = at + prefix.map_or(0, |prefix| prefix.chars().count());
        if prefix.is_none() && (scan.is_digit_before(at) || scan.before(at, "月") || scan.before(at, "-")) {
            return None;
        }
        let (day, digits) = scan.digits(begin)?;
        let mut end = begin + digits;
        if !(scan.has(end, "日") || scan.has(end, "号")) {
            return None;
        }
        end += 1;
        if prefix.is_none() && (scan.has(end, "内") || !is_end_after(scan, scan.skip_bracket(end))) {
            return None;
        }
        let next = today.checked_add_months(Months::new(1))?;
        let is_next = matches!(prefix, Some(&("次月" | "下月" | "下个月")));
        let base = if is_next { next } else { today };
        let mut on = base.with_day(day)?;
        if on < today && matches!(prefix, Some(&"每月") | None) {
            on = next.with_day(day)?;
        }
        Some(Day { on, length: end - at, is_end: false, takes_clock: true })
    }

    /// `明天`, `今天`, `后天`, and the words of the day that carry their hour alone, such as 下班前.
    fn relative(&self, scan: &Scan, at: usize) -> Option<Day> {
        let today = self.received.date();
        let fitting = self.terms.relative.iter().flat_map(|day| day.words.iter().map(move |word| (word, day.days)));
        let longest = fitting.filter(|(word, _)| scan.has(at, word)).max_by_key(|(word, _)| word.len());
        if let Some((word, days)) = longest {
            let mut length = word.chars().count();
            // 明早、今晚: the word holds the part of the day too, which the clock wants to see.
            if word.ends_with(['早', '晚']) {
                length -= 1;
            }
            let on = today.checked_add_days(Days::new(days))?;
            return Some(Day { on, length, is_end: false, takes_clock: true });
        }
        let words = self.terms.due.iter().flat_map(|due| &due.words);
        let bare = words.filter(|word| scan.has(at, word) && word.ends_with('前')).max_by_key(|word| word.len());
        bare.map(|_| Day { on: today, length: 0, is_end: true, takes_clock: true })
    }

    /// `本周五`, `下周三`, `周五`, `星期五`.
    fn weekday(&self, scan: &Scan, at: usize) -> Option<Day> {
        let today = self.received.date();
        let prefixes =
            [("下下周", 14), ("下周", 7), ("下星期", 7), ("本周", 0), ("这周", 0), ("周", 0), ("星期", 0), ("礼拜", 0)];
        let (prefix, ahead) = prefixes.iter().find(|(prefix, _)| scan.has(at, prefix))?;
        let end = at + prefix.chars().count();
        let names = ["一", "二", "三", "四", "五", "六", "日", "天", "末"];
        let position = names.iter().position(|name| scan.has(end, name))?;
        if scan.before(at, "每") || scan.before(at, "上") {
            return None;
        }
        let weekday = [0, 1, 2, 3, 4, 5, 6, 6, 4][position];
        let monday = today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday())))?;
        let mut on = monday.checked_add_days(Days::new(weekday + ahead))?;
        if on < today && !prefix.starts_with('本') && !prefix.starts_with('这') {
            on = on.checked_add_days(Days::new(7))?;
        }
        Some(Day { on, length: end + 1 - at, is_end: false, takes_clock: true })
    }

    /// `月底前`, `本月底`, `年底前`, `3月底前`, `月末`.
    fn month_end(&self, scan: &Scan, at: usize) -> Option<Day> {
        let today = self.received.date();
        let last_of = |month: NaiveDate| -> Option<NaiveDate> {
            month.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
        };
        let day = |on, length| Some(Day { on, length, is_end: false, takes_clock: true });
        if !scan.is_digit_before(at)
            && let Some((month, digits)) = scan.digits(at)
            && (scan.has(at + digits, "月底") || scan.has(at + digits, "月末"))
        {
            return day(last_of(self.in_year(None, month, 1)?)?, digits + 2);
        }
        let words = [("下月底", 1), ("下个月底", 1), ("本月底", 0), ("当月底", 0), ("月底", 0), ("月末", 0)];
        if let Some((word, months)) = words.iter().find(|(word, _)| scan.has(at, word)) {
            if scan.before(at, "每") || scan.is_digit_before(at) {
                return None;
            }
            let month = today.checked_add_months(Months::new(*months))?;
            return day(last_of(month)?, word.chars().count());
        }
        let year_end = ["今年年底", "年底前", "年末前"].iter().find(|word| scan.has(at, word))?;
        day(NaiveDate::from_ymd_opt(today.year(), 12, 31)?, year_end.chars().count().min(2))
    }

    /// `3个工作日内`, `五日内`, `两天内`, `一周内`, `24小时内`.
    fn within(&self, scan: &Scan, at: usize) -> Option<Day> {
        if scan.is_digit_before(at) {
            return None;
        }
        let today = self.received.date();
        let (count, digits) = scan.number(at)?;
        let end = at + digits;
        let units = [("个工作日内", 1), ("个工作日", 1), ("工作日内", 1), ("日内", 0), ("天内", 0), ("天之内", 0),
            ("周内", 7), ("个星期内", 7), ("小时内", 24)];
        let (unit, kind) = units.iter().find(|(unit, _)| scan.has(end, unit))?;
        let on = match kind {
            1 => self.calendar.add_workdays(today, count),
            7 => today.checked_add_days(Days::new(u64::from(count) * 7))?,
            24 => today.checked_add_days(Days::new(u64::from(count) / 24))?,
            _ => today.checked_add_days(Days::new(u64::from(count)))?,
        };
        let length = digits + unit.chars().count();
        Some(Day { on, length, is_end: unit.ends_with('内'), takes_clock: false })
    }

    /// A clock: `17:00`, `下午3点半`, `10时30分`, `下班前`, and how many characters it is.
    fn clock(&self, scan: &Scan, at: usize) -> Option<(NaiveTime, usize)> {
        let words = self.terms.due.iter().flat_map(|due| due.words.iter().map(move |word| (word, &due.time)));
        let longest = words.filter(|(word, _)| scan.has(at, word)).max_by_key(|(word, _)| word.len());
        let parts = [("上午", 0), ("早上", 0), ("中午", 12), ("下午", 12), ("晚上", 12), ("傍晚", 12), ("早", 0), ("晚", 12)];
        let part = parts.iter().find(|(part, _)| scan.has(at, part));
        let begin = at + part.map_or(0, |(part, _)| part.chars().count());
        if let Some((hour, minute, end)) = clock_digits(scan, begin) {
            let afternoon = part.is_some_and(|(_, add)| *add == 12) && hour < 12;
            let hour = if afternoon { hour + 12 } else { hour };
            return Some((time_of(hour, minute)?, end - at));
        }
        if let Some((word, time)) = longest {
            let (hour, minute) = time.split_once(':')?;
            let time = time_of(hour.parse().ok()?, minute.parse().ok()?)?;
            // 前 stays, so that it is seen as an end.
            let length = word.chars().count() - usize::from(word.ends_with('前'));
            return Some((time, length));
        }
        let (part, _) = part?;
        let time = match *part {
            "上午" | "早上" | "中午" | "早" => time_of(12, 0)?,
            "下午" | "傍晚" => time_of(17, 0)?,
            _ => time_of(20, 0)?,
        };
        Some((time, begin - at))
    }
}

fn time_of(hour: u32, minute: u32) -> Option<NaiveTime> {
    if hour == 24 { NaiveTime::from_hms_opt(23, 59, 0) } else { NaiveTime::from_hms_opt(hour, minute, 0) }
}

/// Hour, minute and where the clock ends.
fn clock_digits(scan: &Scan, at: usize) -> Option<(u32, u32, usize)> {
    let (hour, digits) = scan.digits(at).or_else(|| scan.number(at))?;
    let mut end = at + digits;
    if hour > 24 {
        return None;
    }
    if scan.has(end, ":") {
        let (minute, digits) = scan.digits(end + 1)?;
        return Some((hour, minute, end + 1 + digits));
    }
    if !(scan.has(end, "点") || scan.has(end, "时")) {
        return None;
    }
    end += 1;
    if scan.has(end, "半") {
        return Some((hour, 30, end + 1));
    }
    if let Some((minute, digits)) = scan.digits(end) {
        let end = end + digits;
        return Some((hour, minute, end + usize::from(scan.has(end, "分"))));
    }
    Some((hour, 0, end + usize::from(scan.has(end, "整"))))
}

/// Whether what follows says that the moment is an end.
fn is_end_after(scan: &Scan, at: usize) -> bool {
    ["前", "之前", "以前", "止", "截止", "为止", "内", "下班前"].iter().any(|word| scan.has(at, word))
}

/// Whether what stands before says that the moment is an end.
fn is_end_before(scan: &Scan, at: usize) -> bool {
    let words = [
        "截止", "截至", "截止时间:", "截止时间为", "截止日期:", "截止到", "不晚于", "不迟于", "最迟", "最晚", "截止日期为",
        "时限:", "截止:", "报送时间:", "截止日:", "期限:",
    ];
    words.iter().any(|word| scan.before(at, word))
}

/// Of `9月1日至9月20日` only the end counts.
fn keep_ends_of_ranges(scan: &Scan, start: usize, mut named: Vec<Named>) -> Vec<Named> {
    let mut index = 0;
    while index + 1 < named.len() {
        let between = scan.between(named[index].range.end - start, named[index + 1].range.start - start);
        if ["至", "到", "-", "—", "——", "~", "～"].contains(&between.as_str()) {
            named.remove(index);
        } else {
            index += 1;
        }
    }
    named
}
