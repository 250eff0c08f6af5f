//! Transactions that write: tried again where two conflicted, and looked up where the answer to a commit was lost.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use super::error::Ended;
use super::outage::Outage;
use super::{Db, Ending, Engine, Location, Tx, error, sqlite};
use crate::error::{Error, Kind, Result};

/// How long the database is asked again, where the answer to a commit was lost.
const SETTLING: Duration = Duration::from_secs(30);

/// How often a transaction is tried on PostgreSQL before the program gives up with exit status 7.
const TRIES: u32 = 20;

/// The value of the work, and how the commit ended: an error there is one that leaves open whether it was done.
type Attempted<T> = Result<(T, Result<()>)>;

fn with_ending<T>(value: T, ended: Result<(), Ended>) -> Attempted<T> {
    match ended {
        Err(Ended::Open(error)) => Ok((value, Err(error))),
        Err(Ended::RolledBack(error)) => Err(error),
        Ok(()) => Ok((value, Ok(()))),
    }
}

/// Tries a transaction again as long as it conflicts with others; it may say so beside another error.
fn until_it_ends<T>(mut once: impl FnMut() -> (Attempted<T>, bool)) -> Attempted<T> {
    let mut attempt = 0;
    loop {
        match once() {
            (Err(error), try_again)
                if attempt < TRIES && (try_again || error.code() == error::SERIALISATION) =>
            {
                attempt += 1;
                std::thread::sleep(Duration::from_micros(fastrand::u64(0..250 << attempt.min(8))));
            }
            (ended, _) => return ended,
        }
    }
}

impl Db {
    /// One serialised transaction. PostgreSQL may need a retry, so `work` must touch nothing but its
    /// transaction.
    pub(crate) fn write<T>(
        &mut self, ending: Ending, work: impl FnMut(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.attempt(ending, work).and_then(|(value, commit)| commit.map(|()| value))
    }

    /// As [`Db::write`], for a transaction that leaves what `is_done` finds: where the answer to its commit is lost, it is looked
    /// up, so that an error is that nothing was changed. Otherwise [`COMMIT_UNKNOWN`].
    pub(crate) fn write_known<T>(
        &mut self, location: &Location, ending: Ending, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>,
        mut is_done: impl FnMut(&mut Tx<'_>) -> Result<bool>,
    ) -> Result<T> {
        let mut outage = Outage::default();
        loop {
            let attempted = self.attempt(ending, &mut work);
            match attempted.and_then(|attempted| self.known(location, attempted, &mut is_done)) {
                Err(error) if outage.is_over(self, &error) => {}
                done => return done,
            }
        }
    }

    /// The same for many transactions, which are parts of one: each sees what those before it did, and what one of them does is
    /// rolled back with it or with all. If the whole has to be tried again, `work` is done anew, so it must touch nothing but the
    /// database.
    pub(crate) fn write_together<T>(
        db: &RefCell<Db>, location: &Location, ending: Ending, mut work: impl FnMut() -> Result<T>,
        mut is_done: impl FnMut(&mut Tx<'_>) -> Result<bool>,
    ) -> Result<T> {
        let mut outage = Outage::default();
        loop {
            let attempted = until_it_ends(|| {
                if let Err(error) = db.borrow_mut().join() {
                    return (Err(error), false);
                }
                let answer = work();
                let ending = if answer.is_ok() { ending } else { Ending::Rollback };
                let ended = db.borrow_mut().part(ending);
                (answer.and_then(|value| with_ending(value, ended)), false)
            });
            let db = &mut *db.borrow_mut();
            match attempted.and_then(|attempted| db.known(location, attempted, &mut is_done)) {
                Err(error) if outage.is_over(db, &error) => {}
                done => return done,
            }
        }
    }

    /// Reads what stays, whichever server takes over from this one: what can be seen may still wait for a standby.
    pub(crate) fn read_lasting<T>(&mut self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        if let Db::Postgres(_) = self {
            let read = self.write(Ending::Commit, |tx| {
                tx.settle_log()?;
                work(tx)
            });
            if !read.as_ref().is_err_and(|error| error.code() == error::READ_ONLY) {
                return read;
            }
        }
        self.read(|tx| work(tx))
    }

    /// Begins a transaction of which all that follow are parts.
    fn join(&mut self) -> Result<()> {
        match self {
            Db::Sqlite(database) => database.join(),
            Db::Postgres(database) => database.join(),
        }
    }

    /// Ends it.
    fn part(&mut self, ending: Ending) -> Result<(), Ended> {
        match self {
            Db::Sqlite(database) => database.part(ending),
            Db::Postgres(database) => database.part(ending),
        }
    }

    fn is_joined(&self) -> bool {
        match self {
            Db::Sqlite(database) => database.is_joined(),
            Db::Postgres(database) => database.is_joined(),
        }
    }

    fn attempt<T>(&mut self, ending: Ending, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Attempted<T> {
        if self.is_joined() {
            // A part cannot be tried again without the whole.
            return match self.once(ending, &mut work) {
                (Err(error), true) if error.code() != error::SERIALISATION => {
                    Err(error::conflict().because(error))
                }
                (ended, _) => ended,
            };
        }
        let mut outage = Outage::default();
        loop {
            match until_it_ends(|| self.once(ending, &mut work)) {
                Err(error) if outage.is_over(self, &error) => {}
                ended => return ended,
            }
        }
    }

    /// Also whether it conflicted with others, whatever became of the error.
    fn once<T>(
        &mut self, ending: Ending, work: &mut impl FnMut(&mut Tx<'_>) -> Result<T>,
    ) -> (Attempted<T>, bool) {
        let mut tx = match Tx::begin(self) {
            Ok(tx) => tx,
            Err(error) => return (Err(error), false),
        };
        let answer = work(&mut tx);
        let try_again = tx.try_again;
        (answer.and_then(|value| with_ending(value, tx.end(ending))), try_again)
    }

    fn known<T>(
        &mut self, location: &Location, (value, commit): (T, Result<()>),
        is_done: impl FnMut(&mut Tx<'_>) -> Result<bool>,
    ) -> Result<T> {
        match commit {
            Err(lost) if self.settle(location, &lost, is_done)? => Ok(value),
            Err(lost) => Err(error::not_done(lost)),
            Ok(()) => Ok(value),
        }
    }

    /// Whether a transaction was committed. The write lock is waited for, so that its session has ended.
    fn settle(
        &mut self, location: &Location, lost: &Error, mut is_done: impl FnMut(&mut Tx<'_>) -> Result<bool>,
    ) -> Result<bool> {
        let until = Instant::now() + SETTLING;
        let is_server = matches!(location, Location::Server(_));
        loop {
            // A server that was replaced goes on as a standby.
            let may_pass =
                |error: &Error| error.kind() == Kind::Busy || is_server && error.code() == error::READ_ONLY;
            let asked = self.reconnect(location).and_then(|()| {
                self.write(Ending::Commit, |tx| {
                    tx.settle_log()?;
                    is_done(tx)
                })
            });
            match asked {
                Ok(done) => return Ok(done),
                Err(error) if Instant::now() < until && may_pass(&error) => {
                    std::thread::sleep(Duration::from_millis(200));
                }
                Err(error) => return Err(error::commit_unknown(lost, error)),
            }
        }
    }

    /// The old connection is closed first: only then SQLite reads a log anew, as the next run would.
    pub(super) fn reconnect(&mut self, location: &Location) -> Result<()> {
        self.close()?;
        *self = Db::connect(location)?;
        Ok(())
    }
}

impl Tx<'_> {
    /// A commit that failed may have left a whole transaction in SQLite's log, which counts or not by who reads it next. A write
    /// decides: it stands behind that transaction, or in its place. On a server a commit that waits for a standby can be seen, and
    /// would be lost if another took over: when this write is on a standby, all before it is.
    pub(super) fn settle_log(&mut self) -> Result<()> {
        self.guard(|engine| match engine {
            Engine::Sqlite(tx) => sqlite::write_header(tx),
            Engine::Postgres(tx) => tx.write_nothing(),
        })
    }
}
