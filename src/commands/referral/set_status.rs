//! `referral set-status`, for staff and for portal accounts with `change-status`.

use super::{Altered, change, save};
use crate::commands::prelude::*;
use crate::model::referral;
use crate::model::stop::{self, Stop};

#[derive(Args)]
pub(super) struct SetStatus {
    /// Code (or the beginning of it)
    referral: Reference,
    /// The label of a status of its queue
    status: String,
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
    change(context, "referral.set-status", right, |tx| {
        let before = store::lookup::<Referral>(tx, &command.referral, context.visibility())?;
        let after = moved(context, tx, command, &before)?;
        let alerted = save(context, tx, Some(&before), &after)?;
        let stops = stopped(context, tx, &before, &after)?;
        Ok(Altered::of(before, after).stopping(stops).alerting(alerted))
    })
}

/// The packages that run on though their referral is closed. A portal account may not know of them.
fn stopped(context: &Context, tx: &mut Tx<'_>, before: &Referral, after: &Referral) -> Result<Vec<Stop>> {
    if context.actor.is_portal() || before.closed || !after.closed {
        return Ok(Vec::new());
    }
    Ok(stop::stops(store::stop::of_referral(tx, after.id, context.now())?))
}

/// The referral after the change. Refused by the queue, the expected status or a pending package.
fn moved(context: &Context, tx: &mut Tx<'_>, command: &SetStatus, before: &Referral) -> Result<Referral> {
    let queue = store::queue::by_id(tx, before.queue_id)?;
    let status = referral::status_in(&queue, &command.status)?;
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
