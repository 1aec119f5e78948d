//! Reading: one function for each group of field kinds.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::{Raw, Reading, ValueProblem};
use crate::dictionary::{FieldDef, FieldKind};
use crate::value::code::CodeTables;
use crate::value::date::{self, PartialDate};
use crate::value::disability_certificate::{CertificateProblem, DisabilityCertificate};
use crate::value::gender::Gender;
use crate::value::id_number::{IdNumber, IdProblem};
use crate::value::masked::is_covered_name;
use crate::value::text::{is_blank_mark, tidy};
use crate::value::{address, boolean, credit_code, money, name, number, phone};

/// What a kind makes of text: the canonical value, nothing known, or a problem.
type Found = Result<Option<String>, ValueProblem>;

/// Turns a cell into the canonical text of its field.
#[must_use]
pub fn read(field: &FieldDef, raw: Raw<'_>, codes: &CodeTables, today: NaiveDate) -> Reading {
    match raw {
        Raw::Empty => Reading::default(),
        Raw::Text(text) => from_text(field, text, codes, today),
        Raw::Number(number) => from(from_number(field, number, codes, today), false),
        Raw::Date(moment) => from(from_date(field, moment.date()), false),
        Raw::Boolean(yes) => {
            let word = boolean::title(yes);
            match field.kind {
                FieldKind::Boolean | FieldKind::Text | FieldKind::LongText => {
                    from(Ok(Some(word.to_owned())), false)
                }
                _ => from_text(field, word, codes, today),
            }
        }
    }
}

fn from(found: Found, tidied: bool) -> Reading {
    match found {
        Ok(value) => Reading { tidied: tidied && value.is_some(), value, problem: None },
        Err(problem) => Reading { value: None, tidied: false, problem: Some(problem) },
    }
}

fn from_text(field: &FieldDef, raw: &str, codes: &CodeTables, today: NaiveDate) -> Reading {
    let text = tidy(raw);
    if text.is_empty() {
        return Reading::default();
    }
    let found = match field.kind {
        FieldKind::Text | FieldKind::LongText => Ok(plain(&text)),
        _ => typed(field, &text, codes, today),
    };
    let tidied = match (&found, field.kind) {
        (Ok(Some(value)), FieldKind::Name | FieldKind::IdNumber | FieldKind::Text | FieldKind::Address) => {
            value != raw
        }
        _ => text != raw,
    };
    from(found, tidied)
}

/// Reads clean text by the kind of the field.
fn typed(field: &FieldDef, text: &str, codes: &CodeTables, today: NaiveDate) -> Found {
    match field.kind {
        FieldKind::Text | FieldKind::LongText => Ok(plain(text)),
        FieldKind::Name => person_name(text),
        FieldKind::IdNumber => known(text, |text| id_number(IdNumber::parse(text, today))),
        FieldKind::Phone => known(text, |text| match phone::parse(text) {
            Ok(numbers) => Ok(phone::join(&numbers)),
            Err(problem) => Err(because(problem.code(), problem.message())),
        }),
        FieldKind::Date | FieldKind::Month | FieldKind::Year => known(text, |text| {
            let read = date::parse(text, today).or_else(|| serial_text(text));
            partial(field.kind, read.ok_or_else(invalid_date)?)
        }),
        FieldKind::Gender => known(text, |text| match Gender::parse(text) {
            Some(gender) => Ok(gender.title().to_owned()),
            None => Err(because("value_not_in_list", "性别应为男或女")),
        }),
        FieldKind::Code => code(field, text, codes),
        FieldKind::Boolean => match boolean::parse(text) {
            Some(yes) => Ok(Some(boolean::title(yes).to_owned())),
            None => known(text, |_| Err(because("value_not_in_list", "应填是或否"))),
        },
        FieldKind::Integer => known(text, |text| match number::integer(text) {
            Some(count) => Ok(count.to_string()),
            None => Err(because("number_invalid", "应为整数")),
        }),
        FieldKind::Decimal => {
            known(text, |text| number::decimal(text).ok_or_else(|| because("number_invalid", "应为数字")))
        }
        FieldKind::Money => known(text, |text| {
            money::parse(text).ok_or_else(|| because("amount_invalid", "应为金额，最多到分"))
        }),
        FieldKind::Address => known(text, |text| Ok(without_blanks(text).into_owned())),
        FieldKind::Building | FieldKind::Unit | FieldKind::Room => {
            known(text, |text| Ok(door_part(field.kind, text)))
        }
        FieldKind::CreditCode => known(text, |text| {
            credit_code::parse(text).map_err(|problem| because("credit_code_invalid", problem.message()))
        }),
        FieldKind::DisabilityCertificate => known(text, |text| certificate(text, today)),
    }
}

fn from_number(field: &FieldDef, number: f64, codes: &CodeTables, today: NaiveDate) -> Found {
    if !number.is_finite() {
        return Err(because("number_invalid", "不是有效的数字"));
    }
    let lost = || because("id_digits_lost", IdProblem::DigitsLost.message());
    match field.kind {
        FieldKind::IdNumber => id_number(IdNumber::from_number(number, today)).map(Some),
        FieldKind::DisabilityCertificate => {
            Err(because("id_digits_lost", CertificateProblem::Holder(IdProblem::DigitsLost).message()))
        }
        FieldKind::CreditCode if number >= 1e15 => {
            Err(because("id_digits_lost", credit_code::CreditProblem::DigitsLost.message()))
        }
        FieldKind::Text | FieldKind::LongText if number.abs() >= 1e15 => Err(lost()),
        FieldKind::Text | FieldKind::LongText => Ok(Some(written(number))),
        FieldKind::Date | FieldKind::Month | FieldKind::Year => {
            partial(field.kind, numeric_date(number, today)?).map(Some)
        }
        // Sums that a formula made carry more decimals than a fen.
        FieldKind::Money => typed(field, &format!("{number:.2}"), codes, today),
        _ => typed(field, &written(number), codes, today),
    }
}

fn from_date(field: &FieldDef, day: NaiveDate) -> Found {
    match field.kind {
        FieldKind::Date | FieldKind::Month | FieldKind::Year => {
            partial(field.kind, PartialDate::Day(day)).map(Some)
        }
        FieldKind::Text | FieldKind::LongText => Ok(Some(PartialDate::Day(day).to_string())),
        FieldKind::Address | FieldKind::Building | FieldKind::Unit | FieldKind::Room => {
            Err(because("door_became_date", "门牌号被表格软件改成了日期，请向来源核对"))
        }
        FieldKind::Boolean | FieldKind::Gender | FieldKind::Code => {
            Err(because("value_not_in_list", "单元格里是日期，不是这一栏该填的词"))
        }
        FieldKind::Name => Err(because("name_missing", "单元格里是日期，不是姓名")),
        FieldKind::Phone => Err(because("phone_invalid", "单元格里是日期，不是电话")),
        FieldKind::IdNumber => Err(because("id_characters", "单元格里是日期，不是身份证号")),
        FieldKind::Money => Err(because("amount_invalid", "单元格里是日期，不是金额")),
        FieldKind::Integer | FieldKind::Decimal => Err(because("number_invalid", "单元格里是日期，不是数字")),
        FieldKind::CreditCode | FieldKind::DisabilityCertificate => {
            Err(because("number_invalid", "单元格里是日期，不是号码"))
        }
    }
}

/// Reads what is no mark for "nothing known".
fn known(text: &str, reader: impl FnOnce(&str) -> Result<String, ValueProblem>) -> Found {
    if is_blank_mark(text) { Ok(None) } else { reader(text).map(Some) }
}

/// Free text keeps 无 and 没有, which say something there; other marks say that nothing is known.
fn plain(text: &str) -> Option<String> {
    (matches!(text, "无" | "没有") || !is_blank_mark(text)).then(|| text.to_owned())
}

fn person_name(text: &str) -> Found {
    known(text, |text| {
        let name = name::clean(text);
        if is_covered_name(&name) {
            return Err(because("name_masked", "姓名遮住了字，不能当姓名存，请补上全名"));
        }
        if name.chars().any(|c| c.is_alphabetic() || is_private(c)) {
            Ok(name.into_owned())
        } else {
            Err(because("name_missing", "姓名里没有文字"))
        }
    })
}

/// Rare characters of names that older systems keep in the private use area.
fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c) || c >= '\u{F0000}'
}

fn id_number(read: Result<IdNumber, IdProblem>) -> Result<String, ValueProblem> {
    match read {
        Ok(number) => Ok(number.as_str().to_owned()),
        Err(problem) => Err(because(problem.code(), problem.message())),
    }
}

fn certificate(text: &str, today: NaiveDate) -> Result<String, ValueProblem> {
    match DisabilityCertificate::parse(text, today) {
        Ok(certificate) => Ok(certificate.as_str().to_owned()),
        Err(problem @ CertificateProblem::Holder(IdProblem::DigitsLost)) => {
            Err(because("id_digits_lost", problem.message()))
        }
        Err(problem) => Err(because("disability_certificate_invalid", problem.message())),
    }
}

fn code(field: &FieldDef, text: &str, codes: &CodeTables) -> Found {
    let table = field.codes.as_deref().unwrap_or_default();
    // First the table: 无 is a word of some lists.
    match codes.find(table, text) {
        Some(item) => Ok(Some(item.title.clone())),
        None => known(text, |text| {
            several(table, text, codes).ok_or_else(|| ValueProblem {
                code: "value_not_in_list",
                message: format!("“{}”里没有这个说法", field.title),
            })
        }),
    }
}

/// A word of the list that is explained (其他（外卖）, 伤残军人(七级)) or several of them (助老、环保).
/// An explanation says more than the word, so the text stays as it is.
fn several(table: &str, text: &str, codes: &CodeTables) -> Option<String> {
    let word = |part: &str| {
        let part = part.trim();
        let bare = part.split(['(', '（', ':', '：']).next().unwrap_or_default().trim();
        codes.find(table, part).or_else(|| codes.find(table, bare).filter(|_| !bare.is_empty()))
    };
    let mut parts = text.split(['、', ',', '，', ';', '；', '/', '┋']);
    let is_known = word(text).is_some() || parts.all(|part| word(part).is_some());
    is_known.then(|| text.to_owned())
}

/// Cuts a date to the precision of its field and keeps out years of slipped serials.
fn partial(kind: FieldKind, date: PartialDate) -> Result<String, ValueProblem> {
    if !(1850..=2100).contains(&date.year()) {
        return Err(because("date_invalid", "日期的年份不合理，请核对"));
    }
    let date = match (kind, date) {
        (FieldKind::Month, PartialDate::Day(day)) => {
            PartialDate::Month { year: day.year(), month: day.month() }
        }
        (FieldKind::Year, date) => PartialDate::Year(date.year()),
        (_, date) => date,
    };
    Ok(date.to_string())
}

/// Reads a number in a date column: a year, 202603, 20260305, 2026.3 or the serial of a day.
fn numeric_date(number: f64, today: NaiveDate) -> Result<PartialDate, ValueProblem> {
    /// Serials before 1910 are counts that slipped into the column.
    const FIRST_SERIAL: f64 = 3654.0;
    let text = written(number);
    if number < FIRST_SERIAL && text.contains('.') && text.ends_with(".1") {
        return Err(because("date_invalid", "分不清是1月还是10月，请核对"));
    }
    let serial = || if number >= FIRST_SERIAL { date::from_serial(number, false) } else { None };
    date::parse(&text, today).or_else(serial).ok_or_else(invalid_date)
}

/// Reads a serial that was written out as text: five digits of the years 1940 to 2050.
fn serial_text(text: &str) -> Option<PartialDate> {
    let number: u32 = (text.len() == 5).then(|| text.parse().ok())??;
    (14_611..=55_153).contains(&number).then(|| date::from_serial(f64::from(number), false))?
}

fn door_part(kind: FieldKind, text: &str) -> String {
    if number::is_plain_whole(text) {
        return text.to_owned();
    }
    let found = address::parse(text);
    let part = match kind {
        FieldKind::Building => found.building.clone().or_else(|| found.room.clone()),
        FieldKind::Unit => {
            found.unit.clone().or_else(|| found.building.clone().or_else(|| found.room.clone()))
        }
        // 3-502 in a column of rooms says more than a room: kept as written.
        _ => found.room.clone().filter(|_| found.building.is_none()),
    };
    let is_whole = found.rest.is_empty() && found.estate.is_none();
    let part = part.filter(|_| is_whole).unwrap_or_else(|| without_blanks(text).to_ascii_uppercase());
    address::bare(&part).to_owned()
}

fn without_blanks(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Writes a number as a person would: no ".0", no exponent.
fn written(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number}") }
}

fn invalid_date() -> ValueProblem {
    because("date_invalid", "日期写法认不出或不存在")
}

fn because(code: &'static str, message: &str) -> ValueProblem {
    ValueProblem { code, message: message.to_owned() }
}
