//! How long a run waits for others before it gives up, so that nothing waits for ever.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

/// For the lock that another writer holds.
pub(super) const LOCK: Duration = Duration::from_secs(30);
/// For one statement of a change.
pub(super) const STATEMENT: Duration = Duration::from_mins(5);
/// For the next statement of a change: a run that was stopped or cut off does not keep its lock.
pub(super) const IDLE: Duration = Duration::from_mins(1);
/// For an answer that takes no work, such as that to COMMIT.
pub(super) const ANSWER: Duration = Duration::from_secs(30);
/// For what writes whole tables anew.
pub(super) const MAINTENANCE: Duration = Duration::from_hours(1);
/// What an answer may take on its way, beside the work.
pub(super) const JOURNEY: Duration = Duration::from_secs(10);

static ASKED: RwLock<Option<Duration>> = RwLock::new(None);

/// How long this process waits for a lock, as the command line has it.
pub(crate) fn wait_for_locks(limit: Option<Duration>) {
    *ASKED.write().unwrap_or_else(PoisonError::into_inner) = limit;
}

/// What the address asks for in place of these; then it counts more than what the server has for its role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) lock: Option<Duration>,
    pub(super) statement: Option<Duration>,
    pub(super) idle: Option<Duration>,
    pub(super) answer: Option<Duration>,
}

impl Limits {
    /// The longest that one statement of a change may take.
    pub(super) fn of_statement(&self) -> Duration {
        self.statement.unwrap_or(STATEMENT)
    }

    pub(super) fn of_answer(&self) -> Duration {
        self.answer.unwrap_or(ANSWER)
    }

    pub(super) fn lock(&self) -> Option<Duration> {
        ASKED.read().unwrap_or_else(PoisonError::into_inner).or(self.lock)
    }

    pub(super) fn of_lock(&self) -> Duration {
        self.lock().unwrap_or(LOCK)
    }
}
