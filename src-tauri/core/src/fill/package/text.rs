//! Replacing characters inside the text of a cell without losing its runs of different fonts.

use super::tags::{Edits, Kind, Tags, escaped, inside};
use super::{Value, look};

/// Characters `from` to `to` are replaced by a text.
pub type Patch = (usize, usize, String);

/// The value of a cell after the patches; `item` is the content of its shared or inline text.
#[must_use]
pub fn patched(item: &str, patches: &[Patch]) -> Value {
    let has_runs = Tags::new(item).any(|tag| tag.local() == "r" && tag.kind == Kind::Open);
    if has_runs {
        return Value::Rich(patched_runs(item, patches));
    }
    Value::Text(patched_text(&look::plain_text(item), patches))
}

/// A plain text after the patches.
#[must_use]
pub fn patched_text(text: &str, patches: &[Patch]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut sorted: Vec<&Patch> = patches.iter().collect();
    sorted.sort_by_key(|(from, ..)| *from);
    let mut result = String::new();
    let mut done = 0;
    for (from, to, new) in sorted {
        let (from, to) = ((*from).min(chars.len()), (*to).min(chars.len()));
        if from < done {
            continue;
        }
        result.extend(&chars[done..from]);
        result.push_str(new);
        done = to.max(from);
    }
    result.extend(&chars[done..]);
    result
}

/// The runs with patches made in the run in which each begins; what it takes from later runs is cut.
fn patched_runs(item: &str, patches: &[Patch]) -> String {
    let mut edits = Edits::default();
    let mut start = 0usize;
    let mut skip_until = 0;
    for tag in Tags::new(item).filter(|tag| tag.kind == Kind::Open) {
        if tag.local() == "rPh" {
            skip_until = inside(item, &tag).end;
        }
        if tag.local() != "t" || tag.at.start < skip_until {
            continue;
        }
        let at = inside(item, &tag);
        let text = super::tags::unescaped(&item[at.clone()]);
        let end = start + text.chars().count();
        let mut own: Vec<Patch> = Vec::new();
        for (from, to, new) in patches {
            // A blank of no width belongs to the run before it, as does what begins in a run.
            let begins = (start..end).contains(from) || (from == to && *from == end && end > start);
            let overlaps = *from < end && *to > start;
            if begins && !(from == to && *from == start && start > 0) {
                own.push((from - start, (*to).min(end) - start, new.clone()));
            } else if overlaps {
                own.push((from.max(&start) - start, (*to).min(end) - start, String::new()));
            }
        }
        if !own.is_empty() {
            edits.put(at, escaped(&patched_text(&text, &own)));
            if tag.value("xml:space").is_none() {
                let name = tag.at.start + 1 + tag.name().len();
                edits.put(name..name, " xml:space=\"preserve\"");
            }
        }
        start = end;
    }
    edits.apply(item)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    #[test]
    fn the_underlined_blank_stays_underlined() {
        let item = "<r><rPr><b/></rPr><t>填报单位：</t></r><r><rPr><u/></rPr><t xml:space=\"preserve\">      </t></r><r><t>  填表人：</t></r>";
        let Value::Rich(runs) = patched(item, &[(5, 11, "梅园".into()), (17, 17, "周".into())]) else {
            panic!("runs")
        };
        assert_eq!(
            runs,
            "<r><rPr><b/></rPr><t>填报单位：</t></r><r><rPr><u/></rPr><t xml:space=\"preserve\">梅园</t></r><r><t xml:space=\"preserve\">  填表人：周</t></r>"
        );
    }

    #[test]
    fn plain_texts_are_patched_by_character() {
        assert_eq!(patched("<t>□男 □女</t>", &[(3, 4, "☑".into())]), Value::Text("□男 ☑女".into()));
        assert_eq!(patched_text("甲：", &[(2, 2, "乙".into())]), "甲：乙");
    }
}
