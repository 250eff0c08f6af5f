//! From a database of either engine into an empty one of either, table by table: where it is cut off, it goes on. Until the end
//! the target is no database to anyone else.

use super::images::{Images, Words};
use super::sum::Adder;
use super::tables::Table;
use super::{Cell, Portion, Step, TableSum, must_be_equal};
use crate::db::{Db, Location, Tx, migrate, params, sqlite};
use crate::error::{Error, Kind, Result};

/// What an unfinished copy is known by, and how its tables are held together again.
const UNFINISHED: &str = "database_copy";
/// Comes last: with it the target is a database.
const LAST: &str = "schema_migration";

impl Db {
    /// Opens where a copy is to be, and creates a file that is missing. Refused if there is anything but an unfinished copy.
    pub(crate) fn open_for_copy(location: &Location) -> Result<Db> {
        let mut db = match location {
            Location::File(path) => Db::Sqlite(Box::new(sqlite::Database::create(path)?)),
            Location::Server(_) => Db::connect(location)?,
        };
        if !db.read(is_unfinished)? {
            migrate::must_be_vacant(&mut db, location)?;
        }
        if let Db::Sqlite(database) = &db {
            database.keep_log();
            database.without_references()?;
        }
        Ok(db)
    }

    /// Copies all that this holds at one moment, and compares. `origin` is what the copies of one database have in common; `after`
    /// adds what is not in tables. Tables that an earlier attempt has copied, and that are still the same, are left.
    pub(crate) fn transfer(
        &mut self, into: &mut Db, location: &Location, origin: &str,
        after: impl FnOnce(&mut Tx<'_>) -> Result<()>, step: Step<'_>,
    ) -> Result<Vec<TableSum>> {
        let (theirs, their_images) = into.in_one(|tx| {
            tx.begin_copy(location, origin)?;
            tx.tables_and_images()
        })?;
        let (sums, last) = self.read(|source| {
            let (tables, images) = source.tables_and_images()?;
            let mut sums = Vec::with_capacity(tables.len());
            for table in tables.iter().filter(|table| table.name != LAST) {
                let to = (table_of(&theirs, &table.name)?, &their_images);
                sums.push(into.in_one(|target| source.transfer_table((table, &images), target, to, step))?);
            }
            let mut last = Vec::new();
            let table = table_of(&tables, LAST)?;
            source.rows_of(table, &images, |row| {
                last.push(row);
                Ok(())
            })?;
            let mut adder = Adder::of(table);
            for row in &last {
                adder.add(row);
            }
            sums.push(adder.end());
            Ok((sums, last))
        })?;
        into.in_one(|tx| tx.end_copy(last, &sums, after))?;
        into.keep_log();
        Ok(sums)
    }

    /// How many rows there are in all tables.
    pub(crate) fn row_total(&mut self) -> Result<u64> {
        self.read(|tx| {
            let tables = tx.tables()?;
            let counts: Vec<String> =
                tables.iter().map(|table| format!("(SELECT COUNT(*) FROM {})", table.name)).collect();
            let sql = format!("SELECT {} AS number", counts.join(" + "));
            let total = tx.first(&sql, params![], |row| row.get::<i64>("number"))?;
            Ok(total.and_then(|total| u64::try_from(total).ok()).unwrap_or_default())
        })
    }
}

fn table_of<'t>(tables: &'t [Table], name: &str) -> Result<&'t Table> {
    let found = tables.iter().find(|table| table.name == name);
    found.ok_or_else(|| Error::internal(format!("there is no table `{name}`")))
}

fn is_unfinished(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.tables_and_views()?.iter().any(|(name, _)| name == UNFINISHED))
}

impl Tx<'_> {
    fn tables_and_images(&mut self) -> Result<(Vec<Table>, Images)> {
        let tables = self.tables()?;
        let images = Images::of(&tables);
        Ok((tables, images))
    }

    /// Writes the schema without what makes it a database, once.
    fn begin_copy(&mut self, location: &Location, origin: &str) -> Result<()> {
        if is_unfinished(self)? {
            let known = self.first("SELECT origin, version FROM database_copy", params![], |row| {
                Ok((row.get::<String>("origin")?, row.get::<i64>("version")?))
            })?;
            return if known == Some((origin.to_owned(), migrate::newest_schema())) {
                Ok(())
            } else {
                let message = format!("`{location}` holds an unfinished copy of another database");
                Err(Error::refused("database.exists", message).hint("remove it, or name another target"))
            };
        }
        self.lay_out_at(location)?;
        self.empty_tables()?;
        let references = if self.is_sqlite() { String::new() } else { self.drop_references()? };
        self.unmark()?;
        self.script(&format!("CREATE TABLE {UNFINISHED} (origin TEXT, version BIGINT, again TEXT)"))?;
        let sql = "INSERT INTO database_copy (origin, version, again) VALUES ($1, $2, $3)";
        self.run_unjournalled(sql, params![origin, migrate::newest_schema(), references]).map(drop)
    }

    /// Copies a table, unless the target has the same rows already.
    fn transfer_table(
        &mut self, (table, images): (&Table, &Images), target: &mut Tx<'_>,
        (theirs, their_images): (&Table, &Images), step: Step<'_>,
    ) -> Result<TableSum> {
        let any =
            target.first(&format!("SELECT 1 AS one FROM {} LIMIT 1", table.name), params![], |_| Ok(()))?;
        if any.is_some() {
            let there = target.sum_of(theirs, their_images)?;
            let here = self.sum_of(table, images)?;
            if there == here {
                step(u64::try_from(here.rows).unwrap_or_default());
                return Ok(here);
            }
            target.script(&format!("DELETE FROM {}", table.name))?;
        }
        let (mut adder, mut portion) = (Adder::of(table), Portion::of(theirs));
        let is_sqlite = target.is_sqlite();
        self.rows_of(table, images, |mut row| {
            adder.add(&row);
            step(1);
            if !is_sqlite {
                their_images.turn(theirs, &mut row, Words::Postgres);
            }
            portion.add(row, target)
        })?;
        portion.write(target)?;
        Ok(adder.end())
    }

    /// Holds the tables together again, and makes a database of them if they are equal to those of the source.
    fn end_copy(
        &mut self, last: Vec<Vec<Cell>>, sums: &[TableSum], after: impl FnOnce(&mut Tx<'_>) -> Result<()>,
    ) -> Result<()> {
        let tables = self.tables()?;
        let table = table_of(&tables, LAST)?;
        self.script(&format!("DELETE FROM {LAST}"))?;
        self.put(table, last)?;
        let again: Option<String> =
            self.first("SELECT again FROM database_copy", params![], |row| row.get("again"))?;
        self.script(&again.unwrap_or_default())?;
        self.script(&format!("DROP TABLE {UNFINISHED}"))?;
        after(self)?;
        self.references_must_hold()?;
        must_be_equal(sums, &self.sums(&mut |_| {})?)?;
        self.mark()
    }

    /// A server has checked them when they were made again.
    fn references_must_hold(&mut self) -> Result<()> {
        if !self.is_sqlite() {
            return Ok(());
        }
        let sql = "SELECT \"table\" AS name FROM pragma_foreign_key_check LIMIT 1";
        match self.first(sql, params![], |row| row.get::<String>("name"))? {
            None => Ok(()),
            Some(table) => {
                let message = format!("a row of `{table}` refers to a row that is missing");
                Err(Error::new(Kind::Environment, "database.copy_differs", message)
                    .hint("look at the source with `caredesk database check`"))
            }
        }
    }

    /// In the header of a file; a server has the table of its steps alone.
    fn mark(&mut self) -> Result<()> {
        if self.is_sqlite() { self.script(&sqlite::mark(migrate::newest_schema())) } else { Ok(()) }
    }

    fn unmark(&mut self) -> Result<()> {
        let unmark = "PRAGMA application_id = 0; PRAGMA user_version = 0";
        if self.is_sqlite() { self.script(unmark) } else { Ok(()) }
    }
}
