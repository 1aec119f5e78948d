//! The office: its store, its words, its clock and its clerk, and the only door for writing.
//!
//! [`Office::transact`] wraps every write in one transaction and one op of the journal. What the
//! tables mean is not known here; derived search keys are refreshed for whatever an op touched.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::catalog::{Catalog, LedgerKind};
use crate::clock::Clock;
use crate::error::{Error, Missing, Result};
use crate::import::desk::{Desk, Opened};
use crate::op::Op;
use crate::progress::Progress;
use crate::search;
use crate::store::{Store, journal};

/// Everything a command works with.
pub struct Office {
    store: Store,
    catalog: Arc<Catalog>,
    local: Vec<LedgerKind>,
    extended: Vec<LedgerKind>,
    clock: Box<dyn Clock>,
    clerk: String,
    desk: Desk,
}

/// The open transaction of one op. Only a feature's `store.rs` writes through it.
pub struct Tx<'a> {
    transaction: Transaction<'a>,
    op: i64,
    at: chrono::DateTime<chrono::FixedOffset>,
    uids: Uids,
}

/// What a write came to: its op, unless it turned out to change nothing.
#[derive(Debug, Clone, Copy)]
pub struct Done<T> {
    /// Number of the op; none when nothing was written.
    pub op: Option<i64>,
    /// What the work returned.
    pub value: T,
}

impl Office {
    /// Opens the office kept in a data folder.
    ///
    /// # Errors
    /// [`Error::Store`] as [`Store::open`]; [`Error::Bug`] when a shipped asset is broken.
    pub fn open(folder: &Path, clock: Box<dyn Clock>, clerk: &str) -> Result<Self> {
        let store = Store::open(folder)?;
        let catalog = Arc::new(Catalog::load().map_err(Error::Bug)?);
        let mut office = Self {
            store,
            catalog,
            local: Vec::new(),
            extended: Vec::new(),
            clock,
            clerk: clerk.to_owned(),
            desk: Desk::default(),
        };
        office.reload_local()?;
        Ok(office)
    }

    /// The connection, for reading.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        self.store.connection()
    }

    /// The store, for tests that tamper with it.
    #[cfg(test)]
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.store.folder()
    }

    /// Fields, code tables and the shipped ledger kinds.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The same, to be held while the office itself is being written.
    #[must_use]
    pub fn catalog_shared(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog)
    }

    /// All ledger kinds, the shipped ones first, with the columns that clerks added to them.
    pub fn ledger_kinds(&self) -> impl Iterator<Item = &LedgerKind> {
        let extended = |kind: &&LedgerKind| self.extended.iter().find(|other| other.id == kind.id);
        let shipped = self.catalog.ledgers().iter();
        shipped.map(move |kind| extended(&kind).unwrap_or(kind)).chain(&self.local)
    }

    /// The ledger kind of that id.
    ///
    /// # Errors
    /// [`Missing::Ledger`].
    pub fn ledger_kind(&self, id: &str) -> Result<&LedgerKind> {
        self.ledger_kinds().find(|kind| kind.id == id).ok_or_else(|| Missing::Ledger(id.to_owned()).into())
    }

    /// The office clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// Who is working.
    #[must_use]
    pub fn clerk(&self) -> &str {
        &self.clerk
    }

    /// The workbook of a path, read now or lying open already.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_file(&mut self, path: &Path, progress: &Progress) -> Result<Arc<Opened>> {
        let catalog = Arc::clone(&self.catalog);
        let remembered = crate::import::remembered(self.store.connection())?;
        let knows = |text: &str| crate::import::map::is_heading(&catalog.dictionary, &remembered, text);
        self.desk.open(path, &knows, progress)
    }

    /// The workbooks laid out for import.
    pub const fn desk(&mut self) -> &mut Desk {
        &mut self.desk
    }

    /// Reads the ledger kinds made by clerks again.
    ///
    /// # Errors
    /// Reading fails.
    pub fn reload_local(&mut self) -> Result<()> {
        let connection = self.store.connection();
        let dictionary = &self.catalog.dictionary;
        let mut added = crate::ledger::added_columns(connection)?;
        added.sort_by(|a, b| (&a.0, &a.1.field).cmp(&(&b.0, &b.1.field)));
        added.dedup_by(|a, b| a.0 == b.0 && a.1.field == b.1.field);
        let extend = |mut kind: LedgerKind| {
            let id = kind.id.clone();
            let columns = added.iter().filter(|(ledger, _)| *ledger == id).map(|(_, column)| column);
            kind.extend(columns, dictionary).map(|()| kind)
        };
        let local = crate::ledger::local_kinds(connection)?;
        let local = local.iter().map(|kind| kind.bind(dictionary).and_then(extend));
        self.local = local.collect::<std::result::Result<_, _>>().map_err(Error::Bug)?;
        let is_extended = |kind: &&LedgerKind| added.iter().any(|(ledger, _)| *ledger == kind.id);
        let shipped = self.catalog.ledgers().iter().filter(is_extended);
        let extended = shipped.map(|kind| extend(kind.clone()));
        self.extended = extended.collect::<std::result::Result<_, _>>().map_err(Error::Bug)?;
        Ok(())
    }

    /// Does `work` as one op: all of it or nothing, journaled, undoable.
    ///
    /// An op that wrote nothing leaves no trace.
    ///
    /// # Errors
    /// Whatever `work` fails with, or writing itself; nothing is changed then.
    pub fn transact<T>(&mut self, op: &Op, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<Done<T>> {
        self.transact_named(|_| Ok(op.clone()), |tx, _| work(tx))
    }

    /// [`Office::transact`] for work whose op can be named only inside the transaction.
    ///
    /// # Errors
    /// As [`Office::transact`].
    pub fn transact_named<T>(
        &mut self,
        name: impl FnOnce(&Connection) -> Result<Op>,
        work: impl FnOnce(&Tx<'_>, &Op) -> Result<T>,
    ) -> Result<Done<T>> {
        let at = self.clock.now();
        self.desk.forget_shape();
        let _writing = self.store.writing()?;
        let connection = self.store.connection();
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let op = name(&transaction)?;
        let before = journal::numbers(&transaction)?;
        let seq = journal::begin(
            &transaction,
            &journal::Heading {
                uid: Uids::from(at).next(),
                at: at.to_rfc3339(),
                clerk: &self.clerk,
                kind: op.kind(),
                label: &op.label(),
                detail: op.detail().to_string(),
                undo_of: op.undo_of(),
            },
        )?;
        let tx = Tx { transaction, op: seq, at, uids: Uids::from(at) };
        let value = work(&tx, &op)?;
        let ranges = journal::ranges(&before, &journal::numbers(&tx.transaction)?);
        if journal::is_idle(&tx.transaction, seq, &ranges)? {
            return Ok(Done { op: None, value });
        }
        search::refresh(&tx, &ranges)?;
        journal::seal(&tx.transaction, seq, &ranges)?;
        tx.transaction.commit()?;
        Ok(Done { op: Some(seq), value })
    }
}

impl Tx<'_> {
    /// The connection of the transaction.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.transaction
    }

    /// Number of the open op, written into every row.
    #[must_use]
    pub const fn op(&self) -> i64 {
        self.op
    }

    /// Day of the op as stored: `YYYY-MM-DD`.
    #[must_use]
    pub fn day(&self) -> String {
        self.at.date_naive().to_string()
    }

    /// A fresh unique number for an object that may travel.
    #[must_use]
    pub fn new_uid(&self) -> String {
        self.uids.next()
    }
}

/// Unique numbers of the office's own time (UUIDv7), each one more than the last: kept in order they
/// cost an index nothing, and only the first needs the system's chance.
struct Uids(Cell<u128>);

impl Uids {
    fn from(at: chrono::DateTime<chrono::FixedOffset>) -> Self {
        let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
        let stamp = uuid::Timestamp::from_unix(uuid::NoContext, seconds, at.timestamp_subsec_nanos());
        // The highest bit after the version and variant marks is left free, so that counting up
        // never runs into them.
        Self(Cell::new(Uuid::new_v7(stamp).as_u128() & !(1 << 61)))
    }

    fn next(&self) -> String {
        let uid = self.0.get();
        self.0.set(uid + 1);
        Uuid::from_u128(uid).simple().to_string()
    }
}
