//! `queue activate` and `queue deactivate`: whether a queue takes new referrals (rule 2.4).

use super::view;
use crate::commands::prelude::*;
use crate::model::sharing::Effect;
use crate::store::stop::Attended;

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
        let mut stops = store::stop::of_queue(tx, before.id, None)?;
        let resources = store::stop::resources_of_queue(tx, before.id)?;
        let attended = Attended::of(tx, resources)?;
        let after = set_active(tx, &before, false)?;
        stops.extend(attended.lost(tx)?);
        let change = Change::of(view(tx, &before)?, view(tx, &after)?);
        Ok(change.stopping(format!("deactivate queue `{}`", before.name), Effect::stopping(stops)))
    })
}

fn set_active(tx: &mut Tx<'_>, before: &Queue, active: bool) -> Result<Queue> {
    if before.active != active {
        store::queue::set_active(tx, before.id, active)?;
    }
    Ok(Queue { active, ..before.clone() })
}
