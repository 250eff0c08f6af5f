//! A copy as it lies in a file, and where one is to be.

use std::path::Path;

use crate::db::{Db, Location, migrate, sqlite};
use crate::error::Result;

/// Opens a copy without a change to it, of whatever schema that this program knows; returns that too.
pub(crate) fn open_copy(path: &Path) -> Result<(Db, i64)> {
    let mut db = Db::Sqlite(Box::new(sqlite::Database::open(path)?));
    let schema = migrate::schema_of(&mut db, &Location::File(path.to_owned()))?;
    Ok((db, schema))
}

impl Db {
    /// Opens what is there where nothing of ours is, nor of another program. Refused otherwise.
    pub(crate) fn open_vacant(location: &Location) -> Result<Db> {
        let mut db = Db::connect(location)?;
        migrate::must_be_vacant(&mut db, location)?;
        Ok(db)
    }
}
