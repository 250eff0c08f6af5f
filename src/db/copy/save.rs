//! From a server into a new file of SQLite.

use std::path::Path;

use super::images::Images;
use super::sum::Adder;
use super::{Portion, Step, must_be_equal};
use crate::db::{Db, Tx, sqlite};
use crate::error::Result;

impl Tx<'_> {
    /// Copies what this transaction sees, and compares the file with it.
    pub(crate) fn save(&mut self, path: &Path, step: Step<'_>) -> Result<()> {
        let file = sqlite::Database::create(path)?;
        file.without_references()?;
        file.without_safety()?;
        let mut file = Db::Sqlite(Box::new(file));
        let read = file.in_one(|into| {
            into.lay_out()?;
            into.empty_tables()?;
            self.copy_into(into, step)
        })?;
        must_be_equal(&read, &file.read(|tx| tx.sums(&mut |_| {}))?)
    }

    /// Copies the rows of all tables.
    fn copy_into(&mut self, into: &mut Tx<'_>, step: Step<'_>) -> Result<Vec<super::TableSum>> {
        let tables = self.tables()?;
        let images = Images::of(&tables);
        let mut sums = Vec::with_capacity(tables.len());
        for table in &tables {
            let (mut adder, mut portion) = (Adder::of(table), Portion::of(table));
            self.rows_of(table, &images, |row| {
                adder.add(&row);
                step(1);
                portion.add(row, into)
            })?;
            portion.write(into)?;
            sums.push(adder.end());
        }
        Ok(sums)
    }

    /// Deletes all rows, also those that the schema begins with.
    pub(super) fn empty_tables(&mut self) -> Result<()> {
        let tables = self.tables()?;
        let deletes: Vec<String> = tables.iter().map(|table| format!("DELETE FROM {}", table.name)).collect();
        self.script(&deletes.join(";\n"))
    }
}

impl Db {
    /// One transaction, alone.
    pub(super) fn in_one<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut tx = Tx::begin_migration(self)?;
        let done = work(&mut tx)?;
        tx.commit()?;
        Ok(done)
    }
}
