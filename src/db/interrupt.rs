//! The moment of a commit, which an interrupt does not divide: it comes before, or after, and can say which.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::error::Ended;

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
    let done = work();
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
