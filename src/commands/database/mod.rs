//! `database`: maintenance of the database as a whole.

mod archive;
mod backup;
mod check;
mod copy;
mod migrate;
mod outdated;
mod restore;
mod stats;
mod vacuum;
mod verify;

use crate::commands::prelude::*;
use crate::model::database::{DatabaseStats, VacuumedView};

verbs! {
    Database (needs LookAfterDatabase): lists check::Finding, changes migrate::Migrated, changes backup::BackupView, changes copy::CopiedView,
        shows verify::VerifiedView, changes restore::RestoredView, shows DatabaseStats, changes VacuumedView;

    /// Upgrade an older database after saving a copy, as every other command does
    Migrate => migrate::run,
    /// Check the database for damage and for data that breaks a rule
    Check => check::run,
    /// Write a copy of all into one file, while others go on working
    Backup(backup::BackupArgs) => backup::run,
    /// Copy all into an empty file or server, and prove that it is equal
    Copy(copy::Copy) => copy::run,
    /// Show what the database is, how large, and what is in it
    Stats(stats::Stats) => stats::run,
    /// Give free room back to the disk
    Vacuum(vacuum::Vacuum) => vacuum::run;
    alone
    /// Find out whether a backup is whole
    Verify(verify::Verify) => verify::run,
    /// Put what a backup holds in the place of the database, which is kept
    Restore(restore::Restore) => restore::run,
}
