//! Adds and retires statuses of a queue (rule 2.4).

use clap::Args;

use super::{change, view};
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::Action;
use crate::model::queue::statuses::{Added, Position};
use crate::model::queue::{Queue, QueueView, Status, StatusSpec};
use crate::model::reference::Reference;
use crate::model::text;
use crate::output::Outcome;
use crate::store;

const ADD_EXAMPLES: &str = "\
Examples:
  $ caredesk queue add-status \"home care\" \"On hold\" --after Live
  $ caredesk queue add-status \"home care\" Lost:closed";

#[derive(Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(super) struct Add {
    /// Its name or the beginning of it
    queue: Reference,
    /// What the status is called; `:closed` makes it one that ends a referral
    #[arg(value_name = "LABEL[:closed]")]
    status: StatusSpec,
    /// Stand behind this one [default: at the end]
    #[arg(long, value_name = "LABEL", conflicts_with = "first")]
    after: Option<String>,
    /// Stand first, where referrals arrive
    #[arg(long)]
    first: bool,
    /// Leave a status of this label as it is
    #[arg(long)]
    if_not_exists: bool,
}

#[derive(Args)]
pub(super) struct Retire {
    /// Its name or the beginning of it
    queue: Reference,
    /// The label of the status
    status: String,
}

pub(super) fn add(context: &Context, command: &Add) -> Result<()> {
    let change_report = context.out.change_report()?;
    let place = match &command.after {
        Some(label) => Position::After(label.clone()),
        None if command.first => Position::First,
        None => Position::Last,
    };
    let (outcome, after) = change(context, &command.queue, "queue.add-status", |tx, before| {
        match before.add_status(&command.status, &place, command.if_not_exists, context.key())? {
            Added::Present => Ok(before.clone()),
            Added::Back { status, queue } => {
                store::queue::set_retired(tx, status.id, false)?;
                Ok(queue)
            }
            Added::New { status, queue } => {
                store::queue::insert_status(tx, &queue, &status)?;
                Ok(queue)
            }
        }
    })?;
    let verb = if outcome == Outcome::Unchanged { "has" } else { "now has" };
    let sentence = format!("The queue `{}` {verb} the statuses {}.", after.name, super::labels(&after));
    change_report.say(outcome, &sentence, &after)
}

/// The result of retiring a status.
struct Retired {
    outcome: Outcome,
    status: Status,
    /// Referrals that are still in it; none if the status was deleted.
    left: i64,
    before: Queue,
    after: QueueView,
}

pub(super) fn retire(context: &Context, command: &Retire) -> Result<()> {
    let change_report = context.out.change_report()?;
    let done = context.write(|tx| {
        let before = store::lookup::<Queue>(tx, &command.queue, context.visibility())?;
        context.actor.may(Action::ChangeQueues)?;
        retired(context, tx, before, &command.status)
    })?;
    let (label, name) = (&done.status.label, &done.after.name);
    let count = usize::try_from(done.left).unwrap_or(usize::MAX);
    let stay = text::counted(count, "referral stays", "referrals stay");
    let mut sentence = match (done.outcome, done.left) {
        (Outcome::Unchanged, _) => {
            format!("The status `{label}` of `{name}` is retired already; {stay} in it.")
        }
        (_, 0) => format!("The status `{label}` was taken from `{name}`; no referral was in it."),
        _ => format!("The status `{label}` of `{name}` takes no more referrals; {stay} in it."),
    };
    let arrival = done.after.statuses.iter().find(|status| !status.retired);
    if let Some(first) =
        arrival.filter(|_| done.before.first().is_some_and(|first| first.id == done.status.id))
    {
        sentence += &format!(" New ones arrive in `{}` from now on.", first.label);
    }
    change_report.say(done.outcome, &sentence, &done.after)
}

/// Deletes a status without referrals, otherwise retires it.
fn retired(context: &Context, tx: &mut Tx<'_>, before: Queue, label: &str) -> Result<Retired> {
    let (status, kept) = before.retire_status(label)?;
    let left = store::queue::referrals_in(tx, status.id)?;
    let was = view(tx, &before)?;
    if left > 0 && status.retired {
        return Ok(Retired { outcome: Outcome::Unchanged, status, left, before, after: was });
    }
    let after = if left == 0 {
        store::queue::delete_status(tx, status.id)?;
        before.without(status.id)
    } else {
        store::queue::set_retired(tx, status.id, true)?;
        kept
    };
    let after = view(tx, &after)?;
    context.audit(tx, "queue.retire-status", &after.name, Some(&was), Some(&after))?;
    Ok(Retired { outcome: Outcome::Updated, status, left, before, after })
}
