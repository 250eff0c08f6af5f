//! `package`: offered packages and the answers to them.

mod list;
mod rename;
mod respond;
mod show;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::package::{self, PackageView};
use crate::model::reference::Reference;
use crate::output::Schemas;

#[derive(Args)]
pub(crate) struct Package {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List packages, the newest first
    List(list::List),
    /// Show a package with its visits and the answers to it
    Show {
        /// Its code or reference, or the beginning of either
        package: Reference,
    },
    /// Accept or reject a package for a provider; the first to accept wins, and an answer is final
    Respond(respond::Respond),
    /// Give a package another reference
    Rename(rename::Rename),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<PackageView>().shows::<PackageView>().changes::<PackageView>();
}

pub(crate) fn run(context: &Context, command: Package) -> Result<()> {
    match command.verb {
        Verb::List(command) => list::run(context, &command),
        Verb::Show { package } => show::run(context, &package),
        Verb::Respond(command) => respond::run(context, &command),
        Verb::Rename(command) => rename::run(context, &command),
    }
}

/// Staff see the whole package, a provider its own part (rule 1.11).
fn view(context: &Context, package: &package::Package) -> PackageView {
    if context.actor.is_portal() { package.view_for_provider() } else { package.view() }
}
