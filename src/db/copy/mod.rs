//! Copies of a whole database, from either engine into a file of SQLite and from such a file into either. The tables are those
//! that the engine has; what they mean is not known here.

mod cell;
mod file;
mod images;
mod load;
mod place;
mod save;
mod sum;
mod tables;
mod transfer;

use std::path::Path;

pub(crate) use file::open_copy;
pub(crate) use load::Before;
pub(crate) use place::{open_settled, place_anew, set_aside};
pub(crate) use sum::TableSum;

use self::cell::Cell;
use self::images::{Images, Words};
use self::tables::Table;
use super::{Db, Tx, migrate};
use crate::error::{Error, Kind, Result};

/// Is given the number of rows that were just copied.
pub(crate) type Step<'a> = &'a mut dyn FnMut(u64);

/// So much is kept in memory before it is written.
const AT_ONCE: usize = 1 << 20;

impl Db {
    /// Copies all into a new file of SQLite, as it stands at one moment, while others may write; what is left in free pages stays
    /// behind.
    pub(crate) fn copy_to_file(&mut self, path: &Path, step: Step<'_>) -> Result<()> {
        match self {
            Db::Sqlite(database) => database.copy_to(path),
            Db::Postgres(_) => self.read(|tx| tx.save(path, step)),
        }
    }

    /// The name of the engine.
    pub(crate) fn engine(&self) -> &'static str {
        match self {
            Db::Sqlite(_) => "sqlite",
            Db::Postgres(_) => "postgresql",
        }
    }

    /// The newest schema that this program knows.
    pub(crate) fn newest_schema() -> i64 {
        migrate::newest_schema()
    }
}

/// Rows on their way into a table, of which so many are in memory as are written at once.
struct Portion<'t> {
    table: &'t Table,
    rows: Vec<Vec<Cell>>,
    size: usize,
}

impl<'t> Portion<'t> {
    fn of(table: &'t Table) -> Self {
        Portion { table, rows: Vec::new(), size: 0 }
    }

    fn add(&mut self, row: Vec<Cell>, into: &mut Tx<'_>) -> Result<()> {
        self.size += row.iter().map(Cell::size).sum::<usize>();
        self.rows.push(row);
        if self.size < AT_ONCE { Ok(()) } else { self.write(into) }
    }

    /// Writes what is left at the end.
    fn write(&mut self, into: &mut Tx<'_>) -> Result<()> {
        self.size = 0;
        into.put(self.table, std::mem::take(&mut self.rows))
    }
}

impl Tx<'_> {
    /// Each row of a table, in the form that both engines have in common.
    fn rows_of(
        &mut self, table: &Table, images: &Images, mut row: impl FnMut(Vec<Cell>) -> Result<()>,
    ) -> Result<()> {
        let is_sqlite = self.is_sqlite();
        self.each(&table.query(), &[], |found| {
            let mut cells = table.read(found).map_err(|error| of_table(error, table))?;
            if !is_sqlite {
                images.turn(table, &mut cells, Words::Sqlite);
            }
            row(cells)
        })
    }
}

fn of_table(error: Error, table: &Table) -> Error {
    if error.kind() != Kind::Environment {
        return error;
    }
    let message = format!("a row of the table `{}` cannot be copied", table.name);
    let hint = error.hint_text().unwrap_or_default().to_owned();
    Error::new(error.kind(), error.code(), message).hint(hint).because(error)
}

/// The tables that are not the same in both, by name.
fn differing(one: &[TableSum], other: &[TableSum]) -> Vec<String> {
    let missing = |one: &[TableSum], other: &[TableSum]| -> Vec<String> {
        one.iter().filter(|sum| !other.contains(sum)).map(|sum| sum.table.clone()).collect()
    };
    let mut names = missing(one, other);
    names.extend(missing(other, one));
    names.sort();
    names.dedup();
    names
}

/// Where what was written is not what was read.
fn must_be_equal(one: &[TableSum], other: &[TableSum]) -> Result<()> {
    let differing = differing(one, other);
    if differing.is_empty() {
        return Ok(());
    }
    let message = format!("the copy is not as the database: {}", differing.join(", "));
    Err(Error::new(Kind::Environment, "database.copy_differs", message)
        .hint("nothing was changed; look at both with `caredesk database check`"))
}
