//! Yes and no as they are ticked, crossed and written in columns.

use super::text::squeeze;

/// Reads a yes or a no; an empty cell is neither.
#[must_use]
pub fn parse(text: &str) -> Option<bool> {
    match text {
        "是" => return Some(true),
        "否" => return Some(false),
        _ if text.len() > 32 => return None,
        _ => {}
    }
    match squeeze(text).to_lowercase().trim_end_matches(['。', '.']) {
        "是" | "是的" | "有" | "对" | "已" | "在" | "√" | "✓" | "✔" | "☑" | "■" | "●" | "y" | "yes" | "t"
        | "true" | "1" | "1.0" | "v" | "ok" | "会" | "能" | "可" | "需要" | "是√" | "☑是" | "√是" | "有√"
        | "☑有" | "已有" | "√是□否" | "☑是□否" | "■是□否" => Some(true),
        "否" | "不是" | "没有" | "无" | "错" | "未" | "不在" | "×" | "✕" | "✖" | "✗" | "✘" | "☒" | "□"
        | "☐" | "○" | "n" | "no" | "f" | "false" | "0" | "0.0" | "x" | "不会" | "不能" | "不需要" | "☑否"
        | "√否" | "否√" | "☑无" | "□是☑否" | "□是√否" | "□是■否" => Some(false),
        _ => None,
    }
}

/// The word kept and printed: 是 or 否.
#[must_use]
pub fn title(value: bool) -> &'static str {
    if value { "是" } else { "否" }
}
