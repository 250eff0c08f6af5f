//! How many more services can take, as a directory says: an entry of capacity from now on, unless the present one is as new.

use super::report::ProviderRun;
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::capacity::Entry;
use crate::model::directory::Capacity;
use crate::model::provider::reconcile::Reconciled;
use crate::model::resource::State;
use crate::store::capacity::Filter;

/// What is to be set of a resource.
pub(super) struct Room {
    resource: ResourceId,
    capacity: Capacity,
}

/// What a directory says of resources of a provider, where that is not so already.
pub(super) fn wanted<'a>(
    context: &Context, tx: &mut Tx<'_>, reconciled: &Reconciled<'_>,
    said: impl Iterator<Item = (ResourceId, Option<&'a Capacity>)>,
) -> Result<Vec<Room>> {
    let mut rooms = Vec::new();
    for (resource, capacity) in said {
        let Some(capacity) = capacity.cloned() else { continue };
        let step = reconciled.steps.iter().find(|step| step.after.id == resource);
        let is_in_use = step.is_none_or(|step| step.after.state != State::Inactive);
        let is_new = step.is_some_and(|step| step.before.is_none());
        let room = Room { resource, capacity };
        if is_in_use && room.lasts(context) && (is_new || !room.is_said(context, tx)?) {
            rooms.push(room);
        }
    }
    Ok(rooms)
}

impl Room {
    fn lasts(&self, context: &Context) -> bool {
        self.capacity.ends_at.is_none_or(|end| end > context.now())
    }

    /// Whether the entry in force says the same, or is newer than what the directory says.
    fn is_said(&self, context: &Context, tx: &mut Tx<'_>) -> Result<bool> {
        let Some(now) = store::capacity::in_force(tx, self.resource, context.now())? else {
            return Ok(false);
        };
        let Capacity { places, unit, maximum, note, updated_at, ends_at } = &self.capacity;
        let is_same = (now.places, &now.unit, now.maximum, &now.note, now.ends_at)
            == (*places, unit, *maximum, note, *ends_at);
        Ok(is_same || updated_at.is_none_or(|at| at <= now.set_at))
    }
}

/// Sets them, each with an entry of the audit trail as `capacity set` has it.
pub(super) fn set(
    context: &Context, tx: &mut Tx<'_>, rooms: &[Room], run: &mut ProviderRun<'_>,
) -> Result<()> {
    let mut audited = Vec::new();
    for room in rooms {
        let Some(resource) = store::resource::by_id(tx, room.resource)? else { continue };
        let new = entry(context, tx, &resource, &room.capacity)?;
        let filter = Filter { resource: Some(resource.id), leave_out_removed: true, ..Filter::default() };
        let others = store::capacity::list(tx, &filter, Visibility::INTERNAL, context.now(), i64::MAX)?;
        if let Err(clash) = new.must_not_clash(&others, context.zone) {
            run.remarks.notes.push(format!("{} ({}): {}", resource.code, resource.name, clash.message()));
            continue;
        }
        store::capacity::insert(tx, &new, context.actor.account.id)?;
        let new = store::capacity::by_id(tx, new.id, context.now())?;
        audited.push(Audited::read_of(&new.code, &new.view()));
    }
    context.audit_before(tx, "capacity.set", audited)
}

fn entry(context: &Context, tx: &mut Tx<'_>, resource: &Resource, capacity: &Capacity) -> Result<Entry> {
    let id = context.key();
    let code = context.code(Prefix::Capacity, |code| store::capacity::is_code_taken(tx, code))?;
    let login = context.actor.account.login.clone();
    Ok(Entry {
        places: capacity.places,
        unit: capacity.unit.clone(),
        maximum: capacity.maximum,
        ends_at: capacity.ends_at,
        note: capacity.note.clone(),
        ..resource.new_entry(id, code, context.now(), login)
    })
}
