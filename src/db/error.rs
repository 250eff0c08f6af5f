//! Translates errors of the engines. A violated unique index has the same name on both.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use rusqlite::ffi;

use crate::error::{Error, Kind, Result};

/// The code of a serialisation failure, after which the transaction is retried.
pub(super) const SERIALISATION: &str = "database.serialisation";
/// The code where it could not be found out whether a transaction was committed.
pub(crate) const COMMIT_UNKNOWN: &str = "database.commit_unknown";
/// The code of a commit whose answer was lost, and of which nothing is there.
pub(super) const NOT_COMMITTED: &str = "database.not_committed";
/// The code of an answer that did not come.
pub(super) const UNREACHABLE: &str = "database.unreachable";
/// The code where no host of several takes changes.
pub(super) const NO_PRIMARY: &str = "database.no_primary";
/// The code of a database that can only be read.
pub(crate) const READ_ONLY: &str = "database.read_only";
/// The code of a table that is not there.
pub(super) const NO_TABLE: &str = "database.no_table";
const UNIQUE: &str = "database.unique";
const INDEX: &str = "index";

/// How a transaction ended that was not committed for certain.
pub(super) enum Ended {
    RolledBack(Error),
    /// The answer to the commit was lost, or the disk failed in it.
    Open(Error),
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Ended::RolledBack(error)
    }
}

/// Turns the violation of a unique index into its refusal.
pub(crate) trait OnUnique<T> {
    fn on_unique(self, index: &str, refusal: impl FnOnce() -> Error) -> Result<T>;
}

impl<T> OnUnique<T> for Result<T> {
    fn on_unique(self, index: &str, refusal: impl FnOnce() -> Error) -> Result<T> {
        self.map_err(|error| {
            let is_this =
                error.code() == UNIQUE && error.detail_text(INDEX).is_some_and(|name| name == index);
            if is_this { refusal() } else { error }
        })
    }
}

pub(super) fn aborted() -> Error {
    Error::new(Kind::Internal, "database.aborted", "an earlier statement of this transaction failed")
}

pub(super) fn conflict() -> Error {
    Error::new(Kind::Busy, SERIALISATION, "two changes conflicted; this one was rolled back")
        .hint("repeat the command: that is always safe")
}

fn unique(index: &str) -> Error {
    Error::refused(UNIQUE, format!("such a row exists already (`{index}`)")).detail(INDEX, index)
}

fn rule(code: &'static str, what: &str) -> Error {
    Error::new(Kind::Internal, code, format!("the database refused a row that breaks `{what}`"))
}

pub(super) fn busy(why: &str) -> Error {
    Error::new(Kind::Busy, "database.busy", format!("the database stayed busy: {why}"))
        .hint("repeat the command: that is always safe")
}

/// The answer to a commit was lost, and what it should have left is not there.
pub(super) fn not_done(lost: Error) -> Error {
    let message = format!("nothing was changed: {}", lost.message());
    Error::new(Kind::Busy, NOT_COMMITTED, message)
        .hint("repeat the command: that is always safe")
        .because(lost)
}

pub(super) fn commit_unknown(lost: &Error, asked: Error) -> Error {
    let message = format!("it is not known whether the change was made: {}", lost.message());
    Error::new(Kind::Busy, COMMIT_UNKNOWN, message).because(asked)
}

fn environment(code: &'static str, message: String) -> Error {
    Error::new(Kind::Environment, code, message)
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Engine;
        let (engine, text) = match &error {
            Engine::SqliteFailure(engine, text) => (engine, text.as_deref().unwrap_or_default()),
            Engine::SqlInputError { error, msg, .. } => (error, msg.as_str()),
            Engine::FromSqlConversionFailure(..)
            | Engine::IntegralValueOutOfRange(..)
            | Engine::InvalidColumnType(..)
            | Engine::Utf8Error(..) => return corrupt(&error.to_string()),
            _ => return Error::internal(format!("sqlite: {error}")),
        };
        // "UNIQUE constraint failed: account.login_key" or "… failed: index 'account_login_key'"
        let what = text.split_once(": ").map_or(text, |(_, what)| what);
        match engine.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => unique(&index_name(what)),
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => rule("database.reference", "a reference"),
            ffi::SQLITE_CONSTRAINT_CHECK | ffi::SQLITE_CONSTRAINT_DATATYPE => rule("database.check", what),
            ffi::SQLITE_CONSTRAINT_NOTNULL => rule("database.missing", what),
            // The shared-memory file beside the database cannot grow.
            ffi::SQLITE_IOERR_SHMSIZE => full(),
            code => by_primary_code(code & 0xff, text),
        }
    }
}

pub(super) fn interrupted() -> Error {
    Error::new(Kind::Interrupted, "interrupted", "interrupted; nothing was changed")
}

fn full() -> Error {
    environment("database.full", "the disk is full; nothing was written".to_owned())
        .hint("make room and repeat the command: that is always safe")
}

pub(crate) fn corrupt(what: &str) -> Error {
    environment("database.corrupt", format!("the database is damaged: {what}"))
        .hint("keep the file as it is and restore the last backup")
}

fn by_primary_code(code: i32, text: &str) -> Error {
    match code {
        ffi::SQLITE_INTERRUPT => interrupted(),
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => busy("another process holds it"),
        ffi::SQLITE_NOTADB => environment("database.not_a_database", "the file is not a database".to_owned())
            .hint("name another with `--db`, or create one with `caredesk init`"),
        // Such a name is none of ours: what we make is made in order.
        ffi::SQLITE_ERROR if text.ends_with("already exists") => in_the_way(text),
        // All but the first: a statement that was right when it was written does not fit this file, or what is read from it.
        ffi::SQLITE_CORRUPT
        | ffi::SQLITE_ERROR
        | ffi::SQLITE_FORMAT
        | ffi::SQLITE_MISMATCH
        | ffi::SQLITE_SCHEMA
        | ffi::SQLITE_TOOBIG => corrupt(text),
        ffi::SQLITE_READONLY => environment(READ_ONLY, "the database cannot be written".to_owned())
            .hint("check the owner and the mode of the file and of its folder"),
        ffi::SQLITE_FULL => full(),
        ffi::SQLITE_CANTOPEN => {
            environment("database.cannot_open", format!("the database cannot be opened: {text}"))
        }
        ffi::SQLITE_IOERR => environment("database.io", format!("the disk failed: {text}"))
            .hint("nothing was written; see to the disk, then repeat the command"),
        _ => Error::internal(format!("sqlite: {text}")),
    }
}

fn in_the_way(what: &str) -> Error {
    environment("database.foreign", format!("another program's tables are in the way: {what}"))
        .hint("give caredesk a database of its own")
}

/// A unique index is named after its table and columns, so both engines name the same thing.
fn index_name(what: &str) -> String {
    if let Some(name) = what.strip_prefix("index '") {
        return name.trim_end_matches('\'').to_owned();
    }
    let table = what.split('.').next().unwrap_or(what);
    let columns = what.split(", ").filter_map(|location| location.split_once('.').map(|(_, column)| column));
    columns.fold(table.to_owned(), |name, column| name + "_" + column)
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(server) = error.as_db_error() else {
            return lost(error);
        };
        let what = server.constraint().or(server.column()).unwrap_or_default();
        match server.code().code() {
            "23505" => unique(what),
            "23503" => rule("database.reference", what),
            "23514" => rule("database.check", what),
            "23502" => rule("database.missing", what),
            "40001" | "40P01" => conflict(),
            "57014" => busy("a statement took longer than the server allows"),
            "25P03" => busy("the run stood still for too long"),
            "55P03" | "53200" | "53300" => busy(server.message()),
            "25P02" => aborted(),
            "25006" => read_only(server.message()),
            "53100" => {
                environment("database.full", "the server's disk is full; nothing was written".to_owned())
            }
            "3D000" | "28P01" | "28000" | "42501" => {
                environment("database.denied", server.message().to_owned())
            }
            "42P07" => in_the_way(server.message()),
            "42P01" | "42703" | "3F000" => {
                environment(NO_TABLE, format!("a part of the database is missing: {}", server.message()))
                    .hint("restore the last backup, or name another database with `--db`")
            }
            "XX001" | "XX002" => {
                environment("database.corrupt", format!("the database is damaged: {}", server.message()))
            }
            "58030" => environment("database.io", format!("the server's disk failed: {}", server.message()))
                .hint("see to the disk of the server, then repeat the command"),
            // Of poolers, and of a server that is shut down or starts, too.
            code if code.starts_with("08") || code.starts_with("57P") => unreachable(server.message()),
            code => Error::internal(format!("postgresql: {} ({code})", server.message())),
        }
    }
}

fn read_only(why: &str) -> Error {
    environment(READ_ONLY, format!("the database cannot be written: {why}"))
        .hint("changes need the primary server, and a role that may write; what only reads works as it is")
}

/// Of a file, with the reason.
pub(super) fn unwritable(path: &Path) -> Error {
    let name = path.display();
    let why = match OpenOptions::new().write(true).open(path).map_err(|error| error.kind()) {
        Err(ErrorKind::ReadOnlyFilesystem) => format!("the disk of `{name}` is read-only"),
        Err(_) => format!("this user may not write to `{name}`"),
        Ok(_) => format!("this user may not write into the folder of `{name}`"),
    };
    environment(READ_ONLY, format!("the database cannot be written: {why}"))
        .hint("check the owner and the mode of the file and of its folder; what only reads works as it is")
}

/// What only reads has a statement that writes.
pub(super) fn only_reads() -> Error {
    Error::internal("a statement that writes stands where all only read")
}

/// The file that is open is no longer the one of its name.
pub(super) fn moved(what: &str) -> Error {
    Error::new(Kind::Busy, "database.moved", what).hint("run the command again")
}

/// Another process has changed a file that could only be read as one that does not change.
pub(super) fn changed_meanwhile() -> Error {
    busy("another process has changed it while it was read").hint("repeat the command: that is always safe")
}

pub(super) fn not_owner(table: &str, owner: &str) -> Error {
    environment("database.not_owner", format!("only the owner of the table `{table}` may do this"))
        .hint(format!("run it as the role `{owner}` of the server, which owns the table"))
        .detail("owner", owner)
}

pub(super) fn read_only_role() -> Error {
    read_only("the role, the database or the address has set default_transaction_read_only")
}

pub(super) fn standby() -> Error {
    read_only("the server is a standby, which follows another and can only be read")
}

/// A server that waits for a standby has ended the wait. It has committed, and what no standby has is lost with it.
pub(super) fn unconfirmed() -> Error {
    unreachable("no standby has confirmed the change")
}

fn unreachable(why: &str) -> Error {
    Error::new(Kind::Busy, UNREACHABLE, format!("the database server cannot be reached: {why}"))
        .hint("check the address in `--db` or CAREDESK_DB, and that the server is running")
}

pub(super) fn silent(limit: Duration) -> Error {
    unreachable(&format!("it did not answer within {} seconds", limit.as_secs_f32()))
}

pub(super) fn closed() -> Error {
    unreachable("the connection is closed")
}

/// The connection broke, or could not be opened. The error names the cause but not the address, which may hold a password.
fn lost(error: tokio_postgres::Error) -> Error {
    use std::error::Error as _;
    let what = error.to_string();
    let cause = error.source().map_or_else(|| what.clone(), ToString::to_string);
    // The driver has no kind for it.
    if cause == "password missing" {
        return environment("database.denied", "the database server asks for a password".to_owned())
            .hint("CAREDESK_DB_PASSWORD_FILE names the file that holds it; `.pgpass` and the address may hold it too")
            .because(error);
    }
    // The driver has no other way to tell them apart.
    let reason = match what.as_str() {
        "error performing TLS handshake" => {
            environment("database.encryption", format!("the connection cannot be encrypted: {cause}"))
                .hint("sslrootcert names a file with the authorities of the server's certificate")
        }
        "authentication error" | "invalid configuration" => environment("database.denied", cause),
        _ => unreachable(&cause),
    };
    reason.because(error)
}
