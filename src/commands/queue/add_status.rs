//! `queue add-status`: one more status, or a retired one again (rule 2.4).

use super::{labels, view};
use crate::commands::prelude::*;
use crate::model::queue::StatusSpec;
use crate::model::queue::statuses::{AddStatusOutcome, Position};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk queue add-status \"home care\" \"On hold\" --after Live
  $ caredesk queue add-status \"home care\" Lost:closed")]
pub(super) struct AddStatus {
    /// Name (or the beginning of it)
    queue: Reference,
    /// The label of the status; `:closed` makes it one that closes a referral
    #[arg(value_name = "LABEL[:closed]")]
    status: StatusSpec,
    /// Insert it after this status [default: at the end]
    #[arg(long, value_name = "LABEL", conflicts_with = "first")]
    after: Option<String>,
    /// Insert it first, so that new referrals get it
    #[arg(long)]
    first: bool,
    /// Do nothing if the queue has a status with this label
    #[arg(long)]
    if_not_exists: bool,
}

pub(super) fn run(context: &Context, command: &AddStatus) -> Result<()> {
    let position = match &command.after {
        Some(label) => Position::After(label.clone()),
        None if command.first => Position::First,
        None => Position::Last,
    };
    context.change("queue.add-status", Action::ChangeQueues, |tx| {
        let before = store::lookup::<Queue>(tx, &command.queue, context.visibility())?;
        let spec = &command.status;
        let written = spec.to_string();
        let mut words = vec!["queue", "add-status", &before.name, &written];
        words.extend(command.after.iter().flat_map(|after| ["--after", after]));
        let added = before.add_status(spec, &position, command.if_not_exists, context.key());
        let after = match context.or_renamed(tx, std::slice::from_ref(&before), added, &words)? {
            AddStatusOutcome::Present => before.clone(),
            AddStatusOutcome::Back { status, queue } => {
                store::queue::set_retired(tx, status.id, false)?;
                queue
            }
            AddStatusOutcome::New { status, queue } => {
                store::queue::insert_status(tx, &queue, &status)?;
                queue
            }
        };
        let after = view(tx, &after)?;
        let sentence = format!("Changed queue `{}`: statuses {}.", after.name, labels(&after));
        Ok(Change::of(view(tx, &before)?, after).saying(sentence))
    })
}
