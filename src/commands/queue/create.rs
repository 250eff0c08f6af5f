//! `queue create`: a queue with its statuses (rule 2.4).

use super::{labels, view};
use crate::commands::prelude::*;
use crate::model::queue::StatusSpec;
use crate::store::queue::Filter;

/// An option with several values comes after the arguments.
const USAGE: &str = "caredesk queue create [OPTIONS] <NAME> --status <LABEL[:closed]>...";

#[derive(Args)]
#[command(override_usage = USAGE, after_help = "\
Examples:
  $ caredesk queue create Meals --status New Visited Done:closed")]
pub(super) struct Create {
    /// The name of the queue
    #[arg(value_parser = text::name)]
    name: String,
    /// The statuses in order; new referrals get the first one
    #[arg(long = "status", value_name = "LABEL[:closed]", num_args = 1.., required = true)]
    statuses: Vec<StatusSpec>,
    /// Do nothing if a queue with this name exists
    #[arg(long)]
    if_not_exists: bool,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    let new = Queue::new(context.key(), command.name.clone(), command.statuses.clone(), || context.key());
    let new = new.map_err(|why| Error::invalid("queue.statuses", why));
    context.change_with(
        "queue.create",
        Action::ChangeQueues,
        || new.map(Some),
        |tx, new| {
            let Some(new) = new else { return Ok(Change::none()) };
            let all = store::queue::list(tx, &Filter::default(), Visibility::INTERNAL, i64::MAX)?;
            let same = all.into_iter().find(|queue| text::fold(&queue.name) == text::fold(&new.name));
            if let Some(same) = same.filter(|_| command.if_not_exists) {
                let view = view(tx, &same)?;
                let why = format!("queue `{}` exists, with the statuses {}", view.name, labels(&view));
                return Ok(Change::unchanged(view).already(why));
            }
            store::queue::insert(tx, new)?;
            let view = new.view(Vec::new());
            let sentence = format!("Created queue `{}`: statuses {}.", view.name, labels(&view));
            Ok(Change::created(view).saying(sentence))
        },
    )
}
