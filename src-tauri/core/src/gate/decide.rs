//! What a person decides of a notice: kept with its reason as a task, as a letter that goes out with a
//! number, or as an application for admission; and each later step on its way.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::explain::{Case, Opinion, opinion};
use super::facts::{Around, facts};
use super::intake::Intake;
use super::store::{Notice, Step};
use super::{Book, Decision, Verdict, store, way};
use crate::calendar::{self, Calendar};
use crate::committee::{self, Committee};
use crate::duty::{self, Item, ItemState, List, Side};
use crate::error::{Error, Refusal, Result};
use crate::letter::{self, Composed};
use crate::office::{Office, Tx};
use crate::serial;
use crate::task::{self, Extra, Support, Task};

/// Days back in which repeats are looked for.
const LOOK_BACK: u64 = 550;
/// Working days before the end of an admission at which it is to be looked at again (到期复核).
pub(super) const REVIEW_BEFORE: u64 = 30;

/// What is said of a notice besides its text.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) channel: String,
    pub(super) department: Option<String>,
    pub(super) received: Option<chrono::NaiveDateTime>,
    pub(super) due: Option<chrono::NaiveDateTime>,
}

/// Judges what was read. Nothing is written.
///
/// # Errors
/// Reading fails.
pub(super) fn judged(office: &Office, intake: &Intake, said: &Said) -> Result<Opinion> {
    let connection = office.connection();
    let book = Book::new(&duty::all(connection)?)?;
    let calendar = calendar::of(connection)?;
    let received = said.received.unwrap_or_else(|| office.clock().now().naive_local());
    let since = received.date().checked_sub_days(Days::new(LOOK_BACK)).unwrap_or_default();
    let mut earlier = store::earlier(connection, since)?;
    earlier.retain(|one| one.on <= received.date());
    let case = Case {
        text: &intake.text,
        received,
        due: said.due,
        channel: &said.channel,
        department: said.department.as_deref(),
        asks: &intake.asks,
        earlier: &earlier,
        calendar: &calendar,
    };
    Ok(opinion(&case, &book))
}

/// The letter of a decision in its present words; its number is the next one, not given yet.
///
/// # Errors
/// Reading fails, or there is no such letter.
pub(super) fn drafted(
    office: &Office,
    opinion: &Opinion,
    id: &str,
    values: &BTreeMap<String, String>,
) -> Result<Composed> {
    use chrono::Datelike as _;
    let connection = office.connection();
    let today = office.clock().today();
    let committee = committee::find(connection)?.unwrap_or_default();
    let calendar = calendar::of(connection)?;
    let letter = letter::get(id)?;
    let around = Around {
        committee: &committee,
        calendar: &calendar,
        terms: super::terms()?,
        today,
        clerk: office.clerk(),
        intake: store::intake_number(connection, today.year())?,
        near: near(office, opinion)?,
        values,
    };
    let mut composed = letter::compose(letter, &facts(opinion, &around));
    composed.number = serial::next(connection, id, &letter.pattern(), today)?;
    Ok(composed)
}

/// The item of the lists that a letter names.
fn near(office: &Office, opinion: &Opinion) -> Result<Option<(u32, String)>> {
    let listed = opinion.item.as_ref().filter(|_| opinion.verdict == Verdict::Listed);
    let code = listed.or_else(|| opinion.near.iter().find_map(|near| near.code.as_ref()));
    let Some(code) = code else { return Ok(None) };
    Ok(duty::find(office.connection(), code)?.map(|entry| (entry.place, entry.title)))
}

/// What was decided, with everything that is to be kept.
pub(super) struct Decided {
    pub(super) opinion: Opinion,
    pub(super) intake: Intake,
    pub(super) channel: String,
    pub(super) title: String,
    pub(super) decision: Decision,
    pub(super) reason: String,
    pub(super) item: Option<String>,
    pub(super) owner: String,
    pub(super) support: Support,
    pub(super) letter: Option<Composed>,
}

/// What keeping a decision made.
pub(super) struct Kept {
    pub(super) notice: i64,
    pub(super) task: Option<i64>,
}

impl Decided {
    /// Refuses a decision against the opinion that gives no reason (仍然接收要写一句理由).
    ///
    /// # Errors
    /// [`Refusal::NeedsReason`].
    pub(super) fn check(&self) -> Result<()> {
        let takes = self.decision == Decision::Accept;
        let may = self.opinion.verdict == Verdict::Listed || self.opinion.may_issue || self.item.is_some();
        if takes && !may && self.reason.is_empty() { Err(Refusal::NeedsReason.into()) } else { Ok(()) }
    }

    /// Keeps the notice, its letter and its task inside the open op.
    pub(super) fn keep(
        &self,
        tx: &Tx<'_>,
        side: Side,
        today: NaiveDate,
        calendar: &Calendar,
        clerk: &str,
    ) -> Result<Kept> {
        let mut letter = self.letter.clone();
        let mut serial = None;
        if let Some(letter) = &mut letter {
            let pattern = letter::get(&letter.letter)?.pattern();
            let given = serial::give(tx, &letter.letter, &pattern, &self.title, today)?;
            number(letter, &given.text);
            serial = Some(given.id);
        }
        let state = way::state(self.decision.state())?;
        let due_on = way::due(&state, today, calendar);
        let notice = self.notice(side, letter, serial, due_on);
        let id = store::add(tx, &notice)?;
        let step = |state: &str, note: &str, due_on, serial| Step {
            state: state.to_owned(),
            on: today,
            who: clerk.to_owned(),
            note: note.to_owned(),
            due_on,
            serial,
        };
        store::add_step(tx, id, &step("received", &self.channel, None, None))?;
        store::add_step(tx, id, &step(way::COMPARED, &self.opinion.stamp, None, None))?;
        store::add_step(tx, id, &step(state.id, &self.reason, due_on, serial))?;
        let task = match self.decision {
            Decision::Accept => Some(task::add(tx, &self.task(id, side))?),
            Decision::Inquire | Decision::Supplement | Decision::Decline | Decision::Admit => None,
        };
        Ok(Kept { notice: id, task })
    }

    fn notice(
        &self,
        side: Side,
        letter: Option<Composed>,
        serial: Option<i64>,
        due_on: Option<NaiveDate>,
    ) -> Notice {
        let moment = |text: &str| calendar::moment::parse(text);
        Notice {
            id: 0,
            title: self.title.clone(),
            text: self.intake.text.clone(),
            department: self.opinion.departments.first().cloned().unwrap_or_default(),
            channel: self.channel.clone(),
            received_at: moment(&self.opinion.received_at).unwrap_or_default(),
            due_at: self.opinion.due_at.as_deref().and_then(moment),
            verdict: self.opinion.verdict,
            side,
            item: self.item.clone().or_else(|| self.opinion.item.clone()),
            opinion: Some(self.opinion.clone()),
            asks: self.intake.asks.clone(),
            letter,
            decision: self.decision,
            reason: self.reason.clone(),
            state: self.decision.state().to_owned(),
            due_on,
            serial,
        }
    }

    fn task(&self, notice: i64, side: Side) -> Task {
        let seen = self.notice(side, None, None, None);
        let duty = seen.item.filter(|_| side != Side::Unlisted);
        Task {
            id: 0,
            title: seen.title,
            department: seen.department,
            channel: seen.channel,
            received_at: seen.received_at,
            due_at: seen.due_at,
            owner: self.owner.clone(),
            side,
            duty,
            state: task::State::Open,
            finished_at: None,
            notice: Some(notice),
            before: None,
            extra: Extra {
                form: Some(self.intake.file.clone()).filter(|file| !file.is_empty()),
                support: self.support.clone(),
                note: self.reason.clone(),
                ..Extra::default()
            },
            minutes: 0,
        }
    }
}

/// Writes the number that was given into a letter.
pub(crate) fn number(letter: &mut Composed, text: &str) {
    text.clone_into(&mut letter.number);
    letter.given = true;
    if let Some(receipt) = &mut letter.receipt {
        receipt.text = receipt.text.replace("{number}", text);
    }
}

/// Whose work a notice is as decided: of the item the person named, else of the opinion.
///
/// # Errors
/// [`crate::error::Missing::Duty`].
pub(super) fn side(office: &Office, item: Option<&str>, opinion: &Opinion) -> Result<Side> {
    let Some(code) = item else { return Ok(opinion.side) };
    let missing = || Error::NotFound(crate::error::Missing::Duty(code.to_owned()));
    let entry = duty::find(office.connection(), code)?.ok_or_else(missing)?;
    Ok(entry.list.side().unwrap_or(Side::Unlisted))
}

/// What an admission says (准予).
#[derive(Debug, Clone)]
pub(super) struct Admitted {
    pub(super) number: String,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

/// Puts an admitted notice on the government's list and returns the code of its item.
///
/// # Errors
/// Writing fails.
pub(super) fn admit(tx: &Tx<'_>, notice: &Notice, admitted: &Admitted) -> Result<String> {
    let known = notice.item.as_deref().map(|code| duty::find(tx.connection(), code)).transpose()?.flatten();
    let known = known.filter(|entry| entry.list == List::Help);
    let mut item = match &known {
        Some(entry) => entry.item()?,
        None => Item {
            title: notice.title.clone(),
            content: notice.title.clone(),
            group: "新准入".to_owned(),
            department: notice.department.clone(),
            ..Item::default()
        },
    };
    item.admission.clone_from(&admitted.number);
    item.admitted_from = admitted.from.to_string();
    item.admitted_to = admitted.to.to_string();
    item.state = ItemState::InForce;
    duty::admit(tx, &item, notice.id)
}

/// The committee's own particulars.
///
/// # Errors
/// Reading fails.
pub(super) fn committee(office: &Office) -> Result<Committee> {
    Ok(committee::find(office.connection())?.unwrap_or_default())
}
