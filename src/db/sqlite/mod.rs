//! SQLite: one file, many processes, one writer at a time.

mod open;
mod pages;
mod session;
mod watch;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::backup::Backup;
use rusqlite::{CachedStatement, Connection, ErrorCode, Statement};

use super::error::Ended;
use super::limits::Limits;
use super::unchanging::Unchanging;
use super::{Param, Params, Row, error, interrupt, text};
use crate::error::{Error, Kind, Result};
use crate::file::{Identity, identity};
pub(super) use pages::Pages;
pub(super) use session::Session;
use session::Triggers;

/// Rows in one statement of bulk loading.
const ROWS_AT_ONCE: usize = 32;

pub(crate) struct Database {
    connection: Connection,
    /// Whether a transaction is open, of which all others are parts.
    is_joined: bool,
    /// The triggers of this connection that are there to stay.
    triggers: Triggers,
    path: PathBuf,
    /// Of a file that was opened as one that does not change.
    unchanging: Option<Unchanging>,
    /// Which file the path led to.
    identity: Option<Identity>,
    /// Whether no other process can use it meanwhile.
    is_alone: bool,
    /// What others had changed when that was last asked.
    seen: Option<i64>,
}

impl Database {
    fn of(connection: Connection, path: &Path) -> Self {
        interrupt::watch(connection.get_interrupt_handle());
        Database {
            connection,
            is_joined: false,
            triggers: Triggers::new(),
            path: path.to_owned(),
            unchanging: None,
            identity: identity(path),
            is_alone: false,
            seen: None,
        }
    }

    /// From now on an interrupt ends its statements.
    pub(super) fn watch(&self) {
        interrupt::watch(self.connection.get_interrupt_handle());
    }

    /// Whether the path still leads to the file that is open, as one that others change.
    pub(super) fn is_in_place(&self) -> bool {
        let is_there = self.identity.is_some() && identity(&self.path) == self.identity;
        is_there && !self.keeps_others_away()
    }

    /// Whether the path leads to another file than the one that was opened.
    pub(super) fn is_replaced(&self) -> bool {
        self.identity.is_some() && identity(&self.path) != self.identity
    }

    /// Whether others would have to wait for as long as it is open, or it would not see what they change.
    pub(super) fn keeps_others_away(&self) -> bool {
        self.is_alone || self.unchanging.is_some()
    }

    /// As [`version`].
    pub(super) fn version(&self) -> Result<Option<i64>> {
        version(&self.connection)
    }

    /// Writes to a log from now on, which lets others read meanwhile. Stored in the file. If another process is just doing it, or the
    /// disk is read-only, it stays as it is.
    pub(super) fn keep_log(&self) {
        drop(self.connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())));
    }

    /// Makes a consistent copy while others may write.
    pub(super) fn copy_to(&self, path: &Path) -> Result<()> {
        self.connection.execute("VACUUM INTO ?1", [path.display().to_string()])?;
        Ok(())
    }

    /// Rows may be written in any order from now on.
    pub(super) fn without_references(&self) -> Result<()> {
        Ok(self.connection.pragma_update(None, "foreign_keys", false)?)
    }

    /// For a new file that nothing else uses, and that is thrown away if it is not whole.
    pub(super) fn without_safety(&self) -> Result<()> {
        Ok(self.connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")?)
    }

    /// Fails where no log lets others read while one writes.
    pub(super) fn must_keep_log(&self) -> Result<()> {
        let mode: String = self.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode == "wal" { Ok(()) } else { Err(error::busy("it has no log that lets others read meanwhile")) }
    }

    /// Begins to put all that another holds in place of what this holds.
    pub(super) fn begin_replacing<'a>(&'a mut self, by: &'a Database) -> Result<Backup<'a, 'a>> {
        Ok(Backup::new(&by.connection, &mut self.connection)?)
    }

    /// Pages of another size do not fit into a file that has a log.
    pub(super) fn take_page_size_of(&self, other: &Database) -> Result<()> {
        let size =
            |of: &Database| of.connection.pragma_query_value(None, "page_size", |row| row.get::<_, i64>(0));
        let wanted = size(other)?;
        if size(self)? == wanted {
            return Ok(());
        }
        let text = format!("PRAGMA journal_mode = DELETE; PRAGMA page_size = {wanted}; VACUUM");
        Ok(self.connection.execute_batch(&text)?)
    }

    /// Writes the log into the file, unless others read it just now.
    pub(super) fn merge_log(&self) {
        drop(self.empty_log());
    }

    /// How many rows each table has.
    pub(super) fn row_counts(&self) -> Result<Vec<(String, i64)>> {
        let mut tables =
            self.connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
        let names = tables.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        let count = |name: String| {
            let text = format!("SELECT count(*) FROM \"{name}\"");
            Ok((name, self.connection.query_row(&text, [], |row| row.get(0))?))
        };
        names.into_iter().map(count).collect()
    }

    /// Freed space is overwritten with zeros from now on.
    pub(super) fn overwrite_deleted(&self) -> Result<()> {
        Ok(self.connection.pragma_update(None, "secure_delete", true)?)
    }

    /// Writes the file anew and empties its log. Returns whether that was possible while others read.
    pub(super) fn rewrite(&self) -> Result<bool> {
        self.connection.execute_batch("VACUUM")?;
        let until = Instant::now() + Limits::default().of_lock();
        while !self.empty_log()? {
            if Instant::now() >= until {
                return Ok(false);
            }
            interrupt::must_go_on()?;
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(true)
    }

    /// Readers are waited for; another process that empties it just now is not, whatever the busy handler says.
    fn empty_log(&self) -> Result<bool> {
        Ok(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))? == 0)
    }

    /// The damage that the engine finds; empty if the file is sound.
    pub(super) fn damage(&self) -> Result<Vec<String>> {
        let mut errors = Vec::new();
        self.connection.pragma_query(None, "integrity_check", |row| {
            errors.push(row.get::<_, String>(0)?);
            Ok(())
        })?;
        errors.retain(|error| error != "ok");
        Ok(errors)
    }

    /// The same, and the references that lead nowhere.
    pub(super) fn integrity_errors(&self) -> Result<Vec<String>> {
        let mut errors = self.damage()?;
        errors.extend(self.lost_references()?);
        Ok(errors)
    }

    pub(super) fn lost_references(&self) -> Result<Vec<String>> {
        let mut errors = Vec::new();
        self.connection.pragma_query(None, "foreign_key_check", |row| {
            errors.push(format!(
                "a row of `{}` refers to a missing row of `{}`",
                row.get::<_, String>(0)?,
                row.get::<_, String>(2)?
            ));
            Ok(())
        })?;
        Ok(errors)
    }
}

/// Where the disk fails in a commit, the transaction may be whole in the log all the same.
pub(super) fn ended(error: rusqlite::Error) -> Ended {
    let is_open = error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure);
    let how = if is_open { Ended::Open } else { Ended::RolledBack };
    how(error.into())
}

/// Writes the first page as it is.
pub(super) fn write_header(tx: &Connection) -> Result<()> {
    let version: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(tx.pragma_update(None, "user_version", version)?)
}

/// "care" in ASCII, in the header of the file, tells our databases from those of other programs.
const APPLICATION: i64 = 0x6361_7265;

/// The schema of a database of ours, in steps; none if it is not one.
pub(super) fn version(connection: &Connection) -> Result<Option<i64>> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let version = if number("application_id")? == APPLICATION { number("user_version")? } else { 0 };
    Ok((version > 0).then_some(version))
}

/// The statements that say so in the header of the file.
pub(super) fn mark(version: i64) -> String {
    format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {version};")
}

/// Makes a file that is there readable only by its owner.
pub(super) fn make_private(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

pub(super) fn cannot_create(path: &Path, error: &std::io::Error) -> Error {
    if error.kind() == ErrorKind::AlreadyExists {
        return Error::refused("database.exists", format!("there is a file at `{}` already", path.display()))
            .hint("use it as it is, or name another with `--db`");
    }
    Error::new(
        Kind::Environment,
        "database.cannot_create",
        format!("`{}` cannot be created: {error}", path.display()),
    )
}

/// Uneven waits, up to an eighth of what was waited so far: SQLite's own handler backs off to 100 ms and starves the last of many
/// writers, and many that look each millisecond leave no processor to the one that writes.
fn wait_a_little(times: i32) -> bool {
    thread_local! {
        static SINCE: std::cell::Cell<Option<Instant>> = const { std::cell::Cell::new(None) };
    }
    if times == 0 {
        SINCE.set(Some(Instant::now()));
    }
    let waited = SINCE.get().map_or(Duration::ZERO, |since| since.elapsed());
    let longest = (waited / 8).clamp(SHORT_WAIT, LONG_WAIT);
    std::thread::sleep(longest.mul_f64(0.1 + 0.9 * fastrand::f64()));
    !interrupt::is_cancelled() && waited < Limits::default().of_lock()
}

/// The longest wait of one that has just come, and of one that waits for long.
const SHORT_WAIT: Duration = Duration::from_millis(2);
const LONG_WAIT: Duration = Duration::from_millis(50);

fn bind(statement: &mut Statement<'_>, params: Params<'_>) -> Result<()> {
    for index in 1..=statement.parameter_count() {
        let value =
            params.get(index - 1).ok_or(rusqlite::Error::InvalidParameterCount(params.len(), index))?;
        statement.raw_bind_parameter(index, value.sqlite())?;
    }
    Ok(())
}

fn prepare<'c>(tx: &'c Session<'_>, sql: &str, params: Params<'_>) -> Result<CachedStatement<'c>> {
    let mut statement = tx.prepared(&text::numbered(sql))?;
    bind(&mut statement, params)?;
    Ok(statement)
}

pub(super) fn each(
    tx: &Session<'_>, sql: &str, params: Params<'_>, row: &mut dyn FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = prepare(tx, sql, params)?;
    // The engine compares them without case, and ours have none.
    let names: Vec<String> = statement.column_names().map(str::to_ascii_lowercase).collect();
    let mut rows = statement.raw_query();
    while let Some(found) = rows.next()? {
        row(&Row::Sqlite(found, &names))?;
    }
    Ok(())
}

pub(super) fn run(tx: &Session<'_>, sql: &str, params: Params<'_>) -> Result<u64> {
    Ok(prepare(tx, sql, params)?.raw_execute()? as u64)
}

/// Within one statement, consecutive rows of an index are appended to its end without a search.
pub(super) fn bulk<'r, R, const N: usize>(
    tx: &Session<'_>, sql: &str, rows: &'r [R], values: &impl Fn(&'r R) -> [&'r dyn Param; N],
) -> Result<()> {
    let (many, rest) = rows.split_at(rows.len() - rows.len() % ROWS_AT_ONCE);
    load(tx, sql, many, ROWS_AT_ONCE, values)?;
    load(tx, sql, rest, 1, values)
}

/// Writes rows, a multiple of `at_once`, through one statement for each `at_once` of them.
fn load<'r, R, const N: usize>(
    tx: &Session<'_>, sql: &str, rows: &'r [R], at_once: usize, values: &impl Fn(&'r R) -> [&'r dyn Param; N],
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    // A row that is refused fails the transaction, so the rows before it need not be kept to be taken back alone.
    let sql = sql.replacen("INSERT INTO", "INSERT OR FAIL INTO", 1);
    let mut statement = tx.prepared(&text::numbered(&text::repeat_values(&sql, N, at_once)))?;
    let mut params: Vec<&dyn Param> = Vec::with_capacity(at_once * N);
    for chunk in rows.chunks(at_once) {
        params.clear();
        params.extend(chunk.iter().flat_map(values));
        bind(&mut statement, &params)?;
        statement.raw_execute()?;
    }
    Ok(())
}

/// Drops the secondary indexes of a table, and returns the statements that create them.
/// Returns the texts that make them again; none are dropped of a table with so many rows.
pub(super) fn drop_indexes(tx: &Connection, table: &str, rows: usize) -> Result<Vec<String>> {
    let last = format!("SELECT 1 FROM \"{table}\" LIMIT 1 OFFSET {}", rows.saturating_sub(1));
    if tx.prepare(&last)?.exists([])? {
        return Ok(Vec::new());
    }
    let mut statement = tx.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?1",
    )?;
    let found = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexes: Vec<(String, String)> = found.collect::<Result<_, _>>()?;
    for (name, _) in &indexes {
        tx.execute_batch(&format!("DROP INDEX \"{name}\""))?;
    }
    Ok(indexes.into_iter().map(|(_, text)| text).collect())
}

/// An index is made by sorting, which takes as much memory as the cache may have, besides the cache: both have less of it meanwhile.
pub(super) fn make_again(tx: &Connection, indexes: &[String]) -> Result<()> {
    const LESS: usize = open::CACHE / 4;
    if indexes.is_empty() {
        return Ok(());
    }
    open::set_cache(tx, LESS)?;
    indexes.iter().try_for_each(|text| tx.execute_batch(text))?;
    open::set_cache(tx, open::CACHE)
}

/// The version of the library.
pub(super) fn library() -> &'static str {
    rusqlite::version()
}
