//! `referral set-status`, for staff and for portal accounts with `change-status`.

use super::{Altered, and_last, change_each, save};
use crate::commands::prelude::*;
use crate::model::queue::Status;
use crate::model::referral;
use crate::model::stop;
use crate::output::ask;
use crate::output::ask::Choice;

const USAGE: &str = "caredesk referral set-status [OPTIONS] <REFERRAL>... [STATUS]";

#[derive(Args)]
#[command(override_usage = USAGE, after_help = "\
Examples:
  $ caredesk referral set-status REF-7K3M9Q visited
  $ caredesk referral set-status REF-7K3M9Q REF-2M8XTB \"not needed\" --from new")]
pub(super) struct SetStatus {
    /// Codes (or the beginnings of them), and last the label of a status of their queue. With one code alone you
    /// are asked for it on a terminal
    #[arg(required = true, value_name = "REFERRAL")]
    names: Vec<Reference>,
    /// Change them only if all are in this status
    #[arg(long, value_name = "STATUS")]
    from: Option<String>,
    /// Replace the note
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    note: Option<String>,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &SetStatus) -> Result<()> {
    let right = (Permission::ChangeStatus, Action::ChangeReferrals);
    let (referrals, wanted) = and_last(&command.names);
    let wanted = wanted.map_or_else(|| chosen(context, referrals), |label| Ok(label.as_str().to_owned()))?;
    change_each(context, "referral.set-status", right, referrals, |tx, before| {
        let after = moved(context, tx, command, &wanted, &before)?;
        let alerted = save(context, tx, Some(&before), &after)?;
        let stops = stopped(context, tx, &before, &after)?;
        Ok(Altered::of(before, after).stopping(stops).alerting(alerted))
    })
}

/// The packages that run on though their referral is closed. A portal account may not know of them.
fn stopped(context: &Context, tx: &mut Tx<'_>, before: &Referral, after: &Referral) -> Result<stop::Found> {
    if context.actor.is_portal() || before.closed || !after.closed {
        return Ok(Vec::new());
    }
    store::stop::of_referral(tx, after.id, context.now())
}

/// The referral after the change. Refused by the queue, the expected status or a pending package.
fn moved(
    context: &Context, tx: &mut Tx<'_>, command: &SetStatus, wanted: &str, before: &Referral,
) -> Result<Referral> {
    let queue = store::queue::by_id(tx, before.queue_id)?;
    let from = command.from.as_deref();
    let mut words = vec!["referral", "set-status", &before.code, wanted];
    words.extend(from.into_iter().flat_map(|from| ["--from", from]));
    let queues = std::slice::from_ref(&queue);
    let status = context.or_renamed(tx, queues, referral::status_in(&queue, wanted), &words)?;
    if status.id != before.status_id {
        let expected = from.map(|label| referral::held_status_in(&queue, label)).transpose();
        referral::must_be_from(before, context.or_renamed(tx, queues, expected, &words)?)?;
        if status.closed && !before.closed {
            let pending = store::referral::pending_packages(tx, before.id)?;
            referral::may_close(before, &pending, context.actor.is_portal())?;
        }
        if before.closed && !status.closed {
            command.even_so.must_live_for(&context.actor, tx, before.client_id)?;
        }
    }
    let note = command.note.as_deref().map_or_else(|| before.note.clone(), referral::note);
    Ok(Referral {
        status_id: status.id,
        status: status.label.clone(),
        closed: status.closed,
        note,
        ..before.clone()
    })
}

/// The one that a person chooses of those of the queue.
fn chosen(context: &Context, referrals: &[Reference]) -> Result<String> {
    let (referral, queue) = of_queue(context, referrals)?;
    if !context.is_interactive() {
        return Err(Error::usage(format!("no status is named for the referral {}", referral.code))
            .hint(format!("those of queue `{}` are {}", queue.name, queue.labels())));
    }
    let choice = |status: &Status| Choice {
        code: status.label.clone(),
        name: if status.closed { "closed".to_owned() } else { String::new() },
        note: if status.id == referral.status_id { "now".to_owned() } else { String::new() },
    };
    let statuses: Vec<&Status> = queue.statuses.iter().filter(|status| !status.retired).collect();
    let choices: Vec<Choice> = statuses.iter().map(|status| choice(status)).collect();
    let question = format!("The status of {}:", referral.code);
    let position = ask::one(&question, &choices, context.out.drawing_width)?;
    Ok(statuses.get(position).map(|status| status.label.clone()).unwrap_or_default())
}

/// The first of the referrals, and its queue.
fn of_queue(context: &Context, referrals: &[Reference]) -> Result<(Referral, Queue)> {
    context.read(|tx| {
        let first = referrals.first().ok_or_else(|| Error::internal("no referral is named"))?;
        let referral = store::lookup::<Referral>(tx, first, context.visibility())?;
        let queue = store::queue::by_id(tx, referral.queue_id)?;
        Ok((referral, queue))
    })
}
