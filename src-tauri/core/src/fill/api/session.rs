//! From a request to everything a step needs: the form as recognised, the people, the columns bound,
//! and the plan. Reads; writes nothing.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::bind::bind;
use super::{FillRequest, FormFigure, Overflow};
use crate::catalog::LedgerKind;
use crate::committee::{self, Committee};
use crate::error::{BadFile, Error, Missing, Refusal, Result};
use crate::fill::FormKind;
use crate::fill::known::{self, Who};
use crate::fill::package::{self, formula::Insertion};
use crate::fill::plan::{Bound, Plan, Task};
use crate::fill::recognise::{self, Form};
use crate::fill::submission::KnownForm;
use crate::fill::whom::{self, FillChip, FillWhom};
use crate::fill::{rebuild, roster, store};
use crate::import::desk::{self, Opened};
use crate::import::recognise::Correction;
use crate::import::sheet::{Format, Sheet};
use crate::ledger;
use crate::office::Office;
use crate::progress::Progress;

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
    pub(super) figures: Vec<FormFigure>,
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
