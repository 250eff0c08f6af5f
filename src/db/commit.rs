//! Transactions that write: tried again where two conflicted, and looked up where the answer to a commit was lost.

use std::time::{Duration, Instant};

use super::error::Ended;
use super::{Db, Ending, Location, Tx, error, sqlite};
use crate::error::{Error, Kind, Result};

/// How long the database is asked again, where the answer to a commit was lost.
const SETTLING: Duration = Duration::from_secs(30);

/// How often a transaction is tried on PostgreSQL before the program gives up with exit status 7.
const TRIES: u32 = 20;

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
        &mut self, location: &Location, ending: Ending, work: impl FnMut(&mut Tx<'_>) -> Result<T>,
        is_done: impl FnMut(&mut Tx<'_>) -> Result<bool>,
    ) -> Result<T> {
        let (value, commit) = self.attempt(ending, work)?;
        match commit {
            Err(lost) if self.settle(location, &lost, is_done)? => Ok(value),
            Err(lost) => Err(error::not_done(lost)),
            Ok(()) => Ok(value),
        }
    }

    /// The value of the work, and how the commit ended: an error there is one that leaves open whether it was done.
    fn attempt<T>(
        &mut self, ending: Ending, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>,
    ) -> Result<(T, Result<()>)> {
        let mut attempt = 0;
        loop {
            let mut tx = Tx::begin(self)?;
            let answer = work(&mut tx);
            let try_again = tx.try_again;
            let ended = answer.and_then(|value| match tx.end(ending) {
                Err(Ended::Open(error)) => Ok((value, Err(error))),
                Err(Ended::RolledBack(error)) => Err(error),
                Ok(()) => Ok((value, Ok(()))),
            });
            match ended {
                Err(error) if attempt < TRIES && (try_again || error.code() == error::SERIALISATION) => {
                    attempt += 1;
                    std::thread::sleep(Duration::from_micros(fastrand::u64(0..250 << attempt.min(8))));
                }
                ended => return ended,
            }
        }
    }

    /// Whether a transaction was committed. The write lock is waited for, so that its session has ended.
    fn settle(
        &mut self, location: &Location, lost: &Error, mut is_done: impl FnMut(&mut Tx<'_>) -> Result<bool>,
    ) -> Result<bool> {
        let until = Instant::now() + SETTLING;
        loop {
            let asked = self.reconnect(location).and_then(|()| {
                self.write(Ending::Commit, |tx| {
                    tx.settle_log()?;
                    is_done(tx)
                })
            });
            match asked {
                Ok(done) => return Ok(done),
                Err(error) if Instant::now() < until && error.kind() == Kind::Busy => {
                    std::thread::sleep(Duration::from_millis(200));
                }
                Err(error) => return Err(error::commit_unknown(lost, error)),
            }
        }
    }

    /// The old connection is closed first: only then SQLite reads a log anew, as the next run would.
    fn reconnect(&mut self, location: &Location) -> Result<()> {
        *self = Db::Sqlite(Box::new(sqlite::Database::nowhere()?));
        *self = Db::connect(location)?;
        Ok(())
    }
}
