//! The columns of a table, as the engine knows them.

use super::{Engine, Tx, params};
use crate::error::Result;

/// The name of a column, and its declared type in capitals.
pub(super) type Column = (String, String);

impl Tx<'_> {
    pub(super) fn columns_of(&mut self, table: &str) -> Result<Vec<Column>> {
        let sql = match self.engine {
            Engine::Sqlite(_) => "SELECT name, type AS kind FROM pragma_table_info($1)",
            Engine::Postgres(_) => {
                "SELECT attname::text AS name, upper(format_type(atttypid, NULL)) AS kind FROM pg_attribute
                 WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            }
        };
        self.all(sql, params![table], |row| Ok((row.get("name")?, row.get("kind")?)))
    }
}
