//! `resource list`: resources by name, with what each has room for.

use crate::commands::prelude::*;
use crate::model::resource::{ResourceLine, State};
use crate::store::resource::Filter;
use crate::store::resource::shown::room;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk resource list --queue \"home care\" --state active
  $ caredesk resource list --provider harbour -o csv")]
pub(super) struct List {
    /// Only of this provider
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// Only resources that take referrals of this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only in this state
    #[arg(long)]
    state: Option<State>,
    /// Also inactive resources, and those of inactive providers
    #[arg(long, conflicts_with = "state")]
    all: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no resources", |tx, list| {
        let provider = store::lookup_id::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), visibility)?;
        let start = store::lookup_optional::<Resource>(tx, command.page.after.as_ref(), visibility)?;
        let start = start.map(|resource| ResourceLine { resource, places_left: None, capacity_note: None });
        let state = command.state;
        let hides_inactive = !command.all && state.is_none();
        // Who names an inactive provider asks for it.
        let of_active = hides_inactive && provider.is_none();
        let page = |after: Option<&ResourceLine>, limit| {
            let after = after.map(|line| &line.resource);
            let filter = Filter { provider, queue, state, hides_inactive, of_active, after };
            let found = store::resource::list(tx, &filter, visibility, limit)?;
            let ids: Vec<ResourceId> = found.iter().map(|resource| resource.id).collect();
            let mut rooms = room(tx, &ids, context.now())?;
            let line = |resource: Resource| {
                let room = rooms.remove(&resource.id);
                let (places_left, capacity_note) = room.map(|room| (room.places_left, room.note)).unzip();
                ResourceLine { resource, places_left, capacity_note: capacity_note.flatten() }
            };
            Ok(found.into_iter().map(line).collect())
        };
        list.ordered_by("name");
        context.out.pages(&command.page, start, list, page, ResourceLine::clone)
    })
}
