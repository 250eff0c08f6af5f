//! Old content is overwritten where the engine would keep it: in free pages and in its log on SQLite, in rows that
//! are no longer visible on PostgreSQL.

use super::{Db, error};
use crate::error::Result;

impl Db {
    /// What is deleted from now on is overwritten at once, where the engine can. Fails if this role may not rewrite the tables.
    pub(crate) fn begin_overwriting(&mut self, tables: &[&str]) -> Result<()> {
        match self {
            Db::Sqlite(database) => database.overwrite_deleted(),
            Db::Postgres(database) => database.must_own(tables),
        }
    }

    /// Writes the database, or on a server these tables, anew without anything that was deleted. Busy while another process
    /// reads what it must replace.
    pub(crate) fn rewrite(&mut self, tables: &[&str]) -> Result<()> {
        match self {
            Db::Sqlite(database) if database.rewrite()? => Ok(()),
            Db::Sqlite(_) => Err(error::busy("another process reads the database")),
            Db::Postgres(database) => database.rewrite(tables),
        }
    }
}
