//! `capacity remove`: an entry counts no more; it stays in the history (rule 2.8).

use crate::commands::prelude::*;
use crate::model::capacity::{CapacityStatus, Entry};

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    context.change("capacity.remove", (Permission::EditCapacity, Action::ChangeCapacity), |tx| {
        let before = store::lookup::<Entry>(tx, reference, (context.visibility(), context.now()))?;
        if before.status == CapacityStatus::Removed {
            let why = format!("capacity {} ({}) is removed already", before.code, before.resource_name);
            return Ok(Change::unchanged(before.view()).already(why));
        }
        store::capacity::remove(tx, before.id, context.now(), context.actor.account.id)?;
        let after = store::capacity::by_id(tx, before.id, context.now())?;
        let next = store::capacity::in_force(tx, before.resource_id, context.now())?;
        let sentence = sentence(&after, next.as_ref());
        Ok(Change::recalled(before.view(), after.view()).saying(sentence))
    })
}

fn sentence(removed: &Entry, next: Option<&Entry>) -> String {
    let (code, name) = (&removed.code, &removed.resource_name);
    match next {
        Some(next) => {
            format!("Removed capacity {code} ({name}); {} is in force: {}.", next.code, next.amount())
        }
        None => format!("Removed capacity {code} ({name}); none is in force."),
    }
}
