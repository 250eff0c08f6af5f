//! What a file consists of.

use super::Database;
use crate::error::Result;

pub(in crate::db) struct Pages {
    /// The size of each.
    pub(in crate::db) bytes: u64,
    /// How many hold nothing.
    pub(in crate::db) free: u64,
    pub(in crate::db) journal: String,
}

impl Database {
    pub(in crate::db) fn pages(&self) -> Result<Pages> {
        let number = |pragma| self.connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
        let journal = self.connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        let (bytes, free) = (number("page_size")?, number("freelist_count")?);
        Ok(Pages { bytes: bytes.unsigned_abs(), free: free.unsigned_abs(), journal })
    }
}
