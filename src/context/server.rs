//! What holds the database: a file, or a server.

use super::Context;
use crate::db::health;
use crate::error::Result;
use crate::model::audit::ServerState;

impl Context {
    /// How the file or the server of the database is.
    pub(crate) fn health(&self) -> Result<health::Health> {
        self.db.borrow_mut().health(&self.location)
    }

    /// What the schema of a file has and should not have, or the other way round.
    pub(crate) fn strange_schema(&self) -> Result<Vec<health::Strange>> {
        self.db.borrow_mut().strange_schema()
    }

    /// Which history of which server the database is of; none of a file, and where the server does not say.
    pub(crate) fn server_state(&self) -> Result<Option<ServerState>> {
        let state = self.db.borrow_mut().server_state()?;
        Ok(state.map(|(system, timeline)| ServerState { system, timeline }))
    }
}
