//! `queue`: lists of referrals with statuses of their own.

mod active;
mod add_status;
mod create;
mod edit;
mod list;
mod move_status;
mod rename_status;
mod resources;
mod retire_status;
mod show;

use crate::commands::prelude::*;
use crate::model::queue::{self, QueueView};

verbs! {
    Queue: lists QueueView, shows QueueView, changes QueueView;

    /// Create a queue
    Create(create::Create) => create::run,
    /// List queues by name; inactive ones only with --all
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show a queue, its statuses and the resources that take its referrals
    #[command(arg = at())]
    Show {
        /// Name (or the beginning of it)
        queue: Reference,
    } => show::run,
    /// Rename a queue
    Edit(edit::Edit) => edit::run,
    /// Add a status to a queue, or bring back a retired one
    AddStatus(add_status::AddStatus) => add_status::run,
    /// Give a status another label; histories keep the label of their time
    RenameStatus(rename_status::RenameStatus) => rename_status::run,
    /// Put a status in another position; new referrals get the first
    MoveStatus(move_status::MoveStatus) => move_status::run,
    /// Retire a status; it is deleted if no referral has it
    RetireStatus(retire_status::RetireStatus) => retire_status::run,
    /// Link a queue to resources that take its referrals
    AddResource(resources::Resources) => resources::add,
    /// Unlink a queue from resources; referrals already assigned stay
    RemoveResource(resources::Resources) => resources::remove,
    /// Activate a queue: it takes new referrals again
    Activate {
        /// Name (or the beginning of it)
        queue: Reference,
    } => active::activate,
    /// Deactivate a queue: it takes no new referrals, and its history stays
    Deactivate {
        /// Name (or the beginning of it)
        queue: Reference,
    } => active::deactivate,
}

fn labels(view: &QueueView) -> String {
    let taking = view.statuses.iter().filter(|status| !status.retired);
    taking.map(|status| status.label.as_str()).collect::<Vec<_>>().join(", ")
}

/// The queue with its linked resources.
fn view(tx: &mut Tx<'_>, queue: &queue::Queue) -> Result<QueueView> {
    Ok(queue.view(store::queue::resources(tx, queue.id)?))
}
