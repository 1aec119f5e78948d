//! Which field each column of a form is bound to, how its values are written, and what becomes of its
//! gaps: what the clerk says now, what was settled before, what the heading says.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::FillRequest;
use crate::catalog::{Column, LedgerKind};
use crate::dictionary::{self, Authority, FieldDef, FieldKind, Sensitivity, Subject};
use crate::error::{Error, Missing, Result};
use crate::fill::FormKind;
use crate::fill::manner::{Hints, Manner, has_boxes};
use crate::fill::plan::{Bound, Choice};
use crate::fill::recognise::{Form, FormField, is_taken};
use crate::fill::submission::KnownForm;
use crate::import::recognise::ColumnChoice;
use crate::import::shape::words::tidy;
use crate::import::sheet::{Cell, Sheet, column_letters};
use crate::ledger;
use crate::office::Office;

/// Fields that the office makes up for headings nobody knows: what is typed there is asked once.
pub(super) const ASKED: &str = "asked.";
/// Words of a heading that say how a value is written, not which.
const MANNERS: [&str; 8] = ["后四位", "后4位", "后六位", "后6位", "末四位", "末六位", "(打√)", "(√)"];
/// Headings under which nobody says what is to be written.
const OPEN_HEADINGS: [&str; 5] = ["备注", "说明", "其他", "其它", "备考"];

/// Binds the columns of a table, or the places of a one-person form, to fields and manners.
pub(super) fn bind(
    office: &Office,
    form: &Form,
    sheet: &Sheet,
    request: &FillRequest,
    known: Option<&KnownForm>,
    preferred: Option<&LedgerKind>,
    as_of: NaiveDate,
) -> Result<Vec<Bound>> {
    let remembered = crate::import::remembered(office.connection())?;
    let binder = Binder { remembered, office, form, sheet, request, known, preferred, as_of };
    match form.kind {
        FormKind::Person => binder.spots(),
        FormKind::List | FormKind::Roster => binder.columns(),
        FormKind::Figures | FormKind::None => Ok(Vec::new()),
    }
}

struct Binder<'a> {
    remembered: HashMap<String, String>,
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
            Some(Some(id)) => self.field(id, own)?,
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
        if let Some(found) = self.by_heading(column) {
            return found;
        }
        let heading = tidy(&column.seen.heading);
        let last = heading.rsplit('/').next().unwrap_or(&heading).to_owned();
        if let Some(Some((key, field))) = own.get(&heading).or_else(|| own.get(&last)) {
            return (key.clone(), Some(field.clone()));
        }
        let is_open =
            column.seen.field.is_some() || !column.seen.choices.is_empty() || is_open_heading(&heading);
        if is_open || heading.is_empty() {
            return (String::new(), None);
        }
        (format!("{ASKED}{heading}"), Some(asked_field(&heading)))
    }

    /// The field a heading means by itself, where the cells below it say nothing (boxes to tick) or the
    /// heading says a manner too (身份证号后四位).
    fn by_heading(&self, column: &FormField) -> Option<(String, Option<FieldDef>)> {
        let said: Vec<_> = self.form.slots.iter().map(|row| self.sheet.text(row - 1, column.index)).collect();
        let is_silent = said.iter().all(|text| text.is_empty() || has_boxes(text));
        let is_boxed = is_silent && said.iter().any(|text| !text.is_empty());
        let mut levels: Vec<String> = column.seen.levels.iter().map(|level| tidy(level)).collect();
        let last = levels.last_mut()?;
        let bare = MANNERS.iter().fold(last.clone(), |text, manner| text.replace(manner, ""));
        if !is_silent || !is_boxed && bare == *last {
            return None;
        }
        *last = bare;
        let path: Vec<&str> = levels.iter().map(String::as_str).collect();
        let dictionary = &self.office.catalog().dictionary;
        let found = dictionary::find(dictionary, &path, &self.remembered, Subject::Resident);
        let field = found.sure().filter(|_| !found.others)?;
        Some((field.id.clone(), Some(field.clone())))
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
            let letter = column_letters(spot.column);
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
