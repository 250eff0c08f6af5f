//! Old content is overwritten where the engine would keep it: in free pages and in its log on SQLite, in rows that
//! are no longer visible on PostgreSQL.

use super::health::own_tables;
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

    /// Gives free room back: a file is written anew, and its log emptied; on a server dead rows are cleared away and the statistics
    /// made anew, and with `is_full` each table is written anew, while no one else can use it. The role has to own the tables.
    pub(crate) fn vacuum(&mut self, is_full: bool) -> Result<()> {
        if let Db::Sqlite(_) = self {
            return self.rewrite(&[]);
        }
        let tables = self.read(own_tables)?;
        let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
        let Db::Postgres(database) = self else { return Ok(()) };
        database.must_take_changes()?;
        database.must_own(&tables)?;
        database.vacuum(if is_full { "FULL, ANALYZE" } else { "ANALYZE" }, &tables)
    }
}
