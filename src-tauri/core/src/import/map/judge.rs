//! Weighs heading, values and neighbours of each column into one binding.

use super::fit::{self, Verdict};
use super::profile::Profile;
use super::{Choice, Confidence, ENOUGH, How, SeenColumn, Words, choice};
use crate::dictionary::{self, Candidate, FieldDef, FieldKind, Found, OwnColumn, Subject};
use crate::import::folder::FILE_HEADING;
use crate::import::shape::{ColumnSeen, Kind, Shape, words as structure};

/// Proposals shown for one column.
const MOST_CHOICES: usize = 6;
/// Digits of the longest number that only counts rows.
const LONGEST_COUNT: usize = 6;

pub(super) struct Judge<'a> {
    pub(super) shape: &'a Shape,
    pub(super) words: &'a Words<'a>,
    pub(super) own: &'a [OwnColumn<'a>],
    pub(super) context: Subject,
    pub(super) profiles: &'a [Profile],
    /// Groups of the dictionary that the title makes likely.
    pub(super) departments: &'a [&'static str],
}

/// A binding while it is weighed.
pub(super) struct Binding<'a> {
    pub(super) field: Option<&'a FieldDef>,
    pub(super) how: How,
    pub(super) confidence: Confidence,
    pub(super) reasons: Vec<String>,
    pub(super) choices: Vec<&'a FieldDef>,
    /// The values are plainly something else than the heading says.
    pub(super) is_contradicted: bool,
}

impl<'a> Judge<'a> {
    pub(super) fn columns(&self) -> Vec<SeenColumn> {
        let found: Vec<Found<'a>> =
            self.shape.columns.iter().map(|column| self.find(&column.levels)).collect();
        let mut bindings: Vec<Binding<'a>> = (0..found.len()).map(|at| self.bind(at, &found)).collect();
        self.take_kin(&mut bindings, &found);
        self.split_addresses(&mut bindings);
        self.hear_values(&mut bindings, &found);
        self.part_rivals(&mut bindings);
        self.doubt_figures(&mut bindings);
        self.doubt_nobodys(&mut bindings);
        self.doubt_offered(&mut bindings);
        let columns = self.shape.columns.iter().zip(self.profiles).zip(bindings);
        columns.map(|((column, profile), binding)| seen(column, profile, binding)).collect()
    }

    fn find(&self, levels: &[String]) -> Found<'a> {
        let path: Vec<&str> = levels.iter().map(String::as_str).collect();
        dictionary::find_among(self.words.dictionary, &path, self.words.remembered, self.context, self.own)
    }

    /// The binding by heading, heard against the values.
    fn bind(&self, at: usize, found: &[Found<'a>]) -> Binding<'a> {
        let (column, profile) = (&self.shape.columns[at], &self.profiles[at]);
        let here = &found[at];
        if let Some(binding) = self.without_facts(column, profile, here) {
            return binding;
        }
        if let Some(binding) = self.own_person(at, found) {
            return binding;
        }
        let Some(best) = here.best() else {
            let other = self.of_group(at, found).or_else(|| self.misspelt(column, profile));
            let other = other.or_else(|| self.of_event(at, found));
            return other.unwrap_or_else(|| self.unknown(column, profile));
        };
        if let Some(binding) = self.of_head(at, found) {
            return binding;
        }
        if !best.sure && (here.others || self.is_of_another_world(best.field)) {
            return self.ask_other_world(column, here);
        }
        if best.loose && !best.sure && self.of_neighbour(at, found).is_none() {
            return self.bind_loose(at, found);
        }
        let mut binding = Binding {
            field: Some(best.field),
            how: how(best),
            confidence: if best.sure { Confidence::Sure } else { Confidence::Likely },
            reasons: vec![heading_reason(column, best)],
            choices: here
                .candidates
                .iter()
                .map(|candidate| candidate.field)
                .filter(|field| is_near(field.subject, best.field.subject))
                .collect(),
            is_contradicted: false,
        };
        let readings = match self.of_neighbour(at, found) {
            Some(other) => {
                other.apply(&mut binding, &self.shape.columns[at - 1]);
                1
            }
            None => here.candidates.len(),
        };
        binding.hear(profile, readings);
        self.let_values_choose(&mut binding, here, profile);
        binding
    }

    /// A column that says nothing to keep: numbers of rows, names of files, places to sign.
    fn without_facts(&self, column: &ColumnSeen, profile: &Profile, here: &Found<'a>) -> Option<Binding<'a>> {
        let is_numbering =
            here.serial || column.levels.last().is_some_and(|l| structure::is_numbering(&structure::tidy(l)));
        if is_numbering && here.best().is_none() {
            return Some(Binding::unbound(Confidence::Sure, "这一栏只是序号，不导入"));
        }
        if column.heading == FILE_HEADING {
            return Some(Binding::unbound(Confidence::Sure, "这一栏是文件名，只用来看是哪张表，不导入"));
        }
        self.is_to_sign(column, profile)
            .then(|| Binding::unbound(Confidence::Likely, "这一栏是签字、盖章或贴照片用的，不导入"))
    }

    /// A column whose heading leads nowhere.
    fn unknown(&self, column: &ColumnSeen, profile: &Profile) -> Binding<'a> {
        if profile.count == 0 {
            return Binding::unbound(Confidence::Likely, "这一栏没有内容");
        }
        // Telephones given out one after the other count up too.
        if column.heading.is_empty() && profile.is_counting && profile.longest <= LONGEST_COUNT {
            return Binding::unbound(Confidence::Sure, "这一栏只是序号，不导入");
        }
        let reason = match column.heading.as_str() {
            "" => "这一栏没有表头".to_owned(),
            heading => format!("还不认识“{heading}”这一栏"),
        };
        Binding::unbound(Confidence::Ask, &reason)
    }

    /// Whether the column to the left names another person, whose detail this column then holds.
    fn of_neighbour(&self, at: usize, found: &[Found<'a>]) -> Option<Neighbour<'a>> {
        let left = found.get(at.checked_sub(1)?)?;
        let best = found[at].best()?;
        let field = best.field;
        // A telephone after the name of the head is the head's, not the organisation's.
        let is_detail =
            field.common || best.loose && matches!(field.kind, FieldKind::Phone | FieldKind::IdNumber);
        if !is_detail || matches!(field.kind, FieldKind::Name) || self.shape.columns[at].levels.len() > 1 {
            return None;
        }
        let owner = left.best().map(|best| best.field)?;
        if !matches!(owner.kind, FieldKind::Name) || owner.common {
            return None;
        }
        let mut path: Vec<String> = self.shape.columns[at - 1].levels.clone();
        path.extend(self.shape.columns[at].levels.last().cloned());
        let theirs = self.find(&path).best().map(|best| best.field);
        if theirs.is_some_and(|theirs| theirs.id == field.id) {
            return None;
        }
        // A household has one address, whoever is named beside it.
        if theirs.is_none() && owner.subject == Subject::Household && matches!(field.kind, FieldKind::Address)
        {
            return None;
        }
        Some(Neighbour { theirs })
    }

    /// A detail under one group with the name to its left: 帮扶情况 over 帮扶人 and 联系电话.
    fn of_group(&self, at: usize, found: &[Found<'a>]) -> Option<Binding<'a>> {
        let (left, here) =
            (&self.shape.columns.get(at.checked_sub(1)?)?.levels, &self.shape.columns[at].levels);
        let owner = found[at - 1].best().map(|best| best.field)?;
        let is_same_group = here.len() > 1 && here[..here.len() - 1] == left[..left.len().max(1) - 1];
        if !is_same_group || !matches!(owner.kind, FieldKind::Name) || owner.common {
            return None;
        }
        let path = [left.last()?.clone(), here.last()?.clone()];
        let theirs = self.find(&path).best().filter(|best| best.sure).map(|best| best.field)?;
        let mut binding = Binding::asked(theirs, &self.shape.columns[at].heading);
        binding.how = How::Alias;
        binding.field = Some(theirs);
        binding.confidence = Confidence::Likely;
        binding.reasons.push(format!("左边是“{}”，应是同一个人的", left.last()?));
        binding.hear(&self.profiles[at], 1);
        Some(binding)
    }

    /// Lets values name a field where the heading did not, or said what they plainly are not.
    fn hear_values(&self, bindings: &mut [Binding<'a>], found: &[Found<'a>]) {
        for at in 0..bindings.len() {
            let profile = &self.profiles[at];
            let is_open = bindings[at].field.is_none() && bindings[at].confidence == Confidence::Ask;
            if profile.count < ENOUGH || found[at].serial {
                continue;
            }
            if bindings[at].is_contradicted {
                self.correct(at, bindings);
            }
            if !is_open {
                continue;
            }
            let Some((field, reason, is_plain)) = self.by_values(at, bindings) else { continue };
            let binding = &mut bindings[at];
            binding.field = Some(field);
            binding.how = How::Values;
            binding.confidence = if is_plain { Confidence::Likely } else { Confidence::Ask };
            binding.reasons.push(reason);
            binding.choices.push(field);
        }
    }

    /// A wrong heading of the person's own data over values that leave no doubt what they are.
    fn correct(&self, at: usize, bindings: &mut [Binding<'a>]) {
        // In place of the number of a card many offices write that of the person.
        let is_persons =
            |field: &FieldDef| field.subject == Subject::Resident && (field.common || field.is_number());
        let is_own = bindings[at].how != How::Remembered && bindings[at].field.is_some_and(is_persons);
        let is_plain =
            |field: &FieldDef| matches!(field.kind, FieldKind::IdNumber | FieldKind::Phone | FieldKind::Date);
        let found = self.by_values(at, bindings).filter(|(field, _, _)| is_plain(field));
        let Some((field, reason, _)) = found.filter(|_| is_own && self.context == Subject::Resident) else {
            return;
        };
        let binding = &mut bindings[at];
        binding.is_contradicted = false;
        binding.choices.insert(0, field);
        binding.field = Some(field);
        binding.how = How::Values;
        binding.confidence = Confidence::Likely;
        binding.reasons.push(reason);
    }

    /// The field that values speak for, unless another column has it.
    fn by_values(&self, at: usize, bindings: &[Binding<'a>]) -> Option<(&'a FieldDef, String, bool)> {
        let profile = &self.profiles[at];
        let is_headed = !self.shape.columns[at].heading.is_empty();
        let is_taken = |id: &str| has_field(bindings, id);
        let options: [(&str, usize, usize, &str, bool); 5] = [
            ("person.id_number", profile.ids, 80, "是校验正确的身份证号", true),
            ("person.phone", profile.mobiles, 80, "像手机号", true),
            ("person.gender", profile.genders, 90, "是男或女", true),
            ("person.living_address", profile.homes, 60, "像“几号楼几室”", false),
            ("person.name", profile.names, 90, "像人名", false),
        ];
        for (id, hits, percent, what, is_plain) in options {
            if !profile.share(hits, percent) || is_taken(id) || (id == "person.name" && is_headed) {
                continue;
            }
            let field = self.words.dictionary.get(id)?;
            // A heading nobody knows may stand for somebody else's number.
            return Some((field, fit::count(profile, hits, what), is_plain && !is_headed));
        }
        self.by_birth(at, bindings).or_else(|| self.by_codes(profile, bindings, is_headed))
    }

    /// Dates that are the births stated by the identity numbers beside them.
    fn by_birth(&self, at: usize, bindings: &[Binding<'a>]) -> Option<(&'a FieldDef, String, bool)> {
        let days = &self.profiles[at].days;
        let births = self.profiles.iter().map(|profile| &profile.births).max_by_key(|births| births.len())?;
        let same = days.iter().filter(|(row, day)| births.get(row) == Some(day)).count();
        let field = self.words.dictionary.get("person.birth_on")?;
        let is_taken = has_field(bindings, &field.id);
        let is_birth = same >= ENOUGH && same * 10 >= days.len() * 8;
        (is_birth && !is_taken)
            .then(|| (field, format!("{} 行里 {same} 行与身份证号里的出生日期一致", days.len()), true))
    }

    /// A code table of the ledger the sheet is meant for.
    fn by_codes(
        &self,
        profile: &Profile,
        bindings: &[Binding<'a>],
        is_headed: bool,
    ) -> Option<(&'a FieldDef, String, bool)> {
        let mut fitting = self.own.iter().map(|column| column.field).filter(|field| {
            let hits = field.codes.as_ref().and_then(|table| profile.codes.get(table)).copied().unwrap_or(0);
            let is_taken = has_field(bindings, &field.id);
            profile.share(hits, 90) && profile.distinct > 1 && !is_taken
        });
        let field = fitting.next()?;
        if fitting.next().is_some() {
            return None;
        }
        Some((field, fit::count(profile, profile.count, &format!("是“{}”的用词", field.title)), !is_headed))
    }

    /// Figures of a table of indicators are nobody's: without a ledger the clerk decides.
    fn doubt_figures(&self, bindings: &mut [Binding<'a>]) {
        if self.shape.kind != Kind::IndicatorForm || !self.own.is_empty() {
            return;
        }
        for binding in bindings.iter_mut().filter(|binding| binding.field.is_some()) {
            binding.confidence = Confidence::Ask;
            binding.reasons.push("这张是指标表，数字不是某个人的".to_owned());
        }
    }

    /// Two columns cannot be the same field: the surer keeps it, of equals the first.
    fn part_rivals(&self, bindings: &mut [Binding<'a>]) {
        for at in 0..bindings.len() {
            let Some(field) = bindings[at].field else { continue };
            let rank =
                |binding: &Binding<'a>, place: usize| (binding.confidence, binding.how == How::Values, place);
            let rival = (0..bindings.len()).filter(|&other| other != at).find(|&other| {
                bindings[other].field.is_some_and(|taken| taken.id == field.id)
                    && rank(&bindings[other], other) < rank(&bindings[at], at)
            });
            if let Some(rival) = rival {
                let letter = &self.shape.columns[rival].letter;
                let (one, other) = (&self.shape.columns[rival].levels, &self.shape.columns[at].levels);
                let is_same_heading = one.last() == other.last();
                bindings[at].confidence = Confidence::Ask;
                bindings[at].field = None;
                bindings[at].how = How::None;
                bindings[at].reasons.push(format!("{letter} 栏已经是“{}”，同一项不能有两栏", field.title));
                // Twice the same words: nobody can tell from them which is meant.
                if is_same_heading
                    && bindings[rival].confidence == Confidence::Sure
                    && !self.is_before_other_person(rival, at, bindings)
                {
                    bindings[rival].confidence = Confidence::Likely;
                }
            }
        }
    }

    /// Whether between two columns of one heading another person is named, to whom the second belongs.
    fn is_before_other_person(&self, first: usize, second: usize, bindings: &[Binding<'a>]) -> bool {
        (first + 1..second).any(|between| {
            bindings[between]
                .field
                .is_some_and(|field| matches!(field.kind, FieldKind::Name) && !field.common)
        })
    }
}

/// What a name to the left says of a column.
struct Neighbour<'a> {
    /// The field of that other person, when the dictionary has one.
    theirs: Option<&'a FieldDef>,
}

impl<'a> Neighbour<'a> {
    fn apply(self, binding: &mut Binding<'a>, left: &ColumnSeen) {
        let Some(ours) = binding.field else { return };
        match self.theirs {
            Some(theirs) => {
                binding.field = Some(theirs);
                binding.confidence = Confidence::Likely;
                binding.reasons.push(format!("左边是“{}”，应是同一个人的", left.heading));
                binding.choices = vec![theirs, ours];
            }
            None => {
                binding.confidence = Confidence::Ask;
                binding.reasons.push(format!("左边是“{}”，不清楚是谁的", left.heading));
            }
        }
    }
}

/// Whether a column has that field and its values do not speak against it.
fn has_field(bindings: &[Binding<'_>], id: &str) -> bool {
    bindings
        .iter()
        .any(|binding| !binding.is_contradicted && binding.field.is_some_and(|field| field.id == id))
}

impl<'a> Binding<'a> {
    /// A binding that is put to the clerk.
    pub(super) fn asked(field: &'a FieldDef, heading: &str) -> Self {
        Self {
            field: Some(field),
            how: How::Alias,
            confidence: Confidence::Ask,
            reasons: vec![format!("表头“{heading}”像是“{}”", field.title)],
            choices: vec![field],
            is_contradicted: false,
        }
    }

    pub(super) fn unbound(confidence: Confidence, reason: &str) -> Self {
        Self {
            field: None,
            how: How::None,
            confidence,
            reasons: vec![reason.to_owned()],
            choices: Vec::new(),
            is_contradicted: false,
        }
    }

    /// Hears the values: they may confirm, leave open or contradict what the heading says.
    pub(super) fn hear(&mut self, profile: &Profile, readings: usize) {
        let Some(field) = self.field else { return };
        match fit::of(field, profile) {
            Verdict::Support(reason) => {
                self.reasons.push(reason);
                // Values tell a telephone from a date, but not one person's telephone from another's.
                let is_alike = |other: &&FieldDef| other.kind == field.kind && other.id != field.id;
                if self.confidence == Confidence::Likely && readings > 1 && self.choices.iter().any(is_alike)
                {
                    self.confidence = Confidence::Ask;
                }
            }
            Verdict::Contradict(reason) => {
                self.reasons.push(format!("{reason}，与“{}”对不上", field.title));
                self.confidence = Confidence::Ask;
                self.is_contradicted = true;
            }
            Verdict::Open | Verdict::Silent if self.confidence == Confidence::Likely && readings > 1 => {
                let is_rival = |other: &&FieldDef| other.subject == field.subject && other.id != field.id;
                if self.choices.iter().any(is_rival) {
                    self.confidence = Confidence::Ask;
                }
            }
            // Words that its list hardly knows: perhaps another list goes by that name.
            Verdict::Open if field.kind == FieldKind::Code && self.confidence == Confidence::Sure => {
                if self.how != How::Remembered && profile.count >= ENOUGH {
                    self.confidence = Confidence::Likely;
                    self.reasons.push(format!("用词和“{}”的不大一样", field.title));
                }
            }
            Verdict::Open | Verdict::Silent => {}
        }
    }
}

/// Whether a proposal is of the same world as the likeliest one: a list of people has no events.
pub(super) fn is_near(subject: Subject, best: Subject) -> bool {
    let is_home =
        |subject| matches!(subject, Subject::Resident | Subject::Household | Subject::Place | Subject::Row);
    subject == best || is_home(subject) || !is_home(best)
}

fn how(candidate: &Candidate<'_>) -> How {
    match candidate.how {
        dictionary::How::Exact => How::Exact,
        dictionary::How::Alias => How::Alias,
        dictionary::How::Remembered => How::Remembered,
        dictionary::How::None => How::None,
    }
}

fn heading_reason(column: &ColumnSeen, candidate: &Candidate<'_>) -> String {
    let (heading, title) = (&column.heading, &candidate.field.title);
    match candidate.how {
        dictionary::How::Remembered => format!("以前也把“{heading}”放到“{title}”"),
        dictionary::How::Exact if candidate.sure => format!("表头就是“{title}”"),
        _ if candidate.sure => format!("表头“{heading}”就是“{title}”"),
        _ => format!("表头“{heading}”像是“{title}”"),
    }
}

fn seen(column: &ColumnSeen, profile: &Profile, binding: Binding<'_>) -> SeenColumn {
    let mut choices: Vec<Choice> = Vec::new();
    for field in binding.field.iter().chain(&binding.choices) {
        if choices.len() < MOST_CHOICES && !choices.iter().any(|known| known.field == field.id) {
            choices.push(choice(field, profile));
        }
    }
    SeenColumn {
        letter: column.letter.clone(),
        heading: column.heading.clone(),
        levels: column.levels.clone(),
        field: binding.field.map(|field| field.id.clone()),
        title: binding.field.map(|field| field.title.clone()),
        how: binding.how,
        confidence: binding.confidence,
        reasons: binding.reasons,
        samples: profile.samples.clone(),
        choices,
    }
}
