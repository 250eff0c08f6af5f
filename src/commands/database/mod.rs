//! `database`: maintenance of the database as a whole.

mod check;
mod migrate;

use crate::commands::prelude::*;

verbs! {
    Database (needs LookAfterDatabase): lists check::Finding, changes migrate::Migrated;

    /// Bring an older database up to date after saving a copy, as every other command does too
    Migrate => migrate::run,
    /// Check for damage, and for data that breaks a rule of the program
    Check => check::run,
}
