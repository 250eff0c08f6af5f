//! From a file of SQLite onto a server, in one transaction: others see all of it or nothing.

use super::images::{Images, Words};
use super::tables::Table;
use super::{Portion, Step, must_be_equal};
use crate::db::{Db, Location, Tx, migrate, params};
use crate::error::{Error, Result};

/// What happens to a database that there is: its writers wait.
pub(crate) type Before<'a> = &'a mut dyn FnMut(&mut Tx<'_>) -> Result<()>;

impl Db {
    /// Puts all that is in `from`, of the newest schema, in place of what there is. `before` is given what there is, and may refuse;
    /// `after` adds what is not in tables. A database that is vacant gets the schema first, and no `before`.
    pub(crate) fn load(
        &mut self, location: &Location, from: &mut Db, before: Option<Before<'_>>,
        after: impl FnOnce(&mut Tx<'_>) -> Result<()>, step: Step<'_>,
    ) -> Result<()> {
        if let Db::Postgres(database) = self {
            database.must_own(&["schema_migration"])?;
        }
        let mut tx = Tx::begin_migration(self)?;
        match before {
            Some(before) => {
                // As each writer does; readers go on.
                tx.script("LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE")?;
                before(&mut tx)?;
                tx.drop_version_triggers()?;
            }
            None => tx.lay_out_at(location)?,
        }
        let references = tx.drop_references()?;
        // Readers that began before go on seeing the rows, which they would not after a TRUNCATE.
        tx.empty_tables()?;
        let sums = from.read(|source| {
            tx.load_rows(source, step)?;
            source.sums(&mut |_| {})
        })?;
        tx.script(&references)?;
        after(&mut tx)?;
        must_be_equal(&sums, &tx.sums(&mut |_| {})?)?;
        tx.commit()
    }
}

impl Tx<'_> {
    /// Copies the rows of all tables.
    fn load_rows(&mut self, source: &mut Tx<'_>, step: Step<'_>) -> Result<()> {
        let tables = self.tables()?;
        let images = Images::of(&tables);
        for theirs in source.tables()? {
            let ours = tables.iter().find(|table| table.name == theirs.name);
            let ours = ours.ok_or_else(|| Error::internal(format!("there is no table `{}`", theirs.name)))?;
            // By name: the order of columns follows from the history of a schema.
            let source_of_ours = Table { columns: ours.columns.clone(), ..theirs };
            let mut portion = Portion::of(ours);
            source.rows_of(&source_of_ours, &images, |mut row| {
                images.turn(ours, &mut row, Words::Postgres);
                step(1);
                portion.add(row, self)
            })?;
            portion.write(self)?;
        }
        Ok(())
    }

    /// Drops what holds rows of different tables together, so that they may be written in any order; returns the statements that
    /// make it again, and so check it.
    pub(super) fn drop_references(&mut self) -> Result<String> {
        let sql = "SELECT CAST(conrelid AS REGCLASS)::text AS owner, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS what
            FROM pg_constraint WHERE contype = 'f' AND connamespace = to_regnamespace(CAST(current_schema() AS TEXT))";
        let all: Vec<(String, String, String)> =
            self.all(sql, params![], |row| Ok((row.get("owner")?, row.get("name")?, row.get("what")?)))?;
        let ours: Vec<_> = all.into_iter().filter(|(owner, _, _)| migrate::is_of_our_schema(owner)).collect();
        let drops =
            ours.iter().map(|(owner, name, _)| format!("ALTER TABLE {owner} DROP CONSTRAINT {name};\n"));
        self.script(&drops.collect::<String>())?;
        let adds = ours
            .iter()
            .map(|(owner, name, what)| format!("ALTER TABLE {owner} ADD CONSTRAINT {name} {what};\n"));
        Ok(adds.collect())
    }
}
