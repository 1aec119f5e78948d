//! Whether the values of a column are what a field holds, and the reason in counts.

use super::profile::Profile;
use crate::dictionary::{FieldDef, FieldKind};

/// What the values say to a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There are none.
    Silent,
    /// They could be that or something else.
    Open,
    /// They are of that kind and hardly of another; the reason counts them.
    Support(String),
    /// They are something else; the reason counts them.
    Contradict(String),
}

/// Shares in percent from which values support or contradict.
const SUPPORTS: usize = 80;
const STRANGE: usize = 30;
const TOO_FEW: usize = 50;

/// Hears the values of a column about a field.
pub(super) fn of(field: &FieldDef, profile: &Profile) -> Verdict {
    if profile.count == 0 {
        return Verdict::Silent;
    }
    if is_only_ticked(field, profile) {
        return Verdict::Contradict(count(profile, profile.ticks, "只是打勾"));
    }
    let (hits, what) = match field.kind {
        FieldKind::IdNumber => (profile.id_like.max(profile.ids), "像身份证号"),
        FieldKind::Phone => (profile.phones, "像电话号码"),
        FieldKind::Gender => (profile.genders, "是男或女"),
        FieldKind::Date | FieldKind::Month | FieldKind::Year => (profile.dates, "像日期"),
        FieldKind::Name => (profile.names, "像人名"),
        FieldKind::CreditCode => (profile.credit_codes, "像统一社会信用代码"),
        FieldKind::DisabilityCertificate => (profile.certificates.max(profile.id_like), "像残疾人证号"),
        FieldKind::Boolean => (profile.booleans, "是“是”或“否”"),
        FieldKind::Code => (
            field.codes.as_ref().and_then(|table| profile.codes.get(table)).copied().unwrap_or(0),
            "在代码表里",
        ),
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Money => return number(profile),
        FieldKind::Address => return address(profile),
        FieldKind::Building | FieldKind::Unit | FieldKind::Room => return part_of_address(profile),
        FieldKind::Text if field.is_number() && profile.share(profile.booleans, SUPPORTS) => {
            return Verdict::Contradict(count(profile, profile.booleans, "只是有或无"));
        }
        FieldKind::Text | FieldKind::LongText => return words(profile, &field.title),
    };
    if profile.share(hits, SUPPORTS) {
        return Verdict::Support(count(profile, hits, what));
    }
    if let Some(other) = strange(profile, field.kind) {
        return Verdict::Contradict(other);
    }
    // Departments have words of their own that no table knows: those are kept as they are.
    let is_word_list = matches!(field.kind, FieldKind::Code) && is_word_list(profile);
    if is_word_list || profile.share(hits, TOO_FEW) {
        Verdict::Open
    } else {
        Verdict::Contradict(format!("{}，只有 {hits} 行{what}", rows(profile)))
    }
}

/// A tick under 楼道 says that something stands there, not which stairway it is.
fn is_only_ticked(field: &FieldDef, profile: &Profile) -> bool {
    let says_yes = matches!(
        field.kind,
        FieldKind::Boolean | FieldKind::Code | FieldKind::Gender | FieldKind::Text | FieldKind::LongText
    );
    !says_yes && profile.share(profile.ticks, SUPPORTS)
}

/// Whether the values are words of a list, whichever: short, and hardly ever names, days or numbers.
fn is_word_list(profile: &Profile) -> bool {
    let others = [profile.names, profile.dates, profile.numbers, profile.phones];
    profile.longest <= 24 && !others.iter().any(|&hits| profile.share(hits, TOO_FEW))
}

/// What the values plainly are, when that is another kind than the field's.
fn strange(profile: &Profile, kind: FieldKind) -> Option<String> {
    let others = [
        (FieldKind::IdNumber, profile.ids, "像身份证号"),
        (FieldKind::Phone, profile.mobiles, "像手机号"),
        (FieldKind::Gender, profile.genders, "是男或女"),
        (FieldKind::Address, profile.homes, "像“几号楼几室”"),
    ];
    others
        .into_iter()
        .find(|(other, hits, _)| *other != kind && profile.share(*hits, STRANGE))
        .map(|(_, hits, what)| count(profile, hits, what))
}

fn number(profile: &Profile) -> Verdict {
    if let Some(other) = strange(profile, FieldKind::Integer) {
        return Verdict::Contradict(other);
    }
    if profile.share(profile.numbers, SUPPORTS) {
        Verdict::Open
    } else if profile.share(profile.names.max(profile.dates), SUPPORTS) {
        Verdict::Contradict(format!("{}，只有 {} 行是数字", rows(profile), profile.numbers))
    } else {
        Verdict::Open
    }
}

fn address(profile: &Profile) -> Verdict {
    if profile.share(profile.homes, TOO_FEW) {
        return Verdict::Support(count(profile, profile.homes, "像“几号楼几室”"));
    }
    if let Some(other) = strange(profile, FieldKind::Address) {
        return Verdict::Contradict(other);
    }
    if profile.share(profile.addresses, SUPPORTS) {
        return Verdict::Support(count(profile, profile.addresses, "像地址"));
    }
    let has_none = profile.addresses == 0 && profile.rooms == 0 && profile.count >= 5;
    if has_none && profile.share(profile.names.max(profile.dates), SUPPORTS) {
        return Verdict::Contradict(format!("{}，没有一行像地址", rows(profile)));
    }
    Verdict::Open
}

fn part_of_address(profile: &Profile) -> Verdict {
    if profile.share(profile.ids, STRANGE) || profile.share(profile.mobiles, STRANGE) {
        return strange(profile, FieldKind::Room).map_or(Verdict::Open, Verdict::Contradict);
    }
    if profile.longest > 16 && profile.share(profile.addresses, TOO_FEW) {
        return Verdict::Contradict(count(profile, profile.addresses, "像整段地址"));
    }
    Verdict::Open
}

fn words(profile: &Profile, title: &str) -> Verdict {
    let is_number = profile.share(profile.ids, TOO_FEW) || profile.share(profile.mobiles, TOO_FEW);
    // Homes in a column that is to say something else, such as the place of work.
    let is_home = profile.share(profile.homes, SUPPORTS) && !says_where(title);
    match strange(profile, FieldKind::Text) {
        Some(other) if is_number || is_home => Verdict::Contradict(other),
        _ => Verdict::Open,
    }
}

/// Whether a field of free words may hold an address by its title, or says anything at all.
fn says_where(title: &str) -> bool {
    title.contains(['地', '址', '点', '处', '位', '住', '范', '注', '域']) && !title.contains("单位")
}

/// A reason such as `126 行里 121 行像身份证号`.
pub(super) fn count(profile: &Profile, hits: usize, what: &str) -> String {
    format!("{}里 {hits} 行{what}", rows(profile))
}

fn rows(profile: &Profile) -> String {
    format!("{} 行", profile.count)
}
