//! Whether a server takes changes.

use super::{Database, error};
use crate::error::Result;

impl Database {
    /// Refused on a standby, and where the session only reads.
    pub(in crate::db) fn must_take_changes(&self) -> Result<()> {
        if self.session.is_standby {
            return Err(error::standby());
        }
        if self.session.is_read_only { Err(error::read_only_role()) } else { Ok(()) }
    }
}
