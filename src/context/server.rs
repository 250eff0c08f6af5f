//! What holds the database: a file, or a server.

use super::{Context, Run};
use crate::db::{Db, health};
use crate::error::Result;
use crate::model::audit::ServerState;
use crate::model::text::counted;

impl Run {
    /// Says of a standby that is read how far it is behind; of the machine nothing to those who come from outside.
    pub(super) fn tell_of_standby(&self, db: &mut Db) -> Result<()> {
        let Some(standby) = db.standby()? else { return Ok(()) };
        let which =
            if self.is_portal { "a replica".to_owned() } else { format!("the replica {}", standby.host) };
        self.out.note(&match standby.seconds_behind {
            Some(0) => format!("read from {which}, which has all that it received"),
            Some(seconds) => {
                format!("read from {which}, which is {} behind", counted(seconds, "second", "seconds"))
            }
            None => format!("read from {which}, which does not say how far it is behind"),
        });
        Ok(())
    }
}

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
