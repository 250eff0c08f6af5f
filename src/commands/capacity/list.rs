//! `capacity list`: the present capacity of each resource.

use crate::commands::prelude::*;
use crate::model::capacity::{CapacityStatus, Entry};
use crate::store::capacity::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk capacity list
  $ caredesk capacity list --provider harbour --all -o csv
  $ caredesk capacity list --status scheduled --status suspended")]
pub(super) struct List {
    /// Only entries of this resource; with several, of any of them
    #[arg(long, value_name = "RESOURCE")]
    resource: Vec<Reference>,
    /// Only entries of this provider's resources; with several, of those of any of them
    #[arg(long, value_name = "PROVIDER")]
    provider: Vec<Reference>,
    /// Only entries in this status; with several, in any of them [default: in force]
    #[arg(long, conflicts_with = "all")]
    status: Vec<CapacityStatus>,
    /// Also future, past and removed entries, and those of inactive resources and providers
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let (now, visibility) = (context.now(), context.visibility());
    context.list("no capacity is in force", |tx, list| {
        let start = store::lookup_optional::<Entry>(tx, command.page.after.as_ref(), (visibility, now))?;
        let filters = filters(context, tx, command)?;
        let key = |entry: &Entry| (text::fold_name(&entry.resource_name), entry.starts_at, entry.id);
        let page = |after: Option<&Entry>, limit| {
            let page = |filter: &Filter<'_>| {
                store::capacity::list(tx, &Filter { after, ..*filter }, visibility, now, limit)
            };
            store::any_of(&filters, key, true, limit, page)
        };
        context.out.pages(&command.page, start, list, page, Entry::view)
    })
}

/// One for each combination of what may be given several times.
fn filters(context: &Context, tx: &mut Tx<'_>, command: &List) -> Result<Vec<Filter<'static>>> {
    let visibility = context.visibility();
    let resources = store::lookup_ids::<Resource>(tx, &command.resource, visibility)?;
    let providers = store::lookup_ids::<Provider>(tx, &command.provider, visibility)?;
    let is_usual = !command.all && command.status.is_empty();
    // Who names something inactive asks for it.
    let hides_inactive = is_usual && resources.is_empty() && providers.is_empty();
    let status = is_usual.then_some(CapacityStatus::InForce);
    let common = Filter { status, hides_inactive, ..Filter::default() };
    let filters =
        store::each(&[common], &command.status, |one, status| Filter { status: Some(status), ..one });
    let filters = store::each(&filters, &resources, |one, of| Filter { resource: Some(of), ..one });
    Ok(store::each(&filters, &providers, |one, of| Filter { provider: Some(of), ..one }))
}
