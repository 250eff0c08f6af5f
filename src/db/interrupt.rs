//! The moment of a commit, which an interrupt does not divide: it comes before, or after, and can say which. An interrupt ends the
//! process or, in a shell, the command that runs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::InterruptHandle;

use super::error::{self, Ended};
use crate::error::Result;

/// What the last commit of this process came to. Locked while it commits.
static LAST: Mutex<Committed> = Mutex::new(Committed::Nothing);

/// How long an interrupt waits for a commit: a server may never answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What this process has committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Committed {
    Nothing,
    Something,
    /// The answer of the database is not there.
    Unknown,
}

/// Commits, unless the process is being stopped, which it then waits for.
pub(super) fn commit(work: impl FnOnce() -> Result<(), Ended>) -> Result<(), Ended> {
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    must_go_on()?;
    IS_COMMITTING.store(true, Ordering::SeqCst);
    let done = work();
    IS_COMMITTING.store(false, Ordering::SeqCst);
    match &done {
        Ok(()) => *last = Committed::Something,
        Err(Ended::Open(_)) => *last = Committed::Unknown,
        Err(Ended::RolledBack(_)) => {}
    }
    done
}

/// From now on nothing is committed in this process, which is about to end.
pub(crate) fn stop() -> Committed {
    let since = Instant::now();
    loop {
        if let Ok(last) = LAST.try_lock() {
            let committed = *last;
            std::mem::forget::<MutexGuard<'_, Committed>>(last);
            return committed;
        }
        if since.elapsed() > PATIENCE {
            return Committed::Unknown;
        }
        sleep(Duration::from_millis(1));
    }
}

/// Whether the command that runs in a shell is to end.
static IS_CANCELLED: AtomicBool = AtomicBool::new(false);
/// Whether an interrupt ends a command, so that waits have to look for it.
static IS_WATCHED: AtomicBool = AtomicBool::new(false);
static IS_COMMITTING: AtomicBool = AtomicBool::new(false);
/// What ends a statement of the file that was opened last.
static STATEMENT: Mutex<Option<InterruptHandle>> = Mutex::new(None);

/// A command of a shell begins: from now on [`cancel`] ends it.
pub(crate) fn begin_command() {
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Committed::Nothing;
    IS_CANCELLED.store(false, Ordering::SeqCst);
    IS_WATCHED.store(true, Ordering::SeqCst);
}

/// It has ended. What it had committed, if it was cancelled.
pub(crate) fn end_command() -> Option<Committed> {
    IS_WATCHED.store(false, Ordering::SeqCst);
    let is_cancelled = IS_CANCELLED.swap(false, Ordering::SeqCst);
    is_cancelled.then(|| *LAST.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Ends the command that runs: its statement, or its next. A commit that has begun is not divided.
pub(crate) fn cancel() {
    IS_CANCELLED.store(true, Ordering::SeqCst);
    let Ok(_outside_of_a_commit) = LAST.try_lock() else { return };
    if let Some(statement) = STATEMENT.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
        statement.interrupt();
    }
}

/// From now on the statements of this connection are ended.
pub(super) fn watch(statement: InterruptHandle) {
    *STATEMENT.lock().unwrap_or_else(PoisonError::into_inner) = Some(statement);
}

pub(super) fn is_watched() -> bool {
    IS_WATCHED.load(Ordering::SeqCst)
}

/// Whether what waits outside of a commit is to end.
pub(super) fn is_cancelled() -> bool {
    IS_CANCELLED.load(Ordering::SeqCst) && !IS_COMMITTING.load(Ordering::SeqCst)
}

/// Interrupted if the command that runs is to end.
pub(super) fn must_go_on() -> Result<()> {
    if is_cancelled() { Err(error::interrupted()) } else { Ok(()) }
}
