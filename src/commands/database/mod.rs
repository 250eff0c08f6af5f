//! `database`: maintenance of the database as a whole.

mod check;
mod migrate;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::access::Action;
use crate::output::Schemas;

#[derive(Args)]
pub(crate) struct Database {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Bring an older database up to date after saving a copy, as every other command does too
    Migrate,
    /// Check for damage, and for data that breaks a rule of the program
    Check,
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<check::Finding>().changes::<migrate::Migrated>();
}

pub(crate) fn run(context: &Context, command: &Database) -> Result<()> {
    context.actor.may(Action::LookAfterDatabase)?;
    match command.verb {
        Verb::Migrate => migrate::run(context),
        Verb::Check => check::run(context),
    }
}
