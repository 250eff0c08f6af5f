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
    /// Only of this provider; with several, of any of them
    #[arg(long, value_name = "PROVIDER")]
    provider: Vec<Reference>,
    /// Only resources that take referrals of this queue; with several, of any of them
    #[arg(long, value_name = "QUEUE")]
    queue: Vec<Reference>,
    /// Only in this state; with several, in any of them
    #[arg(long)]
    state: Vec<State>,
    /// Also inactive resources, and those of inactive providers
    #[arg(long, conflicts_with = "state")]
    all: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    context.list("no resources", |tx, list| {
        let start = store::lookup_optional::<Resource>(tx, command.page.after.as_ref(), visibility)?;
        let start = start.map(|resource| ResourceLine { resource, places_left: None, capacity_note: None });
        let filters = filters(context, tx, command)?;
        let key = |resource: &Resource| (text::fold_name(&resource.name), resource.id);
        let page = |after: Option<&ResourceLine>, limit| {
            let after = after.map(|line| &line.resource);
            let page = |filter: &Filter<'_>| {
                store::resource::list(tx, &Filter { after, ..*filter }, visibility, limit)
            };
            let found = store::any_of(&filters, key, true, limit, page)?;
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

/// One for each combination of what may be given several times.
fn filters(context: &Context, tx: &mut Tx<'_>, command: &List) -> Result<Vec<Filter<'static>>> {
    let visibility = context.visibility();
    let providers = store::lookup_ids::<Provider>(tx, &command.provider, visibility)?;
    let queues = store::lookup_ids::<Queue>(tx, &command.queue, visibility)?;
    let hides_inactive = !command.all && command.state.is_empty();
    // Who names an inactive provider asks for it.
    let of_active = hides_inactive && providers.is_empty();
    let common = Filter { hides_inactive, of_active, ..Filter::default() };
    let filters = store::each(&[common], &providers, |one, of| Filter { provider: Some(of), ..one });
    let filters = store::each(&filters, &queues, |one, queue| Filter { queue: Some(queue), ..one });
    Ok(store::each(&filters, &command.state, |one, state| Filter { state: Some(state), ..one }))
}
