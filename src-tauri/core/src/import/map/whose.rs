//! Whose fact a column holds: the row's own person under another word (车主姓名), somebody beside
//! (与儿童关系 right of 监护人), nobody's (a column to sign), or that of a world the list is not about.

use super::fit::{self, Verdict};
use super::judge::{Binding, Judge};
use super::profile::Profile;
use super::{Confidence, How};
use crate::dictionary::{self, FieldDef, FieldKind, Found, Subject};
use crate::import::shape::{ColumnSeen, words};

/// Words of columns that are signed, stamped or pasted on by hand.
const TO_SIGN: &[&str] =
    &["签名", "签字", "签收", "签领", "签章", "盖章", "手印", "指印", "捺印", "画押", "签到"];
const PICTURES: &[&str] = &["照片", "相片", "贴照", "粘贴"];
/// Where details of the person stand when a row is something that happened.
const OF_TARGETS: [(&str, &str); 4] = [
    ("person.name", "event.target_name"),
    ("person.id_number", "event.target_id_number"),
    ("person.phone", "event.target_phone"),
    ("person.living_address", "event.target_address"),
];
/// People who do the work that a record tells of.
const HELPERS: &[&str] = &["志愿者", "队员", "工作人员", "员工", "党员", "骨干"];
/// Where details stand when a row is a household and only its head is named.
const OF_HEADS: [(&str, &str); 2] =
    [("person.id_number", "household.head_id_number"), ("person.phone", "household.head_phone")];
/// Ends of headings that say the same in any record.
const EVENT_ENDS: [(&str, &str); 12] = [
    ("日期", "event.on"),
    ("时间", "event.on"),
    ("内容", "event.content"),
    ("事项", "event.content"),
    ("经过", "event.content"),
    ("描述", "event.content"),
    ("地点", "event.place"),
    ("位置", "event.place"),
    ("部位", "event.place"),
    ("点位", "event.place"),
    ("费用", "event.cost"),
    ("经费", "event.cost"),
];
/// How far left the name stands to whom a relation belongs.
const NAME_WITHIN: usize = 3;

impl<'a> Judge<'a> {
    /// Whether a column is there to be signed or to have a picture on it, not to say a fact.
    pub(super) fn is_to_sign(&self, column: &ColumnSeen, profile: &Profile) -> bool {
        let Some(last) = column.levels.last() else { return false };
        let last = words::tidy(last);
        let has = |words: &[&str]| words.iter().any(|word| last.contains(word));
        // Who signed for goods, or which picture shows a hazard, is a fact of what happened.
        let is_event = self.context == Subject::Event;
        let is_called = has(TO_SIGN) && !(is_event && profile.count > 0) || has(PICTURES) && !is_event;
        is_called && !last.contains(['日', '时', '是']) && self.own.is_empty()
    }

    /// The row's own person under another word, unless a plainer column says the same.
    pub(super) fn own_person(&self, at: usize, found: &[Found<'a>]) -> Option<Binding<'a>> {
        let here = &found[at];
        let field = here.own?;
        if here.sure().is_some() && !self.may_be_the_person(here) {
            return None;
        }
        let field = match self.context {
            Subject::Organisation => return None,
            // Whoever does the work is not whom it is done for.
            Subject::Event if HELPERS.iter().any(|word| self.shape.columns[at].heading.contains(word)) => {
                return None;
            }
            Subject::Event => {
                let (_, theirs) = OF_TARGETS.iter().find(|(own, _)| *own == field.id)?;
                self.words.dictionary.get(theirs)?
            }
            _ => field,
        };
        let is_plain = |other: usize| {
            found[other].own.is_none() && found[other].sure().is_some_and(|sure| sure.id == field.id)
        };
        if (0..found.len()).any(|other| other != at && is_plain(other)) {
            return None;
        }
        let mut binding = Binding::asked(field, &self.shape.columns[at].heading);
        binding.confidence = Confidence::Likely;
        binding.choices.extend(here.candidates.iter().map(|candidate| candidate.field));
        binding.hear(&self.profiles[at], 1);
        Some(binding)
    }

    /// A child is somebody beside the person, unless the list is of children.
    fn may_be_the_person(&self, found: &Found<'a>) -> bool {
        found.sure().is_some_and(|field| field.id.starts_with("person.child_"))
    }

    /// Whether a field tells of something else than the rows of this list do.
    pub(super) fn is_of_another_world(&self, field: &FieldDef) -> bool {
        let is_neighbour = matches!(
            (self.context, field.subject),
            (Subject::Place | Subject::Household, Subject::Resident | Subject::Household | Subject::Place)
                | (Subject::Event, Subject::Place)
        );
        // What somebody was paid stands in lists of people too.
        dictionary::is_foreign(self.context, field.subject) && !is_neighbour && field.id != "event.amount"
    }

    /// In a list of households that names only their heads, plain details are the heads'.
    pub(super) fn of_head(&self, at: usize, found: &[Found<'a>]) -> Option<Binding<'a>> {
        let column = &self.shape.columns[at];
        let field = found[at].best().map(|best| best.field).filter(|field| field.common)?;
        let (_, theirs) = OF_HEADS.iter().find(|(own, _)| *own == field.id)?;
        let is = |found: &Found<'a>, id: &str| found.sure().is_some_and(|sure| sure.id == id);
        let has_head = found.iter().any(|found| is(found, "household.head_name"));
        let has_name = found.iter().any(|found| is(found, "person.name") || found.own.is_some());
        let is_said = found.iter().any(|found| is(found, theirs));
        if self.context != Subject::Household || !has_head || has_name || is_said || column.levels.len() > 1 {
            return None;
        }
        let mut binding = Binding::asked(self.words.dictionary.get(theirs)?, &column.heading);
        binding.confidence = Confidence::Likely;
        binding.choices.push(field);
        binding.hear(&self.profiles[at], 1);
        Some(binding)
    }

    /// A heading of a record that is unknown but for its end: 劝导地点, 消杀日期.
    pub(super) fn of_event(&self, at: usize, found: &[Found<'a>]) -> Option<Binding<'a>> {
        let [heading] = self.shape.columns[at].levels.as_slice() else { return None };
        let heading = words::tidy(heading);
        let (_, id) = EVENT_ENDS.iter().find(|(end, _)| heading.ends_with(end))?;
        let field = self.words.dictionary.get(id).filter(|_| self.context == Subject::Event)?;
        let is_said = found.iter().any(|found| found.best().is_some_and(|best| best.field.id == *id));
        let ends_so = |column: &ColumnSeen| {
            column.levels.last().is_some_and(|last| {
                EVENT_ENDS.iter().any(|(end, other)| other == id && words::tidy(last).ends_with(end))
            })
        };
        let is_second = self.shape.columns[..at].iter().any(ends_so);
        let verdict = fit::of(field, &self.profiles[at]);
        let is_fitting = match field.kind {
            FieldKind::Date => matches!(verdict, Verdict::Support(_)),
            _ => !matches!(verdict, Verdict::Contradict(_) | Verdict::Silent),
        };
        if is_said || is_second || !is_fitting {
            return None;
        }
        let mut binding = Binding::asked(field, &heading);
        binding.confidence = Confidence::Likely;
        binding.hear(&self.profiles[at], 1);
        Some(binding)
    }

    /// A list that names nobody surely: whose its plain details are is not sure either.
    pub(super) fn doubt_nobodys(&self, bindings: &mut [Binding<'a>]) {
        let is_who = |field: &FieldDef| matches!(field.id.as_str(), "person.name" | "person.id_number");
        let says_who = bindings
            .iter()
            .any(|binding| binding.confidence == Confidence::Sure && binding.field.is_some_and(is_who));
        if says_who || !self.own.is_empty() {
            return;
        }
        for binding in bindings.iter_mut().filter(|binding| binding.how != How::Remembered) {
            let is_plain = binding.field.is_some_and(|field| field.common);
            if is_plain && binding.confidence == Confidence::Sure {
                binding.confidence = Confidence::Likely;
            }
        }
    }

    /// What the words would say elsewhere is shown, and left to the clerk.
    pub(super) fn ask_other_world(&self, column: &ColumnSeen, here: &Found<'a>) -> Binding<'a> {
        let fields: Vec<&'a FieldDef> = here.candidates.iter().map(|candidate| candidate.field).collect();
        let mut binding = Binding::asked(fields[0], &column.heading);
        binding.choices = fields;
        binding.reasons.push("这张表说的不是这一类事".to_owned());
        binding
    }

    /// A heading with one wrong character, when the values leave no doubt what is meant.
    pub(super) fn misspelt(&self, column: &ColumnSeen, profile: &Profile) -> Option<Binding<'a>> {
        let [heading] = column.levels.as_slice() else { return None };
        let mut near = self.words.dictionary.alike(heading).into_iter().filter(|field| {
            let is_plain = matches!(
                field.kind,
                FieldKind::Phone | FieldKind::IdNumber | FieldKind::Date | FieldKind::Gender
            );
            is_plain
                && !self.is_of_another_world(field)
                && matches!(fit::of(field, profile), Verdict::Support(_))
        });
        let (Some(field), None) = (near.next(), near.next()) else { return None };
        let mut binding = Binding::asked(field, &column.heading);
        binding.confidence = Confidence::Likely;
        binding.reasons = vec![format!("表头“{}”像是“{}”写错了一个字", column.heading, field.title)];
        binding.hear(profile, 1);
        Some(binding)
    }

    /// A relation belongs to whoever is named to its left: 监护人, 身份证号, 与儿童关系.
    pub(super) fn take_kin(&self, bindings: &mut [Binding<'a>], found: &[Found<'a>]) {
        for at in 1..bindings.len() {
            let column = &self.shape.columns[at];
            let is_settled = bindings[at].confidence != Confidence::Ask;
            let is_kin = column.levels.last().is_some_and(|last| last.contains("关系"));
            if is_settled || !is_kin || found[at].how() == dictionary::How::Remembered {
                continue;
            }
            let names = (at.saturating_sub(NAME_WITHIN)..at).rev().find_map(|left| {
                let field = bindings[left].field.filter(|_| bindings[left].confidence != Confidence::Ask)?;
                (field.kind == FieldKind::Name).then_some(field)
            });
            let Some(theirs) = names.filter(|name| !name.common).and_then(|name| self.relation_of(name))
            else {
                continue;
            };
            let binding = &mut bindings[at];
            binding.field = Some(theirs);
            binding.how = How::Alias;
            binding.confidence = Confidence::Likely;
            binding.choices.insert(0, theirs);
            binding.reasons.push(format!("左边是“{}”的名字", theirs.title));
            binding.hear(&self.profiles[at], 1);
        }
    }

    /// The field that says how somebody is related to the row's person.
    fn relation_of(&self, name: &FieldDef) -> Option<&'a FieldDef> {
        let stem = name.id.trim_end_matches("_name").trim_end_matches("_contact");
        self.words.dictionary.get(&format!("{stem}_relation"))
    }

    /// Of several readings of words that are not sure, the one that the values plainly are.
    pub(super) fn let_values_choose(&self, binding: &mut Binding<'a>, here: &Found<'a>, profile: &Profile) {
        let is_open = |field: &FieldDef| !matches!(fit::of(field, profile), Verdict::Support(_));
        if binding.confidence == Confidence::Sure || !binding.field.is_some_and(is_open) {
            return;
        }
        let is_hard = |field: &FieldDef| {
            matches!(
                field.kind,
                FieldKind::CreditCode
                    | FieldKind::IdNumber
                    | FieldKind::Phone
                    | FieldKind::DisabilityCertificate
                    | FieldKind::Date
            ) && !self.is_of_another_world(field)
        };
        let fields = here.candidates.iter().map(|candidate| candidate.field);
        let mut plain = fields.filter(|field| is_hard(field) && !is_open(field));
        if let (Some(field), None) = (plain.next(), plain.next()) {
            binding.field = Some(field);
            binding.confidence = Confidence::Likely;
            binding.is_contradicted = false;
            binding.hear(profile, 1);
        }
    }
}
