//! Runs statements on either engine. The only code that knows the engines, and it knows nothing of care: no
//! query is written twice, and no caller asks which engine it is on.

mod as_of;
mod columns;
mod commit;
mod copy;
mod error;
pub(crate) mod health;
mod interrupt;
mod journal;
mod later;
mod limits;
mod location;
mod migrate;
mod outage;
mod parameters;
mod passwords;
mod postgres;
mod query;
mod renew;
mod rewrite;
mod sqlite;
mod standby;
mod text;
mod trace;
mod unchanging;
mod value;
mod versions;
mod watch;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
pub(crate) use copy::{Before, Step, TableSum, open_copy, open_settled, place_anew, set_aside};
pub(crate) use error::{COMMIT_UNKNOWN, OnUnique, READ_ONLY, corrupt};
pub(crate) use interrupt::{Committed, begin_command, cancel, end_command, stop};
pub(crate) use journal::{Journaled, Referrer, Referring, Taken};
pub(crate) use limits::wait_for_locks;
pub(crate) use location::Location;
pub(crate) use migrate::{Upgrade, about, newer_program};
pub(crate) use parameters::duration;
pub(crate) use passwords::PasswordFiles;
pub(crate) use query::Query;
pub(crate) use trace::{Traced, trace, trace_no_more};
pub(crate) use value::Param;
pub(crate) use versions::{Fields, Later, Touched, Versioned, is_same};
pub(crate) use watch::Paused;

use error::Ended;

use crate::error::{Error, Kind, Result};

/// The values of one statement; `$1` is the first.
pub(crate) type Params<'a> = &'a [&'a dyn Param];

/// `params![id, "text", None::<i64>]`
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$(&$value as &dyn $crate::db::Param),*] as $crate::db::Params<'_> };
}

/// The text of `sql/<noun>/<verb>.sql`, named in its first line; a missing file does not compile.
macro_rules! sql {
    ($path:literal) => {
        concat!("-- ", $path, "\n", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $path, ".sql")))
    };
}

/// A struct from a row. A field without a value is the column of the same name:
/// `from_row! { row => Queue { id, name, statuses: Vec::new() } }`
macro_rules! from_row {
    ($row:ident => $type:ident { $($field:ident $(: $value:expr)?),* $(,)? }) => {
        Ok($type { $($field: $crate::db::from_row!(@ $row $field $($value)?)),* })
    };
    (@ $row:ident $field:ident) => { $row.get(stringify!($field))? };
    (@ $row:ident $field:ident $value:expr) => { $value };
}

pub(crate) use {from_row, params, sql};

/// An open database.
pub(crate) enum Db {
    Sqlite(Box<sqlite::Database>),
    Postgres(Box<postgres::Database>),
}

/// One row of a result; on SQLite with the column names, which are looked up once for all rows.
pub(crate) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>, &'a [String]),
    Postgres(&'a tokio_postgres::Row),
}

/// How a successful transaction ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Commit,
    /// `--dry-run`: everything is done and checked by the engine, then rolled back.
    Rollback,
}

/// One transaction.
pub(crate) struct Tx<'a> {
    engine: Engine<'a>,
    failed: bool,
    try_again: bool,
    /// Keeps what the statements change, so that it can be taken back.
    journal: Option<Box<journal::Journal>>,
    /// How tables stood that are read as of an earlier instant.
    past: Option<Box<versions::Past>>,
    /// What keeps the rows that its statements change.
    keeping: Option<versions::Keeping>,
}

enum Engine<'a> {
    Sqlite(sqlite::Session<'a>),
    Postgres(postgres::Session<'a>),
}

/// How many values one statement asks about: enough to make a round trip worthwhile, and no plan too long.
const AT_ONCE: usize = 1_000;

impl Db {
    /// Opens a database that `init` created, and upgrades an older one; `derive` computes then what steps written in SQL cannot.
    /// Environment errors: missing, of another program, newer than this one.
    pub(crate) fn open(
        location: &Location, derive: impl FnOnce(&mut Tx<'_>) -> Result<()>,
    ) -> Result<(Db, Upgrade)> {
        let db = Db::connect(location)?;
        migrate::admit(db, location, derive)
    }

    /// The same without a change to it: an older one is refused.
    pub(crate) fn open_as_it_is(location: &Location) -> Result<Db> {
        let mut db = Db::connect(location)?;
        migrate::must_be_current(&mut db, location)?;
        Ok(db)
    }

    fn connect(location: &Location) -> Result<Db> {
        Ok(match location {
            Location::File(path) => Db::Sqlite(Box::new(sqlite::Database::open(path)?)),
            Location::Server(server) => Db::Postgres(Box::new(postgres::Database::connect(server)?)),
        })
    }

    /// Creates an empty database with the newest schema, where `derive` adds what is not written in SQL. Refused if there is one already.
    pub(crate) fn create(location: &Location, derive: impl FnOnce(&mut Tx<'_>) -> Result<()>) -> Result<Db> {
        let db = match location {
            Location::File(path) => Db::Sqlite(Box::new(sqlite::Database::create(path)?)),
            Location::Server(_) => Db::connect(location)?,
        };
        migrate::install(db, location, derive)
    }

    /// Refused if [`Db::create`] would be; creates nothing.
    pub(crate) fn must_be_vacant(location: &Location) -> Result<()> {
        match location {
            Location::File(path) if path.symlink_metadata().is_err() => Ok(()),
            _ => migrate::must_be_vacant(&mut Db::connect(location)?, location),
        }
    }

    /// One snapshot for every query inside; the engine refuses to write.
    pub(crate) fn read<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        match self {
            Db::Sqlite(database) => {
                let answer = database.begin_reading().and_then(|tx| work(&mut Tx::new(Engine::Sqlite(tx))));
                database.must_be_unchanged()?;
                answer
            }
            Db::Postgres(database) => work(&mut Tx::new(Engine::Postgres(database.begin_reading()))),
        }
    }
}

impl<'a> Tx<'a> {
    fn new(engine: Engine<'a>) -> Self {
        Tx { engine, failed: false, try_again: false, journal: None, past: None, keeping: None }
    }

    fn begin(db: &'a mut Db) -> Result<Self> {
        Ok(Tx::new(match db {
            Db::Sqlite(database) => Engine::Sqlite(database.begin_writing()?),
            Db::Postgres(database) => Engine::Postgres(database.begin_writing()?),
        }))
    }

    fn end(self, ending: Ending) -> Result<(), Ended> {
        if self.failed {
            return Err(error::aborted().into());
        }
        let watch = trace::watch(|| Ok(Vec::new()))?;
        match (self.engine, ending) {
            (Engine::Sqlite(tx), Ending::Commit) => tx.commit()?,
            (Engine::Postgres(tx), Ending::Commit) => tx.commit()?,
            (Engine::Sqlite(tx), Ending::Rollback) => return Ok(tx.rollback()?),
            // What is not committed is rolled back, after all has been tried.
            (Engine::Postgres(mut tx), Ending::Rollback) => return Ok(tx.flush()?),
        }
        trace::end(watch.as_ref(), "commit", None);
        Ok(())
    }

    fn is_sqlite(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(_))
    }

    /// What the clock of the server says; none without a server.
    pub(crate) fn clock(&mut self) -> Result<Option<DateTime<Utc>>> {
        let known = match &self.engine {
            Engine::Sqlite(_) => return Ok(None),
            Engine::Postgres(tx) => tx.clock(),
        };
        if known.is_some() {
            return Ok(known);
        }
        // Of a database that is just made.
        let sql = "SELECT date_trunc('milliseconds', clock_timestamp()) AS at";
        self.first(sql, params![], |row| row.get("at"))
    }

    /// Whether a statement failed. PostgreSQL then answers COMMIT with a silent ROLLBACK; here both engines
    /// return an error.
    fn guard<T>(&mut self, work: impl FnOnce(&mut Engine<'a>) -> Result<T>) -> Result<T> {
        if self.failed {
            return Err(error::aborted());
        }
        interrupt::must_go_on()?;
        work(&mut self.engine).inspect_err(|error| {
            self.failed = true;
            // The whole transaction is retried even if the caller ignores this error.
            self.try_again |= error.code() == error::SERIALISATION;
        })
    }

    /// The text of a query, which reads earlier rows where this transaction has gone back.
    fn as_it_stood<'s>(&self, sql: Cow<'s, str>) -> Cow<'s, str> {
        match &self.past {
            Some(past) => Cow::Owned(past.query(&sql)),
            None => sql,
        }
    }

    /// Streams the rows, one in memory at a time. No other query can run inside.
    pub(crate) fn each(
        &mut self, sql: &str, params: Params<'_>, mut row: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let sql = self.as_it_stood(text::present(sql, params));
        self.watched_each(&sql, params, &mut row)
    }

    pub(crate) fn all<T>(
        &mut self, sql: &str, params: Params<'_>, mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.each(sql, params, |row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// Like [`Tx::all`], for the values in `all_in`: `($all_in)` in the text becomes one placeholder for
    /// each, numbered after `params`. No values, no rows. Many values are asked for in portions, so an order
    /// in the text holds only within a portion.
    pub(crate) fn all_in<T, P: Param>(
        &mut self, sql: &str, params: Params<'_>, all_in: &[P], mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        for chunk in all_in.chunks(AT_ONCE) {
            let mut values = params.to_vec();
            values.extend(chunk.iter().map(|value| value as &dyn Param));
            rows.extend(self.all(&text::all_in(sql, params.len(), chunk.len()), &values, &mut read)?);
        }
        Ok(rows)
    }

    /// Like [`Tx::run`], for the values in `all_in`, as in [`Tx::all_in`].
    pub(crate) fn run_in<P: Param>(&mut self, sql: &str, params: Params<'_>, all_in: &[P]) -> Result<()> {
        for chunk in all_in.chunks(AT_ONCE) {
            let mut values = params.to_vec();
            values.extend(chunk.iter().map(|value| value as &dyn Param));
            self.run(&text::all_in(sql, params.len(), chunk.len()), &values)?;
        }
        Ok(())
    }

    /// Like [`Tx::all_in`], for queries where a list of ids would make the engine sort every match: the lines
    /// between `-- each` and `-- end` are repeated for each id, at most a few hundred, so that each uses its
    /// own index.
    pub(crate) fn all_union<T, P: Param>(
        &mut self, sql: &str, params: Params<'_>, ids: &[P], read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = params.to_vec();
        values.extend(ids.iter().map(|id| id as &dyn Param));
        self.all(&text::for_each(sql, params.len(), ids.len()), &values, read)
    }

    /// The first row, if there is one.
    pub(crate) fn first<T>(
        &mut self, sql: &str, params: Params<'_>, read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.all(sql, params, read)?.into_iter().next())
    }

    /// Returns how many rows were changed. A statement with RETURNING goes through [`Tx::all`].
    pub(crate) fn run(&mut self, sql: &str, params: Params<'_>) -> Result<u64> {
        let sql = text::present(sql, params);
        self.journalled(&sql, 1, |_, at| params.get(at).copied(), params)?;
        self.keep_rows_of(&sql)?;
        self.run_unjournalled(&sql, params)
    }

    fn run_unjournalled(&mut self, sql: &str, params: Params<'_>) -> Result<u64> {
        let watch = trace::watch(|| self.plan(sql, params))?;
        let rows = self.guard(|engine| match engine {
            Engine::Sqlite(tx) => sqlite::run(tx, sql, params),
            Engine::Postgres(tx) => tx.run(sql, params),
        })?;
        trace::end(watch.as_ref(), text::name(sql), Some(rows));
        Ok(rows)
    }

    /// Reads many things through one query with one `VALUES ($1, …)`: the tuple is repeated, so that a server
    /// is asked once for hundreds.
    pub(crate) fn lookup_many<'r, R, T, const N: usize>(
        &mut self, sql: &str, wanted: &'r [R], bind: impl Fn(&'r R) -> [&'r dyn Param; N],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        for chunk in wanted.chunks(AT_ONCE) {
            let params: Vec<&dyn Param> = chunk.iter().flat_map(&bind).collect();
            rows.extend(self.all(&text::repeat_values(sql, N, chunk.len()), &params, &mut read)?);
        }
        Ok(rows)
    }

    /// Writes many rows through one statement with one `VALUES ($1, …)`: SQLite runs it once per row,
    /// PostgreSQL gets the tuple repeated.
    pub(crate) fn bulk<'r, R, const N: usize>(
        &mut self, sql: &str, rows: &'r [R], bind: impl Fn(&'r R) -> [&'r dyn Param; N],
    ) -> Result<()> {
        let value = |row: usize, at: usize| rows.get(row).and_then(|one| bind(one).into_iter().nth(at));
        self.journalled(sql, rows.len(), value, &[])?;
        let added = self.begin_adding(sql, rows.len())?;
        if added.is_none() {
            self.keep_rows_of(sql)?;
        }
        let watch = trace::watch(|| Ok(Vec::new()))?;
        self.guard(|engine| match engine {
            Engine::Sqlite(tx) => sqlite::bulk(tx, sql, rows, &bind),
            Engine::Postgres(tx) => tx.bulk(sql, rows, &bind),
        })?;
        trace::end(watch.as_ref(), text::name(sql), Some(rows.len() as u64));
        added.map_or(Ok(()), |added| self.keep_added(&added))
    }

    /// Runs `work`, which adds many rows to a table, at least as many as given. If it has fewer, that is done without its secondary
    /// indexes, which are made again afterwards: out of order, that takes a fraction of the time. Only on SQLite: on a server it would
    /// block every reader of the table.
    pub(crate) fn without_indexes<T>(
        &mut self, table: &str, added: usize, work: impl FnOnce(&mut Tx<'a>) -> Result<T>,
    ) -> Result<T> {
        let indexes = self.guard(|engine| match engine {
            Engine::Sqlite(tx) => sqlite::drop_indexes(tx, table, added),
            Engine::Postgres(_) => Ok(Vec::new()),
        })?;
        let done = work(self)?;
        self.guard(|engine| match engine {
            Engine::Sqlite(tx) => sqlite::make_again(tx, &indexes),
            Engine::Postgres(_) => Ok(()),
        })?;
        Ok(done)
    }
}

/// A guarded statement changed nothing although the row was just read: an internal error.
pub(crate) fn exactly_one(changed: u64, what: &str) -> Result<()> {
    if changed == 1 {
        return Ok(());
    }
    Err(Error::new(
        Kind::Internal,
        "database.unexpected_change",
        format!("{changed} rows of `{what}` were changed instead of one"),
    ))
}
