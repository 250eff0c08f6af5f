//! Reads of personal data that are themselves recorded: no one has seen the data without an entry in the audit trail.

use super::{Audited, Context, Run, Tx};
use crate::db::{Ending, READ_ONLY};
use crate::error::{Error, Kind, Result};
use crate::model::access::Right;
use crate::output::target::Destination;

impl Context {
    /// As [`Context::open`], for an actor with this right. For a command that does not need a database, and so has none open.
    pub(crate) fn open_with(run: Run, right: impl Into<Right>) -> Result<Context> {
        let context = Context::open(run)?;
        context.require(right)?;
        Ok(context)
    }

    /// Denied without the right. For what is only read; a change passes its right to [`Context::change`].
    pub(crate) fn require(&self, right: impl Into<Right>) -> Result<()> {
        self.actor.may(right)
    }

    /// Reads what stays, whichever server takes over from the one that is read.
    pub(crate) fn read_lasting<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.db.borrow_mut().read_lasting(|tx| {
            tx.as_of(self.now(), self.today);
            work(tx)
        })
    }

    /// For what is shown only to those who may act on it.
    pub(crate) fn has_right(&self, right: impl Into<Right>) -> bool {
        self.actor.may(right).is_ok()
    }

    /// What a change would do: `work` is done and rolled back, for who has the right to do it.
    pub(crate) fn foresee<T>(
        &self, right: impl Into<Right>, work: impl FnMut(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        match self.actor.may(right) {
            Ok(()) => self.rehearse(work),
            Err(denied) => Err(self.not_found_before(denied, work)),
        }
    }

    /// Reads, and appends the entry that `work` returns beside what it read, in one transaction. A dry run appends it
    /// too, since the actor has seen the data.
    pub(crate) fn audited_read<T>(
        &self, action: &'static str, mut work: impl FnMut(&mut Tx<'_>) -> Result<(T, Option<Audited>)>,
    ) -> Result<T> {
        self.recorded(Ending::Commit, action, &mut work, &mut |_tx, _read, entry| Ok(entry))
    }

    /// The same for a look that is written into a register too, by `register`: in the present, also where the past is read.
    pub(crate) fn registered_read<T, N>(
        &self, action: &'static str, mut read: impl FnMut(&mut Tx<'_>) -> Result<(T, N)>,
        mut register: impl FnMut(&mut Tx<'_>, &T, N) -> Result<Option<Audited>>,
    ) -> Result<T> {
        self.recorded(Ending::Commit, action, &mut read, &mut register)
    }

    /// The same for what is read into a file, by actors with the right. A dry run writes no file and appends nothing.
    pub(crate) fn audited_export<T>(
        &self, action: &'static str, right: impl Into<Right>, to: &Destination,
        work: impl FnMut(&mut Tx<'_>) -> Result<(T, Audited)>,
    ) -> Result<T> {
        self.exported(action, right, self.only_tries(to), work)
    }

    /// The same for what is read into a folder.
    pub(crate) fn audited_copy<T>(
        &self, action: &'static str, right: impl Into<Right>,
        work: impl FnMut(&mut Tx<'_>) -> Result<(T, Audited)>,
    ) -> Result<T> {
        self.exported(action, right, self.dry_run, work)
    }

    /// As [`Context::registered_read`], into a file, by actors with the right. A dry run writes no file and appends nothing.
    pub(crate) fn registered_export<T, N>(
        &self, action: &'static str, right: Right, only_tries: bool,
        mut read: impl FnMut(&mut Tx<'_>) -> Result<(T, N)>,
        mut register: impl FnMut(&mut Tx<'_>, &T, N) -> Result<Option<Audited>>,
    ) -> Result<T> {
        self.actor.may(right)?;
        let ending = if only_tries { Ending::Rollback } else { Ending::Commit };
        self.recorded(ending, action, &mut read, &mut register)
    }

    /// The same of so much that others must not wait meanwhile: what is read is of one instant, and is recorded right after it.
    pub(crate) fn long_export<T, N>(
        &self, action: &'static str, right: impl Into<Right>, only_tries: bool,
        read: impl FnMut(&mut Tx<'_>) -> Result<(T, N)>,
        mut register: impl FnMut(&mut Tx<'_>, &T, &N) -> Result<Option<Audited>>,
    ) -> Result<T> {
        self.actor.may(right)?;
        let (found, note) = self.read(read)?;
        let ending = if only_tries { Ending::Rollback } else { Ending::Commit };
        let mut nothing_more = |_tx: &mut Tx<'_>| Ok(((), ()));
        self.recorded(ending, action, &mut nothing_more, &mut |tx, (), ()| register(tx, &found, &note))?;
        Ok(found)
    }

    fn exported<T>(
        &self, action: &'static str, right: impl Into<Right>, only_tries: bool,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<(T, Audited)>,
    ) -> Result<T> {
        if let Err(denied) = self.actor.may(right) {
            return Err(self.not_found_before(denied, work));
        }
        let ending = if only_tries { Ending::Rollback } else { Ending::Commit };
        self.recorded(ending, action, &mut work, &mut |_tx, _read, entry| Ok(Some(entry)))
    }

    fn recorded<T, N>(
        &self, ending: Ending, action: &'static str, work: &mut impl FnMut(&mut Tx<'_>) -> Result<(T, N)>,
        register: &mut impl FnMut(&mut Tx<'_>, &T, N) -> Result<Option<Audited>>,
    ) -> Result<T> {
        let recorded = self.db.borrow_mut().write(ending, |tx| {
            self.begin_reading(tx)?;
            let (read, note) = self.in_past(tx, |tx| work(tx))?;
            let entry = register(tx, &read, note)?;
            self.append(tx, self.entries(action, entry)?)?;
            self.keep_entry(tx)?;
            Ok(read)
        });
        recorded.map_err(or_cannot_record)
    }
}

/// What is recorded is not shown where nothing can be written.
fn or_cannot_record(error: Error) -> Error {
    unwritable(error, "database.cannot_record", "who looks at this is recorded")
}

/// What would be is found out by doing it.
pub(super) fn or_cannot_try(error: Error) -> Error {
    unwritable(error, "database.cannot_try", "this is tried out and taken back")
}

fn unwritable(error: Error, code: &'static str, why: &str) -> Error {
    if error.code() != READ_ONLY {
        return error;
    }
    Error::new(Kind::Environment, code, format!("{why}, but {}", error.message()))
        .hint("do it where the database can be written, such as on the primary server")
        .because(error)
}
