//! `client`: people who receive care.

mod create;
mod edit;
mod enroll;
mod import;
mod list;
mod show;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::client;
use crate::model::reference::Reference;
use crate::model::time::Day;

#[derive(Args)]
pub(crate) struct Client {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a client
    Create(create::Create),
    /// List clients by name
    List(list::List),
    /// Show a client
    Show {
        /// A code or its beginning, an id, a name or its beginning, a family name
        client: Reference,
    },
    /// Change what is given; `none` clears
    Edit(edit::Edit),
    /// Import clients from CSV tables or FHIR R4 patients; a second time changes nothing
    Import(import::Import),
    /// Say whether a client is active at a provider; requests of sharing need both
    Enroll(enroll::Enroll),
}

pub(crate) fn run(context: &Context, command: Client) -> Result<()> {
    match command.verb {
        Verb::Create(command) => create::run(context, &command),
        Verb::List(command) => list::run(context, &command),
        Verb::Show { client } => show::run(context, &client),
        Verb::Edit(command) => edit::run(context, &command),
        Verb::Import(command) => import::run(context, &command),
        Verb::Enroll(command) => enroll::run(context, &command),
    }
}

fn birth_date(context: &Context, day: Day) -> Result<chrono::NaiveDate> {
    client::birth_date(day.resolve_past(context.today), context.today)
        .map_err(|why| Error::invalid("client.birth_date", why))
}
