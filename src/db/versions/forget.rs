//! What must not come back: rows that were erased, and those that are gone together with the import that brought them.

use super::Versioned;
use super::past::id_of;
use crate::db::{Tx, params};
use crate::error::Result;

impl Tx<'_> {
    /// Forgets what the rows were that this transaction has changed, since the entry of this number; that there was a row stays
    /// known.
    pub(crate) fn forget_changed(&mut self, since: i64) -> Result<()> {
        let sql = "DELETE FROM row_version WHERE before IS NOT NULL AND (name, row_key) IN (
            SELECT name, row_key FROM row_version WHERE entry >= $1)";
        self.run(sql, params![since]).map(drop)
    }

    /// Forgets the rows that this transaction has deleted, since the entry of this number, as if they had never been.
    pub(crate) fn forget_deleted(&mut self, tables: &[Versioned], since: i64) -> Result<()> {
        for table in tables {
            let [key] = table.key else { continue };
            let (name, columns) = (table.table, self.columns_of(table.table)?);
            let kind = columns.iter().find(|(column, _)| column == key).map(|(_, kind)| kind.as_str());
            let Some(id) = id_of("row_version.row_key", kind.unwrap_or_default()) else { continue };
            let sql = format!(
                "DELETE FROM row_version WHERE name = $1 AND row_key IN (
                    SELECT row_key FROM row_version WHERE name = $1 AND entry >= $2)
                AND NOT EXISTS (SELECT 1 FROM {name} WHERE {name}.{key} = {id})"
            );
            self.run_unjournalled(&sql, params![name, since])?;
        }
        Ok(())
    }
}
