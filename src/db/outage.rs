//! Connections that are lost in the middle of a change. What was not committed is gone with them, so it can be done anew on the
//! server that comes back, or on the one that takes its place.

use std::time::Instant;

use super::{Db, Engine, Tx, error};
use crate::error::Error;

/// How long a change has been without a server.
#[derive(Default)]
pub(super) struct Outage {
    until: Option<Instant>,
}

impl Outage {
    /// Whether the change may be done anew after this error, which left nothing. Waits for a server as long as a change waits for
    /// others, over all of its losses.
    pub(super) fn is_over(&mut self, db: &mut Db, error: &Error) -> bool {
        let Db::Postgres(database) = db else { return false };
        // A server that was replaced goes on as a standby.
        let is_lost = [error::UNREACHABLE, error::NO_PRIMARY, error::NOT_COMMITTED].contains(&error.code())
            || (error.code() == error::READ_ONLY && self.until.is_some());
        if !is_lost {
            return false;
        }
        let until = *self.until.get_or_insert_with(|| Instant::now() + database.patience());
        Instant::now() < until && database.connect_again(until).is_ok()
    }
}

impl Tx<'_> {
    /// Whether a standby was read before this transaction, which the present state may contradict.
    pub(crate) fn follows_replica(&self) -> bool {
        match &self.engine {
            Engine::Sqlite(_) => false,
            Engine::Postgres(tx) => tx.follows_replica(),
        }
    }
}
