//! `release`: signed releases of information, their documents, and the providers that they let see records.

mod add;
mod check;
mod document;
mod list;
mod paper;
mod revoke;
mod show;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::client::Client;
use crate::model::reference::Reference;
use crate::model::release;
use crate::model::release::ReleaseCard;
use crate::model::release::ReleaseView;
use crate::output::Schemas;
use crate::store;
use crate::store::sharing::Scope;

#[derive(Args)]
pub(crate) struct Release {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Add a signed release: it lets providers see records until it expires or is revoked
    Add(Box<add::Add>),
    /// List releases, the newest first
    List(list::List),
    /// Show a release, and what a valid one holds
    Show {
        /// Its code or the beginning of it
        release: Reference,
    },
    /// List the elements of a valid release, and those that this one lacks (then with exit status 8)
    Check {
        /// Its code or the beginning of it
        release: Reference,
    },
    /// Revoke a release: other providers lose its records at once
    Revoke {
        /// Its code or the beginning of it
        release: Reference,
    },
    /// Write the document of a release to a file
    Document(document::Take),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas
        .lists::<ReleaseView>()
        .shows::<ReleaseCard>()
        .changes::<ReleaseView>()
        .changes::<document::SavedDocument>();
}

pub(crate) fn run(context: &Context, command: Release) -> Result<()> {
    match command.verb {
        Verb::Add(command) => add::run(context, &command),
        Verb::List(command) => list::run(context, &command),
        Verb::Show { release } => show::run(context, &release),
        Verb::Check { release } => check::run(context, &release),
        Verb::Revoke { release } => revoke::run(context, &release),
        Verb::Document(command) => document::run(context, &command),
    }
}

/// The records that a release is about.
fn scope(release: &release::Release) -> Scope {
    Scope {
        owner: release.owner_id,
        recipient: None,
        data_type: Some(release.data_type),
        client: Some(release.client_id),
    }
}

fn find_client(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<Client> {
    tx.as_of(context.now, context.today)?;
    store::lookup::<store::client::KnownClient>(tx, reference, context.visibility())
}
