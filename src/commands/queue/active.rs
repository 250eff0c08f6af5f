//! `queue activate` and `queue deactivate`: whether a queue takes new referrals (rule 2.4).

use super::view;
use crate::commands::prelude::*;

pub(super) fn activate(context: &Context, reference: &Reference) -> Result<()> {
    context.change("queue.activate", Action::ChangeQueues, |tx| {
        let before = store::lookup::<Queue>(tx, reference, context.visibility())?;
        let after = set_active(tx, &before, true)?;
        Ok(Change::of(view(tx, &before)?, view(tx, &after)?))
    })
}

pub(super) fn deactivate(context: &Context, reference: &Reference) -> Result<()> {
    context.change("queue.deactivate", Action::ChangeQueues, |tx| {
        let before = store::lookup::<Queue>(tx, reference, context.visibility())?;
        let open = store::queue::open_referrals(tx, before.id, None)?;
        let after = set_active(tx, &before, false)?;
        let change = Change::of(view(tx, &before)?, view(tx, &after)?);
        Ok(change.asking(question(&before, open)).saying(sentence(&after.name, open)))
    })
}

fn set_active(tx: &mut Tx<'_>, before: &Queue, active: bool) -> Result<Queue> {
    if before.active != active {
        store::queue::set_active(tx, before.id, active)?;
    }
    Ok(Queue { active, ..before.clone() })
}

fn question(queue: &Queue, open: i64) -> Option<String> {
    let what = if open == 0 { "No referral is open".to_owned() } else { stay(open) };
    queue.active.then(|| format!("{what} in queue `{}`. Let it take no new ones?", queue.name))
}

fn sentence(name: &str, open: i64) -> String {
    let stay = if open == 0 { "no referral is open".to_owned() } else { stay(open) };
    format!("Changed queue `{name}`: active yes → no; {stay} in it.")
}

fn stay(open: i64) -> String {
    counted(open, "open referral stays", "open referrals stay")
}
