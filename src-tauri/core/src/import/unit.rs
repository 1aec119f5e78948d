//! The unit of amounts: a sheet in 万元 says so in its heading or in the line above the table, not in
//! its cells. What a cell says itself (`0.2万元`) is read where values are read.

use super::shape::Shape;
use super::shape::words::tidy;
use crate::dictionary::{FieldDef, FieldKind};

/// Units of amounts and how many yuan each is.
const UNITS: [(&str, u32); 3] = [("万元", 10_000), ("千元", 1_000), ("百元", 100)];
/// Labels of a line that names the unit of all amounts.
const LABELS: [&str; 3] = ["单位", "金额单位", "计量单位"];

/// By how much the bare numbers of an amount are to be multiplied to be yuan.
pub(super) fn scale<'s>(field: &FieldDef, heading: &str, mut shapes: impl Iterator<Item = &'s Shape>) -> u32 {
    if field.kind != FieldKind::Money {
        return 1;
    }
    let heading = tidy(heading);
    if let Some((_, yuan)) = UNITS.iter().find(|(unit, _)| heading.contains(unit)) {
        return *yuan;
    }
    if heading.contains("(元") || heading.contains("/元") {
        return 1;
    }
    let said = shapes.find_map(|shape| {
        let line = shape.meta.iter().find(|(label, _)| LABELS.contains(&label.as_str()))?;
        UNITS.iter().find(|(unit, _)| tidy(&line.1) == *unit).map(|(_, yuan)| *yuan)
    });
    said.unwrap_or(1)
}

/// A bare number in the unit of its column, as decimal text in yuan; none when the text is no bare number.
pub(super) fn in_yuan(text: &str, scale: u32) -> Option<String> {
    let tidied = tidy(text).replace(',', "");
    let (whole, part) = tidied.split_once('.').unwrap_or((&tidied, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(part) || part.len() > 6 {
        return None;
    }
    // In whole millionths, so that 0.15 万元 is 1500 and not 1499.99.
    let millionths: u64 = format!("{whole}{part:0<6}").parse().ok()?;
    let yuan = millionths.checked_mul(u64::from(scale))?;
    let (whole, rest) = (yuan / 1_000_000, yuan % 1_000_000);
    let rest = format!("{rest:06}");
    let rest = rest.trim_end_matches('0');
    Some(if rest.is_empty() { whole.to_string() } else { format!("{whole}.{rest}") })
}

#[cfg(test)]
mod tests {
    use super::in_yuan;

    #[test]
    fn bare_numbers_become_yuan_and_nothing_else_does() {
        assert_eq!(in_yuan("0.15", 10_000).as_deref(), Some("1500"));
        assert_eq!(in_yuan("1,200.5", 100).as_deref(), Some("120050"));
        assert_eq!(in_yuan("7", 100).as_deref(), Some("700"));
        assert_eq!(in_yuan("0.2万元", 10_000), None, "the cell says its own unit");
        assert_eq!(in_yuan("未发", 10_000), None);
    }
}
