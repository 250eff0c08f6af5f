//! `provider list`: providers by name.

use crate::commands::prelude::*;
use crate::store::provider::Filter;

#[derive(Args)]
pub(super) struct List {
    /// Only names that begin with this
    #[arg(long, value_name = "BEGINNING")]
    name: Option<Reference>,
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
        list.ordered_by("name");
        context.out.pages(
            &command.page,
            start,
            list,
            |after, limit| {
                let filter = Filter { id: None, code: None, active, name: command.name.as_ref(), after };
                store::provider::list(tx, &filter, visibility, limit)
            },
            Clone::clone,
        )
    })
}
