//! `queue retire-status`: a status that takes no more referrals; without any in it, it is deleted (rule 2.4).

use super::view;
use crate::commands::prelude::*;
use crate::model::queue::Status;
use crate::model::sharing::Effect;

#[derive(Args)]
pub(super) struct RetireStatus {
    /// Name (or the beginning of it)
    queue: Reference,
    /// The label of the status
    status: String,
}

pub(super) fn run(context: &Context, command: &RetireStatus) -> Result<()> {
    context.change("queue.retire-status", Action::ChangeQueues, |tx| {
        let before = store::lookup::<Queue>(tx, &command.queue, context.visibility())?;
        let retired = before.retire_status(&command.status);
        let words = ["queue", "retire-status", &before.name, &command.status];
        let (status, kept) = context.or_renamed(tx, std::slice::from_ref(&before), retired, &words)?;
        let referrals = store::queue::referrals_in(tx, status.id)?;
        let was = view(tx, &before)?;
        let after = retire(tx, &before, kept, &status, referrals)?;
        let sentence = sentence(&before, &after, &status, referrals);
        let what = format!("retire status `{}` of queue `{}`", status.label, before.name);
        let stops =
            if status.retired { Vec::new() } else { store::stop::of_status(tx, status.id, context.now())? };
        let effect = Effect::stopping(stops);
        Ok(Change::of(was, view(tx, &after)?).saying(sentence).stopping(what, effect))
    })
}

/// Deleted where no referral is in it, else kept for those that are.
fn retire(tx: &mut Tx<'_>, before: &Queue, kept: Queue, status: &Status, referrals: i64) -> Result<Queue> {
    if referrals == 0 {
        store::queue::delete_status(tx, status.id)?;
        return Ok(before.without(status.id));
    }
    if !status.retired {
        store::queue::set_retired(tx, status.id, true)?;
    }
    Ok(kept)
}

fn sentence(before: &Queue, after: &Queue, status: &Status, referrals: i64) -> String {
    let (label, name) = (&status.label, &after.name);
    let stay = counted(referrals, "referral stays", "referrals stay");
    let sentence = match referrals {
        0 => format!("Deleted status `{label}` of queue `{name}`; no referral was in it."),
        _ => format!("Retired status `{label}` of queue `{name}`; {stay} in it."),
    };
    let was_first = before.first().is_some_and(|first| first.id == status.id);
    match after.first().filter(|_| was_first) {
        Some(first) => format!("{sentence} New referrals now arrive in `{}`.", first.label),
        None => sentence,
    }
}
