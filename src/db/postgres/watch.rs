//! Changes are announced to those who wait for them.

use std::time::Duration;

use super::{Database, Session};
use crate::error::Result;

/// A commit that is announced, in one journey. The server tells who listens once it is committed, and no one after a roll-back.
pub(super) const ANNOUNCED: &str = "NOTIFY caredesk; COMMIT";

impl Session<'_> {
    /// When it is committed, those who listen hear of it.
    pub(in crate::db) fn announce(&mut self) {
        *self.announces = true;
    }
}

impl Database {
    /// From now on changes of others are heard of; returns whether they are. Not on a standby, and not through a pooler that
    /// gives each transaction another connection, of which the server does not know.
    pub(in crate::db) fn begin_watching(&mut self) -> Result<bool> {
        self.heard = self.link.notifications();
        if self.session.is_standby {
            return Ok(false);
        }
        self.link.batch(self.limits.of_answer(), "LISTEN caredesk").map(|()| true)
    }

    /// Waits at most so long; returns whether something was announced since the last time.
    pub(in crate::db) fn pause(&mut self, most: Duration) -> Result<bool> {
        self.link.hear(self.heard, most)?;
        let heard = self.link.notifications();
        Ok(std::mem::replace(&mut self.heard, heard) != heard)
    }
}
