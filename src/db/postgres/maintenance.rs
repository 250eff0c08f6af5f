//! Tables as a whole: whose they are, and how they are written anew.

use tokio_postgres::types::{ToSql, Type};

use super::Database;
use super::link::answered;
use crate::db::{error, limits};
use crate::error::Result;

impl Database {
    /// Refused (8) if another role owns one of these tables: only the owner may upgrade and rewrite them.
    pub(in crate::db) fn must_own(&mut self, tables: &[&str]) -> Result<()> {
        let query = "SELECT relname::text, pg_get_userbyid(relowner)::text FROM pg_class WHERE relname = ANY($1)
            AND relkind = 'r' AND pg_table_is_visible(oid) AND NOT pg_has_role(relowner, 'USAGE') ORDER BY relname LIMIT 1";
        let limit = self.limits.of_answer();
        self.link.run(async |client| {
            let tables: &[(&(dyn ToSql + Sync), Type)] = &[(&tables, Type::TEXT_ARRAY)];
            match answered(limit, client.query_typed_opt(query, tables)).await? {
                Some(row) => Err(error::not_owner(row.try_get(0)?, row.try_get(1)?)),
                None => Ok(()),
            }
        })
    }

    /// Writes these tables and their indexes anew.
    pub(in crate::db) fn rewrite(&mut self, tables: &[&str]) -> Result<()> {
        self.vacuum("FULL", tables)
    }

    /// Clears these tables, with these words of VACUUM.
    pub(in crate::db) fn vacuum(&mut self, how: &str, tables: &[&str]) -> Result<()> {
        let wait = self.limits.of_lock().as_millis().max(1);
        self.link.batch(self.limits.of_answer(), &format!("SET lock_timeout = {wait}"))?;
        // Not in one text, which would be one transaction.
        let done = tables
            .iter()
            .try_for_each(|table| self.link.batch(limits::MAINTENANCE, &format!("VACUUM ({how}) {table}")));
        // A pooler hands the connection on.
        self.link.send("RESET lock_timeout");
        done
    }
}
