//! Opens and creates files.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{Database, cannot_create, wait_a_little};
use crate::db::{as_of, error};

use crate::db::unchanging::{self, Unchanging};
use crate::error::{Error, Kind, Result};

const WRITABLE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

impl Database {
    /// Opens an existing file. On a read-only disk the file is opened read-only.
    pub(in crate::db) fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(Error::new(
                Kind::Environment,
                "database.missing",
                format!("there is no database at `{}`", path.display()),
            )
            .hint("create one with `caredesk init`, or name another with `--db`"));
        }
        let mut connection = Connection::open_with_flags(path, WRITABLE)?;
        match set_up(&mut connection) {
            Ok(()) => Ok(Database::of(connection, path)),
            Err(error) if ["database.cannot_open", error::READ_ONLY].contains(&error.code()) => {
                Self::open_unwritable(path, error)
            }
            Err(error) if error.code() == "database.full" => {
                drop(connection);
                Self::open_alone(path).or_else(|_| Self::open_unwritable(path, error))
            }
            Err(error) => Err(error),
        }
    }

    /// On a full disk there is no room for the small file beside a database in WAL mode. One process alone needs none; others
    /// wait for it.
    fn open_alone(path: &Path) -> Result<Self> {
        let mut connection = Connection::open_with_flags(path, WRITABLE)?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        set_up(&mut connection)?;
        Ok(Database { is_alone: true, ..Database::of(connection, path) })
    }

    /// A database in WAL mode needs a small file beside it even for reading. If that cannot be created the file is read
    /// without it, unless it still has a log to merge. Should another process change it meanwhile, what was read is refused.
    fn open_unwritable(path: &Path, error: Error) -> Result<Self> {
        let log = path.with_file_name(format!("{}-wal", path.file_name().unwrap_or_default().display()));
        if log.metadata().is_ok_and(|log| log.len() > 0) {
            return Err(
                error.hint("the file has an unmerged log beside it: open it once where it can be written")
            );
        }
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let unchanging = Some(Unchanging::of(path));
        let mut connection = Connection::open_with_flags(unchanging::address(path), flags)?;
        set_up(&mut connection)?;
        Ok(Database { unchanging, ..Database::of(connection, path) })
    }

    /// Refused if the file was changed although it was opened as one that is not.
    pub(in crate::db) fn must_be_unchanged(&self) -> Result<()> {
        self.unchanging.as_ref().map_or(Ok(()), Unchanging::must_be_unchanged)
    }

    /// Creates an empty file, readable only by its owner, unless there is one.
    pub(in crate::db) fn create(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| cannot_create(path, &error))?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists || !path.is_file() => {
                Err(cannot_create(path, &error))
            }
            _ => Self::open(path),
        }
    }

    /// A database without a file.
    pub(in crate::db) fn nowhere() -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        set_up(&mut connection)?;
        Ok(Database::of(connection, Path::new("")))
    }
}

/// KiB of pages in memory: enough for bulk loading, and allocated only as needed.
pub(super) const CACHE: usize = 16 << 10;

pub(super) fn set_cache(connection: &Connection, kibibytes: usize) -> Result<()> {
    Ok(connection.execute_batch(&format!("PRAGMA cache_size = -{kibibytes}"))?)
}

fn set_up(connection: &mut Connection) -> Result<()> {
    connection.busy_handler(Some(wait_a_little))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Plans depend only on the text: otherwise SQLite prepares each again after it has seen the values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    as_of::register(connection)?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA case_sensitive_like = ON;",
    )?;
    set_cache(connection, CACHE)
}
