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
use crate::model::client::ClientCard;
use crate::model::client::ClientView;
use crate::model::enrolment::EnrolmentView;
use crate::model::import::Counts;
use crate::model::reference::Reference;
use crate::model::time::Day;
use crate::output::Schemas;

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
    /// Set whether a client is active at a provider; a sharing request needs it at both providers
    Enroll(enroll::Enroll),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas
        .lists::<ClientView>()
        .shows::<ClientCard>()
        .changes::<ClientView>()
        .changes::<EnrolmentView>()
        .reports::<Counts>();
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
