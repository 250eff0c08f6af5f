//! `provider list`: providers by name.

use crate::commands::prelude::*;
use crate::store::provider::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk provider list --queue \"home care\" --active")]
pub(super) struct List {
    /// Only names that begin with this
    #[arg(long, value_name = "BEGINNING")]
    name: Option<Reference>,
    /// Only those with a resource that takes referrals of this queue; with several, of
    /// any of them
    #[arg(long, value_name = "QUEUE")]
    queue: Vec<Reference>,
    /// Only active providers
    #[arg(long, conflicts_with = "inactive")]
    active: bool,
    /// Only inactive providers
    #[arg(long)]
    inactive: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let active = if command.active { Some(true) } else { command.inactive.then_some(false) };
    context.list("no providers", |tx, list| {
        let start = store::lookup_optional::<Provider>(tx, command.page.after.as_ref(), visibility)?;
        let queues = store::lookup_ids::<Queue>(tx, &command.queue, visibility)?;
        let common = Filter { active, name: command.name.as_ref(), ..Filter::default() };
        let filters = store::each(&[common], &queues, |one, queue| Filter { queue: Some(queue), ..one });
        let key = |provider: &Provider| (text::fold_name(&provider.name), provider.id);
        let page = |after: Option<&Provider>, limit| {
            let page = |filter: &Filter<'_>| {
                store::provider::list(tx, &Filter { after, ..*filter }, visibility, limit)
            };
            store::any_of(&filters, key, true, limit, page)
        };
        list.ordered_by("name");
        context.out.pages(&command.page, start, list, page, Provider::clone)
    })
}
