//! Transactions on SQLite, and parts of one.

use std::collections::HashSet;
use std::ops::Deref;
use std::path::Path;

use rusqlite::{CachedStatement, Connection, DropBehavior, Savepoint, Transaction, TransactionBehavior};

use super::{Database, ended};
use crate::db::error::{self, Ended};
use crate::db::text::Verb;
use crate::db::{Ending, as_of, interrupt};
use crate::error::{Error, Result};

/// Triggers of a connection, by table and verb.
pub(super) type Triggers = HashSet<(&'static str, Verb)>;

/// A transaction, or a part of one.
pub(in crate::db) struct Session<'a> {
    extent: Extent<'a>,
    may_write: bool,
    triggers: &'a mut Triggers,
    /// Those that it has made, which stay if it does.
    made: Triggers,
}

enum Extent<'a> {
    Whole(Transaction<'a>),
    Part(Savepoint<'a>),
}

impl Deref for Session<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match &self.extent {
            Extent::Whole(tx) => tx,
            Extent::Part(part) => part,
        }
    }
}

impl Session<'_> {
    /// Refused if it writes and this session only reads. `PRAGMA query_only` would do the same, but each switch of it throws away
    /// all statements that are prepared, which costs the lines of a batch a third of their time.
    pub(super) fn prepared(&self, sql: &str) -> Result<CachedStatement<'_>> {
        let statement = self.prepare_cached(sql)?;
        if self.may_write || statement.readonly() { Ok(statement) } else { Err(error::only_reads()) }
    }

    pub(in crate::db) fn script(&self, text: &str) -> Result<()> {
        if self.may_write { Ok(self.execute_batch(text)?) } else { Err(error::only_reads()) }
    }

    pub(in crate::db) fn commit(self) -> Result<(), Ended> {
        match self.extent {
            Extent::Whole(tx) => interrupt::commit(|| tx.commit().map_err(ended))?,
            Extent::Part(part) => part.commit().map_err(Error::from)?,
        }
        self.triggers.extend(self.made);
        Ok(())
    }

    pub(in crate::db) fn rollback(self) -> Result<()> {
        match self.extent {
            Extent::Whole(tx) => Ok(tx.rollback()?),
            Extent::Part(part) => Ok(part.finish()?),
        }
    }

    /// Whether a trigger is there.
    pub(in crate::db) fn has(&self, table: &'static str, verb: Verb) -> bool {
        self.triggers.contains(&(table, verb)) || self.made.contains(&(table, verb))
    }

    /// Whether a trigger is not there yet; from now on it counts as made.
    pub(in crate::db) fn lacks(&mut self, table: &'static str, verb: Verb) -> bool {
        !self.has(table, verb) && self.made.insert((table, verb))
    }
}

impl Database {
    pub(in crate::db) fn begin_writing(&mut self) -> Result<Session<'_>> {
        self.must_be_writable()?;
        let path = self.path.clone();
        self.begin(TransactionBehavior::Immediate).map_err(|refused| named(refused, &path))
    }

    fn must_be_writable(&self) -> Result<()> {
        if self.connection.is_readonly("main")? { Err(error::unwritable(&self.path)) } else { Ok(()) }
    }

    pub(in crate::db) fn begin_reading(&mut self) -> Result<Session<'_>> {
        let mut session = self.begin(TransactionBehavior::Deferred)?;
        if let Extent::Part(part) = &mut session.extent {
            // There is nothing to take back, and to do so would throw away each statement that is prepared.
            part.set_drop_behavior(DropBehavior::Commit);
        }
        Ok(session)
    }

    fn begin(&mut self, behavior: TransactionBehavior) -> Result<Session<'_>> {
        as_of::forget();
        let may_write = matches!(behavior, TransactionBehavior::Immediate);
        if !self.is_joined {
            let extent = Extent::Whole(self.connection.transaction_with_behavior(behavior)?);
            return Ok(Session { extent, may_write, triggers: &mut self.triggers, made: Triggers::new() });
        }
        // A full disk ends the whole; a savepoint would then be a transaction of its own.
        if self.connection.is_autocommit() {
            return Err(error::aborted());
        }
        let extent = Extent::Part(self.connection.savepoint()?);
        Ok(Session { extent, may_write, triggers: &mut self.triggers, made: Triggers::new() })
    }

    /// As [`crate::db::Db::join`].
    pub(in crate::db) fn join(&mut self) -> Result<()> {
        self.must_be_writable()?;
        let begun = self.connection.execute_batch("BEGIN IMMEDIATE");
        begun.map_err(|refused| named(refused.into(), &self.path))?;
        self.is_joined = true;
        Ok(())
    }

    /// As [`crate::db::Db::part`].
    pub(in crate::db) fn part(&mut self, ending: Ending) -> Result<(), Ended> {
        self.is_joined = false;
        // What was made within it may not stay.
        self.triggers.clear();
        let done = match ending {
            Ending::Commit => interrupt::commit(|| self.connection.execute_batch("COMMIT").map_err(ended)),
            Ending::Rollback => Ok(()),
        };
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        done
    }

    pub(in crate::db) fn is_joined(&self) -> bool {
        self.is_joined
    }
}

/// The error with what is in the way of writing to the file, if that is the error.
fn named(refused: Error, path: &Path) -> Error {
    if refused.code() == error::READ_ONLY { error::unwritable(path) } else { refused }
}

#[cfg(test)]
mod tests {
    use crate::db::{Db, Location, params};

    #[test]
    fn what_only_reads_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let mut db = Db::create(&Location::File(folder.path().join("a.db")), |_| Ok(())).unwrap();
        for text in ["DELETE FROM audit", "CREATE TEMP TABLE mine (x)"] {
            let refused = db.read(|tx| tx.run(text, params![])).unwrap_err();
            assert_eq!(refused.code(), "internal", "{text}");
        }
        db.read(|tx| tx.all("SELECT 1 AS one", params![], |row| row.get::<i64>("one"))).unwrap();
    }
}
