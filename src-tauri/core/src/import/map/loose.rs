//! Headings that may as well mean something else (类别, 等级, 地址, 关系): the values and the other
//! columns of the sheet decide, or the clerk is asked.

use super::fit::{self, Verdict};
use super::judge::{Binding, Judge, is_near};
use super::profile::Profile;
use super::{Confidence, How};
use crate::dictionary::{FieldDef, FieldKind, Found, Subject};

/// Groups that nearly every list of people has columns of: they tell nothing of what a list is about.
const COMMON_GROUPS: &[&str] = &["基本情况", "联系方式", "住址", "地点"];
/// Share of numbers as long as those of bank cards, in percent.
const LONG_NUMBERS: usize = 80;
/// Characters from which on a text tells a story rather than names a kind.
const STORY: usize = 10;

/// Where money is sent says nothing of what it is for, only of what else is said of that.
fn is_of_any_list(sure: &FieldDef, field: &FieldDef) -> bool {
    let is_bank = |field: &FieldDef| field.id.starts_with("person.bank_");
    !is_bank(field)
        && matches!(
            sure.id.as_str(),
            "person.bank_name" | "person.bank_account" | "person.social_security_card"
        )
}

impl<'a> Judge<'a> {
    /// The binding of a heading whose words leave several readings open.
    pub(super) fn bind_loose(&self, at: usize, found: &[Found<'a>]) -> Binding<'a> {
        let (column, profile, here) = (&self.shape.columns[at], &self.profiles[at], &found[at]);
        let fields: Vec<&'a FieldDef> = here.candidates.iter().map(|candidate| candidate.field).collect();
        let mut binding = Binding::asked(fields[0], &column.heading);
        binding.how = How::Alias;
        binding.choices.clone_from(&fields);
        let mut fitting: Vec<&'a FieldDef> =
            fields.iter().copied().filter(|field| self.fits_loosely(field, at, found)).collect();
        // Of several that fit, the one of the department that the title names.
        let is_named = |field: &&FieldDef| self.departments.contains(&field.group.as_str());
        if fitting.iter().any(is_named) {
            fitting.retain(is_named);
        }
        // Or the one whose own matter other columns are of, not only the same kind of thing.
        let has_group = |field: &&FieldDef| self.has_group(field, at, found);
        if fitting.iter().any(has_group) {
            fitting.retain(has_group);
        }
        // What the values are counts more than what the neighbours are about.
        let supports = |field: &&FieldDef| matches!(fit::of(field, profile), Verdict::Support(_));
        let supported: Vec<&'a FieldDef> = fitting.iter().copied().filter(supports).collect();
        let chosen = match (fitting.as_slice(), supported.as_slice()) {
            ([only], _) | (_, [only]) => Some(*only),
            ([first, ..], []) if self.is_note(first) => Some(*first),
            ([], _) => self.story(&fields, profile),
            _ => None,
        };
        match chosen {
            Some(field) => self.take(&mut binding, field, profile),
            None => binding.reasons.push("这个名字可以有几种意思".to_owned()),
        }
        binding
    }

    fn take(&self, binding: &mut Binding<'a>, field: &'a FieldDef, profile: &Profile) {
        binding.field = Some(field);
        binding.confidence = Confidence::Likely;
        match fit::of(field, profile) {
            Verdict::Support(reason) => binding.reasons.push(reason),
            _ => binding.reasons.push(format!("像是“{}”", field.title)),
        }
    }

    /// Whether values and neighbours speak for one of several readings.
    fn fits_loosely(&self, field: &FieldDef, at: usize, found: &[Found<'a>]) -> bool {
        let profile = &self.profiles[at];
        let verdict = fit::of(field, profile);
        let (supports, contradicts) =
            (matches!(verdict, Verdict::Support(_)), matches!(verdict, Verdict::Contradict(_)));
        if contradicts || !is_near(field.subject, self.context) || self.is_said_elsewhere(field, at, found) {
            return false;
        }
        if field.id.starts_with("event.target_") && !self.has_target(found) {
            return false;
        }
        // A record has its day and its place under the plainest words.
        if self.context == Subject::Event && matches!(field.id.as_str(), "event.on" | "event.place") {
            return supports || field.kind == FieldKind::Text;
        }
        if field.id == "person.bank_account" && profile.share(profile.id_like, LONG_NUMBERS) {
            return true;
        }
        if field.id.starts_with("person.emergency_") && self.is_group_with_relation(at) {
            return true;
        }
        let has_company = || self.has_company(field, at, found);
        match field.kind {
            FieldKind::IdNumber | FieldKind::CreditCode | FieldKind::DisabilityCertificate => supports,
            FieldKind::Code if field.codes.as_deref() == Some("relation") => {
                supports && !self.is_beside_a_name(at, found)
            }
            FieldKind::Code => supports && (profile.distinct > 1 || has_company()),
            FieldKind::Name => {
                supports && field.id == "person.name" && self.context == Subject::Resident
                    || !contradicts && self.is_of_the_row(field)
            }
            FieldKind::Phone => self.is_of_the_row(field),
            FieldKind::Address => supports && field.subject == self.context,
            FieldKind::Boolean => supports && has_company(),
            FieldKind::LongText => self.is_note(field),
            FieldKind::Text if field.id.ends_with("relation") => self.is_beside_a_name(at, found),
            FieldKind::Date
            | FieldKind::Month
            | FieldKind::Year
            | FieldKind::Integer
            | FieldKind::Decimal
            | FieldKind::Money
            | FieldKind::Text => has_company(),
            FieldKind::Gender | FieldKind::Building | FieldKind::Unit | FieldKind::Room => false,
        }
    }

    /// Whether a plain name or telephone is that of the organisation, or of whom something happened to.
    fn is_of_the_row(&self, field: &FieldDef) -> bool {
        field.subject == self.context && matches!(self.context, Subject::Organisation | Subject::Event)
    }

    /// Whether another column surely says that field.
    fn is_said_elsewhere(&self, field: &FieldDef, at: usize, found: &[Found<'a>]) -> bool {
        found.iter().enumerate().any(|(other, found)| {
            other != at
                && found.sure().is_some_and(|sure| sure.id == field.id)
                && self.profiles[other].count > 0
        })
    }

    /// Whether another column surely belongs to the same matter: the same group of the person's data,
    /// or in a list of anything else the same kind of thing.
    fn has_company(&self, field: &FieldDef, at: usize, found: &[Found<'a>]) -> bool {
        let is_own = field.subject == self.context && self.context != Subject::Resident;
        // The title names the department: 发放标准 in a list of 高龄津贴.
        if self.departments.contains(&field.group.as_str()) {
            return true;
        }
        (is_own || !COMMON_GROUPS.contains(&field.group.as_str()))
            && found.iter().enumerate().any(|(other, found)| {
                other != at
                    && found.sure().is_some_and(|sure| {
                        (is_own || sure.group == field.group && !is_of_any_list(sure, field))
                            && sure.subject == field.subject
                            && sure.id != field.id
                    })
            })
    }

    /// Whether a group such as 联系人 over 姓名, 关系 and 电话 is of somebody related to the person.
    fn is_group_with_relation(&self, at: usize) -> bool {
        let columns = &self.shape.columns;
        let upper = &columns[at].levels[..columns[at].levels.len().max(1) - 1];
        !upper.is_empty()
            && columns.iter().any(|column| {
                column.levels.len() == upper.len() + 1
                    && column.levels.starts_with(upper)
                    && column.levels.last().is_some_and(|last| last.contains("关系"))
            })
    }

    /// Whether another column surely is of the same group of what the list is about.
    fn has_group(&self, field: &FieldDef, at: usize, found: &[Found<'a>]) -> bool {
        field.subject == self.context
            && self.context != Subject::Resident
            && found.iter().enumerate().any(|(other, found)| {
                let is_same = |sure: &FieldDef| sure.group == field.group && sure.id != field.id;
                other != at && found.sure().is_some_and(is_same)
            })
    }

    /// Whether the list names somebody to whom a detail of a record can belong.
    fn has_target(&self, found: &[Found<'a>]) -> bool {
        found.iter().any(|found| {
            let is_name = |field: &FieldDef| matches!(field.id.as_str(), "event.target_name" | "person.name");
            found.own.is_some() || found.candidates.iter().any(|candidate| is_name(candidate.field))
        })
    }

    /// Whether the column to the left names somebody other than whose row it is.
    fn is_beside_a_name(&self, at: usize, found: &[Found<'a>]) -> bool {
        let left = at.checked_sub(1).and_then(|left| found[left].best()).map(|best| best.field);
        left.is_some_and(|field| {
            matches!(field.kind, FieldKind::Name) && !field.common && field.subject != Subject::Household
        })
    }

    fn is_note(&self, field: &FieldDef) -> bool {
        field.kind == FieldKind::LongText && field.id.ends_with(".note")
    }

    /// Sentences under a heading that otherwise would name a kind: the one reading that is a text.
    fn story(&self, fields: &[&'a FieldDef], profile: &Profile) -> Option<&'a FieldDef> {
        let is_text = |field: &&&FieldDef| {
            field.kind == FieldKind::Text && !COMMON_GROUPS.contains(&field.group.as_str())
        };
        let mut texts = fields.iter().filter(is_text);
        let has_kinds = fields.iter().any(|field| field.kind == FieldKind::Code);
        match (texts.next(), texts.next()) {
            (Some(only), None) if has_kinds && profile.longest > STORY => Some(*only),
            _ => None,
        }
    }
}
