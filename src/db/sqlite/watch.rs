//! Waiting until another process changes the file.

use std::thread::sleep;
use std::time::Duration;

use super::Database;
use crate::db::error;
use crate::error::Result;
use crate::file::identity;

impl Database {
    /// What others change from now on is noticed.
    pub(in crate::db) fn begin_watching(&mut self) -> Result<bool> {
        self.seen = Some(self.data_version()?);
        Ok(true)
    }

    /// Waits so long; returns whether another connection has changed something since the last time.
    pub(in crate::db) fn pause(&mut self, most: Duration) -> Result<bool> {
        sleep(most);
        self.must_be_in_place()?;
        self.must_be_unchanged()?;
        let version = self.data_version()?;
        Ok(self.seen.replace(version) != Some(version))
    }

    /// The number changes with each commit of another connection, and to ask for it reads nothing but the end of the log.
    fn data_version(&self) -> Result<i64> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Fails where the file was removed, or another has its name.
    fn must_be_in_place(&self) -> Result<()> {
        match identity(&self.path) {
            found if found == self.identity => Ok(()),
            None => Err(error::moved(&format!("`{}` was removed", self.path.display()))),
            Some(_) => {
                Err(error::moved(&format!("another file has taken the place of `{}`", self.path.display())))
            }
        }
    }
}
