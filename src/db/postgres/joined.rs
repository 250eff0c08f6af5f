//! A transaction of which all others are parts.

use super::{Database, Ended, State};
use crate::db::Ending;
use crate::error::Result;

impl Database {
    pub(in crate::db) fn join(&mut self) -> Result<()> {
        // It has to begin before its first part.
        self.begin_writing()?.open()?;
        self.is_joined = true;
        Ok(())
    }

    pub(in crate::db) fn part(&mut self, ending: Ending) -> Result<(), Ended> {
        self.is_joined = false;
        let limit = self.writing_limit();
        let mut whole = self.session(String::new(), limit);
        whole.state = State::Open;
        match ending {
            Ending::Commit => whole.commit(),
            // What is not committed is rolled back.
            Ending::Rollback => Ok(()),
        }
    }

    pub(in crate::db) fn is_joined(&self) -> bool {
        self.is_joined
    }
}
