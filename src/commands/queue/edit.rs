//! `queue edit`: another name.

use super::view;
use crate::commands::prelude::*;

#[derive(Args)]
pub(super) struct Edit {
    /// Name (or the beginning of it)
    queue: Reference,
    /// The new name
    #[arg(long, value_parser = edit::never_none(text::name))]
    name: String,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("queue.edit", Action::ChangeQueues, |tx| {
        let before = store::lookup::<Queue>(tx, &command.queue, context.visibility())?;
        let after = Queue { name: command.name.clone(), ..before.clone() };
        if after != before {
            store::queue::rename(tx, &after)?;
        }
        Ok(Change::of(view(tx, &before)?, view(tx, &after)?))
    })
}
