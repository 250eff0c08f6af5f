//! Waiting until others may have changed something: announced by a server, looked up in a file.

use std::time::{Duration, Instant};

use super::{Db, Engine, Location, Tx, migrate};
use crate::error::Result;

/// What a pause came to.
pub(crate) struct Paused {
    /// Whether others have changed something, as far as it is announced.
    pub(crate) is_changed: bool,
    pub(crate) lasted: Duration,
}

impl Db {
    /// From now on [`Db::pause`] notices what others change; returns whether it may rely on that.
    pub(crate) fn begin_watching(&mut self) -> Result<bool> {
        match self {
            Db::Sqlite(database) => database.begin_watching(),
            Db::Postgres(database) => database.begin_watching(),
        }
    }

    /// Waits until others have changed something since the last time, at most so long. Busy if the connection is lost.
    pub(crate) fn pause(&mut self, most: Duration) -> Result<Paused> {
        let since = Instant::now();
        let is_changed = match self {
            Db::Sqlite(database) => database.pause(most)?,
            Db::Postgres(database) => database.pause(most)?,
        };
        Ok(Paused { is_changed, lasted: since.elapsed() })
    }

    /// Connects anew, to what has the same schema.
    pub(crate) fn connect_again(&mut self, location: &Location) -> Result<()> {
        self.reconnect(location)?;
        migrate::must_be_current(self, location)
    }
}

impl Tx<'_> {
    /// When this transaction is committed, those who wait for changes hear of it. A file needs no word of it.
    pub(crate) fn announce(&mut self) {
        match &mut self.engine {
            Engine::Sqlite(_) => {}
            Engine::Postgres(tx) => tx.announce(),
        }
    }
}
