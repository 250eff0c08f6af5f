//! `queue`: lists of referrals with statuses of their own.

mod active;
mod add_status;
mod create;
mod edit;
mod list;
mod resources;
mod retire_status;
mod show;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::queue::{self, QueueView};
use crate::model::reference::Reference;
use crate::output::Schemas;
use crate::store;

#[derive(Args)]
pub(crate) struct Queue {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a queue
    Create(create::Create),
    /// List queues by name; inactive ones only with --all
    List(list::List),
    /// Show a queue, its statuses and the resources that take its referrals
    Show {
        /// Its name or the beginning of it
        queue: Reference,
    },
    /// Rename a queue
    Edit(edit::Edit),
    /// Add a status to a queue, or bring back a retired one
    AddStatus(add_status::AddStatus),
    /// Retire a status; one without referrals is deleted
    RetireStatus(retire_status::RetireStatus),
    /// Link a queue to resources that take its referrals
    AddResource(resources::Resources),
    /// Unlink a queue from resources; assigned referrals stay
    RemoveResource(resources::Resources),
    /// Activate a queue: it takes new referrals again
    Activate {
        /// Its name or the beginning of it
        queue: Reference,
    },
    /// Deactivate a queue: it takes no new referrals, and its history stays
    Deactivate {
        /// Its name or the beginning of it
        queue: Reference,
    },
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<QueueView>().shows::<QueueView>().changes::<QueueView>();
}

pub(crate) fn run(context: &Context, command: Queue) -> Result<()> {
    match command.verb {
        Verb::Create(command) => create::run(context, &command),
        Verb::List(command) => list::run(context, &command),
        Verb::Show { queue } => show::run(context, &queue),
        Verb::Edit(command) => edit::run(context, &command),
        Verb::AddStatus(command) => add_status::run(context, &command),
        Verb::RetireStatus(command) => retire_status::run(context, &command),
        Verb::AddResource(command) => resources::add(context, &command),
        Verb::RemoveResource(command) => resources::remove(context, &command),
        Verb::Activate { queue } => active::activate(context, &queue),
        Verb::Deactivate { queue } => active::deactivate(context, &queue),
    }
}

fn labels(view: &QueueView) -> String {
    let taking = view.statuses.iter().filter(|status| !status.retired);
    taking.map(|status| status.label.as_str()).collect::<Vec<_>>().join(", ")
}

/// The queue with its linked resources.
fn view(tx: &mut Tx<'_>, queue: &queue::Queue) -> Result<QueueView> {
    Ok(queue.view(store::queue::resources(tx, queue.id)?))
}
