//! Whether enough are there (到会人数够不够).

use serde::Serialize;

use super::case::Case;
use super::composition::size;
use super::kind::{Compare, QuorumOf, Seat, VoteKind};

/// How many are there and whether that is enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Quorum {
    /// 应到.
    #[cfg_attr(test, ts(type = "number"))]
    pub expected: i64,
    /// 实到.
    #[cfg_attr(test, ts(type = "number"))]
    pub present: i64,
    /// How many must be there.
    #[cfg_attr(test, ts(type = "number"))]
    pub needed: i64,
    /// Whether they are; always when there is no rule.
    pub met: bool,
    /// Whether the share is known; otherwise the office must look it up first.
    pub known: bool,
    /// The rule and what was found.
    pub text: String,
}

/// Counts who is there.
pub fn judge(case: &Case<'_>) -> Quorum {
    let rule = &case.kind.quorum;
    let (expected, present) = numbers(case);
    let share = case.parameters.ratio(&rule.parameter);
    let known = rule.of == QuorumOf::None || rule.compare == Compare::All || share.is_some();
    let needed = match (rule.of, rule.compare, share) {
        (QuorumOf::None, ..) => 0,
        (_, Compare::All, _) => expected,
        (_, Compare::AtLeast, Some(share)) => share.fewest(expected, false),
        (_, Compare::MoreThan, Some(share)) => share.fewest(expected, true),
        (_, _, None) => expected,
    };
    let met = rule.of == QuorumOf::None || known && expected > 0 && present >= needed;
    Quorum { expected, present, needed, met, known, text: said(case, expected, present, needed, met, known) }
}

/// 应到 and 实到.
pub fn numbers(case: &Case<'_>) -> (i64, i64) {
    let rule = &case.kind.quorum;
    let seat = if rule.of == QuorumOf::Parties { Seat::Party } else { Seat::Group };
    let listed = size(case.seated(seat).count());
    let arrived = size(case.seated(seat).filter(|one| one.is_there(rule.agents)).count());
    if let Some(asked) = asked(case).filter(|_| rule.of == QuorumOf::Asked) {
        return asked;
    }
    if rule.of != QuorumOf::Base {
        return (listed, arrived);
    }
    let chosen = case.text("base");
    let is_chosen = |base: &&super::kind::Base| base.id == chosen || base.title == chosen;
    let base = case.kind.bases.iter().find(is_chosen).or_else(|| case.kind.bases.first());
    let expected = base.and_then(|base| case.number(&base.count_field)).unwrap_or(listed);
    (expected, case.number("present_count").unwrap_or(arrived))
}

/// Households asked and answered in the survey.
fn asked(case: &Case<'_>) -> Option<(i64, i64)> {
    let survey = case.kind.votes.iter().find(|vote| vote.kind == VoteKind::Survey)?;
    let counts = &case.tally(&survey.id)?.counts;
    let asked: i64 = counts.lines.iter().map(|line| line.asked).sum();
    Some((asked, asked - counts.lines.iter().map(|line| line.unanswered).sum::<i64>()))
}

fn said(case: &Case<'_>, expected: i64, present: i64, needed: i64, met: bool, known: bool) -> String {
    let rule = &case.kind.quorum;
    if !known {
        return "到会比例还没有定，请先按本地规定填写。".to_owned();
    }
    let text = if rule.text.is_empty() { "应到{expected}人，实到{present}人" } else { &rule.text };
    let text = text
        .replace("{expected}", &expected.to_string())
        .replace("{present}", &present.to_string())
        .replace("{needed}", &needed.to_string())
        .replace("{met}", if met { "够" } else { "不够" });
    super::words::fill_parameters(case, &text)
}

#[cfg(test)]
mod tests {
    use crate::meeting::parameter::Ratio;
    use proptest::prelude::*;

    proptest! {
        /// The needed number is the smallest that fits: one fewer never does.
        #[test]
        fn the_fewest_is_the_smallest_that_fits(n in 1_i64..9, extra in 0_i64..9, whole in 1_i64..5000) {
            let share = Ratio { n, d: n + extra };
            let (least, more) = (share.fewest(whole, false), share.fewest(whole, true));
            prop_assert!(share.is_reached(least, whole) && !share.is_reached(least - 1, whole));
            prop_assert!(share.is_passed(more, whole) && !share.is_passed(more - 1, whole));
        }
    }
}
