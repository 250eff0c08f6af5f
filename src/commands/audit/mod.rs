//! `audit`: who changed what, and whether the trail is whole.

mod list;
mod verify;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::access::Action;
use crate::output::Schemas;

#[derive(Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List changes, the newest first
    List(list::List),
    /// Check that no entry was changed or removed
    Verify,
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<list::AuditLine>().shows::<verify::Verdict>();
}

pub(crate) fn run(context: &Context, command: Audit) -> Result<()> {
    context.actor.may(Action::ReadAudit)?;
    match command.verb {
        Verb::List(command) => list::run(context, &command),
        Verb::Verify => verify::run(context),
    }
}
