//! Matches the heading of a column to a field of the dictionary.
//!
//! A heading is a path of texts from top to bottom, such as 紧急联系人 / 手机. A match is sure only
//! when the words leave no other reading; everything else is a proposal for the clerk.
//!
//! Deliberately absent: looking at the values under the heading, comparing columns of a sheet with
//! each other, and the words themselves (see `assets/dictionary`).

use std::collections::HashMap;

use super::normal::{Heading, Words};
use super::{Dictionary, FieldDef, FieldKind, Subject};

/// More proposals than this help nobody.
const MOST_CANDIDATES: usize = 16;

/// How a heading led to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// The heading is the field's title, or the ledger's own heading of that column.
    Exact,
    /// The heading is another name of the field.
    Alias,
    /// A clerk said so earlier.
    Remembered,
    /// Nothing matched.
    None,
}

/// A field a heading may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'d> {
    /// The field.
    pub field: &'d FieldDef,
    /// How the heading led to it.
    pub how: How,
    /// The words leave no other reading.
    pub sure: bool,
    /// The dictionary itself says that the words may as well mean something else.
    pub loose: bool,
}

/// The fields a heading may mean, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found<'d> {
    /// The candidates; only the first can be sure.
    pub candidates: Vec<Candidate<'d>>,
    /// The column counts the rows (序号) and holds no value.
    pub serial: bool,
    /// What it says of the row's own person, when it names that person by another word (学生姓名).
    pub own: Option<&'d FieldDef>,
    /// An upper text or a note gives it to somebody else, of whom the dictionary has no such field.
    pub others: bool,
}

/// A column of the ledger the sheet is meant for; it decides between readings.
#[derive(Debug, Clone, Copy)]
pub struct OwnColumn<'d> {
    /// The upper heading of a two-level head.
    pub group: Option<&'d str>,
    /// The field, with the title the ledger gives it.
    pub field: &'d FieldDef,
}

impl<'d> Found<'d> {
    /// The likeliest candidate.
    #[must_use]
    pub fn best(&self) -> Option<&Candidate<'d>> {
        self.candidates.first()
    }

    /// The field, when there is no doubt.
    #[must_use]
    pub fn sure(&self) -> Option<&'d FieldDef> {
        self.best().filter(|candidate| candidate.sure).map(|candidate| candidate.field)
    }

    /// How the likeliest candidate was found.
    #[must_use]
    pub fn how(&self) -> How {
        self.best().map_or(How::None, |candidate| candidate.how)
    }
}

/// Finds the field of a heading, given as its distinct texts from top to bottom.
///
/// `remembered` maps [`super::remember::key`] of a heading to a field id. `context` is what a row
/// of the sheet is believed to be.
#[must_use]
pub fn find<'d>(
    dictionary: &'d Dictionary,
    path: &[&str],
    remembered: &HashMap<String, String>,
    context: Subject,
) -> Found<'d> {
    find_among(dictionary, path, remembered, context, &[])
}

/// Like [`find`], with the columns of the ledger that the sheet is meant for.
#[must_use]
pub fn find_among<'d>(
    dictionary: &'d Dictionary,
    path: &[&str],
    remembered: &HashMap<String, String>,
    context: Subject,
    own: &[OwnColumn<'d>],
) -> Found<'d> {
    let words = dictionary.words();
    let Some(heading) = Heading::new(path, words) else { return Found::default() };
    let search = Search { dictionary, words, context, own };
    if let Some(field) = remembered.get(&heading.key).and_then(|id| search.field(id)) {
        return Found::one(field, How::Remembered);
    }
    if let Some(field) = search.own_heading(&heading) {
        return Found::one(field, How::Exact);
    }
    if heading.is_serial(words) {
        return Found { candidates: Vec::new(), serial: true, ..Found::default() };
    }
    let (mut candidates, plain) = search.candidates(&heading);
    if plain {
        search.let_own_decide(&mut candidates);
    }
    if heading.asks_yes_no {
        candidates.retain(|candidate| !candidate.field.is_number());
    }
    candidates.truncate(MOST_CANDIDATES);
    let others = !plain && heading.names_other(words);
    Found { candidates, serial: false, own: search.own_person(&heading), others }
}

impl<'d> Found<'d> {
    fn one(field: &'d FieldDef, how: How) -> Self {
        Self { candidates: vec![Candidate { field, how, sure: true, loose: false }], ..Self::default() }
    }
}

/// Everything one search needs.
struct Search<'a, 'd> {
    dictionary: &'d Dictionary,
    words: &'d Words,
    context: Subject,
    own: &'a [OwnColumn<'d>],
}

impl<'d> Search<'_, 'd> {
    fn field(&self, id: &str) -> Option<&'d FieldDef> {
        let own = self.own.iter().find(|column| column.field.id == id).map(|column| column.field);
        own.or_else(|| self.dictionary.get(id))
    }

    /// The ledger's own column of exactly that heading.
    fn own_heading(&self, heading: &Heading) -> Option<&'d FieldDef> {
        let mut hits = self.own.iter().filter(|column| {
            let mut names = std::iter::once(&column.field.title)
                .chain(column.field.aliases.iter().filter(|_| column.field.subject == Subject::Row));
            names.any(|name| heading.is_own(column.group, name, self.words))
        });
        let hit = hits.next()?;
        hits.next().is_none().then_some(hit.field)
    }

    /// Candidates from the whole path, then from the lowest text alone, then from a weakened text;
    /// with it, whether the words were taken as they stand.
    fn candidates(&self, heading: &Heading) -> (Vec<Candidate<'d>>, bool) {
        // What the whole path means in another world says less than what its last word means in ours.
        let mut foreign = Vec::new();
        for joined in &heading.joined {
            let found = self.look_up(joined, true);
            let is_near = |seen: &Candidate<'_>| rank(self.context, seen.field.subject) < FOREIGN;
            if found.first().is_some_and(is_near) {
                return (found, true);
            }
            if foreign.is_empty() {
                foreign = found;
            }
        }
        let (near, plain) = self.candidates_of_last(heading);
        let is_near = |seen: &Candidate<'_>| rank(self.context, seen.field.subject) < FOREIGN;
        if foreign.is_empty() || near.first().is_some_and(is_near) { (near, plain) } else { (foreign, true) }
    }

    /// Candidates when the whole path is no name of a field.
    fn candidates_of_last(&self, heading: &Heading) -> (Vec<Candidate<'d>>, bool) {
        let owned = self.owned(heading);
        if !owned.is_empty() {
            return (owned, true);
        }
        let amounts = self.amounts(heading);
        if !amounts.is_empty() {
            return (amounts, false);
        }
        let mut plain = !heading.noted;
        let mut found = self.look_up(&heading.last, plain);
        if found.is_empty() {
            plain = false;
            let mut weak = heading.weakened(self.words).into_iter().map(|text| self.look_up(&text, false));
            found = weak.find(|found| !found.is_empty()).unwrap_or_default();
        }
        if heading.noted && !found.is_empty() {
            // A note may be the better name: 营业执照（统一社会信用代码）. The values tell.
            for note in heading.notes() {
                let told_by_values = |seen: &Candidate<'_>| {
                    !seen.field.common
                        && matches!(seen.field.kind, FieldKind::CreditCode | FieldKind::DisabilityCertificate)
                };
                found.extend(self.look_up(note, false).into_iter().filter(told_by_values));
            }
        }
        let stranger = self.heed_upper(heading, &mut found);
        (found, plain && !stranger)
    }

    /// The fields of one normal text, the context's own first.
    fn look_up(&self, text: &str, may_be_sure: bool) -> Vec<Candidate<'d>> {
        let mut hits: Vec<(usize, &FieldDef, How, bool)> = self
            .dictionary
            .entries(text)
            .iter()
            .map(|entry| {
                let field = &self.dictionary.fields()[entry.field];
                let how = if entry.is_title { How::Exact } else { How::Alias };
                (rank(self.context, field.subject), field, how, entry.loose)
            })
            .collect();
        hits.sort_by_key(|(rank, _, _, loose)| (*rank, *loose));
        let Some(&(best, _, _, loose)) = hits.first() else { return Vec::new() };
        let rivals =
            hits.iter().filter(|(rank, _, _, loose)| *rank == best || (*loose && *rank < FOREIGN)).count();
        let sure = may_be_sure && best < FOREIGN && !loose && rivals == 1;
        hits.into_iter()
            .enumerate()
            .map(|(place, (_, field, how, loose))| Candidate { field, how, sure: sure && place == 0, loose })
            .collect()
    }

    /// The details of somebody whom the heading or its group names (实际监护人 over 电话).
    fn owned(&self, heading: &Heading) -> Vec<Candidate<'d>> {
        let owned = heading.owned(self.words);
        let fields = owned.iter().filter_map(|owned| Some((self.dictionary.get(owned.field)?, owned.exact)));
        let mut found: Vec<(usize, Candidate<'d>)> = fields
            .map(|(field, exact)| {
                let rank = rank(self.context, field.subject);
                let sure = exact && rank < FOREIGN && !heading.noted;
                (rank, Candidate { field, how: How::Alias, sure, loose: false })
            })
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().enumerate().map(|(at, (_, c))| Candidate { sure: c.sure && at == 0, ..c }).collect()
    }

    /// An amount (金额, 合计) under a group that is the name of one.
    fn amounts(&self, heading: &Heading) -> Vec<Candidate<'d>> {
        let groups = heading.whose_amount(self.words);
        let mut found = groups.iter().map(|group| {
            let mut found = self.look_up(group, false);
            found.retain(|Candidate { field, loose, .. }| {
                field.kind == FieldKind::Money && !loose && rank(self.context, field.subject) < FOREIGN
            });
            found
        });
        found.find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The resident's own field that a heading names with another word for the person.
    fn own_person(&self, heading: &Heading) -> Option<&'d FieldDef> {
        let detail = heading.own_detail(self.words)?;
        let of_person = |text: &str| {
            let entries = self.dictionary.entries(text).iter().filter(|entry| !entry.loose);
            let mut fields = entries.map(|entry| &self.dictionary.fields()[entry.field]);
            fields.find(|field| field.subject == Subject::Resident)
        };
        of_person(&detail)
            .or_else(|| heading.said_of(&detail, self.words).iter().find_map(|text| of_person(text)))
    }

    /// Drops or doubts candidates that an upper heading or a note gives to somebody else; says
    /// whether it did.
    fn heed_upper(&self, heading: &Heading, found: &mut Vec<Candidate<'d>>) -> bool {
        let (other, strange) = (heading.names_other(self.words), heading.has_strange_upper(self.words));
        let elsewhere = heading.is_elsewhere(self.words);
        if heading.has_changing_note(self.words) {
            found.clear();
        }
        if other {
            found.retain(|Candidate { field, .. }| {
                !field.common && rank(self.context, field.subject) < FOREIGN
            });
        }
        for candidate in found.iter_mut() {
            let field = candidate.field;
            let doubted = other && matches!(field.subject, Subject::Resident | Subject::Place)
                || strange && field.common
                || elsewhere && is_locality(field);
            candidate.sure &= !doubted;
        }
        other || strange || elsewhere
    }

    /// Lets the ledger's own columns decide between readings that the words leave open.
    fn let_own_decide(&self, candidates: &mut Vec<Candidate<'d>>) {
        if self.own.is_empty() || candidates.first().is_none_or(|first| first.sure) {
            return;
        }
        let is_own = |id: &str| self.own.iter().any(|column| column.field.id == id);
        candidates.sort_by_key(|candidate| !is_own(&candidate.field.id));
        let owned = candidates.iter().filter(|candidate| is_own(&candidate.field.id)).count();
        if let (1, Some(first)) = (owned, candidates.first_mut()) {
            first.sure = true;
        }
    }
}

/// From this rank on a field is no part of the row's own world.
const FOREIGN: usize = 10;

/// How near a field's subject is to a row of that context.
const fn rank(context: Subject, subject: Subject) -> usize {
    match (context, subject) {
        (Subject::Resident, Subject::Resident)
        | (Subject::Household, Subject::Household)
        | (Subject::Place, Subject::Place)
        | (Subject::Organisation, Subject::Organisation)
        | (Subject::Event, Subject::Event) => 0,
        (Subject::Resident, Subject::Household)
        | (Subject::Household, Subject::Place)
        | (Subject::Organisation, Subject::Place)
        | (Subject::Place, Subject::Household) => 1,
        (Subject::Resident, Subject::Place) => 2,
        _ => FOREIGN,
    }
}

/// Whether a subject is no part of the world of a row of that context.
pub(crate) const fn is_foreign(context: Subject, subject: Subject) -> bool {
    rank(context, subject) >= FOREIGN
}

/// Whether a field says where somebody is.
fn is_locality(field: &FieldDef) -> bool {
    field.subject == Subject::Place
        || matches!(field.kind, FieldKind::Address | FieldKind::Building | FieldKind::Unit | FieldKind::Room)
}
