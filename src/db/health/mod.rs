//! How the file or the server of a database is, beside what is in it: facts, which others judge.

mod file;
mod schema;
mod server;
mod tables;

use std::path::PathBuf;

pub(crate) use schema::Strange;
pub(crate) use tables::TableFacts;
pub(super) use tables::own_tables;

use super::standby::Standby;
use super::{Db, Location};
use crate::error::{Error, Result};

pub(crate) enum Health {
    File(FileHealth),
    Server(ServerHealth),
}

pub(crate) struct FileHealth {
    pub(crate) folder: PathBuf,
    pub(crate) bytes: u64,
    /// The database and the files beside it that others than its owner may read or write.
    pub(crate) exposed: Vec<PathBuf>,
    /// Whether others may replace files in its folder.
    pub(crate) is_folder_open: bool,
    /// Copies that upgrades have left.
    pub(crate) copies: Vec<PathBuf>,
    /// What is left on the disk, where that is known.
    pub(crate) space: Option<u64>,
    pub(crate) page_bytes: u64,
    /// Of pages that hold nothing.
    pub(crate) free_bytes: u64,
    /// Of the log beside it.
    pub(crate) log_bytes: u64,
    /// Such as `wal`.
    pub(crate) journal: String,
}

pub(crate) struct ServerHealth {
    pub(crate) bytes: u64,
    /// As `170002`.
    pub(crate) version: i64,
    pub(crate) version_name: String,
    pub(crate) role: String,
    pub(crate) is_superuser: bool,
    /// Whether it may change the audit trail.
    pub(crate) may_change_trail: bool,
    pub(crate) is_encrypted: bool,
    /// Whether the connection stays inside of this machine.
    pub(crate) is_local: bool,
    pub(crate) connections: i64,
    pub(crate) most_connections: i64,
    pub(crate) replicas: Vec<Replica>,
    /// On a standby, how far it is behind.
    pub(crate) seconds_behind: Option<i64>,
    pub(crate) open_transactions: Vec<OpenTransaction>,
    /// The settings that are off, of those without which a crash may lose what was committed.
    pub(crate) unsafe_settings: Vec<String>,
    /// Transactions since the oldest that still counts, and the most that there may be.
    pub(crate) transaction_age: i64,
    pub(crate) most_transaction_age: i64,
}

pub(crate) struct Replica {
    pub(crate) name: String,
    pub(crate) seconds_behind: i64,
}

/// A transaction that waits for its client.
pub(crate) struct OpenTransaction {
    pub(crate) process: i64,
    pub(crate) role: String,
    pub(crate) seconds: i64,
}

impl Db {
    pub(crate) fn health(&mut self, location: &Location) -> Result<Health> {
        match (self, location) {
            (Db::Sqlite(database), Location::File(path)) => Ok(Health::File(file::health(database, path)?)),
            (Db::Postgres(database), Location::Server(server)) => {
                Ok(Health::Server(server::health(database, server.stays_inside())?))
            }
            _ => Err(Error::internal("the database is not where it was opened")),
        }
    }

    /// The identifier of the system of servers that it is of, and the timeline of their history; none of a file.
    pub(crate) fn server_state(&mut self) -> Result<Option<(String, i64)>> {
        match self {
            Db::Sqlite(_) => Ok(None),
            Db::Postgres(database) => server::state(database),
        }
    }

    /// The standby that this run reads, where it does.
    pub(crate) fn standby(&mut self) -> Result<Option<Standby>> {
        match self {
            Db::Sqlite(_) => Ok(None),
            Db::Postgres(database) => database.standby(),
        }
    }

    /// The damage that the engine finds in its file; a server looks after its own.
    pub(crate) fn damage(&self) -> Result<Vec<String>> {
        match self {
            Db::Sqlite(database) => database.damage(),
            Db::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// References that lead nowhere.
    pub(crate) fn lost_references(&self) -> Result<Vec<String>> {
        match self {
            Db::Sqlite(database) => database.lost_references(),
            Db::Postgres(_) => Ok(Vec::new()),
        }
    }
}

impl Health {
    /// How large the database is.
    pub(crate) fn bytes(&self) -> u64 {
        match self {
            Health::File(file) => file.bytes,
            Health::Server(server) => server.bytes,
        }
    }
}
