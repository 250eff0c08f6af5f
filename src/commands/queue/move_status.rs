//! `queue move-status`: the order of the statuses; referrals arrive in the first (rule 2.4).

use super::{labels, view};
use crate::commands::prelude::*;
use crate::model::queue::statuses::Position;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk queue move-status \"home care\" \"On hold\" --after Live
  $ caredesk queue move-status \"home care\" Asked --first")]
pub(super) struct MoveStatus {
    /// Name (or the beginning of it)
    queue: Reference,
    /// The label of the status
    status: String,
    #[command(flatten)]
    place: Place,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Place {
    /// Put it after this status
    #[arg(long, value_name = "LABEL")]
    after: Option<String>,
    /// Put it first, so that new referrals get it
    #[arg(long)]
    first: bool,
    /// Put it at the end
    #[arg(long)]
    last: bool,
}

pub(super) fn run(context: &Context, command: &MoveStatus) -> Result<()> {
    let position = match &command.place.after {
        Some(label) => Position::After(label.clone()),
        None if command.place.first => Position::First,
        None => Position::Last,
    };
    context.change("queue.move-status", Action::ChangeQueues, |tx| {
        let before = store::lookup::<Queue>(tx, &command.queue, context.visibility())?;
        let mut words = vec!["queue", "move-status", &before.name, &command.status];
        words.extend(match &position {
            Position::After(label) => vec!["--after", label],
            Position::First => vec!["--first"],
            Position::Last => vec!["--last"],
        });
        let moved = before.move_status(&command.status, &position);
        let after = context.or_renamed(tx, std::slice::from_ref(&before), moved, &words)?;
        if after != before {
            store::queue::place_statuses(tx, &after)?;
        }
        let arrival = after.first().filter(|first| before.first().is_none_or(|was| was.id != first.id));
        let arrival = arrival.map(|first| format!(" New referrals now arrive in `{}`.", first.label));
        let (before, after) = (view(tx, &before)?, view(tx, &after)?);
        let (queue, order) = (&after.name, labels(&after));
        let sentence = format!("Changed queue `{queue}`: statuses {order}.{}", arrival.unwrap_or_default());
        let why = format!("the statuses of queue `{queue}` are {order}");
        Ok(Change::of(before, after).saying(sentence).already(why))
    })
}
