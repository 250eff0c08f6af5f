//! `queue add-resource` and `remove-resource`: what takes the referrals of a queue.

use super::view;
use crate::commands::prelude::*;
use crate::model::queue::QueueView;
use crate::model::sharing::Effect;
use crate::store::stop::Attended;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk queue add-resource \"home care\" harbour \"night shift\"
  $ caredesk queue remove-resource \"home care\" \"night shift\"")]
pub(super) struct Resources {
    /// Name (or the beginning of it)
    queue: Reference,
    /// Codes or names; a provider stands for its agency record
    #[arg(required = true, value_name = "RESOURCE")]
    resources: Vec<Reference>,
}

pub(super) fn add(context: &Context, command: &Resources) -> Result<()> {
    context.change("queue.add-resource", Action::ChangeQueues, |tx| {
        let (change, queue, resources) = change(context, tx, command, |tx, queue, resource| {
            resource.must_not_be_inactive()?;
            store::queue::add_resource(tx, queue.id, resource.id)
        })?;
        let sentence = format!("Linked queue `{}` to {}.", queue.name, names(&resources));
        Ok(change.saying(sentence))
    })
}

pub(super) fn remove(context: &Context, command: &Resources) -> Result<()> {
    context.change("queue.remove-resource", Action::ChangeQueues, |tx| {
        let mut stops = Vec::new();
        let (change, queue, resources) = change(context, tx, command, |tx, queue, resource| {
            let attended = Attended::of(tx, vec![resource.id])?;
            store::queue::remove_resource(tx, queue.id, resource.id)?;
            stops.extend(store::stop::of_queue(tx, queue.id, Some(resource.id))?);
            stops.extend(attended.lost(tx)?);
            Ok(())
        })?;
        let names = names(&resources);
        let sentence = format!("Unlinked queue `{}` from {names}.", queue.name);
        let what = format!("unlink queue `{}` from {names}", queue.name);
        Ok(change.saying(sentence).stopping(what, Effect::stopping(stops)))
    })
}

/// What `act` changes of the queue, one resource after the other; the queue and the resources.
fn change(
    context: &Context, tx: &mut Tx<'_>, command: &Resources,
    mut act: impl FnMut(&mut Tx<'_>, &Queue, &Resource) -> Result<()>,
) -> Result<(Change<QueueView>, Queue, Vec<Resource>)> {
    let queue = store::lookup::<Queue>(tx, &command.queue, context.visibility())?;
    let resources = store::lookup_many::<Resource>(tx, &command.resources, context.visibility())?;
    let before = view(tx, &queue)?;
    resources.iter().try_for_each(|resource| act(tx, &queue, resource))?;
    Ok((Change::of(before, view(tx, &queue)?), queue, resources))
}

fn names(resources: &[Resource]) -> String {
    resources.iter().map(|resource| format!("`{}`", resource.name)).collect::<Vec<_>>().join(", ")
}
