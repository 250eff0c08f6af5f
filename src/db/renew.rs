//! A connection that stays open between the commands of a shell. Nothing is locked meanwhile.

use super::{Db, Location, Tx, migrate, sqlite};
use crate::error::{Kind, Result};

impl Db {
    /// Before the next command: what was lost is opened anew, and so is a file that was put in place of the one that is open.
    /// Returns whether it is another file, or another connection to the server.
    pub(crate) fn renew(
        &mut self, location: &Location, derive: impl FnOnce(&mut Tx<'_>) -> Result<()>,
    ) -> Result<bool> {
        if let Db::Sqlite(database) = self {
            database.watch();
        }
        let (stands, is_other) = match self {
            Db::Sqlite(database) if !database.is_in_place() => (false, database.is_replaced()),
            _ => match migrate::must_be_current(self, location) {
                Ok(()) => (true, false),
                Err(error) if error.kind() == Kind::Busy || error.code() == "database.older" => (false, true),
                Err(error) => return Err(error),
            },
        };
        if !stands {
            self.close()?;
            *self = Db::open(location, derive)?.0;
        }
        Ok(is_other)
    }

    /// After a command: what would keep others waiting is closed.
    pub(crate) fn rest(&mut self) -> Result<()> {
        match self {
            Db::Sqlite(database) if database.keeps_others_away() => self.close(),
            _ => Ok(()),
        }
    }

    /// Until it is renewed.
    pub(crate) fn close(&mut self) -> Result<()> {
        *self = Db::Sqlite(Box::new(sqlite::Database::nowhere()?));
        Ok(())
    }
}
