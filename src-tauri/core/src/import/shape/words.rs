//! The structure words of Chinese office tables: totals, notes, signatures, meta lines.
//!
//! These say what a *row* is. What a *column* means is in the dictionary, never here.

use unicode_normalization::UnicodeNormalization;

/// Text without white space and invisible characters, in the compatibility form: `合 计` is `合计`.
pub(crate) fn tidy(text: &str) -> String {
    text.nfkc().filter(|&c| !c.is_whitespace() && !c.is_control() && !is_invisible(c)).collect()
}

/// Whether a text is that tidied word; told without tidying as soon as a plain character differs.
pub(super) fn says(text: &str, tidied: &str) -> bool {
    let mut rest = tidied.chars();
    for c in text.chars() {
        let is_plain = c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c);
        match () {
            () if is_plain && rest.next() != Some(c) => return false,
            () if is_plain || c.is_whitespace() || is_invisible(c) => {}
            () => return tidy(text) == tidied,
        }
    }
    rest.next().is_none()
}

/// Text without white space and invisible characters, otherwise as written.
pub(in crate::import) fn compact(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !c.is_control() && !is_invisible(c)).collect()
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

/// Signs behind which a label has its value.
pub(super) const COLONS: &[char] = &['：', ':', '︰', '﹕'];

const TOTALS: &[&str] = &["合计", "总计", "小计", "共计", "累计", "总数", "合計", "總計"];
const PART_TOTALS: &[&str] = &["小计", "本页"];
const UNITS: &[char] = &['人', '户', '名', '条', '个', '元'];

/// Whether a tidied text is the word of a total row, such as `合计`, `一组小计` or `共128人`.
pub(crate) fn is_total(tidied: &str) -> bool {
    let bare = tidied.trim_end_matches([':', '：', '。']);
    // 一、党员总数 names a figure of its own.
    if bare.chars().count() > 16 || is_enumerated(bare) {
        return false;
    }
    let is_counted = ["共", "总共", "共有", "一共"].iter().any(|start| {
        bare.strip_prefix(start).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && rest.ends_with(|c| UNITS.contains(&c))
        })
    });
    is_counted
        || TOTALS.iter().any(|word| {
            bare.strip_prefix(word).is_some_and(|rest| rest.chars().next().is_none_or(follows_total))
                || (bare.ends_with(word) && bare.chars().count() <= 10)
        })
}

fn follows_total(c: char) -> bool {
    c.is_ascii_digit() || "(:（：人户数共".contains(c)
}

/// Whether a tidied text is what figures are counted in, or a stroke in place of one.
pub(super) fn is_unit(tidied: &str) -> bool {
    const WORDS: &[&str] = &["人次", "户次", "万元", "平方米", "家庭", "%", "-", "—", "——"];
    let mut letters = tidied.chars();
    let is_letter = |c| UNITS.contains(&c) || "次件套份起场所处张只支台家岁天月年对".contains(c);
    WORDS.contains(&tidied) || matches!((letters.next(), letters.next()), (Some(c), None) if is_letter(c))
}

/// Whether a total counts only the rows since the one before it.
pub(super) fn is_part_total(tidied: &str) -> bool {
    PART_TOTALS.iter().any(|word| tidied.contains(word))
}

/// Whether a tidied text begins like a part of a list: `一、`, `(二)`, `3.`, `4)`.
pub(super) fn is_enumerated(tidied: &str) -> bool {
    let inner = tidied.strip_prefix('(').unwrap_or(tidied);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let length = inner.len() - rest.len();
    let ends: &[char] = if inner.len() < tidied.len() { &[')'] } else { &['、', '.', ')', ','] };
    (1..=9).contains(&length) && rest.strip_prefix(ends).is_some_and(|rest| !rest.is_empty())
}

/// Whether a tidied text marks a row that only shows how to fill in.
pub(crate) fn is_example(tidied: &str) -> bool {
    let bare = tidied.trim_matches(['(', ')', ':']);
    matches!(bare, "例" | "例子" | "样" | "样表" | "示例行" | "范例")
        || ["示例", "样例", "范例", "例:", "例如", "填写示例", "填写样例", "填表示例", "参考示例"]
            .iter()
            .any(|start| bare.starts_with(start))
}

const NOTES: &[&str] = &[
    "注:",
    "注1",
    "注①",
    "备注:",
    "说明",
    "填表说明",
    "填写说明",
    "填报说明",
    "填写要求",
    "示例",
    "样例",
    "例:",
    "例如",
    "(示例",
    "(例",
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核",
    "审批",
    "复核",
    "负责人:",
    "单位负责人",
    "分管领导",
    "经办人",
    "联系人:",
    "联系电话:",
    "电话:",
    "签字",
    "签名",
    "盖章",
    "(盖章",
    "(签",
    "填表日期",
    "填报日期",
    "填表时间",
    "填报时间",
    "报送",
    "上报",
    "日期:",
    "主任",
    "书记:",
    "居委会(",
    "单位(",
    "填表单位",
    "填报单位",
    "以下空白",
    "以上",
    "此表",
    "本表",
    "注意",
    "温馨提示",
    "要求:",
    "备注说明",
    "★",
    "※",
    "*注",
    "*本",
];
const SIGNS: &[&str] =
    &["填表人", "填报人", "制表人", "审核人", "审批人", "负责人", "经办人", "签字", "签章", "盖章", "签名"];

/// Whether a tidied text begins a note or a line of signatures.
pub(super) fn is_note(tidied: &str) -> bool {
    NOTES.iter().any(|start| tidied.starts_with(start))
        || SIGNS.iter().any(|sign| {
            tidied.find(sign).is_some_and(|at| {
                let rest = &tidied[at + sign.len()..];
                rest.is_empty() || rest.starts_with([':', '(', ')'])
            })
        })
        || is_page_mark(tidied)
        || is_date_line(tidied)
}

fn is_page_mark(tidied: &str) -> bool {
    let tidied = tidied.trim_start_matches(['-', '—']);
    let ends = tidied.contains('页') && tidied.chars().count() <= 14;
    ends && (tidied.starts_with('第') || tidied.starts_with('共'))
        && tidied.chars().any(|c| c.is_ascii_digit() || c == '页')
}

/// A line that is a date, filled in or not: `2026年11月18日`, `年月日`.
pub(super) fn is_date_line(tidied: &str) -> bool {
    let rest: String = tidied.chars().filter(|c| !c.is_ascii_digit()).collect();
    matches!(rest.as_str(), "年月日" | "年月" | "二〇年月日" | "日期:年月日" | "--" | "..")
        && (rest.starts_with('年') || tidied.len() >= 8)
}

/// Whether a tidied text names a day of a year, such as 2026年6月1日.
pub(super) fn has_day(tidied: &str) -> bool {
    ['年', '月', '日'].iter().all(|unit| tidied.contains(*unit))
        && tidied.contains(|c: char| c.is_ascii_digit())
}

/// Splits `填报单位：街道残联　　填报日期：2026年11月18日` into labels and values.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for piece in pieces(text) {
        if let Some((label, value)) = piece.split_once(COLONS) {
            let label = without_note(&compact(label));
            let is_label = (1..=12).contains(&label.chars().count())
                && !label.chars().all(|c| c.is_ascii_digit())
                && !matches!(label.as_str(), "注" | "说明" | "备注" | "填表说明" | "填写说明" | "填报说明");
            if is_label {
                found.push((label, value.trim().to_owned()));
                continue;
            }
        }
        // A piece without a label goes on with the value before it.
        if let Some((_, value)) = found.last_mut() {
            if value.is_empty() {
                piece.trim().clone_into(value);
            } else {
                value.push(' ');
                value.push_str(piece.trim());
            }
        }
    }
    found
}

/// A label without what is only to be done with it: 填报单位（盖章） is 填报单位, 街道（镇） stays.
fn without_note(label: &str) -> String {
    const TO_DO: &[&str] = &["章", "签", "公", "必填", "手写", "填写", "打印", "电子"];
    match label.find(['(', '（']) {
        Some(at)
            if at > 0
                && label.ends_with([')', '）'])
                && TO_DO.iter().any(|word| label[at..].contains(word)) =>
        {
            label[..at].to_owned()
        }
        _ => label.to_owned(),
    }
}

/// The pieces of a line that stand apart: two spaces, a tab, a wide space or a line end between.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut blank: Option<(usize, usize, bool)> = None;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            let (from, count, wide) = blank.unwrap_or((at, 0, false));
            blank = Some((from, count + 1, wide || c != ' '));
        } else {
            if let Some((from, count, wide)) = blank.take() {
                let is_label_next = text[at..].find(['：', ':']).is_some_and(|colon| {
                    text[at..at + colon].chars().count() <= 13
                        && !text[at..at + colon].contains(char::is_whitespace)
                });
                if (count >= 2 || wide) && from > start && is_label_next {
                    pieces.push(&text[start..from]);
                    start = at;
                }
            }
        }
    }
    pieces.push(&text[start..]);
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// Whether a text is a label with its value or a line to fill in, as above or below a table.
pub(super) fn is_meta(text: &str) -> bool {
    // Nearly every value of a list is told without tidying it.
    let has_digit_first = || text.trim_start().starts_with(|c: char| c.is_numeric());
    let may_be_date = text.contains(['年', '月'])
        || (text.len() <= 40 && text.contains(['-', '.', '－', '．']) && has_digit_first());
    if !may_be_date && !text.contains(COLONS) && !text.contains('盖') {
        return false;
    }
    let tidied = tidy(text);
    let label = tidied.split(':').next().unwrap_or_default();
    let has_label = tidied.contains(':')
        && (2..=14).contains(&label.chars().count())
        && label.chars().any(|c| !c.is_ascii_digit());
    has_label || tidied.contains("盖章") || is_date_line(&tidied)
}

/// Whether a text is an explanation or an instruction rather than a title or a label with a value.
pub(super) fn is_explanation(tidied: &str) -> bool {
    const STARTS: &[&str] = &[
        "请",
        "根据",
        "按照",
        "为了",
        "为做好",
        "各居",
        "各村",
        "各单位",
        "凡",
        "填表要求",
        "填报要求",
        "调查对象",
        "登记对象",
        "统计范围",
        "填报范围",
        "填报对象",
        "注意",
        "温馨提示",
        "提示",
        "要求",
    ];
    let length = tidied.chars().count();
    let is_sentence = tidied.contains(['。', ';']) || tidied.matches(',').count() >= 2;
    length >= 16 && STARTS.iter().any(|start| tidied.starts_with(start))
        || length >= 30 && is_sentence && !tidied.contains("  ")
}

/// Whether a text only names the enclosure: `附件2`, `附表一`, `表3`.
pub(super) fn is_enclosure(tidied: &str) -> bool {
    let rest = ["附件", "附表", "附", "表"].iter().find_map(|word| tidied.strip_prefix(word));
    rest.is_some_and(|rest| {
        rest.chars().count() <= 4
            && rest.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十:-—.()".contains(c))
    })
}

const TITLES: &[&str] = &[
    "公示",
    "周报",
    "旬报",
    "月报",
    "季报",
    "年报",
    "明细",
    "记录",
    "一览",
    "表",
    "名单",
    "台账",
    "名册",
    "花名册",
    "统计",
    "登记",
    "汇总",
    "清单",
    "册",
    "情况",
    "通讯录",
    "安排",
];

/// Whether a tidied text ends like the title of a table.
pub(super) fn is_title(tidied: &str) -> bool {
    let bare = tidied.split(['(', '（']).next().unwrap_or_default();
    TITLES.iter().any(|word| bare.ends_with(word))
}

/// Whether a tidied text can only be a title, never the name of a group of columns.
pub(super) fn is_long_title(tidied: &str) -> bool {
    is_title(tidied) && tidied.chars().count() >= 7
}

/// Whether a heading only numbers the rows.
pub(crate) fn is_numbering(tidied: &str) -> bool {
    matches!(
        tidied,
        "序号"
            | "序"
            | "编号序"
            | "No"
            | "No."
            | "NO"
            | "NO."
            | "no"
            | "顺序号"
            | "行号"
            | "行次"
            | "项次"
            | "号"
    )
}

/// Digits of a text that is a count: `128`, `128人`, `共计：128 人`.
pub(super) fn count_in(tidied: &str) -> Option<(u64, Option<char>)> {
    let start = tidied.find(|c: char| c.is_ascii_digit())?;
    let digits: String = tidied[start..].chars().take_while(char::is_ascii_digit).collect();
    let after = tidied[start + digits.len()..].chars().next();
    if matches!(after, Some('.' | '-' | '/' | '年' | '月' | '号' | '%')) || digits.len() > 7 {
        return None;
    }
    Some((digits.parse().ok()?, after.filter(|c| UNITS.contains(c))))
}

/// Whether a text is long digits: an identity number, a telephone, a serial.
pub(super) fn is_digits(tidied: &str) -> bool {
    let digits = tidied.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && digits * 10 >= tidied.len() * 7
}

/// Whether a tidied text is the word of a total and nothing else.
pub(super) fn is_bare_total(tidied: &str) -> bool {
    TOTALS.contains(&tidied.trim_end_matches(':'))
}
