//! From a request to everything a step needs: the form as recognised, the people, the columns bound,
//! and the plan. Reads; writes nothing.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{FillRequest, Overflow};
use crate::catalog::{Column, LedgerKind};
use crate::committee::{self, Committee};
use crate::dictionary::{Authority, FieldDef, FieldKind, Sensitivity, Subject};
use crate::error::{BadFile, Error, Missing, Refusal, Result};
use crate::fill::FormKind;
use crate::fill::known::{self, Who};
use crate::fill::manner::{Hints, Manner};
use crate::fill::package::{self, formula::Insertion};
use crate::fill::plan::{Bound, Choice, Plan, Task};
use crate::fill::recognise::{self, Form, FormField, is_taken};
use crate::fill::submission::KnownForm;
use crate::fill::whom::{self, FillChip, FillWhom};
use crate::fill::{rebuild, roster, store};
use crate::import::desk::{self, Opened};
use crate::import::map::Confidence;
use crate::import::recognise::{ColumnChoice, Correction};
use crate::import::shape::words::tidy;
use crate::import::sheet::{Cell, Format, Sheet};
use crate::ledger;
use crate::office::Office;
use crate::progress::Progress;

/// Fields that the office makes up for headings nobody knows: what is typed there is asked once.
pub(super) const ASKED: &str = "asked.";
/// Headings under which nobody says what is to be written.
const OPEN_HEADINGS: [&str; 5] = ["备注", "说明", "其他", "其它", "备考"];

/// A form with everything known about filling it.
pub(super) struct Session {
    /// The file as it is filled: that of the clerk, or one laid out anew.
    pub(super) bytes: Vec<u8>,
    pub(super) opened: Arc<Opened>,
    /// An older file was laid out anew.
    pub(super) is_rebuilt: bool,
    pub(super) form: Form,
    pub(super) whom: Option<FillWhom>,
    pub(super) chips: Vec<FillChip>,
    pub(super) as_of: NaiveDate,
    pub(super) people: Vec<Option<Who>>,
    pub(super) unmatched: Vec<roster::Unmatched>,
    pub(super) bound: Vec<Bound>,
    pub(super) known: Option<KnownForm>,
    pub(super) committee: Committee,
    /// Why rows cannot be inserted.
    pub(super) obstacle: Option<&'static str>,
    pub(super) plan: Plan,
    /// Cells of figures with their counts.
    pub(super) figures: Vec<super::FormFigure>,
}

impl Session {
    pub(super) fn sheet(&self) -> Result<&Sheet> {
        let found = self.opened.workbook.sheets.iter().find(|sheet| sheet.name == self.form.sheet);
        found.ok_or_else(|| Missing::Sheet(self.form.sheet.clone()).into())
    }

    /// Whether the plan has more people than the form has slots.
    pub(super) fn is_overfull(&self) -> bool {
        self.form.kind == FormKind::List && !self.form.is_open && self.people.len() > self.form.slots.len()
    }
}

/// The file of a request, read; files of other kinds than can be patched are laid out anew.
pub(super) fn open(
    office: &mut Office,
    path: &str,
    progress: &Progress,
) -> Result<(Arc<Opened>, Vec<u8>, bool)> {
    let opened = office.open_file(Path::new(path), progress)?;
    match opened.workbook.format {
        Format::Xlsx | Format::Docx => {
            let bytes = desk::read_file(Path::new(path))?;
            Ok((opened, bytes, false))
        }
        Format::Folder => Err(BadFile::UnknownFormat.into()),
        Format::Xls | Format::Xlsb | Format::Ods | Format::Csv | Format::Html | Format::Xml2003 => {
            let (bytes, workbook) = rebuild::laid_out(&opened.workbook, progress)?;
            let again = Opened {
                file: rebuild::renamed(&opened.file),
                sha256: opened.sha256.clone(),
                workbook,
                left_out: Vec::new(),
            };
            Ok((Arc::new(again), bytes, true))
        }
    }
}

/// Everything a step needs.
pub(super) fn prepare(office: &mut Office, request: &FillRequest, progress: &Progress) -> Result<Session> {
    let (opened, bytes, is_rebuilt) = open(office, &request.path, progress)?;
    let office = &*office;
    let sheet = recognise::sheet_of(office, &opened, request.sheet.as_deref())?;
    let sheet = sheet.ok_or_else(|| missing(request.sheet.as_deref()))?;
    let today = office.clock().today();
    let mut correction = Correction { header_rows: request.header_rows, data_rows: None };
    let mut form = recognise::recognise(office, &opened, &bytes, sheet, &correction, None)?;
    let known = store::known_form(office.connection(), &form.fingerprint)?;
    if let (None, Some(header)) = (request.header_rows, known.as_ref().and_then(|known| known.header_rows)) {
        correction.header_rows = Some(header);
        form = recognise::recognise(office, &opened, &bytes, sheet, &correction, None)?;
    }
    let asked = asked(office, &form, today)?;
    let settled = known.as_ref().and_then(|known| known.whom.clone());
    let chips =
        if request.whom.is_none() && settled.is_some() { last_time(settled.as_ref()) } else { asked.chips };
    let whom = request.whom.clone().or(settled).or(asked.whom);
    let as_of = request.as_of.or(asked.as_of).unwrap_or(today);
    let listed =
        whom.as_ref().and_then(|whom| whom.ledger.as_deref().or_else(|| known::listed_in(&whom.condition)));
    let preferred = listed.and_then(|id| office.ledger_kind(id).ok());
    if preferred.is_some() {
        form = recognise::recognise(office, &opened, &bytes, sheet, &correction, preferred)?;
    }
    let bound = bind(office, &form, sheet, request, known.as_ref(), preferred, as_of)?;
    let (people, unmatched) = people(office, &form, sheet, request, whom.as_ref(), as_of)?;
    let committee = committee::find(office.connection())?.ok_or(Error::Refused(Refusal::NotStarted))?;
    let mut session = Session {
        bytes,
        is_rebuilt,
        whom,
        chips,
        as_of,
        people,
        unmatched,
        bound,
        known,
        committee,
        obstacle: None,
        plan: Plan::default(),
        figures: Vec::new(),
        form,
        opened: Arc::clone(&opened),
    };
    session.obstacle = obstacle(&session)?;
    let may_insert = session.obstacle.is_none() && request.overflow != Some(Overflow::Continue);
    session.plan = Task {
        form: &session.form,
        sheet,
        people: &session.people,
        bound: &session.bound,
        codes: &office.catalog().codes,
        committee: &session.committee,
        as_of,
        may_insert,
    }
    .plan();
    super::figures::plan(office, request, &mut session)?;
    Ok(session)
}

fn missing(name: Option<&str>) -> Error {
    Missing::Sheet(name.unwrap_or_default().to_owned()).into()
}

fn last_time(whom: Option<&FillWhom>) -> Vec<FillChip> {
    let chip = |whom: &FillWhom| FillChip {
        text: "和上次一样".to_owned(),
        condition: whom.condition.clone(),
        from: "上次".to_owned(),
    };
    whom.map(chip).into_iter().collect()
}

fn asked(office: &Office, form: &Form, today: NaiveDate) -> Result<whom::Asked> {
    let counts = ledger::counts(office.connection())?;
    let kinds: Vec<(&LedgerKind, i64)> =
        office.ledger_kinds().map(|kind| (kind, counts.get(&kind.id).copied().unwrap_or(0))).collect();
    Ok(whom::read(&form.says, &kinds, today))
}

fn obstacle(session: &Session) -> Result<Option<&'static str>> {
    if !session.is_overfull() {
        return Ok(None);
    }
    let after = session.form.slots.last().copied().unwrap_or(1);
    let count = u32::try_from(session.people.len() - session.form.slots.len()).unwrap_or(u32::MAX);
    match session.form.format {
        Format::Docx => Ok(None),
        _ => package::obstacle(&session.bytes, &session.form.sheet, Insertion { after, count }),
    }
}

fn people(
    office: &Office,
    form: &Form,
    sheet: &Sheet,
    request: &FillRequest,
    whom: Option<&FillWhom>,
    as_of: NaiveDate,
) -> Result<(Vec<Option<Who>>, Vec<roster::Unmatched>)> {
    match (form.kind, whom) {
        (FormKind::Roster, _) => roster::people(office, form, sheet, request, whom, as_of),
        (FormKind::List, Some(whom)) => {
            Ok((known::people(office, whom, as_of)?.into_iter().map(Some).collect(), Vec::new()))
        }
        // A form about one person is not filled for everybody a title happens to name.
        (FormKind::Person, _) if request.whom.is_some() => {
            let whom = request.whom.as_ref().ok_or(Error::Refused(Refusal::EmptyReport))?;
            Ok((known::people(office, whom, as_of)?.into_iter().map(Some).collect(), Vec::new()))
        }
        // Figures belong to nobody; their one line of people is empty.
        _ => Ok((Vec::new(), Vec::new())),
    }
}

/// Binds the columns of a table, or the places of a one-person form, to fields and manners.
fn bind(
    office: &Office,
    form: &Form,
    sheet: &Sheet,
    request: &FillRequest,
    known: Option<&KnownForm>,
    preferred: Option<&LedgerKind>,
    as_of: NaiveDate,
) -> Result<Vec<Bound>> {
    let binder = Binder { office, form, sheet, request, known, preferred, as_of };
    match form.kind {
        FormKind::Person => binder.spots(),
        FormKind::List | FormKind::Roster => binder.columns(),
        FormKind::Figures | FormKind::None => Ok(Vec::new()),
    }
}

struct Binder<'a> {
    office: &'a Office,
    form: &'a Form,
    sheet: &'a Sheet,
    request: &'a FillRequest,
    known: Option<&'a KnownForm>,
    preferred: Option<&'a LedgerKind>,
    as_of: NaiveDate,
}

impl Binder<'_> {
    fn columns(&self) -> Result<Vec<Bound>> {
        let own = self.own_columns()?;
        let open = self.form.columns.iter().filter(|column| !column.is_serial && !column.is_formula);
        open.map(|column| self.column(column, &own)).collect()
    }

    fn column(&self, column: &FormField, own: &HashMap<String, Option<(String, FieldDef)>>) -> Result<Bound> {
        let said = self.said(&column.seen.letter, &column.seen.heading);
        let proposed = column.seen.field.clone().filter(|_| is_taken(&column.seen));
        let (key, field) = match said {
            Some(None) => (String::new(), None),
            Some(Some(id)) => self.field(&id, own)?,
            None => match proposed {
                Some(id) => self.field(&id, own)?,
                None => self.elsewhere(column, own),
            },
        };
        let is_note = field
            .as_ref()
            .is_some_and(|field| field.id.ends_with(".note") || field.id.ends_with("/row.note"));
        let is_open = is_note || is_open_heading(&column.seen.heading);
        let usual =
            if is_open || said.is_some_and(|said| said.is_none()) { Choice::Blank } else { Choice::Ask };
        Ok(Bound {
            letter: column.seen.letter.clone(),
            index: column.index,
            manner: self.manner(field.as_ref(), column),
            choice: self.choice(&column.seen.letter).unwrap_or(usual),
            key,
            field,
        })
    }

    /// What the clerk said of a column, now or the last time.
    fn said(&self, letter: &str, heading: &str) -> Option<&Option<String>> {
        let is_it = |choice: &&ColumnChoice| choice.letter == letter;
        let now = self.request.mapping.iter().flatten().find(is_it);
        let before = self.known.and_then(|known| {
            let is_same = known.headings.iter().any(|(known, text)| known == letter && text == heading);
            known.mapping.iter().find(is_it).filter(|_| is_same)
        });
        now.or(before).map(|choice| &choice.field)
    }

    fn choice(&self, letter: &str) -> Option<Choice> {
        let now =
            self.request.choices.iter().find(|choice| choice.letter == letter).map(|choice| choice.choice);
        let before = self.known.and_then(|known| known.choices.iter().find(|(known, _)| known == letter));
        now.or(before.map(|(_, choice)| *choice))
    }

    /// A field by its id: of the ledger, of the dictionary, of another ledger, or one that was asked.
    fn field(
        &self,
        id: &str,
        own: &HashMap<String, Option<(String, FieldDef)>>,
    ) -> Result<(String, Option<FieldDef>)> {
        if let Some(column) = self.preferred.and_then(|kind| kind.column(id)) {
            return Ok((id.to_owned(), Some(column.field.clone())));
        }
        if let Some(field) = self.office.catalog().dictionary.get(id) {
            return Ok((id.to_owned(), Some(field.clone())));
        }
        if let Some(title) = id.strip_prefix(ASKED) {
            return Ok((id.to_owned(), Some(asked_field(title))));
        }
        let found = own.values().flatten().find(|(key, _)| key == id);
        let (key, field) = found.ok_or_else(|| Error::NotFound(Missing::Field(id.to_owned())))?;
        Ok((key.clone(), Some(field.clone())))
    }

    /// A heading that no dictionary knows: the own column of a ledger that is called just so, else a
    /// question of its own.
    fn elsewhere(
        &self,
        column: &FormField,
        own: &HashMap<String, Option<(String, FieldDef)>>,
    ) -> (String, Option<FieldDef>) {
        let heading = tidy(&column.seen.heading);
        let last = heading.rsplit('/').next().unwrap_or(&heading).to_owned();
        if let Some(Some((key, field))) = own.get(&heading).or_else(|| own.get(&last)) {
            return (key.clone(), Some(field.clone()));
        }
        let is_open =
            column.seen.field.is_some() || !column.seen.choices.is_empty() || is_open_heading(&heading);
        if is_open || heading.is_empty() || column.seen.confidence != Confidence::Ask {
            return (String::new(), None);
        }
        (format!("{ASKED}{heading}"), Some(asked_field(&heading)))
    }

    /// Own columns of ledgers with rows, by heading; none where two ledgers call theirs the same.
    fn own_columns(&self) -> Result<HashMap<String, Option<(String, FieldDef)>>> {
        let counts = ledger::counts(self.office.connection())?;
        let mut own: HashMap<String, Option<(String, FieldDef)>> = HashMap::new();
        let kinds = self.office.ledger_kinds().filter(|kind| {
            kind.subject == Subject::Resident && counts.get(&kind.id).is_some_and(|rows| *rows > 0)
        });
        for kind in kinds {
            for column in kind.columns.iter().filter(|column| column.is_row()) {
                let found = (format!("{}/{}", kind.id, column.id()), column.field.clone());
                for name in names(column) {
                    let is_new = !own.contains_key(&name);
                    own.insert(name, is_new.then(|| found.clone()));
                }
            }
        }
        Ok(own)
    }

    fn manner(&self, field: Option<&FieldDef>, column: &FormField) -> Manner {
        let Some(field) = field else { return Manner::Plain };
        let slot = self.form.slots.first().copied().unwrap_or(1);
        let others: &[u32] = if self.form.kind == FormKind::Roster { &self.form.slots } else { &[] };
        let rows = self.form.samples.iter().chain(others);
        let examples: Vec<Cell<'_>> = rows
            .map(|row| self.sheet.cell(row - 1, column.index))
            .filter(|cell| !cell.is_empty())
            .take(5)
            .collect();
        self.manner_at(field, &column.seen.heading, examples, (slot, column.index))
    }

    fn manner_at(&self, field: &FieldDef, heading: &str, examples: Vec<Cell<'_>>, at: (u32, u32)) -> Manner {
        let unit = self
            .form
            .shape
            .meta
            .iter()
            .find(|(label, _)| matches!(label.as_str(), "单位" | "金额单位" | "计量单位"));
        let hints = Hints {
            heading,
            list: self.form.look.list(at.0, at.1),
            examples,
            format: self.form.look.format(at.0, at.1),
            is_in_ten_thousands: unit.is_some_and(|(_, unit)| tidy(unit) == "万元"),
        };
        Manner::of(field, &hints, self.as_of)
    }

    fn spots(&self) -> Result<Vec<Bound>> {
        let none = HashMap::new();
        let bound = self.form.spots.iter().map(|spot| {
            let letter = crate::import::sheet::column_letters(spot.column);
            let cell = format!("{letter}{}", spot.row);
            let said = self.said(&cell, &spot.label).cloned();
            let (key, field) = match said.unwrap_or_else(|| spot.field.clone()) {
                Some(id) => self.field(&id, &none)?,
                None => (String::new(), None),
            };
            let at = (spot.row, spot.column);
            let manner = field.as_ref().map(|field| self.manner_at(field, &spot.label, Vec::new(), at));
            let usual = if is_open_heading(&spot.label) { Choice::Blank } else { Choice::Ask };
            Ok(Bound {
                index: spot.column,
                manner: manner.unwrap_or(Manner::Plain),
                choice: self.choice(&cell).unwrap_or(usual),
                letter: cell,
                key,
                field,
            })
        });
        bound.collect()
    }
}

fn is_open_heading(heading: &str) -> bool {
    let heading = tidy(heading);
    let last = heading.rsplit('/').next().unwrap_or(&heading);
    OPEN_HEADINGS.contains(&last.split('(').next().unwrap_or(last))
}

fn names(column: &Column) -> Vec<String> {
    let mut names = vec![tidy(column.title()), tidy(&column.full_title())];
    names.extend(column.field.aliases.iter().map(|alias| tidy(alias)));
    names.sort();
    names.dedup();
    names
}

/// The field of a heading that no dictionary knows: a text, asked once for every form that has it.
pub(super) fn asked_field(heading: &str) -> FieldDef {
    FieldDef {
        id: format!("{ASKED}{heading}"),
        title: heading.rsplit('/').next().unwrap_or(heading).to_owned(),
        subject: Subject::Resident,
        kind: FieldKind::Text,
        codes: None,
        group: "上级表问过的".to_owned(),
        sensitive: Sensitivity::Personal,
        aliases: Vec::new(),
        loose: Vec::new(),
        formats: vec!["plain".to_owned()],
        computed: None,
        common: false,
        authority: Authority::Office,
        width: 0,
    }
}
