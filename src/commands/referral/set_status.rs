//! `referral set-status`, for staff and for portal accounts with `change-status`.

use super::{Altered, change, save};
use crate::commands::prelude::*;
use crate::model::queue::Status;
use crate::model::referral;
use crate::model::stop;
use crate::output::ask;
use crate::output::ask::Choice;

#[derive(Args)]
pub(super) struct SetStatus {
    /// Code (or the beginning of it)
    referral: Reference,
    /// The label of a status of its queue. Without it you are asked on a terminal
    status: Option<String>,
    /// Change it only if it is in this status
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
    let wanted = chosen(context, command)?;
    change(context, "referral.set-status", right, |tx| {
        let before = store::lookup::<Referral>(tx, &command.referral, context.visibility())?;
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
    let status = referral::status_in(&queue, wanted)?;
    if status.id != before.status_id {
        let expected =
            command.from.as_deref().map(|label| referral::held_status_in(&queue, label)).transpose()?;
        referral::must_be_from(before, expected)?;
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

/// The status of the command line, or the one that a person chooses of those of the queue.
fn chosen(context: &Context, command: &SetStatus) -> Result<String> {
    if let Some(named) = &command.status {
        return Ok(named.clone());
    }
    let (referral, queue) = of_queue(context, command)?;
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

/// The labels that the status of a command line may have, for a shell that completes it.
pub(super) fn labels(context: &Context, command: &SetStatus) -> Result<Vec<String>> {
    let (_, queue) = of_queue(context, command)?;
    Ok(queue.statuses.into_iter().filter(|status| !status.retired).map(|status| status.label).collect())
}

fn of_queue(context: &Context, command: &SetStatus) -> Result<(Referral, Queue)> {
    context.read(|tx| {
        let referral = store::lookup::<Referral>(tx, &command.referral, context.visibility())?;
        let queue = store::queue::by_id(tx, referral.queue_id)?;
        Ok((referral, queue))
    })
}
