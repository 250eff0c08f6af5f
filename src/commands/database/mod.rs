//! `database`: maintenance of the database as a whole.

mod check;
mod migrate;

use crate::commands::prelude::*;

verbs! {
    Database (needs LookAfterDatabase): lists check::Finding, changes migrate::Migrated;

    /// Upgrade an older database after saving a copy, as every other command does
    Migrate => migrate::run,
    /// Check the database for damage and for data that breaks a rule
    Check => check::run,
}
