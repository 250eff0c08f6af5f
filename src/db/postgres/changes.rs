//! Whether a server takes changes, and where they go if it does not.

use std::time::{Duration, Instant};

use super::{Database, Session, connect, error};
use crate::error::Result;

impl Database {
    /// Refused on a standby, and where the session only reads. From a replica it goes on to the primary.
    pub(in crate::db) fn must_take_changes(&mut self) -> Result<()> {
        self.leave_replica()?;
        if self.session.is_standby {
            return Err(error::standby());
        }
        if self.session.is_read_only { Err(error::read_only_role()) } else { Ok(()) }
    }

    /// From the first change on all is read where it was made.
    pub(super) fn leave_replica(&mut self) -> Result<()> {
        if !self.is_on_replica {
            return Ok(());
        }
        self.link = connect::connect(&self.server)?;
        (self.is_on_replica, self.has_left_replica) = (false, true);
        self.version().map(drop)
    }

    /// How long a change waits for a server.
    pub(in crate::db) fn patience(&self) -> Duration {
        self.limits.of_lock()
    }

    /// Connects anew where a connection was lost: to the server that comes back, or to the one that takes its place.
    pub(in crate::db) fn connect_again(&mut self, until: Instant) -> Result<()> {
        self.link = connect::connect_again(&self.server, until)?;
        self.is_on_replica = false;
        self.version().map(drop)
    }
}

impl Session<'_> {
    /// Writes into the log of the server alone, so that the commit has to wait for a standby like any other.
    pub(in crate::db) fn write_nothing(&mut self) -> Result<()> {
        self.each("SELECT pg_logical_emit_message(TRUE, 'caredesk', '')", &[], &mut |_| Ok(()))
    }
}
