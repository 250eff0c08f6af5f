//! `visit`: planned visits of a referral.

mod add;
mod cancel;
mod edit;
mod import;
mod list;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Result;
use crate::model::import::Counts;
use crate::model::reference::Reference;
use crate::model::visit;
use crate::model::visit::VisitView;
use crate::output::Schemas;

#[derive(Args)]
pub(crate) struct Visit {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Plan a visit, or the same visit every week
    Add(add::Add),
    /// Change when a visit is or how long it lasts
    Edit(edit::Edit),
    /// Cancel visits; they stay in the history
    Cancel {
        /// Their codes or the beginnings of them
        #[arg(required = true, value_name = "VISIT")]
        visits: Vec<Reference>,
    },
    /// List the visits of a referral by time
    List(list::List),
    /// Import visits from a table or a home-care instance; a second time changes nothing
    Import(import::Import),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<VisitView>().shows::<VisitView>().changes::<VisitView>().reports::<Counts>();
}

pub(crate) fn run(context: &Context, command: Visit) -> Result<()> {
    match command.verb {
        Verb::Add(add) => add::run(context, &add),
        Verb::Edit(edit) => edit::run(context, &edit),
        Verb::Cancel { visits } => cancel::run(context, &visits),
        Verb::List(list) => list::run(context, &list),
        Verb::Import(import) => import::run(context, &import),
    }
}

fn local(context: &Context, visit: &visit::Visit) -> String {
    visit.start.with_timezone(&context.zone).format("%a %-d %B %Y at %H:%M").to_string()
}
