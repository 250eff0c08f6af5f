//! `sharing`: who may see what of whom.

mod explain;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;

#[derive(Args)]
pub(crate) struct Sharing {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Say rule by rule why a provider sees or does not see a client's records at another
    Explain(explain::Explain),
}

pub(crate) fn run(context: &Context, command: Sharing) -> Result<()> {
    match command.verb {
        Verb::Explain(explain) => explain::run(context, &explain),
    }
}
